"""The shipped Word templates, drawn: `python -m models.letters.drawing` writes them into `templates/`.

They are for staff to copy and edit in Word (docs/letters.md), so they are plain: Word's own styles, one line of a
condition to a paragraph, names in double braces. What a name means, and who may read it, is in `pathways/letters.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from models.letters.package import plain_package

TEMPLATES = Path(__file__).with_name("templates")
FONT = "Arial"
INK = (0x0B, 0x0C, 0x0C)
ROOM = 152_400
"""A line's room, in Word's units: 12 points."""
Line = tuple[str, ...]


def h(text: str) -> Line:
    """A heading."""
    return ("heading", text)


def p(text: str) -> Line:
    """A paragraph."""
    return ("text", text)


def told(label: str, name: str, level: str = "heading") -> list[Line]:
    """A heading and what is known under it; both are left out where nothing is known."""
    return [("only", f"if {name}"), (level, label), p("{{ " + name + " }}"), ("only", "endif")]


def each(label: str, name: str) -> list[Line]:
    """A heading and a list; both are left out where the list is empty."""
    return [
        ("only", f"if {name}"), h(label), ("only", f"for one in {name}"), ("bullet", "{{ one }}"), ("only", "endfor"), ("only", "endif"),
    ]  # fmt: skip


def table(label: str, name: str, heads: tuple[str, ...], columns: tuple[str, ...]) -> list[Line]:
    """A heading and a table with a row for each of a list; both are left out where the list is empty."""
    return [("only", f"if {name}"), h(label), ("table", name, *heads, *columns), ("only", "endif")]


def facts(*rows: tuple[str, str]) -> Line:
    """A small table of labels and names; a row is left out where its name is empty."""
    return ("facts", *(part for row in rows for part in row))


_WHEN = facts(
    ("Conference", "conference_kind"), ("Day", "conference_day"), ("Where and when", "conference_where")
)
_ABOUT = facts(("Child", "child_name"), ("Date of birth", "child_birth_date"))
_DECIDED = [
    *told("What was decided", "decision"),
    *told("Category of harm", "category"),
    *told("Why", "reasons"),
    *told("Why the plan ended", "criterion"),
    *told("What has changed since the last conference", "progress"),
    *table(
        "How far the plan has come",
        "plan_progress",
        ("Outcome", "What was to be done", "Who", "By when", "Now"),
        ("outcome", "what", "who", "by", "state"),
    ),
    *table(
        "The outline plan: what must change, by whom, by when",
        "outline_plan",
        ("Outcome", "What is done", "Who", "By when"),
        ("outcome", "what", "who", "by"),
    ),
    *told("What changes in the plan", "changes"),
    *told("How the child is kept safe", "child_safe"),
    *told("What the child still needs", "still_needed"),
    *told("If the plan does not work", "contingency"),
    *told("Who disagreed, and why", "dissent"),
]
_NEXT = facts(
    ("Lead social worker", "lead"),
    ("Core group", "core_group"),
    ("First core group", "core_group_day"),
    ("Review conference", "review_day"),
)
_BOARD = [
    h("What are we worried about?"),
    *told("Current risks", "risks", "under"),
    *told("Things in the past that complicate", "history", "under"),
    *told("Grey areas to explore", "grey_areas", "under"),
    h("What is working well?"),
    *told("Safety and protective factors", "safety", "under"),
    *told("Protective factors that the conference sees", "protective", "under"),
    *told("Family strengths", "strengths", "under"),
    h("What needs to happen?"),
]
"""The three questions with their headings, as on the board; the third has the child's views before what needs to happen."""
_HAPPENS = told("What needs to happen", "what_next", "under")
_CHILDS_VIEWS = [
    *told("The child's views", "child_view", "under"),
    *told("Why the child's views could not be heard", "child_view_why_none", "under"),
]
_TALK = p(
    "If you want to talk about this letter, or need it in another language or form, please ask the office that wrote it."
)

