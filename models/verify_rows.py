"""Rows that say something else than the entries beside them, or than each other, where the chains are not added up for it.

A list, a count and the gate read rows. So a clock that somebody marks as stopped falls off every list, a case that is
called another pathway's falls out of every check, and one that is marked as open to all is read by all, while every chain
holds. Each is found here by one question of the database.
"""

from __future__ import annotations

from collections.abc import Iterator

from models.transaction import Transaction

SAYS = {
    "cases_on_another_pathway": "its reference is of another pathway than the one it is said to be on",
    "cases_less_shut_than_said": "it lies open to more people than its pathway, a restriction or a list of it says",
    "people_less_shut_than_said": "whom it is about lies open to more people than a restriction or a list says",
    "cases_without_a_person": "nobody is there whom it is about",
    "cases_without_an_episode": "the involvement that it is part of is not there",
    "cases_of_another_person": "it is about somebody else than the involvement that it is part of",
}
CLOCKS = "clocks_half_stopped"
KEPT_BY_POSTGRESQL = ("cases_without_a_person", "cases_without_an_episode")


def contradictions(tx: Transaction) -> Iterator[tuple[str, int | None, str]]:
    """Each case that contradicts itself: its reference, the entry (None: the case as a whole), what."""
    for row in tx.all(CLOCKS):
        what = f"whether the clock {row.rule} that it began runs is said in two ways"
        yield row.reference, row.seq, what
    for name, what in SAYS.items():
        if name in KEPT_BY_POSTGRESQL and tx.dialect == "postgresql":
            continue  # a key of the table sees to it, and row security may hide that row from whoever asks
        for row in tx.all(name):
            yield row.reference, None, what
