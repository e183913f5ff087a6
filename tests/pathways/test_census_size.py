"""Millions of elements that mean nothing take no memory: the file is refused, or read in a few megabytes."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pathways.census import CensusRefused, Limits, NotACensus, read
from tests.pathways.census_text import HEAD, TAIL, child, episode

PIECES = {
    "children without anything": ("<Child></Child>", ""),
    "children without an identifier": ("<Child><ChildIdentifiers/></Child>", ""),
    "elements between the children": ("<a></a>", ""),
    "elements after the children": ("", "<a></a>"),
    "text between the children": ("x<a/>", ""),
}


class Endless(io.RawIOBase):
    """A file of three million times the same piece, made as it is read."""

    def __init__(self, before: bytes, piece: bytes, times: int) -> None:
        self.parts = iter([before, *(piece * 6_000 for _ in range(times // 6_000))])

    def read(self, size: int = -1) -> bytes:
        return next(self.parts, b"")


@pytest.mark.parametrize("name", PIECES)
def test_three_million_plain_elements_are_refused_and_take_no_memory(name):
    inside, after = PIECES[name]
    before = HEAD + ("" if inside else "</Children>")
    source = Endless(before.encode(), (inside or after).encode(), 3_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(NotACensus, match=r"More than 10,000 records"):
            for _ in read(source):
                pass
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20 * 1024 * 1024


TAGS = (
    "Message",
    "Header",
    "Children",
    "Child",
    "ChildIdentifiers",
    "LAchildID",
    "CINdetails",
    "Section47",
    "a",
    "é",
)
MESS = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS] + [f"<{tag}/>" for tag in TAGS]),
        st.sampled_from(["&amp;", "&x;", "&#0;", "&#x202e;", "<![CDATA[", "]]>", "<!--", "-->", "<?x?>", "<!DOCTYPE x>", "\x00"]),
        st.text(max_size=20),
        st.sampled_from(["2025-02-30", "9999-12-31", "0001-01-01", "-1", "1e400", "x" * 3_000]),
    ),
    max_size=40,
).map("".join)  # fmt: skip


@settings(max_examples=300)
@given(
    MESS,
    st.sampled_from(["", HEAD, HEAD + child(episode()), HEAD + "<Child><ChildIdentifiers>"]),
    st.booleans(),
)
@example("<Child>" * 20, HEAD, False)
def test_whatever_a_file_holds_it_is_read_or_refused_in_a_sentence(mess, before, ended):
    text = before + mess + (TAIL if ended else "")
    try:
        for _ in read(io.BytesIO(text.encode("utf-8", "surrogatepass")), limits=Limits(file_bytes=200_000)):
            pass
    except CensusRefused as refused:
        said = str(refused)
        fit = said.endswith((".", "300")) and len(said) < 300
        if not fit:
            raise AssertionError(said) from None


@settings(max_examples=300)
@given(st.binary(max_size=300), st.integers(0, 2_000))
def test_a_damaged_file_is_read_or_refused_in_a_sentence(rubbish, place):
    text = (HEAD + child(episode()) + TAIL).encode()
    damaged = text[: place % len(text)] + rubbish + text[place % len(text) + len(rubbish) :]
    try:
        for _ in read(io.BytesIO(damaged)):
            pass
    except CensusRefused as refused:
        said = str(refused)
        if len(said) >= 300:
            raise AssertionError(said) from None
