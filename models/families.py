"""Families on the record: names, addresses, numbers, relationships and households, each with its dates.

Nothing that is dated is overwritten: it is ended, and a new row begun. What one call of `changing` writes is one
transaction, and leaves an entry on the open cases of everybody it is about. Where one of them is hidden from others,
the entry stands on that person's cases alone: nobody learns from a brother's record that there is a sister.
`models/kin.py` reads what is written here, `models/one_person.py` links two records of one person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from models.access import NotTheirs, quiet_draft, role_of
from models.anchors import writing
from models.draft import Draft, instant
from models.draft_rows import write_draft
from models.kin import overlap
from models.names import fold_name, fold_postcode, sounds
from models.people import SECOND_RECORD, NewPerson, add_person, learn, tell_of_second_record
from models.store import Store
from models.subjects import match_person
from models.transaction import Transaction
from pathways.days import local_day
from pathways.engine import Actor
from pathways.errors import Mistyped, PathwayError
from pathways.evidence import EDUCATION, WORKERS
from pathways.kept_text import clean_text
from pathways.moments import words
from pathways.roles import Role
from pathways.trail import FAMILY

RELATIONS = {
    "sibling": "sibling",
    "half_sibling": "half_sibling",
    "step_sibling": "step_sibling",
    "parent": "child",
    "child": "parent",
    "step_parent": "step_child",
    "step_child": "step_parent",
    "carer": "cared_for",
    "cared_for": "carer",
    "grandparent": "grandchild",
    "grandchild": "grandparent",
    "partner": "partner",
    "other_relative": "other_relative",
}
"""What somebody may be to a person, and what the person is to them."""
NAMES = ("usual", "birth", "former", "also_known_as")
TELLS_WHO = tuple(f"{FAMILY}{each}" for each in ("name", "number", "birth"))
"""What may show that the adult of an allegation works here."""
PARTS = ("child", "adult")
SCHEMES = ("la_child_id", "upn", "nhs_number", "staff_number")
MAY_WRITE = frozenset((*WORKERS, *EDUCATION, Role.LADO, Role.LADO_MANAGER))
"""Who may write down what a family is: whoever may write in the file."""


class AlreadyNoted(PathwayError):
    """It stands on the record already, for these dates. One argument: the sentence."""


@dataclass(slots=True)
class _Told:
    """One thing that is written: the entry's action, whom it is about, and what it keeps."""

    action: str
    people: tuple[int, ...]
    payload: Mapping[str, Any]
    since: date | None


