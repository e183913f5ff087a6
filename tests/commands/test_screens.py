"""What the reading commands show: the screens of the design, word for word where they carry a promise."""

from __future__ import annotations

import importlib
import json
import re
import shlex
from datetime import UTC, datetime

import pytest
import typer

from commands.registry import COMMANDS
from pathways import NAMES, pathway

READING = [
    (), ("worklist",), ("worklist", "today"), ("worklist", "all", "--expand"), ("worklist", "week", "-n", "3"),
    ("overdue",), ("overdue", "-n", "2"), ("show", "cp1"), ("show", "cp1", "--full", "--names"), ("show", "cp2"),
    ("show", "cp3", "--full"), ("show", "rf1"), ("next", "cp1"), ("next", "cp2"), ("next", "cp3"), ("next", "rf1"),
    ("why", "cp1"), ("why", "cp3"), ("why", "cp1", "conference"), ("why", "cp1", "conference", "--days"),
    ("why", "cp1", "reports"), ("why", "cp3", "core"), ("why", "cp1", "18"), ("chronology", "cp1"),
    ("chronology", "cp3", "--full"), ("find", "cp1"), ("find", "900100001"), ("help",), ("help", "exit-codes"),
    ("help", "dates"), ("help", "words"), ("help", "do"),
]  # fmt: skip
WITH_JSON = [("worklist",), ("overdue",), ("show", "cp1"), ("next", "cp1"), ("why", "cp1"), ("why", "cp1", "visit"),
             ("chronology", "cp1"), ("find", "cp1"), ("help",)]  # fmt: skip


def parses(line: str) -> None:
    """A command line that a screen offers is one that can be typed: the command, its options, the action."""
    words = shlex.split(line)
    assert words[0] == "pathways", line
    if len(words) == 1:
        return
    assert words[1] in COMMANDS, line
    if "ACTION" in words or "CASE" in words:
        return
    module = importlib.import_module(COMMANDS[words[1]][0])
    command = typer.main.get_command(module.app)
    command.make_context(words[1], words[2:])
    if words[1] == "do":
        actions = {move.action for name in NAMES for move in pathway(name).moves}
        assert words[3] in actions, line
    if words[1] == "record":
        from commands.record import known

        for each in words[2].split("|"):
            known(each)


@pytest.mark.parametrize("line", READING, ids=" ".join)
def test_every_screen_fits_in_eighty_columns_and_is_ascii_but_for_names(say, line):
    said = say(*line)
    assert said.code == 0, said.err
    assert [each for each in said.lines if len(each) > 80] == []
    assert said.out.isascii()


@pytest.mark.parametrize("line", [each for each in READING if "help" not in each], ids=" ".join)
def test_every_command_that_a_screen_offers_can_be_typed(say, line):
    said = say(*line)
    lines = [re.split(r"\s{2,}", each.strip())[0] for each in said.out.splitlines()]
    for each in lines:
        for found in re.findall(r"pathways [a-z]+(?: [A-Za-z0-9.|<>-]+)*", each):
            parses(found.rstrip("."))


@pytest.mark.parametrize("line", WITH_JSON, ids=" ".join)
def test_json_is_one_document_with_a_schema_and_commands_that_can_be_typed(say, line):
    said = say(*line, "--json")
    document = json.loads(said.out)
    assert re.fullmatch(r"pathways\.[a-z-]+/1", document["schema"])
    assert said.err == ""
    for each in document["next"]:
        parses(each)


def test_moments_in_json_carry_their_offset(say):
    document = json.loads(say("worklist", "--json").out)
    assert document["now"] == "2026-11-23T09:31:00+00:00"
    assert all(re.search(r"[+-]00:00$", task["due_at"]) for task in document["tasks"])


def test_today_at_a_glance_counts_and_says_that_it_is_practice(say):
    assert say().out == (
        "Monday 23 November 2026                     Your work             PRACTICE DATA\n"
        "\n"
        "  LATE          5   oldest: 16 working days\n"
        "  TODAY         0\n"
        "  THIS WEEK     1   to Friday 27 November\n"
        "\n"
        "Next: pathways worklist       For everything else: pathways help\n"
        "Overnight check: Monday 23 November 2026, 6am\n"
    )


