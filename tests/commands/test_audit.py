"""Proving the record at the command line: anchors, receipts, a case file for a court, and nothing of hidden cases."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from pathways.errors import NOT_ALLOWED, NOT_FOUND, NOT_PROVEN, NOT_READY, OK, USAGE

MONDAY = datetime(2026, 11, 23, 9, 31, tzinfo=UTC)
BARE = [sys.executable, "-I", "-S"]
"""An interpreter with nothing but the standard library."""


def code_of(said):
    return re.search(r"(?:[0-9a-f]{4}-){7}[0-9a-f]{4}", said.out)[0]


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    place = tmp_path / "elsewhere" / "anchors.txt"
    place.parent.mkdir()
    monkeypatch.setenv("PATHWAYS_ANCHORS", str(place))
    return place


@pytest.fixture
def by_hand(practice_home):
    """Change the store with the database's own tools, past its guards."""

    def change(*statements):
        with sqlite3.connect(practice_home / "practice.db", isolation_level=None) as other:
            kept = other.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in kept:
                other.execute(f"DROP TRIGGER {name}")
            for each in statements:
                other.execute(each)
            for _, made in kept:
                other.execute(made)

    return change


# --- anchors ------------------------------------------------------------------------------------------------------


def test_an_anchor_is_typed_back_and_holds(say):
    said = say("audit", "anchor")
    assert said.code == OK
    assert "practice key, which nobody keeps" in said.words
    assert "Kept only here." in said.words
    code = code_of(said)
    again = say("audit", "verify", "--anchor", code.upper().replace("-", " "))
    assert again.code == OK
    assert "Kept outside matches, the newest of 23 November 2026" in again.words
    assert "nothing came after it" in again.words


def test_what_came_after_the_anchor_is_counted(say):
    code = code_of(say("audit", "anchor"))
    assert say("do", "CP-2026-0002", "end-plan", "--no-input").code != OK
    said = say("audit", "verify", "--anchor", code)
    assert said.code == OK
    assert "1 entry came after it" in said.words


def test_several_anchors_are_held_to_at_once(say):
    first = code_of(say("audit", "anchor"))
    say("do", "CP-2026-0002", "end-plan", "--no-input")
    second = code_of(say("audit", "anchor"))
    assert first != second
    assert say("audit", "verify", "--anchor", first, "--anchor", second).code == OK
    said = say("audit", "verify", "--anchor", first, "--anchor", "0000" * 8)
    assert said.code == NOT_PROVEN


def test_a_code_that_no_checkpoint_has_is_not_proven(say):
    say("audit", "anchor")
    said = say("audit", "verify", "--anchor", "00ff" * 8)
    assert said.code == NOT_PROVEN
    assert said.lines[0] == "NOT PROVEN. Stop and tell the information governance lead."
    assert "entries were cut off, or an older copy was put back" in said.words


def test_a_slip_of_the_hand_is_told_from_a_tampered_record(say):
    code = code_of(say("audit", "anchor"))
    last = "0" if code[-1] != "0" else "1"
    said = say("audit", "verify", "--anchor", code[:-1] + last)
    assert said.code == USAGE
    assert "but for group 8" in said.words
    assert say("audit", "verify", "--anchor", "9f2c-71aa").code == USAGE


def test_the_file_elsewhere_is_compared_without_being_asked(say, elsewhere, by_hand):
    assert "Added to the file of anchors" in say("audit", "anchor").words
    assert "Kept outside matches" in say("audit", "verify").words
    by_hand("DELETE FROM checkpoint_leaf", "DELETE FROM checkpoint")
    said = say("audit", "verify")
    assert said.code == NOT_PROVEN
    assert "The anchor of 23 November 2026 that was kept outside is not among the checkpoints" in said.words


def test_without_any_anchor_it_says_what_would_not_show(say, monkeypatch):
    monkeypatch.delenv("PATHWAYS_ANCHORS", raising=False)
    assert "an older copy put back, would not show" in say("audit", "verify").words


