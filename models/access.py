"""Who decides about access to a case, and what every change of it shares: the entry on its trail, a reason.

Such an entry stands on the case's own trail and changes neither its state nor its version. Somebody who is kept out is
never let in again; whatever they ask, a case they may not see is a case that is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from models import compiled
from models.access_lists import lines_of
from models.anchors import writing
from models.draft import Draft
from models.draft_rows import NoSuchCase, write_draft
from models.store import Store
from models.transaction import Transaction
from models.viewer import ALL_SEEING, Viewer
from pathways import pathway
from pathways.access import KEEPERS
from pathways.engine import Actor
from pathways.errors import NOT_ALLOWED, Mistyped, PathwayError
from pathways.roles import Role


class NotTheirs(PathwayError):
    """Somebody's role does not let them do this. One argument: the sentence."""

    code: ClassVar[int] = NOT_ALLOWED


class KeptOut(PathwayError):
    """Somebody who is kept out cannot be let in. Arguments: the login, the reference."""

    def __str__(self) -> str:
        return f"{self.args[0]} is kept out of {self.args[1]} and cannot be let in. Nothing was changed."


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


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about who sees a case, in its own transaction: the case's row, who decides, when, and why in their words."""

    tx: Transaction
    row: Any
    actor: Actor
    now: datetime
    because: str

    def enter(self, action: str, **extra: Any) -> None:
        """Put it on the case's trail."""
        self._note(quiet_draft(self.tx, self.row.reference), action, extra)

    def enter_on(self, reference: str, action: str, **extra: Any) -> None:
        """Put it on the trail of a case of the same person, whether or not the one who decides sees that."""
        self._note(quiet_draft(self.tx, reference, seen_by=ALL_SEEING), action, extra)

    def _note(self, draft: Draft, action: str, extra: dict[str, Any]) -> None:
        note(
            self.tx, draft, action, actor=self.actor.name, role=role_of(self.actor), now=self.now, because=self.because,
            **extra,
        )  # fmt: skip

    def ask(self, kind: str, **details: Any) -> None:
        """Leave it for somebody else to agree to."""
        self.tx.run(
            "add_proposal", kind=kind, target=self.row.reference, details=details, because=self.because,
            asked_by=self.actor.name, asked_at=self.now, verdict="waiting", decided_by=None, decided_at=None,
            decided_because=None,
        )  # fmt: skip

    def answer(self, asked: Any, *, agreed: bool) -> None:
        """Agree to what somebody else asked for, or decline it."""
        self.tx.run(
            "decide_proposal", proposal_id=asked.id, verdict="agreed" if agreed else "declined",
            decided_by=self.actor.name, decided_at=self.now, decided_because=self.because,
        )  # fmt: skip

    def lines_of(self, who: int, *kinds: str) -> list[Any]:
        """The lines of these kinds that somebody stands on now, for the case or its person."""
        return lines_of(self.tx, self.row, who, kinds, self.now)

    def end(self, lines: Sequence[Any]) -> None:
        """End lines of a list."""
        for each in lines:
            self.tx.run("end_access", access_id=each.id, ended_at=self.now, ended_by=self.actor.name)


@contextmanager
def deciding(
    store: Store, reference: str, *, because: str, actor: Actor, now: datetime, keepers: bool = True
) -> Iterator[Decision]:
    """One transaction in which somebody decides who sees a case.

    Args:
        store: the records.
        reference: the case.
        because: why, in the actor's words.
        actor: who decides.
        now: this moment, aware.
        keepers: whether it is for those who decide about cases of this kind; else the caller looks who it is for.

    Raises:
        Mistyped: no reason is given.
        NoSuchCase: there is no such case, or the viewer may not see it.
        NotTheirs: who sees it is not for them to decide.
    """
    said = reason(because)
    with writing(store, now) as tx:
        row = seen_case(tx, reference)
        if keepers:
            must_keep(actor, row)
        yield Decision(tx, row, actor, now, said)


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
