#!/usr/bin/env python3
"""Checks a case file that `pathways audit export` wrote, for whoever does not trust us. One file, nothing to install.

    python3 -I verifier.py export.jsonl
    python3 -I verifier.py export.jsonl --key 64-HEX-DIGITS --code 9f2c-71aa-03de-5b10-...

It was written beside the program that writes such files and shares no line with it. What it checks:

1. No entry is missing, out of order or changed: each carries the hash of the one before it, and its own.
2. What each entry says is what it said when it was written: its content fits the commitment under the hash.
   Content that was left out (destroyed at the end of its keeping) is counted and named.
3. The checkpoint covers exactly these entries: a path of hashes leads from this case to the root (RFC 9162).
4. Whoever is named has signed the checkpoint (Ed25519, RFC 8032). A signature says as much as you know of the key:
   give the public key that you were told by another way with --key.
5. With --code, that the checkpoint is the one whose code you were given at the time, by another way.
6. There is nothing else in the file: no line, no name and no second value that nothing vouches for. One thing nothing can
   vouch for: the moment at which the file was made. The checkpoint's is signed.

It needs Python 3.9 or later and reads nothing but the file. Exit code 0: everything holds; 9: something does not;
2: this is not such a file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

FORMAT = 1
COLUMNS = (
    "case_ref", "seq", "at", "effective_at", "actor", "role", "action", "from_state", "to_state", "rule", "basis",
    "voids", "key", "commitment", "format",
)  # fmt: skip
"""The columns of an entry in the order in which they are hashed."""
TEXT, TEXT_OR_NOTHING = (str,), (str, type(None))
NUMBER, NUMBER_OR_NOTHING = (int,), (int, type(None))
LINES: dict[str, dict[str, tuple[type, ...]]] = {
    "export": {"format": NUMBER, "case_ref": TEXT, "made_at": TEXT},
    "entry": {
        **dict.fromkeys(COLUMNS, TEXT),
        **dict.fromkeys(("prev", "hash"), TEXT),
        **dict.fromkeys(("seq", "format"), NUMBER),
        **dict.fromkeys(("key", "salt", "body"), TEXT_OR_NOTHING),
        "voids": NUMBER_OR_NOTHING,
    },
    "checkpoint": {"text": TEXT, "signed_by": TEXT, "signature": TEXT},
    "proof": {"index": NUMBER, "size": NUMBER, "path": (list,)},
    "end": {"entries": NUMBER},
}
"""The lines that there are, in their order, and what stands in each."""
SIGNERS = ("ed25519", "practice")


class NotSuchAFile(Exception):
    """The file cannot be read as an export."""


def sha256(data: bytes) -> bytes:
    """SHA-256 of bytes."""
    return hashlib.sha256(data).digest()


def canonical(values: Iterable[tuple[object, bool]]) -> bytes:
    """Each value as its length in characters, a colon and its text in NFC; nothing is a hyphen."""
    texts = (
        unicodedata.normalize("NFC", "-" if value in (None, "") and blank else str(value))
        for value, blank in values
    )
    return "".join(f"{len(text)}:{text}" for text in texts).encode()


def entry_hash(entry: dict[str, Any]) -> bytes:
    """The hash of an entry: over the hash of the entry before it and all its columns, in their order."""
    blanks = ("voids", "key", "commitment")
    return sha256(
        b"csp-audit-1"
        + bytes.fromhex(entry["prev"])
        + canonical((entry[name], name in blanks) for name in COLUMNS)
    )


# --- RFC 9162: from a leaf to the root --------------------------------------------------------------------------


def leaf_hash(case_ref: str, entries: int, head: str) -> bytes:
    """The hash of a case as a leaf of the tree."""
    return sha256(b"\x00" + canonical((value, False) for value in ("csp-leaf-1", case_ref, entries, head)))


def root_of(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Follow RFC 9162, 2.1.3.2; None where this cannot be a path in a tree of that size."""
    if not 0 <= index < size:
        return None
    place, last, found = index, size - 1, leaf
    for beside in path:
        if last == 0:
            return None
        if place % 2 or place == last:
            found = sha256(b"\x01" + beside + found)
            while place and place % 2 == 0:
                place, last = place // 2, last // 2
        else:
            found = sha256(b"\x01" + found + beside)
        place, last = place // 2, last // 2
    return found if last == 0 else None


# --- RFC 8032: Ed25519 ------------------------------------------------------------------------------------------

