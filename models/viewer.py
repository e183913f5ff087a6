"""For whom the records are asked. What somebody may not see is, for every query, as if it did not exist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Viewer:
    """For whom a query is asked, and at which moment.

    `id` is their number in the staff register (0: nobody), `clears` the restricted pathways that their roles clear
    them for, as `,allegations,` (`*`: everything, for the check and for proof). `circle` is whose work they see:
    `*` every team's, or a partner agency's own teams, as `|north school|`; `called` is their login, by which a case
    of another team may be led by them.
    """

    id: int = 0
    clears: str = ","
    at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    circle: str = "*"
    called: str = ""


NOBODY = Viewer()
ALL_SEEING = Viewer(clears="*")
