"""People: found by name, number or birth date; who belongs to whom."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, bindparam, func, literal, or_, select, union, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import Text

from models.people import SECOND_RECORD
from models.statements.parts import (
    KNOWN,
    SEEN,
    address,
    day,
    identifier,
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
def known_by_identifier() -> Any:
    """The person of a number, as the viewer knows them: by the number itself, or by that of a second record."""
    return (
        select(*person.c)
        .join(identifier, identifier.c.person_id == person.c.id)
        .where(identifier.c.scheme.in_((text("scheme"), text("scheme") + literal(SECOND_RECORD, Text()))))
        .where(identifier.c.value == text("value"), KNOWN)
        .order_by(person.c.id)
    )


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


def _named_people(*wanted: Any) -> Any:
    """People by a name that they bear or bore, straight off an index: nobody is sorted who is not shown."""
    return (
        select(*_FOUND)
        .select_from(name.join(person, person.c.id == name.c.person_id))
        .outerjoin(USUAL, USUAL.c.person_id == person.c.id)
        .where(*wanted, KNOWN)
        .order_by(name.c.folded)
        .limit(number("most"))
    )


@named
def people_by_name() -> Any:
    """Those whose name is written so, then those whose family name sounds so."""
    written = _named_people(name.c.folded == text("folded")).subquery("written")
    sounding = _named_people(name.c.sounds == text("sounds")).subquery("sounding")
    return union(select(*written.c), select(*sounding.c))


@named
def people_sounding() -> Any:
    """Those whose family name sounds so, and whose name begins with this letter."""
    return _named_people(name.c.sounds == text("sounds"), func.substr(name.c.folded, 1, 1) == text("letter"))


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
    values = values_of(relationship, "id")
    return {
        "sqlite": sqlite.insert(relationship).values(values).on_conflict_do_nothing().inline(),
        "postgresql": postgresql.insert(relationship).values(values).on_conflict_do_nothing().inline(),
    }


@named
def correct_person() -> Any:
    columns = ("kind", "birth_date", "expected_delivery_date", "died_on", "sex", "ethnicity")
    values = {each: bindparam(each, type_=person.c[each].type) for each in columns}
    return (
        update(person)
        .where(person.c.id == number("person_id"))
        .values(version=person.c.version + 1, **values)
    )
