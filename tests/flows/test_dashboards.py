"""The managers' pages as a flow: what it publishes, in which order, and that Prefect is told of no person."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.casework import Casework, NewPerson
from models.setup import AtTheKeyboard, fill
from models.store import open_store
from models.sweep import pass_due_dates
from pathways import pathway
from pathways.practice_mark import MARK
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
    """The places of fourteen pages take some hundred draws; where their order is not the subject, they lie anywhere."""
    from flows import dashboards

    monkeypatch.setattr(dashboards, "keep_places", lambda *_given: None)


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
    # The morning is one of invented cases, and says so before all else.
    head = f"**{MARK}.**\nAs at 6am, Tuesday 1 December 2026.\nRules england-"
    assert pages["this-morning"].startswith(head)
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

    def one(found, key):
        return replace(page(found, pages[key]), key=key)

    monkeypatch.setattr(dashboards, "page", one)
    monkeypatch.setattr(dashboards, "all_pages", lambda found: [one(found, key) for key in pages])
    return list(pages)


@pytest.fixture
def nowhere(api, few):
    """Begin with none of the few pages; gives a function that does so again."""

    def begin():
        for each in versions(api, few):
            api.delete_artifact(each.id)
        assert shown(api, few) == []

    begin()
    yield begin
    begin()


def versions(api, keys):
    return [each for each in api.read_artifacts(limit=200) if each.key in keys]


def test_the_front_page_leads_and_the_others_follow_by_importance(morning, api, few, nowhere):
    """The numbers by which Prefect lists pages are drawn at random: it is done twice, each time from none."""
    from flows.dashboards import publish_dashboards

    for _ in range(2):
        nowhere()
        publish_dashboards()
        assert shown(api, few) == few
        assert sorted(each.key for each in versions(api, few)) == sorted(few), (
            "of the empty pages that held the places none is left"
        )
    publish_dashboards()
    assert shown(api, few) == few, "the next versions stay where they are"


def test_a_first_publish_that_was_killed_while_places_were_drawn_is_put_right_by_the_next(
    morning, api, few, nowhere, monkeypatch
):
    """It left a card for each page, in a wrong order; the cards show their numbers already."""
    from flows import wall_order
    from flows.dashboards import publish_dashboards

    cards = dict.fromkeys(few, "**7** cases")
    monkeypatch.setattr(wall_order, "ROUNDS", 1)
    while not shown(api, few) or shown(api, few) == few:
        nowhere()
        wall_order.keep_places(api, cards, few)
    assert {each.description for each in versions(api, few)} == {"**7** cases\n\nThis page is being made."}
    monkeypatch.setattr(wall_order, "ROUNDS", 400)
    publish_dashboards()
    assert shown(api, few) == few
    assert len(versions(api, few)) == len(few)


def test_a_first_publish_that_was_killed_between_two_pages_is_finished_by_the_next(
    morning, api, few, nowhere, monkeypatch
):
    from flows import dashboards

    really, done = dashboards.publish, []

    def killed(one):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(one.key)
        really(one)

    monkeypatch.setattr(dashboards, "publish", killed)
    with pytest.raises(KeyboardInterrupt):
        dashboards.publish_dashboards()
    monkeypatch.setattr(dashboards, "publish", really)
    assert shown(api, few) == few, "each has its place before the first is published"
    assert len(versions(api, few)) == len(few) + 2, "the empty pages are there still"
    dashboards.publish_dashboards()
    assert shown(api, few) == few
    found = [each.key for each in versions(api, few)]
    assert sorted(found) == sorted([*few, *done]), "of the empty pages none is left"


def test_a_page_that_is_published_alone_at_first_leaves_room_for_the_others(morning, api, few, nowhere):
    from flows.dashboards import publish_dashboards

    for alone in (few[2], few[0]):
        publish_dashboards(alone)
    publish_dashboards()
    assert shown(api, few) == few


SHARES = st.integers(0, 2**52 - 1).map(lambda number: (2 * number + 1) / 2**53)


def lying(numbers, published=()):
    from flows.wall_order import Lying

    return [Lying(at, at is not None and place in published) for place, at in enumerate(numbers)]


def test_cards_in_order_are_all_kept_and_of_two_the_wrong_way_round_one():
    from flows.wall_order import worth_keeping

    assert worth_keeping(lying([0.9, 0.5, 0.1])) == {0, 1, 2}
    assert worth_keeping(lying([0.9, 0.2, 0.4, 0.1])) in ({0, 1, 3}, {0, 2, 3})
    assert worth_keeping(lying([0.9, 0.2, 0.4, 0.1], published=[1])) == {0, 1, 3}
    assert worth_keeping(lying([None, 0.5, None])) == {1}
    assert worth_keeping(lying([0.01, 0.5, None])) == {1}, "one that leaves no room is drawn anew"


@given(
    st.lists(st.one_of(st.none(), SHARES), max_size=14),
    st.sets(st.integers(0, 13)),
)
def test_what_is_kept_lies_in_order_and_what_is_published_stays_where_it_can(numbers, published):
    from flows.wall_order import worth_keeping

    kept = [numbers[place] for place in sorted(worth_keeping(lying(numbers, published)))]
    assert None not in kept
    assert kept == sorted(set(kept), reverse=True)
    fixed = [number for place, number in enumerate(numbers) if place in published and number is not None]
    if fixed == sorted(set(fixed), reverse=True):
        assert set(fixed) <= set(kept)


def test_fourteen_places_take_about_a_hundred_draws():
    """Each on its own, in a fourteenth of all numbers that belongs to it, would take 196."""
    from flows.wall_order import worth_keeping

    drawing, draws, firsts = Random(20261201), 0, 40
    for _ in range(firsts):
        numbers = [drawing.random() for _ in TITLES]
        draws += len(numbers)
        while anew := set(range(len(numbers))) - worth_keeping(lying(numbers)):
            draws += len(anew)
            for place in anew:
                numbers[place] = drawing.random()
        assert numbers == sorted(numbers, reverse=True)
    assert draws / firsts < 125


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
