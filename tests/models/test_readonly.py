"""A record that did not verify may be read, and nothing is added to it until an operator ends that."""

from __future__ import annotations

import pytest

from models.casework import Casework, NewPerson
from models.readonly import allow_writing, stop_writing
from models.relay import tell
from models.store import NotProven, open_store
from pathways import pathway
from pathways.errors import NOT_PROVEN
from tests.casefile import COORDINATOR, NOW, complete


@pytest.fixture
def begin(rules):
    entry = pathway("child_protection").entry("strategy").records

    def opened(store, **more):
        return Casework(store, rules).open(
            "child_protection", "strategy", person=NewPerson(given="Ash", family="Birch", sex="F"),
            actor=COORDINATOR, now=NOW, answers=complete(entry), **more,
        ).reference  # fmt: skip

    return opened


def test_nothing_is_added_and_everything_can_be_read(store, begin):
    reference = begin(store)
    stop_writing(store, NOW)
    with open_store(store.url) as later:
        with pytest.raises(NotProven) as refused:
            begin(later)
        assert refused.value.code == NOT_PROVEN
        with later.reading() as tx:
            assert tx.need("case_by_reference", reference=reference).reference == reference


def test_the_check_is_refused_too(store, rules, begin):
    from models.sweep import pass_due_dates

    stop_writing(store, NOW)
    with open_store(store.url) as later, pytest.raises(NotProven):
        pass_due_dates(later, rules, NOW, NOW)


def test_trying_a_move_and_taking_it_back_is_still_possible(store, begin):
    stop_writing(store, NOW)
    assert begin(store, dry_run=True)


def test_the_services_own_notes_go_on(store):
    stop_writing(store, NOW)
    with open_store(store.url) as later, later.writing(service=True) as tx:
        tell(tx, "service/check.finished/1", "pathways.check.finished", NOW)
    with store.reading() as tx:
        told = [each.event for each in tx.all("messages_to_relay", after=0, most=9)]
    assert told == ["pathways.audit.broken", "pathways.check.finished"]


def test_an_operator_ends_it(store, begin):
    stop_writing(store, NOW)
    with open_store(store.url) as later:
        assert allow_writing(later)
        assert begin(later)
        assert not allow_writing(later), "it was open already"
    with open_store(store.url) as after:
        assert begin(after)
