"""The fifteen-point audit: what a record proves by itself, with its pages, and what it leaves to a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pathways.file_audit import ASK, NO, POINTS, YES, Page, TheFile, audit

DAY = date(2026, 11, 3)


def page(number, kind="note", entry="fact", **body):
    return Page(number, kind, entry, "dsl-1", "dsl", DAY, body)


EMPTY = TheFile((), (), frozenset(), siblings=False)
FULL = TheFile(
    (page(1, "concern"), page(2, "sharing", "decision", shared="no"), page(3, "contact"), page(4, child_view="I like it here")),
    (), frozenset({"open_phone"}), siblings=True,
)  # fmt: skip


def answers(file):
    return {point.name: (finding.answer, finding.pages) for point, finding in audit(file)}


def test_there_are_fifteen_points_in_order():
    assert [point.number for point in POINTS] == list(range(1, 16))


def test_an_empty_file_fails_what_it_would_prove_and_asks_the_rest():
    found = answers(EMPTY)
    assert found["current"][0] == found["signed"][0] == found["views"][0] == NO
    assert found["timely"][0] == YES
    assert found["equality"][0] == found["supervised"][0] == ASK


def test_each_answer_names_the_pages_that_show_it():
    found = answers(FULL)
    assert found["contacts"] == (YES, (3,))
    assert found["views"] == (ASK, (4,)), "that a view is written does not say that the parents' is too"
    assert found["sharing"] == (ASK, (2,)), "the record cannot show that the siblings' schools were told"
    assert answers(replace(FULL, siblings=False))["sharing"] == (YES, (2,))


def test_a_limit_missed_shows_and_names_its_rule():
    (finding,) = [
        each for point, each in audit(replace(FULL, late=("fd.decision",))) if point.name == "timely"
    ]
    assert (finding.answer, finding.why) == (NO, "late: fd.decision")


def test_a_call_without_its_form_is_a_no_and_with_it_a_yes():
    assert answers(FULL)["referral"] == (NO, ())
    assert answers(replace(FULL, pages=(*FULL.pages, page(5, "marf"))))["referral"] == (YES, (5,))
    assert answers(replace(FULL, actions=frozenset({"open_referral"})))["referral"] == (YES, ())
    assert answers(replace(FULL, actions=frozenset({"open_strategy"})))["referral"][0] == ASK


def test_what_was_withdrawn_proves_nothing():
    withdrawn = tuple(replace(each, withdrawn=True) for each in FULL.pages)
    assert answers(replace(FULL, pages=withdrawn)) == answers(replace(FULL, pages=()))


def test_a_page_that_names_nobody_is_not_signed():
    assert answers(replace(FULL, pages=(*FULL.pages, replace(page(9), author=""))))["signed"] == (NO, (9,))


PAGES = st.lists(
    st.builds(
        page,
        st.integers(1, 40),
        kind=st.sampled_from(["note", "sharing", "contact", "marf", "core_group", "agency_report", "review"]),
        entry=st.sampled_from(["fact", "opinion", "decision"]),
    )
)


@given(
    PAGES, st.booleans(), st.frozensets(st.sampled_from(["open_phone", "open_referral", "decide_conference"]))
)
def test_every_file_gets_every_point_answered_or_asked_from_its_own_pages(pages, siblings, actions):
    file = TheFile(tuple(pages), (), actions, siblings)
    for _, finding in audit(file):
        assert finding.answer in (YES, NO, ASK)
        assert finding.why
        assert set(finding.pages) <= {each.number for each in pages}
