"""Every way into every pathway from the command line: the words, whom it is about, the screens that follow."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

import pytest

from commands.ways_in import ALSO, POINTERS, WAYS, way_in, ways_in
from models.viewer import ALL_SEEING
from pathways import NAMES, pathway
from pathways.compatibility import ADULT, WHO
from tests.casefile import complete
from tests.commands.test_screens import parses

ENTRIES = [(name, entry.name) for name in NAMES for entry in pathway(name).entries]
WORDS = {way: word for word, way in ways_in().items()}
CHILD = {"given_name": "Jay", "family_name": "Bird", "birth_date": "2015-02-03"}
GROWN_UP = {"given_name": "Robin", "family_name": "Wren"}
SEVERAL_KINDS = ("modern_slavery", "prevent")


@pytest.fixture
def file_for(tmp_path):
    """A file with complete answers for an entry and somebody whom it may be about."""

    def written(name: str, entry: str, **own) -> str:
        records = pathway(name).entry(entry).records
        answers = complete(records, "2026-11-20", **own)
        if entry == "prebirth":
            answers |= {"family_name": "Bird", "due_on": "2027-03-04"}
        elif WHO[name] == (ADULT,):
            answers |= GROWN_UP
        else:
            answers |= CHILD
        answers = {key: value for key, value in (answers | own).items() if value is not None}
        path = tmp_path / f"{name}-{entry}.json"
        path.write_text(json.dumps(answers), encoding="utf-8")
        return str(path)

    return written


@pytest.fixture
def cleared(practice_home):
    """Make whoever is at the keyboard a designated officer as well."""
    from models.store import open_store

    def make() -> None:
        url = f"sqlite:///{practice_home / 'practice.db'}"
        with open_store(url) as store, store.writing() as tx:
            who = tx.need("practitioner_by_login", login="practice")
            tx.run(
                "add_practitioner_role", practitioner_id=who.id, role="lado", agency="", team="", from_on=date(2026, 11, 1), to_on=None,
                recorded_at=datetime(2026, 11, 1, tzinfo=UTC),
            )  # fmt: skip

    return make


def well_printed(said) -> None:
    """At most 80 columns, nobody's name, and every command that is offered can be typed."""
    assert [each for each in said.lines if len(each) > 80] == []
    for name in ("Jay", "Bird", "Robin", "Wren"):
        assert name not in said.out + said.err
    for line in said.out.splitlines():
        line = re.split(r"\s{2,}", line.strip())[0]
        for found in re.findall(r"pathways [a-z]+(?: [A-Za-z0-9.|<>-]+)*", line):
            parses(found.rstrip("."))


# -- the words ---------------------------------------------------------------------------------------------------


def test_every_entry_has_one_word_and_its_own_sentence():
    assert sorted(ways_in().values()) == sorted(ENTRIES)
    for group in WAYS.values():
        for word, (name, entry, says) in group.items():
            assert pathway(name).entry(entry).says == says, word
    assert not set(ALSO) & set(ways_in())
    assert set(ALSO.values()) <= set(ways_in())
    assert not set(POINTERS) & (set(ALSO) | set(ways_in()))


def test_help_lists_every_word_in_its_group(say):
    said = say("open", "--help")
    assert [each for each in said.lines if len(each) > 80] == []
    for group, ways in WAYS.items():
        assert f"  {group}:\n" in said.out
        for word, (_, _, says) in ways.items():
            assert re.search(rf"^    {word} +{re.escape(says)}$", said.out, re.MULTILINE), word
    for also, word in ALSO.items():
        assert way_in(also) == ways_in()[word]


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("incident", "pathways open serious-incident"),
        ("missing", "pathways open cme"),
        ("allegatoin", "Did you mean allegation?"),
        ("early help", ""),
        ("escalate", "Did you mean escalation?"),
        ("zebra", "All words: pathways open --help"),
    ],
)
def test_a_word_that_is_none_or_means_several_is_answered_with_the_way_on(say, word, says):
    said = say("open", word, "--no-input")
    assert said.code == 2
    assert says in said.words
    assert [each for each in said.lines if len(each) > 80] == []


