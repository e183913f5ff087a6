"""What the pages are made from: plain rows, as the records gave them, and the moment they were read at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from pathways import measures as m
from pathways.calendars import Calendar


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the wall shows, without a person, a name or a restricted case.

    `now` is the moment that the records were read as at, `since` the working day before it at the same hour.
    """

    now: datetime
    today: date
    since: date
    rules: str
    calendar: Calendar
    calendar_ends: date
    lines: Sequence[m.Line] = ()
    papers: int = 0
    """Cases that have ended and have a paper still due; they are among the lines."""
    late: Sequence[m.LateTask] = ()
    late_in_all: int = 0
    mornings: Sequence[tuple[date, Mapping[str, tuple[int, int]]]] = ()
    """Open and late cases of each pathway on earlier mornings, as they were noted then."""
    conferences: Sequence[m.Conference] = ()
    stages: Sequence[m.AtStage] = ()
    reports: Sequence[m.Report] = ()
    reviews: Sequence[m.Review] = ()
    slots_a_week: int = 0
    """How many conferences can be held in a week; 0: nobody said."""
    reviews_held: Sequence[m.Met] = ()
    core_groups: Sequence[m.Met] = ()
    plans_reviewed: Sequence[m.PlanReviews] = ()
    plans: Sequence[m.Plan] = ()
    referrals: Sequence[m.Referral] = ()
    earlier_referrals: Mapping[int, Sequence[tuple[int, date]]] = field(default_factory=dict)
    missing_days: Sequence[int] = ()
    missing_guessed: int = 0
    """Of those, how many were counted in working days, since no school calendar is loaded for them."""
    missing_ended: Sequence[m.Ended] = ()
    early_help: Mapping[str, int] = field(default_factory=dict)
    early_help_assessed: Sequence[m.Met] = ()
    early_help_reviewed: Sequence[m.Met] = ()
    steps: Sequence[m.Step] = ()
    refused_on: Sequence[date] = ()
    disputes: Sequence[m.Dispute] = ()
    disputes_ended: Sequence[m.Ended] = ()
    loads: Sequence[m.Load] = ()
    known: Sequence[m.Known] = ()
    impossible: Sequence[m.Impossible] = ()
    runs: Sequence[m.Run] = ()
    anchored_at: datetime | None = None
    mark: str = ""
    """What every page bears at its head; empty but for invented cases."""
