"""What one transaction changes: cases loaded or begun, kept in memory until all is known, then written together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from secrets import choice, randbelow
from typing import Any, ClassVar

from models.draft import Draft
from models.people import learn
from models.transaction import Transaction
from models.viewer import ALL_SEEING, Viewer
from pathways import pathway
from pathways.clocks import Rules
from pathways.days import local_day
from pathways.definitions import Pathway
from pathways.errors import CONFLICT, NOT_FOUND, NotReady, PathwayError
from pathways.trail import FAMILY, LOOKS, OWNER, QUIET

REFERENCE_DIGITS = 4
RANDOM_LETTERS = 7
DIGITS, CONSONANTS = "23456789", "BCDFGHJKMNPQRSTVWXZ"


class NoSuchCase(PathwayError):
    """No case has this reference, or none that the actor may see: the same words for both."""

    code: ClassVar[int] = NOT_FOUND

    def __str__(self) -> str:
        return f"There is no case {self.args[0]}."


class ChangedMeanwhile(PathwayError):
    """The case is no longer as the actor saw it. Arguments: reference, when it changed."""

    code: ClassVar[int] = CONFLICT

    def __str__(self) -> str:
        return (
            f"Somebody changed {self.args[0]} while you had it open. Nothing was saved. "
            f"Look again, then repeat: pathways show {self.args[0]}"
        )


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
        """The rows of a person's cases, whoever may see them, as they were before this change."""
        if person_id not in self._cases:
            self._cases[person_id] = self.tx.all(
                "cases_of_whole_person", person_id=person_id, seen_by=ALL_SEEING
            )
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

    def take_back(self) -> None:
        """Forget everything that has not been written."""
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
                from models.staff import keep_subject_out

                keep_subject_out(self.tx, draft, self.now)
        for person_id, learned in self.lives.items():
            learn(self.tx, person_id, learned, self.now)
        for episode_id in {each.episode_id for each in self.drafts if not each.is_open}:
            self.tx.run("close_episode", episode_id=episode_id, closed_on=self.today)


def load_draft(tx: Transaction, reference: str, **seen_by: Viewer) -> Draft:
    """The case, locked for this change. `seen_by`: for whom it is looked up, where not for the store's viewer.

    Raises:
        NoSuchCase: there is none of that reference.
        NotReady: it runs under a definition that this version of the program does not have.
    """
    rows, running = tx.together(
        ("case_to_change", {"reference": reference, **seen_by}),
        ("clocks_to_change", {"reference": reference}),
    )
    if not rows:
        raise NoSuchCase(reference)
    (row,) = rows
    tx.waited = row.waiting
    found = pathway(row.pathway)
    if row.definition != found.version:
        raise NotReady(
            f"{reference} runs under version {row.definition} of its pathway, and this program has {found.version}. "
            "Nothing was changed; ask the operator to move open cases to the new version."
        )
    return Draft.of(found, row, running, row.page)


def write_draft(tx: Transaction, draft: Draft) -> None:
    """Write one case's changes: its row, entries, records and clocks.

    Raises:
        ChangedMeanwhile: the row is no longer at the version that was read.
    """
    entries = draft.entries
    case: tuple[str, list[dict[str, Any]]]
    if draft.case_id is None:
        draft.begins_as(tx.new_key("case"))
        case = "import_case", [{"id": draft.case_id, **draft.row()}]
    else:
        step = 0
        for each in entries:
            if not each["action"].startswith(QUIET):
                step = 1
                break
        case = "change_case", [{
            "case_id": draft.case_id, "seen": draft.version - step, "step": step, "reference": draft.reference,
            "state": draft.state, "is_open": draft.is_open, "outcome": draft.outcome, "facts": draft.facts,
            "seq": draft.seq, "head": draft.head, "team": draft.team, "lead": draft.lead,
            "closed_at": draft.closed_at, "changed_at": draft.changed_at,
        }]  # fmt: skip
    changed = tx.several((
        case,
        ("add_trail", entries),
        ("add_payload", draft.payloads),
        ("add_record", draft.records),
        ("void_record", draft.voided),
        ("close_deadline", draft.stopped),
        ("add_deadline", [each.values for each in draft.begun] + draft.again),
        ("add_outbox", [_message(draft, each) for each in entries if not each["action"].startswith(UNTOLD)]),
    ))  # fmt: skip
    if changed != 1:
        raise ChangedMeanwhile(draft.reference)
    tx.entered += len(entries)


UNTOLD = (*LOOKS, FAMILY, OWNER)
"""How the entries begin of which nobody else hears."""
CHANGED = (
    "reference", "state", "is_open", "outcome", "facts", "seq", "head", "team", "lead", "closed_at",
    "changed_at",
)  # fmt: skip
"""What of a draft's row is written anew; the reference says with which key."""


def _message(draft: Draft, entry: Mapping[str, Any]) -> dict[str, Any]:
    """What others hear of an entry: reference, action, states; never a name or a reason."""
    refused = entry["action"].startswith("refused:")
    return {
        "key": f"{entry['case_ref']}/{entry['seq']}",
        "event": "pathways.move.refused" if refused else "pathways.move",
        "case_ref": entry["case_ref"],
        "pathway": draft.pathway.name,
        "team": draft.team,
        "rule": entry["rule"],
        "due_on": None,
        "to_roles": "",
        "effective_at": entry["effective_at"],
        "recorded_at": entry["at"],
        "done_at": None,
    }


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
