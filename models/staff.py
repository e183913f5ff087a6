"""The staff register read: who is at the keyboard, which roles they hold on a day, and which logins are one person's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models import compiled
from models.store import Store
from models.transaction import Transaction
from models.viewer import Viewer
from pathways.access import AUTHORITY
from pathways.errors import NOT_ALLOWED, PathwayError

MARK = "|"


class NotOnTheRegister(PathwayError):
    """Somebody may neither read nor write here. One argument: the sentence."""

    code = NOT_ALLOWED


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody on the register may do and see on a day."""

    row: Any
    roles: frozenset[str]
    clears: str
    circle: str

    def viewer(self, at: datetime) -> Viewer:
        """For whom queries are asked, at a moment."""
        return Viewer(self.row.id, self.clears, at, self.circle, self.row.login)


def login_of(store: Store) -> str:
    """Who is at the keyboard: the login of the database on PostgreSQL, of the operating system on SQLite."""
    if store.dialect == "postgresql":
        with store.reading() as tx:
            return str(tx.connection.execute("SELECT session_user::text").fetchone()[0])
    from models.place import system_login

    return system_login()


def standing(tx: Transaction, login: str, on: date) -> Standing:
    """What somebody may do and see on a day.

    Raises:
        NotOnTheRegister: the register does not know them, or not on that day, or they hold no role then.
    """
    row = tx.one("practitioner_by_login", login=login)
    if row is None:
        raise NotOnTheRegister(
            f"These records do not know the login {login}. Ask who looks after them to add you: pathways users add"
        )
    held = tx.all("roles_of_practitioner", practitioner_id=row.id, on=on)
    if row.from_on > on or (row.to_on is not None and row.to_on < on) or not held:
        raise NotOnTheRegister(
            f"The login {login} holds no role here today. Ask who looks after the records: pathways users role"
        )
    roles = frozenset(each.role for each in held)
    cleared = sorted(name for name, clearing in compiled.CLEARED.items() if roles & set(clearing))
    agencies = {each.agency or row.agency for each in held}
    teams = sorted({row.team, *(each.team for each in held)} - {""})
    circle = MARK.join(("", *(each for each in teams if MARK not in each), ""))
    return Standing(
        row,
        roles,
        ",".join(("", *cleared, "")) if cleared else ",",
        "*" if AUTHORITY in agencies else circle if len(circle) > 1 else MARK,
    )


def same_birth(birth: date | None, other: date | None) -> bool:
    """Whether two birth dates may be one person's: where both are known they agree."""
    return birth is None or other is None or birth == other


def _of_one(line: Any, other: Any) -> bool:
    """Whether two lines of the register are one human being's.

    By staff number where both have one, else by name and, where both are known, birth date.
    """
    if line.staff_number and other.staff_number:
        return bool(line.staff_number == other.staff_number)
    return bool(line.folded) and line.folded == other.folded and same_birth(line.birth_date, other.birth_date)


def are_one(tx: Transaction, login: str, other: str) -> bool:
    """Whether two logins are one person's, as far as the register can tell: nobody is two people by having two."""
    if login.casefold() == other.casefold():
        return True
    lines = [tx.one("practitioner_by_login", login=each) for each in (login, other)]
    return None not in lines and _of_one(*lines)


def with_their_other_logins(tx: Transaction, lines: Iterable[Any]) -> list[Any]:
    """Lines of the register, and every further line of the same people."""
    found = {each.id: each for each in lines}
    if found:
        for each in tx.all("staff_register"):
            if any(_of_one(each, line) for line in [*found.values()]):
                found.setdefault(each.id, each)
    return [*found.values()]
