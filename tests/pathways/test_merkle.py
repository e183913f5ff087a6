"""The tree of RFC 9162: the vectors that its implementations share, and a second implementation by the RFC's words."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways import merkle
from pathways.merkle import Roots, inclusion_proof, leaf_data, leaf_hash, levels, put, root
from pathways.standalone_verifier import root_of

INPUTS = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
PATH_OF_THE_FIRST_OF_EIGHT = (
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
)
LEAVES = [leaf_hash(bytes.fromhex(each)) for each in INPUTS]


def by_the_words_of_the_rfc(leaves: list[bytes]) -> bytes:
    """MTH of section 2.1.1: split at the largest power of two below n."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"").digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    left, right = by_the_words_of_the_rfc(leaves[:half]), by_the_words_of_the_rfc(leaves[half:])
    return sha256(b"\x01" + left + right).digest()


def path_by_the_words_of_the_rfc(leaves: list[bytes], index: int) -> list[bytes]:
    """PATH of section 2.1.3.1."""
    if len(leaves) == 1:
        return []
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    if index < half:
        return [*path_by_the_words_of_the_rfc(leaves[:half], index), by_the_words_of_the_rfc(leaves[half:])]
    return [
        *path_by_the_words_of_the_rfc(leaves[half:], index - half),
        by_the_words_of_the_rfc(leaves[:half]),
    ]


@pytest.mark.parametrize(("size", "known"), list(enumerate(ROOTS)))
def test_the_shared_vectors_come_out(size, known):
    assert root(LEAVES[:size]).hex() == known


def test_the_shared_proof_comes_out():
    assert tuple(each.hex() for each in inclusion_proof(LEAVES, 0)) == PATH_OF_THE_FIRST_OF_EIGHT


@given(data=st.lists(st.binary(max_size=4), max_size=70))
def test_the_root_is_that_of_the_rfc(data):
    leaves = [leaf_hash(each) for each in data]
    assert root(leaves) == by_the_words_of_the_rfc(leaves)


@given(count=st.integers(0, 40), added=st.integers(0, 20), changed=st.sets(st.integers(0, 39), max_size=20))
def test_what_stands_over_changed_and_added_leaves_is_what_stands_over_the_whole(count, added, changed):
    before = [leaf_hash(b"%d" % each) for each in range(count)]
    changes = {each: leaf_hash(b"changed %d" % each) for each in changed if each < count}
    changes |= {count + each: leaf_hash(b"added %d" % each) for each in range(added)}
    after = before + [b""] * added
    for place, leaf in changes.items():
        after[place] = leaf
    for kept in [levels(b"".join(before))] + ([()] if not before else []):
        whole = levels(b"".join(after))
        assert put(kept, changes) == whole
    assert not after or whole[-1] == by_the_words_of_the_rfc(after)


def test_a_change_of_one_leaf_of_a_run_hashes_only_what_stands_over_it(monkeypatch):
    before = [leaf_hash(b"%d" % each) for each in range(merkle.RUN)]
    kept, hashed = levels(b"".join(before)), []
    real = merkle.sha256
    monkeypatch.setattr(merkle, "sha256", lambda data: hashed.append(data) or real(data))
    put(kept, {5: before[0]})
    assert len(hashed) == 4


@given(data=st.lists(st.binary(max_size=4), min_size=1, max_size=70), draw=st.data())
def test_a_proof_leads_from_its_leaf_to_the_root_and_from_no_other(data, draw):
    leaves = [leaf_hash(each) for each in data]
    index = draw.draw(st.integers(0, len(leaves) - 1))
    path = inclusion_proof(leaves, index)
    assert path == path_by_the_words_of_the_rfc(leaves, index)
    assert root_of(leaves[index], index, len(leaves), path) == root(leaves)
    assert root_of(leaf_hash(b"another"), index, len(leaves), path) != root(leaves)
    assert root_of(leaves[index], index, len(leaves), [*path, b"x" * 32]) is None
    if path:
        assert root_of(leaves[index], index, len(leaves), path[:-1]) is None
        turned = [bytes(32), *path[1:]]
        assert root_of(leaves[index], index, len(leaves), turned) != root(leaves)


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_proof_of_what_is_not_there(index):
    with pytest.raises(IndexError):
        inclusion_proof(LEAVES[:3], index)
    assert root_of(LEAVES[0], index, 3, []) is None


@given(one=st.tuples(st.text(max_size=5), st.integers(0, 10**6)), other=st.tuples(st.text(max_size=5), st.integers(0, 10**6)))  # fmt: skip
def test_nothing_slides_from_one_part_of_a_leaf_into_the_next(one, other):
    from unicodedata import normalize

    same = (normalize("NFC", one[0]), one[1]) == (normalize("NFC", other[0]), other[1])
    assert (leaf_data(*one, b"h") == leaf_data(*other, b"h")) == same
    assert leaf_data(*one, b"h") != leaf_data(*one, b"i")


@given(
    st.lists(st.integers(0, 300), max_size=60, unique=True),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 9)), max_size=40),
)
def test_roots_that_are_remembered_are_the_roots(first, changes):
    """Leaves come in anywhere, or change; each root is the one that is worked out from nothing."""
    leaves = {place: leaf_hash(b"%d" % place) for place in first}
    roots = Roots()
    for place, version in changes:
        leaves[place] = leaf_hash(b"%d/%d" % (place, version))
        whole = [leaves[each] for each in sorted(leaves)]
        assert roots.of(whole) == root(whole)


def test_what_is_remembered_is_let_go_and_the_roots_stay_right(monkeypatch):
    monkeypatch.setattr(merkle, "MOST_KNOWN", 8)
    roots, leaves = Roots(), [leaf_hash(b"%d" % each) for each in range(500)]
    for count in (0, 1, 15, 16, 17, 256, 257, 499, 500):
        assert roots.of(leaves[:count]) == root(leaves[:count]) == by_the_words_of_the_rfc(leaves[:count])
    assert len(roots._known) < 500
