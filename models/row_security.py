"""PostgreSQL's second wall: who may touch which table, and which rows of it they see, said by the database itself.

Four roles without a login own, use, read and keep the tables; each practitioner has a login of their own in
`pathways_app`. Row-level security asks who that login is (`session_user`, which no statement can change) and looks
them up in the staff register: the gate of `models/statements/parts.py` once more, below anything a program can get
wrong. Whoever runs SQL as a practitioner sees what that practitioner may see. Breaking the glass stays open to them,
and leaves its row.

It does not stop a superuser, the owner, a login in `pathways_service`, or anybody with the server's files. A unique
key can tell that a hidden row has the same key, and how long an answer takes can tell that something was looked at.

Migration 0003 makes the roles and hands the tables over. Everything else here is laid down anew after each upgrade,
as the trail's guards are, so that a table is walled in the same transaction that makes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.compiled import CLEARED
from models.guards import APPEND_ONLY
from models.staff import AUTHORITY
from pathways.access import GLASS_HOURS, KEEPERS, REASON_LETTERS
from pathways.errors import NotReady
from pathways.supervision import HEADS, SCHOOL

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from models.store import Store
    from models.transaction import Transaction

OWNER, APP, READER, SERVICE = "pathways_owner", "pathways_app", "pathways_reader", "pathways_service"
ROLES = (OWNER, APP, READER, SERVICE)


@dataclass(frozen=True, slots=True)
class Walled:
    """What practitioners may do with a table, and to which rows.

    `app`: verbs, as GRANT takes them; empty: nothing, as for what counts over every case. `sight`: the rows they see, as a condition; empty: all, for a
    table that tells of no case and no person. `adds`: the rows they may add, where those are not the ones they see.
    """

    app: str = ""
    sight: str = ""
    adds: str = ""


def _of_case(table: str, column: str = "case_id", key: str = "id") -> str:
    return f"EXISTS (SELECT FROM pathway_case its_case WHERE its_case.{key} = {table}.{column})"


def _of_person(table: str, column: str = "person_id") -> str:
    return f"EXISTS (SELECT FROM person its_person WHERE its_person.id = {table}.{column})"


def _of_meeting(table: str) -> str:
    return f"EXISTS (SELECT FROM meeting its_meeting WHERE its_meeting.id = {table}.meeting_id)"


def _of_either(table: str) -> str:
    return f"({_of_case(table)} OR {_of_person(table, 'person_id')})"


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"'{each}'" for each in words)


def _by_reference(table: str) -> str:
    return _of_case(table, "case_ref", "reference")


_IN_CIRCLE = (
    "((SELECT pathways_circle()) = '*' OR strpos((SELECT pathways_circle()), '|' || team || '|') > 0)"
)


def _of_chain(table: str) -> str:
    """A case's, or the viewer's own chain of what belongs to no case (`models/log_chain.py`)."""
    return f"({_by_reference(table)} OR {table}.case_ref = '~' || (SELECT pathways_viewer()))"


def _of_session(table: str) -> str:
    return f"EXISTS (SELECT FROM supervision its_session WHERE its_session.id = {table}.supervision_id)"


_TODAY = "(now() AT TIME ZONE 'Europe/London')::date"


def _headed(table: str, kind: str) -> str:
    """Whether a role of the viewer's heads rows of a kind: of the own school, of the own teams or of every team."""
    own = f"here.team = {table}.team"
    where = f"{own} AND here.team <> ''" if kind == SCHOOL else f"({own} OR here.team = '')"
    return f"({table}.kind = '{kind}' AND held.role IN ({_quoted(sorted(HEADS[kind]))}) AND {where})"


