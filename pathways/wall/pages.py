"""The fourteen pages of the wall: what each says, shows and explains, from plain figures.

Each page answers in a sentence, draws the answer, prints the same numbers and says how they are worked out. A page
that is `public` hides small numbers first; its sentences, headline and pictures are then made from the table that is
left, so that nothing hidden stands anywhere else on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from pathways import measures as m
from pathways import pathway
from pathways.conference_stages import STAGES
from pathways.moments import LONDON, MONTHS, WEEKDAYS, clock_words, local_day, words
from pathways.wall.charts import NOTHING, Chart, Series, Value
from pathways.wall.figures import Figures
from pathways.wall.page import Page
from pathways.wall.tables import HIDDEN, SMALL, Cell, Figure, Share, Table, hide_small, percent

Found = dict[str, Any]

TITLES = {
    "this-morning": "This morning",
    "late-now": "What is late now",
    "conference-times": "How long first conferences take",
    "conference-stages": "Where conferences wait",
    "reports-in": "Agency reports",
    "reviews": "Reviews and core groups",
    "plan-length": "How long plans last",
    "referral-decisions": "Decisions on referrals",
    "missing-education": "Children missing education",
    "early-help": "Early help",
    "escalations": "Professional disagreements",
    "workload": "Open cases of each team",
    "data-quality": "What the record still lacks",
    "the-check-itself": "The overnight check",
}
"""Every page, the most important first."""

HOW: dict[str, tuple[tuple[str, Callable[..., Any]], ...]] = {
    "this-morning": (("Late, due and on track", m.standing),),
    "late-now": (("Late", m.late_tasks),),
    "conference-times": (("Held within 15 working days", m.conference_waits),),
    "conference-stages": (("The stage a conference waits at", m.conference_stages),),
    "reports-in": (("Reports on time", m.reports_on_time),),
    "reviews": (
        ("Reviews that are coming", m.reviews_coming),
        ("Limits kept", m.limits_kept),
        ("Plans with every review in time", m.plans_reviewed_in_time),
    ),
    "plan-length": (("Length of plans, repeat plans, long plans", m.plan_lengths),),
    "referral-decisions": (
        ("Decisions and returns", m.referral_decisions),
        ("Written forms", m.forms_in_a_day),
    ),
    "missing-education": (("School days missed", m.missing_by_days), ("How cases ended", m.endings)),
    "early-help": (
        ("Steps up and down", m.steps_by_month),
        ("Limits kept", m.limits_kept),
        ("Consent refused", m.refusals),
    ),
    "escalations": (("Age of a disagreement", m.disagreements), ("How they ended", m.endings)),
    "workload": (("Open cases per lead", m.caseloads),),
    "data-quality": (("Completeness", m.completeness), ("Dates that cannot be right", m.impossible_dates)),
    "the-check-itself": (("Runs", m.check_runs),),
}
"""The measures behind each page, and what each is called there."""
MEASURED = {
    key: tuple(function.__name__.replace("_", " ") for _, function in how) for key, how in HOW.items()
}

SHORT = {
    "front_door": "Referrals",
    "child_in_need": "Child in need",
    "child_protection": "Child protection",
    "immediate_protection": "Immediate protection",
    "early_help": "Early help",
    "missing_education": "Missing education",
    "escalation": "Disagreements",
    "encompass": "Police notices to schools",
}
OUTCOMES = {
    "on_roll": "On a school's roll",
    "ehe_suitable": "Suitable education at home",
    "left_country_confirmed": "Confirmed abroad",
    "other_la_accepted": "Taken on by another authority",
    "age_out": "Past school age",
    "resolved_informally": "Settled by talking",
    "resolved_stage1": "Settled at stage 1",
    "resolved_stage2": "Settled at stage 2",
    "resolved_meeting": "Settled at the meeting",
    "resolved_stage3": "Settled at stage 3",
    "resolved_stage4": "Settled at stage 4",
    "unresolved": "Recorded as not settled",
    "withdrawn": "Withdrawn",
}
EARLY_HELP_STATES = (
    ("Offered, or stepped down", ("offered", "step_down_offered")),
    ("Consent refused, risk to be judged", ("refused",)),
    ("Being assessed or planned", ("assessing", "planned")),
    ("Plan in place", ("active",)),
    ("Review due: six weeks since the team met", ("review_due",)),
    ("Drifting: eight weeks", ("drifting",)),
    ("Referred up, answer awaited", ("stepping_up",)),
    ("Closure at 18 to complete", ("closing_at_18",)),
)
STEPS = ("Talking it over", "Stage 1", "Stage 2", "Stage 2 meeting", "Stage 3", "Stage 4")
LATE_BANDS = (("Up to 5 days", 0, 5), ("6 to 20 days", 6, 20), ("More than 20 days", 21, 10**6))


def pathway_title(name: str) -> str:
    """What a pathway is called on the wall."""
    return SHORT.get(name) or pathway(name).title.split(":")[0]


def short(day: date) -> str:
    """A day under a bar or in a list: 24 Nov."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def hour(moment: datetime) -> str:
    """The time of a moment in London: 6am, 9.30am."""
    return clock_words(moment.astimezone(LONDON))


