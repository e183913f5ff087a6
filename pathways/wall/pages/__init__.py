"""The fourteen pages of the wall: what each says, shows and explains, from plain figures.

Each page answers in a sentence, draws the answer, prints the same numbers and says how they are worked out. A page
that is `public` hides small numbers first; its sentences, headline and pictures are then made from the table that is
left, so that nothing hidden stands anywhere else on it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pathways import measures as m
from pathways.wall.figures import Figures
from pathways.wall.page import Page
from pathways.wall.pages.conferences import conference_stages, conference_times, reports_in
from pathways.wall.pages.due import late_now, this_morning
from pathways.wall.pages.others import early_help, escalations, missing_education, referral_decisions
from pathways.wall.pages.paper import TITLES, Found, Paper
from pathways.wall.pages.plans import plan_length, reviews
from pathways.wall.pages.service import data_quality, the_check, workload

__all__ = ["HOW", "PAGES", "TITLES", "all_pages", "page"]

HOW: dict[str, tuple[tuple[str, Callable[..., Any]], ...]] = {
    "this-morning": (("Late, due and on track", m.standing),),
    "late-now": (("Late", m.late_tasks),),
    "conference-times": (("Held within 15 working days", m.conference_waits),),
    "conference-stages": (("The stage a conference waits at", m.conference_stages),),
    "reports-in": (("Reports on time", m.reports_on_time),),
    "reviews": (
        ("Reviews that are coming", m.reviews_coming),
        ("Limits kept", m.limits_kept),
        ("Plans with every review in time", m.plans_reviewed_in_time),
    ),
    "plan-length": (("Length of plans, repeat plans, long plans", m.plan_lengths),),
    "referral-decisions": (
        ("Decisions and returns", m.referral_decisions),
        ("Written forms", m.forms_in_a_day),
    ),
    "missing-education": (("School days missed", m.missing_by_days), ("How cases ended", m.endings)),
    "early-help": (
        ("Steps up and down", m.steps_by_month),
        ("Limits kept", m.limits_kept),
        ("Consent refused", m.refusals),
    ),
    "escalations": (("Age of a disagreement", m.disagreements), ("How they ended", m.endings)),
    "workload": (("Open cases per lead", m.caseloads),),
    "data-quality": (("Completeness", m.completeness), ("Dates that cannot be right", m.impossible_dates)),
    "the-check-itself": (("Runs", m.check_runs),),
}
"""The measures behind each page, and what each is called there."""


def all_pages(found: Figures, *, public: bool = False) -> list[Page]:
    """Every page, the most important first; `public` ones hide small numbers and list no references."""
    return [page(found, key, public=public) for key in TITLES]


def page(found: Figures, key: str, *, public: bool = False) -> Page:
    """One page by its key."""
    on = Paper(found, public)
    made = PAGES[key](on)
    how = tuple((name, m.explained(function)) for name, function in HOW[key])
    answer = tuple(made.pop("answer")) or ("The numbers are in the table; small ones are hidden.",)
    headline = made.pop("headline") or "**small numbers** are hidden"
    if public:
        made["charts"] = tuple(each for each in made.get("charts", ()) if each.shows)
    return Page(key=key, title=TITLES[key], headline=headline, as_at=on.as_at(), answer=answer, how=how, public=public, **made)  # fmt: skip


PAGES: dict[str, Callable[[Paper], Found]] = {
    "this-morning": this_morning,
    "late-now": late_now,
    "conference-times": conference_times,
    "conference-stages": conference_stages,
    "reports-in": reports_in,
    "reviews": reviews,
    "plan-length": plan_length,
    "referral-decisions": referral_decisions,
    "missing-education": missing_education,
    "early-help": early_help,
    "escalations": escalations,
    "workload": workload,
    "data-quality": data_quality,
    "the-check-itself": the_check,
}
