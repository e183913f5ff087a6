"""How a date was worked out: from what, counted how, under which rule; and whether it still comes out the same."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

import typer

from commands import screen
from commands.desk import Desk
from commands.options import Case, Json, NeverAsks
from commands.spoken import Urgency, full_day, iso, marked, short_day
from commands.style import STYLE, examples
from models.queries import CaseView, task_of
from pathways.calendars import Calendar
from pathways.clocks import school_of, when
from pathways.days import Replay, Unit, replay
from pathways.errors import NOT_PROVEN, OK, Mistyped
from pathways.moments import local_day, words
from pathways.rulebook import Edition

app = typer.Typer(**STYLE)

COUNTED = {
    Unit.WORKING_DAY: "working days in England",
    Unit.SCHOOL_DAY: "days on which the school is open",
    Unit.CALENDAR_DAY: "every day",
    Unit.MONTH: "months, to the same day of the month",
    Unit.CLOCK_HOURS: "hours, through nights and weekends",
}
FORCES = {
    "statutory": "required by law or statutory guidance",
    "local": "local procedure",
    "good_practice": "good practice",
    "default": "no figure is published; this one is to be confirmed by the authority",
    "prospective": "not in force yet",
}


@app.command(
    help=examples(
        "How a date was worked out, day by day. Without a name: every running date in a line.",
        "pathways why CP-2026-0041",
        "pathways why cp41 conference --days",
    )
)
def why(
    case: Case,
    name: Annotated[
        str, typer.Argument(metavar="[DATE-NAME|RULE]", help="Which date: conference, visit, cp.icpc.")
    ] = "",
    days: Annotated[bool, typer.Option("--days", help="Every day, counted or not, and why.")] = False,
    as_json: Json = False,
    no_input: NeverAsks = False,
) -> int:
    """Explain a date."""
    with Desk() as desk:
        view = desk.case(case)
        desk.looked(view, as_json=as_json)
        with desk.store.reading() as tx:
            ever = tx.all("deadlines_of_case", case_id=view.row.id)
        if not name:
            return _all(desk, view, as_json)
        row = chosen(name, view, ever, desk)
        edition = desk.rules.rulebook.cited(row.rule, row.edition)
        counted = Counted(desk, view, row, edition)
        proof = replay(
            edition,
            when(row.started),
            calendar=counted.rules.calendar,
            counting=counted.rules.counting,
            school=counted.rules.school,
        )
        holds = proof.due.due_at == row.due_at
        if as_json:
            screen.answer_json("why/1", _as_json(view, row, edition, proof, holds, ever))
        else:
            for line in _screen(desk, view, row, edition, proof, ever, days, counted):
                screen.say(line)
            if not holds:
                screen.complain(_does_not_hold(view, row, proof, counted))
        return OK if holds or counted.otherwise else NOT_PROVEN


class Counted:
    """With what a clock was counted: the bank holidays that were known when it was written down.

    `rules`: the rules of today with the bank holidays of then. `since`: those proclaimed since. `otherwise`: whether
    the clock names a calendar that cannot be had again (a school's older terms), so that its date is held to nothing.
    """

    def __init__(self, desk: Desk, view: CaseView, row: Any, edition: Edition) -> None:
        self.rules = desk.rules.at_school(school_of(row.calendar))
        self.since: dict[date, str] = {}
        self.otherwise = row.calendar != self.rules.calendar_of(edition)
        self.now = self.rules
        if not self.otherwise:
            return
        from models.setup import not_known_by

        with desk.store.reading() as tx:
            entries = tx.all("trail_of_case", reference=view.reference)
        written = next((each.at for each in entries if each.seq == row.opened_seq), None)
        if written is None:
            return
        later, _ = not_known_by(desk.options, written)
        known = self.rules.calendar
        self.since = {day: name for day, name in sorted(known.holidays.items()) if day in later}
        then = {day: name for day, name in known.holidays.items() if day not in later}
        calendar = Calendar(then, known.first_year, known.last_year, row.calendar, known.closures)
        self.rules = replace(self.rules, calendar=calendar)
        self.otherwise = not self.since or edition.unit is Unit.SCHOOL_DAY

    def proclaimed(self, row: Any, edition: Edition) -> str:
        """The bank holidays proclaimed since that would put the date elsewhere, and where; empty where none would."""
        today = self.now.due(edition, row.started)
        if not self.since or today.due_at == row.due_at:
            return ""
        first, last = sorted((local_day(when(row.started)), max(row.due_on, local_day(today.due))))
        named = ", ".join(f"{name} {words(day)}" for day, name in self.since.items() if first <= day <= last)
        return (
            f"{named}: proclaimed after this was counted, so the date stays as it was. "
            f"Counted today it would be {words(local_day(today.due))}"
        )


def chosen(name: str, view: CaseView, ever: list[Any], desk: Desk) -> Any:
    """The clock that was meant, by its rule, its task or its title; running ones before those that ended.

    Raises:
        Mistyped: nothing is called that.
    """
    known = {row.rule: row for row in ever}  # the last of each rule
    known |= {row.rule: row for row in reversed(view.running)}
    said = " ".join(re.findall(r"[a-z0-9.]+", name.lower().replace("_", " ").replace("-", " ")))
    if name.lower() in known:
        return known[name.lower()]
    book = desk.rules.rulebook
    called = {
        rule: f"{rule} {rule.partition('.')[2].replace('_', ' ')} {task_of(view.pathway, rule)} "
        f"{book.editions(rule)[-1].title}".lower()
        for rule in known
    }
    running = {row.rule for row in view.running}
    asked = said.split()
    fits = [rule for rule, text in called.items() if asked and all(word in text for word in asked)]
    if not fits:
        fits = _nearly(asked, called)
    fits.sort(key=lambda rule: (rule not in running, rule.startswith("cp.report"), known[rule].due_at))
    if fits:
        return known[fits[0]]
    listed = "; ".join(f"{task_of(view.pathway, rule).lower()} ({rule})" for rule in list(known)[:8])
    raise Mistyped(
        f"{view.reference} has no date called {screen.shown(name)[:30]}. It has: {listed or 'none at all'}."
    )


def _nearly(asked: list[str], called: dict[str, str]) -> list[str]:
    """Rules whose words come close to what was typed."""
    from difflib import get_close_matches

    return [
        rule
        for rule, text in called.items()
        if asked and all(get_close_matches(word, text.split(), 1, 0.75) for word in asked)
    ]


def _all(desk: Desk, view: CaseView, as_json: bool) -> int:
    """Every running date in a line, and whether each still comes out the same."""
    wrong = []
    found = []
    urgency = Urgency(desk.now, lambda: desk.rules.calendar)
    for row in view.running:
        edition = desk.rules.rulebook.cited(row.rule, row.edition)
        counted = Counted(desk, view, row, edition)
        if counted.rules.due(edition, row.started).due_at != row.due_at and not counted.otherwise:
            wrong.append(row.rule)
        found.append((row, edition))
    if as_json:
        dates = [
            {
                "rule": row.rule,
                "task": task_of(view.pathway, row.rule),
                "started": iso(when(row.started)),
                "due": iso(row.due_on),
                "due_at": iso(row.due_at),
                "limit": edition.limit,
                "derives": row.rule not in wrong,
            }
            for row, edition in found
        ]
        ways = [f"pathways why {view.reference} {row.rule}" for row, _ in found]
        screen.answer_json("why-all/1", {"case": view.reference, "dates": dates, "next": ways})
        return NOT_PROVEN if wrong else OK
    screen.say(f"Running dates of {view.reference}")
    screen.say()
    for row, edition in found:
        word = urgency.word(row.due_at, row.plan_by, gate=edition.gate)
        task = screen.fit(task_of(view.pathway, row.rule), 26)
        due = screen.fit(short_day(row.due_on, desk.today), 12)
        limit = screen.fit(limit_in_words(edition, row.started, desk.today), 31)
        screen.say(f"  {marked(word)} {task:<26} {due:<12} {limit}")
    if not found:
        screen.say("  none")
    screen.say()
    for rule in wrong:
        screen.complain(f"The stored date of {rule} does not come out the same when it is worked out again.")
    first = found[0][0].rule if found else "RULE"
    screen.say(
        f"Next: pathways why {view.reference} {first}" if found else f"Next: pathways next {view.reference}"
    )
    return NOT_PROVEN if wrong else OK


def _screen(
    desk: Desk,
    view: CaseView,
    row: Any,
    edition: Edition,
    proof: Replay,
    ever: list[Any],
    days: bool,
    counted: Counted,
) -> list[str]:
    started = when(row.started)
    event = in_words(row.start_event)
    entry = f", entry {row.opened_seq}" if row.opened_seq else ""
    asserted = ", as reported in the census" if view.row.basis == "asserted" else ""
    inclusive = edition.inclusive or desk.rules.counting.event_day_counts
    itself = "the day itself is counted" if inclusive else "the day itself is not counted"
    how = COUNTED[edition.unit]
    if edition.unit not in (Unit.CLOCK_HOURS, Unit.MONTH):
        how = f"{how}; {itself}"
    if edition.amount < 0:
        how += ", counting back"
    unit = {"clock_hours": "Hour", "month": "Month"}.get(edition.unit.value, "Day")
    reached = f"Age {edition.amount // 12}" if edition.age_rule else f"{unit} {abs(edition.amount)}"
    lines = [*screen.folded(proof.sentence), ""]
    lines += _item("Starts", f"{words(started)}   {event}{entry}{asserted}")
    lines += _item("Counting", how)
    lines += _item("Skipped", proof.skipped_words)
    proclaimed = counted.proclaimed(row, edition)
    if proclaimed:
        lines += _item("Later", proclaimed)
    lines += _item(reached, full_day(proof.due.due))
    if proof.due.plan_by is not None and proof.due.plan_by != local_day(proof.due.due):
        lines += _item("Plan by", f"{full_day(proof.due.plan_by)}, the last working day before")
    lines += _item("Rule", f"{edition.rule_id}, pack {desk.rules.rulebook.name}")
    lines += _item("", f'"{edition.title}": {edition.limit}, {FORCES[edition.force.value]}')
    lines += _item("Edition", edition.chosen(local_day(when(row.started))))
    lines += _item("Source", edition.source)
    lines += _item("Changed", _changed(row, ever))
    lines += _item("Now", _status(desk, row))
    if days:
        lines += ["", *_day_by_day(proof)]
    else:
        lines += ["", f"Day by day: pathways why {view.reference} {row.rule} --days"]
    return lines


def in_words(event: str) -> str:
    """An event's name as people say it."""
    spelled = {
        "s47": "section 47",
        "icpc": "initial conference",
        "rcpc": "review conference",
        "cin": "child in need",
    }
    return " ".join(spelled.get(part, part) for part in event.split("_"))


def limit_in_words(edition: Edition, started: str, today: date) -> str:
    """'15 working days from 3 November', '2 working days before 24 November', '18 years from 1 Mar 2017'."""
    day = short_day(local_day(when(started)), today)
    if edition.age_rule and edition.amount % 12 == 0:
        return f"{edition.amount // 12} years from {day}"
    limit = edition.limit.replace("calendar ", "")
    return f"{limit.lstrip('-')} {'before' if edition.amount < 0 else 'from'} {day}"


def _item(label: str, text: str) -> list[str]:
    return screen.wrapped(f"  {label}", text, indent=12)


def _changed(row: Any, ever: list[Any]) -> str:
    before = [each for each in ever if each.rule == row.rule and each.id < row.id]
    moved = [each for each in before if each.status == "ended"]
    if moved:
        times = "once" if len(moved) == 1 else f"{len(moved)} times"
        return f"{times}; before that it was {words(moved[-1].due_on)}"
    if before:
        return f"never; the one before, of {words(before[-1].due_on)}, was {before[-1].status}"
    return "never"


def _status(desk: Desk, row: Any) -> str:
    if row.closed_at is not None:
        late = ", after its limit" if row.status == "met" and row.closed_at > row.due_at else ""
        return f"{row.status} on {words(local_day(row.closed_at))}{late}"
    if row.due_at < desk.now:
        lateness = Urgency(desk.now, lambda: desk.rules.calendar).lateness(row.due_at)
        return f"late by {lateness.replace('day', 'working day')}"
    return "running"


def _day_by_day(proof: Replay) -> list[str]:
    lines = []
    for step in proof.steps:
        number = "" if step.number is None else str(step.number)
        day = f"{full_day(step.day)}"
        lines += screen.wrapped(f"  {number:>4}  {day:<30}", step.why, indent=40)
    return lines


def _does_not_hold(view: CaseView, row: Any, proof: Replay, counted: Counted) -> str:
    if counted.otherwise:
        return (
            f"{words(row.due_on)} is stored on {view.reference}: it was counted with another calendar "
            f"({screen.shown(row.calendar)}), and stays. With today's it would be {words(local_day(proof.due.due))}."
        )
    return (
        f"The stored date does not come out the same: {words(row.due_on)} is stored on {view.reference}, and "
        f"{words(local_day(proof.due.due))} is what the rule gives. Tell whoever looks after the rules: "
        "pathways audit verify"
    )


def _as_json(
    view: CaseView, row: Any, edition: Edition, proof: Replay, holds: bool, ever: list[Any]
) -> dict[str, Any]:
    return {
        "case": view.reference,
        "rule": row.rule,
        "edition": row.edition,
        "task": task_of(view.pathway, row.rule),
        "title": edition.title,
        "sentence": proof.sentence,
        "started": iso(when(row.started)),
        "start_event": row.start_event,
        "entry": row.opened_seq,
        "basis": view.row.basis,
        "limit": edition.limit,
        "due": iso(row.due_on),
        "due_at": iso(row.due_at),
        "plan_by": iso(row.plan_by),
        "derived": iso(proof.due.due),
        "derives": holds,
        "skipped": proof.skipped_words,
        "days": [{"day": iso(step.day), "number": step.number, "why": step.why} for step in proof.steps],
        "source": edition.source,
        "force": edition.force.value,
        "valid_from": iso(edition.valid_from),
        "valid_to": iso(edition.valid_to),
        "calendar": row.calendar,
        "changed": _changed(row, ever),
        "status": row.status,
        "next": [f"pathways next {view.reference}"],
    }