def moment_words(moment: datetime) -> str:
    """A moment at the head of a page: 6am, Monday 23 November 2026."""
    day = local_day(moment)
    return f"{hour(moment)}, {WEEKDAYS[day.weekday()]} {words(day)}"


def many(number: Cell | int, thing: str, things: str = "") -> str:
    """1 case, 3 cases."""
    said = f"{number:,}" if isinstance(number, int) else str(number)
    return f"{said} {thing if number == 1 else things or thing + 's'}"


def many_of(number: float, thing: str) -> str:
    """As `many`, of a median, which may lie between two numbers."""
    return f"{number:g} {thing}{'' if number == 1 else 's'}"


def is_are(number: Cell) -> str:
    """Whether a number takes is or are."""
    return "is" if number == 1 else "are"


def all_pages(found: Figures, *, public: bool = False) -> list[Page]:
    """Every page, the most important first; `public` ones hide small numbers and list no references."""
    return [page(found, key, public=public) for key in TITLES]


def page(found: Figures, key: str, *, public: bool = False) -> Page:
    """One page by its key."""
    on = _Paper(found, public)
    made = PAGES[key](on)
    how = tuple((name, m.explained(function)) for name, function in HOW[key])
    answer = tuple(made.pop("answer")) or ("The numbers are in the table; small ones are hidden.",)
    headline = made.pop("headline") or "**small numbers** are hidden"
    if public:
        made["charts"] = tuple(each for each in made.get("charts", ()) if each.shows)
    return Page(key=key, title=TITLES[key], headline=headline, as_at=on.as_at(), answer=answer, how=how, public=public, **made)  # fmt: skip


class _Paper:
    """What a page is written on: the figures, and whether small numbers are to be hidden."""

    def __init__(self, found: Figures, public: bool) -> None:
        self.found, self.public = found, public
        self.day, _ = m.check_runs(found.runs, found.today, local_day)

    def as_at(self) -> tuple[str, ...]:
        """The lines at the head: as at when, under which rules; first of all where today's check has not run."""
        when = f"As at {moment_words(self.found.now)}."
        rules = f"Rules {self.found.rules}."
        if self.day:
            return (when, rules)
        last = next((run.as_of for run in self.found.runs if run.finished), None)
        since = f"the last one looked from {moment_words(last)}" if last else "none has run yet"
        warning = f"Today's check has not run ({since}): what a passing date should have moved has not moved."
        return (warning, when, rules)

    def table(self, caption: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], **sums: Any) -> Table:
        made = Table(caption, tuple(head), tuple(map(tuple, rows)), **sums)
        return hide_small(made) if self.public else made

    def says(self, made: Callable[..., str], *cells: Cell) -> str:
        """A sentence about some cells; none where one of them is hidden."""
        return "" if HIDDEN in cells else made(*cells)

    def few(self, number: int) -> bool:
        """Whether a number may not be shown."""
        return self.public and number in SMALL


