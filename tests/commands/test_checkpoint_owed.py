"""Work that is saved where the checkpoint due after it could not be made says so, once, and keeps its receipt."""

from __future__ import annotations

import errno
import json

import pytest

from models import anchors
from pathways.errors import OK, REFUSED

SAID = "What was written is saved, but no checkpoint could be made over it"
SEEN = (
    "do", "cp3", "child-seen", "--answer", "seen=yes", "--answer", "alone=yes", "--answer", "observed=x",
)  # fmt: skip
WORKS = {
    "a move": (SEEN, OK),
    "an undo": (("undo", "cp1", "--because", "It was on the wrong case.", "--by", "line-manager"), OK),
    "a refusal": (("do", "cp1", "start-conference", "--no-input"), REFUSED),
}


@pytest.fixture
def full_disk(monkeypatch):
    """No checkpoint can be made, and one is due after every entry."""

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(anchors, "EVERY", 1)
    monkeypatch.setattr(anchors, "ONE_IN", 1)
    with monkeypatch.context() as broken:
        broken.setattr(anchors, "_kept", full)
        yield broken


@pytest.mark.parametrize(("arguments", "code"), WORKS.values(), ids=WORKS)
def test_whatever_was_written_without_its_checkpoint_says_so_last(say, full_disk, arguments, code):
    said = say(*arguments)
    assert (said.code, said.words.count(SAID)) == (code, 1), said.words
    assert said.words.endswith("it is made: pathways audit anchor")
    assert SAID not in " ".join(said.out.split())
    full_disk.undo()
    assert say("audit", "anchor").code == OK
    assert SAID not in say("show", "cp3", "--names").words


def test_the_receipt_for_another_program_says_it_too(say, full_disk):
    owed = json.loads(say(*SEEN, "--json").out)
    assert (owed["changed"], owed["checkpoint_owed"]) == (True, True)
    full_disk.undo()
    assert json.loads(say(*SEEN, "--json").out)["checkpoint_owed"] is False


def test_a_trial_and_a_look_without_a_record_owe_nothing(say, full_disk):
    for arguments in ((*SEEN, "--dry-run"), ("show", "cp3"), ("worklist",)):
        assert SAID not in say(*arguments).words
