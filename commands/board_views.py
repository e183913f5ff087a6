"""The board of a conference: seven headings under three questions, each kept while it is typed.

What is written is the form of `do CASE views-recorded`, with the answers in it by name: it is listed by `drafts`, can
be gone on with there or here, and is recorded by that very command, which asks for whatever is still missing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr
from io import StringIO
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList, Static, TextArea
from textual.widgets.option_list import Option

from commands import forms, record_form, screen
from commands.board_screen import LOOK, Drawn, Listed
from commands.board_wanted import VIEWS
from commands.desk import Desk
from commands.move import trigger_of, words_of
from commands.run import run
from commands.show import heading
from models import form_drafts
from pathways.answers import applies
from pathways.conference_ledger import QUESTIONS
from pathways.definitions import Evidence, Field
from pathways.engine import Done, Question, decide
from pathways.errors import PathwayError

if TYPE_CHECKING:
    from models.form_drafts import Kept
    from models.queries import CaseView

BESIDE = {
    "safety": ("safety", "protective"),
    "child_view": ("child_view_heard", "child_view", "child_view_why_none"),
}
"""Questions that stand with a heading, and are answered with it."""
CALLED = {
    "protective": "Protective factors",
    "safety": "Safety, protection",
    "history": "Complicating past",
    "child_view_heard": "Could child be heard?",
    "child_view_why_none": "Why not heard",
}
"""Shorter words for the list; the whole question stands over its answer."""
EACH = 1.0
"""Seconds between two looks at what was typed; what is new is kept."""
AFTER_TROUBLE = 15
"""How many of these looks pass before it is tried again, where it could not be kept."""
NAME = 22
KEYS = " ^N Next  ^B Back  Tab List or answer  ^R Record  F1 Help  Esc Leave"
HELP = """
Ctrl+N  Ctrl+B   the next heading, and the one before
Tab              from the answer to the list of headings and back
Space or Enter   in a list of answers: choose, or take back
Ctrl+R           record the views; what is still empty is said first
Escape           leave; so does Ctrl+Q. Everything typed is kept.

