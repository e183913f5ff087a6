"""Make a move on a case: ask for what is missing, say what happened and what the clocks now say.

A move that a standing condition refuses is refused before any question is asked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import forms, prompts, screen
from commands.desk import Desk
from commands.once import Once, key_of, said_before
from commands.options import Case, Json
from commands.run import STYLE, examples
from commands.show import heading
from commands.spoken import full_day, iso, plural, short_day
from commands.typed_dates import at_time, parse, parse_time
from models.queries import CaseView, Tick, case_view, clock_of, task_of, ticks
from pathways.answers import MissingAnswers
from pathways.definitions import Evidence, Move
from pathways.engine import Question, Refused, decide
from pathways.errors import Mistyped
from pathways.moments import LONDON, local_day, words
from pathways.roles import Role

if TYPE_CHECKING:
    from models.another_day import Break
    from models.plans import Standing

app = typer.Typer(**STYLE)

PERSONAL = ("given_name", "family_name", "birth_date", "expected_delivery_date", "la_child_id", "died_on")
NOTHING = Evidence("nothing", "nothing")

On = Annotated[str, typer.Option("--on", metavar="DATE", help="The day it happened: today, 19/11/2026, fri.")]
At = Annotated[str, typer.Option("--at", metavar="TIME", help="The time it happened: 9:20am, 15:00.")]
Because = Annotated[
    str, typer.Option("--because", metavar="TEXT", help="The reason, for an override or a decision.")
]
Answer = Annotated[
    list[str] | None, typer.Option("--answer", metavar="NAME=VALUE", help="One answer; may be given again.")
]
From = Annotated[
    str, typer.Option("--from", metavar="FILE", help="Answers as a JSON object; - for standard input.")
]
By = Annotated[str, typer.Option("--by", metavar="ROLE", help="Who decided, as conference-chair.")]
Override = Annotated[
    list[str] | None,
    typer.Option("--override", metavar="ID", help="Go ahead without this; may be given again."),
]
With = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        metavar="CASE",
        help="Another child of the conference: CASE, CASE=ACTION, or all; may be given again.",
    ),
]
Although = Annotated[bool, typer.Option("--although", help="Book a conference although it breaks something.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and keep nothing.")]
NoInput = Annotated[bool, typer.Option("--no-input", help="Ask nothing; list what is missing.")]


@app.command(
    help=examples(
        "Make a move on a case. Without an action: pathways next CASE lists them.",
        "pathways do CP-2026-0041 family-met --on 19/11/2026",
        "pathways do cp41 start-conference --override conference.reports --dry-run",
        "pathways do cp41 decide-plan --with cp42 --with cp43=decide-no-plan",
    )
)
def do(
    case: Case,
    action: Annotated[str, typer.Argument(metavar="ACTION", help="What happened, as family-met.")],
    on: On = "",
    at: At = "",
    because: Because = "",
    answer: Answer = None,
    from_file: From = "",
    by: By = "",
    override: Override = None,
    once: Once = "",
    beside: With = None,
    although: Although = False,
    dry_run: DryRun = False,
    as_json: Json = False,
    no_input: NoInput = False,
) -> None:
    """Make a move."""
    with Desk() as desk:
        view = desk.case(case)
        trigger = trigger_of(view, action)
        others = list(beside or [])
        if not others and prompts.can_ask(no_input, as_json):
            others = _other_children(desk, view, trigger)
        making: Callable[..., None] = make
        if others:
            from commands.together import make_for_several

            making = partial(make_for_several, beside=others)
        if once and others:
            raise Mistyped("--once goes with one case at a time. Send each with a name of its own.")
        if once and said_before(desk, view, once, trigger, as_json=as_json):
            return
        if once:
            making = partial(make, key=key_of(view, once))
        making(
            desk,
            view,
            trigger,
            on=on,
            at=at,
            because=because,
            answer=answer or [],
            from_file=from_file,
            by=by,
            override=override or [],
            although=although,
            dry_run=dry_run,
            as_json=as_json,
            no_input=no_input,
        )


def _other_children(desk: Desk, view: CaseView, trigger: str) -> list[str]:
    """The other children of the conference for whom the same is to be done, asked one by one."""
    from pathways.together import is_joint

    if not is_joint(trigger):
        return []
    from commands.together import offered

    return offered(desk, view, trigger)


def trigger_of(view: CaseView, action: str) -> str:
    """The trigger that was meant.

    Raises:
        Mistyped: the pathway has no such action; the nearest one is named.
    """
    trigger = action.strip().lower().replace("-", "_")
    known = [move.trigger for move in view.pathway.moves if not move.by_clock]
    if trigger in known:
        return trigger
    here = [move.trigger for move in view.pathway.moves_from(view.row.state) if not move.by_clock]
    near = get_close_matches(trigger, here, 1) or get_close_matches(trigger, known, 1)
    meant = f" Did you mean {near[0].replace('_', '-')}?" if near else ""
    raise Mistyped(
        f"There is no action {screen.shown(action)[:40]} on {view.reference}.{meant} "
        f"What can be done: pathways next {view.reference}"
    )


def make(
    desk: Desk,
    view: CaseView,
    trigger: str,
    *,
    on: str,
    at: str,
    because: str,
    answer: Sequence[str],
    from_file: str,
    by: str,
    override: Sequence[str],
    dry_run: bool,
    as_json: bool,
    no_input: bool,
    key: str | None = None,
    although: bool = False,
    looked_at: bool = False,
) -> None:
    """Make one move with what was typed, asking for the rest where somebody is there to be asked.

    Args:
        key: names the entry, so that it is never written a second time.
        although: whether a conference is booked although that breaks something.
        looked_at: whether what it breaks was said before.
    """
    from models.casework import Casework

    if dry_run:
        desk.looked(view, as_json=as_json)
    asks = prompts.can_ask(no_input, as_json)
    happened = moment(on, at, desk)
    role = role_called(by) if by else None
    move = next((each for each in view.pathway.moves_from(view.row.state) if each.trigger == trigger), None)
    records = (move.records if move else None) or NOTHING
    answers = given_answers(records, answer, from_file, desk)
    if not dry_run:
        asked = words_of(view.reference, trigger, happened or desk.now, by, because, override)
        begin_form(desk, trigger, asked, view, answers, keeps=not as_json)
    overrides = dict.fromkeys(override, because)
    broken: list[Break] = []
    if move is not None and not _is_refused_whatever_is_said(desk, view, trigger, role, override):
        if asks:
            prompts.tell(
                f"{view.reference}, {heading(view, desk.today)}.  {full_day(happened or desk.today)}."
            )
        overrides = reasons_for(view, override, because, asks)
        answers = with_reason(records, answers, because)
        if asks:
            answers = _asked(desk, view, records, answers)
        if not looked_at:
            from commands import clashing

            broken = clashing.before_it_is_done(
                desk, [view], trigger, records, answers,
                although=although, asks=asks, dry_run=dry_run, as_json=as_json,
            )  # fmt: skip
        sure = not asks or dry_run or not move.confirm
        if not sure and not prompts.confirm(f"{move.says}: is that right?", anew=True):
            raise typer.Abort
    before = ticks(view)
    try:
        receipt = Casework(desk.store, desk.rules, forms.number_of(desk)).make(
            view.reference,
            trigger,
            actor=desk.actor,
            now=desk.now,
            at=happened,
            by=role,
            answers=answers,
            overrides=overrides,
            seen=view.row.version,
            dry_run=dry_run,
            key=key,
        )
    except MissingAnswers as missing:
        raise with_choices(missing, records) from None
    forms.written(desk)
    with desk.store.reading() as tx:
        after = case_view(tx, view.reference)
    if as_json:
        screen.answer_json("do/1", receipt_json(view, receipt, broken))
        return
    for line in lines_of(desk, view, after, before, receipt, records):
        screen.say(line)


def _is_refused_whatever_is_said(
    desk: Desk, view: CaseView, trigger: str, role: Role | None, override: Sequence[str]
) -> bool:
    """Whether a move would be refused whatever its own questions are answered; then nobody is asked them."""
    verdict = decide(
        Question(view.pathway, view.row.state, view.row.facts),
        trigger,
        desk.actor,
        by=role,
        overrides=dict.fromkeys(override, "asked"),
    )
    return isinstance(verdict, Refused) and (
        verdict.kind != "not_yet"
        or any(r.condition and r.condition.record != trigger for r in verdict.reasons)
    )


def _asked(desk: Desk, view: CaseView, records: Evidence, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers, with those that somebody at the keyboard gave."""
    return prompts.fill(
        records,
        answers,
        now=desk.now,
        calendar=lambda: desk.rules.calendar,
        plan=lambda: plan_of(desk, view),
    )