# -- every entry -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=[WORDS[each] for each in ENTRIES])
def test_every_way_in_opens_from_a_file_and_its_screens_can_be_read(say, file_for, cleared, name, entry):
    found = pathway(name)
    if found.restricted:
        cleared()
    said = say("open", WORDS[name, entry], "--from", file_for(name, entry), "--no-input")
    assert said.code == 0, said.err
    assert said.out.startswith("Opened  ")
    reference = said.out.split()[1]
    assert reference.startswith(f"{found.prefix}-")
    well_printed(said)
    shown = say("show", reference)
    looked = "RESTRICTED. This look has been recorded.\n" if found.restricted else ""
    assert shown.out.startswith(f"{looked}{reference:<14} {found.title}"[: len(looked) + 50])
    for stage in found.stages:
        assert re.search(rf"^  \[[x ]\] {stage.number}  {re.escape(stage.label)}", shown.out, re.MULTILINE)
    for screen in (
        shown, say("show", reference, "--full"), say("next", reference), say("chronology", reference, "--full"),
        say("record", "attendance", reference), say("record", "decision", reference),
    ):  # fmt: skip
        well_printed(screen)
        assert screen.code in (0, 2, 3)
    assert json.loads(say("show", reference, "--json").out)["pathway"] == name


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=[WORDS[each] for each in ENTRIES])
def test_what_is_missing_is_asked_in_the_words_that_fit(say, name, entry):
    said = say("open", WORDS[name, entry], "--no-input")
    assert said.code == 2
    assert [each for each in said.lines if len(each) > 80] == []
    adult = WHO[name] == (ADULT,)
    if entry != "prebirth":  # the expected date is an answer of the form
        assert "\n  family_name " in said.err
        assert ("The adult's family name" in said.err) == adult
    if adult:
        assert "child's" not in said.err
        assert "birth_date" not in said.err


@pytest.mark.parametrize("name", SEVERAL_KINDS)
@pytest.mark.parametrize(
    ("about", "kind"),
    [
        ({"birth_date": "2008-11-23"}, "adult"),  # 18 on the day itself
        ({"birth_date": "2008-11-24"}, "child"),
        ({"birth_date": None, "person": "adult"}, "adult"),
    ],
)
def test_a_pathway_about_either_takes_the_age_or_what_is_said(say, rows, file_for, name, about, kind):
    entry = pathway(name).entries[0].name
    said = say("open", WORDS[name, entry], "--from", file_for(name, entry, **about))
    assert said.code == 0, said.err
    (case,) = rows("case_by_reference", reference=said.out.split()[1])
    assert case.person_kind == kind


def test_a_pathway_about_a_born_child_points_to_what_is_there_before_a_birth(say, file_for):
    path = file_for("encompass", "incident", birth_date=None, expected_delivery_date="2027-03-04")
    said = say("open", "encompass", "--from", path)
    assert said.code == 2
    missing = file_for("encompass", "incident", expected_delivery_date="2027-03-04")
    assert "pathways open pre-birth" in say("open", "encompass", "--from", missing).words


def test_a_case_after_the_word_gives_the_person(say, rows, file_for, tmp_path):
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(complete(pathway("escalation").entry("disagreement").records, "2026-11-20")))
    said = say("open", "escalation", "cp1", "--from", str(path))
    assert said.code == 0, said.err
    (child,) = rows("case_by_reference", reference="CP-2026-0001")
    (case,) = rows("case_by_reference", reference=said.out.split()[1])
    assert case.person_id == child.person_id
    assert rows("trail_of_case", reference="CP-2026-0001")[-1].action != "open_disagreement"
    path.write_text(json.dumps(complete(pathway("early_help").entry("early_help").records, "2026-11-20")))
    assert say("open", "early-help", "--like", "cp2", "--from", str(path)).code == 0


def test_a_name_after_the_word_is_refused_and_not_repeated(say):
    said = say("open", "escalation", "Zebedee", "--no-input")
    assert said.code == 2
    assert "Zebedee" not in said.words
    assert "never a name" in said.words


# -- allegations: a receipt, not sight -----------------------------------------------------------------------------


