"""Who looked, and who took something out, is on the record: on the case, or on their own chain."""

from __future__ import annotations

import json
from io import StringIO

import pytest

from models.store import open_store
from models.viewer import ALL_SEEING
from pathways.errors import OK
from tests.models.office import NOW, Office

SAMPLE = "pathways/samples/cin_census_2026.xml"


@pytest.fixture
def at_work(tmp_path, sqlite_url, rules, monkeypatch, capsys):
    """An office with an allegation; commands typed in it by the designated officer."""
    from commands.run import run
    from models.setup import AtTheKeyboard, fill
    from pathways.roles import Role

    with open_store(sqlite_url) as store:
        fill(store, AtTheKeyboard("founder", "Coordinator", (Role.COORDINATOR,)), authority="sefton", now=NOW)
        office = Office(store, rules)
        reference = office.allegation()
    monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", sqlite_url)
    monkeypatch.setattr("commands.desk.real_now", lambda: NOW)
    monkeypatch.setattr("models.place.system_login", lambda: "officer")

    def typed(*words, handed="\n"):
        capsys.readouterr()
        monkeypatch.setattr("sys.stdin", StringIO(handed))
        code = run([each.replace("CASE", reference) for each in words])
        return code, *capsys.readouterr()

    def entries(chain=""):
        with open_store(sqlite_url) as store:
            store.viewer = ALL_SEEING
            with store.reading() as tx:
                if chain:
                    me = tx.need("practitioner_by_login", login=chain).id
                    return [
                        (row.action, json.loads(row.body)) for row in tx.all("own_chain", reference=f"~{me}")
                    ]
                return [row.action for row in tx.all("trail_of_case", reference=reference)]

    return typed, entries


@pytest.mark.parametrize(
    "words",
    [
        ("audit", "show", "CASE"),
        ("audit", "show", "CASE", "--json"),
        ("audit", "export", "CASE", "--out", "OUT"),
    ],
)
def test_the_entries_of_a_restricted_case_are_not_seen_without_a_look(at_work, tmp_path, words):
    typed, entries = at_work
    code, out, err = typed(*(str(tmp_path / "case.jsonl") if each == "OUT" else each for each in words))
    assert code == OK
    assert "This look has been recorded" in out + err
    assert entries()[-1] == "looked"


def test_a_search_that_shows_full_names_says_so_on_the_searchers_own_chain(at_work):
    typed, entries = at_work
    assert typed("find", "--stdin", "--names", handed="Robin Wren\n")[0] == OK
    assert typed("find", "--stdin", handed="Robin Wren\n")[0] == OK
    first, second = (body["search"] for action, body in entries("officer") if action == "search")
    assert first["names"] is True
    assert "names" not in second
    assert "Wren" not in json.dumps(first)


@pytest.mark.parametrize(
    ("words", "action", "what"),
    [
        (("users", "list", "--names"), "looked", {"at": "staff register"}),
        (("dashboards", "publish", "--out", "OUT"), "export", {"what": "pages"}),
        (("export", "processing-record", "--out", "OUT.md"), "export", {"what": "processing-record"}),
        (("audit", "export", "CASE", "--out", "OUT"), "export", None),
    ],
)
def test_what_is_taken_out_is_on_the_own_chain_of_whoever_took_it(at_work, tmp_path, words, action, what):
    typed, entries = at_work
    assert typed(*(each.replace("OUT", str(tmp_path / "out")) for each in words))[0] == OK
    (told,) = [body[action] for found, body in entries("officer") if found == action]
    assert what is None or told == what


def test_a_list_of_what_an_import_could_not_use_is_an_export_when_it_is_csv(at_work):
    typed, entries = at_work
    assert typed("import", "cin-census", SAMPLE)[0] == OK
    assert typed("import", "unused")[0] == OK
    assert entries("officer") == []
    assert typed("import", "unused", "--csv")[0] == OK
    assert [action for action, _ in entries("officer")] == ["export"]


def test_a_list_of_logins_alone_is_no_look_at_names(at_work):
    typed, entries = at_work
    assert typed("users", "list")[0] == OK
    assert entries("officer") == []
