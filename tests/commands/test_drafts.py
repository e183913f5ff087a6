"""Nothing typed is lost: a form killed at any prompt is gone on with, and gives what it would have given."""

from __future__ import annotations

import shutil
import signal
from datetime import UTC, date, datetime
from pathlib import Path

import pexpect
import pytest

from models import form_drafts
from models.people import NewPerson, add_person
from models.store import open_store
from models.viewer import Viewer
from tests.terminal import typed

ROOT = Path(__file__).parents[2]
REFERRAL = (
    ("How did this arrive?", "2"), ("When did it happen or arrive? [now]", "yesterday 9:20am"), ("Find the child", "Burch"),
    ("[1-3]", "3"), ("Given name", "Jay"), ("Family name", "Bird"), ("Date of birth", "3/2/2015"), ("Sex", "2"),
    ("Who refers?", "school"), ("How did it arrive?", "1"), ("What happened", "A bruise."), ("Level of need", "4"),
    ("parents told? [y/n]", "n"), ("Why are they not told", "It would add risk."),
)  # fmt: skip
"""Every question of a referral after the first, which is asked anew each time, with what is typed."""
MET = (("Whom did the chair meet", "mother"), ("What do they need to take part?", "An interpreter."))


def ended(child):
    child.expect(pexpect.EOF)
    said = child.before or ""
    child.close()
    return child.exitstatus, said


def killed(child):
    child.kill(signal.SIGKILL)
    child.close(force=True)


def hung_up(child):
    child.close(force=False)
    child.wait()


def interrupted(child):
    """Ctrl+C, again where it came in the instant before the terminal was read, as a person would press it again."""
    for _ in range(10):
        child.sendintr()
        if child.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=5) == 0:
            break
    child.close()
    assert child.exitstatus == 130


def rows_in(home, statement, **given):
    with open_store(f"sqlite:///{home / 'practice.db'}") as store, store.reading() as tx:
        return tx.all(statement, **given)


def left_in(home):
    with open_store(f"sqlite:///{home / 'practice.db'}") as store:
        store.viewer = Viewer(1)
        return form_drafts.begun(store)


def content(home, reference):
    """What was written of a case, but for what is random."""
    (case,) = rows_in(home, "case_by_reference", reference=reference)
    kept = {name: value for name, value in case._asdict().items() if name not in ("id", "head")}
    bodies = [each.body for each in rows_in(home, "records_of_case", case_id=case.id)]
    trail = [
        (each.seq, each.action, each.effective_at, each.at)
        for each in rows_in(home, "trail_of_case", reference=reference)
    ]
    return kept, bodies, trail


@pytest.fixture
def homes(practice_home, tmp_path):
    """Two copies of the practice store: one for a form that is filled in at once, one for a form that is cut short."""
    other = tmp_path / "other"
    shutil.copytree(practice_home, other)
    return practice_home, other


def first_question(child):
    child.expect_exact("danger right now?")
    child.sendline("n")


@pytest.mark.parametrize("cut", [killed, hung_up, interrupted])
def test_a_referral_cut_short_at_each_prompt_is_the_referral_that_it_would_have_been(homes, cut):
    whole, home = homes
    child = typed(whole, "open", "referral")
    first_question(child)
    for question, answer in REFERRAL:
        child.expect_exact(question)
        child.sendline(answer)
    assert ended(child)[0] == 0

    command = ["open", "referral"]
    for place, (question, _) in enumerate(REFERRAL):
        child = typed(home, *command)
        first_question(child)
        for asked, answer in REFERRAL[:place]:
            child.expect_exact(asked)
            if place and (asked, answer) == REFERRAL[place - 1]:
                child.sendline(answer)
        child.expect_exact(question)
        cut(child)
        assert rows_in(home, "case_by_reference", reference="RF-2026-0002") == [], "no half-written case"
        kept = left_in(home)
        if place == 0 and cut is interrupted:
            assert kept == [], "nothing was typed, so there is nothing to keep"
        else:
            (form,) = kept
            assert len(form.answers["lines"]) == place
            command = ["drafts", "resume", str(form.number)]
    child = typed(home, *command)
    first_question(child)
    child.expect_exact(REFERRAL[-1][0])
    child.sendline(REFERRAL[-1][1])
    code, said = ended(child)
    assert code == 0, said
    assert content(home, "RF-2026-0002") == content(whole, "RF-2026-0002")
    assert left_in(home) == []


