"""What the wall counts: sets of rows without a person, a name or a restricted case, whoever asks.

None of these passes the gate, since the same pages are read by everybody: what is restricted is left out for all.
The one list of references leaves out every case that somebody is kept out of, too.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, case, delete, exists, func, literal, or_, select, type_coerce
from sqlalchemy.types import Text

from models.statements.parts import (
    T,
    adds,
    check_run,
    day,
    deadline,
    episode,
    moment,
    named,
    number,
    pathway_case,
    person,
    record,
    text,
)
from models.types import Instant
from pathways.front_door import DRAFTED

NEVER_REFERRED = (*DRAFTED, "not_referred")
SOCIAL_CARE = ("child_in_need", "child_protection", "immediate_protection")

_SHARED = pathway_case.c.restricted.is_(False)
_RUNNING = and_(
    deadline.c.closed_at.is_(None), or_(deadline.c.status == "open", deadline.c.status == "missed")
)


def _listed(column: Any, bind: str) -> Any:
    """Whether a value stands in a list that is given as ',a,b,'."""
    comma = literal(",", Text())
    return func.replace(text(bind), comma + column + comma, literal("", Text())) != text(bind)


def _one_of(column: Any, names: tuple[str, ...]) -> Any:
    return or_(*(column == each for each in names))


def _sum(condition: Any, label: str) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0).label(label)


@named
def wall_standing() -> Any:
    """Cases by pathway and team, each by the date on it that presses most; `gates` are never late."""
    presses = (
        select(deadline.c.case_id, func.min(deadline.c.due_at, type_=Instant()).label("due"))
        .where(_RUNNING, ~_listed(deadline.c.rule, "gates"))
        .group_by(deadline.c.case_id)
        .subquery("presses")
    )
    due = presses.c.due
    return (
        select(
            pathway_case.c.pathway,
            pathway_case.c.team,
            func.count().label("cases"),
            _sum(due < moment("now"), "late"),
            _sum(and_(due >= moment("now"), due <= moment("tonight")), "today"),
            _sum(and_(due > moment("tonight"), due <= moment("until")), "week"),
            _sum(and_(due < moment("now"), due >= moment("since")), "fresh"),
            _sum(pathway_case.c.is_open, "still_open"),
        )
        .select_from(pathway_case.outerjoin(presses, presses.c.case_id == pathway_case.c.id))
        .where(_SHARED, or_(pathway_case.c.is_open, due.is_not(None)))
        .group_by(pathway_case.c.pathway, pathway_case.c.team)
        .order_by(pathway_case.c.pathway, pathway_case.c.team)
    )


@named
def wall_late() -> Any:
    """What is late, by reference, the longest first. Nothing that anybody is kept out of."""
    return (
        select(
            pathway_case.c.reference,
            pathway_case.c.pathway,
            pathway_case.c.team,
            deadline.c.rule,
            deadline.c.due_at,
        )
        .join(pathway_case, pathway_case.c.id == deadline.c.case_id)
        .where(
            _RUNNING,
            _SHARED,
            pathway_case.c.guarded.is_(False),
            deadline.c.due_at < moment("now"),
            ~_listed(deadline.c.rule, "gates"),
        )
        .order_by(deadline.c.due_at, pathway_case.c.reference, deadline.c.rule)
        .limit(number("most"))
    )


@named
def wall_late_tasks() -> Any:
    """How many dates have passed, on how many cases."""
    return (
        select(func.count().label("tasks"), func.count(deadline.c.case_id.distinct()).label("cases"))
        .select_from(deadline.join(pathway_case, pathway_case.c.id == deadline.c.case_id))
        .where(_RUNNING, _SHARED, deadline.c.due_at < moment("now"), ~_listed(deadline.c.rule, "gates"))
    )


@named
def wall_cases() -> Any:
    """The cases of a pathway that are open or ended since a moment, with their facts and nothing of the person."""
    return select(
        pathway_case.c.id,
        pathway_case.c.person_id,
        pathway_case.c.episode_id,
        pathway_case.c.state,
        pathway_case.c.is_open,
        pathway_case.c.outcome,
        pathway_case.c.facts,
        pathway_case.c.opened_at,
        pathway_case.c.closed_at,
    ).where(
        _SHARED,
        pathway_case.c.pathway == text("pathway"),
        or_(pathway_case.c.is_open, pathway_case.c.closed_at >= moment("since")),
    )


@named
def wall_clocks() -> Any:
    """Clocks of a pathway that run or were met: of open cases all, of others since a moment; `rules` as ',a,b,'."""
    return (
        select(
            deadline.c.case_id,
            deadline.c.rule,
            deadline.c.due_on,
            deadline.c.due_at,
            deadline.c.status,
            deadline.c.closed_at,
        )
        .join(pathway_case, pathway_case.c.id == deadline.c.case_id)
        .where(
            _SHARED,
            pathway_case.c.pathway == text("pathway"),
            _listed(deadline.c.rule, "rules"),
            or_(
                _RUNNING,
                and_(
                    deadline.c.status == "met",
                    or_(pathway_case.c.is_open, deadline.c.closed_at >= moment("since")),
                ),
            ),
        )
        .order_by(deadline.c.case_id, deadline.c.due_at)
    )


@named
def wall_records() -> Any:
    """Records of some kinds since a moment, oldest first, without those taken back; `kinds` as ',a,b,'."""
    return (
        select(record.c.case_id, record.c.kind, record.c.happened_at, record.c.body)
        .join(pathway_case, pathway_case.c.id == record.c.case_id)
        .where(
            _SHARED,
            _listed(record.c.kind, "kinds"),
            record.c.happened_at >= moment("since"),
            record.c.voided_seq.is_(None),
        )
        .order_by(record.c.case_id, record.c.happened_at, record.c.id)
    )


@named
def wall_referred() -> Any:
    """Spells with a referral since a day: of whom, which, when. Of the front door, and of social care without one."""
    referral = or_(
        and_(pathway_case.c.pathway == "front_door", ~_one_of(pathway_case.c.state, NEVER_REFERRED)),
        _one_of(pathway_case.c.pathway, SOCIAL_CARE),
    )
    return (
        select(episode.c.person_id, episode.c.id, episode.c.opened_on)
        .join(pathway_case, pathway_case.c.episode_id == episode.c.id)
        .where(_SHARED, referral, episode.c.opened_on >= day("since"))
        .distinct()
    )


def _some_earlier_plan() -> Any:
    """Whether the details name a number of earlier plans that is not nothing, seen without reading the JSON."""
    details = type_coerce(episode.c.details, Text())
    empty = literal("", Text())
    without_zero = func.replace(details, literal('"previous_plans":0', Text()), empty)
    return func.replace(without_zero, literal('"previous_plans":', Text()), empty) != without_zero


@named
def wall_plans() -> Any:
    """What the last census said of earlier plans, for spells with a plan that stands or ended since a moment."""
    return (
        select(episode.c.id, episode.c.details)
        .join(pathway_case, pathway_case.c.episode_id == episode.c.id)
        .where(
            _SHARED,
            pathway_case.c.pathway == "child_protection",
            or_(pathway_case.c.is_open, pathway_case.c.closed_at >= moment("since")),
            episode.c.source_key.is_not(None),
            _some_earlier_plan(),
        )
    )


@named
def wall_loads() -> Any:
    """Open cases by team and by whoever leads them."""
    return (
        select(pathway_case.c.pathway, pathway_case.c.team, pathway_case.c.lead, func.count().label("cases"))
        .where(_SHARED, pathway_case.c.is_open)
        .group_by(pathway_case.c.pathway, pathway_case.c.team, pathway_case.c.lead)
        .order_by(pathway_case.c.pathway, pathway_case.c.team)
    )


@named
def wall_known() -> Any:
    """Open cases of social care by pathway, and in how many of them each field of the return is known."""
    return (
        select(
            pathway_case.c.pathway,
            func.count().label("cases"),
            _sum(
                or_(person.c.birth_date.is_not(None), person.c.expected_delivery_date.is_not(None)), "birth"
            ),
            _sum(_one_of(person.c.sex, ("M", "F")), "sex"),
            _sum(person.c.ethnicity.is_not(None), "ethnicity"),
            _sum(episode.c.referral_source.is_not(None), "source"),
            _sum(episode.c.primary_need.is_not(None), "need"),
        )
        .join(person, person.c.id == pathway_case.c.person_id)
        .join(episode, episode.c.id == pathway_case.c.episode_id)
        .where(_SHARED, pathway_case.c.is_open, _one_of(pathway_case.c.pathway, SOCIAL_CARE))
        .group_by(pathway_case.c.pathway)
        .order_by(pathway_case.c.pathway)
    )


@named
def wall_impossible() -> Any:
    """Spells whose dates contradict each other, by what is wrong."""
    counted = exists().where(pathway_case.c.episode_id == episode.c.id, _SHARED)
    return (
        select(
            _sum(
                and_(
                    episode.c.opened_on < person.c.birth_date,
                    person.c.expected_delivery_date.is_(None),
                ),
                "before_birth",
            ),
            _sum(episode.c.closed_on < episode.c.opened_on, "closed_first"),
            _sum(episode.c.opened_on > person.c.died_on, "after_death"),
            _sum(episode.c.opened_on > day("today"), "in_future"),
        )
        .select_from(episode.join(person, person.c.id == episode.c.person_id))
        .where(counted)
    )


@named
def wall_over_time() -> Any:
    """How things stood on each morning since a day."""
    counts = T["daily_count"]
    return (
        select(
            counts.c.day,
            counts.c.pathway,
            func.sum(counts.c.open_cases).label("open_cases"),
            func.sum(counts.c.late).label("late"),
        )
        .where(counts.c.day >= day("since"))
        .group_by(counts.c.day, counts.c.pathway)
        .order_by(counts.c.day, counts.c.pathway)
    )


@named
def wall_checkpoint() -> Any:
    """When the record was last signed for as a whole."""
    checkpoint = T["checkpoint"]
    return select(checkpoint.c.at, checkpoint.c.chains).order_by(checkpoint.c.id.desc()).limit(1)


@named
def wall_runs() -> Any:
    return (
        select(*check_run.c).order_by(check_run.c.as_of.desc(), check_run.c.id.desc()).limit(number("most"))
    )


@named
def clear_daily_count() -> Any:
    counts = T["daily_count"]
    return delete(counts).where(counts.c.day == day("day"))


adds("add_daily_count", T["daily_count"])


@named
def wall_former_plans() -> Any:
    """Whose plan ended before a moment, and when."""
    return select(pathway_case.c.person_id, pathway_case.c.closed_at).where(
        _SHARED,
        pathway_case.c.pathway == "child_protection",
        pathway_case.c.state == "ended",
        pathway_case.c.is_open.is_(False),
        pathway_case.c.closed_at < moment("before"),
    )
