"""Supervision: sessions, the cases and actions in them, signatures. Read by the two of them, and by their head."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, bindparam, case, delete, func, insert, literal, null, or_, select, update
from sqlalchemy.types import Date, Text

from models.statements.filing import MARKED, on_pathways
from models.statements.parts import (
    SEEN,
    STATEMENTS,
    T,
    adds,
    day,
    moment,
    named,
    number,
    only,
    pathway_case,
    payload,
    practitioner,
    practitioner_role,
    text,
    trail,
    values_of,
)
from models.types import SealedJson, SealedText
from pathways.supervision import HEADS, ONE_TO_ONE, SCHOOL

session, about = T["supervision"], T["supervision_case"]
action, signature = T["supervision_action"], T["supervision_signature"]
meeting, link = T["team_meeting"], T["person_link"]
overdue, file_mark = T["supervision_due"], T["file_mark"]
supervisor, supervised = practitioner.alias("supervisor"), practitioner.alias("supervised")
owner = practitioner.alias("owner")

STATEMENTS["add_supervision"] = (
    insert(session)
    .values(values_of(session, "id", "body", "destroyed_at", "destroyed_by", "certificate"))
    .returning(session.c.id)
)
adds("add_supervision_case", about)
adds("add_supervision_action", action)
adds("add_supervision_signature", signature)
adds("add_team_meeting", meeting)
adds("add_supervision_due", overdue)

_EMPTY = literal("", Text())


def _heads(of: Any) -> Any:
    """Whether the viewer heads, on a day, the school or the teams in which the supervised person of a row works."""
    who = practitioner.alias("head")
    team = func.coalesce(func.nullif(practitioner_role.c.team, _EMPTY), who.c.team)
    of_kind = [
        and_(
            of.c.kind == kind,
            or_(*(practitioner_role.c.role == role.value for role in sorted(roles))),
            and_(team == of.c.team, team != _EMPTY)
            if kind == SCHOOL
            else or_(team == of.c.team, team == _EMPTY),
        )
        for kind, roles in HEADS.items()
    ]
    return (
        select(practitioner_role.c.id)
        .join(who, who.c.id == practitioner_role.c.practitioner_id)
        .where(
            practitioner_role.c.practitioner_id == number("viewer"),
            practitioner_role.c.from_on <= day("today"),
            or_(practitioner_role.c.to_on.is_(None), practitioner_role.c.to_on >= day("today")),
            or_(*of_kind),
        )
        .correlate(of)
        .exists()
    )


def _theirs(of: Any) -> Any:
    return or_(
        literal("*", Text()) == text("clears"),
        of.c.supervisor_id == number("viewer"),
        of.c.practitioner_id == number("viewer"),
        _heads(of),
    )


THEIRS = _theirs(session)
"""The gate of supervision: the two of them, and the head of where the supervised one works."""


def _sessions() -> Any:
    return (
        select(
            *session.c,
            supervisor.c.login.label("supervisor"),
            supervised.c.login.label("practitioner"),
            supervised.c.title.label("title"),
            supervised.c.to_on.label("left_on"),
        )
        .join(supervisor, supervisor.c.id == session.c.supervisor_id)
        .join(supervised, supervised.c.id == session.c.practitioner_id)
        .where(THEIRS)
    )


@named
def supervisions() -> Any:
    """The sessions that the viewer may read, newest first; one person's where a login is given."""
    return (
        _sessions()
        .where(only("login", supervised.c.login))
        .order_by(session.c.held_on.desc(), session.c.id.desc())
    )


@named
def supervision_by_id() -> Any:
    return _sessions().where(session.c.id == number("supervision_id"))


@named
def same_supervision() -> Any:
    """A session of the two on a day, in a form."""
    return select(session.c.id).where(
        session.c.supervisor_id == number("supervisor_id"),
        session.c.practitioner_id == number("practitioner_id"),
        session.c.held_on == day("held_on"),
        session.c.form == text("form"),
    )


# --- how long they are kept ------------------------------------------------------------------------------------------


