"""What is installed beside us, what the lock says, and what goes into a wheel."""

from __future__ import annotations

import re
import subprocess
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
FOLDERS = ("pathways", "models", "flows", "commands")
# One entry is a line that starts at the margin, and the indented ones after it.
ENTRIES = re.findall(r"^\S.*\n(?:[ \t]+.*\n)*", LOCK, re.MULTILINE)


def _locked() -> dict[str, set[str]]:
    versions: dict[str, set[str]] = {}
    for entry in ENTRIES:
        name, version = re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", entry).groups()
        versions.setdefault(canonicalize_name(name), set()).add(version)
    return versions


def _asked_for() -> list[str]:
    project = PROJECT["project"]
    groups = [*project["optional-dependencies"].values(), *PROJECT["dependency-groups"].values()]
    return [*project["dependencies"], *(line for group in groups for line in group)]


# -- names that anybody might install --------------------------------------------------------------


@pytest.mark.parametrize("name", ["pathways", "models", "flows", "commands", "cli", "tests"])
def test_nobody_else_owns_our_names(name):
    others = set(packages_distributions().get(name, [])) - {PROJECT["project"]["name"]}
    assert not others, f"{', '.join(others)} installs a package called {name}, which hides or overwrites ours"


# -- the lock --------------------------------------------------------------------------------------


def test_the_lock_names_no_place():
    assert "://" not in LOCK
    assert " @ " not in LOCK
    assert not [line for line in LOCK.splitlines() if line.startswith(("-", "/", ".", "#"))]


def test_every_locked_package_has_a_version_and_a_hash():
    assert len(ENTRIES) > 50
    assert "".join(ENTRIES) == LOCK
    faulty = [e.splitlines()[0] for e in ENTRIES if not re.match(r"[A-Za-z0-9._-]+==[0-9]\S*(?: ;| \\)", e)]
    unhashed = [e.splitlines()[0] for e in ENTRIES if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", e)]
    assert not faulty
    assert not unhashed


@pytest.mark.parametrize("asked_for", _asked_for())
def test_the_lock_keeps_what_pyproject_asks_for(asked_for):
    wanted = Requirement(asked_for)
    versions = _locked().get(canonicalize_name(wanted.name), set())
    assert versions, f"{wanted.name} is not in requirements.lock: run make lock"
    assert all(wanted.specifier.contains(v, prereleases=True) for v in versions), "run make lock"


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("prefect", "==3.8.8"),
        ("sqlalchemy", ">=2.0.45,<2.1"),  # with 2.1 Prefect's server starts and never schedules a run
        ("fastapi", "<0.151"),  # with 0.155 Prefect's server does not start
    ],
)
def test_combinations_that_install_and_then_fail_are_shut_out(name, holds):
    allowed = Requirement(f"{name}{holds}").specifier
    assert all(version in allowed for version in _locked()[name])
    asked = next(Requirement(line) for line in _asked_for() if Requirement(line).name == name)
    assert not asked.specifier.contains(
        {"prefect": "3.9.0", "sqlalchemy": "2.1.0", "fastapi": "0.151.0"}[name]
    )


# -- the wheel -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel() -> set[str]:
    """What a wheel would hold, without building one."""
    return {file.distribution_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}


def test_the_wheel_holds_the_program_and_nothing_else(wheel):
    tops = {path.split("/")[0] for path in wheel}
    assert tops <= {"pathways", "models", "flows", "commands", "cli.py"}
    assert {"pathways", "models", "flows", "commands"} <= tops
    assert not [
        path for path in wheel if "tests" in path.split("/") or path.endswith((".pyc", ".db", ".sqlite"))
    ]


def test_the_wheel_holds_every_file_of_its_folders(wheel):
    """The calendars and rules (csv), the returns' schemas (xml, xsd) and the migrations, not only Python."""
    kept = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *FOLDERS],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if kept.returncode:  # unpacked from an archive
        ours = {p.relative_to(ROOT).as_posix() for f in FOLDERS for p in (ROOT / f).rglob("*.[cpx]*")}
        ours = {path for path in ours if "__pycache__" not in path}
    else:
        ours = {path for path in kept.stdout.splitlines() if (ROOT / path).exists()}
    assert any(path.endswith(".csv") for path in ours)
    assert ours <= wheel
