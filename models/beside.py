"""What a decision on one case does to the person's others: opened, noted, frozen, or the reason why it may not stand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from models.change import Change
from models.draft import Draft, as_fact, instant
from models.people import NewPerson, add_person, person_facts, relate
from pathways import NAMES, pathway, trail
from pathways.compatibility import WHO, gives_way, refusals
from pathways.definitions import Opens
from pathways.roles import Role

MOST_TWINS = 8


def open_beside(
    change: Change, draft: Draft, opens: Opens, actor: str, role: Role, at: datetime | date
) -> None:
    """Open the case on another pathway that a decision leads to.

    Where the person is on it already no second case is opened, and nothing is refused: what has happened is noted
    on the open one, save what its clocks are already waiting for.
    """
    if opens.pathway not in NAMES:
        return
    found = pathway(opens.pathway)
    carried = {name: draft.facts[name] for name in opens.carries if draft.facts.get(name) is not None}
    events = {name: value for name, value in carried.items() if name in draft.pathway.events}
    emitted = {event: as_fact(at) for event in opens.emits}
    row = change.tx.one("open_case_of_person", person_id=draft.person_id, pathway=found.name)
    if row is not None:
        beside = change.load_beside(row.reference)
        awaited = {_start_event(each) for each in beside.running}
        events = {name: value for name, value in events.items() if name not in beside.facts}
        events |= {name: value for name, value in emitted.items() if name not in awaited}
        changes, action, dest = dict(events), f"noted_from_{draft.pathway.name}", beside.state
        change.keep(beside)
    else:
        person = change.tx.need("person_by_id", person_id=draft.person_id)
        events |= emitted | person_facts(person, found)
        beside = change.fresh(found, draft.person_id, draft.episode_id, opens.state, instant(at))
        changes, action, dest = {**carried, **events}, f"opened_from_{draft.pathway.name}", opens.state
        change.opened.append(beside.reference)
    seq = beside.enter(
        action,
        dest,
        actor=actor,
        role=role,
        effective_at=instant(at),
        now=change.now,
        changes=changes,
        extra={"from": draft.reference, "entry": draft.seq},
    )
    beside.happen(events, change.rules, today=change.today, seq=seq, strict=False)


def _start_event(running: Any) -> str:
    return str(running.values["start_event"] if hasattr(running, "values") else running.start_event)


def others(change: Change, draft: Draft, among: Collection[str] | None = None) -> list[Draft]:
    """The person's other cases, open or closed, as this change has them; only those `among` these references, where given."""
    rows = [row for row in change.cases_of(draft.person_id) if among is None or row.reference in among]
    return [change.load_beside(row.reference) for row in rows if row.reference != draft.reference]


def freeze(change: Change, draft: Draft, actor: str, role: Role, at: datetime | date) -> None:
    """The person has died: every clock of theirs stops at once, and nothing more goes out. Siblings' work goes on.

    Paperwork that is still owed on a closed case stops too. A case that row security hides from this login is out of
    its reach: whoever sees that one is told, and the nightly check stops its clocks (`models/deaths.py`).
    """
    if change.tx.dialect == "postgresql":
        from models.row_security import tell_of_death

        tell_of_death(change.tx, draft.person_id)
    for other in (draft, *others(change, draft)):
        if other is not draft and not (other.is_open or other.running):
            continue
        seq = other.seq
        if other is not draft:
            seq = other.enter(
                "person_died",
                other.state,
                actor=actor,
                role=role,
                effective_at=instant(at),
                now=change.now,
                extra={"from": draft.reference, "entry": draft.seq},
            )
            change.keep(other)
        other.stop_all(instant(at), seq)


