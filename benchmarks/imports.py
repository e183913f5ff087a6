"""Whether an import leaves what the plain path leaves: the same return read one child at a time."""

from __future__ import annotations

from benchmarks.agreement import agree, cases, prove, references
from benchmarks.arena import Arena
from benchmarks.population import AS_OF, rules
from benchmarks.report import Report
from models.importing import import_census
from models.setup import AtTheKeyboard, fill, make_tables
from models.store import open_store
from pathways.roles import Role
from tests.casefile import COORDINATOR

AT_ONCE = 5_000


def hold_to_plain(arena: Arena, report: Report, children: int) -> None:
    """Compare the store that was imported into first with one that takes a child to a transaction.

    Raises:
        Failed: the record of either does not verify, or a case differs.
    """
    imported, plain = (f"sqlite:///{arena.home / name}" for name in ("census-0.db", "census-plain.db"))
    make_tables(plain)
    who = AtTheKeyboard("benchmark", "Importer", (Role.COORDINATOR,))
    with open_store(plain) as store, (arena.home / "census.xml").open("rb") as source:
        store.connection.execute("PRAGMA synchronous=OFF")
        fill(store, who, authority="sefton", now=AS_OF, practice_clock=AS_OF)
        import_census(store, rules(), source, now=AS_OF, actor=COORDINATOR, batch=1)
    both = [references(url, "SELECT reference FROM pathway_case ORDER BY id") for url in (imported, plain)]
    agree({"cases": [tuple(both[0])]}, {"cases": [tuple(both[1])]}, "the import")
    for begin in range(0, len(both[0]), AT_ONCE):
        part = both[0][begin : begin + AT_ONCE]
        found, expected = (cases(url, part, chained=False) for url in (imported, plain))
        agree(found, expected, "the import")
    prove(imported)
    report.notes.append(
        f"Import of {children:,} children: its {len(both[0]):,} cases are, row by row, what a child at a time leaves, and "
        "the trail verifies."
    )
