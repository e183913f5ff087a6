"""One move for several children: shared answers asked once and confirmed for each, decisions asked of each child.

All of it is written in one transaction or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import typer

from commands import forms, prompts, record_form, screen
from commands.desk import Desk
from commands.files import called
from commands.given import NOTHING, from_json, given_answers, readable_answers, with_choices, with_reason
from commands.move import (
    begin_form,
    known_conditions,
    moment,
    plan_of,
    reasons_for,
    role_called,
    trigger_of,
    words_of,
)
from commands.receipts import lines_of, receipt_json
from commands.show import heading
from commands.spoken import full_day
from models.queries import CaseView, case_view, ticks
from pathways.answers import MissingAnswers
from pathways.definitions import Evidence, Move
from pathways.errors import Mistyped
from pathways.roles import Role
from pathways.together import asked_once, is_joint

if TYPE_CHECKING:
    from models.another_day import Break
    from models.casework import Act, Receipt

EVERYBODY = "all"


@dataclass(slots=True)
class _Child:
    """One child of several: the case, the move on it, the answers so far."""

    view: CaseView
    trigger: str
    move: Move | None
    own: dict[str, Any] = field(default_factory=dict)

    @property
    def reference(self) -> str:
        return self.view.reference

    @property
    def records(self) -> Evidence:
        return (self.move.records if self.move else None) or NOTHING

    @property
    def shared(self) -> frozenset[str]:
        return asked_once(self.trigger, self.records)


def others_at(desk: Desk, view: CaseView) -> list[str]:
    """The other children of the conference that a case is in, of those that whoever is at the keyboard may see."""
    from models.meetings import meeting_of

    with desk.store.reading() as tx:
        found = meeting_of(tx, view.row.id)
    return [each for each in found.references if each != view.reference] if found else []


def offered(desk: Desk, view: CaseView, trigger: str) -> list[str]:
    """Ask whether a move is made for the other children of the conference too; those for whom it is."""
    if not is_joint(trigger):
        return []
    action = trigger.replace("_", "-")
    return [
        each
        for each in others_at(desk, view)
        if prompts.confirm(
            f"{each} is in this conference too. Do {action} for that child as well?", anew=True
        )
    ]


def make_for_several(
    desk: Desk,
    view: CaseView,
    trigger: str,
    beside: Sequence[str],
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
    although: bool = False,
    looked_at: bool = False,
) -> None:
    """Make one move on the cases of several children, or on each its own.

    Args:
        although: whether a conference is booked although that breaks something.
        looked_at: whether what it breaks was said before.
        beside: the other cases as typed: CASE, CASE=ACTION where that child's is another, or `all` of the conference.

    Raises:
        RefusedTogether: a rule said no for one of them; nothing was written for any.
    """
    from models.casework import Casework

    children = _children(desk, view, trigger, beside)
    for each in children:
        desk.looked(each.view, as_json=as_json)
    asks = prompts.can_ask(no_input, as_json)
    happened = moment(on, at, desk)
    role = role_called(by) if by else None
    given = _given(desk, children, answer, from_file)
    if asks:
        known_conditions(view, override)
        for each in children:
            said = {name: value for name, value in given.items() if _asks(each, name)}
            record_form.judge(each.records, said | each.own, desk.now)
    if not dry_run:
        words = words_of(view.reference, trigger, happened or desk.now, by, because, override)
        words += [*(f"--with={each}" for each in beside), *(f"--answer={each}" for each in answer)]
        words += [f"--from={from_file}"] if from_file else []
        begin_form(desk, trigger, words, view, {}, keeps=not as_json)
    overrides = reasons_for(view, override, because, asks)
    for each in children:
        each.own = with_reason(each.records, each.own, because)
    if asks:
        _ask(desk, children, given, happened, dry_run)
    broken = (
        []
        if looked_at
        else _clashes(desk, children, given, although=although, asks=asks, dry_run=dry_run, as_json=as_json)
    )
    acts = [_act(each, given, overrides, role) for each in children]
    before = {each.reference: ticks(each.view) for each in children}
    try:
        receipts = Casework(desk.store, desk.rules, forms.number_of(desk)).make_together(
            acts, actor=desk.actor, now=desk.now, at=happened, dry_run=dry_run
        )
    except MissingAnswers as missing:
        named = next(
            (each for each in children if str(missing.args[0]).endswith(each.reference)), children[0]
        )
        raise with_choices(missing, named.records) from None
    forms.written(desk)
    if as_json:
        cases = [
            receipt_json(each.view, receipt, broken) for each, receipt in zip(children, receipts, strict=True)
        ]
        ways = [f"pathways next {each.reference}" for each in children]
        screen.answer_json(
            "do.together/1", {"ok": True, "changed": not dry_run, "cases": cases, "next": ways}
        )
        return
    _say(desk, children, receipts, before)


def _clashes(
    desk: Desk, children: Sequence[_Child], given: Mapping[str, Any], *, although: bool, asks: bool, dry_run: bool, as_json: bool
) -> list[Break]:  # fmt: skip
    """What the day that is named clashes with, said of those children of whom it is the same day at once."""
    from commands import clashing

    alike: dict[tuple[str, str], list[_Child]] = {}
    for each in children:
        if each.move is None:
            continue  # the move itself says why not
        answers = {**given, **each.own}
        day = answers.get("conference_on") or answers.get("review_on")
        alike.setdefault((each.trigger, str(day)), []).append(each)
    return [
        found
        for (trigger, _), those in alike.items()
        for found in clashing.before_it_is_done(
            desk, [each.view for each in those], trigger, those[0].records,
            {name: value for name, value in given.items() if _asks(those[0], name)} | those[0].own,
            although=although, asks=asks, dry_run=dry_run, as_json=as_json,
        )
    ]  # fmt: skip


def _children(desk: Desk, view: CaseView, trigger: str, beside: Sequence[str]) -> list[_Child]:
    """The case at hand and those beside it, each once.

    Raises:
        Mistyped: nobody else is meant, or a case is named twice.
    """
    named: list[tuple[CaseView, str]] = [(view, trigger)]
    for typed in beside:
        reference, mark, action = typed.partition("=")
        if reference.strip().lower() == EVERYBODY:
            named += [(desk.case(each), action or trigger) for each in others_at(desk, view)]
        else:
            named.append((desk.case(reference), action if mark else trigger))
    seen: dict[str, _Child] = {}
    for each, action in named:
        if each.reference in seen:
            raise Mistyped(f"{each.reference} is named twice. Name each child's case once.")
        meant = trigger_of(each, action)
        moves = each.pathway.moves_from(each.row.state)
        seen[each.reference] = _Child(each, meant, next((one for one in moves if one.trigger == meant), None))
    if len(seen) == 1:
        raise Mistyped(
            f"No other child is in the conference of {view.reference}. To put one in: "
            f"pathways meeting CASE add --to {view.reference}"
        )
    return list(seen.values())


def _given(desk: Desk, children: Sequence[_Child], answer: Sequence[str], from_file: str) -> dict[str, Any]:
    """What was answered for all; what was answered for one child is put with that child.

    Raises:
        Mistyped: something about one child was answered for all of them at once.
    """
    for_all: list[str] = []
    for_one: dict[str, list[str]] = {}
    for each in answer:
        before, mark, rest = each.partition(":")
        child = _called(children, before) if mark and "=" not in before else None
        if child is None:
            for_all.append(each)
        else:
            for_one.setdefault(child.reference, []).append(rest)
    filed, filed_for_one = _from_file(children, from_file)
    shared: dict[str, Any] = {}
    for child in children:
        child.own = {
            **readable_answers(child.records, filed_for_one.get(child.reference, {}), desk),
            **given_answers(child.records, for_one.get(child.reference, []), "", desk),
        }
        fits = {name: value for name, value in filed.items() if _asks(child, name)}
        shared |= {
            **readable_answers(child.records, fits, desk),
            **given_answers(child.records, for_all, "", desk),
        }
    about_each = sorted(
        name
        for name in {*filed, *shared}
        if any(_asks(child, name) and name not in child.shared for child in children)
    )
    if about_each:
        raise Mistyped(
            f"{about_each[0]} is asked about each child, and is not copied from one to another. Give it as "
            f"--answer {children[0].reference}:{about_each[0]}=VALUE, or in the file under each reference."
        )
    return shared


def _called(children: Iterable[_Child], typed: str) -> _Child | None:
    """The child whose case is meant, in full or shortened as where it was first named."""
    said = typed.strip().upper().replace("-", "")
    for each in children:
        prefix, _, number = each.reference.rpartition("-")
        short = f"{prefix.split('-')[0]}{number.lstrip('0')}"
        if said in (each.reference.replace("-", ""), short):
            return each
    return None


def _from_file(children: Sequence[_Child], path: str) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Answers for all, and answers under the reference of a child.

    Raises:
        Mistyped: it is no JSON object of answers, or names a case that is not among these.
    """
    for_all, for_one = {}, {}
    for key, value in (from_json(path, several=True) if path else {}).items():
        if not isinstance(value, dict):
            for_all[key] = value
            continue
        child = _called(children, key)
        if child is None:
            raise Mistyped(
                f"{called(path)}: {screen.shown(key)[:40]} is none of these cases: {_named(children)}."
            )
        for_one[child.reference] = value
    return for_all, for_one


