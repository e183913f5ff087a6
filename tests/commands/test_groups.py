"""Groups of commands: every help line whole, the nearest name for a slip, a case before the word."""

from __future__ import annotations

import json
from importlib import import_module

import pytest
import typer

from commands.registry import COMMANDS
from pathways.errors import OK, USAGE


def _paths(command, path):
    yield path
    for name, each in getattr(command, "commands", {}).items():
        yield from _paths(each, (*path, name))


def every_command():
    """Every command and subcommand, as its words."""
    for name, (module, _, _) in COMMANDS.items():
        yield from _paths(typer.main.get_command(import_module(module).app), (name,))


GROUPS = sorted({path[:-1] for path in every_command() if len(path) > 1})


@pytest.mark.parametrize("path", sorted(every_command()), ids=" ".join)
def test_no_line_of_help_is_cut_or_too_long(say, path):
    said = say(*path, "-h")
    assert said.code == OK
    assert [line for line in said.lines if line.rstrip().endswith("...") and "Usage:" not in line] == []
    assert max(map(len, said.lines)) <= 80


@pytest.mark.parametrize("path", GROUPS, ids=" ".join)
def test_a_slip_in_the_second_word_gets_the_nearest_one(say, path):
    names = [each[-1] for each in every_command() if each[:-1] == path]
    for name in names:
        said = say(*path, f"{name}x")
        assert said.code == USAGE
        assert f"Did you mean {name}?" in said.words


def test_what_is_near_to_nothing_is_told_where_to_look(say):
    said = say("access", "qqqq")
    assert said.code == USAGE
    assert "Which there are: pathways access -h" in said.words


@pytest.mark.parametrize("words", [("access", "cp1", "why"), ("access", "why", "cp1")])
def test_a_case_may_stand_before_the_word(say, words):
    said = say(*words, "--json")
    assert said.code == OK, said.words
    assert json.loads(said.out)["case"] == "CP-2026-0001"


@pytest.mark.parametrize(
    "words", [("documents", "cp1"), ("documents", "list", "cp1"), ("documents", "cp1", "list")]
)
def test_a_case_alone_is_enough_where_one_thing_is_meant(say, words):
    assert say(*words).out == say("documents", "list", "CP-2026-0001").out
