"""The packages that are installed beside this program, and what their makers let us do with them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata
from typing import Annotated, Any, NamedTuple

import typer

from commands import screen
from commands.options import Json
from commands.style import STYLE, examples
from pathways.errors import Mistyped

app = typer.Typer(**STYLE)

OURS = "safeguarding-pathways"
UNSTATED = "not stated"
APPROVED = "License :: "


class Package(NamedTuple):
    """An installed package. `expression`: the licence in SPDX's own words, where the makers gave it so."""

    name: str
    version: str
    licence: str
    expression: bool


@app.command(
    help=examples(
        "List the packages that are installed beside this program, and their licences.",
        "pathways licences",
        "pathways licences --cyclonedx > packages.cdx.json",
    )
)
def licences(
    cyclonedx: Annotated[
        bool, typer.Option("--cyclonedx", help="As a bill of materials, CycloneDX 1.6, for scanners.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List the packages that are installed beside this program, and their licences."""
    if cyclonedx and as_json:
        raise Mistyped("Choose one: --cyclonedx or --json.")
    found = installed()
    if cyclonedx:
        screen.as_it_is(screen.json_text(bill(found), indent=1))
        return
    if as_json:
        rows = [{"name": each.name, "version": each.version, "licence": each.licence} for each in found]
        screen.answer_json("licences/1", {"packages": rows, "next": ["pathways licences --cyclonedx"]})
        return
    for line in screen.table(("Package", "Version", "Licence"), (30, 14, 34), (each[:3] for each in found)):
        screen.say(line)
    unstated = sum(each.licence == UNSTATED for each in found)
    screen.say()
    screen.say(f"{len(found)} packages" + (f"; {unstated} do not state a licence here." if unstated else "."))
    screen.say("For scanners: pathways licences --cyclonedx")


def installed() -> list[Package]:
    """What is installed here, by name, ourselves left out."""
    found = {each.name.lower(): each for each in _packages() if each.name.lower() != OURS}
    return [found[name] for name in sorted(found)]


def _packages() -> Iterator[Package]:
    for each in metadata.distributions():
        name = each.metadata["Name"]
        if name:
            yield Package(name, each.version, *_licence(each.metadata))


def _licence(said: Any) -> tuple[str, bool]:
    """What a package says of its licence, from the newest form of saying it to the oldest."""
    expression = said.get("License-Expression")
    if expression:
        return " ".join(expression.split()), True
    named = [
        each.rsplit(" :: ", 1)[-1] for each in said.get_all("Classifier", []) if each.startswith(APPROVED)
    ]
    named = [each for each in named if each != "OSI Approved"]
    written = (said.get("License") or "").strip().split("\n")[0].strip()
    return "; ".join(named) or written[:80] or UNSTATED, False


def bill(packages: list[Package]) -> dict[str, Any]:
    """A bill of materials as CycloneDX 1.6 has it."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": OURS, "version": _own_version()}},
        "components": [
            {
                "type": "library",
                "name": each.name,
                "version": each.version,
                "purl": f"pkg:pypi/{each.name.lower().replace('_', '-')}@{each.version}",
                "licenses": [
                    {"expression": each.licence} if each.expression else {"license": {"name": each.licence}}
                ],
            }
            for each in packages
        ],
    }


def _own_version() -> str:
    try:
        return metadata.version(OURS)
    except metadata.PackageNotFoundError:
        return "0"
