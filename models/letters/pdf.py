"""A letter as a PDF that everybody can read: tagged (PDF/UA-1), in British English, set by Typst from what Word says."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from models.letters.word import blocks_of
from pathways.errors import PathwayError

SHEET = Path(__file__).with_name("letter.typ")


class NotSet(PathwayError):
    """The PDF cannot be made from this letter. One argument: why."""

    def __str__(self) -> str:
        return (
            f"The PDF was not made: {self.args[0]}. Use the Word file: give --out a name that ends in .docx"
        )


def from_word(content: bytes, made_at: datetime) -> bytes:
    """The PDF of a Word file; the same bytes from the same file and moment.

    Raises:
        NotSet: it holds letters of a script that the fonts lack, or headings out of order.
    """
    return set_in_type(SHEET, {"letter": json.dumps(blocks_of(content), ensure_ascii=False)}, made_at)


def set_in_type(sheet: Path, inputs: dict[str, str], made_at: datetime) -> bytes:
    """The PDF that a sheet makes of what it is given; the same bytes from the same text and moment.

    Raises:
        NotSet: it holds letters of a script that the fonts lack, or headings out of order.
    """
    import typst

    try:
        made = typst.compile(
            sheet.read_bytes(),
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
            timestamp=int(made_at.timestamp()),
        )
    except typst.TypstError as fault:
        lacks = "could not be displayed" in str(fault)
        raise NotSet(
            "it has letters that the PDF's fonts lack"
            if lacks
            else "its parts do not make a PDF that everybody can read"
        ) from None
    assert isinstance(made, bytes)
    return made
