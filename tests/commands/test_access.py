"""The commands about who may see what: their screens, codes and JSON, and that every look is on the trail."""

from __future__ import annotations

import json

import pytest

from models.store import open_store
from models.viewer import ALL_SEEING
from pathways.errors import NOT_ALLOWED, NOT_FOUND, OK, USAGE
from tests.models.office import NOW, Office


@pytest.fixture
def home(tmp_path, monkeypatch, sqlite_url):
    """A real store with an office in it; `sit` puts one of its people at the keyboard."""
    monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path))
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", sqlite_url)
    monkeypatch.setattr("commands.desk.real_now", lambda: NOW)
    return sqlite_url


@pytest.fixture
def office(home, rules):
    from models.setup import AtTheKeyboard, fill
    from pathways.roles import Role

    with open_store(home) as store:
        fill(store, AtTheKeyboard("founder", "Coordinator", (Role.COORDINATOR,)), authority="sefton", now=NOW)
        yield Office(store, rules)


@pytest.fixture
def say(home, capsys, monkeypatch):
    """Run a command line as somebody: `say("officer", "show", case)`."""
    from commands.run import run

    def said(login, *arguments):
        monkeypatch.setattr("models.place.system_login", lambda: login)
        capsys.readouterr()
        code = run(list(arguments))
        out, err = capsys.readouterr()
        return code, out, err.removeprefix("NOT ENCRYPTED: these records are for made-up data only.\n")

    return said


# --- looks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["show", "next", "why", "chronology"])
def test_every_look_at_a_restricted_case_is_recorded_and_said(office, say, line):
    case = office.allegation()
    code, out, _ = say("officer", line, case)
    assert code == OK
    assert out.startswith("RESTRICTED. This look has been recorded.\n")
    last = office.trail(case)[-1]
    assert (last.action, last.actor, last.role) == ("looked", "officer", "lado")
    code, out, err = say("officer", line, case, "--json")
    assert (code, err) == (OK, "RESTRICTED. This look has been recorded.\n")
    json.loads(out)
    assert office.actions(case).count("looked") == 2
    assert office.whole()


def test_a_look_at_an_ordinary_case_writes_nothing_but_one_at_a_name_does(office, say):
    case = office.child()
    say("worker", "show", case)
    assert "looked" not in office.actions(case)
    code, out, _ = say("worker", "show", case, "--names")
    assert code == OK
    assert "RESTRICTED" not in out
    assert office.trail(case)[-1].action == "looked"
    assert '"names":true' in office.trail(case)[-1].body


def test_looks_are_no_part_of_the_chronology(office, say):
    case = office.allegation()
    say("officer", "show", case)
    code, out, _ = say("officer", "chronology", case)
    assert code == OK
    assert "ook" not in out.replace("This look has been recorded", "")


def test_to_the_uncleared_nothing_is_recorded_and_nothing_said(office, say):
    case = office.allegation()
    for line in (["show", case], ["next", case], ["chronology", case], ["access", "why", case]):
        assert say("worker", *line) == (NOT_FOUND, "", f"There is no case {case}.\n")
    assert office.actions(case) == ["open_to_officer"]


# --- access ----------------------------------------------------------------------------------------------------------


def test_why_says_who_sees_it_since_when_and_on_whose_word(office, say):
    case = office.allegation("Reed", "Vale")
    assert (
        say(
            "officer",
            "access",
            "grant",
            case,
            "--to",
            "worker",
            "--until",
            "2026-11-05",
            "--because",
            "on leave",
        )[0]
        == OK
    )
    code, out, _ = say("officer", "access", "why", case)
    assert code == OK
    assert "RESTRICTED: only these" in out
    words = " ".join(out.split())
    assert "officer Designated officer designated officer (LADO), since Monday 5 January 2026" in words
    assert "let in, since Tuesday 3 November 2026" in words
    assert "officer: on leave" in words
    assert "Kept out deputy" in words
    assert max(map(len, out.splitlines())) <= 80
    found = json.loads(say("officer", "access", "why", case, "--json")[1])
    assert [each["login"] for each in found["let_in"]] == ["officer", "worker"]
    assert [each["login"] for each in found["kept_out"]] == ["deputy"]
    found = json.loads(say("officer", "access", "on", case, "--date", "2026-11-02", "--json")[1])
    assert [each["login"] for each in found["let_in"]] == ["deputy", "officer"]


def test_an_ordinary_case_is_everybodys_of_the_authority(office, say):
    case = office.child()
    code, out, _ = say("worker", "access", "why", case)
    assert code == OK
    assert "Everybody of the local authority" in out


