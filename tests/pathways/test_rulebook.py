"""Which rule applied, and what an authority may not do to it."""

import csv
import json
import pickle
from collections import Counter
from datetime import date, time
from hashlib import sha256
from pathlib import Path

import pytest

import pathways.rulebook as rulebook
from pathways.days import Unit
from pathways.errors import BUG, NOT_FOUND, USAGE, Mistyped
from pathways.roles import Role
from pathways.rulebook import (
    PROTECTED,
    BrokenRules,
    Force,
    NoEdition,
    NotYetInForce,
    UnknownRule,
    assemble,
    load,
)

HERE = Path(rulebook.__file__).parent
RESEARCHED = Path(__file__).parents[2].parent / "shared" / "statutory" / "deadlines.csv"
BOOK = load()
EVERY = [one for rule_id in BOOK.rules() for one in BOOK.editions(rule_id)]
TODAY = date(2026, 11, 22)
OUTSIDERS = {
    "legal", "director", "conference_manager", "employer_governance", "agency_lead", "other_authority",
}  # fmt: skip


def pack(*rows, name="test"):
    """A pack from a few columns; the rest are ordinary."""
    usual = dict.fromkeys(rulebook.COLUMNS, "") | {
        "pathway": "cp", "starts_at": "something_happened", "unit": "working_day", "force": "statutory",
        "valid_from": "2018-07-04", "seen": "yes", "title": "Do it",
    }  # fmt: skip
    lines = [f"# {name}: for a test", ",".join(rulebook.COLUMNS)]
    lines += [",".join(str((usual | row)[column]) for column in rulebook.COLUMNS) for row in rows]
    return "\n".join(lines) + "\n"


def laid_over(base, *own):
    return assemble([("england", pack(*base, name="base")), ("sefton", pack(*own, name="own"))])


def test_the_shipped_rules_load_and_say_which_they_are():
    assert BOOK.name == "england-2026.1+sefton-2026.1"
    assert len(EVERY) == 120
    assert load("england").name == "england-2026.1"


@pytest.mark.skipif(not RESEARCHED.exists(), reason="the researched list is not beside this checkout")
def test_every_researched_rule_is_here_with_its_figure_and_its_dates():
    with RESEARCHED.open(encoding="utf-8") as file:
        wanted = Counter(
            (
                row["rule_id"], row["pathway"], row["starts_at_event"], int(row["amount"]), row["unit"],
                row["statutory_or_local"], row["valid_from"], row["valid_to"],
                "count=inclusive" in row["note"], "by=09:00" in row["note"], "repeat=yes" in row["note"],
                "roll=none" in row["note"], "earliest_of=" in row["note"], "latest_of=" in row["note"],
                "age_rule=yes" in row["note"],
            )
            for row in csv.DictReader(file)
        )  # fmt: skip
    found = Counter(
        (
            one.rule_id, one.pathway, one.starts_at, one.amount, str(one.unit), str(one.force),
            str(one.valid_from or ""), str(one.valid_to or ""), one.inclusive, one.by == time(9), one.repeat,
            one.roll == "none", bool(one.earliest_of), bool(one.latest_of), one.age_rule,
        )
        for one in EVERY
    )  # fmt: skip
    ours = found - wanted
    assert {row[0] for row in ours} == {"cme.school_age", "sup.retain"}, (
        "the Act's own day, and our own figure for sessions of supervision, which the research does not list"
    )
    assert wanted - found == Counter()


def test_local_figures_are_in_the_overlay_and_all_others_in_the_base():
    for one in EVERY:
        assert one.layer == ("sefton" if one.force is Force.LOCAL else "england"), one.key


def test_everybody_told_of_a_miss_has_a_known_role():
    roles = {str(role) for role in Role} | OUTSIDERS
    assert {who for one in EVERY for who in one.tells} <= roles


def test_every_rule_has_a_short_title_and_says_whether_its_wording_was_read():
    for one in EVERY:
        assert 5 <= len(one.title) <= 55, one.key
        assert one.source, one.key
        assert one.seen in ("yes", "partly", "no"), one.key


def test_periods_that_are_waited_for_are_gates_and_tell_nobody():
    gates = {one.rule_id for one in EVERY if one.gate}
    assert gates == {"cme.ground_leave", "cme.ground_20", "cme.sao_notice", "cme.four_week_test"}
    assert not [one.key for one in EVERY if one.gate and one.tells]


def test_no_two_editions_have_the_same_key():
    assert len({one.key for one in EVERY}) == len(EVERY)


