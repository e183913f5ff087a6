"""An option that takes a value never takes another option for it: `--unused --dry-run` names no file."""

from __future__ import annotations

from importlib import import_module

import pytest
import typer

from commands.registry import COMMANDS
from pathways.errors import USAGE


def _of(command, path):
    for name, each in getattr(command, "commands", {}).items():
        yield from _of(each, (*path, name))
    for param in command.params:
        if param.param_type_name == "option" and not param.is_flag:
            for word in param.opts:
                yield *path, word


WITH_A_VALUE = sorted(
    words
    for name, (module, _, _) in COMMANDS.items()
    for words in _of(typer.main.get_command(import_module(module).app), (name,))
)


def test_no_option_of_any_command_takes_another_for_its_value(say, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    wrong = {}
    for words in WITH_A_VALUE:
        said = say(*words, "--dry-run")
        if (
            said.code != USAGE
            or f"{words[-1]} needs a value after it, and --dry-run is none" not in said.words
        ):
            wrong[words] = said
    assert (len(WITH_A_VALUE) > 100, wrong) == (True, {})
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("value", ["-h", "--json", "--no-such", "--"])
def test_whatever_begins_as_an_option_is_no_value(say, value):
    said = say("import", "cin-census", "census.xml", "--unused", value)
    assert said.code == USAGE
    assert f"--unused needs a value after it, and {value} is none" in said.words


def test_a_file_may_be_called_so_where_that_is_meant(say, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert say("audit", "verifier", "--out=--strange.py").code == 0
    assert (tmp_path / "--strange.py").is_file()


@pytest.mark.parametrize("reason", ["-- she said nothing", "- none was given"])
def test_a_reason_may_begin_with_a_dash(say, rows, reason):
    said = say("do", "cp1", "note", "--because", reason, "--dry-run", "--no-input")
    assert "needs a value" not in said.words


def test_words_after_two_dashes_are_no_options(say):
    assert "needs a value" not in say("show", "--", "--as-at", "--json").words
