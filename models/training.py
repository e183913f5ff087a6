"""Training of safeguarding leads: when each completed it, and when the next is due under the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.access import NotTheirs, role_of, somebody
from models.log_chain import note_in
from models.store import Store
from models.transaction import Transaction
from pathways.access import KEEPERS
from pathways.clocks import Rules
from pathways.days import Unit, local_day
from pathways.engine import Actor
from pathways.errors import Mistyped
from pathways.moments import add_months
from pathways.roles import Role
from pathways.rulebook import Force

RULE = "sup.dsl_training"
LEADS = (Role.DSL, Role.DEPUTY_DSL)
MAY_ADD = KEEPERS | {Role.HEADTEACHER, Role.CHAIR_OF_GOVERNORS}


@dataclass(frozen=True, slots=True)
class Trained:
    """A safeguarding lead: their login, when they were last trained, when the next is due. None: never, so it is due now."""

    login: str
    title: str
    role: str
    last_on: date | None
    due_on: date | None
    statutory: bool

    def late(self, today: date) -> bool:
        """Whether the day has passed, or there was no training at all."""
        return self.due_on is None or self.due_on < today


def completed(store: Store, login: str, on: date, *, actor: Actor, now: datetime) -> None:
    """Write down that somebody completed the training; on the own chain of whoever writes it, too.

    Raises:
        NotTheirs: it is not theirs to write.
        Mistyped: the day is still to come, is written already, or the register does not know the login.
    """
    if not actor.roles & MAY_ADD:
        whose = ", ".join(sorted(each.label for each in MAY_ADD))
        raise NotTheirs(f"Training is written down by: {whose}. Nothing was changed.")
    if on > local_day(now):
        raise Mistyped("The training is still to come. Give the day on which it was completed: --on DATE")
    with store.writing() as tx:
        who = somebody(tx, login)
        if tx.one("training_on", practitioner_id=who.id, on=on) is not None:
            raise Mistyped(f"That training of {login} is written down already. Nothing was changed.")
        tx.run("add_training", practitioner_id=who.id, completed_on=on, by_login=actor.name, recorded_at=now)
        role = role_of(actor)
        note_in(tx, actor.name, role, "training", {"who": login, "on": on.isoformat()}, now)


def due(tx: Transaction, rules: Rules, today: date) -> list[Trained]:
    """Every safeguarding lead of today with their next training, those without any first, then by date."""
    last = {row.practitioner_id: row.completed_on for row in tx.all("last_trainings", on=today)}
    found: dict[int, Trained] = {}
    for row in tx.all("holders_of_roles", roles=f",{','.join(LEADS)},", on=today):
        found.setdefault(row.id, _next(row, last.get(row.id), rules, today))
    return sorted(found.values(), key=lambda each: (each.due_on or date.min, each.login))


def _next(row: Any, last_on: date | None, rules: Rules, today: date) -> Trained:
    edition = rules.rulebook.edition(RULE, last_on or today, today)
    statutory = edition.force is Force.STATUTORY
    due_on = None
    if last_on is not None:
        # Months are counted without the calendar of holidays, which may not reach that far.
        due_on = (
            add_months(last_on, edition.amount)
            if edition.unit is Unit.MONTH
            else local_day(rules.due(edition, last_on.isoformat()).due)
        )
    return Trained(row.login, row.title, Role(row.role).label, last_on, due_on, statutory)
