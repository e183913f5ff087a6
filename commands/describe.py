"""`describe PATHWAY`: a whole process in plain words, or as a diagram. Needs no records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import screen
from commands.options import Json
from commands.rules import rules_here
from commands.style import STYLE, examples

if TYPE_CHECKING:
    from pathways.definitions import Move, Pathway
    from pathways.roles import Role
    from pathways.rulebook import Rulebook

app = typer.Typer(**STYLE)


@app.command(
    help=examples(
        "Describe a pathway: where a case can be, who may do what, what must be there first, every limit.",
        "pathways describe child-protection",
        "pathways describe front-door --mermaid",
    )
)
def describe(
    name: Annotated[str, typer.Argument(metavar="PATHWAY", help="Such as front-door; none lists them.")] = "",
    as_diagram: Annotated[bool, typer.Option("--mermaid", help="Print a Mermaid state diagram.")] = False,
    as_json: Json = False,
) -> None:
    """Describe a pathway in plain words."""
    import pathways
    from pathways import describe as plain

    if not name:
        listed = [(each, pathways.pathway(each).title) for each in pathways.NAMES]
        if as_json:
            rows = [{"pathway": each, "title": title} for each, title in listed]
            screen.answer_json("pathways/1", {"pathways": rows})
            return
        for each, title in listed:
            screen.say(f"{each.replace('_', '-'):<22}{title}")
        screen.say("\nNext: pathways describe child-protection")
        return
    found = plain.named(name)
    if as_diagram and not as_json:
        from pathways.diagrams import mermaid

        screen.as_it_is(mermaid(found).rstrip("\n"))
        return
    rulebook = rules_here()[0].rulebook
    if as_json:
        screen.answer_json("describe/1", _as_data(found, rulebook))
        return
    screen.say(plain.describe(found, rulebook).rstrip("\n"))
    screen.say(f"\nNext: {_way_in(found)}")


def _way_in(found: Pathway) -> str:
    """What is typed to begin a case of it; the list of pathways, where none is begun by people."""
    from commands.ways_in import ways_in

    word = next((word for word, (name, _) in ways_in().items() if name == found.name), "")
    return f"pathways open {word}" if word else "pathways describe"


def _as_data(found: Pathway, rulebook: Rulebook) -> dict[str, Any]:
    from pathways.describe import describe as in_words
    from pathways.diagrams import mermaid

    return {
        "pathway": found.name,
        "title": found.title,
        "edition": found.version,
        "checked": found.checked,
        "rules": rulebook.name,
        "ways_in": [
            {
                "name": each.name,
                "says": each.says,
                "state": each.state,
                "by": _roles(each.who),
            }
            for each in found.entries
        ],
        "states": [
            {
                "name": each.name,
                "label": each.label,
                "final": each.final,
                "actions": [move.action for move in found.moves_from(each.name)],
            }
            for each in found.states
        ],
        "actions": [_move(each) for each in found.moves],
        "needs": [
            {
                "id": each.id,
                "says": each.says,
                "source": str(each.cites),
                "supplied_by": _roles(each.by),
                "action": each.record.replace("_", "-"),
                "can_override": _roles(each.override),
            }
            for each in found.conditions().values()
        ],
        "limits": [
            {
                "rule": each.rule,
                "task": each.task,
                "editions": [
                    {"edition": one.key, "limit": one.limit, "force": one.force.value, "source": one.source}
                    for one in (rulebook.editions(each.rule) if each.rule in rulebook.rules() else ())
                ],
                "starts_with": sorted(
                    {one.starts_at for one in rulebook.editions(each.rule)}
                    if each.rule in rulebook.rules()
                    else ()
                ),
                "stops_with": list(each.met_by),
                "runs_in": list(each.while_in or found.open_states),
                "on_miss": each.on_miss.replace("_", "-"),
            }
            for each in found.clocks
        ],
        "text": in_words(found, rulebook),
        "mermaid": mermaid(found),
    }


def _roles(roles: tuple[Role, ...]) -> list[str]:
    return [each.value for each in dict.fromkeys(roles)]


def _move(move: Move) -> dict[str, Any]:
    return {
        "action": move.action,
        "says": move.says,
        "from": list(move.source),
        "to": "" if move.dest == "=" else move.dest,
        "by": _roles(move.who),
        "source": str(move.cites),
        "needs": [each.id for each in move.conditions],
        "not_by": move.apart_from,
        "record": move.records.name if move.records else "",
        "then": [each.event for each in move.emits],
        "opens": [each.pathway for each in move.opens],
        "outcome": move.outcome,
    }
