"""Changing the settings file: one value at a time, checked by those who use it, everything else left as it was typed."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from models.place import home, refuse_place, settings, write_settings
from pathways.errors import Mistyped


class Known(NamedTuple):
    """A setting that can be set: what it is for, and whether it is text or a whole number."""

    says: str
    number: bool = False


KNOWN: dict[str, Known] = {
    "database.url": Known("where the records are: PostgreSQL's address, or a SQLite file's"),
    "backups.folder": Known("the folder that backups go to"),
    "letters.office": Known("the office that writes, as its letters call it"),
    "letters.templates": Known("the folder of letter templates of your own"),
    "conferences.slots_a_week": Known("how many conferences can be held in a week", number=True),
    "calendar.address": Known("where calendar files are fetched from, https://..."),
    "import.megabytes": Known("the largest census file that is read", number=True),
    "anchor_file": Known("the file on another computer that checkpoints are added to"),
    "mail.via": Known("how mail goes: smtp or none"),
    "mail.from": Known("the address that mail comes from"),
    "mail.operator": Known("the operator's address"),
    "mail.host": Known("the mail relay"),
    "mail.port": Known("the relay's port", number=True),
    "mail.security": Known("starttls, tls or none"),
    "mail.login": Known("the login at the relay; its password stands in PATHWAYS_MAIL_PASSWORD"),
}
BY_HAND = ("mail.agencies", "anchor_keys")
"""Settings that are lists or tables: written into the file by hand."""


def name_of(typed: str) -> str:
    """The setting that was meant.

    Raises:
        Mistyped: there is none of that name that can be set here; the nearest one is named.
    """
    said = typed.strip()
    if said in KNOWN:
        return said
    if said.startswith(BY_HAND):
        raise Mistyped(
            f"{said[:40]} is a list, and is written into the file by hand. Where it is: pathways config path"
        )
    if "password" in said.lower() or "passphrase" in said.lower():
        raise Mistyped(
            "A secret does not belong in the settings file, nor in the command history. Where it is looked for instead: "
            "pathways db key show-source; for mail, PATHWAYS_MAIL_PASSWORD"
        )
    from difflib import get_close_matches

    near = get_close_matches(said, KNOWN, 1)
    meant = f"Did you mean {near[0]}?" if near else "What can be set: pathways config set"
    raise Mistyped(f"There is no setting {said[:40]!r}. {meant}")


def value_of(name: str, typed: str) -> str | int:
    """The value as the file holds it.

    Raises:
        Mistyped: it is no whole number where one is needed, or holds what no line can hold.
    """
    said = typed.strip()
    if not said or not said.isprintable():
        raise Mistyped(f"{name} needs a value in one line. To take it out: pathways config unset {name}")
    if not KNOWN[name].number:
        return said
    if not re.fullmatch(r"[0-9]{1,6}", said):
        raise Mistyped(f"{name} is a whole number, such as 12.")
    return int(said)


def change(given: Mapping[str, str | int | None], *, dry_run: bool = False) -> bool:
    """Write these values (None: take it out) into the settings file; whether that changes anything.

    Everything is checked first by those who use it, as the file will be then.

    Raises:
        Mistyped: a value cannot be used, or the file is written so that only a person can change it.
    """
    before = settings()
    after = deepcopy(before)
    for name, value in given.items():
        _put(after, name.split("."), value)
    if after == before:
        return False
    _check(after, given)
    path = home() / "pathways.toml"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    for name, value in given.items():
        text = _rewritten(text, name, value)
    _must_say(text, after)
    if not dry_run:
        if not home().is_dir():
            raise Mistyped("There is no folder for settings yet. Set one up first: pathways init")
        write_settings(text)
    return True


def _put(found: dict[str, Any], parts: list[str], value: str | int | None) -> None:
    *tables, key = parts
    for each in tables:
        found = found.setdefault(each, {})
        if not isinstance(found, dict):
            raise Mistyped(f"In pathways.toml, {each} is no table. Mend that line.")
    if value is None:
        found.pop(key, None)
    else:
        found[key] = value


def _check(after: Mapping[str, Any], changed: Iterable[str]) -> None:
    """Let whoever uses a setting say whether it can be used.

    Raises:
        Mistyped, NotReady: it cannot.
    """
    checks: dict[str, Callable[[Mapping[str, Any]], None]] = {
        "database": _database, "backups": _folder("backups", "folder"), "letters": _folder("letters", "templates"),
        "conferences": _conferences, "calendar": _calendar, "import": _import, "anchor_file": _anchor_file, "mail": _mail,
    }  # fmt: skip
    for each in dict.fromkeys(name.partition(".")[0] for name in changed):
        checks[each](after)


def _database(after: Mapping[str, Any]) -> None:
    from models.connecting import sqlite_path

    url = after.get("database", {}).get("url", "")
    if url and urlsplit(url).password:
        raise Mistyped(
            "The address holds a password, which does not belong in the file. Give the address each time in "
            "PATHWAYS_DATABASE_URL."
        )
    path = sqlite_path(url) if url else None
    if path is not None:
        refuse_place(path)


def _folder(table: str, key: str) -> Callable[[Mapping[str, Any]], None]:
    def check(after: Mapping[str, Any]) -> None:
        given = after.get(table, {}).get(key)
        if given and not Path(given).is_dir():
            raise Mistyped(f"There is no folder {given}. Make it first, then set it.")

    return check


def _conferences(after: Mapping[str, Any]) -> None:
    from models.nearing import slots_a_week

    slots_a_week(after)


def _calendar(after: Mapping[str, Any]) -> None:
    given = after.get("calendar", {}).get("address", "")
    if given and not given.startswith(("https://", "http://")):
        raise Mistyped("calendar.address is a web address, such as https://files.example/calendars")


def _import(after: Mapping[str, Any]) -> None:
    from commands.import_ import MOST_MEGABYTES

    size = after.get("import", {}).get("megabytes", 1)
    if not 1 <= size <= MOST_MEGABYTES:
        raise Mistyped(f"import.megabytes is a whole number from 1 to {MOST_MEGABYTES:,}.")


def _anchor_file(after: Mapping[str, Any]) -> None:
    given = after.get("anchor_file")
    if given and not Path(given).expanduser().parent.is_dir():
        raise Mistyped(f"There is no folder {Path(given).parent}. Reach it first, then set the file.")


def _mail(after: Mapping[str, Any]) -> None:
    from models.mail import mail_of

    mail_of(after)


def _rewritten(text: str, name: str, value: str | int | None) -> str:
    """The file's text with one value put in, changed or taken out; comments and order stay."""
    table, _, key = name.rpartition(".")
    lines = text.splitlines()
    begins, ends = _part(lines, table)
    line = f"{key} = {_toml(value)}" if value is not None else None
    if begins is None:
        return "\n".join([*lines, *([""] if lines else []), f"[{table}]", line, ""]) if line else text
    here = re.compile(rf"\s*{re.escape(key)}\s*=")
    for place in range(begins, ends):
        if here.match(lines[place]):
            comment = re.search(r"\s+#[^\"']*$", lines[place])
            lines[place : place + 1] = [line + (comment[0] if comment else "")] if line else []
            break
    else:
        while ends > begins and not lines[ends - 1].strip():
            ends -= 1
        lines[ends:ends] = [line] if line else []
    return "\n".join(lines) + "\n"


