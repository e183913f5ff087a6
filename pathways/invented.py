"""Invented children: a census file of any size for tests, trials and the demo. Nobody in it exists.

The same arguments give the same bytes. Every date is reckoned back from 31 March of the year, and the first
sixty children hold every kind of story once: what is due, what is late, and what ended. After them the mix is
drawn, roughly as a real authority has it. Run `python -m pathways.invented --children 60` for a file.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, timedelta
from itertools import count, islice
from random import Random
from typing import BinaryIO, Literal, NamedTuple

from pathways.census_checks import Assessment, Child, CinPlan, CpPlan, Episode, Section47, is_working


def _words(text: str) -> list[str]:
    return text.split()


GIRLS = _words("""
Aisha Amelia Ava Chloe Daisy Ella Emily Erin Esme Freya Grace Hannah Imogen Isla Jasmine Katie Layla
Lily Lucy Maisie Maryam Megan Mia Molly Niamh Nia Olivia Poppy Priya Rosie Ruby Sienna Sofia Tilly
Zara
""")
BOYS = _words("""
Adam Aiden Alfie Archie Ben Callum Charlie Connor Daniel Dylan Ethan Finlay George Harry Ibrahim
Jack Jacob Jake Jamal Joseph Kai Kian Leo Liam Lucas Mason Mohammed Noah Oliver Oscar Owen Rhys Ryan
Samuel Tyler
""")
FAMILIES = _words("""
Adams Ahmed Bailey Barker Begum Bell Bennett Brown Carter Chapman Clarke Cole Collins Cooper Davies
Doyle Edwards Ellis Evans Fisher Foster Gibson Grant Green Griffiths Hall Harris Hughes Hussain
Jackson Jenkins Jones Kaur Kelly Khan King Kowalski Lloyd Marsh Mason Mills Moore Murphy Nowak
Okafor Owen Palmer Patel Pearce Price Reid Roberts Rogers Ross Shaw Singh Stone Thomas Turner Walsh
Ward Webb White Wood Wright Young
""")

ETHNICITIES = ["WBRI"] * 30 + ["WOTH", "MWBC", "MOTH", "APKN", "AIND", "BAFR", "OOTH", "NOBT", "WIRI", "ABAN"]
DISABILITIES = ["AUT", "LD", "BEH", "COMM", "MOB", "HEAR", "VIS", "CON", "PC", "INC"]
SOURCES = ["6"] * 6 + ["2A"] * 5 + ["3A", "3B", "3E", "3F", "1A", "1B", "5A", "5B", "8", "9", "4", "7"]
NEEDS = ["N1"] * 12 + ["N4"] * 3 + ["N5"] * 3 + ["N2", "N3", "N6", "N8"]
FACTORS = (
    ["3B"] * 4 + ["4B"] * 4 + ["2B", "1B", "16A", "17A", "4A", "18C", "3A", "5A", "6A", "10A", "11A", "24A"]
)
CATEGORIES = ["NEG"] * 5 + ["EMO"] * 4 + ["PHY", "SAB"]


class Person(NamedTuple):
    """An invented child: the record, the name it goes by in the demo, and its family's number."""

    child: Child
    given_name: str
    family_name: str
    family: str


class Told(NamedTuple):
    """What a story tells: the child's referrals, how old, and anything unusual."""

    episodes: list[Episode]
    born: date | None = None
    expected: date | None = None
    died: date | None = None
    siblings: int = 0
    disabled: bool = False


def working_day(day: date, days: int) -> date:
    """The day `days` working days after `day`, or before it when negative."""
    step = timedelta(1 if days > 0 else -1)
    for _ in range(abs(days)):
        day += step
        while not is_working(day):
            day += step
    return day


