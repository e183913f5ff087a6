"""The fifteen-point audit: what a record proves by itself, with its pages, and what it leaves to a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pathways.file_audit import ASK, NO, POINTS, YES, Held, Page, Referral, TheFile, audit

DAY = date(2026, 11, 3)


def page(number, kind="note", entry="fact", **body):
    return Page(number, kind, entry, "dsl-1", "dsl", body)


EMPTY = TheFile((), (), siblings=False)
FULL = TheFile(
    (page(1, "concern"), page(2, "sharing", "decision", shared="no"), page(3, "contact"), page(4, child_view="I like it here")),
    (), siblings=True, referrals=(Referral("RF-2026-0001", telephoned=True, form=False),),
)  # fmt: skip


def answers(file):
    return {point.name: (finding.answer, finding.pages) for point, finding in audit(file)}


def test_there_are_fifteen_points_in_order():
    assert [point.number for point in POINTS] == list(range(1, 16))


def test_an_empty_file_fails_what_it_would_prove_and_asks_the_rest():
    found = answers(EMPTY)
    assert found["current"][0] == found["signed"][0] == found["views"][0] == NO
    assert found["timely"][0] == YES
    assert found["equality"][0] == ASK
    assert found["supervised"] == (NO, ())
    assert found["reports"] == (YES, ()), "no conference, so no report is missing"


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


def why(file, name):
    return next((each.answer, each.why) for point, each in audit(file) if point.name == name)


def test_a_page_written_too_late_is_not_in_time():
    assert why(replace(FULL, late=(), behind=(2, 4)), "timely") == (
        NO,
        "2 written later than rec.chronology_entry allows",
    )
    assert answers(replace(FULL, behind=(2, 4)))["timely"] == (NO, (2, 4))


def test_supervision_shows_by_its_marks():
    once, twice = (DAY,), (DAY, date(2026, 12, 1))
    assert why(replace(FULL, supervised=once), "supervised") == (
        YES,
        "discussed in supervision once, last on 3 November 2026",
    )
    assert why(replace(FULL, supervised=twice), "supervised") == (
        YES, "discussed in supervision 2 times, last on 1 December 2026"
    )  # fmt: skip


def test_a_conference_that_began_without_a_report_is_named_and_one_that_cannot_be_told_is_asked():
    whole, lacking, unknown = Held(9, DAY, True), Held(12, date(2027, 2, 3), False), Held(4, DAY, None)
    assert answers(replace(FULL, conferences=(whole,)))["reports"][0] == YES
    assert why(replace(FULL, conferences=(whole, lacking)), "reports") == (
        NO, "begun without a report that was asked for: 3 February 2027"
    )  # fmt: skip
    assert answers(replace(FULL, conferences=(whole, unknown)))["reports"][0] == ASK


def test_a_call_without_its_form_is_a_no_and_with_it_a_yes():
    lacking = (NO, "referred by telephone, and no form is there: RF-2026-0001")
    assert why(FULL, "referral") == lacking
    (call,) = FULL.referrals
    followed, written = replace(call, form=True), Referral("RF-2026-0002", telephoned=False, form=True)
    assert answers(replace(FULL, referrals=(followed,), pages=(*FULL.pages, page(5, "marf"))))[
        "referral"
    ] == (YES, (5,))
    assert why(replace(FULL, referrals=(followed,)), "referral") == (
        YES,
        "the form followed the call: RF-2026-0001",
    )
    assert why(replace(FULL, referrals=(call, written)), "referral") == lacking
    assert answers(replace(FULL, referrals=(written,)))["referral"] == (YES, ())
    assert answers(replace(FULL, referrals=()))["referral"][0] == ASK


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
    PAGES, st.booleans(), st.lists(st.builds(Referral, st.just("RF-2026-0001"), st.booleans(), st.booleans()))
)
def test_every_file_gets_every_point_answered_or_asked_from_its_own_pages(pages, siblings, referrals):
    file = TheFile(tuple(pages), (), siblings, tuple(referrals))
    for _, finding in audit(file):
        assert finding.answer in (YES, NO, ASK)
        assert finding.why
        assert set(finding.pages) <= {each.number for each in pages}
