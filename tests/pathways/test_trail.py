"""The trail's canonical form. The fixtures of format 1 stand for ever: what they hash to may never change."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.trail import commitment, entry_hash, entry_hasher, genesis, hasher_of_kind

AT = "2026-11-03T10:00:00.000000+00:00"
ENTRY = (
    "CP-2026-0041",
    2,
    AT,
    AT,
    "chair-3",
    "conference_chair",
    "decide_plan",
    "conference",
    "plan",
    "",
    "witnessed",
    None,
    None,
)
FORMAT_1 = "csp-audit-1"
CANONICAL = (
    "12:CP-2026-00411:232:2026-11-03T10:00:00.000000+00:0032:2026-11-03T10:00:00.000000+00:007:chair-3"
    "16:conference_chair11:decide_plan10:conference4:plan0:9:witnessed1:-1:-64:" + "00" * 32 + "1:1"
)  # fmt: skip


def test_format_1_is_what_it_was_written_down_as():
    prev = genesis("CP-2026-0041")
    assert prev == sha256(b"CP-2026-0041").digest()
    assert (
        entry_hash(prev, *ENTRY, bytes(32)) == sha256(FORMAT_1.encode() + prev + CANONICAL.encode()).digest()
    )


@pytest.mark.parametrize("place", range(len(ENTRY)))
def test_every_column_is_under_the_hash(place):
    changed = list(ENTRY)
    changed[place] = {1: 3, 11: 1, 12: "key"}.get(place, f"{ENTRY[place]}x")
    assert entry_hash(b"", *changed, b"") != entry_hash(b"", *ENTRY, b"")


def test_what_came_before_and_what_was_learned_are_under_the_hash():
    usual = entry_hash(b"a" * 32, *ENTRY, b"c" * 32)
    assert entry_hash(b"b" * 32, *ENTRY, b"c" * 32) != usual
    assert entry_hash(b"a" * 32, *ENTRY, b"") != usual


@given(
    first=st.text(max_size=8),
    second=st.text(max_size=8),
    other=st.text(max_size=8),
    another=st.text(max_size=8),
)
def test_text_cannot_slide_from_one_column_into_the_next(first, second, other, another):
    def made(actor, role):
        return entry_hash(b"", "c", 1, AT, AT, actor, role, "a", "s", "t", "", "w", None, None, b"")

    from unicodedata import normalize

    same = (normalize("NFC", first), normalize("NFC", second)) == (
        normalize("NFC", other),
        normalize("NFC", another),
    )
    assert (made(first, second) == made(other, another)) == same


def test_the_same_letter_written_two_ways_hashes_the_same():
    one = entry_hash(b"", "c", 1, AT, AT, "Zo\u00eb", "r", "a", "s", "t", "", "w", None, None, b"")
    other = entry_hash(b"", "c", 1, AT, AT, "Zoe\u0308", "r", "a", "s", "t", "", "w", None, None, b"")
    assert one == other


@given(
    shared=st.tuples(*[st.text(max_size=6)] * 7),
    rest=st.tuples(*[st.text(max_size=6)] * 3),
    seq=st.integers(1, 10**6),
)
def test_entries_that_have_much_in_common_hash_as_each_would_by_itself(shared, rest, seq):
    actor, role, action, before, after, rule, basis = shared
    reference, at, key = rest
    made = entry_hasher(AT, actor, role, action, before, after, rule, basis)
    by_itself = entry_hash(
        b"p", reference, seq, AT, at, actor, role, action, before, after, rule, basis, None, key, b""
    )
    assert made(b"p", reference, seq, at, key) == by_itself


WORDS = st.text(st.characters(codec="utf-8"), max_size=6) | st.sampled_from(
    ["-", "1:-", "x" * 999, "x" * 1_000]
)
MOMENTS = st.sampled_from([AT, "2026-11-03", "\u00e9" * len(AT)])


@given(
    kind=st.tuples(*[WORDS] * 6),
    reference=WORDS,
    seq=st.integers(-1, 1_001),
    moments=st.tuples(MOMENTS, MOMENTS),
    rest=st.tuples(WORDS, st.none() | st.integers(0, 9), st.none() | WORDS, st.sampled_from([b"", b"c" * 32, b"c" * 500])),
)  # fmt: skip
def test_entries_of_one_kind_hash_as_each_would_by_itself(kind, reference, seq, moments, rest):
    actor, *others = rest
    by_itself = entry_hash(b"p", reference, seq, *moments, actor, *kind, *others)
    assert hasher_of_kind(*kind)(b"p", reference, seq, *moments, actor, *others) == by_itself


def test_a_payload_cannot_be_guessed_back_without_its_salt():
    body = '{"facts":{"category":"neglect"}}'
    assert commitment(b"1" * 16, body) != commitment(b"2" * 16, body)
    assert commitment(b"1" * 16, body) == sha256(b"1" * 16 + body.encode()).digest()
