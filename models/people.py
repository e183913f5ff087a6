"""People in the records: adding somebody, and what a case has learned about them (a birth, a death).

Called by the write path inside its transaction; nothing else adds or changes a person.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from models.case_owners import tell_owners
from models.names import fold_name, sounds
from models.store import Store
from models.transaction import Transaction
from models.viewer import ALL_SEEING
from pathways.clocks import PERSON_FACTS
from pathways.definitions import Pathway
from pathways.trail import FAMILY

SECOND_RECORD = "_again"
"""What a number's scheme ends with on a second record of somebody whose first is hidden from whoever made it."""
ALONE = "la_child_id"
"""The scheme of the number that one record has alone."""
LIFE = ("birth_date", "died_on")
"""Facts that a case learns and that are true of the person, on every case."""
MERGED = f"{FAMILY}merged"
_TOLD_AS = {"birth_date": "born", "died_on": "died"}
"""What the entry that links two records calls these."""


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


def tell_of_second_record(
    tx: Transaction, scheme: str, value: str, now: datetime, made_at: datetime | None = None
) -> None:
    """Somebody has made a record of a person whose own is hidden from them: tell those who may see it, and nobody else.

    `made_at`: when they did, if not now. A login that PostgreSQL keeps from the hidden record tells nobody: the nightly
    check does (`tell_of_every_second_record`).
    """
    hidden = tx.one("person_by_identifier", scheme=scheme, value=value)
    cases = tx.all("cases_of_person", person_id=hidden.id, seen_by=ALL_SEEING) if hidden else []
    for case in cases[:1]:
        body = f"Somebody has made a second record of the person of {case.reference}: look for it by the same number."
        key = f"{case.reference}/{(made_at or now).isoformat()}"
        tell_owners(tx, case, "second_record", key, body, now=now)


def tell_of_every_second_record(store: Store, now: datetime) -> None:
    """Tell of second records whose makers could not, since PostgreSQL keeps the first from their login.

    Args:
        store: the store, opened by a login that sees every case.
        now: the moment that is written.
    """
    with store.writing() as tx:
        for row in tx.all("second_records_untold"):
            tell_of_second_record(
                tx, row.scheme.removesuffix(SECOND_RECORD), row.value, now, made_at=row.recorded_at
            )


def person_facts(person: Any, found: Pathway) -> dict[str, str]:
    """The dates of a person that a pathway's clocks run from, as facts keep them."""
    dates = {name: getattr(person, name) for name in PERSON_FACTS if name in found.known}
    return {name: value.isoformat() for name, value in dates.items() if value is not None}


def stood(person: Any, now: datetime) -> str:
    """What stands on a person's row as it is corrected, as a line that the row keeps.

    Args:
        person: the row.
        now: the moment of the correction.
    """
    dates = (person.birth_date, person.expected_delivery_date, person.died_on)
    return json.dumps([now.isoformat(), person.kind, *(day and day.isoformat() for day in dates)]) + "\n"


class Stood(NamedTuple):
    """What stood on a person's row. `surely`: no correction of before rows kept them can lie between."""

    kind: str
    birth_date: date | None
    expected: date | None
    died_on: date | None
    surely: bool


def stood_at(person: Any, until: datetime) -> Stood:
    """What a person's row said once all had been written that was written before a moment."""
    kept = [json.loads(line) for line in person.was.splitlines()]
    later = [number for number, line in enumerate(kept) if datetime.fromisoformat(line[0]) >= until]
    if not later:
        now = person.birth_date, person.expected_delivery_date, person.died_on
        return Stood(person.kind, *now, bool(kept))
    _, kind, *texts = kept[later[0]]
    born, expected, died = (date.fromisoformat(each) if each else None for each in texts)
    return Stood(kind, born, expected, died, later[0] > 0)


def correct_person(tx: Transaction, person_id: int, learned: Mapping[str, str], now: datetime) -> None:
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
        before=stood(person, now),
        **dates,
    )


def learn(tx: Transaction, person_id: int, learned: Mapping[str, str], now: datetime) -> None:
    """Note a birth or a death on somebody's record, and on the records linked to it that do not know of one.

    A record that row security hides from this login is out of its reach.
    """
    correct_person(tx, person_id, learned, now)
    for _, record in linked(tx, person_id):
        row = tx.one("person_by_id", person_id=record)
        fresh = {name: day for name, day in learned.items() if row is not None and getattr(row, name) is None}
        if fresh:
            correct_person(tx, record, fresh, now)


def unlearn(tx: Transaction, person_id: int, names: Collection[str], now: datetime) -> None:
    """A birth or a death of somebody is withdrawn: records that know of it only through a link no longer do."""
    for link, record in linked(tx, person_id):
        _take_back(tx, record, [name for name in names if _only_through(tx, link, record, name)], now)


def give_back(tx: Transaction, link: Any, now: datetime) -> None:
    """A link ends: each of its two records gives back the births and deaths that it knows only through the link."""
    for record in (link.person_id, link.other_id):
        _take_back(tx, record, [name for name in LIFE if _only_through(tx, link, record, name)], now)


def linked(tx: Transaction, person_id: int) -> list[tuple[Any, int]]:
    """The other records of a person, whoever may know of them, each with the link that leads to it."""
    near = tx.all("links_of_person", person_id=person_id, seen_by=ALL_SEEING)
    found = [(each, each.other_id if each.person_id == person_id else each.person_id) for each in near]
    for kept in [each.person_id for each in near if each.other_id == person_id]:
        fellows = tx.all("links_of_person", person_id=kept, seen_by=ALL_SEEING)
        found += [(each, each.other_id) for each in fellows if each.other_id != person_id]
    return found


def _only_through(tx: Transaction, link: Any, record: int, name: str) -> bool:
    """Whether a record had no such date when it was linked, and no case of its own has learned one since."""
    cases = tx.all("cases_of_person", person_id=record, seen_by=ALL_SEEING)
    if any(each.facts.get(name) for each in cases):
        return False
    for case in cases:
        for entry in tx.all("trail_of_case", reference=case.reference, seen_by=ALL_SEEING):
            if entry.action == MERGED and entry.at >= link.from_at and entry.body is not None:
                then = json.loads(entry.body)["people"][0 if record == link.person_id else 1]
                return _TOLD_AS[name] not in then
    return False


def _take_back(tx: Transaction, person_id: int, names: Collection[str], now: datetime) -> None:
    row = tx.one("person_by_id", person_id=person_id)
    if row is None or not any(getattr(row, name) for name in names):
        return
    dates = {name: None if name in names else getattr(row, name) for name in LIFE}
    unborn = row.kind == "child" and row.expected_delivery_date is not None and dates["birth_date"] is None
    tx.run(
        "correct_person",
        person_id=row.id,
        kind="unborn" if unborn else row.kind,
        expected_delivery_date=row.expected_delivery_date,
        sex=row.sex,
        ethnicity=row.ethnicity,
        before=stood(row, now),
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