@named
def sessions_of_leavers() -> Any:
    """Sessions that the viewer may read, of people whose last day was on a day or before."""
    return (
        select(session.c.id, session.c.held_on, supervised.c.login.label("practitioner"), supervised.c.to_on)
        .join(supervised, supervised.c.id == session.c.practitioner_id)
        .where(THEIRS, session.c.destroyed_at.is_(None), supervised.c.to_on <= day("left_by"))
        .order_by(supervised.c.to_on, session.c.id)
    )


@named
def marks_on_discussed() -> Any:
    """What stands or stood on the files, or the people, of the cases in sight that were discussed in a session."""
    return (
        select(file_mark.c.kind, file_mark.c.from_at, file_mark.c.ended_at)
        .join(
            pathway_case,
            or_(pathway_case.c.id == file_mark.c.case_id, pathway_case.c.person_id == file_mark.c.person_id),
        )
        .join(about, about.c.case_id == pathway_case.c.id)
        .where(about.c.supervision_id == number("supervision_id"), SEEN)
    )


@named
def end_supervision() -> Any:
    """Empty a session that is destroyed; who met, when, and what was signed stays."""
    return (
        update(session)
        .where(session.c.id == number("supervision_id"), session.c.destroyed_at.is_(None))
        .values(
            body=null(),
            destroyed_at=moment("destroyed_at"),
            destroyed_by=number("destroyed_by"),
            certificate=text("certificate"),
        )
    )


@named
def empty_supervision_actions() -> Any:
    return (
        update(action)
        .where(action.c.supervision_id == number("supervision_id"))
        .values(what=null(), ended_why=null())
    )


@named
def empty_supervision_signatures() -> Any:
    return update(signature).where(signature.c.supervision_id == number("supervision_id")).values(said=null())


@named
def every_session_number() -> Any:
    """Every session by number, and whether it was destroyed; for copies."""
    return select(session.c.id, session.c.destroyed_at, session.c.certificate).order_by(session.c.id)


# --- overdue, as the last check found it -------------------------------------------------------------------------


@named
def last_supervisors() -> Any:
    """Who held the last session of a form with each supervised person, and when."""
    later = session.alias("later")
    last = (
        select(func.max(later.c.held_on))
        .where(
            later.c.practitioner_id == session.c.practitioner_id,
            later.c.form == text("form"),
            later.c.held_on <= day("today"),
        )
        .correlate(session)
        .scalar_subquery()
    )
    return (
        select(session.c.practitioner_id, session.c.supervisor_id, session.c.held_on)
        .where(THEIRS, session.c.form == text("form"), session.c.held_on == last)
        .order_by(session.c.id)
    )


@named
def every_supervision_due() -> Any:
    return select(*overdue.c).order_by(overdue.c.practitioner_id)


@named
def forget_supervision_due() -> Any:
    return delete(overdue)


@named
def count_supervision_due() -> Any:
    """How many people's supervision is overdue of those whom the viewer may know of, and how many late; not since held."""
    held = (
        select(session.c.id)
        .where(
            session.c.practitioner_id == overdue.c.practitioner_id,
            session.c.form == literal(ONE_TO_ONE, Text()),
            or_(overdue.c.last_on.is_(None), session.c.held_on > overdue.c.last_on),
        )
        .exists()
    )
    return select(
        func.count().label("people"), func.coalesce(func.sum(case((overdue.c.late, 1), else_=0)), 0).label("late")
    ).where(_theirs(overdue), ~held)  # fmt: skip


@named
def fill_supervision() -> Any:
    """Put what was said into a session that has just been added."""
    return (
        update(session)
        .where(session.c.id == number("supervision_id"), session.c.fingerprint == _EMPTY)
        .values(body=bindparam("body", type_=SealedJson()), fingerprint=text("fingerprint"))
    )


@named
def cases_of_supervision() -> Any:
    """The cases that were discussed in a session, of those that the viewer may see."""
    return (
        select(about.c.case_id, about.c.seq, pathway_case.c.reference, pathway_case.c.pathway)
        .join(pathway_case, pathway_case.c.id == about.c.case_id)
        .join(session, session.c.id == about.c.supervision_id)
        .where(about.c.supervision_id == number("supervision_id"), SEEN, THEIRS)
        .order_by(pathway_case.c.reference)
    )


