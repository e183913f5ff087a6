"""PostgreSQL's roles: what each kind of login may do, and that the trail is out of everybody's reach."""

from __future__ import annotations

import json
import re

import psycopg
import pytest

from models import compiled, guards, row_security, schema
from models.row_security_tables import APP, OWNER, READER, SERVICE, TABLES
from models.setup import rules_of
from models.store import open_store
from models.sweep import pass_due_dates
from models.tables import TABLES as MODELLED
from models.verify import verify
from pathways.errors import NOT_READY, OK, NotReady
from pathways.roles import Role
from tests.casefile import NOW
from tests.logins import an_office, connected

SERVICE_ONLY = frozenset(
    (
        # the staff register, settings, calendars
        "add_practitioner", "add_practitioner_role", "describe_practitioner", "return_practitioner", "end_roles",
        "put_setting", "forget_setting", "add_bank_holiday", "clear_bank_holidays", "add_school_days",
        # the nightly check, its messages and its counts
        "add_check_run", "finish_check_run", "put_parked", "unpark", "claim_notice",
        "unclaim_notice", "give_up_notice", "note_notice_fault", "note_notice_sent", "mark_message_done",
        "mark_message_sent", "withhold_messages", "add_daily_count", "clear_daily_count",
        "add_supervision_due", "forget_supervision_due",
        # imports
        "add_import_run", "finish_import_run", "add_import_unused",
        # proof, copies, destruction
        "add_checkpoint", "add_checkpoint_leaf", "drop_runs", "drop_uncovered", "put_run", "add_copy_run", "add_tombstone", "drop_case_key", "drop_deadlines",
        "drop_documents", "drop_drafts_of", "drop_every_case_key", "drop_parked", "drop_records", "rewrap_case_key",
        "empty_supervision_signatures",
    )
)  # fmt: skip
"""Statements that write what is the service's or the operator's and nobody's everyday work."""


@pytest.fixture
def office(postgres_cluster):
    with an_office(postgres_cluster) as made:
        yield made


@pytest.mark.parametrize("table", sorted(MODELLED.tables))
def test_every_table_has_its_place_in_the_wall(table):
    assert table in TABLES, "say in models/row_security_tables.py who may do what with it, and to which rows"


@pytest.mark.parametrize("table", sorted(MODELLED.tables))
def test_a_table_that_tells_of_a_case_or_a_person_is_walled(table):
    telling = {"case_id", "person_id", "case_ref", "other_id"} & set(MODELLED.tables[table].columns.keys())
    assert TABLES[table].sight or not telling, f"{table} tells of {', '.join(telling)}"


def test_the_database_holds_what_the_wall_says(office):
    rows = office.ask(
        office.url,
        "SELECT relname, relrowsecurity, relforcerowsecurity, pg_get_userbyid(relowner) FROM pg_class "
        "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
    )
    found = {name: (enabled, forced, owner) for name, enabled, forced, owner in rows}
    wanted = {name: (bool(walled.sight), bool(walled.sight), OWNER) for name, walled in TABLES.items()}
    assert found == wanted


def test_nothing_is_left_to_everybody(office):
    rows = office.ask(
        office.url,
        "SELECT relname::text FROM pg_class, aclexplode(relacl) a WHERE relnamespace = 'public'::regnamespace "
        "AND a.grantee = 0 UNION ALL SELECT proname::text FROM pg_proc, aclexplode(coalesce(proacl, "
        "acldefault('f', proowner))) a WHERE starts_with(proname, 'pathways_') AND a.grantee = 0 "
        "AND prorettype <> 'trigger'::regtype",
    )
    assert rows == []


@pytest.mark.parametrize("role", [OWNER, APP, READER, SERVICE])
def test_no_role_of_ours_can_log_in_or_is_a_superuser(office, role):
    (row,) = office.ask(
        office.url,
        "SELECT rolcanlogin, rolsuper, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = %s",
        role,
    )
    assert row == (False, False, False, role == SERVICE)


