"""Supervision at the keyboard: record a session, read and sign it, its actions, and when the next is due.

A session is read by its two people and by their head, and by nobody else. Each look at one is written down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands import forms, prompts, screen
from commands.desk import Desk
from commands.named import must_be_on_the_register
from commands.options import DryRun, Json
from commands.spoken import full_day, iso, plural, short_day
from commands.style import STYLE, examples
from commands.supervision_dates import dated_json, due_on, how_counted, is_late, who_falls_due
from commands.supervision_read import (
    action_cells,
    action_json,
    after_session,
    line_json,
    session_json,
    session_screen,
    still_to_sign,
)
from pathways.errors import Mistyped

if TYPE_CHECKING:
    from pathways.supervision import Session


app = typer.Typer(help="Supervision: sessions, signatures, actions, and when the next is due.", **STYLE)
Login = Annotated[str, typer.Argument(metavar="[LOGIN]", help="The other of the two, by login.")]
Number = Annotated[int, typer.Argument(metavar="SESSION", min=1, help="The session's number.")]
On = Annotated[str, typer.Option("--on", metavar="DATE", help="The day on which it was.")]
NoInput = Annotated[bool, typer.Option("--no-input", help="Ask nothing; say what is missing.")]
SHOWN = 30


@app.callback()
def supervision() -> None:
    """Supervision: sessions, signatures, actions, and when the next is due."""


@app.command(
    help=examples(
        "Put a session with somebody on the record; you sign it by that. Each answer is kept as you go. What was said "
        "about a case goes on that case. FILE holds with, as, on, form, head_present, agenda, checklist, cases, "
        "reviewed, actions, none_agreed: docs/supervision.md.",
        "pathways supervision record t.dean",
        "pathways supervision record --from session.json --dry-run",
    )
)
def record(
    login: Login = "",
    as_what: Annotated[
        str, typer.Option("--as", metavar="WORD", help="You were the supervisor, or the practitioner.")
    ] = "",
    on: On = "",
    given: Annotated[str, typer.Option("--from", metavar="FILE", help="The session, as JSON.")] = "",
    dry_run: DryRun = False,
    no_input: NoInput = False,
    as_json: Json = False,
) -> None:
    """Put a session on the record."""
    from models.supervision import read
    from models.supervision import record as put

    with Desk() as desk:
        if given:
            told, pair, head = _from_file(desk, given, login, as_what, on)
        else:
            asks = prompts.can_ask(no_input, as_json) and not dry_run
            told, pair, head = _asked(desk, login, as_what, on, asks=asks)
        if dry_run:
            _would_record(desk, told, pair, as_json)
            return
        with forms.finishing(desk):
            number = put(
                desk.store, told, supervisor=pair[0], practitioner=pair[1], head_present=head, actor=desk.actor,
                now=desk.now,
            )  # fmt: skip
        with desk.store.reading() as tx:
            session = read(tx, number)
        nexts = after_session(desk, session)
    if as_json:
        document = {
            "ok": True,
            "changed": True,
            "session": number,
            "left_to_sign": list(session.left_to_sign),
        }
        screen.answer_json("supervision.record/1", {**document, "next": nexts})
        return
    screen.say(f"Saved as session {number}, {full_day(told.held_on)}: {pair[0]} and {pair[1]}.")
    if told.discussed:
        screen.say(f"{plural(len(told.discussed), 'case')} discussed; each bears the mark of it.")
    for line in still_to_sign(session):
        screen.say(line)
    screen.say(f"Next: {nexts[0]}")


def _pair(desk: Desk, other: str, as_what: str) -> tuple[str, str]:
    """The supervisor and the practitioner, by login: whoever is at the keyboard is one of them."""
    from pathways.supervision import PRACTITIONER, SUPERVISING, SUPERVISOR

    if not other:
        raise Mistyped("Say with whom: pathways supervision record LOGIN")
    word = as_what or (SUPERVISOR if desk.actor.roles & SUPERVISING else PRACTITIONER)
    if word not in (SUPERVISOR, PRACTITIONER):
        raise Mistyped(
            f"You were the {SUPERVISOR} or the {PRACTITIONER}: --as {SUPERVISOR}. Nothing was saved."
        )
    return (desk.actor.name, other) if word == SUPERVISOR else (other, desk.actor.name)


def _from_file(
    desk: Desk, path: str, login: str, as_what: str, on: str
) -> tuple[Session, tuple[str, str], bool]:
    from commands.supervision_form import FILE_HOLDS, day_of, from_file, session_of

    said = from_file(path)
    pair = _pair(desk, login or str(said.get("with") or ""), as_what or str(said.get("as") or ""))
    typed = on or str(said.get("on") or "")
    if not typed:
        raise Mistyped(f"The file does not say on which day it was. {FILE_HOLDS}")
    head = str(said.get("head_present") or "no").lower() in ("yes", "true", "y")
    return session_of(desk, said, day_of(desk, typed)), pair, head


def _asked(
    desk: Desk, login: str, as_what: str, on: str, *, asks: bool
) -> tuple[Session, tuple[str, str], bool]:
    from commands.supervision_form import ask_beginning, ask_session, day_of
    from models.supervision_ahead import ahead, two_of
    from pathways.supervision import SCHOOL

    pair = _pair(desk, login, as_what)
    if not asks:
        raise Mistyped("A session is told at a terminal, or from a file: --from FILE. Nothing was saved.")
    held_on = day_of(desk, on) if on else None
    with desk.store.reading() as tx:
        who = two_of(tx, *pair, held_on or desk.today)
        before = ahead(tx, who)
    prompts.tell(f"Supervision of {pair[1]} by {pair[0]}. ? explains a question, < goes back.")
    prompts.tell("It is read by the two of you and the head. What is said of a case goes on that case.")
    begun = ask_beginning(desk, held_on, head_may_be_away=who.kind == SCHOOL and not who.head_is_there)
    with desk.store.reading() as tx:
        two_of(tx, *pair, begun.held_on)  # refused now, and not when all has been told
    return ask_session(desk, who, begun, before), pair, begun.head_present


def _would_record(desk: Desk, told: Session, pair: tuple[str, str], as_json: bool) -> None:
    from models.supervision_ahead import ahead, two_of
    from pathways.supervision import NotComplete, missing

    with desk.store.reading() as tx:
        who = two_of(tx, *pair, told.held_on)
        before = ahead(tx, who)
    lacks = missing(told, before.cases, before.open_actions())
    if lacks:
        raise NotComplete(tuple(lacks))
    said = f"This would record the session of {pair[0]} and {pair[1]} on {full_day(told.held_on)}."
    if as_json:
        screen.answer_json(
            "supervision.record/1", {"ok": True, "changed": False, "next": ["pathways supervision list"]}
        )
        return
    screen.say(f"{said} Nothing was changed.")
    screen.say("Next: pathways supervision list")


@app.command(
    "list",
    help=examples(
        "The sessions that you may read, newest first: where each stands, and who has still to sign.",
        "pathways supervision list",
        "pathways supervision list --with t.dean --json",
    ),
)
def list_(
    login: Annotated[
        str, typer.Option("--with", metavar="LOGIN", help="Only this person's supervision.")
    ] = "",
    many: Annotated[int, typer.Option("-n", metavar="N", min=1, help="How many at most.")] = SHOWN,
    as_json: Json = False,
) -> None:
    """List sessions."""
    from models.supervision import sessions
    from models.supervision_next import due as due_of
    from pathways.supervision import FORMS, STATES

    with Desk() as desk:
        rules, today = desk.rules, desk.today
        with desk.store.reading() as tx:
            found = sessions(tx, login)
            must_be_on_the_register(tx, "" if found else login)
            dated = [] if login else due_of(tx, rules, today, actor=desk.actor)
    late = [each for each in dated if each.next.late(today)]
    past = [each for each in dated if each.next.aim_missed(today) and each not in late]
    nexts = [f"pathways supervision show {found[0].row.id}" if found else "pathways supervision due"]
    if late or past:
        nexts.insert(0, "pathways supervision due")
    if as_json:
        rows = [line_json(each) for each in found[:many]]
        overdue = {"late": len(late), "past_aim": len(past)}
        document = {
            "sessions": rows,
            "all": len(found),
            "overdue": overdue,
            "next": list(dict.fromkeys(nexts)),
        }
        screen.answer_json("supervision.list/1", document)
        return
    screen.say(f"Supervision: {plural(len(found), 'session')}")
    for called, those in (("Late", late), ("Past the day aimed at", past)):
        if those:
            names = ", ".join(screen.shown(each.login) for each in those)
            for line in screen.wrapped(called, names, indent=len(called) + 2):
                screen.say(line)
    if found:
        screen.say()
        cells = [
            (
                each.row.id, short_day(each.row.held_on, today), each.row.practitioner, each.row.supervisor,
                FORMS[each.row.form].partition(",")[0], STATES[each.state],
            )
            for each in found[:many]
        ]  # fmt: skip
        for line in screen.table(("No", "Held", "Of", "By", "How", "Stands"), (5, 12, 17, 17, 11, 12), cells):
            screen.say(line)
        if len(found) > many:
            screen.say(f"and {len(found) - many} more: add -n {len(found)}")
    screen.say()
    screen.say(f"Next: {nexts[0]}")


@app.command(
    help=examples(
        "Read one session. The look is written down.",
        "pathways supervision show 12",
        "pathways supervision show 12 --json",
    )
)
def show(number: Number, as_json: Json = False) -> None:
    """Read a session."""
    from models.supervision import read

    with Desk() as desk:
        with desk.store.reading() as tx:
            found = read(tx, number)
        desk.noted("looked", {"supervision": number})
        nexts = after_session(desk, found)
        if as_json:
            screen.answer_json("supervision/1", {**session_json(found), "next": nexts})
            return
        for line in session_screen(found, desk.today):
            screen.say(line)
    screen.say(f"Next: {nexts[0]}")


@app.command(
    help=examples(
        "Sign a session that you have read. A school's head who was not there says what they make of it; a head may "
        "sign for one of the two who cannot.",
        "pathways supervision sign 12",
        "pathways supervision sign 12 --for supervisor --because 'has left; agrees with what I know'",
    )
)
def sign(
    number: Number,
    instead_of: Annotated[
        str,
        typer.Option("--for", metavar="WORD", help="The supervisor or the practitioner, who cannot sign."),
    ] = "",
    because: Annotated[
        str,
        typer.Option("--because", metavar="TEXT", help="A head: what you make of it, or why for another."),
    ] = "",
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Sign a session."""
    from models.supervision import read
    from models.supervision import sign as signed

    with Desk() as desk:
        found = signed(
            desk.store, number, actor=desk.actor, now=desk.now, instead_of=instead_of, said=because, dry_run=dry_run
        )  # fmt: skip
        if dry_run:
            with desk.store.reading() as tx:
                found = read(tx, number)
        nexts = after_session(desk, found)
    if as_json:
        document = {
            "ok": True,
            "changed": not dry_run,
            "left_to_sign": list(found.left_to_sign),
            "next": nexts,
        }
        screen.answer_json("supervision.sign/1", document)
        return
    screen.say(
        f"This would sign session {number}. Nothing was changed." if dry_run else f"Signed: session {number}."
    )
    for line in () if dry_run else still_to_sign(found):
        screen.say(line)
    screen.say(f"Next: {nexts[0]}")


