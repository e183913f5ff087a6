"""What goes with an entry that is withdrawn, here and on other cases: worked out before anything is written.

What followed from the entry is told again (`pathways/restating.py`), on its case and on the person's others; what no
longer holds falls with it. What a passing date noted falls by itself; what people did has to be agreed to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from models.as_at import folded, story
from models.beside import others
from models.births import TOLD
from models.change import Change
from models.chronology import entry_title
from models.draft import Draft
from models.viewer import ALL_SEEING
from pathways import sources
from pathways.days import local_day
from pathways.definitions import Pathway
from pathways.engine import Actor
from pathways.errors import NOT_ALLOWED, REFUSED, Mistyped, PathwayError
from pathways.restating import (
    DIED,
    MAY_RESTATE,
    Clocks,
    Fallen,
    Now,
    Retold,
    Told,
    retell,
    running_at,
    starts_at,
    withdrawn,
)
from pathways.roles import Role

LEEWAY = timedelta(hours=1)
"""By how much a computer's clock may have been set back between an entry and what followed from it."""


class RefusedUndo(PathwayError):
    """An entry cannot be withdrawn. Arguments: reference, reasons, what can be done instead, whether by their role, the rule."""

    @property
    def code(self) -> int:  # type: ignore[override]
        """4 where the actor may not; 3 otherwise."""
        return NOT_ALLOWED if self.args[3] else REFUSED

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why not, each a sentence."""
        found: tuple[str, ...] = self.args[1]
        return found

    @property
    def ways(self) -> tuple[str, ...]:
        """What can be done instead."""
        found: tuple[str, ...] = self.args[2]
        return found

    @property
    def rule(self) -> str:
        """The rule that says no, in a sentence with its source; empty where the record itself stands in the way."""
        return str(self.args[4])

    def __str__(self) -> str:
        rule = f" Rule: {self.rule}" if self.rule else ""
        return f"Undo on {self.args[0]} is refused. {' '.join(self.reasons)}{rule} Nothing was changed."


@dataclass(slots=True)
class Part:
    """One case that an undo changes."""

    draft: Draft
    entries: list[Told]
    before: dict[int, int]
    was: Now
    visible: bool
    targets: set[int] = field(default_factory=set)
    told: Retold | None = None
    clocks: Clocks | None = None

    @property
    def reference(self) -> str:
        """The case's reference."""
        return self.draft.reference

    def told_as(self, seq: int) -> Told:
        """The entry of that number."""
        return self.entries[seq - 1]

    @property
    def only_lives(self) -> bool:
        """Whether only a birth or a death falls here that was told from another case, with what a passing date noted."""
        fall = [self.told_as(each) for each in self.targets]
        return all(each.by_clock or each.action in (TOLD, DIED) for each in fall)

    @property
    def only_told(self) -> bool:
        """Whether only births fall here that were told from another case: what people did since stands without them."""
        return all(self.told_as(each).action == TOLD for each in self.targets)

    def went_on(self, seq: int) -> Told | None:
        """The first thing that people have done here since an entry, and that stands and stays."""
        return next(
            (
                each
                for each in self.entries[seq:]
                if not (each.by_clock or each.idle or each.seq in self.before or each.seq in self.targets)
            ),
            None,
        )