def test_restricting_lifting_and_agreeing_take_two(office, say):
    case = office.child()
    code, out, _ = say(
        "manager", "access", "restrict", case, "--to", "second", "--because", "a colleague's child"
    )
    assert code == OK
    assert "Seen only by manager, second." in " ".join(out.split())
    assert say("worker", "show", case) == (NOT_FOUND, "", f"There is no case {case}.\n")
    assert say("manager", "access", "lift", case, "--because", "over")[0] == OK
    code, _, err = say("manager", "access", "agree", case, "--because", "over")
    assert code == NOT_ALLOWED
    assert "two people" in err
    assert say("second", "access", "agree", case, "--because", "yes")[0] == OK
    assert say("worker", "show", case)[0] == OK
    assert office.whole()


def test_keeping_somebody_out_is_for_good(office, say):
    case = office.child()
    assert (
        say("manager", "access", "exclude", case, "--who", "worker", "--because", "a relative", "--no-input")[
            0
        ]
        == OK
    )
    assert say("worker", "show", case)[0] == NOT_FOUND
    code, _, err = say("manager", "access", "grant", case, "--to", "worker", "--because", "please")
    assert code == 3
    assert "cannot be let in" in err


def test_the_glass_is_broken_by_typing_the_reference_again(office, say, typed):
    case = office.allegation()
    typed("a child in hospital", "LADO-WRONG22")
    code, _, err = say("worker", "access", "open", case)
    assert (code, err.splitlines()[-1]) == (USAGE, "That is not the reference. Nothing was changed.")
    typed("a child in hospital", case.lower())
    code, out, _ = say("worker", "access", "open", case)
    assert code == OK
    assert "Open to you until Tuesday 3 November 2026, 2pm" in out
    assert say("worker", "show", case)[1].startswith("RESTRICTED. This look has been recorded.")
    typed("a child in hospital", case)
    assert "already" in say("worker", "access", "open", case)[1]
    assert office.actions(case) == ["open_to_officer", "access_glass", "looked"]


@pytest.mark.parametrize("line", [[], ["worklist"], ["overdue"]])
def test_who_owns_a_case_whose_glass_was_broken_is_told_on_their_own_screen_until_mail_has_told_them(
    office, say, typed, line
):
    case = office.allegation("Reed", "Vale")
    typed("a child in hospital", case)
    assert say("worker", "access", "open", case)[0] == OK
    said = f"Somebody opened {case} in an emergency. Look at it within 2 working days: pathways access why {case}"
    assert said in " ".join(say("officer", *line)[1].split())
    for other in ("worker", "second", "deputy"):
        assert "emergency" not in say(other, *line)[1], (
            f"{other}: who broke it, who is uncleared, whom it is about"
        )
    with office.store.writing() as tx:
        tx.connection.execute("UPDATE notice SET sent_at = queued_at")
    assert "emergency" not in say("officer", *line)[1]


def test_an_owner_who_may_no_longer_see_the_case_is_not_told_of_it_on_their_screen(office, say, typed):
    case = office.allegation()
    typed("a child in hospital", case)
    say("worker", "access", "open", case)
    assert "emergency" in say("deputy", "worklist")[1]
    say("officer", "access", "exclude", case, "--who", "deputy", "--because", "a relative", "--no-input")
    assert "emergency" not in say("deputy", "worklist")[1]


def test_a_script_breaks_no_glass(office, say):
    case = office.allegation()
    answers = {
        say("worker", "access", "open", each, "--because", "a long enough reason", "--no-input")
        for each in (case, "LADO-2222222")
    }
    assert len(answers) == 1
    assert next(iter(answers))[0] == USAGE


def test_a_case_that_is_not_there_and_one_kept_from_its_adult_break_alike(office, say, typed):
    case = office.allegation("Reed", "Vale")
    said = []
    for reference in (case, "LADO-2222222"):
        typed("a long enough reason", reference)
        code, out, err = say("deputy", "access", "open", reference)
        said.append((code, out, err.replace(reference, "CASE")))
    assert said[0] == said[1]
    assert said[0][0] == NOT_FOUND


def test_an_officer_who_sends_an_allegation_about_themselves_gets_a_receipt_and_no_sight(
    office, say, tmp_path
):
    from pathways import pathway
    from tests.casefile import complete

    records = pathway("allegations").entry("to_officer").records
    given = complete(records, "2026-11-03") | {"given_name": "Reed", "family_name": "Vale"}
    file = tmp_path / "about.json"
    file.write_text(json.dumps(given))
    code, out, _ = say("deputy", "open", "allegation-to-officer", "--from", str(file), "--no-input")
    assert code == OK
    assert out.startswith("Sent to the designated officer. Receipt LADO-")
    reference = out.split("Receipt ")[1].split()[0]
    assert say("deputy", "show", reference)[0] == NOT_FOUND
    assert say("officer", "show", reference)[0] == OK