def _of_the_two_or_their_head(table: str) -> str:
    """The two of a session, and the head of where the supervised one works: `models/statements/supervision.py` once more."""
    return (
        f"((SELECT pathways_viewer()) IN ({table}.supervisor_id, {table}.practitioner_id) OR EXISTS (SELECT FROM practitioner_role held "
        "JOIN practitioner who ON who.id = held.practitioner_id, "
        "LATERAL (SELECT coalesce(nullif(held.team, ''), who.team) AS team) here "
        f"WHERE held.practitioner_id = (SELECT pathways_viewer()) AND held.from_on <= {_TODAY} "
        f"AND (held.to_on IS NULL OR held.to_on >= {_TODAY}) "
        f"AND ({' OR '.join(_headed(table, kind) for kind in HEADS)})))"
    )


_SESSION_KEY = "EXISTS (SELECT FROM supervision its_session WHERE '~s' || its_session.id = case_key.case_ref)"
_SESSION_ASKED = "EXISTS (SELECT FROM supervision its_session WHERE '~s' || its_session.id = proposal.target)"

ADD = "SELECT, INSERT"
TABLES: dict[str, Walled] = {
    "pathway_case": Walled(
        f"{ADD}, UPDATE (state, is_open, outcome, facts, version, seq, head, team, lead, restricted, guarded, "
        "closed_at, changed_at)",
        f"(NOT guarded AND {_IN_CIRCLE}) OR (((NOT restricted AND {_IN_CIRCLE}) OR (lead IS NOT NULL AND lead = session_user::text) "
        "OR (SELECT pathways_is_on_a_list())) AND pathways_sees_case(id))",
        "pathways_knows_person(person_id)",
    ),
    "person": Walled(
        f"{ADD}, UPDATE (kind, birth_date, expected_delivery_date, died_on, sex, ethnicity, restricted, guarded, "
        "version)",
        "(NOT guarded AND (SELECT pathways_circle()) = '*') "
        "OR (((NOT restricted AND (SELECT pathways_circle()) = '*') OR (SELECT pathways_is_on_a_list()) "
        "OR EXISTS (SELECT FROM pathway_case theirs WHERE theirs.person_id = person.id)) "
        "AND pathways_knows_person(id))",
        "true",
    ),
    "trail": Walled(ADD, _of_chain("trail")),
    "trail_payload": Walled(ADD, _of_chain("trail_payload")),
    "case_key": Walled(ADD, f"({_of_chain('case_key')} OR {_SESSION_KEY})"),
    "checkpoint_leaf": Walled("SELECT", _by_reference("checkpoint_leaf")),
    "uncovered": Walled(ADD, "false", "true"),
    "tree_run": Walled(),
    "outbox": Walled(ADD, _by_reference("outbox")),
    "deadline": Walled(f"{ADD}, UPDATE (status, closed_at, closed_seq, look_at)", _of_case("deadline")),
    "record": Walled(f"{ADD}, UPDATE (voided_seq)", _of_case("record")),
    "parked": Walled("SELECT", _of_case("parked")),
    "meeting": Walled(
        f"{ADD}, UPDATE (kind, booked_on, starts_at, place, chair, status, household)",
        "EXISTS (SELECT FROM meeting_case about WHERE about.meeting_id = meeting.id)",
        "true",
    ),
    "meeting_case": Walled(
        f"{ADD}, UPDATE (left_at)",
        _of_case("meeting_case"),
        f"{_of_case('meeting_case')} AND pathways_sees_meeting(meeting_id)",
    ),
    "meeting_person": Walled(
        ADD,
        f"({_of_person('meeting_person')} AND {_of_meeting('meeting_person')})",
        f"{_of_person('meeting_person')} AND pathways_sees_meeting(meeting_id)",
    ),
    "person_link": Walled(
        f"{ADD}, UPDATE (ended_at, ended_by, ended_because)",
        f"({_of_person('person_link')} AND {_of_person('person_link', 'other_id')})",
    ),
    "episode": Walled(
        f"{ADD}, UPDATE (closed_on, closure_reason, referral_source, primary_need, details)",
        _of_person("episode"),
    ),
    "person_name": Walled(f"{ADD}, UPDATE (to_on)", _of_person("person_name")),
    "person_address": Walled(f"{ADD}, UPDATE (to_on)", _of_person("person_address")),
    "person_identifier": Walled(f"{ADD}, UPDATE (to_on)", _of_person("person_identifier")),
    "person_characteristic": Walled(f"{ADD}, UPDATE (to_on)", _of_person("person_characteristic")),
    "relationship": Walled(
        f"{ADD}, UPDATE (to_on)",
        f"({_of_person('relationship')} AND {_of_person('relationship', 'other_id')})",
    ),
    "household": Walled(
        ADD,
        "EXISTS (SELECT FROM household_member one WHERE one.household_id = household.id)",
        "true",
    ),
    "household_member": Walled(
        f"{ADD}, UPDATE (to_on)",
        _of_person("household_member"),
        f"{_of_person('household_member')} AND pathways_knows_household(household_id)",
    ),
    "access": Walled(f"{ADD}, UPDATE (ended_at, ended_by)", _of_either("access")),
    "restriction": Walled(f"{ADD}, UPDATE (lifted_at, lifted_by, lifted_second)", _of_either("restriction")),
    "file_mark": Walled(f"{ADD}, UPDATE (ended_at, ended_by)", _of_either("file_mark")),
    "document": Walled(f"{ADD}, UPDATE (sent_at, sent_how, sent_by, sent_seq)", _of_case("document")),
    "calendar_feed": Walled(f"{ADD}, UPDATE (ended_at, ended_by)"),
    "proposal": Walled(
        f"{ADD}, UPDATE (verdict, decided_by, decided_at, decided_because)",
        f"(CASE WHEN target ~ '^~s' THEN {_SESSION_ASKED} WHEN target ~ '^[A-Z]+-' "
        f"THEN {_of_case('proposal', 'target', 'reference')} ELSE true END)",
    ),
    "form_draft": Walled(
        f"{ADD}, UPDATE (answers, saved_at, finished_at, dropped_at)",
        "practitioner_id = (SELECT pathways_viewer())",
    ),
    "notice": Walled(ADD, "practitioner_id = (SELECT pathways_viewer())", "true"),
    "tombstone": Walled("SELECT", _by_reference("tombstone")),
    "import_unused": Walled("", "false"),
    "counter": Walled(f"{ADD}, UPDATE (last)"),
    "alembic_version": Walled("SELECT"),
    "bank_holiday": Walled("SELECT"),
    "check_run": Walled("SELECT"),
    "checkpoint": Walled(),
    "copy_run": Walled("SELECT (id, kind, started_at, finished_at, whole)"),
    "daily_count": Walled("SELECT"),
    "import_run": Walled("SELECT"),
    "practitioner": Walled("SELECT"),
    "practitioner_role": Walled("SELECT"),
    "school_days": Walled("SELECT"),
    "setting": Walled("SELECT"),
    "training": Walled(ADD),
    "supervision": Walled(f"{ADD}, UPDATE (body, fingerprint)", _of_the_two_or_their_head("supervision")),
    "supervision_due": Walled("SELECT", _of_the_two_or_their_head("supervision_due")),
    "supervision_case": Walled(
        ADD, f"({_of_session('supervision_case')} AND {_of_case('supervision_case')})"
    ),
    "supervision_action": Walled(
        f"{ADD}, UPDATE (ended_on, ended_as, ended_why, ended_by, ended_at)",
        _of_session("supervision_action"),
    ),
    "supervision_signature": Walled(
        ADD,
        _of_session("supervision_signature"),
        f"practitioner_id = (SELECT pathways_viewer()) AND {_of_session('supervision_signature')}",
    ),
    "team_meeting": Walled(ADD, _IN_CIRCLE),
}
"""Every table of the store. A table that is not here is nobody's but the owner's."""

