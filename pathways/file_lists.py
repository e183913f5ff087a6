"""The lists that a safeguarding lead keeps of the files: under which heading a child stands. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Any

from pathways.compatibility import EARLY_HELP_PLAN, IN_NEED_PLAN, PROTECTION_PLAN
from pathways.definitions import Pathway


class Heading(IntEnum):
    """Where a child stands on the central list. The first that fits is the one that counts."""

    PROTECTION = 1
    IN_NEED = 2
    EARLY_HELP = 3
    WATCHED = 4
    HISTORIC = 5

    @property
    def label(self) -> str:
        """The heading in words."""
        return _LABELS[self]


_LABELS = {
    Heading.PROTECTION: "Child protection plan",
    Heading.IN_NEED: "Child in need plan",
    Heading.EARLY_HELP: "Early help plan",
    Heading.WATCHED: "Watched",
    Heading.HISTORIC: "Historic concern",
}
WATCHED = "watched"
"""The mark on a case or a person by which somebody says that a child is being watched."""
_PLANS = {
    "child_protection": (PROTECTION_PLAN, Heading.PROTECTION),
    "child_in_need": (IN_NEED_PLAN, Heading.IN_NEED),
    "early_help": (EARLY_HELP_PLAN, Heading.EARLY_HELP),
}
LISTED = tuple(_PLANS)
CONCERNS = (
    "front_door", "encompass", "genital_mutilation", "prevent", "modern_slavery", "missing_child", "neglect_screen",
)  # fmt: skip
"""The pathways on which a concern about a child is brought."""
OUTCOMES = {
    "advice_signpost": "Advice given",
    "already_open": "Open already: passed to the worker",
    "declined": "Return interview declined",
    "died": "Died, or the pregnancy ended",
    "early_help": "Passed to early help",
    "immediate_protection": "Protected at once",
    "info_only": "Kept as information",
    "interviewed": "Return interview held",
    "no_duty": "No duty to report",
    "no_further_action": "No further action",
    "not_missing": "Was not missing",
    "not_notified": "Home Office not notified",
    "not_referred": "Not referred",
    "not_sent": "No notice to be sent",
    "nothing_further": "Nothing further",
    "notified": "Home Office notified",
    "redirect_agency": "Redirected to another agency",
    "referred": "Referred",
    "reported": "Reported to the police",
    "s17_assessment": "Assessment under section 17",
    "specialist_assessment": "Specialist assessment asked for",
    "strategy_s47": "Strategy discussion",
    "supported": "Supported; no referral needed",
}
"""What became of a concern, in the words of the list."""


def heading(pathway: str, state: str, *, is_open: bool, watched: bool) -> Heading | None:
    """Under which heading one case puts its child; None where it puts them under none.

    A case that is open and not yet on a plan (an enquiry, an assessment) is no plan and no history.
    """
    found = _PLANS.get(pathway)
    if found and is_open and state in found[0]:
        return found[1]
    if watched:
        return Heading.WATCHED
    return None if is_open else Heading.HISTORIC


def first(headings: Iterable[Heading | None]) -> Heading | None:
    """The heading of a child with several cases: of plans the one that protects most, then watching, then history."""
    return min((each for each in headings if each is not None), default=None)


def brought(found: Pathway, facts: Mapping[str, Any]) -> str:
    """How a concern was brought, by whom and at which level, as far as its case knows."""
    entry = next(
        (each for each in found.entries if each.emits and all(one.event in facts for one in each.emits)),
        found.entries[0],
    )
    what = entry.records.title if entry.records else found.title.partition(":")[0]
    level = f"level {facts['level']}" if facts.get("level") else ""
    more = ", ".join(filter(None, (facts.get("referrer"), level)))
    return f"{what}: {more}" if more else what
