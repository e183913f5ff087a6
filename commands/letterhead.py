"""What every letter has, whoever it is for: who writes it, in the name of which office, on whose templates, in which form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from commands.desk import Desk, settings

PREVIEWED = "Nothing was kept."
FORMS = ("docx", "pdf")


def office() -> str:
    """The office that writes, as its letters call it: `office` under [letters] in the settings file."""
    return str(settings().get("letters", {}).get("office", ""))


def own_templates() -> Path | None:
    """The folder of the authority's own templates, where the settings file names one."""
    given = settings().get("letters", {}).get("templates")
    return Path(given) if given else None


def who_writes(desk: Desk) -> dict[str, Any]:
    """Who writes a letter and when, its office, and whose templates: what making one is told besides the recipient."""
    return {
        "actor": desk.actor, "now": desk.now, "office": office() or desk.options.get("authority", "").title(),
        "title": desk.title, "templates": own_templates(),
    }  # fmt: skip