_THIS_ONE = "pg_current_xact_id_if_assigned()::xid"
"""This transaction. A broken glass counts from the next one on: nobody looks through it and takes the breaking back."""


def _on_list(kinds: str, *targets: str) -> str:
    """Whether the viewer stands, at this moment, on a list of one of these kinds for one of these targets."""
    return (
        "EXISTS (SELECT FROM access WHERE access.practitioner_id = viewer "
        f"AND access.kind IN ({kinds}) AND ({' OR '.join(f'access.{each}' for each in targets)}) "
        f"AND (access.kind <> 'glass' OR access.xmin IS DISTINCT FROM {_THIS_ONE}) "
        "AND access.ended_at IS NULL AND access.from_at <= now() "
        "AND (access.until_at IS NULL OR access.until_at > now()))"
    )


_WRITTEN_HERE = f"it.xmin = {_THIS_ONE}"
"""Written by this very transaction: whoever opens an allegation may finish writing it, and then
neither they nor anybody uncleared sees it again."""

_LET_IN, _KEPT_OUT = "'allowed', 'glass'", "'excluded'"

_SEES_CASE = f"""
DECLARE viewer bigint := pathways_viewer(); circle text := pathways_circle(); called text := session_user;
BEGIN
    RETURN EXISTS (
        SELECT FROM pathway_case it,
            LATERAL (SELECT {_on_list(_LET_IN, "case_id = it.id", "person_id = it.person_id")} AS here) named
        WHERE it.id = which AND ({_WRITTEN_HERE} OR (
            (circle = '*' OR strpos(circle, '|' || it.team || '|') > 0 OR (viewer <> 0 AND it.lead = called) OR named.here)
            AND (NOT it.guarded OR (
                NOT {_on_list(_KEPT_OUT, "case_id = it.id", "person_id = it.person_id")}
                AND (NOT it.restricted OR pathways_clears(it.pathway) OR named.here))))));
END"""

