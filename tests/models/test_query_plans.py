"""No everyday query reads a whole table: the plans that SQLite makes, without statistics and with those of a full store,
and those that PostgreSQL makes where reading a whole table is the dearest way there is.
"""

from __future__ import annotations

import re
import sqlite3
from itertools import count

import psycopg
import pytest

from models import compiled
from models.schema import upgrade

# What is there to read everything, or reads tables that stay small however many cases there are.
WHOLE = {
    "whole_trail", "every_case_state", "every_record_print", "every_document", "every_deadline", "editions_in_use", "cases_off_their_trail",
    "settings", "bank_holidays", "check_runs", "parked_cases", "parked_ids", "import_runs", "unused_of_import",
    "clear_bank_holidays",
    "every_chain", "grown_chains", "every_leaf", "every_leaf_by_chain", "every_checkpoint", "every_tombstone", "hidden_cases", "practitioner_ids",
    "chain_ends", "last_moment", "pages_destroyed",  # for backups
    "listed_cases", "concerns_since",  # the safeguarding lead's lists, of everything there is
    "count_open_facts",  # before an upgrade, in doctor, and once for a copy that was opened
    "count_without_page_keys",  # before an upgrade and in doctor
    "cases_without_page_keys",  # where an upgrade or a restore seals what is there
    "clocks_half_stopped", "cases_on_another_pathway", "cases_of_another_person", "cases_without_an_episode", "cases_less_shut_than_said", "people_less_shut_than_said",
    "cases_without_a_person",  # the proof
    "perhaps_due",  # the list of files to review, made when a records officer asks
    "any_case",  # stops at the first row
    "count_due_seen",  # counts what is due, which may be most of what there is, once after a long gap
    "feed_deadlines", "feed_meetings",  # a team's calendar, made when it is published
}  # fmt: skip
WHOLE |= {
    name for name in compiled.SQLITE if name.startswith("wall_")
}  # the managers' pages, made twice a day
LARGE = (
    "pathway_case", "deadline", "trail", "trail_payload", "record", "person", "person_name", "person_address",
    "person_identifier", "person_characteristic", "relationship", "household_member", "episode", "outbox", "meeting_case",
    "person_link", "meeting_person",
)  # fmt: skip
BY_INDEX = {
    "count_open_cases": "ix_pathway_case_open",
    "cases_led_by": "ix_pathway_case_open",
    "cases_nobody_leads": "ix_pathway_case_open",
    "cases_without_lead": "ix_pathway_case_open",
    "open_conferences": "ix_pathway_case_open",
    "count_all_work": "ix_pathway_case_guarded",
    "births_awaited": "ix_person_expected",
    "deaths_behind_the_wall": "ix_outbox_deaths",
    "second_records_untold": "ix_person_identifier_again ix_outbox_second_records",
    "tonight": "ix_person_expected ix_outbox_deaths ix_person_identifier_again",
    **dict.fromkeys(("count_cases_on_board", "count_restricted_on_board"), "ix_pathway_case_open"),
    **dict.fromkeys(
        ("messages_to_relay", "count_waiting_messages", "withhold_messages"), "ix_outbox_waiting"
    ),
}
"""What goes through all that an index of a few holds: open or guarded cases counted, messages not yet delivered."""

FULL = {
    "pathway_case": 1_000_000, "deadline": 4_000_000, "trail": 8_000_000, "trail_payload": 6_000_000, "record": 4_000_000,
    "person": 1_000_000, "person_name": 1_000_000, "episode": 1_000_000, "outbox": 8_000_000, "ix_outbox_waiting": 1_000,
    "ix_pathway_case_guarded": 20_000, "ix_person_expected": 2_000, "ix_outbox_deaths": 2_000,
    "ix_outbox_second_records": 200, "ix_person_identifier_again": 200,
}  # fmt: skip
ALIKE = {
    "ix_deadline_work": (3_300_000, 20_000, 1, 1, 1, 1), "ix_deadline_look_at": (1_700_000, 20_000, 1), "ix_deadline_case": (4_000_000, 5, 2),
    "ix_pathway_case_open": (1_000_000, 60_000, 28_000),
    "ix_pathway_case_team": (1_000_000, 330), "ix_pathway_case_lead": (1_000_000, 33), "ix_pathway_case_person": (1_000_000, 1, 1),
    "ix_pathway_case_episode_id": (1_000_000, 1), "ix_person_birth_date": (1_000_000, 150), "ix_person_name_folded": (1_000_000, 120),
    "ix_person_name_sounds_folded": (1_000_000, 3_600, 120), "ix_person_name_person_id": (1_000_000, 1),
    "uq_record_case_page": (4_000_000, 4, 1), "ix_episode_person_opened": (1_000_000, 1, 1),
    "sqlite_autoindex_trail_2": (8_000_000, 3), "trail": (8_000_000, 8, 1), "trail_payload": (6_000_000, 5, 1),
}  # fmt: skip
"""How many rows there are, and how many are alike in an index's first columns: as ANALYZE finds it in the benchmark's store,
for a million cases; of teams and workers, which are few there, England's: 3,000 teams and 30,000 workers.
"""