@pytest.mark.parametrize("table", guards.APPEND_ONLY)
@pytest.mark.parametrize("who", ["practitioner", "service", "reader"])
@pytest.mark.parametrize(
    "said",
    [
        "UPDATE {} SET {} = {}",
        "DELETE FROM {}",
        "TRUNCATE {} CASCADE",
        "DROP TABLE {} CASCADE",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
        "ALTER TABLE {} DISABLE ROW LEVEL SECURITY",
        "DROP TRIGGER {}_append_only ON {}",
        "CREATE RULE away AS ON INSERT TO {} DO INSTEAD NOTHING",
        "SET session_replication_role = replica",
    ],
)
def test_no_login_can_change_the_trail_or_its_guards(office, who, table, said):
    column = next(iter(MODELLED.tables[table].columns)).name
    text = said.format(*(table, column, column) if said.startswith("UPDATE") else (table, table))
    url = {
        "practitioner": lambda: office.staff("amy", Role.COORDINATOR),
        "service": office.service,
        "reader": office.reader,
    }[who]()
    with connected(url) as connection:
        if who == "service":
            connection.execute(f"SET ROLE {SERVICE}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(text)


def test_the_guards_stand_whatever_the_session_says(office):
    rows = office.ask(office.url, "SELECT tgname::text, tgenabled FROM pg_trigger WHERE NOT tgisinternal")
    assert dict(rows) == dict.fromkeys(guards.POSTGRESQL, "A")


def test_a_reader_reads_and_writes_nothing(office):
    url = office.reader()
    assert office.ask(url, "SELECT count(*) FROM pathway_case") == [(0,)]
    for table in sorted(TABLES):
        with connected(url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"INSERT INTO {table} DEFAULT VALUES")


@pytest.mark.parametrize("who", ["a practitioner", "a reader"])
@pytest.mark.parametrize(
    "column", ["checkpoint.chains", "checkpoint.entries", "checkpoint.text", "checkpoint_leaf.entries",
               "tree_run.hashes", "copy_run.chains", "copy_run.entries", "copy_run.said", "copy_run.root"]
)  # fmt: skip
def test_what_counts_every_case_is_the_services_alone(office, who, column):
    table, _, name = column.partition(".")
    url = office.reader() if who == "a reader" else office.staff("amy", Role.COORDINATOR)
    asked = f"SELECT {name} FROM {table}"
    if table == "checkpoint_leaf":
        assert office.ask(url, asked) == []
    else:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            office.ask(url, asked)
    assert office.ask(url, "SELECT whole FROM copy_run") == []


def test_a_login_in_no_role_reads_nothing(office):
    url = office.login("stray")
    with pytest.raises(psycopg.Error), connected(url) as connection:
        connection.execute("SELECT count(*) FROM setting")


def _writes() -> dict[str, tuple[str, str]]:
    found = {}
    for name, (text, _, _) in compiled.POSTGRESQL.items():
        match = re.match(r"(INSERT INTO|UPDATE|DELETE FROM) (\w+)", text)
        if match:
            found[name] = (match[1].split()[0], match[2])
    return found


@pytest.mark.parametrize("statement", sorted(set(_writes()) - SERVICE_ONLY))
def test_every_everyday_statement_that_writes_is_granted_to_practitioners(statement):
    verb, table = _writes()[statement]
    granted = re.sub(r"\([^)]*\)", "", TABLES[table].app).replace(" ", "").split(",")
    assert verb in granted, f"{statement} writes {table}"


@pytest.mark.parametrize("statement", sorted(SERVICE_ONLY & set(_writes())))
def test_practitioners_may_not_do_what_is_the_services(statement):
    verb, table = _writes()[statement]
    assert verb not in TABLES.get(table, TABLES["setting"]).app


def test_nobody_gives_themselves_a_role(office):
    url = office.staff("amy", Role.COORDINATOR)
    with connected(url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(
            "INSERT INTO practitioner_role (practitioner_id, role, agency, team, from_on, recorded_at) "
            "SELECT id, 'lado', '', '', '2020-01-01', now() FROM practitioner"
        )


def test_the_service_checks_and_proves_everything(office):
    with open_store(office.service()) as store:
        assert store.connection.execute("SELECT current_user").fetchone() == (SERVICE,)
        tally = pass_due_dates(store, rules_of(store), NOW, NOW)
        assert tally.parked == 0
        assert verify(store, rules_of(store)).faults == []


def test_an_upgrade_by_a_practitioner_is_refused_in_a_sentence(office):
    with pytest.raises(NotReady, match="may not change the tables"):
        schema.upgrade(office.staff("amy", Role.COORDINATOR))


def test_an_upgrade_by_a_login_in_the_owner_role_lays_everything_anew(office):
    office.ask(office.url, "SELECT 1")
    with connected(office.url) as connection:
        connection.execute("ALTER TABLE person DISABLE ROW LEVEL SECURITY")
    schema.upgrade(office.login("migrator", OWNER))
    assert office.ask(office.url, "SELECT relrowsecurity FROM pg_class WHERE relname = 'person'") == [(True,)]


def test_a_first_upgrade_by_a_login_that_owns_the_database_uses_the_roles_that_are_there(
    office, postgres_cluster
):
    url = office.login("builder", OWNER)
    name = f"built_{office.mark}"
    with postgres_cluster.connect() as server:
        server.execute(f"CREATE DATABASE {name} OWNER {office.logins['builder']} TEMPLATE template0")
    try:
        schema.upgrade(url.rsplit("/", 1)[0] + f"/{name}")
        with postgres_cluster.connect(name) as built:
            owners = built.execute(
                "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall()
        assert owners == [(OWNER,)]
    finally:
        postgres_cluster.drop(name)


def test_a_first_upgrade_by_a_login_without_the_owner_role_says_what_is_missing(office, postgres_cluster):
    url = office.login("builder")
    name = f"built_{office.mark}"
    with postgres_cluster.connect() as server:
        server.execute(f"CREATE DATABASE {name} OWNER {office.logins['builder']} TEMPLATE template0")
    try:
        with pytest.raises(NotReady, match=OWNER):
            schema.upgrade(url.rsplit("/", 1)[0] + f"/{name}")
        with postgres_cluster.connect(name) as built:
            assert built.execute("SELECT to_regclass('trail')").fetchone() == (None,), "nothing was changed"
    finally:
        postgres_cluster.drop(name)


def test_a_migration_where_no_role_can_be_made_says_who_can_make_them(own_postgres):
    with own_postgres.connect() as server:
        server.execute("CREATE ROLE builder LOGIN")
        server.execute("CREATE DATABASE plain OWNER builder")
    url = own_postgres.url("plain").replace("tester@", "builder@")
    with pytest.raises(NotReady, match="database administrator"):
        schema.upgrade(url)
    with own_postgres.connect("plain") as built:
        assert built.execute("SELECT to_regclass('trail')").fetchone() == (None,), "nothing was changed"


def test_the_wall_can_be_taken_down_and_laid_again(office):
    with schema.engine(office.url).begin() as connection:
        row_security.take_down(connection)
    rows = office.ask(office.url, "SELECT count(*) FROM pg_policies")
    schema.upgrade(office.url)
    again = office.ask(office.url, "SELECT count(*) FROM pg_policies")
    assert rows == [(0,)]
    assert again == [(4 * sum(bool(each.sight) for each in TABLES.values()),)]


def doctor_says(office, url, monkeypatch, capsys, tmp_path):
    from commands.run import run

    monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path))
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", url)
    capsys.readouterr()
    run(["doctor", "--json"])
    return {each["name"]: each for each in json.loads(capsys.readouterr().out)["checks"]}


def test_the_doctor_finds_the_wall_in_order_for_a_practitioner(office, monkeypatch, capsys, tmp_path):
    url = office.staff("amy", Role.COORDINATOR)
    found = doctor_says(office, url, monkeypatch, capsys, tmp_path)
    assert [found[each]["ok"] for each in ("Row security", "Database login", "Guards")] == [True] * 3
    assert found["Durability"]["found"] == "fsync is off; full_page_writes is off", (
        "the tests' own server is hasty"
    )
    assert not found["Durability"]["ok"]
    assert found["Anchors"]["ok"], "the service's to look at, and no fault of this login's"


def test_the_doctor_names_the_table_that_lies_open_and_an_upgrade_closes_it(
    office, monkeypatch, capsys, tmp_path
):
    from commands.run import run

    with connected(office.url) as connection:
        connection.execute("ALTER TABLE record NO FORCE ROW LEVEL SECURITY")
    found = doctor_says(office, office.staff("amy", Role.COORDINATOR), monkeypatch, capsys, tmp_path)
    assert not found["Row security"]["ok"]
    assert found["Row security"]["found"] == "not in force on: record"
    assert run(["db", "upgrade"]) == NOT_READY
    assert "may not change the tables" in capsys.readouterr().err
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", office.login("migrator", OWNER))
    assert run(["db", "upgrade"]) == OK
    assert "laid again" in capsys.readouterr().out


@pytest.mark.parametrize(("roles", "says"), [((OWNER,), "in the role"), ((APP, SERVICE), "at once")])
def test_the_doctor_names_a_login_that_the_wall_does_not_hold(
    office, monkeypatch, capsys, tmp_path, roles, says
):
    found = doctor_says(office, office.login("odd", *roles), monkeypatch, capsys, tmp_path)
    assert not found["Database login"]["ok"]
    assert says in found["Database login"]["found"]


def test_the_doctor_says_that_a_superuser_is_not_held(office, monkeypatch, capsys, tmp_path):
    found = doctor_says(office, office.url, monkeypatch, capsys, tmp_path)
    assert "a superuser" in found["Database login"]["found"]