_KNOWS_PERSON = f"""
DECLARE viewer bigint := pathways_viewer(); circle text := pathways_circle();
BEGIN
    RETURN EXISTS (
        SELECT FROM person it,
            LATERAL (SELECT {_on_list(_LET_IN, "person_id = it.id")}
                OR EXISTS (SELECT FROM pathway_case theirs
                    WHERE theirs.person_id = it.id AND pathways_sees_case(theirs.id)) AS so) known
        WHERE it.id = which AND ({_WRITTEN_HERE} OR (
            (circle = '*' OR known.so)
            AND (NOT it.guarded OR (
                NOT {_on_list(_KEPT_OUT, "person_id = it.id")} AND (NOT it.restricted OR known.so))))));
END"""

_HELD = f"held.from_on <= {_TODAY} AND (held.to_on IS NULL OR held.to_on >= {_TODAY})"

_STANDS = f"who.from_on <= {_TODAY} AND (who.to_on IS NULL OR who.to_on >= {_TODAY})"

_VIEWER = f"""
DECLARE called text := session_user;
BEGIN
    RETURN coalesce((
        SELECT who.id FROM practitioner who
        WHERE who.login = called AND {_STANDS} AND EXISTS (SELECT FROM practitioner_role held WHERE held.practitioner_id = who.id AND {_HELD})), 0);
END"""

_CIRCLE = f"""
DECLARE called text := session_user; circle text;
BEGIN
    SELECT CASE WHEN bool_or(coalesce(nullif(held.agency, ''), who.agency) = '{AUTHORITY}') THEN '*'
        ELSE '|' || coalesce(string_agg(nullif(held.team, '') || '|', '') FILTER (WHERE strpos(held.team, '|') = 0), '')
        || coalesce((CASE WHEN strpos(who.team, '|') = 0 THEN nullif(who.team, '') END) || '|', '') END INTO circle
    FROM practitioner who JOIN practitioner_role held ON held.practitioner_id = who.id
    WHERE who.login = called AND {_STANDS} AND {_HELD} GROUP BY who.team;
    RETURN coalesce(circle, CASE WHEN pg_has_role(session_user, '{APP}', 'MEMBER') THEN '|' ELSE '*' END);
END"""
"""Whose work the viewer sees, as `models/staff.py` has it: every team's, or their own teams'. A practitioner whom the
register does not know today sees nothing; a reader, who is no practitioner, everything that is not guarded."""


