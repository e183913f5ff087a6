"""A store on PostgreSQL with real logins: staff on its register, each with a login of their own, and a service."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

from models.connecting import driver_address
from models.people import add_practitioner
from models.row_security_tables import APP, READER, SERVICE
from models.schema import upgrade
from models.setup import AtTheKeyboard, fill
from models.store import open_store
from pathways.roles import Role
from tests.casefile import NOW
from tests.postgres import OWNER, Cluster

SINCE = date(2020, 1, 1)


class Office:
    """One store and its logins. `url` is the superuser's; row security does not hold them."""

    def __init__(self, cluster: Cluster, url: str) -> None:
        self.cluster, self.url = cluster, url
        self.logins: dict[str, str] = {}
        self.mark = uuid4().hex[:8]

    def login(self, name: str, *roles: str) -> str:
        """The address for a new database login in these roles. Its whole name is in `logins`."""
        self.logins[name] = f"{name}_{self.mark}"
        with self.cluster.connect() as server:
            whole = sql.Identifier(self.logins[name])
            server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(whole))
            for role in roles:
                server.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), whole))
        return self.url.replace(f"{OWNER}@", f"{self.logins[name]}@")

    def staff(self, name: str, *roles: Role, agency: str = "local authority", team: str = "") -> str:
        """The address for somebody on the staff register, with a login of their own."""
        url = self.login(name, APP)
        with open_store(self.url) as store, store.writing() as tx:
            who = add_practitioner(
                tx, self.logins[name], name, agency=agency, team=team, from_on=SINCE, recorded_at=NOW
            )
            for role in roles:
                tx.run(
                    "add_practitioner_role", practitioner_id=who, role=role, agency=agency, team=team,
                    from_on=SINCE, to_on=None, recorded_at=NOW,
                )  # fmt: skip
        return url

    def service(self) -> str:
        """The address for the login of the nightly check, of imports and backups."""
        return self.login("night", SERVICE)

    def reader(self) -> str:
        """The address for a login that may only read."""
        return self.login("report", READER)

    def number(self, name: str) -> int:
        """Somebody's number on the staff register."""
        with open_store(self.url) as store, store.reading() as tx:
            return int(tx.need("practitioner_by_login", login=self.logins[name]).id)

    def ask(self, url: str, question: str, *values: Any) -> list[tuple[Any, ...]]:
        """What plain SQL answers to a login, past all our own code."""
        with connected(url) as connection:
            return connection.execute(question, values or None).fetchall()  # type: ignore[call-overload]

    def close(self) -> None:
        """Drop the logins."""
        with self.cluster.connect() as server:
            for whole in self.logins.values():
                server.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(whole)))


def connected(url: str) -> psycopg.Connection[Any]:
    """A connection past all our own code."""
    return psycopg.connect(driver_address(url), autocommit=True, connect_timeout=10)


def _filled(url: str) -> None:
    upgrade(url)
    with open_store(url) as store:
        fill(store, AtTheKeyboard("operator", "operator", ()), authority="sefton", now=NOW)


@contextlib.contextmanager
def an_office(cluster: Cluster) -> Iterator[Office]:
    """A store of the test's own, with an authority and a calendar, and nobody but the operator on its register."""
    with cluster.database(cluster.template("walled", fill=_filled)) as url:
        office = Office(cluster, url)
        try:
            yield office
        finally:
            office.close()
