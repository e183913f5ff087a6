"""The rules as data: which limit applied to something that happened on a given day.

The national base is `rules_england.csv`; an authority lays its own figures over it in `rules_<authority>.csv`.
A row is an edition of a rule with its own validity, both ends included, and old rows stay for old cases. An
authority's row wins over the national one on the days it covers; on the limits in `PROTECTED` it may only be
stricter, and a looser figure is refused before anything is counted with it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import ClassVar

from pathways.days import LONDON, Unit, count, shipped_calendar, words
from pathways.errors import BUG, NOT_FOUND, USAGE, Mistyped, PathwayError
from pathways.moments import ONE_DAY

COLUMNS = (
    "rule_id", "pathway", "starts_at", "amount", "unit", "force", "source", "valid_from", "valid_to", "count",
    "by", "repeat", "roll", "earliest_of", "latest_of", "age_rule", "gate", "seen", "tells", "title", "note",
)  # fmt: skip

PROTECTED = frozenset(
    {
        "fd.decision", "cin.assess", "cp.icpc", "cp.transfer_in", "cp.coregroup_first", "cp.rcpc_first",
        "cp.rcpc_next", "lado.refer", "cme.code_n", "cme.attendance_return", "cme.sickness_return",
        "cme.new_pupil_return", "cme.deletion_return", "cme.ground_leave", "cme.ground_20",
        "imm.police_protection", "mis.return_interview",
    }
)  # fmt: skip

BIRTHS = frozenset({"birth_date", "birth_date_of_adult"})


class Force(StrEnum):
    """How binding a figure is. A default is nobody's published figure and must be confirmed by the authority."""

    STATUTORY = "statutory"
    LOCAL = "local"
    GOOD_PRACTICE = "good_practice"
    DEFAULT = "default"
    PROSPECTIVE = "prospective"


class BrokenRules(PathwayError):
    """A set of rules contradicts itself or the national limits; refused when loaded. Arguments: name, faults."""

    code: ClassVar[int] = BUG

    def __str__(self) -> str:
        name, faults = self.args
        return f"The rules '{name}' cannot be loaded: " + "; ".join(faults) + "."


class UnknownRule(PathwayError):
    """No rule has this id. Arguments: the id asked for, the nearest known id or ''."""

    code: ClassVar[int] = USAGE

    def __str__(self) -> str:
        asked, nearest = self.args
        return f"There is no rule '{asked}'." + (f" Did you mean {nearest}?" if nearest else "")


class NoEdition(PathwayError):
    """A rule has no edition on this day. Arguments: rule id, the day, first day known, last day known or None."""

    code: ClassVar[int] = NOT_FOUND

    def __str__(self) -> str:
        rule_id, day, first, last = self.args
        if day < first:
            return f"{rule_id} is known from {words(first)}, so no edition of it covers {words(day)}."
        if last is not None and day > last:
            return f"{rule_id} was in force until {words(last)}, so no edition of it covers {words(day)}."
        return f"{rule_id} has a gap between two editions, and {words(day)} falls into it."


class UnknownEdition(PathwayError):
    """A stored deadline cites an edition that the rule pack no longer has. One argument: its key."""

    def __str__(self) -> str:
        return f"The rule pack has no edition {self.args[0]}; a rule that cases run under is never taken out."


class NotYetInForce(PathwayError):
    """A rule is enacted and not commenced. Argument: the rule id."""

    code: ClassVar[int] = NOT_FOUND

    def __str__(self) -> str:
        return f"{self.args[0]} is enacted but not yet in force, so nothing is due under it."


