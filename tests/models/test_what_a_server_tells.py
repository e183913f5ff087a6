"""What PostgreSQL itself tells a login that its wall keeps out, beside what a query answers: by errors, locks, statistics, plans.

What is closed here is held closed. What cannot be closed is shown to be open, as docs/who-may-see.md says.
"""

from __future__ import annotations

import psycopg
import pytest

from models.people import NewPerson
from models.row_security_tables import TABLES
from pathways.roles import Role
from tests.logins import an_office, connected
from tests.models.test_row_security import ADULT, CHILD, opened, shut, url_of

WALLED = {name for name, walled in TABLES.items() if walled.sight}


@pytest.fixture(scope="module")
def office(postgres_cluster):
    """An ordinary case, three allegations whose adult (sam) is kept out of the first, and statistics of it all."""
    from models.store import open_store

    with an_office(postgres_cluster) as made:
        made.staff("amy", Role.COORDINATOR)
        made.staff("sam", Role.LADO)
        made.reader()
        opened(made.url, "front_door", CHILD, "operator")
        made.hidden = opened(made.url, "allegations", ADULT, "operator").reference
        for _ in range(2):
            opened(made.url, "allegations", NewPerson(kind="adult", given="Elm", family="Fox"), "operator")
        ((made.case, made.person),) = made.ask(
            made.url, "SELECT id, person_id FROM pathway_case WHERE reference = %s", made.hidden
        )
        with open_store(made.url) as store, store.writing() as tx:
            shut(tx, made.number("sam"), case=made.case, kind="excluded")
        with connected(made.url) as connection:
            connection.execute("ANALYZE")
        yield made


@pytest.fixture(params=["amy", "sam", "report"])
def url(request, office):
    return url_of(office, request.param)


def said(url, statement):
    """What the server answers, an error's every field included but for where in its own code it arose."""
    with connected(url) as connection:
        try:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else cursor.rowcount
        except psycopg.Error as fault:
            diag = fault.diag
            return (
                type(fault).__name__,
                diag.message_primary,
                diag.message_detail,
                diag.message_hint,
                diag.context,
            )


def test_no_value_of_a_walled_table_is_in_the_statistics_that_a_login_may_read(office, url):
    shown = {
        table
        for (table,) in office.ask(
            url, "SELECT DISTINCT tablename::text FROM pg_stats WHERE schemaname = 'public'"
        )
    }
    assert shown & WALLED == set()
    assert said(url, "SELECT stavalues1 FROM pg_statistic")[0] == "InsufficientPrivilege"
    superuser = {
        table for (table,) in office.ask(office.url, "SELECT DISTINCT tablename::text FROM pg_stats")
    }
    assert {"pathway_case", "person_name", "access"} <= superuser


def test_what_others_ask_is_not_shown(office, url):
    with connected(office.url) as other:
        other.execute("SELECT 'a canary'")
        rows = office.ask(url, "SELECT query FROM pg_stat_activity WHERE usename <> session_user")
    assert {query for (query,) in rows} <= {"<insufficient privilege>", None}
    assert ("<insufficient privilege>",) in rows