class Stories:
    """The stories, told back from the reference date. Each call tells another child's."""

    def __init__(self, random: Random, year: int) -> None:
        self.r, self.year, self.end = random, year, date(year, 3, 31)

    def ago(self, least: int, most: int) -> date:
        """A working day between `least` and `most` days before the reference date, or just before that."""
        day = self.end - timedelta(self.r.randint(least, most))
        while not is_working(day):
            day -= timedelta(1)
        return day

    def after(self, day: date, least: int, most: int) -> date:
        """A day that many working days later."""
        return working_day(day, self.r.randint(least, most))

    def referral(self, on: date, nfa: bool = False) -> Episode:
        """A referral as it comes in."""
        sources = SOURCES if self.year < 2023 else [*SOURCES, "5D"]
        need = None if nfa else self.r.choice(NEEDS)
        return Episode(on, self.r.choice(sources), need, referral_nfa=nfa)

    def assess(self, e: Episode, start: date, least: int = 12, most: int = 45, late: float = 0.12) -> date:
        """Add a completed assessment; the day it was authorised. Some take longer than 45 working days."""
        slow = self.r.random() < late and (self.end - start).days > 110
        done = self.after(start, 46, 60) if slow else self.after(start, least, most)
        factors = sorted({self.r.choice(FACTORS) for _ in range(self.r.randint(3, 9))})
        e.assessments.append(Assessment(start, self.after(start, 8, 10), done, factors))
        return done

    def assessed(self, on: date) -> tuple[Episode, date]:
        """A referral assessed from the next working day, and the day that was finished."""
        e = self.referral(on)
        return e, self.assess(e, working_day(on, 1))

    def enquire(self, e: Episode, start: date, held: int | None) -> date:
        """Add an enquiry with a conference after `held` working days, or one that needs none."""
        met = working_day(start, held) if held is not None else None
        e.section_47s.append(Section47(start, working_day(start, 15), met, held is None))
        return met or start

    def plan(self, e: Episode, start: date, until: date, previous: int = 0) -> CpPlan:
        """Add a child protection plan, reviewed in time up to `until`."""
        first = self.r.choice(CATEGORIES)
        latest = self.r.choice(CATEGORIES) if self.r.random() < 0.2 else first
        plan, due = CpPlan(start, None, first, latest, previous), start + timedelta(self.r.randint(75, 88))
        while due <= until:
            while not is_working(due):
                due -= timedelta(1)
            plan.reviews.append(due)
            due += timedelta(self.r.randint(150, 178))
        e.cp_plans.append(plan)
        return plan

    def conferenced(self, met: date, until: date) -> tuple[Episode, CpPlan]:
        """A referral, an enquiry and a conference on `met`, and the plan it made."""
        held = self.r.choice((9, 11, 13, 14, 15, 15, 18))
        start = working_day(met, -held)
        e = self.referral(working_day(start, -self.r.randint(0, 3)))
        self.assess(e, start, 20, 44)
        self.enquire(e, start, held)
        return e, self.plan(e, met, until)

    def close(self, e: Episode, on: date, why: str) -> None:
        """Close the case."""
        e.closure_date, e.closure_reason = on, why

    def met_ago(self, least: int, most: int) -> date:
        """A day on which a conference may be held."""
        day = self.ago(least, most)
        return working_day(working_day(day, -1), 1)

    def no_further_action(self) -> Told:
        """A referral that led to nothing."""
        return Told([self.referral(self.ago(3, 350), nfa=True)])

    def just_referred(self) -> Told:
        """A referral of the last two working days, not decided yet."""
        on = self.end if is_working(self.end) else working_day(self.end, -1)
        return Told([self.referral(self.r.choice((on, working_day(on, -1))))])

    def assessed_out(self) -> Told:
        """Assessed and closed, some to early help."""
        e, done = self.assessed(self.ago(110, 350))
        early = self.year >= 2023 and self.r.random() < 0.4
        self.close(e, self.after(done, 0, 4), "RC9" if early else "RC8")
        return Told([e])

    def open_assessment(self) -> Told:
        """An assessment under way and in time."""
        start = working_day(self.end, -self.r.randint(4, 35))
        e = self.referral(working_day(start, -1))
        e.assessments.append(Assessment(start))
        return Told([e])

    def assessment_due(self) -> Told:
        """An assessment whose forty-fifth working day is the reference date."""
        start = working_day(self.end, -45) if is_working(self.end) else working_day(self.end, -46)
        e = self.referral(working_day(start, -1))
        e.assessments.append(Assessment(start, working_day(start, 10)))
        return Told([e])

    def late_assessment(self) -> Told:
        """An assessment that has gone on too long."""
        start = working_day(self.end, -self.r.randint(48, 75))
        e = self.referral(working_day(start, -1))
        e.assessments.append(Assessment(start, working_day(start, 10)))
        return Told([e])

    def in_need(self) -> Told:
        """A child in need plan, running for months."""
        e, done = self.assessed(self.ago(190, 340))
        e.cin_plans.append(CinPlan(self.after(done, 1, 6)))
        return Told([e])

    def in_need_disabled(self) -> Told:
        """A disabled child with a plan."""
        return self.in_need()._replace(disabled=True)

    def nearly_grown(self) -> Told:
        """A young person who is about to turn 18."""
        born = self.end.replace(year=self.year - 18) + timedelta(self.r.randint(20, 75))
        return self.in_need()._replace(born=born, disabled=True)

    def no_longer_in_need(self) -> Told:
        """A child in need plan that ended."""
        e, done = self.assessed(self.ago(250, 350))
        start = self.after(done, 1, 6)
        end = self.after(start, 40, 75)
        e.cin_plans.append(CinPlan(start, end))
        self.close(e, self.after(end, 0, 3), "RC7")
        return Told([e])

    def moved(self) -> Told:
        """A case handed to another authority."""
        told = self.no_longer_in_need()
        told.episodes[0].closure_reason = "RC5"
        return told

    def adopted(self) -> Told:
        """A child who was adopted."""
        e = self.referral(self.ago(500, 800))
        self.close(e, self.ago(20, 300), "RC1")
        return Told([e], born=self.ago(900, 1300))

    def died(self) -> Told:
        """A child who died."""
        e, done = self.assessed(self.ago(200, 300))
        died = done + timedelta(self.r.randint(5, 40))
        self.close(e, working_day(died, 2), "RC2")
        return Told([e], died=died, disabled=True)

    def no_conference(self) -> Told:
        """An enquiry that needed no conference."""
        on = self.ago(120, 340)
        e = self.referral(on)
        start = self.after(on, 1, 3)
        self.enquire(e, start, None)
        done = self.assess(e, start)
        if self.r.random() < 0.5:
            e.cin_plans.append(CinPlan(self.after(done, 1, 5)))
        else:
            self.close(e, self.after(done, 1, 5), "RC7")
        return Told([e])

    def waiting(self, days: int) -> Told:
        """An enquiry of that many working days, with no conference yet."""
        start = working_day(self.end, -days - (not is_working(self.end)))
        e = self.referral(working_day(start, -self.r.randint(1, 2)))
        e.assessments.append(Assessment(start))
        e.section_47s.append(Section47(start, working_day(start, 15)))
        return Told([e])

    def waiting_in_time(self) -> Told:
        """An enquiry waiting, with time left."""
        return self.waiting(self.r.randint(3, 10))

    def waiting_next_week(self) -> Told:
        """An enquiry whose conference falls due in the next days."""
        return self.waiting(13)

    def waiting_due(self) -> Told:
        """An enquiry whose conference falls due on the reference date."""
        return self.waiting(15)

    def waiting_late(self) -> Told:
        """An enquiry whose conference is well overdue."""
        return self.waiting(self.r.randint(20, 27))

    def on_plan(self) -> Told:
        """A child protection plan, reviewed in time."""
        e, _ = self.conferenced(self.met_ago(100, 300), self.end)
        return Told([e])

    def on_plan_long(self) -> Told:
        """A plan that began in an earlier year."""
        start = self.ago(400, 800)
        e = self.referral(working_day(start, -14))
        self.plan(e, start, self.end)
        return Told([e])

    def on_new_plan(self) -> Told:
        """A plan whose first review falls due in the next weeks."""
        e, _ = self.conferenced(self.met_ago(70, 85), self.ago(80, 90))
        return Told([e])

    def review_overdue(self) -> Told:
        """A plan whose first review was not held."""
        e, plan = self.conferenced(self.met_ago(110, 150), self.end)
        plan.reviews.clear()
        return Told([e])

    def plan_to_cin(self) -> Told:
        """A plan that ended and became a child in need plan."""
        e, plan = self.conferenced(self.met_ago(230, 300), self.end - timedelta(120))
        plan.end = self.after(plan.reviews[-1], 0, 0)
        e.cin_plans.append(CinPlan(plan.end))
        return Told([e])

    def plan_closed(self) -> Told:
        """A plan that ended, and a case that closed."""
        told = self.plan_to_cin()
        cin = told.episodes[0].cin_plans[0]
        cin.end = self.after(cin.start, 20, 35)
        self.close(told.episodes[0], self.after(cin.end, 0, 3), "RC7")
        return told

    def second_plan(self) -> Told:
        """A plan that ended, and a second one that runs."""
        e, plan = self.conferenced(self.met_ago(290, 310), self.end - timedelta(200))
        plan.end = plan.reviews[-1]
        met = self.enquire(e, self.ago(125, 150), 14)
        self.plan(e, met, self.end, previous=1)
        return Told([e])

    def no_plan(self) -> Told:
        """A conference that made no plan."""
        e, plan = self.conferenced(self.met_ago(120, 300), self.end)
        e.cp_plans.clear()
        e.cin_plans.append(CinPlan(self.after(plan.start, 0, 3)))
        return Told([e])

    def transferred_in(self) -> Told:
        """A child who moved here on a plan."""
        on = self.met_ago(100, 250)
        e = self.referral(working_day(on, -10))
        e.referral_source, e.initial_cpc_date = "5C", on
        self.plan(e, on, self.end)
        return Told([e])

    def unborn(self) -> Told:
        """A child not born yet."""
        start = self.ago(85, 100)
        e, done = self.assessed(start)
        e.cin_plans.append(CinPlan(self.after(done, 0, 0)))
        if self.r.random() < 0.4:
            e.cin_plans.clear()
            self.enquire(e, working_day(done, -5), None)
        return Told([e], expected=self.end + timedelta(self.r.randint(15, 140)))

    def referred_again(self) -> Told:
        """A child referred again within a year."""
        e, done = self.assessed(self.ago(280, 350))
        self.close(e, self.after(done, 0, 3), "RC8")
        return Told([e, *self.open_assessment().episodes])

    def referred_before(self, told: Told) -> Told:
        """The same story after an earlier referral of the same year, where there is room for one."""
        first = told.episodes[0].referral_date
        if told.expected or told.died or first is None or (self.end - first).days > 275:
            return told
        e = self.referral(self.ago(352, 358))
        done = self.assess(e, working_day(e.referral_date or first, 1), 12, 40, late=0.0)
        self.close(e, self.after(done, 0, 4), "RC8")
        return told._replace(episodes=[e, *told.episodes])

    def siblings_on_plan(self) -> Told:
        """Brothers and sisters on a plan."""
        return self.on_plan()._replace(siblings=self.r.randint(1, 2))

    def siblings_assessed(self) -> Told:
        """Brothers and sisters who were assessed."""
        return self.assessed_out()._replace(siblings=self.r.randint(1, 3))


