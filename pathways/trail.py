"""The trail's canonical form, its hashes, and what it adds up to. Pure; a stand-alone verifier repeats it.

Format 1. Each entry's hash covers the hash of the entry before it in the same case and every column of its own,
in a fixed order, each as `length:text` (length in characters, text in NFC, moments as ISO text in UTC with
microseconds, bytes as hex, nothing as `-`). The first entry follows the hash of the case's reference. What is
personal enters as a commitment: SHA-256 over a random salt and the payload's text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any
from unicodedata import normalize

FORMAT = 1
TAG = b"csp-audit-1"
NO_PAYLOAD = b""
OPENED_IN_ERROR = "opened_in_error"
"""The outcome of a case that never should have been: closed, empty, and its reference never given again."""
SALT_BYTES = 16
LOOKS = ("looked", "access_")
"""How the entries begin that say who saw a case or may see it: they are on the trail, and nothing else hears of them."""
FAMILY = "people_"
"""How the entries begin that say what was written down of a family: names, addresses, who belongs to whom."""
FILE = "filing_"
"""How the entries begin that say what was done with the file: holds, reviews of its keeping, audits, sharing."""
PAGE_DESTROYED = f"{FILE}page_destroyed"
"""The entry that says that the content of a page was destroyed: which, under which rule, who asked, who agreed."""
SUPERVISED = f"{FILE}supervised"
"""The entry that says that a case was discussed in supervision, and what was said of it."""
COUNTED_FROM = "counted_from"
"""In what the first entry of a twin's case keeps: each event that its clocks begin with, and its moment or date."""
OPENED = "opened"
"""In what the first entry of a case keeps: the version of its pathway that the case runs under, and the team that has it."""
SCHOOL_CLOCKS = "school_clocks"
"""In what an entry keeps: the rules of the clocks in school days that it began, since terms are no part of the trail."""
CHASED = "report_chased"
"""The entry that says that an agency was asked again for its report."""
OWNER = "owner_"
"""How the entries begin that say who leads a case from then on, and which team has it."""
QUIET = ("refused:", *LOOKS, FAMILY, FILE, CHASED, OWNER)
"""How the entries begin that leave a case as it is, and its version too: attempts, looks, who may see it, the family,
the file, who leads it; that an agency was asked again."""


_as_text = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode


def genesis(case_ref: str) -> bytes:
    """What the first entry of a case follows."""
    return sha256(case_ref.encode()).digest()


def commitment(salt: bytes, body: str) -> bytes:
    """The fingerprint under which a payload enters the chain; without the salt nothing can be guessed back."""
    return sha256(salt + body.encode()).digest()


def print_of(body: Any) -> str:
    """The fingerprint of a record's body, kept in the payload of the entry that wrote it."""
    return print_of_text(_as_text(body))


def print_of_text(body: str) -> str:
    """As `print_of`, of a body that is compact JSON with sorted keys already."""
    return sha256(body.encode()).hexdigest()


def _part(text: str) -> str:
    return f"{len(text)}:{text}"


@lru_cache(maxsize=2_000)
def _between(*shared: str) -> str:
    """What many entries have in common, one part after the other."""
    return "".join(map(_part, shared))


def entry_hash(
    prev: bytes,
    case_ref: str,
    seq: int,
    at: str,
    effective_at: str,
    actor: str,
    role: str,
    action: str,
    from_state: str,
    to_state: str,
    rule: str,
    basis: str,
    voids: int | None,
    key: str | None,
    committed: bytes,
) -> bytes:
    """The hash of one entry. Moments come as ISO text in UTC with microseconds (`models.wire.instant_text`)."""
    number, void, name, sealed = (
        str(seq),
        "-" if voids is None else str(voids),
        key or "-",
        committed.hex() or "-",
    )
    text = (
        f"{len(case_ref)}:{case_ref}{len(number)}:{number}{len(at)}:{at}{len(effective_at)}:{effective_at}"
        f"{_between(actor, role, action, from_state, to_state, rule, basis)}{len(void)}:{void}"
        f"{len(name)}:{name}{len(sealed)}:{sealed}1:1"
    )
    if not text.isascii():
        parts = (case_ref, number, at, effective_at, actor, role, action, from_state, to_state, rule, basis)
        text = "".join(_part(normalize("NFC", each)) for each in (*parts, void, name, sealed, "1"))
    return sha256(TAG + prev + text.encode()).digest()


