"""Word templates: found, looked through before they are used, filled, and read back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from models.letters.package import plain_package
from pathways.errors import Mistyped, NotReady, PathwayError
from pathways.letters import KINDS, Kind, Reader, refused_names

SHIPPED = Path(__file__).with_name("templates")
MOST_BYTES = 20 * 1024 * 1024
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_TEXT_PARTS = re.compile(r"word/(document|header[0-9]*|footer[0-9]*|footnotes|endnotes)\.xml")
_PARTS_THAT_SPEAK = ("word/comments.xml", "word/vbaProject.bin", "word/people.xml")


class UnfitTemplate(PathwayError):
    """A template cannot be used. Arguments: its file's name, why, each a sentence."""

    def __str__(self) -> str:
        name, why = self.args
        return (
            f"The template {name} cannot be used. {' '.join(why)} Nothing was made. Mend it in Word, then look again: "
            "pathways letter check-template FILE"
        )


# --- which template ----------------------------------------------------------------------------------------


def template_for(kind: Kind, reader: Reader, own: Path | None) -> tuple[str, bytes]:
    """The template of a letter for a reader: the authority's own before the shipped one, a reader's before a common one.

    Raises:
        NotReady: there is none, or the folder of the authority's own is not there.
        UnfitTemplate: it prints what this reader may not be told, or cannot be read.
    """
    if own is not None and not own.is_dir():
        raise NotReady(
            "The folder of the authority's own letters is not there. Mend `templates` under [letters] in pathways.toml."
        )
    for folder in filter(None, (own, SHIPPED)):
        for name in (f"{kind.name}-{reader}.docx", f"{kind.name}.docx"):
            path = folder / name
            if path.is_file():
                content = read(path)
                refuse(name, content, kind, (reader,))
                return name, content
    raise NotReady(
        f"There is no template for {kind.name} to {reader.label}. Put one into the folder: {kind.name}.docx"
    )


def read(path: Path) -> bytes:
    """The bytes of a Word file.

    Raises:
        Mistyped: it cannot be read, or is far too large.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Mistyped("The file is larger than 20 MB. Make it smaller, and try again.")
        return path.read_bytes()
    except OSError as fault:
        raise Mistyped(f"The file cannot be read ({fault.strerror}). Nothing was made.") from None


def meant_by(name: str) -> tuple[Kind, tuple[Reader, ...]]:
    """The kind and the readers that a template is for, as its file's name says.

    Raises:
        Mistyped: the name says neither.
    """
    stem = Path(name).stem.lower()
    for kind in KINDS.values():
        if stem == kind.name:
            return kind, kind.readers
        for reader in kind.readers:
            if stem == f"{kind.name}-{reader}":
                return kind, (reader,)
    listed = ", ".join(f"{kind.name}-{'|'.join(kind.readers)}" for kind in KINDS.values())
    raise Mistyped(f"A template is known by its file's name: KIND.docx or KIND-READER.docx. Names: {listed}")


# --- is it fit? --------------------------------------------------------------------------------------------


def refuse(name: str, content: bytes, kind: Kind, readers: Iterable[Reader]) -> None:
    """Refuse a template that would print what its readers may not be told, or that carries something along.

    Raises:
        UnfitTemplate: with every reason.
    """
    try:
        carried, used = _looked_through(content)
    except _unreadable() as fault:
        raise UnfitTemplate(name, [_in_words(fault)]) from None
    why = [*carried] or refused_names(kind, tuple(readers), used)
    if why:
        raise UnfitTemplate(name, why)


@lru_cache(maxsize=8)
def _looked_through(content: bytes) -> tuple[tuple[str, ...], frozenset[str]]:
    """What a template carries along; where that is nothing, every name in it. Letters to a whole family are many of one."""
    carried = tuple(carried_along(content))
    return carried, frozenset(() if carried else names_in(content))


def carried_along(content: bytes) -> list[str]:
    """What a Word file would carry along unseen, or reach out to; each a sentence."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        trees = {
            name: ElementTree.fromstring(part)
            for name, part in parts.items()
            if name.endswith((".xml", ".rels"))
        }
    except (zipfile.BadZipFile, ElementTree.ParseError, RuntimeError, OSError):
        return ["It is not a Word file (.docx)."]
    if "word/document.xml" not in parts:
        return ["It is not a Word file (.docx)."]
    found = []
    if any(name in parts for name in _PARTS_THAT_SPEAK):
        found.append("It holds comments or a program (macro). Take them out.")
    if any(
        each.get("TargetMode") == "External"
        for name, tree in trees.items()
        if name.endswith(".rels")
        for each in tree
    ):
        found.append("It reaches out to another file or page (a link, a linked picture). Take that out.")
    spoken = [tree for name, tree in trees.items() if _TEXT_PARTS.fullmatch(name)]
    if any(next(tree.iter(f"{_W}{tag}"), None) is not None for tree in spoken for tag in ("ins", "del")):
        found.append("It holds tracked changes. Accept or reject them.")
    codes = [(each.text or "").split() for tree in spoken for each in tree.iter(f"{_W}instrText")]
    codes += [each.get(f"{_W}instr", "").split() for tree in spoken for each in tree.iter(f"{_W}fldSimple")]
    if any(code and code[0] not in _FIELDS for code in codes):
        found.append("It holds a field other than the page number. Take it out.")
    if any(not each.get("descr") for tree in spoken for each in tree.iter(_DRAWN)):
        found.append("A picture in it has no alt text. Say in Word what it shows.")
    return found


