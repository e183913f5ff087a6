"""Forms that somebody began and has not finished. They are their own alone, and go when their case is hidden from them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, func, literal, or_, select, update
from sqlalchemy.types import Text

from models.statements.parts import SEEN, T, adds, moment, named, number, pathway_case
from models.types import JsonText

draft = T["form_draft"]

adds("add_form", draft, returns=True)

_OPEN = (draft.c.finished_at.is_(None), draft.c.dropped_at.is_(None))
_OWN = draft.c.practitioner_id == number("viewer")
_IN_SIGHT = or_(
    draft.c.target == literal("", Text()),
    select(pathway_case.c.id)
    .where(pathway_case.c.reference == draft.c.target, SEEN)
    .correlate(draft)
    .exists(),
)
_EMPTIED = {"answers": bindparam("answers", type_=JsonText())}


_counted = draft.alias("counted")
_NUMBERED = (
    select(_counted.c.id, func.row_number().over(order_by=_counted.c.id).label("number"))
    .where(_counted.c.practitioner_id == number("viewer"))
    .subquery("numbered")
)
"""Everybody's forms are numbered from 1 on: a number of all forms would tell of those that others begin."""
_THIS_ONE = draft.c.id == (
    select(_NUMBERED.c.id).where(_NUMBERED.c.number == number("form_id")).scalar_subquery()
)


def _begun() -> Any:
    return (
        select(*draft.c, _NUMBERED.c.number)
        .join(_NUMBERED, _NUMBERED.c.id == draft.c.id)
        .where(_OWN, *_OPEN, _IN_SIGHT)
    )


@named
def forms_begun() -> Any:
    return _begun().order_by(draft.c.id)


@named
def form_begun() -> Any:
    return _begun().where(_NUMBERED.c.number == number("form_id"))


@named
def number_of_form() -> Any:
    """The number, among its owner's, of the form in a row."""
    return select(_NUMBERED.c.number).where(_NUMBERED.c.id == number("row_id"))


@named
def save_form() -> Any:
    values = {**_EMPTIED, "saved_at": moment("saved_at")}
    return update(draft).where(_OWN, *_OPEN, _IN_SIGHT, _THIS_ONE).values(values)


@named
def finish_form() -> Any:
    """What was answered is on the record from here on."""
    values = {**_EMPTIED, "finished_at": moment("finished_at")}
    return update(draft).where(_OWN, *_OPEN, _THIS_ONE).values(values)


@named
def drop_form() -> Any:
    values = {**_EMPTIED, "dropped_at": moment("dropped_at")}
    return update(draft).where(_OWN, *_OPEN, _THIS_ONE).values(values)


@named
def drop_forms_before() -> Any:
    """Everybody's that nobody has gone on with since."""
    values = {**_EMPTIED, "dropped_at": moment("dropped_at")}
    return update(draft).where(*_OPEN, draft.c.saved_at < moment("before")).values(values)
