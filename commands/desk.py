"""Where a command meets the rest: which store, what moment, who is at the keyboard, under which rules.

Order for the store: PATHWAYS_DATABASE_URL, then the settings file, then the file in PATHWAYS_HOME that `init` or
`demo` made. Who is at the keyboard is who the operating system says, never an option.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from models.clock import now as real_now
from models.place import PRACTICE, database_url, home, settings, sqlite_url
from models.store import Store, Viewer, open_store
from pathways.days import LONDON, Calendar, local_day
from pathways.errors import NotReady
from pathways.roles import Role

if TYPE_CHECKING:
    from models.queries import CaseView
    from pathways.clocks import Rules
    from pathways.engine import Actor

__all__ = ["CLEARED", "PRACTICE", "Desk", "database_url", "home", "moment_now", "settings", "sqlite_url"]

CLEARED = frozenset(("lado", "lado_manager"))
"""The roles that may see restricted cases."""


class Desk:
    """A command's working place over one store. Use as a context manager."""

    def __init__(self, url: str = "", *, check: bool = True) -> None:
        self.store: Store = open_store(url or database_url(), check=check)
        self._checked = check

    def __enter__(self) -> Desk:
        if self._checked:
            self.store.viewer = self._viewer
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    @cached_property
    def options(self) -> dict[str, str]:
        """The store's own settings."""
        with self.store.reading() as tx:
            return {row.name: row.value for row in tx.all("settings")}

    @property
    def practice(self) -> bool:
        """Whether the store holds invented cases only."""
        return self.options.get("practice") == "yes"

    @cached_property
    def now(self) -> datetime:
        """The present moment; in a practice store the one that its clock is fixed at."""
        fixed = self.options.get("clock")
        return datetime.fromisoformat(fixed) if fixed else real_now()

    @property
    def today(self) -> date:
        """The present day in London."""
        return local_day(self.now)

    def _calendar(self, since: int, until: int) -> Calendar:
        """The store's calendar, or the part of it that lies in these years."""
        first, last = self.options.get("calendar_first"), self.options.get("calendar_last")
        if not first or not last:
            raise NotReady(
                "No bank holidays are loaded, so no date can be worked out. Run: pathways days update"
            )
        with self.store.reading() as tx:
            days = {row.day: row.name for row in tx.all("bank_holidays")}
        first_year, last_year = max(int(first), since), min(int(last), until)
        if first_year > last_year:
            first_year, last_year = int(first), int(last)
        near = {day: name for day, name in days.items() if first_year <= day.year <= last_year}
        return Calendar(near, first_year, last_year, self.options.get("calendar_version", ""))

    def calendar_since(self, oldest: datetime | None) -> Calendar:
        """The calendar from a moment's year to next year: all that days late are counted with."""
        year = self.today.year
        return self._calendar(min(oldest.year, year) if oldest else year, year + 1)

    def case(self, typed: str) -> CaseView:
        """The case that was meant, with its person and running clocks.

        Raises:
            NoSuchCase, SeveralCases: nothing, or more than one case, fits what was typed.
        """
        from models.queries import case_view, reference_of

        with self.store.reading() as tx:
            return case_view(tx, reference_of(tx, typed))

    @cached_property
    def rules(self) -> Rules:
        """The authority's rules, the store's calendar, the authority's ways of counting."""
        from models.setup import rules_of

        return rules_of(self.store)

    @cached_property
    def login(self) -> str:
        """Who the operating system says is at the keyboard; in a practice store everybody is the same person."""
        if self.practice:
            return PRACTICE
        import getpass

        return getpass.getuser()

    @cached_property
    def _viewer(self) -> Viewer:
        row = self._practitioner
        clears = ",allegations," if self._held & CLEARED else ","
        return Viewer(row.id if row else 0, clears, self.now)

    @cached_property
    def _practitioner(self) -> Any:
        login = self.login
        with self.store.reading() as tx:
            return tx.one("practitioner_by_login", login=login)

    @cached_property
    def _held(self) -> frozenset[str]:
        """The roles that the practitioner at the keyboard holds today; none for somebody unknown."""
        row = self._practitioner
        if row is None or (row.to_on is not None and row.to_on < self.today):
            return frozenset()
        with self.store.reading() as tx:
            held = tx.all("roles_of_practitioner", practitioner_id=row.id, on=self.today)
        return frozenset(each.role for each in held)

    @cached_property
    def actor(self) -> Actor:
        """The practitioner at the keyboard, with the roles they hold today.

        Raises:
            NotReady: the store does not know them.
        """
        from pathways.engine import Actor

        row = self._practitioner
        if row is None or (row.to_on is not None and row.to_on < self.today):
            raise NotReady(
                f"These records do not know the login {self.login}. Ask the operator to add you: pathways init"
            )
        return Actor(row.login, frozenset(map(Role, self._held)))

    @cached_property
    def title(self) -> str:
        """What the actor is called on cases; empty where the store does not know them."""
        return self._practitioner.title if self._practitioner else ""

    @cached_property
    def team(self) -> str:
        """The actor's own team; empty where they have none."""
        return self._practitioner.team if self._practitioner else ""


def moment_now() -> datetime:
    """The present moment in London's zone, before any store is open."""
    return real_now().astimezone(LONDON)
