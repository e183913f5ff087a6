"""`import cin-census` where the store gives way after the last child is saved."""

import errno

import pytest

from models import anchors
from pathways.errors import OK
from pathways.invented import write_census


@pytest.fixture
def census(tmp_path):
    """A return of twenty children, enough for a checkpoint."""
    path = tmp_path / "census.xml"
    with path.open("wb") as out:
        write_census(out, children=20, seed=20, lea="343")
    return str(path)


def test_what_is_saved_without_its_checkpoint_is_said_and_the_way_to_it_works(say, census, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(anchors, "_kept", full)
        said = say("import", "cin-census", census)
    assert said.code == OK
    assert "What was written is saved, but no checkpoint could be made over it" in said.words
    assert "pathways audit anchor" in said.words
    assert say("audit", "anchor").code == OK
    assert "no checkpoint" not in say("import", "cin-census", census).words


def test_an_import_with_its_checkpoint_says_nothing_of_it(say, census):
    said = say("import", "cin-census", census)
    assert said.code == OK
    assert "checkpoint" not in said.words
