"""What goes over to PostgreSQL as text comes back as it was."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.wire import array_text

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
KINDS = {
    "text": ANY_TEXT | st.sampled_from(["NULL", "null", "{}", '"', "\\", "", " a ", "a,b"]),
    "bigint": st.integers(-(2**63), 2**63 - 1),
    "bytea": st.binary(max_size=40),
    "timestamptz": st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)).map(
        lambda at: at.replace(tzinfo=UTC)
    ),
    "date": st.dates(),
}


@pytest.fixture(scope="module")
def connection(postgres_cluster):
    with postgres_cluster.connect() as found:
        found.execute("SET timezone = UTC")
        yield found


@pytest.mark.parametrize("kind", KINDS)
def test_an_array_comes_back_as_it_went(connection, kind):
    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.none() | KINDS[kind], max_size=8))
    def comes_back(values):
        ((found,),) = connection.execute(f"SELECT %s::{kind}[]", [array_text(values)]).fetchall()
        assert found == values

    comes_back()