def plan_of(desk: Desk, view: CaseView) -> Standing:
    """Who is of the conference of a case, and the outline plan that stands."""
    from models.plans import standing_for

    with desk.store.reading() as tx:
        return standing_for(tx, view)


def words_of(
    reference: str, trigger: str, happened: datetime | date, by: str, because: str, override: Sequence[str]
) -> list[str]:
    """The command that makes a move again as it was meant, whichever day it is given."""
    words = ["do", reference, trigger.replace("_", "-"), f"--on={happened.isoformat()}"]
    words += [f"--by={by}"] if by else []
    words += [f"--because={because}"] if because else []
    return words + [f"--override={each}" for each in override]


def begin_form(
    desk: Desk, trigger: str, words: list[str], view: CaseView, given: dict[str, Any], *, keeps: bool
) -> None:
    """Take the form of a move in hand."""
    command = f"do {trigger.replace('_', '-')}"
    forms.begin(desk, command, words, target=view.reference, given=given, keeps=keeps)


def with_choices(missing: MissingAnswers, records: Evidence) -> MissingAnswers:
    """The same refusal, with what each answer may be."""
    what, listed = missing.args[:2]
    return MissingAnswers(what, listed, {one.name: _offered(one) for one in records.fields if _offered(one)})


def _offered(one: Any) -> tuple[str, ...]:
    if one.words:
        return tuple(f"{choice} ({word})" for choice, word in zip(one.choices, one.words, strict=True))
    return ("yes", "no") if one.kind == "yes_no" else tuple(one.choices)


