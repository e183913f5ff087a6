"""Open a case: a referral and the other ways in. The tool never stands between a worried person and a phone call.

Who the person is comes from a prompt or a file, never from the command line: what is typed there stays in the
history of the shell, in the list of processes and on shared screens. An allegation about an adult may be sent by
anybody who works here; unless they are cleared they are given a receipt, and no sight of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import forms, prompts, record_form, screen
from commands.desk import Desk
from commands.given import NOTHING, given_answers, readable_answers, with_choices
from commands.move import moment, role_called
from commands.move_options import Answer, At, By, DryRun, From, NoInput, On
from commands.options import Json
from commands.receipts import receipt_json
from commands.show import rereferred
from commands.spoken import at_a_time, full_day, iso
from commands.style import STYLE, examples
from commands.subject import PERSON, find_or_make, from_answers
from commands.typed_dates import parse
from commands.ways_in import listed, way_in
from models.queries import CaseView, case_view, earlier_referral, is_reference, task_of
from pathways import pathway
from pathways.answers import MissingAnswers
from pathways.compatibility import WHO
from pathways.definitions import Evidence
from pathways.errors import Mistyped, PathwayError
from pathways.moments import LONDON, local_day
from pathways.roles import Role

if TYPE_CHECKING:
    from pathways.definitions import Pathway
    from pathways.engine import Actor

app = typer.Typer(**STYLE)

EMERGENCY = (
    "If a child is in danger now: ring 999.",
    "Then ring the front door of social care; out of hours, the emergency duty team.",
    "Come back here afterwards: pathways open phone-call",
    "No referral was made.",
)
HOW, WAYS = "How did this arrive?", ("phone", "written form or message", "both")


@app.command(
    name="open",
    help=examples(
        "Open a case. WHAT is one of the words below. Names and dates of birth are asked for, or come from a file; "
        "a CASE names somebody who is known already.\n\n" + listed(),
        "pathways open referral",
        "pathways open escalation cp41",
        "pathways open referral --from referral.json --no-input",
    ),
)
def open_(
    what: Annotated[str, typer.Argument(metavar="WHAT", help="What is opened, as referral.")],
    case: Annotated[
        str, typer.Argument(metavar="CASE", help="For the person of this case; the same as --like.")
    ] = "",
    like: Annotated[
        str, typer.Option("--like", metavar="CASE", help="For the person of this case, known already.")
    ] = "",
    new_person: Annotated[
        bool, typer.Option("--new-person", help="Somebody else than the people found with that name.")
    ] = False,
    on: On = "",
    at: At = "",
    answer: Answer = None,
    from_file: From = "",
    by: By = "",
    team: Annotated[
        str,
        typer.Option("--team", metavar="TEAM", help="The team that takes it; the pathway's own by default."),
    ] = "",
    dry_run: DryRun = False,
    as_json: Json = False,
    no_input: NoInput = False,
) -> None:
    """Open a case."""
    pathway_name, entry_name = way_in(what)
    asks = prompts.can_ask(no_input, as_json) and not from_file
    with_flags = {"new-person": new_person, "by": by, "team": team}
    if asks and pathway_name == "front_door" and _in_danger():
        if not dry_run:
            _put_aside(what, _of_case(case, like), with_flags)
        return
    with Desk() as desk:
        like, happened = _of_case(case, like), moment(on, at, desk)
        role = role_called(by) if by else None
        if team:
            _must_take_cases(desk, team)
        records = pathway(pathway_name).entry(entry_name).records or NOTHING
        given = given_answers(records, answer or [], from_file, desk)
        if asks:
            _judge(desk, pathway_name, entry_name, given)
        if not dry_run:
            begun = happened if asks else happened or desk.now
            words = _words(what, like, {**with_flags, "on": iso(begun)})
            form = forms.begin(
                desk, f"open {what}", words, target=_about(desk, like), given=given, keeps=not as_json
            )
            form.goes_back = asks
            if given and not asks and entry_name == "referral":
                form.heard(f"[1-{len(WAYS)}]", HOW, "2")
        while True:
            try:
                _open(
                    desk,
                    pathway_name,
                    _how_it_arrived() if asks and entry_name == "referral" else entry_name,
                    like=like,
                    new_person=new_person,
                    happened=happened,
                    given=given,
                    by=role,
                    team=team,
                    dry_run=dry_run,
                    as_json=as_json,
                    asks=asks,
                )
                return
            except prompts.Back:
                form.one_back()


def _judge(desk: Desk, pathway_name: str, entry_name: str, given: Mapping[str, Any]) -> None:
    """Refuse an answer on the command line that cannot be used; how a referral arrived is not known yet."""
    entries = ("referral", "phone") if entry_name == "referral" else (entry_name,)
    asked = [pathway(pathway_name).entry(each).records or NOTHING for each in entries]
    fields = {one.name: one for each in asked for one in each.fields}
    form = Evidence(asked[0].name, asked[0].title, tuple(fields.values()))
    about = {*PERSON, "received"} - fields.keys()
    told = readable_answers(form, given, desk)
    record_form.judge(form, {name: told[name] for name in told if name not in about}, desk.now)


def _must_take_cases(desk: Desk, team: str) -> None:
    from models.owning import known_team

    with desk.store.reading() as tx:
        known_team(tx, team, desk.now)


def _of_case(case: str, like: str) -> str:
    """The case whose person is meant.

    Raises:
        Mistyped: what was typed is no reference; it is not repeated, since it may be a name.
    """
    if case and not is_reference(case):
        raise Mistyped(
            "After the word stands a case, as cp41, and never a name: that would stay in the command history. "
            "Without a case the person is asked for."
        )
    if case and like and case.strip().upper() != like.strip().upper():
        raise Mistyped("One case is enough: name it after the word, or with --like.")
    return case or like


def _words(what: str, like: str, flags: Mapping[str, Any]) -> list[str]:
    """The command that begins the same form again."""
    words = ["open", what, *([f"--like={like}"] if like else [])]
    words += [f"--{name}={value}" for name, value in flags.items() if value and value is not True]
    return words + [f"--{name}" for name, value in flags.items() if value is True]


def _about(desk: Desk, like: str) -> str:
    return desk.case(like).reference if like else ""


def _put_aside(what: str, like: str, flags: Mapping[str, Any]) -> None:
    """Keep a form that stopped for a child in danger. What is in the way of keeping it is nothing to hear of now."""
    with suppress(PathwayError), Desk() as desk:
        words = _words(what, like, flags)
        forms.begin(desk, f"open {what}", words, target=_about(desk, like), given={}).aside = True


def _in_danger() -> bool:
    """Ask the first question; on yes, say what to do and stop."""
    prompts.tell("? explains a question, < goes back, Ctrl+C stops.")
    prompts.tell("What you type here is not kept in the command history.")
    prompts.tell()
    if not prompts.confirm("Is a child in danger right now?", anew=True):
        return False
    for line in EMERGENCY:
        screen.say(line)
    return True


def _how_it_arrived() -> str:
    place = prompts.choose(HOW, WAYS, "1")
    return "referral" if place == 1 else "phone"


def _open(
    desk: Desk,
    pathway_name: str,
    entry_name: str,
    *,
    like: str,
    new_person: bool,
    happened: datetime | date | None,
    given: Mapping[str, Any],
    by: Role | None,
    team: str,
    dry_run: bool,
    as_json: bool,
    asks: bool,
) -> None:
    from models.casework import Casework
    from models.people import NewPerson

    found = pathway(pathway_name)
    entry = found.entry(entry_name)
    records = entry.records or NOTHING
    about_whom = WHO[pathway_name]
    given = readable_answers(records, given, desk)
    about = {name: given.pop(name) for name in PERSON if name in given and not _asked_by(records, name)}
    received = given.pop("received", None)
    if received is not None and happened is None:
        happened = parse(str(received), now=desk.now, calendar=lambda: desk.rules.calendar)
    known = desk.case(like) if like else None
    who: Any = known.row.person_id if known else None
    if asks:
        if happened is None:
            happened = _when(desk)
        if who is None and not about:
            who = find_or_make(desk, about=about_whom, unborn=entry_name == "prebirth")
        if any(one.name == "danger_now" for one in records.fields):
            given.setdefault("danger_now", "no")
        given = record_form.fill(records, given, now=desk.now, calendar=lambda: desk.rules.calendar)
        if isinstance(who, NewPerson) and who.kind == "unborn" and who.expected_delivery_date is None:
            due = _carried(records, given).get("expected_delivery_date")
            who = replace(who, expected_delivery_date=local_day(due) if isinstance(due, date) else None)
    missing = None
    if who is None:
        try:
            who = from_answers(desk, {**about, **_carried(records, given)}, new_person, about_whom)
        except MissingAnswers as lines:
            if asks:
                who = find_or_make(desk, about=about_whom, unborn=entry_name == "prebirth")
            else:
                missing = lines
    try:
        if missing is not None:
            _all_missing(missing, records, given, desk)
        receipt = Casework(desk.store, desk.rules, forms.number_of(desk)).open(
            pathway_name,
            entry_name,
            person=who,
            actor=_sender(desk, found.restricted),
            now=desk.now,
            at=happened,
            by=by,
            answers=given,
            team=team,
            dry_run=dry_run,
        )
    except MissingAnswers as lines:
        raise with_choices(lines, records) from None
    forms.written(desk)
    if not _has_sight(desk, found, receipt):
        _sent(receipt, found, as_json)
    elif not receipt.kept:
        _would(receipt, entry.says, as_json, pathway_name)
    else:
        _say_opened(desk, receipt, records.title if entry.records else entry.says, as_json)


def _say_opened(desk: Desk, receipt: Any, says: str, as_json: bool) -> None:
    """Print the case as it was opened, read back."""
    with desk.store.reading() as tx:
        view = case_view(tx, receipt.reference)
        earlier = earlier_referral(tx, view)
    if as_json:
        screen.answer_json("open/1", _as_json(view, receipt))
        return
    for line in _opened(desk, view, receipt, earlier, says):
        screen.say(line)


def _sender(desk: Desk, restricted: bool) -> Actor:
    """Who opens it: an allegation may be sent by anybody who works here, whatever they do otherwise."""
    from pathways.engine import Actor

    actor = desk.actor
    return Actor(actor.name, actor.roles | {Role.STAFF}) if restricted else actor


def _asked_by(records: Any, name: str) -> bool:
    return any(one.name == name for one in records.fields)


def _carried(records: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the record itself asks about the person: when an unborn child is expected."""
    facts = {one.fact: given[one.name] for one in records.fields if one.fact and one.name in given}
    return {name: facts[name] for name in ("birth_date", "expected_delivery_date") if facts.get(name)}