def test_every_protected_limit_exists_and_is_national():
    for rule_id in PROTECTED:
        assert {one.layer for one in BOOK.editions(rule_id)} == {"england"}, rule_id


EDITIONS = [
    # rule             the event happened  edition                            why
    ("cp.coregroup_next", (2024, 4, 30), "cp.coregroup_next@2021-09-23", "the last day of the monthly figure"),
    ("cp.coregroup_next", (2024, 5, 1), "cp.coregroup_next@2024-05-01", "the first day of four-weekly"),
    ("cp.coregroup_next", (2021, 9, 23), "cp.coregroup_next@2021-09-23", "the first day of all"),
    ("oe.notify", (2025, 11, 6), "oe.notify@2011-01-01", "the scheme, the day before the duty"),
    ("oe.notify", (2025, 11, 7), "oe.notify@2025-11-07", "the duty begins"),
    ("esc.s1_raise", (2022, 3, 13), "esc.s1_raise@2017-05-18", "Sefton's own figure ends"),
    ("esc.s1_raise", (2022, 3, 14), "esc.s1_raise@2022-03-14", "and is carried on as a default"),
    ("cme.new_pupil_return", (2024, 8, 18), "cme.new_pupil_return@2016-09-01", "the old regulations"),
    ("cme.new_pupil_return", (2024, 8, 19), "cme.new_pupil_return@2024-08-19", "the new ones"),
]  # fmt: skip


@pytest.mark.parametrize(("rule_id", "day", "key", "why"), EDITIONS)
def test_the_edition_is_that_of_the_day_of_the_event(rule_id, day, key, why):
    assert BOOK.edition(rule_id, date(*day), TODAY).key == key, why


def test_a_rule_that_runs_from_a_birth_follows_the_edition_of_today():
    born = date(2009, 5, 1)
    assert BOOK.edition("cp.age_18", born, TODAY).key == "cp.age_18@2018-07-04"
    with pytest.raises(NoEdition):
        BOOK.edition("cp.age_18", born, date(2018, 7, 3))
    with pytest.raises(NoEdition):
        BOOK.edition("cp.icpc", born, TODAY)


def test_an_authority_s_row_wins_on_the_days_it_covers_and_the_national_one_on_all_others():
    book = laid_over(
        [{"rule_id": "cp.icpc", "amount": 15}],
        {
            "rule_id": "cp.icpc",
            "amount": 12,
            "valid_from": "2024-01-01",
            "valid_to": "2024-12-31",
            "force": "local",
        },
    )
    limits = [
        book.edition("cp.icpc", day, TODAY).amount
        for day in (date(2023, 12, 31), date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1))
    ]
    assert limits == [15, 12, 12, 15]
    assert book.name == "base+own"


REFUSED_OVERLAYS = [
    ("cin.assess", {"amount": 45}, {"amount": 50}, "50 working days .* 45 working days"),
    ("cp.rcpc_next", {"amount": 6, "unit": "month"}, {"amount": 27, "unit": "calendar_day", "latest_of": "x"}, "27 calendar days .* 6 months"),
    ("cp.rcpc_first", {"amount": 3, "unit": "month"}, {"amount": 90, "unit": "calendar_day"}, "90 calendar days .* 3 months"),
    ("lado.refer", {"amount": 1}, {"amount": 48, "unit": "clock_hours"}, "48 hours .* 1 working day"),
    ("imm.police_protection", {"amount": 72, "unit": "clock_hours"}, {"amount": 3, "unit": "calendar_day"}, "3 calendar days .* 72 hours"),
    ("cme.ground_20", {"amount": 20, "unit": "school_day", "gate": "yes"}, {"amount": 15, "unit": "school_day", "gate": "yes"}, "15 school days .* 20 school days"),
    ("cme.ground_20", {"amount": 20, "unit": "school_day", "count": "inclusive", "gate": "yes"}, {"amount": 20, "unit": "working_day", "gate": "yes"}, "20 working days .* 20 school days"),
    ("cme.attendance_return", {"amount": 10, "unit": "school_day", "count": "inclusive"}, {"amount": 10, "unit": "school_day"}, "10 school days"),
    ("cp.icpc", {"amount": 15}, {"amount": 15, "gate": "yes"}, "15 working days"),
]  # fmt: skip


@pytest.mark.parametrize(("rule_id", "national", "own", "said"), REFUSED_OVERLAYS)
def test_an_authority_cannot_be_looser_than_a_protected_limit(rule_id, national, own, said):
    with pytest.raises(BrokenRules, match=f"{rule_id} would allow {said}"):
        laid_over([{"rule_id": rule_id} | national], {"rule_id": rule_id, "force": "local"} | own)


