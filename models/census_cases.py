"""The referrals of a batch: episodes and cases, new ones and those whose trails a later return adds to."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import count
from typing import Any

from models.change import REFERENCE_DIGITS, draw_reference
from models.draft import Draft
from models.draft_rows import load_draft
from models.gathered import Gathered, Someone, Spell
from models.history import CaseHistory, Remark, Step, Told, edges
from models.merging import details_of, in_order, merge, restore
from models.telling import PROTECTION, tell
from models.viewer import ALL_SEEING
from pathways import pathway
from pathways.census import Episode
from pathways.census_checks import NOT_USED
from pathways.days import local_day
from pathways.errors import NotReady
from pathways.roles import Role
from pathways.trail import QUIET

BIRTHS = ("note", "child_born")
"""The steps by which a later return makes a birth known; the history of a referral has neither."""


class Cases:
    """Works out the episodes and cases of a batch's people."""

    def __init__(self, batch: Gathered) -> None:
        self.batch = batch
        self.new: list[tuple[Spell, CaseHistory]] = []

    def work_out(self, people: list[Someone]) -> None:
        """Gather what these people's referrals come to."""
        spells = [spell for someone in people for spell in self._spells(someone)]
        fresh = [spell for spell in spells if spell.row is None]
        for spell, episode_id in zip(fresh, self.batch.keys("episode", len(fresh)), strict=True):
            spell.id = episode_id
        for spell in spells:
            self._compare(spell)
        self._open_new()

    def _spells(self, someone: Someone) -> list[Spell]:
        """The referrals of a child, each with what earlier returns said of it."""
        found: dict[str, Spell] = {}
        for number, e in zip(count(1), someone.child.episodes):
            key = f"cin:{self.batch.lea}:{someone.child.la_child_id}:{e.referral_date or 'undated'}"
            e, path = in_order(e), f"CINdetails[{number}]"
            there = found.get(key)
            if there is not None:
                there.episode, remarks = merge(there.episode, e)
                self.batch.remark(
                    someone,
                    Remark(
                        path, str(e.referral_date), "The referral was sent before: the two were put together."
                    ),
                )
                self.batch.remarks(there, remarks)
                continue
            spell = found[key] = Spell(someone, key, path, e)
            if someone.row is not None:
                spell.row = self.batch.tx.one("episode_by_source_key", source_key=key)
        self.batch.tally.episodes += len(found)
        return list(found.values())

    def _compare(self, spell: Spell) -> None:
        """Tell a referral anew where something about it is new, and see what of it is not on the trails yet."""
        someone = spell.someone
        if spell.row is None:
            told = tell(someone.who, spell.episode, self.batch.period)
            self.batch.remarks(spell, told.remarks)
            self.batch.tally.episodes_new += 1
            for history in told.cases:
                self._accept(spell, history)
            self.batch.rows["import_episode"].append(
                {
                    "id": spell.id,
                    "person_id": someone.id,
                    "opened_on": _opened(spell.episode),
                    "basis": "asserted",
                    "source_key": spell.key,
                    "recorded_at": self.batch.laying.now,
                    **self._episode(spell),
                }
            )
            return
        spell.id = spell.row.id
        old = restore(spell.row.details)
        died = someone.who.died and not someone.row.died_on
        same = spell.episode == old
        if not same:
            spell.episode, remarks = merge(old, spell.episode)
            self.batch.remarks(spell, remarks)
            same = spell.episode == old
        if same and not died and not someone.born_since:
            return
        told = tell(someone.who, spell.episode, self.batch.period)
        self.batch.remarks(spell, told.remarks)
        self._align(spell, told)
        self.batch.rows["correct_episode"].append({"episode_id": spell.id, **self._episode(spell)})

    def _episode(self, spell: Spell) -> dict[str, Any]:
        e, someone = spell.episode, spell.someone
        ended = e.closure_date or (e.referral_date if e.referral_nfa else None)
        mine = {each.reference for each in someone.cases if each.episode_id == spell.id}
        left = spell.left_open or mine & set(someone.open_on.values())
        return {
            "closed_on": None if left else ended,
            "closure_reason": e.closure_reason,
            "referral_source": e.referral_source,
            "primary_need": e.primary_need,
            "details": details_of(e),
        }

    def _accept(self, spell: Spell, history: CaseHistory) -> None:
        """Open a case, unless it would be a second open one of the same person on the same pathway."""
        open_on = spell.someone.open_on
        if history.is_open:
            if history.name in open_on:
                where = (
                    f": {self._called(open_on[history.name])}" if open_on[history.name] else " in this return"
                )
                title = pathway(history.name).title
                self.batch.remarks(
                    spell,
                    [Remark("", history.on.isoformat(), f"The child has an open case on this pathway already ({title}){where}; no second one was opened.", NOT_USED)],
                )  # fmt: skip
                return
            open_on[history.name], spell.left_open = "", True
        self.new.append((spell, history))

    def _align(self, spell: Spell, told: Told) -> None:
        """Find the case of each history, and lay on it what its trail does not have yet."""
        mine = {each.reference: each for each in spell.someone.cases if each.episode_id == spell.id}
        trails = {
            reference: self.batch.tx.all("trail_of_case", reference=reference, seen_by=ALL_SEEING)
            for reference in mine
        }
        for history in told.cases:
            reference = next(
                (each for each, row in mine.items() if each in trails and _is_of(history, row, trails[each])),
                None,
            )
            if reference is None:
                self._accept(spell, history)
                continue
            self._extend(spell, mine[reference], trails.pop(reference), history)
        for reference in trails:
            if mine[reference].is_open:
                self.batch.remarks(
                    spell,
                    [
                        Remark(
                            "", reference, f"The return no longer tells of {reference}; it was left as it is."
                        )
                    ],
                )

    def _extend(self, spell: Spell, row: Any, entries: list[Any], history: CaseHistory) -> None:
        """Lay what is new in a history on the case's trail, if it follows from what is there."""
        laid = [each for each in entries if each.basis == "asserted" and each.action not in BIRTHS][1:]
        for entry, step in zip(laid, history.steps, strict=False):
            if entry.action != step.trigger or (
                local_day(entry.effective_at) != step.on and not step.implied
            ):
                self._not_laid(
                    spell, row, history.steps[laid.index(entry) :],
                    f"the trail says {entry.action.replace('_', '-')} on {local_day(entry.effective_at)}",
                )  # fmt: skip
                return
        steps = history.steps[len(laid) :]
        last = max(local_day(each.effective_at) for each in entries if each.basis == "asserted")
        if spell.someone.born_since and row.is_open:
            steps = _with_birth(row, steps, spell.someone.born_since, last)
        if not steps:
            return
        if any(
            each.basis == "witnessed" and each.role != Role.CLOCK and not each.action.startswith(QUIET)
            for each in entries
        ):
            self._not_laid(spell, row, steps, "people have worked on the case since it was imported")
            return
        if steps[0].on < last:
            self._not_laid(spell, row, steps, f"the trail already goes on to {last}")
            return
        try:
            draft = load_draft(self.batch.tx, row.reference, seen_by=ALL_SEEING)
        except NotReady as old_version:
            self._not_laid(spell, row, steps, str(old_version).rstrip("."))
            return
        if not _possible(draft, steps):
            where = draft.pathway.state(draft.state).label
            self._not_laid(spell, row, steps, f"the case now stands at '{where}'")
            return
        self.batch.laying.lay_all(draft, steps)
        draft.version += 1
        if not draft.is_open:
            spell.someone.open_on.pop(draft.pathway.name, None)
        self.batch.changed.append(draft)
        self.batch.count(draft)

    def _not_laid(self, spell: Spell, row: Any, steps: list[Step], why: str) -> None:
        told = ", ".join(f"{step.trigger.replace('_', '-')} {step.on}" for step in steps)
        reason = f"Not added to {self._called(row.reference)}: {why}. The trail was kept; a person decides."
        self.batch.remarks(spell, [Remark("", told[:200], reason, NOT_USED)])

    def _called(self, reference: str) -> str:
        """A case's reference, for the list of what was not used: only where whoever imports may see it."""
        seen = self.batch.tx.one("case_by_reference", reference=reference) is not None
        return reference if seen else "the case"

    def _open_new(self) -> None:
        """Give the new cases their references and lay their histories."""
        by_hand = {spell.someone.id for spell, _ in self.new if self._restricted(spell.someone)}
        numbered = self._references(
            [
                (pathway(history.name).prefix, history.on.year)
                for spell, history in self.new
                if spell.someone.id not in by_hand
            ]
        )
        left = iter(numbered)
        references = [
            draw_reference(self.batch.tx, pathway(history.name), history.on.year, restricted=True)
            if spell.someone.id in by_hand
            else next(left)
            for spell, history in self.new
        ]
        given: dict[int, str] = {}
        keys = self.batch.keys("case", len(self.new))
        for (spell, history), reference, case_id in zip(self.new, references, keys, strict=True):
            given[id(history)] = reference
            draft = self.batch.laying.open(
                history,
                reference,
                person_id=spell.someone.id,
                episode_id=spell.id,
                opened_from=given.get(id(history.opened_from)),
            )
            draft.case_id = case_id
            draft.restricted = draft.restricted or spell.someone.id in by_hand
            draft.guarded = draft.restricted or bool(spell.someone.row and spell.someone.row.guarded)
            self.batch.rows["import_case"].append({"id": case_id, **draft.row()})
            self.batch.tally.cases_new += 1
            self.batch.tally.states[history.name, draft.state] += 1
            self.batch.gather(draft)
            self.batch.count(draft)

    def _restricted(self, someone: Someone) -> bool:
        """Whether every case of somebody known is restricted, those opened later too."""
        if someone.row is None or not someone.row.guarded:
            return False
        return bool(self.batch.tx.need("gate_of_person", person_id=someone.id).by_hand)

    def _references(self, wanted: list[tuple[str, int]]) -> list[str]:
        """A reference for each prefix and year, drawn in runs."""
        next_of: dict[tuple[str, int], int] = {}
        for (prefix, year), number in sorted(Counter(wanted).items()):
            row = self.batch.tx.need("draw_numbers", prefix=prefix, year=year, last=number)
            next_of[prefix, year] = row.last - number
        found = []
        for prefix, year in wanted:
            next_of[prefix, year] += 1
            found.append(f"{prefix}-{year}-{next_of[prefix, year]:0{REFERENCE_DIGITS}d}")
        return found


