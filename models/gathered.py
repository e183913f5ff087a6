"""What one batch of an import is worked out with, and what it has gathered to be written in one go."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.draft import Draft
from models.draft_rows import CHANGED, ChangedMeanwhile
from models.history import Remark
from models.laying import Laying
from models.telling import Who
from models.transaction import Transaction
from pathways.census import Child, Episode, Unused
from pathways.census_checks import Period

ORDER = (
    "import_person", "correct_person", "add_person_name", "add_person_identifier", "add_person_characteristic",
    "add_relationship", "import_episode", "correct_episode", "import_case", "add_trail", "add_payload",
    "close_deadline", "add_deadline",
)  # fmt: skip
INSERTS = frozenset(name for name in ORDER if name.startswith(("add_", "import_")))


@dataclass(slots=True)
class Tally:
    """What a batch did."""

    children: int = 0
    people_new: int = 0
    episodes: int = 0
    episodes_new: int = 0
    cases_new: int = 0
    cases_changed: int = 0
    entries: int = 0
    clocks: int = 0
    unused: int = 0
    states: Counter[tuple[str, str]] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True, eq=False)
class Someone:
    """A child of the batch and the person it is here."""

    child: Child
    row: Any
    id: int = 0
    who: Who = field(default_factory=Who)
    born_since: date | None = None
    open_on: dict[str, str] = field(default_factory=dict)
    cases: list[Any] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Spell:
    """A referral of the batch and the episode it is here."""

    someone: Someone
    key: str
    path: str
    episode: Episode
    row: Any = None
    id: int = 0
    left_open: bool = False


class Gathered:
    """The transaction of a batch, the return's own words, and the rows that are to be written."""

    def __init__(self, tx: Transaction, laying: Laying, period: Period, lea: str, run_id: int | None) -> None:
        self.tx, self.laying, self.period, self.lea, self.run_id = tx, laying, period, lea, run_id
        self.tally = Tally()
        self.unused: list[Unused] = []
        self.reported: list[Unused] | None = None
        """What is kept as not used, where that is not what was found; see `models.batches.Batch.as_if_new`."""
        self.rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.changed: list[Draft] = []

    def keys(self, table: str, wanted: int) -> list[int]:
        """As many new keys of a table."""
        if not wanted:
            return []
        keys = [key for (key,) in self.tx.plain(f"draw_{table}_keys", count=wanted)]
        if self.tx.dialect == "sqlite":
            (last,) = keys
            return list(range(last + 1, last + wanted + 1))
        return keys

    def dated(self, person_id: int, **values: Any) -> dict[str, Any]:
        """A row about a person that holds from no known day on."""
        return {
            "person_id": person_id,
            "from_on": None,
            "to_on": None,
            "recorded_at": self.laying.now,
            **values,
        }

    def gather(self, draft: Draft) -> None:
        """Take up what a case adds to its trail, and its clocks."""
        self.rows["add_trail"] += draft.entries
        self.rows["add_payload"] += draft.payloads
        self.rows["close_deadline"] += draft.stopped
        for each in draft.begun:
            each.values["case_id"] = draft.case_id
            self.rows["add_deadline"].append(each.values)

    def count(self, draft: Draft) -> None:
        """Count a case's entries and clocks."""
        self.tally.entries += len(draft.entries)
        self.tally.clocks += sum(each.values["status"] == "open" for each in draft.begun)
        self.tally.unknown.update(rule for rule, _ in draft.unknown)

    def remark(self, someone: Someone, remark: Remark) -> None:
        """Note something that is not used, or to be looked at, about a child."""
        child = someone.child
        self.unused.append(
            Unused(
                child.la_child_id, child.line, remark.element, remark.value, remark.reason, "", remark.kind
            )
        )

    def remarks(self, spell: Spell, remarks: Iterable[Remark]) -> None:
        """Note what is not used, or to be looked at, about a referral."""
        for each in remarks:
            element = f"{spell.path}/{each.element}" if each.element else spell.path
            self.remark(spell.someone, each._replace(element=element))

    def write(self) -> None:
        """Write every row of the batch, parents before children."""
        tx = self.tx
        for draft in self.changed:
            values = {name: value for name, value in draft.row().items() if name in CHANGED}
            if tx.run("change_case", case_id=draft.case_id, seen=draft.version - 1, step=1, **values) != 1:
                raise ChangedMeanwhile(draft.reference)
            self.gather(draft)
        for name in ORDER:
            (tx.bulk if name in INSERTS else tx.many)(name, self.rows[name])
        if self.run_id is not None:
            tx.bulk(
                "add_import_unused",
                [
                    {
                        "run_id": self.run_id,
                        "child": each.child,
                        "line": each.line,
                        "element": each.element,
                        "value": each.value,
                        "reason": each.reason,
                        "rule": each.rule,
                        "kind": each.kind,
                    }
                    for each in (self.unused if self.reported is None else self.reported)
                ],
            )
