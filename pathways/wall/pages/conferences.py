"""Conferences: how long they take, where they wait, whose reports come."""

from __future__ import annotations

from pathways import measures as m
from pathways.conference_stages import STAGES
from pathways.wall.charts import Chart, Series
from pathways.wall.pages.paper import Found, Paper, is_are, labels, many, said, short, sums_of, values
from pathways.wall.tables import Cell, Figure, Share, percent


def conference_times(on: Paper) -> Found:
    """How long first conferences took."""
    waits = m.conference_waits(on.found.conferences, on.found.today, on.found.calendar)
    rows = [
        (
            short(week.begins),
            week.within,
            week.over,
            week.within + week.over,
            Figure(week.median, week.within + week.over),
        )
        for week in waits.weeks
    ]
    held = waits.within + waits.over
    table = on.table(
        "First conferences by the week in which they were held (week beginning)",
        ("Week", "Within 15 days", "Over 15 days", "Held", "Median wait in working days"),
        [*rows, ("12 weeks", waits.within, waits.over, held, Figure(waits.median, held))],
        parts=(1, 2), whole=3, total=True,
    )  # fmt: skip
    last = table.rows[-1]
    within, every = last[1], last[3]
    share = on.says(lambda within, every: f"{percent(within, every)}%" if every else "", within, every)
    middle = (
        on.says(lambda _: f"The median wait was {waits.median:g} working days", last[4])
        if waits.median is not None
        else ""
    )
    longest = f", the longest {waits.longest}" if middle and not on.public else ""
    weekly = Chart(
        "weekly",
        f"{share} of first conferences were held within 15 working days"
        if share
        else "First conferences held, by week",
        "first conferences held in each of the last twelve weeks, by week beginning",
        labels(table),
        (
            Series("within 15 working days", "on_time", values(table, 1)),
            Series("over", "late", values(table, 2)),
        ),
    )
    medians = Chart(
        "run", "Median wait for a first conference, by week", "the median wait in working days of the first conferences of each week",
        labels(table), (Series("median wait", "band", values(table, 4)),), limit=(15, "15 working days"), height=2.2,
    )  # fmt: skip
    return {
        "headline": f"**{share}** in 15 days" if share else ("**none** held in 12 weeks" if not held else ""),
        "answer": said(
            on.says(lambda within, every: f"**{within:,} of {many(every, 'first conference')}** in the last twelve weeks {'was' if within == 1 else 'were'} held within 15 working days ({share}).", within, every) if held else "No first conference was held in the last twelve weeks.",
            f"{middle}{longest}." if middle else "",
            f"{many(waits.unusable, 'conference')} had no usable pair of dates and {'is' if waits.unusable == 1 else 'are'} left out." if waits.unusable and not on.few(waits.unusable) else "",
        ),
        "charts": (weekly, medians) if held else (),
        "tables": (table,),
        "commands": ("pathways worklist --pathway child_protection",),
        "related": (("conference-stages", "where conferences wait"), ("reports-in", "agency reports")),
    }  # fmt: skip


def conference_stages(on: Paper) -> Found:
    """At which of the nine stages conferences wait."""
    stages = m.conference_stages(on.found.stages, on.found.today, on.found.calendar)
    called = {stage.number: f"{stage.number} {stage.label}" for stage in STAGES}
    rows: list[tuple[Cell, ...]] = [
        (called[number], at.within, at.over, at.within + at.over, Figure(at.longest, at.within + at.over))
        for number, at in stages.items()
    ]
    sums = [sum(at.within for at in stages.values()), sum(at.over for at in stages.values())]
    table = on.table(
        "Conferences by the stage that is to be done next",
        ("Stage", "Within local time", "Over", "All", "Longest wait in working days"),
        [*rows, ("All", *sums, sum(sums), "")], parts=(1, 2), whole=3, total=True,
    )  # fmt: skip
    waiting, every, over = table.cell(1, 3), table.cell(-1, 3), table.cell(-1, 2)
    chart = Chart(
        "stacked",
        on.says(lambda waiting, every: f"{waiting:,} of {many(every, 'conference')} {'waits' if waiting == 1 else 'wait'} for agency reports", waiting, every) or "Conferences by stage",
        "conferences by the stage that is to be done next",
        labels(table),
        (Series("within local time", "on_time", values(table, 1)), Series("over", "late", values(table, 2))),
    )  # fmt: skip
    return {
        "headline": on.says(lambda waiting: f"**{waiting:,}** waiting on reports", waiting),
        "answer": said(
            on.says(lambda waiting, every: f"**{waiting:,} of {many(every, 'conference')}** {'waits' if waiting == 1 else 'wait'} for agency reports.", waiting, every),
            on.says(lambda over: f"{many(over, 'conference')} {is_are(over)} over local time.", over),
        ),
        "charts": (chart,) if sum(sums) else (),
        "tables": (table,),
        "commands": ("pathways worklist --pathway child_protection",),
        "related": (("reports-in", "agency reports"), ("late-now", "what is late")),
    }  # fmt: skip


def reports_in(on: Paper) -> Found:
    """Agencies' reports that came on time."""
    agencies = m.reports_on_time(on.found.reports, on.found.today, on.found.calendar)
    counts = [
        (each.on_time, each.late, each.not_in, each.on_time + each.late + each.not_in) for each in agencies
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            each.name[:1].upper() + each.name[1:],
            *count,
            Share(1, 4),
            Figure(each.median_late, count[1] + count[2]),
        )
        for each, count in zip(agencies, counts, strict=True)
    ]
    total = sums_of(counts, 4)
    table = on.table(
        "Reports that fell due in the last three months, by agency",
        ("Agency", "On time", "Late", "Not in", "Asked for", "Share on time", "Median days late"),
        [*rows, ("All", *total, Share(1, 4), "")], parts=(1, 2, 3), whole=4, total=True,
    )  # fmt: skip
    on_time, every = table.cell(-1, 1), table.cell(-1, 4)
    share = on.says(lambda part, whole: f"{percent(part, whole)}%", on_time, every) if total[3] else ""
    chart = Chart(
        "dots", f"{share} of agency reports came on time" if share else "Agency reports that came on time",
        "the share of reports received on or before their date, by agency, over the last three months",
        labels(table), (Series("on time", "on_time", values(table, 5)),), unit="%",
    )  # fmt: skip
    return {
        "headline": f"**{share}** on time" if share else ("**none** due in 3 months" if not total[3] else ""),
        "answer": said(
            on.says(lambda part, whole: f"**{part:,} of {many(whole, 'report')}** that fell due in the last three months came on time ({share}).", on_time, every)
            if total[3]
            else "No agency's report fell due in the last three months, as far as invitations and reports are recorded here.",
        ),
        "charts": (chart,) if total[3] else (),
        "tables": (table,) if total[3] else (),
        "unknown": ("Reports for conferences whose invitations were not recorded here; an import brings none.",),
        "commands": ("pathways overdue --pathway child_protection",),
        "related": (("conference-stages", "where conferences wait"), ("conference-times", "conference times")),
    }  # fmt: skip
