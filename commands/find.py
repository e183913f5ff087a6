"""Find a person: by a name they bear or bore, written or sounding so, by birth date, number, address or case.

None of these but a number or a case is taken from the command line, where it would stay in the history: they are asked
for, or read from standard input.
"""

from __future__ import annotations

import re
import sys
from datetime import datetime
from typing import Annotated, Any

import typer

from commands import prompts, screen
from commands.desk import Desk
from commands.options import Json, NoInput
from commands.spoken import iso, person
from commands.style import STYLE, examples
from commands.typed_dates import parse
from models.finding import kept_record, people_at, people_born, people_called, people_numbered, with_cases
from models.queries import Person, is_reference, person_of, reference_of
from models.transaction import Transaction
from pathways.errors import NOT_FOUND, OK, Mistyped, PathwayError
from pathways.moments import local_day

app = typer.Typer(**STYLE)

NOT_HERE = (
    "Names and dates of birth are not taken from the command line, where they would stay in its history. "
    "Type pathways find alone to be asked, or hand the name in: pathways find --stdin"
)
NOBODY = "Nobody like that is in the records."


@app.command(
    help=examples(
        "Find a person by name, date of birth or number. Initials unless names are asked for.",
        "pathways find",
        "pathways find 900100001",
    )
)
def find(
    term: Annotated[
        str, typer.Argument(metavar="[TERM]", help="A reference or a number; never a name.")
    ] = "",
    names: Annotated[bool, typer.Option("--names", help="Show full names.")] = False,
    stdin: Annotated[bool, typer.Option("--stdin", help="Read the name from standard input.")] = False,
    number: Annotated[int, typer.Option("-n", min=1, max=200, help="At most so many.")] = 20,
    as_json: Json = False,
    no_input: NoInput = False,
) -> int:
    """Find somebody."""
    if term:
        check_argument(term)
    elif stdin:
        term = sys.stdin.readline().strip()
        if not screen.is_text(term):
            raise Mistyped("What was typed holds bytes that are no text. Type it again.")
    elif prompts.can_ask(no_input, as_json):
        term = prompts.ask("Name, date of birth, number or address:", anew=True)
    if not term.strip():
        raise Mistyped("There is nothing to look for. Type pathways find alone to be asked, or use --stdin.")
    with Desk() as desk:
        now = desk.now
        today = local_day(now)
        with desk.store.reading() as tx:
            found = search(tx, term, now, number)
        _note(desk, term, len(found), names)
        if as_json:
            people = [_person_json(each, today, names) for each in found]
            ways = [f"pathways show {row.reference}" for each in found for row in each.cases[-1:]][:5]
            screen.answer_json("find/1", {"count": len(found), "people": people, "next": ways})
            return OK if found else NOT_FOUND
        if not found:
            screen.complain(NOBODY)
            return NOT_FOUND
        for line in _screen(found, today, names):
            screen.say(line)
        return OK


def _note(desk: Desk, term: str, found: int, names: bool) -> None:
    """Put the search on the searcher's own chain before anything is shown: what it was for only as a commitment.

    A look at full names is said with it.
    """
    from models.log_chain import sealed_terms

    looked = {"names": True} if names else {}
    desk.noted("search", {"search": {**sealed_terms(term), "found": found, **looked}})


def check_argument(term: str) -> None:
    """Refuse a name or a date of birth on the command line; references and numbers pass.

    Raises:
        Mistyped: it looks like a name or a date.
    """
    said = term.strip()
    if is_reference(said):
        return
    digits = sum(each.isdigit() for each in said)
    if not re.fullmatch(r"[0-9A-Za-z/-]+", said) or digits < 4 or _is_date(said):
        raise Mistyped(NOT_HERE)


def _is_date(said: str) -> bool:
    return bool(
        re.fullmatch(r"[0-9]{1,4}[/-][0-9]{1,2}[/-][0-9]{1,4}", said)
        or re.fullmatch(r"[0-9]{1,2}[A-Za-z]{3,9}[0-9]{2,4}", said)
        or re.fullmatch(r"(19|20)[0-9]{2}[01][0-9][0-3][0-9]|[0-3][0-9][01][0-9](19|20)[0-9]{2}", said)
    )


def search(tx: Transaction, term: str, now: datetime, most: int = 20) -> list[Person]:
    """People who fit a name, a date of birth, a number or a case reference."""
    said = " ".join(term.split())
    if not said:
        return []
    if is_reference(said):
        try:
            reference = reference_of(tx, said)
        except PathwayError:
            reference = ""
        if reference:
            row = tx.need("case_by_reference", reference=reference)
            return [with_cases(tx, person_of(tx, kept_record(tx, row.person_id)))]
    if any(each.isdigit() for each in said):
        numbered = people_numbered(tx, said, most)
        if numbered:
            return numbered
        try:
            born = local_day(parse(said, now=now, birth=True))
        except PathwayError:
            return people_at(tx, said, most)
        return people_born(tx, born, most)
    return people_called(tx, said, most) or people_at(tx, said, most)


def _screen(found: list[Person], today: Any, names: bool) -> list[str]:
    rows: list[tuple[str, str, str]] = []
    for each in found:
        who = person(
            each.given,
            each.family,
            each.birth_date,
            each.expected,
            today,
            names=names,
            died=each.died_on,
            kind=each.kind,
        )
        if not each.cases:
            rows.append((who, "", "no case"))
        for place, row in enumerate(reversed(each.cases)):
            state = _where(row)
            rows.append((who if place == 0 else "", row.reference, state))
    lines = screen.table(("Who", "Case", "Where it stands"), (26, 14, 37), rows)
    count = f"{len(found)} found." if len(found) != 1 else "1 found."
    first = next((row.reference for each in found for row in reversed(each.cases)), "")
    return [*lines, "", f"{count} Next: pathways show {first}" if first else count]


def _where(row: Any) -> str:
    from pathways import NAMES, pathway

    if row.pathway not in NAMES:
        return str(row.state)
    states = {state.name: state.label for state in pathway(row.pathway).states}
    label = states.get(row.state, row.state)
    return label if row.is_open else f"{label} (closed)"


def _person_json(found: Person, today: Any, names: bool) -> dict[str, Any]:
    shown = person(
        found.given,
        found.family,
        found.birth_date,
        found.expected,
        today,
        names=names,
        died=found.died_on,
        kind=found.kind,
    )
    return {
        "person": shown,
        "kind": found.kind,
        "cases": [
            {
                "case": row.reference,
                "pathway": row.pathway,
                "state": row.state,
                "open": row.is_open,
                "opened_at": iso(row.opened_at),
            }
            for row in found.cases
        ],
    }