def test_the_worklist_puts_the_longest_overdue_first_and_counts_working_days(say):
    assert say("worklist").out == (
        "Your work to Friday 27 November                              Monday 23 November\n"
        "\n"
        "       Case           What to do                        Due\n"
        "------ -------------- --------------------------------- -----------------------\n"
        "LATE   CP-2026-0003   Hold the core group               30 October (16 days)\n"
        "LATE   CP-2026-0001   See the child                     17 November (4 days)\n"
        "LATE   CP-2026-0001   Get 2 reports                     20 November (1 day)\n"
        "LATE   RF-2026-0001   Acknowledge the referral          20 November (1 day)\n"
        "LATE   RF-2026-0001   Decide on the referral            20 November (1 day)\n"
        "SOON   CP-2026-0001   Hold the conference               Tue 24 November\n"
        "\n"
        "7 tasks in 6 lines. One line each: pathways worklist week --expand\n"
        "\n"
        "Conference       At      Of                       Where, chair\n"
        "---------------- ------- ------------------------ ------------------------------\n"
        "Tue 24 November  no hour CP-2026-0001             An invented answer.\n"
        "Give one an hour and a room: pathways rebook CP-2026-0001 --to 2026-11-24\n"
        "\n"
        "Overnight check: Monday 23 November 2026, 6am\n"
    )


def test_the_worklist_narrows_to_a_team_a_pathway_a_state_and_a_day(say):
    assert "RF-2026-0001" not in say("worklist", "--team", "conference").out
    assert "CP-2026" not in say("worklist", "--pathway", "front-door").out
    assert "CP-2026" not in say("worklist", "--pathway", "rf").out
    only = say("worklist", "--stage", "decision-overdue").out
    assert "RF-2026-0001" in only
    assert "CP-2026" not in only
    assert "3 December" in say("worklist", "--until", "4 dec").out
    assert "3 December" not in say("worklist", "--until", "+2wd").out
    assert "Nothing is due" in say("worklist", "--mine").out


@pytest.mark.parametrize(
    "line", ["worklist", "overdue", "assign", "report central-list", "report concerns", "board"]
)
def test_a_team_that_there_is_none_of_is_not_said_to_have_nothing(say, monkeypatch, line):
    monkeypatch.setattr("commands.board._can_be_drawn", lambda _: None)
    monkeypatch.setattr("commands.board_queue.Queue.run", lambda *_, **__: None)
    said = say(*line.split(), "--team", "confrence")
    assert (said.code, said.out) == (2, "")
    assert said.words == "There is no team 'confrence'. Did you mean conference?"
    assert say(*line.split(), "--team", "early help").code == 0, "there is such a team, and nothing of it"
    every, none = say(*line.split(), "--team", "all"), say(*line.split())
    assert (every.code, every.out) == (0, none.out)


@pytest.mark.parametrize(
    "line",
    [
        "open strategy --no-input",
        "calendar publish --to .",
        "calendar show",
        "calendar url",
        "calendar revoke --to .",
        "calendar revoke --to . --dry-run",
        "supervision meeting",
        "supervision meeting --dry-run",
    ],
)
@pytest.mark.parametrize("team", ["confrence", "all"])
def test_nothing_is_written_for_a_team_that_there_is_none_of(say, monkeypatch, tmp_path, line, team):
    monkeypatch.chdir(tmp_path)
    said = say(*line.split(), "--team", team)
    assert (said.code, said.out) == (2, "")
    assert f"There is no team '{team}'." in said.words
    assert list(tmp_path.glob("*.ics")) == []


def test_concerns_since_a_day_that_has_not_come_are_not_said_to_be_none(say):
    said = say("report", "concerns", "--since", "24/11/2026")
    assert (said.code, said.out) == (2, "")
    assert "Tuesday 24 November 2026 is still to come." in said.words
    assert say("report", "concerns", "--since", "today").code == 0


