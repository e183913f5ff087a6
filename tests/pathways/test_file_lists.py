"""The lists of the files in words: how a concern was brought, and what became of it."""

from __future__ import annotations

import pytest

from pathways import pathway
from pathways.file_lists import CONCERNS, OUTCOMES, brought


@pytest.mark.parametrize("name", CONCERNS)
def test_every_outcome_of_a_concern_has_words(name):
    ends = {move.outcome for move in pathway(name).moves if move.outcome}
    assert ends <= OUTCOMES.keys()
    assert all(len(OUTCOMES[each]) <= 35 for each in ends)


BROUGHT = [
    ("front_door", {"concern_noticed": "2026-11-03"}, "Concern noticed"),
    (
        "front_door",
        {
            "cp_referral_phoned": "2026-11-03",
            "referral_received": "2026-11-03",
            "referrer": "police",
            "level": "4",
        },
        "Referred by telephone: police, level 4",
    ),
    ("front_door", {"referral_received": "2026-11-03", "referrer": "school"}, "Referral received: school"),
    ("missing_child", {"child_returned": "2026-11-03"}, "Child back"),
    ("neglect_screen", {}, "Neglect screening"),
]


@pytest.mark.parametrize(("name", "facts", "words"), BROUGHT, ids=[each[-1] for each in BROUGHT])
def test_how_a_concern_was_brought_is_told_from_what_its_case_knows(name, facts, words):
    assert brought(pathway(name), facts) == words
