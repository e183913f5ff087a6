"""Supervision: putting a session on the record, signing it, reading it, and what becomes of its actions.

What was gone through lies sealed under a reference of the session's own; what was said of a case lies on that case's
trail, as a mark that it was supervised. Whoever records or signs writes on their own chain, too, which session, and
the fingerprint of all that was gone through: a session that was changed afterwards does not fit what was signed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from os import urandom
from typing import Any, ClassVar

from models.access import NotTheirs, note, quiet_draft, role_of, somebody
from models.anchors import writing
from models.log_chain import note_in
from models.store import Store
from models.supervision_ahead import Ahead, Who, ahead, day_of_looking, two_of
from models.transaction import Transaction
from models.wire import json_text
from pathways.days import local_day
from pathways.engine import Actor
from pathways.errors import NOT_FOUND, Mistyped, PathwayError
from pathways.moments import words
from pathways.supervision import (
    DONE,
    DROPPED,
    FORMS,
    HEAD,
    ONE_TO_ONE,
    PRACTITIONER,
    SUPERVISOR,
    NotComplete,
    Session,
    Signed,
    missing,
    proved,
    state,
    unsigned,
)
from pathways.trail import SUPERVISED

RECORDED, SIGNED, ENDED, DESTROYED = (
    "supervision_recorded", "supervision_signed", "supervision_action_ended", "supervision_destroyed",
)  # fmt: skip
LEAST_LETTERS = 10
"""Of what a head says who signs, at least."""


class NoSuchSession(PathwayError):
    """There is none of that number, or it is not theirs to read. One argument: the number."""

    code: ClassVar[int] = NOT_FOUND

    def __str__(self) -> str:
        return f"There is no session {self.args[0]} of yours. Those you may read: pathways supervision list"


class SessionDestroyed(PathwayError):
    """It was destroyed at the end of its keeping. Arguments: the number, the certificate."""

    code: ClassVar[int] = NOT_FOUND

    def __str__(self) -> str:
        number, certificate = self.args
        return f"Session {number} was destroyed at the end of its keeping. The certificate:\n{certificate.rstrip()}"


class NoSuchAction(PathwayError):
    """There is none of that number that is open, or it is not theirs to read. One argument: the number."""

    code: ClassVar[int] = NOT_FOUND

    def __str__(self) -> str:
        return (
            f"There is no open action {self.args[0]} of yours. Those that are: pathways supervision actions"
        )


@dataclass(frozen=True, slots=True)
class Told:
    """One session as it is read: its row, what was said, cases in sight, actions, signatures, and where it stands."""

    row: Any
    body: Mapping[str, Any]
    cases: tuple[tuple[Any, str | None], ...]
    actions: tuple[Any, ...]
    signatures: tuple[Any, ...]
    left_to_sign: tuple[str, ...]
    state: str


def record(
    store: Store,
    session: Session,
    *,
    supervisor: str,
    practitioner: str,
    head_present: bool,
    actor: Actor,
    now: datetime,
) -> int:
    """Put a session on the record, signed by whoever records it; its number.

    All of it is one transaction: the session, its actions, what became of earlier ones, the mark on each case's trail,
    the signature, and the entries on the own chain of whoever records it.

    Args:
        store: its viewer is one of the two.
        session: what was gone through.
        supervisor: a login of the register.
        practitioner: the login of the one supervised.
        head_present: whether the head was there; who is one of the two is there in any case.
        actor: whoever records it.
        now: the present moment, aware.

    Raises:
        NotComplete: something is missing that a session has to hold.
        NotTheirs: they are neither of the two.
        NoSuchCase: a case that is not there, or not for their eyes.
        Mistyped: the two, the day or the form cannot be.
    """
    _must_be_over(session, now)
    with writing(store, now) as tx:
        who = two_of(tx, supervisor, practitioner, session.held_on)
        capacity = _capacity(tx, who, actor)
        pair = {"supervisor_id": who.supervisor.id, "practitioner_id": who.practitioner.id}
        if tx.one("same_supervision", **pair, held_on=session.held_on, form=session.form) is not None:
            raise Mistyped(
                "That session is on the record already: pathways supervision list. Nothing was changed."
            )
        before = ahead(tx, who)
        lacks = missing(session, before.cases, before.open_actions())
        lacks += _unknown(session, before)
        if lacks:
            raise NotComplete(tuple(lacks))
        head = head_present or who.head_is_there
        number = int(
            tx.need(
                "add_supervision", **pair, kind=who.kind, form=session.form, team=who.team, held_on=session.held_on,
                head_present=head, fingerprint="", by_login=actor.name, recorded_at=now,
            ).id
        )  # fmt: skip
        cases = _mark_cases(tx, number, session, who, actor, now)
        agreed = _add_actions(tx, number, session)
        body = _body(session, before, cases, agreed)
        about = {
            **pair,
            "kind": who.kind,
            "form": session.form,
            "held_on": session.held_on,
            "head_present": head,
        }
        fingerprint = fingerprint_of(about, body)
        tx.run(
            "fill_supervision", supervision_id=number, case_ref=reference_of(number), body=body, fingerprint=fingerprint
        )  # fmt: skip
        _end_reviewed(tx, session, before, actor, now)
        _sign(tx, number, fingerprint, Signed(capacity), "", actor, now, action=RECORDED)
    return number


def _must_be_over(session: Session, now: datetime) -> None:
    if session.held_on > local_day(now):
        raise Mistyped("The session is still to come. Give the day on which it was held: --on DATE")
    if session.form not in FORMS:
        raise Mistyped(f"A session is one of: {', '.join(FORMS)}. Nothing was changed.")


def _capacity(tx: Transaction, who: Who, actor: Actor) -> str:
    """In which capacity whoever is at the keyboard records a session."""
    if tx.viewer.id == who.supervisor.id:
        return SUPERVISOR
    if tx.viewer.id == who.practitioner.id:
        return PRACTITIONER
    raise NotTheirs(
        f"A session is recorded by one of its two people, and {actor.name} is neither. Nothing was changed."
    )


def _unknown(session: Session, before: Ahead) -> list[str]:
    """Numbers of actions that are not open, or not of this person."""
    known = frozenset(each.id for each in before.actions)
    return [f"there is no open action {each}" for each in sorted(session.reviewed.keys() - known)]


def reference_of(number: int) -> str:
    """The reference under which a session's content is sealed. No case and nobody's chain is called so."""
    return f"~s{number}"


def _mark_cases(
    tx: Transaction, number: int, session: Session, who: Who, actor: Actor, now: datetime
) -> list[list[int]]:
    """Put on each case's trail that it was supervised, by whom, and what was said; the case and entry of each."""
    marked = []
    for reference, said in sorted(session.discussed.items()):
        draft = quiet_draft(tx, reference)
        note(
            tx, draft, SUPERVISED, actor=actor.name, role=role_of(actor), now=now, session=number, said=said.strip(),
            on=session.held_on.isoformat(), supervisor=who.supervisor.login, practitioner=who.practitioner.login,
        )  # fmt: skip
        tx.run("add_supervision_case", supervision_id=number, case_id=draft.case_id, seq=draft.seq)
        assert draft.case_id is not None, "it was read from its row"
        marked.append([draft.case_id, draft.seq])
    return marked


