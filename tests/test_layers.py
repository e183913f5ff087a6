"""Which part may import what, and who may read the clock. Reads the source; runs none of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ("pathways", "models", "flows", "commands", "cli", "deployments")

# What only some parts may import, and which.
ONLY_IN = {
    "transitions": {"pathways"},
    "sqlmodel": {"models"},
    "sqlalchemy": {"models"},
    "alembic": {"models"},
    "psycopg": {"models"},
    "sqlite3": {"models"},
    "prefect": {"flows", "deployments"},
    "typer": {"cli", "commands"},
}
# pathways <- models <- flows <- deployments, and commands and cli beside flows. Nothing that is shipped
# imports deployments/ or tests/, which are not.
NEVER = {
    "pathways": {"models", "flows", "commands", "cli", "deployments", "tests"},
    "models": {"flows", "commands", "cli", "deployments", "tests"},
    "flows": {"commands", "cli", "deployments", "tests"},
    "commands": {"deployments", "tests"},
    "cli": {"deployments", "tests"},
    "deployments": {"tests"},
}
# Importing a flow imports Prefect: four seconds that every other command would pay for.
LATE = {"commands": {"flows", "prefect"}, "cli": {"flows", "prefect"}}
CLOCKS = {
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today",
    "time.time", "time.time_ns", "time.localtime", "time.gmtime",
}  # fmt: skip
LAST_WORDS = {each.rpartition(".")[2] for each in CLOCKS}
THE_CLOCK = "models/clock.py"


def violations(path: str, source: str) -> list[str]:
    """Every rule that a file breaks, each as `file:line: the rule`."""
    tree = _parsed(source)
    part = path.split("/")[0].removesuffix(".py")
    found = [*_wrong_imports(part, tree)]
    if path != THE_CLOCK:
        found += _clocks(tree)
    return [f"{path}:{line}: {rule}" for line, rule in sorted(found)]


@cache
def _parsed(source: str) -> ast.Module:
    return ast.parse(source)


def _wrong_imports(part: str, tree: ast.AST) -> Iterator[tuple[int, str]]:
    inside = {node for function in ast.walk(tree) if _is_function(function) for node in ast.walk(function)}
    for node in ast.walk(tree):
        for name in _imported(node):
            top = name.split(".")[0]
            if not top:
                yield node.lineno, "imports are absolute: from pathways.x import y, not from .x"
            elif part not in ONLY_IN.get(top, {part}):
                yield node.lineno, f"only {' and '.join(sorted(ONLY_IN[top]))} may import {top}"
            elif top in NEVER[part]:
                yield node.lineno, f"{part} may not import {top}"
            elif top in LATE.get(part, ()) and node not in inside:
                yield node.lineno, f"{part} imports {top} only inside the function that needs it"


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


def _imported(node: ast.AST) -> list[str]:
    """What a statement imports; a relative import is a name that begins with a dot."""
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=module, level=level):
            return ["." * level + (module or "")]
        case ast.Call(func=ast.Name(id="__import__") | ast.Attribute(attr="import_module"), args=[first, *_]):
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                return [first.value]
    return []


def _clocks(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every mention of a function that reads the clock, called or handed on (`default_factory=datetime.now`)."""
    stands_for: dict[str, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                stands_for |= {alias.asname or alias.name: alias.name for alias in names}
            case ast.ImportFrom(module=str(module), names=names):
                stands_for |= {alias.asname or alias.name: f"{module}.{alias.name}" for alias in names}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Name | ast.Attribute) or not isinstance(node.ctx, ast.Load):
            continue
        if isinstance(node, ast.Name) or node.attr in LAST_WORDS:
            said = node.id if isinstance(node, ast.Name) else ast.unparse(node)
            first, dot, rest = said.partition(".")
            name = stands_for.get(first, "") + dot + rest
            if name in CLOCKS:
                yield node.lineno, f"only {THE_CLOCK} reads the clock; this is {name}"


def circles(modules: dict[str, str]) -> set[str]:
    """The modules from which imports lead back to themselves; inside functions too, but for types only not."""
    needs = {name: set(_needed(source, modules)) - {name} for name, source in modules.items()}
    while free := {name for name, others in needs.items() if not others & needs.keys()}:
        needs = {name: others for name, others in needs.items() if name not in free}
    leads = {name: others & needs.keys() for name, others in needs.items()}
    for _ in leads:
        leads = {name: others.union(*(leads[each] for each in others)) for name, others in leads.items()}
    return {name for name, others in leads.items() if name in others}


