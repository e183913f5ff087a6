"""What proves the record: chains and what checkpoints covered of them, tombstones, chains that belong to no case."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    and_,
    any_,
    bindparam,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import String, Text

from models.statements.parts import (
    SEEN,
    STATEMENTS,
    T,
    adds,
    check_run,
    entries_waiting,
    moment,
    named,
    number,
    outbox,
    pathway_case,
    payload,
    practitioner,
    text,
    trail,
    values_of,
)

checkpoint, leaf, tombstone = (T[each] for each in ("checkpoint", "checkpoint_leaf", "tombstone"))
run, uncovered = T["tree_run"], T["uncovered"]
DIALECTS = ("sqlite", "postgresql")

adds("add_checkpoint", checkpoint, returns=True)


def _of_arrays(table: Any) -> Any:
    """PostgreSQL's insert of many rows: each column goes over as an array."""
    names = [each.name for each in table.c]
    kinds = [Text() if isinstance(each.type, String) else each.type for each in table.c]
    arrays = [bindparam(name, type_=postgresql.ARRAY(kind)) for name, kind in zip(names, kinds, strict=True)]
    given = func.unnest(*arrays).table_valued(*map(Column, names, kinds), name="given").render_derived()
    return postgresql.insert(table).from_select(names, select(*given.c)).inline()


STATEMENTS["add_checkpoint_leaf"] = {
    "sqlite": insert(leaf).values(values_of(leaf)).inline(),
    "postgresql": _of_arrays(leaf),
}
"""What a checkpoint covers, by `Transaction.sets`."""


@named
def last_checkpoint() -> Any:
    return select(*checkpoint.c).order_by(checkpoint.c.id.desc()).limit(1)


@named
def every_checkpoint() -> Any:
    return select(*checkpoint.c).order_by(checkpoint.c.id)


@named
def newest_checkpoints() -> Any:
    """The newest first."""
    return select(*checkpoint.c).order_by(checkpoint.c.id.desc()).limit(bindparam("most"))


@named
def every_leaf() -> Any:
    """What each checkpoint covered, in the order in which it was written."""
    return select(leaf.c.checkpoint_id, leaf.c.case_ref, leaf.c.entries, leaf.c.head, leaf.c.place).order_by(
        leaf.c.checkpoint_id, leaf.c.case_ref
    )


@named
def every_leaf_by_chain() -> Any:
    return select(leaf.c.case_ref, leaf.c.entries, leaf.c.head).order_by(
        leaf.c.case_ref, leaf.c.checkpoint_id
    )


@named
def every_tombstone() -> Any:
    return select(
        tombstone.c.case_ref, tombstone.c.entries, tombstone.c.head, tombstone.c.destroyed_at
    ).order_by(tombstone.c.case_ref)


@named
def written_since() -> Any:
    """How many entries no checkpoint covers yet, and whether a check is running that began since a moment."""
    last = select(func.max(check_run.c.id)).scalar_subquery()
    checking = (
        select(func.count())
        .where(
            check_run.c.id == last,
            check_run.c.finished_at.is_(None),
            check_run.c.started_at > moment("checks_since"),
        )
        .scalar_subquery()
    )
    return select(
        entries_waiting().label("waiting"),
        checking.label("checking"),
    )


@named
def last_message() -> Any:
    return select(func.coalesce(func.max(outbox.c.id), 0).label("id"))


def _own_chains() -> Any:
    """The chains of people's own actions; `~0` is that of everybody whom the staff register does not know."""
    known = select((literal("~", Text()) + cast(practitioner.c.id, Text())).label("case_ref"))
    return union_all(known, select(literal("~0", Text()).label("case_ref"))).subquery("own")


def _destroyed_chains() -> Any:
    """Chains of cases that are no longer there at all."""
    there = select(pathway_case.c.id).where(pathway_case.c.reference == tombstone.c.case_ref).exists()
    return select(tombstone.c.case_ref).where(~there).subquery("destroyed")


def _newest(of: Any, chains: Any, by: str, *columns: str) -> Any:
    """A query for these columns of a chain's newest row; looked up chain by chain, whatever a plan takes a table to hold."""
    found = select(*(of.c[each] for each in columns)).where(of.c.case_ref == chains.c.case_ref)
    return found.order_by(of.c[by].desc()).limit(1)


def _ends_of(chains: Any, dialect: str) -> Any:
    """Where each of these chains ends."""
    if dialect == "postgresql":
        end = _newest(trail, chains, "seq", "seq", "hash").lateral("ending")
        return select(chains.c.case_ref, *end.c).join_from(chains, end, true())
    seq, last = (
        _newest(trail, chains, "seq", each).scalar_subquery().label(each) for each in ("seq", "hash")
    )
    begun = select(trail.c.seq).where(trail.c.case_ref == chains.c.case_ref).exists()
    return select(chains.c.case_ref, seq, last).where(begun)


