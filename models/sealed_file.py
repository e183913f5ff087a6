"""A file that is sealed as it is written: AES-256-GCM over chunks, so that its size is no matter.

First a line that names the format, then the length of a header and the header (JSON, readable by anybody and under
every chunk's seal), then chunks of one megabyte. Each has its number and whether it is the last in its nonce (the
STREAM construction), so that a chunk that was changed, left out, put elsewhere or taken from another file shows, and
so does a file that was cut off.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from os import urandom
from typing import IO, Any, ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pathways.errors import NOT_PROVEN, PathwayError

MAGIC = b"pathways sealed file 1\n"
CHUNK = 1 << 20
TAG, PREFIX = 16, 7
LONGEST_HEADER = 1 << 24


class NotWhole(PathwayError):
    """A sealed file that is not what was written. One argument: why."""

    code: ClassVar[int] = NOT_PROVEN

    def __str__(self) -> str:
        return f"This backup is not whole: {self.args[0]}. Nothing was changed; use another one."


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


class Writer:
    """Seals what is written to it; `close` writes the last chunk, without which the file is not whole."""

    def __init__(self, file: IO[bytes], key: bytes, header: dict[str, Any]) -> None:
        prefix = urandom(PREFIX)
        told = json.dumps({**header, "nonce": prefix.hex(), "chunk": CHUNK}, sort_keys=True).encode()
        file.write(MAGIC + len(told).to_bytes(4, "big") + told)
        self._file, self._cipher, self._prefix = file, AESGCM(key), prefix
        self._about, self._held, self._number = sha256(told).digest(), bytearray(), 0

    def write(self, data: bytes) -> None:
        """Seal these bytes."""
        self._held += data
        while len(self._held) > CHUNK:
            self._put(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]

    def close(self) -> None:
        """Write what is left, as the last chunk."""
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, data: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._prefix, self._number, last), data, self._about))
        self._number += 1


class Reader:
    """What is in a sealed file: its header at once, its content once the key is given."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        if file.read(len(MAGIC)) != MAGIC:
            raise NotWhole("it does not begin as a backup of this program does")
        length = int.from_bytes(file.read(4), "big")
        told = file.read(length) if length <= LONGEST_HEADER else b""
        try:
            self.header: dict[str, Any] = json.loads(told)
            self._prefix, self._chunk = bytes.fromhex(self.header["nonce"]), int(self.header["chunk"])
        except (ValueError, KeyError, TypeError):
            raise NotWhole("its first part cannot be read") from None
        self._about = sha256(told).digest()
        if not (len(self._prefix) == PREFIX and 0 < self._chunk <= LONGEST_HEADER):
            raise NotWhole("its first part cannot be read")

    def chunks(self, key: bytes) -> Iterator[bytes]:
        """The content, piece by piece; each is what was written when it is given.

        Raises:
            NotWhole: it is not, or this is not its key, or there is less or more than was written.
        """
        cipher, number = AESGCM(key), 0
        ahead = self._file.read(self._chunk + TAG)
        while True:
            piece, ahead = ahead, self._file.read(self._chunk + TAG)
            try:
                yield cipher.decrypt(_nonce(self._prefix, number, not ahead), piece, self._about)
            except (InvalidTag, ValueError):
                why = (
                    "it was cut off, or changed after it was written"
                    if number or ahead
                    else "it was changed, or this is not its key"
                )
                raise NotWhole(why) from None
            if not ahead:
                return
            number += 1