@dataclass(frozen=True, slots=True)
class Edition:
    """One row: a rule as it stood between two days.

    `inclusive` makes the day of the event day 1; `by` is a time of day on the last day; `repeat` means the same
    event starts it again; `gate` marks a minimum that is waited for, not a limit that is missed. `tells` are
    the roles told of a miss. `seen` says whether the wording was read: yes, partly or no.
    """

    rule_id: str
    pathway: str
    starts_at: str
    amount: int
    unit: Unit
    force: Force
    source: str
    valid_from: date | None
    valid_to: date | None
    inclusive: bool
    by: time | None
    repeat: bool
    roll: str
    earliest_of: str
    latest_of: str
    age_rule: bool
    gate: bool
    seen: str
    tells: tuple[str, ...]
    title: str
    note: str
    layer: str

    @property
    def key(self) -> str:
        """What a stored deadline cites: the rule and the first day of this edition."""
        return f"{self.rule_id}@{self.valid_from or 'not-in-force'}"

    @property
    def from_birth(self) -> bool:
        """Whether it runs from a birth date, and so follows the edition of today."""
        return self.starts_at in BIRTHS

    def chosen(self, started: date) -> str:
        """Why this edition and no other: the day that decides, and how long the edition holds."""
        until = f"to {words(self.valid_to)}" if self.valid_to else "and still"
        held = f"in force from {words(self.valid_from)} {until}" if self.valid_from else "not in force"
        if self.from_birth:
            return f"{held}; today's edition, since it runs from a birth"
        return f"{held}; it covers {words(started)}, when the clock started"

    @property
    def limit(self) -> str:
        """The figure in words, as '15 working days'."""
        unit = self.unit.replace("_", " ").replace("clock hours", "hour")
        return f"{self.amount} {unit}{'' if abs(self.amount) == 1 else 's'}"

    def covers(self, day: date) -> bool:
        """Whether it was in force on this day, both ends included."""
        return (
            self.valid_from is not None
            and self.valid_from <= day
            and (self.valid_to is None or day <= self.valid_to)
        )


class Rulebook:
    """All editions of all rules, the authority's before the national ones."""

    def __init__(
        self, name: str, layers: Sequence[Sequence[Edition]], read_on: Mapping[str, date | None] | None = None
    ) -> None:
        """Take the layers from the national base upwards; `assemble` has checked them.

        Args:
            name: the names of the packs, joined by `+`.
            layers: the editions of each pack.
            read_on: by pack, the day on which it was last held against its sources.
        """
        self.name = name
        self.read_on = dict(read_on or {})
        self._editions: dict[str, list[Edition]] = {}
        self._starts: dict[str, frozenset[str]] = {}
        self._sorted: dict[str, tuple[Edition, ...]] = {}
        self._cited: dict[tuple[str, str], Edition] = {}
        for layer in reversed(layers):
            for edition in layer:
                self._editions.setdefault(edition.rule_id, []).append(edition)

    def rules(self) -> tuple[str, ...]:
        """Every rule id, in order."""
        return tuple(sorted(self._editions))

    def editions(self, rule_id: str) -> tuple[Edition, ...]:
        """Every edition of a rule, oldest first.

        Raises:
            UnknownRule: no rule has this id.
        """
        found = self._sorted.get(rule_id)
        if found is None:
            known = sorted(self._known(rule_id), key=lambda one: (one.valid_from or date.max, one.layer))
            found = self._sorted[rule_id] = tuple(known)
        return found

    def __contains__(self, rule_id: str) -> bool:
        """Whether there is a rule of this id."""
        return rule_id in self._editions

    def starts(self, rule_id: str) -> frozenset[str]:
        """The events that its editions count from.

        Raises:
            UnknownRule: no rule has this id.
        """
        found = self._starts.get(rule_id)
        if found is None:
            found = self._starts[rule_id] = frozenset(each.starts_at for each in self._known(rule_id))
        return found

    def edition(self, rule_id: str, started: date, today: date) -> Edition:
        """The edition in force when the event happened; for rules that run from a birth date, today's.

        Raises:
            UnknownRule: no rule has this id.
            NoEdition: the day lies before, between or after its editions.
            NotYetInForce: the rule is enacted and not commenced.
        """
        known = self._known(rule_id)
        for edition in known:
            if edition.covers(today if edition.from_birth else started):
                return edition
        dated = [one for one in known if one.valid_from is not None]
        if not dated:
            raise NotYetInForce(rule_id)
        day = today if dated[0].from_birth else started
        first = min(one.valid_from for one in dated if one.valid_from)
        ends = [one.valid_to for one in dated]
        last = None if None in ends else max(end for end in ends if end)
        raise NoEdition(rule_id, day, first, last)

    def cited(self, rule_id: str, key: str) -> Edition:
        """The edition that a stored deadline cites by its key; the overlay's where both layers have it.

        Raises:
            UnknownRule: there is no such rule.
            UnknownEdition: the rule has no edition of that key any more.
        """
        found = self._cited.get((rule_id, key))
        if found is None:
            found = next((each for each in reversed(self.editions(rule_id)) if each.key == key), None)
            if found is None:
                raise UnknownEdition(key)
            self._cited[rule_id, key] = found
        return found

    def _known(self, rule_id: str) -> list[Edition]:
        known = self._editions.get(rule_id)
        if known is None:
            from difflib import get_close_matches

            raise UnknownRule(rule_id, next(iter(get_close_matches(rule_id, self._editions, 1, 0.6)), ""))
        return known


