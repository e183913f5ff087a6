"""The service itself: who has how much, what the record lacks, whether the check ran."""

from __future__ import annotations

from pathways import measures as m
from pathways.moments import local_day, words
from pathways.wall.charts import Chart, Series
from pathways.wall.pages.paper import (
    Found,
    Paper,
    hour,
    labels,
    many,
    many_of,
    moment_words,
    pathway_title,
    said,
    values,
)
from pathways.wall.tables import HIDDEN, SMALL, Cell, Figure, Share, Table, percent


def workload(on: Paper) -> Found:
    """Open cases of each team."""
    teams = m.caseloads(on.found.loads)
    names = sorted(teams, key=lambda name: (-teams[name].cases, name))
    rows: list[tuple[Cell, ...]] = []
    for name in names:
        cases, unled, loads = teams[name]
        middle = m.middle(loads)
        low, high = (min(loads), max(loads)) if loads else (None, None)
        base = min(loads, default=0)
        rows.append(
            (
                name[:1].upper() + name[1:] or "No team",
                cases - unled,
                unled,
                cases,
                Figure(middle, base),
                Figure(low, base),
                Figure(high, base),
            )
        )
    sums = [
        sum(each.cases - each.unled for each in teams.values()),
        sum(each.unled for each in teams.values()),
        sum(each.cases for each in teams.values()),
    ]
    table = on.table(
        "Open cases by team", ("Team", "With a lead", "Without a lead", "All", "Median per lead", "Least", "Most"),
        [*rows, ("All", *sums, "", "", "")], parts=(1, 2), whole=3, total=True,
    )  # fmt: skip
    loads = [each for team in teams.values() for each in team.loads]
    middle = m.middle(loads)
    unled = table.cell(-1, 2)
    hidden = on.public and bool(loads) and min(loads) in SMALL
    dots = Chart(
        "strip", f"The median lead has {many_of(middle, 'open case')}, the one with most {max(loads)}" if middle is not None else "Open cases per lead",
        "open cases of each lead, by team, without names", tuple(str(row[0]) for row, name in zip(rows, names, strict=True) if teams[name].loads),
        spread=tuple(tuple(teams[name].loads) for name in names if teams[name].loads),
    )  # fmt: skip
    bars = Chart(
        "stacked", "Open cases by team", "open cases by team, with and without a lead", labels(table),
        (Series("with a lead", "on_time", values(table, 1)), Series("without a lead", "late", values(table, 2))),
    )  # fmt: skip
    median_known = middle is not None and not hidden
    return {
        "headline": f"**{middle:g}** per lead, median" if median_known else on.says(lambda unled: f"**{unled:,}** without a lead", unled),
        "answer": said(
            f"**The median of those who lead cases has {many_of(middle, 'open case')}{'' if on.public else f', the one with most {max(loads)}'}.**" if median_known and middle is not None else "",
            on.says(lambda unled: f"{many(unled, 'open case')} {'names' if unled == 1 else 'name'} no lead.", unled),
        ),
        "charts": ((dots, bars) if loads and not on.public else (bars,)) if rows else (),
        "tables": (table,),
        "unknown": ("Which chair has which conference: the record names no chair for a conference that is to come.",),
        "commands": ("pathways worklist --team TEAM",),
        "related": (("this-morning", "this morning"), ("data-quality", "what the record lacks")),
    }  # fmt: skip


