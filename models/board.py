"""The board: the open cases of a pathway, by the stage at which each waits, the most urgent first. Reads only.

A restricted case is on no board but the one that asks for nothing else, since others may look at the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.queries import MANY, Task, work
from models.transaction import Transaction
from pathways import NAMES, pathway
from pathways.child_protection import PLAN_LASTS
from pathways.conference_ledger import stage_of
from pathways.conference_stages import STAGES
from pathways.definitions import CaseFacts, Pathway

CONFERENCES = "child_protection"
CORE_GROUPS = STAGES[-1].number
MOST = 2_000


@dataclass(frozen=True, slots=True)
class Card:
    """A case on the board; `task` is what is due on it first, None where no clock runs."""

    reference: str
    stage: str
    lead: str
    task: Task | None


@dataclass(frozen=True, slots=True)
class Board:
    """The stages of one pathway in order, each with its cases; `in_all` counts those too that are not read."""

    pathway: Pathway
    stages: tuple[tuple[str, tuple[Card, ...]], ...]
    in_all: int

    @property
    def cards(self) -> list[Card]:
        """Every card, stage by stage."""
        return [card for _, cards in self.stages for card in cards]


def pathways_with_cases(
    tx: Transaction, narrowed: Mapping[str, str], *, restricted: bool = False
) -> dict[str, int]:
    """The pathways that have cases for this board, with how many, in the order of the pathways."""
    statement = "count_restricted_on_board" if restricted else "count_cases_on_board"
    counted = {row.pathway: int(row.cases) for row in tx.all(statement, **narrowed)}
    return {name: counted[name] for name in NAMES if name in counted}


def board(
    tx: Transaction,
    narrowed: Mapping[str, str],
    order: Callable[[Task], Any],
    until: datetime,
    *,
    in_all: int,
    restricted: bool = False,
) -> Board:
    """The board of the pathway in `narrowed`.

    Args:
        narrowed: as `queries.filters` gives it; it names the pathway.
        order: where a task stands in a list of work.
        until: tasks after this moment are left out.
        in_all: how many cases there are, from `pathways_with_cases`.
        restricted: the restricted cases, and no others.
    """
    found = pathway(narrowed["pathway"])
    first: dict[str, Task] = {}
    for task in sorted(work(tx, until, narrowed, MANY), key=order):
        first.setdefault(task.reference, task)
    rows = tx.all("restricted_on_board" if restricted else "cases_on_board", most=MOST, **narrowed)
    cards = [
        Card(
            row.reference,
            stage_words(found, row.state, CaseFacts(row.facts, found.known)),
            row.lead or "",
            first.get(row.reference),
        )
        for row in rows
    ]
    last = len(cards)
    place = {task.reference: number for number, task in enumerate(first.values())}
    cards.sort(key=lambda card: (place.get(card.reference, last), card.reference))
    named = {stage: tuple(card for card in cards if card.stage == stage) for stage in _stages(found)}
    always = {_numbered(stage.number) for stage in STAGES} if found.name == CONFERENCES else set()
    return Board(found, tuple(each for each in named.items() if each[1] or each[0] in always), in_all)


def stage_words(found: Pathway, state: str, facts: CaseFacts) -> str:
    """What the board calls the place of a case: a stage of the conference, or the pathway's words for its state."""
    if found.name == CONFERENCES:
        stage = stage_of(state, facts) or (CORE_GROUPS if state in PLAN_LASTS else None)
        if stage is not None:
            return _numbered(stage)
    return found.state(state).label


def _numbered(stage: int) -> str:
    return f"{stage} {STAGES[stage - 1].label}"


def _stages(found: Pathway) -> list[str]:
    """Every place on the board of a pathway, in order: what comes before a conference, its stages, what comes after."""
    labels = [state.label for state in found.states]
    if found.name != CONFERENCES:
        return labels
    places = [each.name for each in found.states].index("awaiting_icpc")
    return [*labels[:places], *(_numbered(stage.number) for stage in STAGES), *labels[places:]]
