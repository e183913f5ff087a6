"""The next return, or a corrected one: what is new is added to the trails, what contradicts them is listed."""

from __future__ import annotations

from datetime import UTC, date, datetime

from models.casework import Casework
from models.sweep import pass_due_dates
from models.verify import verify
from pathways import pathway
from tests.casefile import COORDINATOR, complete
from tests.imported import (
    AGE_18,
    CP,
    DONE,
    NOW,
    S17,
    actions,
    cases,
    everything,
    met,
    next_year,
    running,
    stands,
    take,
    trail,
    unused,
    who,
)
from tests.pathways.census_text import HEAD, assessment, child, cin, closed, cp, episode, s47

LATER = datetime(2027, 4, 20, tzinfo=UTC)
ASSESSING = child(episode(assessment("2026-03-03", factors=()), referred="2026-03-02"), who())
ON_A_PLAN = child(
    episode(assessment("2026-01-06", "2026-02-27") + cin("2026-03-09"), referred="2026-01-05"), who()
)
PROTECTED = child(
    episode(
        assessment("2025-12-19", "2026-02-10") + s47("2025-12-22", "2026-01-14"),
        referred="2025-12-18",
        plans=cp("2026-01-14"),
    ),
    who(),
)
REVIEWED = child(
    episode(
        DONE + s47("2025-06-04", "2025-06-20"), plans=cp("2025-06-20", reviews=["2025-09-15", "2026-03-12"])
    ),
    who(),
)


def test_last_year_s_open_assessment_is_now_authorised(store, rules):
    take(
        store,
        rules,
        ASSESSING,
    )
    text = child(
        episode(assessment("2026-03-03", "2026-05-06") + cin("2026-05-11"), referred="2026-03-02"), who()
    )
    report = take(store, rules, text, head=next_year(HEAD), now=LATER)
    assert (report.cases_new, report.cases_changed, report.people_new) == (0, 1, 0)
    assert stands(store) == [(S17, "active", "cin_plan")]
    assert met(store)["cin.assess"] == (date(2026, 5, 7), date(2026, 5, 6))
    assert running(store) == {"cin.plan_12_week": date(2026, 8, 3), **AGE_18}
    assert verify(store, rules).faults == []


def test_what_a_later_return_no_longer_sends_stays_as_it_was(store, rules):
    """The year after, only the running plan and its new reviews are sent: no assessment, no enquiry."""
    take(store, rules, PROTECTED)
    text = child(
        episode("", referred="2025-12-18", plans=cp("2026-01-14", reviews=["2026-04-10", "2026-10-02"])),
        who(),
    )
    report = take(store, rules, text, head=next_year(HEAD), now=LATER)
    assert (report.cases_new, report.cases_changed) == (0, 1)
    assert stands(store) == [(S17, "stepped_up", "step_up_s47"), (CP, "plan", None)]
    assert met(store)["cp.rcpc_first"] == (date(2026, 4, 14), date(2026, 4, 10))
    assert running(store) == {"cp.rcpc_next": date(2027, 4, 2), **AGE_18}
    assert verify(store, rules).faults == []


def test_a_later_return_goes_on_after_the_overnight_check_has_moved_the_case(store, rules):
    take(store, rules, PROTECTED)
    tally = pass_due_dates(
        store, rules, datetime(2026, 4, 21, 4, tzinfo=UTC), datetime(2026, 4, 21, 4, tzinfo=UTC)
    )
    assert tally.moved == 1
    assert stands(store)[-1] == (CP, "rcpc_overdue", None)
    text = child(episode("", referred="2025-12-18", plans=cp("2026-01-14", reviews=["2026-04-20"])), who())
    take(store, rules, text, head=next_year(HEAD), now=LATER)
    assert stands(store)[-1] == (CP, "plan", None)
    assert met(store)["cp.rcpc_first"] == (date(2026, 4, 14), date(2026, 4, 20))
    assert verify(store, rules).faults == []


def test_a_return_that_contradicts_the_trail_is_listed_and_not_applied(store, rules):
    take(store, rules, REVIEWED)
    before = everything(store)
    text = child(episode(assessment("2025-06-03", "2025-07-18") + s47("2025-06-04", "2025-06-20"),
                         plans=cp("2025-06-20", reviews=["2025-09-15", "2025-12-01", "2026-03-12"])), who())  # fmt: skip
    report = take(store, rules, text)
    assert (report.cases_changed, report.cases_new) == (0, 0)
    assert everything(store)["trail"] == before["trail"]
    listed = [
        (element, value, reason) for _, element, value, reason, kind in unused(store, 2) if kind == "not used"
    ]
    assert listed[0][:2] == ("CINdetails[1]/Assessments/AssessmentAuthorisationDate", "2025-07-18")
    assert "earlier return said 2025-07-15" in listed[0][2]
    assert "start-conference 2025-12-01" in listed[1][1]
    assert "the trail says start-conference on 2026-03-12" in listed[1][2]


