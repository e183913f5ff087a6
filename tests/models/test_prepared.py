"""A statement's values go to the driver, and come back, alike by the general way and by what is written out for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import compiled
from models.prepared import (
    FROM_POSTGRESQL,
    FROM_SQLITE,
    OFTEN,
    TO_POSTGRESQL,
    TO_SQLITE,
    Garbled,
    Statement,
)
from pathways.roles import Role

WAYS = {
    "sqlite": (compiled.SQLITE, TO_SQLITE, FROM_SQLITE),
    "postgresql": (compiled.POSTGRESQL, TO_POSTGRESQL, FROM_POSTGRESQL),
}
MOMENT = datetime(2026, 11, 24, 11, 30, 0, 137, UTC)
SUMMER = datetime(2026, 7, 1, 9, tzinfo=timezone(timedelta(hours=1)))
OURS = {
    "instant": st.sampled_from([MOMENT, SUMMER]),
    "day": st.just(date(2026, 11, 24)),
    "json": st.sampled_from([{}, {"b": 1, "a": [None]}, []]),
    "sealed_json": st.sampled_from([{"b": 1, "a": "Zo\u00eb"}, '{"sealed":"already"}']),
    "flag": st.booleans(),
    "bytes": st.binary(max_size=3),
}
DRIVERS = {
    "instant": st.just("2026-11-24T11:30:00.000137+00:00"),
    "day": st.just("2026-11-24"),
    "json": st.sampled_from(["{}", '{"a":[1]}']),
    "sealed_json": st.just('{"a":null}'),
    "flag": st.integers(0, 1),
    "bytes": st.binary(max_size=3),
}
PLAIN = st.sampled_from(["", "a", 0, 7])


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.dates(), st.decimals(),
    st.datetimes(timezones=st.none() | st.timezones()), st.sampled_from([Role.LADO, memoryview(b"m"), (1,), {1}, "\0", "\ud800"]),
    st.recursive(st.none() | st.text(), lambda each: st.lists(each) | st.dictionaries(st.text(), each), max_leaves=4),
)  # fmt: skip


def _alike(dialect, name):
    texts, into, out = WAYS[dialect]
    return tuple(Statement(name, texts[name], into, out) for _ in range(2))


@pytest.mark.parametrize("dialect", WAYS)
def test_every_statement_converts_alike_once_it_is_written_out(dialect):
    pairs = []
    for name in WAYS[dialect][0]:
        general, written = _alike(dialect, name)
        written.write_out()
        pairs.append((general, written))

    @settings(max_examples=12, deadline=None)
    @given(st.data())
    def alike(data):
        kinds = {kind: data.draw(st.none() | values, label=kind) for kind, values in OURS.items()}
        raw = {
            kind: data.draw(st.none() | (DRIVERS if dialect == "sqlite" else OURS)[kind])
            for kind in DRIVERS
            if dialect == "sqlite" or "json" not in kind
        }
        plain = data.draw(st.none() | PLAIN)
        for general, written in pairs:
            given = {bind: kinds.get(kind, f"{plain}{bind}") for bind, kind in general.kinds}
            assert written.values(given) == general.values(given)
            assert list(map(type, written.values(given))) == list(map(type, general.values(given)))
            columns = WAYS[dialect][0][general.name][2]
            row = tuple(raw.get(kind, f"{plain}{column}") for column, kind in columns)
            if dialect == "postgresql":
                row = tuple(
                    '{"a":1}' if "json" in kind else value
                    for value, (_, kind) in zip(row, columns, strict=True)
                )
            assert written.row(written.converted(row)) == general.row(general.converted(row))

    alike()


@pytest.mark.parametrize("dialect", WAYS)
def test_whatever_else_is_given_comes_to_the_same_or_is_refused_alike(dialect):
    pairs = [_alike(dialect, name) for name in WAYS[dialect][0]]
    for _, written in pairs:
        written.write_out()

    @settings(max_examples=15, deadline=None)
    @given(st.lists(ANYTHING, min_size=3, max_size=5))
    def alike(values):
        for general, written in pairs:
            given = {bind: values[place % len(values)] for place, bind in enumerate(general.order)}
            assert _comes_to(general._values, given) == _comes_to(written.values, given)
            row = [values[-1 - place % len(values)] for place in range(len(general.columns))]
            assert _comes_to(general._converted, row) == _comes_to(written.converted, row)

    alike()


def _comes_to(convert, given):
    """What is made of it, with the types; or the refusal."""
    try:
        return [(type(value), repr(value)) for value in convert(given)]
    except Exception as fault:
        return type(fault), str(fault)


def test_a_statement_is_written_out_once_it_has_been_sent_often():
    asked, _ = _alike("sqlite", "add_outbox")
    given = {bind: None for bind in asked.order}
    general = asked.values
    for _ in range(OFTEN - 1):
        asked.values(given)
    assert asked.values == general
    asked.values(given)
    assert asked.values != general
    assert asked.values(given | {"recorded_at": MOMENT})[asked.order.index("recorded_at")] == (
        "2026-11-24T11:30:00.000137+00:00"
    )


@pytest.mark.parametrize("written_out", [False, True])
def test_a_row_that_was_changed_by_other_means_is_refused_either_way(written_out):
    asked, _ = _alike("sqlite", "clocks_to_change")
    if written_out:
        asked.write_out()
    sound = (1, "rule", "event", "2026-11-03", "2026-11-24", "2026-11-24T23:59:59.000000+00:00")
    assert asked.row(asked.converted(sound)).due_on == date(2026, 11, 24)
    for place, garbled in ((4, "no day"), (4, 7), (5, "soon"), (5, b"")):
        with pytest.raises(Garbled):
            asked.converted((*sound[:place], garbled, *sound[place + 1 :]))


@pytest.mark.parametrize("dialect", WAYS)
@pytest.mark.parametrize("written_out", [False, True])
def test_lists_in_lists_without_end_are_refused_like_any_other_garbled_row(dialect, written_out):
    asked, _ = _alike(dialect, "case_to_change")
    if written_out:
        asked.write_out()
    row = [None] * len(asked.columns)
    row[asked.columns.index("facts")] = "[" * 100_000
    with pytest.raises(Garbled):
        asked.converted(row)


@pytest.mark.parametrize("given", [10**12, True, "text"])
def test_what_is_no_bytes_is_refused_and_never_laid_out_as_so_many_zeros(given):
    with pytest.raises(TypeError):
        FROM_POSTGRESQL["bytes"](given)
    assert FROM_POSTGRESQL["bytes"](memoryview(b"ab")) == FROM_POSTGRESQL["bytes"](b"ab") == b"ab"
