"""PostgreSQL's own wall, met by real logins with plain SQL: it lets through what the gate lets through, and no more."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commands.run import run
from models.casework import Casework, NewPerson, NoSuchCase
from models.connecting import driver_address
from models.finding import people_called
from models.glass import break_glass
from models.queries import case_view
from models.row_security_tables import APP, TABLES
from models.setup import rules_of
from models.staff import NotOnTheRegister, standing
from models.store import open_store
from models.verify import verify
from models.viewer import Viewer
from pathways import pathway
from pathways.days import local_day
from pathways.engine import Actor
from pathways.errors import NOT_FOUND, OK
from pathways.roles import Role
from tests.casefile import NOW, complete
from tests.logins import SINCE, an_office, connected

ADULT = NewPerson(kind="adult", given="Rowan", family="Alder", birth_date=date(1985, 6, 1))
CHILD = NewPerson(given="Ash", family="Birch", birth_date=date(2017, 3, 1), sex="F")
WALLED = sorted(name for name, walled in TABLES.items() if walled.sight)


@pytest.fixture
def office(postgres_cluster):
    with an_office(postgres_cluster) as made:
        yield made


def seen_as(office, name):
    """The viewer that the program would take somebody for."""
    with open_store(office.url) as store, store.reading() as tx:
        return viewer_of(tx, office.logins[name], datetime.now(UTC))


def viewer_of(tx, login, at):
    """The viewer that the program would take a login for; whom the register does not know today sees nothing."""
    try:
        return standing(tx, login, local_day(at)).viewer(at)
    except NotOnTheRegister:
        return Viewer(circle="|")


def opened(url, pathway_name, person, actor, viewer=None):
    with open_store(url) as store:
        store.viewer = viewer or store.viewer
        entry = pathway(pathway_name).entries[0]
        who = Actor(actor, frozenset({entry.who[0]}))
        return Casework(store, rules_of(store)).open(
            pathway_name, entry.name, person=person, actor=who, now=NOW, answers=complete(entry.records)
        )


def counted(office, url):
    """How many rows a login sees in each table behind the wall."""
    found = {}
    for name in WALLED:
        with connected(url) as connection:
            try:
                (found[name],) = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
            except psycopg.errors.InsufficientPrivilege:
                found[name] = 0
    return found


def test_an_allegation_is_a_receipt_and_not_sight_for_whoever_opens_it(office):
    url = office.staff("amy", Role.COORDINATOR)
    receipt = opened(url, "allegations", ADULT, "amy", seen_as(office, "amy"))
    assert receipt.reference.startswith("LADO-")
    assert counted(office, url) == dict.fromkeys(WALLED, 0), (
        "after the receipt nothing of it is there for them"
    )
    with open_store(office.url) as store, store.reading() as tx:
        assert (
            tx.one("case_by_reference", reference=receipt.reference, seen_by=Viewer(clears="*")) is not None
        )


@pytest.fixture
def hidden(office):
    """The reference of an allegation; amy is uncleared, lado is cleared, sam is cleared and its subject."""
    office.staff("amy", Role.COORDINATOR)
    office.staff("lado", Role.LADO)
    office.staff("sam", Role.LADO)
    reference = opened(office.url, "allegations", ADULT, "operator").reference
    with open_store(office.url) as store, store.writing() as tx:
        case = tx.connection.execute(
            "SELECT id FROM pathway_case WHERE reference = %s", [reference]
        ).fetchone()[0]
        shut(tx, office.number("sam"), case=case, kind="excluded")
    return reference


def shut(tx, who, *, kind, case=None, person=None, until=None, since=SINCE):
    tx.run(
        "add_access", case_id=case, person_id=person, practitioner_id=who, kind=kind, because="said so by the test",
        by_login="operator", second_login=None, from_at=datetime(since.year, since.month, since.day, tzinfo=UTC),
        until_at=until, ended_at=None, ended_by=None, recorded_at=NOW,
    )  # fmt: skip


def url_of(office, name):
    return office.url.replace("tester@", f"{office.logins[name]}@")


@pytest.mark.parametrize("name", ["amy", "sam"])
def test_plain_sql_shows_nothing_of_a_hidden_case(office, hidden, name):
    url = url_of(office, name)
    assert counted(office, url) == dict.fromkeys(WALLED, 0)
    for question in (
        f"SELECT 1 FROM trail WHERE case_ref = '{hidden}'",
        "SELECT 1 FROM trail t JOIN trail_payload p USING (case_ref, seq)",
        "SELECT 1 FROM person_name WHERE family = 'Alder'",
        "SELECT 1 FROM pathway_case c RIGHT JOIN deadline d ON d.case_id = c.id",
        "SELECT 1 FROM generate_series(1, 50) g WHERE pathways_sees_case(g)",
        "SELECT 1 FROM generate_series(1, 50) g WHERE pathways_knows_person(g)",
        "SELECT 1 FROM (SELECT max(id) FROM pathway_case) m WHERE m IS DISTINCT FROM ROW(NULL::bigint)",
    ):
        assert office.ask(url, question) == [], question


def test_the_cleared_see_it_by_plain_sql_and_by_the_program(office, hidden):
    url = url_of(office, "lado")
    found = counted(office, url)
    assert found["pathway_case"] == found["person"] == found["person_name"] == 1
    assert found["trail"] >= 1
    assert found["access"] == 1, "who is kept out is told to those who may see the case"
    with open_store(url) as store, store.reading() as tx:
        assert tx.one("case_by_reference", reference=hidden, seen_by=seen_as(office, "lado")) is not None


def test_being_cleared_ends_with_the_role_and_with_the_job(office, hidden):
    url, who = url_of(office, "lado"), office.number("lado")
    for table, key in (("practitioner_role", "practitioner_id"), ("practitioner", "id")):
        office_run(office, f"UPDATE {table} SET to_on = current_date - 2 WHERE {key} = {who}")
        assert office.ask(url, "SELECT count(*) FROM pathway_case") == [(0,)], table
        office_run(office, f"UPDATE {table} SET to_on = NULL WHERE {key} = {who}")
    assert office.ask(url, "SELECT count(*) FROM pathway_case") == [(1,)]


def office_run(office, said):
    with connected(office.url) as connection:
        connection.execute(said)


@pytest.mark.parametrize(
    "said",
    [
        "INSERT INTO access (case_id, practitioner_id, kind, because, by_login, from_at, recorded_at) "
        "VALUES ({case}, {who}, 'allowed', 'let me in', 'me', now(), now())",
        "INSERT INTO access (person_id, practitioner_id, kind, because, by_login, from_at, recorded_at) "
        "VALUES ({person}, {who}, 'allowed', 'let me in', 'me', now(), now())",
        "INSERT INTO episode (person_id, opened_on, basis, details, recorded_at) "
        "VALUES ({person}, '2026-11-03', 'witnessed', '{{}}', now())",
        "INSERT INTO person_name (person_id, kind, given, family, folded, sounds, recorded_at) "
        "VALUES ({person}, 'usual', '', '', '', '', now())",
        "INSERT INTO restriction (case_id, because, by_login, from_at) VALUES ({case}, 'x', 'me', now())",
        "INSERT INTO record (case_id, page, seq, kind, entry, title, happened_at, recorded_at, author, role, body) "
        "VALUES ({case}, 9, 9, 'x', 'fact', 'x', now(), now(), 'x', 'x', '{{}}')",
        "INSERT INTO relationship (person_id, other_id, kind, from_on, recorded_at) "
        "VALUES ({person}, {person}, 'sibling', '2026-11-03', now())",
        "SELECT pg_read_file('postgresql.conf')",
        "SET ROLE pathways_service",
        "SET ROLE pathways_owner",
        "SET SESSION AUTHORIZATION tester",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ],
)
def test_nobody_lets_themselves_in_by_plain_sql(office, hidden, said):
    case, person = office.ask(office.url, "SELECT id, person_id FROM pathway_case")[0]
    with connected(url_of(office, "amy")) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(said.format(case=case, person=person, who=office.number("amy")))
        assert connection.execute("SELECT count(*) FROM pathway_case").fetchone() == (0,)


def test_a_change_to_what_is_hidden_reaches_nothing(office, hidden):
    with connected(url_of(office, "sam")) as connection:
        for said in (
            "UPDATE pathway_case SET guarded = false, restricted = false",
            "UPDATE person SET guarded = false, restricted = false",
            "UPDATE access SET ended_at = now(), ended_by = 'me'",
        ):
            assert connection.execute(said).rowcount == 0, said


def test_row_security_cannot_be_switched_off_by_a_session(office, hidden):
    with connected(url_of(office, "amy")) as connection:
        connection.execute("SET row_security = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT count(*) FROM trail")


def test_a_name_set_by_the_session_is_nobody(office, hidden):
    with connected(url_of(office, "amy")) as connection:
        connection.execute("SELECT set_config('app.actor', %s, false)", [office.logins["lado"]])
        assert connection.execute("SELECT count(*) FROM pathway_case").fetchone() == (0,)


def test_a_case_opened_and_worked_on_by_one_login_is_found_by_another(office):
    amy, ben = office.staff("amy", Role.COORDINATOR), office.staff("ben", Role.SOCIAL_WORKER)
    reference = opened(amy, "child_protection", CHILD, "amy", seen_as(office, "amy")).reference
    with open_store(ben) as store:
        store.viewer = seen_as(office, "ben")
        with store.reading() as tx:
            assert case_view(tx, reference).reference == reference
            assert [each.family for each in people_called(tx, "Ash Birch")] == ["Birch"]
        casework = Casework(store, rules_of(store))
        move = next(each for each in pathway("child_protection").moves if each.trigger == "start_enquiry")
        receipt = casework.make(
            reference, "start_enquiry", actor=Actor("ben", frozenset({Role.COORDINATOR})), now=NOW,
            answers=complete(move.records),
        )  # fmt: skip
        assert receipt.kept
    with open_store(office.service()) as store:
        assert verify(store, rules_of(store)).faults == []


def test_a_hidden_case_is_as_missing_to_the_write_path_as_to_the_reader(office, hidden):
    with open_store(url_of(office, "amy")) as store:
        store.viewer = Viewer(clears="*")
        casework = Casework(store, rules_of(store))
        with pytest.raises(NoSuchCase):
            casework.make(hidden, "triage", actor=Actor("amy", frozenset({Role.LADO})), now=NOW)


# --- the wall and the gate are one rule, written twice ---------------------------------------------------------------

TEAMS = ("north", "south")
LISTED = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["allowed", "glass", "excluded"]),
        "on": st.sampled_from(["case", "person"]),
        "which": st.integers(0, 3),
        "since": st.sampled_from([timedelta(days=-3), timedelta(days=3)]),
        "until": st.sampled_from([None, timedelta(hours=-1), timedelta(hours=3)]),
        "ended": st.booleans(),
    }
)
CASES = st.lists(
    st.fixed_dictionaries(
        {
            "person": st.integers(0, 3),
            "pathway": st.sampled_from(["allegations", "child_protection"]),
            "team": st.sampled_from(["", *TEAMS]),
            "led": st.booleans(),
            "restricted": st.booleans(),
            "guarded": st.booleans(),
        }
    ),
    min_size=1,
    max_size=4,
)
PEOPLE = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=4, max_size=4)
VIEWERS = ("ours", "lado", "school", "left")


@pytest.fixture
def viewers(office):
    office.staff("ours", Role.COORDINATOR, team="north")
    office.staff("lado", Role.LADO, team="north")
    office.staff("school", Role.DSL, agency="school", team="north")
    office.staff("left", Role.LADO, team="south")
    office_run(office, "UPDATE practitioner SET to_on = '2024-01-01' WHERE title = 'left'")
    connections = {name: connected(url_of(office, name)) for name in VIEWERS}
    yield connections
    for each in connections.values():
        each.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=CASES, people=PEOPLE, lists=st.lists(LISTED, max_size=4), who=st.sampled_from(VIEWERS))
def test_the_wall_lets_through_what_the_gate_lets_through(office, viewers, cases, people, lists, who):
    office_run(office, "TRUNCATE access, pathway_case, episode, person CASCADE")
    now = datetime.now(UTC)
    with open_store(office.url) as store:
        number = office.number(who)
        with store.writing() as tx:
            keys = [_person(tx, *each) for each in people]
            made = [_case(tx, place, keys, each, office.logins[who]) for place, each in enumerate(cases)]
            for each in lists:
                target = {each["on"]: (made if each["on"] == "case" else keys)[each["which"] % len(made)]}
                _list(tx, number, now, each, **target)
        with store.reading() as tx:
            viewer = viewer_of(tx, office.logins[who], now)
            gate = {
                row.reference
                for row in tx.all("references_like", start="", end="~", pattern="%", most=99, seen_by=viewer)
            }
            known = {
                row.id
                for row in tx.all(
                    "people_by_birth_date", birth_date=date(2017, 3, 1), most=99, seen_by=viewer
                )
            }
    wall = {each for (each,) in viewers[who].execute("SELECT reference FROM pathway_case")}
    people_seen = {each for (each,) in viewers[who].execute("SELECT id FROM person")}
    assert wall == gate
    assert people_seen == known


def _person(tx, restricted, guarded):
    key = tx.new_key("person")
    tx.run(
        "import_person", id=key, kind="child", birth_date=date(2017, 3, 1), expected_delivery_date=None, died_on=None,
        sex="U", ethnicity=None, restricted=restricted, guarded=guarded or restricted, version=1, recorded_at=NOW,
    )  # fmt: skip
    return key


def _case(tx, place, keys, each, login):
    person, episode, key = keys[each["person"]], tx.new_key("episode"), tx.new_key("case")
    tx.run(
        "import_episode", id=episode, person_id=person, opened_on=SINCE, closed_on=None, closure_reason=None,
        referral_source=None, primary_need=None, basis="witnessed", source_key=None, details={}, recorded_at=NOW,
    )  # fmt: skip
    tx.run(
        "import_case", id=key, reference=f"XX-2026-{place:04d}", pathway=each["pathway"], definition="1",
        person_id=person, episode_id=episode, state="s", is_open=True, outcome=None, facts={}, version=1, seq=0,
        head=b"", team=each["team"], lead=login if each["led"] else None, restricted=each["restricted"],
        guarded=each["guarded"] or each["restricted"], basis="witnessed", opened_at=NOW, closed_at=None, changed_at=NOW,
    )  # fmt: skip
    return key


def _list(tx, who, now, each, case=None, person=None):
    tx.run(
        "add_access", case_id=case, person_id=person, practitioner_id=who, kind=each["kind"],
        because="said so by the test", by_login="operator", second_login=None, from_at=now + each["since"],
        until_at=now + each["until"] if each["until"] else None, ended_at=now if each["ended"] else None,
        ended_by=None, recorded_at=NOW,
    )  # fmt: skip


# --- breaking the glass ------------------------------------------------------------------------------------------------

WHY = "a child is in danger now"


def test_breaking_the_glass_by_the_program_opens_one_case_and_is_on_its_trail(office, hidden):
    url = url_of(office, "amy")
    other = opened(
        office.url, "allegations", NewPerson(kind="adult", given="Elm", family="Oak"), "operator"
    ).reference
    with open_store(url) as store:
        store.viewer = seen_as(office, "amy")
        until = break_glass(
            store,
            hidden,
            because=WHY,
            actor=Actor(office.logins["amy"], frozenset({Role.COORDINATOR})),
            now=datetime.now(UTC),
        )
        assert until is not None
    assert office.ask(url, "SELECT reference FROM pathway_case") == [(hidden,)], other
    assert office.ask(url, "SELECT action FROM trail ORDER BY seq DESC LIMIT 1") == [("access_glass",)]
    with open_store(office.service()) as store:
        assert verify(store, rules_of(store)).faults == []


def test_the_glass_cannot_be_broken_and_mended_in_one_transaction(office, hidden):
    with connected(url_of(office, "amy")) as connection:
        connection.execute("BEGIN")
        assert connection.execute("SELECT pathways_break_glass(%s, %s)", [hidden, WHY]).fetchone() == (True,)
        assert connection.execute("SELECT count(*) FROM trail").fetchone() == (0,)
        connection.execute("COMMIT")
        assert connection.execute("SELECT count(*) FROM pathway_case").fetchone() == (1,)
    assert office.ask(office.url, "SELECT event FROM outbox WHERE key LIKE 'wall/%'") == [
        ("pathways.access.glass",)
    ]


def test_the_glass_ends_after_four_hours(office, hidden):
    with connected(url_of(office, "amy")) as connection:
        connection.execute("SELECT pathways_break_glass(%s, %s)", [hidden, WHY])
        lasts = "SELECT until_at - from_at FROM access WHERE kind = 'glass'"
        assert connection.execute(lasts).fetchall() == [(timedelta(hours=4),)]
        office_run(office, "UPDATE access SET until_at = now() - interval '1 second' WHERE kind = 'glass'")
        assert connection.execute("SELECT count(*) FROM pathway_case").fetchone() == (0,)


@pytest.mark.parametrize(("name", "why"), [("sam", WHY), ("amy", "short"), ("school", WHY), ("nobody", WHY)])
def test_the_glass_holds_for_the_excluded_the_silent_the_partner_and_the_unknown(office, hidden, name, why):
    office.staff("school", Role.DSL, agency="school", team="north")
    office.login("nobody", APP)
    with connected(url_of(office, name)) as connection:
        assert connection.execute("SELECT pathways_break_glass(%s, %s)", [hidden, why]).fetchone() == (False,)
        assert connection.execute(
            "SELECT pathways_break_glass(%s, %s)", ["LADO-2222222", why]
        ).fetchone() == (False,)
        assert connection.execute("SELECT count(*) FROM pathway_case").fetchone() == (0,)


def test_nobody_gets_into_a_meeting_or_a_household_by_joining_their_own_case_to_it(office, hidden):
    mine = opened(url_of(office, "amy"), "child_protection", CHILD, "amy", seen_as(office, "amy")).reference
    office_run(
        office,
        "INSERT INTO meeting (kind, status, household, recorded_at) VALUES ('x', 'booked', '[]', now())",
    )
    office_run(
        office,
        f"INSERT INTO meeting_case SELECT m.id, c.id FROM meeting m, pathway_case c WHERE c.reference = '{hidden}'",
    )
    with connected(url_of(office, "amy")) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(
                "INSERT INTO meeting_case SELECT 1, id FROM pathway_case WHERE reference = %s", [mine]
            )
        assert connection.execute("SELECT count(*) FROM meeting").fetchone() == (0,)


# --- the commands, as a practitioner and as the service ------------------------------------------------------------------


def test_everyday_commands_work_for_a_practitioner_behind_the_wall(
    office, hidden, monkeypatch, capsys, tmp_path
):
    reference = opened(
        url_of(office, "amy"), "child_protection", CHILD, "amy", seen_as(office, "amy")
    ).reference
    monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path))
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", url_of(office, "amy"))
    paper = tmp_path / "paper.txt"
    paper.write_text("An invented report.", encoding="utf-8")
    for arguments in (
        [],
        ["worklist"],
        ["show", reference],
        ["why", reference],
        ["next", reference],
        ["chronology", reference],
        ["overdue"],
        ["documents", "add", reference, str(paper), "--as", "report"],
        ["letter", "recipients", reference, "agenda"],
        ["documents", reference],
        ["documents", reference, "open", "1", "--out", str(tmp_path / "opened.txt")],
        ["calendar", "publish", "--mine", "--to", str(tmp_path)],
        ["export", "processing-record", "--out", str(tmp_path / "record.md")],
    ):
        assert run(arguments) == OK, arguments
        said = capsys.readouterr().out
        assert hidden not in said, arguments
    assert run(["show", hidden]) == NOT_FOUND
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", url_of(office, "lado"))
    assert run(["show", hidden]) == OK


def test_the_service_backs_up_the_whole_with_postgresqls_own_program(
    office, hidden, postgres_programs, tmp_path
):
    night = office.service()
    office_run(office, f"ALTER ROLE {office.logins['night']} SET role = 'pathways_service'")
    dump = tmp_path / "whole.sql"
    made = subprocess.run(
        [postgres_programs / "pg_dump", "--data-only", "--table=trail", f"--file={dump}", driver_address(night)],
        check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert hidden in dump.read_text(encoding="utf-8")