def _values(table: Table, column: int, rows: int | None = None) -> tuple[Value, ...]:
    """A column as a chart draws it; what is hidden is None."""
    until = rows if rows is not None else len(table.rows) - table.total
    found: list[Value] = []
    for row in table.rows[:until]:
        cell = row[column]
        if isinstance(cell, Share):
            part, whole = row[cell.part], row[cell.whole]
            found.append(percent(part, whole) if isinstance(part, int) and isinstance(whole, int) else None)
        elif isinstance(cell, Figure):
            found.append(NOTHING if cell.value is None else cell.value)
        else:
            found.append(cell if isinstance(cell, int) else None)
    return tuple(found)


def _labels(table: Table) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in table.rows[: len(table.rows) - table.total])


def _said(*sentences: str) -> tuple[str, ...]:
    return tuple(each for each in sentences if each)


def _sums(rows: Sequence[Sequence[int]], columns: int) -> list[int]:
    return [sum(row[column] for row in rows) for column in range(columns)]


# --- what is due --------------------------------------------------------------------------------------------------


def _this_morning(on: _Paper) -> Found:
    by = m.standing(on.found.lines)
    names = sorted(by, key=lambda name: (-by[name].late, -by[name].cases, name))
    counts = [
        (by[name].late, by[name].today, by[name].week, by[name].on_track, by[name].cases) for name in names
    ]
    rows = [(pathway_title(name), *count) for name, count in zip(names, counts, strict=True)]
    table = on.table(
        "Cases by the date that presses most",
        ("Pathway", "Late", "Due today", "Due this week", "On track", "All"),
        [*rows, ("All", *_sums(counts, 5))],
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
        _labels(table),
        (
            Series("late", "late", _values(table, 1)),
            Series("due today or this week", "soon", _together(table, 2, 3)),
            Series("on track", "on_time", _values(table, 4)),
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
        "answer": _said(
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
        for a, b in zip(_values(table, one), _values(table, other), strict=True)
    )


def _late_now(on: _Paper) -> Found:
    counted = m.late_tasks(on.found.late, on.found.today, on.found.calendar)
    worst = counted[0][0] if counted else 0
    as_at = f"as at {hour(on.found.now)}, {words(on.found.today)}"
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
        "headline": f"worst **{many(worst, 'day')}**, {as_at}"
        if counted
        else f"**nothing** is late, {as_at}",
        "answer": (
            f"**{many(on.found.late_in_all, 'date has', 'dates have')} passed.** The longest overdue comes first; days are working days.",
            *((f"{more:,} more are not listed here.",) if more > 0 else ()),
        ),
        "commands": ("pathways overdue", "pathways show CASE"),
        "related": (("this-morning", "this morning"), ("conference-stages", "where conferences wait")),
        "listed": listed,
    }


def _late_in_bands(on: _Paper, counted: Sequence[tuple[int, m.LateTask]]) -> Found:
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
    total = [*_sums(counts, 3), sum(map(sum, counts))]
    table = on.table(
        "Dates that have passed, by working days since",
        ("Pathway", *(name for name, _, _ in LATE_BANDS), "All"),
        [*rows, ("All", *total)], parts=(1, 2, 3), whole=4, total=True,
    )  # fmt: skip
    every = table.cell(-1, 4)
    return {
        "headline": on.says(lambda every: f"**{many(every, 'date has', 'dates have')}** passed", every),
        "answer": _said(on.says(lambda every: f"**{many(every, 'date has', 'dates have')} passed** and wait for something to be done.", every)),
        "tables": (table,),
        "related": (("this-morning", "this morning"),),
    }  # fmt: skip


# --- conferences ----------------------------------------------------------------------------------------------------


def _conference_times(on: _Paper) -> Found:
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
        "" if on.few(held) or waits.median is None else f"The median wait was {waits.median:g} working days"
    )
    longest = f", the longest {waits.longest}" if middle and not on.public else ""
    weekly = Chart(
        "weekly",
        f"{share} of first conferences were held within 15 working days"
        if share
        else "First conferences held, by week",
        "first conferences held in each of the last twelve weeks, by week beginning",
        _labels(table),
        (
            Series("within 15 working days", "on_time", _values(table, 1)),
            Series("over", "late", _values(table, 2)),
        ),
    )
    medians = Chart(
        "run", "Median wait for a first conference, by week", "the median wait in working days of the first conferences of each week",
        _labels(table), (Series("median wait", "band", _values(table, 4)),), limit=(15, "15 working days"), height=2.2,
    )  # fmt: skip
    return {
        "headline": f"**{share}** in 15 days" if share else ("**none** held in 12 weeks" if not held else ""),
        "answer": _said(
            on.says(lambda within, every: f"**{within:,} of {many(every, 'first conference')}** in the last twelve weeks {'was' if within == 1 else 'were'} held within 15 working days ({share}).", within, every) if held else "No first conference was held in the last twelve weeks.",
            f"{middle}{longest}." if middle else "",
            f"{many(waits.unusable, 'conference')} had no usable pair of dates and {'is' if waits.unusable == 1 else 'are'} left out." if waits.unusable and not on.few(waits.unusable) else "",
        ),
        "charts": (weekly, medians) if held else (),
        "tables": (table,),
        "commands": ("pathways worklist --pathway child_protection",),
        "related": (("conference-stages", "where conferences wait"), ("reports-in", "agency reports")),
    }  # fmt: skip


