"""How long files are kept, and their end: what bars or lengthens it, the list of what is due, and destruction by two.

Nobody's record goes because a date has come. A named person reviews it, a second agrees, and a person carries it out;
each time the whole keeping is worked out anew, over every case of the person, and once more in the very transaction
that destroys. What one asked, agreed and carried out stands on the case's trail, which verifies afterwards as before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from models.access import NotTheirs, note, quiet_draft, role_of
from models.anchors import writing
from models.destroying import LEAST_WORDS, Certificate, NotDestroyed, TwoNeeded, destroy_in
from models.draft_rows import NoSuchCase
from models.staff import are_one
from models.store import Store
from models.supervision import reference_of
from models.transaction import Transaction
from models.viewer import ALL_SEEING, Viewer
from pathways.clocks import start_of_day
from pathways.days import local_day
from pathways.engine import Actor
from pathways.errors import Mistyped, PathwayError
from pathways.keeping import (
    ALLEGATIONS,
    BARS,
    GROUNDS,
    SEXUAL_ABUSE,
    File,
    Item,
    Keeping,
    keep,
    keep_session,
    keep_together,
)
from pathways.moments import add_months
from pathways.roles import Role
from pathways.rulebook import Rulebook, UnknownRule

DESTROY, DESTROY_SESSION = "destroy", "destroy session"
SESSION = "session-"
"""How a session of supervision is called where a case's reference may be typed."""
WAITING, AGREED, DECLINED = "waiting", "agreed", "declined"
REVIEWERS = frozenset((Role.RECORDS_OFFICER,))
APPROVERS = frozenset((Role.RECORDS_OFFICER, Role.SERVICE_MANAGER, Role.SENIOR_OFFICER))
"""Who may agree to what another has reviewed, and who ends a mark."""
SEXUAL_CATEGORIES = frozenset(("SAB", "MUL"))
"""Categories of a plan that are sexual abuse, or may have it among them."""
NOT_SHOWN = "a reason that is not shown at this desk keeps it"


class KeptStill(PathwayError):
    """The record is not to be destroyed. Arguments: the reference, why not, as the end of a sentence."""

    def __str__(self) -> str:
        return f"{self.args[0]} is not to be destroyed: {self.args[1]}. Nothing was changed."


class GoneAlready(NotDestroyed):
    """What was kept of the case was destroyed before. Arguments: the reference, the certificate."""

    def __str__(self) -> str:
        reference, certificate = self.args
        return (
            f"{reference} was destroyed at the end of its keeping. Nothing was changed. "
            f"The certificate:\n{certificate.rstrip()}"
        )


@dataclass(frozen=True, slots=True)
class Weighed:
    """A case and how long it is kept: alone, and with every other case of its person, which decides.

    `file` is what is known of it and `others` of what else is kept of the person; `ever` is every mark that was ever set
    on any of it, `marks` those that stand on this case. `asked` is the proposal to destroy it that waits or is agreed;
    None where there is none that still holds.
    """

    row: Any
    alone: Keeping
    together: Keeping
    marks: tuple[Any, ...]
    file: File
    others: tuple[File, ...] = ()
    ever: tuple[Any, ...] = ()
    asked: Any = None

    @property
    def reference(self) -> str:
        """The case's reference."""
        return str(self.row.reference)


# --- how long it is kept ----------------------------------------------------------------------------------------


def weigh(tx: Transaction, reference: str, rules: Rulebook, today: date, **seen_by: Viewer) -> Weighed:
    """How long a case's record is kept, from all that the viewer may see of its person.

    Raises:
        NoSuchCase: there is none of that reference, or none that they may see.
        GoneAlready: its content was destroyed before.
    """
    row = tx.one("case_by_reference", reference=reference, **seen_by)
    if row is None:
        raise NoSuchCase(reference)
    stone = tx.one("tombstone_of", case_ref=reference)
    if stone is not None:
        raise GoneAlready(reference, stone.certificate)
    return _weighed(tx, row, rules, today, **seen_by)


