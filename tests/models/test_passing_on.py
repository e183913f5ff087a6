"""Passing on a file in the store: one login never records both sides of it, whatever its role, and an undo keeps that."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.casework import NewPerson
from models.refusals import RefusedMove
from models.undo import undo
from models.verify import verify
from pathways import pathway
from pathways.engine import Actor
from pathways.errors import NOT_ALLOWED
from pathways.roles import Role
from tests.casefile import COORDINATOR, NOW, complete

TRANSFER = pathway("file_transfer")
OTHER = Actor("coordinator-2", COORDINATOR.roles)
THIRD = Actor("records-1", frozenset({Role.RECORDS_OFFICER}))
OWN = {"pages": "12", "to": "the next setting"}


class Sent:
    """A file that a coordinator has handed over, and the moves after it."""

    def __init__(self, casework):
        self.casework, self.now = casework, NOW
        person = NewPerson(given="Ash", family="Birch", birth_date=date(2014, 3, 1))
        records = TRANSFER.entry("left_in_year").records
        self.reference = casework.open(
            "file_transfer", "left_in_year", person=person, actor=COORDINATOR, now=NOW, answers=complete(records)
        ).reference  # fmt: skip
        self.make("hold_talk", COORDINATOR)
        self.sent_at = self.make("send_file", COORDINATOR).seq

    def make(self, trigger, actor):
        """Make a move, an hour after the last."""
        self.now += timedelta(hours=1)
        move = next(each for each in TRANSFER.moves if each.trigger == trigger)
        return self.casework.make(
            self.reference, trigger, actor=actor, now=self.now, answers=complete(move.records, **OWN)
        )

    @property
    def facts(self):
        """What is known of it."""
        with self.casework.store.reading() as tx:
            return tx.need("case_by_reference", reference=self.reference).facts


@pytest.fixture
def sent(casework):
    return Sent(casework)


def refused(sent, trigger, actor):
    with pytest.raises(RefusedMove) as said:
        sent.make(trigger, actor)
    return said.value


def test_one_coordinator_never_records_both_sides(sent):
    answer = refused(sent, "receive_file", COORDINATOR)
    assert answer.code == NOT_ALLOWED
    assert "somebody other than whoever made send-file" in str(answer)
    refused(sent, "receive_file", Actor("COORDINATOR-1", COORDINATOR.roles))
    sent.make("receive_file", OTHER)
    refused(sent, "accept_receipt", OTHER)
    assert sent.make("accept_receipt", COORDINATOR).state == "accepted"
    assert (sent.facts["handed_over_by"], sent.facts["receipt_by"]) == ("coordinator-1", "coordinator-2")


def test_the_copy_goes_only_once_the_receipt_is_accepted(sent):
    refused(sent, "destroy_copy", COORDINATOR)
    sent.make("receive_file", OTHER)
    refused(sent, "destroy_copy", COORDINATOR)
    sent.make("accept_receipt", COORDINATOR)
    assert "destroy_copy" in {move.trigger for move in TRANSFER.moves_from("accepted")}


def test_a_file_that_did_not_arrive_may_be_signed_for_by_whoever_sent_it_the_first_time(sent):
    sent.make("report_gap", OTHER)
    assert not {"handed_over_by", "receipt_by"} & sent.facts.keys()
    sent.make("hold_talk", THIRD)
    sent.make("send_file", THIRD)
    assert sent.make("receive_file", COORDINATOR).state == "received"


def test_an_undo_leaves_whoever_sent_it_as_the_sender(sent, rules):
    receipt = sent.make("receive_file", OTHER).seq
    store = sent.casework.store
    undo(
        store, rules, sent.reference, actor=OTHER, now=sent.now + timedelta(hours=1), entry=receipt,
        because="It was entered on the wrong case.", by=Role.RECORDS_OFFICER,
    )  # fmt: skip
    sent.now += timedelta(hours=1)
    assert sent.facts["handed_over_by"] == "coordinator-1"
    assert "receipt_by" not in sent.facts
    refused(sent, "receive_file", COORDINATOR)
    found = verify(store, rules)
    assert found.whole, [str(each) for each in found.faults]