LETTERS: dict[str, tuple[str, list[Line]]] = {
    "invitation-family": ("Invitation to a child protection conference", [
        p("We are holding a child protection conference about {{ child_name }}, and we want you to be part of it. "
          "The people who work with your family will be there. Together we look at what is working well, what we are worried "
          "about, and what needs to happen."),
        _WHEN,
        *told("What we ask of you", "expected"),
        *told("How {{ child_first_name }} may take part", "child_takes_part"),
        *each("Other children whom the conference is about", "siblings"),
        *each("Agencies that are asked to come", "agencies_invited"),
        h("Before the conference"),
        p("The social worker goes through the report with you beforehand. The person who leads the conference meets you before it "
          "starts. You may bring somebody to support you."),
        _TALK,
    ]),
    "invitation-child": ("An invitation for you", [
        p("Some people who want to help you and your family are going to meet. You can say what you think about things, in the way "
          "that suits you."),
        facts(("Day", "conference_day"), ("Where and when", "conference_where")),
        *told("How you can take part", "child_takes_part"),
        p("You can ask anything you like. Your social worker will talk with you about it before."),
    ]),
    "invitation-agency": ("Invitation to a child protection conference", [
        p("You are asked to take part in a child protection conference."),
        _ABOUT, _WHEN,
        *told("What is expected", "expected"),
        h("Your report"),
        p("Please send a written report on the standard form, and share it with the parents first."),
        ("only", "if report_due"), p("It is asked for by {{ report_due }}."), ("only", "endif"),
        *told("Family", "family_invited"),
        *each("Other children whom the conference is about", "siblings"),
        *each("Agencies that are asked to come", "agencies_invited"),
    ]),
    "report-request": ("Request for a report to a child protection conference", [
        p("We ask for your written report to a child protection conference, on the standard form. Keep fact apart from opinion, and "
          "share the report with the parents before you send it, unless that would put the child at risk."),
        facts(("Child", "child_name"), ("Date of birth", "child_birth_date"), ("Lives at", "child_address"),
              ("Conference", "conference_kind"), ("Held on", "conference_day"), ("Report asked for by", "report_due")),
        *told("What is expected", "expected"),
        *each("Other children whom the conference is about", "siblings"),
    ]),
    "agenda": ("Agenda of the child protection conference", [
        facts(("About", "child_name"), ("Conference", "conference_kind"), ("Day", "conference_day"), ("Where and when", "conference_where")),
        h("Agenda"),
        ("only", "for one in agenda"), ("number", "{{ one }}"), ("only", "endfor"),
    ]),
    "decisions-family": ("What the conference decided", [
        p("The child protection conference about {{ child_name }} was held on {{ held_on }}. This letter tells you what it decided. "
          "The minutes follow."),
        *_DECIDED, h("What happens next"), _NEXT,
        h("If you do not agree"),
        p("You may say so to the person who led the conference, and you may complain. Ask the office that wrote this letter how."),
        _TALK,
    ]),
    "decisions-child": ("What the meeting decided", [
        p("The meeting about you was on {{ held_on }}. This is what it decided:"),
        p("{{ decision }}"),
        ("only", "if lead"), p("Your social worker is in this team: {{ lead }}."), ("only", "endif"),
        ("only", "if review_day"), p("There is another meeting on {{ review_day }}. You can take part in it."), ("only", "endif"),
        p("Somebody whom you know will talk with you about it. You can ask anything, and you can say if you do not agree."),
    ]),
    "decisions-agency": ("Decisions of the child protection conference", [
        p("The conference was held on {{ held_on }}. Its decisions are below; the minutes follow."),
        _ABOUT, *_DECIDED, h("What happens next"), _NEXT,
    ]),
    "minutes-family": ("Minutes of the child protection conference", [
        facts(("About", "child_name"), ("Held on", "held_on"), ("Agencies", "agencies_present"), ("Family", "family_present"),
              ("Apologies", "apologies")),
        *_BOARD, *_HAPPENS, *_DECIDED, h("What happens next"), _NEXT,
        p("Please tell us within a few days if something in these minutes is not right."),
    ]),
    "minutes-agency": ("Minutes of the child protection conference", [
        facts(("About", "child_name"), ("Date of birth", "child_birth_date"), ("Held on", "held_on"), ("Agencies", "agencies_present"),
              ("Family", "family_present"), ("Apologies", "apologies")),
        *each("Other children whom the conference was about", "siblings"),
        *_BOARD, *_CHILDS_VIEWS, *_HAPPENS, *_DECIDED, h("What happens next"), _NEXT,
        p("Please tell us within a few days if something in these minutes is not right."),
    ]),
    "lado-outcome-employer": ("Outcome of an allegation", [
        p("The matter concerning {{ adult_name }} has been concluded."),
        *told("Outcome", "outcome"), *told("On which evidence it rests", "outcome_evidence"), *told("Reasons", "reasons"),
        *told("Support", "support"), *told("Learning", "learning"),
        h("What you do now"),
        p("Keep a clear summary where your procedure says, and give the person a copy. What was found malicious, false or unfounded "
          "is removed from the personnel file and never stands in a reference."),
    ]),
    "lado-outcome-adult": ("Outcome of the allegation about you", [
        p("The matter concerning you has been concluded. Your employer tells you more, and what support you can have."),
        *told("Outcome", "outcome"), *told("Reasons", "reasons"), *told("Support", "support"),
    ]),
    "escalation-raise": ("A professional disagreement is raised", [
        p("This disagreement was not settled and is raised to the next stage. It concerns the child {{ child_initials }}."),
        facts(("Stage", "stage")), *told("What was tried before, and the answer", "tried"),
        p("A disagreement stops nothing that protects the child."),
    ]),
    "escalation-outcome": ("Outcome of a professional disagreement", [
        p("This letter confirms how the disagreement about the child {{ child_initials }} ended."),
        facts(("Stage", "stage"), ("Does the decision change?", "decision_changes")), *told("What was agreed", "agreed"),
    ]),
    "transfer-receipt": ("Receipt for a child's file", [
        p("We have received the child protection file of this child, and it is complete as far as we can tell."),
        facts(("Child", "child_name"), ("Date of birth", "child_birth_date"), ("Received", "letter_date"), ("Pages in our file", "pages")),
        p("You may now destroy your copy, unless a law or a legal hold says that you keep it."),
        h("Received by"), p("Name and signature: ........................................"),
    ]),
}  # fmt: skip
"""Every shipped template: its file's name, its heading, what it says."""