def moment(on: str, at: str, desk: Desk) -> datetime | date | None:
    """When it happened, as typed; None for now."""
    if not on and not at:
        return None
    day = parse(on, now=desk.now, calendar=lambda: desk.rules.calendar) if on else desk.today
    if at:
        return at_time(local_day(day), parse_time(at))
    return day


def role_called(typed: str) -> Role:
    """The role of that name.

    Raises:
        Mistyped: there is none.
    """
    said = typed.strip().lower().replace("-", "_").replace(" ", "_")
    people = [role for role in Role if role not in (Role.CLOCK, Role.PATHWAY)]
    named = {role.value: role for role in people}
    named |= {role.label.lower().replace("-", "_").replace(" ", "_"): role for role in people}
    named |= {"chair": Role.CONFERENCE_CHAIR}
    if said in named:
        return named[said]
    near = get_close_matches(said, named, 1)
    meant = f" Did you mean {near[0].replace('_', '-')}?" if near else ""
    raise Mistyped(f"There is no role {screen.shown(typed)[:40]}.{meant}")


def given_answers(
    records: Evidence, answer: Sequence[str], from_file: str, desk: Desk, extra: Sequence[str] = ()
) -> dict[str, Any]:
    """Answers from a file and from the command line, the command line's last; dates read as people type them.

    Raises:
        Mistyped: one cannot be read, or is personal data that does not belong on a command line.
    """
    found = from_json(from_file) if from_file else forms.given_before()
    for each in answer:
        name, mark, value = each.partition("=")
        name = name.strip().replace("-", "_")
        if not mark or not name:
            raise Mistyped("An answer is written NAME=VALUE, as in --answer level=4.")
        if name in PERSONAL:
            raise Mistyped(
                f"{name} is personal and would stay in the command history. Answer it at the prompt, or put it in a "
                "file: --from FILE"
            )
        found[name] = value
    return readable_answers(records, found, desk)


def readable_answers(records: Evidence, found: Mapping[str, Any], desk: Desk) -> dict[str, Any]:
    """Answers as people type them, turned into what the checks of a record take."""
    fields = {one.name: one for one in records.fields}
    return {
        name: prompts.readable(fields[name], value, desk.now, lambda: desk.rules.calendar)
        if name in fields
        else value
        for name, value in found.items()
    }