@pytest.mark.parametrize("entry", ["allegation", "to_officer"])
def test_anybody_may_send_an_allegation_and_sees_nothing_of_it(say, rows, file_for, entry):
    path = file_for("allegations", entry)
    word = WORDS["allegations", entry]
    before = [say(*line).out for line in (("worklist", "all"), ("overdue",), ("find", "cp1"))]
    dry = say("open", word, "--from", path, "--dry-run")
    assert dry.out == (
        "Would be sent to the designated officer. You would not be able to look at it.\nNothing was changed.\n"
    )
    said = say("open", word, "--from", path)
    assert said.code == 0, said.err
    (receipt,) = re.findall(r"LADO-[0-9A-Z]{7}", said.out)
    (last,) = rows("trail_of_case", reference=receipt, seen_by=ALL_SEEING)
    assert said.out == (
        f"Sent to the designated officer. Receipt {receipt}\n"
        "Keep the receipt: you will not be able to look at it.\n"
        "A child who may be harmed is referred as well: pathways open referral\n"
        "\n"
        f"saved - entry 1 - {last.hash.hex()[:8]}\n"
    )
    well_printed(said)
    assert before == [say(*line).out for line in (("worklist", "all"), ("overdue",), ("find", "cp1"))]
    for line in ("show", "next", "chronology", "why"):
        assert say(line, receipt).words == say(line, "LADO-2222222").words.replace("LADO-2222222", receipt)
    assert say("record", "note", receipt).code == say("open", "allegation", receipt).code == 5
    again = say("open", word, "--from", path)
    assert again.code == 0, "no word of the first one, not even to whoever sent it"
    assert receipt not in again.out


def test_the_receipt_as_json_holds_no_dates(say, file_for):
    document = json.loads(
        say("open", "allegation", "--from", file_for("allegations", "allegation"), "--json").out
    )
    assert set(document) == {"schema", "ok", "changed", "sent", "sight", "receipt", "entry", "code", "next"}
    assert (document["sent"], document["sight"]) == (True, False)


def test_somebody_with_no_part_in_allegations_may_send_one_as_staff(say, practice_home, rows, file_for):
    from models.store import open_store

    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store, store.writing() as tx:
        tx.connection.execute("UPDATE practitioner_role SET role = 'auditor'")
    said = say("open", "allegation", "--from", file_for("allegations", "allegation"))
    assert said.code == 0, said.err
    (last,) = rows(
        "trail_of_case", reference=re.findall(r"LADO-[0-9A-Z]{7}", said.out)[0], seen_by=ALL_SEEING
    )
    assert last.role == "staff"


def test_those_cleared_see_the_case_and_its_dates(say, file_for, cleared):
    cleared()
    said = say("open", "allegation", "--from", file_for("allegations", "allegation"))
    assert "Opened  LADO-" in said.out
    assert "officer" in said.out
    reference = said.out.split()[1]
    assert "R.W." in say("show", reference).out
    again = say("open", "allegation", "--from", file_for("allegations", "allegation"))
    assert f"--like {reference}" in again.words


# -- what is put on the new pathways -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "entry", "word", "action"),
    [
        ("missing_education", "absence", "first-day", "make_first_day_contact"),
        ("missing_education", "absence", "code", "record_code"),
        ("missing_education", "no_school", "checks", "record_checks"),
        ("escalation", "disagreement", "rung", "climb"),
        ("escalation", "disagreement", "dissent-in-room", "record_dissent_in_room"),
        ("neglect_screen", "screen", "screening", "record_screen"),
        ("early_help", "early_help", "visit", "child_seen"),
        ("encompass", "incident", "lead", "allocate"),
        ("licensing_notice", "notice", "note", "note"),
    ],
)
def test_the_words_of_record_on_the_new_pathways(say, rows, tmp_path, file_for, name, entry, word, action):
    reference = say("open", WORDS[name, entry], "--from", file_for(name, entry)).out.split()[1]
    (case,) = rows("case_by_reference", reference=reference)
    move = next(each for each in pathway(name).moves_from(case.state) if each.trigger == action)
    path = tmp_path / "record.json"
    path.write_text(json.dumps(complete(move.records, "2026-11-20")), encoding="utf-8")
    said = say("record", word, reference, "--from", str(path))
    assert said.code in (0, 3), said.err
    trail = [each.action.removeprefix("refused:") for each in rows("trail_of_case", reference=reference)]
    assert trail[-1] == action
    well_printed(said)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("record return {}", "Return may mean several things on {} now: pathways do {} send-attendance-return"),
        ("record refer-to-authority {}", "pathways do CASE refer-to-authority"),
        ("record vist {}", "Did you mean visit?"),
        ("record attendance {}", "No meeting is held on {}. Who was spoken to is a contact: pathways record contact {}"),
        ("record rung {}", "There is no rung to record on the children missing education pathway."),
        ("record note {} --outcome x", "--outcome goes with a decision"),
        ("record decision {} --outcome x", "There is no decision x here."),
    ],
)  # fmt: skip
def test_what_cannot_be_recorded_is_answered_with_the_exact_command(say, file_for, line, says):
    path = file_for("missing_education", "absence")
    reference = say("open", "absence", "--from", path).out.split()[1]
    said = say(*line.replace("{}", reference).split())
    assert said.code == 2
    assert says.replace("{}", reference) in said.words
    assert [each for each in said.lines if len(each) > 80] == []