def _weighed(tx: Transaction, row: Any, rules: Rulebook, today: date, **seen_by: Viewer) -> Weighed:
    files: dict[str, File] = {}
    ever: dict[int, Any] = {}
    for each in tx.all("kept_of_person", person_id=row.person_id, **seen_by):
        marks = tx.all("marks_of", case_id=each.id, person_id=each.person_id)
        ever |= {mark.id: mark for mark in marks}
        standing = [mark for mark in marks if mark.ended_at is None]
        files[each.reference] = _file(tx, each, standing)
    found = {reference: keep(file, rules, today) for reference, file in files.items()}
    every = tuple(ever.values())
    own = tuple(each for each in every if each.ended_at is None and each.case_id in (None, row.id))
    return Weighed(
        row,
        found[row.reference],
        keep_together(tuple(found.values())),
        own,
        files[row.reference],
        tuple(file for reference, file in files.items() if reference != row.reference),
        every,
        standing_proposal(tx, DESTROY, row.reference, every),
    )


def _file(tx: Transaction, row: Any, marks: list[Any]) -> File:
    facts = row.facts
    adult = row.pathway == ALLEGATIONS
    born = (_day(facts.get("birth_date_of_adult")) if adult else None) or row.birth_date
    whole = _marked(each for each in marks if each.page is None)
    if not adult and row.facts.get("category") in SEXUAL_CATEGORIES:
        whole = replace(whole, marks=whole.marks | {SEXUAL_ABUSE})
    return File(
        reference=row.reference,
        pathway=row.pathway,
        opened_on=local_day(row.opened_at),
        closed_on=None if row.is_open or row.closed_at is None else local_day(row.closed_at),
        born_on=born,
        outcome=row.outcome,
        known_on=_day(facts.get("allegation_known_to_employer")),
        pension_on=whole.pension_on,
        marks=whole.marks,
        bars=whole.bars,
        items=_items(
            tx, row, [each for each in marks if each.page is not None and each.case_id == row.id], adult
        ),
    )


def _marked(marks: Iterable[Any], page: int = 0) -> Item:
    """What people have marked, of a page or of everything."""
    every = list(marks)
    kinds = frozenset(each.kind for each in every)
    pensions = [each.pension_on for each in every if each.pension_on is not None]
    return Item(page, kinds & GROUNDS.keys(), kinds & BARS.keys(), max(pensions, default=None))


def _items(tx: Transaction, row: Any, marks: list[Any], adult: bool) -> tuple[Item, ...]:
    """The pages with something of their own: what people marked, and a plan's category that is sexual abuse.

    A page that was withdrawn counts too, as the longer keeping.
    """
    pages = {each.page: _marked((m for m in marks if m.page == each.page), each.page) for each in marks}
    for each in () if adult else tx.all("records_of_case", case_id=row.id):
        if isinstance(each.body, dict) and each.body.get("category") in SEXUAL_CATEGORIES:
            known = pages.get(each.page, Item(each.page))
            pages[each.page] = replace(known, marks=known.marks | {SEXUAL_ABUSE})
    return tuple(pages[page] for page in sorted(pages))


def _day(fact: str | None) -> date | None:
    """The London day of a fact that is a date or a moment."""
    if fact is None:
        return None
    return date.fromisoformat(fact) if len(fact) == 10 else local_day(datetime.fromisoformat(fact))


def standing_proposal(tx: Transaction, kind: str, reference: str, marks: tuple[Any, ...]) -> Any:
    """What somebody asked for and still holds: it waits, or is agreed and nothing was marked or unmarked since."""
    asked = tx.one("last_proposal", target=reference, kind=kind)
    if asked is None or asked.verdict == DECLINED:
        return None
    since = max(
        (moment for each in marks for moment in (each.from_at, each.ended_at) if moment), default=None
    )
    return None if since is not None and since > asked.asked_at else asked


