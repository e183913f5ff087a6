"""Invented work for a practice store: it goes in once, through the usual door, and fills every page of the wall."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from datetime import datetime

import pytest

from models import practice as practice_work
from models.casework import Casework
from models.measuring import figures
from models.practice import NAMES, CutOff, add_work
from models.setup import AtTheKeyboard, fill
from models.store import open_store
from models.sweep import pass_due_dates
from models.verify import verify
from pathways import pathway
from pathways.moments import LONDON
from pathways.roles import Role
from pathways.wall.pages import TITLES, page
from tests.casefile import COORDINATOR, complete

CLOCK = datetime(2026, 4, 1, 9, tzinfo=LONDON)
WITHOUT_A_PICTURE = ("late-now", "the-check-itself")
WHO = AtTheKeyboard("practice", "Coordinator", (Role.COORDINATOR,))
CHANGES = ((Casework, "open"), (Casework, "make"), (practice_work, "changing"))
"""What changes a case in the invented work."""


@pytest.fixture
def practice(store, rules):
    fill(store, WHO, authority="sefton", now=CLOCK, practice_clock=CLOCK)
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


def told(store):
    """Every entry there is, without the salts, and how the cases stand."""
    with store.reading() as tx:
        entries = [(each.case_ref, each.seq, each.at, each.action) for each in tx.all("whole_trail")]
        return entries, [(each.reference, each.state) for each in tx.all("every_case_state")]


class Killed(BaseException):
    """Somebody pulled the plug."""


def cut_off(monkeypatch, store, rules, after):
    """Begin the invented work, let so many changes of cases through, and stop at the next."""
    left = iter(range(after))

    def counted(real):
        def call(*given, **named):
            if next(left, None) is None:
                raise Killed
            return real(*given, **named)

        return call

    with monkeypatch.context() as patch:
        for owner, name in CHANGES:
            patch.setattr(owner, name, counted(getattr(owner, name)))
        with pytest.raises(Killed):
            add_work(store, rules, COORDINATOR, CLOCK)


def calls_of(monkeypatch, store, rules):
    """The changes of cases in a run that nobody disturbs, by name."""
    calls = []

    def heard(name, real):
        def call(*given, **named):
            calls.append(name)
            return real(*given, **named)

        return call

    with monkeypatch.context() as patch:
        for owner, name in CHANGES:
            patch.setattr(owner, name, heard(name, getattr(owner, name)))
        add_work(store, rules, COORDINATOR, CLOCK)
    return calls


@contextmanager
def empty(path, rules):
    """A practice store with nothing in it."""
    with open_store(f"sqlite:///{path}") as store:
        store.connection.execute("PRAGMA synchronous=OFF")
        fill(store, WHO, authority="sefton", now=CLOCK, practice_clock=CLOCK)
        yield store


def test_cut_off_anywhere_it_goes_on_where_it_ended(tmp_path, empty_sqlite, rules, monkeypatch):
    for name in ("undisturbed", "cut_off"):
        shutil.copy(empty_sqlite, tmp_path / name)
    with empty(tmp_path / "undisturbed", rules) as store:
        calls = calls_of(monkeypatch, store, rules)
        expected = told(store)
    family = calls.index("changing")
    with empty(tmp_path / "cut_off", rules) as store:
        done = 0
        for stop in (1, 2, 9, family, family + 1, family + 3, family + 40, len(calls) - 1):
            cut_off(monkeypatch, store, rules, stop - done)
            done = stop
        assert add_work(store, rules, COORDINATOR, CLOCK) == len(NAMES)
        assert told(store) == expected
        assert verify(store, rules).whole
        assert add_work(store, rules, COORDINATOR, CLOCK) == 0


def test_where_somebody_has_worked_since_it_was_cut_off_it_says_how_to_begin_anew(
    tmp_path, empty_sqlite, rules, monkeypatch
):
    shutil.copy(empty_sqlite, tmp_path / "cut_off")
    with empty(tmp_path / "cut_off", rules) as store:
        cut_off(monkeypatch, store, rules, 1)
        with store.reading() as tx:
            (case,) = tx.all("every_case_state")
        move = next(
            each
            for each in pathway("child_protection").moves_from("strategy")
            if each.trigger == "take_no_further_action"
        )
        answers = complete(move.records, CLOCK.date().isoformat())
        Casework(store, rules).make(
            case.reference, move.trigger, actor=COORDINATOR, now=CLOCK, answers=answers
        )
        with pytest.raises(CutOff, match="pathways demo reset"):
            add_work(store, rules, COORDINATOR, CLOCK)