@app.command(
    help=examples(
        "Actions of the sessions that you may read, by the day they are due. They are carried on until they are done.",
        "pathways supervision actions",
        "pathways supervision actions --with t.dean --all",
    )
)
def actions(
    login: Annotated[
        str, typer.Option("--with", metavar="LOGIN", help="Only this person's supervision.")
    ] = "",
    everything: Annotated[bool, typer.Option("--all", help="Those that are done or dropped, too.")] = False,
    as_json: Json = False,
) -> None:
    """List actions."""
    from models.supervision import actions as listed

    with Desk() as desk:
        with desk.store.reading() as tx:
            found = listed(tx, login, ended=everything)
            must_be_on_the_register(tx, "" if found else login)
        today = desk.today
    first = next((each for each in found if each.ended_at is None), None)
    nexts = [f"pathways supervision done {first.id}" if first else "pathways supervision due"]
    if as_json:
        screen.answer_json("supervision.actions/1", {"actions": list(map(action_json, found)), "next": nexts})
        return
    screen.say(f"{plural(len(found), 'action')} from supervision")
    if found:
        screen.say()
        rows = [action_cells(each, today) for each in found]
        for line in screen.table(("No", "Action", "Who", "By", "Stands"), (4, 34, 14, 12, 11), rows):
            screen.say(line)
    screen.say()
    screen.say(f"Next: {nexts[0]}")