def draw(name: str) -> bytes:
    """One template as a Word file; the same bytes each time."""
    from docx import Document

    title, lines = LETTERS[name]
    document = Document()
    _page(document)
    _head(document, title)
    for line in lines:
        _LINES[line[0]](document, *line[1:])
    signed = document.add_paragraph("{{ signed_by }}").paragraph_format
    signed.space_before, signed.space_after, signed.keep_with_next = ROOM, 0, True
    document.add_paragraph("{{ authority }}")
    return plain_package(document, title)


def set_up_page(document: Any) -> None:
    """A4, plain type, British English: what every paper of ours looks like."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    for style, size, before, bold in (("Normal", 11, 0, False), ("Title", 18, 12, True), ("Heading 1", 13, 12, True), ("Heading 2", 11, 8, True),
                                      ("List Bullet", 11, 0, False), ("List Number", 11, 0, False)):  # fmt: skip
        found = document.styles[style]
        found.font.name, found.font.size, found.font.bold = FONT, Pt(size), bold
        found.font.color.rgb = RGBColor(*INK)
        fonts = found.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), FONT)
        found.paragraph_format.space_before, found.paragraph_format.space_after = Pt(before), Pt(6)
        found.paragraph_format.keep_with_next = style in ("Title", "Heading 1", "Heading 2")
    borders = document.styles["Title"].element.find(f".//{qn('w:pBdr')}")
    borders.getparent().remove(borders)
    language = document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    language.set(qn("w:val"), "en-GB")


def _page(document: Any) -> None:
    set_up_page(document)
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ authority }}"
    foot = section.footer.paragraphs[0]
    foot.add_run("Confidential    {{ our_reference }}    Page ")
    add_field(foot, "PAGE")


def add_field(paragraph: Any, code: str) -> None:
    """A field that Word works out: PAGE, NUMPAGES."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run()
    for kind in ("begin", "", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = code
        run._r.append(part)


def _head(document: Any, title: str) -> None:
    """Whom it is for, the day, the reference, the heading."""
    document.add_paragraph("{{ recipient_name }}").paragraph_format.space_after = 0
    _only(document, "for line in recipient_address")
    document.add_paragraph("{{ line }}").paragraph_format.space_after = 0
    _only(document, "endfor")
    document.add_paragraph("{{ letter_date }}").paragraph_format.space_before = ROOM
    document.add_paragraph("Our reference: {{ our_reference }}")
    document.add_paragraph(title, style="Title")


def _only(document: Any, what: str) -> None:
    document.add_paragraph("{%p " + what + " %}")


def _facts(document: Any, *parts: str) -> None:
    from docx.shared import Cm, Pt

    rows = list(zip(parts[::2], parts[1::2], strict=True))
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, (5, 11), strict=True):
        column.width = Cm(width)
    for label, name in rows:
        for text in (f"{{%tr if {name} %}}", "", "{%tr endif %}"):
            cells = table.add_row().cells
            if text:
                cells[0].text = text
                continue
            cells[0].paragraphs[0].add_run(label).bold = True
            cells[1].text = "{{ " + name + " }}"
            for cell in cells:
                cell.paragraphs[0].paragraph_format.space_before = Pt(3)
                cell.paragraphs[0].paragraph_format.space_after = Pt(3)
    _gap(document)


