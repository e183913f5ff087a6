"""What the record knows for the letters of a case, as its viewer may know it: facts, what people wrote, who is who."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from models.kin import held_on
from models.meetings import last_held, meeting_of
from models.queries import CaseView, Person, person_of
from models.setup import mark_of
from models.transaction import Transaction
from pathways.bookings import hour_words, room_in
from pathways.definitions import Pathway
from pathways.letters import (
    ADULT,
    AGENCY_RECIPIENTS,
    AGENDA,
    CHILD,
    FAMILY,
    RELATED,
    STANDING,
    Address,
    Known,
    Recipient,
    Rows,
    Sibling,
    is_told_to_all,
)
from pathways.moments import WEEKDAYS, local_day, words
from pathways.outline_plan import Action, actions_of, with_progress

STANDING_NAMES = {
    "employer": "The employer",
    "receiver": "The agency whose decision is challenged",
    "challenger": "The professional who challenges",
    "partnership": "The safeguarding children partnership",
}
BOOKED = ("conference_booking", "conference_rebooking", "review_booking", "review_rebooking")
DECIDED = {
    "plan_decision": "There will be a child protection plan.",
    "birth_plan_decision": "There will be a child protection plan from birth.",
    "no_plan_decision": "There will be no child protection plan.",
    "continue_decision": "The child protection plan goes on.",
    "end_decision": "The child protection plan has ended.",
}
"""What a conference decided, by the record of it."""
GOES_ON = ("plan_decision", "birth_plan_decision", "continue_decision")
REVIEWED = ("continue_decision", "end_decision")
FOUND = ("allegation_outcome", "allegation_cleared")
OUTCOMES = ("substantiated", "malicious", "false", "unsubstantiated", "unfounded")
SETTLED = ("stage_settled", "learning")

WRITTEN: dict[str, tuple[tuple[str, ...], str]] = {
    "conference_where": (BOOKED, "where"),
    "expected": (("invitation",), "expected"),
    "child_takes_part": (("invitation",), "child"),
    "family_invited": (("invitation",), "family"),
    "agencies_invited": (("invitation",), "agencies"),
    "agencies_present": (("conference_start",), "agencies"),
    "family_present": (("conference_start",), "family"),
    "apologies": (("conference_start",), "apologies"),
    **{each: (("views",), each) for each in ("risks", "safety", "strengths", "history", "grey_areas", "child_view", "child_view_why_none",
                                             "protective", "what_next")},
    **{each: (tuple(DECIDED), each) for each in ("category", "contingency", "core_group", "progress", "changes",
                                                   "still_needed", "criterion", "dissent", "lead")},
    "reasons": ((*DECIDED, *FOUND), "reasons"),
    "child_safe": (("plan_decision", "birth_plan_decision"), "safety"),
    "core_group_day": (("plan_decision", "birth_plan_decision"), "first_core_group_on"),
    "review_day": (tuple(DECIDED), "review_on"),
    "outcome_evidence": (FOUND, "evidence"),
    "support": (FOUND, "support"),
    "learning": (FOUND, "learning"),
    "tried": (("stage_raised",), "tried"),
    "agreed": (SETTLED, "agreed"),
    "decision_changes": (SETTLED, "changed"),
}  # fmt: skip
"""Fields that come from what people wrote: the kinds of record, and the answer in it."""
AS_A_LIST = ("agencies_invited",)
WITHIN_A_SENTENCE = ("lead",)
"""Fields that a letter ends a sentence with: the full stop is the letter's."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is known, the entry of the trail that each field rests on, and the meeting that it is about.

    `mark`: what each of its letters bears at the head; empty but for invented cases.
    """

    known: Known
    entries: Mapping[str, int]
    meeting_id: int | None
    mark: str


def gather(
    tx: Transaction, view: CaseView, *, office: str, title: str, today: date, to_come: bool = True
) -> Gathered:
    """Everything that letters of this case could tell.

    Args:
        tx: reads for its viewer; whom they may not know of is not in it.
        view: the case.
        office: the office that writes, as its letters call it.
        title: the job title of who signs.
        today: the day on which it is written.
        to_come: whether it is about the conference that is booked, and not about the last that was held.
    """
    rows = [
        row for row in tx.all("records_of_case", case_id=view.row.id) if row.voided_seq is None and row.body
    ]
    records = _of_this_conference(rows)
    values: dict[str, Any] = {
        "authority": office,
        "letter_date": words(today),
        "our_reference": view.reference,
        "signed_by": title,
        "agenda": list(AGENDA),
        "stage": view.label,
        "pages": str(tx.need("last_page", case_id=view.row.id).page),
    }
    where, entries = {}, {}
    for name, (kinds, asks) in WRITTEN.items():
        row = next((records[kind] for kind in _newest(kinds, records)), None)
        if row is not None and row.body.get(asks) not in (None, ""):
            values[name] = said(view.pathway, row.kind, asks, row.body[asks], listed=name in AS_A_LIST)
            if name in WITHIN_A_SENTENCE:
                values[name] = values[name].rstrip(".")
            where[name], entries[name] = f"page {row.page} of the file", row.seq
    if view.pathway.name == "child_protection":
        _of_the_conference(view, records, values, entries)
        _of_the_plan(rows, records, values, where, entries)
    if view.row.outcome in OUTCOMES:
        values["outcome"] = str(view.row.outcome)
    _of_the_person(view, values)
    meeting_id, siblings, hidden = _siblings(tx, view, to_come)
    family = list(_family(tx, view, today))
    addresses = list(_addresses(tx, [view.person.id, *(each.id for each, _ in family)], today))
    theirs = [each for each in addresses if each.person_id == view.person.id]
    values["child_address"] = "; ".join(
        _on_one_line(each) for each in theirs if is_told_to_all(each, addresses)
    )
    recipients = tuple(_recipients(view, family, addresses))
    known = Known(values, recipients, siblings, tuple(addresses), hidden, where)
    return Gathered(known, entries, meeting_id, mark_of(tx))


# --- what people wrote ---------------------------------------------------------------------------------------


def _of_this_conference(rows: Iterable[Any]) -> dict[str, Any]:
    """The newest record of each kind, of the conference at hand alone.

    What was said at a conference counts with its own decision only, and what led up to it ends with that decision.
    """
    found: dict[str, Any] = {}
    for row in sorted(rows, key=lambda each: int(each.seq)):
        if row.kind == "conference_start":
            for kind in ("views", *DECIDED):
                found.pop(kind, None)
        elif row.kind in DECIDED:
            for kind in (*DECIDED, *BOOKED, "invitation"):
                found.pop(kind, None)
        found[row.kind] = row
    return found


def _newest(kinds: Iterable[str], records: Mapping[str, Any]) -> list[str]:
    there = [kind for kind in kinds if kind in records]
    return sorted(there, key=lambda kind: -int(records[kind].seq))


def said(found: Pathway, kind: str, asks: str, value: Any, *, listed: bool = False) -> Any:
    """An answer as a letter says it: dates as they are read, codes in words, several with commas or as a list."""
    evidence = found.evidence().get(kind)
    one = next((each for each in evidence.fields if each.name == asks), None) if evidence else None
    if one is not None and one.kind == "date":
        return day_words(date.fromisoformat(str(value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    in_words = dict(zip(one.choices, one.words, strict=False)) if one is not None and one.words else {}
    parts = [str(in_words.get(each, each)) for each in (value if isinstance(value, list) else [value])]
    return parts if listed else ", ".join(parts)


def day_words(when: date | datetime) -> str:
    """'Tuesday 24 November 2026', the London day."""
    day = local_day(when)
    return f"{WEEKDAYS[day.weekday()]} {words(day)}"


def _of_the_conference(
    view: CaseView, records: Mapping[str, Any], values: dict[str, Any], entries: dict[str, int]
) -> None:
    """The days of a conference that is to come, and of the one that was held."""
    facts = view.facts
    booked = facts.moment("icpc_on") or facts.moment("rcpc_on")
    if booked is None:
        values.pop("conference_where", None)
    else:
        values["conference_day"] = day_words(booked)
        review = facts.moment("icpc_on") is None
        values["conference_kind"] = "review conference" if review else "initial conference"
        newest = _newest(BOOKED, records)
        if newest:
            row = records[newest[0]]
            entries["conference_day"] = row.seq
            if row.body.get("begins") and "conference_where" in values:
                hour = hour_words(time.fromisoformat(row.body["begins"]))
                values["conference_where"] = f"{room_in(values['conference_where'])}, {hour}"
    due = [row for row in view.running if row.rule in ("cp.report_icpc", "cp.report_rcpc")]
    if due:
        values["report_due"] = day_words(due[0].due_on)
    for kind in _newest(DECIDED, records):
        values["decision"], entries["decision"] = DECIDED[kind], records[kind].seq
    if "conference_start" in records:
        start = records["conference_start"]
        values["held_on"], entries["held_on"] = day_words(start.happened_at), start.seq


def _of_the_plan(
    rows: Iterable[Any],
    records: Mapping[str, Any],
    values: dict[str, Any],
    where: dict[str, str],
    entries: dict[str, int],
) -> None:
    """The outline plan that stands after the last decision, and how far the one before it had come by then."""
    last = next((records[kind] for kind in _newest(DECIDED, records)), None)
    if last is None:
        return
    written = sorted(rows, key=lambda each: int(each.seq))
    plans = [row for row in written if row.kind in DECIDED and row.body.get("outline_plan")]
    now = plans[-1] if plans and last.kind in GOES_ON else None
    if now is not None:
        values["outline_plan"] = plan_rows(now.body["outline_plan"])
        where["outline_plan"], entries["outline_plan"] = f"page {now.page} of the file", now.seq
        if not values.get("contingency"):
            values["contingency"] = str(now.body.get("contingency", ""))
    before = [row for row in plans if row.seq < last.seq]
    told = [
        (local_day(row.happened_at), row.body["actions"])
        for row in written
        if before and before[-1].seq < row.seq <= last.seq and isinstance(row.body.get("actions"), list)
    ]
    if before and last.kind in REVIEWED:
        come = with_progress(before[-1].body["outline_plan"], told)
        values["plan_progress"] = Rows(_row(each.action, come, each.state or "nothing said") for each in come)
        where["plan_progress"], entries["plan_progress"] = f"page {last.page} of the file", last.seq


def plan_rows(plan: Any) -> Rows:
    """The rows of a plan; one that was kept as plain words is one row."""
    actions = actions_of(plan)
    if not actions:
        return Rows(({"outcome": str(plan), "what": "", "who": "", "by": ""},))
    return Rows(_row(each, actions) for each in actions)


def _row(action: Action, among: Sequence[Any], state: str | None = None) -> dict[str, str]:
    """An action; its outcome stands with the first action for it."""
    first = next(
        each for each in (getattr(one, "action", one) for one in among) if each.outcome == action.outcome
    )
    told = {} if state is None else {"state": state}
    outcome = action.outcome if first is action else ""
    return {
        "outcome": outcome, "what": f"{action.number} {action.what}", "who": action.who, "by": words(action.by), **told
    }  # fmt: skip


# --- who is who ----------------------------------------------------------------------------------------------


def _of_the_person(view: CaseView, values: dict[str, Any]) -> None:
    person = view.person
    name = _name(person)
    if person.kind == "adult":
        values["adult_name"] = name
        return
    values["child_name"], values["child_first_name"] = name, person.given or name
    values["child_initials"] = "".join(f"{each[0]}." for each in (person.given, person.family) if each)
    if person.birth_date is not None:
        values["child_birth_date"] = words(person.birth_date)
    elif person.expected is not None:
        values["child_birth_date"] = f"not born yet, due {words(person.expected)}"


def _name(person: Person) -> str:
    return " ".join(filter(None, (person.given, person.family))) or "a child without a recorded name"


def _family(tx: Transaction, view: CaseView, today: date) -> Iterator[tuple[Person, str]]:
    """Those of the family of whom the viewer knows, with what each is to the person now."""
    for row in tx.all("relatives_of_person", person_id=view.person.id):
        if held_on(row, today):
            yield person_of(tx, row.other_id), row.kind


def _addresses(tx: Transaction, people: Iterable[int], today: date) -> Iterator[Address]:
    for person_id in dict.fromkeys(people):
        for row in tx.all("secret_addresses_of", person_id=person_id, today=today):
            yield Address(person_id, row.lines, row.postcode or "", row.confidential)


def _on_one_line(address: Address) -> str:
    return ", ".join(_address_lines(address))


def _address_lines(address: Address) -> tuple[str, ...]:
    lines = [part.strip() for part in address.lines.replace("\n", ",").split(",")]
    return tuple(part for part in (*lines, address.postcode) if part)


def _recipients(
    view: CaseView, family: list[tuple[Person, str]], addresses: list[Address]
) -> Iterator[Recipient]:
    def lives(person_id: int) -> tuple[str, ...]:
        own = [each for each in addresses if each.person_id == person_id]
        return _address_lines(own[-1]) if own else ()

    if view.person.kind == "adult":
        yield Recipient("adult", ADULT, _name(view.person), view.person.id, lives(view.person.id))
    else:
        if view.person.kind != "unborn":
            yield Recipient("child", CHILD, _name(view.person), view.person.id, lives(view.person.id))
        living = [(person, kind) for person, kind in family if kind in RELATED and person.died_on is None]
        for kind in RELATED:
            those = [person for person, what in living if what == kind]
            for number, person in enumerate(those, 1):
                word = kind.replace("_", "-") + (f"-{number}" if len(those) > 1 else "")
                yield Recipient(word, FAMILY, _name(person), person.id, lives(person.id))
    for word, reader in STANDING.items():
        if word in STANDING_NAMES:
            yield Recipient(word, reader, STANDING_NAMES[word])
    yield from AGENCY_RECIPIENTS


def _siblings(
    tx: Transaction, view: CaseView, to_come: bool
) -> tuple[int | None, tuple[Sibling, ...], tuple[str, ...]]:
    """The meeting that is meant, the other children it is about, and the names that no letter of this case may carry."""
    meeting = (None if to_come else last_held(tx, view.row.id)) or meeting_of(tx, view.row.id)
    shared = {row.person_id for row in meeting.cases} - {view.person.id} if meeting is not None else set()
    related = {row.other_id: row.kind for row in tx.all("relatives_of_person", person_id=view.person.id)}
    found, hidden = [], []
    for person_id in sorted({*shared, *(each for each, kind in related.items() if "sibling" in kind)}):
        person = person_of(tx, person_id)
        gate = tx.need("gate_of_person", person_id=person_id)
        if gate.guarded or gate.by_hand:
            hidden += [each for each in (_name(person), person.given) if len(each) > 2]
        elif person_id in shared:
            theirs = tx.all("relatives_of_person", person_id=person_id)
            found.append(
                Sibling(_name(person), frozenset(row.other_id for row in theirs if row.kind in RELATED))
            )
    return (meeting.row.id if meeting is not None else None), tuple(found), tuple(hidden)
