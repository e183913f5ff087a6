"""Child protection plans: their reviews, and how long they last."""

from __future__ import annotations

from pathways import measures as m
from pathways.wall.charts import Chart, Series
from pathways.wall.pages.paper import Found, Paper, is_are, labels, many, said, short, sums_of, values
from pathways.wall.tables import Cell, Share


def reviews(on: Paper) -> Found:
    """Reviews that are coming, and limits that were kept."""
    overdue, weeks = m.reviews_coming(on.found.reviews, on.found.today)
    counts = [
        (week.booked, week.booked_late, week.unbooked, week.booked + week.booked_late + week.unbooked)
        for week in weeks
    ]
    table = on.table(
        "Review conferences by the week in which they fall due (week beginning)",
        ("Week", "Booked in time", "Booked too late", "No date", "Due"),
        [*((short(week.begins), *count) for week, count in zip(weeks, counts, strict=True)), ("8 weeks", *sums_of(counts, 4))],
        parts=(1, 2, 3), whole=4, total=True,
    )  # fmt: skip
    kept = [
        (
            "Review conferences held in time, last 12 months",
            *m.limits_kept(on.found.reviews_held, on.found.now),
        ),
        ("Core groups held in time, last 12 months", *m.limits_kept(on.found.core_groups, on.found.now)),
    ]
    good, old = m.plans_reviewed_in_time(on.found.plans_reviewed, on.found.now, on.found.today)
    kept.append(("Plans of 3 months or more with every review in time", good, old - good))
    limits = on.table(
        "Limits kept",
        ("Limit", "Kept", "Not kept", "All", "Share kept"),
        [(name, part, rest, part + rest, Share(1, 3)) for name, part, rest in kept],
        parts=(1, 2), whole=3,
    )  # fmt: skip
    due, unbooked = table.cell(-1, 4), table.cell(-1, 3)
    slots = on.found.slots_a_week
    chart = Chart(
        "weekly",
        on.says(lambda unbooked, due: f"{unbooked:,} of {many(due, 'review')} due in eight weeks {'has' if unbooked == 1 else 'have'} no date", unbooked, due) or "Reviews due in the next eight weeks",
        "review conferences by the week in which they fall due", labels(table),
        (
            Series("booked in time", "on_time", values(table, 1)),
            Series("booked too late", "soon", values(table, 2)),
            Series("no date", "late", values(table, 3)),
        ),
        limit=(slots, f"{many(slots, 'conference')} can be held in a week") if slots else None,
    )  # fmt: skip
    return {
        "headline": on.says(lambda unbooked: f"**{unbooked:,}** due, no date", unbooked),
        "answer": said(
            on.says(lambda unbooked, due: f"**{unbooked:,} of {many(due, 'review conference')}** due in the next eight weeks {'has' if unbooked == 1 else 'have'} no date.", unbooked, due),
            "" if on.few(overdue) else f"{many(overdue, 'review')} {is_are(overdue)} overdue.",
        ),
        "charts": (chart,) if sum(count[3] for count in counts) else (),
        "tables": (table, limits),
        "unknown": () if slots else ("How many conferences can be held in a week: nobody has written it into the settings.",),
        "commands": ("pathways worklist --pathway child_protection",),
        "related": (("plan-length", "how long plans last"), ("late-now", "what is late")),
    }  # fmt: skip


def plan_length(on: Paper) -> Found:
    """How long plans last."""
    plans = m.plan_lengths(on.found.plans, on.found.today)
    rows: list[tuple[Cell, ...]] = [
        (band, number, Share(1, 3), sum(plans.bands), again)
        for band, number, again in zip(m.BANDS, plans.bands, plans.again, strict=True)
    ]
    every = sum(plans.bands)
    made = [(band, number, again) for band, number, _, _, again in rows]
    table = on.table(
        "Plans in place, by how long they have lasted",
        ("Length", "Plans", "Second or later plans"),
        [*made, ("All", every, sum(plans.again))], total=True, of=((2, 1),),
    )  # fmt: skip
    ratios = on.table(
        "Over the last twelve months",
        ("Measure", "Plans", "Of", "Share"),
        [
            ("Repeat plans: of plans that started", plans.started_again, plans.started, Share(1, 2)),
            ("Two years or more: of plans that ended", plans.ended_long, plans.ended, Share(1, 2)),
        ],
        of=((1, 2),),
    )
    chart = Chart(
        "ordered", "Plans in place by length" if on.public else f"{plans.long:,} of {many(every, 'plan')} {'has' if plans.long == 1 else 'have'} lasted fifteen months or more",
        "child protection plans in place, by how long they have lasted", labels(table),
        (Series("plans", "band", values(table, 1)),),
    )  # fmt: skip
    whole = table.cell(-1, 1)
    return {
        "headline": f"**{plans.long:,}** over 15 months" if not on.few(plans.long) else "",
        "answer": said(
            f"**{many(plans.long, 'plan')}** {'has' if plans.long == 1 else 'have'} lasted fifteen months or more." if not on.few(plans.long) else "",
            on.says(lambda whole: f"{many(whole, 'plan')} {is_are(whole)} in place.", whole),
        ),
        "charts": (chart,) if every else (),
        "tables": (table, ratios),
        "unknown": ("Plans before this system began are known only as far as an import brought them.",),
        "commands": ("pathways worklist --pathway child_protection",),
        "related": (("reviews", "reviews"), ("conference-times", "conference times")),
    }  # fmt: skip
