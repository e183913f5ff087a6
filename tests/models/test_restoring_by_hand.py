"""What an operator meets who puts a backup back in a place that does not take it, each in a sentence that is true."""

from __future__ import annotations

import errno

import pytest

from models.copies import back_up, drill
from models.copy_files import read
from models.restoring import restore
from models.row_security_tables import OWNER, SERVICE
from models.viewer import ALL_SEEING
from pathways.errors import NotReady
from tests.logins import an_office
from tests.models.sealed import NOW, concern, opened


@pytest.fixture
def store(sqlcipher_url, rules):
    with opened(sqlcipher_url) as made:
        concern(made, rules)
        yield made


@pytest.fixture
def full(monkeypatch):
    """No copy can be unpacked: the place says so as the system does."""

    def cannot(number):
        def unpack(*_, **__):
            raise OSError(number, "as the system says")

        monkeypatch.setattr("models.copies_opened.unpack", unpack)

    return cannot


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EFBIG, "this login may not write so large a file"),
        (errno.EIO, "as the system says"),
    ],
)
def test_a_restore_and_a_drill_that_have_no_room_say_what_was_not_done(store, full, tmp_path, number, why):
    made = back_up(store, tmp_path / "backups", NOW)
    full(number)
    with pytest.raises(NotReady) as drilled:
        drill(store, tmp_path / "backups", NOW)
    assert f"The backup could not be opened to try it ({why})" in str(drilled.value)
    there = tmp_path / "there"
    with pytest.raises(NotReady) as restored:
        restore(f"sqlite:///{there / 'store.db'}", read(made.path), NOW)
    assert f"The records could not be put back ({why}). Nothing stands there" in str(restored.value)
    assert list(there.iterdir()) == []


def test_a_file_where_the_folder_of_backups_should_be_is_named_as_that(store, tmp_path):
    (tmp_path / "backups").write_text("a file")
    with pytest.raises(NotReady, match="there is a file where its folder should be"):
        back_up(store, tmp_path / "backups", NOW)


def test_an_operator_is_told_that_the_database_is_another_s(postgres_cluster, rules, tmp_path):
    with an_office(postgres_cluster) as office, postgres_cluster.database() as empty:
        office.login("operator", OWNER, SERVICE)
        name = office.logins["operator"]
        with opened(office.url) as store:
            store.viewer = ALL_SEEING
            concern(store, rules)
            made = back_up(store, tmp_path, NOW)
        with postgres_cluster.connect() as server:
            server.execute(f"ALTER ROLE {name} CREATEDB")
        user = empty.split("//")[1].split("@")[0]
        with pytest.raises(NotReady, match="This database does not belong to your login"):
            restore(empty.replace(f"{user}@", f"{name}@"), read(made.path), NOW)
