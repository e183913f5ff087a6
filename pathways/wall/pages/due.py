"""What is due: the front page, and the list of what is late."""

from __future__ import annotations

from collections.abc import Sequence

from pathways import measures as m
from pathways.moments import WEEKDAYS
from pathways.wall.charts import Chart, Series, Value
from pathways.wall.pages.paper import (
    TITLES,
    Found,
    Paper,
    hour,
    is_are,
    labels,
    many,
    pathway_title,
    said,
    short,
    sums_of,
    values,
)
from pathways.wall.tables import HIDDEN, Cell, Table

LATE_BANDS = (("Up to 5 days", 0, 5), ("6 to 20 days", 6, 20), ("More than 20 days", 21, 10**6))


def this_morning(on: Paper) -> Found:
    """What is late, due and on track, by pathway: the front page."""
    by = m.standing(on.found.lines)
    names = sorted(by, key=lambda name: (-by[name].late, -by[name].cases, name))
    counts = [
        (by[name].late, by[name].today, by[name].week, by[name].on_track, by[name].cases) for name in names
    ]
    rows = [(pathway_title(name), *count) for name, count in zip(names, counts, strict=True)]
    table = on.table(
        "Cases by the date that presses most",
        ("Pathway", "Late", "Due today", "Due this week", "On track", "All"),
        [*rows, ("All", *sums_of(counts, 5))],
        parts=(1, 2, 3, 4), whole=5, total=True,
    )  # fmt: skip
    _, late, today, week, _, every = table.rows[-1]
    fresh = sum(line.fresh for line in on.found.lines)
    chart = Chart(
        "stacked",
        on.says(
            lambda late, every: f"{many(late, 'case')} {is_are(late)} late, of {many(every, 'case')}",
            late,
            every,
        )
        or "Cases by the date that presses most",
        "cases by the date on them that presses most, by pathway",
        labels(table),
        (
            Series("late", "late", values(table, 1)),
            Series("due today or this week", "soon", _together(table, 2, 3)),
            Series("on track", "on_time", values(table, 4)),
        ),
    )
    new = (
        ""
        if on.few(fresh) or late == HIDDEN
        else f", {fresh:,} of them new since {WEEKDAYS[on.found.since.weekday()]}"
    )
    papers = on.found.papers
    return {
        "headline": on.says(lambda late, every: f"**{late:,} late** of {every:,}", late, every),
        "answer": said(
            on.says(lambda late: f"**{many(late, 'case')} {is_are(late)} late**{new}.", late),
            on.says(lambda today, week: f"{many(today, 'more is', 'more are')} due today, and {week:,} within five working days.", today, week),
            on.says(lambda every: f"{many(every, 'case')} counted" + ("" if on.few(papers) or not papers else f", {papers:,} of them ended with a paper still due") + ".", every),
        ),
        "charts": (chart,) if rows else (),
        "tables": (table,),
        "commands": ("pathways overdue", "pathways worklist"),
        "related": tuple((key, title) for key, title in TITLES.items() if key != "this-morning"),
    }  # fmt: skip


def _together(table: Table, one: int, other: int) -> tuple[Value, ...]:
    """Two columns as one; hidden where either is."""
    return tuple(
        None if a is None or b is None else a + b
        for a, b in zip(values(table, one), values(table, other), strict=True)
    )


def late_now(on: Paper) -> Found:
    """Every date that has passed; published, only how many."""
    counted = m.late_tasks(on.found.late, on.found.today, on.found.calendar)
    worst = counted[0][0] if counted else 0
    as_at = (
        f"at {hour(on.found.now)}, {short(on.found.today)} {on.found.today:%Y}"  # all of it fits on a card
    )
    if on.public:
        return _late_in_bands(on, counted)
    listed = tuple(
        {
            "Days late": str(days) if days else "<1",
            "Case": task.reference,
            "Waiting for": task.what,
            "Team": task.team,
            "Was due": short(task.due_on) if task.due_on.year == on.found.today.year else f"{short(task.due_on)} {task.due_on:%y}",
        }
        for days, task in counted
    )  # fmt: skip
    more = on.found.late_in_all - len(listed)
    return {
        "headline": f"worst **{many(worst, 'day')}** {as_at}" if counted else f"**nothing** is late {as_at}",
        "answer": (
            f"**{many(on.found.late_in_all, 'date has', 'dates have')} passed.** The longest overdue comes first; days are working days.",
            *((f"{more:,} more are not listed here.",) if more > 0 else ()),
        ),
        "commands": ("pathways overdue", "pathways show CASE"),
        "related": (("this-morning", "this morning"), ("conference-stages", "where conferences wait")),
        "listed": listed,
    }


def _late_in_bands(on: Paper, counted: Sequence[tuple[int, m.LateTask]]) -> Found:
    """What leaves the service: how many dates have passed, by how long ago, without a reference."""
    names = sorted({task.pathway for _, task in counted})
    counts = [
        [
            sum(first <= days <= last for days, task in counted if task.pathway == name)
            for _, first, last in LATE_BANDS
        ]
        for name in names
    ]
    rows: list[tuple[Cell, ...]] = [
        (pathway_title(name), *count, sum(count)) for name, count in zip(names, counts, strict=True)
    ]
    total = [*sums_of(counts, 3), sum(map(sum, counts))]
    table = on.table(
        "Dates that have passed, by working days since",
        ("Pathway", *(name for name, _, _ in LATE_BANDS), "All"),
        [*rows, ("All", *total)], parts=(1, 2, 3), whole=4, total=True,
    )  # fmt: skip
    every = table.cell(-1, 4)
    return {
        "headline": on.says(lambda every: f"**{many(every, 'date has', 'dates have')}** passed", every),
        "answer": said(on.says(lambda every: f"**{many(every, 'date has', 'dates have')} passed** and wait for something to be done.", every)),
        "tables": (table,),
        "related": (("this-morning", "this morning"),),
    }  # fmt: skip
