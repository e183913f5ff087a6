"""How a description is set: as plain text of 80 columns, or as Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

WIDTH = 80


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the description. `kind`: title, part, item (a small heading), text, row (with its label), point."""

    kind: str
    text: str
    label: str = ""


def as_text(said: Iterable[Block]) -> Iterator[str]:
    """The lines of a plain text."""
    before = ""
    for block in said:
        match block.kind:
            case "title":
                yield from (block.text, "=" * len(block.text))
            case "part":
                yield from ("", "", block.text.upper(), "-" * len(block.text))
            case "item":
                yield ""
                yield from textwrap.wrap(block.text, WIDTH, subsequent_indent="    ")
            case "row":
                if before in ("title", "text", "part"):
                    yield ""
                label = f"  {block.label:<12}"
                indent = 14 if len(label) == 14 else 4
                yield from _hung(block.text, label if indent == 14 else f"  {block.label}: ", indent)
            case "point":
                if before == "part":
                    yield ""
                yield from _hung(block.text, "  - ", 4)
            case _:
                yield ""
                yield from textwrap.wrap(block.text, WIDTH)
        before = block.kind


def _hung(text: str, first: str, indent: int) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=" " * indent, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def as_markdown(said: Iterable[Block]) -> Iterator[str]:
    """The lines of a Markdown page, with whatever Markdown would read as its own made harmless."""
    before = ""
    for block in said:
        text = re.sub(r"([\\`*_<>\[\]|])", r"\\\1", block.text)
        listed = block.kind in ("row", "point")
        if not (listed and before in ("row", "point")):
            yield ""
        match block.kind:
            case "part":
                yield f"## {text}"
            case "item":
                yield f"### {text}"
            case "row":
                yield f"- **{block.label}:** {text}"
            case "point":
                yield f"- {text}"
            case _:
                yield text
        before = block.kind