@pytest.mark.parametrize("cut", [killed, hung_up])
def test_a_move_cut_short_at_each_prompt_is_the_move_that_it_would_have_been(homes, cut):
    whole, home = homes
    child = typed(whole, "do", "cp1", "chair-met-family", "--on", "today")
    for question, answer in MET:
        child.expect_exact(question)
        child.sendline(answer)
    assert ended(child)[0] == 0

    before = content(home, "CP-2026-0001")
    command = ["do", "cp1", "chair-met-family", "--on", "today"]
    for place, (question, _) in enumerate(MET):
        child = typed(home, *command)
        if place:
            child.expect_exact(MET[place - 1][0])
            child.sendline(MET[place - 1][1])
        child.expect_exact(question)
        cut(child)
        assert content(home, "CP-2026-0001") == before
        (form,) = left_in(home)
        command = ["drafts", "resume", str(form.number)]
    child = typed(home, *command)
    child.expect_exact(MET[-1][0])
    child.sendline(MET[-1][1])
    code, said = ended(child)
    assert code == 0, said
    assert content(home, "CP-2026-0001") == content(whole, "CP-2026-0001")
    assert left_in(home) == []


def test_answers_of_before_are_shown_and_can_be_gone_back_to(homes):
    home = homes[0]
    child = typed(home, "do", "cp1", "chair-met-family")
    child.expect_exact("Whom did the chair meet")
    child.sendline("mother")
    child.expect_exact("What do they need")
    interrupted(child)
    child = typed(home, "drafts", "resume", "1")
    child.expect_exact("mother")
    child.expect_exact("What do they need")
    child.sendline("<")
    child.expect_exact("Whom did the chair meet")
    child.sendline("father")
    child.expect_exact("What do they need")
    child.sendline("")
    assert ended(child)[0] == 0
    assert content(home, "CP-2026-0001")[1][-1]["who"] == "father"


def test_a_child_found_by_number_in_a_list_is_asked_for_again_when_the_list_is_another(homes):
    home = homes[0]
    child = typed(home, "open", "referral")
    first_question(child)
    for question, answer in (*REFERRAL[:3], ("[1-3]", "1")):
        child.expect_exact(question)
        child.sendline(answer)
    child.expect_exact("Who refers?")
    killed(child)
    with open_store(f"sqlite:///{home / 'practice.db'}") as store, store.writing() as tx:
        add_person(
            tx,
            NewPerson(given="Aspen", family="Birch", birth_date=date(2016, 1, 1), sex="F"),
            datetime(2026, 11, 20, tzinfo=UTC),
        )
    child = typed(home, "drafts", "resume", "1")
    first_question(child)
    child.expect_exact("The form asks something else from here on.")
    child.expect_exact("[1-4]")
    killed(child)


def test_days_are_kept_as_the_days_that_they_were(homes):
    home = homes[0]
    child = typed(home, "do", "cp1", "chair-met-family", "--on", "yesterday")
    child.expect_exact("Whom did the chair meet")
    killed(child)
    (form,) = left_in(home)
    assert "--on=2026-11-22" in form.answers["words"]


def test_an_emergency_keeps_the_form_and_asks_about_danger_again(homes):
    home = homes[0]
    child = typed(home, "open", "referral", "--like", "cp1")
    child.expect_exact("danger right now?")
    child.sendline("y")
    code, said = ended(child)
    assert code == 0
    assert said.index("ring 999") < said.index("Your answers are kept: pathways drafts resume 1")
    assert rows_in(home, "case_by_reference", reference="RF-2026-0002") == []
    child = typed(home, "drafts", "resume", "1")
    child.expect_exact("Is a child in danger right now?")
    killed(child)


def test_missing_answers_of_a_file_are_kept_and_the_same_again_is_the_same_form(say, practice_home, tmp_path):
    told = tmp_path / "referral.json"
    told.write_text('{"given_name": "Jay", "family_name": "Bird", "birth_date": "2015-02-03", "level": "4"}')
    for _ in range(2):
        said = say("open", "referral", "--from", str(told), "--no-input")
        assert said.code == 2
        assert "Your answers are kept: pathways drafts resume 1" in said.err
    listed = say("drafts")
    assert "1     open referral" in listed.out
    assert "Bird" not in listed.out
    assert "Next: pathways drafts resume 1" in listed.out
    child = typed(practice_home, "drafts", "resume", "1")
    first_question(child)
    for question, answer in REFERRAL[8:11]:
        child.expect_exact(question)
        child.sendline(answer)
    for question, answer in REFERRAL[12:]:
        child.expect_exact(question)
        child.sendline(answer)
    code, shown = ended(child)
    assert code == 0, shown
    assert content(practice_home, "RF-2026-0002")[1][0]["level"] == "4"
    assert say("drafts").out.startswith("No form of yours is unfinished.")


