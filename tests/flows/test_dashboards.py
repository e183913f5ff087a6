"""The managers' pages as a flow: what it publishes, in which order, and that Prefect is told of no person."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from models.casework import Casework, NewPerson
from models.setup import AtTheKeyboard, fill
from models.store import open_store
from models.sweep import pass_due_dates
from pathways import pathway
from pathways.roles import Role
from pathways.wall.pages import TITLES, page
from tests.casefile import COORDINATOR, NOW, complete

pytestmark = pytest.mark.prefect

LATER = datetime(2026, 12, 1, 6, tzinfo=UTC)
CANARY = NewPerson(given="Zanzibarella", family="Quicksilverson", birth_date=date(2017, 3, 1), sex="F")


@pytest.fixture
def morning(store_url, rules, monkeypatch, prefect_server):
    """A practice store with a late enquiry, checked this morning, and its address in the environment."""
    monkeypatch.setenv("PATHWAYS_DATABASE_URL", store_url)
    with open_store(store_url) as store:
        who = AtTheKeyboard("practice", "Coordinator", (Role.COORDINATOR,))
        fill(store, who, authority="sefton", now=NOW, practice_clock=LATER)
        casework, found = Casework(store, rules), pathway("child_protection")
        forms = {each.trigger: each.records for each in found.moves}
        reference = casework.open(
            "child_protection", "strategy", person=CANARY, actor=COORDINATOR, now=NOW,
            answers=complete(found.entry("strategy").records),
        ).reference  # fmt: skip
        casework.make(
            reference, "start_enquiry", actor=COORDINATOR, now=NOW, answers=complete(forms["start_enquiry"])
        )
        pass_due_dates(store, rules, LATER, LATER)
        yield store


@pytest.fixture(autouse=True)
def places_anywhere(monkeypatch):
    """The places of fourteen pages take some two hundred draws; where their order is not the subject, they lie anywhere."""
    from flows import dashboards

    monkeypatch.setattr(dashboards, "keep_places", lambda _client, _keys: [])


def artifacts(database: str):
    """Every version of every artifact in Prefect's own database, oldest first."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as prefects:
        return prefects.execute(
            "SELECT key, type, description, data FROM artifact ORDER BY created"
        ).fetchall()


def test_it_publishes_every_page_the_most_important_last(morning, prefect_server):
    from flows.dashboards import publish_dashboards

    before = len(artifacts(prefect_server))
    state = publish_dashboards(return_state=True)
    assert state.is_completed()
    assert state.message == "14 pages published"
    made = artifacts(prefect_server)[before:]
    assert [key for key, *_ in made] == list(reversed(TITLES))
    assert {kind for key, kind, *_ in made if key != "late-now"} == {"markdown"}
    assert all(len(description) <= 60 for _, _, description, _ in made)
    pages = {key: json.loads(data) for key, _, _, data in made}
    assert all(len(pages[key].encode()) < 100_000 for key in pages if key != "late-now")
    assert pages["this-morning"].startswith("**As at 6am, Tuesday 1 December 2026.**\nRules england-")
    assert "1 case is late" in pages["this-morning"]
    rows = json.loads(pages["late-now"]) if isinstance(pages["late-now"], str) else pages["late-now"]
    assert list(rows[0]) == ["Days late", "Case", "Waiting for", "Team", "Was due"]
    assert "CP-2026-0001" in {row["Case"] for row in rows}


def shown(api, keys):
    """Which of these keys the Artifacts page shows, as both of Prefect's interfaces ask for them."""
    asked = {"artifacts": {"key": {"exists_": True}}, "sort": "ID_DESC"}
    found = api.request("POST", "/artifacts/latest/filter", json=asked).json()
    return [each["key"] for each in found if each["key"] in keys]


@pytest.fixture
def few(monkeypatch, api):
    """Four pages under names of their own stand for all fourteen, whose order tests/flows/test_wall_in_browser.py sees."""
    from flows import dashboards, wall_order

    pages = {f"one-of-few-{key}": key for key in list(TITLES)[:4]}
    monkeypatch.setattr(dashboards, "keep_places", wall_order.keep_places)
    monkeypatch.setattr(dashboards, "TITLES", {key: TITLES[of] for key, of in pages.items()})
    monkeypatch.setattr(
        dashboards,
        "all_pages",
        lambda found: [replace(page(found, of), key=key) for key, of in pages.items()],
    )
    return list(pages)


def test_the_front_page_leads_and_the_others_follow_by_importance(morning, api, few):
    """The numbers by which Prefect lists pages are drawn at random: it is done twice, each time from none."""
    from flows.dashboards import publish_dashboards

    def versions():
        return [each for each in api.read_artifacts(limit=200) if each.key in few]

    for _ in range(2):
        for each in versions():
            api.delete_artifact(each.id)
        assert shown(api, few) == []
        publish_dashboards()
        assert shown(api, few) == few
        assert sorted(each.key for each in versions()) == sorted(few), (
            "of the empty pages that held the places none is left"
        )
    publish_dashboards()
    assert shown(api, few) == few, "the next versions stay where they are"


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("f" * 32, 0),
        ("0" * 32, 13),
        ("edb6db6d" + "b" * 24, 0),
        ("edb6db6d" + "0" * 24, 1),
        ("80" + "0" * 30, 6),
    ],
)
def test_a_number_belongs_to_one_place(number, place):
    from flows.wall_order import in_place

    assert [each for each in range(14) if in_place(UUID(number), each, 14)] == [place]


def test_one_page_can_be_published_again_and_a_wrong_name_is_refused(morning, prefect_server):
    from flows.dashboards import publish_dashboards

    before = len(artifacts(prefect_server))
    assert publish_dashboards("late-now", return_state=True).is_completed()
    assert [key for key, *_ in artifacts(prefect_server)[before:]] == ["late-now"]
    state = publish_dashboards("every-page", return_state=True)
    assert str(state.result(raise_on_failure=False)).startswith("Mistyped in publish-dashboards, error no. ")


def test_it_notes_the_morning_for_the_lines_over_time(morning):
    from flows.dashboards import publish_dashboards

    publish_dashboards("this-morning")
    publish_dashboards("this-morning")
    with morning.reading() as tx:
        (row,) = tx.all("wall_over_time", since=date(2026, 11, 30))
    assert (row.day, row.pathway, row.open_cases, row.late) == (date(2026, 12, 1), "child_protection", 1, 1)


def test_prefect_sees_no_person_on_any_page(morning, prefect_server, monkeypatch):
    from flows import dashboards

    dashboards.publish_dashboards()

    def talks(*_given):
        raise LookupError("Zanzibarella Quicksilverson, born 2017-03-01")

    monkeypatch.setattr(dashboards, "figures", talks)
    assert dashboards.publish_dashboards(return_state=True).is_failed()
    kept = b"".join(
        each.read_bytes() for each in Path(prefect_server).parent.glob(Path(prefect_server).name + "*")
    )
    assert b"publish-dashboards" in kept
    for told in ("Zanzibarella", "Quicksilverson", "2017-03-01", morning.url):
        assert told.encode() not in kept
    texts = " ".join(str(data) for _, _, _, data in artifacts(prefect_server))
    assert "An invented answer" not in texts, "no free text"


def test_the_run_is_called_what_it_is_for():
    from flows.dashboards import run_name

    assert re.fullmatch(r"Managers' pages for \d+ [A-Z][a-z]+ 20\d\d", run_name())
