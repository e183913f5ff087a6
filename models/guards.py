"""What the database itself refuses: changing or deleting the trail, its checkpoints and tombstones, or writing out of order.

And what it notes by itself: that an entry was written, which no checkpoint covers yet.

The text stands here once. Migrations lay it down, and lay it down again whenever they rebuild a table, since
SQLite drops a table's triggers with the table; opening a store compares what is there with this list.
"""

from __future__ import annotations

from collections.abc import Collection

APPEND_ONLY = ("trail", "trail_payload", "checkpoint", "checkpoint_leaf", "tombstone")
IN_ORDER = "pathways_trail_in_order"
GREW = "pathways_trail_grew"
NEEDS = {"trail_grew": "uncovered"}
"""Guards that write into another table, and are not laid where that is not there."""


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
    found["trail_grew"] = (
        "CREATE TRIGGER trail_grew AFTER INSERT ON trail "
        "BEGIN INSERT INTO uncovered (case_ref) VALUES (NEW.case_ref); END"
    )
    # INSERT OR REPLACE takes away the row it clashes with, and no delete trigger fires for that unless the connection
    # asks for it. So a clash on any unique column is refused before.
    for table, clash in (
        ("trail_payload", "case_ref = NEW.case_ref AND seq = NEW.seq"),
        ("checkpoint", "id >= NEW.id AND NEW.id >= 0"),
        ("checkpoint_leaf", "checkpoint_id = NEW.checkpoint_id AND case_ref = NEW.case_ref"),
        ("tombstone", "case_ref = NEW.case_ref"),
    ):
        found[f"{table}_never_twice"] = (
            f"CREATE TRIGGER {table}_never_twice BEFORE INSERT ON {table} BEGIN "
            "SELECT RAISE(ABORT, 'UNIQUE: this has been written already') WHERE EXISTS "
            f"(SELECT 1 FROM {table} WHERE {clash}); END"
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
    found["trail_in_order"] = (
        "CREATE TRIGGER trail_in_order AFTER INSERT ON trail REFERENCING NEW TABLE AS fresh "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {IN_ORDER}(); "
        "ALTER TABLE trail ENABLE ALWAYS TRIGGER trail_in_order"
    )
    found["trail_grew"] = (
        "CREATE TRIGGER trail_grew AFTER INSERT ON trail REFERENCING NEW TABLE AS fresh "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {GREW}(); "
        "ALTER TABLE trail ENABLE ALWAYS TRIGGER trail_grew"
    )
    return found


SQLITE = _sqlite()
POSTGRESQL = _postgresql()
POSTGRESQL_FUNCTIONS = (
    "CREATE OR REPLACE FUNCTION pathways_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$",
    # Once for a statement, however many rows it writes: each entry is looked up behind the one it says it follows.
    # A plan made for few rows must not be kept for many, nor the other way round; one index look-up a row is never bad.
    f"CREATE OR REPLACE FUNCTION {IN_ORDER}() RETURNS trigger LANGUAGE plpgsql "
    "SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$ "
    "BEGIN IF EXISTS (SELECT 1 FROM fresh LEFT JOIN trail AS before ON before.case_ref = fresh.case_ref "
    "AND before.seq = fresh.seq - 1 WHERE fresh.seq < 1 OR "
    "(fresh.seq > 1 AND before.hash IS DISTINCT FROM fresh.prev)) "
    "THEN RAISE EXCEPTION 'the entry does not follow the last one'; END IF; RETURN NULL; END $$",
    f"CREATE OR REPLACE FUNCTION {GREW}() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "BEGIN INSERT INTO uncovered (case_ref) SELECT case_ref FROM fresh; RETURN NULL; END $$",
)


def statements(dialect: str, there: Collection[str] = (*APPEND_ONLY, *NEEDS.values())) -> list[str]:
    """What lays every guard down anew, whatever is there, on those of the tables that are `there`."""
    wanted = SQLITE if dialect == "sqlite" else POSTGRESQL
    made = [] if dialect == "sqlite" else list(POSTGRESQL_FUNCTIONS)
    for name, make in wanted.items():
        table = make.split(" ON ")[1].split()[0]
        if table in there:
            on = "" if dialect == "sqlite" else f" ON {table}"
            made.append(f"DROP TRIGGER IF EXISTS {name}{on}")
            if NEEDS.get(name, table) in there:
                made += [make] if not on else make.split("; ")
    return made


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_BODIES = ", ".join(_literal(each.split("$$")[1]) for each in POSTGRESQL_FUNCTIONS)
STANDING = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname::text FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
    f"WHERE NOT tgisinternal AND tgenabled = 'A' AND prosrc IN ({_BODIES})",
}
"""What a database has of guards that are in force: on SQLite their whole text, on PostgreSQL the names of those that are
enabled always and do what ours do."""


def missing(dialect: str, standing: Collection[str]) -> list[str]:
    """The guards that are not there, are switched off, or do something else; `standing` as `STANDING` gives it."""
    if dialect == "sqlite":
        return [name for name, text in SQLITE.items() if text not in standing]
    return [name for name in POSTGRESQL if name not in standing]
