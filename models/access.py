"""Who may see a case: letting in and keeping out, restricting, breaking the glass, and every look at what is restricted.

Each is one transaction with an entry on the case's own trail, which changes neither the case's state nor its version.
Somebody who is kept out is never let in again; whatever they ask, a case they may not see is a case that is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

from models import compiled
from models.anchors import writing
from models.change import NoSuchCase, write_draft
from models.draft import Draft
from models.store import ALL_SEEING, Store, Transaction, Viewer
from pathways import pathway
from pathways.clocks import start_of_day
from pathways.days import local_day
from pathways.engine import Actor
from pathways.errors import NOT_ALLOWED, Mistyped, PathwayError
from pathways.roles import Role

ALLOWED, EXCLUDED, GLASS = "allowed", "excluded", "glass"
GLASS_HOURS = 4
REASON_LETTERS = 10
REVIEW_DAYS = 2
"""Working days within which the owner looks at why the glass was broken."""
LIFT = "lift restriction"
KEEPERS = frozenset(
    (
        Role.COORDINATOR,
        Role.TEAM_LEADER,
        Role.SERVICE_MANAGER,
        Role.SENIOR_OFFICER,
        Role.FRONT_DOOR_MANAGER,
        Role.CHAIR_MANAGER,
        Role.LINE_MANAGER,
    )
)
"""Who decides about cases of a pathway that is not restricted, and who keeps the staff register."""
LAST = datetime.max.replace(tzinfo=UTC)


class NotTheirs(PathwayError):
    """Somebody's role does not let them do this. One argument: the sentence."""

    code: ClassVar[int] = NOT_ALLOWED


class KeptOut(PathwayError):
    """Somebody who is kept out cannot be let in. Arguments: the login, the reference."""

    def __str__(self) -> str:
        return f"{self.args[0]} is kept out of {self.args[1]} and cannot be let in. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who may see a case, or is kept out of it: how, since when, until when, why, on whose word."""

    login: str
    title: str
    how: str
    since: datetime | date
    until: datetime | None = None
    because: str = ""
    by: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """Who may see a case in a span of time. `everybody`: role and team decide; `restricted` are the reasons why not."""

    everybody: bool
    restricted: tuple[Any, ...]
    named: tuple[Named, ...]
    kept_out: tuple[Named, ...]


# --- entries that leave a case as it is ---------------------------------------------------------------------------


def quiet_draft(tx: Transaction, reference: str, **seen_by: Viewer) -> Draft:
    """A case, locked, for an entry about who sees it: whatever definition it runs under.

    Raises:
        NoSuchCase: there is none, or none that the viewer may see.
    """
    row = tx.one("case_to_change", reference=reference, **seen_by)
    if row is None:
        raise NoSuchCase(reference)
    return Draft.of(pathway(row.pathway), row, [], 0)


def note(
    tx: Transaction, draft: Draft, action: str, *, actor: str, role: str, now: datetime, **extra: Any
) -> None:
    """Put an entry about access on a case's trail."""
    draft.enter(action, draft.state, actor=actor, role=role, effective_at=now, now=now, extra=extra or None)
    write_draft(tx, draft)


def role_of(actor: Actor) -> str:
    """The role that an entry names, of those that somebody holds."""
    return min((role.value for role in actor.roles), default="")


def look(store: Store, reference: str, *, actor: Actor, now: datetime, names: bool = False) -> None:
    """Record that somebody looked at a case; `names`: at the full name.

    Raises:
        NoSuchCase: they may not see it.
        NotReady, NotProven: nothing can be written, so nothing is shown either.
    """
    with writing(store, now) as tx:
        draft = quiet_draft(tx, reference)
        seen = {"names": True} if names else {}
        note(tx, draft, "looked", actor=actor.name, role=role_of(actor), now=now, **seen)


def hidden_references(tx: Transaction, **seen_by: Viewer) -> frozenset[str]:
    """The cases that the viewer may not know of. What goes through every case leaves them out of what it counts."""
    return frozenset(row.reference for row in tx.all("hidden_cases", **seen_by))


# --- who may see it ------------------------------------------------------------------------------------------------


