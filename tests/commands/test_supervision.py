"""Supervision at the keyboard: told at a terminal or from a file, read, signed, its actions, and when it is due."""

from __future__ import annotations

import json
import signal
from datetime import date
from pathlib import Path

import pexpect
import pytest

from models.owning import give
from models.people import add_practitioner
from models.store import open_store
from models.viewer import ALL_SEEING
from pathways.supervision import AGENDA, CHECKLIST
from tests.casefile import COORDINATOR
from tests.models.office import NOW
from tests.terminal import typed as at_terminal

ROOT = Path(__file__).parents[2]
SINCE = date(2026, 1, 5)
CASES = ("CP-2026-0001", "CP-2026-0002", "CP-2026-0003")


@pytest.fixture
def school(practice_home):
    """The practice worker supervises t.dean, the lead of a school with three cases."""
    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store:
        with store.writing() as tx:
            me = tx.need("practitioner_by_login", login="practice").id
            lead = add_practitioner(
                tx, "t.dean", "Safeguarding lead", agency="north school", team="north school", from_on=SINCE, recorded_at=NOW
            )  # fmt: skip
            for who, role, team in ((me, "supervisor", ""), (lead, "dsl", "north school")):
                tx.run(
                    "add_practitioner_role", practitioner_id=who, role=role, agency=team or "local authority", team=team,
                    from_on=SINCE, to_on=None, recorded_at=NOW,
                )  # fmt: skip
        store.viewer = ALL_SEEING
        give(store, CASES, None, actor=COORDINATOR, now=NOW, team="north school")


@pytest.fixture
def session(tmp_path):
    """A session that lacks nothing, as a file; whatever is given takes the place of a part."""

    def written(**own):
        told = {
            "with": "t.dean",
            "on": "2026-11-16",
            "head_present": "yes",
            "agenda": {topic.name: "as before" for topic in AGENDA},
            "checklist": {str(each.number): ["yes"] for each in CHECKLIST if not each.proved},
            "cases": dict.fromkeys(CASES, "seen twice; no change"),
            "actions": [{"what": "read the toolkit", "owner": "t.dean", "due": "2026-11-20"}],
        } | own
        path = tmp_path / "session.json"
        path.write_text(json.dumps(told), encoding="utf-8")
        return str(path)

    return written


def narrow(said):
    return [each for each in said.lines if len(each) > 80] == []


def test_a_session_from_a_file_is_read_listed_and_due_again(say, school, session, rows):
    said = say("supervision", "record", "--from", session())
    assert said.code == 0, said.err
    assert "Saved as session 1, Monday 16 November 2026: practice and t.dean." in said.words
    assert "3 cases discussed; each bears the mark of it." in said.words
    assert "Still to be signed by: the one supervised." in said.words
    for line in (
        ("supervision", "show", "1"), ("supervision", "list"), ("supervision", "actions"), ("supervision", "due"),
        ("supervision", "due", "t.dean"), ("chronology", CASES[0], "--full"),
    ):  # fmt: skip
        shown = say(*line)
        assert (shown.code, narrow(shown)) == (0, True), line
        assert "Next: " in shown.out
    for more in ((), ("--dry-run",)):
        said = say("supervision", "sign", "1", *more)
        assert (said.code, said.words) == (2, "Session 1 has that signature already. Nothing was changed.")
    assert "seen twice; no change" in say("chronology", CASES[1], "--full").words
    assert "Discussed in supervision" in say("chronology", CASES[1]).out
    assert "LATE" in say("supervision", "actions").out, "due on Friday, and it is Monday"
    (due,) = json.loads(say("supervision", "due", "--json").out)["due"]
    assert (due["last_on"], due["aim_on"], due["due_on"], due["late"]) == (
        "2026-11-16", "2026-12-16", "2026-12-28", False
    )  # fmt: skip
    assert rows("trail_of_case", reference=CASES[0])[-1].action == "filing_supervised"
    assert say("audit", "verify").code == 0


def test_a_session_that_lacks_something_is_refused_and_every_lack_is_named(say, school, session):
    for more in ([], ["--dry-run"]):
        said = say("supervision", "record", "--from", session(cases={}, checklist={}, actions=[]), *more)
        assert said.code == 3
        assert "these cases were not talked about: CP-2026-0001, CP-2026-0002, CP-2026-0003" in said.words
        assert "no action is agreed" in said.words
    assert "0 sessions" in say("supervision", "list").out


def test_a_dry_run_keeps_nothing(say, school, session):
    said = say("supervision", "record", "--from", session(), "--dry-run")
    assert (said.code, "Nothing was changed." in said.words) == (0, True)
    assert "0 sessions" in say("supervision", "list").out
    assert (
        json.loads(say("supervision", "record", "--from", session(), "--dry-run", "--json").out)["changed"]
        is False
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"agenda": "all of it"}, {"checklist": {"one": ["yes"]}}, {"actions": [{"what": "x"}]}, {"on": ""},
        {"on": "2026-12-01"}, {"form": "walk"}, {"with": ""}, {"reviewed": {"1": "done"}},
    ],
)  # fmt: skip
def test_a_file_of_another_shape_is_refused_in_a_sentence(say, school, session, wrong):
    said = say("supervision", "record", "--from", session(**wrong))
    assert said.code == 2, said.words
    assert "Traceback" not in said.words