What you type is kept each second: go on here, or with pathways drafts.
Nothing is on the record before Ctrl+R. Protective factors are seen and
written down; nothing adds them up. The same in lines, and better for a
screen reader: pathways record views CASE
"""


def write(typed: str) -> int:
    """Fill in the board of a conference, and record it if that is what is wanted; the exit code.

    Args:
        typed: the case, as it was typed.

    Raises:
        PathwayError: there is no such case.
    """
    with Desk() as desk:
        view = desk.case(typed)
        trigger = trigger_of(view, VIEWS) if view.pathway.name == "child_protection" else ""
        move = next(
            (each for each in view.pathway.moves_from(view.row.state) if each.trigger == trigger), None
        )
        question = Question(view.pathway, view.row.state, view.row.facts)
        if (
            move is None
            or move.records is None
            or not isinstance(decide(question, trigger, desk.actor), Done)
        ):
            ready = None
        else:
            desk.looked(view)
            ready = _fill(desk, view, trigger, move.records)
    if ready is None:
        return run(["do", view.reference, VIEWS])
    if isinstance(ready, int):
        return ready
    return forms.go_on(ready)


def _fill(desk: Desk, view: CaseView, trigger: str, evidence: Evidence) -> Kept | int:
    """Show the board until it is left; the form to be recorded, or the exit code where it is left for later."""
    form = form_of(desk, view, trigger, evidence)
    who = f"{view.reference}   {heading(view, desk.today)}"
    wanted = None
    try:
        wanted = Views(form, evidence, who).run(mouse=False)
        if wanted == VIEWS:
            form.given = ready_to_record(evidence, form.given)
            form.keep()
            if form.number is not None and not form.in_trouble:
                return form_drafts.find(desk.store, form.number)
    finally:
        if wanted != VIEWS or form.in_trouble:
            form.leave(done=False)
        if form.in_trouble:
            _print_what_is_not_kept(evidence, form.given)
    return 0


def _print_what_is_not_kept(evidence: Evidence, given: Mapping[str, Any]) -> None:
    """What could not be kept is said, so that it is not lost with the screen."""
    sys.stderr.write("What was typed could not be kept. Here it is:\n")
    for one in evidence.fields:
        if one.name in given:
            screen.complain(f"  {one.asks}: {given[one.name]}")


def form_of(desk: Desk, view: CaseView, trigger: str, evidence: Evidence) -> forms.Form:
    """The form of this board: one that was begun, here or at the prompts, or a new one."""
    begun = [
        each
        for each in form_drafts.begun(desk.store)
        if each.target == view.reference and each.command == f"do {VIEWS}"
    ]
    if not begun:
        words = words_of(view.reference, trigger, desk.now, "", "", [])
        return forms.Form(desk, f"do {VIEWS}", words, view.reference, {})
    kept = begun[-1]
    given = {**kept.answers["given"], **_of_lines(desk, evidence, kept.answers["lines"])}
    return forms.Form(desk, kept.command, list(kept.answers["words"]), kept.target, given, number=kept.number)


def _of_lines(desk: Desk, evidence: Evidence, lines: Sequence[Sequence[str]]) -> dict[str, Any]:
    """What was answered at the prompts, by name; the last answer to a question counts, if it can be used."""
    found: dict[str, Any] = {}
    for asked, about, typed in lines:
        one = next(
            (each for each in evidence.fields if each.asks == about or asked.startswith(each.asks)), None
        )
        if one is None or typed in ("", "?", "<"):
            continue
        try:
            value = record_form.readable(one, typed, desk.now, lambda: desk.rules.calendar)
            record_form.checked(one, value, desk.now)
        except PathwayError:
            continue
        found[one.name] = value
    return found


def sections(evidence: Evidence) -> list[tuple[str, list[Field]]]:
    """The questions of the board, each with what is asked under it."""
    fields = {one.name: one for one in evidence.fields}
    return [
        (question, [fields[name] for each in names for name in BESIDE.get(each, (each,)) if name in fields])
        for question, names in QUESTIONS
    ]


def is_asked(one: Field, given: Mapping[str, Any]) -> bool:
    """Whether a question is asked, by what it hangs on; a yes is kept as the word."""
    known = {name: value == "yes" if value in ("yes", "no") else value for name, value in given.items()}
    return applies(one, known)


def missing(evidence: Evidence, given: Mapping[str, Any]) -> list[Field]:
    """What must be answered and is not."""
    return [
        one
        for _, fields in sections(evidence)
        for one in fields
        if is_asked(one, given) and (one.required or one.when is not None) and not given.get(one.name)
    ]


def ready_to_record(evidence: Evidence, given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as the command takes them: none to a question that is not asked any more, blank where one may be."""
    asked = [one for one in evidence.fields if is_asked(one, given)]
    return {one.name: given.get(one.name, "") for one in asked if one.name in given or not one.required}


class _InOrder:
    """Keys that turn to another question are taken in the order of the letters around them, however fast they come.

    Textual hands a key to whatever has the focus when it arrives; one that comes before the last turn is done belongs
    to what that turn leads to.
    """

    def on_key(self, event: events.Key) -> None:
        """Turn, or hand on what was meant for the question that is shown now."""
        me = cast("Any", self)
        turn = TURNS.get(event.key) or (CHOOSES.get(event.key) if isinstance(self, Choices) else None)
        if not me.display:
            event.stop()
            event.prevent_default()
            me.app.answer_box.post_message(events.Key(event.key, event.character))
        elif turn is not None:
            event.stop()
            event.prevent_default()
            turn(me.app)


class Words(_InOrder, TextArea):
    """Where an answer in words is typed."""


class Choices(_InOrder, Listed):
    """Where an answer is chosen, with a space or Enter."""