Story = Callable[[Stories], Told]
S = Stories
OPENING: tuple[Story, ...] = (
    S.no_further_action, S.just_referred, S.assessed_out, S.open_assessment, S.assessment_due, S.late_assessment,
    S.in_need, S.no_longer_in_need, S.no_conference, S.waiting_in_time, S.waiting_next_week, S.waiting_due,
    S.waiting_late, S.on_plan, S.on_new_plan, S.review_overdue, S.plan_to_cin, S.plan_closed, S.second_plan,
    S.no_plan, S.transferred_in, S.unborn, S.died, S.nearly_grown, S.siblings_on_plan, S.moved, S.adopted,
    S.referred_again, S.just_referred, S.just_referred, S.on_plan_long, S.siblings_assessed, S.open_assessment,
    S.open_assessment, S.in_need_disabled, S.unborn, S.assessed_out, S.assessed_out, S.no_further_action,
    S.just_referred, S.on_plan, S.waiting_late,
)  # fmt: skip
MIX: tuple[tuple[Story, int], ...] = (
    (S.no_further_action, 3), (S.just_referred, 1), (S.assessed_out, 10), (S.open_assessment, 8),
    (S.late_assessment, 1), (S.in_need, 12), (S.in_need_disabled, 4), (S.nearly_grown, 1),
    (S.no_longer_in_need, 8), (S.moved, 1), (S.adopted, 1), (S.no_conference, 16), (S.waiting_in_time, 1),
    (S.waiting_due, 1), (S.waiting_late, 1), (S.on_plan, 10), (S.on_plan_long, 3), (S.on_new_plan, 3),
    (S.review_overdue, 1), (S.plan_to_cin, 8), (S.plan_closed, 10), (S.second_plan, 7), (S.no_plan, 5),
    (S.transferred_in, 1), (S.unborn, 2), (S.referred_again, 12), (S.siblings_on_plan, 6), (S.siblings_assessed, 4),
)  # fmt: skip
CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def pupil_number(lea: str, serial: int) -> str:
    """A pupil number with its check letter, of a school that does not exist."""
    digits = f"{lea}9{serial:07d}0"
    return CHECK_LETTERS[sum(int(d) * n for n, d in enumerate(digits, 2)) % 23] + digits