def test_the_nightly_check_makes_the_nights_checkpoint(say, rows, elsewhere):
    assert say("check", "run").code == OK
    (made,) = rows("every_checkpoint")
    assert made.text in elsewhere.read_text()
    assert say("check", "run").code == OK
    assert len(rows("every_checkpoint")) == 1


def test_a_place_for_anchors_that_cannot_be_written_does_not_stop_the_check(say, elsewhere):
    elsewhere.mkdir()
    said = say("check", "run")
    assert said.code == OK
    assert "anchors" in said.err


# --- receipts -------------------------------------------------------------------------------------------------------


def test_a_receipt_is_checked_against_the_trail(say, rows):
    entry = rows("own_chain", reference="CP-2026-0001")[3]
    code = entry.hash.hex()[:8]
    assert "CP-2026-0001:4" in say("audit", "verify", "--receipt", f"CP-2026-0001:4:{code}").words
    assert say("audit", "verify", "--case", "cp1", "--receipt", f"4:{code.upper()}").code == OK
    for printed in (f"saved - entry 4 - {code}", f"entry 4 - {code}"):
        assert say("audit", "verify", "--case", "cp1", "--receipt", printed).code == OK
    said = say("audit", "verify", "--receipt", f"CP-2026-0001:5:{code}")
    assert said.code == NOT_PROVEN
    assert "fits no entry that you may see" in said.words


@pytest.mark.parametrize(
    "typed", ["4", "4:12", "0:9f3c21aa", "4:9f3c21aa", "CP-2026-0001:4:xyz", "saved", "saved - entry 4"]
)
def test_what_is_no_receipt_is_refused(say, typed):
    said = say("audit", "verify", "--receipt", typed)
    assert said.code == USAGE
    assert "A receipt reads CASE:ENTRY:CODE" in said.words


def test_a_short_form_that_fits_several_cases_is_a_slip_and_nothing_that_is_not_proven(say):
    said = say("audit", "verify", "--case", "cp", "--receipt", "4:9f3c21aa")
    assert said.code == USAGE
    assert "fits several cases" in said.words


def test_a_receipt_for_a_case_that_was_taken_away_is_not_proven(say):
    assert say("audit", "verify", "--receipt", "CP-2026-9999:1:9f3c21aa").code == NOT_PROVEN


# --- a record that may only be read -------------------------------------------------------------------------------


@pytest.fixture
def shut(by_hand):
    by_hand("INSERT INTO setting (name, value) VALUES ('read_only', 'yes')")


def give(by_hand, role):
    by_hand(
        f"INSERT INTO practitioner_role (practitioner_id, role, agency, team, from_on, recorded_at) SELECT practitioner_id, '{role}', agency, team, from_on, recorded_at FROM practitioner_role LIMIT 1"
    )


def test_a_record_that_verifies_is_opened_for_writing_again(say, shut, rows):
    assert say("do", "CP-2026-0002", "end-plan", "--no-input").code == NOT_PROVEN
    assert say("find", "900100001").code == OK, "it may be read, and that is still recorded"
    assert say("audit", "clear").words == "The record may be written to again."
    assert say("do", "CP-2026-0002", "end-plan", "--no-input").code not in (OK, NOT_PROVEN)
    assert say("audit", "clear").words == "Nothing stood in the way of writing."
    own = [each.action for number in range(3) for each in rows("own_chain", reference=f"~{number}")]
    assert own == ["search", "clear", "clear"]


def test_a_record_that_does_not_verify_stays_shut_but_for_those_who_answer_for_it(
    say, shut, by_hand, rows, monkeypatch
):
    import io

    by_hand("UPDATE trail SET actor = 'nobody' WHERE case_ref = 'CP-2026-0001' AND seq = 2")
    said = say("audit", "clear")
    assert said.code == NOT_PROVEN
    assert said.lines[0].startswith("NOT PROVEN.")
    assert say("audit", "clear", "--despite").code == NOT_ALLOWED
    give(by_hand, "records_officer")
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert say("audit", "clear", "--despite").code == USAGE
    monkeypatch.setattr("sys.stdin", io.StringIO("The row was mended by hand; see the incident.\n"))
    said = say("audit", "clear", "--despite")
    assert said.code == OK
    assert "It still does not verify." in said.words
    (entry,) = [each for number in range(3) for each in rows("own_chain", reference=f"~{number}")]
    assert json.loads(entry.body)["clear"] == {"despite": "The row was mended by hand; see the incident."}


