"""Names as the search compares them: folded to plain letters, and as they sound."""

from __future__ import annotations

import re
from unicodedata import combining, normalize

POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}")
_CODES = {
    **dict.fromkeys("bfpv", "1"),
    **dict.fromkeys("cgjkqsxz", "2"),
    **dict.fromkeys("dt", "3"),
    "l": "4",
    **dict.fromkeys("mn", "5"),
    "r": "6",
}
_FOLDS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "\u0131": "i"}
)


def fold_name(name: str) -> str:
    """Plain lower-case letters and digits, words parted by one space: accents, hyphens and case do not count."""
    plain = "".join(each for each in normalize("NFKD", name.lower().translate(_FOLDS)) if not combining(each))
    return " ".join("".join(each if each.isalnum() else " " for each in plain.replace("'", "")).split())


def fold_postcode(written: str) -> str:
    """A postcode one way: capitals, one space before the last three; empty where this is not written like one."""
    plain = "".join(written.split()).upper()
    return f"{plain[:-3]} {plain[-3:]}" if POSTCODE.fullmatch(plain) else ""


def sounds(family: str) -> str:
    """The phonetic key of a family name: American Soundex over its folded letters, first letter kept."""
    letters = [each for each in fold_name(family) if each.isalpha() and each.isascii()]
    if not letters:
        return fold_name(family)
    code, last = letters[0].upper(), _CODES.get(letters[0], "")
    for each in letters[1:]:
        digit = _CODES.get(each, "")
        if digit and digit != last:
            code += digit
        if each not in "hw":
            last = digit
    return (code + "000")[:4]
