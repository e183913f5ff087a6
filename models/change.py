"""What one transaction changes: cases loaded or begun, kept in memory until all is known, then written together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from secrets import choice, randbelow
from typing import Any

from models.draft import Draft
from models.draft_rows import load_draft, write_draft
from models.people import learn
from models.transaction import Transaction
from models.viewer import ALL_SEEING
from pathways.clocks import Rules
from pathways.days import local_day
from pathways.definitions import Pathway

REFERENCE_DIGITS = 4
RANDOM_LETTERS = 7
DIGITS, CONSONANTS = "23456789", "BCDFGHJKMNPQRSTVWXZ"
ABOUT_SOMEBODY = 0x70617468
"""The first half of PostgreSQL's advisory locks for whoever decides where a person stands; the second is the person's."""
_HOLD = (
    "SELECT pg_advisory_xact_lock(%s, (coalesce((SELECT person_id FROM person_link WHERE other_id = %s AND ended_at IS NULL), "
    "%s) %% 2147483647)::integer)"
)
"""Two records of one person are held as one: the record that is shown for both."""


@dataclass(slots=True)
class Change:
    """Everything that one transaction writes: the case asked about and those that follow from it.

    `opened` and `told` are cases that a decision opened, or told a birth, beside its own. `lives` are births and deaths
    learned, by person; they are written with the rest.
    """

    tx: Transaction
    now: datetime
    rules: Rules
    drafts: list[Draft] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    lives: dict[int, dict[str, str]] = field(default_factory=dict)
    _cases: dict[int, list[Any]] = field(default_factory=dict)
    _marked: bool = False

    @property
    def today(self) -> date:
        """The London day on which this is written."""
        return local_day(self.now)

    def load(self, reference: str) -> Draft:
        """The case as this change has it: loaded once, then the same draft."""
        if not self.drafts:
            return load_draft(self.tx, reference)
        return self._loaded(reference) or load_draft(self.tx, reference)

    def load_beside(self, reference: str) -> Draft:
        """As `load`, for a case that a decision on another reaches, whether or not the actor may see it."""
        return self._loaded(reference) or load_draft(self.tx, reference, seen_by=ALL_SEEING)

    def cases_of(self, person_id: int) -> list[Any]:
        """The rows of a person's cases, whoever may see them, as they were before this change.

        From here on until it is over, nobody else decides where the person stands: else each of two at once would find
        that nothing stands in the way, and the person would be on one pathway twice.
        """
        if person_id not in self._cases:
            with _held(self.tx, person_id):
                found = self.tx.all("cases_of_whole_person", person_id=person_id, seen_by=ALL_SEEING)
            self._cases[person_id] = found
        return self._cases[person_id]

    def _loaded(self, reference: str) -> Draft | None:
        for each in self.drafts:
            if each.reference == reference:
                return each
        return None

    def keep(self, draft: Draft) -> None:
        """Write this draft too, as a change of substance."""
        draft.version += 1
        if draft not in self.drafts:
            self.drafts.append(draft)

    def fresh(
        self, found: Pathway, person_id: int, episode_id: int, state: str, opened_at: datetime, team: str = ""
    ) -> Draft:
        """A new case in memory, with a reference of its own. Somebody's new case is as restricted as they are."""
        gate = self.tx.need("gate_of_person", person_id=person_id)
        restricted = found.restricted or gate.by_hand
        draft = Draft(
            pathway=found,
            reference=draw_reference(self.tx, found, self.today.year, restricted=restricted),
            person_id=person_id,
            episode_id=episode_id,
            state=state,
            facts={},
            opened_at=opened_at,
            changed_at=self.now,
            team=team or found.team,
            restricted=restricted,
            guarded=restricted or gate.guarded,
        )
        self.drafts.append(draft)
        return draft

    def episode(self, person_id: int, opened_on: date) -> int:
        """Begin an episode of involvement with a person."""
        key = self.tx.new_key("episode")
        self.tx.run(
            "import_episode",
            id=key,
            person_id=person_id,
            opened_on=opened_on,
            closed_on=None,
            closure_reason=None,
            referral_source=None,
            primary_need=None,
            basis="witnessed",
            source_key=None,
            details={},
            recorded_at=self.now,
        )
        return key

    def write_ahead(self) -> None:
        """Say that something is written before all is known: a number drawn, a twin's record. `take_back` undoes it."""
        if not self._marked:
            self.tx.mark()
            self._marked = True

    def take_back(self) -> None:
        """Forget everything: what has not been written, and what was written ahead."""
        if self._marked:
            self.tx.back_to_the_mark()
        self.drafts.clear()
        self.opened.clear()
        self.told.clear()
        self.lives.clear()

    def write(self) -> None:
        """Write every draft, and what was learned of people's births and deaths.

        The adult whom a new restricted case is about is kept out of it, where they are on the staff register.
        """
        for draft in self.drafts:
            about_staff = draft.pathway.restricted and draft.case_id is None
            write_draft(self.tx, draft)
            if about_staff:
                from models.subjects import keep_subject_out

                keep_subject_out(self.tx, draft, self.now)
        for person_id, learned in self.lives.items():
            learn(self.tx, person_id, learned, self.now)
        for episode_id in {each.episode_id for each in self.drafts if not each.is_open}:
            self.tx.run("close_episode", episode_id=episode_id, closed_on=self.today)


@contextmanager
def _held(tx: Transaction, person_id: int) -> Iterator[None]:
    """Wait on PostgreSQL for whoever decides about the person; it goes over with what is asked in here. SQLite has one lock."""
    if tx.dialect == "sqlite":
        yield
        return
    with tx.connection.pipeline():
        tx.connection.execute(_HOLD, (ABOUT_SOMEBODY, person_id, person_id))
        yield


def draw_reference(tx: Transaction, found: Pathway, year: int, *, restricted: bool) -> str:
    """A new reference, never given twice: the next of the year, as CP-2026-0041.

    A restricted case's is drawn at random, outside every sequence, as LADO-7KQ4M: no gap tells that there is one.
    """
    if restricted:
        drawn = [choice(DIGITS + CONSONANTS) for _ in range(RANDOM_LETTERS - 1)]
        drawn.insert(
            randbelow(RANDOM_LETTERS), choice(DIGITS)
        )  # never all letters: it is not taken for a name
        return f"{found.prefix}-{''.join(drawn)}"
    row = tx.need("draw_number", prefix=found.prefix, year=year, last=1)
    return f"{found.prefix}-{year}-{row.last:0{REFERENCE_DIGITS}d}"
