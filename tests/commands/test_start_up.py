"""What commands import: an everyday answer waits for no library that it does not use (UX 3.7)."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from commands.registry import COMMANDS

ROOT = Path(__file__).parents[2]
HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "prefect", "alembic", "rich", "psycopg", "holidays", "textual"}
PROBE = """
import sys
sys.argv = ["pathways", *{arguments!r}]
import cli
try:
    cli.main()
except SystemExit:
    pass
sys.stderr.write("LOADED " + " ".join(sorted({{name.partition(".")[0] for name in sys.modules}})))
"""


def loaded(home: Path, *arguments: str) -> set[str]:
    """The top names of everything that a command line imported."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(arguments=arguments)],
        cwd=ROOT, env={"PATHWAYS_HOME": str(home), "PATH": "/usr/bin"}, capture_output=True, text=True, check=True,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert "incident" not in done.stderr.lower(), done.stderr
    return set(done.stderr.rpartition("LOADED ")[2].split())


@pytest.mark.parametrize(
    "line", ["--help", "help", "worklsit", "help dates", "help exit-codes", "help worklsit"]
)
def test_help_and_slips_of_the_keyboard_load_neither_store_nor_libraries(tmp_path, line):
    assert not loaded(tmp_path, *line.split()) & (HEAVY | {"transitions", "sqlite3"})


@pytest.mark.parametrize(
    "line", ["worklist -h", "board -h", "board", "worklist --tem x", "worklist -n x", "help do", "show"]
)
def test_help_on_one_command_loads_no_library(tmp_path, line):
    assert not loaded(tmp_path, *line.split()) & (HEAVY | {"transitions"})


def test_the_version_is_told_before_typer_is_loaded(tmp_path):
    assert not loaded(tmp_path, "--version") & (HEAVY | {"transitions", "typer"})


@pytest.mark.parametrize(
    "line",
    [
        "", "worklist", "worklist --json", "overdue", "show cp1", "why cp1 conference", "find cp1", "chronology cp1",
        "show cp99", "why cp1 nothing",
    ],
)  # fmt: skip
def test_reading_commands_load_no_mapper_no_validator_and_no_state_machine(practice_home, line):
    assert not loaded(practice_home, *line.split()) & (HEAVY | {"transitions"})


@pytest.mark.parametrize(
    "line",
    [
        "next cp1",
        "do cp1 start-conference",
        "do cp1 fly",
        "record note cp1",
        "open referral",
        "record view cp1",
    ],
)
def test_moves_may_load_the_state_machine_and_no_mapper(practice_home, line):
    assert not loaded(practice_home, *line.split()) & HEAVY


@pytest.mark.parametrize("name", [name for name, (module, _, _) in COMMANDS.items()])
def test_every_command_of_the_registry_is_there_under_its_name(name):
    module = COMMANDS[name][0]
    app = importlib.import_module(module).app
    assert isinstance(app, typer.Typer)
    assert typer.main.get_command(app) is not None


def test_help_lists_every_command_by_the_order_of_use(practice_home, say):
    out = say("--help").out
    places = [out.index(f"\n  {name} ") for name in COMMANDS]
    assert places == sorted(places)


def test_a_typer_without_the_part_that_is_leant_on_is_slower_and_no_less_right(say, monkeypatch):
    """As with a version before or after it: the module that leans on it cannot be imported."""
    from typer._coercion import build_runtime_param

    monkeypatch.setattr("typer.core.build_runtime_param", build_runtime_param)
    monkeypatch.delattr("commands.coercion", raising=False)
    monkeypatch.setitem(sys.modules, "commands.coercion", None)
    assert say("show", "cp1", "--full").code == 0
    assert say("worklist", "-n", "2", "--json").code == 0
    assert say("worklist", "-n", "many").code == 2


def test_one_module_alone_leans_on_what_typer_keeps_to_itself():
    leaning = [
        path.name
        for path in (ROOT / "commands").glob("*.py")
        if re.search(r"typer\._|typer\.core\.build", path.read_text(encoding="utf-8"))
    ]
    assert leaning == ["coercion.py"]
