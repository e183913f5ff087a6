"""What is installed is what was locked: by hash, as wheels, from the lock alone; and what it is can be listed."""

from __future__ import annotations

import json
import re
import tomllib
from email.message import Message
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from commands import licences

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LOCKED: dict[str, set[str]] = {}
for _name, _version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", LOCK, re.MULTILINE):
    LOCKED.setdefault(canonicalize_name(_name), set()).add(_version)
BY_HASH = re.compile(r"--require-hashes .*-r (requirements|uv)\.lock|--verify-hashes .*-c requirements\.lock")
"""From the lock, or from a part cut out of it; uv takes the hashes of the file that it is held to."""
INSTALLS = re.compile(r"(?:pip3?|uv pip) (?:install|sync)\b(?:[^\n\\;&]|\\\n)*")


def installs(path: str) -> list[str]:
    """Every line of a file that installs Python packages, continued lines made one."""
    return [
        " ".join(each.replace("\\\n", " ").split()) for each in INSTALLS.findall((ROOT / path).read_text())
    ]


def test_what_is_installed_comes_from_the_lock_by_hash_and_as_wheels():
    for path in ("Makefile", "deployments/Dockerfile"):
        found = installs(path)
        others = [each for each in found if "--no-index" not in each]
        assert others, path
        for each in others:
            assert BY_HASH.search(each), f"{path}: {each}"
            assert "--only-binary :all:" in each, f"{path}: {each}"
        ours = [each for each in found if each not in others]
        assert ours, path
        assert all("--no-deps" in each for each in ours)


def test_ci_installs_by_the_makefile_and_nothing_else():
    script = (ROOT / ".ci" / "run").read_text()
    assert installs(".ci/run") == []
    assert re.search(r"^make .*\btest\b", script, re.MULTILINE)
    assert re.search(r"^test:.*\bsetup\b", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize(
    "extra", sorted(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"])
)
def test_every_extra_is_locked(extra):
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"][extra]
    assert asked
    assert [each for each in asked if canonicalize_name(Requirement(each).name) not in LOCKED] == []


def test_nothing_is_installed_here_that_is_not_locked():
    ours, tools = {"safeguarding-pathways"}, {"pip", "setuptools", "wheel"}
    here = {canonicalize_name(each.metadata["Name"]): each.version for each in metadata.distributions()}
    strangers = {name for name in here if name not in LOCKED} - ours - tools
    assert strangers == set()
    assert {name: here[name] for name in here if name in LOCKED and here[name] not in LOCKED[name]} == {}


# -- what it is -------------------------------------------------------------------------------------


def test_the_licence_is_found_however_it_is_said():
    message = Message()
    assert licences._licence(message) == ("not stated", False)
    message["License"] = "Three clauses\nand a long text of them"
    assert licences._licence(message) == ("Three clauses", False)
    message["Classifier"] = "License :: OSI Approved :: BSD License"
    assert licences._licence(message) == ("BSD License", False)
    message["License-Expression"] = "BSD-3-Clause OR MIT"
    assert licences._licence(message) == ("BSD-3-Clause OR MIT", True)


def test_every_package_here_is_listed_with_its_licence(capsys):
    from commands.run import run

    assert run(["licences"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    listed = {line.split()[0].lower() for line in lines[2:-3]}
    assert {"sqlalchemy", "typer", "transitions"} <= listed
    assert "safeguarding-pathways" not in listed
    assert len(listed) == len(licences.installed())
    assert run(["licences", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["packages"]
    assert {row["name"].lower()[:28] for row in rows} == {name.removesuffix("..")[:28] for name in listed}


def test_the_bill_of_materials_names_every_package(capsys):
    from commands.run import run

    assert run(["licences", "--cyclonedx"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.6", 1)
    parts = {each["name"]: each for each in made["components"]}
    assert set(parts) == {each.name for each in licences.installed()}
    database = next(each for name, each in parts.items() if name.lower() == "sqlalchemy")
    assert database["purl"] == f"pkg:pypi/sqlalchemy@{metadata.version('sqlalchemy')}"
    assert all(len(each["licenses"]) == 1 for each in parts.values())


def test_both_forms_at_once_are_a_slip(capsys):
    from commands.run import run

    assert run(["licences", "--cyclonedx", "--json"]) == 2
    assert "Choose one" in capsys.readouterr().out