class Undoing:
    """One undo under way, inside its transaction.

    `own` is the case that it was asked for, `parts` are all the cases that it could change, by reference; `links` are the
    entries that follow on other cases from one, `fallen` what falls on its own case with the entry. `role` is that in
    which the actor withdraws it.
    """

    def __init__(self, change: Change, draft: Draft, actor: Actor, by: Role | None) -> None:
        self.change, self.draft, self.actor, self.by = change, draft, actor, by
        self.tx = change.tx
        self.parts: dict[str, Part] = {}
        self.links: dict[tuple[str, int], list[tuple[str, int]]] = {}
        self.fallen: list[Fallen] = []
        self.left: dict[str, int] = {}
        """Cases out of sight that stay as they are, since work rests there on what was told; each with that entry."""
        self.reopened: list[int] = []
        self.learned: list[tuple[Part, dict[str, Any]]] = []
        self.role = ""
        self.decided = False
        """Whether a manager of the pathway decides, and not the one who made the entry."""
        self.own = self._part(draft, visible=True)

    def _part(self, draft: Draft, *, visible: bool) -> Part:
        assert draft.case_id is not None
        entries = story(self.tx, draft.reference, draft.case_id, seen_by=ALL_SEEING)
        part = Part(draft, entries, withdrawn(entries), folded(draft.pathway, entries), visible)
        self.parts[draft.reference] = part
        for each in entries:
            if each.comes_from:
                self.links.setdefault(each.comes_from, []).append((draft.reference, each.seq))
        return part

    def what_it_is_about(self, told: Told) -> str:
        """The action that an entry made, withdrew, or put back."""
        while told.voids is not None:
            told = self.own.told_as(told.voids)
        return told.action

    def no(
        self, *reasons: str, ways: tuple[str, ...] = (), theirs: bool = False, rule: str = ""
    ) -> RefusedUndo:
        """A refusal; `theirs`: because of the actor's role, and not of what was recorded."""
        return RefusedUndo(self.own.reference, reasons, ways, theirs, rule)

    def not_theirs(self, made: str, told: Told) -> RefusedUndo:
        """A refusal that says who decides; a coordinator may write their decision down."""
        managers = MAY_RESTATE[self.draft.pathway.name]
        whose = " or ".join(role.label for role in managers)
        ways: tuple[str, ...] = (f"Ask the {whose}.",)
        if Role.COORDINATOR in self.actor.roles:
            name = managers[0].value.replace("_", "-")
            ways = (
                "Write down their decision:",
                f"pathways undo {self.own.reference} --entry {told.seq} --by {name}",
            )
        return self.no(
            f"{made}; to undo it is a decision for the {whose}.",
            ways=ways,
            theirs=True,
            rule=f"Who wrote an entry may withdraw it on the same day; then it is for a manager ({sources.OURS}).",
        )

    def plan(self, told: Told, confirmed: tuple[int, ...], *, asked: bool) -> None:
        """Work out everything that goes with the entry, here and on other cases.

        Raises:
            RefusedUndo: something that goes with it cannot be withdrawn, or was not agreed to.
        """
        visible = {
            row.reference for row in self.tx.all("cases_of_whole_person", person_id=self.draft.person_id)
        } | {row.reference for row in self.tx.all("cases_of_siblings", person_id=self.draft.person_id)}
        for other in self._others(told.at):
            self._part(other, visible=other.reference in visible)
        self._withdraw([(self.own.reference, told.seq)])
        for part in self.changed():
            self._may_be_left(part)
        if not self.decided:
            self._may_fall(told)
        if asked and {each.entry.seq for each in self.fallen if not each.entry.by_clock} - {*confirmed}:
            falling = together(each for each in self.fallen if not each.entry.by_clock)
            named = [(named_in(self.draft.pathway, entries), why) for entries, why in falling]
            raise self.no(
                *(
                    f"{what} {'rests' if what.startswith('Entry') else 'rest'} on it: {why}."
                    for what, why in named
                ),
                ways=("To undo them with it, add --with-what-follows",),
            )

    def take_back(self, seq: int) -> None:
        """Work out what goes with an entry that was told on this case from another, and no longer is.

        Raises:
            Mistyped: what a person recorded here rests on it.
        """
        for other in others(self.change, self.draft, self._stirred(self.own.told_as(seq).at)):
            self._part(other, visible=False)
        self._withdraw([(self.own.reference, seq)])
        resting = next((each.entry for each in self.fallen if not each.entry.by_clock), None)
        if resting is not None:
            raise Mistyped(
                f"Entry {resting.seq} of {self.own.reference} rests on the birth that was told there through this link. "
                f"Undo it first: pathways undo {self.own.reference} --entry {resting.seq}"
            )

    def _may_fall(self, told: Told) -> None:
        """One's own mistake of the day takes with it one's own steps of the day; others' are for a manager."""
        for each in self.fallen:
            if not (each.entry.by_clock or self.own_today(each.entry)):
                said = named_in(self.draft.pathway, [each.entry])
                raise self.not_theirs(f"{said} rests on it, and is not your own of today", told)

    def own_today(self, told: Told) -> bool:
        """Whether the actor made an entry, on this London day."""
        return told.actor == self.actor.name and local_day(told.at) == self.change.today

    def _others(self, since: datetime) -> Iterable[Draft]:
        """The cases on which something may follow from an entry of that moment: its person's, and brothers' and sisters'.

        What follows from an entry is written with it or later. A case that has lain still since then is not read, so
        that the cases which somebody may not see do not show in how much an undo asks of the database.
        """
        stirred = self._stirred(since)
        yield from others(self.change, self.draft, stirred)
        siblings = self.tx.all("cases_of_siblings", person_id=self.draft.person_id, seen_by=ALL_SEEING)
        for reference in dict.fromkeys(row.reference for row in siblings if row.reference in stirred):
            yield self.change.load_beside(reference)

    def _stirred(self, since: datetime) -> set[str]:
        rows = self.tx.all(
            "cases_stirred_since", person_id=self.draft.person_id, since=since - LEEWAY, seen_by=ALL_SEEING
        )
        return {row.reference for row in rows}

    def _withdraw(self, waiting: list[tuple[str, int]]) -> None:
        put_back: set[tuple[str, int]] = set()
        while waiting:
            reference, seq = waiting.pop()
            part = self.parts[reference]
            if reference in self.left:
                continue
            if seq in part.targets or (seq in part.before and (reference, seq) not in put_back):
                continue
            part.targets.add(seq)
            waiting += self.links.get((reference, seq), [])
            if waiting:
                continue
            for each in self.changed():
                self._retell(each)
                assert each.told is not None
                for fallen in each.told.fallen:
                    if fallen.entry.seq not in each.targets:
                        waiting.append((each.reference, fallen.entry.seq))
                        put_back.add((each.reference, fallen.entry.seq))
                        if each is self.own:
                            self.fallen.append(fallen)
                        elif not fallen.entry.by_clock:
                            self._stays(each, fallen.entry)
                            break

    def changed(self) -> list[Part]:
        """The cases on which something falls."""
        return [each for each in self.parts.values() if each.targets]

    def _retell(self, part: Part) -> None:
        number = part.draft.seq + 1
        gone = withdrawn(part.entries, dict.fromkeys(part.targets, number))
        start = starts_at(part.entries, gone, part.before)
        assert part.draft.case_id is not None
        rows = self.tx.all("deadlines_of_case", case_id=part.draft.case_id)
        part.clocks = Clocks(part.draft.pathway, rows, self.change.rules, start)
        part.told = retell(part.draft.pathway, part.entries, gone, before=part.before, watching=part.clocks)
        if 1 in gone:
            part.clocks.running = []
        elif start == 1:
            # The opening itself is put back: what ran when it was withdrawn runs again as it did.
            part.clocks.running = running_at(rows, min(part.targets) - 1)

    def _may_be_left(self, part: Part) -> None:
        """On other cases nobody has done anything since; a case that is taken back altogether is untouched."""
        first = min(part.targets)
        if part is not self.own and not part.only_told:
            later = part.went_on(first)
            if later is not None:
                self._stays(part, later)
        elif first == 1 and part.entries[0].seq in part.targets:
            later = part.went_on(1)
            if later is not None:
                raise self.no(
                    f"The case has gone on since it was opened (entry {later.seq}: {entry_title(part.draft.pathway, later)}).",
                    ways=("Close it with a reason:", f"pathways next {part.reference}"),
                )
        reopened = part.told is not None and part.told.now.is_open and not part.draft.is_open
        if reopened and not part.draft.pathway.restricted:
            there = self.tx.one(
                "open_case_of_person", person_id=part.draft.person_id, pathway=part.draft.pathway.name
            )
            if there is not None and there.reference != part.reference:
                raise self.no(
                    f"{part.reference} would be open again, and there is an open case on this pathway already."
                )

    def _stays(self, part: Part, later: Told) -> None:
        """Leave a case as it is that the actor does not see, where work rests on a birth or a death told there.

        Raises:
            RefusedUndo: any other.
        """
        if part.visible or not part.only_lives:
            raise self._gone_on(part, later)
        self.left[part.reference] = min(part.targets)
        part.targets.clear()
        part.told = None

    def _gone_on(self, part: Part, later: Told) -> RefusedUndo:
        if not part.visible:
            whose = " or ".join(role.label for role in MAY_RESTATE[self.draft.pathway.name])
            return self.no("More rests on it than can be withdrawn from here.", ways=(f"Ask the {whose}.",))
        return self.no(
            f"It was passed on to {part.reference}, and that has gone on since "
            f"(entry {later.seq}: {entry_title(part.draft.pathway, later)}).",
            ways=("See what to undo there first:", f"pathways chronology {part.reference}"),
        )


def together(fallen: Iterable[Fallen]) -> list[tuple[list[Told], str]]:
    """Entries that fall for the same reason, in one: the entries and the reason."""
    found: dict[str, list[Told]] = {}
    for each in fallen:
        found.setdefault("; ".join(each.why), []).append(each.entry)
    return [(entries, why) for why, entries in found.items()]


def named_in(found: Pathway, entries: list[Told]) -> str:
    """'Entry 5 (Invitations sent)', 'Entries 5 (Invitations sent) and 6 (Family met)'."""
    named = [f"{each.seq} ({entry_title(found, each)})" for each in entries]
    listed = " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    return f"{'Entry' if len(named) == 1 else 'Entries'} {listed}"
