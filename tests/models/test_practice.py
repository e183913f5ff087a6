"""Invented work for a practice store: it goes in once, through the usual door, and fills every page of the wall."""

from __future__ import annotations

from datetime import datetime

import pytest

from models.measuring import figures
from models.practice import NAMES, add_work
from models.setup import AtTheKeyboard, fill
from models.sweep import pass_due_dates
from models.verify import verify
from pathways.moments import LONDON
from pathways.roles import Role
from pathways.wall.pages import TITLES, page
from tests.casefile import COORDINATOR

CLOCK = datetime(2026, 4, 1, 9, tzinfo=LONDON)
WITHOUT_A_PICTURE = ("late-now", "the-check-itself")


@pytest.fixture
def practice(store, rules):
    who = AtTheKeyboard("practice", "Coordinator", (Role.COORDINATOR,))
    fill(store, who, authority="sefton", now=CLOCK, practice_clock=CLOCK)
    assert add_work(store, rules, COORDINATOR, CLOCK) == len(NAMES)
    pass_due_dates(store, rules, CLOCK, CLOCK)
    return store


def test_it_fills_every_page_of_the_wall(practice, rules):
    found = figures(practice, rules, CLOCK)
    for key in TITLES:
        one = page(found, key)
        assert one.charts or key in WITHOUT_A_PICTURE, key
        assert one.tables or one.listed, key


def test_it_goes_in_once_and_the_record_proves_itself(practice, rules):
    assert add_work(practice, rules, COORDINATOR, CLOCK) == 0
    assert verify(practice, rules).whole


def test_real_records_are_left_alone(store, rules):
    who = AtTheKeyboard("somebody", "Coordinator", (Role.COORDINATOR,))
    fill(store, who, authority="sefton", now=CLOCK)
    assert add_work(store, rules, COORDINATOR, CLOCK) == 0
    with store.reading() as tx:
        assert tx.all("every_case_state") == []
