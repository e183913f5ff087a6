"""`--as-at DATE`: a case as it was known at the end of a day that is over, which no later change alters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from commands.typed_dates import parse
from pathways.errors import Mistyped
from pathways.moments import local_day, words

if TYPE_CHECKING:
    from commands.desk import Desk
    from models.queries import CaseView


@dataclass(frozen=True, slots=True)
class KnownOn:
    """A day and the moment at which it was over. `so_far`: the day is today, and what is written in it still counts."""

    day: date
    until: datetime
    so_far: bool = False

    @property
    def last(self) -> datetime:
        """The last moment of the day."""
        return self.until - timedelta(microseconds=1)

    @property
    def line(self) -> str:
        """The line that says as of when the screen is."""
        return f"As known on {words(self.day)}{', so far' if self.so_far else ''}"

    def case(self, tx: Any, view: CaseView) -> CaseView:
        """The case as it was known then.

        Raises:
            NotWrittenYet: nobody had written it down by then.
        """
        from models.as_at import case_as_at

        return case_as_at(tx, view, self.day)

    def earlier_referral(self, tx: Any, view: CaseView) -> date | None:
        """An earlier referral of the person, as known then."""
        from models.as_at import earlier_referral_as_at

        return earlier_referral_as_at(tx, view, self.day)


def known_on(typed: str, desk: Desk) -> KnownOn:
    """The day that was typed.

    Raises:
        Mistyped: it is no day, or has not come.
    """
    from models.as_at import end_of_day

    day = local_day(parse(typed, now=desk.now, calendar=lambda: desk.rules.calendar))
    if day > desk.today:
        raise Mistyped(f"{words(day)} has not come: nothing was known on it yet. Give a day that is over.")
    return KnownOn(day, end_of_day(day), day == desk.today)
