"""A session of supervision as it is told: question by question at a terminal, or from a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from commands import prompts, record_form
from commands.desk import Desk
from commands.files import read_json
from commands.typed_dates import parse
from models.supervision_ahead import Ahead, Who
from pathways.definitions import Evidence, Field
from pathways.errors import Mistyped
from pathways.moments import local_day
from pathways.supervision import (
    AGENDA,
    CHECKLIST,
    DONE,
    DROPPED,
    FORMS,
    NO,
    NONE,
    ONE_TO_ONE,
    OUTCOMES,
    UNPLANNED,
    YES,
    Agreed,
    Reviewed,
    Session,
)

ANSWERS = (YES, NO, NONE)
ANSWER_WORDS = ("yes", "no", "does not apply")
FILE_HOLDS = 'It holds: {"with": "t.dean", "on": "2026-11-03", "agenda": {...}, "cases": {...}, ...}'


@dataclass(frozen=True, slots=True)
class Begun:
    """What is known before anything is asked about the session itself: when, how, whether the head was there."""

    held_on: date
    form: str
    head_present: bool


def day_of(desk: Desk, typed: str, *, ahead: bool = False) -> date:
    """A day as somebody typed it.

    Raises:
        Mistyped: it cannot be read.
    """
    return local_day(parse(typed, now=desk.now, calendar=lambda: desk.rules.calendar, ahead=ahead))


# --- at a terminal -----------------------------------------------------------------------------------------------------


def ask_beginning(desk: Desk, held_on: date | None, *, head_may_be_away: bool) -> Begun:
    """Ask when and how the session was held."""
    fields = [
        Field("held_on", "When was the session?", "date", required=True),
        Field("form", "How was it held?", "choice", tuple(FORMS), tuple(FORMS.values()), required=True),
    ]
    if head_may_be_away:
        fields.append(Field("head_present", "Was the head there?", "yes_no", required=True))
    given = {"held_on": held_on} if held_on else {}
    said = _filled(desk, "session", fields, given)
    there = (
        not head_may_be_away
        or record_form.checked(fields[-1], said["head_present"], desk.now)["head_present"]
    )
    return Begun(local_day(said["held_on"]), str(said["form"]), there)


def ask_session(desk: Desk, who: Who, begun: Begun, ahead: Ahead) -> Session:
    """Ask what was gone through: earlier actions, every case, the agenda, the checklist, new actions."""
    whole = begun.form == ONE_TO_ONE
    fields = [*_of_actions(ahead), *(_of_cases(ahead) if whole else ()), *_of_agenda(begun.form)]
    if whole:
        fields += _of_checklist()
    said = _filled(desk, "supervision", fields, {})
    discussed = {case: str(said[f"case {case}"]) for case in ahead.cases if said.get(f"case {case}")}
    if not whole:
        discussed = _ask_cases(desk)
    agreed = _ask_agreed(desk, who)
    none_agreed = ""
    if whole and not agreed:
        none_agreed = str(
            _filled(desk, "none", [Field("none", "Why is no action needed?", required=True)], {})["none"]
        )
    return Session(
        form=begun.form,
        held_on=begun.held_on,
        agenda={topic.name: str(said.get(topic.name) or "") for topic in AGENDA},
        checklist={
            each.number: (
                str(said[_question(each.number)]),
                str(said.get(f"{_question(each.number)} missing") or ""),
            )
            for each in CHECKLIST
            if said.get(_question(each.number))
        },
        discussed=discussed,
        reviewed=_reviewed_of(said, ahead),
        agreed=tuple(agreed),
        none_agreed=none_agreed,
    )


def _filled(desk: Desk, name: str, fields: list[Field], given: Mapping[str, Any]) -> dict[str, Any]:
    return record_form.fill(
        Evidence(name, name, tuple(fields)), given, now=desk.now, calendar=lambda: desk.rules.calendar
    )


def _of_actions(ahead: Ahead) -> list[Field]:
    fields = []
    for each in ahead.actions:
        name = f"action {each.id}"
        asks = f"Action {each.id}, {each.owner}, by {each.due_on.isoformat()}: {each.what}"
        fields += [
            Field(name, asks, "choice", tuple(OUTCOMES), tuple(OUTCOMES.values()), required=True),
            Field(f"{name} on", "On which day was it done?", "date", when=(name, DONE)),
            Field(f"{name} why", "Why is it dropped?", when=(name, DROPPED)),
        ]
    return fields


def _of_cases(ahead: Ahead) -> list[Field]:
    return [
        Field(
            f"case {case}",
            f"{case} ({name.replace('_', ' ')}): what was said, and what follows?",
            required=True,
        )
        for case, name in ahead.cases.items()
    ]


def _of_agenda(form: str) -> list[Field]:
    return [
        Field(topic.name, f"{topic.asks}?", required=topic.needed and form != UNPLANNED) for topic in AGENDA
    ]


def _question(number: int) -> str:
    return f"question {number}"


def _of_checklist() -> list[Field]:
    fields = []
    for each in CHECKLIST:
        if not each.proved:
            name = _question(each.number)
            fields += [
                Field(name, f"{each.number}. {each.asks}", "choice", ANSWERS, ANSWER_WORDS, required=True),
                Field(f"{name} missing", "What is missing?", when=(name, NO)),
            ]
    return fields


def _ask_cases(desk: Desk) -> dict[str, str]:
    """The cases that were talked about, of a session that need not go through all of them."""
    found: dict[str, str] = {}
    while typed := prompts.ask("A case that was talked about (Enter: no more)", about=str(len(found))):
        reference = desk.case(typed).reference
        said = _filled(
            desk, "case", [Field("said", f"{reference}: what was said, and what follows?", required=True)], {}
        )
        found[reference] = str(said["said"])
    return found


def _ask_agreed(desk: Desk, who: Who) -> list[Agreed]:
    found: list[Agreed] = []
    while what := prompts.ask("An action that was agreed (Enter: no more)", about=str(len(found))):
        owner = prompts.ask("Who does it, by login?", who.practitioner.login, about=what)
        by = _filled(desk, "due", [Field("due_on", "By which day?", "date", required=True, future=True)], {})[
            "due_on"
        ]
        found.append(Agreed(what, owner, local_day(by)))
    return found


def _reviewed_of(said: Mapping[str, Any], ahead: Ahead) -> dict[int, Reviewed]:
    found = {}
    for each in ahead.actions:
        outcome = str(said.get(f"action {each.id}") or "")
        if outcome:
            done_on = said.get(f"action {each.id} on")
            found[each.id] = Reviewed(
                outcome,
                local_day(done_on) if done_on else None,
                str(said.get(f"action {each.id} why") or ""),
            )
    return found


# --- from a file --------------------------------------------------------------------------------------------------------


def from_file(path: str) -> dict[str, Any]:
    """A session as a file has it.

    Raises:
        Mistyped: it is not there, or is none of what is asked for.
    """
    return read_json(path, FILE_HOLDS)


def session_of(desk: Desk, said: Mapping[str, Any], held_on: date) -> Session:
    """The session that a file tells; what it leaves out is left out.

    Raises:
        Mistyped: a part of it has another shape.
    """
    try:
        cases = {desk.case(str(case)).reference: str(words) for case, words in _map(said, "cases").items()}
        return Session(
            form=str(said.get("form") or ONE_TO_ONE),
            held_on=held_on,
            agenda={str(name): str(words) for name, words in _map(said, "agenda").items()},
            checklist={
                int(number): (str(given[0]), str(given[1] if len(given) > 1 else ""))
                for number, given in _map(said, "checklist").items()
            },
            discussed=cases,
            reviewed={
                int(number): _review_in(desk, given) for number, given in _map(said, "reviewed").items()
            },
            agreed=tuple(
                Agreed(str(each["what"]), str(each["owner"]), day_of(desk, str(each["due"]), ahead=True))
                for each in said.get("actions") or ()
            ),
            none_agreed=str(said.get("none_agreed") or ""),
        )
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise Mistyped(
            "A part of the file has another shape than is asked for. One that fits: pathways supervision record -h"
        ) from None


def _map(said: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = said.get(name) or {}
    if not isinstance(found, dict):
        raise TypeError(name)
    return found


def _review_in(desk: Desk, given: Any) -> Reviewed:
    outcome = str(given["outcome"])
    on = given.get("on")
    return Reviewed(outcome, day_of(desk, str(on)) if on else None, str(given.get("why") or ""))
