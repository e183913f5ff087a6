"""One session of supervision as it is read: on a screen and as JSON, with who has still to sign it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from commands import screen
from commands.desk import Desk
from commands.spoken import full_day, iso, short_day
from pathways.moments import local_day

if TYPE_CHECKING:
    from models.supervision import Told


def line_json(each: Told) -> dict[str, Any]:
    """A session in a list, as JSON says it."""
    return {
        "session": each.row.id,
        "held_on": iso(each.row.held_on),
        "practitioner": each.row.practitioner,
        "supervisor": each.row.supervisor,
        "form": each.row.form,
        "state": each.state,
        "left_to_sign": list(each.left_to_sign),
    }


def session_screen(found: Told, today: date) -> list[str]:
    """A session: what was gone through, cases, actions, signatures."""
    from pathways.supervision import AGENDA, CHECKLIST, FORMS, STATES

    row, body = found.row, found.body
    lines = [
        screen.two_ends(f"Session {row.id}, {full_day(row.held_on)}, {FORMS[row.form]}", STATES[found.state]),
        f"{screen.shown(row.supervisor)} supervises {screen.shown(row.practitioner)}, {screen.shown(row.title)}",
        "",
    ]
    for topic in AGENDA:
        if body["agenda"].get(topic.name):
            lines += [
                *screen.wrapped("", topic.asks, indent=0),
                *screen.wrapped("", body["agenda"][topic.name], indent=2),
            ]
    if found.cases:
        lines += ["", "Cases that were discussed"]
        for case, said in found.cases:
            lines += screen.wrapped(
                f"  {case.reference}", said or "what was said went with the case's file", indent=19
            )
    if body["checklist"]:
        lines += ["", "Checklist"]
        for each in CHECKLIST:
            answer, why = body["checklist"].get(str(each.number), ("-", ""))
            word = {"none": "-"}.get(answer, answer.upper())
            lines += screen.wrapped(f"{each.number:>4} {word:<4}", each.asks, indent=10)
            if why:
                lines += screen.wrapped("", why, indent=10)
    if body["reviewed"]:
        said = "; ".join(f"{number} {outcome}" for number, (outcome, *_) in body["reviewed"].items())
        lines += ["", *screen.wrapped("Looked back", f"at actions: {said}", indent=13)]
    lines += ["", *_actions_of(found, today), "", *_signatures(found, today), *still_to_sign(found)]
    return lines


def _actions_of(found: Told, today: date) -> list[str]:
    if not found.actions:
        return screen.wrapped("Actions", f"none: {found.body['none_agreed'] or 'none was agreed'}", indent=9)
    lines = ["Actions"]
    for each in found.actions:
        number, what, owner, by, stands = action_cells(each, today)
        lines += screen.wrapped(f"{number:>4}", f"{owner}, by {by}: {stands}", indent=6)
        lines += screen.wrapped(
            "", f"{what}{f' (dropped: {each.ended_why})' if each.ended_why else ''}", indent=6
        )
    return lines


def action_cells(each: Any, today: date) -> tuple[object, ...]:
    """An action's number, what it is, its owner, by when, and how it stands."""
    stands = "LATE" if each.due_on < today else "open"
    if each.ended_at is not None:
        stands = f"{each.ended_as} {short_day(each.ended_on, today)}"
    return each.id, each.what or "", each.owner, short_day(each.due_on, today), stands


def _signatures(found: Told, today: date) -> list[str]:
    from pathways.supervision import CAPACITIES

    lines = []
    for each in found.signatures:
        whom = f" for the {each.instead_of}" if each.instead_of else ""
        lines += screen.wrapped(
            "Signed",
            f"{each.login}, {CAPACITIES[each.capacity]}{whom}, {short_day(local_day(each.signed_at), today)}",
            indent=9,
        )
        if each.said:
            lines += screen.wrapped("", each.said, indent=11)
    return lines


def still_to_sign(found: Told) -> list[str]:
    """Whose signature is missing; nothing where none is."""
    from pathways.supervision import CAPACITIES

    if not found.left_to_sign:
        return []
    who = ", ".join(CAPACITIES[each] for each in found.left_to_sign)
    return screen.wrapped("", f"Still to be signed by: {who}.", indent=0)


def after_session(desk: Desk, found: Told) -> list[str]:
    """What is to be typed next, by whoever is at the keyboard."""
    own = {found.row.supervisor_id: "supervisor", found.row.practitioner_id: "practitioner"}
    if own.get(desk.store.viewer.id, "head") in found.left_to_sign:
        return [f"pathways supervision sign {found.row.id}"]
    if any(each.ended_at is None for each in found.actions):
        return ["pathways supervision actions"]
    return ["pathways supervision due"]


def session_json(found: Told) -> dict[str, Any]:
    """A session, as JSON says it."""
    body = found.body
    return {
        **line_json(found),
        "head_present": bool(found.row.head_present),
        "agenda": body["agenda"],
        "checklist": body["checklist"],
        "reviewed": body["reviewed"],
        "none_agreed": body["none_agreed"],
        "cases": [{"case": row.reference, "said": said} for row, said in found.cases],
        "actions": [action_json(each) for each in found.actions],
        "signatures": [
            {
                "by": each.login, "as": each.capacity, "instead_of": each.instead_of or None, "said": each.said,
                "at": iso(each.signed_at),
            }
            for each in found.signatures
        ],
    }  # fmt: skip


def action_json(each: Any) -> dict[str, Any]:
    """An action, as JSON says it."""
    return {
        "action": each.id,
        "session": each.supervision_id,
        "of": each.practitioner,
        "what": each.what,
        "owner": each.owner,
        "due_on": iso(each.due_on),
        "ended": each.ended_as,
        "ended_on": iso(each.ended_on),
        "why": each.ended_why,
    }
