"""Who may see what: lists of those let in and kept out, restrictions, what waits for a second person, the register."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, bindparam, func, literal, literal_column, null, or_, select, union, update
from sqlalchemy.types import BigInteger, Boolean, Text

from models.people import ALONE, SECOND_RECORD
from models.statements.parts import (
    T,
    access,
    adds,
    among,
    day,
    identifier,
    moment,
    name,
    named,
    number,
    outbox,
    pathway_case,
    person,
    practitioner,
    practitioner_role,
    text,
    trail,
)
from pathways.restating import DIED

restriction, proposal = T["restriction"], T["proposal"]
_STAFF_NUMBERS = [literal(each, Text()) for each in ("staff_number", f"staff_number{SECOND_RECORD}")]

adds("add_access", access)
adds("add_restriction", restriction)
adds("add_proposal", proposal)


def _in_list(bind: str, value: Any) -> Any:
    """Whether a value is one of those named in a list between commas."""
    return among(text(bind), value, ",")


def _flag(bind: str) -> Any:
    return bindparam(bind, type_=Boolean())


# --- lists -------------------------------------------------------------------------------------------------


@named
def access_lists() -> Any:
    """Everybody ever let in to a case or its person, or kept out, with who they are."""
    who = (practitioner.c[each] for each in ("login", "title", "agency", "to_on"))
    return (
        select(*access.c, *who)
        .join(practitioner, practitioner.c.id == access.c.practitioner_id)
        .where(or_(access.c.case_id == number("case_id"), access.c.person_id == number("person_id")))
        .order_by(access.c.id)
    )


@named
def end_access() -> Any:
    return (
        update(access)
        .where(access.c.id == number("access_id"), access.c.ended_at.is_(None))
        .values(ended_at=moment("ended_at"), ended_by=text("ended_by"))
    )


@named
def restrictions_of() -> Any:
    return (
        select(*restriction.c)
        .where(
            or_(restriction.c.case_id == number("case_id"), restriction.c.person_id == number("person_id"))
        )
        .order_by(restriction.c.id)
    )


@named
def lift_restriction() -> Any:
    return (
        update(restriction)
        .where(restriction.c.id == number("restriction_id"))
        .values(
            lifted_at=moment("lifted_at"), lifted_by=text("lifted_by"), lifted_second=text("lifted_second")
        )
    )


@named
def gate_of_person() -> Any:
    """Whether somebody is guarded, and whether all their cases are restricted by hand."""
    by_hand = (
        select(restriction.c.id)
        .where(restriction.c.person_id == person.c.id, restriction.c.lifted_at.is_(None))
        .exists()
    )
    return select(person.c.guarded, by_hand.label("by_hand")).where(person.c.id == number("person_id"))


@named
def guard_case() -> Any:
    return (
        update(pathway_case)
        .where(pathway_case.c.id == number("case_id"))
        .values(restricted=_flag("restricted"), guarded=_flag("guarded"))
    )


@named
def guard_person() -> Any:
    return (
        update(person)
        .where(person.c.id == number("person_id"))
        .values(restricted=_flag("restricted"), guarded=_flag("guarded"))
    )


# --- two people ----------------------------------------------------------------------------------------------


@named
def waiting_proposal() -> Any:
    return (
        select(*proposal.c)
        .where(proposal.c.target == text("target"), proposal.c.kind == text("kind"))
        .where(proposal.c.verdict == literal("waiting", Text()))
        .order_by(proposal.c.id.desc())
        .limit(1)
    )


@named
def decide_proposal() -> Any:
    decided = {each: text(each) for each in ("verdict", "decided_by", "decided_because")}
    return (
        update(proposal)
        .where(proposal.c.id == number("proposal_id"), proposal.c.verdict == literal("waiting", Text()))
        .values(decided_at=moment("decided_at"), **decided)
    )


# --- the staff register ----------------------------------------------------------------------------------------


@named
def practitioner_by_id() -> Any:
    return select(*practitioner.c).where(practitioner.c.id == number("practitioner_id"))


@named
def staff_register() -> Any:
    return select(*practitioner.c).order_by(practitioner.c.login)


@named
def roles_ever_held() -> Any:
    return select(*practitioner_role.c).order_by(practitioner_role.c.practitioner_id, practitioner_role.c.id)


@named
def holders_of_roles() -> Any:
    """Who holds one of these roles (between commas) on a day."""
    return (
        select(
            practitioner.c.id,
            practitioner.c.login,
            practitioner.c.title,
            practitioner_role.c.role,
            practitioner_role.c.from_on,
            func.coalesce(
                func.nullif(practitioner_role.c.team, literal("", Text())), practitioner.c.team
            ).label("team"),
        )
        .join(practitioner, practitioner.c.id == practitioner_role.c.practitioner_id)
        .where(
            _in_list("roles", practitioner_role.c.role),
            practitioner_role.c.from_on <= day("on"),
            or_(practitioner_role.c.to_on.is_(None), practitioner_role.c.to_on >= day("on")),
            practitioner.c.from_on <= day("on"),
            or_(practitioner.c.to_on.is_(None), practitioner.c.to_on >= day("on")),
        )
        .order_by(practitioner.c.login, practitioner_role.c.id)
    )


@named
def any_practitioner() -> Any:
    return select(practitioner.c.id).limit(1)


@named
def describe_practitioner() -> Any:
    """Write what is known of somebody on the register; what is given as null stays as it is."""
    plain = {
        each: func.coalesce(bindparam(each, type_=practitioner.c[each].type), practitioner.c[each])
        for each in (
            "title", "agency", "team", "given", "family", "folded", "birth_date", "staff_number", "email", "to_on",
        )
    }  # fmt: skip
    return update(practitioner).where(practitioner.c.id == number("practitioner_id")).values(**plain)


@named
def return_practitioner() -> Any:
    """Somebody whose line on the register had ended is here again."""
    return update(practitioner).where(practitioner.c.id == number("practitioner_id")).values(to_on=null())


@named
def end_roles() -> Any:
    """End the roles that somebody holds after a day: one role, or all where none is named."""
    return (
        update(practitioner_role)
        .where(practitioner_role.c.practitioner_id == number("practitioner_id"))
        .where(or_(text("role") == literal("", Text()), practitioner_role.c.role == text("role")))
        .where(or_(practitioner_role.c.to_on.is_(None), practitioner_role.c.to_on > day("on")))
        .values(to_on=day("on"))
    )


# --- is the adult of an allegation somebody who works here? ------------------------------------------------------


@named
def staff_like_person() -> Any:
    """Those on the register whose staff number or name is a person's; birth dates are compared by the caller."""
    names = select(name.c.folded).where(name.c.person_id == number("person_id"))
    numbers = select(identifier.c.value).where(
        identifier.c.person_id == number("person_id"), identifier.c.scheme.in_(_STAFF_NUMBERS)
    )
    by_number = practitioner.c.staff_number.in_(numbers)
    return select(*practitioner.c, by_number.label("by_number")).where(
        or_(by_number, and_(practitioner.c.folded != literal("", Text()), practitioner.c.folded.in_(names)))
    )


