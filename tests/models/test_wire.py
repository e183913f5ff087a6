"""What goes over to a database as text comes back as it was."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.prepared import statement
from models.wire import array_text, from_json, instant_text, json_text
from pathways.days import LONDON

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
KINDS = {
    "text": ANY_TEXT
    | st.sampled_from(["NULL", "null", "{}", '"', "\\", "", " a ", "a,b", "\x1f", '\x1f"\x1f']),
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
    @given(st.lists(st.none() | KINDS[kind], max_size=8) | st.lists(KINDS[kind], max_size=8))
    def comes_back(values):
        ((found,),) = connection.execute(f"SELECT %s::{kind}[]", [array_text(values)]).fetchall()
        assert found == values

    comes_back()


WHATEVER = st.recursive(
    st.none() | st.booleans() | st.integers() | ANY_TEXT | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(WHATEVER)
def test_json_is_what_the_library_writes_and_reads(value):
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    assert json_text(value) == text
    assert from_json(text) == json.loads(text)


@pytest.mark.parametrize("text", [" {}", "{} ", '{"a": [1, 2]}\n', "[]", "1", '"a"'])
def test_json_that_is_not_compact_is_read_all_the_same(text):
    assert from_json(text) == json.loads(text)


@pytest.mark.parametrize("text", ["", "{", "{}{}", "nothing", '{"a":1}x', "[1,]"])
def test_what_is_no_json_is_refused(text):
    with pytest.raises(json.JSONDecodeError):
        from_json(text)


HALF_PAST_ONE = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)
"""On the night on which the clocks go back there are two of them, which compare as one."""


def test_the_two_half_past_ones_of_an_autumn_night_are_an_hour_apart_as_text():
    into = statement("sqlite", "count_due").values
    for text in (instant_text, lambda at: into({"as_of": at})[0]):
        told = [text(HALF_PAST_ONE), text(HALF_PAST_ONE.replace(fold=1))]
        assert told == ["2026-10-25T00:30:00.000000+00:00", "2026-10-25T01:30:00.000000+00:00"]


def test_one_moment_is_one_text_in_whichever_zone_it_is_given():
    at = datetime(2026, 6, 1, 9, 0, 0, 5, tzinfo=UTC)
    zones = (UTC, LONDON, timezone(timedelta(hours=5, minutes=30)))
    assert {instant_text(at.astimezone(zone)) for zone in zones} == {"2026-06-01T09:00:00.000005+00:00"}


def test_a_moment_without_a_zone_has_no_text():
    with pytest.raises(ValueError, match="time zone"):
        instant_text(datetime(2026, 6, 1, 9, 0))
