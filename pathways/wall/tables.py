"""Tables of counts, and how small numbers in them are hidden before anything leaves the service.

A count of 1 to 4 is shown as "c". Where it could be worked out from the totals and the other cells, more cells are
hidden until it cannot. Shares and medians go with the counts that they were worked out from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

HIDDEN: Final = "c"
SMALL = range(1, 5)
NOTE = (
    "c: a number that is not shown. Numbers from 1 to 4 are hidden so that nobody can be recognised, and others where "
    "a hidden one could be worked out from them."
)


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage of two counts of the same row, named by their columns."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that is no count, such as a median in days; `base` is how many cases it was worked out from."""

    value: float | None
    base: int
    unit: str = ""

    def __str__(self) -> str:
        if self.value is None:
            return "-"
        return f"{self.value:g}{f' {self.unit}' if self.unit else ''}"


Cell = int | str | Share | Figure
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of counts: the first column names its rows.

    Whole numbers are counts of cases. `parts` are the columns that add up to the column `whole`; where `total` is
    set, the last row is the sum of those above it. `of` names the whole of columns that are a part of it without
    the rest being shown, as {column: whole}.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    parts: tuple[int, ...] = ()
    whole: int | None = None
    total: bool = False
    of: tuple[tuple[int, int], ...] = ()
    counted: bool = True
    """Whether its whole numbers are counts of people's cases; a table of runs or days hides nothing."""

    def cell(self, row: int, column: int) -> Cell:
        """One cell."""
        return self.rows[row][column]

    def shown(self, row: int, column: int) -> str:
        """One cell as it is printed."""
        return shown(self.rows[row], self.rows[row][column])

    def printed(self) -> list[list[str]]:
        """Every row as it is printed."""
        return [[shown(row, cell) for cell in row] for row in self.rows]

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold numbers, and are set to the right."""
        columns = range(len(self.head))
        return tuple(
            column > 0 and any(not isinstance(row[column], str) or row[column] == HIDDEN for row in self.rows)
            for column in columns
        )


def shown(row: Sequence[Cell], cell: Cell) -> str:
    """A cell as it is printed: 1,234, 82%, a median in words, c."""
    match cell:
        case Share(part, whole):
            some, every = row[part], row[whole]
            if isinstance(some, str) or isinstance(every, str):
                return HIDDEN
            return f"{percent(_count(some), _count(every))}%" if _count(every) else "-"
        case bool() | int():
            return f"{int(cell):,}"
        case _:
            return str(cell)


def _count(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def percent(part: int, whole: int) -> int:
    """A share in whole percent, halves upwards; 0 is said of none only and 100 of all only. 0 of 0 is 0."""
    if part in (0, whole) or not whole:
        return 100 if part and whole else 0
    return min(99, max(1, (200 * part + whole) // (2 * whole)))


# --- hiding ----------------------------------------------------------------------------------------------------


def hide_small(table: Table) -> Table:
    """The table with its small counts hidden, and with whatever they could be worked out from."""
    if not table.counted:
        return table
    grid = [list(row) for row in table.rows]
    hidden = {(row, column) for row, column in _counts(table) if grid[row][column] in SMALL}
    for column, whole in table.of:
        hidden |= {(row, column) for row in range(len(grid)) if _gives_away(grid[row], column, whole)}
    hidden = _enough(table, hidden)
    for row, column in hidden:
        grid[row][column] = HIDDEN
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            if isinstance(cell, Figure) and _rests_on_few(cell, cells, row, hidden):
                cells[column] = HIDDEN
    return replace(table, rows=tuple(map(tuple, grid)))


def _counts(table: Table) -> Iterator[Place]:
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                yield row, column


def _gives_away(row: Sequence[Cell], column: int, whole: int) -> bool:
    """Whether a part tells that few are left of its whole, or stands beside a whole that is small itself."""
    part, every = row[column], row[whole]
    if not isinstance(part, int) or not isinstance(every, int):
        return False
    return every - part in SMALL or every in SMALL


def _rests_on_few(figure: Figure, row: Sequence[Cell], number: int, hidden: set[Place]) -> bool:
    return figure.base in SMALL or any(place == number and row[column] == HIDDEN for place, column in hidden)


def _enough(table: Table, hidden: set[Place]) -> set[Place]:
    """Hide more until no hidden cell follows from the sums that the table shows."""
    hidden = set(hidden)
    while True:
        alone = next((line for line in _lines(table) if _tells(table, line, hidden)), None)
        if alone is not None:
            hidden.add(_cheapest(table, [place for place in alone if place not in hidden]))
            continue
        bridge = _bridge(table, hidden)
        if bridge is None:
            return hidden
        near = [place for line in _lines(table) if bridge in line for place in line if place not in hidden]
        if not near:
            near = [place for line in _lines(table) for place in line if place not in hidden]
        hidden.add(_cheapest(table, near))


def _lines(table: Table) -> list[list[Place]]:
    """The cells of each sum that the table shows, its total among them."""
    lines = []
    columns = [*table.parts, *([] if table.whole is None else [table.whole])]
    if table.whole is not None:
        lines += [[(row, column) for column in columns] for row in range(len(table.rows))]
    if table.total:
        summed = dict.fromkeys((*columns, *(column for column, _ in table.of), *_loose(table)))
        lines += [[(row, column) for row in range(len(table.rows))] for column in summed]
    return [[place for place in line if isinstance(table.cell(*place), int)] for line in lines]


def _loose(table: Table) -> list[int]:
    """Columns of counts that belong to no sum across."""
    known = {*table.parts, table.whole, *(column for column, _ in table.of)}
    return [
        column
        for column in range(len(table.head))
        if column not in known and table.rows and all(isinstance(row[column], int) for row in table.rows)
    ]


def _tells(table: Table, line: Sequence[Place], hidden: set[Place]) -> bool:
    return len([place for place in line if place in hidden]) == 1 and len(line) > 1


def _cheapest(table: Table, places: Iterable[Place]) -> Place:
    """The smallest count that is not nothing: hiding it costs the reader least."""

    def cost(place: Place) -> tuple[bool, int, Place]:
        value = _count(table.cell(*place))
        return (value == 0, value, place)

    return min(places, key=cost)


def _bridge(table: Table, hidden: set[Place]) -> Place | None:
    """A hidden cell that the sums of several rows and columns together would give away.

    Rows and columns are the points of a graph and hidden cells its lines: a cell follows from the sums exactly where
    its line is on no ring.
    """
    if table.whole is None or not table.total:
        return None
    columns = {*table.parts, table.whole}
    edges = sorted(place for place in hidden if place[1] in columns)
    return next((edge for edge in edges if not _on_a_ring(edge, edges)), None)


def _on_a_ring(edge: Place, edges: Sequence[Place]) -> bool:
    reached, ahead = {("row", edge[0])}, [("row", edge[0])]
    while ahead:
        kind, number = ahead.pop()
        for row, column in edges:
            if (row, column) == edge:
                continue
            here, there = ("row", row), ("column", column)
            if kind == "column":
                here, there = there, here
            if here == (kind, number) and there not in reached:
                reached.add(there)
                ahead.append(there)
    return ("column", edge[1]) in reached
