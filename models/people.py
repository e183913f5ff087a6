"""People in the records: adding somebody, and what a case has learned about them (a birth, a death).

Called by the write path inside its transaction; nothing else adds or changes a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.names import fold_name, sounds
from models.store import ALL_SEEING, Transaction
from pathways.clocks import PERSON_FACTS
from pathways.definitions import Pathway

SECOND_RECORD = "_again"
"""What a number's scheme ends with on a second record of somebody whose first is hidden from whoever made it."""
LIFE = ("birth_date", "died_on")
"""Facts that a case learns and that are true of the person, on every case."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person who is not in the records yet."""

    kind: str = "child"
    given: str = ""
    family: str = ""
    birth_date: date | None = None
    expected_delivery_date: date | None = None
    sex: str = "U"
    identifiers: tuple[tuple[str, str], ...] = ()


def add_person(tx: Transaction, person: NewPerson, now: datetime, *, restricted: bool = False) -> int:
    """Put a new person into the records, with name and identifiers; `restricted` keeps them out of searches."""
    key = tx.new_key("person")
    tx.run(
        "import_person",
        id=key,
        kind=person.kind,
        birth_date=person.birth_date,
        expected_delivery_date=person.expected_delivery_date,
        died_on=None,
        sex=person.sex,
        ethnicity=None,
        restricted=restricted,
        guarded=restricted,
        version=1,
        recorded_at=now,
    )
    dated = {"person_id": key, "from_on": None, "to_on": None, "recorded_at": now}
    if person.given or person.family:
        tx.run(
            "add_person_name",
            kind="usual",
            given=person.given,
            family=person.family,
            folded=fold_name(f"{person.given} {person.family}"),
            sounds=sounds(person.family),
            **dated,
        )
    for scheme, value in person.identifiers:
        if not tx.run("add_identifier_once", scheme=scheme, value=value, **dated):
            tx.run("add_person_identifier", scheme=f"{scheme}{SECOND_RECORD}", value=value, **dated)
            tell_of_second_record(tx, scheme, value, now)
    return key


def tell_of_second_record(tx: Transaction, scheme: str, value: str, now: datetime) -> None:
    """Somebody has made a record of a person whose own is hidden from them: tell those who may see it, and nobody else."""
    from models.access import tell_owners

    hidden = tx.one("person_by_identifier", scheme=scheme, value=value)
    cases = tx.all("cases_of_person", person_id=hidden.id, seen_by=ALL_SEEING) if hidden else []
    for case in cases[:1]:
        body = f"Somebody has made a second record of the person of {case.reference}: look for it by the same number."
        tell_owners(tx, case, "second_record", f"{case.reference}/{now.isoformat()}", body, now=now)


def person_facts(person: Any, found: Pathway) -> dict[str, str]:
    """The dates of a person that a pathway's clocks run from, as facts keep them."""
    dates = {name: getattr(person, name) for name in PERSON_FACTS if name in found.known}
    return {name: value.isoformat() for name, value in dates.items() if value is not None}


def correct_person(tx: Transaction, person_id: int, learned: Mapping[str, str]) -> None:
    """Note a birth or a death on the person; an unborn child who is born is a child."""
    person = tx.need("person_by_id", person_id=person_id)
    dates = {
        name: date.fromisoformat(learned[name]) if name in learned else getattr(person, name) for name in LIFE
    }
    tx.run(
        "correct_person",
        person_id=person.id,
        kind="child" if person.kind == "unborn" and dates["birth_date"] else person.kind,
        expected_delivery_date=person.expected_delivery_date,
        sex=person.sex,
        ethnicity=person.ethnicity,
        **dates,
    )


def relate(tx: Transaction, one: int, other: int, kind: str, since: date, now: datetime) -> None:
    """Note how two people stand to each other, one row each way."""
    for first, second in ((one, other), (other, one)):
        tx.run(
            "add_relationship",
            person_id=first,
            other_id=second,
            kind=kind,
            from_on=since,
            to_on=None,
            recorded_at=now,
        )


def add_practitioner(
    tx: Transaction,
    login: str,
    title: str,
    *,
    agency: str,
    team: str,
    from_on: date,
    recorded_at: datetime,
    to_on: date | None = None,
    given: str = "",
    family: str = "",
    birth_date: date | None = None,
    staff_number: str | None = None,
    email: str | None = None,
) -> int:
    """Put somebody on the staff register; their number there."""
    row = tx.need(
        "add_practitioner",
        login=login,
        title=title,
        agency=agency,
        team=team,
        given=given,
        family=family,
        folded=fold_name(f"{given} {family}") if given or family else "",
        birth_date=birth_date,
        staff_number=staff_number,
        email=email,
        from_on=from_on,
        to_on=to_on,
        recorded_at=recorded_at,
    )
    return int(row.id)
