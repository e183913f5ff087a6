"""What statements are made of: tables by short names, values, and the gate that every everyday query passes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Executable,
    Table,
    and_,
    bindparam,
    cast,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import BigInteger, Date, Integer, Text

from models.tables import TABLES
from models.types import Instant

T = TABLES.tables
person, name, address, identifier = (
    T[each] for each in ("person", "person_name", "person_address", "person_identifier")
)
relationship, episode, pathway_case = (T[each] for each in ("relationship", "episode", "pathway_case"))
trail, payload, deadline, record = (T[each] for each in ("trail", "trail_payload", "deadline", "record"))
practitioner, practitioner_role, outbox = (
    T[each] for each in ("practitioner", "practitioner_role", "outbox")
)
parked, check_run, bank_holiday = (T[each] for each in ("parked", "check_run", "bank_holiday"))
setting, counter = (T[each] for each in ("setting", "counter"))
import_run, import_unused = (T[each] for each in ("import_run", "import_unused"))
characteristic = T["person_characteristic"]

STATEMENTS: dict[str, Executable | dict[str, Executable]] = {}


def named(function: Callable[[], Any]) -> Callable[[], Any]:
    """A statement, known by the name of the function that makes it; a second one of that name would take its place."""
    assert function.__name__ not in STATEMENTS, f"two statements are called {function.__name__}"
    STATEMENTS[function.__name__] = function()
    return function


def text(bind: str) -> Any:
    return bindparam(bind, type_=Text())


def number(bind: str) -> Any:
    return bindparam(bind, type_=BigInteger())


def entries_waiting() -> Any:
    """How many entries no checkpoint covers yet: the two ends of an index, whatever lies between.

    On PostgreSQL some numbers between may never have been kept.
    """
    newest, oldest = (select(each(T["uncovered"].c.id)).scalar_subquery() for each in (func.max, func.min))
    return func.coalesce(newest - oldest + 1, 0)


def moment(bind: str) -> Any:
    return bindparam(bind, type_=Instant())


def day(bind: str) -> Any:
    return bindparam(bind, type_=Date())


def listed(bind: str, type_: Any) -> dict[str, Any]:
    """Several values given as JSON, as a column to select from; for each database."""
    given = {
        "sqlite": func.json_each(text(bind)),
        "postgresql": func.json_array_elements_text(cast(text(bind), JSON())),
    }
    found = {}
    for dialect, values in given.items():
        table = values.table_valued(Column("value", type_), name="listed")
        found[dialect] = (table.render_derived() if dialect == "postgresql" else table).c.value
    return found


def only(bind: str, column: Any) -> Any:
    """A filter that is off when its value is empty."""
    return or_(text(bind) == literal("", Text()), column == text(bind))


def values_of(table: Table, *without: str) -> dict[str, Any]:
    return {
        column.name: bindparam(column.name, type_=column.type)
        for column in table.columns
        if column.name not in without
    }


def adds(named: str, table: Table, *, returns: bool = False) -> None:
    statement: Any = insert(table).values(values_of(table, *(["id"] if "id" in table.columns else [])))
    STATEMENTS[named] = statement.returning(table.c.id) if returns else statement.inline()


def adds_once(named: str, table: Table, key: str, *without: str) -> None:
    """Insert, or leave what is there: the row is known by its key. Columns named in `without` are left empty.

    PostgreSQL is not told the key: it would then have to show the row that is there to whoever inserts.
    """
    values = values_of(table, *without, *(["id"] if "id" in table.columns else []))
    STATEMENTS[named] = {
        "sqlite": sqlite.insert(table).values(values).on_conflict_do_nothing(index_elements=[key]).inline(),
        "postgresql": postgresql.insert(table).values(values).on_conflict_do_nothing().inline(),
    }


def puts(
    named: str, table: Table, key: tuple[str, ...], changes: dict[str, Any], returns: Any = None
) -> None:
    """Insert, or change what is there."""
    made = {}
    for dialect, module in (("sqlite", sqlite), ("postgresql", postgresql)):
        statement: Any = module.insert(table).values(values_of(table))
        fresh = {column: getattr(statement.excluded, column) for column in changes if changes[column] is None}
        fixed = {column: value for column, value in changes.items() if value is not None}
        statement = statement.on_conflict_do_update(index_elements=list(key), set_={**fresh, **fixed})
        made[dialect] = statement.returning(returns) if returns is not None else statement.inline()
    STATEMENTS[named] = made


IS_OPEN = literal_column("pathway_case.is_open", Integer())
"""Whether a case is open, in the words of the index of open cases: SQLite does not see that `= 1` says the same."""

IS_GUARDED = literal_column("pathway_case.guarded", Integer())
"""Whether the gate has something to look up for a case, in the words of the index of such cases."""

# --- the gate ---------------------------------------------------------------------------------------------

access = T["access"]
_VIEWER = number("viewer")
_CLEARS = text("clears")
_CIRCLE = text("circle")
_EMPTY = literal("", Text())


def among(listed: Any, value: Any, mark: str) -> Any:
    """Whether a value is in a list that is given as text, with a mark before and after each."""
    between = literal(mark, Text())
    return func.replace(listed, between + value + between, _EMPTY) != listed


def _listed(column: Any, *kinds: str) -> Any:
    """The cases or people that the viewer stands on the list of, at this moment. Looked up once for a query."""
    return select(column).where(
        access.c.practitioner_id == _VIEWER,
        or_(*(access.c.kind == kind for kind in kinds)),
        column.is_not(None),
        access.c.ended_at.is_(None),
        access.c.from_at <= moment("viewed_at"),
        or_(access.c.until_at.is_(None), access.c.until_at > moment("viewed_at")),
    )


_EVERYTHING = literal("*", Text()) == _CLEARS
EVERY_TEAM = literal("*", Text()) == _CIRCLE
"""Whether the viewer sees every team's work, but for what is guarded."""
_CLEARED = among(_CLEARS, pathway_case.c.pathway, ",")
_NAMED = or_(
    pathway_case.c.id.in_(_listed(access.c.case_id, "allowed", "glass")),
    pathway_case.c.person_id.in_(_listed(access.c.person_id, "allowed", "glass")),
)
_THEIRS = or_(
    EVERY_TEAM,
    among(_CIRCLE, pathway_case.c.team, "|"),
    pathway_case.c.lead == text("called"),
    _NAMED,
)
"""Role and team: the authority's own people see every team's work, a partner agency's their team's and their own."""

