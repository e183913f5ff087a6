"""Are the backups in order? Asked by every list; the backups themselves are in `models/copies.py` and its neighbours."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.transaction import Transaction
from pathways.moments import local_day, words

BACKUP_HOURS, DRILL_HOURS = 26, 7 * 24
"""How old the last whole backup may be, and the last one that was opened and proved."""
A_CLOCK_SET_BACK = timedelta(hours=1)
"""What may seem to lie ahead without anything being wrong."""

_WANTED = (
    ("backup", BACKUP_HOURS, "There is no backup yet: pathways db backup", "Last backup: {}. Make one: pathways db backup"),
    ("drill", DRILL_HOURS, "No backup was ever tried: pathways db drill", "Backup last tried: {}. Too long ago: pathways db drill"),
)  # fmt: skip


def state_of(tx: Transaction, now: datetime) -> list[str]:
    """What is wrong with the backups, a sentence each; none where a whole one is fresh and was tried of late.

    A store without a case needs none.
    """
    if tx.one("any_case") is None:
        return []
    found = []
    for kind, hours, never, old in _WANTED:
        run = tx.one("last_whole_copy_run", kind=kind)
        if run is None:
            found.append(never)
        elif run.started_at - now > A_CLOCK_SET_BACK:
            found.append(
                f"The last {kind} bears a day still to come, {words(local_day(run.started_at))}: this computer's clock was "
                f"wrong then or is now. Set it right, then: pathways db {kind}"
            )
        elif (now - run.started_at).total_seconds() > hours * 3600:
            found.append(old.format(words(local_day(run.started_at))))
    return found
