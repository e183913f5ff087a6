"""Messages on their way: what Prefect hears, who gets an e-mail, what is said of a night's check."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, literal, null, or_, select, update
from sqlalchemy.types import Integer, Text

from models.statements.parts import (
    IS_OPEN,
    SEEN,
    T,
    adds_once,
    day,
    named,
    number,
    outbox,
    parked,
    pathway_case,
    practitioner,
    practitioner_role,
    text,
)
from models.statements.parts import moment as at

notice = T["notice"]
adds_once("add_notice", notice, "key", "sent_at", "given_up_at")

_COMMA, _NOTHING = literal(",", Text()), literal("", Text())
_ABOUT_A_GUARDED_CASE = (
    select(pathway_case.c.id)
    .where(pathway_case.c.reference == outbox.c.case_ref, pathway_case.c.guarded)
    .exists()
)
_OPEN_TO_ALL = (
    select(pathway_case.c.id)
    .where(pathway_case.c.id == parked.c.case_id, pathway_case.c.guarded.is_(False))
    .exists()
)


@named
def withhold_messages() -> Any:
    """What is about a guarded case is never told to anything shared; it counts as dealt with, and as never sent."""
    return (
        update(outbox)
        .where(outbox.c.done_at.is_(None), _ABOUT_A_GUARDED_CASE)
        .values(done_at=at("now"), event_id=null(), sent_at=null())
    )


@named
def messages_to_relay() -> Any:
    return (
        select(*outbox.c)
        .where(outbox.c.done_at.is_(None), outbox.c.id > number("after"))
        .order_by(outbox.c.id)
        .limit(number("most"))
    )


@named
def mark_message_sent() -> Any:
    return (
        update(outbox)
        .where(outbox.c.id == number("message_id"), outbox.c.done_at.is_(None))
        .values(event_id=text("event_id"), sent_at=at("sent_at"))
    )


@named
def mark_message_done() -> Any:
    return (
        update(outbox)
        .where(outbox.c.id == number("message_id"), outbox.c.done_at.is_(None))
        .values(done_at=at("done_at"))
    )


@named
def count_waiting_messages() -> Any:
    """Messages not yet relayed, without those about guarded cases: a number that everybody sees tells of none."""
    guarded = (
        select(pathway_case.c.id)
        .where(pathway_case.c.reference == outbox.c.case_ref, pathway_case.c.guarded)
        .exists()
    )
    return select(func.count().label("messages")).where(outbox.c.done_at.is_(None), ~guarded)


@named
def last_message_before() -> Any:
    """The newest message that is older than a moment, from another one on."""
    return select(func.coalesce(func.max(outbox.c.id), number("after")).label("id")).where(
        outbox.c.id > number("after"), outbox.c.recorded_at < at("before")
    )


@named
def shared_parked() -> Any:
    return select(func.count().label("cases")).select_from(parked).where(_OPEN_TO_ALL)


@named
def messages_to_people() -> Any:
    """Messages of the `wanted` kinds since one, with what decides who is told. Kinds as one text: ',a,b,'."""
    return (
        select(
            outbox.c.id,
            outbox.c.event,
            outbox.c.case_ref,
            outbox.c.rule,
            outbox.c.to_roles,
            outbox.c.recorded_at,
            pathway_case.c.team,
            pathway_case.c.lead,
            pathway_case.c.guarded,
            pathway_case.c.restricted,
        )
        .join(pathway_case, pathway_case.c.reference == outbox.c.case_ref)
        .where(outbox.c.id > number("after"), outbox.c.to_roles != "")
        .where(func.replace(text("wanted"), _COMMA + outbox.c.event + _COMMA, _NOTHING) != text("wanted"))
        .order_by(outbox.c.id)
        .limit(number("most"))
    )


@named
def messages_to_agencies() -> Any:
    """Since a message: reports asked for again, and conferences that lack reports, on open cases that are not guarded."""
    return (
        select(
            outbox.c.id,
            outbox.c.key,
            outbox.c.event,
            outbox.c.case_ref,
            outbox.c.due_on,
            outbox.c.recorded_at,
            pathway_case.c.facts,
            pathway_case.c.team,
            pathway_case.c.lead,
        )
        .join(pathway_case, pathway_case.c.reference == outbox.c.case_ref)
        .where(outbox.c.id > number("after"), pathway_case.c.is_open, pathway_case.c.guarded.is_(False))
        .where(or_(outbox.c.event == "pathways.report.chased", outbox.c.event == "pathways.reports.missing"))
        .order_by(outbox.c.id)
        .limit(number("most"))
    )


@named
def people_with_mail() -> Any:
    """Who works here today and can be written to, a row for each role held."""
    return (
        select(
            practitioner.c.id,
            practitioner.c.login,
            practitioner.c.title,
            practitioner_role.c.role,
            practitioner_role.c.team,
        )
        .join(practitioner_role, practitioner_role.c.practitioner_id == practitioner.c.id)
        .where(
            practitioner.c.email.is_not(None),
            practitioner.c.from_on <= day("on"),
            or_(practitioner.c.to_on.is_(None), practitioner.c.to_on >= day("on")),
            practitioner_role.c.from_on <= day("on"),
            or_(practitioner_role.c.to_on.is_(None), practitioner_role.c.to_on >= day("on")),
        )
        .order_by(practitioner.c.id, practitioner_role.c.id)
    )


@named
def notices_to_send() -> Any:
    return (
        select(*notice.c, practitioner.c.email)
        .outerjoin(practitioner, practitioner.c.id == notice.c.practitioner_id)
        .where(
            notice.c.sent_at.is_(None),
            notice.c.given_up_at.is_(None),
            notice.c.send_after <= at("now"),
        )
        .order_by(notice.c.send_after, notice.c.id)
        .limit(number("most"))
    )


_TOLD_AS_OWNER = or_(
    *(
        func.substr(notice.c.key, literal(1, Integer()), literal(len(about), Integer()))
        == literal(about, Text())
        for about in ("glass/", "withdrawn_elsewhere/", "second_record/")
    )
)


@named
def owners_untold() -> Any:
    """What somebody was to be told at once of a case that they answer for, and no mail has carried to them."""
    case_of = func.substr(notice.c.subject, literal(len("Look at ") + 1, Integer()))
    return (
        select(notice.c.body)
        .join(pathway_case, pathway_case.c.reference == case_of)
        .where(
            notice.c.practitioner_id == number("viewer"),
            notice.c.sent_at.is_(None),
            notice.c.queued_at >= at("since"),
            _TOLD_AS_OWNER,
            SEEN,
        )
        .order_by(notice.c.id)
    )


@named
def claim_notice() -> Any:
    """Count an attempt, before it is made; 0 rows: somebody else is at it. It is tried again from `send_after` on."""
    return (
        update(notice)
        .where(
            notice.c.id == number("notice_id"),
            notice.c.attempts == number("attempts"),
            notice.c.sent_at.is_(None),
            notice.c.given_up_at.is_(None),
        )
        .values(attempts=notice.c.attempts + 1, send_after=at("send_after"))
    )


@named
def unclaim_notice() -> Any:
    """The attempt did not count: the relay was not there, which is no fault of the message."""
    return (
        update(notice)
        .where(notice.c.id == number("notice_id"))
        .values(attempts=number("attempts"), send_after=at("send_after"), last_fault=text("last_fault"))
    )


@named
def note_notice_fault() -> Any:
    return update(notice).where(notice.c.id == number("notice_id")).values(last_fault=text("last_fault"))


@named
def note_notice_sent() -> Any:
    return update(notice).where(notice.c.id == number("notice_id")).values(sent_at=at("now"), last_fault="")


@named
def give_up_notice() -> Any:
    return (
        update(notice)
        .where(notice.c.id == number("notice_id"))
        .values(given_up_at=at("now"), last_fault=text("last_fault"))
    )


@named
def count_notices() -> Any:
    """How many messages wait, and how many were given up: the viewer's own and the operator's.

    Of anybody else's not even the number is told: it goes up with an alert about a case that few may see.
    """
    theirs = or_(
        literal("*", Text()) == text("clears"),
        notice.c.practitioner_id.is_(None),
        notice.c.practitioner_id == number("viewer"),
    )
    return (
        select(notice.c.given_up_at.is_not(None).label("given_up"), func.count().label("notices"))
        .where(notice.c.sent_at.is_(None), theirs)
        .group_by(notice.c.given_up_at.is_not(None))
    )


@named
def conferences_waiting_for_reports() -> Any:
    """Open, unguarded cases whose clock for reports is running, with the facts that say which are missing."""
    deadline = T["deadline"]
    return (
        select(
            pathway_case.c.id,
            pathway_case.c.reference,
            pathway_case.c.pathway,
            pathway_case.c.team,
            pathway_case.c.facts,
            pathway_case.c.guarded,
            deadline.c.rule,
            deadline.c.key,
            deadline.c.started,
        )
        .join(pathway_case, pathway_case.c.id == deadline.c.case_id)
        .where(deadline.c.closed_at.is_(None), deadline.c.due_at <= at("until"))
        .where(or_(deadline.c.rule == "cp.report_icpc", deadline.c.rule == "cp.report_rcpc"))
        .order_by(deadline.c.due_at, deadline.c.id)
    )


@named
def conferences_without_day() -> Any:
    """Open, unguarded cases with a running limit of `rules` (as ',a,b,') up to a day, and no conference booked."""
    deadline, meeting, meeting_case = T["deadline"], T["meeting"], T["meeting_case"]
    wanted = (
        select(deadline.c.id)
        .where(deadline.c.case_id == pathway_case.c.id, deadline.c.closed_at.is_(None))
        .where(deadline.c.due_on <= day("until"))
        .where(func.replace(text("rules"), _COMMA + deadline.c.rule + _COMMA, _NOTHING) != text("rules"))
        .exists()
    )
    booked = (
        select(meeting.c.id)
        .join(meeting_case, meeting_case.c.meeting_id == meeting.c.id)
        .where(meeting_case.c.case_id == pathway_case.c.id, meeting_case.c.left_at.is_(None))
        .where(meeting.c.status == "booked")
        .exists()
    )
    return (
        select(pathway_case.c.reference, pathway_case.c.person_id)
        .where(pathway_case.c.pathway == "child_protection", IS_OPEN)
        .where(pathway_case.c.guarded.is_(False), wanted, ~booked)
        .order_by(pathway_case.c.reference)
    )


@named
def meetings_between() -> Any:
    """How many conferences are booked from one day to another, without those on guarded cases alone."""
    meeting, meeting_case = T["meeting"], T["meeting_case"]
    seen = (
        select(pathway_case.c.id)
        .join(meeting_case, meeting_case.c.case_id == pathway_case.c.id)
        .where(meeting_case.c.meeting_id == meeting.c.id, pathway_case.c.guarded.is_(False))
        .where(meeting_case.c.left_at.is_(None))
        .exists()
    )
    return select(func.count().label("meetings")).where(
        meeting.c.status == "booked",
        meeting.c.booked_on >= day("first"),
        meeting.c.booked_on <= day("last"),
        seen,
    )


@named
def clocks_running_out() -> Any:
    """Clocks of a rule that run on open, unguarded cases and end before a moment."""
    deadline = T["deadline"]
    return (
        select(
            pathway_case.c.reference,
            pathway_case.c.pathway,
            pathway_case.c.team,
            deadline.c.rule,
            deadline.c.key,
            deadline.c.due_on,
            deadline.c.due_at,
        )
        .join(pathway_case, pathway_case.c.id == deadline.c.case_id)
        .where(deadline.c.rule == text("rule"), deadline.c.status == "open", deadline.c.closed_at.is_(None))
        .where(deadline.c.due_at > at("now"), deadline.c.due_at <= at("until"))
        .where(pathway_case.c.is_open, pathway_case.c.guarded.is_(False))
        .order_by(deadline.c.due_at, deadline.c.id)
    )


@named
def cases_without_lead() -> Any:
    """Open, unguarded cases that were opened before a moment and that nobody leads, the longest first."""
    return (
        select(pathway_case.c.reference, pathway_case.c.pathway, pathway_case.c.team)
        .where(pathway_case.c.is_open, pathway_case.c.guarded.is_(False))
        .where(or_(pathway_case.c.lead.is_(None), pathway_case.c.lead == ""))
        .where(pathway_case.c.opened_at < at("before"))
        .order_by(pathway_case.c.opened_at, pathway_case.c.id)
        .limit(number("most"))
    )


@named
def late_by_day() -> Any:
    """How many cases were late on each morning since a day."""
    counts = T["daily_count"]
    return (
        select(counts.c.day, func.sum(counts.c.late).label("late"))
        .where(counts.c.day >= day("since"))
        .group_by(counts.c.day)
        .order_by(counts.c.day)
    )


@named
def setting_named() -> Any:
    setting = T["setting"]
    return select(setting.c.value).where(setting.c.name == text("name"))


@named
def forget_setting() -> Any:
    setting = T["setting"]
    return delete(setting).where(setting.c.name == text("name"))