def test_files_that_are_none_are_refused(say, school, tmp_path):
    for text in ("{", "[]"):
        (tmp_path / "no.json").write_text(text)
        assert say("supervision", "record", "--from", str(tmp_path / "no.json")).code == 2
    assert say("supervision", "record", "t.dean", "--no-input").code == 2
    assert say("supervision", "show", "7").code == 5
    assert say("supervision", "done", "7").code == 5
    assert say("supervision", "due", "nobody").code == 2


def test_an_action_is_done_or_dropped_with_a_reason(say, school, session):
    two = [{"what": each, "owner": "t.dean", "due": "2026-11-30"} for each in ("read", "ask the nurse")]
    assert say("supervision", "record", "--from", session(actions=two)).code == 0
    assert say("supervision", "done", "1", "--on", "2026-11-20", "--dry-run").code == 0
    for wrong in (("1", "--on", "2026-11-24"), ("1", "--on", "2026-11-15"), ("1", "--dropped"), ("99",)):
        tried, done = (say("supervision", "done", *wrong, *more) for more in (("--dry-run",), ()))
        assert (tried.code, tried.words) == (done.code, done.words) != (0, ""), (
            "a trial judges as the thing itself does"
        )
    assert say("supervision", "done", "1", "--on", "2026-11-20").code == 0
    assert say("supervision", "done", "1").code == 5, "it is done"
    assert say("supervision", "done", "2", "--dropped").code == 2
    assert say("supervision", "done", "2", "--dropped", "--because", "she has left").code == 0
    assert "0 actions" in say("supervision", "actions").out
    found = json.loads(say("supervision", "actions", "--all", "--json").out)["actions"]
    assert [(each["ended"], each["why"]) for each in found] == [("done", None), ("dropped", "she has left")]


def test_a_look_at_a_session_is_written_down(say, school, session, rows):
    say("supervision", "record", "--from", session())
    say("supervision", "show", "1")
    (me,) = rows("practitioner_by_login", login="practice")
    looks = [json.loads(each.body) for each in rows("own_entries", chain=f"~{me.id}", action="looked")]
    assert looks[-1]["supervision"] == 1


def test_a_team_meeting_is_due_again_in_two_weeks(say, school):
    said = say("supervision", "meeting", "--team", "north school", "--on", "2026-11-02")
    assert said.code == 0
    (team,) = json.loads(say("supervision", "due", "--json").out)["teams"]
    assert (team["due_on"], team["late"]) == ("2026-11-16", True)
    assert say("supervision", "meeting", "--team", "north school", "--on", "2026-11-02").code == 2
    assert say("supervision", "meeting", "--on", "2026-12-02", "--team", "x").code == 2
    ahead = ("supervision", "meeting", "--on", "2026-12-02", "--team", "north school")
    assert (say(*ahead).words, say(*ahead, "--dry-run").words) == (say(*ahead).words,) * 2
    assert "still to come" in say(*ahead, "--dry-run").words


QUESTIONS = (
    ("When was the session?", "16 nov"), ("[1-3]", "1"), ("Was the head there?", "y"),
    *((f"{case} (child protection)", "seen twice; no change") for case in CASES),
    ("Workload", "heavy"), ("Looking back", "on the week"), ("Practice standards", "good"), ("Learning from", "the review"),
    ("Development", "none"), ("Anything else?", ""),
    *(pair for each in CHECKLIST if not each.proved for pair in ((f"{each.number}. ", None), ("[1-3]", "1"))),
    ("An action that was agreed", "read the toolkit"), ("by login? [t.dean]", ""), ("By which day?", "27 nov"),
    ("An action that was agreed", ""),
)  # fmt: skip


def answered(child, questions):
    for question, typed in questions:
        child.expect_exact(question)
        if typed is not None:
            child.sendline(typed)


def test_a_form_that_was_cut_short_is_gone_on_with(say, school, practice_home):
    child = at_terminal(practice_home, "supervision", "record", "t.dean")
    answered(child, QUESTIONS[:9])
    child.expect_exact("Learning from")
    child.kill(signal.SIGKILL)
    child.close(force=True)
    (form,) = json.loads(say("drafts", "--json").out)["drafts"]
    assert form["form"] == "supervision record"
    child = at_terminal(practice_home, "drafts", "resume", str(form["id"]))
    child.expect_exact("on the week")
    answered(child, QUESTIONS[9:])
    child.expect(pexpect.EOF)
    assert "Saved as session 1, Monday 16 November 2026" in child.before
    child.close()
    assert child.exitstatus == 0
    assert json.loads(say("drafts", "--json").out)["drafts"] == []
    found = json.loads(say("supervision", "show", "1", "--json").out)
    assert found["agenda"] == {
        "workload": "heavy", "reflection": "on the week", "standards": "good", "learning": "the review", "development": "none"
    }  # fmt: skip
    assert found["checklist"]["4"] == ["yes", "all 3 were"]
    (action,) = found["actions"]
    assert (action["what"], action["due_on"]) == ("read the toolkit", "2026-11-27")


def test_a_day_on_which_nobody_supervised_is_refused_before_the_rest_is_asked(school, practice_home):
    """The supervisor is on the register from the day on which they were put there, and not from the year before."""
    child = at_terminal(practice_home, "supervision", "record", "t.dean")
    child.expect_exact("When was the session?")
    child.sendline("3 nov 2025")
    child.expect_exact("How was it held?")
    child.sendline("3")
    while child.expect_exact(["Was the head there?", pexpect.EOF]) == 0:
        child.sendline("1")
    said = " ".join(child.before.split())
    child.close()
    assert "is the supervisor here, and holds no role that supervises on that day" in said, said
    assert "Workload" not in said
