"""The tree in runs gives the root of RFC 9162, whatever grows; what does not lead to the last root is never built upon."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways import tree as code
from pathways.merkle import RUN, root
from pathways.tree import EMPTY, Unproven, counts, grow, lay


def leaf(number: int) -> bytes:
    return sha256(b"%d" % number).digest()


def leaves(count: int) -> list[bytes]:
    return [leaf(each) for each in range(count)]


def reader(runs, asked=None):
    def read(wanted):
        if asked is not None:
            asked.extend((level, place) for level, places in enumerate(wanted) for place in places)
        return [
            {place: runs[level, place] for place in places if (level, place) in runs}
            for level, places in enumerate(wanted)
        ]

    return read


sizes = st.one_of(
    st.integers(0, 40),
    st.sampled_from([RUN**2 - 1, RUN**2, RUN**2 + 1, 300]),
    st.sampled_from([4_096, 4_097]),
)


def test_levels_are_counted_up_to_one_run():
    assert counts(0) == []
    assert counts(16) == [16]
    assert counts(17) == [17, 2]
    assert counts(257) == [257, 17, 2]


@given(size=sizes)
def test_the_whole_tree_has_the_root_of_the_rfc(size):
    assert lay(leaves(size)).root == root(leaves(size))


@given(size=sizes, added=st.integers(0, 40), changed=st.sets(st.integers(0, 4_200), max_size=20))
def test_what_has_grown_is_the_tree_laid_whole(size, added, changed):
    before = leaves(size)
    after = [*before, *(leaf(10_000 + each) for each in range(added))]
    changed = {each for each in changed if each < size}
    for each in changed:
        after[each] = leaf(20_000 + each)
    tree = lay(before)
    fresh = {each: after[each] for each in [*changed, *range(size, size + added)]}
    grown = grow(size, tree.root, reader(tree.runs), {each: before[each] for each in changed}, fresh)
    whole = lay(after)
    assert (grown.size, grown.root) == (whole.size, whole.root)
    assert tree.runs | grown.runs == whole.runs


@given(size=st.integers(1, 300), data=st.data())
def test_a_hash_that_was_changed_is_never_signed_over(size, data):
    """Whatever is changed of what is kept: it is refused, or it does not enter the new root."""
    before = leaves(size)
    tree = lay(before)
    where = data.draw(st.sampled_from(sorted(tree.runs)))
    at = data.draw(st.integers(0, len(tree.runs[where]) - 1))
    wrong = bytearray(tree.runs[where])
    wrong[at] ^= 1
    place = data.draw(st.integers(0, size))
    known = {place: before[place]} if place < size else {}
    after = [*before]
    after[place : place + 1] = [leaf(99_999)]
    try:
        grown = grow(size, tree.root, reader(tree.runs | {where: bytes(wrong)}), known, {place: leaf(99_999)})
    except Unproven:
        return
    assert grown.root == root(after)
    assert where not in grown.runs or grown.runs[where] == lay(after).runs[where]


changes = st.lists(st.tuples(st.sets(st.integers(0, 400), max_size=6), st.integers(0, 20)), max_size=6)


@given(size=st.integers(0, 300), steps=changes, most=st.sampled_from([3, 4_096]))
def test_what_grows_again_and_again_is_the_tree_laid_whole_whatever_is_remembered_of_it(size, steps, most):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(code, "REMEMBERED", most)
        now = leaves(size)
        found = lay(now)
        runs, top = dict(found.runs), found.root
        for step, (changed, added) in enumerate(steps):
            known = {each: now[each] for each in changed if each < len(now)}
            fresh = {
                each: leaf(50_000 + 500 * step + each)
                for each in [*known, *range(len(now), len(now) + added)]
            }
            after = now + [b""] * added
            for place, each in fresh.items():
                after[place] = each
            grown = grow(len(now), top, reader(runs), known, fresh)
            code._remembered.clear()
            assert grow(len(now), top, reader(runs), known, fresh) == grown
            runs, top, now = runs | grown.runs, grown.root, after
            assert (runs, top) == (lay(now).runs, lay(now).root)
            assert len(code._remembered) <= most


@given(data=st.data())
def test_a_hash_that_was_changed_since_its_run_was_remembered_is_refused(data):
    """What is remembered is of the run as it was, and stands for no other in its place."""
    laid = lay(leaves(300))
    first = grow(300, laid.root, reader(laid.runs), {7: leaf(7)}, {7: leaf(1_007)})
    runs = laid.runs | first.runs
    where = data.draw(st.sampled_from(sorted(first.runs)))
    wrong = bytearray(runs[where])
    wrong[data.draw(st.integers(0, len(wrong) - 1))] ^= 1
    assert {run[0] for run in code._remembered.values()} >= set(first.runs.values())
    with pytest.raises(Unproven):
        grow(300, first.root, reader(runs | {where: bytes(wrong)}), {7: leaf(1_007)}, {7: leaf(2_007)})


def test_a_run_that_was_remembered_is_not_hashed_again(monkeypatch):
    laid, hashed = lay(leaves(300)), []
    first = grow(300, laid.root, reader(laid.runs), {7: leaf(7)}, {7: leaf(1_007)})
    real = code.levels
    monkeypatch.setattr(code, "levels", lambda run: hashed.append(run) or real(run))
    second = grow(300, first.root, reader(laid.runs | first.runs), {7: leaf(1_007)}, {7: leaf(2_007)})
    assert hashed == []
    assert second.runs.keys() == first.runs.keys()


def test_a_run_that_is_gone_or_has_another_length_is_refused():
    tree = lay(leaves(40))
    for wrong in (
        {},
        {(0, 0): b"", (1, 0): tree.runs[1, 0]},
        tree.runs | {(1, 0): tree.runs[1, 0] + bytes(32)},
    ):
        with pytest.raises(Unproven):
            grow(40, tree.root, reader(wrong), {0: leaf(0)}, {0: leaf(99)})


def test_a_leaf_that_was_another_is_refused():
    tree = lay(leaves(40))
    with pytest.raises(Unproven):
        grow(40, tree.root, reader(tree.runs), {3: leaf(4)}, {3: leaf(99)})
    with pytest.raises(Unproven):
        grow(40, tree.root, reader(tree.runs), {77: leaf(4)}, {77: leaf(99)})


def test_a_place_beyond_the_end_is_refused():
    tree = lay(leaves(16))
    with pytest.raises(Unproven):
        grow(16, tree.root, reader(tree.runs), {}, {18: leaf(1)})


def test_nothing_has_the_root_of_nothing():
    assert grow(0, EMPTY, reader({}), {}, {}).root == EMPTY
    with pytest.raises(Unproven):
        grow(0, leaf(1), reader({}), {}, {0: leaf(2)})


def test_one_change_among_a_hundred_thousand_reads_five_runs():
    tree = lay(leaves(100_000))
    asked: list[tuple[int, int]] = []
    grown = grow(100_000, tree.root, reader(tree.runs, asked), {70_000: leaf(70_000)}, {70_000: leaf(1)})
    assert len(asked) == len(grown.runs) == 5
