"""Passing on the safeguarding file: each decision, by whom, knowing what, where it leads, and when. Worked out by hand."""

from datetime import date, datetime

import pytest

from pathways.days import LONDON
from pathways.file_transfer import OPEN, PATHWAY
from pathways.file_transfer_forms import NEXT, TO_THE_AUTHORITY, recipient
from pathways.roles import Role
from tests.pathways.deciding import NOT_HERE, NOT_THEIRS, NOT_YET, THEN, asked, lacking, led
from tests.pathways.on_paper import Paper, due, london

DSL, OFFICER, ADMISSIONS, RECORDS = Role.DSL, Role.CME_COORDINATOR, Role.ADMISSIONS, Role.RECORDS_OFFICER
STAFF, CLOCK, PARENT = Role.STAFF, Role.CLOCK, Role.PARENT

TALKED = {"transfer_talk_held": THEN}
TO_SCHOOL = TALKED | {"goes_on": "school", "sent_to": "the next setting", "sent_apart": "yes"}
AT_HOME = TO_SCHOOL | {"goes_on": "educated at home"}
WHOLE = {
    "receipt_signed_by_them": "yes", "right_place": "yes", "pages_sent": 12, "pages_received": 12,
    "sent_print": "ab12", "received_print": "ab12",
}  # fmt: skip
ON_PAPER_ONLY = WHOLE | {"sent_print": None, "received_print": None}

DECISIONS = [
    # from        decision              by          knowing                                      leads to
    ("open",      "send_file",          DSL,        TO_SCHOOL,                                   "sent"),
    ("open",      "send_file",          RECORDS,    TO_SCHOOL,                                   "sent"),
    ("open",      "send_file",          DSL,        TO_SCHOOL | {"transfer_talk_held": None},    NOT_YET),
    ("open",      "send_file",          DSL,        TO_SCHOOL | {"sent_apart": "no"},            NOT_YET),
    ("open",      "send_file",          DSL,        AT_HOME,                                     NOT_YET),
    ("open",      "send_file",          OFFICER,    AT_HOME | {"sent_to": "the authority's officer"}, "sent"),
    ("open",      "send_file",          STAFF,      TO_SCHOOL,                                   NOT_THEIRS),
    ("open",      "send_file",          CLOCK,      TO_SCHOOL,                                   NOT_THEIRS),
    ("open",      "receive_file",       DSL,        {},                                          NOT_HERE),
    ("open",      "destroy_copy",       DSL,        {},                                          NOT_HERE),
    ("open",      "close_not_needed",   DSL,        {},                                          "closed"),
    ("open",      "change_destination", ADMISSIONS, {},                                          "open"),
    ("sent",      "receive_file",       ADMISSIONS, {},                                          "received"),
    ("sent",      "receive_file",       PARENT,     {},                                          NOT_THEIRS),
    ("sent",      "chase_receipt",      DSL,        {},                                          "sent"),
    ("sent",      "destroy_copy",       DSL,        WHOLE,                                       NOT_HERE),
    ("sent",      "report_gap",         DSL,        {},                                          "open"),
    ("received",  "accept_receipt",     DSL,        WHOLE,                                       "accepted"),
    ("received",  "accept_receipt",     DSL,        ON_PAPER_ONLY,                               "accepted"),
    ("received",  "accept_receipt",     DSL,        WHOLE | {"receipt_signed_by_them": "no"},    NOT_YET),
    ("received",  "accept_receipt",     DSL,        WHOLE | {"right_place": "no"},               NOT_YET),
    ("received",  "accept_receipt",     DSL,        WHOLE | {"pages_received": 11},              NOT_YET),
    ("received",  "accept_receipt",     DSL,        WHOLE | {"received_print": "ab13"},          NOT_YET),
    ("received",  "accept_receipt",     ADMISSIONS, WHOLE,                                       NOT_THEIRS),
    ("received",  "destroy_copy",       DSL,        WHOLE,                                       NOT_HERE),
    ("received",  "report_gap",         ADMISSIONS, {},                                          "open"),
    ("accepted",  "destroy_copy",       DSL,        {"legal_ground": "no"},                      "closed"),
    ("accepted",  "destroy_copy",       DSL,        {"legal_ground": "yes"},                     NOT_YET),
    ("accepted",  "destroy_copy",       CLOCK,      {"legal_ground": "no"},                      NOT_THEIRS),
    ("accepted",  "keep_copy",          DSL,        {},                                          "retained"),
    ("retained",  "destroy_copy",       DSL,        {"legal_ground": "no"},                      "closed"),
    ("retained",  "destroy_copy",       DSL,        {"legal_ground": "yes"},                     NOT_YET),
    ("sent",      "suspect_harm",       STAFF,      {},                                          "sent"),
    ("retained",  "child_died",         DSL,        {},                                          "closed"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "trigger", "role", "knowing", "leads_to"), DECISIONS)
