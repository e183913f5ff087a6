"""The board of a team: stages on the left, the cases of one stage beside them, the case that is looked at below.

What it shows is read anew each minute, with the rights that its reader has then. A key that does something closes the
board with the command line that was chosen (`commands/board.py` runs it).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import DataTable, OptionList, Static
from textual.widgets.option_list import Option

from commands import screen
from commands.board_screen import LOOK, Choice, Drawn, Listed
from commands.board_wanted import VIEWS, Wanted
from commands.desk import Desk
from commands.named import must_be_a_team
from commands.spoken import Urgency, full_day, plural, short_day
from commands.worklist import end_of, narrow, place, what
from commands.worklist import last_moment as through
from models.board import Board, board, pathways_with_cases
from pathways.errors import PathwayError
from pathways.practice_mark import BANNER

if TYPE_CHECKING:
    from models.board import Card
    from models.queries import CaseView

EACH = 60.0
"""Seconds after which the board is read again."""
SETTLED = 0.15
"""Seconds that a case is looked at before its details are read."""
STAGE, WAITING, DUE = 23, 18, 9
KEYS = " a Do  Enter Show  n Note  r Remind  / Find  m Mine  p Pathway  F1 Help  q Quit"
HELP = """
Arrows          up and down; Tab goes from the stages to the cases and back
Enter           show the case that is looked at
a               what can be done on it: choose, and answer the questions
n   r           write a note on it; ask late agencies for their reports
/               find somebody: the name is asked for, never typed here
m   p           only cases that you lead, or all; the next pathway
c               copy the command that looks at the case: pathways next CASE
q               leave; so does Ctrl+Q

