"""What the wall counts: each measure once, from plain rows to plain numbers.

A measure's docstring is what its page prints as "how this is worked out"; it is written for managers. Where the
Department for Education publishes the measure, its numerator and denominator are used and the text says so. Days are
London's; a working day is one of England's, and the day on which something begins is not counted. Restricted cases
never reach these functions.
"""

from __future__ import annotations

from pathways.measures.conferences import (
    Agency,
    AtStage,
    Conference,
    Report,
    StageCount,
    Week,
    conference_stages,
    conference_waits,
    reports_on_time,
)
from pathways.measures.due import LateTask, Line, late_tasks, standing
from pathways.measures.front_door import Referral, ReferralWeek, came_back, forms_in_a_day, referral_decisions
from pathways.measures.measure import MEASURES, explained, last_months, last_weeks, middle
from pathways.measures.other_pathways import (
    MISSING_BANDS,
    OLD_DISPUTE,
    Dispute,
    Ended,
    Step,
    disagreements,
    endings,
    missing_by_days,
    refusals,
    steps_by_month,
)
from pathways.measures.plans import (
    BANDS,
    ComingWeek,
    Met,
    Plan,
    PlanReviews,
    Review,
    limits_kept,
    plan_lengths,
    plans_reviewed_in_time,
    reviews_coming,
)
from pathways.measures.service import (
    Impossible,
    Known,
    Load,
    Run,
    TeamLoad,
    caseloads,
    check_runs,
    completeness,
    impossible_dates,
)

__all__ = [
    "BANDS",
    "MEASURES",
    "MISSING_BANDS",
    "OLD_DISPUTE",
    "Agency",
    "AtStage",
    "ComingWeek",
    "Conference",
    "Dispute",
    "Ended",
    "Impossible",
    "Known",
    "LateTask",
    "Line",
    "Load",
    "Met",
    "Plan",
    "PlanReviews",
    "Referral",
    "ReferralWeek",
    "Report",
    "Review",
    "Run",
    "StageCount",
    "Step",
    "TeamLoad",
    "Week",
    "came_back",
    "caseloads",
    "check_runs",
    "completeness",
    "conference_stages",
    "conference_waits",
    "disagreements",
    "endings",
    "explained",
    "forms_in_a_day",
    "impossible_dates",
    "last_months",
    "last_weeks",
    "late_tasks",
    "limits_kept",
    "middle",
    "missing_by_days",
    "plan_lengths",
    "plans_reviewed_in_time",
    "referral_decisions",
    "refusals",
    "reports_on_time",
    "reviews_coming",
    "standing",
    "steps_by_month",
]
