"""What is kept, how, and until when: keys of cases, tombstones, copies made and tried."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, delete, func, literal, null, select, update
from sqlalchemy.types import LargeBinary, Text

from models.statements.parts import (
    T,
    adds,
    deadline,
    episode,
    named,
    number,
    parked,
    pathway_case,
    payload,
    record,
    text,
    trail,
)
from models.types import JsonText

case_key, tombstone, copy_run = (T[each] for each in ("case_key", "tombstone", "copy_run"))
draft = T["form_draft"]

adds("add_case_key", case_key)
adds("add_tombstone", tombstone)
adds("add_copy_run", copy_run, returns=True)


@named
def case_key_of() -> Any:
    return select(*case_key.c).where(case_key.c.case_ref == text("case_ref"))


@named
def every_case_key() -> Any:
    return select(*case_key.c).order_by(case_key.c.case_ref)


@named
def rewrap_case_key() -> Any:
    values = {"store_key": text("store_key"), "sealed": bindparam("sealed", type_=LargeBinary())}
    return update(case_key).where(case_key.c.case_ref == text("reference")).values(values)


@named
def drop_case_key() -> Any:
    return delete(case_key).where(case_key.c.case_ref == text("case_ref"))


@named
def drop_every_case_key() -> Any:
    return delete(case_key)


@named
def tombstone_of() -> Any:
    return select(*tombstone.c).where(tombstone.c.case_ref == text("case_ref"))


@named
def whole_tombstones() -> Any:
    return select(*tombstone.c).order_by(tombstone.c.case_ref)


# --- destroying -----------------------------------------------------------------------------------------------


@named
def drop_records() -> Any:
    return delete(record).where(record.c.case_id == number("case_id"))


@named
def drop_deadlines() -> Any:
    return delete(deadline).where(deadline.c.case_id == number("case_id"))


@named
def drop_parked() -> Any:
    return delete(parked).where(parked.c.case_id == number("case_id"))


@named
def drop_drafts_of() -> Any:
    """Half-filled forms for a case."""
    return delete(draft).where(draft.c.target == text("case_ref"))


@named
def empty_episode() -> Any:
    """Forget an episode's details once none of its cases has any content left."""
    kept = (
        select(pathway_case.c.id)
        .where(pathway_case.c.episode_id == episode.c.id)
        .where(pathway_case.c.reference.not_in(select(tombstone.c.case_ref)))
        .exists()
    )
    return (
        update(episode)
        .where(episode.c.id == number("episode_id"), ~kept)
        .values(
            details=bindparam("details", type_=JsonText()),
            closure_reason=null(),
            referral_source=null(),
            primary_need=null(),
        )
    )


@named
def plain_payloads_of() -> Any:
    """How many payloads of a case lie unsealed, from before the store was."""
    plain = func.substr(func.coalesce(payload.c.body, literal("", Text())), 1, 1) != literal("~", Text())
    return select(func.count().label("payloads")).where(payload.c.case_ref == text("case_ref"), plain)


# --- copies ---------------------------------------------------------------------------------------------------


@named
def last_copy_run() -> Any:
    """The last run of a kind: as a whole one, or as any."""
    return (
        select(*copy_run.c)
        .where(copy_run.c.kind == text("kind"))
        .order_by(copy_run.c.started_at.desc(), copy_run.c.id.desc())
        .limit(1)
    )


@named
def last_whole_copy_run() -> Any:
    return (
        select(*copy_run.c)
        .where(copy_run.c.kind == text("kind"), copy_run.c.whole)
        .order_by(copy_run.c.started_at.desc(), copy_run.c.id.desc())
        .limit(1)
    )


@named
def any_case() -> Any:
    """Whether there is a case at all."""
    return select(pathway_case.c.id).limit(1)


@named
def chain_ends() -> Any:
    """Every chain in the trail: how many entries, and the hash of the last."""
    last = (
        select(trail.c.case_ref, func.max(trail.c.seq).label("seq"))
        .group_by(trail.c.case_ref)
        .subquery("last")
    )
    return (
        select(trail.c.case_ref, trail.c.seq, trail.c.hash)
        .join(last, (trail.c.case_ref == last.c.case_ref) & (trail.c.seq == last.c.seq))
        .order_by(trail.c.case_ref)
    )


@named
def last_moment() -> Any:
    """When the newest entry was written."""
    return select(trail.c.at).order_by(trail.c.at.desc()).limit(1)