def _needed(source: str, modules: dict[str, str]) -> Iterator[str]:
    """The modules among these that a file imports where it runs."""
    tree = _parsed(source)
    typed = {
        node
        for test in ast.walk(tree)
        if isinstance(test, ast.If) and ast.unparse(test.test) == "TYPE_CHECKING"
        for node in ast.walk(test)
    }
    for node in ast.walk(tree):
        if node in typed:
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from ({name if name in modules else node.module for name in names}) & modules.keys()
        else:
            yield from set(_imported(node)) & modules.keys()


def files() -> list[Path]:
    folders = [ROOT / part for part in PARTS]
    found = [file for folder in folders for file in folder.rglob("*.py")]
    return sorted(found) + [file for file in [ROOT / "cli.py"] if file.exists()]


def test_every_file_keeps_to_its_layer():
    found = [
        line
        for file in files()
        for line in violations(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))
    ]
    assert not found, "\n" + "\n".join(found)


def read() -> dict[str, str]:
    """The source of every module, by its dotted name."""
    paths = ((file.relative_to(ROOT).with_suffix("").parts, file) for file in files())
    return {
        ".".join(parts[:-1] if parts[-1] == "__init__" else parts): file.read_text(encoding="utf-8")
        for parts, file in paths
    }


def test_no_imports_go_in_a_circle():
    assert circles(read()) == set(), "move what both sides need to where neither imports the other"


def test_a_circle_is_found_also_through_a_function_and_not_through_a_type():
    there = {"a": "from b import c", "b": "def f():\n  import d", "d": "from a import g", "e": "import a"}
    assert circles(there) == {"a", "b", "d"}
    there["d"] = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  from a import g"
    assert circles(there) == set()


def test_there_is_something_to_read():
    assert {file.relative_to(ROOT).parts[0] for file in files()} >= {
        "pathways",
        "models",
        "flows",
        "commands",
    }


@pytest.mark.parametrize(
    ("path", "source", "rule"),
    [
        ("pathways/x.py", "import models.case", "pathways may not import models"),
        ("pathways/x.py", "def f():\n  from cli import main", "pathways may not import cli"),
        ("pathways/x.py", "import sqlalchemy", "only models may import sqlalchemy"),
        ("pathways/x.py", "from .errors import NotYet", "imports are absolute"),
        ("pathways/x.py", "from . import errors", "imports are absolute"),
        ("models/x.py", "from flows.deadlines import look", "models may not import flows"),
        ("models/x.py", "from transitions import Machine", "only pathways may import transitions"),
        ("models/sub/x.py", "import prefect.client", "only deployments and flows may import prefect"),
        ("flows/x.py", "import commands.show", "flows may not import commands"),
        ("flows/x.py", "import sqlite3", "only models may import sqlite3"),
        ("flows/x.py", "import importlib\nimportlib.import_module('cli')", "flows may not import cli"),
        ("commands/x.py", "from flows import deadlines", "commands imports flows only inside the function"),
        ("commands/x.py", "if True:\n  import flows", "commands imports flows only inside the function"),
        ("cli.py", "import flows.deadlines", "cli imports flows only inside the function"),
        ("cli.py", "import prefect", "only deployments and flows may import prefect"),
        ("cli.py", "from deployments.demo import fill", "cli may not import deployments"),
        ("deployments/x.py", "import typer", "only cli and commands may import typer"),
        ("models/x.py", "from datetime import datetime\ndatetime.now()", "this is datetime.datetime.now"),
        ("models/x.py", "import datetime as dt\ndt.date.today()", "this is datetime.date.today"),
        ("flows/x.py", "from time import time as t\nt()", "this is time.time"),
        ("cli.py", "import time\nf(default=time.time)", "this is time.time"),
    ],
)
def test_a_violation_is_found_and_named(path, source, rule):
    (line,) = violations(path, source)
    assert line.startswith(f"{path}:{source.count(chr(10)) + 1}: ")
    assert rule in line


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("pathways/x.py", "from transitions import Machine\nfrom pathways.errors import NotYet"),
        ("models/x.py", "import sqlite3\nimport pathways"),
        ("models/clock.py", "from datetime import datetime\ndatetime.now()"),
        ("models/x.py", "import time\ntime.monotonic()"),
        ("models/x.py", "from models.clock import now\nnow()"),
        ("models/x.py", "case.time.time()"),
        ("commands/x.py", "import typer\ndef look():\n  from flows.deadlines import look"),
        ("deployments/serve.py", "import prefect\nfrom flows.deadlines import look"),
    ],
)
def test_what_is_allowed_is_not_found(path, source):
    assert violations(path, source) == []