def may_keep(actor: Actor, pathway_name: str) -> bool:
    """Whether somebody decides who sees cases of a pathway."""
    clears = compiled.CLEARED.get(pathway_name)
    return bool(actor.roles & (frozenset(clears) if clears else KEEPERS))


def must_keep(actor: Actor, row: Any) -> None:
    """Refuse whoever does not decide who may see a case of this kind.

    Raises:
        NotTheirs: always for them.
    """
    if not may_keep(actor, row.pathway):
        owners = compiled.CLEARED.get(row.pathway) or sorted(KEEPERS)
        whose = ", ".join(Role(each).label for each in owners)
        raise NotTheirs(f"Who may see a case of this kind is decided by: {whose}. Nothing was changed.")


def _runs(row: Any, start: datetime, end: datetime) -> bool:
    """Whether a line of a list held at some moment of a span."""
    over = min(row.until_at or LAST, row.ended_at or LAST)
    return bool(row.from_at <= end and over > start)


def _holds(restriction: Any, start: datetime, end: datetime) -> bool:
    """Whether a restriction held throughout a span."""
    return restriction.from_at <= start and (restriction.lifted_at is None or restriction.lifted_at >= end)


def sight(tx: Transaction, row: Any, start: datetime, end: datetime) -> Sight:
    """Who could see a case at some moment between `start` and `end`: everybody by role and team, or only the named."""
    lists = tx.all("access_lists", case_id=row.id, person_id=row.person_id)
    lists = [each for each in lists if _runs(each, start, end)]
    out = {each.practitioner_id for each in lists if each.kind == EXCLUDED}
    restrictions = tx.all("restrictions_of", case_id=row.id, person_id=row.person_id)
    restricted = tuple(each for each in restrictions if _holds(each, start, end))
    clears = compiled.CLEARED.get(row.pathway, ())
    named = []
    if clears:
        holders = tx.all("holders_of_roles", roles=f",{','.join(clears)},", on=local_day(end))
        named = [
            Named(each.login, each.title, Role(each.role).label, each.from_on)
            for each in holders
            if each.id not in out
        ]
    named += [_named(each) for each in lists if each.kind != EXCLUDED and each.practitioner_id not in out]
    kept_out = {each.login: _named(each) for each in reversed(lists) if each.kind == EXCLUDED}
    return Sight(not restricted and not clears, restricted, tuple(named), tuple(kept_out.values()))


def _named(row: Any) -> Named:
    how = {ALLOWED: "let in", GLASS: "broke the glass", EXCLUDED: "kept out"}[row.kind]
    until = min((each for each in (row.until_at, row.ended_at) if each is not None), default=None)
    return Named(
        row.login, row.title, how, row.from_at, until, row.because, row.by_login, row.second_login or ""
    )


def day_of(day: date) -> tuple[datetime, datetime]:
    """The first and the last moment of a London day."""
    return start_of_day(day), start_of_day(day + timedelta(days=1)) - timedelta(microseconds=1)


# --- letting in, keeping out -----------------------------------------------------------------------------------------


def _put(
    tx: Transaction,
    practitioner_id: int,
    kind: str,
    *,
    case_id: int | None = None,
    person_id: int | None = None,
    because: str,
    by: str,
    now: datetime,
    until: datetime | None = None,
) -> None:
    tx.run(
        "add_access",
        case_id=case_id,
        person_id=person_id,
        practitioner_id=practitioner_id,
        kind=kind,
        because=because,
        by_login=by,
        second_login=None,
        from_at=now,
        until_at=until,
        ended_at=None,
        ended_by=None,
        recorded_at=now,
    )


def somebody(tx: Transaction, login: str) -> Any:
    """The practitioner of that login.

    Raises:
        Mistyped: the staff register does not know it.
    """
    row = tx.one("practitioner_by_login", login=login)
    if row is None:
        raise Mistyped(
            f"The staff register does not know the login {login}. Who is on it: pathways users list"
        )
    return row


def lines_of(tx: Transaction, row: Any, who: int, kinds: Sequence[str], now: datetime) -> list[Any]:
    """The lines of these kinds that somebody stands on, for a case or its person, at this moment."""
    lists = tx.all("access_lists", case_id=row.id, person_id=row.person_id)
    return [
        each for each in lists if each.practitioner_id == who and each.kind in kinds and _runs(each, now, now)
    ]


