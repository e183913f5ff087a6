"""Looking at a case: on its trail, or not at all."""

from __future__ import annotations

import pytest

from models import access
from models.viewer import ALL_SEEING
from pathways.errors import NotReady
from tests.models.office import NOW, Office


def test_a_look_that_cannot_be_recorded_is_no_look(sqlite_url, rules):
    from models.store import open_store

    with open_store(sqlite_url) as store:
        office = Office(store, rules)
        case = office.allegation()
        officer = office.sit("officer")
        store.connection.execute("PRAGMA query_only=ON")
        with pytest.raises(NotReady, match="may only be read"):
            access.look(store, case, actor=officer, now=NOW)
        store.connection.execute("PRAGMA query_only=OFF")
        assert office.actions(case) == ["open_to_officer"]


def test_looks_in_a_race_all_stand_on_the_trail(store_url, rules):
    from concurrent.futures import ThreadPoolExecutor

    from models.store import open_store

    with open_store(store_url) as store:
        case = Office(store, rules).allegation()

    def look(_):
        with open_store(store_url) as own:
            office = Office.__new__(Office)
            office.store = own
            access.look(own, case, actor=office.sit("officer"), now=NOW)

    with ThreadPoolExecutor(4) as people:
        list(people.map(look, range(12)))
    with open_store(store_url) as store, store.reading() as tx:
        entries = tx.all("trail_of_case", reference=case, seen_by=ALL_SEEING)
    assert [each.seq for each in entries] == list(range(1, 14))
    assert {each.action for each in entries[1:]} == {"looked"}