def test_a_program_that_asks_for_json_has_its_answers_itself(say, tmp_path):
    told = tmp_path / "referral.json"
    told.write_text('{"level": "4"}')
    assert say("open", "referral", "--from", str(told), "--json").code == 2
    assert '"drafts":[]' in say("drafts", "--json").out.replace(" ", "")


def test_a_refused_move_keeps_its_answers_and_they_can_be_dropped(say, practice_home):
    said = say("do", "cp1", "start-conference", "--answer", "agencies=school,police", "--no-input")
    assert said.code == 3
    assert "pathways drafts resume 1" in said.err
    assert say("drafts", "drop", "1", "--dry-run").out.startswith(
        "Would be dropped: do start-conference CP-2026-0001"
    )
    assert say("drafts", "drop", "1").out.startswith("Dropped: do start-conference CP-2026-0001, 1 answer.")
    assert say("drafts", "drop", "1").code == 5
    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store:
        ((answers,),) = store.connection.execute("SELECT answers FROM form_draft").fetchall()
    assert answers == "{}", "nothing of it stays"


def test_a_move_without_answers_leaves_nothing_behind(say):
    assert say("do", "cp1", "start-conference", "--no-input").code == 3
    assert say("drafts").out.startswith("No form of yours is unfinished.")


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("drafts resume 7", 2, "at a terminal"),
        ("drafts drop 7", 5, "You have no form 7"),
        ("drafts drop seven", 2, "named by its number"),
    ],
)
def test_what_cannot_be_done_with_a_form_is_a_sentence_and_a_code(say, line, code, says):
    said = say(*line.split())
    assert (said.code, says in said.words) == (code, True), said


def test_the_check_drops_forms_that_nobody_went_on_with_and_tells_how_many(say, practice_home):
    say("do", "cp1", "start-conference", "--answer", "agencies=school,police", "--no-input")
    assert "Dropped" not in say("check", "run").out
    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store:
        store.connection.execute("UPDATE form_draft SET saved_at = '2026-10-24T00:00:00.000000+00:00'")
    assert "Dropped 1 form that nobody had gone on with for 30 days." in say("check", "run").out
    assert say("drafts").out.startswith("No form of yours is unfinished.")


LEVEL = "Level of need"


def test_a_form_gone_on_with_shows_the_good_answer_and_not_what_could_not_be_used(homes):
    """Three mistypings, a question gone back over and an explanation: only what stands is shown again, and counted."""
    home = homes[0]
    child = typed(home, "open", "referral")
    first_question(child)
    for question, answer in REFERRAL[:10]:
        child.expect_exact(question)
        child.sendline(answer)
    child.expect_exact("What happened")
    child.sendline("A bruise on the arm.")
    child.expect_exact(LEVEL)
    child.sendline("ninety")
    child.expect_exact("'ninety' is not one of")
    child.expect_exact(LEVEL)
    child.sendline("?")
    child.expect_exact("Type the number in front")
    child.expect_exact(LEVEL)
    child.sendline("<")
    child.expect_exact("What happened")
    child.sendline("A bruise.")
    child.expect_exact(LEVEL)
    child.sendline("zz")
    child.expect_exact("'zz' is not one of")
    child.expect_exact(LEVEL)
    killed(child)
    (form,) = left_in(home)
    assert [each[2] for each in form.answers["lines"][-2:]] == ["A bruise.", "zz"], (
        "the last one is not lost either"
    )
    child = typed(home, "drafts", "resume", str(form.number))
    first_question(child)
    child.expect_exact("'zz' is not one of")
    assert "ninety" not in child.before
    assert "on the arm" not in child.before
    child.expect_exact(LEVEL)
    child.expect_exact("] ")
    child.sendline("4")
    child.expect_exact("parents told?")
    killed(child)
    (form,) = left_in(home)
    assert [each[2] for each in form.answers["lines"][-2:]] == ["A bruise.", "4"]


def test_what_cannot_be_used_is_said_without_the_name_that_the_program_has_for_the_question(homes):
    child = typed(homes[0], "open", "referral")
    first_question(child)
    for question, answer in REFERRAL[:8]:
        child.expect_exact(question)
        child.sendline(answer)
    child.expect_exact("Who refers?")
    child.expect_exact("[1-12]")
    child.sendline("nobody")
    child.expect("is not one of")
    assert child.before.rstrip().endswith("\n'nobody'"), child.before
    killed(child)
