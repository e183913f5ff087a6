"""The papers keep to what is there: tests they name exist, files they link to exist, commands they quote are commands."""

from __future__ import annotations

import ast
import re
import shlex
from functools import cache
from pathlib import Path

import pytest

from commands.registry import COMMANDS
from commands.settings_file import BY_HAND, KNOWN
from models.mail import mail_of
from models.place import settings

ROOT = Path(__file__).parents[1]
PAPERS = [
    path.relative_to(ROOT).as_posix()
    for path in sorted((*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "pathways").glob("*.md")))
]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
MENTIONED = re.compile(
    r"`((?:docs|tests|deployments|models|pathways|flows|commands|benchmarks)/[\w./-]+\.\w+)`"
)
SETTINGS = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TYPED = re.compile(r"(?:`|^    |^\$ |^ExecStart=)(pathways [a-z][a-z-]*(?: [a-z-]+)?)", re.MULTILINE)


def text(paper: str) -> str:
    return (ROOT / paper).read_text(encoding="utf-8")


@cache
def held_in(file: str) -> frozenset[str]:
    tree = ast.parse(text(file))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@cache
def subcommands(name: str) -> frozenset[str]:
    """What may follow a command's name; empty where it is no group."""
    from importlib import import_module

    app = import_module(COMMANDS[name][0]).app
    if len(app.registered_commands) + len(app.registered_groups) < 2 and app.registered_callback is None:
        return frozenset()
    commands = {each.name or each.callback.__name__.replace("_", "-") for each in app.registered_commands}
    return frozenset(
        commands | {each.name or each.typer_instance.info.name for each in app.registered_groups}
    )


def test_there_are_papers_to_read():
    assert {"README.md", "SECURITY.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/README.md"} <= set(PAPERS)
    assert len(NAMED.findall(text("SECURITY.md"))) > 50


@pytest.mark.parametrize("paper", PAPERS)
def test_every_test_that_a_paper_names_exists(paper):
    gone = [f"{file}::{name}" for file, name in NAMED.findall(text(paper)) if name not in held_in(file)]
    assert gone == []


@pytest.mark.parametrize("paper", PAPERS)
def test_every_file_that_a_paper_names_exists(paper):
    folder = (ROOT / paper).parent
    links = [link for link in LINK.findall(text(paper)) if "://" not in link]
    assert [link for link in links if not (folder / link).exists()] == []
    files = {*MENTIONED.findall(text(paper)), *(file for file, _ in NAMED.findall(text(paper)))}
    assert [file for file in sorted(files) if not (ROOT / file).exists()] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_every_command_that_a_paper_quotes_is_one(paper):
    wrong = []
    for line in TYPED.findall(text(paper)):
        _, name, *more = shlex.split(line)
        if name not in COMMANDS or (more and subcommands(name) and more[0] not in subcommands(name)):
            wrong.append(line)
    assert wrong == []


def test_the_settings_that_a_paper_shows_are_settings_that_are_taken(tmp_path, monkeypatch):
    monkeypatch.setenv("PATHWAYS_HOME", str(tmp_path))
    shown = {paper: "\n".join(SETTINGS.findall(text(paper))) for paper in PAPERS}
    assert sum("[" in each for each in shown.values()) >= 3
    for paper, said in shown.items():
        (tmp_path / "pathways.toml").write_text(said, encoding="utf-8")
        taken = settings()
        assert mail_of(taken).set_up is ("mail" in taken), paper
        names = {f"{table}.{name}" for table, values in taken.items() for name in values}
        assert names <= {*KNOWN, *BY_HAND}, paper


def test_security_says_of_everybody_what_is_not_stopped():
    _, _, rest = text("SECURITY.md").partition("## Who may come, and what they meet")
    everybody, _, _ = rest.partition("\n## ")
    parts = everybody.split("\n### ")[1:]
    assert len(parts) >= 9
    for part in parts:
        title, _, said = part.partition("\n")
        assert said.count("*Not stopped.*") == 1, title
        promises, _, _ = said.partition("*Not stopped.*")
        for promise in re.split(r"^- ", promises, flags=re.MULTILINE)[1:]:
            assert NAMED.search(promise), f"{title}: no test shows: {promise[:60]}"


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_names_no_machine_and_no_place_beside_the_project(paper):
    somewhere = "|".join(("work", "home", "root"))
    assert not re.search(rf"\.\./shared|/(?:{somewhere})/", text(paper))


def test_the_index_of_the_docs_names_every_page():
    linked = set(LINK.findall(text("docs/README.md")))
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert pages - linked == set()


def test_the_assessment_leaves_every_judgement_to_the_authority_and_says_so():
    said = text("docs/data-protection-impact-assessment.md")
    _, _, risks = said.partition("## 4. Risks and measures")
    rows = [line for line in risks.partition("\n## ")[0].splitlines() if re.match(r"\| \d+ \|", line)]
    assert [int(line.split("|")[1]) for line in rows] == list(range(1, len(rows) + 1))
    assert len(rows) >= 12
    assert all("[AUTHORITY" in line.split("|")[-2] for line in rows)
    assert all(cell.strip() for line in rows for cell in line.split("|")[1:-1])
