"""A census goes in: where each child then stands, which limits run to which day, and what a second file changes."""

from __future__ import annotations

import gc
import io
import json
import re
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from models.importing import import_census
from models.prepared import statement
from models.store import open_store
from models.sweep import pass_due_dates
from models.verify import verify
from pathways.census import CensusRefused, Limits
from pathways.invented import write_census
from tests.imported import (
    AGE_18,
    CP,
    DONE,
    IMPORTER,
    MET,
    NOW,
    S17,
    SAMPLE,
    SHARED,
    actions,
    cases,
    everything,
    front,
    met,
    running,
    stands,
    take,
    trail,
    unused,
    who,
)
from tests.kept import every_row
from tests.pathways.census_text import HEAD, TAIL, assessment, child, cin, closed, cp, episode, s47

pytestmark = pytest.mark.sqlcipher

CHILDREN = {
    "a referral that led to nothing": (
        child(episode(nfa="1"), who()), [("decided", "no_further_action")], [], {},
    ),
    "a referral of the last day, not decided: one working day": (
        child(episode(referred="2026-03-31"), who()), [("triage", None)], [],
        {"fd.decision": date(2026, 4, 1), "fd.ack": date(2026, 4, 1)},
    ),
    "an open assessment: 45 working days from the referral, over Easter and May Day": (
        child(episode(assessment("2026-03-03", factors=()), referred="2026-03-02"), who()),
        [("decided", "s17_assessment")], [(S17, "assessing", None)], {"cin.assess": date(2026, 5, 7), **AGE_18},
    ),
    "assessed and closed": (
        child(episode(DONE, closed("2025-07-16", "RC8")), who()),
        [("decided", "s17_assessment")], [(S17, "closed", "close_nfa")], {},
    ),
    "assessed and passed to early help": (
        child(episode(DONE, closed("2025-07-16", "RC9")), who()),
        [("decided", "s17_assessment")], [(S17, "closed", "step_down_eh")], {},
    ),
    "a plan to be made: its first meeting within 10 working days, Good Friday and Easter Monday out": (
        child(episode(assessment("2026-01-06", "2026-03-20"), referred="2026-01-05"), who()),
        [("decided", "s17_assessment")], [(S17, "plan_pending", "cin_plan")],
        {"cin.first_meeting": date(2026, 4, 7), **AGE_18},
    ),
    "a child in need plan: 4 weeks and 12 weeks from its start": (
        child(episode(assessment("2026-01-06", "2026-02-27") + cin("2026-03-09"), referred="2026-01-05"), who()),
        [("decided", "s17_assessment")], [(S17, "active", "cin_plan")],
        {"cin.review": date(2026, 4, 6), "cin.plan_12_week": date(2026, 6, 1), **AGE_18},
    ),
    "a plan of nine months: the meetings that a census does not know are not called missed": (
        child(episode(DONE + cin("2025-07-21")), who()),
        [("decided", "s17_assessment")], [(S17, "active", "cin_plan")],
        {"cin.plan_12_week": date(2025, 10, 13), **AGE_18},
    ),
    "a plan that ended": (
        child(episode(DONE + cin("2025-07-21", "2025-10-01"), closed("2025-10-02")), who()),
        [("decided", "s17_assessment")], [(S17, "closed", "close_nfa")], {},
    ),
    "handed to another authority": (
        child(episode(DONE + cin("2025-07-21", "2025-10-01"), closed("2025-10-02", "RC5")), who()),
        [("decided", "s17_assessment")], [(S17, "closed", "transferred")], {},
    ),
    "an enquiry that waits for its conference: 15 working days": (
        child(episode(assessment("2026-03-17", factors=()) + s47("2026-03-18"), referred="2026-03-16"), who()),
        [("decided", "s17_assessment")], [(S17, "assessing", None), (CP, "s47", None)],
        {"cin.assess": date(2026, 5, 21), "cp.icpc": date(2026, 4, 10), **AGE_18},
    ),
    "an enquiry whose conference is overdue": (
        child(episode(assessment("2026-02-20", factors=()) + s47("2026-02-20"), referred="2026-02-19"), who()),
        [("decided", "s17_assessment")], [(S17, "assessing", None), (CP, "s47", None)],
        {"cin.assess": date(2026, 4, 27), "cp.icpc": date(2026, 3, 13), **AGE_18},
    ),
    "an enquiry without any assessment": (
        child(episode(s47("2026-03-18"), referred="2026-03-16"), who()),
        [("decided", "strategy_s47")], [(CP, "s47", None)], {"cp.icpc": date(2026, 4, 10), **AGE_18},
    ),
    "an enquiry that needed no conference, and a child in need plan": (
        child(episode(DONE + cin("2025-07-21") + s47("2025-06-04", none="1")), who()),
        [("decided", "s17_assessment")], [(S17, "active", "cin_plan"), (CP, "closed", "not_substantiated")],
        {"cin.plan_12_week": date(2025, 10, 13), **AGE_18},
    ),
    "a protection plan not reviewed yet: three months from the conference": (
        child(episode(assessment("2025-12-19", "2026-02-10") + s47("2025-12-22", "2026-01-14"),
                      referred="2025-12-18", plans=cp("2026-01-14")), who()),
        [("decided", "s17_assessment")], [(S17, "stepped_up", "step_up_s47"), (CP, "plan", None)],
        {"cp.rcpc_first": date(2026, 4, 14), **AGE_18},
    ),
    "a conference of the last week: its minutes and first core group lie ahead": (
        child(episode(s47("2026-03-09", "2026-03-27"), referred="2026-03-06", plans=cp("2026-03-27")), who()),
        [("decided", "strategy_s47")], [(CP, "plan", None)],
        {"cp.minutes": date(2026, 4, 28), "cp.coregroup_first": date(2026, 4, 14),
         "cp.rcpc_first": date(2026, 6, 27), **AGE_18},
    ),
    "a reviewed plan: six months from the review": (
        child(episode(DONE + s47("2025-06-04", "2025-06-20"), plans=cp("2025-06-20", reviews=["2025-09-15", "2026-03-12"])), who()),
        [("decided", "s17_assessment")], [(S17, "stepped_up", "step_up_s47"), (CP, "plan", None)],
        {"cp.rcpc_next": date(2026, 9, 12), "cp.minutes": date(2026, 4, 13), **AGE_18},
    ),
    "a conference that made no plan, and a child in need plan": (
        child(episode(DONE + cin("2025-06-24") + s47("2025-06-04", "2025-06-20")), who()),
        [("decided", "s17_assessment")], [(S17, "active", "cin_plan"), (CP, "closed", "no_plan_child_in_need")],
        {"cin.plan_12_week": date(2025, 9, 16), **AGE_18},
    ),
    "a protection plan that ended, and the child in need plan after it": (
        child(episode(DONE + cin("2025-09-15") + s47("2025-06-04", "2025-06-20"),
                      plans=cp("2025-06-20", "2025-09-15", reviews=["2025-09-15"])), who()),
        [("decided", "s17_assessment")],
        [(S17, "active", None), (S17, "stepped_up", "step_up_s47"), (CP, "ended", "risk_reduced")],
        {"cin.plan_12_week": date(2025, 12, 8), **AGE_18},
    ),
    "a child who moved here on a plan": (
        child(episode("", MET, plans=cp("2025-06-20", reviews=["2025-09-15"])), who()),
        [("decided", "strategy_s47")], [(CP, "plan", None)], {"cp.rcpc_next": date(2026, 3, 15), **AGE_18},
    ),
    "a child not born yet": (
        child(episode(assessment("2026-01-06", "2026-02-27") + cin("2026-03-09"), referred="2026-01-05"),
              who(born="<ExpectedPersonBirthDate>2026-06-15</ExpectedPersonBirthDate>", sex="U")),
        [("decided", "s17_assessment")], [(S17, "active", "cin_plan")],
        {"cin.review": date(2026, 4, 6), "cin.plan_12_week": date(2026, 6, 1)},
    ),
    "a child who died": (
        child(episode(DONE, closed("2025-08-04", "RC2")), who(more="<PersonDeathDate>2025-08-01</PersonDeathDate>")),
        [("decided", "s17_assessment")], [(S17, "closed", "died")], {},
    ),
    "a young person of 17": (
        child(episode(DONE + cin("2025-07-21")), who(born="<PersonBirthDate>2008-05-10</PersonBirthDate>")),
        [("decided", "s17_assessment")], [(S17, "active", "cin_plan")],
        {"cin.plan_12_week": date(2025, 10, 13), "cp.age_18": date(2026, 5, 10)},
    ),
    "a case of an earlier year of which nothing is sent": (
        child(episode(referred="2023-05-02"), who()),
        [("decided", "s17_assessment")], [(S17, "plan_pending", None)], AGE_18,
    ),
    "referred again": (
        child(episode(DONE, closed("2025-07-16", "RC8"))
              + episode(assessment("2026-03-03", factors=()), referred="2026-03-02"), who()),
        [("decided", "s17_assessment")] * 2, [(S17, "assessing", None), (S17, "closed", "close_nfa")],
        {"cin.assess": date(2026, 5, 7), **AGE_18},
    ),
}  # fmt: skip