@pytest.mark.parametrize(
    "line",
    ["supervision list --with", "supervision actions --with", "supervision due", "assign --take --from"],
)
def test_somebody_whom_the_register_never_had_is_not_said_to_have_nothing(say, line):
    said = say(*line.split(), "practise")
    assert (said.code, said.out) == (2, "")
    assert "The staff register does not know the login practise." in said.words
    assert "does not know" not in say(*line.split(), "practice").words


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("worklist tuesday", "worklist takes today, week or all, not 'tuesday'."),
        ("worklist --pathway zebra", "There is no pathway zebra."),
        ("worklist --stage decision-overdu", "There is no stage decision-overdu. Did you mean decision-overdue?"),
        ("worklist --until 31/11", "There is no 31 November. The last day of November is the 30th."),
        ("worklist --tem x", "There is no option --tem. Did you mean --team"),
        ("worklsit", "No command worklsit. Did you mean worklist?"),
        ("help wrds", "There is no help on wrds. Did you mean words?"),
        ("why cp1 zebra", "CP-2026-0001 has no date called zebra. It has:"),
        ("chronology cp1 --kind rumour", "--kind is fact, opinion or decision, not 'rumour'."),
    ],
)  # fmt: skip
def test_a_slip_of_the_keyboard_is_one_sentence_and_exit_code_2(say, line, says):
    said = say(*line.split())
    assert said.code == 2
    assert says in said.words
    assert said.out == ""
    assert [each for each in said.lines if len(each) > 80] == []


def test_what_is_late_names_who_it_waits_for(say):
    said = say("overdue", "--exit-code")
    assert said.code == 7
    assert "1     CP-2026-0001   Report: housing               20 November   Housing\n" in said.out
    assert "6 late in 3 cases." in said.out
    assert say("overdue", "--days", "16").out.count("CP-2026-") == 2, "the line and the next command"
    assert say("overdue", "--days", "17", "--exit-code").code == 0


def test_a_case_shows_nine_ticks_and_the_limit(say):
    out = say("show", "cp1").out
    assert "A.B., 9        with sibling CP-2026-0002" in out
    assert "  [x] 1  Invitations sent           4 November\n" in out
    assert "  [ ] 2  Agency reports in          5 of 7, due 20 November          LATE\n" in out
    assert "  [ ] 9  Core group meets\n" in out
    assert "Must be held by  24 November 2026 (15 working days from 3 November)\n" in out
    assert "Birch" not in out
    assert "Ash Birch, 9" in say("show", "cp1", "--names").out


@pytest.mark.parametrize("typed", ["cp1", "CP1", "cp-1", "cp-2026-1", "CP-2026-0001", "rf", "rf-2026"])
def test_a_case_is_found_by_any_short_form(say, typed):
    if typed.startswith("rf"):
        assert say("show", typed).out.startswith("RF-2026-0001 "), "the only one"
        return
    assert say("show", typed).out.startswith("CP-2026-0001 ")


def test_a_short_form_that_fits_several_cases_lists_them(say):
    said = say("show", "cp")
    assert said.code == 2
    assert said.err == (
        "cp fits several cases; type the whole reference:\n  CP-2026-0001\n  CP-2026-0002\n  CP-2026-0003\n"
    )


@pytest.mark.parametrize("command", ["show", "next", "why", "chronology"])
@pytest.mark.parametrize("typed", ["CP-2026-9999", "LADO-7KQ4M", "x", "%", "_", "CP-____-0001", "cp20"])
def test_an_unknown_case_is_the_same_words_and_exit_code_5(say, command, typed):
    said = say(command, typed)
    assert (said.code, said.err, said.out) == (5, f"There is no case {typed}.\n", "")


def test_next_says_what_would_open_a_closed_move(say):
    out = say("next", "cp1").out
    assert "pathways record report CP-2026-0001         2 still to come\n" in out
    assert (
        "start-conference   report missing: health visiting\n                     report missing: housing\n"
        in out
    )
    assert "conference chair may go ahead without these, with a reason" in out
    assert "Record: pathways record note|contact|consent|sharing|dissent CP-2026-0001" in out
    assert len(out.splitlines()) < 45


def test_why_proves_the_conference_date(say):
    out = say("why", "cp1", "conference").out
    assert out.startswith("24 November 2026 is 15 working days after 3 November 2026.\n")
    assert "  Skipped   3 weekends (7-8, 14-15, 21-22 November); no bank holidays\n" in out
    assert "  Day 15    Tuesday 24 November 2026\n" in out
    assert "  Source    Working Together to Safeguard Children" in out
    assert "  Changed   never\n" in out


