"""Nothing is kept for tests alone: what the program defines, the program uses. Reads the source; runs none of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from models import compiled

ROOT = Path(__file__).parents[1]
PARTS = ("pathways", "models", "flows", "commands", "deployments", "benchmarks")
MADE = {"compiled.py", "versions", ".work"}
HANDS_ON = {"command", "callback", "task", "flow", "named"}
"""Decorators that hand a function to what calls it; of `@app.command` the last word counts."""
CALLED_FROM_OUTSIDE = re.compile(
    r"__\w+__|(on|action)_\w+|compose|_coerce_value|(list|format)_commands"
    r"|dump|load_dialect_impl|process_(bind_param|result_value)"
)
"""Methods that Python, Textual, Click, SQLAlchemy and psycopg look for on a class of their kind."""
ON_PURPOSE = {
    "models.bank_holidays.as_csv": "makes the table of bank holidays that is shipped, by hand, as a test does to compare",
    "models.due.ORDERS": "holds the rows that `models/passing.py` makes to the order of the statements' values",
    "models.log_chain.are_terms": "proves to whoever knows what was searched for that this was it; no command does",
    "models.row_security.take_down": "a migration's way back",
    "pathways.trail.fold": "what a trail means, in the fewest words: tests hold the quicker ways to it",
}
"""What the program keeps and does not use."""


@cache
def program() -> dict[str, ast.Module]:
    """Every module of the program, parsed; with what measures it, without what is made."""
    files = [file for part in PARTS for file in (ROOT / part).rglob("*.py") if not MADE & {*file.parts}]
    return {_dotted(file): ast.parse(file.read_text(encoding="utf-8")) for file in (ROOT / "cli.py", *files)}


def _dotted(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def defined(tree: ast.Module) -> Iterator[str]:
    """The functions, classes and constants of a module, and as `.name` the methods of its classes; of tables nothing."""
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                words = {
                    ast.unparse(each).partition("(")[0].rpartition(".")[2] for each in node.decorator_list
                }
                if not words & HANDS_ON:
                    yield name
            case ast.Assign(targets=targets):
                yield from (
                    each.id
                    for to in targets
                    for each in ast.walk(to)
                    if isinstance(each, ast.Name) and each.id != "__all__"
                )
            case ast.ClassDef(keywords=keywords) if not any(each.arg == "table" for each in keywords):
                yield node.name
                methods = [each.name for each in node.body if isinstance(each, ast.FunctionDef)]
                yield from (f".{each}" for each in methods if not CALLED_FROM_OUTSIDE.fullmatch(each))


def used(module: str, tree: ast.Module) -> Iterator[str]:
    """What a module uses: as `module.name`, whichever module has it, and as `.name` whatever it takes from anything."""
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            source = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            modules |= {each.asname or each.name: source + each.name for each in node.names}
            yield from (source + each.name for each in node.names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield f"{module}.{node.id}"
        elif isinstance(node, ast.Attribute):
            yield f".{node.attr}"
            if isinstance(node.value, ast.Name | ast.Attribute):
                yield f"{modules.get(ast.unparse(node.value))}.{node.attr}"


@cache
def texts(tree: ast.Module) -> set[str]:
    """Every text of a module, also as its parts at a colon; a docstring is none."""
    said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = {
        node.value for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in said
    }  # fmt: skip
    return found | {part for text in found for part in text.split(":")}


def idle(modules: Mapping[str, ast.Module]) -> set[str]:
    """What a module defines and none uses.

    A method is used where anything is asked for that name. So is all of a module that is loaded by its own name.
    """
    said = {text for tree in modules.values() for text in texts(tree)}
    uses = {name for module, tree in modules.items() for name in used(module, tree)} | {
        f".{text}" for text in said
    }
    found = set()
    for module, tree in modules.items():
        for name in defined(tree):
            bare = name.removeprefix(".")
            loosely = bare != name or module in said
            if (f".{bare}" if loosely else f"{module}.{name}") not in uses and f"{module}.{bare}" not in uses:
                found.add(f"{module}.{bare}")
    return found


def test_nothing_is_kept_that_only_tests_use():
    assert idle(program()) == ON_PURPOSE.keys()


def test_every_statement_is_asked_for_by_name():
    asking = (tree for module, tree in program().items() if not module.startswith("models.statements"))
    drawn = {f"draw_{each}_keys" for each in ("case", "episode", "household", "meeting", "person")}
    assert compiled.SQLITE.keys() - {text for tree in asking for text in texts(tree)} == drawn, (
        "these are asked for by the kind of row that they are the keys of"
    )


def test_what_is_used_nowhere_is_found():
    one = ast.parse(
        "class Gone(Exception):\n  said = 'no'\n  def told(self): return self.said\ndef call(): raise Gone"
    )
    assert idle({"one": one}) == {"one.told", "one.call"}
    assert idle({"one": one, "two": ast.parse("'call'\nfrom one import call as ask\nask().told()")}) == set()
    assert idle({"one": one, "two": ast.parse("def call(): pass\ncall()")}) == {"one.told", "one.call"}
    assert idle({"one": one, "two": ast.parse("load('one:call').told()")}) == set()