def _part(lines: list[str], table: str) -> tuple[int | None, int]:
    """From where to where a table reaches; None where it is not there. The file begins with the table of no name."""
    heads = [place for place, line in enumerate(lines) if line.lstrip().startswith("[")]
    if not table:
        return 0, heads[0] if heads else len(lines)
    head = re.compile(rf"\s*\[\s*{re.escape(table)}\s*\]\s*(#.*)?$")
    begins = next((place for place in heads if head.match(lines[place])), None)
    if begins is None:
        return None, 0
    return begins + 1, next((place for place in heads if place > begins), len(lines))


def _toml(value: str | int) -> str:
    return json.dumps(value, ensure_ascii=False)  # a string that JSON writes, TOML reads


def _must_say(text: str, wanted: Mapping[str, Any]) -> None:
    """Refuse to write what would be read otherwise than meant: a file with inline tables, say."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        said = {}
    if _without_empty(said) != _without_empty(wanted):
        raise Mistyped(
            "The settings file is written in a way that only a person can change. Where it is: pathways config path"
        )


def _without_empty(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value != {}}


def from_environment(name: str) -> str:
    """The variable of the environment that goes before this setting, where it is set; empty where there is none."""
    variable = {"database.url": "PATHWAYS_DATABASE_URL", "anchor_file": "PATHWAYS_ANCHORS"}.get(name, "")
    return variable if variable and os.environ.get(variable) else ""