@pytest.mark.parametrize("says", CHILDREN)
def test_a_child_stands_where_the_dates_imply(store, rules, says):
    text, at_the_door, elsewhere, limits = CHILDREN[says]
    report = take(store, rules, text)
    assert front(store) == at_the_door
    assert stands(store) == elsewhere
    assert running(store) == limits
    with store.reading() as tx:
        assert report.clocks == len([row for row in every_row(tx, "deadline") if not row.closed_at])
    assert verify(store, rules).faults == []


def test_limits_that_were_met_tell_whether_in_time(store, rules):
    """45 working days from 2 June 2025 end on 4 August; 15 from 4 June on 25 June; three months from 20 June."""
    plans = cp("2025-06-20", reviews=["2025-09-22", "2026-03-12"])
    take(store, rules, child(episode(DONE + s47("2025-06-04", "2025-06-20"), plans=plans), who()))
    found = met(store)
    assert found["cin.assess"] == (date(2025, 8, 4), date(2025, 7, 15))
    assert found["cp.icpc"] == (date(2025, 6, 25), date(2025, 6, 20))
    assert found["cp.rcpc_first"] == (date(2025, 9, 20), date(2025, 9, 22)), "a review two days late"
    assert found["cp.rcpc_next"] == (date(2026, 3, 22), date(2026, 3, 12))
    assert set(found) == {"cin.assess", "cp.icpc", "cp.rcpc_first", "cp.rcpc_next"}, (
        "nobody knows when it was decided"
    )


