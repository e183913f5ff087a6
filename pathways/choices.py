"""The choices of a question: how they are shown, and which of them is meant. What is shown is understood as it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

Choices = tuple[str, ...]


def marks(choices: Choices) -> Choices:
    """What stands before each choice in a menu: its place from 1; where choices are numbers themselves, the choice.

    A level 2 that stands first in a menu would else be 1 there, and 2 would be another level.
    """
    if any(each.isdecimal() for each in choices):
        return choices
    return tuple(str(place) for place in range(1, len(choices) + 1))


def menu(choices: Choices, words: Choices = ()) -> Choices:
    """The choices as a menu has them: `1 fact`, `4 social care`; one that is its own mark stands alone."""
    labels = words or choices
    return tuple(
        label if label == mark else f"{mark} {label}"
        for mark, label in zip(marks(choices), labels, strict=True)
    )


def offered(choices: Choices, words: Choices = ()) -> Choices:
    """The choices as a sentence or a refusal lists them: `fact`, `4 (social care)`."""
    if not words:
        return choices
    return tuple(f"{choice} ({word})" for choice, word in zip(choices, words, strict=True))


def meant(said: str, choices: Choices, words: Choices = ()) -> str | None:
    """The choice that is meant by what somebody typed; None where it is none of them.

    A choice may be typed as itself, as its words, as its mark, or as any list shows it; case, spaces and hyphens do not
    matter.
    """
    return _meanings(choices, words).get(_folded(said))


@lru_cache(maxsize=2_000)
def _meanings(choices: Choices, words: Choices) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for ways in (choices, words, marks(choices), offered(choices, words), menu(choices, words)):
        for way, choice in zip(ways, choices, strict=bool(ways)):
            found.setdefault(_folded(way), choice)
    return found


def _folded(said: str) -> str:
    return "".join(said.replace("-", " ").replace("_", " ").split()).lower()