_PAIRS = ", ".join(f"('{name}', '{role}')" for name, roles in CLEARED.items() for role in roles)
_CLEARS = f"""
DECLARE viewer bigint := pathways_viewer();
BEGIN
    RETURN EXISTS (
        SELECT FROM practitioner_role held
        WHERE held.practitioner_id = viewer AND (which, held.role) IN ({_PAIRS}) AND {_HELD});
END"""


_IS_ON_A_LIST = f"""
DECLARE viewer bigint := pathways_viewer();
BEGIN
    RETURN {_THIS_ONE} IS NOT NULL
        OR EXISTS (SELECT FROM access WHERE practitioner_id = viewer AND kind IN ({_LET_IN}) AND ended_at IS NULL)
        OR EXISTS (SELECT FROM practitioner_role held WHERE held.practitioner_id = viewer
            AND held.role IN ({_quoted(sorted({role for roles in CLEARED.values() for role in roles}))}) AND {_HELD});
END"""
"""Whether it is worth asking of each hidden row at all: most people stand on no list and are cleared for nothing."""

_BREAK_GLASS = f"""
DECLARE viewer bigint := pathways_viewer(); called text := session_user; it record; number bigint;
BEGIN
    SELECT found.* INTO it FROM pathway_case found WHERE found.reference = which;
    IF NOT FOUND OR viewer = 0 OR pathways_circle() <> '*' OR length(btrim(why)) < {REASON_LETTERS}
        OR pathways_sees_case(it.id) OR {_on_list(_KEPT_OUT, "case_id = it.id", "person_id = it.person_id")} THEN
        RETURN false;
    END IF;
    INSERT INTO access (case_id, practitioner_id, kind, because, by_login, from_at, until_at, recorded_at)
        VALUES (it.id, viewer, 'glass', why, called, now(), now() + interval '{GLASS_HOURS} hours', now())
        RETURNING id INTO number;
    INSERT INTO outbox (key, event, case_ref, pathway, team, rule, to_roles, effective_at, recorded_at)
        VALUES ('wall/' || number, 'pathways.access.glass', it.reference, it.pathway, it.team, '', '', now(), now());
    RETURN true;
END"""

_OWNING = " ".join(
    f"WHEN '{name}' THEN '{';'.join(sorted(map(str, roles)))}'" for name, roles in sorted(CLEARED.items())
)
_TELL_OF_DEATH = f"""
BEGIN
    IF NOT pathways_knows_person(which) THEN
        RETURN;
    END IF;
    INSERT INTO outbox (key, event, case_ref, pathway, team, rule, to_roles, effective_at, recorded_at)
        WITH linked AS (
            SELECT which AS id
            UNION SELECT person_id FROM person_link WHERE other_id = which AND ended_at IS NULL
            UNION SELECT other_id FROM person_link WHERE person_id = which AND ended_at IS NULL),
        same AS (
            SELECT id FROM linked
            UNION SELECT person_id FROM person_link WHERE other_id IN (SELECT id FROM linked) AND ended_at IS NULL)
        SELECT 'death/' || it.reference, 'pathways.person.died', it.reference, it.pathway, it.team, '',
            CASE it.pathway {_OWNING} ELSE '{";".join(sorted(map(str, KEEPERS)))}' END, now(), now()
        FROM pathway_case it
        WHERE it.person_id IN (SELECT id FROM same) AND it.is_open AND it.guarded AND NOT pathways_sees_case(it.id)
        ON CONFLICT DO NOTHING;
END"""
"""Tells those who see a case hidden from whoever recorded the death: its clocks run on until the next nightly check stops
them (`models/deaths.py`), or until one of them records it.
The caller learns nothing, not even whether there was anybody to tell."""


def _joined(table: str, members: str, seen: str) -> str:
    """Whether one of its members is in sight, or this transaction made it: nobody joins their own to what is hidden."""
    return (
        f"BEGIN RETURN EXISTS (SELECT FROM {table} it WHERE it.id = which AND ({_WRITTEN_HERE} OR EXISTS "
        f"(SELECT FROM {members} one WHERE one.{table}_id = it.id AND {seen}))); END"
    )