class Views(Drawn[str]):
    """The conference's board; what it returns is the action that is wanted, None for none."""

    CSS = f"""{LOOK}
    #list {{ width: {NAME + 10}; height: 1fr; }}
    #middle {{ height: 1fr; }}
    #right {{ width: 1fr; height: 1fr; }}
    #question {{ padding: 0 1; text-style: bold; min-height: 2; }}
    #text, #choices {{ height: 1fr; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "go(1)", "Next"),
        Binding("ctrl+b", "go(-1)", "Back"),
        Binding("ctrl+r", "record", "Record"),
        Binding("escape", "leave", "Leave"),
    ]
    about = HELP

    def __init__(self, form: forms.Form, evidence: Evidence, who: str) -> None:
        super().__init__()
        self.form = form
        self.evidence = evidence
        self.who = who
        self.here: Field = sections(evidence)[0][1][0]
        self.wait = 0
        self.trouble = ""

    def compose(self) -> Any:
        """The panels."""
        yield Static(id="top", markup=False)
        with Horizontal(id="middle"):
            yield Listed(id="list", markup=False)
            with Vertical(id="right"):
                yield Static(id="question", markup=False)
                yield Words(id="text", theme="css", highlight_cursor_line=False)
                yield Choices(id="choices", markup=False)
        yield Static(id="status", markup=False)
        yield Static(KEYS, id="keys", markup=False)

    def on_mount(self) -> None:
        """Begin at the first heading that is empty."""
        super().on_mount()
        empty = missing(self.evidence, self.form.given)
        self._turn_to(empty[0] if empty else self.here)
        self.set_interval(EACH, self.keep)

    # --- drawing -------------------------------------------------------------------------------------------

    @property
    def _asked(self) -> list[Field]:
        return [
            one for _, fields in sections(self.evidence) for one in fields if is_asked(one, self.form.given)
        ]

    def _draw_list(self) -> None:
        listed = self.panel("#list", OptionList)
        given = self.form.given
        with self.prevent(OptionList.OptionHighlighted):
            listed.clear_options()
            for question, fields in sections(self.evidence):
                listed.add_option(Option(question, disabled=True))
                for one in fields:
                    if is_asked(one, given):
                        empty = "" if not (one.required or one.when) else "empty"
                        state = "done" if given.get(one.name) else empty
                        name = CALLED.get(one.name, one.asks)
                        listed.add_option(Option(f" {screen.fit(name, NAME):<{NAME}} {state}", id=one.name))
            listed.highlighted = listed.get_option_index(self.here.name)
        left = len(missing(self.evidence, given))
        self.put(
            "top",
            screen.two_ends(
                f" Conference's board   {self.who}", f"{left} to answer" if left else "all answered"
            ),
        )

    def _turn_to(self, one: Field, *, focus: bool = True) -> None:
        """Show a question and its answer."""
        self.here = one
        self._draw_list()
        must = "" if one.required or one.when else " (may be left empty)"
        self.put("question", f"{one.asks}{must}")
        text, choices = self.panel("#text", Words), self.panel("#choices", Choices)
        in_words = self._in_words
        away = choices if in_words else text
        self.answer_box.display = True
        if focus:
            self.screen.set_focus(self.answer_box)
        away.display = False
        if in_words:
            with self.prevent(TextArea.Changed):
                text.text = str(self.form.given.get(one.name, ""))
            text.move_cursor(text.document.end)
        else:
            given = self.form.given.get(one.name, "")
            offered = self._offered()
            self._draw_choices(offered.index(given) if given in offered else 0)

    @property
    def _in_words(self) -> bool:
        return self.here.kind not in ("yes_no", "choices")

    @property
    def answer_box(self) -> Words | Choices:
        """Where the question that is shown is answered."""
        return self.panel("#text", Words) if self._in_words else self.panel("#choices", Choices)

    def _offered(self) -> Sequence[str]:
        return ("yes", "no") if self.here.kind == "yes_no" else self.here.choices

    def _draw_choices(self, at: int) -> None:
        choices = self.panel("#choices", Choices)
        given = self.form.given.get(self.here.name, ())
        chosen = given if isinstance(given, list) else [given]
        choices.clear_options()
        for each in self._offered():
            choices.add_option(Option(f" [{'x' if each in chosen else ' '}] {each}"))
        choices.highlighted = at

    # --- answers -------------------------------------------------------------------------------------------

    def on_text_area_changed(self, _: TextArea.Changed) -> None:
        """Take what is typed; it is kept at the next look."""
        self._take()

    def _take(self) -> None:
        """Take what stands in the box of words for the question that is shown."""
        for box in self.panels("#text", Words) if self._in_words else []:
            self._answer(box.text.strip())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on a heading goes to its answer."""
        if event.option_list.id == "list":
            self._go_to(str(event.option_id))

    def action_choose(self) -> None:
        """Choose the answer that is looked at, or take it back."""
        at = self.panel("#choices", Choices).highlighted or 0
        chosen = self._offered()[at]
        if self.here.kind == "yes_no":
            self._answer("" if self.form.given.get(self.here.name) == chosen else chosen)
        else:
            before = self.form.given.get(self.here.name) or []
            now = [each for each in self._offered() if (each in before) != (each == chosen)]
            self._answer(now)
        self._draw_choices(at)
        self.keep()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """The list shows the answer of the heading that it stands on."""
        if event.option_list.id == "list" and event.option_id and event.option_list.has_focus:
            self._go_to(event.option_id, focus=False)

    def _answer(self, value: Any) -> None:
        if value == self.form.given.get(self.here.name, ""):
            return
        given = dict(self.form.given)
        if value:
            given[self.here.name] = value
        else:
            given.pop(self.here.name, None)
        turned = bool(given.get(self.here.name)) != bool(self.form.given.get(self.here.name))
        self.form.given = given
        if (turned or self.here.kind == "yes_no") and self.panels("#list", OptionList):
            self._draw_list()

    def keep(self) -> None:
        """Keep what is new, and say how it went."""
        self._take()
        self.wait = max(self.wait - 1, 0)
        if self.form.in_trouble and self.wait:
            return
        if self.form.number is None and not self.form.given:
            return
        before = self.form.kept
        with redirect_stderr(StringIO()) as said:
            self.form.keep()
        self.trouble = (said.getvalue().strip() or self.trouble) if self.form.in_trouble else ""
        if self.form.in_trouble and not self.wait:
            self.wait = AFTER_TROUBLE
        if self.trouble:
            self.put("status", f"NOT KEPT. {self.trouble}")
        elif self.form.kept is not before:
            self.put("status", f"Kept. Go on at any time: pathways board {self.form.target}")

    def _go_to(self, name: str, *, focus: bool = True) -> None:
        self.wait = 0
        self.keep()
        found = next((one for one in self._asked if one.name == name), None)
        if found is not None and (focus or found.name != self.here.name):
            self._turn_to(found, focus=focus)

    # --- keys ----------------------------------------------------------------------------------------------

    def action_go(self, step: int) -> None:
        """The next question, or the one before."""
        names = [one.name for one in self._asked]
        self._go_to(names[(names.index(self.here.name) + step) % len(names)])

    def action_record(self) -> None:
        """Leave to record the views; first what is empty."""
        self.wait = 0
        self.keep()
        empty = missing(self.evidence, self.form.given)
        if empty:
            self._turn_to(empty[0])
            named = ", ".join(CALLED.get(one.name, one.asks) for one in empty)
            self.put("status", f"Not recorded: still empty are {named}.")
            return
        if not self.form.in_trouble:
            self.exit(VIEWS)

    def action_leave(self) -> None:
        """Leave; everything is kept."""
        self.left_alone()

    def left_alone(self) -> None:
        """Keep everything and close."""
        self.wait = 0
        self.keep()
        self.exit()


TURNS: dict[str, Callable[[Views], None]] = {
    "ctrl+n": lambda app: app.action_go(1),
    "ctrl+b": lambda app: app.action_go(-1),
    "ctrl+r": Views.action_record,
    "escape": Views.action_leave,
}
CHOOSES: dict[str, Callable[[Views], None]] = dict.fromkeys(("space", "enter"), Views.action_choose)
"""Keys that are taken where the letters are."""