def from_json(path: str) -> dict[str, Any]:
    """A JSON object from a file or from standard input.

    Raises:
        Mistyped: it is no JSON object.
    """
    from commands.files import read_text

    name = "Standard input" if path == "-" else screen.shown(path)
    try:
        found = json.loads(read_text(path), object_pairs_hook=once_each)
    except Mistyped:
        raise
    except (ValueError, RecursionError):
        raise Mistyped(f'{name} is not JSON. Answers are written like {{"level": "4"}}.') from None
    if not isinstance(found, dict) or not all(plain(value) for value in found.values()):
        raise Mistyped(f'{name} must hold one JSON object of answers, like {{"level": "4"}}.')
    return {
        name: ("yes" if value else "no") if isinstance(value, bool) else value
        for name, value in found.items()
    }


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; which of two answers of one name is meant is not guessed."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(each for number, (each, _) in enumerate(pairs) if each in dict(pairs[:number]))
        raise Mistyped(f"The answer '{screen.shown(twice)[:40]}' is given twice. Give it once.")
    return found


def plain(value: Any) -> bool:
    """Whether something in a file can be an answer."""
    if isinstance(value, list):
        return all(isinstance(each, str | dict) for each in value)
    return value is None or isinstance(value, str | int | bool)


def with_reason(records: Evidence, answers: dict[str, Any], because: str) -> dict[str, Any]:
    """What `--because` says is also the answer to a decision's question for reasons."""
    for name in ("reasons", "why"):
        if because and name not in answers and any(one.name == name for one in records.fields):
            return {**answers, name: because}
    return answers


def reasons_for(view: CaseView, override: Sequence[str], because: str, asks: bool) -> dict[str, str]:
    """Why one goes ahead without each of these, asked for where somebody is there.

    Raises:
        Mistyped: there is nothing of that name, or no reason.
    """
    known = view.pathway.conditions()
    reasons = {}
    for each in override:
        if each not in known:
            near = get_close_matches(each, known, 1)
            meant = f" Did you mean {near[0]}?" if near else ""
            raise Mistyped(f"There is nothing called {screen.shown(each)[:40]} to override.{meant}")
        reason = because
        while asks and not reason:
            reason = prompts.ask(f"Why go ahead without this: {known[each].says}? (goes on the record)")
        if not reason:
            raise Mistyped(f"Going ahead without {each} needs a reason: --because TEXT")
        reasons[each] = reason
    return reasons


# --- what is said afterwards ---------------------------------------------------------------------------------------


def lines_of(
    desk: Desk, view: CaseView, after: CaseView, before: list[Tick], receipt: Any, records: Evidence
) -> list[str]:
    """What is said of a move once it is made: what happened, what the clocks now say, what is next."""
    what = records.title if records is not NOTHING else receipt.move.says
    stage = _stage_of(view, before, after) if receipt.kept else ""
    happened = full_day(receipt.at.astimezone(LONDON) if isinstance(receipt.at, datetime) else receipt.at)
    said = [f"{stage}{what}.", f"{view.reference}, {happened}."]
    label = "Done" if receipt.kept else "Would be done"
    indent = 7 if receipt.kept else 15
    lines = [*screen.wrapped(label, said[0], indent=indent), *screen.wrapped("", said[1], indent=indent)]
    for line in _clocks(desk, view, receipt):
        lines += screen.wrapped("", line, indent=indent)
    if receipt.overridden:
        lines += screen.wrapped(
            "",
            f"{plural(len(receipt.overridden), 'override')} recorded: {', '.join(receipt.overridden)}.",
            indent=indent,
        )
    if receipt.state != view.row.state:
        lines += screen.wrapped("", f"Now: {view.pathway.state(receipt.state).label}.", indent=indent)
    for reference in receipt.opened:
        lines += screen.wrapped(
            "",
            f"Opened: {reference}." if receipt.kept else "It would open a case beside this one.",
            indent=indent,
        )
    if receipt.told:
        told = "Told on" if receipt.kept else "It would be told on"
        lines += screen.wrapped(
            "", f"{told} the child's other cases: {', '.join(receipt.told)}.", indent=indent
        )
    if not receipt.kept:
        return [*lines, "Nothing was changed."]
    if receipt.move.trigger == "child_born" and not after.person.given:
        lines += [f"{'Name:':<9}pathways people {view.reference} add name"]
    lines += [f"{'' if place else 'Letters:':<9}{way}" for place, way in enumerate(letters_to_make(receipt))]
    back = f"Undo: pathways undo {view.reference}"
    return [*lines, receipt.line, screen.two_ends(f"Next: pathways next {view.reference}", back)]