def names_in(content: bytes) -> set[str]:
    """Every name that a template prints or asks after, in its text, headers, footers, notes and properties."""
    from docxtpl import DocxTemplate
    from jinja2 import meta

    template = DocxTemplate(io.BytesIO(content))
    environment = _environment()
    names = set(template.get_undeclared_template_variables(environment))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.startswith(("word/footnotes", "word/endnotes", "docProps/core")):
                said = template.patch_xml(package.read(name).decode())
                names |= meta.find_undeclared_variables(environment.parse(said))
    return names


def _environment() -> Any:
    """Templates are filled in a sandbox: they print names and lists, and run nothing."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    return environment


def _unreadable() -> tuple[type[Exception], ...]:
    from docx.opc.exceptions import PackageNotFoundError
    from jinja2 import TemplateError

    return (TemplateError, SyntaxError, PackageNotFoundError, KeyError, UnicodeDecodeError)


def _in_words(fault: Exception) -> str:
    said = getattr(fault, "message", None) or type(fault).__name__
    return f"Its braces do not come out: {str(said)[:120]}."


# --- filling -----------------------------------------------------------------------------------------------


def fill(
    name: str, template: bytes, given: Mapping[str, Any], *, title: str, made_at: datetime, mark: str = ""
) -> bytes:
    """A letter as a Word file: the template with what its reader may be told, and nothing of who made it.

    `mark`: stands at the head of every page, whatever the template has there.

    Raises:
        UnfitTemplate: the template cannot be filled.
    """
    from docxtpl import DocxTemplate

    filled = DocxTemplate(io.BytesIO(_marked(template, mark) if mark else template))
    try:
        filled.render(dict(given), jinja_env=_environment(), autoescape=True)
    except _unreadable() as fault:
        raise UnfitTemplate(name, [_in_words(fault)]) from None
    return plain_package(filled.docx, title, made_at)


def _marked(template: bytes, mark: str) -> bytes:
    """A template of which every header that is printed begins with the mark, that of a first page and of even pages too."""
    from docx import Document

    document, made = Document(io.BytesIO(template)), io.BytesIO()
    even = document.settings.odd_and_even_pages_header_footer
    for place, section in enumerate(document.sections):
        headers = [section.header]
        headers += [section.first_page_header] if section.different_first_page_header_footer else []
        headers += [section.even_page_header] if even else []
        for header in headers:
            if not (place and header.is_linked_to_previous):
                line = header.add_paragraph()
                line.add_run(mark).bold = True
                header._element.insert(0, line._p)
    document.save(made)
    return made.getvalue()


def text_of(content: bytes) -> list[str]:
    """Every line of a Word file that somebody could read, headers and footers and notes included."""
    lines = []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in sorted(package.namelist()):
            if _TEXT_PARTS.fullmatch(name):
                tree = ElementTree.fromstring(package.read(name))
                lines += [_line(each) for each in tree.iter(f"{_W}p")]
    return [line for line in lines if line.strip()]


def _line(paragraph: ElementTree.Element) -> str:
    """What a paragraph says: its text, line breaks and tabs as a space, no codes of fields."""
    parts = {f"{_W}t": None, f"{_W}br": " ", f"{_W}tab": " "}
    return "".join(parts[each.tag] or each.text or "" for each in paragraph.iter() if each.tag in parts)


def blocks_of(content: bytes) -> dict[str, Any]:
    """What a Word file says, as headings, paragraphs, lists and tables in their order, for setting it as a PDF."""
    from docx import Document
    from docx.table import Table

    document = Document(io.BytesIO(content))
    blocks: list[dict[str, Any]] = []
    for each in document.iter_inner_content():
        if isinstance(each, Table):
            rows = [[_words(cell.paragraphs) for cell in row.cells] for row in each.rows]
            if rows:
                blocks.append({"is": "table", "rows": rows})
        elif each.text.strip():
            blocks.append(_block(each))
    section = document.sections[0]
    return {
        "title": document.core_properties.title,
        "head": _words(section.header.paragraphs),
        "foot": _words(section.footer.paragraphs).removesuffix("Page").strip(),
        "blocks": blocks,
    }


def _words(paragraphs: Iterable[Any]) -> str:
    return "\n".join(each.text for each in paragraphs).strip()


def _block(paragraph: Any) -> dict[str, Any]:
    style = str(paragraph.style.name)
    if style == "Title":
        return {"is": "heading", "level": 1, "text": paragraph.text}
    if style.startswith("Heading"):
        level = int(style.split()[-1]) if style.split()[-1].isdigit() else 1
        return {"is": "heading", "level": level + 1, "text": paragraph.text}
    for kind, begins in (("bullet", "List Bullet"), ("number", "List Number")):
        if style.startswith(begins):
            return {"is": kind, "text": paragraph.text}
    spacing = paragraph.paragraph_format
    return {
        "is": "text",
        "text": paragraph.text,
        "above": bool(spacing.space_before),
        "below": spacing.space_after is None or bool(spacing.space_after),
    }
