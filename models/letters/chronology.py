"""A chronology on paper: a Word file to work in, a tagged PDF to read. Pages are numbered, fact stands apart from opinion."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from models.letters.drawing import FONT, add_field, set_up_page, small
from models.letters.package import plain_package
from models.letters.pdf import set_in_type

SHEET = Path(__file__).with_name("chronology.typ")
HEADINGS = ("Page", "Date", "Kind", "What happened", "By")
WIDTHS = (1.6, 2.8, 2.1, 6.6, 2.9)
"""Centimetres of the columns."""
KINDS = (
    "Fact: what was done, seen or received. Opinion: what somebody thinks, kept as theirs. Decision: what was decided, "
    "by whom. The page is that of the file."
)
OPINION = "Opinion"


@dataclass(frozen=True, slots=True)
class Line:
    """What one entry says: a paragraph, and whether it is an opinion inside an entry of another kind."""

    text: str
    opinion: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One entry; `page` is empty for what has no page in the file."""

    page: str
    date: str
    kind: str
    lines: tuple[Line, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed: the head of every page, what it is about, the entries in their order, what is said at the end."""

    head: str
    reference: str
    about: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title of the document."""
        return f"Chronology {self.reference}"


def as_word(printed: Printed, made_at: datetime) -> bytes:
    """The Word file; the same bytes from the same entries and moment."""
    from docx import Document

    document = Document()
    set_up_page(document)
    section = document.sections[0]
    section.header.paragraphs[0].text = printed.head
    foot = section.footer.paragraphs[0]
    foot.add_run(f"Confidential    {printed.reference}    Page ")
    add_field(foot, "PAGE")
    foot.add_run(" of ")
    add_field(foot, "NUMPAGES")
    document.add_paragraph(printed.title, style="Title")
    for label, value in printed.about:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(value)
    document.add_paragraph(KINDS)
    _entries(document, printed.rows)
    for note in printed.notes:
        document.add_paragraph(note)
    return plain_package(document, printed.title, made_at)


def _entries(document: Any, rows: tuple[Row, ...]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    table = document.add_table(rows=1, cols=len(HEADINGS))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(width)
    for cell, text in zip(table.rows[0].cells, HEADINGS, strict=True):
        small(cell.paragraphs[0], text, bold=True)
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(head)
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip((*cells[:3], cells[4]), (row.page, row.date, row.kind, row.by), strict=True):
            small(cell.paragraphs[0], text, bold=False)
        for place, line in enumerate(row.lines):
            paragraph = cells[3].add_paragraph() if place else cells[3].paragraphs[0]
            if line.opinion:
                small(paragraph, f"{OPINION}: ", bold=True)
            small(paragraph, line.text, bold=False)
            for run in paragraph.runs:
                run.italic, run.font.name = line.opinion or row.kind == OPINION.lower(), FONT
    for made in table.rows:
        for cell, width in zip(made.cells, WIDTHS, strict=True):
            cell.width = Cm(width)


def as_pdf(printed: Printed, made_at: datetime) -> bytes:
    """The PDF (PDF/UA-1); the same bytes from the same entries and moment.

    Raises:
        NotSet: it holds letters of a script that the fonts lack.
    """
    told = asdict(printed) | {
        "title": printed.title,
        "kinds": KINDS,
        "opinion": OPINION,
        "headings": HEADINGS,
    }
    return set_in_type(SHEET, {"chronology": json.dumps(told, ensure_ascii=False)}, made_at)
