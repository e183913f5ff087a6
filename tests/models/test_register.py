"""The staff register: who is at the keyboard, and what nobody does for themselves."""

from __future__ import annotations

import os

import pytest

from models.access import NotTheirs
from models.register import Member, enrol, give_role
from pathways.roles import Role
from tests.models.office import NOW, proven


@pytest.fixture
def office(store, rules):
    yield from proven(store, rules)


def test_nobody_makes_themselves_a_designated_officer(office):
    manager = office.sit("manager")
    with pytest.raises(NotTheirs, match="Nobody makes themselves"):
        give_role(office.store, "manager", Role.LADO, from_on=NOW.date(), to_on=None, actor=manager, now=NOW)
    with pytest.raises(NotTheirs, match="Only a designated officer"):
        give_role(office.store, "worker", Role.LADO, from_on=NOW.date(), to_on=None, actor=manager, now=NOW)
    with pytest.raises(NotTheirs, match="kept by"):
        enrol(office.store, Member("x", roles=("staff",)), actor=office.actor("worker"), now=NOW)


def test_the_login_is_the_database_s_own_on_postgresql_and_the_system_s_on_sqlite(store, monkeypatch):
    from models.place import system_login
    from models.staff import login_of

    for name in ("LOGNAME", "USER", "USERNAME", "LNAME"):
        monkeypatch.setenv(name, "officer")
    if store.dialect == "sqlite":
        import pwd

        assert login_of(store) == system_login() == pwd.getpwuid(os.getuid()).pw_name != "officer"
    else:
        with store.reading() as tx:
            assert login_of(store) == tx.connection.execute("SELECT session_user").fetchone()[0]
