"""Reads what the wall shows: whole sets at a time, without a name and without any restricted case.

Whoever asks, the answer is the same: what is restricted is left out in the statements themselves. Facts are read
here and turned into days and counts; nothing of one child leaves this module but the references of what is late.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any

from models.queries import gates, task_of
from models.setup import mark_of
from models.store import Store
from models.transaction import Transaction
from pathways import measures as m
from pathways import pathway
from pathways.calendars import CalendarEnds
from pathways.child_protection import PLAN_LASTS
from pathways.clocks import Rules
from pathways.conference_ledger import stage_of
from pathways.definitions import CaseFacts
from pathways.moments import LONDON, ONE_DAY, add_months, local_day
from pathways.wall.figures import Figures

MOST_LATE = 500
RUNS = 14
SOON_DAYS = 5
MORNINGS = timedelta(weeks=12)

ON_PLAN = (*PLAN_LASTS, "review_conference")
REVIEW_RULES = ("cp.rcpc_first", "cp.rcpc_next", "cp.rcpc_prebirth")
CORE_GROUP_RULES = ("cp.coregroup_first", "cp.coregroup_next")
REPORT_RULES = ("cp.report_icpc", "cp.report_rcpc")
CONFERENCE_RULES = ("cp.icpc", "cp.prebirth_icpc", "cp.transfer_in", *REVIEW_RULES)
AT_A_STAGE = {1: ("cp.icpc_request",), 2: REPORT_RULES, 9: ("cp.coregroup_first",)}
STAGE_DONE = (
    "invitations_sent", "reports_complete", "family_met", "chair_met_family", "reports_shared",
    "conference_started", "views_recorded",
)  # fmt: skip
STEPS = {
    "informal": "Talking it over", "stage1_offered": "Talking it over",
    "stage1": "Stage 1", "stage2_offered": "Stage 1",
    "stage2": "Stage 2", "stage2_meeting_offered": "Stage 2",
    "stage2_meeting": "Stage 2 meeting", "stage3_offered": "Stage 2 meeting",
    "stage3": "Stage 3", "stage4_offered": "Stage 3",
    "stage4": "Stage 4", "stage4_overdue": "Stage 4",
}  # fmt: skip
FIELDS = {
    "birth": "Date of birth, or expected date",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "source": "Source of the referral",
    "need": "Primary need",
}
WRONG = {
    "before_birth": "Opened before the child was born",
    "closed_first": "Closed before it was opened",
    "after_death": "Opened after a death",
    "in_future": "Begun in the future",
}


def figures(store: Store, rules: Rules, now: datetime, slots_a_week: int = 0) -> Figures:
    """Everything that the wall shows, as at a moment, from one consistent view of the records.

    Args:
        store: the records.
        rules: their rules and calendar.
        now: the moment; aware.
        slots_a_week: how many conferences can be held in a week; 0: nobody said.
    """
    today = local_day(now)
    since = rules.calendar.add(today, -1)
    with store.reading() as tx:
        lines, papers = _lines(tx, rules, now)
        reading = _Reading(tx, rules, now, today)
        protection = reading.protection()
        return Figures(
            now=now,
            today=today,
            since=since,
            rules=rules.rulebook.name,
            calendar=rules.calendar,
            calendar_ends=date(rules.calendar.last_year, 12, 31),
            lines=lines,
            papers=papers,
            late=reading.late(),
            late_in_all=tx.need("wall_late_tasks", now=now, gates=gates()).tasks,
            mornings=_mornings(tx, today),
            loads=[m.Load(row.team, bool(row.lead), row.cases) for row in tx.all("wall_loads")],
            known=[
                m.Known(row.pathway, says, row.cases, getattr(row, name))
                for row in tx.all("wall_known")
                for name, says in FIELDS.items()
            ],
            impossible=_impossible(tx, today),
            runs=_runs(tx),
            anchored_at=_anchored(tx),
            slots_a_week=slots_a_week,
            mark=mark_of(tx),
            **protection,
            **reading.referrals(),
            **reading.missing(),
            **reading.early_help(),
            **reading.disputes(),
        )


def note_morning(store: Store, rules: Rules, now: datetime) -> int:
    """Write down how things stand this morning, for lines over time; again on the same day it replaces the first.

    Returns:
        How many rows were written: one for each pathway and team.
    """
    today = local_day(now)
    with store.reading() as tx:
        lines, _ = _lines(tx, rules, now)
    rows = [
        {
            "day": today,
            "pathway": line.pathway,
            "team": line.team,
            "open_cases": line.cases,
            "late": line.late,
            "due_today": line.today,
            "due_soon": line.week,
            "recorded_at": now,
        }
        for line in lines
    ]
    with store.writing() as tx:
        tx.run("clear_daily_count", day=today)
        tx.many("add_daily_count", rows)
    return len(rows)


def _lines(tx: Transaction, rules: Rules, now: datetime) -> tuple[list[m.Line], int]:
    today = local_day(now)
    last = rules.calendar.add(today, SOON_DAYS)
    rows = tx.all(
        "wall_standing",
        gates=gates(),
        now=now,
        tonight=_night(today),
        until=_night(last),
        since=_at(rules.calendar.add(today, -1), now),
    )
    lines = [
        m.Line(row.pathway, row.team, row.cases, row.late, row.today, row.week, row.fresh) for row in rows
    ]
    return lines, sum(row.cases - row.still_open for row in rows)


def _night(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), tzinfo=LONDON)


def _at(day: date, now: datetime) -> datetime:
    """The hour of `now`, on another day."""
    return datetime.combine(day, now.astimezone(LONDON).time(), tzinfo=LONDON)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)


def _listed(names: Iterable[str]) -> str:
    return f",{','.join(names)},"


def _mornings(tx: Transaction, today: date) -> list[tuple[date, dict[str, tuple[int, int]]]]:
    found: dict[date, dict[str, tuple[int, int]]] = {}
    for row in tx.all("wall_over_time", since=today - MORNINGS):
        found.setdefault(row.day, {})[row.pathway] = (int(row.open_cases), int(row.late))
    return sorted(found.items())


def _impossible(tx: Transaction, today: date) -> list[m.Impossible]:
    row = tx.need("wall_impossible", today=today)
    return [m.Impossible(says, int(getattr(row, name))) for name, says in WRONG.items()]


def _runs(tx: Transaction) -> list[m.Run]:
    return [
        m.Run(
            row.as_of,
            row.finished_at is not None,
            int((row.finished_at - row.started_at).total_seconds()) if row.finished_at else 0,
            row.cases,
            row.missed,
            row.moved,
            row.parked,
            row.rulebook,
        )
        for row in tx.all("wall_runs", most=RUNS)
    ]


def _anchored(tx: Transaction) -> datetime | None:
    row = tx.one("wall_checkpoint")
    return row.at if row else None


class _Reading:
    """One reading of the records: the transaction, the rules, the moment."""

    def __init__(self, tx: Transaction, rules: Rules, now: datetime, today: date) -> None:
        self.tx, self.rules, self.now, self.today = tx, rules, now, today
        self.year_ago = add_months(today, -12)

    def _cases(self, name: str, since: date) -> list[tuple[Any, CaseFacts]]:
        known = pathway(name).known
        rows = self.tx.all("wall_cases", pathway=name, since=_morning(since))
        return [(row, CaseFacts(row.facts, known)) for row in rows]

    def _clocks(self, name: str, rules: Sequence[str], since: date) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for row in self.tx.all("wall_clocks", pathway=name, rules=_listed(rules), since=_morning(since)):
            found[row.case_id].append(row)
        return found

    def _since(self, clocks: dict[int, list[Any]], since: date) -> list[Any]:
        """Those that run, and those that were met since a day."""
        start = _morning(since)
        return [
            row for rows in clocks.values() for row in rows if row.closed_at is None or row.closed_at >= start
        ]

    def late(self) -> list[m.LateTask]:
        rows = self.tx.all("wall_late", now=self.now, gates=gates(), most=MOST_LATE)
        return [
            m.LateTask(row.reference, row.pathway, task_of(pathway(row.pathway), row.rule), row.team, local_day(row.due_at))
            for row in rows
        ]  # fmt: skip

    # --- child protection ------------------------------------------------------------------------------------

    def protection(self) -> dict[str, Any]:
        cases = self._cases("child_protection", self.year_ago)
        watched = (*CONFERENCE_RULES, *REPORT_RULES, *CORE_GROUP_RULES, "cp.icpc_request")
        clocks = self._clocks("child_protection", watched, self.year_ago)
        by_rule = [(row, row.rule) for row in self._since(clocks, self.year_ago)]
        return {
            "conferences": [made for row, facts in cases if (made := _conference(facts))],
            "stages": [at for row, facts in cases if (at := self._stage(row, facts, clocks[row.id]))],
            "reports": self._reports(clocks),
            "reviews": [
                m.Review(clock.due_on, _day(facts.rcpc_on))
                for row, facts in cases
                if row.state in PLAN_LASTS
                for clock in _next_review(clocks[row.id])
            ],
            "reviews_held": [_met(row) for row, rule in by_rule if rule in REVIEW_RULES],
            "core_groups": [_met(row) for row, rule in by_rule if rule in CORE_GROUP_RULES],
            "plans_reviewed": [
                m.PlanReviews(
                    begun, tuple(_met(each) for each in clocks[row.id] if each.rule in REVIEW_RULES)
                )
                for row, facts in cases
                if row.state in ON_PLAN and (begun := _day(facts.plan_started))
            ],
            "plans": self._plans(cases),
        }

    def _stage(self, row: Any, facts: CaseFacts, clocks: Sequence[Any]) -> m.AtStage | None:
        """The stage that a conference of this case waits at, if one is being prepared or held."""
        running = [clock for clock in clocks if clock.closed_at is None]
        stage = stage_of(row.state, facts)
        if stage is not None:
            done = [facts.moment(event) for event in STAGE_DONE[: stage - 1]]
            since = max((each for each in done if each is not None), default=None) or facts.moment(
                "s47_outcome_conference"
            )
        else:
            first = next((each for each in running if each.rule == "cp.coregroup_first"), None)
            if row.state not in PLAN_LASTS or first is None:
                return None
            stage, since = 9, facts.moment("plan_started")
        waits_for = (*CONFERENCE_RULES, *AT_A_STAGE.get(stage, ())) if stage < 9 else AT_A_STAGE[9]
        over = any(each.rule in waits_for and each.due_at < self.now for each in running)
        return m.AtStage(stage, local_day(since or row.opened_at), over)

    def _reports(self, clocks: dict[int, list[Any]]) -> list[m.Report]:
        """Each report asked for, paired with the date that the round of its conference had."""
        since = add_months(self.today, -4)
        records: dict[int, list[Any]] = defaultdict(list)
        for row in self.tx.all("wall_records", kinds=",invitation,agency_report,", since=_morning(since)):
            records[row.case_id].append(row)
        found = []
        for case_id, rows in records.items():
            due = [clock for clock in clocks.get(case_id, ()) if clock.rule in REPORT_RULES]
            for start, end, asked in _rounds(rows):
                limit = next(
                    (each for each in due if each.due_at >= start and (end is None or each.due_at < end)),
                    None,
                )
                if limit is None:
                    continue
                came: dict[str, date] = {}
                for row in rows:
                    if (
                        row.kind == "agency_report"
                        and row.happened_at >= start
                        and (end is None or row.happened_at < end)
                    ):
                        came.setdefault(str((row.body or {}).get("agency", "")), local_day(row.happened_at))
                found += [m.Report(agency, limit.due_on, came.get(agency)) for agency in asked]
        return found  # fmt: skip

    def _plans(self, cases: Sequence[tuple[Any, CaseFacts]]) -> list[m.Plan]:
        before: dict[int, list[date]] = defaultdict(list)
        for row in self.tx.all("wall_former_plans", before=_morning(self.year_ago)):
            before[row.person_id].append(local_day(row.closed_at))
        told = {
            row.id: _previous_plans(row.details)
            for row in self.tx.all("wall_plans", since=_morning(self.year_ago))
        }
        begun = [(row, day) for row, facts in cases if (day := _day(facts.plan_started))]
        for row, day in begun:
            before[row.person_id].append(day)
        return [
            m.Plan(
                day,
                None if row.is_open else local_day(row.closed_at),
                max(sum(other < day for other in before[row.person_id]), told.get(row.episode_id, 0)),
            )
            for row, day in begun
        ]

    # --- the others ------------------------------------------------------------------------------------------

    def referrals(self) -> dict[str, Any]:
        first = m.last_weeks(self.today)[0]
        found = []
        for row, facts in self._cases("front_door", first):
            received = _day(facts.referral_received)
            if received is None or received < first:
                continue
            found.append(
                m.Referral(
                    row.person_id,
                    row.episode_id,
                    received,
                    _day(facts.referral_decided),
                    facts.moment("cp_referral_phoned"),
                    facts.moment("marf_submitted"),
                )
            )
        earlier: dict[int, list[tuple[int, date]]] = defaultdict(list)
        people = {row.person for row in found}
        for person, spell, opened_on in self.tx.all("wall_referred", since=add_months(first, -12)):
            if person in people:
                earlier[person].append((spell, opened_on))
        return {"referrals": found, "earlier_referrals": dict(earlier)}

    def missing(self) -> dict[str, Any]:
        days, guessed, ended = [], 0, []
        for row, facts in self._cases("missing_education", m.last_weeks(self.today)[0]):
            if not row.is_open:
                ended.append(m.Ended(local_day(row.closed_at), row.outcome or "other"))
                continue
            counted, by_school = self._missed(row, facts)
            days.append(counted)
            guessed += not by_school
        return {"missing_days": days, "missing_guessed": guessed, "missing_ended": ended}

    def _missed(self, row: Any, facts: CaseFacts) -> tuple[int, bool]:
        """School days missed, and whether a school's calendar could tell."""
        absent = _day(facts.absent_from)
        after = absent - ONE_DAY if absent else local_day(row.opened_at)
        after = min(after, self.today)
        school = self.rules.at_school(row.facts.get("school")).school
        if school is not None:
            try:
                return school.between(after, self.today), True
            except CalendarEnds:
                pass
        return self.rules.calendar.between(after, self.today), False

    def early_help(self) -> dict[str, Any]:
        first = m.last_months(self.today)[0]
        cases = self._cases("early_help", first)
        here: dict[str, int] = defaultdict(int)
        steps, refused = [], []
        for row, facts in cases:
            here[row.state] += row.is_open
            if day := _day(facts.stepped_up):
                steps.append(m.Step(day, up=True))
            if row.state == "step_down_offered" or facts.step_down_accepted or facts.step_down_declined:
                steps.append(m.Step(local_day(row.opened_at), up=False))
            if day := _day(facts.consent_refused):
                refused.append(day)
        clocks = self._clocks("early_help", ("eh.assessment", "eh.taf_review_max"), first)
        rows = self._since(clocks, first)
        return {
            "early_help": {state: count for state, count in here.items() if count},
            "early_help_assessed": [_met(row) for row in rows if row.rule == "eh.assessment"],
            "early_help_reviewed": [_met(row) for row in rows if row.rule == "eh.taf_review_max"],
            "steps": steps,
            "refused_on": refused,
        }

    def disputes(self) -> dict[str, Any]:
        going, ended = [], []
        for row, facts in self._cases("escalation", self.year_ago):
            if row.is_open:
                began = _day(facts.disagreement_or_decision_received) or local_day(row.opened_at)
                going.append(m.Dispute(STEPS[row.state], began))
            else:
                ended.append(m.Ended(local_day(row.closed_at), row.outcome or row.state))
        return {"disputes": going, "disputes_ended": ended}


