"""How long files are kept. Every date here was counted on a calendar, by hand, from the rules as they are printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.keeping import (
    BARS,
    BY_PROFESSIONAL,
    COMPLAINT,
    EMPLOYER_RECORD,
    GROUNDS,
    HOLD,
    INQUIRY,
    PROVEN,
    REVIEWED,
    SEXUAL_ABUSE,
    SUBJECT_ACCESS,
    File,
    Item,
    keep,
    keep_page,
    keep_session,
    keep_together,
)
from pathways.rulebook import load

TODAY = date(2026, 11, 3)
SEFTON, ENGLAND = load("sefton"), load("england")
CHILD = File(
    "CP-2010-0001", "child_protection", date(2010, 2, 1), date(2011, 6, 30), born_on=date(2001, 11, 3)
)
ADULT = File(
    "LADO-7KQ4M2X", "allegations", date(2019, 5, 1), date(2020, 1, 31), born_on=date(1970, 4, 9), outcome="unfounded",
    known_on=date(2019, 4, 30),
)  # fmt: skip


def kept(file, today=TODAY, rules=SEFTON, **changed):
    return keep(replace(file, **changed), rules, today)


# --- a child's record -------------------------------------------------------------------------------------------------


def test_a_childs_record_may_be_reviewed_from_the_25th_birthday_on():
    found = kept(CHILD)
    assert (found.free_on, found.rule) == (date(2026, 11, 3), "rec.retain_25")
    assert found.due(TODAY)
    assert not found.due(date(2026, 11, 2)), "the day before the birthday it is still kept"
    assert found.why_kept(date(2026, 11, 2)) == "it is kept until 2 November 2026 under rec.retain_25"


def test_a_child_born_on_29_february_reaches_25_on_1_march():
    assert kept(CHILD, born_on=date(2000, 2, 29)).free_on == date(2025, 3, 1)


def test_sexual_abuse_keeps_it_75_years_from_its_closing():
    found = kept(CHILD, marks=frozenset((SEXUAL_ABUSE,)))
    assert (found.free_on, found.rule) == (date(2086, 7, 1), "rec.retain_75")


def test_abuse_by_a_professional_keeps_it_35_years_and_75_as_the_longer():
    found = kept(CHILD, marks=frozenset((BY_PROFESSIONAL,)))
    days = {each.rule: each.free_on for each in found.considered if each.applies}
    assert days == {
        "rec.retain_25": date(2026, 11, 3), "rec.retain_35": date(2046, 7, 1), "rec.retain_75": date(2086, 7, 1)
    }  # fmt: skip
    assert found.rule == "rec.retain_75"


def test_a_page_about_sexual_abuse_keeps_its_file_and_says_which_page_it_is():
    """Closed on 30 June 2011: 35 years end on 30 June 2046, 75 on 30 June 2086."""
    found = kept(CHILD, items=(Item(4, marks=frozenset((BY_PROFESSIONAL,))), Item(9)))
    own = {(each.rule, each.page): each.free_on for each in found.considered if each.applies}
    assert own == {
        ("rec.retain_25", None): date(2026, 11, 3),
        ("rec.retain_35", 4): date(2046, 7, 1),
        ("rec.retain_75", 4): date(2086, 7, 1),
    }
    assert (found.free_on, found.rule) == (date(2086, 7, 1), "rec.retain_75")


def test_a_page_by_itself_is_kept_by_what_is_said_of_it_and_of_every_file_whole():
    file = replace(CHILD, items=(Item(4, marks=frozenset((BY_PROFESSIONAL,))),))
    assert keep_page(file, 1, (), SEFTON, TODAY).free_on == date(2026, 11, 3)
    assert keep_page(file, 4, (), SEFTON, TODAY).free_on == date(2086, 7, 1)
    held = replace(file, items=(*file.items, Item(2, bars=frozenset((HOLD,)))))
    assert keep_page(held, 1, (), SEFTON, TODAY).due(TODAY)
    assert not keep_page(held, 2, (), SEFTON, TODAY).due(TODAY)
    whole = replace(CHILD, marks=frozenset((SEXUAL_ABUSE,)))
    assert keep_page(file, 1, (whole,), SEFTON, TODAY).free_on == date(2086, 7, 1)
    assert keep_page(file, 1, (file,), SEFTON, TODAY).free_on == date(2026, 11, 3), (
        "a page elsewhere keeps its own"
    )


def test_a_session_is_kept_six_years_after_the_last_day_of_whom_it_was_with():
    """The last day is 29 February 2020: six years end on 28 February 2026."""
    assert keep_session(1, date(2020, 2, 29), (), SEFTON, TODAY).free_on == date(2026, 3, 1)
    assert not keep_session(1, None, (), SEFTON, TODAY).due(TODAY)
    assert keep_session(1, date(2020, 2, 29), (HOLD,), SEFTON, TODAY).barred == (HOLD,)


def test_a_hold_on_one_page_bars_the_whole_file():
    found = kept(CHILD, items=(Item(2, bars=frozenset((COMPLAINT,))),))
    assert (found.free_on, found.barred) == (date(2026, 11, 3), (COMPLAINT,))
    assert not found.due(TODAY)


def test_the_employers_record_in_an_allegation_is_kept_to_pension_age_where_that_is_longer():
    """Unfounded, closed on 31 January 2020: ten years end on 31 January 2030; pension age is 9 April 2037."""
    page = Item(3, marks=frozenset((EMPLOYER_RECORD,)), pension_on=date(2037, 4, 9))
    found = kept(ADULT, items=(page,))
    assert (found.free_on, found.rule) == (date(2037, 4, 9), "lado.retain_employer")
    assert next(each.page for each in found.considered if each.rule == found.rule and each.applies) == 3
    assert kept(ADULT, items=(page,), outcome="malicious").free_on == date(2030, 2, 1), (
        "a malicious one is taken out of the personnel file"
    )
    assert kept(ADULT, items=(Item(3, marks=frozenset((EMPLOYER_RECORD,))),)).free_on is None, (
        "without the pension age nobody can say"
    )


def test_a_page_adds_nothing_where_the_whole_file_is_marked_alike():
    marked = frozenset((SEXUAL_ABUSE,))
    found = kept(CHILD, marks=marked, items=(Item(4, marks=marked),))
    assert [each.page for each in found.considered if each.rule == "rec.retain_75"] == [None]


def test_a_case_that_closed_soon_after_a_birth_is_kept_by_the_birth():
    found = kept(CHILD, born_on=date(2010, 12, 25), closed_on=date(2011, 1, 5))
    assert found.free_on == date(2035, 12, 25)


def test_without_a_birth_date_it_is_kept_and_says_what_is_missing():
    found = kept(CHILD, born_on=None)
    assert found.free_on is None
    assert not found.due(date(2100, 1, 1))
    assert "the birth date is not known" in found.why_kept(TODAY)


def test_an_open_case_is_never_due():
    found = kept(CHILD, born_on=date(1990, 1, 1), opened_on=date(2005, 1, 1), closed_on=None)
    assert not found.due(TODAY)
    assert "open" in found.why_kept(TODAY)


def test_a_case_about_an_adult_has_no_rule_and_is_kept():
    """Somebody of 40 is past every 25th birthday; that says nothing about how long their record is needed."""
    found = kept(CHILD, pathway="modern_slavery", born_on=date(1970, 1, 1))
    assert found.free_on is None
    assert "about an adult" in found.why_kept(TODAY)


def test_a_case_begun_on_the_day_before_the_18th_birthday_is_a_childs():
    assert kept(CHILD, born_on=date(1992, 2, 2)).free_on == date(2017, 2, 2)
    assert kept(CHILD, born_on=date(1992, 2, 1)).free_on is None


def test_a_figure_that_the_authority_has_not_set_keeps_it():
    """35 years is the partnership's own figure; the national rules alone do not have it."""
    found = kept(CHILD, marks=frozenset((BY_PROFESSIONAL,)), rules=ENGLAND)
    assert found.free_on is None
    assert "no figure for rec.retain_35" in found.why_kept(TODAY)


