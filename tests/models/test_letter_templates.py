"""Templates and what is made of them: nothing withheld anywhere in the file, nothing of who made it, opened by others."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from datetime import UTC, datetime

import pytest
from docx import Document
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from models.letters import drawing, pdf, word
from pathways.errors import Mistyped, NotReady
from pathways.letters import FAMILY, FIELDS, KINDS, Rows
from tests.programs import needs

AT = datetime(2026, 11, 23, 9, 31, tzinfo=UTC)
TABLES = ("outline_plan", "plan_progress")
LISTS = ("recipient_address", "siblings", "agencies_invited", "agenda")
CASES = [(kind, reader) for kind in KINDS.values() for reader in kind.readers]
NAMES = [f"{kind.name}-{reader}" for kind, reader in CASES]


def canary(name):
    return f"Kanari{name.replace('_', '')}x"


def values(kind, reader):
    given = {name: canary(name) for name in kind.given(reader)}
    given |= {name: [canary(name)] for name in LISTS if name in given}
    return given | {name: Rows([row(canary(name))]) for name in TABLES if name in given}


def row(what):
    return {"outcome": "Fed", "what": what, "who": "school", "by": "1 May 2027", "state": "done"}


def made(kind, reader, template=None):
    name, content = word.template_for(kind, reader, None)
    return word.fill(name, template or content, values(kind, reader), title=kind.title, made_at=AT)


def everything_in(docx):
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def template_of(*lines, header=""):
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "reader"), CASES, ids=NAMES)
def test_nothing_that_is_withheld_is_anywhere_in_the_file(kind, reader):
    letter = made(kind, reader)
    whole = everything_in(letter)
    for name in FIELDS.keys() - set(kind.given(reader)):
        assert canary(name) not in whole, name
    for needed in (*kind.needs, "recipient_name", "our_reference"):
        if needed in kind.given(reader):
            assert canary(needed) in whole, needed
    assert "{{" not in whole
    assert "{%" not in whole


@pytest.mark.parametrize(("kind", "reader"), CASES, ids=NAMES)
def test_a_file_says_nothing_of_who_made_it_and_is_the_same_each_time(kind, reader):
    letter = made(kind, reader)
    assert letter == made(kind, reader)
    properties = Document(io.BytesIO(letter)).core_properties
    assert (properties.title, properties.language) == (kind.title, "en-GB")
    assert not any(
        (
            properties.author,
            properties.last_modified_by,
            properties.comments,
            properties.keywords,
            properties.subject,
        )
    )
    assert properties.created.replace(tzinfo=UTC) == AT
    with zipfile.ZipFile(io.BytesIO(letter)) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name or "comments" in name]
        assert 'w:val="en-GB"' in package.read("word/styles.xml").decode()


@needs("pdftotext")
@pytest.mark.parametrize(("kind", "reader"), CASES, ids=NAMES)
def test_the_pdf_says_what_the_word_file_says(kind, reader, tmp_path):
    letter = made(kind, reader)
    (tmp_path / "letter.pdf").write_bytes(pdf.from_word(letter, AT))
    ran = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "letter.pdf", "-"], capture_output=True, check=True
    )
    text = "".join(ran.stdout.decode().split())
    for name in kind.given(reader):
        assert (canary(name) in text) == (canary(name) in "".join("".join(word.text_of(letter)).split())), (
            name
        )
    for name in FIELDS.keys() - set(kind.given(reader)):
        assert canary(name) not in text


def test_the_pdf_is_tagged_for_everybody_and_the_same_each_time():
    letter = made(KINDS["minutes"], FAMILY)
    made_pdf = pdf.from_word(letter, AT)
    assert made_pdf == pdf.from_word(letter, AT)
    assert made_pdf.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made_pdf
    assert b"/Lang" in made_pdf
    assert b"pdfuaid" in made_pdf
    assert b"/Author" not in made_pdf


def test_letters_that_the_fonts_lack_are_not_left_out_of_a_pdf():
    kind = KINDS["decisions"]
    name, content = word.template_for(kind, FAMILY, None)
    letter = word.fill(
        name, content, values(kind, FAMILY) | {"child_name": "李"}, title=kind.title, made_at=AT
    )
    with pytest.raises(pdf.NotSet, match=r"fonts lack\. Use the Word file"):
        pdf.from_word(letter, AT)


def test_what_people_wrote_is_text_and_never_markup():
    kind = KINDS["decisions"]
    name, content = word.template_for(kind, FAMILY, None)
    hostile = "<w:p>&amp; {{ child_address }} {% for %} #panic() *x* \x0bend"
    letter = word.fill(
        name, content, values(kind, FAMILY) | {"reasons": hostile}, title=kind.title, made_at=AT
    )
    assert any(
        "<w:p>&amp; {{ child_address }} {% for %} #panic() *x*" in line for line in word.text_of(letter)
    )
    assert pdf.from_word(letter, AT).startswith(b"%PDF-")


# --- templates of one's own ----------------------------------------------------------------------------------


def refused(content, name="decisions-family.docx"):
    kind, readers = word.meant_by(name)
    with pytest.raises(word.UnfitTemplate) as why:
        word.refuse(name, content, kind, readers)
    return str(why.value)


def test_the_shipped_templates_are_as_drawn_and_every_one_is_fit():
    shipped = {path.stem: path.read_bytes() for path in word.SHIPPED.glob("*.docx")}
    assert shipped.keys() == drawing.LETTERS.keys()
    for name in shipped:
        assert everything_in(shipped[name]) == everything_in(drawing.draw(name)), (
            f"{name}: python -m models.letters.drawing"
        )
    for name, content in shipped.items():
        word.refuse(f"{name}.docx", content, *word.meant_by(f"{name}.docx"))


def test_there_is_a_template_for_every_kind_and_reader():
    for kind, reader in CASES:
        assert word.template_for(kind, reader, None)


def test_a_template_that_would_tell_too_much_is_refused_before_anything_is_made():
    assert "an address never reaches the other parent" in refused(template_of("{{ other_parent_address }}"))
    assert "It prints child_view" in refused(
        template_of("Text", header="{{ child_view }}"), "minutes-family.docx"
    )
    assert "no name that a letter knows" in refused(template_of("{%p if nmae %}", "{%p endif %}"))


def test_a_common_template_is_held_to_the_reader_who_may_see_least():
    assert "It prints reasons" in refused(template_of("{{ reasons }}"), "decisions.docx")


def test_braces_that_do_not_come_out_are_said_plainly():
    said = refused(template_of("{%p if decision %}", "never closed"))
    assert "Its braces do not come out" in said
    assert "Nothing was made" in said


@pytest.mark.parametrize(
    "trick", ["{{ decision.__class__ }}", "{{ ''.__class__.__mro__ }}", "{{ decision.format }}"]
)
def test_a_template_runs_nothing(trick):
    kind = KINDS["decisions"]
    content = template_of(trick)
    try:
        letter = word.fill("own.docx", content, values(kind, FAMILY), title="T", made_at=AT)
    except word.UnfitTemplate:
        return
    assert "class" not in "".join(word.text_of(letter))


def test_a_template_that_carries_something_along_is_refused():
    plain = template_of("{{ decision }}")

    def with_part(name, text):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(out, "w") as new:
            for each in old.namelist():
                part = old.read(each)
                new.writestr(each, part if each != name else text(part.decode()))
            if name not in old.namelist():
                new.writestr(name, text(""))
        return out.getvalue()

    body = "word/document.xml"
    assert "comments or a program" in refused(with_part("word/comments.xml", lambda _: "<x/>"))
    assert "comments or a program" in refused(with_part("word/vbaProject.bin", lambda _: "x"))
    assert "tracked changes" in refused(with_part(body, lambda was: was.replace("<w:r>", "<w:ins/><w:r>", 1)))
    field = '<w:fldSimple w:instr="DDE x"/><w:r>'
    assert "a field other than" in refused(with_part(body, lambda was: was.replace("<w:r>", field, 1)))
    outside = '<Relationship Id="r99" Type="x" Target="https://example.invalid/a" TargetMode="External"/></Relationships>'
    rels = "word/_rels/document.xml.rels"
    assert "reaches out" in refused(with_part(rels, lambda was: was.replace("</Relationships>", outside)))
    for other in (b"", b"not a file", b"PK\x03\x04broken"):
        assert "not a Word file" in refused(other)


def test_a_template_of_many_letters_is_looked_through_once_and_again_once_it_has_changed(monkeypatch):
    looked, carried_along = [], word.carried_along
    monkeypatch.setattr(
        word, "carried_along", lambda content: looked.append(content) or carried_along(content)
    )
    fit, unfit = template_of("{{ decision }}", "of many letters"), template_of("{{ child_view }}", "of many")
    for content in (fit, fit, unfit, fit):
        try:
            word.refuse("decisions.docx", content, KINDS["decisions"], (FAMILY,))
        except word.UnfitTemplate:
            assert content is unfit
        else:
            assert content is fit
    assert looked == [fit, unfit]


def test_ones_own_template_comes_before_the_shipped_one(tmp_path):
    kind = KINDS["decisions"]
    (tmp_path / "decisions.docx").write_bytes(template_of("Our own: {{ decision }}"))
    assert word.template_for(kind, FAMILY, tmp_path)[0] == "decisions.docx"
    (tmp_path / "decisions-family.docx").write_bytes(template_of("For families: {{ reasons }}"))
    name, content = word.template_for(kind, FAMILY, tmp_path)
    assert name == "decisions-family.docx"
    letter = word.fill(name, content, values(kind, FAMILY), title=kind.title, made_at=AT)
    assert word.text_of(letter) == [f"For families: {canary('reasons')}"]
    with pytest.raises(NotReady, match="folder of the authority's own letters is not there"):
        word.template_for(kind, FAMILY, tmp_path / "gone")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@drawn(st.sampled_from(CASES), st.lists(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=5))
def test_no_template_whatever_it_asks_for_prints_what_its_reader_may_not_see(case, names):
    kind, reader = case
    content = template_of(*(f"{{{{ {name} }}}}" for name in names))
    name = f"{kind.name}-{reader}.docx"
    try:
        word.refuse(name, content, kind, (reader,))
    except word.UnfitTemplate:
        assert not set(names) <= set(kind.given(reader))
        return
    whole = everything_in(word.fill(name, content, values(kind, reader), title=kind.title, made_at=AT))
    assert not [each for each in FIELDS.keys() - set(kind.given(reader)) if canary(each) in whole]


def test_what_a_template_is_for_stands_in_its_name():
    assert word.meant_by("Decisions-Family.docx") == (KINDS["decisions"], (FAMILY,))
    assert word.meant_by("lado-outcome.docx")[0].name == "lado-outcome"
    with pytest.raises(Mistyped, match="known by its file's name"):
        word.meant_by("minutes-child.docx")


@pytest.mark.slow
@needs("soffice", "pdftotext")
def test_libreoffice_opens_every_letter_and_prints_the_same_words(tmp_path):
    letters = {f"{kind.name}-{reader}": made(kind, reader) for kind, reader in CASES}
    for name, content in letters.items():
        (tmp_path / f"{name}.docx").write_bytes(content)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", tmp_path / "out", *sorted(tmp_path.glob("*.docx"))],
        capture_output=True, check=True, timeout=300,
    )  # fmt: skip
    for name, content in letters.items():
        ran = subprocess.run(
            ["pdftotext", tmp_path / "out" / f"{name}.pdf", "-"], capture_output=True, check=True
        )
        printed = ran.stdout.decode()
        assert set(re.findall(r"\w+", " ".join(word.text_of(content)))) <= set(re.findall(r"\w+", printed)), (
            name
        )
        assert re.search(r"Page 1\b", printed), f"{name}: pages are numbered"