def _asks(child: _Child, name: str) -> bool:
    return any(one.name == name or f"{one.name}_why" == name for one in child.records.fields)


# --- asking --------------------------------------------------------------------------------------------------------


def _ask(
    desk: Desk,
    children: Sequence[_Child],
    given: dict[str, Any],
    happened: datetime | date | None,
    dry_run: bool,
) -> None:
    """Ask what is shared once, and the rest about each child."""
    for line in screen.wrapped("", f"{_named(children)}. {full_day(happened or desk.today)}.", indent=0):
        prompts.tell(line)
    fields = {one.name: one for child in children for one in child.records.fields if one.name in child.shared}
    common = Evidence("shared", "shared", tuple(fields.values()))
    if fields:
        prompts.tell("For all of them:")
        given.update(record_form.fill(common, given, now=desk.now, calendar=lambda: desk.rules.calendar))
    for child in children:
        prompts.tell()
        prompts.tell(f"{child.reference}, {heading(child.view, desk.today)}.")
        first = child is children[0] or not child.shared
        if not first and not prompts.confirm("Does what was answered for all hold for this child too?"):
            child.own = _asked(desk, child, child.own, child.shared)
        alone = frozenset(one.name for one in child.records.fields) - child.shared
        child.own = _asked(desk, child, child.own, alone)
        sure = dry_run or not (child.move and child.move.confirm)
        if not sure and not prompts.confirm(
            f"{child.move.says if child.move else ''}: is that right?", anew=True
        ):
            raise typer.Abort


