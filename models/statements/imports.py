"""Imports: whole batches, and what could not be used."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, bindparam, cast, exists, func, insert, literal_column, null, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import BigInteger

from models.statements.parts import (
    STATEMENTS,
    T,
    characteristic,
    counter,
    day,
    episode,
    import_run,
    import_unused,
    moment,
    named,
    number,
    pathway_case,
    person,
    text,
    values_of,
)


@named
def import_by_fingerprint() -> Any:
    return select(*import_run.c).where(
        import_run.c.fingerprint == text("fingerprint"), import_run.c.finished_at.is_not(None)
    )


@named
def finish_import_run() -> Any:
    counts = {each: number(each) for each in ("children", "cases", "unused")}
    return (
        update(import_run)
        .where(import_run.c.id == number("run_id"))
        .values(finished_at=moment("finished_at"), **counts)
    )


@named
def import_runs() -> Any:
    finished = import_run.c.finished_at.is_not(None)
    return select(*import_run.c).where(finished).order_by(import_run.c.id.desc()).limit(number("most"))


@named
def unused_of_import() -> Any:
    return (
        select(*import_unused.c)
        .where(import_unused.c.run_id == number("run_id"))
        .order_by(import_unused.c.id)
    )


@named
def episode_by_source_key() -> Any:
    return select(*episode.c).where(episode.c.source_key == text("source_key"))


@named
def correct_episode() -> Any:
    columns = ("closed_on", "closure_reason", "referral_source", "primary_need", "details")
    values = {each: bindparam(each, type_=episode.c[each].type) for each in columns}
    return update(episode).where(episode.c.id == number("episode_id")).values(**values)


@named
def close_episode() -> Any:
    still_open = exists().where(pathway_case.c.episode_id == episode.c.id, pathway_case.c.is_open)
    return (
        update(episode)
        .where(episode.c.id == number("episode_id"), episode.c.closed_on.is_(None), ~still_open)
        .values(closed_on=day("closed_on"))
    )


@named
def reopen_episode() -> Any:
    return update(episode).where(episode.c.id == number("episode_id")).values(closed_on=null())


def _adds_whole(named: str, table: Table) -> None:
    """Insert with a key drawn before, so that a whole batch can be written at once. Nothing stood there before it."""
    STATEMENTS[named] = insert(table).values(values_of(table, "was")).inline()


def _draws_keys(named: str, table: Table) -> None:
    """The last key given (SQLite, where one writer holds the store), or as many new ones as asked for."""
    numbers: Any = func.generate_series(1, number("count")).table_valued("number")
    name = func.pg_get_serial_sequence(literal_column(f"'{table.name}'"), literal_column("'id'"))
    sequence = select(cast(name, postgresql.REGCLASS())).scalar_subquery()  # looked up once, not for each key
    STATEMENTS[named] = {
        "sqlite": select(func.coalesce(func.max(table.c.id), 0).label("id")),
        "postgresql": select(func.nextval(sequence, type_=BigInteger()).label("id")).select_from(numbers),
    }


for _named, _table in (
    ("person", person),
    ("episode", episode),
    ("case", pathway_case),
    ("household", T["household"]),
    ("meeting", T["meeting"]),
):
    _adds_whole(f"import_{_named}", _table)
    _draws_keys(f"draw_{_named}_keys", _table)


@named
def draw_numbers() -> Any:
    """A run of reference numbers at once; gives the last of them."""
    made = {}
    for dialect, module in (("sqlite", sqlite), ("postgresql", postgresql)):
        statement: Any = module.insert(counter).values(values_of(counter))
        after = {"last": counter.c.last + statement.excluded.last}
        made[dialect] = statement.on_conflict_do_update(
            index_elements=["prefix", "year"], set_=after
        ).returning(counter.c.last)
    return made


@named
def import_under_way() -> Any:
    """A run over the same file that was stopped before its end."""
    return (
        select(*import_run.c)
        .where(import_run.c.fingerprint == text("fingerprint"), import_run.c.finished_at.is_(None))
        .order_by(import_run.c.id.desc())
    )


@named
def characteristics_of_person() -> Any:
    return (
        select(*characteristic.c)
        .where(characteristic.c.person_id == number("person_id"))
        .order_by(characteristic.c.id)
    )