def entry_hasher(
    at: str, actor: str, role: str, action: str, from_state: str, to_state: str, rule: str, basis: str
) -> Callable[[bytes, str, int, str, str], bytes]:
    """`entry_hash` for many entries, none with a payload, that have all this in common.

    What it gives takes the rest: prev, case_ref, seq, effective_at, key.
    """
    shared = (at, actor, role, action, from_state, to_state, rule, basis)
    before = _part(at)
    between = "".join(map(_part, (actor, role, action, from_state, to_state, rule, basis, "-")))
    plain = "".join(shared).isascii()

    def made(prev: bytes, case_ref: str, seq: int, effective_at: str, key: str) -> bytes:
        number = str(seq)
        text = (
            f"{len(case_ref)}:{case_ref}{len(number)}:{number}{before}{len(effective_at)}:{effective_at}{between}"
            f"{len(key)}:{key}1:-1:1"
        )
        if plain and key and text.isascii():
            return sha256(TAG + prev + text.encode()).digest()
        return entry_hash(
            prev, case_ref, seq, at, effective_at, actor, role, action, from_state, to_state, rule, basis, None, key,
            NO_PAYLOAD,
        )  # fmt: skip

    return made


_NUMBERS = tuple(_part(str(number)) for number in range(1_000))
_LONG = tuple(f"{length}:" for length in range(1_000))
_MOMENT = len("2026-11-03T10:00:00.000000+00:00")


@lru_cache(maxsize=2_000)
def hasher_of_kind(
    role: str, action: str, from_state: str, to_state: str, rule: str, basis: str
) -> Callable[[bytes, str, int, str, str, str, int | None, str | None, bytes], bytes]:
    """`entry_hash` for many entries that have all this in common.

    What it gives takes the rest: prev, case_ref, seq, at, effective_at, actor, voids, key, committed.
    """
    shared = (role, action, from_state, to_state, rule, basis)
    between = "".join(map(_part, shared))
    plain = between.isascii()

    def made(
        prev: bytes,
        case_ref: str,
        seq: int,
        at: str,
        effective_at: str,
        actor: str,
        voids: int | None,
        key: str | None,
        committed: bytes,
    ) -> bytes:
        if plain and voids is None and len(at) == _MOMENT == len(effective_at):
            number = _NUMBERS[seq] if 0 < seq < 1_000 else _part(str(seq))
            sealed = committed.hex()
            try:
                text = (
                    f"{_LONG[len(case_ref)]}{case_ref}{number}32:{at}32:{effective_at}{_LONG[len(actor)]}{actor}{between}1:-"
                    f"{f'{_LONG[len(key)]}{key}' if key else '1:-'}{f'{_LONG[len(sealed)]}{sealed}' if sealed else '1:-'}1:1"
                )
            except IndexError:
                pass  # something of it is a thousand characters long
            else:
                if text.isascii():
                    return sha256(TAG + prev + text.encode()).digest()
        return entry_hash(
            prev, case_ref, seq, at, effective_at, actor, role, action, from_state, to_state, rule, basis, voids, key,
            committed,
        )  # fmt: skip

    return made


@dataclass(slots=True)
class Folded:
    """What the entries of a case add up to."""

    state: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    seq: int = 0
    head: bytes = b""
    complete: bool = True
    """False once a payload has been destroyed: the state still folds, the facts no longer do."""


def learn(facts: dict[str, Any], changes: Mapping[str, Any]) -> None:
    """Apply an entry's changes to the facts: None forgets, anything else replaces."""
    facts.update(changes)
    if None in changes.values():
        for name, value in changes.items():
            if value is None:
                del facts[name]


def fold(entries: Iterable[tuple[str, Mapping[str, Any] | None]]) -> Folded:
    """Add up (state after, changes of facts) in order."""
    folded = Folded()
    for state, changes in entries:
        folded.seq += 1
        folded.state = state
        if changes:
            learn(folded.facts, changes)
    return folded