def add_twins(
    change: Change, draft: Draft, told: Sequence[Draft], born: int, actor: str, role: str, at: datetime | date
) -> None:
    """One unborn child was two or more: each further child gets a record, and cases that stand where the child's do.

    Args:
        draft: the case on which the birth was recorded.
        told: the child's other cases that heard of it, of those that the actor may see. Of one that fewer people may see
            than this, a twin gets none.
        born: how many children were born.
    """
    from models.restricting import seen_alike

    beside = [each for each in told if each.restricted <= draft.restricted and each.guarded <= draft.guarded]
    for _ in range(min(born, MOST_TWINS) - 1):
        birth = date.fromisoformat(change.lives[draft.person_id]["birth_date"])
        twin = add_person(change.tx, NewPerson(kind="child", birth_date=birth), change.now)
        relate(change.tx, draft.person_id, twin, "sibling", birth, change.now)
        if draft.guarded:
            seen_alike(change.tx, draft, twin, change.now)
        episode = change.episode(twin, birth)
        for each in (draft, *beside):
            _as_twin(change, each, twin, episode, actor, role, at)


def _as_twin(
    change: Change, draft: Draft, twin: int, episode: int, actor: str, role: str, at: datetime | date
) -> None:
    case = change.fresh(draft.pathway, twin, episode, draft.state, instant(at), draft.team)
    case.lead = draft.lead
    starts = {_start_event(each): each.started for each in draft.running}
    seq = case.enter(
        "opened_as_twin",
        draft.state,
        actor=actor,
        role=role,
        effective_at=instant(at),
        now=change.now,
        changes=dict(draft.facts),
        extra={"from": draft.reference, "entry": draft.seq, trail.COUNTED_FROM: starts},
    )
    case.happen(starts, change.rules, today=change.today, seq=seq, strict=False)
    change.opened.append(case.reference)


def _standing_now(change: Change, draft: Draft) -> dict[str, tuple[str, str]]:
    """Where each open case of the person would stand after this change."""
    rows = change.cases_of(draft.person_id)
    standing = _open(rows)
    records = {draft.person_id, *(row.person_id for row in rows)}
    for each in (draft, *change.drafts):
        if each.person_id in records and each.is_open:
            standing[each.reference] = (each.pathway.name, each.state)
        elif each.person_id in records:
            standing.pop(each.reference, None)
    return standing


def _open(rows: list[Any]) -> dict[str, tuple[str, str]]:
    return {row.reference: (row.pathway, row.state) for row in rows if row.is_open}


def giving_way(change: Change, draft: Draft, before: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """The lesser plans that give way to what this change begins: pathway and trigger of each."""
    standing = _standing_now(change, draft)
    found: list[tuple[str, str]] = []
    for key, here in standing.items():
        if before.get(key) != here:
            found += gives_way(*here, [there for other, there in standing.items() if other != key])
    return found


def incompatible(change: Change, draft: Draft, before: dict[str, tuple[str, str]]) -> list[str]:
    """Why the person may not stand where this change would put them; empty where they may.

    Only what the change itself brings about is looked at: history that was imported with two plans can be put right.
    """
    standing = _standing_now(change, draft)
    moved = [(key, here) for key, here in standing.items() if before.get(key) != here]
    if not moved:
        return []
    person = change.tx.need("person_by_id", person_id=draft.person_id)
    found: list[str] = []
    for key, here in moved:
        new = key not in before
        found += refusals(
            *here,
            kind=person.kind if new else WHO[here[0]][0],
            beside=[there for other, there in standing.items() if other != key],
            dead=new and person.died_on is not None,
        )
    return list(dict.fromkeys(found))


def stands_elsewhere(change: Change) -> bool:
    """Whether this change opens a case or takes one to another state; else nothing about a person's cases can clash."""
    for draft in change.drafts:
        if draft.case_id is None:
            return True
        for entry in draft.entries:
            if entry["to_state"] != entry["from_state"]:
                return True
    return False


def standings(change: Change, person_id: int) -> dict[str, tuple[str, str]]:
    """Where each open case of a person stands before a change."""
    return _open(change.cases_of(person_id))
