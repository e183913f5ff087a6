"""Where a command meets the rest: which store, what moment, who is at the keyboard, under which rules.

Order for the store: PATHWAYS_DATABASE_URL, then the settings file, then the file in PATHWAYS_HOME that `init` or
`demo` made. Who is at the keyboard is who the operating system says, or the database that they logged in to, and
never an option; somebody whom the staff register does not know is shown nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from models.clock import now as real_now
from models.place import PRACTICE, database_url, home, settings, sqlite_url
from models.staff import Standing, login_of, standing
from models.store import Store, open_store
from pathways.days import LONDON, Calendar, local_day
from pathways.errors import NotReady
from pathways.practice_mark import MARK
from pathways.roles import Role

if TYPE_CHECKING:
    from models.queries import CaseView
    from pathways.clocks import Rules
    from pathways.engine import Actor

__all__ = ["PRACTICE", "Desk", "database_url", "home", "moment_now", "settings", "sqlite_url"]

LOOKED = "RESTRICTED. This look has been recorded."
NO_CHECKPOINT = (
    "What was written is saved, but no checkpoint could be made over it. Run pathways doctor; then, or overnight, it is "
    "made: pathways audit anchor"
)


class OnTheDesk(Protocol):
    """What lies on a desk while a command runs, as `commands.forms.Form`."""

    number: int | None
    finished: bool

    def keep(self) -> None:
        """Save what there is of it so far."""

    def close(self, fault: BaseException | None) -> None:
        """The desk closes, for this fault or for none."""


class Desk:
    """A command's working place over one store. Use as a context manager."""

    in_use: ClassVar[Desk | None] = None
    """The desk of the command that runs, once it is known who sits there."""
    checkpoint_owed: ClassVar[bool] = False
    """Whether the command that runs has written what a checkpoint was due over, and none could be made."""

    def __init__(self, url: str = "", *, check: bool = True) -> None:
        self.store: Store = open_store(url or database_url(), check=check)
        self._checked = check
        self.form: OnTheDesk | None = None
        self.named: dict[str, str] = {}
        """What was typed for each case, with the whole reference that it stands for."""

    def __enter__(self) -> Desk:
        """Ask for whoever is at the keyboard from here on.

        Raises:
            NotOnTheRegister: they may not even read here.
        """
        if self.store.unencrypted:
            from commands import screen

            screen.complain("NOT ENCRYPTED: these records are for made-up data only.")
        if self._checked:
            try:
                self.store.viewer = self._standing.viewer(self.now)
            except BaseException:
                self.store.close()
                raise
            Desk.in_use = self
        return self

    def __exit__(self, _: object, fault: BaseException | None, __: object) -> None:
        Desk.in_use = None
        try:
            if self.form is not None:
                self.form.close(fault)
        finally:
            Desk.checkpoint_owed |= self.store.checkpoint_owed
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

    @property
    def mark(self) -> str:
        """What a paper bears that leaves this store: that its cases are invented; empty where they are not."""
        return MARK if self.practice else ""

    @cached_property
    def now(self) -> datetime:
        """The present moment; in a practice store the one that its clock is fixed at."""
        fixed = self.options.get("clock")
        return datetime.fromisoformat(fixed) if fixed else real_now()

    @property
    def today(self) -> date:
        """The present day in London."""
        return local_day(self.now)

    def _calendar(self, since: int, until: int, known_by: datetime | None = None) -> Calendar:
        """The store's calendar, or the part of it that lies in these years; `known_by`: as it was known at that moment."""
        first, last = self.options.get("calendar_first"), self.options.get("calendar_last")
        if not first or not last:
            raise NotReady(
                "No bank holidays are loaded, so no date can be worked out. Run: pathways days update"
            )
        with self.store.reading() as tx:
            days = {row.day: row.name for row in tx.all("bank_holidays")}
        if known_by is not None:
            from models.setup import not_known_by

            added, year = not_known_by(self.options, known_by)
            days = {day: name for day, name in days.items() if day not in added}
            last = str(year or last)
        first_year, last_year = max(int(first), since), min(int(last), until)
        if first_year > last_year:
            first_year, last_year = int(first), int(last)
        near = {day: name for day, name in days.items() if first_year <= day.year <= last_year}
        return Calendar(near, first_year, last_year, self.options.get("calendar_version", ""))

    def calendar_since(self, oldest: datetime | None, *, known_by: datetime | None = None) -> Calendar:
        """The calendar from a moment's year to next year: all that days late are counted with.

        `known_by`: as it was known at that moment, for what a screen said then.
        """
        year = local_day(known_by).year if known_by else self.today.year
        return self._calendar(min(oldest.year, year) if oldest else year, year + 1, known_by)

    def case(self, typed: str) -> CaseView:
        """The case that was meant, with its person and running clocks.

        Raises:
            NoSuchCase, SeveralCases: nothing, or more than one case, fits what was typed.
        """
        from models.queries import case_view, reference_of

        with self.store.reading() as tx:
            found = case_view(tx, reference_of(tx, typed))
        self.named[typed] = found.reference
        return found

    @cached_property
    def rules(self) -> Rules:
        """The authority's rules, the store's calendar, the authority's ways of counting."""
        from models.setup import rules_of

        return rules_of(self.store)

    def looked(self, view: CaseView, *, names: bool = False, as_json: bool = False) -> None:
        """Record a look at a restricted case, or at somebody's full name, before any of it is shown.

        Raises:
            NotReady, NotProven: it cannot be recorded, so there is no look.
        """
        if not (view.row.restricted or names):
            return
        from models.access import look

        look(self.store, view.reference, actor=self.actor, now=self.now, names=names)
        if view.row.restricted:
            from commands import screen

            (screen.complain if as_json else screen.say)(LOOKED)

    def noted(self, action: str, payload: Mapping[str, Any]) -> str:
        """Put on the own chain of whoever is at the keyboard what they did that belongs to no one case.

        Args:
            action: as `export`, `search`, `looked`.
            payload: what more there is to it.

        Returns:
            The line that proves the write: entry and code.

        Raises:
            NotOnTheRegister: the store does not know them.
        """
        from models.log_chain import note

        role = min(self.actor.roles, default="")
        return note(self.store, self.actor.name, role, action, payload, self.now)

    @cached_property
    def login(self) -> str:
        """Who is at the keyboard; in a practice store everybody is the same person."""
        return PRACTICE if self.practice else login_of(self.store)

    @cached_property
    def _standing(self) -> Standing:
        login = self.login
        with self.store.reading() as tx:
            return standing(tx, login, self.today)

    @cached_property
    def actor(self) -> Actor:
        """The practitioner at the keyboard, with the roles they hold today.

        Raises:
            NotOnTheRegister: the store does not know them.
        """
        from pathways.engine import Actor

        return Actor(self._standing.row.login, frozenset(map(Role, self._standing.roles)))

    @property
    def title(self) -> str:
        """What the actor is called on cases."""
        return str(self._standing.row.title)

    @property
    def team(self) -> str:
        """The actor's own team; empty where they have none."""
        return str(self._standing.row.team)


def tell() -> None:
    """Say, once a command has said all else, that a checkpoint is owed over what it wrote."""
    owed, Desk.checkpoint_owed = Desk.checkpoint_owed, False
    if owed:
        from commands import screen

        screen.complain(NO_CHECKPOINT)


def moment_now() -> datetime:
    """The present moment in London's zone, before any store is open."""
    return real_now().astimezone(LONDON)
