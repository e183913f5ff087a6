"""Today at a glance: what a bare `pathways` prints."""

from __future__ import annotations

from datetime import timedelta

from commands import screen
from commands.desk import Desk
from commands.spoken import Urgency, full_day, marked, midnight, plural, short_day
from commands.worklist import checked, end_of, last_moment, narrow
from models.queries import count_work
from pathways.practice_mark import BANNER


def today_at_a_glance() -> None:
    """Print three counts and what to type next."""
    with Desk() as desk:
        friday = end_of("week", "", desk)
        assert friday is not None
        narrowed = narrow(desk, team="")
        tonight = midnight(desk.today + timedelta(days=1)) - timedelta(seconds=1)
        through = last_moment(friday, desk.calendar_since(None))
        with desk.store.reading() as tx:
            counts = count_work(tx, desk.now, tonight, through, narrowed)
        late = ""
        if counts.late and counts.oldest is not None:
            urgency = Urgency(desk.now, lambda: desk.calendar_since(counts.oldest))
            days = urgency.days_late(counts.oldest)
            late = f"oldest: {plural(days, 'working day')}" if days else "oldest: under a day"
        banner = BANNER if desk.practice else ""
        whose = f"{narrowed['team'].capitalize()} team" if narrowed["team"] else "Your work"
        heading = f"{full_day(desk.today):<44}{whose}"
        week = max(counts.work - counts.late - counts.today, 0)
        lines = [
            screen.two_ends(heading, banner),
            "",
            f"  {marked('LATE', 11)} {counts.late:>3}   {late}".rstrip(),
            f"  {marked('TODAY', 11)} {counts.today:>3}",
            f"  {'THIS WEEK':<11} {week:>3}   to Friday {short_day(friday, desk.today)}",
            "",
            "Next: pathways worklist       For everything else: pathways help",
            *checked(desk),
        ]
        for line in lines:
            screen.say(line)