Point = tuple[int, int, int, int]
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def point_add(one: Point, other: Point) -> Point:
    """Add two points of the curve, in extended coordinates."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def point_times(number: int, point: Point) -> Point:
    """A point taken so many times."""
    found = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = point_add(found, point)
        point, number = point_add(point, point), number >> 1
    return found


def same_point(one: Point, other: Point) -> bool:
    """Whether two points are the same."""
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (
        one[1] * other[2] - other[1] * one[2]
    ) % P == 0


def x_of(y: int, sign: int) -> int | None:
    """The x that goes with a y; None where there is none."""
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


def point_of(data: bytes) -> Point | None:
    """The point that 32 bytes stand for; None where they stand for none."""
    number = int.from_bytes(data, "little")
    y = number & (2**255 - 1)
    x = x_of(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = x_of(BASE_Y, 0) or 0
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of this public key has signed this message (RFC 8032, 5.1.7)."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, commitment = point_of(public), point_of(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    return same_point(point_times(scalar, BASE), point_add(commitment, point_times(challenge, key)))


# --- the file -----------------------------------------------------------------------------------------------------


def read(path: str) -> dict[str, Any]:
    """The file's lines by kind: what it is, entries, proof, checkpoint."""
    found: dict[str, Any] = {"entry": []}
    order: list[str] = []
    try:
        with open(path, encoding="utf-8", newline="\n") as file:
            for line in file:
                each = json.loads(line, object_pairs_hook=each_name_once)
                kind = each.pop("kind")
                if not is_line(each, LINES[kind]):
                    raise NotSuchAFile(f"a line {kind} holds something else than an export writes there")
                if kind == "entry":
                    found["entry"].append(each)
                elif kind in found:
                    raise NotSuchAFile(f"it has two lines of the kind {kind}")
                else:
                    found[kind] = each
                order.append(kind)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotSuchAFile("a line of it is not what an export has") from None
    except OSError as fault:
        raise NotSuchAFile(fault.strerror) from None
    for kind in LINES:
        if kind not in found:
            raise NotSuchAFile(f"it has no line {kind}: it may have been cut off")
    if order != sorted(order, key=list(LINES).index):
        raise NotSuchAFile("its lines are not in their order")
    if found["export"].get("format") != FORMAT:
        raise NotSuchAFile("it is of a form that this verifier does not know; a newer one may")
    return found


def is_line(each: dict[str, Any], wanted: dict[str, tuple[type, ...]]) -> bool:
    """Whether a line has these names and no others, each with a value of its kind."""
    return each.keys() == wanted.keys() and all(type(each[name]) in wanted[name] for name in wanted)


def each_name_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object of the file; a name that stands twice would say one thing here and another to another reader."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotSuchAFile("a name stands twice in a line of it")
    return found


def shown(text: object) -> str:
    """Text as it may be put on a screen: what would drive it, hide itself or look like something else is spelled out."""
    return str(text).encode("ascii", "backslashreplace").decode().translate(UNSEEN)


UNSEEN = {code: f"\\x{code:02x}" for code in (*range(32), 127)}


def check(
    found: dict[str, Any], keys: Sequence[str] = (), codes: Sequence[str] = ()
) -> tuple[list[str], list[str]]:
    """Check all of it; what does not hold, and what can be said of it where everything does."""
    faults: list[str] = []
    remarks: list[str] = []
    case_ref, entries = found["export"]["case_ref"], found["entry"]
    head = check_chain(case_ref, entries, faults, remarks)
    if found["end"].get("entries") != len(entries):
        faults.append(
            f"The last line speaks of {found['end'].get('entries')} entries, and there are {len(entries)}."
        )
    check_checkpoint(found, case_ref, len(entries), head, faults)
    check_signature(found["checkpoint"], keys, faults, remarks)
    text = found["checkpoint"]["text"]
    digest = hashlib.sha256(text.encode()).hexdigest()[:32]
    code = "-".join(digest[place : place + 4] for place in range(0, 32, 4))
    for each in codes:
        if "".join(letter for letter in each.lower() if letter.isalnum()) != digest:
            faults.append(f"The checkpoint has the code {code}, and you were given {each}.")
    remarks.append(f"Checkpoint of {text.split(' / ')[-1]}, code {code}")
    return faults, remarks


