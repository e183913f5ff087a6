"""What a conference has and lacks, told from what was written down; every date from a calendar."""

from __future__ import annotations

from datetime import date

import pytest

from pathways.calendars import shipped_calendar
from pathways.child_protection import PATHWAY
from pathways.conference_ledger import (
    HEADINGS,
    Invitee,
    Report,
    Written,
    agencies_coming,
    in_one_line,
    invitees,
    quorum_of,
    readiness,
    reports,
    wanting,
)
from pathways.conference_stages import BOARD, PROTECTIVE_FACTORS, QUORUM
from pathways.definitions import CaseFacts


@pytest.fixture(scope="module")
def calendar():
    return shipped_calendar()


def on(day: int, trigger: str, month: int = 11, **body) -> Written:
    return Written(trigger, date(2026, month, day), "coordinator-1", body)


def facts(**known) -> CaseFacts:
    return CaseFacts(known, PATHWAY.known)


ALL = {
    "icpc_date": "2026-11-24", "invitations_sent": "2026-11-04", "agencies_asked": ["housing", "police"],
    "reports_in": ["police", "housing"], "family_met": "2026-11-19", "chair_met_family": "2026-11-24",
    "reports_shared": "2026-11-24",
}  # fmt: skip


# --- reports ------------------------------------------------------------------------------------------------------


def test_a_report_is_asked_for_due_received_and_shown_to_the_parents(calendar):
    asked = on(4, "invite", agencies=["police"])
    came = on(
        18, "report_received", agency="police", on_form=True, parents_have_seen=True, seen_on="2026-11-19"
    )
    (found,) = reports([asked, came], date(2026, 11, 20), calendar, date(2026, 11, 23))
    assert found == Report(
        "police", date(2026, 11, 4), date(2026, 11, 20), date(2026, 11, 18), True, date(2026, 11, 19)
    )


LATE = [
    # due                today or received    working days late  why
    (date(2026, 11, 20), date(2026, 11, 20), None, "the day itself is in time"),
    (date(2026, 11, 20), date(2026, 11, 21), 0, "a Saturday after a Friday is late by no working day"),
    (date(2026, 11, 20), date(2026, 11, 23), 1, "Monday"),
    (date(2026, 12, 24), date(2026, 12, 29), 1, "Christmas Day is a Friday, Monday the 28th a bank holiday"),
]


@pytest.mark.parametrize(("due_on", "day", "late_by", "why"), LATE)
def test_lateness_counts_working_days_whether_it_came_or_not(calendar, due_on, day, late_by, why):
    asked = on(4, "invite", agencies=["police"])
    came = Written("report_received", day, "x", {"agency": "police", "on_form": True})
    (waiting,) = reports([asked], due_on, calendar, day)
    (received,) = reports([asked, came], due_on, calendar, date(2027, 1, 4))
    assert (waiting.late_by, received.late_by) == (late_by, late_by), why


def test_nothing_is_late_where_no_day_is_booked(calendar):
    (found,) = reports([on(4, "invite", agencies=["police"])], None, calendar, date(2026, 12, 31))
    assert (found.due_on, found.late_by, found.missing) == (None, None, True)


def test_a_report_sent_again_came_on_its_first_day_and_says_what_the_last_says(calendar):
    first = on(
        18,
        "report_received",
        agency="police",
        on_form=False,
        parents_have_seen=False,
        why_not_seen="Not met.",
    )
    second = on(
        19, "report_received", agency="police", on_form=True, parents_have_seen=True, seen_on="2026-11-19"
    )
    (found,) = reports([first, second], None, calendar, date(2026, 11, 23))
    assert (found.received_on, found.on_form, found.why_not_shared) == (date(2026, 11, 18), True, "")


def test_an_agency_asked_later_keeps_its_own_day_and_one_nobody_asked_stands_last(calendar):
    written = [
        on(4, "invite", agencies=["police", "school"]),
        on(5, "report_received", agency="housing", on_form=True),
        on(9, "invite", agencies=["police", "probation"]),
    ]
    found = reports(written, None, calendar, date(2026, 11, 10))
    assert [(each.agency, each.asked_on.day) for each in found] == [
        ("police", 4), ("school", 4), ("probation", 9), ("housing", 5),
    ]  # fmt: skip


def test_the_days_on_which_an_agency_was_asked_again_are_listed(calendar):
    written = [
        on(4, "invite", agencies=["police"]),
        on(18, "report_chased", agency="police"),
        on(20, "report_chased", agency="police"),
    ]
    (found,) = reports(written, None, calendar, date(2026, 11, 23))
    assert found.chased == (date(2026, 11, 18), date(2026, 11, 20))