# --- an allegation's record ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", REVIEWED)
def test_what_came_to_nothing_may_be_reviewed_ten_years_after_closing(outcome):
    found = kept(ADULT, outcome=outcome)
    assert (found.free_on, found.rule) == (date(2030, 2, 1), "lado.retain_lado_review")


@pytest.mark.parametrize("outcome", PROVEN)
def test_what_was_or_may_have_been_is_kept_until_the_adult_is_100(outcome):
    found = kept(ADULT, outcome=outcome)
    assert (found.free_on, found.rule) == (date(2070, 4, 9), "lado.retain_lado_proven")


def test_an_outcome_that_no_rule_speaks_of_keeps_it():
    assert kept(ADULT, outcome="opened_in_error").free_on is None
    assert "opened in error" in kept(ADULT, outcome="opened_in_error").why_kept(TODAY)


def test_the_employers_own_record_stays_to_pension_age_or_ten_years_whichever_is_longer():
    own = frozenset((EMPLOYER_RECORD,))
    later = kept(ADULT, marks=own, pension_on=date(2037, 4, 9))
    assert (later.free_on, later.rule) == (date(2037, 4, 9), "lado.retain_employer")
    sooner = kept(ADULT, marks=own, pension_on=date(2028, 4, 9))
    days = {each.rule: each.free_on for each in sooner.considered if each.applies}
    assert days["lado.retain_employer"] == date(2029, 5, 1), (
        "ten years from 30 April 2019, the day itself included"
    )
    assert kept(ADULT, marks=own).free_on is None, "the pension age is not known"


