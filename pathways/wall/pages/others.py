"""Referrals, children missing education, early help, disagreements."""

from __future__ import annotations

from pathways import measures as m
from pathways.moments import MONTHS
from pathways.wall.charts import Chart, Series
from pathways.wall.pages.paper import Found, Paper, is_are, labels, many, said, short, sums_of, values
from pathways.wall.tables import HIDDEN, Cell, Figure, Share, percent

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


def referral_decisions(on: Paper) -> Found:
    """Referrals decided in a working day, and those that came back."""
    weeks = m.referral_decisions(
        on.found.referrals, on.found.earlier_referrals, on.found.today, on.found.calendar
    )
    counts = [
        (week.in_time, week.late, week.waiting, week.in_time + week.late + week.waiting, week.returns)
        for week in weeks
    ]
    total = sums_of(counts, 5)
    table = on.table(
        "Referrals by the week in which they were received (week beginning)",
        ("Week", "Decided in time", "Late", "Waiting", "Received", "Came back within 12 months"),
        [*((short(week.begins), *count) for week, count in zip(weeks, counts, strict=True)), ("12 weeks", *total)],
        parts=(1, 2, 3), whole=4, total=True, of=((5, 4),),
    )  # fmt: skip
    good, over = m.forms_in_a_day(on.found.referrals, on.found.now)
    forms = on.table(
        "Written forms after a telephone call, last 12 weeks", ("Made by", "Within 24 hours", "Due", "Share"),
        [("Telephone", good, over, Share(1, 2))], of=((1, 2),),
    )  # fmt: skip
    in_time, late, _, every, back = table.rows[-1][1:]
    share = on.says(lambda part, rest: f"{percent(part, part + rest)}%" if part + rest else "", in_time, late)
    received = total[3]
    weekly = Chart(
        "weekly", f"{share} of referrals were decided in a working day" if share else "Referrals by week",
        "referrals by the week in which they were received", labels(table),
        (
            Series("decided in time", "on_time", values(table, 1)),
            Series("late", "late", values(table, 2)),
            Series("waiting", "context", values(table, 3)),
        ),
    )  # fmt: skip
    returns = Chart(
        "run", on.says(lambda back, every: f"{percent(back, every)}% had been referred in the year before", back, every) or "Referrals that came back",
        "referrals of children who had been referred in the twelve months before, by week", labels(table),
        (Series("came back", "band", values(table, 5)),), height=2.2,
    )  # fmt: skip
    return {
        "headline": f"**{share}** in a day" if share else ("**none** in 12 weeks" if not received else ""),
        "answer": said(
            on.says(lambda part, rest: f"**{part:,} of {many(part + rest, 'referral')}** received in the last twelve weeks {'was' if part == 1 else 'were'} decided within one working day ({share}).", in_time, late) if received else "No referral was received in the last twelve weeks.",
            on.says(lambda back, every: f"{back:,} of {every:,} ({percent(back, every)}%) came back within twelve months of an earlier referral.", back, every) if received else "",
        ),
        "charts": (weekly, returns) if received else (),
        "tables": (table, forms),
        "commands": ("pathways worklist --pathway front_door",),
        "related": (("late-now", "what is late"), ("early-help", "early help")),
    }  # fmt: skip


def missing_education(on: Paper) -> Found:
    """Children missing education, by school days."""
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
        "open cases of children missing education, by school days missed", labels(table),
        (Series("open cases", "band", values(table, 1)),),
    )  # fmt: skip
    charts = [ordered] if sum(bands) else []
    mornings = _over_time(on, "missing_education")
    if mornings:
        charts.append(mornings)
    guessed = on.found.missing_guessed
    return {
        "headline": on.says(lambda every, longest: f"**{every:,}** open, {longest:,} over 20", every, longest),
        "answer": said(
            on.says(lambda every: f"**{many(every, 'child', 'children')}** {is_are(every)} missing education.", every),
            on.says(lambda longest: f"{many(longest, 'child', 'children')} {'has' if longest == 1 else 'have'} missed more than 20 school days.", longest),
        ),
        "charts": tuple(charts),
        "tables": (table, *((endings,) if ended else ())),
        "unknown": said(f"{'Some were' if on.few(guessed) else many(guessed, 'case was', 'cases were')} counted in working days, since no school calendar is loaded for them." if guessed else ""),
        "commands": ("pathways worklist --pathway missing_education",),
        "related": (("this-morning", "this morning"), ("referral-decisions", "decisions on referrals")),
    }  # fmt: skip


def _over_time(on: Paper, name: str) -> Chart | None:
    """Open cases on each morning that was noted; a line needs three of them."""
    points = [(day, counts[name][0]) for day, counts in on.found.mornings if name in counts]
    if len(points) < 3 or any(on.few(count) for _, count in points):
        return None
    return Chart(
        "run", "Open cases over the last twelve weeks", "open cases each morning", tuple(short(day) for day, _ in points),
        (Series("open cases", "band", tuple(count for _, count in points)),), height=2.2,
    )  # fmt: skip


def early_help(on: Paper) -> Found:
    """Early help: where cases stand, steps up and down."""
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
        "early help cases stepped up to social care and down to early help", labels(steps),
        (Series("stepped up", "soon", values(steps, 1)), Series("stepped down", "on_time", values(steps, 2))),
    )  # fmt: skip
    return {
        "headline": on.says(lambda due: f"**{many(due, 'review')}** due", shown_due),
        "answer": said(
            on.says(lambda due: f"**{many(due, 'review')} {is_are(due)} due**: six weeks or more since the team around the family met.", shown_due),
            on.says(lambda every: f"{many(every, 'case')} {is_are(every)} open.", every),
            "" if on.few(refused) else f"Consent was refused or withdrawn in {many(refused, 'case')} in the last six months.",
        ),
        "charts": (chart,) if any(up or down for _, up, down in months) else (),
        "tables": (table, steps, limits),
        "commands": ("pathways worklist --pathway early_help",),
        "related": (("referral-decisions", "decisions on referrals"), ("this-morning", "this morning")),
    }  # fmt: skip


def escalations(on: Paper) -> Found:
    """Professional disagreements, by step and age."""
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
    sums = sums_of(counts, 2)
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
        "stacked", title or "Open disagreements by step", "open disagreements by step", labels(table),
        (Series("up to 5 working days", "on_time", values(table, 1)), Series("over", "late", values(table, 2))),
    )  # fmt: skip
    return {
        "headline": on.says(lambda old: f"**{old:,}** past 5 days", old),
        "answer": said(on.says(lambda old, every: f"**{old:,} of {many(every, 'open disagreement')}** {'is' if old == 1 else 'are'} older than five working days.", old, every)),
        "charts": ((bars if on.public else dots),) if sum(sums) else (),
        "tables": (table, *((outcomes,) if ended else ())),
        "commands": ("pathways worklist --pathway escalation",),
        "related": (("conference-stages", "where conferences wait"), ("late-now", "what is late")),
    }  # fmt: skip
