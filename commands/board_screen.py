"""What both boards are made of: keys only, characters that every terminal has, nothing told by colour alone.

A board left alone for ten minutes closes, so that nobody reads it over an empty chair. Where the window is closed or
the session ends, it closes too, with everything typed kept.
"""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import Any, ClassVar, TypeVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

Given = TypeVar("Given")
Panel = TypeVar("Panel", bound=Widget)
LEFT_ALONE = 600.0
"""Seconds without a key after which a board closes."""
ENDINGS = ("SIGHUP", "SIGTERM")

LOOK = """
Choice > OptionList { width: 78; height: auto; max-height: 22; }
Screen, ModalScreen { background: ansi_default; color: ansi_default; }
Static { height: auto; background: ansi_default; color: ansi_default; }
#top { text-style: bold; height: 1; }
#keys { height: 1; text-style: reverse; }
#status { height: auto; max-height: 3; padding: 0 1; }
OptionList, DataTable, TextArea {
    border: ascii ansi_default; background: ansi_default; color: ansi_default; padding: 0;
    scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; background-tint: ansi_default 0%;
}
OptionList:focus, DataTable:focus, TextArea:focus {
    border: ascii ansi_default; border-title-style: bold reverse; background-tint: ansi_default 0%;
}
OptionList > .option-list--option-highlighted, OptionList:focus > .option-list--option-highlighted {
    text-style: bold !important; background: ansi_white !important; color: ansi_black !important;
}
OptionList > .option-list--option-disabled { text-style: bold; color: ansi_default; background: ansi_default; }
DataTable > .datatable--header { text-style: bold; background: ansi_default; color: ansi_default; }
ModalScreen { align: center middle; }
"""


class Drawn(App[Given]):
    """A full screen of ours."""

    ENABLE_COMMAND_PALETTE = False
    CSS = LOOK
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help"),
        Binding("ctrl+q", "leave", "Leave", priority=True),
    ]
    about: ClassVar[str] = ""
    """What F1 says."""
    _idle: Timer | None = None

    def on_mount(self) -> None:
        """Begin to wait for a key, and for the end of the session."""
        self.theme = "ansi-dark"
        self._idle = self.set_timer(LEFT_ALONE, self.left_alone)
        for name in ENDINGS:
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
                asyncio.get_running_loop().add_signal_handler(getattr(signal, name), self.left_alone)

    async def on_event(self, event: events.Event) -> None:
        """A key or a paste: somebody is there."""
        if self._idle is not None and isinstance(event, events.Key | events.Paste):
            self._idle.reset()
        await super().on_event(event)

    def left_alone(self) -> None:
        """Close, keeping everything."""
        self.exit()

    def action_leave(self) -> None:
        """Close because somebody wants to."""
        self.exit()

    def action_help(self) -> None:
        """Show what the keys do."""
        if len(self.screen_stack) == 1:
            self.push_screen(Choice("Keys", [(line, "") for line in self.about.strip().split("\n")]))

    def put(self, where: str, text: str) -> None:
        """Text into one of the fixed lines, under whatever list lies over it, until the board has closed."""
        for line in self.panels(f"#{where}", Static):
            line.update(text)

    def panels(self, which: str, kind: type[Panel]) -> list[Panel]:
        """The panels of the board itself that are named so; none once it closes."""
        return list(self.screen_stack[0].query(which).results(kind)) if self.screen_stack else []

    def panel(self, which: str, kind: type[Panel]) -> Panel:
        """The panel of the board itself that is named so."""
        return self.screen_stack[0].query_one(which, kind)


class Listed(OptionList):
    """A list whose place is marked with a character; the first of every line that can be chosen is kept free for it."""

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Move the mark."""
        super().watch_highlighted(highlighted)
        for place, option in enumerate(self.options):
            mark, words = (">" if place == highlighted else " "), str(option.prompt)
            if not option.disabled and not words.startswith(mark):
                self.replace_option_prompt_at_index(place, mark + words[1:])


class Choice(ModalScreen[str | None]):
    """A list over the board: Enter takes one, Escape none. The answer is the second of the pair."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "none", "Back")]

    def __init__(self, title: str, offered: list[tuple[str, str]]) -> None:
        super().__init__()
        self.title = title
        self.offered = offered

    def compose(self) -> Any:
        """The list."""
        listed = Listed(*(Option(f" {words}") for words, _ in self.offered), markup=False)
        listed.border_title = f"{self.title}: Enter takes, Esc goes back"
        yield listed

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """That one."""
        event.stop()
        self.dismiss(self.offered[event.option_index][1] or None)

    def action_none(self) -> None:
        """None of them."""
        self.dismiss(None)
