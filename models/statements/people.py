"""People: found by name, number or birth date; who belongs to whom."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select, union, update
from sqlalchemy.dialects import postgresql, sqlite

from models.statements.parts import (
    KNOWN,
    SEEN,
    day,
    identifier,
    name,
    named,
    number,
    pathway_case,
    person,
    relationship,
    text,
    values_of,
)

_USUAL = (
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
            relationship.c.person_id == number("person_id"),
            relationship.c.kind == "sibling",
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


def _found_people() -> Any:
    return (
        select(
            person.c.id,
            person.c.kind,
            person.c.birth_date,
            person.c.expected_delivery_date,
            _USUAL.c.given,
            _USUAL.c.family,
        )
        .outerjoin(_USUAL, _USUAL.c.person_id == person.c.id)
        .where(KNOWN)
        .order_by(_USUAL.c.family, _USUAL.c.given, person.c.id)
    )


@named
def people_by_name() -> Any:
    folded = select(name.c.person_id).where(name.c.folded == text("folded"))
    sounding = select(name.c.person_id).where(name.c.sounds == text("sounds"))
    return _found_people().where(person.c.id.in_(union(folded, sounding))).limit(number("most"))


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
