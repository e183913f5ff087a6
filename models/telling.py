"""What a census says of one referral, told as cases: where each was opened and the steps it took. Pure.

The census holds dates, the pathways hold decisions. A step is laid only along a move that the definition has. Where
the census gives a result and not the decision that led to it, the decision is told on the first day by which it
must have been taken, and is marked as implied: it tells where the case is, never whether somebody was in time.
Visits, core groups and letters are not in a census, and none is told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any, NamedTuple

from models.history import CaseHistory, Remark, Told, edges
from pathways import pathway
from pathways.census_checks import Assessment, CinPlan, CpPlan, Episode, Period, Section47
from pathways.clocks import PERSON_FACTS
from pathways.days import add_months

FRONT_DOOR, IN_NEED, PROTECTION = "front_door", "child_in_need", "child_protection"
SOON = timedelta(days=31)
"""Within this of each other an end and what follows it are one decision: a plan's end and the case's closure."""
WELL_BEFORE = timedelta(days=65)
"""About 45 working days: an assessment that begins later than this is not the referral's first."""
REFERRERS = {
    "1A": "family or neighbour", "1B": "family or neighbour", "1C": "the child", "1D": "other", "2A": "school",
    "2B": "local authority", "3A": "health", "3B": "health", "3C": "health", "3D": "health", "3E": "health",
    "3F": "health", "4": "housing", "5A": "local authority", "5B": "local authority", "5C": "other authority",
    "5D": "local authority", "6": "police", "7": "other", "8": "other", "9": "anonymous",
}  # fmt: skip
"""The census's sources of referrals in the words of the front door's own question; 10 is not known."""


class Who(NamedTuple):
    """What the steps depend on of the child itself."""

    born: date | None = None
    expected: date | None = None
    died: date | None = None

    def facts(self) -> dict[str, str]:
        """The dates as a case keeps them."""
        dates = zip(PERSON_FACTS, (self.born, self.expected), strict=True)
        return {name: day.isoformat() for name, day in dates if day is not None}


def tell(who: Who, e: Episode, period: Period) -> Told:
    """Tell one referral of a child as cases, up to the reference date of the return."""
    teller = _Teller(who, e, period)
    for _, _, act in sorted(teller.happenings(), key=_order):
        act()
    teller.finish()
    return Told(teller.cases, teller.remarks)


def _order(happening: tuple[date, float, Callable[[], None]]) -> tuple[date, float]:
    return happening[0], happening[1]


def _is_finished(s: Section47) -> bool:
    return s.icpc_date is not None or s.icpc_not_required


