"""A pathway as a diagram: Mermaid for any page that draws it, DOT for the pictures in docs/.

Both leave out what is only recorded and leaves the case where it is. Moves that lead from nearly everywhere to the
same place would cover a picture with arrows, so they start from one box, 'Wherever the case stands'; the text says
from where exactly. Decisions of people, passing dates and decisions elsewhere differ in word and line, not only in
colour.
"""

from __future__ import annotations

import hashlib
import html
import re
import shutil
import subprocess
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pathways.definitions import SAME, Move, Pathway
from pathways.roles import Role

ANYWHERE = "anywhere"
MANY = 4
"""A move that leaves from so many states, and from all open ones but one at most, starts from one box."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """All that leads from one state to another in one manner. `manner`: people, date, elsewhere or start."""

    source: str
    dest: str
    manner: str
    says: tuple[str, ...]


def arrows(pathway: Pathway) -> list[Arrow]:
    """Every way between states, those of the same manner between the same states in one arrow."""
    found: dict[tuple[str, str, str], dict[str, None]] = {}
    for entry in pathway.entries:
        found.setdefault(("", entry.state, "start"), {})[entry.says] = None
    for name in pathway.opened_in:
        found.setdefault(("", name, "start"), {})["Opened from another pathway"] = None
    for move in pathway.moves:
        for source in _sources(pathway, move):
            found.setdefault((source, move.dest, _manner(move)), {})[move.says] = None
    return [Arrow(*key, tuple(says)) for key, says in found.items()]


def _sources(pathway: Pathway, move: Move) -> Iterable[str]:
    leaving = [each for each in move.source if move.dest not in (SAME, each)]
    elsewhere = set(pathway.open_states) - set(leaving) - {move.dest}
    if len(leaving) >= MANY and len(elsewhere) <= 1:
        return [ANYWHERE]
    return leaving


def _manner(move: Move) -> str:
    if move.by_clock:
        return "date"
    return "elsewhere" if Role.PATHWAY in move.who else "people"


def _words(arrow: Arrow) -> list[str]:
    """What stands on an arrow: dates and other pathways say that they are."""
    start = {"date": "By date: ", "elsewhere": "Elsewhere: "}.get(arrow.manner, "")
    return [start + each for each in arrow.says]


# -- Mermaid -----------------------------------------------------------------------------------------------


def mermaid(pathway: Pathway) -> str:
    """The pathway as a Mermaid state diagram."""
    return "\n".join(_mermaid(pathway)) + "\n"


def _mermaid(pathway: Pathway) -> Iterator[str]:
    drawn = arrows(pathway)
    yield "---"
    yield f"title: {_quoted(pathway.title)}"
    yield "---"
    yield "stateDiagram-v2"
    yield "    direction TB"
    for state in pathway.states:
        yield f'    state "{_escaped(state.label)}" as {_id(state.name)}'
    if any(each.source == ANYWHERE for each in drawn):
        yield f'    state "Wherever the case stands" as {_id(ANYWHERE)}'
    for arrow in drawn:
        source = _id(arrow.source) if arrow.source else "[*]"
        yield f"    {source} --> {_id(arrow.dest)} : {'<br/>'.join(_escaped(each) for each in _words(arrow))}"
    for state in pathway.states:
        if state.final:
            yield f"    {_id(state.name)} --> [*]"
    late = [arrow.dest for arrow in drawn if arrow.manner == "date"]
    yield "    classDef final stroke-width:4px"
    yield "    classDef late stroke-dasharray:6 3"
    for state in pathway.states:
        if state.final or state.name in late:
            yield f"    class {_id(state.name)} {'final' if state.final else 'late'}"


def _id(name: str) -> str:
    """A name that cannot be one of Mermaid's own words."""
    return f"s_{name}"


def _escaped(text: str) -> str:
    """A label: what Mermaid's grammar or HTML would read as its own is written as a code."""
    return re.sub(r"[^\w ,.'()/!?-]", lambda found: f"#{ord(found[0])};", text)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "'") + '"'


# -- pictures ----------------------------------------------------------------------------------------------