def people(year: int = 2026, lea: str = "999", seed: int = 1) -> Iterator[Person]:
    """Invented children without end; brothers and sisters come one after another."""
    random, names = Random(seed), Random(f"names {seed}")
    stories, serial = Stories(random, year), count(1)
    deck, weights = [story for story, _ in MIX], [weight for _, weight in MIX]
    for family in count(1):
        story = OPENING[family - 1] if family <= len(OPENING) else random.choices(deck, weights)[0]
        told = story(stories)
        if family > len(OPENING) and random.random() < 0.9:
            told = stories.referred_before(told)
        surname, ethnicity = names.choice(FAMILIES), random.choice(ETHNICITIES)
        used: set[str] = set()
        for nth in range(told.siblings + 1):
            child = _child(random, told, next(serial), year, lea)
            child.ethnicity = ethnicity
            if nth:
                child.episodes = deepcopy(child.episodes)
            given = "Unborn"
            while given == "Unborn" and child.sex != "U":
                given = names.choice([n for n in (GIRLS if child.sex == "F" else BOYS) if n not in used])
            used.add(given)
            yield Person(child, given, surname, f"F{family:05d}")


def _child(random: Random, told: Told, serial: int, year: int, lea: str) -> Child:
    end = date(year, 3, 31)
    born = told.born or end - timedelta(random.randint(480, 6400))
    first = min((e.referral_date for e in told.episodes if e.referral_date), default=end)
    if told.born is None:
        born = min(born, first - timedelta(random.randint(30, 900)))
    sex: Literal["M", "F", "U"] = random.choice(("M", "F"))
    child = Child(f"C{serial:06d}", birth_date=born, sex=sex, death_date=told.died, episodes=told.episodes)
    if told.expected:
        child.birth_date, child.expected_birth_date, child.sex = None, told.expected, "U"
    if child.birth_date is None or (end - born).days < 5 * 365:
        child.upn_unknown = "UN1"
    elif all(e.referral_nfa for e in told.episodes):
        child.upn_unknown = "UN7"
    else:
        child.upn = pupil_number(lea, serial)
    if told.disabled:
        child.disabilities = random.sample(DISABILITIES, random.randint(1, 3))
    elif not told.expected:
        child.disabilities = ["NONE"]
    return child


