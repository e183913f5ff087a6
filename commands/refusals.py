"""How a refusal looks: what was refused, every reason, under which rule, what can be done; nothing was changed."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Any

from commands import screen
from pathways.definitions import Condition
from pathways.engine import Reason
from pathways.errors import BUG, PathwayError


def explain(refused: PathwayError, *, as_json: bool) -> int:
    """Print why not, and give the exit code."""
    code = int(refused.code)
    if _is(refused, "pathways.answers", "MissingAnswers"):
        _missing(refused, code, as_json)
    elif _is(refused, "models.refusals", "RefusedMove"):
        if as_json:
            _move_as_json(refused, code)
        else:
            screen.complain("\n".join(move_refused(refused)))
    elif _is(refused, "models.refusals", "RefusedTogether"):
        _together(refused, code, as_json)
    elif as_json:
        document = {
            "schema": "pathways.refusal/1",
            "ok": False,
            "exit": code,
            "message": str(refused),
            "changed": False,
        }
        screen.as_it_is(screen.json_text(document))
    else:
        screen.complain(str(refused))
    return code


def _is(refused: PathwayError, module: str, name: str) -> bool:
    """Whether it is of this class; a module that was never loaded has raised nothing, and is not loaded for this."""
    return module in sys.modules and isinstance(refused, getattr(sys.modules[module], name))


def _together(refused: Any, code: int, as_json: bool) -> None:
    """Why several children's moves were refused: child by child."""
    if as_json:
        children = [
            _move_document(each, int(each.code))
            if _is(each, "models.refusals", "RefusedMove")
            else {"message": str(each)}
            for each in refused.refusals
        ]
        document = {
            "schema": "pathways.refusals/1",
            "ok": False,
            "exit": code,
            "cases": children,
            "changed": False,
        }
        screen.as_it_is(screen.json_text(document, indent=1))
        return
    for each in refused.refusals:
        lines = (
            move_refused(each)[:-2]
            if _is(each, "models.refusals", "RefusedMove")
            else screen.folded(str(each))
        )
        screen.complain("\n".join(lines) + "\n")
    screen.complain(
        "Nothing was changed for any of these children. The attempt is on the record of those refused."
    )


def _missing(refused: Any, code: int, as_json: bool) -> None:
    """Every answer that is missing, with how to give it."""
    what, listed, *given = refused.args
    offered = given[0] if given else {}
    if as_json:
        missing = [
            {"name": name, "asks": asks, "one_of": list(offered.get(name, ()))} for name, asks in listed
        ]
        document = {
            "schema": "pathways.refusal/1",
            "ok": False,
            "exit": code,
            "message": f"Answers are missing for {what}.",
            "missing": missing,
            "changed": False,
        }
        screen.as_it_is(screen.json_text(document, indent=1))
        return
    count = "1 answer is" if len(listed) == 1 else f"{len(listed)} answers are"
    lines = [*screen.folded(f"Nothing was saved: {count} missing for {screen.shown(what)}.")]
    for name, asks in listed:
        lines += screen.wrapped(f"  {name}", asks, indent=max(24, len(name) + 4))
        if offered.get(name):
            lines += screen.wrapped("", f"one of: {', '.join(offered[name])}", indent=24)
    lines += ["Give each as --answer NAME=VALUE, or all together with --from FILE."]
    screen.complain("\n".join(lines))


def move_refused(refused: Any) -> list[str]:
    """The lines of a refused move."""
    reference, trigger, verdict, _state = refused.args
    action = trigger.replace("_", "-")
    lines = [f"Refused  {screen.shown(action)} on {screen.shown(reference)}", ""]
    number = 0
    for reason in verdict.reasons:
        for text in reason_lines(reason):
            number += 1
            lines += screen.wrapped(f"{'Why' if number == 1 else '':<6}{number:<2} ", text, indent=9)
    for line in cited(verdict.reasons):
        lines += screen.wrapped("Rule", line, indent=6)
    ways = ways_on(reference, action, verdict)
    if ways:
        lines += ["", "You can", *(line for way in ways for line in _way_lines(way))]
    changed = "Nothing was changed."
    if verdict.kind in ("not_yet", "not_here", "not_theirs"):
        changed += " The attempt is on the record."
    return [*lines, "", changed]


