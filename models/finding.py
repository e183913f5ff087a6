"""Finding people by a name, a day of birth, a number or an address. Reads only; each is found once, with their cases."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from models.names import fold_name, fold_postcode, sounds
from models.queries import Person, person_of
from models.transaction import Transaction

LOOKED_AT = 200
"""People looked at who live or lived at an address, before the first of them are shown."""
FEW, MOST_ALIKE = 3, 1_000
"""How many are looked at for each who is shown, and at most of those whose family name sounds alike."""
SHORTEST_ADDRESS = 5


def people_called(tx: Transaction, name: str, most: int = 20) -> list[Person]:
    """People whose name folds alike or whose family name sounds alike, those who fit best first.

    Either end of what was typed may be the family name. A single word is taken for one, and all who sound so are looked
    at; of those who fit a whole name, the nearest come off the index first.
    """
    folded = fold_name(name)
    if not folded:
        return []
    words = folded.split()
    whole = len(words) > 1
    rows = []
    for given, family in ((words[0], words[-1]), (words[-1], words[0]))[: len(words)]:
        rows += tx.all(
            "people_by_name",
            folded=folded if family == words[-1] else " ".join([*words[1:], words[0]]),
            sounds=sounds(family),
            letter=given[0] if whole else "",
            after=chr(ord(given[0]) + 1) if whole else "\U0010ffff",
            most=FEW * most if whole else MOST_ALIKE,
        )
    people = _people(rows)
    wanted = set(words)

    def fit(person: Person) -> tuple[int, str]:
        have = fold_name(f"{person.given} {person.family}")
        first_fits = not have or words[0][:1] in {word[:1] for word in have.split()}
        return (0 if have == folded else 1 if wanted <= set(have.split()) else 2 if first_fits else 3, have)

    return _each_once(tx, sorted(people, key=fit), most)


def people_born(tx: Transaction, born: date, most: int = 20) -> list[Person]:
    """People born on a day."""
    return _each_once(tx, _people(tx.all("people_by_birth_date", birth_date=born, most=most)), most)


def people_numbered(tx: Transaction, number: str, most: int = 20) -> list[Person]:
    """People whom another system knows by this number."""
    return _each_once(tx, _people(tx.all("people_by_identifier", value=number, most=most)), most)


def people_at(tx: Transaction, address: str, most: int = 20) -> list[Person]:
    """People who live or lived at a postcode, or where the address begins so."""
    postcode, folded = fold_postcode(address), fold_name(address)
    if not postcode and len(folded) < SHORTEST_ADDRESS:
        return []
    start = "" if postcode else folded
    between = {"start": start, "end": start + "\U0010ffff" if start else ""}
    rows = tx.all("people_by_address", postcode=postcode, most=LOOKED_AT, **between)
    return _each_once(tx, _people(rows), most)


def _people(rows: Iterable[Any]) -> list[Person]:
    found: dict[int, Person] = {}
    for row in rows:
        found.setdefault(
            row.id,
            Person(
                row.id,
                row.kind,
                row.given or "",
                row.family or "",
                row.birth_date,
                row.expected_delivery_date,
            ),
        )
    return list(found.values())


def _each_once(tx: Transaction, found: Iterable[Person], most: int) -> list[Person]:
    """People with their cases; somebody of whom there are two linked records once, by the one that was kept."""
    people = {each.id: each for each in found}
    if not people:
        return []
    links = tx.all("kept_records", people=json.dumps(list(people)))
    stands = {row.other_id: row.person_id for row in links}
    once: dict[int, Person] = {}
    for each in people.values():
        kept = stands.get(each.id, each.id)
        if kept not in once:
            once[kept] = people.get(kept) or person_of(tx, kept)
        if len(once) == most:
            break
    cases: dict[int, list[Any]] = {number: [] for number in once}
    for row in tx.all("cases_of_people", people=json.dumps(list(once))):
        cases[row.whose].append(row)
    return [replace(each, cases=tuple(cases[number])) for number, each in once.items()]


def kept_record(tx: Transaction, person_id: int) -> int:
    """The record that stands for somebody: their own, or the one that theirs is linked to."""
    links = tx.all("links_of_person", person_id=person_id)
    return next((each.person_id for each in links if each.other_id == person_id), person_id)


def with_cases(tx: Transaction, found: Person) -> Person:
    """Somebody with the cases on all their records."""
    cases = tuple(tx.all("cases_of_whole_person", person_id=found.id))
    return Person(
        found.id,
        found.kind,
        found.given,
        found.family,
        found.birth_date,
        found.expected,
        found.died_on,
        cases,
    )
