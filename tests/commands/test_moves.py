"""What the writing commands do and say: moves, records, opening a case; refusals word for word."""

from __future__ import annotations

import io
import json

import pytest

REFERRAL = {
    "given_name": "Jay",
    "family_name": "Bird",
    "birth_date": "2015-02-03",
    "referrer": "school",
    "arrived_by": "form",
    "what_happened": "A bruise.",
    "danger_now": False,
    "level": "4",
    "parents_told": "no",
    "why_not_told": "It would add risk.",
    "received": "today 9:20am",
}


@pytest.fixture
def referral(tmp_path):
    def written(**own):
        path = tmp_path / "referral.json"
        answers = {name: value for name, value in {**REFERRAL, **own}.items() if value is not None}
        path.write_text(json.dumps(answers), encoding="utf-8")
        return str(path)

    return written


def entries(rows, reference="CP-2026-0001"):
    return [each.action for each in rows("trail_of_case", reference=reference)]


def test_a_refusal_says_every_reason_the_rule_and_the_way_on(say, rows):
    before = len(entries(rows))
    said = say("do", "cp1", "start-conference")
    assert (said.code, said.out) == (3, "")
    assert said.err == (
        "Refused  start-conference on CP-2026-0001\n"
        "\n"
        "Why   1  Report missing: health visiting\n"
        "      2  Report missing: housing\n"
        "      3  Needed: the chair has met the family before the start (stage 4)\n"
        "      4  Needed: the professionals have shared their reports with each other\n"
        "         (stage 5)\n"
        "Rule  conference.reports, conference.chair_met, conference.reports_shared:\n"
        "      Schools safeguarding handbook (Sefton, September 2017), strengthening\n"
        "      families conference, nine stages\n"
        "\n"
        "You can\n"
        "      pathways record report CP-2026-0001\n"
        "      pathways do CP-2026-0001 chair-met-family\n"
        "      pathways do CP-2026-0001 reports-shared\n"
        "      The conference chair can go ahead without 1 to 4, giving a reason:\n"
        "      pathways do CP-2026-0001 start-conference --override conference.reports \\\n"
        "        --override conference.chair_met --override conference.reports_shared\n"
        "\n"
        "Nothing was changed. The attempt is on the record.\n"
    )
    assert entries(rows)[before:] == ["refused:start_conference"]


def test_a_refusal_as_json_goes_to_standard_output_alone(say):
    said = say("do", "cp1", "start-conference", "--json")
    document = json.loads(said.out)
    assert (said.code, said.err) == (3, "")
    assert (document["schema"], document["exit"], document["changed"]) == ("pathways.refusal/1", 3, False)
    assert document["reasons"][0]["id"] == "conference.reports"
    assert document["reasons"][0]["can_override"] == ["conference_chair"]


def test_a_move_says_what_happened_and_gives_its_receipt(say, rows):
    said = say("do", "cp1", "chair-met-family", "--answer", "who=mother")
    assert said.code == 0
    last = rows("trail_of_case", reference="CP-2026-0001")[-1]
    assert said.out == (
        "Done   4 of 9  Chair met the family before the start.\n"
        "       CP-2026-0001, Monday 23 November 2026, 9:31am.\n"
        f"saved - entry {last.seq} - {last.hash.hex()[:8]}\n"
        "Next: pathways next CP-2026-0001               Undo: pathways undo CP-2026-0001\n"
    )
    assert last.action == "chair_met_family"


def test_a_dry_run_says_would_and_keeps_nothing(say, rows):
    before = entries(rows)
    said = say("do", "cp1", "chair-met-family", "--answer", "who=mother", "--dry-run")
    assert said.code == 0
    assert said.out.startswith("Would be done  Chair met the family before the start.\n")
    assert said.out.endswith("Nothing was changed.\n")
    assert "saved" not in said.out
    assert entries(rows) == before


def test_everything_that_is_missing_is_listed_at_once(say, rows):
    before = entries(rows)
    said = say("record", "report", "cp1")
    assert said.code == 2
    assert said.err.startswith("Nothing was saved: 3 answers are missing for report-received.\n  agency ")
    assert "one of: yes, no" in said.err
    assert [each for each in said.lines if len(each) > 80] == []
    assert entries(rows) == before
    missing = json.loads(say("record", "report", "cp1", "--json").out)["missing"]
    assert [each["name"] for each in missing] == ["agency", "on_form", "parents_have_seen"]


def test_a_report_ticks_the_count_and_the_last_one_meets_its_limit_late(say):
    answers = ("--answer", "on_form=yes", "--answer", "parents_have_seen=no", "--answer", "why_not_seen=away")
    first = say("record", "report", "cp1", "--agency", "housing", "--received", "today", *answers)
    assert "2 of 9  (6 of 7) Agency report received." in first.out
    second = say("do", "cp1", "report-received", "--answer", "agency=health visiting", *answers)
    assert "2 of 9  Agency report received." in second.out
    assert "Late: get the agency reports, 1 working day after 20 November." in second.out


