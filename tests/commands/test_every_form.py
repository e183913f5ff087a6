"""Every command that asks: cut short at each of its prompts it keeps what was typed, and does in the end what it was for."""

from __future__ import annotations

import ast
import shutil
import signal
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pexpect
import pytest

from models import form_drafts
from models.form_drafts import FinishedElsewhere
from models.store import open_store
from models.viewer import Viewer
from tests.terminal import typed

ROOT = Path(__file__).parents[2]
ROLES = ("service_manager", "senior_officer", "records_officer", "lado")


@dataclass(frozen=True)
class Asked:
    """A command that asks: what is typed, each question with its answer, and the last ones that are never kept."""

    name: str
    words: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    anew: tuple[tuple[str, str], ...] = ()
    about: str = "CP-2026-0001"


ASKED = (
    Asked("users add", ("users", "add"), (
        ("Login", "j.moss"), ("Job title", "Social worker"), ("Agency", ""), ("Team (Enter", "assessment"),
        ("Roles, with", "social worker"), ("Given name", "Jo"), ("Family name", "Moss"), ("Date of birth", "4/5/1980"),
        ("Staff number", "S-12"), ("E-mail at work", ""),
    ), about=""),
    Asked("people add", ("people", "cp1", "add", "address"), (
        ("Who (the number", "1"), ("Address, without", "4 Long Lane"), ("Postcode", "L20 1AB"), ("kept from the other parent", "n"),
        ("go on living", "n"), ("Since when", "1 nov 2026"),
    )),
    Asked("people", ("people", "cp1", "merge", "rf1"), (("Why? (goes on the record)", "One child, written down twice."),),
          (("Are the two of one person?", "y"),)),
    Asked("undo", ("undo", "cp1"), (("Why? (at least", "Entered on the wrong case."),), (("Undo it?", "y"),)),
    Asked("rebook", ("rebook", "cp1"), (
        ("To which day?", "thu"), ("Where (room", "Oak room"), ("At what time", "10am"), ("Who chairs", "practice"),
        ("Why is the date changed", "The chair is ill."),
    ),
          (("Move it all the same?", "y"),)),
    Asked("assign", ("assign", "cp1"), (("To whom (their login", ""),)),
    Asked("assign", ("assign", "--from", "An invented answer.", "--take"), (("What has practice to know", "Visit on Thursday."),),
          (("over to practice?", "y"),), about=""),
    Asked("letter", ("letter", "cp1", "invitation"), (("[1-", "school"),)),
    Asked("note", ("note", "cp1"), (("[1-3]", "1"), ("What should be on the file?", "Ash was at school."))),
    Asked("record", ("record", "note", "cp1"), (("[1-3]", "2"), ("What should be on the file?", "Ash may be tired."))),
)  # fmt: skip


def answered(child, questions):
    for question, answer in questions:
        child.expect_exact(question)
        child.sendline(answer)


def ended(child):
    child.expect(pexpect.EOF)
    said = child.before or ""
    child.close()
    return child.exitstatus, said


def left_in(home):
    with open_store(f"sqlite:///{home / 'practice.db'}") as store:
        store.viewer = Viewer(1)
        return form_drafts.begun(store)


TOLD = (
    "trail",
    "person_name",
    "person_address",
    "person_link",
    "practitioner",
    "practitioner_role",
    "document",
    "record",
)


def written(home):
    """What stands in the tables that these commands write, but for what is random or hangs on it."""
    random = {"hash", "prev", "salt", "commitment", "content", "fingerprint", "body"}
    with open_store(f"sqlite:///{home / 'practice.db'}") as store:
        found = {}
        for table in TOLD:
            columns = [row[1] for row in store.connection.execute(f"PRAGMA table_info({table})")]
            chosen = ", ".join(f'"{each}"' for each in columns if each not in random)
            if chosen:
                found[table] = store.connection.execute(f"SELECT {chosen} FROM {table}").fetchall()
        found["payload"] = sorted(
            row[0] for row in store.connection.execute("SELECT body FROM trail_payload")
            if not any(each in row[0] for each in ("fingerprint", '"looked"'))
        )  # fmt: skip
        return found


def without_looks(found):
    """The same without entries that somebody looked: each try of a letter or a list is one more."""
    trail = [each for each in found["trail"] if "looked" not in each]
    return {**found, "trail": [tuple(each)[2:] for each in trail]}


@pytest.fixture
def homes(practice_home, tmp_path):
    """Two copies of the practice store, whose practice worker may keep the register and join records."""
    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store, store.writing() as tx:
        for role in ROLES:
            tx.run(
                "add_practitioner_role", practitioner_id=1, role=role, agency="local authority", team="",
                from_on=date(2026, 1, 1), to_on=None, recorded_at=datetime(2026, 6, 1, tzinfo=UTC),
            )  # fmt: skip
    other = tmp_path / "other"
    shutil.copytree(practice_home, other)
    return practice_home, other