def test_history_is_asserted_and_opens_one_case_from_the_other(store, rules):
    take(store, rules, child(episode(DONE + s47("2025-06-04", "2025-06-20"), plans=cp("2025-06-20")), who()))
    assert {
        basis for name in ("front_door", S17, CP) for each in trail(store, name) for _, _, basis in each
    } == {"asserted"}
    assert actions(store, "front_door") == [["open_referral", "decide_assessment"]]
    assert actions(store, S17) == [
        ["opened_from_front_door", "suspect_harm", "child_protection_plan_made", "decide_strategy"]
    ]
    assert actions(store, CP) == [
        ["opened_from_child_in_need", "start_enquiry", "decide_conference", "start_conference", "decide_plan"]
    ]
    assert [each.reference for each in cases(store)] == ["CIN-2025-0001", "CP-2025-0001", "RF-2025-0001"]
    with store.reading() as tx:
        rows = tx.all("trail_of_case", reference="CP-2025-0001")
        facts = tx.one("case_by_reference", reference="CP-2025-0001").facts
        assert tx.all("messages_to_relay", after=0, most=10) == []
        assert (
            tx.all("records_of_case", case_id=tx.one("case_by_reference", reference="CP-2025-0001").id) == []
        )
    assert json.loads(rows[0].body)["from"] == "CIN-2025-0001"
    assert [row.role for row in rows] == ["import"] * 5
    assert [row.seq for row in rows if row.body and json.loads(row.body).get("implied")] == [3]
    assert facts["category"] == "NEG"
    assert facts["icpc_held"] == "2025-06-20"
    assert "child_seen" not in facts, "no visit is invented"


