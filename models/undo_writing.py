"""Writing an undo on every case that it changes: the entry, the clocks, what is sealed, and what was known of the person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from models.beside import incompatible, standings
from models.people import LIFE, stood, unlearn
from models.undo_following import Part, Undoing
from pathways.restating import (
    UNDO,
    Now,
    Told,
    withdrawn,
)


def write(work: Undoing, told: Told, because: str) -> int:
    """Write the undo on every case that it changes; its number on this one.

    Raises:
        RefusedUndo: the person may not stand where this would put them.
    """
    stood = standings(work.change, work.draft.person_id)
    seq = _write_part(work, work.own, told.seq, because, {})
    origin = {"from": work.own.reference, "entry": seq}
    for part in work.changed():
        if part is not work.own:
            _write_part(work, part, min(part.targets), because, origin)
    for episode_id in work.reopened:
        work.tx.run("reopen_episode", episode_id=episode_id)
    for part, learned in work.learned:
        _correct_life(work, part, learned)
    apart = incompatible(work.change, work.draft, stood)
    if apart:
        raise work.no(*(f"{each[:1].upper()}{each[1:]}." for each in apart))
    return seq


def _write_part(work: Undoing, part: Part, voids: int, because: str, origin: dict[str, Any]) -> int:
    """Put the undo on one case: its entry, its state, its clocks, its sealed records; the number of the entry."""
    draft, now = part.draft, work.change.now
    assert part.told is not None
    assert part.clocks is not None
    after = part.told.now
    learned = {
        name: after.facts.get(name)
        for name in sorted({*draft.facts, *after.facts})
        if draft.facts.get(name) != after.facts.get(name)
    }
    extra: dict[str, Any] = {"why": because, **origin}
    more = sorted(part.targets - {voids})
    if more:
        extra["with"] = more
    seq = draft.enter(
        UNDO,
        after.state,
        actor=work.actor.name,
        role=work.role,
        effective_at=now,
        now=now,
        changes=learned,
        extra=extra,
        voids=voids,
    )
    was_open = draft.is_open
    _stand(work, part, after)
    draft.changed_at = now
    ends = part.clocks.ends()
    draft.end([row for row in draft.running if row.id in {each.id for each in ends}], now, seq)
    for again in part.clocks.runs_again(now):
        draft.run_again(again.row, seq, status=again.status, look_at=again.look_at)
    for begun in part.clocks.begins():
        draft.begin(begun, work.change.rules.at_school(after.facts.get("school")), seq)
    _void_records(part, seq)
    work.change.keep(draft)
    if draft.is_open and not was_open:
        work.reopened.append(draft.episode_id)
    work.learned.append((part, learned))
    return seq


def _stand(work: Undoing, part: Part, after: Now) -> None:
    """Whether the case is open, how it ended and who leads it, where what is withdrawn had said so."""
    draft, was = part.draft, part.was
    if (was.is_open, was.outcome) != (after.is_open, after.outcome):
        draft.is_open, draft.outcome = after.is_open, after.outcome
        draft.closed_at = None if after.is_open else (after.closed_at or work.change.now)
    if was.lead != after.lead:
        draft.lead = after.lead


def _void_records(part: Part, seq: int) -> None:
    gone = withdrawn(part.entries, dict.fromkeys(part.targets, seq))
    for each in part.entries:
        if each.body is not None and (each.seq in gone) != (each.seq in part.before):
            part.draft.voided.append(
                {"case_id": part.draft.case_id, "seq": each.seq, "voided_seq": gone.get(each.seq)}
            )


def _correct_life(work: Undoing, part: Part, learned: dict[str, Any]) -> None:
    """A birth or a death that only a withdrawn entry told is no longer one of the person."""
    if 1 in part.before or 1 in withdrawn(part.entries, dict.fromkeys(part.targets, 0)):
        return  # a case opened in error has taught nothing of the person
    told = {name: learned[name] for name in LIFE if name in learned}
    standing = _standing_elsewhere(work, part)
    for name in [name for name, value in told.items() if value is None]:
        if any(name in facts for facts in standing):
            del told[name]
    if not told:
        return
    person = work.tx.need("person_by_id", person_id=part.draft.person_id)
    dates = {
        name: (date.fromisoformat(told[name]) if told[name] else None)
        if name in told
        else getattr(person, name)
        for name in LIFE
    }
    kind = person.kind
    if kind in ("child", "unborn") and person.expected_delivery_date is not None:
        kind = "child" if dates["birth_date"] else "unborn"
    work.tx.run(
        "correct_person",
        person_id=person.id,
        kind=kind,
        expected_delivery_date=person.expected_delivery_date,
        sex=person.sex,
        ethnicity=person.ethnicity,
        before=stood(person, work.change.now),
        **dates,
    )
    unlearn(work.tx, person.id, [name for name, value in told.items() if value is None], work.change.now)


def _standing_elsewhere(work: Undoing, part: Part) -> list[Mapping[str, Any]]:
    """What is known on the person's other cases, as it will be."""
    here = part.draft.person_id
    told = [
        (each.told.now if each.told is not None else each.was).facts
        for each in work.parts.values()
        if each is not part and each.draft.person_id == here and each.reference not in work.left
    ]
    rows = work.change.cases_of(here)
    return told + [row.facts for row in rows if row.person_id == here and row.reference not in work.parts]
