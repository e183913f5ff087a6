"""The nightly check: what has come due, taken, changed and written as sets."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Column,
    Table,
    and_,
    bindparam,
    delete,
    false,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import BigInteger, Integer, LargeBinary, Text

from models.people import ALONE, SECOND_RECORD
from models.statements.parts import (
    SEEN,
    STATEMENTS,
    check_run,
    deadline,
    identifier,
    moment,
    named,
    number,
    outbox,
    parked,
    pathway_case,
    person,
    practitioner,
    text,
    trail,
)
from models.types import Instant

_BLOCK = literal_column("256", BigInteger())
"""Cases that lie together stay together: two shards do not fetch, lock and log the same pages."""
_MINE = deadline.c.case_id.op("/")(_BLOCK).op("%")(number("shards")) == number("shard")


@named
def due_clocks() -> Any:
    """The clocks to look at, by case. Ordered by a sum, which no index has: else a planner reads every clock in case order."""
    return (
        select(deadline.c.case_id, deadline.c.id)
        .where(deadline.c.look_at < moment("as_of"), _MINE)
        .order_by(deadline.c.case_id + literal_column("0", BigInteger()))
    )


def _due_chunk(clocks: Any, look_at: Any) -> Any:
    cases = ("id", "reference", "pathway", "definition", "state", "seq", "head", "team")
    columns = (
        "rule",
        "edition",
        "due_on",
        "due_at",
        "status",
        "statutory",
        "look_at",
        "told",
        "missed_seq",
        "opened_seq",
        "key",
    )
    return (
        select(
            *(pathway_case.c[each] for each in cases),
            deadline.c.id.label("deadline_id"),
            *(deadline.c[each] for each in columns),
            pathway_case.c.guarded,
        )
        .select_from(clocks)
        .join(deadline, deadline.c.id == clocks.c.value)
        .join(pathway_case, pathway_case.c.id == deadline.c.case_id)
        .where(look_at < moment("as_of"))
    )


STATEMENTS["due_chunk"] = {
    "sqlite": _due_chunk(
        func.json_each(text("clocks")).table_valued(Column("value", BigInteger()), name="taken"),
        literal_column("+deadline.look_at", Instant()),  # not by its index: the clocks are named one by one
    ),
    "postgresql": _due_chunk(
        func.unnest(bindparam("clocks", type_=postgresql.ARRAY(BigInteger())))
        .table_valued(Column("value", BigInteger()), name="taken")
        .render_derived(),
        deadline.c.look_at,
    ).with_for_update(of=(pathway_case, deadline), skip_locked=True),
}
"""Those of the clocks named that are still due, with their cases; on PostgreSQL the cases nobody else holds, locked."""


def _changes_many(
    table: Table,
    key: str,
    columns: dict[str, Any],
    fixed: dict[str, Any],
    alike: dict[str, Any] | None = None,
) -> Any:
    """Change many rows by their id: once for each on SQLite, from arrays in one statement on PostgreSQL.

    `alike` are columns that get the same value in every row.
    """
    alike = {each: bindparam(each, type_=kind) for each, kind in (alike or {}).items()}
    one_by_one = (
        update(table)
        .where(table.c.id == number(key))
        .values({**alike, **{each: bindparam(each, type_=kind) for each, kind in columns.items()}, **fixed})
    )
    types = {**columns, key: BigInteger()}
    arrays = [bindparam(each, type_=postgresql.ARRAY(kind)) for each, kind in types.items()]
    given = func.unnest(*arrays).table_valued(
        *(Column(each, kind) for each, kind in types.items()), name="given"
    )
    given = given.render_derived()
    at_once = (
        update(table)
        .where(table.c.id == given.c[key])
        .values({**alike, **{each: given.c[each] for each in columns}, **fixed})
    )
    return {"sqlite": one_by_one, "postgresql": at_once}


@named
def pass_case() -> Any:
    columns = {"state": Text(), "seq": Integer(), "head": LargeBinary()}
    more = {"version": pathway_case.c.version + 1}
    return _changes_many(pathway_case, "case_id", columns, more, {"changed_at": Instant()})


@named
def pass_deadline() -> Any:
    columns = {"status": Text(), "look_at": Instant(), "told": Integer(), "missed_seq": Integer()}
    return _changes_many(deadline, "deadline_id", columns, {})


@named
def end_deadline() -> Any:
    columns = {"status": Text(), "closed_at": Instant(), "closed_seq": Integer()}
    return _changes_many(deadline, "deadline_id", columns, {"look_at": null()})


def _tonight(held: Any, deaths: Any, seconds: Any) -> Any:
    may_be: dict[str, Any] = {
        "due": deadline.c.look_at < moment("as_of"),
        "subjects": practitioner.c.id.is_not(None),
        "births": person.c.expected_delivery_date.is_not(None),
        "deaths": deaths,
        "seconds": seconds,
    }
    one: Any = literal_column("1")
    return select(
        held.label("held"), *(select(one).where(may).exists().label(of) for of, may in may_be.items())
    )


STATEMENTS["tonight"] = {
    "sqlite": _tonight(false(), false(), false()),
    "postgresql": _tonight(
        func.row_security_active(literal("trail", Text())),
        outbox.c.event == literal("pathways.person.died", Text()),
        identifier.c.scheme == literal(f"{ALONE}{SECOND_RECORD}", Text()),
    ),
}
"""Whether row security holds this login, whether anything is due, and what there may be on cases behind the wall: staff
whom one is about, births, deaths and second records (SQLite hides none of the last two from whoever writes). What there may be is asked for in full where there may be any; see
`models/check_runs.py`."""


@named
def count_due() -> Any:
    return select(
        func.count().label("due"),
        func.min(deadline.c.case_id).label("first"),
        func.max(deadline.c.case_id).label("last"),
    ).where(deadline.c.look_at < moment("as_of"))


@named
def finish_check_run() -> Any:
    counts = {each: number(each) for each in ("cases", "missed", "moved", "reminded", "parked")}
    return (
        update(check_run)
        .where(check_run.c.id == number("run_id"))
        .values(finished_at=moment("finished_at"), **counts)
    )


@named
def count_due_seen() -> Any:
    """How many limits and reminders have come due on the cases that whoever asks may see."""
    return (
        select(func.count().label("due"))
        .join(pathway_case, pathway_case.c.id == deadline.c.case_id)
        .where(deadline.c.look_at < moment("as_of"), SEEN)
    )


@named
def newest_entry() -> Any:
    """When the last entry of any trail was written, but of guarded cases: each has put its message into the outbox.

    Of the last thousand messages, so that a long run of guarded ones is not gone through to its end.
    """
    last = select(func.max(outbox.c.id)).scalar_subquery()
    guarded = (
        select(pathway_case.c.id)
        .where(pathway_case.c.reference == outbox.c.case_ref, pathway_case.c.guarded)
        .exists()
    )
    recent = outbox.c.id > last - literal(1_000, BigInteger())
    return select(outbox.c.recorded_at).where(recent, ~guarded).order_by(outbox.c.id.desc()).limit(1)


@named
def check_runs() -> Any:
    return select(*check_run.c).order_by(check_run.c.id.desc()).limit(number("most"))


@named
def parked_cases() -> Any:
    return (
        select(pathway_case.c.reference, pathway_case.c.pathway, parked.c.reason, parked.c.found_at)
        .join(pathway_case, pathway_case.c.id == parked.c.case_id)
        .where(SEEN)
        .order_by(pathway_case.c.reference)
    )


@named
def cases_off_their_trail() -> Any:
    """Cases whose last entry is not the one that the trail ends with: a quick look, no proof."""
    last = and_(trail.c.case_ref == pathway_case.c.reference, trail.c.seq == pathway_case.c.seq)
    off = or_(
        trail.c.hash.is_(None), trail.c.hash != pathway_case.c.head, trail.c.to_state != pathway_case.c.state
    )
    return (
        select(pathway_case.c.reference)
        .outerjoin(trail, last)
        .where(off)
        .order_by(pathway_case.c.reference)
        .limit(20)
    )


@named
def parked_ids() -> Any:
    return select(parked.c.case_id)


@named
def unpark() -> Any:
    return delete(parked).where(parked.c.case_id == number("case_id"))