def _opened(e: Episode) -> date:
    """The day of the referral; where it cannot be used, the first day that is known."""
    if e.referral_date:
        return e.referral_date
    days = [day for day in (e.initial_cpc_date, e.closure_date) if day is not None]
    days += [a.start for a in e.assessments] + [s.start for s in e.section_47s]
    days += [q.start for q in e.cin_plans] + [p.start for p in e.cp_plans]
    return min(days)


def _is_of(history: CaseHistory, row: Any, entries: list[Any]) -> bool:
    """Whether this case is the one that the history tells of."""
    first = entries[0]
    same_day = local_day(row.opened_at) == history.on
    return (
        row.pathway == history.name
        and first.basis == "asserted"
        and first.to_state == history.start
        and (same_day or history.implied)
    )


def _possible(draft: Draft, steps: list[Step]) -> bool:
    """Whether the definitions have a move for each step, one after the other, from where the case is."""
    state = draft.state
    for step in steps:
        way = edges(draft.pathway.name).get((step.trigger, state))
        if way is None:
            return False
        state = way[1]
    return True


def _with_birth(row: Any, steps: list[Step], born: date, last: date) -> list[Step]:
    """The steps with the birth among them, where the case knew the child before it was born."""
    if row.facts.get("birth_date") or row.facts.get("expected_delivery_date") is None:
        return steps
    dated = {"birth_date": born.isoformat()}
    learned: dict[str, Any] = {}
    trigger = "note"
    if row.pathway == PROTECTION and row.facts.get("prebirth_plan_made"):
        trigger, learned = "child_born", {"born_on": born.isoformat()}
    on = max(born, last)
    before = [step for step in steps if step.on < on]
    return [*before, Step(trigger, on, learned=learned, dated=dated), *steps[len(before) :]]