def due(tx: Transaction, rules: Rulebook, today: date) -> list[Weighed]:
    """The list that a person reviews: every case whose keeping, and that of its person, has ended, oldest first.

    What is barred, or kept because something is not known, is not on it.
    """
    ready = [each for each in old_enough(tx, rules, today) if each.together.due(today)]
    return sorted(ready, key=lambda each: (each.together.free_on or today, each.reference))


@dataclass(frozen=True, slots=True)
class OldSession:
    """A session of supervision at the end of its keeping: its number, with whom, when, how long, what was asked for."""

    number: int
    practitioner: str
    held_on: date
    keeping: Keeping
    asked: Any = None

    @property
    def name(self) -> str:
        """How it is called where a case's reference may be typed: session-12."""
        return f"{SESSION}{self.number}"


def old_sessions(tx: Transaction, rules: Rulebook, today: date) -> list[OldSession]:
    """The sessions of supervision at the end of their keeping, of those that the viewer may read; longest gone first.

    A hold on the file of a case that was discussed bars the session, too.
    """
    found = []
    for row in tx.all("sessions_of_leavers", left_by=_before(rules, "sup.retain", today), today=today):
        marks = tx.all("marks_on_discussed", supervision_id=row.id)
        kinds = {each.kind for each in marks if each.ended_at is None}
        keeping = keep_session(row.id, row.to_on, kinds & BARS.keys(), rules, today)
        if keeping.due(today):
            asked = standing_proposal(tx, DESTROY_SESSION, reference_of(row.id), tuple(marks))
            found.append(OldSession(row.id, row.practitioner, row.held_on, keeping, asked))
    return found


def old_enough(tx: Transaction, rules: Rulebook, today: date) -> list[Weighed]:
    """Every closed case that is old enough for the shortest rule, as it is kept."""
    candidates = tx.all(
        "perhaps_due",
        born_by=_before(rules, "rec.retain_25", today),
        closed_by=start_of_day(_before(rules, "lado.retain_lado_review", today)),
        allegations=ALLEGATIONS,
    )
    return [_weighed(tx, row, rules, today) for row in candidates]


def _before(rules: Rulebook, rule: str, today: date) -> date:
    """The day by which something must have begun for a rule's shortest figure to be over."""
    try:
        shortest = min(each.amount for each in rules.editions(rule))
    except UnknownRule:
        return date(1900, 1, 1)
    return add_months(today, -shortest)


# --- the end: one asks, another agrees, a person carries it out ----------------------------------------------------


def ask(
    store: Store, reference: str, *, because: str, rules: Rulebook, actor: Actor, now: datetime
) -> Weighed:
    """Review a case whose keeping has ended, and ask for its destruction; somebody else decides.

    Raises:
        NoSuchCase, NotTheirs, NotDestroyed, Mistyped: nothing was changed.
        KeptStill: a rule or a mark keeps it.
    """
    must_be(actor, REVIEWERS)
    said = reason(because, LEAST_WORDS)
    with writing(store, now) as tx:
        found = weigh(tx, reference, rules, local_day(now))
        _must_be_due(found, found, local_day(now))
        if found.asked is not None:
            raise Mistyped(f"That is asked for already. How it stands: pathways retention why {reference}")
        tx.run(
            "add_proposal", kind=DESTROY, target=reference, details={"rule": found.together.rule}, because=said,
            asked_by=actor.name, asked_at=now, verdict=WAITING, decided_by=None, decided_at=None, decided_because=None,
        )  # fmt: skip
        note_on(tx, reference, "filing_destruction_asked", actor, now, rule=found.together.rule, because=said)
    return found