def test_a_decision_is_made_by_its_outcome(say):
    checks = say("record", "checks", "rf1", "--answer", "agencies=police", "--answer", "found=nothing")
    assert checks.code == 0, checks.err
    said = say("record", "decision", "rf1", "--outcome", "no-further-action")
    assert (said.code, "answers are missing for decide-no-further-action" in said.words) == (2, True)


# -- referred again ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "again", "counts"),
    [
        ("2025-05-03", "2026-05-03", True),  # twelve months to the day
        ("2025-05-03", "2026-05-04", False),  # one day more
        ("2025-05-04", "2026-05-03", True),
        ("2024-02-29", "2025-02-28", True),  # twelve months from a leap day: the last of February
        ("2024-02-29", "2025-03-01", False),
        ("2026-05-03", "2026-05-03", True),  # twice on one day
    ],
)
def test_an_earlier_referral_within_twelve_months_is_worked_out(
    say, practice_home, file_for, first, again, counts
):
    from models.store import open_store

    path = file_for("front_door", "referral")
    one = say("open", "referral", "--from", path).out.split()[1]
    assert "Re-referral" not in say("show", one).out
    _close(practice_home, one)
    two = say("open", "referral", "--from", path, "--like", one).out.split()[1]
    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store, store.writing() as tx:
        for reference, day in ((one, first), (two, again)):
            tx.connection.execute(
                "UPDATE pathway_case SET opened_at = ? WHERE reference = ?",
                (f"{day}T09:00:00.000000Z", reference),
            )
    said = say("show", two)
    day = f"{int(first[8:])} {['', '', 'February', '', '', 'May'][int(first[5:7])]} {first[:4]}"
    assert (f"Re-referral  an earlier referral on {day}, within 12 months\n" in said.out) == counts
    assert json.loads(say("show", two, "--json").out)["referred_before"] == (first if counts else None)
    assert "Re-referral" not in say("show", one).out
    well_printed(said)


def _close(home, reference, state="decided"):
    from models.store import open_store

    with open_store(f"sqlite:///{home / 'practice.db'}") as store, store.writing() as tx:
        tx.connection.execute(
            "UPDATE pathway_case SET is_open = 0, state = ? WHERE reference = ?", (state, reference)
        )


def test_a_concern_that_was_not_referred_is_no_earlier_referral(say, practice_home, file_for):
    one = say("open", "concern", "--from", file_for("front_door", "concern")).out.split()[1]
    _close(practice_home, one, "not_referred")
    two = say("open", "referral", "--from", file_for("front_door", "referral"), "--like", one)
    assert "Re-referral" not in two.out


def test_an_earlier_spell_with_social_care_is_an_earlier_referral(say, file_for):
    said = say("open", "referral", "--from", file_for("front_door", "referral"), "--like", "cp1")
    assert "Re-referral an earlier referral on 3 November 2026, within 12 months" in said.words
    shown = say("show", said.out.split()[1]).out
    assert "Re-referral  an earlier referral on 3 November 2026, within 12 months\n" in shown


def test_the_day_of_an_earlier_referral_is_when_it_came_and_not_when_the_assessment_began(
    say, practice_home, file_for
):
    from models.store import open_store

    said = say("open", "strategy", "--from", file_for("child_protection", "strategy"))
    first = said.out.split()[1]
    path = file_for("front_door", "referral")
    one = say("open", "referral", "--from", path, "--like", first).out.split()[1]
    _close(practice_home, one)
    two = say("open", "referral", "--from", path, "--like", first).out.split()[1]
    with open_store(f"sqlite:///{practice_home / 'practice.db'}") as store, store.writing() as tx:
        same = (
            "UPDATE pathway_case SET episode_id = (SELECT episode_id FROM pathway_case WHERE reference = ?), "
        )
        tx.connection.execute(
            f"{same} opened_at = ? WHERE reference = ?", (one, "2026-06-09T09:00:00Z", first)
        )
        opened = "UPDATE pathway_case SET opened_at = ? WHERE reference = ?"
        tx.connection.execute(opened, ("2026-06-06T09:00:00Z", one))
    assert "an earlier referral on 6 June 2026, within 12 months" in say("show", two).out


def test_a_booked_conference_stands_on_its_stage(say):
    assert re.search(r"\[ \] 6  Conference held +booked 24 November +SOON\n", say("show", "cp1").out)
    assert re.search(r"\[ \] 6  Conference held +booked 10 December", say("show", "cp3").out)
