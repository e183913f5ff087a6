"""Which store to work on: PATHWAYS_DATABASE_URL, then the settings file, then a file in our own folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pathways.errors import Mistyped

PRACTICE = "practice"


def home() -> Path:
    """The folder of our own files: PATHWAYS_HOME, or the operating system's place for them."""
    given = os.environ.get("PATHWAYS_HOME")
    if given:
        return Path(given)
    import platformdirs

    return Path(platformdirs.user_data_dir("pathways", appauthor=False))


def settings() -> dict[str, Any]:
    """What the settings file says; empty where there is none.

    Raises:
        Mistyped: the file cannot be read as TOML.
    """
    path = home() / "pathways.toml"
    if not path.exists():
        return {}
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Mistyped(f"The settings file pathways.toml cannot be read: {fault}. Mend that line.") from None


def sqlite_url(name: str) -> str:
    """The address of a SQLite file in our own folder."""
    return f"sqlite:///{(home() / f'{name}.db').absolute()}"


def database_url() -> str:
    """The address of the store to work on."""
    given = os.environ.get("PATHWAYS_DATABASE_URL") or settings().get("database", {}).get("url")
    if given:
        return str(given)
    if (home() / "pathways.db").exists():
        return sqlite_url("pathways")
    return sqlite_url(PRACTICE)