def test_a_person_is_known_by_the_authority_s_number(store, rules):
    what = "<Ethnicity>WBRI</Ethnicity><Disabilities><Disability>AUT</Disability><Disability>LD</Disability></Disabilities>"
    take(store, rules, child(episode(nfa="1"), who(), what))
    with store.reading() as tx:
        person = tx.one("person_by_identifier", scheme="la_child_id", value="999/A1")
        assert (person.kind, person.birth_date, person.sex, person.ethnicity) == (
            "child",
            date(2015, 5, 5),
            "F",
            "WBRI",
        )
        told = {(each.kind, each.code) for each in tx.all("characteristics_of_person", person_id=person.id)}
        assert told == {("disability", "AUT"), ("disability", "LD"), ("upn_unknown", "UN2")}
        row = tx.one("episode_by_source_key", source_key="cin:999:A1:2025-06-02")
        assert (row.opened_on, row.closed_on, row.referral_source, row.primary_need, row.basis) == (
            date(2025, 6, 2), date(2025, 6, 2), "6", "N1", "asserted",
        )  # fmt: skip


def test_an_episode_keeps_factors_categories_and_what_no_rule_reads(store, rules):
    extra = "<PreProceedingsandFGDM><PPStartDate>2026-05-01</PPStartDate></PreProceedingsandFGDM>"
    inside = assessment("2025-06-03", "2025-07-15", ("3B", "4B"))
    text = child(episode(inside + s47("2025-06-04", "2025-06-20"), plans=cp("2025-06-20") + extra), who())
    take(store, rules, text)
    with store.reading() as tx:
        details = tx.one("episode_by_source_key", source_key="cin:999:A1:2025-06-02").details
    assert details["assessments"][0]["factors"] == ["3B", "4B"]
    assert details["cp_plans"][0]["initial_category"] == "NEG"
    assert details["extensions"] == [["PreProceedingsandFGDM", [["PPStartDate", "2026-05-01"]]]]


def test_a_child_of_whom_nothing_can_be_used_is_a_person_and_a_list(store, rules):
    broken = episode("", referred="soon").replace("N1", "N99")
    report = take(store, rules, child(broken, who(born="<PersonBirthDate>31/31/2015</PersonBirthDate>")))
    assert (report.children, report.people_new, report.episodes, report.cases_new) == (1, 1, 0, 0)
    listed = unused(store)
    assert len(listed) == report.unused
    assert {("soon", "not used"), ("N99", "not used"), ("31/31/2015", "not used")} <= {
        (value, kind) for _, _, value, _, kind in listed
    }
    assert all(each[0] == "A1" and each[3].endswith(".") for each in listed)


def test_the_same_file_again_changes_nothing(store, rules):
    texts = [child(episode(DONE + cin("2025-07-21")), who(f"A{n}")) for n in range(5)]
    first = take(store, rules, *texts)
    before = everything(store)
    again = take(store, rules, *texts, now=datetime(2026, 5, 1, tzinfo=UTC))
    assert (first.already, again.already, again.run_id) == (False, True, first.run_id)
    assert everything(store) == before