SEEN = and_(
    _THEIRS,
    or_(
        pathway_case.c.guarded.is_(False),
        _EVERYTHING,
        and_(
            pathway_case.c.id.not_in(_listed(access.c.case_id, "excluded")),
            pathway_case.c.person_id.not_in(_listed(access.c.person_id, "excluded")),
            or_(pathway_case.c.restricted.is_(False), _CLEARED, _NAMED),
        ),
    ),
)
"""The gate for cases. Who is kept out sees nothing; of what is restricted, those named or cleared for the pathway
see it; otherwise it goes by role and team."""

_NAMED_FOR = person.c.id.in_(_listed(access.c.person_id, "allowed", "glass"))
_THROUGH_A_CASE = (
    select(pathway_case.c.id).where(pathway_case.c.person_id == person.c.id, SEEN).correlate(person).exists()
)
_KEPT_OUT = person.c.id.in_(_listed(access.c.person_id, "excluded"))
KNOWN = or_(
    _EVERYTHING,
    and_(
        EVERY_TEAM,
        or_(person.c.guarded.is_(False), and_(~_KEPT_OUT, person.c.restricted.is_(False))),
    ),
    and_(or_(person.c.guarded.is_(False), ~_KEPT_OUT), or_(_NAMED_FOR, _THROUGH_A_CASE)),
)
"""The gate for people. A restricted person, and to a partner agency anybody, is known to those who may see one of
their cases. Somebody who is in the records only as the subject of a restricted case is restricted."""


def _holds_now(link: Any) -> Any:
    return link.c.ended_at.is_(None)


def held_until(bind: str) -> Callable[[Any], Any]:
    """Whether a link held, once all had been written that was written before a moment."""

    def held(link: Any) -> Any:
        return and_(
            link.c.from_at < moment(bind), or_(link.c.ended_at.is_(None), link.c.ended_at >= moment(bind))
        )

    return held


def same_person(bind: str, holds: Callable[[Any], Any] = _holds_now) -> Any:
    """The records of one person: this one, the one that it is linked to, and those that are linked to either.

    Links form a star: a record that is linked to another has none linked to itself (`models/one_person.py`). Records
    that a viewer does not know of are here too; what is read of them passes the gate on its own. `holds` says of a link
    whether it counts.
    """
    link, fellow, own = T["person_link"], T["person_link"].alias("fellow"), number(bind)
    kept = select(link.c.person_id).where(link.c.other_id == own, holds(link))
    others = select(link.c.other_id).where(link.c.person_id == own, holds(link))
    fellows = (
        select(fellow.c.other_id)
        .join(link, link.c.person_id == fellow.c.person_id)
        .where(link.c.other_id == own, holds(link), holds(fellow))
    )
    return union_all(select(own.label("person_id")), kept, others, fellows)
