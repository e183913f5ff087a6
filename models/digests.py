"""The morning's message: what is late and due of what somebody may see, counted. One a person and day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from models.anchors import latest
from models.notices import DAY_BEGINS, Addressee, addressees, notice, queue
from models.queries import count_work, filters
from models.staff import standing
from models.store import Store
from models.supervision_due import overdue
from models.transaction import Transaction
from pathways.clocks import Rules, start_of_day
from pathways.moments import LONDON, local_day, words
from pathways.roles import Role

KEEP_ANCHORS = frozenset((Role.SERVICE_MANAGER, Role.SENIOR_OFFICER, Role.RECORDS_OFFICER))
"""Whose digest carries the code of the newest checkpoint: lodged with several people, it cannot be made to fit."""
SOON = 5
"""Working days that a digest looks ahead."""


def queue_digests(store: Store, rules: Rules, now: datetime) -> int:
    """Queue today's digest for everybody who has something late or due; how many are new.

    It counts only what the person may see: their own cases, and those of their teams.
    """
    today = local_day(now)
    at_seven = datetime.combine(today, DAY_BEGINS, tzinfo=LONDON)
    queued: list[dict[str, Any]] = []
    sealed = latest(store)
    with store.reading() as tx:
        for person in addressees(tx, today):
            tx.viewer = standing(tx, person.login, today).viewer(now)
            body = _digest(tx, person, rules, now, sealed)
            if body:
                queued.append(
                    notice(f"digest/{person.id}/{today}", "digest", person.id, digest_subject(today), body, now, at_seven)
                )  # fmt: skip
    return queue(store, queued)


def digest_subject(on: date) -> str:
    """What a day's digest is called."""
    return f"Your cases on {words(on)}"


def digest_of(store: Store, login: str, rules: Rules, now: datetime) -> tuple[str, bool]:
    """The digest of whoever the store is read for, as it would be written now, and whether they have an address.

    The text is empty where nothing of theirs is late or due.
    """
    today = local_day(now)
    sealed = latest(store)
    with store.reading() as tx:
        there = standing(tx, login, today)
        person = Addressee(there.row.id, there.row.login, there.row.title)
        for row in tx.all("roles_of_practitioner", practitioner_id=there.row.id, on=today):
            person.roles[row.role].add(row.team)
        reached = any(each.id == person.id for each in addressees(tx, today))
        return _digest(tx, person, rules, now, sealed), reached


def _digest(tx: Transaction, person: Addressee, rules: Rules, now: datetime, sealed: Any) -> str:
    """What somebody is told in the morning, of what the transaction's viewer may see; empty where there is nothing."""
    today = local_day(now)
    tonight = start_of_day(today + timedelta(days=1)) - timedelta(seconds=1)
    until = start_of_day(rules.calendar.add_working_days(today, SOON) + timedelta(days=1))
    lines = []
    scopes = [("Yours", filters(lead=person.login, title=person.title))]
    scopes += [(f"Team {team}", filters(team=team)) for team in person.teams()]
    for called, narrowed in scopes:
        found = count_work(tx, now, tonight, until, narrowed)
        if found.work:
            soon = found.work - found.late - found.today
            lines.append(f"{called}: {found.late} late, {found.today} due today, {soon} due soon.")
    if lines:
        lines += ["", "List them: pathways worklist"]
    if said := overdue(tx).said:
        lines += [*([""] if lines else []), said, "Whose, and since when: pathways supervision due"]
    if sealed and person.roles.keys() & KEEP_ANCHORS:
        lines += ["", f"The record as of {words(local_day(sealed.anchor.at))} has the code {sealed.anchor.code}.",
                  "Keep this line. To check against it: pathways audit verify --anchor CODE"]  # fmt: skip
    return "\n".join(lines).strip()
