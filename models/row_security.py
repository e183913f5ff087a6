"""PostgreSQL's second wall: who may touch which table, and which rows of it they see, said by the database itself.

Four roles without a login own, use, read and keep the tables; each practitioner has a login of their own in
`pathways_app`. Row-level security asks who that login is (`session_user`, which no statement can change) and looks
them up in the staff register: the gate of `models/statements/parts.py` once more, below anything a program can get
wrong. Whoever runs SQL as a practitioner sees what that practitioner may see. Breaking the glass stays open to them,
and leaves its row.

It does not stop a superuser, the owner, a login in `pathways_service`, or anybody with the server's files. A unique
key can tell that a hidden row has the same key, and how long an answer takes can tell that something was looked at.

Migration 0003 makes the roles and hands the tables over. Everything else here is laid down anew after each upgrade,
as the trail's guards are, so that a table is walled in the same transaction that makes it. What there is to lay stands
in `models/row_security_tables.py` and `models/row_security_functions.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from models.guards import APPEND_ONLY
from models.row_security_functions import FUNCTIONS, called
from models.row_security_tables import APP, OWNER, READER, ROLES, SERVICE, TABLES, Walled, quoted
from pathways.errors import NotReady

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from models.store import Store
    from models.transaction import Transaction


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


def _function_statements(schema: str) -> list[str]:
    made = []
    for signature, body in FUNCTIONS.items():
        named = called(signature)
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
    asked = f"SELECT count(*) FROM pg_roles WHERE rolname IN ({quoted(ROLES)})"
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
    _run(connection, [f"DROP FUNCTION IF EXISTS {called(each)}" for each in FUNCTIONS])
