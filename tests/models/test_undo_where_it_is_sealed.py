"""Undoing, and looking at a day that is over, in stores whose content is sealed: by key, and by a practitioner's own login."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.schema import engine
from models.setup import AtTheKeyboard, fill, settle_sealing
from models.store import open_store
from pathways import pathway
from pathways.errors import NOT_FOUND, OK
from pathways.roles import Role
from tests.casefile import complete
from tests.logins import an_office
from tests.models.sealed import CANARY, whole
from tests.models.test_row_security import CHILD

MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
ROLES = (Role.COORDINATOR, Role.SOCIAL_WORKER, Role.TEAM_LEADER)


@pytest.fixture(params=["sqlcipher", "postgresql"])
def desk(request, tmp_path, monkeypatch, capsys):
    """Types a command as somebody on a moment, in a sealed store; on PostgreSQL with a login that the wall holds."""
    from commands.run import run

    monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path / "home"))
    if request.param == "sqlcipher":
        url = request.getfixturevalue("sqlcipher_url")
        with open_store(url) as store:
            fill(store, AtTheKeyboard("amy", "Worker", ROLES), authority="sefton", now=MONDAY)
        monkeypatch.setattr("models.place.system_login", lambda: "amy")
        monkeypatch.setenv("PATHWAYS_DATABASE_URL", url)
        yield _typed(run, monkeypatch, capsys), url
        return
    with an_office(request.getfixturevalue("postgres_cluster")) as office:
        with open_store(office.url) as store:
            with store.writing() as tx:
                tx.connection.execute("DELETE FROM setting WHERE name = 'authority'")
            settle_sealing(store, unencrypted=False)
            fill(store, AtTheKeyboard("operator", "operator", ()), authority="sefton", now=MONDAY)
            assert store.sealed
        monkeypatch.setenv("PATHWAYS_DATABASE_URL", office.staff("amy", *ROLES))
        yield _typed(run, monkeypatch, capsys), office.url


def _typed(run, monkeypatch, capsys):
    def typed(at, *words):
        monkeypatch.setattr("commands.desk.real_now", lambda: at)
        capsys.readouterr()
        code = run(list(words))
        out, err = capsys.readouterr()
        return code, out, err

    return typed


@pytest.fixture
def case(desk):
    """A case that the person at the keyboard opened themselves."""
    from models.casework import Casework
    from models.setup import rules_of
    from models.viewer import ALL_SEEING
    from pathways.engine import Actor

    _, url = desk
    with open_store(url) as store:
        store.viewer = ALL_SEEING
        records = pathway("child_protection").entry("strategy").records
        return Casework(store, rules_of(store)).open(
            "child_protection", "strategy", person=CHILD, actor=Actor("sender", frozenset(ROLES)), now=MONDAY,
            answers=complete(records, "2026-11-02"),
        ).reference  # fmt: skip


def noted(typed, case, at):
    code, _, err = typed(
        at, "record", "note", case, "--answer", "nature=fact", "--answer", f"text={CANARY} came", "--no-input"
    )
    assert code == OK, err


def test_an_undo_leaves_what_was_known_on_a_day_that_is_over(desk, case):
    typed, url = desk
    noted(typed, case, MONDAY + timedelta(hours=2))
    later = MONDAY + timedelta(days=2)
    looks = [
        (word, case, *more, "--as-at", "2026-11-02")
        for word, more in (("show", ("--full",)), ("show", ("--json",)), ("chronology", ("--full",)))
    ]
    before = [typed(later, *words)[:2] for words in looks]
    assert [code for code, _ in before] == [OK] * len(looks)
    assert CANARY in before[2][1], "what is sealed is opened for whoever may read it"
    code, _, err = typed(later, "undo", case, "--entry", "2", "--because", "on the wrong case", "--no-input")
    assert code == OK, err
    assert [typed(later, *words)[:2] for words in looks] == before
    assert "withdrawn" in typed(later, "chronology", case, "--full")[1].lower()
    with open_store(url) as store:
        whole(store)


def test_an_undo_is_itself_undone(desk, case):
    typed, url = desk
    noted(typed, case, MONDAY + timedelta(hours=2))
    for entry, hour in (("2", 3), ("3", 4)):
        code, _, err = typed(
            MONDAY + timedelta(hours=hour),
            "undo",
            case,
            "--entry",
            entry,
            "--because",
            "a slip of mine",
            "--no-input",
        )
        assert code == OK, err
    with open_store(url) as store:
        whole(store)


def test_nothing_of_it_lies_open_in_the_database(desk, case):
    typed, url = desk
    noted(typed, case, MONDAY + timedelta(hours=2))
    with engine(url).connect() as connection:
        bodies = connection.exec_driver_sql("SELECT body FROM trail_payload").scalars().all()
    assert len(bodies) == 2
    assert not any(CANARY in str(each) for each in bodies)


def test_what_may_not_be_seen_is_neither_undone_nor_looked_back_at(desk, case):
    typed, url = desk
    with open_store(url) as store, store.writing() as tx:
        mark = "?" if store.dialect == "sqlite" else "%s"
        tx.connection.execute(
            f"UPDATE pathway_case SET guarded = {mark}, restricted = {mark} WHERE reference = {mark}",
            (True, True, case),
        )
    for words in (
        ("undo", case, "--because", "on the wrong case", "--no-input"),
        ("show", case, "--as-at", "2026-11-02"),
    ):
        code, out, err = typed(MONDAY + timedelta(days=2), *words)
        assert code == NOT_FOUND, (out, err)
