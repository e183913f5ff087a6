"""What goes over to PostgreSQL in its own form comes back as it was, and reads as the same value does by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.gathered import INSERTS
from models.packing import packed, take_packed
from models.prepared import statement
from pathways.days import LONDON

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30))
KINDS = {
    "BIGINT": st.integers(-(2**63), 2**63 - 1),
    "BOOLEAN": st.booleans(),
    "BYTEA": st.binary(max_size=40),
    "DATE": st.dates(),
    "INTEGER": st.integers(-(2**31), 2**31 - 1),
    "TIMESTAMP WITH TIME ZONE": MOMENTS.map(lambda at: at.replace(tzinfo=UTC)),
    "VARCHAR": ANY_TEXT | st.sampled_from(["NULL", "{}", '"', "\\", "", " a ", "a,b"]),
}
ZONES = st.sampled_from(
    [UTC, LONDON, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-9))]
)


@pytest.fixture(scope="module")
def connection(postgres_cluster):
    with postgres_cluster.connect() as found:
        found.execute("SET timezone = UTC")
        take_packed(found)
        yield found


@pytest.mark.parametrize("kind", KINDS)
def test_an_array_comes_back_as_it_went(connection, kind):
    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.none() | KINDS[kind], min_size=1, max_size=8))
    def comes_back(values):
        rows = connection.execute(f"SELECT unnest(%s::{kind}[])", [packed(kind, values)]).fetchall()
        assert [value for (value,) in rows] == values

    comes_back()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds(lambda at, zone, fold: at.replace(tzinfo=zone, fold=fold), MOMENTS, ZONES, st.integers(0, 1)), min_size=1, max_size=8))  # fmt: skip
def test_a_moment_is_the_same_in_whichever_zone_it_is_given(moments):
    in_utc = [at.astimezone(UTC) for at in moments]
    assert packed("TIMESTAMP WITH TIME ZONE", moments) == packed("TIMESTAMP WITH TIME ZONE", in_utc)


def test_the_two_half_past_ones_of_an_autumn_night_are_an_hour_apart(connection):
    half_past_one = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)
    both = packed("TIMESTAMP WITH TIME ZONE", [half_past_one, half_past_one.replace(fold=1)])
    rows = connection.execute("SELECT unnest(%s::TIMESTAMP WITH TIME ZONE[])", [both]).fetchall()
    assert rows == [(datetime(2026, 10, 25, hour, 30, tzinfo=UTC),) for hour in (0, 1)]


def test_a_moment_without_a_zone_is_not_packed():
    with pytest.raises(ValueError, match="time zone"):
        packed("TIMESTAMP WITH TIME ZONE", [datetime(2026, 6, 1, 9, 0)])


@pytest.mark.parametrize("name", sorted({*INSERTS, "add_import_unused"}))
def test_every_insert_of_an_import_can_be_sent_as_arrays(name):
    asked = statement("postgresql", name)
    sql, columns = asked.of_many([dict.fromkeys(asked.order)] * 3)
    assert len(columns) == len(asked.order) == sql.count("unnest(%s::")
