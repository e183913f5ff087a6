"""Anchors: the line that says what the whole trail was at a moment, its signature, its code for people. Pure.

An anchor is one line, `origin / chains / entries / root / moment in UTC`. The root is that of RFC 9162 over every chain
ever begun (`pathways/merkle.py`). Whoever keeps the line, or only its code, in another place can tell for ever after
whether the trail of today still begins with that one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from pathways.errors import Mistyped

GROUPS, GROUP = 8, 4
UNSIGNED = ""
_LINE = re.compile(
    r"([a-z0-9.-]{1,80}) / (0|[1-9][0-9]{0,17}) / (0|[1-9][0-9]{0,17}) / ([0-9a-f]{64}) / (\S{32})"
)
_LOOKS_LIKE = str.maketrans("oil", "011")
"""Letters that a code never has, read as the digits that they were typed for."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the trail was: which store's, how many chains and entries, the root over all of them, when (UTC)."""

    origin: str
    chains: int
    entries: int
    root: bytes
    at: datetime

    @property
    def text(self) -> str:
        """The line itself; this is what is signed."""
        moment = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        return f"{self.origin} / {self.chains} / {self.entries} / {self.root.hex()} / {moment}"

    @property
    def code(self) -> str:
        """Eight short groups that stand for the whole line, to be read out and typed back."""
        return code_of(self.text)


@dataclass(frozen=True, slots=True)
class Lodged:
    """An anchor as it is kept in another place: with who signed it (empty: nobody) and the signature."""

    anchor: Anchor
    signed_by: str = UNSIGNED
    signature: bytes = b""

    @property
    def line(self) -> str:
        """The line of the file."""
        if not self.signed_by:
            return f"{self.anchor.text} / unsigned"
        return f"{self.anchor.text} / {self.signed_by} / {self.signature.hex()}"


def code_of(text: str) -> str:
    """The code of an anchor's line: the first 128 bits of its SHA-256."""
    found = sha256(text.encode()).hexdigest()[: GROUPS * GROUP]
    return "-".join(found[place : place + GROUP] for place in range(0, len(found), GROUP))


def read_anchor(line: str) -> Lodged:
    """An anchor's line, with or without its signature.

    Raises:
        Mistyped: this is not an anchor.
    """
    parts = line.strip().split(" / ")
    text = " / ".join(parts[:5])
    found = _LINE.fullmatch(text)
    try:
        at = datetime.fromisoformat(found[5]) if found else None
        signature = bytes.fromhex(parts[6]) if len(parts) == 7 else b""
    except ValueError:
        at, signature = None, b""
    whole = len(parts) in (5, 7) or (len(parts) == 6 and parts[5] == "unsigned")
    if found is None or at is None or at.tzinfo is None or not whole:
        raise Mistyped("This is not an anchor. One reads: origin / chains / entries / root / moment in UTC")
    made = Anchor(found[1], int(found[2]), int(found[3]), bytes.fromhex(found[4]), at)
    if made.text != text:
        raise Mistyped("This anchor is not written as one is: its moment is not in UTC with microseconds.")
    return Lodged(made, parts[5] if len(parts) == 7 else UNSIGNED, signature)


def read_code(typed: str) -> str:
    """A code as it is kept, from what somebody typed: spaces, dots and capitals do not matter.

    Raises:
        Mistyped: there are too few or too many letters, or some that no code has.
    """
    said = re.sub(r"[^0-9a-z]", "", typed.lower()).translate(_LOOKS_LIKE)
    if not re.fullmatch(rf"[0-9a-f]{{{GROUPS * GROUP}}}", said):
        raise Mistyped(
            f"An anchor's code is {GROUPS} groups of {GROUP}, of the digits and the letters a to f. Type it as it was sent."
        )
    return "-".join(said[place : place + GROUP] for place in range(0, len(said), GROUP))


def nearly(code: str, known: str) -> list[int]:
    """The groups (from 1) in which two codes differ, where they are too few for chance; empty otherwise.

    Six groups of eight alike are 96 bits: a slip of the hand, not another anchor.
    """
    off = [
        place
        for place, (one, other) in enumerate(zip(code.split("-"), known.split("-"), strict=True), 1)
        if one != other
    ]
    return off if 0 < len(off) <= 2 else []


# --- signatures: Ed25519, RFC 8032 ----------------------------------------------------------------------------


def sign(anchor: Anchor, seed: bytes, kind: str = "ed25519") -> Lodged:
    """Sign an anchor. `kind` is `ed25519`, or `practice` for a key that nobody keeps."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = Ed25519PrivateKey.from_private_bytes(seed)
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return Lodged(anchor, f"{kind}:{public.hex()}", key.sign(anchor.text.encode()))


def is_signed(text: str, signed_by: str, signature: bytes) -> bool:
    """Whether the key that is named has signed this text."""
    kind, _, key = signed_by.partition(":")
    if kind not in ("ed25519", "practice") or not re.fullmatch(r"[0-9a-f]{64}", key):
        return False
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        from pathways.standalone_verifier import is_signed as worked_out

        return worked_out(bytes.fromhex(key), text.encode(), signature)
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
