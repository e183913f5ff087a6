"""Open a case: a referral and the other ways in. The tool never stands between a worried person and a phone call.

Who the child is comes from a prompt or a file, never from the command line: what is typed there stays in the
history of the shell, in the list of processes and on shared screens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import Annotated, Any

import typer

from commands import prompts, screen
from commands.desk import Desk
from commands.do import (
    NOTHING,
    Answer,
    At,
    By,
    DryRun,
    From,
    Json,
    NoInput,
    On,
    given_answers,
    moment,
    receipt_json,
    role_called,
    with_choices,
)
from commands.run import STYLE, examples
from commands.spoken import at_a_time, full_day, iso, person
from commands.typed_dates import parse
from models.queries import CaseView, Person, case_view, people_called, task_of
from pathways.answers import MissingAnswers, clean_text
from pathways.errors import Mistyped, PathwayError
from pathways.moments import LONDON, local_day

app = typer.Typer(**STYLE)

ALIASES = {
    "phone-call": ("front_door", "phone"),
    "phone": ("front_door", "phone"),
    "pre-birth": ("child_protection", "prebirth"),
    "strategy-discussion": ("child_protection", "strategy"),
}
BY_DECISION = {
    "child-in-need": "A child in need case is opened by a decision: on the referral (decide-assessment), the enquiry or "
    "the conference. Find the case: pathways find",
    "conference": "A conference is decided on in a case: pathways do CASE decide-conference. For a child on another "
    "authority's plan: pathways open transfer-in. Before a birth: pathways open pre-birth",
}
PERSON = ("given_name", "family_name", "birth_date", "expected_delivery_date", "sex", "la_child_id", "upn")
SEXES = ("F", "M", "U", "I")
SEX_WORDS = ("female", "male", "not known yet", "indeterminate")
EMERGENCY = (
    "If a child is in danger now: ring 999.",
    "Then ring the front door of social care; out of hours, the emergency duty team.",
    "Come back here afterwards: pathways open phone-call",
    "Nothing was saved.",
)


@app.command(
    name="open",
    help=examples(
        "Open a case: referral, phone-call, concern, strategy, transfer-in, pre-birth, police-protection, "
        "emergency-order and more; a word that is none lists them all. Names and dates of birth are asked for, or come from a file.",
        "pathways open referral",
        "pathways open referral --from referral.json --no-input",
    ),
)
def open_(
    what: Annotated[str, typer.Argument(metavar="WHAT", help="What is opened, as referral.")],
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
    team: Annotated[str, typer.Option(help="The team that takes it; the pathway's own by default.")] = "",
    dry_run: DryRun = False,
    as_json: Json = False,
    no_input: NoInput = False,
) -> None:
    """Open a case."""
    pathway_name, entry_name = way_in(what)
    asks = prompts.can_ask(no_input, as_json) and not from_file
    if asks and entry_name in ("referral", "phone", "concern") and _in_danger():
        return
    with Desk() as desk:
        if asks and entry_name == "referral":
            entry_name = _how_it_arrived()
        _open(
            desk,
            pathway_name,
            entry_name,
            like=like,
            new_person=new_person,
            happened=moment(on, at, desk),
            answer=answer or [],
            from_file=from_file,
            by=by,
            team=team,
            dry_run=dry_run,
            as_json=as_json,
            asks=asks,
        )


def ways_in() -> dict[str, tuple[str, str]]:
    """Every word that `open` takes, and the pathway and entry that it stands for."""
    from pathways import NAMES, pathway

    found: dict[str, tuple[str, str]] = {}
    for name in NAMES:
        for entry in pathway(name).entries:
            found.setdefault(entry.name.replace("_", "-"), (name, entry.name))
    found.pop("prebirth", None)
    found |= ALIASES
    return found


def way_in(what: str) -> tuple[str, str]:
    """The pathway and entry that were meant.

    Raises:
        Mistyped: nothing is opened by that word.
    """
    said = what.strip().lower().replace("_", "-")
    if said in BY_DECISION:
        raise Mistyped(BY_DECISION[said])
    ways = ways_in()
    if said in ways:
        return ways[said]
    if said == "prebirth":
        return ALIASES["pre-birth"]
    near = get_close_matches(said, ways, 1)
    meant = f" Did you mean {near[0]}?" if near else f" There is: {', '.join(sorted(ways))}."
    raise Mistyped(f"Nothing is opened by the word {screen.shown(what)[:40]}.{meant}")


def _in_danger() -> bool:
    """Ask the first question; on yes, say what to do and stop."""
    prompts.tell("? explains a question, < goes back, Ctrl+C stops.")
    prompts.tell("What you type here is not kept in the command history.")
    prompts.tell()
    if not prompts.confirm("Is a child in danger right now?"):
        return False
    for line in EMERGENCY:
        screen.say(line)
    return True


def _how_it_arrived() -> str:
    place = prompts.choose("How did this arrive?", ("phone", "written form or message", "both"), "1")
    return "referral" if place == 1 else "phone"


def _open(
    desk: Desk,
    pathway_name: str,
    entry_name: str,
    *,
    like: str,
    new_person: bool,
    happened: datetime | date | None,
    answer: list[str],
    from_file: str,
    by: str,
    team: str,
    dry_run: bool,
    as_json: bool,
    asks: bool,
) -> None:
    from models.casework import Casework
    from models.people import NewPerson
    from pathways import pathway

    entry = pathway(pathway_name).entry(entry_name)
    records = entry.records or NOTHING
    given = given_answers(records, answer, from_file, desk)
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
            who = _find_or_make(desk, unborn=entry_name == "prebirth")
        if any(one.name == "danger_now" for one in records.fields):
            given.setdefault("danger_now", "no")
        given = prompts.fill(records, given, now=desk.now, calendar=lambda: desk.rules.calendar)
        if isinstance(who, NewPerson) and who.kind == "unborn" and who.expected_delivery_date is None:
            due = _carried(records, given).get("expected_delivery_date")
            who = replace(who, expected_delivery_date=local_day(due) if isinstance(due, date) else None)
    missing = None
    if who is None:
        try:
            who = _from_answers(desk, {**about, **_carried(records, given)}, new_person)
        except MissingAnswers as lines:
            missing = lines
    try:
        if missing is not None:
            _all_missing(missing, records, given, desk)
        receipt = Casework(desk.store, desk.rules).open(
            pathway_name,
            entry_name,
            person=who,
            actor=desk.actor,
            now=desk.now,
            at=happened,
            by=role_called(by) if by else None,
            answers=given,
            team=team,
            dry_run=dry_run,
        )
    except MissingAnswers as lines:
        raise with_choices(lines, records) from None
    if not receipt.kept:
        _would(receipt, entry.says, as_json, pathway_name)
        return
    with desk.store.reading() as tx:
        view = case_view(tx, receipt.reference)
    if as_json:
        screen.answer_json("open/1", _as_json(view, receipt))
        return
    for line in _opened(desk, view, receipt, entry.records.title if entry.records else entry.says):
        screen.say(line)


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


# --- the person ------------------------------------------------------------------------------------------------


def _from_answers(desk: Desk, about: Mapping[str, Any], new_person: bool) -> Any:
    """The person that a file describes: known by the authority's child id, or new.

    Raises:
        MissingAnswers: there is not enough to know them by.
        Mistyped: somebody like this is in the records already.
    """
    from models.people import NewPerson

    said = {name: clean_text(str(value)) for name, value in about.items() if value is not None}
    number = said.get("la_child_id", "")
    if number:
        with desk.store.reading() as tx:
            row = tx.one("person_by_identifier", scheme="la_child_id", value=number)
        if row is not None:
            return row.id
    born = _day(desk, said.get("birth_date", ""), birth=True)
    expected = _day(desk, said.get("expected_delivery_date", ""), birth=False)
    lines = []
    if not (said.get("family_name") or number or expected):
        lines.append(("family_name", "The child's family name, in the file"))
    if not (born or expected):
        lines.append(("birth_date", "The child's date of birth, or expected_delivery_date, in the file"))
    if lines:
        raise MissingAnswers("the case", lines)
    if born and born > desk.today:
        raise Mistyped(
            "The date of birth is in the future. For a child not born yet give expected_delivery_date."
        )
    sex = _sex(said.get("sex", "U"))
    given, family = said.get("given_name", ""), said.get("family_name", "")
    if family and not new_person:
        _refuse_double(desk, given, family, born)
    numbers = tuple((scheme, said[scheme]) for scheme in ("la_child_id", "upn") if said.get(scheme))
    return NewPerson(
        kind="child" if born else "unborn",
        given=given,
        family=family,
        birth_date=born,
        expected_delivery_date=expected,
        sex=sex,
        identifiers=numbers,
    )


def _day(desk: Desk, typed: str, *, birth: bool) -> date | None:
    return local_day(parse(typed, now=desk.now, birth=birth, ahead=not birth)) if typed else None


def _sex(typed: str) -> str:
    for options in (SEXES, SEX_WORDS):
        place = prompts.which(typed, options)
        if place is not None:
            return SEXES[place]
    raise Mistyped(
        f"sex: '{screen.shown(typed)[:20]}' is not one of F, M, U (not known yet), I (indeterminate)."
    )


def _refuse_double(desk: Desk, given: str, family: str, born: date | None) -> None:
    from models.names import fold_name

    with desk.store.reading() as tx:
        found = people_called(tx, f"{given} {family}")
    same = [
        each
        for each in found
        if each.birth_date == born and fold_name(each.family) == fold_name(family) and each.cases
    ]
    if same:
        reference = same[0].cases[-1].reference
        raise Mistyped(
            f"Somebody of this name and date of birth is in the records, on {reference}. If that is the child: "
            f"--like {reference}. If it is somebody else: --new-person"
        )


def _when(desk: Desk) -> datetime | date | None:
    while True:
        typed = prompts.ask("When did it happen or arrive?", "now")
        if typed == "now":
            return None
        try:
            found = parse(typed, now=desk.now, calendar=lambda: desk.rules.calendar)
        except PathwayError as fault:
            prompts.tell(str(fault))
            continue
        prompts.tell(f"  = {full_day(found)}")
        return found


def _find_or_make(desk: Desk, *, unborn: bool) -> Any:
    """Look the child up, and take one of those found or somebody new."""
    from commands.find import search

    while True:
        typed = prompts.ask("Find the child (name, date of birth or number; Enter if new):")
        found: list[Person] = []
        if typed:
            now = desk.now
            with desk.store.reading() as tx:
                found = search(tx, typed, now)
        if typed and found:
            options = [candidate(each, desk.today) for each in found[:8]]
            prompts.tell("Is it one of these?")
            for number, option in enumerate([*options, "none of these"], 1):
                prompts.tell(f"  {number}  {option}")
            place = prompts.which(prompts.ask(f"[1-{len(options) + 1}]"), [*options, "none of these"])
            if place is None:
                continue
            if place < len(options):
                return found[place].id
        elif typed:
            prompts.tell("Nobody like that is in the records.")
        return _new(desk, unborn=unborn)


def candidate(found: Person, today: date) -> str:
    """Somebody found, as shown where one is chosen: initials, age, what they are known by."""
    who = person(found.given, found.family, found.birth_date, found.expected, today)
    cases = [f"{row.reference} ({'open' if row.is_open else 'closed'})" for row in found.cases[-3:]]
    return f"{who:<16} known: {', '.join(cases)}" if cases else f"{who:<16} no case"


def _new(desk: Desk, *, unborn: bool) -> Any:
    from models.people import NewPerson

    prompts.tell("A new child.")
    given = clean_text(prompts.ask("Given name (Enter if not known)"))
    family = clean_text(prompts.ask("Family name (Enter if not known)"))
    born = expected = None
    if not unborn:
        born = _asked_day(desk, "Date of birth, or its expected date if unborn", birth=True)
        if born and born > desk.today:
            born, expected = None, born
    kind = "child" if born else "unborn"
    if unborn:
        expected = None  # the record itself asks when the baby is due
    sex = SEXES[prompts.choose("Sex", SEX_WORDS, "3")]
    return NewPerson(
        kind=kind, given=given, family=family, birth_date=born, expected_delivery_date=expected, sex=sex
    )


def _asked_day(desk: Desk, question: str, *, birth: bool) -> date:
    while True:
        try:
            found = local_day(parse(prompts.ask(question), now=desk.now, birth=birth))
        except PathwayError as fault:
            prompts.tell(str(fault))
            continue
        prompts.tell(f"  = {full_day(found)}")
        return found


# --- what is said afterwards --------------------------------------------------------------------------------------


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


def _opened(desk: Desk, view: CaseView, receipt: Any, says: str) -> list[str]:
    level = view.row.facts.get("level")
    title = f"{says}, level {level}" if level else says
    happened = receipt.at.astimezone(LONDON) if isinstance(receipt.at, datetime) else receipt.at
    lines = [*screen.wrapped(f"Opened  {view.reference}", title, indent=24)]
    lines += ["", f"  {'Happened':<32} {full_day(happened)}"]
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
    return [*lines, "", receipt.line, f"Next: pathways next {view.reference}"]


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