@dataclass(slots=True)
class Family:
    """Changes to one family, inside a transaction; see `changing`.

    `line` proves the write once it is done; empty where nothing stands on the case at hand.
    """

    tx: Transaction
    reference: str
    actor: Actor
    now: datetime
    person_id: int = 0
    line: str = ""
    told: list[_Told] = field(default_factory=list)
    between: list[tuple[str, date | None, tuple[str, str]]] = field(default_factory=list)
    """Links between cases: the kind, since when, the two."""

    @property
    def today(self) -> date:
        """The London day on which this is written."""
        return local_day(self.now)

    # --- what somebody is called, where they live, what they are known by -----------------------------------

    def add_name(
        self, person_id: int, given: str, family: str, *, kind: str = "usual", since: date | None = None
    ) -> None:
        """Note a name. A new usual name ends the one before, which stays and is still found.

        Raises:
            Mistyped: there is no name, no such kind, or the day is in the future.
        """
        given, family = clean_text(given), clean_text(family)
        if not (given or family):
            raise Mistyped("A name is needed: given_name or family_name.")
        self._one_of(kind, NAMES, "kind")
        self._not_ahead(since)
        if kind == "usual":
            for row in self.tx.all("names_of_person", person_id=person_id):
                if row.kind == "usual" and row.to_on is None:
                    last = self._last_day(row, since or self.today)
                    self.tx.run("end_name", row_id=row.id, to_on=last)
        self.tx.run(
            "add_person_name",
            person_id=person_id,
            kind=kind,
            given=given,
            family=family,
            folded=fold_name(f"{given} {family}"),
            sounds=sounds(family),
            from_on=since,
            to_on=None,
            recorded_at=self.now,
        )
        self._tell("name", person_id, since, name={"kind": kind, "given": given, "family": family})

    def add_address(
        self,
        person_id: int,
        lines: str,
        postcode: str = "",
        *,
        confidential: bool = False,
        since: date | None = None,
        beside: bool = False,
    ) -> None:
        """Note where somebody lives. `beside`: as well as where they lived until now, which otherwise ends.

        Raises:
            Mistyped: there is no address, the postcode is none, or the day is in the future.
        """
        lines, postcode = clean_text(lines), clean_text(postcode)
        if not (lines or postcode):
            raise Mistyped("An address is needed: lines, or postcode alone.")
        written = fold_postcode(postcode)
        if postcode and not written:
            raise Mistyped("That is not a postcode. Leave postcode out where it is not known.")
        self._not_ahead(since)
        for row in self.tx.all("addresses_of_person", person_id=person_id):
            if not beside and row.to_on is None:
                self.tx.run("end_address", row_id=row.id, to_on=self._last_day(row, since or self.today))
        self.tx.run(
            "add_person_address",
            person_id=person_id,
            lines=lines,
            folded=fold_name(lines),
            postcode=written or None,
            confidential=confidential,
            from_on=since,
            to_on=None,
            recorded_at=self.now,
        )
        self._tell(
            "address",
            person_id,
            since,
            address={"lines": lines, "postcode": written, "confidential": confidential},
        )

    def add_number(self, person_id: int, scheme: str, value: str) -> None:
        """Note a number that another system knows somebody by.

        A number that belongs to one person alone and is taken by somebody whom the actor does not know is kept as that
        of a second record, and those who know both are told.

        Raises:
            Mistyped: there is no such kind of number, or somebody whom the actor knows has it.
        """
        value = clean_text(value)
        self._one_of(scheme, SCHEMES, "scheme")
        if not value:
            raise Mistyped("The number itself is needed: value.")
        there = self.tx.all("identifiers_of_person", person_id=person_id)
        known = {
            (each.scheme.removesuffix(SECOND_RECORD), each.value) for each in there if each.to_on is None
        }
        if (scheme, value) in known:
            raise AlreadyNoted("This number stands on the record already. Nothing was changed.")
        if self.tx.one("known_by_identifier", scheme=scheme, value=value) is not None:
            raise Mistyped(
                "Somebody else has this number on the record. If both are one person: pathways people CASE merge CASE"
            )
        row = {
            "person_id": person_id,
            "value": value,
            "from_on": None,
            "to_on": None,
            "recorded_at": self.now,
        }
        if not self.tx.run("add_identifier_once", scheme=scheme, **row):
            self.tx.run("add_person_identifier", scheme=f"{scheme}{SECOND_RECORD}", **row)
            tell_of_second_record(self.tx, scheme, value, self.now)
        self._tell("number", person_id, None, number={"scheme": scheme, "value": value})

    # --- who belongs to whom ------------------------------------------------------------------------------------

    def add_birth(self, person_id: int, born: date) -> None:
        """Note when somebody was born who has no case of their own; an unborn child is a child from then on.

        On a case a birth starts clocks, so there it is told by the case's own move.

        Raises:
            Mistyped: they have a case, or the day is in the future.
            AlreadyNoted: it stands already.
        """
        self._not_ahead(born)
        row = self.tx.need("person_by_id", person_id=person_id)
        if row.birth_date == born:
            raise AlreadyNoted("This date of birth stands on the record already. Nothing was changed.")
        cases = self.tx.all("cases_of_whole_person", person_id=person_id)
        if cases:
            case = cases[-1].reference
            raise Mistyped(
                f"They have a case of their own, and the birth is told there: pathways do {case} child-born"
            )
        was = {"was": row.birth_date.isoformat()} if row.birth_date else {}
        learn(self.tx, person_id, {"birth_date": born.isoformat()}, self.now)
        self._tell("birth", person_id, born, birth={"on": born.isoformat(), **was})

    def add_person(self, person: NewPerson) -> int:
        """Somebody who is not in the records yet; their number."""
        return add_person(self.tx, person, self.now)

    def relate(self, person_id: int, other_id: int, kind: str, since: date | None = None) -> None:
        """Note what somebody (`other_id`) is to a person, from a day on; one row each way.

        Raises:
            Mistyped: they are one, there is no such relationship, or the day is in the future.
            AlreadyNoted: it stands already.
        """
        self._one_of(kind, tuple(RELATIONS), "relationship")
        if person_id == other_id:
            raise Mistyped("Nobody stands in a relationship to themselves. Name two cases or two people.")
        self._not_ahead(since)
        begins = since or self.today
        for row in self.tx.all("relatives_of_person", person_id=person_id):
            if row.other_id == other_id and row.kind == kind and overlap(row, begins, None):
                raise AlreadyNoted(
                    f"This relationship ({shown(kind)}) stands on the record already. Nothing was changed."
                )
        for first, second, what in ((person_id, other_id, kind), (other_id, person_id, RELATIONS[kind])):
            self.tx.run(
                "add_relationship",
                person_id=first,
                other_id=second,
                kind=what,
                from_on=begins,
                to_on=None,
                recorded_at=self.now,
            )
        self._tell("relationship", (person_id, other_id), begins, relationship={"kind": kind})

    def end_relationship(self, person_id: int, other_id: int, kind: str, on: date) -> None:
        """Note that a relationship ended; both its rows stay.

        Raises:
            Mistyped: it does not stand, or ends before it began.
        """
        ended = 0
        for first, second, what in (
            (person_id, other_id, kind),
            (other_id, person_id, RELATIONS.get(kind, kind)),
        ):
            for row in self.tx.all("relatives_of_person", person_id=first):
                if (row.other_id, row.kind, row.to_on) == (second, what, None):
                    self._may_end(row, on)
                    ended += self.tx.run("end_relationship", row_id=row.id, to_on=on, now=self.now)
        if not ended:
            raise Mistyped(f"No such relationship ({shown(kind)}) stands on the record.")
        self._tell("relationship_ended", (person_id, other_id), on, relationship={"kind": kind})

    def begin_household(self, label: str, members: Iterable[tuple[int, str]], since: date) -> int:
        """A household with its first members, each with their part in it; its number.

        Raises:
            Mistyped: there is nobody in it, or the day is in the future.
        """
        first = list(members)
        if not first:
            raise Mistyped("A household needs somebody who lives in it.")
        household = self.tx.new_key("household")
        self.tx.run(
            "import_household", id=household, label=clean_text(label) or "household", recorded_at=self.now
        )
        for person_id, part in first:
            self.join(household, person_id, part, since)
        return household

    def join(self, household: int, person_id: int, part: str, since: date) -> None:
        """Note that somebody lives in a household from a day on. They may live in two.

        Raises:
            Mistyped: no such part, or the day is in the future.
            AlreadyNoted: they are in it already.
        """
        self._one_of(part, PARTS, "part")
        self._not_ahead(since)
        mine = self.tx.all("households_of_person", person_id=person_id)
        if any(row.household_id == household and overlap(row, since, None) for row in mine):
            raise AlreadyNoted("They are in this household already, or later. Nothing was changed.")
        self.tx.run(
            "add_household_member",
            household_id=household,
            person_id=person_id,
            part=part,
            from_on=since,
            to_on=None,
            recorded_at=self.now,
        )
        self._tell("household_joined", person_id, since, household=self._label(household), part=part)

    def leave(self, household: int, person_id: int, on: date) -> None:
        """Note the last day on which somebody lived in a household.

        Raises:
            Mistyped: they do not live there, or left before they came.
        """
        mine = self.tx.all("households_of_person", person_id=person_id)
        row = next((each for each in mine if each.household_id == household and each.to_on is None), None)
        if row is None:
            raise Mistyped("They do not live in this household now.")
        self._may_end(row, on)
        self.tx.run("end_membership", row_id=row.id, to_on=on)
        self._tell("household_left", person_id, on, household=row.label)

    def end_address(self, person_id: int, row_id: int, on: date) -> None:
        """Note the last day on which somebody lived at an address.

        Raises:
            Mistyped: they do not live there, or left before they came.
        """
        rows = self.tx.all("addresses_of_person", person_id=person_id)
        row = next((each for each in rows if each.id == row_id and each.to_on is None), None)
        if row is None:
            raise Mistyped("They do not live there now.")
        self._may_end(row, on)
        self.tx.run("end_address", row_id=row.id, to_on=on)
        self._tell(
            "address_ended", person_id, on, address={"lines": row.lines, "postcode": row.postcode or ""}
        )

    def link_cases(self, other: str, kind: str, on: date | None = None) -> None:
        """Note on both cases that they belong together: `step_up`, `step_down`, `same_incident`.

        Raises:
            NoSuchCase: there is no other, or none that the actor may see.
            Mistyped: it is the same case, or one of them is hidden from others, who would learn of it.
        """
        one, two = (quiet_draft(self.tx, each) for each in (self.reference, other))
        if one.reference == two.reference:
            raise Mistyped("Name two cases. Nothing was changed.")
        if one.guarded or two.guarded:
            raise Mistyped(
                "One of these cases is hidden from others, who would learn of it. Nothing was changed."
            )
        self._not_ahead(on)
        self.between.append((kind, on, (one.reference, two.reference)))

    # --- the entries -----------------------------------------------------------------------------------------

    def _tell(self, what: str, people: int | tuple[int, ...], since: date | None, **payload: Any) -> None:
        about = people if isinstance(people, tuple) else (people,)
        dated = {"since": since.isoformat()} if since else {}
        who = [named_plainly(self.tx, each) for each in about]
        self.told.append(_Told(f"{FAMILY}{what}", about, {"people": who, **payload, **dated}, since))

    def write(self) -> None:
        """Put what was written onto the trails of those whom it is about."""
        drafts: dict[str, Draft] = {}
        for told in self.told:
            for reference in self._cases_about(told):
                self._enter(drafts, reference, told.action, told.since, told.payload)
        for kind, on, (one, two) in self.between:
            for reference, other in ((one, two), (two, one)):
                self._enter(drafts, reference, f"{FAMILY}{kind}", on, {"case": other})
        for reference in sorted(drafts):
            write_draft(self.tx, drafts[reference])
        own = drafts.get(self.reference)
        if own is not None:
            self.line = f"saved - entry {own.seq} - {own.head.hex()[:8]}"
        for person_id in sorted(
            {each for told in self.told if told.action in TELLS_WHO for each in told.people}
        ):
            match_person(self.tx, person_id, self.actor.name, self.now)

    def _enter(
        self,
        drafts: dict[str, Draft],
        reference: str,
        action: str,
        since: date | None,
        payload: Mapping[str, Any],
    ) -> None:
        if reference not in drafts:
            drafts[reference] = quiet_draft(self.tx, reference)
        drafts[reference].enter(
            action,
            drafts[reference].state,
            actor=self.actor.name,
            role=role_of(self.actor),
            effective_at=self._when(since, drafts[reference]),
            now=self.now,
            extra=payload,
        )

    def _when(self, since: date | None, draft: Draft) -> datetime:
        """When it happened, as far as it happened while the case was there."""
        return min(max(instant(since), draft.opened_at), self.now) if since else self.now

    def _cases_about(self, told: _Told) -> list[str]:
        """The open cases of these people; of the hidden ones alone where some are hidden. The case at hand is among them."""
        hidden = [each for each in told.people if self.tx.need("gate_of_person", person_id=each).guarded]
        about = hidden or [*told.people]
        found = {}
        for person_id in about:
            for row in self.tx.all("cases_of_whole_person", person_id=person_id):
                if row.is_open or row.reference == self.reference:
                    found[row.reference] = row
        if not hidden:
            found.setdefault(self.reference, None)
        return sorted(found)

    def _label(self, household: int) -> str:
        return str(self.tx.need("household_by_id", household_id=household).label)

    # --- small checks --------------------------------------------------------------------------------------------

    def _not_ahead(self, since: date | None) -> None:
        if since is not None and since > self.today:
            raise Mistyped(f"{words(since)} is in the future. It is recorded once it is so.")

    def _may_end(self, row: Any, on: date) -> None:
        self._not_ahead(on)
        if row.from_on is not None and on < row.from_on:
            raise Mistyped(f"{words(on)} is before it began, on {words(row.from_on)}.")

    @staticmethod
    def _last_day(row: Any, since: date) -> date:
        """The last day of what a new row follows: the day before, and never before it began."""
        before = since - timedelta(days=1)
        return before if row.from_on is None or row.from_on <= before else row.from_on

    @staticmethod
    def _one_of(said: str, options: Sequence[str], what: str) -> None:
        if said not in options:
            raise Mistyped(f"{what} is one of: {', '.join(shown(each) for each in options)}.")