# --- hidden cases ---------------------------------------------------------------------------------------------------


def hide(by_hand):
    """Restrict a case to people named on a list on which nobody is."""
    by_hand(
        "UPDATE pathway_case SET restricted = 1, guarded = 1 WHERE reference = 'CP-2026-0003'",
    )


def without_time(text):
    return re.sub(r"in (less than )?[0-9.,]+ (milli)?seconds?|in a moment", "", text)


def happens(practice_home, reference):
    """Let somebody who may see it try something on a case: one more entry of its trail."""
    from models.casework import Casework
    from models.refusals import RefusedMove
    from models.setup import rules_of
    from models.store import open_store
    from models.viewer import ALL_SEEING
    from tests.casefile import COORDINATOR

    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store:
        store.viewer = ALL_SEEING
        with pytest.raises(RefusedMove):
            Casework(store, rules_of(store)).make(reference, "decide_plan", actor=COORDINATOR, now=MONDAY)


def test_no_number_changes_with_what_happens_on_a_hidden_case(say, by_hand, rows, practice_home):
    hide(by_hand)
    code = code_of(say("audit", "anchor"))
    asked = ("audit", "verify", "--anchor", code)
    before = say(*asked), json.loads(say(*asked, "--json").out)
    seen = [rows("own_chain", reference=each) for each in ("CP-2026-0001", "CP-2026-0002", "RF-2026-0001")]
    assert (before[1]["entries"], before[1]["cases"]) == (sum(map(len, seen)), 3)
    happens(practice_home, "CP-2026-0003")
    after = say(*asked), json.loads(say(*asked, "--json").out)
    assert without_time(after[0].out) == without_time(before[0].out)
    assert after[0].err == before[0].err
    assert after[1] == before[1]
    happens(practice_home, "CP-2026-0001")
    assert json.loads(say(*asked, "--json").out)["not_covered"] == 1


def test_a_fault_on_a_hidden_case_is_said_and_not_named(say, by_hand):
    hide(by_hand)
    by_hand("UPDATE trail SET actor = 'nobody' WHERE case_ref = 'CP-2026-0003' AND seq = 2")
    said = say("audit", "verify")
    assert said.code == NOT_PROVEN
    assert "Something in a part of the record that you may not see." in said.words
    assert "CP-2026-0003" not in said.out
    data = json.loads(say("audit", "verify", "--json").out)
    assert (data["faults"], data["faults_elsewhere"]) == ([], True)


def test_a_case_under_another_version_of_its_pathway_is_not_passed_over_in_silence(say, by_hand, monkeypatch):
    hide(by_hand)
    assert json.loads(say("audit", "verify", "--json").out)["other_version"] == 0
    monkeypatch.setattr("models.verify.is_told_again", lambda name, _: name != "front_door")
    said = say("audit", "verify")
    assert "1 case runs under another version of its pathway" in said.words
    assert json.loads(say("audit", "verify", "--json").out)["other_version"] == 1
    monkeypatch.setattr("models.verify.is_told_again", lambda name, _: name != "child_protection")
    assert json.loads(say("audit", "verify", "--json").out)["other_version"] == 2, (
        "hidden cases are not counted"
    )


def test_a_case_that_is_only_said_to_run_under_another_version_is_a_fault(say, by_hand):
    by_hand("UPDATE pathway_case SET definition = '0' WHERE reference = 'CP-2026-0001'")
    said = say("audit", "verify")
    assert said.code == NOT_PROVEN
    assert "CP-2026-0001: it is said to run under version 0 of its pathway" in said.words


