"""No everyday query reads a whole table: the plans that SQLite makes, without statistics and with those of a full store."""

from __future__ import annotations

import re
import sqlite3

import pytest

from models import compiled

# What is there to read everything, or reads tables that stay small however many cases there are.
WHOLE = {
    "whole_trail", "every_case_state", "every_record_print", "every_document", "every_running_deadline", "every_deadline", "editions_in_use", "cases_off_their_trail",
    "settings", "bank_holidays", "check_runs", "parked_cases", "parked_ids", "import_runs", "unused_of_import",
    "clear_bank_holidays",
    "every_chain", "every_leaf", "every_leaf_by_chain", "every_checkpoint", "every_tombstone", "hidden_cases", "practitioner_ids",
    "deaths_behind_the_wall",  # the guarded cases that are open, once a night on PostgreSQL
    "chain_ends", "last_moment",  # for backups
    "listed_cases", "concerns_since",  # the safeguarding lead's lists, of everything there is
    "perhaps_due",  # the list of files to review, made when a records officer asks
    "any_case",  # stops at the first row
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
    "open_conferences": "ix_pathway_case_open",
    **dict.fromkeys(("waiting_messages", "count_waiting_messages", "withhold_messages"), "ix_outbox_waiting"),
}
"""What goes through all that an index of a few holds: open cases counted, messages not yet delivered."""

FULL = {
    "pathway_case": 1_000_000, "deadline": 4_000_000, "trail": 8_000_000, "trail_payload": 6_000_000, "record": 4_000_000,
    "person": 1_000_000, "person_name": 1_000_000, "episode": 1_000_000, "outbox": 8_000_000, "ix_outbox_waiting": 1_000,
}  # fmt: skip


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
            rows = FULL.get(name) or FULL.get(table, 100_000)
            columns = len(copy.execute(f"PRAGMA index_info('{name}')").fetchall())
            unique = name.startswith(("uq_", "pk_", "sqlite_autoindex"))
            each = [
                max(1, 1 if unique and place == columns - 1 else 4 ** (columns - place))
                for place in range(columns)
            ]
            found = " ".join(map(str, [rows, *each]))
            copy.execute("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", [table, name, found])
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
    allowed = [step for step in scans if "USING" in step and step.split()[-1] == BY_INDEX.get(name)]
    assert scans == allowed, plan


def test_the_list_of_exceptions_names_statements_that_there_are():
    assert compiled.SQLITE.keys() >= WHOLE | BY_INDEX.keys()
