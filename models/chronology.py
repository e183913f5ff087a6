"""What has happened on a case, told from its record and its trail in the order in which it happened, in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from models.queries import CaseView, clock_of
from models.transaction import Transaction
from pathways import NAMES, pathway
from pathways.definitions import Pathway
from pathways.moments import local_day, words
from pathways.trail import CHASED, FAMILY, FILE, OWNER, PAGE_DESTROYED, QUIET, SUPERVISED


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a chronology: a piece of evidence, a move without one, or a date that passed."""

    seq: int
    page: int | None
    at: datetime
    kind: str
    what: str
    by: str
    asserted: bool
    answers: tuple[tuple[str, str], ...] = ()
    withdrawn_by: int | None = None
    """The entry that withdrew it; it stays on the record, and does not count."""
    opinions: frozenset[str] = frozenset()
    """Of the answers, those that are what somebody thinks, by what was asked."""


def chronology(tx: Transaction, view: CaseView, until: datetime | None = None) -> list[Entry]:
    """Everything that happened on a case, in the order in which it happened; `until`: as written before a moment."""
    records = {row.seq: row for row in tx.all("records_of_case", case_id=view.row.id)}
    found = []
    written = [
        row for row in tx.all("trail_of_case", reference=view.reference) if until is None or row.at < until
    ]
    rows = [row for row in written if _is_shown(row) or row.seq in records]
    undos = {row.seq: row for row in rows if row.voids is not None}
    undone = _undone(undos.values())
    in_time = _in_time_after_all(tx, view, rows, written[-1].seq) if written else {}
    for row in rows:
        entry = _entry(view.pathway, row, records.get(row.seq), written[-1].seq)
        what = _undo_in_words(row, undos) if row.seq in undos else entry.what + in_time.get(row.seq, "")
        found.append(replace(entry, what=what, withdrawn_by=undone.get(row.seq)))
    return sorted(found, key=lambda each: (each.at, each.seq))


def _in_time_after_all(tx: Transaction, view: CaseView, rows: Iterable[Any], last: int) -> dict[int, str]:
    """What is added to a date that was marked as missed before anybody had written down that it was met in time.

    Args:
        tx: reads for its viewer.
        view: the case.
        rows: the entries that are told.
        last: the last entry that counts; what was written after it is not told.
    """
    if not any(row.role == "clock" for row in rows):
        return {}
    return {
        each.missed_seq: f". Written down later, by entry {each.closed_seq}: in time, on {words(local_day(each.closed_at))}"
        for each in tx.all("deadlines_of_case", case_id=view.row.id)
        if each.missed_seq is not None
        and each.status == "met"
        and each.missed_seq < each.closed_seq <= last
        and each.closed_at <= each.due_at
    }


def _is_shown(row: Any) -> bool:
    """Whether an entry is something that happened, and not an attempt or a look."""
    shown = row.action.startswith((FAMILY, OWNER)) or row.action == CHASED or row.action in FILE_WORDS
    return shown or not row.action.startswith(QUIET)


def _undone(undos: Iterable[Any]) -> dict[int, int]:
    """The entries that are withdrawn, each with the number of the undo."""
    rows = list(undos)
    if not rows:
        return {}
    from models.as_at import told  # most cases have no undo, and do without what tells them again
    from pathways.restating import withdrawn

    return withdrawn([told(row) for row in rows])


def _undo_in_words(row: Any, undos: Mapping[int, Any]) -> str:
    """What an undo did, with what went with it, and why."""
    payload = json.loads(row.body) if row.body else {}
    did = f"Undo of entry {row.voids} taken back" if row.voids in undos else f"Entry {row.voids} withdrawn"
    more = f", with {', '.join(map(str, payload['with']))}" if payload.get("with") else ""
    why = f". Why: {payload['why']}" if payload.get("why") else ""
    return f"{did}{more}{why}"


def _entry(found: Pathway, row: Any, record: Any, last: int) -> Entry:
    asserted = row.basis == "asserted"
    if record is None:
        what = _happened(found, row)
        answers = _of_supervision(row) if row.action == SUPERVISED else _of_owner(row)
        return Entry(row.seq, None, row.effective_at, "fact", what, _by(row), asserted, answers)
    kind = record.body.get("nature", record.entry)
    evidence = found.evidence().get(record.kind)
    title = evidence.title if evidence else record.title
    answers = _answers(evidence, record.body)
    thought = frozenset(each.asks for each in evidence.fields if each.opinion) if evidence else frozenset()
    if record.destroyed_seq is not None:
        since = " since," if record.destroyed_seq > last else ""  # on the day that is told it was still there
        title = f"[content destroyed{since} by entry {record.destroyed_seq}] {title}"
    return Entry(
        row.seq, record.page, row.effective_at, kind, title, _by(row), asserted, answers, opinions=thought
    )


