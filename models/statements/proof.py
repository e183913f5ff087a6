"""What proves the record: chains and what checkpoints covered of them, tombstones, chains that belong to no case."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, case, cast, func, literal, select, union_all
from sqlalchemy.types import Text

from models.statements.parts import (
    SEEN,
    T,
    adds,
    check_run,
    moment,
    named,
    number,
    outbox,
    pathway_case,
    payload,
    practitioner,
    text,
    trail,
)

checkpoint, leaf, tombstone = (T[each] for each in ("checkpoint", "checkpoint_leaf", "tombstone"))

adds("add_checkpoint", checkpoint, returns=True)
adds("add_checkpoint_leaf", leaf)


@named
def last_checkpoint() -> Any:
    return select(*checkpoint.c).order_by(checkpoint.c.id.desc()).limit(1)


@named
def every_checkpoint() -> Any:
    return select(*checkpoint.c).order_by(checkpoint.c.id)


@named
def every_leaf() -> Any:
    """What each checkpoint covered, in the order in which it was written."""
    return select(leaf.c.checkpoint_id, leaf.c.case_ref, leaf.c.entries, leaf.c.head).order_by(
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
    """How many messages were written since the last checkpoint, how many chains that one had, whether a check is running that began since a moment.

    The ends of three indices, whatever lies between.
    """
    last = select(func.coalesce(func.max(outbox.c.id), 0)).scalar_subquery()
    covered, chains = (
        select(each).order_by(checkpoint.c.id.desc()).limit(1).scalar_subquery()
        for each in (checkpoint.c.outbox_id, checkpoint.c.chains)
    )
    newest = select(func.max(check_run.c.id)).scalar_subquery()
    checking = (
        select(func.count())
        .where(
            check_run.c.id == newest,
            check_run.c.finished_at.is_(None),
            check_run.c.started_at > moment("checks_since"),
        )
        .scalar_subquery()
    )
    return select(
        last.label("last"),
        func.coalesce(covered, 0).label("covered"),
        func.coalesce(chains, 0).label("chains"),
        checking.label("checking"),
    )


def _own_chains() -> Any:
    """The chains of people's own actions; `~0` is that of everybody whom the staff register does not know."""
    known = select((literal("~", Text()) + cast(practitioner.c.id, Text())).label("case_ref"))
    return union_all(known, select(literal("~0", Text()).label("case_ref"))).subquery("own")


def _destroyed_chains() -> Any:
    """Chains of cases that are no longer there at all."""
    there = select(pathway_case.c.id).where(pathway_case.c.reference == tombstone.c.case_ref).exists()
    return select(tombstone.c.case_ref).where(~there).subquery("destroyed")


def _ends_of(chains: Any) -> Any:
    """Where each of these chains ends; looked up chain by chain, so that no plan reads the whole trail for it."""
    of = trail.c.case_ref == chains.c.case_ref
    seq, last = (
        select(each).where(of).order_by(trail.c.seq.desc()).limit(1).scalar_subquery().label(each.name)
        for each in (trail.c.seq, trail.c.hash)
    )
    covered = func.coalesce(_covered(chains.c.case_ref), 0).label("covered")
    begun = select(trail.c.seq).where(of).exists()
    return select(chains.c.case_ref, seq, last, covered).where(begun)


def _covered(reference: Any) -> Any:
    """How far the last checkpoint that had this chain went."""
    found = select(leaf.c.entries).where(leaf.c.case_ref == reference)
    return found.order_by(leaf.c.checkpoint_id.desc()).limit(1).scalar_subquery()


@named
def every_chain() -> Any:
    """Every chain ever begun: where it ends, and how far the last checkpoint that had it went (0: none did)."""
    cases = select(
        pathway_case.c.reference,
        pathway_case.c.seq,
        pathway_case.c.head,
        func.coalesce(_covered(pathway_case.c.reference), 0).label("covered"),
    )
    return union_all(cases, _ends_of(_own_chains()), _ends_of(_destroyed_chains()))


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