def data_quality(on: Paper) -> Found:
    """What the record lacks."""
    known, every = m.completeness(on.found.known)
    fields: dict[str, list[int]] = {}
    for row in on.found.known:
        count = fields.setdefault(row.field, [0, 0])
        count[0] += row.known
        count[1] += row.cases
    table = on.table(
        "Fields of the children in need census in open cases", ("Field", "Known", "Missing", "Cases", "Share known"),
        [(name, part, whole - part, whole, Share(1, 3)) for name, (part, whole) in fields.items()], parts=(1, 2), whole=3,
    )  # fmt: skip
    by: dict[str, list[int]] = {}
    for row in on.found.known:
        count = by.setdefault(row.pathway, [0, 0])
        count[0] += row.known
        count[1] += row.cases
    pathways = on.table(
        "The same by pathway: fields, not cases", ("Pathway", "Known", "Missing", "Fields", "Share known"),
        [(pathway_title(name), part, whole - part, whole, Share(1, 3)) for name, (part, whole) in by.items()], parts=(1, 2), whole=3,
    )  # fmt: skip
    wrong = m.impossible_dates(on.found.impossible)
    dates = on.table(
        "Dates that cannot be right", ("What", "Cases"),
        [*((each.what, each.number) for each in on.found.impossible), ("All", wrong)], total=True,
    )  # fmt: skip
    unled = sum(each.cases for each in on.found.loads if not each.led)
    share = f"{percent(known, every)}%" if every and not any(HIDDEN in row for row in table.rows) else ""
    chart = Chart(
        "stacked", f"{share} of the fields that the census asks for are known" if share else "Fields that are known",
        "the share of open cases in which each field is known, in percent", labels(table),
        (Series("known", "on_time", values(table, 4)), Series("missing", "late", tuple(None if v is None else 100 - v for v in values(table, 4)))), unit="%",
    )  # fmt: skip
    return {
        "headline": f"**{share}** complete" if share else ("**no** open cases to check" if not every else ""),
        "answer": said(
            f"**{share}** of the fields that the children in need census asks for are known in open cases of social care." if share else "",
            "" if on.few(unled) else f"{many(unled, 'open case')} {'has' if unled == 1 else 'have'} no lead.",
            "" if on.few(wrong) else f"{many(wrong, 'case has', 'cases have')} dates that cannot be right.",
        ),
        "charts": (chart,) if every else (),
        "tables": (table, pathways, dates) if every else (dates,),
        "unknown": ("Fields of other returns, and the census's own rules between fields: its check finds those.",),
        "commands": ("pathways find --help", "pathways import --help"),
        "related": (("workload", "open cases of each team"), ("the-check-itself", "the overnight check")),
    }  # fmt: skip


def the_check(on: Paper) -> Found:
    """The last runs of the overnight check."""
    ran, broken = m.check_runs(on.found.runs, on.found.today, local_day)
    rows: list[tuple[Cell, ...]] = [
        (
            moment_words(run.as_of), "finished" if run.finished else "did not finish", run.cases, run.missed, run.moved, run.parked,
            Figure(run.seconds, run.cases, "s"),
        )
        for run in on.found.runs
    ]  # fmt: skip
    table = on.table(
        "The last 14 runs", ("Looked from", "Run", "Cases", "Found late", "Moved on", "Set aside", "Time"), rows,
    )  # fmt: skip
    last = on.found.runs[0] if on.found.runs else None
    anchored = on.found.anchored_at
    service = Table(
        "What the check rests on", ("What", "As it stands"),
        (
            ("Rules", on.found.rules),
            ("Bank holidays known to", words(on.found.calendar_ends)),
            ("Record last signed for as a whole", moment_words(anchored) if anchored else "not yet"),
        ),
        counted=False,
    )  # fmt: skip
    took = f", {last.seconds} sec" if last and last.finished else ""
    headline = f"ran **{hour(last.as_of)}**{took}" if ran and last else "**not run** today"
    return {
        "headline": headline,
        "answer": said(
            f"**Today's check has run.** It looked from {moment_words(last.as_of)}."
            if ran and last
            else "**Today's check has not run.**",
            f"{many(broken, 'run')} of the last {len(rows)} did not finish." if broken else "",
        ),
        "tables": (table, service) if rows else (service,),
        "commands": ("pathways check last", "pathways check status"),
        "related": (("this-morning", "this morning"), ("data-quality", "what the record lacks")),
    }
