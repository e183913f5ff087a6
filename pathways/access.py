"""Who decides about who may see a case, and how an emergency opens one: a rule of ours, the same for every authority.

What is done with it stands in `models/access.py`; PostgreSQL's own wall (`models/row_security.py`) keeps to the same.
"""

from __future__ import annotations

from pathways.roles import Role

KEEPERS = frozenset(
    (
        Role.COORDINATOR,
        Role.TEAM_LEADER,
        Role.SERVICE_MANAGER,
        Role.SENIOR_OFFICER,
        Role.FRONT_DOOR_MANAGER,
        Role.CHAIR_MANAGER,
        Role.LINE_MANAGER,
    )
)
"""Who decides about cases of a pathway that is not restricted, and who keeps the staff register."""
GLASS_HOURS = 4
"""For how long breaking the glass lets somebody in."""
REASON_LETTERS = 10
"""Of the reason for it, at least."""
REVIEW_DAYS = 2
"""Working days within which the owner looks at why the glass was broken."""