def seen_case(tx: Transaction, reference: str) -> Any:
    """The case's row.

    Raises:
        NoSuchCase: there is none, or none that the viewer may see.
    """
    row = tx.one("case_by_reference", reference=reference)
    if row is None:
        raise NoSuchCase(reference)
    return row


def reason(text: str, least: int = 1) -> str:
    """Why something is done, on one line.

    Raises:
        Mistyped: it is shorter than `least` characters.
    """
    said = " ".join(text.split())
    if len(said) < least:
        raise Mistyped(
            "A reason is needed: --because TEXT"
            if least == 1
            else f"The reason needs at least {least} characters. Nothing was changed."
        )
    return said


def grant(
    store: Store, reference: str, login: str, *, until: date | None, because: str, actor: Actor, now: datetime
) -> None:
    """Let somebody in to a case, to the end of a London day or until it is taken back; where the person is restricted, to all their cases.

    Raises:
        NoSuchCase, NotTheirs, Mistyped: nothing was changed.
        KeptOut: they are the subject, or were kept out by somebody.
    """
    said = reason(because)
    if until is not None and until < local_day(now):
        raise Mistyped("The last day of access has passed. Give one that is still to come: --until DATE")
    with writing(store, now) as tx:
        row = seen_case(tx, reference)
        must_keep(actor, row)
        who = somebody(tx, login)
        if lines_of(tx, row, who.id, (EXCLUDED,), now):
            raise KeptOut(login, reference)
        to = _target(tx, row)
        ends = day_of(until)[1] if until else None
        draft = quiet_draft(tx, reference)
        note(
            tx, draft, "access_granted", actor=actor.name, role=role_of(actor), now=now, who=login, because=said,
            until=until.isoformat() if until else None,
        )  # fmt: skip
        _put(tx, who.id, ALLOWED, because=said, by=actor.name, now=now, until=ends, **to)


def _target(tx: Transaction, row: Any) -> dict[str, int]:
    """Where a line goes that lets somebody in: the person, where all their cases are restricted by hand; else the case."""
    gate = tx.need("gate_of_person", person_id=row.person_id)
    return {"person_id": row.person_id} if gate.by_hand else {"case_id": row.id}


def revoke(store: Store, reference: str, login: str, *, because: str, actor: Actor, now: datetime) -> None:
    """Take back what let somebody in, a broken glass too.

    Raises:
        NoSuchCase, NotTheirs, Mistyped: nothing was changed.
    """
    said = reason(because)
    with writing(store, now) as tx:
        row = seen_case(tx, reference)
        must_keep(actor, row)
        who = somebody(tx, login)
        lines = lines_of(tx, row, who.id, (ALLOWED, GLASS), now)
        if not lines:
            raise Mistyped(
                f"{login} is not on the list of {reference}. Who is: pathways access why {reference}"
            )
        draft = quiet_draft(tx, reference)
        note(
            tx,
            draft,
            "access_revoked",
            actor=actor.name,
            role=role_of(actor),
            now=now,
            who=login,
            because=said,
        )
        for each in lines:
            tx.run("end_access", access_id=each.id, ended_at=now, ended_by=actor.name)


def exclude(store: Store, reference: str, login: str, *, because: str, actor: Actor, now: datetime) -> None:
    """Keep somebody out of a case and of everything about its person, for good.

    Raises:
        NoSuchCase, NotTheirs, Mistyped: nothing was changed.
    """
    said = reason(because)
    with writing(store, now) as tx:
        row = seen_case(tx, reference)
        must_keep(actor, row)
        who = somebody(tx, login)
        if login == actor.name:
            raise Mistyped("Nobody keeps themselves out: ask somebody else who decides about this case.")
        keep_out(tx, row.person_id, [row.id], who, because=said, by=actor.name, role=role_of(actor), now=now)