def test_the_same_children_in_another_file_change_nothing(store, rules):
    texts = [each[0].replace("A1", f"B{n}") for n, each in enumerate(CHILDREN.values())]
    take(store, rules, *texts)
    before = everything(store)
    report = take(store, rules, *texts, tail="\n" + TAIL)
    assert (report.already, report.cases_new, report.cases_changed, report.people_new) == (False, 0, 0, 0)
    assert everything(store) == before


def test_a_trial_keeps_nothing_and_tells_everything(store, rules):
    told = []
    before = everything(store)
    report = take(
        store,
        rules,
        CHILDREN["a case of an earlier year of which nothing is sent"][0],
        dry_run=True,
        on_unused=told.append,
    )
    assert everything(store) == before
    assert (report.kept, report.run_id, report.cases_new, report.people_new) == (False, None, 2, 1)
    assert len(told) == report.unused > 0
    assert "looked-after" in told[-1].reason
    assert not take(store, rules, CHILDREN["assessed and closed"][0]).already


def test_a_file_cut_off_is_taken_as_far_as_it_goes_and_completed_by_the_whole(store, rules):
    texts = [child(episode(DONE + cin("2025-07-21")), who(f"A{n}")) for n in range(6)]
    whole = (HEAD + "".join(texts) + TAIL).encode()
    cut = whole[: whole.index(b"A4</LAchildID>")]
    report = import_census(store, rules, io.BytesIO(cut), now=NOW, actor=IMPORTER, batch=2)
    assert report.children == 4
    assert "stops too early" in report.broken
    assert report.broken in [reason for _, _, _, reason, _ in unused(store)]
    done = import_census(store, rules, io.BytesIO(whole), now=NOW, actor=IMPORTER, batch=2)
    assert (done.broken, done.children, done.people_new, done.cases_new) == ("", 6, 2, 4)
    assert len(cases(store)) == 12
    assert verify(store, rules).faults == []


class _Stopped(Exception):
    pass


class _StopsAt(io.BytesIO):
    """A file whose reading is stopped, as by Ctrl+C or a power cut, once it is read for good."""

    rewinds = 0

    def seek(self, *at):
        self.rewinds += 1
        return super().seek(*at)

    def read(self, size=-1):
        if self.rewinds >= 2 and self.tell() >= 128 * 1024:
            raise _Stopped
        return super().read(size)


