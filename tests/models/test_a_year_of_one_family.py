"""A year of one invented family: early help, child in need, child protection, and down again, with missed nights.

Beside it runs an allegation about an adult who works with children. Every screen of the family's cases is the
same, byte for byte, as without it. Dates are worked out from a calendar by hand.
"""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta

import pytest

from models.casework import Casework, NewPerson
from models.setup import AtTheKeyboard, fill
from models.store import open_store
from models.sweep import pass_due_dates
from models.verify import verify
from models.viewer import ALL_SEEING, NOBODY
from pathways import NAMES, pathway
from pathways.roles import Role
from tests.casefile import COORDINATOR, complete

pytestmark = pytest.mark.sqlcipher

PATHWAYS = {pathway(name).prefix: pathway(name) for name in NAMES}


class Family:
    """One child's cases, moved through a year; every night is checked but the three that are missed."""

    def __init__(self, store, rules):
        self.store, self.rules = store, rules
        self.casework = Casework(store, rules)
        self.now = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
        self.missed = {date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)}

    def until(self, day):
        """Let the nights pass, checking each at four in the morning."""
        while self.now.date() < day:
            self.now = (self.now + timedelta(days=1)).replace(hour=4)
            if self.now.date() not in self.missed:
                found = pass_due_dates(self.store, self.rules, self.now, self.now)
                assert found.parked == 0
        self.now = self.now.replace(hour=10)

    def open(self, name, entry, person, **own):
        answers = complete(pathway(name).entry(entry).records, self.now.date().isoformat(), **own)
        return self.casework.open(
            name, entry, person=person, actor=COORDINATOR, now=self.now, answers=answers
        ).reference

    def do(self, reference, trigger, **own):
        found = PATHWAYS[reference.split("-")[0]]
        move = next(each for each in found.moves_from(self.at(reference)) if each.trigger == trigger)
        return self.casework.make(
            reference,
            trigger,
            actor=COORDINATOR,
            now=self.now,
            answers=complete(move.records, self.now.date().isoformat(), **own),
            overrides={each.id: "an invented reason" for each in move.conditions},
        )

    def at(self, reference):
        with self.store.reading() as tx:
            return tx.one("case_by_reference", reference=reference).state

    def due(self, reference, rule):
        with self.store.reading() as tx:
            case = tx.one("case_by_reference", reference=reference)
            return next(
                row.due_on for row in tx.all("running_deadlines", case_id=case.id) if row.rule == rule
            )

    def episodes(self, *references):
        with self.store.reading() as tx:
            return {tx.one("case_by_reference", reference=each).episode_id for each in references}


