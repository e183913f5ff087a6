"""Conferences: which are to be held, and what is booked on a day."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from models.statements.parts import IS_OPEN, SEEN, T, day, named, only, pathway_case

meeting, meeting_case = T["meeting"], T["meeting_case"]


@named
def open_conferences() -> Any:
    """The open cases of child protection that the viewer may see."""
    return (
        select(pathway_case.c.reference, pathway_case.c.state, pathway_case.c.facts)
        .where(pathway_case.c.pathway == "child_protection", IS_OPEN, SEEN)
        .order_by(pathway_case.c.reference)
    )


@named
def conferences_between() -> Any:
    """The conferences that are booked for these days, with those of their cases that the viewer may see; narrowed as work."""
    return (
        select(
            *(meeting.c[each] for each in ("id", "kind", "booked_on", "begins_at", "place", "chair")),
            pathway_case.c.reference,
        )
        .join(meeting_case, meeting_case.c.meeting_id == meeting.c.id)
        .join(pathway_case, pathway_case.c.id == meeting_case.c.case_id)
        .where(meeting.c.booked_on >= day("since"), meeting.c.booked_on <= day("until"), SEEN)
        .where(meeting.c.status == "booked", meeting_case.c.left_at.is_(None))
        .where(only("team", pathway_case.c.team), only("lead", pathway_case.c.lead))
        .order_by(meeting.c.booked_on, meeting.c.begins_at, meeting.c.id, pathway_case.c.reference)
    )


@named
def meetings_on_day() -> Any:
    """Where conferences are booked for a day, with those of their cases that the viewer may see."""
    return (
        select(meeting.c.id, meeting.c.place, meeting.c.chair, meeting.c.begins_at, pathway_case.c.reference)
        .join(meeting_case, meeting_case.c.meeting_id == meeting.c.id)
        .join(pathway_case, pathway_case.c.id == meeting_case.c.case_id)
        .where(meeting.c.booked_on == day("on"), meeting.c.status == "booked", SEEN)
        .where(meeting_case.c.left_at.is_(None))
        .order_by(pathway_case.c.reference)
    )
