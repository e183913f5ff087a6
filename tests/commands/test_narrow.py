"""A window of 60 columns: what does not fit goes under it, and nothing is lost that the 80 columns have."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import screen
from tests.commands.test_screens import READING
from tests.commands.test_terminal import ended, terminal  # noqa: F401

MORE = [
    ("overdue", "--pathway", "CP"), ("conference", "cp1"), ("conference", "cp3", "--full"), ("people", "cp1"), ("meeting", "cp1"),
    ("documents", "cp1"), ("access", "why", "cp1"), ("assign",), ("drafts",), ("digest", "preview"), ("report", "central-list"),
    ("report", "concerns"), ("supervision", "list"), ("supervision", "due"), ("training", "due"), ("retention", "due"),
    ("retention", "why", "cp1"), ("file", "audit", "cp1", "--no-input"), ("calendar", "show"), ("letter", "cp1"), ("rules", "list"),
    ("letter", "cp1", "invitation", "--to", "mother", "--preview"), ("letter", "fields", "invitation"), ("days", "show"), ("rules", "check"),
    ("export", "list"), ("check", "status"), ("audit", "verify"), ("users", "list"), ("whoami",), ("config", "show"), ("config", "path"),
    ("describe",), ("describe", "child-protection"), ("schema",), ("help", "board"), ("help", "worklist"), ("import", "unused"),
    ("rules", "show", "cp.icpc"), ("show", "cp1", "--as-at", "2026-11-10"), ("dashboards", "preview"), ("db", "status"), ("doctor",),
    ("do", "cp1", "start-conference", "--no-input"), ("do", "cp1", "decide"), ("undo", "cp1", "--no-input"), ("worklsit",), ("show", "cp9999"),
    ("rebook", "cp1", "--to", "2026-12-01", "--dry-run"), ("remind", "cp1", "--dry-run"), ("completion", "show"), ("chronology", "cp1", "--full"),
]  # fmt: skip
WIDE = 60


@pytest.fixture
def narrow(monkeypatch):
    """Make the window 60 columns wide, or what is given."""

    def made(columns: int = WIDE) -> None:
        monkeypatch.setattr(screen, "window", lambda _: os.terminal_size((columns, 24)))

    return made


def letters(said: str) -> Counter[str]:
    """How often each letter stands on a screen, without rules under headings and marks that a command goes on."""
    return Counter(letter for letter in said if letter.isalnum())


@pytest.mark.parametrize("line", [*READING, *MORE], ids=" ".join)
def test_every_screen_fits_and_says_what_it_says_at_eighty(say, narrow, line):
    wide = say(*line)
    assert wide.out or wide.err
    narrow()
    said = say(*line)
    assert said.code == wide.code
    assert [each for each in said.lines if len(each) > WIDE and " " in each.strip()] == []
    if line[:1] not in (
        ("audit",),
        ("doctor",),
        ("db",),
        ("help",),
    ):  # times; and help, which is laid out anew
        assert letters(said.out) == letters(wide.out)
        assert letters(said.err) == letters(wide.err)


def test_references_dates_and_urgency_words_stay_whole_on_a_line(say, narrow):
    narrow()
    out = say("worklist", "all").out
    for found in ("CP-2026-0001", "LATE", "24 November"):
        assert found in out
    assert re.search(r"\d\n +(?:Nov|Dec|Jan)", out) is None, "a day parted from its month"


def test_json_is_never_broken(say, narrow):
    wide = say("show", "cp1", "--json").out
    narrow()
    assert say("show", "cp1", "--json").out == wide


def test_a_wider_window_and_no_window_get_eighty_columns(say, narrow):
    wide = say("worklist", "all").out
    narrow(200)
    assert say("worklist", "all").out == wide


words = st.integers(1, 12).map(lambda size: "abcdefghijkl"[:size])
lines = st.lists(st.tuples(words, st.integers(1, 6)), min_size=1, max_size=14).map(
    lambda parts: "".join(f"{word}{' ' * gap}" for word, gap in parts).rstrip()
)


@given(lines, st.integers(0, 8), st.integers(40, 79))
def test_no_word_is_lost_and_no_line_is_too_wide(line, indent, wide):
    line = " " * indent + line
    made = screen._narrowed(line, wide)
    assert " ".join(made).split() == line.split()
    assert all(len(each) <= wide for each in made)


@given(lines, st.sampled_from([31, 33, 36]), st.integers(40, 79))
def test_colour_takes_no_room_and_is_ended_where_it_began(line, colour, wide):
    word, _, rest = line.partition(" ")
    made = screen._narrowed(f"\x1b[{colour}m{word:<6}\x1b[0m {rest}", wide)
    bare = [re.sub(r"\x1b\[\d*m", "", each) for each in made]
    assert all(len(each) <= wide for each in bare)
    assert " ".join(bare).split() == line.split()
    assert all(each.count("\x1b[0m") == len(re.findall(r"\x1b\[[1-9]\d*m", each)) for each in made)


def spread(said: str) -> Iterator[str]:
    for line in said.splitlines():
        yield re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", line).rstrip()


def test_at_a_real_window_of_60_columns_no_line_is_wrapped_by_it(terminal, practice_home):  # noqa: F811
    child = terminal("worklist", "all", columns=WIDE)
    code, said = ended(child)
    assert code == 0
    assert max(len(each) for each in spread(said)) <= WIDE
    assert "24 November" in said