def _conference_stages(on: _Paper) -> Found:
    stages = m.conference_stages(on.found.stages, on.found.today, on.found.calendar)
    labels = {stage.number: f"{stage.number} {stage.label}" for stage in STAGES}
    rows: list[tuple[Cell, ...]] = [
        (labels[number], at.within, at.over, at.within + at.over, Figure(at.longest, at.within + at.over))
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
        _labels(table),
        (Series("within local time", "on_time", _values(table, 1)), Series("over", "late", _values(table, 2))),
    )  # fmt: skip
    return {
        "headline": on.says(lambda waiting: f"**{waiting:,}** waiting on reports", waiting),
        "answer": _said(
            on.says(lambda waiting, every: f"**{waiting:,} of {many(every, 'conference')}** {'waits' if waiting == 1 else 'wait'} for agency reports.", waiting, every),
            on.says(lambda over: f"{many(over, 'conference')} {is_are(over)} over local time.", over),
        ),
        "charts": (chart,) if sum(sums) else (),
        "tables": (table,),
        "commands": ("pathways worklist --pathway child_protection",),
        "related": (("reports-in", "agency reports"), ("late-now", "what is late")),
    }  # fmt: skip


def _reports_in(on: _Paper) -> Found:
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
    total = _sums(counts, 4)
    table = on.table(
        "Reports that fell due in the last three months, by agency",
        ("Agency", "On time", "Late", "Not in", "Asked for", "Share on time", "Median lateness in working days"),
        [*rows, ("All", *total, Share(1, 4), "")], parts=(1, 2, 3), whole=4, total=True,
    )  # fmt: skip
    on_time, every = table.cell(-1, 1), table.cell(-1, 4)
    share = on.says(lambda part, whole: f"{percent(part, whole)}%", on_time, every) if total[3] else ""
    chart = Chart(
        "dots", f"{share} of agency reports came on time" if share else "Agency reports that came on time",
        "the share of reports received on or before their date, by agency, over the last three months",
        _labels(table), (Series("on time", "on_time", _values(table, 5)),), unit="%",
    )  # fmt: skip
    return {
        "headline": f"**{share}** on time" if share else ("**none** due in 3 months" if not total[3] else ""),
        "answer": _said(
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


# --- plans --------------------------------------------------------------------------------------------------------


def _reviews(on: _Paper) -> Found:
    overdue, weeks = m.reviews_coming(on.found.reviews, on.found.today)
    counts = [
        (week.booked, week.booked_late, week.unbooked, week.booked + week.booked_late + week.unbooked)
        for week in weeks
    ]
    table = on.table(
        "Review conferences by the week in which they fall due (week beginning)",
        ("Week", "Booked in time", "Booked too late", "No date", "Due"),
        [*((short(week.begins), *count) for week, count in zip(weeks, counts, strict=True)), ("8 weeks", *_sums(counts, 4))],
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
    chart = Chart(
        "weekly",
        on.says(lambda unbooked, due: f"{unbooked:,} of {many(due, 'review')} due in eight weeks {'has' if unbooked == 1 else 'have'} no date", unbooked, due) or "Reviews due in the next eight weeks",
        "review conferences by the week in which they fall due", _labels(table),
        (
            Series("booked in time", "on_time", _values(table, 1)),
            Series("booked too late", "soon", _values(table, 2)),
            Series("no date", "late", _values(table, 3)),
        ),
    )  # fmt: skip
    return {
        "headline": on.says(lambda unbooked: f"**{unbooked:,}** due, no date", unbooked),
        "answer": _said(
            on.says(lambda unbooked, due: f"**{unbooked:,} of {many(due, 'review conference')}** due in the next eight weeks {'has' if unbooked == 1 else 'have'} no date.", unbooked, due),
            "" if on.few(overdue) else f"{many(overdue, 'review')} {is_are(overdue)} overdue.",
        ),
        "charts": (chart,) if sum(count[3] for count in counts) else (),
        "tables": (table, limits),
        "unknown": ("How many conferences the chairs have room for in each week: their free slots are not part of these figures.",),
        "commands": ("pathways worklist --pathway child_protection",),
        "related": (("plan-length", "how long plans last"), ("late-now", "what is late")),
    }  # fmt: skip


def _plan_length(on: _Paper) -> Found:
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
        "ordered", "Most plans have lasted " + m.BANDS[plans.bands.index(max(plans.bands))].lower() if every and not on.public else "Plans in place by length",
        "child protection plans in place, by how long they have lasted", _labels(table),
        (Series("plans", "band", _values(table, 1)),),
    )  # fmt: skip
    whole = table.cell(-1, 1)
    return {
        "headline": f"**{plans.long:,}** over 15 months" if not on.few(plans.long) else "",
        "answer": _said(
            f"**{many(plans.long, 'plan')}** {'has' if plans.long == 1 else 'have'} lasted fifteen months or more." if not on.few(plans.long) else "",
            on.says(lambda whole: f"{many(whole, 'plan')} {is_are(whole)} in place.", whole),
        ),
        "charts": (chart,) if every else (),
        "tables": (table, ratios),
        "unknown": ("Plans before this system began are known only as far as an import brought them.",),
        "commands": ("pathways worklist --pathway child_protection",),
        "related": (("reviews", "reviews"), ("conference-times", "conference times")),
    }  # fmt: skip


# --- the front door -------------------------------------------------------------------------------------------------


def _referral_decisions(on: _Paper) -> Found:
    weeks = m.referral_decisions(
        on.found.referrals, on.found.earlier_referrals, on.found.today, on.found.calendar
    )
    counts = [
        (week.in_time, week.late, week.waiting, week.in_time + week.late + week.waiting, week.returns)
        for week in weeks
    ]
    total = _sums(counts, 5)
    table = on.table(
        "Referrals by the week in which they were received (week beginning)",
        ("Week", "Decided in time", "Late", "Waiting", "Received", "Came back within 12 months"),
        [*((short(week.begins), *count) for week, count in zip(weeks, counts, strict=True)), ("12 weeks", *total)],
        parts=(1, 2, 3), whole=4, total=True, of=((5, 4),),
    )  # fmt: skip
    good, over = m.forms_in_a_day(on.found.referrals, on.found.now)
    forms = on.table(
        "Written forms after a telephone call, last 12 weeks", ("", "Within 24 hours", "Due", "Share"),
        [("Telephone referrals", good, over, Share(1, 2))], of=((1, 2),),
    )  # fmt: skip
    in_time, late, _, every, back = table.rows[-1][1:]
    share = on.says(lambda part, rest: f"{percent(part, part + rest)}%" if part + rest else "", in_time, late)
    received = total[3]
    weekly = Chart(
        "weekly", f"{share} of referrals were decided in a working day" if share else "Referrals by week",
        "referrals by the week in which they were received", _labels(table),
        (
            Series("decided in time", "on_time", _values(table, 1)),
            Series("late", "late", _values(table, 2)),
            Series("waiting", "context", _values(table, 3)),
        ),
    )  # fmt: skip
    returns = Chart(
        "run", on.says(lambda back, every: f"{percent(back, every)}% had been referred in the year before", back, every) or "Referrals that came back",
        "referrals of children who had been referred in the twelve months before, by week", _labels(table),
        (Series("came back", "band", _values(table, 5)),), height=2.2,
    )  # fmt: skip
    return {
        "headline": f"**{share}** in a day" if share else ("**none** in 12 weeks" if not received else ""),
        "answer": _said(
            on.says(lambda part, rest: f"**{part:,} of {many(part + rest, 'referral')}** received in the last twelve weeks {'was' if part == 1 else 'were'} decided within one working day ({share}).", in_time, late) if received else "No referral was received in the last twelve weeks.",
            on.says(lambda back, every: f"{back:,} of {every:,} ({percent(back, every)}%) came back within twelve months of an earlier referral.", back, every) if received else "",
        ),
        "charts": (weekly, returns) if received else (),
        "tables": (table, forms),
        "commands": ("pathways worklist --pathway front_door",),
        "related": (("late-now", "what is late"), ("early-help", "early help")),
    }  # fmt: skip


def _missing_education(on: _Paper) -> Found:
    bands = m.missing_by_days(on.found.missing_days)
    table = on.table(
        "Open cases by school days missed", ("School days missed", "Open cases"),
        [*zip(m.MISSING_BANDS, bands, strict=True), ("All", sum(bands))], total=True,
    )  # fmt: skip
    ended = m.endings(on.found.missing_ended, on.found.today)
    endings = on.table(
        "Cases that ended in the last twelve weeks", ("How", "Cases"),
        [*((OUTCOMES.get(name, name.replace("_", " ")), number) for name, number in ended.items()), ("All", sum(ended.values()))],
        total=True,
    )  # fmt: skip
    every, longest = table.cell(-1, 1), table.cell(3, 1)
    ordered = Chart(
        "ordered",
        on.says(lambda longest, every: f"{longest:,} of {many(every, 'child', 'children')} {'has' if longest == 1 else 'have'} missed more than 20 school days", longest, every) or "Open cases by school days missed",
        "open cases of children missing education, by school days missed", _labels(table),
        (Series("open cases", "band", _values(table, 1)),),
    )  # fmt: skip
    charts = [ordered] if sum(bands) else []
    mornings = _over_time(on, "missing_education")
    if mornings:
        charts.append(mornings)
    guessed = on.found.missing_guessed
    return {
        "headline": on.says(lambda every, longest: f"**{every:,}** open, {longest:,} over 20", every, longest),
        "answer": _said(
            on.says(lambda every: f"**{many(every, 'child', 'children')}** {is_are(every)} missing education.", every),
            on.says(lambda longest: f"{many(longest, 'child', 'children')} {'has' if longest == 1 else 'have'} missed more than 20 school days.", longest),
        ),
        "charts": tuple(charts),
        "tables": (table, *((endings,) if ended else ())),
        "unknown": _said(f"{'Some were' if on.few(guessed) else many(guessed, 'case was', 'cases were')} counted in working days, since no school calendar is loaded for them." if guessed else ""),
        "commands": ("pathways worklist --pathway missing_education",),
        "related": (("this-morning", "this morning"), ("referral-decisions", "decisions on referrals")),
    }  # fmt: skip


def _over_time(on: _Paper, name: str) -> Chart | None:
    """Open cases on each morning that was noted; a line needs three of them."""
    points = [(day, counts[name][0]) for day, counts in on.found.mornings if name in counts]
    if len(points) < 3 or any(on.few(count) for _, count in points):
        return None
    return Chart(
        "run", "Open cases over the last twelve weeks", "open cases each morning", tuple(short(day) for day, _ in points),
        (Series("open cases", "band", tuple(count for _, count in points)),), height=2.2,
    )  # fmt: skip


# --- early help, disagreements ---------------------------------------------------------------------------------------


def _early_help(on: _Paper) -> Found:
    here = on.found.early_help
    states = [(name, sum(here.get(state, 0) for state in within)) for name, within in EARLY_HELP_STATES]
    table = on.table(
        "Open cases by where they stand",
        ("Where", "Open cases"),
        [*states, ("All", sum(here.values()))],
        total=True,
    )
    months = m.steps_by_month(on.found.steps, on.found.today)
    steps = on.table(
        "Steps up and down, by month", ("Month", "Stepped up", "Stepped down"),
        [*((f"{MONTHS[month.month - 1][:3]} {month.year}", up, down) for month, up, down in months), ("6 months", sum(up for _, up, _ in months), sum(down for _, _, down in months))],
        total=True,
    )  # fmt: skip
    kept = [
        ("Assessments in local target", *m.limits_kept(on.found.early_help_assessed, on.found.now)),
        ("Reviews within eight weeks", *m.limits_kept(on.found.early_help_reviewed, on.found.now)),
    ]
    limits = on.table(
        "Limits kept, last six months", ("Limit", "Kept", "Not kept", "All", "Share kept"),
        [(name, part, rest, part + rest, Share(1, 3)) for name, part, rest in kept], parts=(1, 2), whole=3,
    )  # fmt: skip
    due = (here.get("review_due", 0)) + here.get("drifting", 0)
    refused = m.refusals(on.found.refused_on, on.found.today)
    every = table.cell(-1, 1)
    shown_due = HIDDEN if on.few(due) or HIDDEN in (table.cell(4, 1), table.cell(5, 1)) else due
    chart = Chart(
        "paired",
        on.says(lambda up, down: f"{many(up, 'step')} up and {down:,} down in six months", steps.cell(-1, 1), steps.cell(-1, 2)) or "Steps up and down",
        "early help cases stepped up to social care and down to early help", _labels(steps),
        (Series("stepped up", "late", _values(steps, 1)), Series("stepped down", "on_time", _values(steps, 2))),
    )  # fmt: skip
    return {
        "headline": on.says(lambda due: f"**{many(due, 'review')}** due", shown_due),
        "answer": _said(
            on.says(lambda due: f"**{many(due, 'review')} {is_are(due)} due**: six weeks or more since the team around the family met.", shown_due),
            on.says(lambda every: f"{many(every, 'case')} {is_are(every)} open.", every),
            "" if on.few(refused) else f"Consent was refused or withdrawn in {many(refused, 'case')} in the last six months.",
        ),
        "charts": (chart,) if any(up or down for _, up, down in months) else (),
        "tables": (table, steps, limits),
        "commands": ("pathways worklist --pathway early_help",),
        "related": (("referral-decisions", "decisions on referrals"), ("this-morning", "this morning")),
    }  # fmt: skip


def _escalations(on: _Paper) -> Found:
    by = m.disagreements(on.found.disputes, on.found.today, on.found.calendar)
    counts = [
        (
            sum(age <= m.OLD_DISPUTE for age in by.get(step, ())),
            sum(age > m.OLD_DISPUTE for age in by.get(step, ())),
        )
        for step in STEPS
    ]
    rows: list[tuple[Cell, ...]] = [
        (step, young, old, young + old, Figure(max(by.get(step, ()), default=None), young + old))
        for step, (young, old) in zip(STEPS, counts, strict=True)
    ]
    sums = _sums(counts, 2)
    table = on.table(
        "Open disagreements by step", ("Step", "Up to 5 days", "Over 5 days", "Open", "Oldest in working days"),
        [*rows, ("All", *sums, sum(sums), "")], parts=(1, 2), whole=3, total=True,
    )  # fmt: skip
    ended = m.endings(on.found.disputes_ended, on.found.today, weeks=52)
    outcomes = on.table(
        "Disagreements that ended in the last year", ("How", "Cases"),
        [*((OUTCOMES.get(name, name.replace("_", " ")), number) for name, number in ended.items()), ("All", sum(ended.values()))],
        total=True,
    )  # fmt: skip
    old, every = table.cell(-1, 2), table.cell(-1, 3)
    title = on.says(
        lambda old, every: (
            f"{old:,} of {many(every, 'open disagreement')} {'is' if old == 1 else 'are'} past 5 working days"
        ),
        old,
        every,
    )
    dots = Chart(
        "strip", title or "Open disagreements by age", "the age of each open disagreement in working days, by step", STEPS,
        spread=tuple(tuple(by.get(step, ())) for step in STEPS), limit=(m.OLD_DISPUTE, "5 working days"),
    )  # fmt: skip
    bars = Chart(
        "stacked", title or "Open disagreements by step", "open disagreements by step", _labels(table),
        (Series("up to 5 working days", "on_time", _values(table, 1)), Series("over", "late", _values(table, 2))),
    )  # fmt: skip
    return {
        "headline": on.says(lambda old: f"**{old:,}** past 5 days", old),
        "answer": _said(on.says(lambda old, every: f"**{old:,} of {many(every, 'open disagreement')}** {'is' if old == 1 else 'are'} older than five working days.", old, every)),
        "charts": ((bars if on.public else dots),) if sum(sums) else (),
        "tables": (table, *((outcomes,) if ended else ())),
        "commands": ("pathways worklist --pathway escalation",),
        "related": (("conference-stages", "where conferences wait"), ("late-now", "what is late")),
    }  # fmt: skip


# --- the service ------------------------------------------------------------------------------------------------------


def _workload(on: _Paper) -> Found:
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
        "strip", f"Half of the leads have {many_of(middle, 'open case')} or more" if middle is not None else "Open cases per lead",
        "open cases of each lead, by team, without names", tuple(str(row[0]) for row, name in zip(rows, names, strict=True) if teams[name].loads),
        spread=tuple(tuple(teams[name].loads) for name in names if teams[name].loads),
    )  # fmt: skip
    bars = Chart(
        "stacked", "Open cases by team", "open cases by team, with and without a lead", _labels(table),
        (Series("with a lead", "on_time", _values(table, 1)), Series("without a lead", "late", _values(table, 2))),
    )  # fmt: skip
    median_known = middle is not None and not hidden
    return {
        "headline": f"**{middle:g}** per lead, median" if median_known else on.says(lambda unled: f"**{unled:,}** without a lead", unled),
        "answer": _said(
            f"**Half of those who lead cases have {middle:g} or more.**" if median_known else "",
            on.says(lambda unled: f"{many(unled, 'open case')} {'names' if unled == 1 else 'name'} no lead.", unled),
        ),
        "charts": ((dots, bars) if loads and not on.public else (bars,)) if rows else (),
        "tables": (table,),
        "unknown": ("Which chair has which conference: the record names no chair for a conference that is to come.",),
        "commands": ("pathways worklist --team TEAM",),
        "related": (("this-morning", "this morning"), ("data-quality", "what the record lacks")),
    }  # fmt: skip


def _data_quality(on: _Paper) -> Found:
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
        "the share of open cases in which each field is known, in percent", _labels(table),
        (Series("known", "on_time", _values(table, 4)), Series("missing", "late", tuple(None if v is None else 100 - v for v in _values(table, 4)))), unit="%",
    )  # fmt: skip
    return {
        "headline": f"**{share}** complete" if share else ("**no** open cases to check" if not every else ""),
        "answer": _said(
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


def _the_check(on: _Paper) -> Found:
    ran, broken = m.check_runs(on.found.runs, on.found.today, local_day)
    rows: list[tuple[Cell, ...]] = [
        (
            moment_words(run.as_of), "finished" if run.finished else "did not finish", run.cases, run.missed, run.moved, run.parked,
            Figure(run.seconds, run.cases, "s"),
        )
        for run in on.found.runs
    ]  # fmt: skip
    table = on.table(
        "The last 14 runs", ("Looked from", "Run", "Cases with a date", "Found late", "Moved on", "Set aside", "Time"), rows,
    )  # fmt: skip
    last = on.found.runs[0] if on.found.runs else None
    anchored = on.found.anchored_at
    service = Table(
        "What the check rests on", ("", ""),
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
        "answer": _said(
            f"**Today's check has run.** It looked from {moment_words(last.as_of)}."
            if ran and last
            else "**Today's check has not run.**",
            f"{many(broken, 'run')} of the last {len(rows)} did not finish." if broken else "",
        ),
        "tables": (table, service) if rows else (service,),
        "commands": ("pathways check last", "pathways check status"),
        "related": (("this-morning", "this morning"), ("data-quality", "what the record lacks")),
    }


PAGES: dict[str, Callable[[_Paper], Found]] = {
    "this-morning": _this_morning,
    "late-now": _late_now,
    "conference-times": _conference_times,
    "conference-stages": _conference_stages,
    "reports-in": _reports_in,
    "reviews": _reviews,
    "plan-length": _plan_length,
    "referral-decisions": _referral_decisions,
    "missing-education": _missing_education,
    "early-help": _early_help,
    "escalations": _escalations,
    "workload": _workload,
    "data-quality": _data_quality,
    "the-check-itself": _the_check,
}