def indices_of(name):
    """The indices of which a statement may go through all."""
    return BY_INDEX.get(name, "").split()


@pytest.fixture(scope="module", params=["no statistics", "a million cases"])
def database(request, empty_sqlite):
    connection = sqlite3.connect(f"file:{empty_sqlite}?mode=ro", uri=True)
    copy = sqlite3.connect(":memory:")
    connection.backup(copy)
    connection.close()
    if request.param == "a million cases":
        copy.execute("ANALYZE sqlite_master")
        for table, name in copy.execute(
            "SELECT tbl_name, name FROM sqlite_master WHERE type = 'index'"
        ).fetchall():
            if name in ALIKE:
                continue
            rows = FULL.get(name) or FULL.get(table, 100_000)
            columns = len(copy.execute(f"PRAGMA index_info('{name}')").fetchall())
            unique = name.startswith(("uq_", "pk_", "sqlite_autoindex"))
            each = [
                max(1, 1 if unique and place == columns - 1 else 4 ** (columns - place))
                for place in range(columns)
            ]
            found = " ".join(map(str, [rows, *each]))
            copy.execute("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", [table, name, found])
        for name, found in ALIKE.items():  # a table without numbered rows goes by its own name
            there = "SELECT tbl_name FROM sqlite_master WHERE name = ?"
            ((table,),) = copy.execute(there, [name]).fetchall()
            copy.execute(
                "INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", [table, name, " ".join(map(str, found))]
            )
        copy.execute("ANALYZE sqlite_master")
    yield copy
    copy.close()


@pytest.mark.parametrize("name", sorted(compiled.SQLITE))
def test_no_everyday_query_reads_a_whole_table(database, name):
    text, binds, _ = compiled.SQLITE[name]
    if name in WHOLE or not text.startswith(("SELECT", "UPDATE", "DELETE", "INSERT")):
        return
    plan = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {text}", [None] * len(binds))]
    scans = [step for step in plan if (found := re.match(r"SCAN (\w+)", step)) and found[1] in LARGE]
    allowed = [step for step in scans if "USING" in step and step.split()[-1] in indices_of(name)]
    assert scans == allowed, plan


def test_work_is_counted_without_a_row_of_any_clock_or_case(database):
    text, binds, _ = compiled.SQLITE["count_all_work"]
    steps = [
        row[3]
        for row in database.execute(f"EXPLAIN QUERY PLAN {text}", [None] * len(binds))
        if "access" not in row[3] and "SUBQUERY" not in row[3]
    ]
    assert steps == [
        "SEARCH deadline USING COVERING INDEX ix_deadline_work (due_at<?)",
        "SCAN pathway_case USING COVERING INDEX ix_pathway_case_guarded",
    ]


def test_the_list_of_exceptions_names_statements_that_there_are():
    assert compiled.SQLITE.keys() >= WHOLE | BY_INDEX.keys()


SETTINGS = (
    "enable_seqscan = off", "enable_hashjoin = off", "enable_mergejoin = off",  # two whole indices side by side
    "plan_cache_mode = force_generic_plan", "jit = off",
)  # fmt: skip
EACH = {
    "int4": "row", "int8": "row", "text": "'a' || row", "varchar": "'a' || row", "bool": "row % 2 = 0", "bytea": "''", "jsonb": "'{}'",
    "date": "date '2020-01-01' + row % 900", "timestamptz": "timestamptz '2020-01-01' + row * interval '1 hour'",
}  # fmt: skip
"""The value of a column in the row of a number, by the column's type; half are empty where that may be."""


