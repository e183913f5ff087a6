"""Who decides about who may see a case, and how an emergency opens one: a rule of ours, the same for every authority.

`models/access.py` and `models/glass.py` go by it, and PostgreSQL's own wall (`models/row_security_functions.py`) too.
"""

from __future__ import annotations

from pathways.roles import Role

AUTHORITY = "local authority"
"""The agency whose people see every team's work; of any other they see their own team's and what names them."""
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