def _asked(desk: Desk, child: _Child, own: dict[str, Any], names: frozenset[str]) -> dict[str, Any]:
    some = replace(child.records, fields=tuple(one for one in child.records.fields if one.name in names))
    return record_form.fill(
        some, own, now=desk.now, calendar=lambda: desk.rules.calendar, plan=lambda: plan_of(desk, child.view)
    )


def _named(children: Sequence[_Child]) -> str:
    return ", ".join(each.reference for each in children)


def _act(child: _Child, given: Mapping[str, Any], overrides: Mapping[str, str], role: Role | None) -> Act:
    from models.casework import Act

    answers = {name: value for name, value in given.items() if _asks(child, name)} | child.own
    return Act(child.reference, child.trigger, answers, dict(overrides), role, child.view.row.version)


def _say(
    desk: Desk, children: Sequence[_Child], receipts: Sequence[Receipt], before: Mapping[str, Any]
) -> None:
    for child, receipt in zip(children, receipts, strict=True):
        with desk.store.reading() as tx:
            after = case_view(tx, child.reference)
        for line in lines_of(desk, child.view, after, before[child.reference], receipt, child.records):
            screen.say(line)
        screen.say()
    kept = "Written for all of them together" if receipts[0].kept else "Nothing was written for any of them"
    for line in screen.wrapped("", f"{kept}: {_named(children)}.", indent=0):
        screen.say(line)