@named
def people_like_staff() -> Any:
    """People of a name or staff number; birth dates are compared by the caller."""
    by_name = select(name.c.person_id).where(
        name.c.folded == text("folded"), text("folded") != literal("", Text())
    )
    by_number = select(identifier.c.person_id).where(
        identifier.c.value == text("staff_number"), identifier.c.scheme.in_(_STAFF_NUMBERS)
    )
    return (
        select(person.c.id)
        .where(person.c.id.in_(union(by_name, by_number)))  # an OR would read every person
        .order_by(person.c.id)
    )


@named
def adults_like_staff() -> Any:
    """Adults of the records who bear the name or the staff number of somebody on the register."""
    names = select(practitioner.c.folded).where(practitioner.c.folded != literal("", Text()))
    numbers = select(practitioner.c.staff_number).where(practitioner.c.staff_number.is_not(None))
    by_name = select(name.c.person_id).where(name.c.folded.in_(names))
    by_number = select(identifier.c.person_id).where(
        identifier.c.value.in_(numbers), identifier.c.scheme.in_(_STAFF_NUMBERS)
    )
    return (
        select(person.c.id)
        .where(person.c.id.in_(union(by_name, by_number)), person.c.kind == literal("adult", Text()))
        .order_by(person.c.id)
    )


