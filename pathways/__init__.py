"""What happens, who decides, by when, under which rule. Pure: no clock, no database.

`NAMES` is the one list of pathways; everything else reads it. A definition is imported when it is asked for,
since a command about one case needs one of them.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathways.definitions import Pathway

NAMES: dict[str, str] = {
    "front_door": "pathways.front_door",
    "child_in_need": "pathways.child_in_need",
    "child_protection": "pathways.child_protection",
    "immediate_protection": "pathways.immediate_protection",
    "early_help": "pathways.early_help",
    "allegations": "pathways.allegations",
    "missing_education": "pathways.missing_education",
    "escalation": "pathways.escalation",
    "encompass": "pathways.encompass",
    "file_transfer": "pathways.file_transfer",
    "genital_mutilation": "pathways.duties:FGM",
    "serious_incident": "pathways.duties:SERIOUS_INCIDENT",
    "missing_child": "pathways.duties:MISSING_CHILD",
    "modern_slavery": "pathways.duties:MODERN_SLAVERY",
    "prevent": "pathways.duties:PREVENT",
    "licensing_notice": "pathways.duties:LICENSING_NOTICE",
    "neglect_screen": "pathways.duties:NEGLECT_SCREEN",
}


@cache
def pathway(name: str) -> Pathway:
    """The definition called `name`: its module's `PATHWAY`, or what `NAMES` says after a colon."""
    module, _, held_as = NAMES[name].partition(":")
    found: Pathway = getattr(import_module(module), held_as or "PATHWAY")
    return found
