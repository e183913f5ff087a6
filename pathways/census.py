"""A reader of the children in need census, the return every English authority makes once a year.

The file is read in blocks and one child is held at a time, whatever its size. Nothing is asked of the file
system and nothing outside the file is fetched: a document type is refused, and with it every entity.
Files from real systems are dirty: what can be used is used, everything else is listed with its line and the
reason. `pathways.census_checks` holds the records handed out and the rules they keep.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pyexpat import ExpatError, ParserCreate
from typing import BinaryIO

from pathways.census_checks import Assessment, Child, CinPlan, CpPlan, Episode, Extension, Section47
from pathways.census_values import (
    CensusRefused,
    Header,
    Node,
    NotACensus,
    Reader,
    Unused,
    outside,
    read_header,
)

__all__ = [
    "Assessment",
    "CensusRefused",
    "Child",
    "CinPlan",
    "CpPlan",
    "Episode",
    "Extension",
    "HasDoctype",
    "Header",
    "Limits",
    "NotACensus",
    "NotXml",
    "Section47",
    "TooDeep",
    "TooLarge",
    "Unused",
    "WrongEncoding",
    "read",
]


class NotXml(CensusRefused):
    """The file is not XML, is damaged, or stops too early."""


class WrongEncoding(CensusRefused):
    """The file is written in an encoding, or packed in a way, that is not read."""


class HasDoctype(CensusRefused):
    """The file declares a document type, which a census never does and an attack would."""


class TooLarge(CensusRefused):
    """The file, or one record in it, is larger than may be."""


class TooDeep(CensusRefused):
    """Elements lie inside one another deeper than a census has levels."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before a file is refused. Sizes in bytes, `text` in characters of one value.

    `unusable` counts what is no child that can be used: elements out of place, text, children without an identifier.
    """

    file_bytes: int = 100 * 1024 * 1024
    child_bytes: int = 256 * 1024
    depth: int = 12
    elements_per_child: int = 5_000
    text: int = 2_000
    unusable: int = 10_000


DEFAULT = Limits()
BLOCK, NAMES = 64 * 1024, 1_000


def read(
    source: BinaryIO, *, limits: Limits = DEFAULT
) -> Iterator[Header | tuple[Child | None, list[Unused]]]:
    """Read a return: its header first, then each child as soon as its element closes.

    A pair without a child is a record that cannot be used, or something outside the children. All that is
    kept for the length of the file is eight bytes a child, to notice an identifier that comes twice.

    Raises:
        CensusRefused: the file cannot be read (further). Children read up to there have been handed out:
            an importer that wants all or nothing must read to the end before it keeps anything.
    """
    parser = _Parser(limits)
    reader: Reader | None = None
    refused: CensusRefused | None = None
    blocks = _blocks(source, limits)
    unusable = 0
    while refused is None:
        block: bytes | None = None
        try:
            block = next(blocks, None)
        except CensusRefused as error:
            refused = error
        if refused is None:
            refused = parser.feed(block)
        for node, place in parser.take():
            if unusable > limits.unusable:
                raise NotACensus(
                    f"More than {limits.unusable:,} records of the file cannot be used. Ask for the return as it was "
                    "sent to the DfE."
                )
            if node.tag == "Header" and place == "Message" and reader is None:
                header, unused = read_header(node)
                reader = Reader(header)
                yield header
                if unused:
                    yield None, unused
            elif node.tag == "Child" and place == "Children":
                if reader is None:
                    raise NotACensus(
                        "The file has no Header before its first child, so its year is not known. "
                        "Ask for the return as it was sent to the DfE."
                    )
                read_child = reader.child(node)
                unusable += read_child[0] is None
                yield read_child
            else:
                unusable += 1
                says = (
                    f"The element {node.tag[:40]} has no place here."
                    if node.tag
                    else "Text between elements."
                )
                yield None, [outside(node, place, says)]
        if block is None:
            break
    if refused is None and reader is None:
        refused = NotACensus("The file has no Header, so its year is not known. Ask for the return as sent.")
    if refused is not None:
        raise refused


def _blocks(source: BinaryIO, limits: Limits) -> Iterator[bytes]:
    """The bytes of the file, counted as they come; what it claims about its own size is never asked."""
    count = 0
    while block := source.read(BLOCK):
        if not count:
            _refuse_packed(block)
        count += len(block)
        if count > limits.file_bytes:
            size = limits.file_bytes // (1024 * 1024)
            raise TooLarge(
                f"The file is larger than {size} MB, the most that is read. "
                "If the return really is that large, raise the limit in pathways.toml: [import] megabytes = 300"
            )
        if b"\0" in block:
            raise NotXml("The file holds NUL characters, which no XML does. Export it again as UTF-8.")
        yield block
    if not count:
        raise NotXml("The file is empty. Export the return again.")


def _refuse_packed(start: bytes) -> None:
    for marks, what in (
        ((b"\x1f\x8b",), "is packed with gzip"),
        ((b"PK\x03\x04", b"PK\x05\x06"), "is a zip archive or an Office file"),
        ((b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ"), "is packed"),
    ):
        if start.startswith(marks):
            raise WrongEncoding(
                f"The file {what}, whatever its name says. Unpack it and give the XML inside."
            )
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start[:4]:
        raise WrongEncoding("The file is written in UTF-16 or UTF-32. Save it as UTF-8 and try again.")


_ENCODINGS = ("utf-8", "us-ascii", "iso-8859-1", "windows-1252")


class _Parser:
    """Cuts the stream into sections: the header, each child, and anything that lies where neither belongs."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.expat = limits, ParserCreate()
        self.stack: list[Node] = []
        self.done: list[tuple[Node, str]] = []
        self.depth = self.fed = self.began = self.elements = 0
        self.in_children = self.rooted = False
        expat = self.expat
        expat.buffer_text = True
        expat.StartElementHandler, expat.EndElementHandler = self._start, self._end
        expat.CharacterDataHandler = self._text
        expat.StartDoctypeDeclHandler, expat.XmlDeclHandler = self._doctype, self._declared

    def feed(self, block: bytes | None) -> CensusRefused | None:
        """Take the next block, or `None` for the end; what is wrong with it, if anything."""
        try:
            self.expat.Parse(block or b"", block is None)
        except CensusRefused as error:
            return error
        except ExpatError as error:
            return self._broken(error, ended=block is None)
        except (LookupError, ValueError):  # a codec Python does not have, or one of several bytes a character
            return WrongEncoding("The file is written in an encoding that is not read. Save it as UTF-8.")
        self.fed += len(block or b"")
        began = self.began if self.stack else self.expat.CurrentByteIndex
        if self.fed - began > self.limits.child_bytes:
            return self._too_large()
        if len(self.expat.intern) > NAMES:
            return NotACensus("The file uses too many different element names to be a census.")
        return None

    def take(self) -> list[tuple[Node, str]]:
        """The sections finished since the last call, each with the name of what it lies in."""
        done, self.done = self.done, []
        return done

    def _broken(self, error: ExpatError, ended: bool) -> CensusRefused:
        if not self.rooted:
            return NotXml(f"This is not an XML file (line {error.lineno}). Give the return as XML.")
        if ended:
            return NotXml(f"The file stops too early, at line {error.lineno}. Export the return again.")
        return NotXml(f"The XML is damaged at line {error.lineno}. Export the return again.")

    def _too_large(self) -> TooLarge:
        return TooLarge(
            f"One record is too large (it starts at line {self.stack[0].line if self.stack else 1}): "
            f"a child may have {self.limits.child_bytes // 1024} KB and {self.limits.elements_per_child} values. "
            "Export the return again."
        )

    def _doctype(self, *_: object) -> None:
        raise HasDoctype("The file declares a document type (DOCTYPE), which a census never has. Remove it.")

    def _declared(self, _version: str, encoding: str | None, _alone: int) -> None:
        if encoding and encoding.lower() not in _ENCODINGS:
            name = encoding[:20] if encoding[:20].isprintable() else "an unknown one"
            raise WrongEncoding(f"The file's encoding is {name}, which is not read. Save it as UTF-8.")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > self.limits.depth:
            raise TooDeep(
                f"Elements lie more than {self.limits.depth} deep at line {self.expat.CurrentLineNumber}, "
                "which a census never has. Check that this is the right file."
            )
        if self.stack:
            self.elements += 1
            if (
                self.elements > self.limits.elements_per_child
                or self.expat.CurrentByteIndex - self.began > self.limits.child_bytes
            ):
                raise self._too_large()
            node = Node(tag, self.expat.CurrentLineNumber)
            self.stack[-1].kids.append(node)
            self.stack.append(node)
        elif self.depth == 1:
            if tag != "Message":
                raise NotACensus("This is XML but not a census: a census starts with the element Message.")
            self.rooted = True
            return
        elif self.depth == 2 and tag == "Children":
            self.in_children = True
            return
        else:
            self.began, self.elements = self.expat.CurrentByteIndex, 1
            self.stack.append(Node(tag, self.expat.CurrentLineNumber))
            node = self.stack[0]
        if attributes:
            name, value = next(iter(attributes.items()))
            node.kids.append(Node(f"@{name}", node.line, value[: self.limits.text]))

    def _end(self, tag: str) -> None:
        self.depth -= 1
        if not self.stack:
            self.in_children = self.in_children and self.depth > 1
            return
        node = self.stack.pop()
        if not self.stack:
            if self.expat.CurrentByteIndex - self.began > self.limits.child_bytes:
                raise self._too_large()
            self.done.append((node, self._place()))

    def _place(self) -> str:
        return "Children" if self.in_children else "Message"

    def _text(self, text: str) -> None:
        if self.stack:
            node = self.stack[-1]
            if len(node.text) <= self.limits.text and not (node.kids and text.isspace()):
                node.text += text
        elif not text.isspace():
            self.done.append((Node("", self.expat.CurrentLineNumber, text), self._place()))