@named
def exclusions_of() -> Any:
    """The cases that a practitioner is kept out of, each with its person."""
    return (
        select(access.c.case_id, pathway_case.c.person_id, access.c.because)
        .join(pathway_case, pathway_case.c.id == access.c.case_id)
        .where(
            access.c.practitioner_id == number("practitioner_id"),
            access.c.kind == literal("excluded", Text()),
            access.c.ended_at.is_(None),
        )
        .order_by(access.c.id)
    )


_BY_REFERENCE = pathway_case.c.reference + literal("", Text())
"""Sorted, and not read in the order of the index: the few guarded cases have an index of their own."""


@named
def births_awaited() -> Any:
    """Cases that not everybody sees, of children who were expected once; asked by the nightly check alone."""
    return (
        select(pathway_case.c.reference, pathway_case.c.facts, pathway_case.c.is_open, person.c.birth_date)
        # By a sum, so that nobody goes through the cases and looks each one's person up: few were ever expected.
        .join_from(
            person, pathway_case, pathway_case.c.person_id == person.c.id + literal_column("0", BigInteger())
        )
        .where(pathway_case.c.guarded.is_(True), person.c.expected_delivery_date.is_not(None))
        .order_by(_BY_REFERENCE)
    )


@named
def deaths_behind_the_wall() -> Any:
    """Open cases of which the database told that their person has died, and whose own trail does not say so.

    Asked by the nightly check alone, which sees every case.
    """
    said = (
        select(trail.c.seq)
        .where(
            trail.c.case_ref == pathway_case.c.reference,
            trail.c.action == literal(DIED, Text()),
        )
        .correlate(pathway_case)
        .exists()
    )
    return (
        select(pathway_case.c.reference)
        .join_from(outbox, pathway_case, pathway_case.c.reference == outbox.c.case_ref)
        .where(
            outbox.c.event == literal("pathways.person.died", Text()),
            outbox.c.key == literal("death/", Text()) + outbox.c.case_ref,
            pathway_case.c.is_open.is_(True),
            pathway_case.c.guarded.is_(True),
            ~said,
        )
        .order_by(_BY_REFERENCE)
    )


@named
def second_records_untold() -> Any:
    """Numbers of second records of people with a case, made since those who may see it were last told of one.

    Asked by the nightly check alone, which sees every case.
    """
    again, told_of = identifier.alias("again"), pathway_case.alias("told_of")
    first = (
        select(identifier.c.person_id)
        .where(identifier.c.value == again.c.value, identifier.c.scheme == literal(ALONE, Text()))
        .correlate(again)
        .scalar_subquery()
    )
    cases = select(pathway_case.c.id).where(pathway_case.c.person_id == first)
    told = (
        select(outbox.c.id)
        .join_from(outbox, told_of, told_of.c.reference == outbox.c.case_ref)
        .where(
            outbox.c.event == literal("pathways.access.second_record", Text()),
            told_of.c.person_id == first,
            outbox.c.recorded_at >= again.c.recorded_at,
        )
    )
    return (
        select(again.c.scheme, again.c.value, again.c.recorded_at)
        .where(
            again.c.scheme == literal(f"{ALONE}{SECOND_RECORD}", Text()),
            cases.correlate(again).exists(),
            ~told.correlate(again).exists(),
        )
        .order_by(again.c.id)
    )
