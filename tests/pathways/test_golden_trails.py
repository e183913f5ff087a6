"""Trails that the program once wrote, kept for ever: what they hash to may never change, in neither implementation.

A case file that a court was given in 2026 must still be proven when the program is at format 9. New formats add files
here; none is ever changed or taken out.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways import standalone_verifier as alone
from pathways import trail

TRAILS = sorted((Path(__file__).parents[1] / "golden" / "trails").glob("*.json"))
ENDS = {
    # the last hash of each, written down once; and where its entries lead
    "format_1_conference": (
        "dba7ba0b15a6e131b443ac294a1aec8d5c790926bd3fe7c19d07082934722579",
        "awaiting_icpc",
    ),
    "format_1_edges": ("17820ba4bb2e5745a168af53fad092b008e89a27aa6b57b42b496473ff2a103a", "enquiry"),
    "format_1_overdue": (
        "df7c4fe9ef4fff2104c21c41b1af51ee710bfdcee3a930b7b79c1f6044f136d7",
        "decision_overdue",
    ),
}


def entries(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))["entries"]


def ours(entry: dict) -> bytes:
    """The hash of an entry as the program works it out."""
    return trail.entry_hash(
        bytes.fromhex(entry["prev"]), entry["case_ref"], entry["seq"], entry["at"], entry["effective_at"], entry["actor"],
        entry["role"], entry["action"], entry["from_state"], entry["to_state"], entry["rule"], entry["basis"],
        entry["voids"], entry["key"], bytes.fromhex(entry["commitment"]),
    )  # fmt: skip


def test_none_was_taken_out():
    assert {path.stem for path in TRAILS} == set(ENDS)


@pytest.mark.parametrize("path", TRAILS, ids=lambda path: path.stem)
def test_every_entry_still_hashes_to_what_it_did(path):
    prev = trail.genesis(entries(path)[0]["case_ref"])
    for entry in entries(path):
        assert entry["prev"] == prev.hex()
        assert ours(entry).hex() == entry["hash"] == alone.entry_hash(entry).hex()
        prev = bytes.fromhex(entry["hash"])
        if entry["body"] is not None:
            assert trail.commitment(bytes.fromhex(entry["salt"]), entry["body"]).hex() == entry["commitment"]
    assert prev.hex() == ENDS[path.stem][0]


@pytest.mark.parametrize("path", TRAILS, ids=lambda path: path.stem)
def test_it_still_adds_up_to_the_same(path):
    told = [
        (each["to_state"], json.loads(each["body"])["facts"] if each["body"] else None)
        for each in entries(path)
    ]
    folded = trail.fold(told)
    assert (folded.state, folded.seq) == (ENDS[path.stem][1], len(told))


@pytest.mark.parametrize("path", TRAILS, ids=lambda path: path.stem)
def test_the_verifier_alone_follows_it(path):
    found = entries(path)
    faults, remarks = [], []
    assert alone.check_chain(found[0]["case_ref"], found, faults, remarks) == ENDS[path.stem][0]
    assert faults == []
    found[1]["actor"] += "x"
    alone.check_chain(found[0]["case_ref"], found, faults, remarks)
    assert faults == ["Entry 2 was changed after it was written."]


words = st.text(max_size=6)


@given(
    prev=st.binary(min_size=32, max_size=32), seq=st.integers(1, 10**6), columns=st.tuples(*[words] * 10),
    voids=st.none() | st.integers(1, 10**6), key=st.none() | words, committed=st.binary(max_size=32),
)  # fmt: skip
def test_two_implementations_never_disagree(prev, seq, columns, voids, key, committed):
    names = (
        "case_ref",
        "at",
        "effective_at",
        "actor",
        "role",
        "action",
        "from_state",
        "to_state",
        "rule",
        "basis",
    )
    entry = dict(zip(names, columns, strict=True))
    entry |= {
        "prev": prev.hex(),
        "seq": seq,
        "voids": voids,
        "key": key,
        "commitment": committed.hex(),
        "format": 1,
    }
    assert ours(entry) == alone.entry_hash(entry)