ALLOWED_OVERLAYS = [
    ("cin.assess", {"amount": 45}, {"amount": 45}, "the same"),
    ("cin.assess", {"amount": 45}, {"amount": 35}, "stricter"),
    ("cp.rcpc_first", {"amount": 3, "unit": "month"}, {"amount": 84, "unit": "calendar_day"}, "twelve weeks are never longer"),
    ("lado.refer", {"amount": 1}, {"amount": 0, "unit": "calendar_day"}, "the same day"),
    ("cme.ground_20", {"amount": 20, "unit": "school_day", "gate": "yes"}, {"amount": 25, "unit": "school_day", "gate": "yes"}, "a longer wait protects"),
    ("cp.visit", {"amount": 10}, {"amount": 15}, "not protected"),
    ("cin.assess", {"amount": 45, "valid_to": "2020-12-31"}, {"amount": 50, "valid_from": "2021-01-01"}, "not the same days"),
]  # fmt: skip


@pytest.mark.parametrize(("rule_id", "national", "own", "why"), ALLOWED_OVERLAYS)
def test_an_authority_may_be_as_strict_or_stricter(rule_id, national, own, why):
    book = laid_over([{"rule_id": rule_id} | national], {"rule_id": rule_id, "force": "local"} | own)
    assert {one.layer for one in book.editions(rule_id)} == {"england", "sefton"}, why


BROKEN = [
    ([{"rule_id": "a.b", "amount": 1}, {"rule_id": "a.b", "amount": 2, "valid_from": "2020-01-01"}], "a.b has two editions in force on 1 January 2020"),
    ([{"rule_id": "a.b", "amount": 1, "valid_to": "2020-01-01"}, {"rule_id": "a.b", "amount": 2, "valid_from": "2020-01-01"}], "a.b has two editions"),
    ([{"rule_id": "a.b", "amount": "few"}], r"line 3 \(a.b\)"),
    ([{"rule_id": "a.b", "amount": 1, "unit": "week"}], r"line 3 \(a.b\)"),
    ([{"rule_id": "a.b", "amount": 1, "seen": "perhaps"}], "seen is 'perhaps' and may be yes or partly or no"),
    ([{"rule_id": "a.b", "amount": 1, "valid_from": ""}], "a prospective row has no valid_from"),
    ([{"rule_id": "a.b", "amount": 1, "valid_to": "2018-01-01"}], "valid_to is before valid_from"),
    ([{"rule_id": "a.b", "amount": 1, "latest_of": "a.c"}], "a.b refers to a.c, which is no rule"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "said"), BROKEN)
def test_rules_that_contradict_themselves_are_refused_when_loaded(rows, said):
    with pytest.raises(BrokenRules, match=said) as refused:
        assemble([("england", pack(*rows))])
    assert refused.value.code == BUG


def test_editions_that_meet_without_a_common_day_are_in_order():
    rows = (
        {"rule_id": "a.b", "amount": 1, "valid_to": "2019-12-31"},
        {"rule_id": "a.b", "amount": 2, "valid_from": "2020-01-01"},
    )
    assert [one.amount for one in assemble([("england", pack(*rows))]).editions("a.b")] == [1, 2]


def test_a_missing_column_is_named():
    with pytest.raises(BrokenRules, match="the column tells is missing"):
        assemble([("england", pack({"rule_id": "a.b", "amount": 1}).replace(",tells", ""))])


GAP = assemble(
    [("england", pack({"rule_id": "a.b", "amount": 1, "valid_to": "2019-12-31"}, {"rule_id": "a.b", "amount": 2, "valid_from": "2021-01-01"}))]
)  # fmt: skip

REFUSALS = [
    (BOOK, "cp.ipcc", (2026, 11, 3), UnknownRule, USAGE, "There is no rule 'cp.ipcc'. Did you mean cp.icpc?"),
    (BOOK, "zzz", (2026, 11, 3), UnknownRule, USAGE, "There is no rule 'zzz'."),
    (BOOK, "cp.icpc", (2018, 7, 3), NoEdition, NOT_FOUND, "cp.icpc is known from 4 July 2018, so no edition of it covers 3 July 2018."),
    (BOOK, "cme.four_week_test", (2016, 9, 1), NoEdition, NOT_FOUND, "cme.four_week_test was in force until 31 August 2016, so no edition of it covers 1 September 2016."),
    (GAP, "a.b", (2020, 5, 5), NoEdition, NOT_FOUND, "a.b has a gap between two editions, and 5 May 2020 falls into it."),
    (BOOK, "cme.cnis_visit_request", (2027, 1, 5), NotYetInForce, NOT_FOUND, "cme.cnis_visit_request is enacted but not yet in force, so nothing is due under it."),
]  # fmt: skip