def keep_out(
    tx: Transaction,
    person_id: int,
    case_ids: Iterable[int],
    who: Any,
    *,
    because: str,
    by: str,
    role: str,
    now: datetime,
) -> bool:
    """Put a practitioner on the list of those kept out of a person and some of their cases; whether that was news."""
    cases = [each for each in tx.all("cases_of_person", person_id=person_id, seen_by=ALL_SEEING)]
    wanted = set(case_ids)
    news = False
    for case in cases:
        if case.id not in wanted:
            continue
        there = [each for each in lines_of(tx, case, who.id, (EXCLUDED,), now)]
        fresh = {"case_id": case.id, "person_id": person_id}
        for each in there:
            fresh.pop("case_id" if each.case_id is not None else "person_id", None)
        if not fresh:
            continue
        draft = quiet_draft(tx, case.reference, seen_by=ALL_SEEING)
        note(tx, draft, "access_excluded", actor=by, role=role, now=now, who=who.login, because=because)
        for column, value in fresh.items():
            _put(tx, who.id, EXCLUDED, because=because, by=by, now=now, **{column: value})
        news = True
    if news:
        settle(tx, person_id)
    return news


# --- restricting, and lifting it by two ---------------------------------------------------------------------------------


def settle(tx: Transaction, person_id: int) -> None:
    """Write on a person and on each of their cases what the lists and restrictions make of them."""
    cases = tx.all("cases_of_person", person_id=person_id, seen_by=ALL_SEEING)
    person_lists = tx.all("access_lists", case_id=None, person_id=person_id)
    shut = any(each.kind == EXCLUDED and each.ended_at is None for each in person_lists)
    by_hand = any(
        each.lifted_at is None for each in tx.all("restrictions_of", case_id=None, person_id=person_id)
    )
    for case in cases:
        own = tx.all("restrictions_of", case_id=case.id, person_id=None)
        lists = tx.all("access_lists", case_id=case.id, person_id=None)
        restricted = (
            by_hand or case.pathway in compiled.CLEARED or any(each.lifted_at is None for each in own)
        )
        guarded = restricted or shut or any(each.kind == EXCLUDED and each.ended_at is None for each in lists)
        tx.run("guard_case", case_id=case.id, restricted=restricted, guarded=guarded)
    only_subject = bool(cases) and all(case.pathway in compiled.CLEARED for case in cases)
    restricted = by_hand or only_subject
    tx.run("guard_person", person_id=person_id, restricted=restricted, guarded=restricted or shut)


def seen_alike(tx: Transaction, draft: Draft, person_id: int, now: datetime) -> None:
    """Somebody new, whose record is made from a guarded case, is seen by the same people as that, and by nobody else."""
    of = {"case_id": draft.case_id, "person_id": draft.person_id}
    kept = ("because", "by_login")
    for row in tx.all("access_lists", **of):
        if _runs(row, now, now):
            _put(
                tx, row.practitioner_id, row.kind, person_id=person_id, because=row.because, by=row.by_login, now=now, until=row.until_at,
            )  # fmt: skip
    standing = [row for row in tx.all("restrictions_of", **of) if row.lifted_at is None]
    for row in standing[:1]:
        tx.run(
            "add_restriction", case_id=None, person_id=person_id, **{each: getattr(row, each) for each in kept}, from_at=now,
            lifted_at=None, lifted_by=None, lifted_second=None,
        )  # fmt: skip
    settle(tx, person_id)


def restrict(
    store: Store,
    reference: str,
    *,
    whole_person: bool,
    let_in: Sequence[str],
    because: str,
    actor: Actor,
    now: datetime,
) -> tuple[str, ...]:
    """Make a case, or everything about its person, seen only by the named: the actor and those let in. Their logins.

    A person's restriction covers every case of theirs, those opened later too.

    Raises:
        NoSuchCase, NotTheirs, Mistyped, KeptOut: nothing was changed.
    """
    said = reason(because)
    with writing(store, now) as tx:
        row = seen_case(tx, reference)
        must_keep(actor, row)
        target = (
            {"case_id": None, "person_id": row.person_id}
            if whole_person
            else {"case_id": row.id, "person_id": None}
        )
        standing = [each for each in tx.all("restrictions_of", **target) if each.lifted_at is None]
        if standing or (row.pathway in compiled.CLEARED and not whole_person):
            raise Mistyped(f"{reference} is restricted already. Who sees it: pathways access why {reference}")
        named = tuple(dict.fromkeys((actor.name, *let_in)))
        for login in named:
            who = somebody(tx, login)
            if lines_of(tx, row, who.id, (EXCLUDED,), now):
                raise KeptOut(login, reference)
            to = {key: value for key, value in target.items() if value is not None}
            _put(tx, who.id, ALLOWED, because=said, by=actor.name, now=now, **to)
        for each in _covered(tx, row, whole_person):
            draft = quiet_draft(tx, each, seen_by=ALL_SEEING)
            note(
                tx, draft, "access_restricted", actor=actor.name, role=role_of(actor), now=now, because=said,
                person=whole_person, named=list(named),
            )  # fmt: skip
        tx.run(
            "add_restriction", **target, because=said, by_login=actor.name, from_at=now, lifted_at=None, lifted_by=None,
            lifted_second=None,
        )  # fmt: skip
        settle(tx, row.person_id)
    return named


