"""Text as it is kept: composed, trimmed, short enough, and of characters that every store can hold."""

from __future__ import annotations

import re
from unicodedata import normalize

from pathways.errors import Mistyped

LONGEST = 20_000

_KEPT_BY_NOTHING = re.compile(r"[\x00\ud800-\udfff]")
"""NUL, and halves of characters."""


def clean_text(text: str) -> str:
    """Text as it is kept: NFC, without NUL or half characters, ends trimmed.

    Raises:
        Mistyped: it holds a character that no text can hold, or is too long.
    """
    plain = text.isascii()
    if plain:
        text = text.strip()
    elif len(text) <= 4 * LONGEST:  # composing may shorten it; what is far too long is not worth the time
        text = normalize("NFC", text).strip()
    if len(text) > LONGEST:
        raise Mistyped(
            f"That is {len(text):,} characters long; {LONGEST:,} is the most. Keep the rest as a document."
        )
    if "\0" in text if plain else _KEPT_BY_NOTHING.search(text):
        raise Mistyped("That text holds a character that cannot be kept. Type it again without it.")
    return text