def _add_actions(tx: Transaction, number: int, session: Session) -> list[list[Any]]:
    agreed: list[list[Any]] = []
    for each in session.agreed:
        owner = somebody(tx, each.owner)
        tx.run(
            "add_supervision_action", supervision_id=number, owner_id=owner.id, due_on=each.due_on, what=each.what.strip(),
            ended_on=None, ended_as=None, ended_why=None, ended_by=None, ended_at=None, case_ref=reference_of(number),
        )  # fmt: skip
        agreed.append([each.what.strip(), owner.id, each.due_on.isoformat()])
    return agreed


def _body(session: Session, before: Ahead, cases: list[list[int]], agreed: list[list[Any]]) -> dict[str, Any]:
    """What is kept of a session, with the questions that it answers itself, and salt against guessing."""
    answers = {**session.checklist, **proved(session, before.cases, before.open_actions())}
    return {
        "agenda": {name: said.strip() for name, said in session.agenda.items() if said.strip()},
        "checklist": {str(number): list(answer) for number, answer in sorted(answers.items())}
        if session.form == ONE_TO_ONE
        else {},
        "reviewed": {
            str(number): [each.outcome, each.on.isoformat() if each.on else None, each.why]
            for number, each in sorted(session.reviewed.items())
        },
        "cases": cases,
        "agreed": agreed,
        "none_agreed": session.none_agreed.strip(),
        "salt": urandom(16).hex(),
    }


