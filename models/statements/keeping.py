"""What is kept, how, and until when: keys of cases, tombstones, copies made and tried."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    and_,
    bindparam,
    delete,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.types import LargeBinary, Text

from models.statements.parts import (
    STATEMENTS,
    T,
    adds,
    deadline,
    episode,
    listed,
    named,
    number,
    parked,
    pathway_case,
    payload,
    record,
    text,
    trail,
)
from models.types import JsonText, SealedText

case_key, tombstone, copy_run = (T[each] for each in ("case_key", "tombstone", "copy_run"))
draft, document = T["form_draft"], T["document"]
_MARK = "~1."
"""What a sealed text begins with: `models.sealing.MARK`."""
_ONE_KEY = 12 + 32 + 16
"""Bytes of a single key as it lies sealed: nonce, key, and what proves it."""

adds("add_case_key", case_key)
adds("add_tombstone", tombstone)
adds("add_copy_run", copy_run, returns=True)


@named
def case_key_of() -> Any:
    return select(*case_key.c).where(case_key.c.case_ref == text("case_ref"))


def _case_keys_of() -> dict[str, Any]:
    """The keys of several cases, whose references are given as JSON."""
    return {
        dialect: select(*case_key.c).where(case_key.c.case_ref.in_(select(reference)))
        for dialect, reference in listed("references", Text()).items()
    }


STATEMENTS["case_keys_of"] = _case_keys_of()


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
def before_a_key() -> Any:
    """Whether a case was destroyed, and whether content of it was sealed with a key that it had."""
    content = select(payload.c.seq).where(
        payload.c.case_ref == text("case_ref"), func.substr(payload.c.body, 1, 3) == literal(_MARK, Text())
    )
    stone = select(tombstone.c.case_ref).where(tombstone.c.case_ref == text("case_ref"))
    return select(stone.exists().label("destroyed"), content.exists().label("sealed"))


@named
def tombstone_of() -> Any:
    return select(*tombstone.c).where(tombstone.c.case_ref == text("case_ref"))


@named
def whole_tombstones() -> Any:
    return select(*tombstone.c).order_by(tombstone.c.case_ref)


# --- facts that lie open ---------------------------------------------------------------------------------------


def _of_this(table: Any) -> Any:
    found = select(table.c.case_ref).where(table.c.case_ref == pathway_case.c.reference)
    return found.correlate(pathway_case).exists()


def _lies_open() -> Any:
    """Facts that are not sealed and can be; a case whose key is gone is for `audit verify`."""
    facts = type_coerce(pathway_case.c.facts, Text())
    open_ones = and_(facts != literal("{}", Text()), func.substr(facts, 1, 3) != literal(_MARK, Text()))
    return and_(open_ones, ~_of_this(tombstone), or_(_of_this(case_key), ~_of_this(payload)))


@named
def open_facts() -> Any:
    """The next case rows whose facts lie open, after a number; nobody changes them meanwhile."""
    return (
        select(pathway_case.c.id, pathway_case.c.reference, pathway_case.c.facts)
        .where(pathway_case.c.id > number("after"), _lies_open())
        .order_by(pathway_case.c.id)
        .limit(number("most"))
        .with_for_update()
    )


@named
def count_open_facts() -> Any:
    """On how many case rows facts lie open."""
    return select(func.count().label("cases")).select_from(pathway_case).where(_lies_open())


@named
def seal_facts() -> Any:
    facts = bindparam("facts", type_=pathway_case.c.facts.type)
    return update(pathway_case).where(pathway_case.c.id == number("case_id")).values(facts=facts)


# --- pages that lie under the key of their case's entries ----------------------------------------------------


def _without_page_keys() -> Any:
    """Cases whose key, as it lies sealed, is one key long: begun before version 0023."""
    lying = and_(case_key.c.case_ref == pathway_case.c.reference, func.length(case_key.c.sealed) == _ONE_KEY)
    return select(case_key.c.case_ref).where(lying).correlate(pathway_case).exists()


def _has_pages_under_its_key() -> Any:
    """Cases of which a page names no key of its own, as in a copy of before that got the keys of now."""
    begins = literal(_MARK, Text()) + pathway_case.c.reference + literal(".", Text())
    body = type_coerce(record.c.body, Text())
    lying = and_(record.c.case_id == pathway_case.c.id, func.substr(body, 1, func.length(begins)) == begins)
    return select(record.c.page).where(lying).correlate(pathway_case).exists()


@named
def cases_without_page_keys() -> Any:
    """The next cases after a number of which pages lie under the key of the entries; nobody writes to them meanwhile."""
    there = _of_this(case_key)
    return (
        select(pathway_case.c.id, pathway_case.c.reference)
        .where(
            pathway_case.c.id > number("after"),
            or_(_without_page_keys(), and_(there, _has_pages_under_its_key())),
        )
        .order_by(pathway_case.c.id)
        .limit(number("most"))
        .with_for_update()
    )


@named
def count_without_page_keys() -> Any:
    return select(func.count().label("cases")).select_from(pathway_case).where(_without_page_keys())


@named
def pages_to_seal() -> Any:
    return select(record.c.page, type_coerce(record.c.body, SealedText()).label("body")).where(
        record.c.case_id == number("case_id")
    )


@named
def seal_page() -> Any:
    return (
        update(record)
        .where(record.c.case_id == number("case_id"), record.c.page == number("page"))
        .values(body=type_coerce(bindparam("body", type_=SealedText()), record.c.body.type))
    )


@named
def documents_to_seal() -> Any:
    return select(document.c.id, document.c.page).where(document.c.case_id == number("case_id"))


@named
def seal_document() -> Any:
    content = bindparam("content", type_=document.c.content.type)
    return (
        update(document)
        .where(document.c.id == number("document_id"), document.c.page == number("page"))
        .values(content=content)
    )


# --- destroying -----------------------------------------------------------------------------------------------


@named
def empty_record() -> Any:
    """Overwrite a page of a file; the row stays and names the entry that says so."""
    return (
        update(record)
        .where(
            record.c.case_id == number("case_id"), record.c.page == number("page"), record.c.destroyed_seq.is_(None)
        )
        .values(body=bindparam("body", type_=record.c.body.type), destroyed_seq=number("seq"))
    )  # fmt: skip


@named
def empty_document() -> Any:
    """Overwrite the document of a page; its number, form and fingerprint stay."""
    return (
        update(document)
        .where(document.c.case_id == number("case_id"), document.c.page == number("page"))
        .values(content=bindparam("content", type_=document.c.content.type))
    )


@named
def pages_destroyed() -> Any:
    """Every page whose content was destroyed, with the entry that says under which rule and by whom."""
    return (
        select(pathway_case.c.reference, payload.c.seq, payload.c.body)
        .join(pathway_case, pathway_case.c.id == record.c.case_id)
        .join(
            payload,
            and_(payload.c.case_ref == pathway_case.c.reference, payload.c.seq == record.c.destroyed_seq),
        )
        .where(record.c.destroyed_seq.is_not(None))
        .order_by(pathway_case.c.reference, record.c.page)
    )


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
def last_whole_copy_run() -> Any:
    """The moment of the whole one of a kind that was made last, whatever the clock then said.

    What it holds counts every case and is for the service alone.
    """
    return (
        select(copy_run.c.started_at)
        .where(copy_run.c.kind == text("kind"), copy_run.c.whole)
        .order_by(copy_run.c.id.desc())
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