def _beside_what_is_covered(ends: Any, dialect: str, *, grown: bool = False) -> Any:
    """These ends of chains, each with what the last checkpoint that had it says of it: place, entries, head.

    `grown`: only those that end after that. PostgreSQL would rather read every leaf that was ever stored than look up
    these few where it takes the entries that wait for many, as it does after each night.
    """
    chain = ends.subquery("chain")
    case_ref, seq, head = chain.c
    last: Any
    on: Any
    if dialect == "postgresql":
        last = _newest(leaf, chain, "checkpoint_id", "place", "entries", "head").lateral("last_leaf")
        on = true()
    else:
        last, every = leaf, leaf.alias("every_leaf")
        newest = select(func.max(every.c.checkpoint_id)).where(every.c.case_ref == case_ref).scalar_subquery()
        on = and_(leaf.c.case_ref == case_ref, leaf.c.checkpoint_id == newest)
    covered = func.coalesce(last.c.entries, 0)
    columns = (case_ref, seq, head, last.c.place, covered.label("covered"), last.c.head.label("covered_head"))
    found = select(*columns).select_from(chain.outerjoin(last, on))
    return found.where(seq > covered) if grown else found


def _every_end(dialect: str) -> Any:
    cases = select(
        pathway_case.c.reference.label("case_ref"),
        pathway_case.c.seq.label("seq"),
        pathway_case.c.head.label("head"),
    )
    return union_all(cases, _ends_of(_own_chains(), dialect), _ends_of(_destroyed_chains(), dialect))


STATEMENTS["every_chain"] = {each: _beside_what_is_covered(_every_end(each), each) for each in DIALECTS}
"""Every chain ever begun: where it ends, and how far the last checkpoint that had it went (0: none did)."""
STATEMENTS["grown_chains"] = {
    each: _beside_what_is_covered(_every_end(each), each, grown=True) for each in DIALECTS
}
"""As `every_chain`, those that have grown since the last checkpoint that had them."""


def _oldest_uncovered() -> Any:
    return select(uncovered.c.id, uncovered.c.case_ref).order_by(uncovered.c.id).limit(number("most"))


@named
def oldest_uncovered() -> Any:
    """The oldest entries that no checkpoint covers, each by its chain."""
    return _oldest_uncovered()


def _uncovered_chains(dialect: str) -> Any:
    chains = select(_oldest_uncovered().subquery("oldest").c.case_ref).distinct().subquery("waiting")
    return _beside_what_is_covered(_ends_of(chains, dialect), dialect)


STATEMENTS["uncovered_chains"] = {each: _uncovered_chains(each) for each in DIALECTS}
"""The chains of `oldest_uncovered`, as `every_chain` gives them."""


def _listed(bind: str) -> Any:
    given = func.json_each(text(bind)).table_valued(Column("value", BigInteger()), name="taken")
    return select(given.c.value)


def _any_of(bind: str) -> Any:
    return any_(bindparam(bind, type_=postgresql.ARRAY(BigInteger())))


STATEMENTS["drop_uncovered"] = {
    "sqlite": delete(uncovered).where(uncovered.c.id.in_(_listed("ids"))),
    "postgresql": delete(uncovered).where(uncovered.c.id == _any_of("ids")),
}
"""Take entries from the list of those that are not covered, by `Transaction.numbers`."""


def _runs(among: Any) -> Any:
    return select(run.c.place, run.c.hashes).where(run.c.level == number("level"), among)


STATEMENTS["tree_runs"] = {
    "sqlite": _runs(run.c.place.in_(_listed("places"))),
    "postgresql": _runs(run.c.place == _any_of("places")),
}
"""Runs of one level of the newest checkpoint's tree, by `Transaction.numbers`."""

_one_run, _many_runs = sqlite.insert(run).values(values_of(run)), _of_arrays(run)
STATEMENTS["put_run"] = {
    dialect: made.on_conflict_do_update(
        index_elements=["level", "place"], set_={"hashes": made.excluded.hashes}
    )
    for dialect, made in (("sqlite", _one_run.inline()), ("postgresql", _many_runs))
}
"""Runs of the tree, by `Transaction.sets`."""


@named
def every_run() -> Any:
    return select(*run.c).order_by(run.c.level, run.c.place)


@named
def drop_runs() -> Any:
    return delete(run)


@named
def hidden_cases() -> Any:
    """The references that the viewer may not see."""
    return select(pathway_case.c.reference).where(case((SEEN, 0), else_=1) == 1)


@named
def practitioner_ids() -> Any:
    return select(practitioner.c.id).order_by(practitioner.c.id)


@named
def own_chain() -> Any:
    """The entries of a chain that belongs to no case, with what they say."""
    return (
        select(*trail.c, payload.c.salt, payload.c.body)
        .outerjoin(payload, and_(payload.c.case_ref == trail.c.case_ref, payload.c.seq == trail.c.seq))
        .where(trail.c.case_ref == text("reference"))
        .order_by(trail.c.seq)
    )


@named
def entry_of_key() -> Any:
    """The entry of a case that the viewer may see, by the key of its effect."""
    return (
        select(trail.c.seq, trail.c.action, trail.c.hash, trail.c.actor)
        .join(pathway_case, pathway_case.c.reference == trail.c.case_ref)
        .where(trail.c.case_ref == text("reference"), trail.c.key == text("key"), SEEN)
    )


@named
def entry_code() -> Any:
    """The hash of one entry of a case that the viewer may see, for a receipt."""
    return (
        select(trail.c.hash)
        .join(pathway_case, pathway_case.c.reference == trail.c.case_ref)
        .where(trail.c.case_ref == text("reference"), trail.c.seq == number("seq"), SEEN)
    )
