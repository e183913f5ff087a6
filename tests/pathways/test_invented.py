"""The invented children: valid for their year, the same every time, and every kind of story among them."""

import csv
import io
import itertools
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from lxml import etree

from pathways.census import Header, read
from pathways.census_checks import is_working, working_days
from pathways.invented import people, pupil_number, write_census, write_names

SAMPLES = Path(__file__).parents[2] / "pathways" / "samples"
SHARED = Path(__file__).parents[2].parent / "shared"
END = date(2026, 3, 31)


def made(children, year=2026, seed=1):
    out = io.BytesIO()
    write_census(out, children=children, year=year, seed=seed)
    return out.getvalue()


@pytest.fixture(scope="module")
def sample():
    with (SAMPLES / "cin_census_2026.xml").open("rb") as file:
        return [pair[0] for pair in read(file) if not isinstance(pair, Header)]


def test_the_sample_in_the_repository_is_made_again_byte_for_byte():
    assert (SAMPLES / "cin_census_2026.xml").read_bytes() == made(60)
    names = io.BytesIO()
    write_names(names, children=60)
    assert (SAMPLES / "names.csv").read_bytes() == names.getvalue()


@pytest.mark.parametrize("year", range(2022, 2027))
def test_a_generated_return_is_valid_for_its_year(year):
    if not SHARED.is_dir():
        pytest.skip("the shared schemas are not here")
    schema = etree.XMLSchema(etree.parse(SHARED / "cin" / "xsd" / f"CIN_schema_{year}.xsd"))
    schema.assertValid(etree.fromstring(made(400, year)))


@pytest.mark.parametrize("year", range(2022, 2027))
def test_a_generated_return_breaks_no_rule_and_raises_only_the_two_clock_queries(year):
    for seed in (1, 2):
        pairs = [p for p in read(io.BytesIO(made(800, year, seed))) if not isinstance(p, Header)]
        assert len(pairs) == 800
        assert {(u.rule, u.kind) for _, unused in pairs for u in unused} <= {
            ("8670Q", "query"),
            ("8675Q", "query"),
        }


def test_what_is_written_is_read_back_as_it_was():
    pairs = [p for p in read(io.BytesIO(made(500))) if not isinstance(p, Header)]
    for (child, _), person in zip(pairs, people(), strict=False):
        child.line, child.sex_as_sent = person.child.line, person.child.sex_as_sent
        assert child == person.child


def test_children_have_about_forty_values_each():
    assert 38_000 < made(1000).count(b"<") - made(1000).count(b"</") < 46_000


def test_brothers_and_sisters_have_adjacent_identifiers_and_the_same_dates():
    rows = list(csv.DictReader((SAMPLES / "names.csv").open(encoding="utf-8")))
    families = Counter(row["family"] for row in rows)
    together = [row for row in rows if families[row["family"]] > 1]
    assert len(together) >= 4
    assert len({(row["family"], row["family_name"]) for row in rows}) == len(families)
    children = {p.child.la_child_id: p.child for p, _ in zip(people(), range(60), strict=False)}
    for one, other in itertools.pairwise(together):
        if one["family"] == other["family"]:
            a, b = children[one["la_child_id"]], children[other["la_child_id"]]
            assert int(b.la_child_id[1:]) == int(a.la_child_id[1:]) + 1
            assert [e.referral_date for e in a.episodes] == [e.referral_date for e in b.episodes]


def test_a_pupil_number_has_the_check_letter_worked_out_by_hand():
    # 9990 digits: 9*2+9*3+9*4+9*5 = 126, then 0000012 -> 1*11+2*12 = 35, last 0; 161 mod 23 = 0 -> A
    assert pupil_number("999", 12) == "A999900000120"


def test_there_is_every_kind_of_story_in_the_sample(sample):
    episodes = [e for c in sample for e in c.episodes]
    assert len(sample) == 60
    assert {e.closure_reason for e in episodes} >= {"RC1", "RC2", "RC5", "RC7", "RC8", "RC9", None}
    assert any(e.referral_nfa for e in episodes)
    assert sum(c.expected_birth_date is not None for c in sample) >= 2
    assert sum(c.death_date is not None for c in sample) == 1
    assert any(c.birth_date and date(2008, 3, 31) < c.birth_date < date(2008, 7, 1) for c in sample)
    assert any(e.initial_cpc_date for e in episodes), "a conference of a child who moved here"
    assert any(p.previous_plans for e in episodes for p in e.cp_plans)
    assert any(p.end for e in episodes for p in e.cp_plans)
    assert any(p.end for e in episodes for p in e.cin_plans)
    assert any(s.icpc_not_required for e in episodes for s in e.section_47s)
    assert any(s.icpc_date and not e.cp_plans for e in episodes for s in e.section_47s)
    assert any(len(c.episodes) == 2 and c.episodes[1].closure_date is None for c in sample)


def test_the_sample_has_something_waiting_at_the_demos_clock(sample):
    running = [e for c in sample for e in c.episodes if not e.closure_date and not e.referral_nfa]
    undecided = [e for e in running if e.referral_date >= date(2026, 3, 30) and not e.assessments]
    assert len(undecided) >= 3

    enquiries = [s for e in running for s in e.section_47s if not s.icpc_date and not s.icpc_not_required]
    assert len(enquiries) >= 4
    assert any(s.icpc_target == END for s in enquiries)
    assert any(date(2026, 4, 1) <= s.icpc_target <= date(2026, 4, 10) for s in enquiries)
    assert any(working_days(s.start, END) >= 20 for s in enquiries)

    plans = [p for e in running for p in e.cp_plans if not p.end]
    assert len(plans) >= 6
    assert any(not p.reviews and p.start < date(2025, 12, 31) for p in plans), "first review overdue"
    assert any(not p.reviews and date(2026, 1, 1) <= p.start <= date(2026, 1, 30) for p in plans), (
        "due in April"
    )

    open_assessments = [a for e in running for a in e.assessments if not a.authorised]
    assert len(open_assessments) >= 5
    assert any(working_days(a.start, END) == 45 for a in open_assessments)
    assert any(p.start + timedelta(weeks=12) < END for e in running for p in e.cin_plans if not p.end)


def test_conferences_and_targets_are_never_at_a_weekend_or_on_a_bank_holiday(sample):
    for e in (e for c in sample for e in c.episodes):
        for s in e.section_47s:
            assert is_working(s.icpc_target)
            assert s.icpc_date is None or is_working(s.icpc_date)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 4, 7), True),
        (date(2025, 4, 18), False),
        (date(2024, 4, 1), False),
        (date(2025, 12, 26), False),
        (date(2021, 12, 27), False),  # Christmas 2021 fell on a Saturday
        (date(2021, 12, 28), False),
        (date(2022, 1, 3), False),  # and New Year's Day 2022
        (date(2022, 5, 30), True),  # moved to 2 June
        (date(2022, 6, 3), False),
        (date(2023, 5, 8), False),
        (date(2025, 8, 25), False),
        (date(2025, 5, 26), False),
        (date(2025, 5, 5), False),
    ],
)
def test_known_bank_holidays(day, works):
    assert is_working(day) is works
