"""Make one move: ask for what is missing, write it, say what came of it.

A move that a standing condition refuses is refused before any question is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import typer

from commands import forms, prompts, record_form, screen
from commands.desk import Desk
from commands.given import NOTHING, given_answers, with_choices, with_reason
from commands.receipts import lines_of, receipt_json
from commands.show import heading
from commands.spoken import full_day
from commands.typed_dates import moment_on, parse
from models.queries import CaseView, case_view, ticks
from pathways.answers import MissingAnswers
from pathways.definitions import Condition, Evidence
from pathways.engine import Question, Refused, decide
from pathways.errors import Mistyped
from pathways.moments import local_day
from pathways.roles import Role, called

if TYPE_CHECKING:
    from models.another_day import Break
    from models.plans import Standing


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
    several = [each.replace("_", "-") for each in dict.fromkeys(here) if each.startswith(f"{trigger}_")]
    near = get_close_matches(trigger, here, 1) or get_close_matches(trigger, known, 1)
    meant = f" Did you mean {near[0].replace('_', '-')}?" if near else ""
    if len(several) > 1:
        meant = f" There are several: {', '.join(several)}."
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
    from models.casework import Casework, check_moment

    if dry_run:
        desk.looked(view, as_json=as_json)
    asks = prompts.can_ask(no_input, as_json)
    happened = moment(on, at, desk)
    if asks:
        check_moment(happened, desk.now, view.row)
    role = role_called(by) if by else None
    move = next((each for each in view.pathway.moves_from(view.row.state) if each.trigger == trigger), None)
    records = (move.records if move else None) or NOTHING
    answers = given_answers(records, answer, from_file, desk)
    if move is not None and is_refused_whatever_is_said(desk, view, trigger, role, override):
        move = None
    if asks and move is not None:
        known_conditions(view, override)
        record_form.judge(records, answers, desk.now)
    if not dry_run:
        asked = words_of(view.reference, trigger, happened or desk.now, by, because, override)
        begin_form(desk, trigger, asked, view, answers, keeps=not as_json)
    overrides = dict.fromkeys(override, because)
    broken: list[Break] = []
    if move is not None:
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


def is_refused_whatever_is_said(
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
    return record_form.fill(
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


def moment(on: str, at: str, desk: Desk) -> datetime | date | None:
    """When it happened, as typed; None for now."""
    if not on and not at:
        return None
    day = parse(on, now=desk.now, calendar=lambda: desk.rules.calendar) if on else desk.today
    if at:
        return moment_on(local_day(day), at)
    return day


def role_called(typed: str) -> Role:
    """The role of that name.

    Raises:
        Mistyped: there is none.
    """
    return called(screen.shown(typed))


def known_conditions(view: CaseView, override: Sequence[str]) -> Mapping[str, Condition]:
    """Every condition of the pathway, by its name.

    Raises:
        Mistyped: there is none of a name that is to be overridden.
    """
    known = view.pathway.conditions()
    for each in override:
        if each not in known:
            near = get_close_matches(each, known, 1)
            meant = f" Did you mean {near[0]}?" if near else ""
            raise Mistyped(f"There is nothing called {screen.shown(each)[:40]} to override.{meant}")
    return known


def reasons_for(view: CaseView, override: Sequence[str], because: str, asks: bool) -> dict[str, str]:
    """Why one goes ahead without each of these, asked for where somebody is there.

    Raises:
        Mistyped: there is nothing of that name, or no reason.
    """
    known = known_conditions(view, override)
    reasons = {}
    for each in override:
        reason = because
        while asks and not reason:
            reason = prompts.ask(
                f"Why go ahead without this: {known[each].says}? (goes on the record)", kind="text"
            )
        if not reason:
            raise Mistyped(f"Going ahead without {each} needs a reason: --because TEXT")
        reasons[each] = reason
    return reasons
