"""Records that may be of the same person, and why each may be: shown before somebody is added a second time.

What is weighed here is whether two records tell of one person, and nothing else about anybody. Only those whom the
viewer knows of are ever named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.finding import people_at, people_born, people_called, people_numbered
from models.names import fold_name, fold_postcode, sounds
from models.queries import Person
from models.transaction import Transaction

ALIKE = 85
"""From 0 to 100: how much of two names is the same for them to be called alike (`rapidfuzz.fuzz.token_sort_ratio`)."""
WEIGHTS = {
    "same number": 6,
    "same name": 4,
    "a name that is written alike": 2,
    "a family name that sounds alike": 1,
    "same date of birth": 3,
    "day and month of birth turned round": 2,
    "same year of birth": 1,
    "same address": 2,
}
ENOUGH = 4
"""What reasons have to come to together: the same name or number alone, a name and a birth date, a name and an address."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody in the records who may be the one that is to be added, and the reasons, the strongest first."""

    person: Person
    reasons: tuple[str, ...]

    @property
    def weight(self) -> int:
        """How much the reasons come to; only for the order in which they are shown."""
        return sum(WEIGHTS[each] for each in self.reasons)


def likely(
    tx: Transaction,
    given: str,
    family: str,
    born: date | None,
    *,
    numbers: Iterable[str] = (),
    postcode: str = "",
    most: int = 5,
) -> list[Likely]:
    """Those in the records who may be this person, the likeliest first; empty where nobody is like them."""
    wanted, at = fold_name(f"{given} {family}"), fold_postcode(postcode)
    found: dict[int, Person] = {}
    by_number = [each for number in numbers for each in people_numbered(tx, number)]
    lived = people_at(tx, at, 200) if at else []
    nearby = [*by_number, *lived, *(people_called(tx, wanted, 60) if wanted else [])]
    for each in [*nearby, *_born_near(tx, born)]:
        found.setdefault(each.id, each)
    there, known = {each.id for each in by_number}, {each.id for each in lived}
    made = []
    for each in found.values():
        reasons = _reasons(tx, each, wanted, sounds(family) if family else "", born)
        reasons += ["same number"] * (each.id in there) + ["same address"] * (each.id in known)
        ordered = tuple(sorted(dict.fromkeys(reasons), key=lambda reason: -WEIGHTS[reason]))
        one = Likely(each, ordered)
        if one.weight >= ENOUGH and not _cannot_be(each, born, ordered):
            made.append(one)
    return sorted(made, key=lambda one: (-one.weight, one.person.id))[:most]


def _born_near(tx: Transaction, born: date | None) -> list[Person]:
    """Those born on the day, and on the day that it is with day and month turned round."""
    if born is None:
        return []
    turned = _turned(born)
    return [*people_born(tx, born, 60), *(people_born(tx, turned, 60) if turned else [])]


def _turned(born: date) -> date | None:
    """A birth date with its day and month turned round, where that is another day."""
    return date(born.year, born.day, born.month) if born.day <= 12 and born.day != born.month else None


def _reasons(tx: Transaction, found: Person, wanted: str, sounding: str, born: date | None) -> list[str]:
    names = tx.all("names_of_person", person_id=found.id)
    reasons = [_by_name(names, wanted, sounding)] if wanted else []
    if born is not None and found.birth_date is not None:
        if found.birth_date == born:
            reasons.append("same date of birth")
        elif found.birth_date == _turned(born):
            reasons.append("day and month of birth turned round")
        elif found.birth_date.year == born.year:
            reasons.append("same year of birth")
    return [each for each in reasons if each]


def _by_name(names: Sequence[Any], wanted: str, sounding: str) -> str:
    """The strongest reason that a name gives, of all that somebody bears or bore; empty where none does."""
    if any(row.folded == wanted for row in names):
        return "same name"
    from rapidfuzz.fuzz import token_sort_ratio

    if any(token_sort_ratio(row.folded, wanted) >= ALIKE for row in names):
        return "a name that is written alike"
    return "a family name that sounds alike" if any(row.sounds == sounding for row in names) else ""


def _cannot_be(found: Person, born: date | None, reasons: Sequence[str]) -> bool:
    """Whether what is known speaks against it: both birth dates are known, and nothing about them agrees.

    A number that is the same outweighs that: one of the two was typed wrongly.
    """
    apart = born is not None and found.birth_date is not None
    return apart and "same number" not in reasons and not any("birth" in each for each in reasons)