def letters_to_make(receipt: Any) -> list[str]:
    """The commands that make the letters which follow from a move, for everyone who gets one."""
    if receipt.pathway.name != "child_protection" or receipt.move is None:
        return []
    from pathways.letters import AFTER, EVERYONE

    kinds = AFTER.get(receipt.move.trigger, ())
    return [f"pathways letter {receipt.reference} {each} --to {EVERYONE}" for each in kinds]


def _stage_of(view: CaseView, before: list[Tick], after: CaseView) -> str:
    """'1 of 9  ' where the move ticked a stage; '2 of 9 (6 of 7)  ' where it brought one on."""
    last = len(view.pathway.stages)
    told = list(zip(before, ticks(after), strict=True))
    ticked = next((now for was, now in told if now.done and not was.done), None)
    if ticked is not None:
        return f"{ticked.stage.number} of {last}  "
    brought = next((now for was, now in told if now.detail != was.detail and now.detail), None)
    return f"{brought.stage.number} of {last}  ({brought.detail}) " if brought is not None else ""


def _clocks(desk: Desk, view: CaseView, receipt: Any) -> list[str]:
    """What the move did to the clocks: met in time or late, and what is due next."""
    lines = []
    running = {row.rule: row for row in view.running}
    for closed in receipt.closed:
        if closed.status == "met":
            lines.append(_met(desk, view, running.get(closed.rule), closed))
    for rule, due_on in receipt.begun:
        clock = clock_of(view.pathway, rule)
        if clock and not clock.gate:
            lines.append(f"{clock.task} by {words(due_on)}.")
    for rule, why in receipt.unknown:
        lines.append(f"No date could be worked out for {task_of(view.pathway, rule).lower()}: {why}")
    return lines


def _met(desk: Desk, view: CaseView, row: Any, closed: Any) -> str:
    """Whether a limit was met, with its working days where it counts those."""
    from pathways.clocks import when
    from pathways.days import CalendarEnds, Unit

    task = task_of(view.pathway, closed.rule)
    done_on = local_day(closed.at)
    try:
        late = desk.rules.calendar.working_days_between(closed.due_on, done_on) if closed.late else 0
        edition = desk.rules.rulebook.cited(row.rule, row.edition) if row is not None else None
        if edition is not None and edition.unit is Unit.WORKING_DAY and edition.amount > 0:
            day = desk.rules.calendar.working_days_between(local_day(when(row.started)), done_on)
            state = "Late" if closed.late else "In time"
            return f"{state}: {task.lower()}, working day {day} of {edition.amount}."
    except CalendarEnds:
        late = 0
    if closed.late:
        by = plural(late, "working day") if late else "under a working day"
        return f"Late: {task.lower()}, {by} after {short_day(closed.due_on, desk.today)}."
    return f"In time: {task.lower()}, due {short_day(closed.due_on, desk.today)}."


def receipt_json(view: CaseView, receipt: Any, broken: Sequence[Break] = ()) -> dict[str, Any]:
    """What a write did, for another program; `broken`: what the day of a conference clashes with."""
    move: Move | None = receipt.move
    return {
        "ok": True,
        "case": receipt.reference,
        "action": move.action if move else "open",
        "changed": receipt.kept,
        "state": receipt.state,
        "state_words": receipt.pathway.state(receipt.state).label,
        "at": iso(receipt.at),
        "by": receipt.by,
        "entry": receipt.seq if receipt.kept else None,
        "code": receipt.code if receipt.kept else None,
        "page": receipt.page if receipt.kept else None,
        "met": [
            {"rule": each.rule, "due": iso(each.due_on), "at": iso(each.at), "late": each.late}
            for each in receipt.closed
            if each.status == "met"
        ],
        "started": [{"rule": rule, "due": iso(due)} for rule, due in receipt.begun],
        "not_worked_out": [{"rule": rule, "why": why} for rule, why in receipt.unknown],
        "opened": list(receipt.opened) if receipt.kept else [],
        "told": list(receipt.told),
        "breaks": [each.says for each in broken],
        "overridden": list(receipt.overridden),
        "checkpoint_owed": receipt.checkpoint_owed,
        "next": [f"pathways next {receipt.reference}", *letters_to_make(receipt)] if receipt.kept else [],
    }