def _day(text: Any) -> date | None:
    """London's day of a fact that holds a moment or a date."""
    if not isinstance(text, str):
        return None
    return date.fromisoformat(text) if len(text) == 10 else local_day(datetime.fromisoformat(text))


def _met(clock: Any) -> m.Met:
    return m.Met(clock.due_at, clock.closed_at)


def _conference(facts: CaseFacts) -> m.Conference | None:
    held = _day(facts.icpc_held)
    return m.Conference(_day(facts.s47_strategy_discussion_held), held) if held else None


def _next_review(clocks: Iterable[Any]) -> list[Any]:
    """The review limit that comes first of those that run."""
    running = [clock for clock in clocks if clock.rule in REVIEW_RULES and clock.closed_at is None]
    return [min(running, key=lambda each: each.due_at)] if running else []


def _rounds(rows: Sequence[Any]) -> list[tuple[datetime, datetime | None, list[str]]]:
    """The rounds of invitations of a case: from each to the next, with the agencies that were asked.

    There may be none: reports can come in on an invitation that lies further back than is looked.
    """
    asked = [row for row in rows if row.kind == "invitation"]
    found = []
    for row, later in zip_longest(asked, asked[1:]):
        end = later.happened_at if later else None
        agencies = (row.body or {}).get("agencies") or ()
        names = agencies.split(",") if isinstance(agencies, str) else list(agencies)
        found.append((row.happened_at, end, [str(each).strip() for each in names]))
    return found


def _previous_plans(details: Any) -> int:
    """How many plans the last census said that a child had before."""
    plans = (details or {}).get("cp_plans") or ()
    return max((int(each.get("previous_plans") or 0) for each in plans if isinstance(each, dict)), default=0)
