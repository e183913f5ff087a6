"""Somebody's family as it is read: names, addresses, relatives and households with their dates, on all their records.

What reads somebody follows the links between records of one person; everything passes the gate on its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from models.transaction import Transaction


def held_on(row: Any, day: date) -> bool:
    """Whether something dated holds on a day; its last day counts, an open beginning is the beginning of time."""
    return (row.from_on is None or row.from_on <= day) and (row.to_on is None or day <= row.to_on)


def overlap(row: Any, since: date, until: date | None) -> bool:
    """Whether something dated holds on any day from `since` to `until`, both counted; None is without end."""
    begins_in_time = until is None or row.from_on is None or row.from_on <= until
    return begins_in_time and (row.to_on is None or row.to_on >= since)


@dataclass(frozen=True, slots=True)
class Household:
    """A household that somebody is or was in, with everybody whom the viewer knows of in it."""

    id: int
    label: str
    members: tuple[Any, ...]

    def on(self, day: date) -> tuple[Any, ...]:
        """Who lives in it on a day."""
        return tuple(each for each in self.members if held_on(each, day))


@dataclass(frozen=True, slots=True)
class Relatives:
    """What is known of somebody's family, all of it with its dates, ended or not."""

    person_id: int
    names: tuple[Any, ...]
    numbers: tuple[Any, ...]
    addresses: tuple[Any, ...]
    relatives: tuple[Any, ...]
    households: tuple[Household, ...]
    records: tuple[int, ...]
    """The records that are this person's; more than one where they are linked."""


def family_of(tx: Transaction, person_id: int) -> Relatives:
    """Somebody's family, on all their records, as the viewer knows of it."""
    records = records_of(tx, person_id)
    rows = {
        name: [row for each in records for row in tx.all(statement, person_id=each)]
        for name, statement in (
            ("names", "names_of_person"),
            ("numbers", "identifiers_of_person"),
            ("addresses", "addresses_of_person"),
            ("relatives", "relatives_of_person"),
            ("stays", "households_of_person"),
        )
    }
    labels = {row.household_id: row.label for row in rows["stays"]}
    households = tuple(
        Household(number, label, tuple(tx.all("members_of_household", household_id=number)))
        for number, label in labels.items()
    )
    relatives = tuple(row for row in rows["relatives"] if row.other_id not in records)
    return Relatives(
        person_id,
        tuple(rows["names"]),
        tuple(rows["numbers"]),
        tuple(rows["addresses"]),
        relatives,
        households,
        records,
    )


def records_of(tx: Transaction, person_id: int) -> tuple[int, ...]:
    """The records of one person, the one that was kept first; of those that the viewer knows of."""
    links = tx.all("links_of_person", person_id=person_id)
    kept = next((each.person_id for each in links if each.other_id == person_id), person_id)
    fellows = links if kept == person_id else tx.all("links_of_person", person_id=kept)
    return (kept, *(each.other_id for each in fellows if each.person_id == kept))
