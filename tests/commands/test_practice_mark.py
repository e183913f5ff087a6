"""Whatever leaves a practice store says of itself that nobody in it is real; what leaves a real one does not."""

from __future__ import annotations

import csv
import io
import subprocess

import pytest
from docx import Document

from commands.export import LISTED
from models.letters.word import fill, text_of
from models.store import open_store
from pathways.practice_mark import BANNER, MARK
from tests.commands.conftest import MONDAY
from tests.pathways.census_text import HEAD, TAIL, child, episode
from tests.programs import needs

CANNOT = {
    "audit export": "its lines are fixed, with a key that the verifier calls a practice key; the screen says it",
    "documents open": "gives what was kept, byte for byte: a letter bears it from its making",
    "db backup": "sealed, and the settings of what is restored say it",
    "licences": "tells of packages, and of no record",
}
"""Ways out whose form leaves no room for it, and why none is needed."""


def _written(say, tmp_path, line: str) -> dict[str, str]:
    """What a way out wrote, as text, by the file's name."""
    out = tmp_path / "out"
    out.mkdir()
    said = say(*line.format(out=out).split())
    assert said.code == 0, said.words
    return {each.name: _text(each) for each in out.rglob("*") if each.is_file()}


def _text(path) -> str:
    if path.suffix == ".docx":
        return "\n".join(text_of(path.read_bytes()))
    if path.suffix == ".pdf":
        done = subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
        )
        return done.stdout
    return path.read_text(encoding="utf-8").replace("\n ", "")


WAYS = [
    ("letter", "letter cp3 minutes --to police --out {out}/minutes.docx", MARK),
    ("letter", "letter cp1 agenda --to school --out {out}/agenda.docx", MARK),
    ("chronology", "chronology cp3 --out {out}/file.docx", MARK),
    ("export processing-record", "export processing-record --out {out}/record.md", MARK),
    ("export processing-record", "export processing-record --out {out}/record.csv", MARK),
    ("export processing-record", "export processing-record --out {out}/record.json", MARK),
    ("dashboards publish", "dashboards publish --out {out}/wall", MARK),
    ("calendar publish", "calendar publish --team conference --to {out}", f"SUMMARY:{BANNER}: "),
]  # fmt: skip


@pytest.mark.parametrize(("line", "mark"), [each[1:] for each in WAYS], ids=[each[1] for each in WAYS])
def test_every_file_says_that_its_cases_are_invented(say, tmp_path, line, mark):
    made = _written(say, tmp_path, line)
    assert made
    assert [name for name, text in made.items() if mark not in text] == []


@needs("pdftotext")
@pytest.mark.parametrize(
    "line", ["letter cp3 minutes --to police --out {out}/minutes.pdf", "chronology cp3 --out {out}/file.pdf"]
)
def test_every_page_of_a_pdf_says_it(say, tmp_path, line):
    for text in _written(say, tmp_path, line).values():
        pages = text.rstrip("\f\n").split("\f")
        assert [number for number, page in enumerate(pages, 1) if MARK not in page] == []


def test_every_way_out_is_tried_here_or_has_a_reason():
    tried = {name for name, *_ in WAYS} | CANNOT.keys()
    listed = {typed for typed, *_ in LISTED}
    assert {typed for typed in listed if not typed.startswith(tuple(tried))} == set()


@pytest.mark.parametrize("line", [each[1] for each in WAYS])
def test_nothing_that_leaves_a_real_store_says_it(say, practice_home, monkeypatch, tmp_path, line):
    monkeypatch.setattr("commands.desk.login_of", lambda _: "practice")
    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store, store.writing() as tx:
        tx.run("put_setting", name="practice", value="no")
        tx.run("put_setting", name="unencrypted", value="yes")
    assert BANNER not in "".join(_written(say, tmp_path, line).values())


@pytest.fixture
def real(practice_home, monkeypatch):
    """The same records, as if they were no practice store's."""
    monkeypatch.setattr("commands.desk.login_of", lambda _: "practice")

    def become():
        with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store, store.writing() as tx:
            tx.run("put_setting", name="practice", value="no")
            tx.run("put_setting", name="unencrypted", value="yes")

    return become


@pytest.fixture
def tables(say, tmp_path):
    """Every table of CSV that leaves a store, by the command that gives it."""
    census, asked = tmp_path / "census.xml", tmp_path / "asked.csv"
    census.write_text(HEAD + child(episode(), what="<Ethnicity>ZZZZ</Ethnicity>") + TAIL, encoding="utf-8")
    asked.write_text("rule_id,start_datetime\ncp.icpc,2026-11-03\nno.such,2026-11-03\n", encoding="utf-8")

    def given():
        kept = tmp_path / "kept.csv"
        kept.unlink(missing_ok=True)
        assert say("import", "cin-census", str(census), "--unused", str(kept)).code == 0
        printed = {
            line: say(*line.split()).out
            for line in (
                "rules due cp.icpc 2026-11-03 --as-of 2026-11-23 --csv",
                f"rules due --from-csv {asked} --as-of 2026-11-23",
                "import unused --csv",
            )
        }
        return {**printed, "--unused": kept.read_text(encoding="utf-8")}

    return given


def test_every_row_of_a_table_says_it_in_a_last_column_and_none_of_a_real_store(tables, real):
    """By its place or by its name, a reader finds what it found before."""
    practice = tables()
    real()
    for line, text in tables().items():
        plain = list(csv.reader(io.StringIO(text)))
        assert len(plain) == len(text.splitlines()) > 1, f"{line}: a row is one line, however long"
        assert BANNER not in text, line
        heading, *rows = csv.reader(io.StringIO(practice[line]))
        assert heading == [*plain[0], "mark"], line
        assert [each[-1] for each in rows] == [MARK] * len(rows), line
        assert [each[:-1] for each in rows] == plain[1:], line


def test_the_screen_says_it_of_a_file_that_has_no_room_for_it(say, real, tmp_path):
    said = say("audit", "export", "cp1", "--out", str(tmp_path / "one.jsonl"))
    assert MARK in said.words
    assert MARK not in (tmp_path / "one.jsonl").read_text(encoding="utf-8")
    real()
    assert BANNER not in say("audit", "export", "cp1", "--out", str(tmp_path / "two.jsonl")).words


def _template(*, own_first: bool = False, own_even: bool = False, sections: int = 1) -> bytes:
    document, made = Document(), io.BytesIO()
    document.settings.odd_and_even_pages_header_footer = own_even
    for _ in range(sections - 1):
        document.add_section()
    for section in document.sections:
        section.different_first_page_header_footer = own_first
    document.add_paragraph("Dear {{ recipient_name }}")
    document.save(made)
    return made.getvalue()


@pytest.mark.parametrize("own_first", [False, True])
@pytest.mark.parametrize("own_even", [False, True])
@pytest.mark.parametrize("sections", [1, 2])
def test_no_page_of_an_authoritys_own_template_goes_without_it(own_first, own_even, sections):
    template = _template(own_first=own_first, own_even=own_even, sections=sections)
    made = fill("own.docx", template, {"recipient_name": "School"}, title="Agenda", made_at=MONDAY, mark=MARK)
    document = Document(io.BytesIO(made))
    for section in document.sections:
        headers = [section.header]
        headers += [section.first_page_header] if own_first else []
        headers += [section.even_page_header] if own_even else []
        assert [each.paragraphs[0].text for each in headers] == [MARK] * len(headers)