def test_a_visit_says_its_working_day_and_when_the_next_is_due(say):
    said = say(
        "do", "cp3", "child-seen", "--answer", "seen=yes", "--answer", "alone=yes", "--answer", "observed=x"
    )
    assert "In time: see the child, working day 2 of 10." in said.out
    assert "See the child by 7 December 2026." in said.out


def test_going_ahead_without_something_needs_a_reason_and_records_it(say):
    answers = []
    for each in ("agencies=school,police,housing", "apologies=none", "family=mother", "room=yes"):
        answers += ["--answer", each]
    overrides = []
    for each in ("conference.reports", "conference.chair_met", "conference.reports_shared"):
        overrides += ["--override", each]
    bare = say("do", "cp1", "start-conference", *overrides, *answers)
    assert bare.code == 2
    assert "Going ahead without conference.reports needs a reason: --because TEXT" in bare.words
    done = say("do", "cp1", "start-conference", *overrides, *answers, "--because", "The chair asked for it.")
    assert done.code == 0, done.err
    assert "6 of 9  Conference started." in done.out
    assert "3 overrides recorded" in done.out
    assert "Now: Initial conference under way." in done.out


def test_what_is_gone_ahead_without_stands_in_the_command_that_a_refusal_offers(say):
    said = say("do", "cp1", "start-conference", "--override", "conference.reports", "--because", "Both rang.")
    assert said.code == 3
    command = said.err.replace("\\\n", "").split("giving a reason:")[1].split("Nothing")[0].split()
    assert command[:4] == ["pathways", "do", "CP-2026-0001", "start-conference"]
    assert command[4::2] == ["--override"] * 3
    assert command[5::2] == ["conference.reports", "conference.chair_met", "conference.reports_shared"]


def test_what_may_be_overridden_is_guessed_when_mistyped(say):
    said = say("do", "cp1", "start-conference", "--override", "conference.report", "--because", "x")
    assert said.code in (2, 3)


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("do cp1 start-conf", 2, "There is no action start-conf on CP-2026-0001. Did you mean start-conference?"),
        ("do rf1 decide", 2, "There are several: decide-already-open, decide-information-only, decide-advice,"),
        ("do cp1 family-met --on 31/11/2026", 2, "There is no 31 November. The last day of November is the 30th."),
        ("do cp1 chair-met-family --on 30/11/2026 --answer who=x", 2,
         "30 November 2026 is in the future. It is recorded after it happens."),
        ("do cp1 chair-met-family --at 11am --answer who=x", 2, "11am on 23 November 2026 is in the future."),
        ("do cp1 chair-met-family --on 2/11/2026 --answer who=x", 2,
         "2 November 2026 is before CP-2026-0001 was opened, on 3 November 2026."),
        ("do cp1 chair-met-family --answer wo=x", 2, "chair-met-family does not ask for 'wo'. It asks for: who, needs."),
        ("do cp1 chair-met-family --answer who", 2, "An answer is written NAME=VALUE, as in --answer level=4."),
        ("do cp1 chair-met-family --by chiar", 2, "There is no role chiar. Did you mean chair?"),
        ("do cp1 chair-met-family --by clock", 2, "There is no role clock."),
        ("do cp1 chair-met-family --from nowhere.json", 2, "There is no file nowhere.json."),
        ("do cp1 invite --by social-worker --answer family=x", 4, "Invite is a decision for the"),
        ("do cp1 end-plan", 3, "The case is at: Initial conference to be held"),
        ("do CP-2026-9999 note", 5, "There is no case CP-2026-9999."),
        ("record view cp1", 2, "No such thing to record: view. Did you mean views?"),
        ("record attendance cp1", 2, "3 answers are missing for attendance."),
        ("record checks cp1", 2, "There is no checks to record on the child protection pathway."),
        ("record views cp1", 3, "The case is at: Initial conference to be held"),
        ("open refferal", 2, "Nothing is opened by the word refferal. Did you mean referral?"),
        ("open child-in-need", 2, "A child in need case is opened by a decision"),
        ("open strategy --like cp1 --answer grounds=x --answer who_asks=x --answer parents_told=yes --answer how_told=x",
         3, "There is an open case on this pathway already, CP-2026-0001"),
        ("open referral --like zz1", 5, "There is no case zz1."),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_a_sentence_and_a_code(say, line, code, says):
    said = say(*line.split())
    assert says in said.words, said
    assert said.code == code
    assert said.out == ""
    assert [each for each in said.lines if len(each) > 80] == []
    assert json.loads(say(*line.split(), "--json").out)["exit"] == code


@pytest.mark.parametrize(
    "name", ["given_name", "family-name", "birth_date", "expected_delivery_date", "la_child_id"]
)
def test_no_particulars_of_a_child_are_taken_from_the_command_line(say, name):
    for command in (("open", "referral"), ("do", "cp1", "note")):
        said = say(*command, "--answer", f"{name}=Zebedee")
        assert said.code == 2
        assert "stay in the command history" in said.words
        assert "Zebedee" not in said.words