def test_a_receipt_of_a_hidden_case_and_of_none_get_the_same_words(say, by_hand, rows):
    code = rows("own_chain", reference="CP-2026-0003")[0].hash.hex()[:8]
    hide(by_hand)
    hidden = say("audit", "verify", "--receipt", f"CP-2026-0003:1:{code}")
    missing = say("audit", "verify", "--receipt", f"CP-2026-9993:1:{code}")
    assert hidden.code == missing.code == NOT_PROVEN
    assert without_time(hidden.out).replace("CP-2026-0003", "X") == without_time(missing.out).replace(
        "CP-2026-9993", "X"
    )


# --- searches and other things of no one case ---------------------------------------------------------------------


def test_a_search_is_on_the_searchers_own_chain_and_its_words_are_not(say, rows):
    from models.log_chain import are_terms

    assert say("find", "900100001").code == OK
    (entry,) = [each for number in range(3) for each in rows("own_chain", reference=f"~{number}")]
    assert (entry.action, entry.actor) == ("search", "practice")
    assert "900100001" not in entry.body
    kept = json.loads(entry.body)["search"]
    assert are_terms(kept, " 900100001 ")
    assert not are_terms(kept, "900100002")
    assert kept["found"] == 1
    said = say("audit", "show", "--mine")
    assert said.code == OK
    assert "search" in said.out
    assert say("audit", "verify").code == OK


def test_own_entries_are_asked_for_or_a_case_is_named(say):
    assert say("audit", "show").code == USAGE
    assert say("audit", "show", "cp1", "--mine").code == USAGE
    assert "no entries of yours yet" in say("audit", "show", "--mine").err


# --- a case file ----------------------------------------------------------------------------------------------------


@pytest.fixture
def exported(say, tmp_path):
    """A case file, and the verifier, as they were written out."""
    case, alone = tmp_path / "case.jsonl", tmp_path / "verifier.py"
    assert say("audit", "export", "CP-2026-0001", "--out", str(case)).code == OK
    assert say("audit", "verifier", "--out", str(alone)).code == OK
    return case, alone


def check(alone: Path, case: Path, *more: str) -> tuple[int, str]:
    done = subprocess.run([*BARE, str(alone), str(case), *more], capture_output=True, text=True, timeout=60)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def lines_of(case: Path) -> list[dict]:
    return [json.loads(line) for line in case.read_text(encoding="utf-8").splitlines()]


def write(case: Path, lines: list[dict]) -> None:
    case.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")


def test_a_case_file_is_proven_with_nothing_of_ours(exported, say):
    case, alone = exported
    code, said = check(alone, case)
    assert code == 0, said
    entries = sum(each["kind"] == "entry" for each in lines_of(case))
    assert f"PROVEN: {entries} entries of CP-2026-0001." in said
    assert "SIGNED WITH A PRACTICE KEY" in said
    code_there = re.search(r"code ([0-9a-f-]+)", said)[1]
    assert check(alone, case, "--code", code_there)[0] == 0
    assert check(alone, case, "--code", "0000" * 8)[0] == 9
    assert check(alone, case, "--key", "00" * 32)[0] == 9
    assert say("audit", "verify", "--anchor", code_there).code == OK
    assert case.stat().st_mode & 0o077 == 0


def test_the_export_is_on_the_trail_of_whoever_made_it(exported, rows):
    (entry,) = [each for number in range(3) for each in rows("own_chain", reference=f"~{number}")]
    assert (entry.action, json.loads(entry.body)["export"]) == ("export", {"case": "CP-2026-0001"})


def tampered(change):
    def apply(lines):
        found = [dict(each) for each in lines]
        change(found, [each for each in found if each["kind"] == "entry"])
        return found

    return apply