def test_an_import_that_was_stopped_goes_on_where_it_was(store, rules):
    texts = [
        child(episode(DONE + cin("2025-07-21")) + episode("", referred="bad"), who(f"A{n:03d}"))
        for n in range(300)
    ]
    whole = (HEAD + "".join(texts) + TAIL).encode()
    with pytest.raises(_Stopped):
        import_census(store, rules, _StopsAt(whole), now=NOW, actor=IMPORTER, batch=40)
    with store.reading() as tx:
        half = len(tx.all("every_case_state"))
    assert 0 < half < 600
    report = import_census(store, rules, io.BytesIO(whole), now=NOW, actor=IMPORTER, batch=40)
    assert (report.children, report.cases_new, report.people_new) == (300, 600, 300 - half // 2)
    assert len(cases(store)) == 600
    assert Counter(each[0] for each in unused(store)) == Counter(
        {f"A{n:03d}": len(unused(store)) // 300 for n in range(300)}
    )
    assert import_census(store, rules, io.BytesIO(whole), now=NOW, actor=IMPORTER).already


def test_a_file_that_cannot_be_read_writes_nothing(store, rules):
    before = everything(store)
    for data in (b"", b"{}", b"<Message><Header/></Message>", b"<!DOCTYPE x []>" + HEAD.encode()):
        with pytest.raises(CensusRefused):
            import_census(store, rules, io.BytesIO(data), now=NOW, actor=IMPORTER)
    text = (HEAD + child(episode(nfa="1"), who()) + TAIL).encode()
    with pytest.raises(CensusRefused, match="larger than"):
        import_census(store, rules, io.BytesIO(text), now=NOW, actor=IMPORTER, limits=Limits(file_bytes=100))
    assert everything(store) == before


class _Pipe(io.RawIOBase):
    def __init__(self, data):
        self._data = io.BytesIO(data)

    def readable(self):
        return True

    def seekable(self):
        return False

    def read(self, size=-1):
        return self._data.read(size)


def test_a_file_through_a_pipe_is_taken_too(store, rules):
    text = (HEAD + child(episode(nfa="1"), who()) + TAIL).encode()
    assert import_census(store, rules, _Pipe(text), now=NOW, actor=IMPORTER).children == 1
    assert import_census(store, rules, io.BytesIO(text), now=NOW, actor=IMPORTER).already


# --- whole files -------------------------------------------------------------------------------------------------


def names():
    lines = (SAMPLE / "names.csv").read_text(encoding="utf-8").splitlines()[1:]
    return {
        number: (given, family, kin) for number, given, family, kin in (line.split(",") for line in lines)
    }


def test_the_sample_stands_as_it_should_and_the_overnight_check_finds_its_dates(store, rules):
    with (SAMPLE / "cin_census_2026.xml").open("rb") as file:
        report = import_census(store, rules, file, now=NOW, actor=IMPORTER, names=names())
    assert (report.children, report.people_new, report.episodes) == (60, 60, 71)
    assert report.broken == ""
    assert report.states == Counter((each.pathway, each.state) for each in cases(store))
    assert sum(report.states.values()) == report.cases_new == 163
    assert not report.unknown
    states = Counter((each.pathway, each.state) for each in cases(store) if each.is_open)
    assert states == {
        ("front_door", "triage"): 4, (S17, "assessing"): 14, (S17, "active"): 12, (CP, "s47"): 5, (CP, "plan"): 10,
    }  # fmt: skip
    assert verify(store, rules).faults == []
    with store.reading() as tx:
        kin = [tx.all("siblings_of_person", person_id=n) for n in range(1, 61)]
    assert any(kin), "children of one family are brothers and sisters"
    tally = pass_due_dates(store, rules, datetime(2026, 4, 1, 4, tzinfo=UTC), NOW)
    assert tally.moved > 0
    assert tally.parked == 0
    assert verify(store, rules).faults == []


@pytest.mark.parametrize("path", sorted(SHARED.glob("*.xml")), ids=lambda path: path.stem)
def test_a_shared_sample_is_taken_as_far_as_it_goes(store, rules, path):
    with path.open("rb") as file:
        report = import_census(store, rules, file, now=NOW, actor=IMPORTER)
    assert report.children > 0
    assert len(unused(store)) == report.unused
    assert verify(store, rules).faults == []
    before = everything(store)
    with path.open("rb") as file:
        assert import_census(store, rules, file, now=NOW, actor=IMPORTER).already
    assert everything(store) == before


def test_the_handmade_sample_stands_as_worked_out_by_hand(store, rules):
    path = SHARED / "handmade_valid_2026.xml"
    if not path.exists():
        pytest.skip("the shared samples are not here")
    with path.open("rb") as file:
        report = import_census(store, rules, file, now=NOW, actor=IMPORTER)
    assert report.unused == 0
    assert stands(store) == [
        (S17, "active", "cin_plan"), (S17, "closed", "step_down_eh"), (S17, "stepped_up", "step_up_s47"), (CP, "plan", None),
    ]  # fmt: skip
    assert running(store) == {
        "cin.review": date(2026, 4, 15), "cin.plan_12_week": date(2026, 6, 10), "cp.rcpc_next": date(2026, 5, 26),
        "cp.age_18": date(2037, 11, 5),
    }  # fmt: skip


def test_memory_does_not_grow_with_the_file(sqlite_url, rules):
    """The same fifty children under other numbers, over and over: what is remembered of dates is full after the first."""
    import tracemalloc

    some = io.BytesIO()
    write_census(some, children=50, seed=1)
    head, each, tail = re.split(
        "(<Child>.*</Child>)", re.sub("<UPN>.*?</UPN>", "", some.getvalue().decode()), flags=re.DOTALL
    )
    fifties = (each.replace("</LAchildID>", f"x{n}</LAchildID>") for n in range(12))
    data = io.BytesIO((head + "".join(fifties) + tail).encode())
    peaks = []

    def written(_read, _of):
        peaks.append(tracemalloc.get_traced_memory()[1])
        gc.collect()
        tracemalloc.reset_peak()

    tracemalloc.start()
    try:
        with open_store(sqlite_url) as store:
            report = import_census(store, rules, data, now=NOW, actor=IMPORTER, batch=50, progress=written)
    finally:
        tracemalloc.stop()
    assert report.people_new == 600
    *written_only, _last = peaks  # with the checkpoint, which holds the end of every chain for a moment
    assert max(written_only[-4:]) < max(written_only[1:4]) * 1.15


@pytest.mark.parametrize("children", [20, 21, 22, 23, 24])
def test_an_import_ends_with_a_checkpoint_over_it_however_many_entries_it_wrote(sqlite_url, rules, children):
    data = io.BytesIO()
    write_census(data, children=children, seed=children, lea="826")
    with open_store(sqlite_url) as store:
        import_census(store, rules, data, now=NOW, actor=IMPORTER)
        with store.reading() as tx:
            assert tx.need("last_checkpoint").at == NOW
            assert list(tx.plain("grown_chains")) == []


def test_an_import_cut_off_after_its_last_entry_gets_its_checkpoint_when_it_is_repeated(
    sqlite_url, rules, monkeypatch
):
    data = io.BytesIO()
    write_census(data, children=20, seed=20, lea="826")
    with open_store(sqlite_url) as store:
        with monkeypatch.context() as cut_off:
            cut_off.setattr("models.importing.after_write", lambda *_, **__: None)
            import_census(store, rules, data, now=NOW, actor=IMPORTER)
        with store.reading() as tx:
            assert tx.one("last_checkpoint") is None
        assert import_census(store, rules, data, now=NOW, actor=IMPORTER).already
        with store.reading() as tx:
            assert tx.need("last_checkpoint").at == NOW


def test_rows_written_at_once_are_those_written_one_by_one(store):
    awkward = ["NULL", "", " a ", 'a,"b"\\{c}', "O'Brien", "\u202eé", "x" * 2_000, "%s"]
    found = []
    for write in ("bulk", "many"):
        with store.writing() as tx:
            counts = dict.fromkeys(("children", "cases", "unused"), 0)
            run = tx.need(
                "add_import_run", kind="cin-census", fingerprint=write, reference_date=date(2026, 3, 31), started_at=NOW,
                finished_at=None, **counts,
            ).id  # fmt: skip
            row = {
                "run_id": run,
                "child": "A1",
                "line": 7,
                "element": "Sex",
                "reason": "",
                "rule": "",
                "kind": "query",
            }
            getattr(tx, write)("add_import_unused", [row | {"value": each} for each in awkward])
            found.append(tx.all("unused_of_import", run_id=run))
    assert [each.value for each in found[0]] == [each.value for each in found[1]] == awkward
    assert {each[2:5] for each in found[0]} == {each[2:5] for each in found[1]} == {("A1", 7, "Sex")}


def test_keys_are_drawn_from_a_sequence_that_is_looked_up_once(migrated_url):
    asked = statement("postgresql", "draw_case_keys")
    with open_store(migrated_url) as store, store.reading() as tx:
        tx.cursor.execute(f"EXPLAIN VERBOSE {asked.sql}", asked.values({"count": 1_000}))
        plan = "\n".join(line for (line,) in tx.cursor.fetchall())
    each_row, _, once = plan.partition("InitPlan")
    assert "nextval" in each_row
    assert "pg_get_serial_sequence" in once
    assert "pg_get_serial_sequence" not in each_row
