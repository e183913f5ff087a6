"""The family on a case, listed: under numbers that do not change, with names only where they were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from commands import screen
from commands.desk import Desk
from commands.show import heading
from commands.spoken import full_day, iso, person, short_day
from models.people import SECOND_RECORD

if TYPE_CHECKING:
    from models.kin import Household, Relatives
    from models.queries import CaseView


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody of the family under a number that does not change."""

    number: int
    person_id: int
    row: Any
    is_to_child: tuple[Any, ...] = ()


def family_with_numbers(desk: Desk, view: CaseView) -> tuple[Relatives, list[Listed]]:
    """The family of a case's person, and everybody else in it under their numbers; the person of the case is 1."""
    from models.kin import family_of

    with desk.store.reading() as tx:
        family = family_of(tx, view.row.person_id)
    found: dict[int, Listed] = {}
    for row in family.relatives:
        there = found.get(row.other_id)
        kinds = (*(there.is_to_child if there else ()), row)
        found[row.other_id] = Listed(there.number if there else len(found) + 2, row.other_id, row, kinds)
    for household in family.households:
        for row in household.members:
            if row.person_id not in found and row.person_id not in family.records:
                found[row.person_id] = Listed(len(found) + 2, row.person_id, row)
    return family, list(found.values())


def list_family(desk: Desk, view: CaseView, names: bool, as_json: bool) -> None:
    """Print the family of a case."""
    family, others = family_with_numbers(desk, view)
    if as_json:
        screen.answer_json("people/1", _as_json(desk, view, family, others, names))
        return
    screen.say(screen.two_ends(f"Family of {view.reference}", full_day(desk.today)))
    screen.say()
    rows = [("1", heading(view, desk.today, names=names), "the person of this case", "")]
    for each in others:
        for row in each.is_to_child or (None,):
            kind = row.kind.replace("_", "-") if row else "lives with them"
            rows.append((str(each.number), _who(each.row, desk.today, names), kind, _dates(row, desk.today)))
    columns = ("", "Who", "To the person", "Since, until")
    for line in screen.table(columns, (3, 27, 24, 22), rows, whole=True):
        screen.say(line)
    numbers = {
        view.row.person_id: 1,
        **dict.fromkeys(family.records, 1),
        **{each.person_id: each.number for each in others},
    }
    for place, household in enumerate(family.households, 1):
        screen.say()
        _say_household(place, household, numbers, desk.today)
    screen.say()
    for line in _known_by(family, desk.today, names):
        screen.say(line)
    screen.say(f"\nNext: pathways people {view.reference} add relative")


def _who(row: Any, today: date, names: bool) -> str:
    return person(
        row.given or "", row.family or "", row.birth_date, row.expected_delivery_date, today, names=names,
        died=row.died_on, kind=row.person_kind,
    )  # fmt: skip


def _dates(row: Any, today: date) -> str:
    if row is None:
        return ""
    since = f"{short_day(row.from_on, today)}" if row.from_on else ""
    return f"{since} to {short_day(row.to_on, today)}" if row.to_on else since


def _say_household(place: int, household: Household, numbers: Mapping[int, int], today: date) -> None:
    now = {row.id for row in household.on(today)}
    screen.say(f"Household {place} ({screen.shown(household.label)})")
    for row in household.members:
        state = "lives there" if row.id in now else "lived there"
        screen.say(f"  {numbers.get(row.person_id, '-'):<3} {row.part:<6} {state:<12} {_dates(row, today)}")


def _known_by(family: Relatives, today: date, names: bool) -> list[str]:
    """Names, numbers and addresses of the person of the case; only counted where names were not asked for."""
    if not names:
        hidden = sum(row.confidential for row in family.addresses)
        kept = f", {hidden} confidential" if hidden else ""
        counted = f"Names {len(family.names)}, numbers {len(family.numbers)}, addresses {len(family.addresses)}{kept}."
        more = (
            [f"{len(family.records)} records are linked as of one person."] if len(family.records) > 1 else []
        )
        return [counted, *more, "To see them: --names, which is recorded."]
    lines = []
    for row in family.names:
        called = " ".join(filter(None, (row.given, row.family)))
        lines += screen.wrapped(
            f"Name     {row.kind.replace('_', '-')}", f"{called}  {_dates(row, today)}", indent=26
        )
    for row in family.numbers:
        scheme = row.scheme.removesuffix(SECOND_RECORD)
        lines += screen.wrapped(f"Number   {scheme}", f"{row.value}  {_dates(row, today)}", indent=26)
    for place, row in enumerate(family.addresses, 1):
        kept = "CONFIDENTIAL, not for the other parent: " if row.confidential else ""
        said = ", ".join(filter(None, (row.lines, row.postcode)))
        lines += screen.wrapped(f"Address  {place}", f"{kept}{said}  {_dates(row, today)}", indent=26)
    return lines


def _as_json(
    desk: Desk, view: CaseView, family: Relatives, others: list[Listed], names: bool
) -> dict[str, Any]:
    numbers = {**dict.fromkeys(family.records, 1), **{each.person_id: each.number for each in others}}
    found: dict[str, Any] = {
        "case": view.reference,
        "people": [
            {"number": 1, "person": heading(view, desk.today, names=names), "relationships": []},
            *(
                {
                    "number": each.number,
                    "person": _who(each.row, desk.today, names),
                    "kind": each.row.person_kind,
                    "relationships": [
                        {"kind": row.kind, "since": iso(row.from_on), "until": iso(row.to_on)}
                        for row in each.is_to_child
                    ],
                }
                for each in others
            ),
        ],
        "households": [
            {
                "household": place,
                "label": household.label,
                "members": [
                    {
                        "number": numbers.get(row.person_id),
                        "part": row.part,
                        "since": iso(row.from_on),
                        "until": iso(row.to_on),
                    }
                    for row in household.members
                ],
            }
            for place, household in enumerate(family.households, 1)
        ],
        "records": len(family.records),
        "next": [f"pathways people {view.reference} add relative"],
    }
    if names:
        found["names"] = [
            {
                "kind": row.kind,
                "given": row.given,
                "family": row.family,
                "since": iso(row.from_on),
                "until": iso(row.to_on),
            }
            for row in family.names
        ]
        found["addresses"] = [
            {
                "number": place, "lines": row.lines, "postcode": row.postcode, "confidential": row.confidential,
                "since": iso(row.from_on), "until": iso(row.to_on),
            }
            for place, row in enumerate(family.addresses, 1)
        ]  # fmt: skip
    return found