TAMPERED = {
    "an actor": tampered(lambda lines, entries: entries[2].update(actor="nobody")),
    "a moment": tampered(lambda lines, entries: entries[2].update(at=entries[3]["at"], effective_at="x")),
    "what an entry says": tampered(lambda lines, entries: entries[1].update(body=entries[1]["body"].replace("2026-11", "2026-10"))),
    "a salt": tampered(lambda lines, entries: entries[1].update(salt="00" * 16)),
    "an entry left out": tampered(lambda lines, entries: lines.remove(entries[3])),
    "the last entry left out": tampered(lambda lines, entries: (lines.remove(entries[-1]), lines[-1].update(entries=len(entries) - 1))),
    "two entries the other way round": tampered(lambda lines, entries: lines.__setitem__(slice(3, 5), lines[4:2:-1])),
    "an entry twice": tampered(lambda lines, entries: lines.insert(3, entries[2])),
    "another case": tampered(lambda lines, entries: lines[0].update(case_ref="CP-2026-0002")),
    "the root": tampered(lambda lines, entries: lines[-3].update(text=lines[-3]["text"].replace(" / ", " / 1", 1))),
    "the moment of the checkpoint": tampered(lambda lines, entries: lines[-3].update(text=lines[-3]["text"].replace("2026-11-23", "2026-11-24"))),
    "the signature": tampered(lambda lines, entries: lines[-3].update(signature="00" * 64)),
    "the path": tampered(lambda lines, entries: lines[-2].update(path=lines[-2]["path"][:-1])),
    "the place in the tree": tampered(lambda lines, entries: lines[-2].update(index=lines[-2]["index"] + 1)),
    "the size of the tree": tampered(lambda lines, entries: lines[-2].update(size=lines[-2]["size"] + 1)),
    "the last line": tampered(lambda lines, entries: lines[-1].update(entries=3)),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_a_case_file_that_was_tampered_with_is_not_proven(exported, what):
    case, alone = exported
    before = lines_of(case)
    write(case, TAMPERED[what](before))
    assert lines_of(case) != before
    code, said = check(alone, case)
    assert (code, said.splitlines()[0]) == (9, "NOT PROVEN"), said


def otherwise(value):
    """Other values that might stand in a value's place, some of them only another way to write it."""
    yield from (None, True, "", "-", 1.5, [], {})
    if isinstance(value, str):
        yield from (value + "x", value[:-1], value.upper(), f" {value}", [value])
    elif isinstance(value, int):
        yield from (value + 1, float(value), str(value))
    elif isinstance(value, list):
        yield from (value[:-1], [*value, "00" * 32], value[::-1])


def attacks(lines, places):
    """Whatever can be done to one value, one name or one line of a case file; what was done, and the text after it."""
    texts = [json.dumps(each) for each in lines]

    def with_line(place, *instead):
        return "".join(f"{each}\n" for each in (*texts[:place], *instead, *texts[place + 1 :]))

    for place in places:
        line = lines[place]
        said = line["kind"]
        yield f"{said}: gone", with_line(place)
        yield f"{said}: twice", with_line(place, texts[place], texts[place])
        yield (
            f"{said}: a line that nothing vouches for",
            with_line(place, texts[place], '{"kind": "note", "text": "x"}'),
        )
        yield f"{said}: a name more", with_line(place, json.dumps({**line, "remark": "She made it up."}))
        for name, value in line.items():
            rest = {key: each for key, each in line.items() if key != name}
            yield f"{said}: no {name}", with_line(place, json.dumps(rest))
            first = json.dumps({name: "She made it up."})[:-1]
            yield f"{said}: {name} twice", with_line(place, f"{first}, {texts[place][1:]}")
            for other in otherwise(value):
                if (other, type(other)) != (value, type(value)):
                    yield f"{said}: {name} is {other!r}", with_line(place, json.dumps({**line, name: other}))
    for place in range(len(texts) - 1):
        swapped = [*texts[:place], texts[place + 1], texts[place], *texts[place + 2 :]]
        yield f"line {place}: after the next", "".join(f"{each}\n" for each in swapped)


def test_nothing_in_a_case_file_is_changed_taken_out_or_put_in_unseen(exported, capsys, monkeypatch):
    from pathways import standalone_verifier

    case, _ = exported
    lines = lines_of(case)
    monkeypatch.setattr(standalone_verifier, "is_signed", cache(standalone_verifier.is_signed))
    ends: Counter[int] = Counter()
    unseen = set()
    for what, text in attacks(lines, (0, 1, 2, *range(-4, 0))):
        case.write_text(text, encoding="utf-8")
        code = standalone_verifier.main([str(case)])
        ends[code] += 1
        if code not in (2, 9):
            unseen.add(what)
    capsys.readouterr()
    assert ends[2] > 100, ends
    assert ends[9] > 100, ends
    assert {each for each in unseen if not each.startswith("export: made_at is ")} == {
        "checkpoint: signed_by is ''"
    }


def test_a_case_file_does_not_drive_the_terminal_of_whoever_checks_it(exported):
    case, alone = exported
    lines = lines_of(case)
    lines[0]["case_ref"] = "\x1b[2J\x1b[HPROVEN: 12 entries of CP-2026-0001.\n\u202eNEVORP"
    write(case, lines)
    code, said = check(alone, case, "--code", "\x1b]0;PROVEN\x07")
    assert code == 9
    assert said.isascii()
    assert all(each.isprintable() for each in said.splitlines())
    assert not any(each.startswith("PROVEN") for each in said.splitlines())


def test_a_case_file_nested_without_end_is_said_to_be_none(exported):
    case, alone = exported
    case.write_text("[" * 200_000 + "\n", encoding="utf-8")
    assert check(alone, case)[0] == 2


@pytest.mark.parametrize(
    "text", ["", "{}", "not json\n", '{"kind":"export"}\n', "[1]\n", '{"kind":"entry"}\n' * 2, "\u00e9\n"]
)
def test_what_is_no_case_file_is_said_to_be_none(exported, text):
    case, alone = exported
    case.write_text(text, encoding="utf-8")
    code, said = check(alone, case)
    assert code == 2
    assert "not a case file that can be checked" in said


def test_a_case_file_that_was_cut_off_is_said_to_be_none(exported):
    case, alone = exported
    write(case, lines_of(case)[:-1])
    assert check(alone, case)[0] == 2
    assert check(alone, case.with_name("missing.jsonl"))[0] == 2


def test_content_that_is_not_there_is_named_and_the_chain_still_holds(exported):
    case, alone = exported
    lines = lines_of(case)
    lines[2].update(salt=None, body=None)
    write(case, lines)
    code, said = check(alone, case)
    assert code == 0
    assert "cannot check: entries 2" in said


def test_nothing_is_written_over_and_no_hidden_case_is_written(say, tmp_path):
    there = tmp_path / "there.jsonl"
    there.write_text("kept")
    assert say("audit", "export", "cp1", "--out", str(there)).code == USAGE
    assert say("audit", "verifier", "--out", str(there)).code == USAGE
    assert there.read_text() == "kept"
    assert say("audit", "export", "CP-2026-9999", "--out", str(tmp_path / "x")).code == NOT_FOUND
    assert say("audit", "export", "cp1", "--out", str(tmp_path / "no" / "x")).code == USAGE


def test_a_place_that_cannot_be_written_is_said(say, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("commands.files.os.open", full)
    assert say("audit", "verifier", "--out", str(tmp_path / "v.py")).code == NOT_READY


def test_the_verifier_uses_nothing_but_the_standard_library():
    import ast

    from pathways import standalone_verifier

    source = Path(standalone_verifier.__file__).read_text(encoding="utf-8")
    names = {
        (each.names[0].name if isinstance(each, ast.Import) else each.module).split(".")[0]
        for each in ast.walk(ast.parse(source))
        if isinstance(each, ast.Import | ast.ImportFrom)
    }
    assert names <= set(sys.stdlib_module_names)


def test_a_clock_counted_by_an_edition_that_was_in_force_no_more_is_named(say, by_hand):
    """Its date fits that edition, so that the date alone shows nothing: a month where the rule of that day says 28 days."""
    by_hand(
        "UPDATE deadline SET edition = 'cp.coregroup_next@2021-09-23', due_on = '2026-11-02', "
        "due_at = '2026-11-03T00:00:00.000000+00:00' WHERE rule = 'cp.coregroup_next' AND started LIKE '2026-10-02%'"
    )
    said = say("audit", "verify")
    assert said.code == NOT_PROVEN
    told = " ".join((said.out + said.err).split())
    assert (
        "the clock cp.coregroup_next is counted by cp.coregroup_next@2021-09-23, and "
        "cp.coregroup_next@2024-05-01 was in force when it began"
    ) in told