@cache
def load(authority: str = "sefton") -> Rulebook:
    """The shipped rules of an authority; 'england' for the national base alone.

    Raises:
        Mistyped: no rules are shipped for this authority.
        BrokenRules: a row is malformed, overlaps another, or is looser than a protected national limit.
    """
    here = Path(__file__).parent
    names = ["england"] if authority == "england" else ["england", authority]
    if not re.fullmatch(r"[a-z_]+", authority) or not (here / f"rules_{authority}.csv").exists():
        there = ", ".join(sorted(path.stem.removeprefix("rules_") for path in here.glob("rules_*.csv")))
        raise Mistyped(f"There are no rules for the authority '{authority}'; there are rules for {there}.")
    return assemble([(name, (here / f"rules_{name}.csv").read_text(encoding="utf-8-sig")) for name in names])


def assemble(packs: Sequence[tuple[str, str]]) -> Rulebook:
    """Lay packs over each other, the national one first.

    Args:
        packs: a layer's name and its CSV, whose first line may name the pack and say when it was last held
            against its sources: `# sefton-2026.1: ...; read on 2026-11-21; ...`.

    Raises:
        BrokenRules: a row is malformed, overlaps another, or is looser than a protected national limit.
    """
    names, layers = [], []
    read_on: dict[str, date | None] = {}
    for layer, text in packs:
        named = re.match(r"# *([^\s:]+)", text)
        names.append(named[1] if named else layer)
        read = re.match(r"#.*\bread on (\d{4}-\d{2}-\d{2})", text)
        read_on[names[-1]] = date.fromisoformat(read[1]) if read else None
        layers.append(_read(names[-1], layer, text))
    known = {one.rule_id for layer_rows in layers for one in layer_rows}
    for name, rows in zip(names, layers, strict=True):
        faults = [
            f"{one.rule_id} refers to {other}, which is no rule"
            for one in rows
            for other in (one.earliest_of, one.latest_of)
            if "." in other and other not in known
        ]
        faults += _overlaps(rows)
        if rows is not layers[0]:
            faults += _looser(rows, layers[0])
        if faults:
            raise BrokenRules(name, faults)
    return Rulebook("+".join(names), layers, read_on)


def _read(name: str, layer: str, text: str) -> list[Edition]:
    lines = text.splitlines()
    skip = 1 if lines and lines[0].startswith("#") else 0
    table = csv.DictReader(lines[skip:])
    missing = [column for column in COLUMNS if column not in (table.fieldnames or ())]
    if missing:
        raise BrokenRules(name, [f"the column {column} is missing" for column in missing])
    rows, faults = [], []
    for row in table:
        try:
            rows.append(_edition(layer, {key: (row[key] or "").strip() for key in COLUMNS}))
        except ValueError as wrong:
            faults.append(f"line {table.line_num + skip} ({row['rule_id']}): {wrong}")
    if faults:
        raise BrokenRules(name, faults)
    return rows