def decide(
    store: Store, reference: str, *, agreed: bool, because: str, rules: Rulebook, actor: Actor, now: datetime
) -> None:
    """Agree that a case is destroyed, or decline; never by the one who asked. Nothing is destroyed by that.

    Raises:
        NoSuchCase, NotTheirs, NotDestroyed, Mistyped: nothing was changed.
        TwoNeeded: they asked for it themselves.
        KeptStill: a rule or a mark keeps it by now.
    """
    must_be(actor, APPROVERS)
    said = reason(because)
    with writing(store, now) as tx:
        found = weigh(tx, reference, rules, local_day(now))
        asked = found.asked
        if asked is None or asked.verdict != WAITING:
            raise Mistyped(f"Nobody has asked for it. To ask: pathways retention review {reference}")
        if are_one(tx, asked.asked_by, actor.name):
            raise TwoNeeded(reference, "nobody agrees to what they asked for. Ask another")
        if agreed:
            _must_be_due(found, found, local_day(now))
        tx.run(
            "decide_proposal", proposal_id=asked.id, verdict=AGREED if agreed else DECLINED, decided_by=actor.name,
            decided_at=now, decided_because=said,
        )  # fmt: skip
        action = "filing_destruction_agreed" if agreed else "filing_destruction_declined"
        note_on(tx, reference, action, actor, now, because=said, asked_by=asked.asked_by)


def carry_out(store: Store, reference: str, *, rules: Rulebook, actor: Actor, now: datetime) -> Certificate:
    """Destroy a case that one person has reviewed and another agreed to, after working out its keeping once more.

    What the person at the keyboard may not see counts too: a hold on a hidden case of the same person bars it.

    Raises:
        NoSuchCase, NotTheirs, NotDestroyed: nothing was changed.
        KeptStill: a rule or a mark keeps it by now.
        TwoNeeded: it has not been agreed to.
        NotSealed: the store holds it unsealed.
    """
    must_be(actor, APPROVERS)
    today = local_day(now)
    with writing(store, now) as tx:
        lock(tx, reference)
        found = weigh(tx, reference, rules, today)
        everything = weigh(tx, reference, rules, today, seen_by=ALL_SEEING)
        _must_be_due(found, everything, today)
        asked = everything.asked
        if asked is None or asked.verdict != AGREED:
            raise TwoNeeded(reference, "one person asks and another agrees first: pathways retention due")
        note_on(tx, reference, "filing_destruction_begun", actor, now, rule=everything.together.rule)
        return destroy_in(
            tx,
            store,
            reference,
            rule=everything.together.rule,
            because=asked.because,
            by=asked.asked_by,
            second=asked.decided_by,
            now=now,
        )


def lock(tx: Transaction, reference: str) -> None:
    """Hold every case of the person: whoever sets a mark on one of them comes before this or after it, never between."""
    row = tx.one("case_by_reference", reference=reference)
    if row is None:
        raise NoSuchCase(reference)
    for each in tx.all("kept_of_person", person_id=row.person_id, seen_by=ALL_SEEING):
        tx.one("case_to_change", reference=each.reference, seen_by=ALL_SEEING)


def _must_be_due(shown: Weighed, counted: Weighed, today: date) -> None:
    """Refuse what is kept. `shown` is what the person at the keyboard may know of, `counted` what decides."""
    for found, why in ((shown, shown.together.why_kept(today)), (counted, NOT_SHOWN)):
        if not found.together.due(today):
            raise KeptStill(found.reference, why)


def must_be(actor: Actor, roles: frozenset[Role]) -> None:
    """Refuse whoever holds none of these roles.

    Raises:
        NotTheirs: always for them.
    """
    if not actor.roles & roles:
        whose = ", ".join(sorted(each.label for each in roles))
        raise NotTheirs(f"This is for: {whose}. Nothing was changed.")


def reason(text: str, least: int = 1) -> str:
    """A reason as it is kept.

    Raises:
        Mistyped: it is too short.
    """
    said = " ".join(text.split())
    if len(said) < least:
        raise Mistyped(f"A reason of at least {least} characters is needed: --because TEXT")
    return said


def note_on(tx: Transaction, reference: str, action: str, actor: Actor, now: datetime, **extra: Any) -> None:
    """Put an entry about keeping on a case's trail, whether or not the actor sees the case."""
    draft = quiet_draft(tx, reference, seen_by=ALL_SEEING)
    note(tx, draft, action, actor=actor.name, role=role_of(actor), now=now, **extra)