def test_a_case_that_somebody_else_changed_is_a_conflict_and_nothing_is_saved(say, rows, monkeypatch):
    from commands import prompts

    def meanwhile(*_):
        monkeypatch.setattr(prompts, "can_ask", lambda *_: False)
        assert say("do", "cp1", "note", "--answer", "nature=fact", "--answer", "text=x").code == 0
        return False

    monkeypatch.setattr(prompts, "can_ask", meanwhile)
    said = say("do", "cp1", "chair-met-family", "--answer", "who=mother")
    assert said.code == 6
    assert "Look again, then repeat: pathways show CP-2026-0001" in said.words
    assert entries(rows)[-1] == "note"


def test_answers_come_from_standard_input_as_well(say, monkeypatch):
    class Input(io.StringIO):
        buffer = io.BytesIO(json.dumps({"nature": "opinion", "text": "Said so."}).encode())

    monkeypatch.setattr("sys.stdin", Input())
    assert say("record", "note", "cp1", "--from", "-").code == 0
    assert "opinion   Note" in say("chronology", "cp1").out


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": {"b": 1}}', "null", "\x00", "[" * 5000])
def test_a_file_that_holds_no_answers_is_refused_in_a_sentence(say, tmp_path, text):
    path = tmp_path / "answers.json"
    path.write_text(text, encoding="utf-8")
    said = say("record", "note", "cp1", "--from", str(path))
    assert said.code == 2
    assert "JSON" in said.err


def test_a_referral_opens_with_its_deadlines(say, referral):
    said = say("open", "referral", "--from", referral())
    assert said.code == 0, said.err
    assert said.out.startswith(
        "Opened  RF-2026-0002    Referral received, level 4\n"
        "\n"
        "  Happened                         Monday 23 November 2026, 9:20am\n"
        "  Decide on the referral           Tuesday 24 November 2026  1 working day\n"
    )
    assert "saved - entry 1 - " in said.out
    assert "Jay" not in said.out
    assert "Bird" not in said.out


def test_a_phone_call_asks_for_the_written_form_within_24_hours(say, referral):
    path = referral(spoken_to="duty worker", arrived_by=None)
    said = say("open", "phone-call", "--from", path)
    assert said.code == 0, said.err
    assert "Send the written form            Tuesday 24 November 2026, 9:20am  24 hours\n" in said.out


def test_the_same_child_is_not_entered_twice_unawares(say, referral):
    assert say("open", "referral", "--from", referral()).code == 0
    again = say("open", "referral", "--from", referral())
    assert again.code == 2
    assert "--like RF-2026-0002" in again.words
    assert "Bird" not in again.words
    assert say("open", "referral", "--from", referral(), "--new-person").code == 0
    known = say("open", "referral", "--from", referral(), "--like", "cp1")
    assert known.code == 0


def test_a_dry_run_opens_nothing(say, referral, rows):
    said = say("open", "referral", "--from", referral(), "--dry-run", "--json")
    assert json.loads(said.out)["changed"] is False
    assert rows("case_by_reference", reference="RF-2026-0002") == []


def test_a_missing_person_and_missing_answers_are_listed_together(say):
    said = say("open", "referral", "--no-input", "--answer", "level=4")
    assert said.code == 2
    for name in ("family_name", "birth_date", "referrer", "arrived_by", "what_happened", "parents_told"):
        assert f"\n  {name} " in said.err
    assert "\n  level " not in said.err


def test_an_unborn_child_has_a_case_and_an_expected_date(say, tmp_path):
    path = tmp_path / "prebirth.json"
    path.write_text(
        json.dumps({"family_name": "Mum", "due_on": "4 mar 2027", "grounds": "x", "who_asks": "y"})
    )
    said = say("open", "pre-birth", "--from", str(path))
    assert said.code == 0, said.err
    reference = said.out.split()[1]
    assert "unborn, due 4 March 2027" in say("show", reference).out
    assert "Hold the pre-birth conference" in said.out


def test_a_decision_opens_a_case_beside_and_says_so(say):
    checks = say("record", "checks", "rf1", "--answer", "agencies=police", "--answer", "found=nothing")
    assert checks.code == 0, checks.err
    answers = []
    for each in (
        "level=4",
        "reasons=r",
        "history=h",
        "siblings=s",
        "child_view_heard=no",
        "child_view_why_none=young",
    ):
        answers += ["--answer", each]
    said = say("do", "rf1", "decide-strategy", *answers)
    assert said.code == 0, said.err
    assert "Opened: CP-2026-0004." in said.out
    assert "Now: Decided." in said.out
    assert "Strategy discussion to be held" in say("show", "CP-2026-0004").out


def test_old_code_pages_get_a_question_mark_and_no_crash(practice_home, monkeypatch):
    import sys

    from commands.run import run
    from models.store import open_store

    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store, store.writing() as tx:
        tx.connection.execute("UPDATE person_name SET given='Zoë', family='Łódź'")
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252"))
    assert run(["show", "cp1", "--names"]) == 0
    sys.stdout.flush()
    assert "Zo\xeb ?\xf3d?".encode("cp1252") in raw.getvalue()