def _way_lines(way: str) -> list[str]:
    return screen.typed(way, 6) if way.startswith("pathways ") else screen.wrapped("", way, indent=6)


def reason_lines(reason: Reason) -> list[str]:
    """One line for each thing that is missing; the condition's own sentence where it gives no list."""
    if reason.details:
        return [each[:1].upper() + each[1:] for each in reason.details]
    said = reason.message
    if reason.condition:
        return [f"Needed: {said}"]
    begins_with_an_action = "-" in said.partition(" ")[0]
    return [said if begins_with_an_action else said[:1].upper() + said[1:]]


def cited(reasons: tuple[Reason, ...]) -> list[str]:
    """The conditions and their sources, each source once."""
    by_source: dict[str, list[str]] = {}
    for reason in reasons:
        if reason.condition:
            by_source.setdefault(str(reason.condition.cites), []).append(reason.condition.id)
    return [f"{', '.join(ids)}: {source}" for source, ids in by_source.items()]


def ways_on(reference: str, action: str, verdict: Any) -> list[str]:
    """Commands that lead on: what supplies each condition, and what may be overridden by whom."""
    ways: list[str] = []
    overridable: list[Condition] = []
    numbers: list[int] = []
    number = 0
    for reason in verdict.reasons:
        first = number + 1
        number += len(reason_lines(reason))
        condition = reason.condition
        if condition is None:
            continue
        step = condition.record.replace("_", "-")
        if step == "report-received":
            ways.append(f"pathways record report {reference}")
        elif step != action:
            ways.append(f"pathways do {reference} {step}")
        if condition.override:
            overridable.append(condition)
            numbers += range(first, number + 1)
    ways = list(dict.fromkeys(ways))
    if overridable:
        who = " or ".join(dict.fromkeys(role.label for each in overridable for role in each.override))
        ids = " ".join(f"--override {each.id}" for each in (*verdict.without, *overridable))
        ways.append(f"The {who} can go ahead without {_listed(numbers)}, giving a reason:")
        ways.append(f"pathways do {reference} {action} {ids}")
    if not ways or verdict.kind in ("not_here", "no_such_move", "not_theirs"):
        ways.append(f"pathways next {reference}")
    return ways


def _listed(numbers: list[int]) -> str:
    """'1', '1 and 2', '1 to 4', '1, 3 and 4'."""
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]} to {numbers[-1]}"
    said = [str(each) for each in numbers]
    return " and ".join(filter(None, (", ".join(said[:-1]), said[-1])))


def _move_as_json(refused: Any, code: int) -> None:
    screen.as_it_is(screen.json_text(_move_document(refused, code), indent=1))


def _move_document(refused: Any, code: int) -> dict[str, Any]:
    """A refused move, for another program."""
    reference, trigger, verdict, _ = refused.args
    reasons = [
        {
            "id": each.condition.id if each.condition else verdict.kind,
            "message": each.message,
            "missing": list(each.details),
            "source": str(each.condition.cites) if each.condition else "",
            "by": [role.value for role in each.condition.by] if each.condition else [],
            "can_override": [role.value for role in each.condition.override] if each.condition else [],
        }
        for each in verdict.reasons
    ]
    action = trigger.replace("_", "-")
    ways = [way for way in ways_on(reference, action, verdict) if way.startswith("pathways ")]
    return {
        "schema": "pathways.refusal/1",
        "ok": False,
        "exit": code,
        "case": reference,
        "action": action,
        "reasons": reasons,
        "next": ways,
        "changed": False,
    }


def incident(bug: BaseException) -> int:
    """Our own fault: a number on the screen, and in our folder where it happened, without any value."""
    from models.place import home

    number = os.urandom(3).hex()
    places = [
        f"{each.filename}:{each.lineno} {each.name}" for each in traceback.extract_tb(bug.__traceback__)
    ]
    try:
        folder = home()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        to = os.open(folder / "incidents.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(to, "a", encoding="utf-8") as log:
            log.write("\n".join([f"incident {number} {type(bug).__name__}", *places, ""]))
    except OSError:
        number += " (no log could be written)"
    screen.complain(
        f"Something is wrong with this program, and nothing more was saved. Incident {number}; "
        "details without case data are in incidents.log, see: pathways doctor"
    )
    return BUG
