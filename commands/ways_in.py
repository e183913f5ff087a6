"""The words that `open` takes: one for each way into each pathway, in the groups in which help lists them.

Kept as words, so that help opens no definition; a test holds that every entry of every pathway stands here once,
with its own sentence.
"""

from __future__ import annotations

from difflib import get_close_matches

from commands import screen
from pathways.errors import Mistyped

WAYS: dict[str, dict[str, tuple[str, str, str]]] = {
    "A worry about a child": {
        "referral": ("front_door", "referral", "Take a referral that has arrived"),
        "phone-call": ("front_door", "phone", "Refer a child by telephone"),
        "concern": ("front_door", "concern", "Note a concern about a child"),
    },
    "Help and protection": {
        "early-help": ("early_help", "early_help", "Offer early help"),
        "strategy": ("child_protection", "strategy", "Ask for a strategy discussion"),
        "transfer-in": ("child_protection", "transfer_in", "Take in a child who is on another authority's plan"),
        "pre-birth": ("child_protection", "prebirth", "Raise a concern before a birth"),
        "police-protection": ("immediate_protection", "police_protection", "Record police protection"),
        "emergency-order": ("immediate_protection", "emergency_order", "Record an emergency protection order"),
        "neglect-screen": ("neglect_screen", "screen", "Begin a neglect screening"),
    },
    "School, and children who are missing": {
        "absence": ("missing_education", "absence", "Record an unexplained absence"),
        "cme": ("missing_education", "no_school", "Record a child without a school"),
        "missing-child": ("missing_child", "missing", "Record that a child is missing"),
        "missing-child-back": ("missing_child", "return", "Record that a missing child is back"),
        "encompass": ("encompass", "incident", "Record a domestic abuse incident"),
        "file-transfer": ("file_transfer", "left_in_year", "Pass on the file of a child who left in the year"),
        "file-new-term": ("file_transfer", "new_term", "Pass on a file at the start of term"),
    },
    "About an adult who works with children": {
        "allegation": ("allegations", "allegation", "Record an allegation known to the employer"),
        "allegation-to-officer": (
            "allegations", "to_officer", "Record an allegation that came to the officer first",
        ),
    },
    "Between professionals": {
        "escalation": ("escalation", "disagreement", "Record a professional disagreement"),
    },
    "Other duties": {
        "fgm": ("genital_mutilation", "discovery", "Record that genital mutilation was discovered"),
        "serious-incident": ("serious_incident", "incident", "Record a serious incident"),
        "modern-slavery": ("modern_slavery", "suspicion", "Record a suspected victim of slavery"),
        "prevent": ("prevent", "concern", "Record a concern about radicalisation"),
        "licensing-notice": ("licensing_notice", "notice", "Record a licensing notice"),
    },
}  # fmt: skip
"""Word -> pathway, entry, what it is; by group."""

ALSO = {
    "phone": "phone-call",
    "prebirth": "pre-birth",
    "strategy-discussion": "strategy",
    "missing-education": "cme",
    "no-school": "cme",
    "return": "missing-child-back",
    "to-officer": "allegation-to-officer",
    "lado": "allegation",
    "disagreement": "escalation",
    "operation-encompass": "encompass",
    "genital-mutilation": "fgm",
    "rapid-review": "serious-incident",
    "licensing": "licensing-notice",
    "neglect": "neglect-screen",
}
"""Other words for the same, understood and not listed."""

POINTERS = {
    "child-in-need": "A child in need case is opened by a decision: on the referral (decide-assessment), the enquiry or "
    "the conference. Find the case: pathways find",
    "conference": "A conference is decided on in a case: pathways do CASE decide-conference. For a child on another "
    "authority's plan: pathways open transfer-in. Before a birth: pathways open pre-birth",
    "incident": "Which incident? Domestic abuse known to the police: pathways open encompass. A child who died or was "
    "seriously harmed: pathways open serious-incident",
    "missing": "Missing from home or care: pathways open missing-child. Without a school: pathways open cme. Away from "
    "the school they are registered at: pathways open absence",
    "notice": "Which notice? To a school: pathways open encompass. From the licensing authority: pathways open "
    "licensing-notice",
    "transfer": "A child on another authority's plan: pathways open transfer-in. A case that leaves is moved on the case "
    "itself: pathways next CASE",
}
"""Words that mean several things, or something that is a decision on a case."""


def ways_in() -> dict[str, tuple[str, str]]:
    """Every listed word, and the pathway and entry that it stands for."""
    return {word: way[:2] for group in WAYS.values() for word, way in group.items()}


def way_in(what: str) -> tuple[str, str]:
    """The pathway and entry that were meant.

    Raises:
        Mistyped: nothing is opened by that word.
    """
    said = what.strip().lower().replace("_", "-").replace(" ", "-")
    ways = ways_in()
    said = ALSO.get(said, said)
    if said in ways:
        return ways[said]
    if said in POINTERS:
        raise Mistyped(POINTERS[said])
    near = get_close_matches(said, [*ways, *ALSO], 1)
    meant = f" Did you mean {near[0]}?" if near else ""
    raise Mistyped(
        f"Nothing is opened by the word {screen.shown(what)[:40]}.{meant} All words: pathways open --help"
    )


def listed() -> str:
    """All words with what they are, in groups, as help prints them unwrapped."""
    parts = []
    for group, ways in WAYS.items():
        lines = "\n".join(f"  {word:<22} {says}" for word, (_, _, says) in ways.items())
        parts.append(f"\b\n{group}:\n{lines}")
    return "\n\n".join(parts)