def check_chain(
    case_ref: str, entries: Sequence[dict[str, Any]], faults: list[str], remarks: list[str]
) -> str:
    """Follow the chain; the last entry's hash, in hex."""
    head = sha256(case_ref.encode()).hex()
    gone: list[int] = []
    for number, entry in enumerate(entries, 1):
        if entry["case_ref"] != case_ref or entry["seq"] != number:
            faults.append(f"Entry {number} is missing, or not in its place.")
        if not is_written_out(entry):
            faults.append(f"Entry {number} is not written as an export writes it.")
        if entry["prev"] != head:
            faults.append(f"Entry {number} does not follow the entry before it.")
        if entry["format"] != FORMAT or entry_hash(entry).hex() != entry["hash"]:
            faults.append(f"Entry {number} was changed after it was written.")
        if entry["body"] is None:
            gone += [number] if entry["commitment"] else []
        elif sha256(bytes.fromhex(entry["salt"]) + entry["body"].encode()).hex() != entry["commitment"]:
            faults.append(f"What entry {number} says was changed after it was written.")
        head = entry["hash"]
    if gone:
        remarks.append(f"Without their content, which this cannot check: entries {', '.join(map(str, gone))}")
    return head


def is_written_out(entry: dict[str, Any]) -> bool:
    """Whether what is empty and what is in hexadecimal digits is written as an export has it, where hashes see no difference."""
    return (
        entry["key"] not in ("", "-")
        and entry["salt"] != ""
        and (entry["salt"] is None) == (entry["body"] is None)
        and all(is_hex(entry[name] or "") for name in ("prev", "hash", "commitment", "salt"))
    )


def is_hex(text: str) -> bool:
    """Whether these are bytes in hexadecimal digits, small ones and nothing between them."""
    return bytes.fromhex(text).hex() == text


def check_checkpoint(found: dict[str, Any], case_ref: str, count: int, head: str, faults: list[str]) -> None:
    """Whether the checkpoint covers exactly these entries."""
    proof, parts = found["proof"], found["checkpoint"]["text"].split(" / ")
    path = [bytes.fromhex(each) for each in proof["path"]]
    root = root_of(
        leaf_hash(unicodedata.normalize("NFC", case_ref), count, head), proof["index"], proof["size"], path
    )
    if len(parts) != 5 or str(proof["size"]) != parts[1]:
        faults.append("The proof is of another number of cases than the checkpoint.")
    if len(parts) != 5 or root is None or root.hex() != parts[3]:
        faults.append(f"The checkpoint does not cover these {count} entries of {case_ref}.")


def check_signature(
    checkpoint: dict[str, Any], keys: Sequence[str], faults: list[str], remarks: list[str]
) -> None:
    """Whether whoever is named has signed the checkpoint."""
    kind, _, key = checkpoint["signed_by"].partition(":")
    if not checkpoint["signed_by"]:
        remarks.append(
            "NOT SIGNED: nobody vouches for the checkpoint. Its code, kept elsewhere at the time, can."
        )
        if keys:
            faults.append("The checkpoint is not signed, and you expect a signature.")
        return
    signature = bytes.fromhex(checkpoint["signature"])
    if kind not in SIGNERS or not is_hex(checkpoint["signature"]):
        faults.append("The checkpoint's signature is not written as an export writes it.")
    if not is_signed(bytes.fromhex(key), checkpoint["text"].encode(), signature):
        faults.append("The checkpoint's signature is not that of the key it names.")
    elif keys and key not in [each.lower() for each in keys]:
        faults.append(f"The checkpoint is signed with {key}, which is not the key you expect.")
    elif kind == "practice":
        remarks.append("SIGNED WITH A PRACTICE KEY, which nobody keeps: these are invented cases.")
    else:
        remarks.append(f"Signed with {key}" + ("" if keys else ": ask whose key that is, by another way"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the file that is named; the exit code."""
    given = argparse.ArgumentParser(description="Checks a case file that `pathways audit export` wrote.")
    given.add_argument("file")
    given.add_argument(
        "--key", action="append", default=[], help="the public key that must have signed, in hex"
    )
    given.add_argument(
        "--code", action="append", default=[], help="the checkpoint's code that you were given"
    )
    asked = given.parse_args(arguments)
    try:
        found = read(asked.file)
        faults, remarks = check(found, asked.key, asked.code)
    except NotSuchAFile as why:
        sys.stderr.write(f"This is not a case file that can be checked: {shown(why)}.\n")
        return 2
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        sys.stderr.write(
            "This is not a case file that can be checked: a part of it is missing or misshapen.\n"
        )
        return 2
    case_ref, count = found["export"]["case_ref"], len(found["entry"])
    remarks.append(f"The file says that it was made at {found['export']['made_at']}; nothing proves that.")
    if faults:
        lines = ["NOT PROVEN", *("  " + each for each in faults[:50])]
    else:
        lines = [f"PROVEN: {count} entries of {case_ref}. None is missing, changed or out of order."]
    sys.stdout.write("\n".join(map(shown, [*lines, *remarks])) + "\n")
    return 9 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
