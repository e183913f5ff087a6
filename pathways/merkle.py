"""One fingerprint for many: the Merkle tree of RFC 9162, section 2.1, with SHA-256.

The leaves are chains of the trail, sorted by their reference; a new case may come in anywhere among them, so the
RFC's proofs of consistency, which hold for a list that only grows at its end, say nothing here. What takes their
place is in `models/verify.py`: every leaf that was ever covered is looked up in the present trail.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from unicodedata import normalize

LEAF_TAG = "csp-leaf-1"
_LEAD = f"{len(LEAF_TAG)}:{LEAF_TAG}"
_BEGINS = f"{len(LEAF_TAG)}:{LEAF_TAG}"


def leaf_data(case_ref: str, entries: int, head: bytes) -> bytes:
    """A chain as it enters the tree: its reference, how many entries, the last one's hash; each with its length."""
    name = case_ref if case_ref.isascii() else normalize("NFC", case_ref)
    number, last = str(entries), head.hex()
    return f"{_BEGINS}{len(name)}:{name}{len(number)}:{number}{len(last)}:{last}".encode()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return sha256(b"\x01" + left + right).digest()


def _above(level: Sequence[bytes]) -> list[bytes]:
    """The next level up; one that is left over goes up as it is, which gives the RFC's tree."""
    made = [
        sha256(b"\x01" + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=False)
    ]
    if len(level) % 2:
        made.append(level[-1])
    return made


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, in their order."""
    if not leaves:
        return sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        level = _above(level)
    return level[0]


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from one leaf to the root, from the bottom up.

    Raises:
        IndexError: there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    path, level = [], list(leaves)
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            path.append(level[beside])
        level, index = _above(level), index >> 1
    return path


def root_from(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a proof leads to (RFC 9162, 2.1.3.2); None where the proof cannot be one."""
    if not 0 <= index < size:
        return None
    place, last, found = index, size - 1, leaf
    for each in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            found = node_hash(each, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, each)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None