@app.command(
    help=examples(
        "Say that an action is done, or that it is dropped and why.",
        "pathways supervision done 31 --on 2026-11-02",
        "pathways supervision done 31 --dropped --because 'the course is not held any more'",
    )
)
def done(
    action: Annotated[int, typer.Argument(metavar="ACTION", min=1, help="The action's number.")],
    on: On = "today",
    dropped: Annotated[bool, typer.Option("--dropped", help="It will not be done.")] = False,
    because: Annotated[str, typer.Option("--because", metavar="TEXT", help="Why it is dropped.")] = "",
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """End an action."""
    from commands.supervision_form import day_of
    from models.supervision import end_action
    from pathways.supervision import DONE, DROPPED

    outcome = DROPPED if dropped else DONE
    with Desk() as desk:
        day = day_of(desk, on)
        end_action(
            desk.store, action, outcome=outcome, on=day, why=because, actor=desk.actor, now=desk.now, dry_run=dry_run
        )  # fmt: skip
    way = "pathways supervision actions"
    if as_json:
        document = {"ok": True, "changed": not dry_run, "action": action, "as": outcome, "on": iso(day)}
        screen.answer_json("supervision.done/1", {**document, "next": [way]})
        return
    said = f"{outcome}, {full_day(day)}"
    screen.say(
        f"Action {action} would be {said}. Nothing was changed."
        if dry_run
        else f"Action {action} is {said}. It is on the record."
    )
    screen.say(f"Next: {way}")


@app.command(
    help=examples(
        "When supervision is due next, of everybody whose sessions you may read; with a login, how it was counted.",
        "pathways supervision due",
        "pathways supervision due t.dean",
    )
)
def due(login: Login = "", as_json: Json = False) -> None:
    """When supervision is due."""
    from models.supervision_next import due as listed
    from models.supervision_next import team_meetings

    with Desk() as desk:
        rules, today = desk.rules, desk.today
        with desk.store.reading() as tx:
            found = listed(tx, rules, today, actor=desk.actor)
            met = team_meetings(tx, rules, today)
            if login:
                found = [each for each in found if each.login == login]
                must_be_on_the_register(tx, "" if found else login)
    if login and not found:
        raise Mistyped(
            f"Nobody called {screen.shown(login)} falls due whose sessions you may read: pathways supervision due"
        )
    first = next((each for each in found if each.next.aim_missed(today)), None)
    nexts = [f"pathways supervision record {first.login}" if first else "pathways supervision list"]
    if as_json:
        document = {
            "due": [dated_json(each, today) for each in found],
            "teams": [
                {"team": team, "met": iso(last), "due_on": iso(due_on(each)), "late": is_late(each, today)}
                for team, last, each in met
            ],
        }
        screen.answer_json("supervision.due/1", {**document, "next": nexts})
        return
    for line in how_counted(found[0], today) if login else who_falls_due(found, met, today):
        screen.say(line)
    screen.say()
    screen.say(f"Next: {nexts[0]}")


@app.command(
    help=examples(
        "Write down that a team met about its safeguarding work; fortnightly is usual.",
        "pathways supervision meeting --team 'north school' --on today",
        "pathways supervision meeting --on 2026-11-02 --dry-run",
    )
)
def meeting(
    team: Annotated[str, typer.Option("--team", metavar="TEAM", help="Your own if left out.")] = "",
    on: On = "today",
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Write down a team meeting."""
    from commands.supervision_form import day_of
    from models.owning import known_team
    from models.supervision_next import met

    with Desk() as desk:
        day, called = day_of(desk, on), " ".join((team or desk.team).split())
        if not called:
            raise Mistyped("Say which team met: --team TEAM")
        with desk.store.reading() as tx:
            known_team(tx, called, desk.now)
        met(desk.store, called, day, actor=desk.actor, now=desk.now, dry_run=dry_run)
    way = "pathways supervision due"
    if as_json:
        document = {"ok": True, "changed": not dry_run, "team": called, "on": iso(day), "next": [way]}
        screen.answer_json("supervision.meeting/1", document)
        return
    said = f"{screen.shown(called)} met on {full_day(day)}"
    screen.say(
        f"{said}: it could be written down. Nothing was changed."
        if dry_run
        else f"{said}. It is on the record."
    )
    screen.say(f"Next: {way}")
