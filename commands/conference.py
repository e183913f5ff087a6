"""The conference of a case on one screen: day, readiness, who is asked, whose report is in, the board, what was decided."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import screen
from commands.desk import Desk
from commands.options import Case, Json, NeverAsks
from commands.show import heading
from commands.spoken import full_day, iso, plural, short_day
from commands.style import STYLE, examples
from models.chronology import entry_title
from models.queries import CaseView
from pathways.moments import local_day, words

if TYPE_CHECKING:
    from models.conference import Conference
    from pathways.conference_ledger import Invitee, Report

app = typer.Typer(**STYLE)

REPORT_WIDTHS = (20, 12, 12, 17, 15)
DECIDED = {
    "category": "Category",
    "contingency": "If it does not work",
    "lead": "Lead",
    "first_core_group_on": "First core group",
    "review_on": "Review",
    "dissent": "Dissent",
}
"""What of a decision is on the screen; all of it is on its page of the file."""
PEOPLE_WIDTHS = (30, 18, 14, 12)
PLAN_WIDTHS = (4, 30, 15, 12, 14)


@app.command(
    help=examples(
        "The conference of a case: its day, what it lacks, who is asked, reports, board, decision.",
        "pathways conference CP-2026-0041",
        "pathways conference cp41 --json",
    )
)
def conference(
    case: Case,
    full: Annotated[
        bool, typer.Option("--full", help="What stands on the board, heading by heading.")
    ] = False,
    as_json: Json = False,
    no_input: NeverAsks = False,
) -> None:
    """Print a conference."""
    from models.conference import conference as found_of

    with Desk() as desk:
        view = desk.case(case)
        desk.looked(view, as_json=as_json)
        rules, today = desk.rules, desk.today
        with desk.store.reading() as tx:
            found = found_of(tx, view, rules, today)
        if as_json:
            screen.answer_json("conference/1", _as_json(view, found))
            return
        for line in _screen(view, found, today, full):
            screen.say(line)


def _screen(view: CaseView, found: Conference, today: date, full: bool) -> list[str]:
    who = heading(view, today)
    lines = [screen.two_ends(f"Conference for {view.reference}, {who}", screen.fit(view.row.lead or "", 24))]
    if found.beside:
        lines += screen.wrapped(
            "", f"With {', '.join(found.beside)}; decisions are each child's own.", indent=0
        )
    lines += ["", *screen.wrapped("Day", _day(found), indent=11)]
    if view.row.state and not found.sitting and _preparing(view):
        lines += screen.wrapped("Readiness", found.line, indent=11)
    lines += ["", *_reports(found.reports, today), "", *_people(view, found.invitees)]
    lines += ["", *_board(found, full), *_decision(view, found, today), *_plan(found, today, full)]
    return [*lines, "", *_next(view, found, full)]


def _preparing(view: CaseView) -> bool:
    from models.conference import being_prepared

    return being_prepared(view)


def _day(found: Conference) -> str:
    from commands.rebook import booked_words

    said = full_day(found.booked_on) if found.booked_on else "not booked"
    if found.booking is not None:
        said = booked_words(found.booking)
    if found.sitting:
        said = "under way"
    if found.limit is None:
        return f"{said}."
    late = found.booked_on is not None and found.booked_on > found.limit.due_on
    after = ", which is after the limit" if late else ""
    return f"{said}{after}; to be held by {words(found.limit.due_on)} ({found.limit.rule})."


def _reports(reports: tuple[Report, ...], today: date) -> list[str]:
    if not reports:
        return ["Reports    none asked for yet"]
    rows = []
    for each in reports:
        came = short_day(each.received_on, today) if each.received_on else "not in"
        if each.late_by:
            came += f", {each.late_by} late" if each.received_on else f": {each.late_by} late"
        elif each.received_on and each.on_form is False:
            came += ", no form"
        shared = short_day(each.shared_on, today) if each.shared_on else "" if each.missing else "not yet"
        if each.missing and each.chased:
            shared = "asked again" if len(each.chased) == 1 else f"asked again x{len(each.chased)}"
        rows.append((each.agency, short_day(each.asked_on, today), _short(each.due_on, today), came, shared))
    lines = screen.table(("Report from", "Asked", "Due", "Received", "Parents saw it"), REPORT_WIDTHS, rows)
    return [*lines, "Late is counted in working days."]


def _short(day: date | None, today: date) -> str:
    return short_day(day, today) if day else "no day yet"


def _people(view: CaseView, people: tuple[Invitee, ...]) -> list[str]:
    """The list, and whether enough agencies have said that they come."""
    if not people:
        return ["Invited    nobody is on the list yet"]
    from pathways.conference_ledger import agencies_coming, quorum_of

    rows = [
        (
            each.who,
            each.agency or each.part,
            each.reply or ("" if each.invited else "not invited"),
            {True: "came", False: "did not come", None: ""}[each.came],
        )
        for each in people
    ]
    lines = screen.table(("Invited", "Of", "Answer", "On the day"), PEOPLE_WIDTHS, rows)
    coming = agencies_coming(people)
    said = (
        f"Quorum is {quorum_of(view.facts)} agencies; coming: {', '.join(coming) or 'none has said so yet'}."
    )
    return [*lines, *screen.wrapped("", said, indent=0)]


def _board(found: Conference, full: bool) -> list[str]:
    from pathways.conference_ledger import HEADINGS, QUESTIONS
    from pathways.conference_stages import BOARD

    if not found.board:
        return [f"Board      nothing yet ({len(HEADINGS)} headings)"]
    asks = {one.name: one.asks for one in BOARD.fields}
    filled = [
        each for each in HEADINGS if found.board.get(each) or (each == "child_view" and _no_view(found))
    ]
    lines = [f"Board      {len(filled)} of {len(HEADINGS)} headings filled"]
    if _no_view(found):
        lines += screen.wrapped("", f"Child's views not heard: {_no_view(found)}", indent=11)
    factors = found.board.get("protective") or ()
    if factors:
        lines += screen.wrapped("", f"Protective factors seen: {', '.join(factors)}", indent=11)
    if full:
        for question, headings in QUESTIONS:
            lines += ["", question]
            for each in headings:
                said = found.board.get(each) or (
                    f"not heard: {_no_view(found)}" if each == "child_view" else "-"
                )
                lines += screen.wrapped("", f"{asks[each]}: {said}", indent=2)
        lines += [""]
    return lines


def _no_view(found: Conference) -> str:
    return str(found.board.get("child_view_why_none", ""))


def _decision(view: CaseView, found: Conference, today: date) -> list[str]:
    if found.decision is None:
        return ["Decided    nothing yet"]
    made = short_day(local_day(found.decision.effective_at), today)
    title = entry_title(view.pathway, found.decision)
    lines = screen.wrapped("Decided", f"{title}, {made}.", indent=11)
    body = found.decision.body or {}
    for name, says in DECIDED.items():
        if body.get(name):
            lines += screen.wrapped("", f"{says}: {_said(name, body[name])}", indent=11)
    return lines


def _plan(found: Conference, today: date, full: bool) -> list[str]:
    """The outline plan that stands: whose each action is, by when, how far it has come."""
    if not found.plan:
        return []
    told = [each for each in found.plan if each.state]
    done = sum(each.state == "done" for each in told)
    lines = [
        f"Plan       {plural(len(found.plan), 'action')}, {done} done{'' if told else '; no core group has told of them yet'}"
    ]
    rows, outcome = [], ""
    for each in found.plan:
        action = each.action
        if action.outcome != outcome:
            rows.append((action.number.split(".")[0], screen.fit(action.outcome, 30), "", "", ""))
            outcome = action.outcome
        late = " LATE" if action.by < today and each.state != "done" else ""
        what = screen.shown(action.what)
        rows.append((
            f" {action.number}", what if full else screen.fit(what, 30), screen.fit(action.who, 15),
            short_day(action.by, today), f"{each.state}{late}".strip(),
        ))  # fmt: skip
    if not full:
        return [
            *lines,
            *screen.table(("No", "Outcome, and what is done", "Who", "By", "Now"), PLAN_WIDTHS, rows),
        ]
    for number, what, who, by, now in rows:
        said = f"{what} ({who}, by {by}){f': {now}' if now else ''}" if who else what
        lines += screen.wrapped(f"  {number}", said, indent=8)
    return lines


def _said(name: str, value: str) -> str:
    """An answer of a decision as it is read: codes in words, days as days."""
    from pathways.conference_stages import CATEGORIES

    if name == "category":
        return dict(zip(CATEGORIES.choices, CATEGORIES.words, strict=True)).get(value, value)
    return words(date.fromisoformat(value)) if name.endswith("_on") else value


def _next(view: CaseView, found: Conference, full: bool) -> list[str]:
    lines = []
    if any(each.missing for each in found.reports):
        lines.append(f"Ask again: pathways remind {view.reference}")
    booked = found.booking
    if booked is not None and booked.begins is None and not booked.room:
        day = booked.day.isoformat()
        lines.append(f"Give it an hour and a room: pathways rebook {view.reference} --to {day}")
    if not found.board:
        lines.append(f"Add to the list: pathways record attendance {view.reference}")
    elif not full:
        lines.append(f"The board in full: pathways conference {view.reference} --full")
    return [*lines, f"Next: pathways next {view.reference}"]


def _as_json(view: CaseView, found: Conference) -> dict[str, Any]:
    decision = found.decision
    return {
        "case": view.reference,
        "with": list(found.beside),
        "booked_on": iso(found.booked_on),
        "booking": _booking_json(found),
        "limit": {"rule": found.limit.rule, "due": iso(found.limit.due_on)} if found.limit else None,
        "sitting": found.sitting,
        "ready": found.line,
        "lacking": list(found.lacking),
        "reports": [
            {
                "agency": each.agency, "asked": iso(each.asked_on), "due": iso(each.due_on),
                "received": iso(each.received_on), "on_form": each.on_form, "parents_saw_it": iso(each.shared_on),
                "why_not": each.why_not_shared, "asked_again": [iso(day) for day in each.chased],
                "working_days_late": each.late_by or 0,
            }
            for each in found.reports
        ],
        "invited": [
            {
                "who": each.who, "part": each.part, "agency": each.agency, "invited": each.invited,
                "why_not": each.why_not, "reply": each.reply, "came": each.came,
            }
            for each in found.invitees
        ],
        "invitation": dict(found.invitation),
        "board": dict(found.board),
        "started": dict(found.started),
        "plan": [
            {
                "action": each.action.number, "outcome": each.action.outcome, "what": each.action.what, "who": each.action.who,
                "by": iso(each.action.by), "now": each.state, "remark": each.remark, "said_on": iso(each.said_on),
            }
            for each in found.plan
        ],
        "decision": None
        if decision is None
        else {
            "action": decision.action.replace("_", "-"),
            "on": iso(local_day(decision.effective_at)),
            "answers": dict(decision.body or {}),
        },
        "next": [f"pathways next {view.reference}"],
    }  # fmt: skip


def _booking_json(found: Conference) -> dict[str, Any] | None:
    booked = found.booking
    if booked is None:
        return None
    begins = f"{booked.begins:%H:%M}" if booked.begins else None
    return {"begins": begins, "where": booked.room, "chair": booked.chair}