def test_decision(state, trigger, role, knowing, leads_to):
    assert led(PATHWAY, state, trigger, role, knowing) == leads_to


def test_sending_without_a_talk_names_the_talk_and_who_holds_it():
    assert lacking(PATHWAY, "open", "send_file", DSL, TO_SCHOOL | {"transfer_talk_held": None}) == {
        "transfer.talk"
    }


APART = [
    # from        decision          who made the earlier one          leads to
    ("sent",      "receive_file",   {"handed_over_by": "dsl"},        NOT_THEIRS),
    ("sent",      "receive_file",   {"handed_over_by": "DSL"},        NOT_THEIRS),
    ("sent",      "receive_file",   {"handed_over_by": "lead-2"},     "received"),
    ("received",  "accept_receipt", WHOLE | {"receipt_by": "dsl"},    NOT_THEIRS),
    ("received",  "accept_receipt", WHOLE | {"receipt_by": "lead-2"}, "accepted"),
    ("received",  "accept_receipt", WHOLE | {"handed_over_by": "dsl", "receipt_by": "lead-2"}, "accepted"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "trigger", "knowing", "leads_to"), APART)
def test_the_two_sides_of_a_transfer_are_two_people(state, trigger, knowing, leads_to):
    """Whoever is asked here has the login `dsl`."""
    assert led(PATHWAY, state, trigger, DSL, knowing) == leads_to


def test_a_refusal_to_the_sender_says_which_move_was_theirs():
    answer = asked(PATHWAY, "sent", "receive_file", DSL, {"handed_over_by": "dsl"})
    assert answer.reasons[0].message == (
        "receive-file is made by somebody other than whoever made send-file, and that was you"
    )


@pytest.mark.parametrize("goes_on", NEXT)
def test_a_child_without_a_setting_of_their_own_has_the_authoritys_officer(goes_on):
    from pathways.definitions import CaseFacts

    found = recipient(CaseFacts({"goes_on": goes_on}))
    assert found == ("the authority's officer" if goes_on in TO_THE_AUTHORITY else "the next setting")


def test_a_receipt_for_less_than_was_sent_says_what_differs():
    answer = asked(
        PATHWAY, "received", "accept_receipt", DSL, WHOLE | {"pages_received": 11, "received_print": "x"}
    )
    assert answer.reasons[0].details == (
        "Pages sent: 12; pages received: 11",
        "The fingerprint of what came is not that of what was sent",
    )


def test_what_a_receipt_lacks_can_be_reported_where_the_case_stands():
    answer = asked(
        PATHWAY, "received", "accept_receipt", DSL, WHOLE | {"pages_received": 11, "right_place": "no"}
    )
    there = {move.trigger for move in PATHWAY.moves_from("received")}
    assert {each.condition.record for each in answer.reasons} == {"report_gap"} <= there


