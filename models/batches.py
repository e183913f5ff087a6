"""Some children of a census, written in one transaction: people, episodes, cases new and known, what was not used."""

from __future__ import annotations

from collections.abc import Iterable

from models.census_cases import Cases
from models.census_people import Families, Names, People
from models.gathered import Gathered, Someone, Tally
from models.laying import Laying
from models.subjects import match_person
from models.transaction import Transaction
from pathways.census import Child, Unused
from pathways.census_checks import Period

Pair = tuple[Child | None, list[Unused]]


class Batch:
    """The rows of one batch, gathered and then written as sets."""

    def __init__(
        self,
        tx: Transaction,
        laying: Laying,
        period: Period,
        lea: str,
        names: Names,
        families: Families,
        run_id: int | None,
        as_if_new: frozenset[str] = frozenset(),
    ) -> None:
        self._gathered = Gathered(tx, laying, period, lea, run_id)
        self._people = People(self._gathered, names, families, as_if_new)

    @property
    def tally(self) -> Tally:
        """What the batch does."""
        return self._gathered.tally

    @property
    def unused(self) -> list[Unused]:
        """What was not used, or is to be looked at."""
        return self._gathered.unused

    def hidden(self, pairs: Iterable[Pair]) -> frozenset[str]:
        """The children known here whom whoever imports may not see, by the authority's identifier."""
        return self._people.hidden([child for child, _ in pairs if child is not None])

    def find_family(self, child: Child) -> None:
        """Take a child imported before into its family, so that brothers and sisters still to come find it."""
        self._people.find_family(child)

    def take(self, pairs: Iterable[Pair]) -> None:
        """Work a batch out and write it."""
        people, into = self._work_out(pairs), self._gathered
        into.write()
        for someone in people:
            if someone.row is not None and someone.row.guarded:
                match_person(into.tx, someone.id, into.laying.actor, into.laying.now)

    def as_if_new(self, pairs: Iterable[Pair], hidden: frozenset[str]) -> Batch:
        """What this batch is said to do where some of its children are hidden from whoever imports: as if those were new.

        It is worked out and never written; the savepoint takes back the numbers that it draws.
        """
        into, people = self._gathered, self._people
        families = {name: [*members] for name, members in people.families.items()}
        told = Batch(into.tx, into.laying, into.period, into.lea, people.names, families, into.run_id, hidden)
        into.tx.cursor.execute("SAVEPOINT told")
        told._work_out(pairs)
        into.tx.cursor.execute("ROLLBACK TO SAVEPOINT told")
        into.tx.cursor.execute("RELEASE SAVEPOINT told")
        into.reported = told.unused
        return told

    def _work_out(self, pairs: Iterable[Pair]) -> list[Someone]:
        into, children = self._gathered, []
        for child, unused in pairs:
            into.unused += unused
            if child is not None:
                children.append(child)
        people = self._people.found(children)
        Cases(into).work_out(people)
        into.tally.children += len(children)
        into.tally.unused += len(into.unused)
        into.tally.cases_changed += len(into.changed)
        return people
