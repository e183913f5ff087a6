"""The keys of one case: one for what its entries say, and one for each page of its file, so that a page can go by itself.

The keys of pages are the leaves of a tree that is worked out from its root (after Goldreich, Goldwasser and Micali): each
branch is the keyed hash of its letter under the key above it. So a whole file costs one key more than none of it did.
To destroy a page is to put, in place of the root, the keys of every branch beside the way to that leaf: all other pages,
also those that are still to be written, keep the keys that they had, and nothing leads to that one any more.

The way to a page is how many hexadecimal digits its number has, and these digits: no way begins with another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from os import urandom

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
DIGITS = "0123456789abcdef"


def _way(page: int) -> str:
    digits = f"{page:x}"
    return f"{len(digits):x}{digits}"


def _branch(above: bytes, letter: str) -> bytes:
    return blake2b(letter.encode(), key=above, digest_size=KEY_BYTES).digest()


@dataclass(frozen=True)
class CaseKeys:
    """What lies sealed in `case_key` of one case. `content` seals its entries and facts; `branches` lead to its pages.

    `branches` are keys by the beginning of the ways below them, at first the root alone. There is none where the case was
    begun before version 0023 of the tables: its pages then lie under the key of its entries.
    """

    content: bytes
    branches: Mapping[str, bytes] = field(default_factory=dict)

    @classmethod
    def fresh(cls, content: bytes = b"") -> CaseKeys:
        """Keys for a case, all random; with that of its entries given, what its pages still lack."""
        return cls(content or urandom(KEY_BYTES), {"": urandom(KEY_BYTES)})

    @classmethod
    def read(cls, lying: bytes) -> CaseKeys:
        """The keys as they lie in the store, unsealed: that of the entries, then each branch behind its length.

        Raises:
            ValueError: that is not what is written there.
        """
        content, rest, branches = lying[:KEY_BYTES], lying[KEY_BYTES:], {}
        while rest:
            ends = 1 + rest[0] + KEY_BYTES
            if len(rest) < ends:
                raise ValueError("a key is cut off")
            branches[rest[1 : 1 + rest[0]].decode("ascii")] = rest[1 + rest[0] : ends]
            rest = rest[ends:]
        return cls(content, branches)

    def written(self) -> bytes:
        """As `read` takes it."""
        kept = (bytes([len(way)]) + way.encode("ascii") + key for way, key in self.branches.items())
        return self.content + b"".join(kept)

    @cached_property
    def whole(self) -> AESGCM:
        """What seals entries and facts."""
        return AESGCM(self.content)

    def of_page(self, page: int) -> AESGCM | None:
        """What seals a page and its document; None once that key was destroyed."""
        way = _way(page)
        for stop in range(len(way) + 1):
            key = self.branches.get(way[:stop])
            if key is not None:
                for letter in way[stop:]:
                    key = _branch(key, letter)
                return AESGCM(key)
        return None

    def without(self, pages: Iterable[int]) -> CaseKeys:
        """The same keys but for those of these pages, which nothing leads to any more."""
        branches = dict(self.branches)
        for way in map(_way, pages):
            stop = next((stop for stop in range(len(way) + 1) if way[:stop] in branches), None)
            if stop is None:
                continue
            key = branches.pop(way[:stop])
            for place in range(stop, len(way)):
                beside = {way[:place] + letter: _branch(key, letter) for letter in DIGITS}
                key = beside.pop(way[: place + 1])
                branches |= beside
        return CaseKeys(self.content, branches)