Every key has a plain command, and a screen reader is better served by
those: pathways worklist, next, do, note. The board is read anew each
minute, and closes when it is left alone for ten.
"""


class Queue(Drawn[Wanted]):
    """The team's board; what it returns is what was chosen, None to leave."""

    CSS = f"""{LOOK}
    #stages {{ width: {STAGE + 7}; height: 1fr; }}
    #cases {{ width: 1fr; height: 1fr; }}
    #middle {{ height: 1fr; }}
    #detail {{ height: 8; border: ascii ansi_default; padding: 0 1; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "act", "Do"),
        Binding("n", "run('note')", "Note"),
        Binding("r", "run('remind')", "Remind"),
        Binding("slash", "find", "Find"),
        Binding("m", "mine", "Mine"),
        Binding("p", "pathway", "Pathway"),
        Binding("c", "copy", "Copy"),
        Binding("q", "leave", "Quit"),
    ]
    about = HELP

    def __init__(self, wanted: Wanted) -> None:
        """Read the board once before anything is drawn, so that a refusal is said as ever.

        Raises:
            PathwayError: there is no store, or whoever is at the keyboard is not on its register.
        """
        super().__init__()
        self.wanted = wanted
        self.found: Board | None = None
        self.names: list[str] = []
        self.practice = False
        self.heading = ""
        self.urgency: Urgency | None = None
        self.looking: Timer | None = None
        self._read()

    def compose(self) -> Any:
        """The panels."""
        yield Static(id="top", markup=False)
        with Horizontal(id="middle"):
            yield Listed(id="stages", markup=False)
            yield DataTable(id="cases", cursor_type="row", cell_padding=0)
        yield Static(id="detail", markup=False)
        yield Static(id="status", markup=False)
        yield Static(KEYS, id="keys", markup=False)

    def on_mount(self) -> None:
        """Draw what was read."""
        super().on_mount()
        table = self._cases
        for label, width in (("", 6), ("Case", 13), ("Waiting for", WAITING + 1), ("Due", DUE)):
            table.add_column(label, width=width)
        self._draw()
        self.set_interval(EACH, self.again)
        table.focus()

    @property
    def _cases(self) -> DataTable[str]:
        return self.panel("#cases", DataTable)

    @property
    def _listed(self) -> OptionList:
        return self.panel("#stages", OptionList)

    # --- reading -------------------------------------------------------------------------------------------

    def _read(self) -> None:
        """Read the board with the rights of this moment."""
        wanted = self.wanted
        with Desk() as desk:
            narrowed = narrow(desk, team=wanted.team, mine=wanted.mine)
            self.practice, self.heading = desk.practice, full_day(desk.today)
            calendar = desk.calendar_since(None)
            self.urgency = Urgency(desk.now, lambda: calendar)
            with desk.store.reading() as tx:
                counted = pathways_with_cases(tx, narrowed, restricted=wanted.restricted)
                must_be_a_team(tx, "" if counted or wanted.mine else wanted.team, desk.now)
                self.names = list(counted)
                chosen = wanted.pathway if wanted.pathway in counted else next(iter(counted), "")
                self.wanted = replace(wanted, pathway=chosen or wanted.pathway)
                self.found = None
                if chosen:
                    self.found = board(
                        tx,
                        {**narrowed, "pathway": chosen},
                        lambda task: place(task, self._urgency),
                        through(end_of("all", "", desk), None),
                        in_all=counted[chosen],
                        restricted=wanted.restricted,
                    )

    @property
    def _urgency(self) -> Urgency:
        assert self.urgency is not None
        return self.urgency

    def again(self) -> None:
        """Read and draw again; where that cannot be done, what is there stays, and it is said."""
        if not self.panels("#cases", DataTable):
            return
        try:
            self._read()
        except PathwayError as fault:
            self.put("status", f"As read before; it cannot be read now. {fault}")
            return
        self._draw()

    # --- drawing -------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        whose = "your cases" if self.wanted.mine else self.wanted.team or "your team"
        whose = "every team" if self.wanted.team == "all" else whose
        title = self.found.pathway.title.split(":")[0] if self.found else "Nothing"
        marks = ", ".join(
            filter(
                None,
                ("RESTRICTED" if self.wanted.restricted else "", BANNER if self.practice else ""),
            )
        )
        self.put("top", screen.two_ends(f" Board: {title}, {whose}   {self.heading}", marks))
        if self.found is None:
            self._listed.clear_options()
            self._cases.clear()
            self.put("detail", "No open case is on this board.")
            self.put("status", "m: only yours, or all. Every team's: pathways board --team all")
            return
        chosen = self._stage_of(self.wanted.case)
        with self.prevent(OptionList.OptionHighlighted):
            self._listed.clear_options()
            for label, cards in self.found.stages:
                self._listed.add_option(Option(f" {screen.fit(label, STAGE):<{STAGE}}{len(cards):>3}"))
            self._listed.highlighted = chosen
        self._listed.border_title = "Stage"
        self._fill(chosen)
        read = len(self.found.cards)
        more = f"The first {read:,} of {self.found.in_all:,} cases. " if read < self.found.in_all else ""
        self.put("status", f"{more}{plural(self.found.in_all, 'case')}. Days are working days.")

    def _stage_of(self, reference: str) -> int:
        """The stage to begin with: that of the case looked at, or the first with a case."""
        assert self.found is not None
        there = [number for number, (_, cards) in enumerate(self.found.stages) if cards]
        for number, (_, cards) in enumerate(self.found.stages):
            if any(card.reference == reference for card in cards):
                return number
        return there[0] if there else 0

    def _fill(self, stage: int) -> None:
        assert self.found is not None
        label, cards = self.found.stages[stage]
        table = self._cases
        table.clear()
        table.border_title = f"{label} ({len(cards)})"
        for card in cards:
            table.add_row(*self._row(card), key=card.reference)
        references = [card.reference for card in cards]
        if self.wanted.case in references:
            table.move_cursor(row=references.index(self.wanted.case))
        if not cards:
            self.panel("#detail", Static).border_title = ""
            self.put("detail", "No case waits here.")

    def _row(self, card: Card) -> tuple[str, str, str, str]:
        if card.task is None:
            return "", card.reference, "no date runs", ""
        word = self._urgency.word(card.task.due_at, card.task.plan_by, gate=card.task.gate)
        day = short_day(card.task.due_on, self._urgency.today).split()
        due = " ".join([day[0], day[1][:3], *(each[2:] for each in day[2:])])
        return word, card.reference, screen.fit(what(card.task, expand=False)[0], WAITING), due

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another stage."""
        if event.option_list.id == "stages" and self.found is not None:
            self._fill(event.option_index)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on a stage goes to its cases."""
        if event.option_list.id == "stages":
            self._cases.focus()

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Another case: its details follow once the cursor rests."""
        if event.row_key is None or event.row_key.value is None:
            return
        self.wanted = replace(self.wanted, case=event.row_key.value)
        if self.looking is not None:
            self.looking.stop()
        self.looking = self.set_timer(SETTLED, self.look)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Enter on a case shows it."""
        self.action_run("show")

    def look(self) -> None:
        """Read the details of the case that is looked at; where that cannot be done, say why."""
        reference = self.wanted.case
        for detail in self.panels("#detail", Static):
            detail.border_title = reference
        try:
            with Desk() as desk:
                lines = _details(desk, reference)
        except PathwayError as fault:
            lines = [str(fault)]
        self.put("detail", "\n".join(lines))

    # --- keys ----------------------------------------------------------------------------------------------

    def _case(self) -> str:
        """The case that is looked at; empty, with a word about it, where there is none."""
        shown = [card.reference for card in self.found.cards] if self.found else []
        if self.wanted.case in shown and self._cases.row_count:
            return self.wanted.case
        self.put("status", "Choose a case first: Tab, then the arrows.")
        return ""

    def _leave_with(self, *words: str) -> None:
        self.exit(replace(self.wanted, words=words))

    def action_run(self, command: str) -> None:
        """Run a command about the case."""
        reference = self._case()
        if reference:
            self._leave_with(command, reference)

    def action_find(self) -> None:
        """Ask for somebody."""
        self._leave_with("find")

    def action_act(self) -> None:
        """Offer what can be done on the case."""
        reference = self._case()
        if not reference:
            return
        try:
            with Desk() as desk:
                offered = _offered(desk, reference)
        except PathwayError as fault:
            self.put("status", str(fault))
            return
        if not offered:
            self.put("status", f"Nothing can be done by you now. Why not: pathways next {reference}")
            return
        self.push_screen(Choice(f"Do on {reference}", offered), self._act)

    def _act(self, chosen: str | None) -> None:
        if chosen:
            self._leave_with(*chosen.split())

    def action_mine(self) -> None:
        """Only cases that the reader leads, or all."""
        self.wanted = replace(self.wanted, mine=not self.wanted.mine)
        self.again()

    def action_pathway(self) -> None:
        """The next pathway that has cases."""
        if self.names:
            here = self.names.index(self.wanted.pathway) if self.wanted.pathway in self.names else -1
            self.wanted = replace(self.wanted, pathway=self.names[(here + 1) % len(self.names)], case="")
            self.again()

    def action_copy(self) -> None:
        """Copy the command for the case, where the terminal lets a program copy; it is shown in any case."""
        reference = self._case()
        if reference:
            self.copy_to_clipboard(f"pathways next {reference}")
            self.put("status", f"Copied, where your terminal allows it: pathways next {reference}")

    def left_alone(self) -> None:
        """Close."""
        self.exit(replace(self.wanted, left_alone=True))


def _details(desk: Desk, reference: str) -> list[str]:
    """The panel below: whose case, its stages, what it lacks, what is next. Of a restricted case no more than its row."""
    from commands.show import heading
    from models.queries import ticks

    view = desk.case(reference)
    if view.row.restricted:
        return ["RESTRICTED. Enter shows it, and records that you looked."]
    who = f"{heading(view, desk.today)}   {view.row.lead or 'nobody leads it'}"
    lines = [screen.fit(who, 74), screen.fit(f"Now      {view.label}", 74)]
    if view.pathway.stages:
        done = " ".join(f"{each.stage.number}{'[x]' if each.done else '[ ]'}" for each in ticks(view))
        lines.append(screen.fit(f"Stages   {done}", 74))
    lines += _lacking(view)
    offered = [words for words, _ in _offered(desk, reference)][:2]
    for number, words in enumerate(offered):
        lines.append(screen.fit(f"{'Next' if not number else '':<9}{words.strip()}", 74))
    return lines[:6]


def _lacking(view: CaseView) -> list[str]:
    from models.board import CONFERENCES
    from pathways.conference_ledger import readiness

    said = readiness(view.row.state, view.facts) if view.pathway.name == CONFERENCES else ""
    return screen.wrapped("Missing", said.removeprefix("Ready but for: "), indent=9)[:2] if said else []


def _offered(desk: Desk, reference: str) -> list[tuple[str, str]]:
    """What can be done on a case by whoever is at the keyboard, as `next` has it: in words, and as a command line."""
    from commands.next import command_of, open_moves

    view = desk.case(reference)
    found = []
    for opening in open_moves(view, desk.actor):
        command = command_of(view, opening).removeprefix("pathways ")
        if opening.move.action == VIEWS:
            command = f"board {view.reference}"
        found.append((screen.fit(f"{opening.move.action:<24}  {opening.move.says}", 72), command))
    return found