def test_a_case_that_people_have_worked_on_is_left_to_them(store, rules):
    take(
        store,
        rules,
        ASSESSING,
    )
    casework = Casework(store, rules)
    reference = next(each.reference for each in cases(store) if each.pathway == S17)
    move = next(each for each in pathway(S17).moves if each.trigger == "note")
    casework.make(reference, "note", actor=COORDINATOR, now=NOW, answers=complete(move.records, "2026-04-20"))
    assert trail(store, S17)[0][-1][2] == "witnessed"
    text = child(
        episode(assessment("2026-03-03", "2026-05-06"), closed("2026-05-07", "RC8"), referred="2026-03-02"),
        who(),
    )
    report = take(store, rules, text, head=next_year(HEAD), now=LATER)
    assert report.cases_changed == 0
    assert stands(store) == [(S17, "assessing", None)]
    assert any("people have worked on the case" in reason for _, _, _, reason, _ in unused(store, 2))
    with store.reading() as tx:
        row = tx.one("episode_by_source_key", source_key="cin:999:A1:2026-03-02")
    assert (row.closed_on, row.closure_reason) == (None, "RC8"), "the case is open, so the episode is"


def test_a_second_open_case_on_one_pathway_is_not_opened(store, rules):
    twice = child(
        episode(DONE + cin("2025-07-21"))
        + episode(assessment("2026-03-03", factors=()), referred="2026-03-02"),
        who(),
    )
    take(store, rules, twice)
    assert stands(store) == [(S17, "active", "cin_plan")]
    assert any("has an open case on this pathway already" in reason for _, _, _, reason, _ in unused(store))


def test_a_child_born_since_the_last_return_is_no_longer_unborn(store, rules):
    expected = who(born="<ExpectedPersonBirthDate>2026-06-15</ExpectedPersonBirthDate>", sex="U")
    inside = s47("2026-03-09", "2026-03-27")
    take(store, rules, child(episode(inside, referred="2026-03-06", plans=cp("2026-03-27")), expected))
    born = who(born="<PersonBirthDate>2026-06-12</PersonBirthDate>")
    text = child(episode("", referred="2026-03-06", plans=cp("2026-03-27", reviews=["2026-06-24"])), born)
    take(store, rules, text, head=next_year(HEAD), now=LATER)
    assert actions(store, CP)[0][-3:] == ["child_born", "start_conference", "continue_plan"]
    with store.reading() as tx:
        person = tx.one("person_by_identifier", scheme="la_child_id", value="999/A1")
    assert (person.kind, person.birth_date, person.sex) == ("child", date(2026, 6, 12), "F")
    assert running(store)["cp.age_18"] == date(2044, 6, 12)
    assert verify(store, rules).faults == []


def test_a_death_after_the_last_return_ends_what_is_open(store, rules):
    take(store, rules, ON_A_PLAN)
    died = who(more="<PersonDeathDate>2026-09-01</PersonDeathDate>")
    inside = assessment("2026-01-06", "2026-02-27") + cin("2026-03-09", "2026-09-01")
    text = child(episode(inside, closed("2026-09-03", "RC2"), referred="2026-01-05"), died)
    take(store, rules, text, head=next_year(HEAD), now=LATER)
    assert stands(store) == [(S17, "closed", "died")]
    assert running(store) == {}
    with store.reading() as tx:
        row = tx.one("episode_by_source_key", source_key="cin:999:A1:2026-01-05")
    assert (row.closed_on, row.closure_reason) == (date(2026, 9, 3), "RC2")


def test_a_return_tried_out_before_its_day_is_told_up_to_today(store, rules):
    """Minutes are due 20 working days after 14 January 2026: on 11 February, which still lies ahead."""
    take(store, rules, PROTECTED, now=datetime(2026, 2, 2, 9, 0, tzinfo=UTC))
    assert running(store)["cp.minutes"] == date(2026, 2, 11)


def test_a_new_child_whose_pupil_number_somebody_has_is_listed_and_nothing_is_joined(store, rules):
    """A return holds no names, so the number alone says that two records may be of one child; a person links them."""
    first, second = (
        child(episode(assessment("2026-03-03", factors=()), referred="2026-03-02"), who(number)).replace(
            "<UPNunknown>UN2</UPNunknown>", "<UPN>L343123415201</UPN>"
        )
        for number in ("A1", "B2")
    )
    take(store, rules, first)
    assert not [each for each in unused(store) if "merge" in each[3]]
    report = take(store, rules, second)
    ((listed, element, value, reason, kind),) = [each for each in unused(store, 2) if "merge" in each[3]]
    assert (listed, element, value, kind) == ("B2", "ChildIdentifiers/UPN", "L343123415201", "query")
    assert reason.endswith("pathways people CASE merge CASE")
    assert report.people_new == 1