@pytest.fixture(scope="module")
def server(postgres_cluster):
    """A store on PostgreSQL that takes each large table for a million rows, all different, and would not read them all."""
    migrated = postgres_cluster.template("migrated", fill=upgrade)
    with (
        postgres_cluster.database(migrated) as url,
        psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection,
    ):
        for setting in SETTINGS:
            connection.execute(f"SET {setting}")
        checks = "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0"
        for table, name in connection.execute(checks).fetchall():
            connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for table in (*LARGE, "meeting"):
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
            told = connection.execute(
                "SELECT column_name, udt_name, is_nullable FROM information_schema.columns WHERE table_name = %s",
                [table],
            )
            given = {
                column: f"CASE WHEN row % 2 = 0 THEN {EACH[kind]} END" if empty == "YES" else EACH[kind]
                for column, kind, empty in told
            }
            connection.execute(
                f"INSERT INTO {table} ({', '.join(given)}) OVERRIDING SYSTEM VALUE "
                f"SELECT {', '.join(given.values())} FROM generate_series(1, 1000) AS row"
            )
            connection.execute(f"ANALYZE {table}")
        connection.execute(
            "UPDATE pg_class SET reltuples = 1000000 WHERE oid IN (SELECT unnest(ARRAY[indrelid, indexrelid]) "
            "FROM pg_index WHERE indrelid = ANY (%s::regclass[]))",
            [[*LARGE]],
        )
        yield connection


def plan_of(server, text, binds):
    """The plan's steps, made before anybody knows what is asked for."""
    places = count(1)
    numbered = re.sub("%[s%]", lambda found: f"${next(places)}" if found[0] == "%s" else "%", text)
    server.execute(f"PREPARE asked AS {numbered}")
    given = f"({', '.join(['NULL'] * len(binds))})" if binds else ""
    ((plan,),) = server.execute(f"EXPLAIN (FORMAT JSON) EXECUTE asked{given}").fetchone()
    server.execute("DEALLOCATE asked")
    steps = [plan["Plan"]]
    for step in steps:
        steps += step.get("Plans", ())
    return steps


def reads_whole(step, tables=LARGE):
    """Whether a step goes through all of a large table, or of an index of it."""
    reads = "Scan" in step["Node Type"] and step.get("Relation Name") in tables
    return reads and not step.keys() & {"Index Cond", "Recheck Cond", "TID Cond"}


def test_no_everyday_query_on_postgresql_has_to_read_a_whole_table(server):
    found = {}
    for name, (text, binds, _) in compiled.POSTGRESQL.items():
        if name in WHOLE or not text.startswith(("SELECT", "UPDATE", "DELETE", "INSERT")):
            continue
        whole = [step for step in plan_of(server, text, binds) if reads_whole(step)]
        read = {(step["Relation Name"], step.get("Index Name")) for step in whole}
        if read := {each for each in read if each[1] not in indices_of(name)}:
            found[name] = sorted(read)
    assert found == {}


@pytest.mark.parametrize("name", ["uncovered_chains", "grown_chains", "every_chain"])
def test_what_checkpoints_covered_is_looked_up_chain_by_chain_though_many_entries_are_taken_to_wait(
    server, name
):
    """So it is after each night: PostgreSQL's statistics still have all that the check wrote."""
    with server.transaction(force_rollback=True):
        for way in ("seqscan", "hashjoin", "mergejoin"):
            server.execute(f"SET LOCAL enable_{way} = on")
        server.execute("ALTER TABLE checkpoint_leaf DISABLE TRIGGER ALL")
        server.execute(
            "INSERT INTO checkpoint_leaf (checkpoint_id, case_ref, entries, head, place) "
            "SELECT 1, 'a' || row, 1, '', row FROM generate_series(1, 1000) AS row"
        )
        server.execute(
            "INSERT INTO uncovered (case_ref) SELECT 'a' || row FROM generate_series(1, 1000) AS row"
        )
        server.execute("ANALYZE checkpoint_leaf, uncovered")
        stale = "UPDATE pg_class SET reltuples = %s WHERE oid = %s::regclass"
        server.cursor().executemany(stale, [(100_000, "checkpoint_leaf"), (30_000, "uncovered")])
        text, binds, _ = compiled.POSTGRESQL[name]
        steps = plan_of(server, text, binds)
    assert {"checkpoint_leaf", "trail"} <= {step.get("Relation Name") for step in steps}
    assert not [step for step in steps if reads_whole(step, ("checkpoint_leaf", "trail"))]
