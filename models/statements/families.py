"""Families: households, relationships and addresses with their dates; meetings of several children; linked records."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, null, select, union_all, update
from sqlalchemy.dialects import postgresql, sqlite

from models.statements.parts import (
    KNOWN,
    SEEN,
    T,
    address,
    adds,
    day,
    moment,
    name,
    named,
    number,
    pathway_case,
    person,
    relationship,
    text,
    values_of,
)
from models.statements.people import USUAL

household, member, link = T["household"], T["household_member"], T["person_link"]
meeting, meeting_case, meeting_person = T["meeting"], T["meeting_case"], T["meeting_person"]
_WHO = (
    person.c.kind.label("person_kind"),
    person.c.birth_date,
    person.c.expected_delivery_date,
    person.c.died_on,
    USUAL.c.given,
    USUAL.c.family,
)

adds("add_person_link", link)
adds("add_meeting_case", meeting_case)


def _once(table: Any) -> Any:
    values = values_of(table)
    return {
        "sqlite": sqlite.insert(table).values(values).on_conflict_do_nothing().inline(),
        "postgresql": postgresql.insert(table).values(values).on_conflict_do_nothing().inline(),
    }


@named
def add_meeting_person() -> Any:
    return _once(meeting_person)


# --- households, relationships, addresses, names, numbers ------------------------------------------------------


@named
def household_by_id() -> Any:
    return select(*household.c).where(household.c.id == number("household_id"))


@named
def households_of_person() -> Any:
    return (
        select(*member.c, household.c.label)
        .join(household, household.c.id == member.c.household_id)
        .where(member.c.person_id == number("person_id"))
        .order_by(member.c.id)
    )


@named
def members_of_household() -> Any:
    """Everybody who was ever in a household, of whom the viewer knows."""
    return (
        select(*member.c, *_WHO)
        .join(person, person.c.id == member.c.person_id)
        .outerjoin(USUAL, USUAL.c.person_id == person.c.id)
        .where(member.c.household_id == number("household_id"), KNOWN)
        .order_by(member.c.id)
    )


@named
def relatives_of_person() -> Any:
    """Everybody to whom somebody ever stood in a relationship, of whom the viewer knows."""
    return (
        select(*relationship.c, *_WHO)
        .join(person, person.c.id == relationship.c.other_id)
        .outerjoin(USUAL, USUAL.c.person_id == person.c.id)
        .where(relationship.c.person_id == number("person_id"), KNOWN)
        .order_by(relationship.c.id)
    )


@named
def addresses_of_person() -> Any:
    return select(*address.c).where(address.c.person_id == number("person_id")).order_by(address.c.id)


def _ends(named_as: str, table: Any) -> None:
    recorded = {"end_recorded_at": moment("now")} if "end_recorded_at" in table.c else {}

    def statement() -> Any:
        return (
            update(table)
            .where(table.c.id == number("row_id"), table.c.to_on.is_(None))
            .values(to_on=day("to_on"), **recorded)
        )

    statement.__name__ = named_as
    named(statement)


for _named, _table in (
    ("end_membership", member),
    ("end_address", address),
    ("end_name", name),
    ("end_relationship", relationship),
):
    _ends(_named, _table)


# --- records of one person ---------------------------------------------------------------------------------------


def _held(other: Any) -> Any:
    return other.c.ended_at.is_(None)


_FAR = case((link.c.person_id == number("person_id"), link.c.other_id), else_=link.c.person_id)


@named
def links_of_person() -> Any:
    """The links that hold between this record and others, where the viewer knows of both."""
    one = link.alias("one_side")
    sides = (
        select(one.c.id).where(side == number("person_id"), _held(one))
        for side in (one.c.person_id, one.c.other_id)
    )
    return (
        select(*link.c)
        .join(person, person.c.id == _FAR)
        .where(link.c.id.in_(union_all(*sides)), KNOWN)
        .order_by(link.c.id)
    )


@named
def end_person_link() -> Any:
    return (
        update(link)
        .where(link.c.id == number("link_id"), _held(link))
        .values(ended_at=moment("ended_at"), ended_by=text("ended_by"), ended_because=text("ended_because"))
    )


# --- meetings of several children ----------------------------------------------------------------------------------


@named
def meetings_of_case() -> Any:
    """The meetings that a case is or was part of, the newest first."""
    return (
        select(*meeting.c, meeting_case.c.joined_at, meeting_case.c.left_at)
        .join(meeting_case, meeting_case.c.meeting_id == meeting.c.id)
        .join(pathway_case, pathway_case.c.id == meeting_case.c.case_id)
        .where(meeting_case.c.case_id == number("case_id"), SEEN)
        .order_by(meeting.c.id.desc())
    )


@named
def cases_of_meeting() -> Any:
    """The cases that a meeting is about, of those that the viewer may see."""
    return (
        select(
            *(
                pathway_case.c[each]
                for each in ("id", "reference", "pathway", "person_id", "state", "version")
            ),
            meeting_case.c.joined_at,
            meeting_case.c.left_at,
        )
        .join(meeting_case, meeting_case.c.case_id == pathway_case.c.id)
        .where(meeting_case.c.meeting_id == number("meeting_id"), SEEN)
        .order_by(pathway_case.c.reference)
    )


@named
def change_meeting() -> Any:
    return (
        update(meeting)
        .where(meeting.c.id == number("meeting_id"))
        .values(
            booked_on=day("booked_on"),
            begins_at=moment("begins_at"),
            starts_at=moment("starts_at"),
            place=text("place"),
            chair=text("chair"),
            status=text("status"),
        )
    )


@named
def leave_meeting() -> Any:
    return (
        update(meeting_case)
        .where(meeting_case.c.meeting_id == number("meeting_id"), meeting_case.c.case_id == number("case_id"))
        .values(left_at=moment("left_at"))
    )


@named
def rejoin_meeting() -> Any:
    return (
        update(meeting_case)
        .where(meeting_case.c.meeting_id == number("meeting_id"), meeting_case.c.case_id == number("case_id"))
        .values(left_at=null())
    )
