"""People: found by name, number or birth date; who belongs to whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    BigInteger,
    and_,
    bindparam,
    case,
    cast,
    literal,
    literal_column,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import Text

from models.people import SECOND_RECORD
from models.statements.casework import case_and_person
from models.statements.parts import (
    KNOWN,
    SEEN,
    T,
    address,
    day,
    identifier,
    listed,
    name,
    named,
    number,
    pathway_case,
    person,
    relationship,
    same_person,
    text,
    values_of,
)

USUAL = (
    select(name.c.person_id, name.c.given, name.c.family)
    .where(name.c.to_on.is_(None), name.c.kind == "usual")
    .subquery("usual_name")
)


@named
def person_by_id() -> Any:
    return select(*person.c).where(person.c.id == number("person_id"))


@named
def names_of_person() -> Any:
    return select(*name.c).where(name.c.person_id == number("person_id")).order_by(name.c.id)


@named
def identifiers_of_person() -> Any:
    return (
        select(*identifier.c).where(identifier.c.person_id == number("person_id")).order_by(identifier.c.id)
    )


@named
def siblings_of_person() -> Any:
    return (
        select(relationship.c.other_id, pathway_case.c.reference, pathway_case.c.pathway)
        .join(pathway_case, pathway_case.c.person_id == relationship.c.other_id)
        .where(
            relationship.c.person_id.in_(same_person("person_id")),
            or_(relationship.c.kind == "sibling", relationship.c.kind == "half_sibling"),
            relationship.c.to_on.is_(None),
            pathway_case.c.is_open,
            SEEN,
        )
        .order_by(pathway_case.c.reference)
    )


@named
def person_by_identifier() -> Any:
    return (
        select(*person.c)
        .join(identifier, identifier.c.person_id == person.c.id)
        .where(identifier.c.scheme == text("scheme"), identifier.c.value == text("value"))
        .order_by(person.c.id)
    )


@named
def people_by_identifiers() -> Any:
    """The people of several numbers of one scheme, given as JSON, each with their number."""
    return {
        dialect: select(*person.c, identifier.c.value)
        .join(identifier, identifier.c.person_id == person.c.id)
        .where(identifier.c.scheme == text("scheme"), identifier.c.value.in_(select(value)))
        .order_by(person.c.id)
        for dialect, value in listed("numbers", Text()).items()
    }


def _known_by(*wanted: Any) -> Any:
    """People as the viewer knows them: by the number itself, or by that of a second record."""
    return (
        select(*person.c, identifier.c.value)
        .join(identifier, identifier.c.person_id == person.c.id)
        .where(identifier.c.scheme.in_((text("scheme"), text("scheme") + literal(SECOND_RECORD, Text()))))
        .where(*wanted, KNOWN)
        .order_by(person.c.id)
    )


@named
def known_by_identifier() -> Any:
    """The person of a number."""
    return _known_by(identifier.c.value == text("value"))


@named
def known_by_identifiers() -> Any:
    """The people of several numbers of one scheme, given as JSON."""
    return {
        dialect: _known_by(identifier.c.value.in_(select(value)))
        for dialect, value in listed("numbers", Text()).items()
    }


@named
def add_identifier_once() -> Any:
    """Add a number, where nobody has it yet who may have it alone."""
    values = values_of(identifier, "id")
    return {
        "sqlite": sqlite.insert(identifier).values(values).on_conflict_do_nothing().inline(),
        "postgresql": postgresql.insert(identifier).values(values).on_conflict_do_nothing().inline(),
    }


_FOUND = (
    person.c.id,
    person.c.kind,
    person.c.birth_date,
    person.c.expected_delivery_date,
    USUAL.c.given,
    USUAL.c.family,
)


def _found_people() -> Any:
    return (
        select(*_FOUND)
        .outerjoin(USUAL, USUAL.c.person_id == person.c.id)
        .where(KNOWN)
        .order_by(USUAL.c.family, USUAL.c.given, person.c.id)
    )


def _bearing(*wanted: Any) -> Any:
    return select(name.c.person_id, name.c.kind, name.c.to_on, name.c.given, name.c.family).where(*wanted)


@named
def people_by_name() -> Any:
    """Those whose name is written so; then those whose family name sounds so, the ones first whose name begins alike.

    A name begins alike from `letter` to before `after`. All come straight off an index, and the gate is passed once:
    nobody is looked at or sorted who is not shown. Who bears several such names comes several times.
    """
    sounding, usual = name.c.sounds == text("sounds"), name.alias("usual_now")
    before, from_letter = name.c.folded < text("letter"), name.c.folded >= text("letter")
    bearer = union_all(
        _bearing(name.c.folded == text("folded")),
        _bearing(sounding, from_letter, name.c.folded < text("after")),
        _bearing(sounding, or_(before, name.c.folded >= text("after"))),
    ).subquery("bearer")

    def now(part: str) -> Any:
        """Part of the name that they go by, which mostly is the one that was found."""
        by_now = select(usual.c[part]).where(
            usual.c.person_id == bearer.c.person_id, usual.c.to_on.is_(None), usual.c.kind == "usual"
        )
        found = and_(bearer.c.to_on.is_(None), bearer.c.kind == "usual")
        return case((found, bearer.c[part]), else_=by_now.limit(literal_column("1")).scalar_subquery())

    who = (person.c.id, person.c.kind, person.c.birth_date, person.c.expected_delivery_date)
    return (
        select(*who, now("given").label("given"), now("family").label("family"))
        .select_from(bearer.join(person, person.c.id == bearer.c.person_id))
        .where(KNOWN)
        .limit(number("most"))
    )


def _of_people(made: Callable[[Any], Any]) -> dict[str, Any]:
    """A statement about several people, whose numbers are given as JSON."""
    return {
        dialect: made(select(cast(number, BigInteger())))
        for dialect, number in listed("people", BigInteger()).items()
    }


@named
def kept_records() -> Any:
    """Of those that are linked to another record, that other, which stands for both, where the viewer knows of it."""
    link = T["person_link"]

    def made(numbers: Any) -> Any:
        return (
            select(link.c.other_id, link.c.person_id)
            .join(person, person.c.id == link.c.person_id)
            .where(link.c.other_id.in_(numbers), link.c.ended_at.is_(None), KNOWN)
            .order_by(link.c.id)
        )

    return _of_people(made)


@named
def cases_of_people() -> Any:
    """The cases of several people, those on records that are linked to theirs among them, each with whose it is."""
    link = T["person_link"]

    def made(numbers: Any) -> Any:
        records = union_all(
            select(person.c.id.label("whose"), person.c.id.label("record_id")).where(
                person.c.id.in_(numbers)
            ),
            select(link.c.person_id, link.c.other_id).where(
                link.c.person_id.in_(numbers), link.c.ended_at.is_(None)
            ),
        ).subquery("records")
        return (
            case_and_person(records.c.whose)
            .join(records, records.c.record_id == pathway_case.c.person_id)
            .where(SEEN)
            .order_by(records.c.whose, pathway_case.c.id)
        )

    return _of_people(made)


@named
def people_by_address() -> Any:
    """Those who live or lived at a postcode, or where the address begins so."""
    matching = select(address.c.person_id).where(
        or_(
            address.c.postcode == text("postcode"),
            and_(address.c.folded >= text("start"), address.c.folded < text("end")),
        )
    )
    return _found_people().where(person.c.id.in_(matching)).limit(number("most"))


@named
def people_by_birth_date() -> Any:
    return _found_people().where(person.c.birth_date == day("birth_date")).limit(number("most"))


@named
def people_by_identifier() -> Any:
    matching = select(identifier.c.person_id).where(identifier.c.value == text("value"))
    return _found_people().where(person.c.id.in_(matching)).limit(number("most"))


@named
def add_relationship() -> Any:
    values = values_of(relationship, "id", "end_recorded_at")
    return {
        "sqlite": sqlite.insert(relationship).values(values).on_conflict_do_nothing().inline(),
        "postgresql": postgresql.insert(relationship).values(values).on_conflict_do_nothing().inline(),
    }


@named
def correct_person() -> Any:
    """Correct what is known of a person; `before`: what stood there, a line that is kept (`models.people.stood`)."""
    columns = ("kind", "birth_date", "expected_delivery_date", "died_on", "sex", "ethnicity")
    values = {each: bindparam(each, type_=person.c[each].type) for each in columns}
    return (
        update(person)
        .where(person.c.id == number("person_id"))
        .values(version=person.c.version + 1, was=person.c.was + text("before"), **values)
    )