def test_a_partner_agency_that_opens_a_case_gets_a_receipt_unless_it_is_its_teams(office, say, tmp_path):
    from pathways import pathway
    from tests.casefile import complete

    given = complete(pathway("front_door").entry("referral").records, "2026-11-03")
    file = tmp_path / "referral.json"
    file.write_text(
        json.dumps(given | {"given_name": "Ash", "family_name": "Birch", "birth_date": "2017-03-01"})
    )
    code, out, err = say("teacher", "open", "referral", "--from", str(file), "--no-input", "--new-person")
    assert code == OK, err
    assert out.startswith("Sent to the front door team. Receipt RF-2026-0001")
    assert say("teacher", "show", "RF-2026-0001")[0] == NOT_FOUND
    own = say(
        "teacher",
        "open",
        "referral",
        "--from",
        str(file),
        "--no-input",
        "--new-person",
        "--team",
        "north school",
    )
    assert own[1].startswith("Opened  RF-2026-0002")


# --- who is at the keyboard -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line", [(), ("worklist",), ("overdue",), ("find", "900100001"), ("show", "cp1"), ("check", "last")]
)
def test_a_login_that_the_register_does_not_know_reads_nothing(office, say, line):
    code, out, err = say("stranger", *line)
    assert (code, out) == (NOT_ALLOWED, "")
    assert "do not know the login stranger" in err


def test_whoami_says_whose_cases_are_seen(office, say):
    code, out, _ = say("teacher", "whoami")
    assert code == OK
    assert "those of north school, and those that name you" in out
    found = json.loads(say("officer", "whoami", "--json")[1])
    assert (found["cleared_for"], found["sees_every_team"]) == (["allegations"], True)
    assert say("stranger", "whoami")[0] == NOT_ALLOWED


# --- the register ----------------------------------------------------------------------------------------------------


def test_the_register_is_read_from_a_file_and_matched_at_once(office, say, tmp_path):
    case = office.allegation("Hazel", "Thorne")
    file = tmp_path / "staff.csv"
    file.write_text(
        "login,title,team,roles,given,family,birth_date\n"
        "h.thorne,Officer,allegations,social_worker;police,Hazel,Thorne,1985-04-02\n"
        "p.ash,Clerk,,staff,Poppy,Ash,\n"
    )
    before = say("manager", "users", "list")
    code, out, _ = say("manager", "users", "add", "--from", str(file))
    assert (code, out.splitlines()[0]) == (OK, "2 read, 2 new on the register.")
    assert office.actions(case)[-1] == "access_excluded"
    after = say("manager", "users", "list")[1]
    assert "h.thorne" not in before[1]
    assert "social worker, police" in after
    assert "Hazel" not in after
    assert "Hazel Thorne" in say("manager", "users", "list", "--names")[1]


def test_a_line_that_cannot_be_used_is_named_by_its_number_and_nothing_is_written(office, say, tmp_path):
    file = tmp_path / "staff.csv"
    file.write_text("login,roles,given\na.one,staff,Willow\nb.two,wizard,Alder\n")
    code, _, err = say("manager", "users", "add", "--from", str(file))
    assert code == USAGE
    assert "Line 3 of the file" in err
    assert "Alder" not in err
    assert "a.one" not in say("manager", "users", "list")[1]


def test_somebody_is_asked_for_at_the_terminal_given_roles_and_ended(office, say, typed):
    typed("n.new", "Nurse", "health", "nurses", "health", "Ivy", "Rowe", "", "", "")
    assert say("manager", "users", "add")[0] == OK
    assert say("n.new", "whoami")[0] == OK
    assert say("manager", "users", "role", "n.new", "school-nurse", "--until", "2026-11-04")[0] == OK
    assert "school nurse (to 2026-11-04)" in say("manager", "users", "list")[1]
    assert say("manager", "users", "role", "n.new", "health", "--end", "--until", "2026-11-02")[0] == OK
    assert "holds" not in say("n.new", "whoami")[2]
    assert say("manager", "users", "end", "n.new", "--on", "2026-11-02")[0] == OK
    code, _, err = say("n.new", "worklist")
    assert code == NOT_ALLOWED
    assert "holds no role here today" in err


def test_only_those_who_keep_the_register_change_it(office, say):
    for line in (["role", "teacher", "lado"], ["end", "teacher"]):
        code, _, err = say("worker", "users", *line)
        assert code == NOT_ALLOWED
        assert "kept by" in err
    with office.store.reading() as tx:
        assert tx.one("case_by_reference", reference="x", seen_by=ALL_SEEING) is None