def _answers(evidence: Any, body: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    asks = {each.name: each for each in evidence.fields} if evidence else {}
    place = {name: number for number, name in enumerate(asks)}
    found = []
    for name, value in sorted(
        body.items(), key=lambda each: place.get(each[0].removesuffix("_why"), len(place))
    ):
        field = asks.get(name) or asks.get(name.removesuffix("_why"))
        label = field.asks if field else name.replace("_", " ")
        found.append(
            (
                f"{label} Why blank" if name.endswith("_why") and name not in asks else label,
                _said(field, value),
            )
        )
    return tuple(found)


def _said(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field is not None and field.kind in ("plan", "progress"):
        from pathways.outline_plan import in_words

        return in_words(value)
    values = value if isinstance(value, list) else [value]
    words = dict(zip(field.choices, field.words, strict=False)) if field and field.words else {}
    return ", ".join(str(words.get(each, each)) for each in values)


def _of_supervision(row: Any) -> tuple[tuple[str, str], ...]:
    """What was said of a case in supervision, on which day, and who the two were."""
    told = json.loads(row.body) if row.body else {}
    asks = {"on": "Held on", "supervisor": "Supervisor", "practitioner": "Of", "said": "What was said"}
    return tuple((label, str(told[name])) for name, label in asks.items() if name in told)


def _by(row: Any) -> str:
    return "a date" if row.role == "clock" else row.role.replace("_", " ") or row.actor


FAMILY_WORDS = {
    "name": "A name was written down",
    "birth": "A date of birth was written down",
    "address": "An address was written down",
    "address_ended": "An address ended",
    "number": "A number was written down",
    "relationship": "A relationship was written down",
    "relationship_ended": "A relationship ended",
    "household_joined": "Somebody moved into a household",
    "household_left": "Somebody moved out of a household",
    "merged": "Linked to another record of the same person",
    "split": "Parted from a record that was linked to it",
    "meeting_joined": "Joined a conference with other children",
    "same_incident": "Noted as about the same incident as another case",
    "step_up": "Noted as stepped up to another case",
    "step_down": "Noted as stepped down to another case",
}
FILE_WORDS = {
    SUPERVISED: "Discussed in supervision",
    f"{FILE}audited": "The file was audited",
    f"{FILE}watched": "The child is watched from now on",
    f"{FILE}unwatched": "The child is not watched any more",
    PAGE_DESTROYED: "Pages destroyed at the end of their own keeping",
}
"""What was done with the file that is a mark on it; how long it is kept is told apart (`models/retention.py`)."""


HANDED_OVER = (("because", "Why?"), ("handover", "What has whoever leads from now on to know?"))
"""What an entry keeps that gives a case to somebody, with the question that it answers."""


def _of_owner(row: Any) -> tuple[tuple[str, str], ...]:
    """Why a case was given to somebody, and what they were told of it."""
    if not row.action.startswith(OWNER) or not row.body:
        return ()
    kept = json.loads(row.body)
    return tuple((asks, str(kept[name])) for name, asks in HANDED_OVER if kept.get(name))


def _happened(found: Pathway, row: Any) -> str:
    """What an entry without a record says."""
    if row.action in FILE_WORDS:
        return FILE_WORDS[row.action]
    if row.role == "clock":
        clock = clock_of(found, row.rule)
        task = clock.task if clock else row.rule
        return f"Date reached: {task}" if clock and clock.gate else f"Date missed: {task}"
    if row.action.startswith(FAMILY):
        return FAMILY_WORDS.get(row.action.removeprefix(FAMILY), "Written down of the family")
    if row.action.startswith(OWNER):
        lead = json.loads(row.body)["lead"] if row.body else "somebody else"
        return f"Led from now on by {lead}" if lead else "Led by nobody until somebody takes it"
    if row.action == CHASED:
        agency = json.loads(row.body)["agency"] if row.body else "an agency"
        return f"Asked again for its report: {agency}"
    if row.action.startswith("opened_from_"):
        source = row.action.removeprefix("opened_from_")
        title = pathway(source).title.split(":")[0] if source in NAMES else source
        return f"Opened by a decision: {title.lower()}"
    says = next((each.says for each in found.moves if each.trigger == row.action), "")
    if not says and row.action.startswith("open_"):
        says = next((each.says for each in found.entries if f"open_{each.name}" == row.action), "")
    return says or row.action.replace("_", " ").capitalize()


def entry_title(found: Pathway, entry: Any) -> str:
    """What an entry of the trail is called in a sentence: its record's title, or what its move says."""
    way = next((each for each in found.moves_from(entry.from_state) if each.trigger == entry.action), None)
    return way.records.title if way is not None and way.records is not None else _happened(found, entry)
