"""One fingerprint for many: the Merkle tree of RFC 9162, section 2.1, with SHA-256.

The leaves are chains of the trail, sorted by their reference; a new case may come in anywhere among them, so the
RFC's proofs of consistency, which hold for a list that only grows at its end, say nothing here. What takes their
place is in `models/verify.py`: every leaf that was ever covered is looked up in the present trail.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from unicodedata import normalize

SIZE = 32
"""Bytes of a hash."""
RUN = 16
"""Hashes whose root is remembered as one: a power of two, so that runs are subtrees."""
FEW = 2
"""Changes of a run of which each is worked out by itself; of more, the whole run in less time."""
MOST_KNOWN = 250_000
"""Runs remembered before the oldest are let go: twice as many are about 120 MB."""
LEAF_TAG = "csp-leaf-1"
_BEGINS = f"{len(LEAF_TAG)}:{LEAF_TAG}"


def leaf_data(case_ref: str, entries: int, head: bytes) -> bytes:
    """A chain as it enters the tree: its reference, how many entries, the last one's hash; each with its length."""
    name = case_ref if case_ref.isascii() else normalize("NFC", case_ref)
    number, last = str(entries), head.hex()
    return f"{_BEGINS}{len(name)}:{name}{len(number)}:{number}{len(last)}:{last}".encode()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return sha256(b"\x00" + data).digest()


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


def levels(leaves: bytes) -> list[bytes]:
    """Leaf hashes, one after the other, and what stands over them: level by level up to the root, which stands alone."""
    found = [leaves]
    while len(leaves) > SIZE:
        odd = leaves[-SIZE:] if len(leaves) % (2 * SIZE) else b""
        leaves = b"".join([
            sha256(b"\x01" + leaves[at : at + 2 * SIZE]).digest() for at in range(0, len(leaves) - SIZE, 2 * SIZE)
        ]) + odd  # fmt: skip
        found.append(leaves)
    return found


def put(tree: Sequence[bytes], changes: Mapping[int, bytes]) -> list[bytes]:
    """The levels of a tree with some of its leaf hashes changed, or more at its end, by place; none may be left empty.

    Where they are few, only what stands over them is worked out anew.
    """
    if len(changes) <= FEW and tree and max(changes, default=0) * SIZE < len(tree[0]):
        found = list(tree)
        for place, leaf in changes.items():
            _put_one(found, place, leaf)
        return found
    leaves = bytearray(tree[0] if tree else b"")
    for place in sorted(changes):
        leaves[place * SIZE : (place + 1) * SIZE] = changes[place]
    return levels(bytes(leaves))


def _put_one(tree: list[bytes], place: int, changed: bytes) -> None:
    at = place * SIZE
    for height, level in enumerate(tree):
        tree[height] = level = level[:at] + changed + level[at + SIZE :]
        at -= at % (2 * SIZE)
        pair = level[at : at + 2 * SIZE]
        changed = sha256(b"\x01" + pair).digest() if len(pair) > SIZE else pair
        at //= 2


class Roots:
    """Roots of many lists, each of which differs little from the one before, as those of checkpoints do.

    A run of sixteen hashes has the same root wherever it stands, so what was worked out of one is remembered under the
    run's own fingerprint. The root is that of `root()`; for a list like those before it takes a fraction of the time.
    """

    def __init__(self) -> None:
        self._known: dict[bytes, bytes] = {}
        self._before: dict[bytes, bytes] = {}

    def of(self, leaves: Sequence[bytes]) -> bytes:
        """The root over leaf hashes, in their order."""
        level = leaves
        while len(level) > 1:
            if len(self._known) >= MOST_KNOWN:
                self._known, self._before = {}, self._known
            level = [self._run(level[place : place + RUN]) for place in range(0, len(level), RUN)]
        return root(level)

    def _run(self, hashes: Sequence[bytes]) -> bytes:
        name = sha256(b"".join(hashes)).digest()
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._before.get(name) or root(hashes)
        return found


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