@pytest.mark.parametrize(("book", "rule_id", "day", "kind", "code", "sentence"), REFUSALS)
def test_a_rule_that_cannot_be_applied_says_why(book, rule_id, day, kind, code, sentence):
    with pytest.raises(kind) as refused:
        book.edition(rule_id, date(*day), TODAY)
    again = pickle.loads(pickle.dumps(refused.value))
    assert (str(again), again.code) == (sentence, code)


@pytest.mark.parametrize(
    ("event", "rules"),
    [
        ("referral_received", {"fd.decision", "fd.ack", "cin.assess"}),
        ("coregroup_held", {"cp.coregroup_next"}),
        ("birth_date", {"cme.school_age", "cp.age_18", "rec.retain_25"}),
    ],
)
def test_what_counts_from_an_event(event, rules):
    assert {each for each in BOOK.rules() if event in BOOK.starts(each)} == rules


def test_a_rule_that_is_not_commenced_has_an_edition_without_a_day():
    (only,) = BOOK.editions("cme.cnis_visit_request")
    assert (only.key, only.unit) == ("cme.cnis_visit_request@not-in-force", Unit.CALENDAR_DAY)


@pytest.mark.parametrize("authority", ["atlantis", "../rules", ""])
def test_an_authority_without_rules_is_refused(authority):
    with pytest.raises(Mistyped, match="there are rules for england, northmere, sefton"):
        load(authority)


def test_a_rule_starts_on_the_events_that_its_editions_name():
    for rule_id in BOOK.rules():
        assert BOOK.starts(rule_id) == {one.starts_at for one in BOOK.editions(rule_id)}
        assert BOOK.starts(rule_id) == BOOK.starts(rule_id)
        assert rule_id in BOOK
    assert "no.such_rule" not in BOOK
    with pytest.raises(UnknownRule):
        BOOK.starts("no.such_rule")


PRINTS = {
    "england-2026.1": "0ee1857655e09aac",
    "northmere-2026.1": "28ce7f3d90aec6f2",
    "sefton-2026.1": "f73aa00a7fa3d8bf",
}
"""Every name that a pack ever had, with the fingerprint of its rows; none is taken out, none is given again."""
PROSE = {"source", "seen", "title", "note"}
"""Columns in which a word may be put better under the same name: no date, clock or message hangs on them."""


def printed(text):
    """A pack's name, and the fingerprint of its rows in any order."""
    first, *lines = text.splitlines()
    rows = [
        [value for name, value in sorted(row.items()) if name not in PROSE] for row in csv.DictReader(lines)
    ]
    return first.removeprefix("# ").partition(":")[0], sha256(json.dumps(sorted(rows)).encode()).hexdigest()[
        :16
    ]


@pytest.mark.parametrize("path", sorted(HERE.glob("rules_*.csv")), ids=lambda path: path.stem)
def test_rows_that_change_bring_a_new_name_of_the_pack(path):
    """The record's check takes clocks that began under one name to have been begun by the same rows."""
    name, found = printed(path.read_text(encoding="utf-8-sig"))
    assert PRINTS.get(name) == found, (
        f"The rows of {path.name} are not those that were called {name}: `pathways audit verify` would take clocks begun "
        f"under the old rows for tampered with. Give the pack its next name in its first line, add that name with {found} "
        "to PRINTS here, leave the old ones, and run: python -m pathways.describe --write"
    )


def test_another_figure_or_day_is_another_fingerprint_and_a_better_word_is_not():
    rows = [{"rule_id": "a.b", "amount": 1}, {"rule_id": "a.c", "amount": 2}]
    name, before = printed(pack(*rows))
    assert name == "test"
    for column, value in (
        ("amount", 3),
        ("valid_from", "2019-01-01"),
        ("unit", "month"),
        ("gate", "yes"),
        ("tells", "dsl"),
    ):
        assert printed(pack(rows[0], rows[1] | {column: value}))[1] != before
    assert printed(pack(rows[0]))[1] != before
    assert printed(pack(rows[1], rows[0] | {"title": "Do it soon", "note": "Better said"}))[1] == before