def _covered(tx: Transaction, row: Any, whole_person: bool) -> list[str]:
    if not whole_person:
        return [row.reference]
    return [each.reference for each in tx.all("cases_of_person", person_id=row.person_id, seen_by=ALL_SEEING)]


def ask_to_lift(store: Store, reference: str, *, because: str, actor: Actor, now: datetime) -> None:
    """Ask for a restriction to be lifted; somebody else decides.

    Raises:
        NoSuchCase, NotTheirs, Mistyped: nothing was changed.
    """
    said = reason(because)
    with writing(store, now) as tx:
        row = seen_case(tx, reference)
        must_keep(actor, row)
        if not _standing(tx, row):
            raise Mistyped(_not_by_hand(row))
        if tx.one("waiting_proposal", target=reference, kind=LIFT) is not None:
            raise Mistyped(
                f"Lifting is asked for already. Somebody else decides: pathways access agree {reference}"
            )
        note(
            tx, quiet_draft(tx, reference), "access_lift_asked", actor=actor.name, role=role_of(actor), now=now,
            because=said,
        )  # fmt: skip
        tx.run(
            "add_proposal", kind=LIFT, target=reference, details={}, because=said, asked_by=actor.name, asked_at=now,
            verdict="waiting", decided_by=None, decided_at=None, decided_because=None,
        )  # fmt: skip


def _standing(tx: Transaction, row: Any) -> list[Any]:
    found = tx.all("restrictions_of", case_id=row.id, person_id=row.person_id)
    return [each for each in found if each.lifted_at is None]


def _not_by_hand(row: Any) -> str:
    if row.pathway in compiled.CLEARED:
        return "Every case of this pathway is restricted, and that is not lifted."
    return f"{row.reference} is not restricted."


def decide_lift(
    store: Store, reference: str, *, agreed: bool, because: str, actor: Actor, now: datetime
) -> None:
    """Agree that a restriction is lifted, or decline; never by the one who asked.

    Raises:
        NoSuchCase, NotTheirs, Mistyped: nothing was changed.
    """
    said = reason(because)
    with writing(store, now) as tx:
        row = seen_case(tx, reference)
        must_keep(actor, row)
        asked = tx.one("waiting_proposal", target=reference, kind=LIFT)
        if asked is None:
            raise Mistyped(f"Nobody has asked to lift it. To ask: pathways access lift {reference}")
        if asked.asked_by == actor.name:
            raise NotTheirs("Nobody decides what they asked for: two people lift a restriction. Ask another.")
        tx.run(
            "decide_proposal", proposal_id=asked.id, verdict="agreed" if agreed else "declined", decided_by=actor.name,
            decided_at=now, decided_because=said,
        )  # fmt: skip
        standing = _standing(tx, row)
        whole = any(each.person_id is not None for each in standing)
        action = "access_lifted" if agreed else "access_lift_declined"
        for each in _covered(tx, row, whole and agreed):
            draft = quiet_draft(tx, each, seen_by=ALL_SEEING)
            note(
                tx,
                draft,
                action,
                actor=actor.name,
                role=role_of(actor),
                now=now,
                because=said,
                asked_by=asked.asked_by,
            )
        if agreed:
            for each in standing:
                tx.run(
                    "lift_restriction", restriction_id=each.id, lifted_at=now, lifted_by=asked.asked_by,
                    lifted_second=actor.name,
                )  # fmt: skip
            settle(tx, row.person_id)


