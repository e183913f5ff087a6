"""What a shell fills in: the fixed words of the command line, and nothing of a case."""

from __future__ import annotations

import subprocess

import pytest

from commands.completion import WHERE, words
from commands.registry import COMMANDS

SHELLS = tuple(WHERE)


@pytest.fixture(scope="session")
def script(tmp_path_factory):
    """The script for bash, in a file."""
    from commands.completion import _bash

    path = tmp_path_factory.mktemp("completion") / "pathways.bash"
    path.write_text("\n".join(_bash(words())) + "\n", encoding="utf-8")
    return path


def filled_in(script, *typed):
    """What bash offers after these words, the last of them begun."""
    line = (
        f"source {script}; COMP_WORDS=(pathways {' '.join(repr(each) for each in typed)}); COMP_CWORD={len(typed)}; "
        '_pathways; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (("wor",), ["worklist"]),
        (("audit", "ver"), ["verify", "verifier"]),
        (("audit", "verify", "--rec"), ["--receipt"]),
        (("db", "key", "wri"), ["write-down"]),
        (("do", "cp41", "chair"), ["chair-met-family"]),
        (("show", "cp41", "--na"), ["--names"]),
        (("show", "cp"), []),
        (("nothing", "a"), []),
    ],
)
def test_bash_offers_the_words_that_go_there(script, typed, offered):
    assert filled_in(script, *typed) == offered


def test_every_command_and_each_of_its_options_is_among_the_words():
    import importlib

    import typer

    found = words()
    assert found[""] == list(COMMANDS)
    for name, (module, _, _) in COMMANDS.items():
        command = typer.main.get_command(importlib.import_module(module).app)
        assert set(getattr(command, "commands", ())) <= set(found[name])


@pytest.mark.parametrize("shell", SHELLS)
def test_no_word_comes_from_the_records(say, shell):
    """The same words in every store: no reference, no login, no team, no name."""
    said = say("completion", "show", shell)
    assert said.code == 0
    assert "CP-2026" not in said.out
    assert "practice worker" not in said.out
    assert all(f"{each}" in said.out for each in COMMANDS)
    assert said.out.isascii()


def test_it_says_how_it_is_switched_on_and_that_it_is_off(say):
    said = say("completion", "show")
    assert said.out.startswith("Off until you switch it on, and it never fills in a case.")
    assert all(shell in said.out for shell in SHELLS)
    assert say("completion", "show", "tcsh").code == 2