@named
def said_in_supervision() -> Any:
    """What was said about a case in a session: an entry of the case's own trail."""
    return (
        select(payload.c.body)
        .join(pathway_case, pathway_case.c.reference == payload.c.case_ref)
        .where(pathway_case.c.reference == text("reference"), payload.c.seq == number("seq"), SEEN)
    )


def _actions() -> Any:
    return (
        select(
            *action.c,
            owner.c.login.label("owner"),
            supervised.c.login.label("practitioner"),
            session.c.held_on,
        )
        .join(session, session.c.id == action.c.supervision_id)
        .join(owner, owner.c.id == action.c.owner_id)
        .join(supervised, supervised.c.id == session.c.practitioner_id)
        .where(THEIRS)
    )


@named
def supervision_actions() -> Any:
    """Actions of every session that the viewer may read, those due first in front."""
    return _actions().where(only("login", supervised.c.login)).order_by(action.c.due_on, action.c.id)


@named
def actions_of_supervision() -> Any:
    return _actions().where(action.c.supervision_id == number("supervision_id")).order_by(action.c.id)


@named
def supervision_action() -> Any:
    return _actions().where(action.c.id == number("action_id"))


@named
def end_supervision_action() -> Any:
    return (
        update(action)
        .where(action.c.id == number("action_id"), action.c.ended_at.is_(None))
        .values(
            ended_on=day("ended_on"),
            ended_as=text("ended_as"),
            ended_why=bindparam("ended_why", type_=SealedText()),
            ended_by=text("ended_by"),
            ended_at=moment("ended_at"),
        )
    )


def _signatures() -> Any:
    who = practitioner.alias("signer")
    return (
        select(*signature.c, who.c.login)
        .join(who, who.c.id == signature.c.practitioner_id)
        .join(session, session.c.id == signature.c.supervision_id)
        .where(THEIRS)
    )


@named
def signatures_of_supervision() -> Any:
    return (
        _signatures().where(signature.c.supervision_id == number("supervision_id")).order_by(signature.c.id)
    )


@named
def every_supervision_signature() -> Any:
    return _signatures().order_by(signature.c.supervision_id, signature.c.id)


@named
def own_entries() -> Any:
    """The entries of somebody's own chain about one thing, with what they hold."""
    return (
        select(trail.c.seq, payload.c.body)
        .join(payload, and_(payload.c.case_ref == trail.c.case_ref, payload.c.seq == trail.c.seq))
        .where(trail.c.case_ref == text("chain"), trail.c.action == text("action"))
        .order_by(trail.c.seq)
    )


@named
def cases_to_supervise() -> Any:
    """Cases on some pathways that somebody leads, or that are in their team's hands; with whether the child is marked."""
    return (
        select(
            pathway_case.c.reference,
            pathway_case.c.pathway,
            pathway_case.c.is_open,
            pathway_case.c.opened_at,
            func.coalesce(link.c.person_id, pathway_case.c.person_id).label("child"),
            MARKED.label("marked"),
        )
        .outerjoin(link, and_(link.c.other_id == pathway_case.c.person_id, link.c.ended_at.is_(None)))
        .where(
            on_pathways("pathways"),
            SEEN,
            or_(
                pathway_case.c.lead == text("login"),
                and_(text("team") != _EMPTY, pathway_case.c.team == text("team")),
            ),
        )
        .order_by(pathway_case.c.reference)
    )


@named
def last_team_meetings() -> Any:
    """When each team last met."""
    last = func.max(meeting.c.held_on, type_=Date())
    return (
        select(meeting.c.team, last.label("held_on"))
        .where(meeting.c.held_on <= day("today"))
        .group_by(meeting.c.team)
        .order_by(meeting.c.team)
    )


@named
def team_meeting_on() -> Any:
    return select(meeting.c.id).where(meeting.c.team == text("team"), meeting.c.held_on == day("held_on"))