WIDTHS = {4: (4.0, 6.1, 2.7, 3.2), 5: (3.4, 4.6, 2.4, 3.1, 2.5)}
"""Centimetres of the columns of a table, by how many there are."""


def _table(document: Any, name: str, *parts: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    number = len(parts) // 2
    made = document.add_table(rows=0, cols=number)
    made.style, made.autofit = "Table Grid", False
    for column, width in zip(made.columns, WIDTHS[number], strict=True):
        column.width = Cm(width)
    printed = ["{{ row." + each + " }}" for each in parts[number:]]
    for place, texts in enumerate(
        (parts[:number], [f"{{%tr for row in {name} %}}"], printed, ["{%tr endfor %}"])
    ):
        row = made.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text, width in zip(row.cells, texts, WIDTHS[number], strict=False):
            cell.width = Cm(width)
            small(cell.paragraphs[0], text, bold=not place)
        if not place:
            head = OxmlElement("w:tblHeader")
            head.set(qn("w:val"), "true")
            row._tr.get_or_add_trPr().append(head)
    _gap(document)


def small(paragraph: Any, text: str, *, bold: bool) -> None:
    """The text of a cell in a table of several columns."""
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(10)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)


def _gap(document: Any) -> None:
    """A little room below a table, which has none of its own."""
    from docx.shared import Pt

    below = document.add_paragraph().paragraph_format
    below.space_after, below.line_spacing = Pt(0), Pt(8)


def _heading(document: Any, text: str) -> None:
    document.add_paragraph(text, style="Heading 1")


def _under(document: Any, text: str) -> None:
    document.add_paragraph(text, style="Heading 2")


def _text(document: Any, text: str) -> None:
    document.add_paragraph(text)


def _bullet(document: Any, text: str) -> None:
    document.add_paragraph(text, style="List Bullet")


def _number(document: Any, text: str) -> None:
    document.add_paragraph(text, style="List Number")


_LINES: dict[str, Callable[..., None]] = {
    "heading": _heading, "under": _under, "text": _text, "only": _only, "bullet": _bullet, "number": _number, "facts": _facts, "table": _table,
}  # fmt: skip


def main() -> None:
    """Write every template anew."""
    TEMPLATES.mkdir(exist_ok=True)
    for old in TEMPLATES.glob("*.docx"):
        old.unlink()
    for name in LETTERS:
        (TEMPLATES / f"{name}.docx").write_bytes(draw(name))


if __name__ == "__main__":
    main()