def at(year, month, day, hour=10):
    return datetime(year, month, day, hour, tzinfo=LONDON)


DUE_DATES = [
    # rule                     started            due                 why
    ("rec.transfer_in_year",   at(2026, 11, 6),   date(2026, 11, 13), "a Friday: the next Friday"),
    ("rec.transfer_in_year",   at(2026, 10, 22),  date(2026, 11, 6),  "the day before half term's last: 23 October, then 3 to 6 November"),
    ("rec.transfer_in_year",   at(2026, 12, 18),  date(2027, 1, 11),  "the last day of term: 5 to 8 and 11 January"),
    ("rec.transfer_new_term",  at(2026, 9, 3),    date(2026, 9, 9),   "the first day counts: 3, 4, 7, 8, 9 September"),
    ("rec.receipt_chase",      at(2026, 11, 13),  date(2026, 11, 20), "a Friday: the next Friday"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "started", "on", "why"), DUE_DATES)
def test_due_date(rule, started, on, why):
    assert due(rule, started) == on, why


def test_a_file_from_leaving_to_the_copy_destroyed():
    case = Paper(PATHWAY, "left_in_year", at(2026, 11, 6))
    assert case.running == {"rec.transfer_in_year": date(2026, 11, 13)}
    assert case.do("send_file", DSL, at(2026, 11, 9), to="the next setting", pages="12") == NOT_YET
    case.do("hold_talk", DSL, at(2026, 11, 9))
    assert case.do("send_file", DSL, at(2026, 11, 10), to="the next setting", pages="12") == "sent"
    assert case.running == {"rec.receipt_chase": date(2026, 11, 17)}
    assert case.do("receive_file", ADMISSIONS, at(2026, 11, 12), pages="12") == "received"
    assert case.running == {}
    assert case.do("accept_receipt", DSL, at(2026, 11, 12)) == "accepted"
    assert case.do("destroy_copy", DSL, at(2026, 11, 13), legal_ground="yes") == NOT_YET
    assert case.do("keep_copy", DSL, at(2026, 11, 13)) == "retained"
    assert case.do("destroy_copy", DSL, at(2027, 6, 1), legal_ground="no") == "closed"


def test_a_file_that_went_astray_is_due_since_the_child_left_and_the_receipt_is_a_new_one():
    case = Paper(PATHWAY, "left_in_year", at(2026, 11, 6))
    case.do("hold_talk", DSL, at(2026, 11, 9))
    case.do("send_file", DSL, at(2026, 11, 10), to="the next setting", pages="12")
    case.do("receive_file", ADMISSIONS, at(2026, 11, 12), pages="11")
    assert case.do("accept_receipt", DSL, at(2026, 11, 12)) == NOT_YET
    assert case.do("report_gap", ADMISSIONS, at(2026, 11, 12)) == "open"
    assert case.running == {"rec.transfer_in_year": date(2026, 11, 13)}
    assert not {"file_sent", "file_received", "pages_sent", "right_place"} & {
        name for name, value in case.facts.items() if value is not None
    }
    assert case.do("send_file", DSL, at(2026, 11, 13), to="the next setting", pages="12") == "sent"


def test_another_destination_needs_another_talk():
    case = Paper(PATHWAY, "new_term", at(2026, 9, 3))
    case.do("hold_talk", DSL, at(2026, 9, 3))
    case.do("change_destination", DSL, at(2026, 9, 4), goes_on="special school")
    assert case.do("send_file", DSL, at(2026, 9, 4), to="the next setting") == NOT_YET


def test_an_unsent_file_and_an_unsigned_receipt_are_late_and_stay_where_they_are():
    case = Paper(PATHWAY, "left_in_year", at(2026, 11, 6))
    assert case.pass_time(london(date(2026, 12, 16))) == "open"
    assert not [move for move in PATHWAY.moves if move.by_clock]
    assert set(OPEN) == {"open", "sent", "received", "accepted", "retained"}