FUNCTIONS = {
    "pathways_viewer() RETURNS bigint STABLE": _VIEWER,
    "pathways_circle() RETURNS text STABLE": _CIRCLE,
    "pathways_is_on_a_list() RETURNS boolean STABLE": _IS_ON_A_LIST,
    "pathways_clears(which text) RETURNS boolean STABLE": _CLEARS,
    "pathways_sees_case(which bigint) RETURNS boolean STABLE": _SEES_CASE,
    "pathways_knows_person(which bigint) RETURNS boolean STABLE": _KNOWS_PERSON,
    "pathways_sees_meeting(which bigint) RETURNS boolean STABLE": _joined(
        "meeting", "meeting_case", "pathways_sees_case(one.case_id)"
    ),
    "pathways_knows_household(which bigint) RETURNS boolean STABLE": _joined(
        "household", "household_member", "pathways_knows_person(one.person_id)"
    ),
    "pathways_tell_of_death(which bigint) RETURNS void VOLATILE": _TELL_OF_DEATH,
    "pathways_break_glass(which text, why text) RETURNS boolean VOLATILE": _BREAK_GLASS,
}
"""What the policies ask, by signature. Each tells of the viewer, or says no of a hidden case as of a missing one. The
last is the way in in an emergency: it says no where the command would, and its row stays."""


def table_statements(name: str) -> list[str]:
    """What gives one table its grants and policies, whatever it had."""
    walled = TABLES[name]
    made = [
        f"ALTER TABLE {name} OWNER TO {OWNER}",
        f"REVOKE ALL ON {name} FROM PUBLIC, {APP}, {READER}, {SERVICE}",
        f"GRANT {_kept(name)} ON {name} TO {SERVICE}",
    ]
    if walled.app:
        made += [f"GRANT {walled.app} ON {name} TO {APP}", f"GRANT {_read(walled)} ON {name} TO {READER}"]
    if walled.sight:
        made += [
            f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY",
        ]
        for policy, words in _policies(name, walled).items():
            made += [f"DROP POLICY IF EXISTS {policy} ON {name}", f"CREATE POLICY {policy} ON {name} {words}"]
    return made


def _read(walled: Walled) -> str:
    """What readers may: to read what practitioners may, where those see a part of the columns only that part."""
    return walled.app if walled.app.startswith("SELECT (") else "SELECT"


def _kept(name: str) -> str:
    return "SELECT, INSERT" if name in APPEND_ONLY else "SELECT, INSERT, UPDATE, DELETE"


def _policies(name: str, walled: Walled) -> dict[str, str]:
    return {
        f"{name}_kept": f"TO {OWNER}, {SERVICE} USING (true) WITH CHECK (true)",
        f"{name}_seen": f"FOR SELECT TO {APP}, {READER} USING ({walled.sight})",
        f"{name}_added": f"FOR INSERT TO {APP} WITH CHECK ({walled.adds or walled.sight})",
        f"{name}_changed": f"FOR UPDATE TO {APP} USING ({walled.sight}) WITH CHECK (true)",
    }


def _called(signature: str) -> str:
    return signature.split(" RETURNS ")[0].replace("which ", "").replace("why ", "")


def _function_statements(schema: str) -> list[str]:
    made = []
    for signature, body in FUNCTIONS.items():
        named = _called(signature)
        made += [
            f"CREATE OR REPLACE FUNCTION {signature} LANGUAGE plpgsql SECURITY DEFINER "
            f"SET search_path = pg_catalog, {schema}, pg_temp AS $${body}$$",
            f"ALTER FUNCTION {named} OWNER TO {OWNER}",
            f"REVOKE ALL ON FUNCTION {named} FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION {named} TO {APP}, {READER}, {SERVICE}",
        ]
    return made