@pytest.mark.parametrize("outcome", ["malicious", "false"])
def test_what_was_malicious_or_false_is_no_part_of_the_employers_record(outcome):
    found = kept(ADULT, marks=frozenset((EMPLOYER_RECORD,)), outcome=outcome, pension_on=date(2060, 1, 1))
    assert found.free_on == date(2030, 2, 1)


# --- bars, and several cases together -------------------------------------------------------------------------------------


@pytest.mark.parametrize("bar", [HOLD, INQUIRY, COMPLAINT, SUBJECT_ACCESS])
def test_each_bar_keeps_it_however_old_it_is(bar):
    found = kept(CHILD, bars=frozenset((bar,)))
    assert not found.due(date(2150, 1, 1))
    assert found.why_kept(TODAY) == f"{BARS[bar]} bars it"


def test_the_longest_of_a_persons_cases_keeps_them_all():
    short, long = kept(CHILD), kept(CHILD, reference="CP-2012-0009", marks=frozenset((SEXUAL_ABUSE,)))
    together = keep_together((short, long))
    assert together.free_on == long.free_on
    assert together.references == ("CP-2010-0001", "CP-2012-0009")
    assert keep_together((short,)).due(TODAY)
    still_open = kept(CHILD, closed_on=None)
    assert not keep_together((short, still_open)).due(TODAY)
    held = kept(CHILD, bars=frozenset((HOLD,)))
    assert not keep_together((short, held)).due(TODAY)


DAYS = st.dates(date(1960, 1, 1), date(2026, 11, 3))
FILES = st.builds(
    File,
    reference=st.just("X-1"),
    pathway=st.sampled_from(["child_protection", "front_door", "allegations"]),
    opened_on=DAYS,
    closed_on=st.none() | DAYS,
    born_on=st.none() | DAYS,
    outcome=st.sampled_from([*PROVEN, *REVIEWED, None]),
    known_on=st.none() | DAYS,
    pension_on=st.none() | DAYS,
    marks=st.frozensets(st.sampled_from(sorted(GROUNDS))),
    bars=st.frozensets(st.sampled_from(sorted(BARS))),
)


def no_shorter(before, after):
    """Whether every day on which the second may go is one on which the first could go too."""
    if before.barred and not after.barred:
        return False
    if before.free_on is None:
        return after.free_on is None
    return after.free_on is None or after.free_on >= before.free_on


@given(FILES, st.sampled_from(sorted(GROUNDS)))
def test_marking_one_ground_more_never_shortens_a_keeping(file, ground):
    assert no_shorter(kept(file), kept(file, marks=file.marks | {ground}))


@given(FILES, st.sampled_from(sorted(BARS)))
def test_one_bar_more_never_shortens_a_keeping(file, bar):
    assert no_shorter(kept(file), kept(file, bars=file.bars | {bar}))


@given(st.lists(FILES, min_size=1, max_size=4), FILES)
def test_one_case_more_never_shortens_what_is_kept_together(files, more):
    before = [kept(each) for each in files]
    assert no_shorter(keep_together(before), keep_together([*before, kept(more)]))


@given(FILES, st.lists(FILES, max_size=2), st.integers(1, 9))
def test_no_page_is_kept_longer_than_its_file_and_its_persons(file, others, page):
    together = keep_together([kept(file), *(kept(each) for each in others)])
    assert no_shorter(keep_page(file, page, others, SEFTON, TODAY), together)


@given(FILES)
def test_it_is_due_or_it_says_why_not(file):
    found = kept(file)
    assert found.due(TODAY) == (found.why_kept(TODAY) == "")