def _all_missing(missing: MissingAnswers, records: Any, given: Mapping[str, Any], desk: Desk) -> None:
    """Raise one refusal for the person and the record together."""
    from pathways.answers import check

    lines = list(missing.args[1])
    try:
        check(records, given, now=desk.now)
    except MissingAnswers as more:
        lines += more.args[1]
    raise MissingAnswers(missing.args[0], lines)


def _when(desk: Desk) -> datetime | date | None:
    while True:
        typed = prompts.ask("When did it happen or arrive?", "now", kind="moment")
        if typed == "now":
            forms.meant(desk.now)
            return None
        try:
            found = parse(typed, now=desk.now, calendar=lambda: desk.rules.calendar)
        except PathwayError as fault:
            prompts.again(str(fault))
            continue
        prompts.meant(found)
        return found


# --- what is said afterwards --------------------------------------------------------------------------------------


def _has_sight(desk: Desk, found: Pathway, receipt: Any) -> bool:
    """Whether whoever opened a case may see it: not if it is restricted, or another agency's team's."""
    if not receipt.kept:
        return not found.restricted or f",{found.name}," in desk.store.viewer.clears
    with desk.store.reading() as tx:
        return tx.one("case_by_reference", reference=receipt.reference) is not None


def _sent(receipt: Any, found: Pathway, as_json: bool) -> None:
    """A receipt without sight: nothing of the case but the reference that was drawn for it."""
    if as_json:
        kept = {"receipt": receipt.reference, "entry": receipt.seq, "code": receipt.code}
        document = {"ok": True, "changed": receipt.kept, "sent": receipt.kept, "sight": False, "next": []}
        screen.answer_json("open/1", document | (kept if receipt.kept else {}))
        return
    whom = "the designated officer" if found.restricted else f"the {found.team} team"
    if not receipt.kept:
        screen.say(f"Would be sent to {whom}. You would not be able to look at it.")
        screen.say("Nothing was changed.")
        return
    screen.say(f"Sent to {whom}. Receipt {receipt.reference}")
    screen.say("Keep the receipt: you will not be able to look at it.")
    if found.restricted:
        screen.say("A child who may be harmed is referred as well: pathways open referral")
    screen.say(f"\n{receipt.line}")


