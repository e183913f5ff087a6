"""Turn the statements into text for each database: `python -m models.build` rewrites `models/compiled.py`.

`python -m models.build --check` writes nothing and exits 1 when the file is stale.
"""

from __future__ import annotations

import pprint
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Date, LargeBinary
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import DDLElement
from sqlalchemy.types import TypeEngine

from models.statements import STATEMENTS
from models.types import Instant, JsonText, SealedJson, SealedText
from pathways import NAMES, pathway

COMPILED = Path(__file__).with_name("compiled.py")
MIGRATIONS = Path(__file__).with_name("migrations")
DIALECTS: dict[str, Any] = {
    "sqlite": sqlite.dialect(paramstyle="qmark"),
    "postgresql": postgresql.psycopg.dialect(paramstyle="format"),  # type: ignore[no-untyped-call]
}
KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Instant, "instant"),
    (SealedJson, "sealed_json"),
    (SealedText, "sealed_text"),
    (JsonText, "json"),
    (Date, "day"),
    (Boolean, "flag"),
    (LargeBinary, "bytes"),
)


def kind(of: Any) -> str:
    """How a value of this column type travels; see `models/prepared.py`."""
    return next((named for each, named in KINDS if isinstance(of, each)), "plain")


def compile_one(statement: Any, dialect: str) -> tuple[str, list[tuple[str, str]], list[tuple[str, str]]]:
    """The text of a statement, its values in order and its columns, each with how it travels."""
    made: Any = statement.compile(dialect=DIALECTS[dialect])
    if isinstance(statement, DDLElement):
        return " ".join(str(made).split()), [], []
    text, order = str(made), list(made.positiontup or ())
    constants = {
        each: bind.value for each, bind in made.binds.items() if not bind.required and bind.value is not None
    }
    text, order = _write_constants(text, order, constants, "?" if dialect == "sqlite" else "%s")
    if dialect == "sqlite" and len(set(order)) < len(order):
        text, order = _number(text, order)
    binds = [(each, kind(made.binds[each].type)) for each in order]
    columns = [(each.keyname, kind(each.type)) for each in made._result_columns]
    return " ".join(text.split()), binds, columns


def _write_constants(
    text: str, order: list[str], constants: dict[str, Any], mark: str
) -> tuple[str, list[str]]:
    """Write fixed values into the text, so that only what a caller gives is left to be given."""
    pieces = text.split(mark)
    if len(pieces) != len(order) + 1:
        raise ValueError(f"a mark that is no value: {text}")
    out, left = pieces[0], []
    for name, piece in zip(order, pieces[1:], strict=True):
        if name in constants:
            value = constants[name]
            out += f"'{value}'" if isinstance(value, str) else str(value)
        else:
            out += mark
            left.append(name)
        out += piece
    return out, left


def _number(text: str, order: list[str]) -> tuple[str, list[str]]:
    """Number the marks of a value that stands in several places, so that it is converted and given once."""
    once = list(dict.fromkeys(order))
    first, *pieces = text.split("?")
    marked = (f"?{once.index(name) + 1}{piece}" for name, piece in zip(order, pieces, strict=True))
    return first + "".join(marked), once


def head() -> str:
    """The newest revision of the migrations."""
    from alembic.script import ScriptDirectory

    found = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    return found or ""


def cleared() -> dict[str, tuple[str, ...]]:
    """For each restricted pathway the roles that clear for it, so that the gate need not load the definitions."""
    roles = {name: pathway(name).cleared for name in NAMES}
    return {name: tuple(role.value for role in held) for name, held in roles.items() if held}


def build() -> str:
    """The whole of `models/compiled.py`."""
    parts = [
        '"""Made by `python -m models.build` from models/statements/. Do not edit."""\n',
        "from __future__ import annotations\n",
        "Text = tuple[str, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]\n",
        f"HEAD = {head()!r}\n",
        f"CLEARED: dict[str, tuple[str, ...]] = {cleared()!r}\n",
    ]
    for dialect in DIALECTS:
        found = {}
        for name, statement in STATEMENTS.items():
            chosen = statement[dialect] if isinstance(statement, dict) else statement
            text, binds, columns = compile_one(chosen, dialect)
            found[name] = (text, tuple(binds), tuple(columns))
        parts.append(
            f"{dialect.upper()}: dict[str, Text] = {pprint.pformat(found, width=200, sort_dicts=True)}\n"
        )
    return "\n".join(parts)


def main() -> int:
    """Write the file, or check that it is fresh."""
    made = build()
    if "--check" in sys.argv[1:]:
        return 0 if COMPILED.read_text(encoding="utf-8") == made else 1
    COMPILED.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
