"""How long files are kept, at the keyboard: the list, the reasons, holds, and an end that only a person can type."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from models.register import Member, enrol
from models.setup import AtTheKeyboard, fill
from models.staff import standing
from models.store import open_store
from models.supervision import record
from pathways.engine import Actor
from pathways.errors import NOT_ALLOWED, NOT_FOUND, OK, REFUSED, USAGE
from pathways.roles import Role
from pathways.supervision import UNPLANNED, Session
from tests.models.office import KEEPER, Office
from tests.models.sealed import NOW, close, concern, opened, whole

LATER = datetime(2042, 3, 1, 9, 0, tzinfo=UTC)
MANAGER = Actor("boss", frozenset({Role.SERVICE_MANAGER, Role.COORDINATOR}))


@pytest.fixture
def case(sqlcipher_url, rules, monkeypatch, tmp_path):
    """A closed concern about a child who is 25 today, in an encrypted store with two records officers."""
    monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path))
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", sqlcipher_url)
    monkeypatch.setattr("commands.desk.real_now", lambda: LATER)
    with opened(sqlcipher_url) as store:
        fill(store, AtTheKeyboard("founder", "Coordinator", (Role.COORDINATOR,)), authority="sefton", now=NOW)
        Office(store, rules)
        for login in ("keep1", "keep2"):
            enrol(store, Member(login, "Records officer", roles=("records_officer",)), actor=KEEPER, now=NOW)
        reference = concern(store, rules)
        close(store, rules, reference)
    return reference


@pytest.fixture
def say(case, capsys, monkeypatch):
    """Run a command line as somebody: `say("keep1", "retention", "due")`."""
    from commands.run import run

    def said(login, *arguments):
        monkeypatch.setattr("models.place.system_login", lambda: login)
        capsys.readouterr()
        code = run(list(arguments))
        out, err = capsys.readouterr()
        return code, out, err

    return said


def test_a_file_goes_by_a_list_a_review_an_agreement_and_a_typed_reference(case, say, typed, sqlcipher_url):
    code, out, _ = say("keep1", "retention", "due")
    assert code == OK
    assert f"{case}" in out
    assert "to be reviewed" in out
    code, out, _ = say("keep1", "retention", "review", case, "--because", "read whole; nothing is needed")
    assert code == OK, out
    assert say("keep1", "retention", "approve", case, "--because", "yes")[0] == NOT_ALLOWED
    assert say("keep2", "retention", "approve", case, "--because", "yes")[0] == OK
    assert "agreed" in say("keep1", "retention", "due")[1]
    code, _, err = say("keep1", "retention", "destroy", case, "--no-input")
    assert (code, "typed by a person" in err) == (USAGE, True)
    typed("something else")
    assert say("keep1", "retention", "destroy", case)[0] == USAGE
    typed(case)
    code, out, _ = say("keep1", "retention", "destroy", case)
    assert code == OK
    assert f"case {case}" in out
    assert "agreed keep2" in out
    assert "None." in say("keep1", "retention", "due")[1]
    code, _, err = say("keep1", "retention", "why", case)
    assert (code, "was destroyed at the end of its keeping" in err) == (REFUSED, True)
    assert all(each in err for each in (f"case {case}", "asked keep1", "agreed keep2", "rec.retain_25"))
    with opened(sqlcipher_url) as store:
        whole(store)


def test_of_a_file_that_went_no_screen_says_that_something_was_not_done_or_can_be_done(case, say, typed):
    assert "[ ]" in say("worker", "show", case)[1]
    assert json.loads(say("worker", "show", case, "--json")[1])["destroyed_on"] is None
    say("keep1", "retention", "review", case, "--because", "read whole; nothing is needed")
    say("keep2", "retention", "approve", case, "--because", "yes")
    typed(case)
    assert say("keep1", "retention", "destroy", case)[0] == OK
    destroyed = "Destroyed 1 March 2042, at the end of its keeping."
    since = "Since then destroyed, 1 March 2042, at the end of its keeping. What was known on 27 February 2042 can no"
    for line, says in (
        (("show", case), destroyed),
        (("show", case, "--as-at", "2042-03-01"), destroyed),
        (("show", case, "--as-at", "2042-02-27"), since),
        (("next", case), destroyed),
    ):
        code, out, _ = say("worker", *line)
        assert code == OK
        assert says in " ".join(out.split())
        assert "[ ]" not in out
        assert "pathways do" not in out
        assert max(map(len, out.splitlines())) <= 80
    found = json.loads(say("worker", "show", case, "--json")[1])
    assert (found["destroyed_on"], found["stages"]) == ("2042-03-01", [])
    assert "destroyed_since" not in found
    found = json.loads(say("worker", "show", case, "--as-at", "2042-02-27", "--json")[1])
    assert (found["destroyed_on"], found["destroyed_since"], found["stages"]) == (None, "2042-03-01", [])
    found = json.loads(say("worker", "next", case, "--json")[1])
    assert (found["moves"], found["next"]) == ([], [])


def test_the_list_says_since_which_year_a_file_may_go(case, say):
    line = next(each for each in say("keep1", "retention", "due")[1].splitlines() if case in each)
    assert " 1 March " in line
    with pytest.MonkeyPatch.context() as later:
        later.setattr("commands.desk.real_now", lambda: LATER.replace(year=2043))
        line = next(each for each in say("keep1", "retention", "due")[1].splitlines() if case in each)
    assert " 1 Mar 2042 " in line


def test_why_names_every_rule_that_was_considered_and_what_people_set(case, say):
    assert say("worker", "retention", "hold", case, "--as", "complaint", "--because", "stage 2")[0] == OK
    code, out, _ = say("worker", "retention", "why", case)
    assert code == OK
    for said in ("a complaint bars it", "rec.retain_25", "rec.retain_35", "not this:", "by worker"):
        assert said in out
    assert max(map(len, out.splitlines())) <= 80
    found = json.loads(say("worker", "retention", "why", case, "--json")[1])
    assert (found["due"], found["free_on"], found["barred"]) == (False, "2042-03-01", ["complaint"])
    assert (
        say("worker", "retention", "release", case, "--as", "complaint", "--because", "over")[0]
        == NOT_ALLOWED
    )
    assert say("second", "retention", "release", case, "--as", "complaint", "--because", "over")[0] == OK
    assert json.loads(say("keep1", "retention", "due", "--json")[1])["all"] == 1


@pytest.mark.parametrize(
    "line",
    [
        "hold CASE --because x --dry-run", "release CASE --because x --dry-run", "review CASE --because x --dry-run",
        "approve CASE --because x --dry-run", "destroy CASE --dry-run",
    ],
)  # fmt: skip
def test_a_dry_run_changes_nothing(case, say, line, sqlcipher_url):
    with open_store(sqlcipher_url) as store, store.reading() as tx:
        before = tx.plain("chain_ends")
    code, out, _ = say("keep1", "retention", *line.replace("CASE", case).split())
    assert code == OK
    assert "Nothing was changed." in out
    with open_store(sqlcipher_url) as store, store.reading() as tx:
        assert tx.plain("chain_ends") == before


def test_a_case_that_is_not_there_is_not_there(case, say):
    for line in ("why", "hold --because x", "review --because x", "destroy --dry-run"):
        command, *options = line.split()
        assert say("keep1", "retention", command, "FD-2026-0999", *options)[0] == NOT_FOUND


def test_pages_go_by_themselves_by_the_same_steps(case, say, typed, sqlcipher_url):
    held = say(
        "worker", "retention", "hold", case, "--as", "by_professional", "--page", "2", "--because", "x"
    )
    assert held[0] == OK
    code, out, _ = say("keep1", "retention", "due")
    assert (code, "Pages whose own keeping has ended" in out) == (OK, True)
    code, out, _ = say("keep1", "retention", "why", case)
    assert f"Next: pathways retention review {case} --page 1 --because TEXT" in out
    assert max(map(len, out.splitlines())) <= 80
    assert (
        say("keep1", "retention", "review", case, "--page", "1", "--because", "read whole, page 1")[0] == OK
    )
    assert say("keep1", "retention", "approve", case, "--page", "1", "--because", "yes")[0] == NOT_ALLOWED
    assert say("keep2", "retention", "approve", case, "--because", "yes")[0] == USAGE
    assert say("keep2", "retention", "approve", case, "--page", "1", "--because", "yes")[0] == OK
    found = json.loads(say("keep1", "retention", "why", case, "--json")[1])
    assert found["next"] == [f"pathways retention destroy {case} --page 1"]
    assert [each["page"] for each in found["pages"]["pages"]] == [1]
    typed(case)
    code, out, err = say("keep1", "retention", "destroy", case, "--page", "1")
    assert code == OK, err
    assert "pages 1" in out
    assert "agreed keep2" in out
    assert "content destroyed by entry" in " ".join(say("keep1", "chronology", case)[1].split())
    assert json.loads(say("keep1", "retention", "due", "--json")[1])["pages"] == []
    with opened(sqlcipher_url) as store:
        whole(store)


@pytest.fixture
def session(case, rules, sqlcipher_url):
    """A session with a lead who has left; a head and a principal of the school may read it."""
    north = {"agency": "north school", "team": "north school"}
    with opened(sqlcipher_url) as store:
        for login in ("headteacher", "principal"):
            enrol(store, Member(login, login.title(), roles=(login,), **north), actor=KEEPER, now=NOW)
        with store.reading() as tx:
            store.viewer = standing(tx, "headteacher", NOW.date()).viewer(NOW)
        told = Session(form=UNPLANNED, held_on=NOW.date(), agenda={"workload": "Quillwort feels worn out"})
        actor = Actor("headteacher", frozenset({Role.HEADTEACHER}))
        number = record(
            store, told, supervisor="headteacher", practitioner="teacher", head_present=True, actor=actor, now=NOW
        )  # fmt: skip
        with store.writing() as tx:
            tx.connection.execute("UPDATE practitioner SET to_on = '2027-08-31' WHERE login = 'teacher'")
    return f"session-{number}"


def test_a_session_of_supervision_goes_by_the_same_steps(session, say, typed):
    code, out, _ = say("headteacher", "retention", "due")
    assert (code, f"{session}" in out, "to be reviewed" in out) == (OK, True, True)
    assert session not in say("keep1", "retention", "due")[1], "they may not read it"
    code, out, err = say("headteacher", "retention", "why", session)
    assert code == OK, err
    assert f"Next: pathways retention review {session} --because TEXT" in out
    assert max(map(len, out.splitlines())) <= 80
    why = ("--because", "read whole; nothing is needed")
    assert say("keep1", "retention", "review", session, *why)[0] == NOT_FOUND
    assert say("headteacher", "retention", "review", session, "--page", "1", *why)[0] == USAGE
    assert "Nothing was changed." in say("headteacher", "retention", "review", session, "--dry-run", *why)[1]
    assert say("headteacher", "retention", "review", session, *why)[0] == OK
    assert say("headteacher", "retention", "approve", session, "--because", "yes")[0] == NOT_ALLOWED
    assert say("principal", "retention", "approve", session, "--because", "yes")[0] == OK
    assert "agreed" in say("headteacher", "retention", "due")[1]
    found = json.loads(say("principal", "retention", "why", session, "--json")[1])
    assert (found["due"], found["rule"], found["next"]) == (
        True, "sup.retain", [f"pathways retention destroy {session}"],
    )  # fmt: skip
    assert "may be destroyed" in say("principal", "retention", "destroy", session, "--dry-run")[1]
    typed("session-99")
    assert say("principal", "retention", "destroy", session)[0] == USAGE
    typed(session)
    code, out, err = say("principal", "retention", "destroy", session)
    assert code == OK, err
    assert "of teacher" in out
    assert "asked headteacher" in out
    assert json.loads(say("headteacher", "retention", "due", "--json")[1])["sessions"] == []
    code, _, err = say("headteacher", "supervision", "show", session.removeprefix("session-"))
    assert (code, "agreed principal" in err) == (NOT_FOUND, True)
    assert say("headteacher", "retention", "why", session)[0] == REFUSED
