"""Operation Encompass: each decision, by whom, knowing what, where it leads, and when. Worked out by hand."""

from datetime import date, datetime

import pytest

from pathways.days import LONDON
from pathways.encompass import OPEN, PATHWAY
from pathways.roles import Role
from tests.pathways.deciding import NOT_HERE, NOT_THEIRS, NOT_YET, asked, led
from tests.pathways.on_paper import Paper, due, london

POLICE, DSL, DEPUTY, OFFICER, DESK = (
    Role.POLICE,
    Role.DSL,
    Role.DEPUTY_DSL,
    Role.CME_COORDINATOR,
    Role.CALL_HANDLER,
)
STAFF, CLOCK, PARENT = Role.STAFF, Role.CLOCK, Role.PARENT

AT_SCHOOL = {"education": "school or college", "notice_to": "school or college"}
NURSERY = {"education": "early years setting", "notice_to": "early years setting"}
AT_HOME = {"education": "educated at home", "notice_to": "the authority"}

DECISIONS = [
    # from          decision           by       knowing                                        leads to
    ("incident",     "send_notice",     POLICE,  AT_SCHOOL,                                     "notified"),
    ("incident",     "send_notice",     DESK,    NURSERY,                                       "notified"),
    ("incident",     "send_notice",     POLICE,  AT_HOME,                                       "notified"),
    ("incident",     "send_notice",     POLICE,  AT_HOME | {"notice_to": "school or college"},  NOT_YET),
    ("incident",     "send_notice",     POLICE,  AT_SCHOOL | {"notice_to": "the authority"},    NOT_YET),
    ("incident",     "send_notice",     POLICE,  {"education": "without a school", "notice_to": "the authority"}, "notified"),
    ("incident",     "send_notice",     DSL,     AT_SCHOOL,                                     NOT_THEIRS),
    ("incident",     "send_notice",     CLOCK,   AT_SCHOOL,                                     NOT_THEIRS),
    ("incident",     "close_not_sent",  POLICE,  {},                                            "closed"),
    ("incident",     "refer",           DSL,     {},                                            NOT_HERE),
    ("notified",     "receive_notice",  DSL,     {},                                            "acknowledged"),
    ("notified",     "receive_notice",  OFFICER, {},                                            "acknowledged"),
    ("notified",     "receive_notice",  STAFF,   {},                                            NOT_THEIRS),
    ("notified",     "redirect_notice", DSL,     {},                                            "incident"),
    ("notified",     "refer",           DSL,     {},                                            "referred"),
    ("acknowledged", "offer_support",   DEPUTY,  {},                                            "supported"),
    ("acknowledged", "close",           DSL,     {},                                            NOT_HERE),
    ("supported",    "offer_support",   DSL,     {},                                            "supported"),
    ("supported",    "refer",           DSL,     {},                                            "referred"),
    ("supported",    "close",           DSL,     {},                                            "closed"),
    ("supported",    "close",           CLOCK,   {},                                            NOT_THEIRS),
    ("supported",    "close",           PARENT,  {},                                            NOT_THEIRS),
    ("incident",     "suspect_harm",    STAFF,   {},                                            "incident"),
    ("notified",     "child_died",      DSL,     {},                                            "closed"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "trigger", "role", "knowing", "leads_to"), DECISIONS)
def test_decision(state, trigger, role, knowing, leads_to):
    assert led(PATHWAY, state, trigger, role, knowing) == leads_to


def at(year, month, day, hour, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


NINE = 9
DUE_DATES = [
    # rule               started                     due                          why
    ("oe.notify",        at(2026, 11, 4, 2, 15),     at(2026, 11, 4, NINE),       "a night before a school day: that morning"),
    ("oe.notify",        at(2026, 11, 4, 9, 0),      at(2026, 11, 5, NINE),       "as the school opens: the next morning"),
    ("oe.notify",        at(2026, 11, 4, 22, 0),     at(2026, 11, 5, NINE),       "an evening: the next morning"),
    ("oe.notify",        at(2026, 11, 6, 23, 59),    at(2026, 11, 9, NINE),       "Friday night: Monday"),
    ("oe.notify",        at(2026, 10, 28, 20, 0),    at(2026, 11, 3, NINE),       "half term: the first day back, not the training day"),
    ("oe.notify",        at(2026, 12, 25, 3, 0),     at(2027, 1, 5, NINE),        "Christmas: the first day back"),
    ("oe.notify",        at(2025, 11, 6, 20, 0),     at(2025, 11, 7, NINE),       "the last night of the scheme's own rule"),
    ("oe.notify",        at(2025, 11, 7, 20, 0),     at(2025, 11, 10, NINE),      "the first night of the Act's"),
    ("oe.dsl_response",  at(2026, 11, 5, 9, 5),      date(2026, 11, 5),           "support on the day"),
    ("oe.dsl_response",  at(2026, 11, 7, 9, 5),      date(2026, 11, 9),           "read on a Saturday: the next school day"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "started", "on", "why"), DUE_DATES)
def test_due_date(rule, started, on, why):
    assert due(rule, started) == on, why


def test_the_duty_became_law_on_7_november_2025():
    from pathways.rulebook import load

    old, new = load().editions("oe.notify")
    assert (old.force, new.force) == ("local", "statutory")


def test_a_notice_from_the_night_to_the_child_supported():
    case = Paper(PATHWAY, "incident", at(2026, 11, 4, 2, 15))
    assert case.draft.running[0].values["due_at"] == at(2026, 11, 4, 9)
    assert case.do("send_notice", POLICE, at(2026, 11, 4, 8, 30)) == "notified"
    assert case.running == {}
    case.do("receive_notice", DSL, at(2026, 11, 4, 8, 45))
    assert case.running == {"oe.dsl_response": date(2026, 11, 4)}
    case.do("offer_support", DSL, at(2026, 11, 4, 11))
    assert case.running == {}
    assert case.do("close", DSL, at(2026, 11, 4, 15)) == "closed"


def test_a_notice_to_the_wrong_place_is_due_since_the_incident_and_not_since_the_mistake():
    case = Paper(PATHWAY, "incident", at(2026, 11, 4, 22))
    case.do("send_notice", POLICE, at(2026, 11, 5, 8))
    case.do("redirect_notice", DSL, at(2026, 11, 5, 10), education="educated at home")
    assert case.running == {"oe.notify": date(2026, 11, 5)}
    assert case.do("send_notice", POLICE, at(2026, 11, 5, 11)) == NOT_YET
    assert case.do("send_notice", POLICE, at(2026, 11, 5, 11), to="the authority") == "notified"


def test_the_refusal_says_who_should_have_it():
    answer = asked(PATHWAY, "incident", "send_notice", POLICE, AT_HOME | {"notice_to": "school or college"})
    assert answer.reasons[0].details == ("This child's notice goes to: the authority",)


def test_a_notice_is_no_referral_and_not_referring_is_reasoned():
    for move in PATHWAY.moves:
        if move.trigger in ("send_notice", "receive_notice", "offer_support", "close"):
            assert move.opens == ()
    (close,) = [move for move in PATHWAY.moves if move.trigger == "close"]
    assert {"level", "why_no_referral"} <= {field.name for field in close.records.fields if field.required}


def test_an_untouched_notice_is_late_and_stays_where_it_is():
    case = Paper(PATHWAY, "incident", at(2026, 11, 4, 22))
    assert case.pass_time(london(date(2026, 11, 20))) == "incident"
    assert set(OPEN) == {"incident", "notified", "acknowledged", "supported"}
