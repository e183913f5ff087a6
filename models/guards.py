"""What the database itself refuses: changing or deleting the trail, or writing it out of order.

The text stands here once. Migrations lay it down, and lay it down again whenever they rebuild a table, since
SQLite drops a table's triggers with the table; opening a store compares what is there with this list.
"""

from __future__ import annotations

APPEND_ONLY = ("trail", "trail_payload")


def _sqlite() -> dict[str, str]:
    found = {}
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            name = f"{table}_no_{verb.lower()}"
            found[name] = (
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END"
            )
    found["trail_in_order"] = (
        "CREATE TRIGGER trail_in_order BEFORE INSERT ON trail BEGIN "
        "SELECT RAISE(ABORT, 'the trail is written in order') WHERE NEW.seq <> 1 + "
        "COALESCE((SELECT MAX(seq) FROM trail WHERE case_ref = NEW.case_ref), 0); "
        "SELECT RAISE(ABORT, 'the entry does not follow the last one') WHERE NEW.seq > 1 AND NEW.prev <> "
        "(SELECT hash FROM trail WHERE case_ref = NEW.case_ref AND seq = NEW.seq - 1); "
        "SELECT RAISE(ABORT, 'UNIQUE: this has been written already') WHERE NEW.key IS NOT NULL AND EXISTS "
        "(SELECT 1 FROM trail WHERE key = NEW.key); END"
    )
    return found


def _postgresql() -> dict[str, str]:
    found = {}
    for table in APPEND_ONLY:
        for verbs, each, name in (
            ("UPDATE OR DELETE", "ROW", f"{table}_append_only"),
            ("TRUNCATE", "STATEMENT", f"{table}_no_truncate"),
        ):
            found[name] = (
                f"CREATE TRIGGER {name} BEFORE {verbs} ON {table} FOR EACH {each} "
                "EXECUTE FUNCTION pathways_append_only(); "
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"
            )
    return found


SQLITE = _sqlite()
POSTGRESQL = _postgresql()
POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION pathways_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$"
)


def statements(dialect: str) -> list[str]:
    """What lays every guard down anew, whatever is there."""
    if dialect == "sqlite":
        return [text for name, make in SQLITE.items() for text in (f"DROP TRIGGER IF EXISTS {name}", make)]
    made = [POSTGRESQL_FUNCTION]
    for name, make in POSTGRESQL.items():
        table = next(each for each in sorted(APPEND_ONLY, key=len, reverse=True) if name.startswith(each))
        made += [f"DROP TRIGGER IF EXISTS {name} ON {table}", *make.split("; ")]
    return made