@pytest.mark.parametrize("asked", ASKED, ids=lambda each: each.name)
def test_a_command_killed_at_each_of_its_prompts_does_in_the_end_what_it_was_for(homes, asked):
    whole, home = homes
    child = typed(whole, *asked.words)
    steps = _in_order(asked)
    answered(child, steps)
    code, said = ended(child)
    assert code == 0, said
    assert left_in(whole) == []

    before, command = without_looks(written(home)), asked.words
    kept_so_far = 0
    for place, (question, _) in enumerate(steps):
        child = typed(home, *command)
        _up_to(child, steps, place, kept_so_far)
        child.expect_exact(question)
        child.kill(signal.SIGKILL)
        child.close(force=True)
        assert without_looks(written(home)) == before, "nothing half-written"
        kept_so_far = sum(each in asked.answers for each in steps[:place])
        forms = left_in(home)
        if steps[0] in asked.answers or kept_so_far:
            (form,) = forms
            assert (form.command, form.target) == (
                (asked.name, asked.about)
                if asked.name not in ("note", "record")
                else ("do note", asked.about)
            )
            assert len(form.answers["lines"]) == kept_so_far
            command = ("drafts", "resume", str(form.number))
    child = typed(home, *command)
    _up_to(child, steps, len(steps), kept_so_far)
    code, said = ended(child)
    assert code == 0, said
    assert without_looks(written(home)) == without_looks(written(whole))
    assert left_in(home) == []


def _in_order(asked):
    """The questions as they come: the last yes of `rebook` stands before its last question."""
    if asked.name == "rebook":
        return (*asked.answers[:-1], *asked.anew, asked.answers[-1])
    return (*asked.answers, *asked.anew)


def _up_to(child, steps, place, kept):
    """Answer what is asked before this place; what was kept is only looked for."""
    told = 0
    for question, answer in steps[:place]:
        child.expect_exact(question)
        anew = question.startswith(("Move it", "Undo it", "Are the two"))
        if anew or told >= kept:
            child.sendline(answer)
        told += not anew


def test_the_points_of_an_audit_are_kept_one_by_one(homes):
    home = homes[0]
    child = typed(home, "file", "audit", "cp1")
    for _ in range(2):
        child.expect_exact("[1-3]")
        child.sendline("1")
        child.expect_exact("Where is that to be seen")
        child.sendline("Page 3.")
    child.expect_exact("[1-3]")
    child.kill(signal.SIGKILL)
    child.close(force=True)
    (form,) = left_in(home)
    assert (form.command, form.target, len(form.answers["lines"])) == ("file audit", "CP-2026-0001", 4)
    child = typed(home, "drafts", "resume", str(form.number))
    child.expect_exact("Page 3.")
    child.expect_exact("Page 3.")
    while (
        child.expect_exact(["[1-3]", "Where is that to be seen, or what is missing?", "Saved as entry"]) < 2
    ):
        child.sendline("1")
    code, said = ended(child)
    assert code == 0, said
    assert left_in(home) == []


def test_a_glass_is_broken_with_the_reason_that_was_kept_and_the_form_names_no_case(homes, rows):
    home = homes[0]
    child = typed(home, "access", "open", "LADO-9TX2C4H")
    answered(child, (("Why do you need it?", "The officer is away and a child may be met today."),))
    child.expect_exact("Type the reference")
    child.kill(signal.SIGKILL)
    child.close(force=True)
    (form,) = left_in(home)
    assert (form.command, form.target) == ("access open", "")
    child = typed(home, "drafts", "resume", str(form.number))
    child.expect_exact("The officer is away")
    answered(child, (("Type the reference", "LADO-9TX2C4H"),))
    code, said = ended(child)
    assert (code, "There is no case LADO-9TX2C4H" in said) == (5, True), said
    assert [each.number for each in left_in(home)] == [form.number], "what was refused is kept"


def test_a_form_dropped_in_another_window_takes_what_it_was_for_back(homes):
    home = homes[0]
    child = typed(home, "users", "add")
    answered(child, ASKED[0].answers[:-1])
    child.expect_exact("E-mail at work")
    with open_store(f"sqlite:///{home / 'practice.db'}") as store:
        store.viewer = Viewer(1)
        form_drafts.drop(store, form_drafts.begun(store)[0].number, datetime(2026, 11, 23, tzinfo=UTC))
    child.sendline("")
    code, said = ended(child)
    assert code == FinishedElsewhere.code, said
    with open_store(f"sqlite:///{home / 'practice.db'}") as store, store.reading() as tx:
        assert [row.login for row in tx.all("staff_register")] == ["practice"]


def test_what_is_only_tried_leaves_no_form(homes):
    home = homes[0]
    child = typed(home, "rebook", "cp1", "--dry-run")
    child.expect_exact("To which day?")
    child.kill(signal.SIGKILL)
    child.close(force=True)
    assert left_in(home) == []


def _calls(tree):
    return [each for each in ast.walk(tree) if isinstance(each, ast.Call)]


@pytest.mark.parametrize("path", sorted((ROOT / "commands").glob("*.py")), ids=lambda each: each.stem)
def test_nobody_is_asked_but_through_the_one_place_that_keeps_answers(path):
    if path.stem == "keyboard":
        return
    for call in _calls(ast.parse(path.read_text(encoding="utf-8"))):
        said = ast.unparse(call.func)
        assert said not in ("typer.prompt", "typer.confirm", "input", "getpass", "getpass.getpass"), (
            ast.unparse(call)
        )
        assert said != "keyboard.read" or path.stem == "prompts"
        assert said != "sys.stdin.readline" or path.stem in ("find", "audit", "board"), (
            "an answer handed in, or a screen that waits until it has been read"
        )


@pytest.mark.parametrize("path", sorted((ROOT / "commands").glob("*.py")), ids=lambda each: each.stem)
def test_a_yes_or_no_at_the_end_is_asked_anew(path):
    """But for the one that says that what was answered for all children holds for this one too: that is an answer."""
    for call in _calls(ast.parse(path.read_text(encoding="utf-8"))):
        if ast.unparse(call.func) == "prompts.confirm" and "hold for this child" not in ast.unparse(call):
            assert any(each.arg == "anew" for each in call.keywords), ast.unparse(call)