def named_plainly(tx: Transaction, person_id: int) -> dict[str, str]:
    """Somebody as an entry's payload names them. Keys of rows stay out of it: their gaps would tell of hidden people."""
    names = tx.all("names_of_person", person_id=person_id)
    row = next((each for each in reversed(names) if each.kind == "usual" and each.to_on is None), None)
    born = tx.need("person_by_id", person_id=person_id)
    said = {
        "given": row.given if row else "",
        "family": row.family if row else "",
        "born": born.birth_date.isoformat() if born.birth_date else "",
        "expected": born.expected_delivery_date.isoformat() if born.expected_delivery_date else "",
        "died": born.died_on.isoformat() if born.died_on else "",
    }
    return {name: value for name, value in said.items() if value}


def shown(word: str) -> str:
    """A kind as people type and read it: half-sibling."""
    return word.replace("_", "-")


@contextmanager
def changing(
    store: Store, reference: str, *, actor: Actor, now: datetime, dry_run: bool = False
) -> Iterator[Family]:
    """Change the family of a case's person: one transaction, and entries on the trails of those it is about.

    Raises:
        NoSuchCase: there is no such case, or none that the actor may see.
        NotTheirs: the actor may not write in the file.
    """
    if not actor.roles & MAY_WRITE:
        raise NotTheirs(
            "Who belongs to a family is written down by those who work with it. Nothing was changed."
        )
    with writing(store, now, keep=not dry_run) as tx:
        at_hand = quiet_draft(tx, reference)
        family = Family(tx, reference, actor, now, at_hand.person_id)
        yield family
        family.write()