INK, PAPER = "#1a1a1a", "#ffffff"
NODE = (
    f'shape=box style="rounded,filled" fillcolor="#eef4fb" color="{INK}" fontname="DejaVu Sans" fontsize=11'
)
LINES = {
    "people": 'color="#1f4e79" fontcolor="#1f4e79" style=solid',
    "date": 'color="#a03000" fontcolor="#a03000" style=dashed',
    "elsewhere": 'color="#5a3d7a" fontcolor="#5a3d7a" style=dotted penwidth=1.8',
    "start": 'color="#404040" fontcolor="#404040" style=solid',
}
"""Each colour has a contrast of over 5 to 1 on white, and each manner its own line."""


def dot(pathway: Pathway) -> str:
    """The pathway as DOT, from which Graphviz draws the picture."""
    return "\n".join(_dot(pathway)) + "\n"


def _dot(pathway: Pathway) -> Iterator[str]:
    drawn = arrows(pathway)
    yield f"digraph {pathway.name} {{"
    yield (
        f'  graph [label="{_lines(pathway.title, 90)}" labelloc=t fontname="DejaVu Sans" fontsize=18 '
        f'bgcolor="{PAPER}" rankdir=TB nodesep=0.35 ranksep=0.55 pad=0.3]'
    )
    yield f"  node [{NODE}]"
    yield '  edge [fontname="DejaVu Sans" fontsize=10 arrowsize=0.7]'
    for state in pathway.states:
        last = ' peripheries=2 fillcolor="#f3f3f3"' if state.final else ""
        yield f'  {state.name} [label="{_lines(state.label, 24)}"{last}]'
    if any(each.source == ANYWHERE for each in drawn):
        yield f'  {ANYWHERE} [label="Wherever\\nthe case stands" style="rounded,dashed"]'
    together: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for arrow in drawn:
        together.setdefault((arrow.dest, arrow.manner, arrow.says), []).append(arrow.source)
    for number, ((dest, manner, says), sources) in enumerate(together.items()):
        said = _said(Arrow("", dest, manner, says))
        if manner == "start":
            sources = [f"start_{number}"]
            yield f'  {sources[0]} [shape=circle style=filled fillcolor="{INK}" label="" width=0.16]'
        if len(sources) == 1:
            yield f'  {sources[0]} -> {dest} [label="{said}" {LINES[manner]}]'
            continue
        joint = f"joint_{number}"
        yield f'  {joint} [shape=plaintext style="" fontsize=10 label="{said}" {LINES[manner].split(" style")[0]}]'
        for source in sources:
            yield f"  {source} -> {joint} [dir=none {LINES[manner]}]"
        yield f"  {joint} -> {dest} [{LINES[manner]}]"
    yield "}"


def _said(arrow: Arrow) -> str:
    """The words on an arrow, set to the left; each of several with a dash."""
    several = len(arrow.says) > 1
    lines = [
        line
        for each in _words(arrow)
        for line in textwrap.wrap(
            each,
            28,
            initial_indent="- " if several else "",
            subsequent_indent="  " if several else "",
        )
    ]
    return "".join(line.replace('"', "'") + "\\l" for line in lines)


def _lines(text: str, width: int) -> str:
    return "\\n".join(textwrap.wrap(text, width)).replace('"', "'")


def mark(pathway: Pathway) -> str:
    """What tells whether a picture is still that of this definition; it stands in the picture."""
    return "drawn from " + hashlib.sha256(dot(pathway).encode()).hexdigest()[:16]


def picture(pathway: Pathway) -> str | None:
    """The picture as SVG, drawn by Graphviz; None where its program `dot` is not installed."""
    program = shutil.which("dot")
    if program is None:
        return None
    made = subprocess.run([program, "-Tsvg"], input=dot(pathway), capture_output=True, text=True, check=True)
    drawn = re.sub(r"<!--.*?-->\n?", "", made.stdout, flags=re.S)
    title = html.escape(pathway.title)
    return drawn.replace("<svg ", f'<!-- {mark(pathway)} -->\n<svg role="img" aria-label="{title}" ', 1)