def _line(level: int, tag: str, value: object) -> str:
    if value is None:
        return ""
    return f"{'  ' * level}<{tag}>{value}</{tag}>\n"


def _lines(level: int, outer: str, inner: str, values: list[str] | list[date]) -> str:
    if not values:
        return ""
    edge = "  " * level
    return f"{edge}<{outer}>\n{''.join(_line(level + 1, inner, v) for v in values)}{edge}</{outer}>\n"


def _block(level: int, tag: str, *lines: str) -> str:
    edge = "  " * level
    return f"{edge}<{tag}>\n{''.join(lines)}{edge}</{tag}>\n"


def _episode(e: Episode) -> str:
    return _block(
        3, "CINdetails",
        _line(4, "CINreferralDate", e.referral_date), _line(4, "ReferralSource", e.referral_source),
        _line(4, "PrimaryNeedCode", e.primary_need), _line(4, "CINclosureDate", e.closure_date),
        _line(4, "ReasonForClosure", e.closure_reason), _line(4, "DateOfInitialCPC", e.initial_cpc_date),
        *(_block(4, "Assessments", _line(5, "AssessmentActualStartDate", a.start),
                 _line(5, "AssessmentInternalReviewDate", a.internal_review),
                 _line(5, "AssessmentAuthorisationDate", a.authorised),
                 _lines(5, "FactorsIdentifiedAtAssessment", "AssessmentFactors", a.factors)) for a in e.assessments),
        *(_block(4, "CINPlanDates", _line(5, "CINPlanStartDate", p.start), _line(5, "CINPlanEndDate", p.end))
          for p in e.cin_plans),
        *(_block(4, "Section47", _line(5, "S47ActualStartDate", s.start), _line(5, "InitialCPCtarget", s.icpc_target),
                 _line(5, "DateOfInitialCPC", s.icpc_date), _line(5, "ICPCnotRequired", int(s.icpc_not_required)))
          for s in e.section_47s),
        _line(4, "ReferralNFA", int(e.referral_nfa)),
        *(_block(4, "ChildProtectionPlans", _line(5, "CPPstartDate", p.start), _line(5, "CPPendDate", p.end),
                 _line(5, "InitialCategoryOfAbuse", p.initial_category),
                 _line(5, "LatestCategoryOfAbuse", p.latest_category),
                 _line(5, "NumberOfPreviousCPP", p.previous_plans),
                 _lines(5, "Reviews", "CPPreviewDate", p.reviews)) for p in e.cp_plans),
    )  # fmt: skip