def _would(receipt: Any, says: str, as_json: bool, pathway_name: str) -> None:
    if as_json:
        started = [{"rule": rule, "due": iso(due)} for rule, due in receipt.begun]
        document = {"ok": True, "changed": False, "pathway": pathway_name, "started": started, "next": []}
        screen.answer_json("open/1", document)
        return
    screen.say(f"Would be opened  {says}")
    for rule, due_on in receipt.begun:
        for line in screen.wrapped(f"  {task_of(receipt.pathway, rule)}", full_day(due_on), indent=36):
            screen.say(line)
    screen.say("Nothing was changed.")


def _opened(desk: Desk, view: CaseView, receipt: Any, earlier: date | None, says: str) -> list[str]:
    level = view.row.facts.get("level")
    title = f"{says}, level {level}" if level else says
    happened = receipt.at.astimezone(LONDON) if isinstance(receipt.at, datetime) else receipt.at
    lines = [*screen.wrapped(f"Opened  {view.reference}", title, indent=24)]
    lines += ["", f"  {'Happened':<32} {full_day(happened)}"]
    if earlier is not None:
        lines.append(f"  {'Re-referral':<32} {rereferred(earlier)}")
    for row in view.running:
        edition = desk.rules.rulebook.cited(row.rule, row.edition)
        if edition.gate:
            continue
        at = at_a_time(row.due_at)
        due = f"{full_day(row.due_on)}{f', {at}' if at else ''}"
        task = screen.fit(task_of(view.pathway, row.rule), 32)
        line = f"  {task:<32} {due}"
        limit = edition.limit.replace("calendar ", "") if edition.amount > 0 else ""
        if limit and len(line) + len(limit) + 2 <= screen.WIDTH:
            line += f"  {limit}"
        lines.append(line)
    for rule, why in receipt.unknown:
        lines += screen.wrapped("", f"No date could be worked out for {rule}: {why}", indent=2)
    back = f"Undo: pathways undo {view.reference}"
    return [*lines, "", receipt.line, screen.two_ends(f"Next: pathways next {view.reference}", back)]


def _as_json(view: CaseView, receipt: Any) -> dict[str, Any]:
    found = receipt_json(view, receipt)
    found["deadlines"] = [
        {
            "rule": row.rule,
            "task": task_of(view.pathway, row.rule),
            "due": iso(row.due_on),
            "due_at": iso(row.due_at),
            "plan_by": iso(row.plan_by),
        }
        for row in view.running
    ]
    return found