def live_the_year(family):
    """January to December 2026; the references of the cases, in the order in which they were opened."""
    child = NewPerson(given="Ash", family="Birch", birth_date=date(2017, 6, 1), sex="F")
    early = family.open("early_help", "early_help", child, level="2")
    for trigger, own in (
        ("allocate", {}),
        ("record_consent", {"given": "yes"}),
        ("give_consent", {"given": "yes"}),
        ("log_with_hub", {}),
    ):
        family.do(early, trigger, **own)
    assert family.due(early, "eh.assessment") == date(2026, 2, 2), "20 working days from Monday 5 January"
    family.until(date(2026, 1, 19))
    family.do(early, "complete_assessment")
    family.until(date(2026, 1, 26))
    family.do(early, "team_met")
    assert family.due(early, "eh.taf_review") == date(2026, 3, 9), "six weeks"
    family.until(date(2026, 3, 10))
    assert family.at(early) == "review_due", (
        "the review's window has passed, and three nights with no check in it"
    )
    family.do(early, "step_up")
    with family.store.reading() as tx:
        person = tx.one("case_by_reference", reference=early).person_id
        referral = tx.one("open_case_of_person", person_id=person, pathway="front_door").reference
    family.do(referral, "receive_referral")
    assert family.due(referral, "fd.decision") == date(2026, 3, 11)
    family.do(referral, "record_checks")
    family.do(referral, "record_consent", given="yes")
    (need,) = family.do(referral, "decide_assessment").opened
    assert family.due(need, "cin.assess") == date(2026, 5, 15), (
        "45 working days: Easter and the early May holiday are not"
    )
    family.do(early, "taken_over_as_child_in_need")
    family.until(date(2026, 4, 1))
    for trigger in ("allocate", "child_seen"):
        family.do(need, trigger)
    family.do(need, "decide_plan_needed")
    family.until(date(2026, 4, 10))
    family.do(need, "first_meeting_held")
    assert family.due(need, "cin.plan_12_week") == date(2026, 7, 3), "eighty-four days from Friday 10 April"
    family.until(date(2026, 5, 6))
    (protection,) = family.do(need, "suspect_harm").opened
    family.do(protection, "start_enquiry")
    assert family.due(protection, "cp.icpc") == date(2026, 5, 28), "15 working days; 25 May is a bank holiday"
    for trigger in ("allocate", "child_seen", "decide_conference"):
        family.do(protection, trigger)
    family.until(date(2026, 6, 1))
    assert family.at(protection) == "icpc_overdue", "late, with every move as before"
    family.do(protection, "start_conference", agencies="social care,police,school,health visiting")
    family.do(protection, "views_recorded")
    family.do(protection, "decide_plan", review_on="2026-08-26")
    assert (family.at(need), family.at(protection)) == ("stepped_up", "plan")
    assert family.due(protection, "cp.rcpc_first") == date(2026, 9, 1), "three months"
    assert family.due(protection, "cp.coregroup_first") == date(2026, 6, 15), "ten working days"
    family.until(date(2026, 6, 12))
    family.do(protection, "core_group_held")
    assert family.due(protection, "cp.coregroup_next") == date(2026, 7, 10), "four weeks"
    family.until(date(2026, 8, 26))
    family.do(protection, "start_conference", agencies="social care,police,school,health visiting")
    family.do(protection, "views_recorded")
    family.do(protection, "name_step_down_lead")
    (again,) = family.do(protection, "end_plan_to_child_in_need").opened
    assert (family.at(protection), family.at(again)) == ("ended", "plan_pending")
    family.until(date(2026, 9, 4))
    for trigger, own in (
        ("allocate", {}),
        ("record_consent", {"given": "yes"}),
        ("first_meeting_held", {}),
        ("name_step_down_lead", {}),
    ):
        family.do(again, trigger, **own)
    family.until(date(2026, 11, 27))
    assert family.at(again) == "active", "the twelfth week's last day is not over yet"
    family.until(date(2026, 11, 28))
    assert family.at(again) == "drift_review", "a person must step down, close or continue"
    (down,) = family.do(again, "end_plan_to_early_help").opened
    assert family.at(down) == "step_down_offered", "nobody has it until the named lead accepts"
    for trigger, own in (("allocate", {}), ("record_consent", {"given": "yes"}), ("accept_step_down", {})):
        family.do(down, trigger, **own)
    family.until(date(2026, 12, 14))
    return [early, referral, need, protection, again, down]


def test_a_year_of_one_family(store, rules):
    family = Family(store, rules)
    references = live_the_year(family)
    _early, _, need, protection, again, down = references
    assert family.at(down) == "planned"
    assert len(family.episodes(need, protection, again, down)) == 1, (
        "changing legal basis does not restart the record"
    )
    found = verify(store, rules)
    assert found.faults == []
    with store.reading() as tx:
        late = [
            row.action for row in tx.all("trail_of_case", reference=protection) if row.action == "icpc_missed"
        ]
    assert late == ["icpc_missed"], "late once, and on the record for ever"


@pytest.fixture
def screens(tmp_path, empty_sqlite, rules, monkeypatch, capsys):
    """Live the year in a practice store of its own; give every screen of the family's, as printed."""

    def printed(label, beside):
        folder = tmp_path / label
        folder.mkdir(mode=0o700)
        shutil.copy(empty_sqlite, folder / "practice.db")
        monkeypatch.setenv("PATHWAYS_HOME", str(folder))
        monkeypatch.delenv("PATHWAYS_DATABASE_URL", raising=False)
        with open_store(f"sqlite:///{folder / 'practice.db'}") as store:
            who = AtTheKeyboard("practice", "Coordinator 1", (Role.COORDINATOR,))
            fill(
                store,
                who,
                authority="sefton",
                now=datetime(2026, 1, 1, tzinfo=UTC),
                practice_clock=datetime(2026, 12, 14, 9, 0, tzinfo=UTC),
            )
            family = Family(store, rules)
            if beside:
                store.viewer = ALL_SEEING
                family.open(
                    "allegations",
                    pathway("allegations").entries[0].name,
                    NewPerson(given="Rowan", family="Birch"),
                )
                store.viewer = NOBODY
            references = live_the_year(family)
        from commands.run import run

        capsys.readouterr()
        said = {}
        for words in (
            (),
            ("worklist", "all", "-n", "0"),
            ("overdue",),
            ("find", references[0]),
            ("doctor",),
            *((command, each) for each in references for command in ("show", "next", "chronology", "why")),
            *(("show", each, "--json") for each in references),
        ):
            run(list(words))
            out = capsys.readouterr()
            said[words] = (out.out.replace(str(folder), ""), out.err.replace(str(folder), ""))
        return said

    return printed


def test_an_allegation_beside_them_changes_no_screen_of_the_familys(screens):
    alone, beside = screens("alone", False), screens("beside", True)
    for words in alone:
        assert "".join(alone[words]).splitlines() == "".join(beside[words]).splitlines(), " ".join(words)