def statements(schema: str, there: Iterable[str]) -> list[str]:
    """What lays the whole wall anew, for the tables that are there. To be run as the owner or as a superuser.

    Args:
        schema: the schema of the tables, quoted where it must be.
        there: names of the tables that the database has.
    """
    present = set(there)
    made = [
        *_function_statements(schema),
        *(text for name in TABLES if name in present for text in table_statements(name)),
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM PUBLIC, {READER}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {APP}",
        f"GRANT ALL ON ALL SEQUENCES IN SCHEMA {schema} TO {SERVICE}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} REVOKE ALL ON FUNCTIONS FROM PUBLIC",
    ]
    return made


# --- the roles, and who owns the tables ---------------------------------------------------------------------------

MISSING_ROLES = (
    "The database roles of this program are not there yet, and this login may not make them. Nothing was changed; "
    "ask the database administrator to make them (docs/postgresql.md), or upgrade as a superuser."
)
NOT_THE_OWNER = (
    f"This login may not change the tables. Nothing was changed; upgrade as a superuser or as a login in {OWNER} "
    "(docs/postgresql.md)."
)


def role_statements(*, superuser: bool) -> list[str]:
    """What makes the roles that are not there. Several databases of one server share them.

    Only a superuser can exempt a role from row security. Without that the service reads and writes everything all
    the same, by its policies; but it cannot pour rows in with COPY, which PostgreSQL refuses on a walled table, and
    so neither checks nor makes checkpoints.
    """
    made = []
    for role in ROLES:
        exempt = " BYPASSRLS" if role == SERVICE and superuser else ""
        made.append(
            f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN{exempt}; "
            "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        )
        if exempt:
            made.append(
                f"DO $$ BEGIN IF NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = '{role}') "
                f"THEN ALTER ROLE {role} BYPASSRLS; END IF; END $$"
            )
    return made


def hand_over(schema: str, there: Iterable[str]) -> list[str]:
    """What gives the schema's use and every table to the owner, and takes both from everybody else."""
    return [
        f"GRANT USAGE, CREATE ON SCHEMA {schema} TO {OWNER}",
        f"REVOKE ALL ON SCHEMA {schema} FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA {schema} TO {APP}, {READER}, {SERVICE}",
        "DO $$ DECLARE name text := quote_ident(current_database()); BEGIN IF pg_has_role(current_user, (SELECT datdba "
        "FROM pg_database WHERE datname = current_database()), 'USAGE') THEN "
        "EXECUTE 'REVOKE ALL ON DATABASE ' || name || ' FROM PUBLIC'; "
        f"EXECUTE 'GRANT CONNECT ON DATABASE ' || name || ' TO {', '.join(ROLES)}'; "
        f"EXECUTE 'GRANT TEMPORARY ON DATABASE ' || name || ' TO {SERVICE}'; END IF; END $$",
        *(f"ALTER TABLE {name} OWNER TO {OWNER}" for name in there if name in TABLES),
        f"DO $$ DECLARE each regprocedure; BEGIN FOR each IN SELECT oid::regprocedure FROM pg_proc "
        "WHERE starts_with(proname, 'pathways_') AND pronamespace = current_schema()::regnamespace "
        f"LOOP EXECUTE 'ALTER FUNCTION ' || each || ' OWNER TO {OWNER}'; END LOOP; END $$",
    ]


# --- does it stand? -----------------------------------------------------------------------------------------------


def open_tables(store: Store) -> list[str]:
    """The tables behind the wall that it does not close: row security off, not forced, or a policy gone."""
    asked = (
        "SELECT relname::text, count(polname) FROM pg_class LEFT JOIN pg_policy ON polrelid = pg_class.oid "
        "WHERE relnamespace = current_schema()::regnamespace AND relrowsecurity AND relforcerowsecurity GROUP BY relname"
    )
    with store.reading() as tx:
        closed = dict(tx.connection.execute(asked).fetchall())
    return [
        name
        for name, walled in TABLES.items()
        if walled.sight and closed.get(name, 0) < len(_policies(name, walled))
    ]


def holds(store: Store) -> str:
    """Why row security does not hold the login of this connection, in a few words; empty where it does."""
    asked = (
        "SELECT rolsuper, rolbypassrls, pg_has_role(oid, %s, 'MEMBER'), pg_has_role(oid, %s, 'MEMBER'), "
        "pg_has_role(oid, %s, 'MEMBER') FROM pg_roles WHERE rolname = session_user"
    )
    with store.reading() as tx:
        superuser, exempt, owner, serves, practises = tx.connection.execute(
            asked, (OWNER, SERVICE, APP)
        ).fetchone()
    if superuser or exempt:
        return "a superuser" if superuser else "exempt from row security"
    if owner:
        return f"in the role {OWNER}"
    return f"in {SERVICE} and in {APP} at once" if serves and practises else ""


def tell_of_death(tx: Transaction, person_id: int) -> None:
    """Have the database tell of a death to those who see the person's cases that this login does not."""
    tx.connection.execute("SELECT pathways_tell_of_death(%s)", (person_id,))


def break_glass(store: Store, reference: str, because: str) -> bool:
    """Let whoever is logged in to the database through the wall to one case, and tell; whether that was needed and done.

    A transaction of its own: the wall opens once it is kept. False for a case that they see or that is not there, for
    somebody kept out, and for a login that is nobody on the register.
    """
    with store.writing() as tx:
        found = tx.connection.execute("SELECT pathways_break_glass(%s, %s)", (reference, because)).fetchone()
    return bool(found and found[0])


# --- on a connection of a migration -------------------------------------------------------------------------------


def _schema(connection: Connection) -> str:
    return str(connection.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one())


def _tables_there(connection: Connection) -> list[str]:
    found = connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    return [str(name) for (name,) in found]


def _run(connection: Connection, texts: Iterable[str]) -> None:
    connection.exec_driver_sql(";\n".join(texts))


def stands(connection: Connection) -> bool:
    """Whether the tables have been handed to the owner: migration 0003 or a later one has run."""
    found = connection.exec_driver_sql(
        "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = to_regclass('trail')"
    ).scalar()
    return found == OWNER


def become_owner(connection: Connection) -> None:
    """Do the rest of this transaction as the tables' owner.

    Raises:
        NotReady: this login may not.
    """
    may = connection.exec_driver_sql(f"SELECT pg_has_role(current_user, '{OWNER}', 'MEMBER')").scalar_one()
    if not may:
        raise NotReady(NOT_THE_OWNER)
    connection.exec_driver_sql(f"SET LOCAL ROLE {OWNER}")


def make_roles(connection: Connection) -> None:
    """Make the roles, hand them the tables, go on as the owner.

    Raises:
        NotReady: roles are missing and this login may not make them.
    """
    superuser, may_make = connection.exec_driver_sql(
        "SELECT rolsuper, rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
    ).one()
    asked = f"SELECT count(*) FROM pg_roles WHERE rolname IN ({_quoted(ROLES)})"
    there = connection.exec_driver_sql(asked).scalar()
    if there != len(ROLES) and not may_make:
        raise NotReady(MISSING_ROLES)
    if may_make:
        _run(connection, role_statements(superuser=superuser))
    if may_make and not superuser:
        _run(connection, [f"GRANT {OWNER} TO CURRENT_USER"])
    schema = _schema(connection)
    _run(connection, hand_over(schema, _tables_there(connection)))
    become_owner(connection)


def lay(connection: Connection) -> None:
    """Lay grants, functions and policies anew, where the owner has the tables."""
    if stands(connection):
        _run(connection, statements(_schema(connection), _tables_there(connection)))


def take_down(connection: Connection) -> None:
    """Take the wall away and leave the tables with their owner. Roles stay: other databases may use them."""
    for name in _tables_there(connection):
        if name in TABLES and TABLES[name].sight:
            policies = (f"DROP POLICY IF EXISTS {each} ON {name}" for each in _policies(name, TABLES[name]))
            off = (f"ALTER TABLE {name} {each} ROW LEVEL SECURITY" for each in ("NO FORCE", "DISABLE"))
            _run(connection, [*policies, *off])
    _run(connection, [f"DROP FUNCTION IF EXISTS {_called(each)}" for each in FUNCTIONS])