def _edition(layer: str, row: dict[str, str]) -> Edition:
    for column, allowed in (
        ("count", ("", "inclusive")),
        ("repeat", ("", "yes")),
        ("roll", ("", "none", "school_leaving")),
        ("age_rule", ("", "yes")),
        ("gate", ("", "yes")),
        ("seen", ("yes", "partly", "no")),
    ):
        if row[column] not in allowed:
            raise ValueError(f"{column} is '{row[column]}' and may be {' or '.join(filter(None, allowed))}")
    force = Force(row["force"])
    valid_from, valid_to = (
        date.fromisoformat(row[end]) if row[end] else None for end in ("valid_from", "valid_to")
    )
    if (valid_from is None) != (force is Force.PROSPECTIVE):
        raise ValueError("a prospective row has no valid_from, and every other row has one")
    if valid_from and valid_to and valid_to < valid_from:
        raise ValueError("valid_to is before valid_from")
    return Edition(
        rule_id=row["rule_id"],
        pathway=row["pathway"],
        starts_at=row["starts_at"],
        amount=int(row["amount"]),
        unit=Unit(row["unit"]),
        force=force,
        source=row["source"],
        valid_from=valid_from,
        valid_to=valid_to,
        inclusive=row["count"] == "inclusive",
        by=time.fromisoformat(row["by"]) if row["by"] else None,
        repeat=row["repeat"] == "yes",
        roll=row["roll"],
        earliest_of=row["earliest_of"],
        latest_of=row["latest_of"],
        age_rule=row["age_rule"] == "yes",
        gate=row["gate"] == "yes",
        seen=row["seen"],
        tells=tuple(filter(None, row["tells"].split(";"))),
        title=row["title"],
        note=row["note"],
        layer=layer,
    )


def _overlaps(rows: Iterable[Edition]) -> list[str]:
    faults, latest = [], dict[str, Edition]()
    for one in sorted((row for row in rows if row.valid_from), key=lambda row: row.valid_from or date.max):
        before = latest.get(one.rule_id)
        if before and one.valid_from and before.covers(one.valid_from):
            faults.append(f"{one.rule_id} has two editions in force on {words(one.valid_from)}")
        if before is None or before.valid_to is None or (one.valid_to or date.max) > before.valid_to:
            latest[one.rule_id] = one
    return faults


def _looser(local: Iterable[Edition], base: Iterable[Edition]) -> list[str]:
    return [
        f"{own.rule_id} would allow {own.limit} where the national limit is {national.limit}, "
        "and an authority may only be stricter"
        for own in local
        if own.rule_id in PROTECTED and own.valid_from
        for national in base
        if national.rule_id == own.rule_id and _meet(own, national) and is_looser(own, national)
    ]


def _meet(one: Edition, other: Edition) -> bool:
    if one.valid_from is None or other.valid_from is None:
        return False
    return other.covers(one.valid_from) or one.covers(other.valid_from)


def is_looser(own: Edition, national: Edition) -> bool:
    """Whether the authority's limit can ever fall later (for a gate: sooner) than the national one."""
    if own.gate != national.gate or own.latest_of != national.latest_of or own.age_rule != national.age_rule:
        return True
    if own.unit is national.unit and own.by == national.by:
        figures = own.amount - own.inclusive, national.amount - national.inclusive
        return figures[0] < figures[1] if national.gate else figures[0] > figures[1]
    if Unit.SCHOOL_DAY in (own.unit, national.unit):
        return True  # what a school day comes to depends on the school, so nothing can be shown
    calendar, day = shipped_calendar(), date(2024, 1, 1)
    while day.year < 2032:  # eight years: every weekday on every date, leap years, Easters early and late
        for at in (time(0), time(16), time(23, 59)):
            started = datetime.combine(day, at, tzinfo=LONDON)
            if (
                count(own, started, calendar=calendar).due_at
                > count(national, started, calendar=calendar).due_at
            ):
                return True
        day += ONE_DAY
    return False
