"""Who leads a case, and which team: given by those who decide it, taken by a worker where nobody leads, handed over.

It is on the trail of each case, and no clock runs differently for it. Whoever is to lead a case must be allowed to see
it already: leading is no way round a restriction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar

from models.access import may_keep, note, quiet_draft, reason, role_of
from models.anchors import writing
from models.draft import Draft
from models.families import MAY_WRITE
from models.staff import MARK, NotOnTheRegister, standing
from models.store import Store
from models.transaction import Transaction
from pathways import NAMES, pathway
from pathways.days import local_day
from pathways.engine import Actor
from pathways.errors import NOT_ALLOWED, Mistyped, PathwayError
from pathways.trail import OWNER

GIVEN = f"{OWNER}given"
MOST = 500


class NotTheirsToGive(PathwayError):
    """Somebody does not decide who leads a case. One argument: the reference."""

    code: ClassVar[int] = NOT_ALLOWED

    def __str__(self) -> str:
        return (
            f"Who leads {self.args[0]} is decided by a manager or a coordinator; a worker takes a case that nobody "
            f"leads: pathways assign {self.args[0]} --take. Nothing was changed."
        )


class MayNotSee(PathwayError):
    """Somebody is to lead cases that they may not see. Arguments: the login, the references."""

    code: ClassVar[int] = NOT_ALLOWED

    def __str__(self) -> str:
        login, references = self.args
        return (
            f"{login} may not see {', '.join(references)}, so cannot lead it. Nothing was changed. "
            f"Who may: pathways access why {references[0]}"
        )


@dataclass(frozen=True, slots=True)
class Given:
    """A case as it was given: who led it before, who does now, in which team, and the line that proves it."""

    reference: str
    before: str
    lead: str
    team: str
    line: str


def give(
    store: Store,
    references: Sequence[str],
    to: str | None,
    *,
    actor: Actor,
    now: datetime,
    team: str | None = None,
    because: str = "",
    handover: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> list[Given]:
    """Let somebody lead these cases from now on; all of them, or none.

    Args:
        store: its viewer is the actor.
        references: the cases.
        to: the login of the new lead; None: nobody, until somebody of the team takes it.
        actor: who decides it.
        now: this moment, aware.
        team: the team that has it from now on; None: the same as before.
        because: why; may be empty.
        handover: what whoever leads from now on has to know, by reference; a case may have none.
        dry_run: look whether it could be done, keep nothing.

    Raises:
        NoSuchCase, NotTheirsToGive, MayNotSee, Mistyped: nothing was changed for any.
    """
    said = reason(because) if because else ""
    notes = {each: reason(text) for each, text in (handover or {}).items() if text.strip()}
    stray = next((each for each in notes if each not in references), None)
    if stray is not None:
        raise Mistyped(
            f"There is a hand-over note for {stray}, which is not handed over. Nothing was changed."
        )
    with writing(store, now, keep=not dry_run) as tx:
        if team is not None:
            known_team(tx, team, now)
        drafts = [quiet_draft(tx, each) for each in dict.fromkeys(references)]
        for each in drafts:
            _may_give(actor, each, to)
        if to is not None:
            _must_see(tx, to, drafts, team, now)
        return [_give(tx, each, to, team, said, notes.get(each.reference, ""), actor, now) for each in drafts]


def _give(
    tx: Transaction, draft: Draft, to: str | None, team: str | None, because: str, handover: str, actor: Actor, now: datetime
) -> Given:  # fmt: skip
    before = draft.lead or ""
    after = team if team is not None else draft.team
    if (before, draft.team) == (to or "", after):
        who = f"led by {before}" if before else f"with the {after} team, and nobody leads it"
        raise Mistyped(f"{draft.reference} is {who} already. Nothing was changed.")
    told: dict[str, Any] = {"lead": to, "before": before or None}
    told |= {"team": after, "team_before": draft.team} if after != draft.team else {}
    told |= {name: text for name, text in (("because", because), ("handover", handover)) if text}
    draft.lead, draft.team = to, after
    note(tx, draft, GIVEN, actor=actor.name, role=role_of(actor), now=now, **told)
    line = f"saved - entry {draft.seq} - {draft.head.hex()[:8]}"
    return Given(draft.reference, before, to or "", after, line)


def _may_give(actor: Actor, draft: Draft, to: str | None) -> None:
    """Refuse whoever does not decide it; a worker takes a case that nobody leads."""
    if not draft.is_open:
        raise Mistyped(f"{draft.reference} is closed, so nobody leads it. Nothing was changed.")
    takes = to == actor.name and not draft.lead and actor.roles & MAY_WRITE
    if not (may_keep(actor, draft.pathway.name) or takes):
        raise NotTheirsToGive(draft.reference)


def _must_see(tx: Transaction, login: str, drafts: Iterable[Draft], team: str | None, now: datetime) -> None:
    """Refuse somebody who is not here today, or who may not see one of the cases as they will be."""
    try:
        who = standing(tx, login, local_day(now))
    except NotOnTheRegister:
        raise Mistyped(
            f"{login} holds no role on the staff register today. Who is on it: pathways users list"
        ) from None
    viewer = who.viewer(now)
    if team and f"{MARK}{team}{MARK}" in viewer.circle:
        viewer = replace(viewer, circle="*")
    hidden = [
        each.reference
        for each in drafts
        if tx.one("case_by_reference", reference=each.reference, seen_by=viewer) is None
    ]
    if hidden:
        raise MayNotSee(login, tuple(hidden))


def known_team(tx: Transaction, team: str, now: datetime) -> None:
    """Refuse a team that nobody is of.

    Raises:
        Mistyped: there is none of that name; the nearest is named, or else all of them.
    """
    known = teams(tx, now)
    if team not in known:
        from difflib import get_close_matches

        near = get_close_matches(team, known, 1)
        meant = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(sorted(known))}."
        raise Mistyped(f"There is no team '{team[:40]}'. {meant}")


def teams(tx: Transaction, now: datetime) -> frozenset[str]:
    """The teams that cases are with: those of the pathways, and those of everybody at work today."""
    at_work = {row.team for row in tx.all("teams_at_work", on=local_day(now))}
    return frozenset({*(pathway(each).team for each in NAMES), *at_work} - {""})


def led_by(tx: Transaction, login: str, now: datetime) -> list[Any]:
    """The open cases that somebody leads, of those that the viewer may see.

    A case may name its lead by title, as a decision wrote it; that counts where nobody else at work has the title.
    """
    row = tx.one("practitioner_by_login", login=login)
    title = row.title if row is not None else ""
    today = local_day(now)
    others = [
        each
        for each in tx.all("staff_register")
        if each.login != login and each.title == title and (each.to_on is None or each.to_on >= today)
    ]
    return tx.all("cases_led_by", lead=login, title="" if others else title)


def unled(tx: Transaction, team: str = "") -> list[Any]:
    """Open cases that nobody leads, the longest open first, 500 at most; of those that the viewer may see."""
    return tx.all("cases_nobody_leads", team=team, most=MOST)
