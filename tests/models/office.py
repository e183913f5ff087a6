"""An invented office for tests of who may see what: a store with staff, children's cases and an allegation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from models.casework import Casework
from models.people import NewPerson
from models.register import Member, enrol
from models.staff import standing
from models.store import Store
from models.viewer import ALL_SEEING, Viewer
from pathways import pathway
from pathways.engine import Actor
from pathways.roles import Role
from tests.casefile import complete

NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
SINCE = date(2026, 1, 5)
KEEPER = Actor("keeper", frozenset({Role.COORDINATOR, Role.LADO}))
STAFF = {
    "officer": Member("officer", "Designated officer", roles=("lado",), given="Fern", family="Lake"),
    "deputy": Member("deputy", "Designated officer", roles=("lado",), given="Reed", family="Vale"),
    "manager": Member("manager", "Team manager", team="assessment", roles=("team_leader",), given="Bram", family="Holt"),
    "second": Member("second", "Service manager", roles=("service_manager",), given="Ivy", family="Shaw"),
    "worker": Member("worker", "Social worker", team="assessment", roles=("social_worker",), given="Linden", family="Cross"),
    "teacher": Member(
        "teacher", "Safeguarding lead", agency="north school", team="north school", roles=("dsl",), given="Sorrel", family="Dean"
    ),
}  # fmt: skip


@dataclass
class Office:
    """A store, and casework in it by small words."""

    store: Store
    rules: Any

    def __post_init__(self) -> None:
        self.casework = Casework(self.store, self.rules)
        for member in STAFF.values():
            enrol(self.store, member, actor=KEEPER, now=NOW, from_on=SINCE)

    def actor(self, login: str) -> Actor:
        """Somebody of the register, with their roles."""
        with self.store.reading() as tx:
            found = standing(tx, login, NOW.date())
        return Actor(login, frozenset(map(Role, found.roles)))

    def viewer(self, login: str, at: datetime = NOW) -> Viewer:
        """What somebody of the register sees."""
        with self.store.reading() as tx:
            return standing(tx, login, at.date()).viewer(at)

    def sit(self, login: str, at: datetime = NOW) -> Actor:
        """Put somebody at the keyboard."""
        self.store.viewer = self.viewer(login, at)
        return self.actor(login)

    def open(self, name: str, entry: str, person: Any, **own: Any) -> str:
        """A new case, opened by nobody of interest; its reference."""
        records = pathway(name).entry(entry).records
        who = Actor("sender", frozenset({Role.COORDINATOR, Role.STAFF, Role.SOCIAL_WORKER}))
        team = own.pop("team", "")
        return self.casework.open(
            name, entry, person=person, actor=who, now=NOW, answers=complete(records, "2026-11-03", **own), team=team
        ).reference  # fmt: skip

    def allegation(
        self, given: str = "Robin", family: str = "Wren", born: date | None = None, *numbers: Any
    ) -> str:
        """An allegation about an adult of that name."""
        who = NewPerson(kind="adult", given=given, family=family, birth_date=born, identifiers=tuple(numbers))
        return self.open("allegations", "to_officer", who)

    def child(self, given: str = "Ash", family: str = "Birch", **own: Any) -> str:
        """A child's referral."""
        return self.open(
            "front_door",
            "referral",
            NewPerson(given=given, family=family, birth_date=date(2017, 3, 1)),
            **own,
        )

    def another(self, name: str, person: int) -> str:
        """A further case about a person, by the first way in to its pathway."""
        return self.open(name, pathway(name).entries[0].name, person)

    def row(self, reference: str) -> Any:
        """A case's own row, past the gate."""
        with self.store.reading() as tx:
            return tx.need("case_by_reference", reference=reference, seen_by=ALL_SEEING)

    def sees(self, login: str, reference: str, at: datetime = NOW) -> bool:
        """Whether somebody sees a case at a moment."""
        viewer = self.viewer(login, at)
        with self.store.reading() as tx:
            return tx.one("case_by_reference", reference=reference, seen_by=viewer) is not None

    def trail(self, reference: str) -> list[Any]:
        """Every entry of a case, past the gate."""
        with self.store.reading() as tx:
            return tx.all("trail_of_case", reference=reference, seen_by=ALL_SEEING)

    def entry(self, reference: str, action: str) -> Any:
        """The one entry of a case that says this was done."""
        (found,) = (each for each in self.trail(reference) if each.action == action)
        return found

    def actions(self, reference: str) -> list[str]:
        """What a case's entries say was done."""
        return [each.action for each in self.trail(reference)]

    def whole(self) -> bool:
        """Whether the record proves itself."""
        from models.verify import verify

        return verify(self.store, self.rules).whole


def proven(store: Store, rules: Any) -> Iterator[Office]:
    """An office whose record proves itself once the test is done with it."""
    office = Office(store, rules)
    yield office
    assert office.whole(), "the lists are not what the entries say"