class _Teller:
    """Goes through the dates of one referral in order; holds the open case on each pathway."""

    def __init__(self, who: Who, e: Episode, period: Period) -> None:
        self.who, self.e, self.period = who, e, period
        self.cases: list[CaseHistory] = []
        self.remarks: list[Remark] = []
        self.front: CaseHistory | None = None
        self.need: CaseHistory | None = None
        self.protection: CaseHistory | None = None
        self.assessment: Assessment | None = None
        self.enquiries: list[int] = []
        self.on_plan: dict[int, CaseHistory] = {}
        self.plan_of = _match_plans(e)

    def happenings(self) -> Iterator[tuple[date, float, Callable[[], None]]]:
        """Everything dated; on one day, what leads comes before what follows from it."""
        e = self.e
        if e.referral_date:
            yield e.referral_date, 0, self.referred
        for a in e.assessments:
            yield a.start, 1, partial(self.assessing, a)
            if a.authorised:
                yield a.authorised, 4, partial(self.assessed, a, a.authorised)
        for s in e.section_47s:
            yield s.start, 2, partial(self.enquiring, s)
            if s.icpc_date:
                yield s.icpc_date, 5, partial(self.conference, s.icpc_date, self.plan_of.get(id(s)), s)
            elif s.icpc_not_required:
                over = self._over_by(s)
                yield over or self.period.reference, 1.5 if over else 2.5, partial(self.enquired, s, over)
        if e.initial_cpc_date:
            yield e.initial_cpc_date, 5, partial(self.conference, e.initial_cpc_date, self.plan_of.get(id(e)))
        matched = {id(plan) for plan in self.plan_of.values()}
        for p in e.cp_plans:
            if id(p) not in matched:
                yield p.start, 5, partial(self.conference, p.start, p, implied=True)
            for review in p.reviews:
                if review != p.end:
                    yield review, 6, partial(self.reviewed, p, review)
            if p.end:
                yield p.end, 6, partial(self.protected, p, p.end)
        for q in e.cin_plans:
            yield q.start, 8, partial(self.planned, q)
            if q.end:
                yield q.end, 7, partial(self.plan_over, q, q.end)
        if self.who.died:
            yield self.who.died, 9, partial(self.died, self.who.died)
        if e.closure_date:
            yield e.closure_date, 10, partial(self.closed, e.closure_date)

    # --- the front door and the assessment ----------------------------------------------------------------

    def referred(self) -> None:
        """The referral arrives."""
        e, day = self.e, self.e.referral_date
        assert day is not None
        referrer = REFERRERS.get(e.referral_source or "")
        learned = {"referrer": referrer} if referrer else {}
        self.front = self._open(FRONT_DOOR, "triage", day, {}, entry="referral", learned=learned)
        if e.referral_nfa:
            self._decided("decide_no_further_action", day)

    def _decided(self, trigger: str, on: date) -> CaseHistory | None:
        """The decision that what follows implies; the front door's case, where it is decided only now."""
        if self.front and self.front.state == "triage" and self.front.go(trigger, on, implied=True):
            return self.front
        return None

    def assessing(self, a: Assessment) -> None:
        """An assessment starts."""
        if self._running(self.need) or (self._running(self.protection) and self._planned_protection()):
            self.remarks.append(
                Remark(
                    "Assessments/AssessmentActualStartDate",
                    a.start.isoformat(),
                    "The assessment started while a plan or another assessment was running: it is kept with the "
                    "referral, and no case or limit follows from it.",
                )
            )
            return
        source = self._decided("decide_assessment", a.start)
        facts = self._referral() if self._is_first(a) else {}
        if not facts and self.e.referral_date:
            self.remarks.append(
                Remark(
                    "Assessments/AssessmentActualStartDate",
                    a.start.isoformat(),
                    "The assessment started long after the referral, which has been assessed before: the limit of "
                    "45 working days from the referral is not run for it.",
                )
            )
        self.need = self._open(IN_NEED, "assessing", a.start, facts, opened_from=source)
        self.assessment = a

    def _is_first(self, a: Assessment) -> bool:
        """Whether this assessment answers the referral itself."""
        referred = self.e.referral_date
        if referred is None or any(each.start < a.start for each in self.e.assessments):
            return False
        return a.start - referred <= WELL_BEFORE or referred >= self.period.start

    def assessed(self, a: Assessment, on: date) -> None:
        """The assessment is authorised."""
        if self._running(self.need) and self.need and self.need.state == "assessing" and self.assessment is a:
            self.need.go(self._outcome(on), on)

    def _outcome(self, on: date) -> str:
        """The decision at the end of an assessment that what comes after it implies."""
        e = self.e
        if any(p.start <= on and (p.end is None or p.end > on) for p in e.cp_plans):
            return "decide_strategy"
        if any(
            s.start <= on
            and (not _is_finished(s) or (s.icpc_date and s.icpc_date >= on and id(s) in self.plan_of))
            for s in e.section_47s
        ):
            return "decide_strategy"
        if any(p.start >= on or p.end is None or p.end > on for p in self.plans()):
            return "decide_plan_needed"
        if e.closure_date is None or self.who.died or e.closure_reason in ("RC1", "RC2", "RC5"):
            return "decide_plan_needed"
        return "decide_early_help" if e.closure_reason == "RC9" else "decide_no_further_action"

    # --- enquiries and conferences --------------------------------------------------------------------------

    def enquiring(self, s: Section47) -> None:
        """A strategy discussion starts an enquiry."""
        if self._running(self.protection) and self.protection:
            if self.protection.go("strategy_discussed", s.start):
                self.enquiries.append(id(s))
            return
        source = self._decided("decide_strategy", s.start)
        if (
            source is None
            and self._running(self.need)
            and self.need
            and self.need.go("suspect_harm", s.start)
        ):
            source = self.need
        self.protection = self._open(PROTECTION, "strategy", s.start, self._referral(), opened_from=source)
        self.protection.go("start_enquiry", s.start)
        self.enquiries = [id(s)]

    def _over_by(self, s: Section47) -> date | None:
        """The first day by which an enquiry without a conference must have been over, where there is one."""
        e = self.e
        days = [e.closure_date, self.who.died, e.initial_cpc_date]
        days += [a.authorised for a in e.assessments]
        days += [day for each in e.section_47s for day in (each.start, each.icpc_date)]
        days += [plan.start for plan in self.plans()]
        return min((day for day in days if day is not None and day > s.start), default=None)

    def enquired(self, s: Section47, over: date | None) -> None:
        """The enquiry is over and no conference was needed."""
        self.enquiries = [each for each in self.enquiries if each != id(s)]
        case = self.protection
        if case is None or case.state != "s47" or self.enquiries:
            return
        on = over or self.period.reference
        to_need = self._soon(on) and not self._running(self.need)
        trigger = "find_not_substantiated_child_in_need" if to_need else "find_not_substantiated"
        case.go(trigger, on, implied=True)
        if to_need:
            self.need = self._open(IN_NEED, "plan_pending", on, {}, opened_from=case, implied=True)

    def conference(
        self, on: date, plan: CpPlan | None, s: Section47 | None = None, *, implied: bool = False
    ) -> None:
        """An initial conference is held; it makes a plan or none. Without an enquiry the plan came from elsewhere."""
        self.enquiries = [each for each in self.enquiries if each != id(s)]
        case = self.protection
        if case is not None and self._planned_protection() and case.is_open:
            self.remarks.append(
                Remark(
                    "DateOfInitialCPC",
                    on.isoformat(),
                    "A conference of this day is recorded while a plan was in place.",
                )
            )
            return
        if case is None or not case.is_open:
            self._decided("decide_strategy", on)
            start = "transferring_in" if s is None else "strategy"
            first = s is None and self.protection is None
            arrived = (self.e.referral_date or on) if first else on
            case = self.protection = self._open(PROTECTION, start, arrived, self._referral(), implied=True)
            case.go("start_enquiry", on, implied=True)
        if case.state == "s47":
            case.go("decide_conference", on, implied=True)
        case.go("start_conference", on, implied=implied)
        if plan is None:
            self._no_plan(case, on)
            return
        learned = {"category": plan.initial_category} if plan.initial_category else {}
        case.go("decide_plan", on, implied=implied, learned=learned)
        self.on_plan[id(plan)] = case
        if self.need:
            self.need.go("child_protection_plan_made", on)

    def _no_plan(self, case: CaseHistory, on: date) -> None:
        beside = self._running(self.need)
        if not any(q.start >= on or q.end is None or q.end > on for q in self.e.cin_plans):
            case.go("decide_no_plan_close", on)
        elif beside or self._soon(on):
            case.go("decide_no_plan", on)
            if not beside:
                self._to_need(case, on)
        else:
            case.go("decide_no_plan_close", on)

    def _to_need(self, case: CaseHistory, on: date) -> None:
        """The child in need case that a conference's decision opens."""
        events = {"assessment_outcome_recorded": on.isoformat()}
        self.need = self._open(IN_NEED, "plan_pending", on, events, opened_from=case)

    def reviewed(self, p: CpPlan, on: date) -> None:
        """A review conference continues the plan."""
        case = self.on_plan.get(id(p))
        if case is None or not case.go("start_conference", on):
            return
        changed = on == p.reviews[-1] and p.latest_category not in (None, p.initial_category)
        case.go("continue_plan", on, learned={"category": p.latest_category} if changed else {})

    def protected(self, p: CpPlan, on: date) -> None:
        """The plan ends: at a conference, by a move, at 18, or with the child's death."""
        case, e = self.on_plan.get(id(p)), self.e
        if case is None or not case.is_open or on == self.who.died:
            return
        held, beside = on in p.reviews, self.need
        closing = e.closure_date is not None and e.closure_date - on <= SOON
        later = self._plan_after(on, p)
        why = e.closure_reason if closing and not later else None
        if held and (why == "RC5" or self._grown(on)):
            self.reviewed(p, on)
        if why == "RC5" and case.follow(("notify_permanent_move", "complete_transfer"), on, implied=True):
            pass
        elif not self._at_18(case, on):
            case.go("start_conference", on, implied=not held)
            if why in ("RC1", "RC3", "RC4"):
                case.go("end_plan_for_care", on, implied=not held)
            elif self._soon(on):
                case.go("end_plan_to_child_in_need", on, implied=not held)
                if not self._running(self.need):
                    self._to_need(case, on)
            else:
                case.go("end_plan", on, implied=not held)
        if beside:
            beside.go("child_protection_plan_ended", on)

    # --- child in need plans --------------------------------------------------------------------------------

    def planned(self, q: CinPlan) -> None:
        """A child in need plan starts, which is what its first meeting decides."""
        case = self.need
        if case is None or not case.is_open:
            source = self._decided("decide_assessment", q.start)
            case = self.need = self._open(
                IN_NEED, "plan_pending", q.start, {}, opened_from=source, implied=True
            )
        elif case.state == "assessing":
            a = self.assessment
            dated = {"assessment_outcome_recorded": a.authorised.isoformat()} if a and a.authorised else {}
            if not dated:
                self.remarks.append(
                    Remark(
                        "CINPlanStartDate",
                        q.start.isoformat(),
                        "The plan started while the assessment was still open.",
                    )
                )
            case.go("decide_plan_needed", q.start, implied=True, dated=dated)
        case.go("first_meeting_held", q.start)

    def plan_over(self, q: CinPlan, on: date) -> None:
        """A child in need plan ends."""
        case, e = self.need, self.e
        if case is None or not case.is_open or on == self.who.died:
            return
        later = self._plan_after(on, q)
        closing = e.closure_date is not None and e.closure_date - on <= SOON
        self._end_need(case, on, e.closure_reason if closing and not later else None)

    def _end_need(self, case: CaseHistory, on: date, why: str | None) -> bool:
        """End a child in need case in the way nearest to the census's reason."""
        if why == "RC5" and case.follow(("start_transfer", "transfer_accepted"), on, implied=True):
            return True
        if why == "RC1" and case.go("close_accommodated", on, implied=True):
            return True
        if why == "RC2" and case.go("child_died", on, implied=True):
            return True
        if why == "RC6" and self._at_18(case, on):
            return True
        if why == "RC9" and case.go("end_plan_to_early_help", on):
            return True
        return case.go("end_plan", on) or case.go("decide_no_further_action", on, implied=True)

    # --- ends -----------------------------------------------------------------------------------------------

    def died(self, on: date) -> None:
        """The child dies; every case that is open ends with it."""
        for case in self.cases:
            if case.is_open:
                case.go("child_died", on)

    def closed(self, on: date) -> None:
        """The referral is closed; what is still open ends for the reason given."""
        why = self.e.closure_reason
        decision = {"RC9": "decide_early_help", "RC5": "decide_redirect"}.get(
            why or "",
            "decide_already_open" if why in ("RC1", "RC3", "RC4", "RC6") else "decide_no_further_action",
        )
        if why == "RC2" and self.front and self.front.state == "triage":
            self.front.go("child_died", on, implied=True)
        self._decided(decision, on)
        if self.need and self.need.is_open:
            self._end_need(self.need, on, why)
        case = self.protection
        if case and case.is_open and why == "RC2":
            case.go("child_died", on, implied=True)
        elif case and case.is_open and why == "RC5":
            case.go("pass_to_new_authority", on, implied=True)

    def finish(self) -> None:
        """Say what the dates leave open, once all are told."""
        e, day = self.e, self.period.start
        left = [case for case in self.cases if case.is_open]
        ended = e.closure_date or e.referral_nfa or self.who.died
        if ended:
            for case in left:
                self.remarks.append(
                    Remark("CINclosureDate", str(e.closure_date or ""), "The referral is closed, and the census does not say "
                           f"how this case ended: it stands at '{pathway(case.name).state(case.state).label}'. A person ends it.")
                )  # fmt: skip
            return
        if e.referral_date and e.referral_date < day and self.front and self.front.state == "triage":
            self.front.go("decide_assessment", day, implied=True)
            self.need = self._open(IN_NEED, "plan_pending", day, {}, opened_from=self.front, implied=True)
            self.remarks.append(
                Remark("CINreferralDate", e.referral_date.isoformat(),
                       "The referral has been open since before the year, and nothing is sent of it. It stands as a child in need "
                       "whose plan is to be made: look at where it really is (a looked-after child, perhaps).")
            )  # fmt: skip
        elif not left:
            said = e.referral_date or e.closure_date
            self.remarks.append(
                Remark(
                    "",
                    str(said or ""),
                    "The referral is open, and nothing in it is running any more: look at it.",
                )
            )

    def _at_18(self, case: CaseHistory, on: date) -> bool:
        """End a case as one that ended because the child had grown up, if so it was."""
        if not self._grown(on) or ("reached_18", case.state) not in edges(case.name):
            return False
        birthday = self._birthday()
        assert birthday is not None
        case.go("reached_18", max(birthday, case.last), implied=True)
        return case.go("complete_closure", on, implied=True)

    def _birthday(self) -> date | None:
        return add_months(self.who.born, 18 * 12, age=True) if self.who.born else None

    def _grown(self, on: date) -> bool:
        birthday = self._birthday()
        return birthday is not None and birthday <= on

    # --- words for all of them ------------------------------------------------------------------------------

    def _open(
        self,
        name: str,
        start: str,
        on: date,
        events: dict[str, str],
        *,
        entry: str = "",
        implied: bool = False,
        learned: dict[str, Any] | None = None,
        opened_from: CaseHistory | None = None,
    ) -> CaseHistory:
        case = CaseHistory(
            name, start, on, {**events, **self.who.facts()}, entry, implied, learned or {}, opened_from
        )
        self.cases.append(case)
        return case

    def _referral(self) -> dict[str, str]:
        return {"referral_received": self.e.referral_date.isoformat()} if self.e.referral_date else {}

    def _running(self, case: CaseHistory | None) -> bool:
        return case is not None and case.is_open

    def _planned_protection(self) -> bool:
        """Whether the child protection case stands at a plan."""
        return self.protection is not None and self.protection.state == "plan"

    def plans(self) -> list[CinPlan | CpPlan]:
        """Every plan of the referral, of both kinds."""
        return [*self.e.cin_plans, *self.e.cp_plans]

    def _plan_after(self, on: date, ended: CinPlan | CpPlan) -> bool:
        """Whether another plan of either kind starts on that day or later."""
        return any(plan.start >= on for plan in self.plans() if plan is not ended)

    def _soon(self, on: date) -> bool:
        """Whether a child in need plan starts at once, or soon after."""
        return any(on <= q.start <= on + SOON for q in self.e.cin_plans)


def _match_plans(e: Episode) -> dict[int, CpPlan]:
    """The plan that each conference made, by the identity of the enquiry (or of the referral) that holds it.

    A plan starts on the day of its conference. Where a system wrote a later day, it belongs to the last
    conference before it, if that is not long past.
    """
    held: list[tuple[date, int]] = [(s.icpc_date, id(s)) for s in e.section_47s if s.icpc_date]
    if e.initial_cpc_date:
        held.append((e.initial_cpc_date, id(e)))
    held.sort()
    days = [day for day, _ in held]
    found: dict[int, CpPlan] = {}
    for plan in sorted(e.cp_plans, key=lambda p: p.start):
        place = bisect_right(days, plan.start) - 1
        if place >= 0 and plan.start - days[place] <= SOON and held[place][1] not in found:
            found[held[place][1]] = plan
    return found