# --- the list ---------------------------------------------------------------------------------------------------------


def test_of_one_person_the_last_that_was_written_stands():
    written = [
        on(4, "attendance", who="Mother", part="family", invited=True, reply="none yet"),
        on(9, "attendance", who=" mother ", part="family", invited=True, reply="coming"),
    ]
    (found,) = invitees(written)
    assert found.reply == "coming"


def test_who_came_is_forgotten_when_the_conference_is_put_off_and_who_is_invited_is_not():
    written = [
        on(4, "attendance", who="nurse", part="professional", agency="health visiting", invited=True, reply="coming", came=True),
        on(24, "adjourn"),
    ]  # fmt: skip
    assert invitees(written) == (
        Invitee("nurse", "professional", "health visiting", True, "", "coming", None),
    )


def test_who_said_they_come_counts_until_it_is_known_who_came():
    people = [
        Invitee("nurse", "professional", "health visiting", reply="coming", came=False),
        Invitee("officer", "professional", "police", reply="coming"),
        Invitee("teacher", "professional", "school", reply="none yet", came=True),
        Invitee("head", "professional", "school", reply="coming"),
        Invitee("mother", "family", reply="coming"),
    ]
    assert agencies_coming(people) == ("police", "school")


def test_the_quorum_is_the_authoritys_own_number_or_ours():
    assert (quorum_of(facts()), quorum_of(facts(quorum=4))) == (QUORUM, 4)


# --- readiness --------------------------------------------------------------------------------------------------------


def test_a_conference_with_everything_is_ready():
    assert wanting(facts(**ALL)) == []
    assert in_one_line([]) == "Ready."


LACKING = [
    ("icpc_date", "no day is booked"),
    ("invitations_sent", "the invitations have not been sent"),
    ("family_met", "the social worker has not met the family"),
    ("chair_met_family", "the chair has not met the family"),
    ("reports_shared", "the professionals have not shared their reports"),
]


@pytest.mark.parametrize(("fact", "says"), LACKING)
def test_each_thing_that_is_wanting_is_said_alone(fact, says):
    assert wanting(facts(**{name: value for name, value in ALL.items() if name != fact})) == [says]


def test_the_line_names_the_reports_that_are_missing():
    known = ALL | {"reports_in": [], "agencies_asked": ["health visiting", "housing"]}
    del known["chair_met_family"]
    assert in_one_line(wanting(facts(**known))) == (
        "Ready but for: 2 reports (health visiting, housing); the chair has not met the family."
    )


def test_one_missing_report_is_one_report():
    assert wanting(facts(**ALL | {"reports_in": ["police"]})) == ["1 report (housing)"]


def test_before_a_birth_the_assessment_is_wanting_too():
    assert wanting(facts(**ALL), unborn=True) == ["the pre-birth assessment is not done"]


@pytest.mark.parametrize("state", ["strategy", "s47", "conference", "ended"])
def test_where_no_conference_is_prepared_nothing_is_said(state):
    assert readiness(state, facts(**ALL)) == ""


def test_while_a_plan_lasts_it_is_said_once_the_next_invitations_are_out():
    assert readiness("plan", facts(rcpc_date="2026-12-10")) == ""
    assert readiness("plan", facts(**ALL)) == "Ready."


def test_wanting_nothing_is_what_lets_the_conference_start():
    """The line and the guards of the nine stages say the same, whichever of the facts are there."""
    from itertools import product

    from pathways.conference_stages import chair_met, family_met, invited, reports_in, shared

    names = [name for name in ALL if name not in ("icpc_date", "agencies_asked")]
    for kept in product((True, False), repeat=len(names)):
        known = {name: ALL[name] for name, keep in zip(names, kept, strict=True) if keep}
        known |= {"icpc_date": "2026-11-24", "agencies_asked": ["housing", "police"]}
        guards = (invited, reports_in, family_met, chair_met, shared)
        assert (not wanting(facts(**known))) == all(each.test(facts(**known)) for each in guards)


# --- the board --------------------------------------------------------------------------------------------------------


def test_the_seven_headings_are_fields_of_the_board_and_stand_once_under_three_questions():
    asked = {one.name for one in BOARD.fields}
    assert len(HEADINGS) == len(set(HEADINGS)) == 7
    assert set(HEADINGS) <= asked


def test_protective_factors_are_written_down_and_become_no_fact():
    (field,) = (one for one in BOARD.fields if one.name == "protective")
    assert field.choices == PROTECTIVE_FACTORS
    assert len(PROTECTIVE_FACTORS) == 8
    assert field.fact is None or field.fact == ""