def test_a_sequence_is_read_by_nobody_and_shows_a_reader_nothing(office, url):
    assert said(url, "SELECT last_value FROM pathway_case_id_seq")[0] == "InsufficientPrivilege"
    told = office.ask(url, "SELECT last_value FROM pg_sequences WHERE sequencename = 'pathway_case_id_seq'")
    kept_back = url == url_of(office, "report")
    assert told == [(None if kept_back else 4,)], "whoever opens cases draws their numbers"


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT id FROM pathway_case WHERE id = {case} FOR UPDATE SKIP LOCKED",
        "SELECT id FROM pathway_case WHERE id = {case} FOR UPDATE NOWAIT",
        "SELECT id FROM pathway_case WHERE id = {case} FOR KEY SHARE NOWAIT",
        "UPDATE pathway_case SET team = 'x' WHERE id = {case}",
        "SELECT ctid, xmin FROM pathway_case WHERE id = {case}",
        "SELECT ctid FROM pathway_case WHERE ctid = (SELECT '(0,2)'::tid) AND id = {case}",
        "INSERT INTO record (case_id, page, seq, kind, entry, title, happened_at, recorded_at, author, role, body) "
        "VALUES ({case}, 9, 9, 'x', 'fact', 'x', now(), now(), 'x', 'x', '{{}}')",
        "INSERT INTO document (case_id) VALUES ({case})",
        "INSERT INTO meeting_case (meeting_id, case_id) VALUES (1, {case})",
        "INSERT INTO person_name (person_id, kind, given, family, folded, sounds, recorded_at) "
        "VALUES ({person}, 'usual', '', '', '', '', now())",
        "INSERT INTO relationship (person_id, other_id, kind, from_on, recorded_at) "
        "VALUES (1, {person}, 'sibling', '2026-11-03', now())",
        "INSERT INTO access (case_id, practitioner_id, kind, because, by_login, from_at, recorded_at) "
        "VALUES ({case}, 1, 'allowed', 'x', 'x', now(), now())",
        "INSERT INTO pathway_case (person_id) VALUES ({person})",
        "INSERT INTO trail (case_ref, seq) VALUES ('{reference}', 1)",
        "INSERT INTO trail_payload (case_ref, seq) VALUES ('{reference}', 1)",
    ],
)  # fmt: skip
def test_a_hidden_row_that_is_locked_or_referred_to_answers_as_one_that_is_not_there(office, url, statement):
    """While somebody else holds it; also the words of the refusal, which never name a value."""
    hidden = {"case": office.case, "person": office.person, "reference": office.hidden}
    missing = {"case": 999_999, "person": 999_999, "reference": "LADO-2222229"}
    with connected(office.url) as other, other.transaction():
        other.execute("SELECT id FROM pathway_case FOR UPDATE")
        answers = [said(url, statement.format(**of)) for of in (hidden, missing)]
    assert answers[0] == answers[1]


def test_a_value_that_is_taken_is_refused_without_telling_by_whom(office):
    """That it is taken can be told; nothing of the row that has it."""
    with connected(office.url) as connection:
        connection.execute(
            "INSERT INTO person_identifier (person_id, scheme, value, recorded_at) VALUES (%s, 'la_child_id', '900100099', now())",
            [office.person],
        )
    (one,) = office.ask(url_of(office, "amy"), "SELECT min(id) FROM person")
    answer = said(
        url_of(office, "amy"),
        "INSERT INTO person_identifier (person_id, scheme, value, recorded_at) "
        f"VALUES ({one[0]}, 'la_child_id', '900100099', now())",
    )
    assert answer[0] == "UniqueViolation"
    assert answer[2:] == (None, None, None)


def removed(url, statement):
    """How many rows of the table the server says that it found by an index and took away again."""
    with connected(url) as connection:
        connection.execute("SET enable_seqscan = off")
        rows = connection.execute(f"EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) {statement}").fetchall()
    told = [line for (line,) in rows]
    found = [line.rpartition(": ")[2] for line in told if "Rows Removed by Filter" in line]
    return int(found[0]) if found else 0


def test_explain_counts_the_rows_that_the_wall_takes_away(office):
    """Not stopped: PostgreSQL says it to whoever may read the table. docs/who-may-see.md says what to do."""
    amy, sam = url_of(office, "amy"), url_of(office, "sam")
    assert removed(amy, "SELECT FROM pathway_case WHERE pathway = 'allegations'") == 3
    assert removed(amy, f"SELECT FROM pathway_case WHERE reference = '{office.hidden}'") == 1
    assert removed(amy, "SELECT FROM pathway_case WHERE reference = 'LADO-2222229'") == 0
    assert removed(amy, "SELECT FROM person WHERE birth_date = '1985-06-01'") == 1
    assert removed(sam, f"SELECT FROM access WHERE practitioner_id = {office.number('sam')}") == 1


@pytest.mark.parametrize(
    "asked", ["reltuples FROM pg_class WHERE relname", "n_live_tup FROM pg_stat_user_tables WHERE relname"]
)
def test_the_server_tells_every_login_how_many_rows_a_table_holds(office, asked):
    """Not stopped either."""
    assert said(url_of(office, "amy"), f"SELECT {asked} = 'pathway_case'") == [(4,)]