def _record(child: Child, year: int) -> str:
    sex = ("Sex", child.sex) if year >= 2025 else ("GenderCurrent", {"M": "1", "F": "2", "U": "0"}[child.sex])
    return _block(
        2, "Child",
        _block(3, "ChildIdentifiers",
               _line(4, "LAchildID", child.la_child_id), _line(4, "UPN", child.upn),
               _line(4, "UPNunknown", child.upn_unknown), _line(4, "PersonBirthDate", child.birth_date),
               _line(4, "ExpectedPersonBirthDate", child.expected_birth_date), _line(4, *sex),
               _line(4, "PersonDeathDate", child.death_date)),
        _block(3, "ChildCharacteristics", _line(4, "Ethnicity", child.ethnicity),
               _lines(4, "Disabilities", "Disability", child.disabilities)),
        *map(_episode, child.episodes),
    )  # fmt: skip


def write_census(out: BinaryIO, *, children: int, year: int = 2026, lea: str = "999", seed: int = 1) -> None:
    """Write a census of that many invented children, a child at a time; `year` is the year it ends in."""
    details = [
        _line(3, "Collection", "CIN"),
        _line(3, "Year", year),
        _line(3, "ReferenceDate", f"{year}-03-31"),
    ]
    source = [
        _line(3, tag, value)
        for tag, value in (
            ("SourceLevel", "L"), ("LEA", lea), ("SoftwareCode", "Safeguarding Pathways"), ("Release", "invented"),
            ("SerialNo", "001"), ("DateTime", f"{year}-04-01T06:00:00"),
        )
    ]  # fmt: skip
    header = _block(1, "Header", _block(2, "CollectionDetails", *details), _block(2, "Source", *source))
    out.write(f'<?xml version="1.0" encoding="utf-8"?>\n<Message>\n{header}  <Children>\n'.encode())
    for person in islice(people(year, lea, seed), children):
        out.write(_record(person.child, year).encode())
    out.write(b"  </Children>\n</Message>\n")


def write_names(out: BinaryIO, *, children: int, year: int = 2026, lea: str = "999", seed: int = 1) -> None:
    """Write the names those children go by in the demo; brothers and sisters share `family`."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("la_child_id", "given_name", "family_name", "family"))
    for person in islice(people(year, lea, seed), children):
        rows.writerow((person.child.la_child_id, *person[1:]))
    out.write(text.getvalue().encode())


def main() -> None:
    """Write a census, or with --names the names, to standard output."""
    parser = argparse.ArgumentParser(prog="python -m pathways.invented", description=main.__doc__)
    parser.add_argument("--children", type=int, default=60)
    parser.add_argument("--year", type=int, default=2026, choices=range(2022, 2027))
    parser.add_argument("--lea", default="999")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--names", action="store_true")
    asked = vars(parser.parse_args())
    write = write_names if asked.pop("names") else write_census
    write(sys.stdout.buffer, **asked)


if __name__ == "__main__":
    main()
