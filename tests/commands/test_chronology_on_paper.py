"""A chronology as a Word file and as a PDF: what stands in it, for whom, its pages, and that it left is on the record."""

from __future__ import annotations

import io
import json
import re
import subprocess
from pathlib import Path

import pytest
from docx import Document

from tests.programs import needs

CASE = "CP-2026-0003"


@pytest.fixture
def written(say, tmp_path):
    def write(*how: str, form: str = "docx", case: str = CASE) -> bytes:
        path = tmp_path / f"file.{form}"
        path.unlink(missing_ok=True)
        said = say("chronology", case, *how, "--out", str(path))
        assert said.code == 0, said.words
        assert "pages numbered" in said.words
        return path.read_bytes()

    return write


def rows_of(content: bytes) -> list[list[str]]:
    (table,) = Document(io.BytesIO(content)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def text_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    return "\n".join(
        [*(each.text for each in document.paragraphs), *(cell for row in rows_of(content) for cell in row)]
    )


def test_every_entry_is_on_paper_in_the_order_of_the_screen_with_its_page_of_the_file(say, written):
    on_screen = json.loads(say("chronology", CASE, "--json").out)["entries"]
    head, *rows = rows_of(written())
    assert head == ["Page", "Date", "Kind", "What happened", "By"]
    assert [row[0] for row in rows] == [str(each["page"] or "") for each in on_screen]
    assert [row[2] for row in rows] == [each["kind"] for each in on_screen]
    assert all(each["what"] in row[3] for row, each in zip(rows, on_screen, strict=True))
    pages = [int(row[0]) for row in rows if row[0]]
    assert sorted(set(pages)) == list(range(1, max(pages) + 1)), "every page of the file, and none twice"


def test_what_somebody_thinks_is_marked_as_that_inside_a_decision(written):
    decision = next(
        row for row in rows_of(written("--full")) if "Child protection plan" in row[3] or "decided" in row[3]
    )
    said = [line for line in decision[3].split("\n") if "Reasons for the decision" in line]
    assert said
    assert all(line.startswith("Opinion: ") for line in said)
    assert not any(line.startswith("Opinion: ") and "When" in line for line in decision[3].split("\n"))


def test_a_name_is_there_where_it_is_asked_for_and_then_the_look_is_recorded(written, rows):
    assert "Thorne" not in text_of(written())
    before = len(rows("trail_of_case", reference=CASE))
    assert "Hazel Thorne" in text_of(written("--names"))
    assert len(rows("trail_of_case", reference=CASE)) == before + 1


def test_that_it_left_is_on_the_chain_of_whoever_made_it(written, say):
    for times in (1, 2):
        written()
        said = say("audit", "show", "--mine")
        assert (said.code, said.words.count("export")) == (0, times)


def test_the_same_chronology_is_the_same_file(written):
    assert written("--full") == written("--full")
    assert written("--full", form="pdf") == written("--full", form="pdf")


def test_only_a_part_says_that_it_is_one(written):
    content = written("--kind", "decision", "--from", "2/9/2026")
    assert {row[2] for row in rows_of(content)[1:]} == {"decision"}
    assert "Only: from 2 September 2026, decision" in text_of(content)


def test_the_program_is_told_which_file_there_is(say, tmp_path):
    path = tmp_path / "file.pdf"
    found = json.loads(say("chronology", CASE, "--out", str(path), "--json").out)
    assert (found["file"], found["case"]) == (str(path), CASE)
    assert path.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("file.txt", "--out ends in .docx"),
        ("there/file.docx", "There is no folder"),
        ("old.pdf", "There is a file"),
    ],
)
def test_a_file_that_cannot_be_made_is_refused_before_anything_is_read(say, tmp_path, name, says):
    (tmp_path / "old.pdf").write_text("kept")
    said = say("chronology", CASE, "--out", str(tmp_path / name))
    assert (said.code, says in said.words) == (2, True), said.words
    assert (tmp_path / "old.pdf").read_text() == "kept"


@needs("pdftotext")
def test_the_pdf_numbers_its_pages_and_says_what_word_says(written, tmp_path):
    said = _as_text(written("--full", form="pdf"), tmp_path)
    numbers = [(int(page), int(of)) for page, of in re.findall(r"Page (\d+) of (\d+)", said)]
    assert len(numbers) > 1
    assert numbers == [(page, len(numbers)) for page in range(1, len(numbers) + 1)]
    words = set(text_of(written("--full")).split())
    assert len(words - set(said.split())) < len(words) / 20, "all but what is broken at a line's end"


@needs("soffice", "pdftotext")
def test_libreoffice_opens_the_word_file_and_numbers_its_pages(written, tmp_path):
    path = tmp_path / "opened.docx"
    path.write_bytes(written("--full"))
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
            "--outdir", str(tmp_path), str(path),
        ],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    said = _as_text((tmp_path / "opened.pdf").read_bytes(), tmp_path)
    pages = re.findall(r"Page (\d+) of (\d+)", said)
    assert pages == [(str(page), str(len(pages))) for page in range(1, len(pages) + 1)]
    assert f"Chronology {CASE}" in said


def _as_text(content: bytes, folder: Path) -> str:
    path = folder / "read.pdf"
    path.write_bytes(content)
    found = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True
    )
    return found.stdout