def test_why_lists_every_day_that_was_counted_or_skipped(say):
    out = say("why", "cp1", "cp.icpc", "--days").out
    assert "     0  Tuesday 3 November 2026         the day itself is not counted\n" in out
    assert "        Saturday 7 November 2026        Saturday\n" in out
    assert "    15  Tuesday 24 November 2026        working day\n" in out


def test_a_stored_date_that_does_not_come_out_the_same_is_not_proven(say, practice_home):
    from models.store import open_store

    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store, store.writing() as tx:
        later = datetime(2026, 11, 27, 23, 59, 59, tzinfo=UTC).isoformat(timespec="microseconds")
        tx.connection.execute(
            "UPDATE deadline SET due_on='2026-11-27', due_at=? WHERE rule='cp.icpc'", [later]
        )
    said = say("why", "cp1", "conference")
    assert said.code == 9
    assert (
        "27 November 2026 is stored on CP-2026-0001, and 24 November 2026 is what the rule gives"
        in said.words
    )
    assert say("why", "cp1").code == 9


def test_the_chronology_has_pages_missed_dates_and_kinds(say):
    out = say("chronology", "cp1").out
    assert "9    18 November  fact      Agency report received: school        coordinator\n" in out
    assert "     20 November  fact      Date missed: Get the agency reports   a date\n" in out
    assert "fact" not in say("chronology", "cp1", "--kind", "decision").out
    assert (
        "3 November "
        not in say("chronology", "cp1", "--from", "4/11/2026", "--to", "4 nov").out.partition("\n")[2]
    )


def test_a_person_is_found_by_number_and_shown_by_initials(say):
    out = say("find", "900100001").out
    assert "A.B., 9 " in out
    assert "Birch" not in out
    assert say("find", "900100099").code == 5


@pytest.mark.parametrize(
    "typed",
    ["Birch", "Ash Birch", "1/3/2017", "2017-03-01", "1mar2017", "20170301", "O'Neill", "Zoë", "smith1"],
)
def test_no_name_and_no_date_of_birth_is_taken_from_the_command_line(say, typed):
    said = say("find", typed)
    assert said.code == 2
    assert said.words.startswith("Names and dates of birth are not taken from the command line")
    assert typed not in said.words


@pytest.mark.parametrize("typed", ["ash birch", "BIRCH, Ash", "Burch", "birch ash", "1/3/2017", "900100001"])
def test_a_name_is_found_as_written_as_it_sounds_and_by_birth(say, monkeypatch, typed):
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO(typed + "\n"))
    said = say("find", "--stdin", "--names")
    assert "Ash Birch, 9" in said.out, said


def test_a_full_name_comes_before_one_that_only_sounds_alike(say, monkeypatch):
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("rowan birch\n"))
    assert say("find", "--stdin", "--names").out.splitlines()[2].startswith("Rowan Birch")


def test_text_from_outside_is_made_harmless_on_every_screen(say, practice_home):
    from models.store import open_store

    evil = "\x1b[31mred\x1b[0m [bold]x[/bold] \u202eabc\u0007"
    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store, store.writing() as tx:
        tx.connection.execute("UPDATE person_name SET given=?, family=?", [evil, evil])
        tx.connection.execute("UPDATE pathway_case SET team=?, lead=?", [evil, evil])
    for line in (
        ("show", "cp1", "--names"),
        ("worklist",),
        ("overdue",),
        ("find", "cp1", "--names"),
        ("chronology", "cp1", "--names"),
    ):
        said = say(*line)
        assert said.code == 0
        for harmful in ("\x1b", "\u202e", "\u0007"):
            assert harmful not in said.out + said.err
        assert [each for each in said.lines if len(each) > 80] == []
    assert "[bold]x[/bold]" in say("show", "cp1", "--names", "--json").out


def test_a_store_that_is_not_there_says_how_to_begin(tmp_path, monkeypatch, capsys):
    from commands.run import run

    monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path / "nowhere"))
    monkeypatch.delenv("PATHWAYS_DATABASE_URL", raising=False)
    assert run(["worklist"]) == 10
    out, err = capsys.readouterr()
    assert (out, " ".join(err.split())) == (
        "",
        "There are no records here yet. To begin: pathways init, or pathways demo to try it out.",
    )