def fingerprint_of(about: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    """The fingerprint of a session: of who met when, and of all that is kept of it.

    Args:
        about: `supervisor_id`, `practitioner_id`, `kind`, `form`, `held_on`, `head_present`; others are left aside.
        body: as it lies in the session.
    """
    kept = {
        "supervisor": about["supervisor_id"], "practitioner": about["practitioner_id"], "kind": about["kind"],
        "form": about["form"], "held_on": about["held_on"].isoformat(), "head": bool(about["head_present"]), "body": body,
    }  # fmt: skip
    return sha256(json_text(kept).encode()).hexdigest()


def _end_reviewed(tx: Transaction, session: Session, before: Ahead, actor: Actor, now: datetime) -> None:
    of = {each.id: each for each in before.actions}
    for number, each in sorted(session.reviewed.items()):
        if each.outcome in (DONE, DROPPED):
            _end(tx, of[number], each.outcome, each.on or session.held_on, each.why, actor, now)


def _end(tx: Transaction, row: Any, outcome: str, on: date, why: str, actor: Actor, now: datetime) -> None:
    changed = tx.run(
        "end_supervision_action", action_id=row.id, ended_on=on, ended_as=outcome, ended_why=why.strip() or None,
        ended_by=actor.name, ended_at=now, case_ref=reference_of(row.supervision_id),
    )  # fmt: skip
    if changed != 1:
        raise NoSuchAction(row.id)
    said = {"action": row.id, "session": row.supervision_id, "as": outcome, "on": on.isoformat()}
    note_in(tx, actor.name, role_of(actor), ENDED, said, now)


def sign(
    store: Store, number: int, *, actor: Actor, now: datetime, instead_of: str = "", said: str = "", dry_run: bool = False
) -> Told:  # fmt: skip
    """Sign a session that was read; a head says what they make of it, or why they sign for one who cannot.

    Args:
        dry_run: look whether it could be signed, keep nothing.
        instead_of: `supervisor` or `practitioner`: whom a head signs for.
        said: the head's own words.

    Raises:
        NoSuchSession: there is none of that number, or it is not theirs to read.
        NotTheirs: only a head signs for somebody else.
        Mistyped: they have signed it, the head says too little, or it has been changed since it was recorded.
    """
    with writing(store, now, keep=not dry_run) as tx:
        told = read(tx, number)
        if told.row.fingerprint != fingerprint_of(told.row._asdict(), told.body):
            raise Mistyped(
                "This session is not as it was recorded, so it is not signed. Run: pathways audit verify"
            )
        signature = _as_what(tx, told.row, instead_of)
        if any(Signed(each.capacity, each.instead_of) == signature for each in told.signatures):
            raise Mistyped(f"Session {number} has that signature already. Nothing was changed.")
        if instead_of and instead_of not in told.left_to_sign:
            raise Mistyped(f"Session {number} is signed for them already. Nothing was changed.")
        own = " ".join(said.split())
        if signature.capacity == HEAD and len(own) < LEAST_LETTERS:
            raise Mistyped(
                f"A head says what they make of the session, or why they sign for another, in {LEAST_LETTERS} "
                "characters at least: --because TEXT"
            )
        _sign(tx, number, told.row.fingerprint, signature, own, actor, now)
        return read(tx, number)


def _as_what(tx: Transaction, row: Any, instead_of: str) -> Signed:
    own = {row.supervisor_id: SUPERVISOR, row.practitioner_id: PRACTITIONER}.get(tx.viewer.id, HEAD)
    if not instead_of:
        return Signed(own)
    if instead_of not in (SUPERVISOR, PRACTITIONER):
        raise Mistyped(
            f"A head signs instead of the {SUPERVISOR} or the {PRACTITIONER}. Nothing was changed."
        )
    if own != HEAD:
        raise NotTheirs("Only the head signs for one of the two. Nothing was changed.")
    return Signed(HEAD, instead_of)


def _sign(
    tx: Transaction, number: int, fingerprint: str, signature: Signed, said: str, actor: Actor, now: datetime, *,
    action: str = SIGNED,
) -> None:  # fmt: skip
    tx.run(
        "add_supervision_signature", supervision_id=number, practitioner_id=tx.viewer.id, capacity=signature.capacity,
        instead_of=signature.instead_of, said=said or None, fingerprint=fingerprint, signed_at=now,
        case_ref=reference_of(number),
    )  # fmt: skip
    payload = {
        "session": number, "as": signature.capacity, "for": signature.instead_of, "fingerprint": fingerprint,
    }  # fmt: skip
    note_in(tx, actor.name, role_of(actor), action, payload, now)


def end_action(
    store: Store, number: int, *, outcome: str, on: date, why: str = "", actor: Actor, now: datetime, dry_run: bool = False
) -> Any:  # fmt: skip
    """Say that an action is done, or dropped and why; the action. `dry_run`: look whether it could be, keep nothing.

    Raises:
        NoSuchAction: there is no such action that is open and in sight.
        Mistyped: the day is still to come, or before the session, or a dropped one has no reason.
    """
    if on > local_day(now):
        raise Mistyped("That day is still to come. Give the day on which it was done: --on DATE")
    if outcome == DROPPED and not why.strip():
        raise Mistyped("Say why it is dropped: --because TEXT. Nothing was changed.")
    with writing(store, now, keep=not dry_run) as tx:
        row = tx.one("supervision_action", action_id=number, today=day_of_looking(tx))
        if row is None or row.ended_at is not None:
            raise NoSuchAction(number)
        if on < row.held_on:
            raise Mistyped(f"It was agreed on {words(row.held_on)}; the day it was done is not before that.")
        _end(tx, row, outcome, on, why, actor, now)
    return row


def actions(tx: Transaction, login: str = "", *, ended: bool = False) -> list[Any]:
    """Actions of the sessions that the viewer may read, by the day they are due; those that ended only if asked for."""
    found = tx.all("supervision_actions", login=login, today=day_of_looking(tx))
    return [each for each in found if ended or each.ended_at is None]


def read(tx: Transaction, number: int) -> Told:
    """One session.

    Raises:
        NoSuchSession: there is none of that number, or it is not the viewer's to read.
        SessionDestroyed: it is gone.
    """
    row = tx.one("supervision_by_id", supervision_id=number, today=day_of_looking(tx))
    if row is not None and row.destroyed_at is not None:
        raise SessionDestroyed(number, row.certificate)
    if row is None or row.body is None:
        raise NoSuchSession(number)
    cases = tx.all("cases_of_supervision", supervision_id=number, today=day_of_looking(tx))
    return _told(tx, row, tuple((each, _said_of(tx, each)) for each in cases))


def _said_of(tx: Transaction, row: Any) -> str | None:
    """What was said of a case; None where its content has been destroyed."""
    found = tx.one("said_in_supervision", reference=row.reference, seq=row.seq)
    return None if found is None or found.body is None else str(json.loads(found.body)["said"])


def _told(tx: Transaction, row: Any, cases: tuple[tuple[Any, str | None], ...] = ()) -> Told:
    agreed = tuple(tx.all("actions_of_supervision", supervision_id=row.id, today=day_of_looking(tx)))
    signatures = tuple(tx.all("signatures_of_supervision", supervision_id=row.id, today=day_of_looking(tx)))
    left = unsigned(
        row.kind, [Signed(each.capacity, each.instead_of) for each in signatures], head_present=bool(row.head_present)
    )  # fmt: skip
    stands = state(left, sum(each.ended_at is None for each in agreed))
    return Told(row, row.body or {}, cases, agreed, signatures, tuple(left), stands)


def sessions(tx: Transaction, login: str = "") -> list[Told]:
    """Every session that the viewer may read, newest first, without what was said of cases."""
    rows = tx.all("supervisions", login=login, today=day_of_looking(tx))
    return [_told(tx, row) for row in rows if row.destroyed_at is None]
