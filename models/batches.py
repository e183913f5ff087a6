"""Some children of a census, written in one transaction: people, episodes, cases new and known, what was not used."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from models.change import CHANGED, REFERENCE_DIGITS, ChangedMeanwhile, draw_reference, load_draft
from models.draft import Draft
from models.history import PROTECTION, CaseHistory, Remark, Step, Told, Who, edges, tell
from models.laying import Laying
from models.merging import details_of, in_order, merge, restore
from models.names import fold_name, sounds
from models.staff import match_person
from models.store import ALL_SEEING, Transaction
from pathways import pathway
from pathways.census import Child, Episode, Unused
from pathways.census_checks import NOT_USED, QUERY, Period
from pathways.days import local_day
from pathways.errors import NotReady
from pathways.roles import Role
from pathways.trail import QUIET

LA_CHILD_ID = "la_child_id"
BIRTHS = ("note", "child_born")
"""The steps by which a later return makes a birth known; the history of a referral has neither."""

Pair = tuple[Child | None, list[Unused]]


@dataclass(slots=True)
class Tally:
    """What a batch did."""

    children: int = 0
    people_new: int = 0
    episodes: int = 0
    episodes_new: int = 0
    cases_new: int = 0
    cases_changed: int = 0
    entries: int = 0
    clocks: int = 0
    unused: int = 0
    states: Counter[tuple[str, str]] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True, eq=False)
class _Someone:
    """A child of the batch and the person it is here."""

    child: Child
    row: Any
    id: int = 0
    who: Who = field(default_factory=Who)
    born_since: date | None = None
    open_on: dict[str, str] = field(default_factory=dict)
    cases: list[Any] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Spell:
    """A referral of the batch and the episode it is here."""

    someone: _Someone
    key: str
    path: str
    episode: Episode
    row: Any = None
    id: int = 0
    left_open: bool = False


class Batch:
    """The rows of one batch, gathered and then written as sets."""

    def __init__(
        self,
        tx: Transaction,
        laying: Laying,
        period: Period,
        lea: str,
        names: Mapping[str, tuple[str, str, str]],
        families: dict[str, list[tuple[int, date | None]]],
        run_id: int | None,
    ) -> None:
        self.tx, self.laying, self.period, self.lea = tx, laying, period, lea
        self.names, self.families, self.run_id = names, families, run_id
        self.tally = Tally()
        self.unused: list[Unused] = []
        self.reported: list[Unused] | None = None
        """What is kept as not used, where that is not what was found; see `AsIfNew`."""
        self.rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.changed: list[Draft] = []
        self.new: list[tuple[_Spell, CaseHistory]] = []
        self._people_known: dict[str, Any] = {}

    def hidden(self, pairs: Iterable[Pair]) -> frozenset[str]:
        """The children known here whom whoever imports may not see, by the authority's identifier."""
        found = set()
        for child, _ in pairs:
            if child is None:
                continue
            row = self._known(child)
            if (
                row is not None
                and row.guarded
                and self.tx.one("known_by_identifier", scheme=LA_CHILD_ID, value=self._value(child)) is None
            ):
                found.add(child.la_child_id)
        return frozenset(found)

    def take(self, pairs: Iterable[Pair]) -> None:
        """Work a batch out and write it."""
        children = self._work_out(pairs)
        self._write()
        for someone in children:
            if someone.row is not None and someone.row.guarded:
                match_person(self.tx, someone.id, self.laying.actor, self.laying.now)

    def _work_out(self, pairs: Iterable[Pair]) -> list[_Someone]:
        children = []
        for child, unused in pairs:
            self.unused += unused
            if child is not None:
                children.append(child)
        people = self._people(children)
        spells = [spell for someone in people for spell in self._spells(someone)]
        fresh = [spell for spell in spells if spell.row is None]
        for spell, episode_id in zip(fresh, self._keys("episode", len(fresh)), strict=True):
            spell.id = episode_id
        for spell in spells:
            self._compare(spell)
        self._open_new()
        self.tally.children += len(children)
        self.tally.unused += len(self.unused)
        self.tally.cases_changed += len(self.changed)
        return people

    # --- people ---------------------------------------------------------------------------------------------

    def _value(self, child: Child) -> str:
        return f"{self.lea}/{child.la_child_id}"

    def _known(self, child: Child) -> Any:
        """The person whom a child of this batch was before the batch, if anybody."""
        value = self._value(child)
        if value not in self._people_known:
            self._people_known[value] = self.tx.one("person_by_identifier", scheme=LA_CHILD_ID, value=value)
        return self._people_known[value]

    def _people(self, children: list[Child]) -> list[_Someone]:
        found = []
        for child in children:
            found.append(_Someone(child, self._known(child)))
        new = [each for each in found if each.row is None]
        for someone, person_id in zip(new, self._keys("person", len(new)), strict=True):
            someone.id = person_id
        self.tally.people_new += len(new)
        for someone in found:
            if someone.row is None:
                self._add_person(someone)
            else:
                self._correct_person(someone)
            self._family(someone)
        return found

    def _add_person(self, someone: _Someone) -> None:
        child, now = someone.child, self.laying.now
        someone.who = Who(child.birth_date, child.expected_birth_date, child.death_date)
        self.rows["import_person"].append(
            {
                "id": someone.id,
                "kind": "unborn" if child.expected_birth_date and not child.birth_date else "child",
                "birth_date": child.birth_date,
                "expected_delivery_date": child.expected_birth_date,
                "died_on": child.death_date,
                "sex": child.sex,
                "ethnicity": child.ethnicity,
                "restricted": False,
                "guarded": False,
                "version": 1,
                "recorded_at": now,
            }
        )
        name = self.names.get(child.la_child_id)
        if name is not None:
            given, family, _ = name
            folded = fold_name(f"{given} {family}")
            self.rows["add_person_name"].append(
                self._dated(
                    someone.id, kind="usual", given=given, family=family, folded=folded, sounds=sounds(family)
                )
            )
        self._identify(someone, {LA_CHILD_ID: {self._value(child)}}, set())
        self._characterise(someone, set())
        self._perhaps_known(someone)

    def _perhaps_known(self, someone: _Someone) -> None:
        """List a new child whose pupil number somebody has whom the viewer knows: a person decides whether they are one."""
        upn = someone.child.upn
        if upn and self.tx.one("known_by_identifier", scheme="upn", value=upn) is not None:
            said = (
                "Somebody else has this number here. A record of its own was made; if they are one child: "
                "pathways people CASE merge CASE"
            )
            self._remark(someone, Remark("ChildIdentifiers/UPN", upn, said, QUERY))

    def _dated(self, person_id: int, **values: Any) -> dict[str, Any]:
        return {
            "person_id": person_id,
            "from_on": None,
            "to_on": None,
            "recorded_at": self.laying.now,
            **values,
        }

    def _identify(self, someone: _Someone, more: dict[str, set[str]], there: set[tuple[str, str]]) -> None:
        child = someone.child
        given: dict[str, set[str | None]] = {"upn": {child.upn}, "former_upn": {child.former_upn}}
        given |= {scheme: {*values} for scheme, values in more.items()}
        for scheme, values in given.items():
            for value in values:
                if value and (scheme, value) not in there:
                    self.rows["add_person_identifier"].append(
                        self._dated(someone.id, scheme=scheme, value=value)
                    )

    def _characterise(self, someone: _Someone, there: set[tuple[str, str]]) -> None:
        child = someone.child
        given = [("disability", code) for code in child.disabilities]
        if child.upn_unknown:
            given.append(("upn_unknown", child.upn_unknown))
        if child.sex_as_sent not in ("", child.sex):
            given.append(("sex_as_sent", child.sex_as_sent))
        for kind, code in given:
            if (kind, code) not in there:
                self.rows["add_person_characteristic"].append(self._dated(someone.id, kind=kind, code=code))

    def _correct_person(self, someone: _Someone) -> None:
        """What a later return adds about somebody known; what it says differently is listed."""
        child, row = someone.child, someone.row
        someone.id = row.id
        values: dict[str, Any] = {}
        for column, element, said in (
            ("birth_date", "PersonBirthDate", child.birth_date),
            ("expected_delivery_date", "ExpectedPersonBirthDate", child.expected_birth_date),
            ("died_on", "PersonDeathDate", child.death_date),
            ("sex", "Sex", child.sex if child.sex != "U" else None),
            ("ethnicity", "Ethnicity", child.ethnicity),
        ):
            before = getattr(row, column)
            before = None if before == "U" else before
            replaced = column == "ethnicity" or (column == "expected_delivery_date" and not row.birth_date)
            values[column] = said if before is None or (said and replaced) else before
            if said and before and said != before and not replaced:
                self._remark(
                    someone,
                    Remark(
                        f"ChildIdentifiers/{element}",
                        str(said),
                        f"Known here as {before}, which was kept.",
                        NOT_USED,
                    ),
                )
        values["sex"] = values["sex"] or "U"
        values["kind"] = "child" if row.kind == "unborn" and values["birth_date"] else row.kind
        if any(values[column] != getattr(row, column) for column in values):
            self.rows["correct_person"].append({"person_id": row.id, **values})
        if row.birth_date is None and values["birth_date"]:
            someone.born_since = values["birth_date"]
        expected = None if values["birth_date"] else values["expected_delivery_date"]
        someone.who = Who(values["birth_date"], expected, values["died_on"])
        known = {(each.scheme, each.value) for each in self.tx.all("identifiers_of_person", person_id=row.id)}
        self._identify(someone, {}, known)
        told = {(each.kind, each.code) for each in self.tx.all("characteristics_of_person", person_id=row.id)}
        self._characterise(someone, told)
        someone.cases = self.tx.all("cases_of_person", person_id=row.id, seen_by=ALL_SEEING)
        someone.open_on = {each.pathway: each.reference for each in someone.cases if each.is_open}

    def find_family(self, child: Child) -> None:
        """Take a child imported before into its family, so that brothers and sisters still to come find it."""
        row = self.tx.one("person_by_identifier", scheme=LA_CHILD_ID, value=self._value(child))
        if row is not None:
            self.families.setdefault(self.names[child.la_child_id][2], []).append((row.id, row.birth_date))

    def _family(self, someone: _Someone) -> None:
        name = self.names.get(someone.child.la_child_id)
        if name is None or not name[2]:
            return
        family = self.families.setdefault(name[2], [])
        for other_id, born in family:
            days = [day for day in (born, someone.who.born) if day is not None]
            since = max(days) if len(days) == 2 else self.period.reference
            for one, other in ((someone.id, other_id), (other_id, someone.id)):
                if one != other:
                    self.rows["add_relationship"].append(
                        self._dated(one, other_id=other, kind="sibling", from_on=since)
                    )
        family.append((someone.id, someone.who.born))

    # --- episodes -------------------------------------------------------------------------------------------

    def _spells(self, someone: _Someone) -> list[_Spell]:
        """The referrals of a child, each with what earlier returns said of it."""
        found: dict[str, _Spell] = {}
        for number, e in zip(count(1), someone.child.episodes):
            key = f"cin:{self.lea}:{someone.child.la_child_id}:{e.referral_date or 'undated'}"
            e, path = in_order(e), f"CINdetails[{number}]"
            there = found.get(key)
            if there is not None:
                there.episode, remarks = merge(there.episode, e)
                self._remark(
                    someone,
                    Remark(
                        path, str(e.referral_date), "The referral was sent before: the two were put together."
                    ),
                )
                self._remarks(there, remarks)
                continue
            spell = found[key] = _Spell(someone, key, path, e)
            if someone.row is not None:
                spell.row = self.tx.one("episode_by_source_key", source_key=key)
        self.tally.episodes += len(found)
        return list(found.values())

    def _compare(self, spell: _Spell) -> None:
        """Tell a referral anew where something about it is new, and see what of it is not on the trails yet."""
        someone = spell.someone
        if spell.row is None:
            told = tell(someone.who, spell.episode, self.period)
            self._remarks(spell, told.remarks)
            self.tally.episodes_new += 1
            for history in told.cases:
                self._accept(spell, history)
            self.rows["import_episode"].append(
                {
                    "id": spell.id,
                    "person_id": someone.id,
                    "opened_on": _opened(spell.episode),
                    "basis": "asserted",
                    "source_key": spell.key,
                    "recorded_at": self.laying.now,
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
            self._remarks(spell, remarks)
            same = spell.episode == old
        if same and not died and not someone.born_since:
            return
        told = tell(someone.who, spell.episode, self.period)
        self._remarks(spell, told.remarks)
        self._align(spell, told)
        self.rows["correct_episode"].append({"episode_id": spell.id, **self._episode(spell)})

    def _episode(self, spell: _Spell) -> dict[str, Any]:
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

    def _accept(self, spell: _Spell, history: CaseHistory) -> None:
        """Open a case, unless it would be a second open one of the same person on the same pathway."""
        open_on = spell.someone.open_on
        if history.is_open:
            if history.name in open_on:
                where = (
                    f": {self._called(open_on[history.name])}" if open_on[history.name] else " in this return"
                )
                title = pathway(history.name).title
                self._remarks(
                    spell,
                    [Remark("", history.on.isoformat(), f"The child has an open case on this pathway already ({title}){where}; no second one was opened.", NOT_USED)],
                )  # fmt: skip
                return
            open_on[history.name], spell.left_open = "", True
        self.new.append((spell, history))

    # --- cases that are known ---------------------------------------------------------------------------------

    def _align(self, spell: _Spell, told: Told) -> None:
        """Find the case of each history, and lay on it what its trail does not have yet."""
        mine = {each.reference: each for each in spell.someone.cases if each.episode_id == spell.id}
        trails = {
            reference: self.tx.all("trail_of_case", reference=reference, seen_by=ALL_SEEING)
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
                self._remarks(
                    spell,
                    [
                        Remark(
                            "", reference, f"The return no longer tells of {reference}; it was left as it is."
                        )
                    ],
                )

    def _extend(self, spell: _Spell, row: Any, entries: list[Any], history: CaseHistory) -> None:
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
            draft = load_draft(self.tx, row.reference, seen_by=ALL_SEEING)
        except NotReady as old_version:
            self._not_laid(spell, row, steps, str(old_version).rstrip("."))
            return
        if not _possible(draft, steps):
            where = draft.pathway.state(draft.state).label
            self._not_laid(spell, row, steps, f"the case now stands at '{where}'")
            return
        self.laying.lay_all(draft, steps)
        draft.version += 1
        if not draft.is_open:
            spell.someone.open_on.pop(draft.pathway.name, None)
        self.changed.append(draft)
        self._count(draft)

    def _not_laid(self, spell: _Spell, row: Any, steps: list[Step], why: str) -> None:
        told = ", ".join(f"{step.trigger.replace('_', '-')} {step.on}" for step in steps)
        reason = f"Not added to {self._called(row.reference)}: {why}. The trail was kept; a person decides."
        self._remarks(spell, [Remark("", told[:200], reason, NOT_USED)])

    def _called(self, reference: str) -> str:
        """A case's reference, for the list of what was not used: only where whoever imports may see it."""
        seen = self.tx.one("case_by_reference", reference=reference) is not None
        return reference if seen else "the case"

    # --- new cases ----------------------------------------------------------------------------------------------

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
            draw_reference(self.tx, pathway(history.name), history.on.year, restricted=True)
            if spell.someone.id in by_hand
            else next(left)
            for spell, history in self.new
        ]
        given: dict[int, str] = {}
        keys = self._keys("case", len(self.new))
        for (spell, history), reference, case_id in zip(self.new, references, keys, strict=True):
            given[id(history)] = reference
            draft = self.laying.open(
                history,
                reference,
                person_id=spell.someone.id,
                episode_id=spell.id,
                opened_from=given.get(id(history.opened_from)),
            )
            draft.case_id = case_id
            draft.restricted = draft.restricted or spell.someone.id in by_hand
            draft.guarded = draft.restricted or bool(spell.someone.row and spell.someone.row.guarded)
            self.rows["import_case"].append({"id": case_id, **draft.row()})
            self.tally.cases_new += 1
            self.tally.states[history.name, draft.state] += 1
            self._gather(draft)
            self._count(draft)

    def _restricted(self, someone: _Someone) -> bool:
        """Whether every case of somebody known is restricted, those opened later too."""
        if someone.row is None or not someone.row.guarded:
            return False
        return bool(self.tx.need("gate_of_person", person_id=someone.id).by_hand)

    def _references(self, wanted: list[tuple[str, int]]) -> list[str]:
        """A reference for each prefix and year, drawn in runs."""
        next_of: dict[tuple[str, int], int] = {}
        for (prefix, year), number in sorted(Counter(wanted).items()):
            row = self.tx.need("draw_numbers", prefix=prefix, year=year, last=number)
            next_of[prefix, year] = row.last - number
        found = []
        for prefix, year in wanted:
            next_of[prefix, year] += 1
            found.append(f"{prefix}-{year}-{next_of[prefix, year]:0{REFERENCE_DIGITS}d}")
        return found

    def _keys(self, table: str, wanted: int) -> list[int]:
        """As many new keys of a table."""
        if not wanted:
            return []
        rows = self.tx.all(f"draw_{table}_keys", count=wanted)
        if self.tx.dialect == "sqlite":
            last = rows[0].id
            return list(range(last + 1, last + wanted + 1))
        return [row.id for row in rows]

    # --- writing ----------------------------------------------------------------------------------------------------

    def _gather(self, draft: Draft) -> None:
        self.rows["add_trail"] += draft.entries
        self.rows["add_payload"] += draft.payloads
        self.rows["close_deadline"] += draft.stopped
        for each in draft.begun:
            each.values["case_id"] = draft.case_id
            self.rows["add_deadline"].append(each.values)

    def _count(self, draft: Draft) -> None:
        self.tally.entries += len(draft.entries)
        self.tally.clocks += sum(each.values["status"] == "open" for each in draft.begun)
        self.tally.unknown.update(rule for rule, _ in draft.unknown)

    def _remark(self, someone: _Someone, remark: Remark) -> None:
        child = someone.child
        self.unused.append(
            Unused(
                child.la_child_id, child.line, remark.element, remark.value, remark.reason, "", remark.kind
            )
        )

    def _remarks(self, spell: _Spell, remarks: Iterable[Remark]) -> None:
        for each in remarks:
            element = f"{spell.path}/{each.element}" if each.element else spell.path
            self._remark(spell.someone, each._replace(element=element))

    def _write(self) -> None:
        """Write every row of the batch, parents before children."""
        tx = self.tx
        for draft in self.changed:
            values = {name: value for name, value in draft.row().items() if name in CHANGED}
            if tx.run("change_case", case_id=draft.case_id, seen=draft.version - 1, step=1, **values) != 1:
                raise ChangedMeanwhile(draft.reference)
            self._gather(draft)
        for name in ORDER:
            tx.many(name, self.rows[name])
        if self.run_id is not None:
            tx.many(
                "add_import_unused",
                [
                    {
                        "run_id": self.run_id,
                        "child": each.child,
                        "line": each.line,
                        "element": each.element,
                        "value": each.value,
                        "reason": each.reason,
                        "rule": each.rule,
                        "kind": each.kind,
                    }
                    for each in (self.unused if self.reported is None else self.reported)
                ],
            )


class AsIfNew(Batch):
    """What a batch is said to do where some of its children are hidden from whoever imports: as if those were new.

    It is worked out and never written; the savepoint takes back the numbers that it draws.
    """

    def told(self, pairs: Iterable[Pair], hidden: frozenset[str]) -> AsIfNew:
        """Work out what is to be said."""
        self._hidden, self.families = hidden, {name: [*members] for name, members in self.families.items()}
        self.tx.cursor.execute("SAVEPOINT told")
        self._work_out(pairs)
        self.tx.cursor.execute("ROLLBACK TO SAVEPOINT told")
        self.tx.cursor.execute("RELEASE SAVEPOINT told")
        return self

    def _known(self, child: Child) -> Any:
        return None if child.la_child_id in self._hidden else super()._known(child)


ORDER = (
    "import_person", "correct_person", "add_person_name", "add_person_identifier", "add_person_characteristic",
    "add_relationship", "import_episode", "correct_episode", "import_case", "add_trail", "add_payload",
    "close_deadline", "add_deadline",
)  # fmt: skip


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
