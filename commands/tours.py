"""The tours: for each, the invented cases it needs and its steps; each step says what to type and what then shows.

A step is done when the answer holds what it `shows` and ends with its code. `{0}` is the reference of the first case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pathways.errors import NOT_FOUND, REFUSED
from pathways.roles import Role

if TYPE_CHECKING:
    from models.practice import Practice


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to type. `full`: with its answers, for where it is typed for somebody; `away`: by a colleague."""

    says: str
    line: str
    shows: str
    full: str = ""
    code: int = 0
    away: bool = False


@dataclass(frozen=True, slots=True)
class Tour:
    """Steps for somebody in a role, over cases of their own."""

    title: str
    role: Role
    cases: Callable[[Practice], list[str]]
    steps: tuple[Step, ...]


def _conferences(practice: Practice) -> list[str]:
    from models.practice import STORIES

    return list(islice(STORIES["conferences"](practice), 2, 3))


def _missing(practice: Practice) -> list[str]:
    from models.practice import STORIES

    return list(islice(STORIES["missing"](practice), 2, 3))


def _early_help(practice: Practice) -> list[str]:
    from models.practice import STORIES

    return list(islice(STORIES["early_help"](practice), 2, 3))


def _allegations(practice: Practice) -> list[str]:
    return [practice.open("allegations", "to_officer", 2, kind="adult")]


TOURS: dict[str, Tour] = {
    "coordinator": Tour("A conference on its way to the day", Role.COORDINATOR, _conferences, (
        Step("Your day begins with the list of what is to be done, the most urgent first.", "worklist all", "{0}"),
        Step("One case: who, where it stands, its stages and its dates.", "show {0}", "Agency reports in"),
        Step("What can be done now, what not yet, and what would open it.", "next {0}", "Not yet"),
        Step("A refusal is an answer: every reason, and what can be done. Try to start too early.",
             "do {0} start-conference", "Nothing was changed.",
             "do {0} start-conference --no-input", REFUSED),
        Step("Every date proves itself, day by day.", "why {0} conference", "working days after"),
        Step("What the conference lacks: reports by agency, who is invited.", "conference {0}", "police"),
        Step("See what a reminder would do before it goes.", "remind {0} --dry-run", "police"),
        Step("Write a note: fact, opinion and decision are kept apart.", "note {0} --kind fact", "saved - entry",
             "do {0} note --answer nature=fact --answer 'text=The school rang back.' --no-input"),
        Step("A mistake is withdrawn, and stays readable. The record only grows.", "undo {0}", "Undone",
             "undo {0} --because 'written on the wrong case' --no-input"),
        Step("And the record proves that it is whole.", "audit verify", "Complete: no entry is missing"),
    )),
    "cme": Tour("A child who is missing from education", Role.CME_COORDINATOR, _missing, (
        Step("What is to be done for the children on your list.", "worklist all --pathway missing_education", "{0}"),
        Step("One child: where the enquiries stand, and the dates in school days.", "show {0}", "Next:"),
        Step("What can be done now, and by whom.", "next {0}", "You can do now"),
        Step("Why a date is that date: the days that count, one by one.", "why {0}", "{0}"),
        Step("What has happened, in order, with the page of the file.", "chronology {0}", "Page"),
        Step("Nobody leads this case yet. List what nobody leads.", "assign", "{0}"),
        Step("Take it: it is on your own list from now on.", "assign {0} --take", "is led by practice"),
        Step("Write down what you were told on the telephone.", "note {0} --kind fact", "saved - entry",
             "do {0} note --answer nature=fact --answer 'text=A neighbour says they moved.' --no-input"),
        Step("Write the next step down for the file with --dry-run first: nothing is kept.", "note {0} --kind opinion --dry-run",
             "Would", "do {0} note --answer nature=opinion --answer 'text=They may have left the country.' --no-input --dry-run"),
        Step("And the record proves that it is whole.", "audit verify", "Complete: no entry is missing"),
    )),
    "allegations": Tour("A case that only few may see", Role.LADO, _allegations, (
        Step("Who you are here, and what your role clears you for.", "whoami", "Cleared"),
        Step("Your list holds the allegation, under a reference that is drawn at random.", "worklist all", "{0}"),
        Step("Every look at it is recorded, before anything is shown.", "show {0}", "This look has been recorded"),
        Step("Who may see it, since when, on whose word.", "access why {0}", "designated officer"),
        Step("What can be done now.", "next {0}", "You can do now"),
        Step("Write a note on it.", "note {0} --kind fact", "saved - entry", "do {0} note --answer nature=fact --answer 'text=The employer rang.' --no-input"),
        Step("Your looks stand on the case's own trail.", "audit show {0}", "looked"),
        Step("Now as a colleague without that role: the case is not locked, it is not there.", "show {0}",
             "There is no case", "", NOT_FOUND, away=True),
        Step("Nor does the colleague's list say that something is hidden.", "worklist all", "Nothing is due", away=True),
        Step("And the record proves that it is whole, what you may not see included.", "audit verify", "Complete: no entry is missing"),
    )),
    "early-help": Tour("Early help, from consent to review", Role.LEAD_PROFESSIONAL, _early_help, (
        Step("Reviews and meetings that are due.", "worklist all --pathway early_help", "{0}"),
        Step("One family's plan: where it stands, its dates.", "show {0}", "Next:"),
        Step("What can be done now.", "next {0}", "You can do now"),
        Step("Why the next date is that date.", "why {0}", "{0}"),
        Step("What has happened so far.", "chronology {0}", "Page"),
        Step("Who is in the family.", "people {0}", "the person of this case"),
        Step("Write down what the family says.", "note {0} --kind opinion", "saved - entry",
             "do {0} note --answer nature=opinion --answer 'text=They feel heard.' --no-input"),
        Step("Nobody leads this plan yet in your name. Take it.", "assign {0} --to practice", "is led by practice"),
        Step("The answer for a program: the same, as JSON.", "show {0} --json", "pathways.show/1"),
        Step("And the record proves that it is whole.", "audit verify", "Complete: no entry is missing"),
    )),
}  # fmt: skip
"""Every tour, by the word that names it."""