# --- breaking the glass ------------------------------------------------------------------------------------------------


def break_glass(
    store: Store, reference: str, *, because: str, actor: Actor, now: datetime
) -> datetime | None:
    """Let oneself in to one restricted case for four hours; the owning officer is told at once. Until when; None: no need.

    Raises:
        NoSuchCase: there is none, or they are kept out of it.
        NotTheirs: they belong to a partner agency.
        Mistyped: the reason is too short.
    """
    said = reason(because, REASON_LETTERS)
    if store.viewer.circle != "*":
        raise NotTheirs("Only the authority's own staff can do this. Ring the team that holds the case.")
    refused = False
    until = now + timedelta(hours=GLASS_HOURS)
    through = _through_the_wall(store, reference, said)
    with writing(store, now) as tx:
        if not through and tx.one("case_by_reference", reference=reference) is not None:
            return None
        draft = quiet_draft(tx, reference, seen_by=ALL_SEEING)
        row = tx.need("case_by_reference", reference=reference, seen_by=ALL_SEEING)
        me = tx.need("practitioner_by_login", login=actor.name)
        role = role_of(actor)
        if lines_of(tx, row, me.id, (EXCLUDED,), now):
            note(tx, draft, "refused:access_glass", actor=actor.name, role=role, now=now, because=said)
            refused = True
        else:
            note(tx, draft, "access_glass", actor=actor.name, role=role, now=now, because=said)
            if not through:
                _put(tx, me.id, GLASS, case_id=row.id, because=said, by=actor.name, now=now, until=until)
            review = f"Somebody opened {reference} in an emergency. Look at it within {REVIEW_DAYS} working days: pathways access why {reference}"
            tell_owners(tx, row, "glass", f"{reference}/{draft.seq}", review, now=now, but=me.id)
    if refused:
        raise NoSuchCase(reference)
    return until


def _through_the_wall(store: Store, reference: str, because: str) -> bool:
    """Whether PostgreSQL's own wall stood before the case, and now lets them through; see `models/row_security.py`."""
    if store.dialect == "sqlite":
        return False
    from models.row_security import break_glass as through

    return through(store, reference, because)


def tell_owners(
    tx: Transaction, row: Any, about: str, key: str, body: str, *, now: datetime, but: int = 0
) -> None:
    """Queue an urgent notice for those who own a case: its reference, and nothing of what is in it."""
    for who in _owners(tx, row, now, but):
        tx.run(
            "add_notice", key=f"{about}/{key}/{who}", kind="urgent", practitioner_id=who, agency="", subject=f"Look at {row.reference}",
            body=body, queued_at=now, send_after=now, attempts=0, last_fault="",
        )  # fmt: skip
    tx.run(
        "add_outbox", key=f"{about}/{key}", event=f"pathways.access.{about}", case_ref=row.reference, pathway=row.pathway,
        team=row.team, rule="", due_on=None, to_roles=",".join(compiled.CLEARED.get(row.pathway, ())), effective_at=now,
        recorded_at=now, done_at=None,
    )  # fmt: skip


def _owners(tx: Transaction, row: Any, now: datetime, but: int) -> list[int]:
    """Who answers for a case: its lead, or those whom its pathway clears, or those named on it; never who is kept out."""
    lists = [
        each
        for each in tx.all("access_lists", case_id=row.id, person_id=row.person_id)
        if _runs(each, now, now)
    ]
    out = {but, *(each.practitioner_id for each in lists if each.kind == EXCLUDED)}
    lead = tx.one("practitioner_by_login", login=row.lead or "")
    roles = compiled.CLEARED.get(row.pathway) or tuple(sorted(KEEPERS))
    holders = tx.all("holders_of_roles", roles=f",{','.join(roles)},", on=local_day(now))
    ways = (
        [lead.id] if lead else [],
        [each.id for each in holders] if row.pathway in compiled.CLEARED else [],
        [each.practitioner_id for each in lists if each.kind == ALLOWED],
        [each.id for each in holders],
    )
    return next(
        (found for way in ways if (found := [each for each in dict.fromkeys(way) if each not in out])), []
    )
