"""The pages of the wall: hidden numbers that cannot be worked out, pictures with words, one meaning in three forms."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways import measures as m
from pathways.calendars import shipped_calendar
from pathways.wall.charts import Chart, Series
from pathways.wall.drawing import png
from pathways.wall.figures import Figures
from pathways.wall.page import as_html, as_markdown, as_text, index_html
from pathways.wall.pages import TITLES, all_pages, page
from pathways.wall.tables import HIDDEN, Figure, Share, Table, hide_small, percent

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
RUN = m.Run(NOW, True, 6, 31, 3, 1, 0, "england-2026.1")


def busy(**other) -> Figures:
    """A morning on which every page has something to show."""
    day = date(2026, 11, 10)
    made = Figures(
        now=NOW, today=MONDAY, since=date(2026, 11, 20), rules="england-2026.1", calendar=shipped_calendar(),
        calendar_ends=date(2040, 12, 31),
        lines=[
            m.Line("child_protection", "conference", 61, 2, 1, 4, 1),
            m.Line("front_door", "front door", 48, 0, 3, 3, 0),
            m.Line("missing_education", "education", 39, 1, 1, 5, 1),
            m.Line("early_help", "early help", 50, 0, 0, 9, 0),
        ],
        late=[m.LateTask("CP-2026-0041", "child_protection", "Hold the conference", "conference", date(2026, 11, 17))],
        late_in_all=1,
        mornings=[(date(2026, 11, each), {"missing_education": (30 + each, 1)}) for each in (2, 3, 4, 5)],
        conferences=[m.Conference(date(2026, 10, 26), day)] * 9 + [m.Conference(date(2026, 10, 1), day)] * 2,
        stages=[m.AtStage(2, day, over=False)] * 6 + [m.AtStage(4, day, over=True)],
        reports=[m.Report("school", day, day)] * 7 + [m.Report("police", day, None)] * 3,
        reviews=[m.Review(date(2026, 12, 2), None)] * 2 + [m.Review(date(2026, 12, 10), date(2026, 12, 9))] * 8,
        reviews_held=[m.Met(NOW, NOW)] * 12,
        core_groups=[m.Met(NOW, NOW)] * 5,
        plans_reviewed=[m.PlanReviews(date(2026, 1, 5), (m.Met(NOW, NOW),))] * 6,
        plans=[m.Plan(date(2026, 10, 1), None, 0)] * 20 + [m.Plan(date(2025, 7, 1), None, 1)] * 5,
        referrals=[m.Referral(each, each, day, day) for each in range(30)] + [m.Referral(50, 50, day, MONDAY)],
        earlier_referrals={3: [(99, date(2026, 2, 1))]},
        missing_days=[1] * 20 + [8] * 9 + [30] * 4, missing_guessed=33,
        missing_ended=[m.Ended(day, "on_roll")] * 7,
        early_help={"active": 30, "review_due": 7, "drifting": 2},
        early_help_assessed=[m.Met(NOW, NOW)] * 8, early_help_reviewed=[m.Met(NOW, NOW)] * 8,
        steps=[m.Step(day, up=True)] * 6 + [m.Step(day, up=False)] * 5, refused_on=[day] * 3,
        disputes=[m.Dispute("Stage 1", day), m.Dispute("Stage 2", date(2026, 11, 20))],
        disputes_ended=[m.Ended(day, "resolved_stage1")] * 5,
        loads=[m.Load("conference", True, 14), m.Load("conference", True, 12), m.Load("front door", False, 48)],
        known=[m.Known("child_protection", "Sex", 61, 57), m.Known("child_protection", "Ethnicity", 61, 61)],
        impossible=[m.Impossible("Closed before it was opened", 1)],
        runs=[RUN],
    )  # fmt: skip
    return replace(made, **other)


QUIET = busy(
    **{
        name: ()
        for name in (
            "lines", "late", "mornings", "conferences", "stages", "reports", "reviews", "reviews_held", "core_groups",
            "plans_reviewed", "plans", "referrals", "missing_days", "missing_ended", "early_help_assessed",
            "early_help_reviewed", "steps", "refused_on", "disputes", "disputes_ended", "loads", "known", "impossible",
            "runs",
        )
    },
    late_in_all=0,
    missing_guessed=0,
    early_help={},
    earlier_referrals={},
)  # fmt: skip


# --- hiding ----------------------------------------------------------------------------------------------------


def grids(total_row: bool):
    counts = st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=1, max_size=5)
    return counts.map(lambda rows: _table(rows, total_row=total_row))


def _table(rows, *, total_row=True) -> Table:
    body = [(f"row {place}", *row, sum(row)) for place, row in enumerate(rows)]
    if total_row:
        body.append(("All", *(sum(row[column] for row in rows) for column in range(3)), sum(map(sum, rows))))
    return Table("t", ("", "a", "b", "c", "all"), tuple(body), parts=(1, 2, 3), whole=4, total=total_row)


def solved(table: Table) -> list[tuple[int, int]]:
    """The hidden cells that the sums of the table give away, by elimination over every sum at once."""
    hidden = [
        (row, column)
        for row in range(len(table.rows))
        for column in range(1, 5)
        if table.cell(row, column) == HIDDEN
    ]
    sums = [[(row, 1, 1), (row, 2, 1), (row, 3, 1), (row, 4, -1)] for row in range(len(table.rows))]
    if table.total:
        last = len(table.rows) - 1
        sums += [[*((row, column, 1) for row in range(last)), (last, column, -1)] for column in range(1, 5)]
    matrix = [
        [Fraction(sum(sign for row, column, sign in line if (row, column) == cell)) for cell in hidden]
        for line in sums
    ]
    pivots = 0
    for column in range(len(hidden)):
        found = next((row for row in range(pivots, len(matrix)) if matrix[row][column]), None)
        if found is None:
            continue
        matrix[pivots], matrix[found] = matrix[found], matrix[pivots]
        first = matrix[pivots][column]
        matrix[pivots] = [value / first for value in matrix[pivots]]
        for row in range(len(matrix)):
            if row != pivots and matrix[row][column]:
                times = matrix[row][column]
                matrix[row] = [a - times * b for a, b in zip(matrix[row], matrix[pivots], strict=True)]
        pivots += 1
    return [hidden[line.index(1)] for line in matrix if sum(value != 0 for value in line) == 1]


@settings(max_examples=400, deadline=None)
@given(st.booleans().flatmap(grids))
def test_no_hidden_number_can_be_worked_out_from_the_totals(table):
    hidden = hide_small(table)
    cells = [cell for row in hidden.rows for cell in row[1:]]
    assert not [cell for cell in cells if isinstance(cell, int) and 1 <= cell <= 4]
    assert solved(hidden) == []
    for row, before in zip(hidden.rows, table.rows, strict=True):
        assert all(new in (HIDDEN, old) for new, old in zip(row, before, strict=True)), "nothing is changed"


def test_the_solver_of_this_test_finds_what_is_given_away():
    table = _table([[2, 9, 9], [9, 9, 9]])
    rows = [list(row) for row in table.rows]
    rows[0][1] = HIDDEN
    assert solved(replace(table, rows=tuple(map(tuple, rows)))) == [(0, 1)]


def test_a_table_without_small_numbers_stays_as_it_is():
    table = _table([[5, 0, 12], [7, 8, 0]])
    assert hide_small(table) == table


def test_a_second_number_is_hidden_where_the_first_could_be_worked_out():
    hidden = hide_small(_table([[3, 20, 30]], total_row=False))
    assert hidden.rows == (("row 0", HIDDEN, HIDDEN, 30, 53),)


def test_a_single_column_hides_two_under_its_total():
    table = Table("t", ("", "cases"), (("a", 2), ("b", 9), ("c", 30), ("All", 41)), total=True)
    assert [row[1] for row in hide_small(table).rows] == [HIDDEN, HIDDEN, 30, 41]


def test_a_share_and_a_median_go_with_their_counts():
    table = Table(
        "t", ("", "kept", "not", "all", "share", "median"),
        (("x", 18, 4, 22, Share(1, 3), Figure(3.0, 4)), ("y", 30, 10, 40, Share(1, 3), Figure(2.0, 10))),
        parts=(1, 2), whole=3,
    )  # fmt: skip
    assert hide_small(table).printed() == [
        ["x", "c", "c", "22", "c", "c"],
        ["y", "30", "10", "40", "75%", "2"],
    ]


def test_a_part_that_leaves_few_over_is_hidden_too():
    table = Table("t", ("", "all", "of them"), (("x", 12, 11), ("y", 30, 9)), of=((2, 1),))
    assert hide_small(table).rows == (("x", 12, HIDDEN), ("y", 30, 9))


def test_a_share_is_rounded_half_up_and_is_all_or_nothing_only_when_it_is():
    assert (percent(1, 8), percent(1, 3), percent(2, 3)) == (13, 33, 67)
    assert (percent(0, 0), percent(0, 9), percent(9, 9)) == (0, 0, 100)
    assert (percent(1, 1000), percent(999, 1000)) == (1, 99)


def test_a_column_stays_a_column_of_numbers_when_all_of_it_is_hidden():
    table = hide_small(Table("t", ("", "cases", "how"), (("a", 2, "slow"), ("b", 3, "fast"))))
    assert table.numeric == (False, True, False)


def test_a_picture_with_nothing_left_in_it_is_not_published():
    few = busy(steps=[m.Step(date(2026, 11, 10), up=True)])
    assert page(few, "early-help").charts
    assert page(few, "early-help", public=True).charts == ()


# --- pages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("figures", [busy(), QUIET], ids=["busy", "quiet"])
@pytest.mark.parametrize("key", TITLES)
def test_every_page_answers_and_stays_within_its_bounds(figures, key):
    one = page(figures, key)
    assert len(one.headline) <= 60
    assert one.headline.count("**") == 2
    assert one.answer[0]
    assert one.how
    assert one.commands
    assert len(one.related) >= 2
    markdown = as_markdown(one, png)
    assert len(markdown.encode()) < 100_000
    assert all(len(png(chart)) <= 40_000 for chart in one.charts)
    assert max(map(len, as_text(one))) <= 80


@pytest.mark.parametrize("key", [key for key in TITLES if key not in ("late-now", "the-check-itself")])
def test_a_picture_has_words_with_its_numbers_and_a_table_beneath(key):
    one = page(busy(), key)
    assert one.charts
    assert one.tables
    markdown = as_markdown(one, png)
    pictures = re.findall(r"!\[([^\]]*)\]\(data:image/png;base64,", markdown)
    assert len(pictures) == len(one.charts)
    for words in pictures:
        assert len(words) > 40
        assert re.search(r"\d", words)
    assert markdown.count("| ---") >= len(one.tables)


def test_the_words_of_a_picture_hold_every_number_of_it():
    chart = Chart("stacked", "t", "cases", ("A", "B"), (Series("late", "late", (2, 0)), Series("on track", "on_time", (54, None))))  # fmt: skip
    assert chart.words == "Bar chart of cases. A: 2 late, 54 on track; B: 0 late, c on track."


def test_the_front_page_says_how_many_are_late_and_how_many_are_new():
    one = page(busy(), "this-morning")
    assert one.headline == "**3 late** of 198"
    assert one.answer[:2] == (
        "**3 cases are late**, 2 of them new since Friday.",
        "5 more are due today, and 21 within five working days.",
    )
    assert one.as_at == ("As at 6am, Monday 23 November 2026.", "Rules england-2026.1.")
    assert one.tables[0].rows[0] == ("Child protection", 2, 1, 4, 54, 61)
    assert one.tables[0].rows[-1] == ("All", 3, 5, 21, 169, 198)
    assert {key for key, _ in one.related} == set(TITLES) - {"this-morning"}


def test_a_page_says_first_of_all_when_the_check_has_not_run_today():
    yesterday = RUN._replace(as_of=datetime(2026, 11, 22, 6, tzinfo=UTC))
    for runs in ([], [yesterday], [RUN._replace(finished=False)]):
        for one in all_pages(busy(runs=runs)):
            assert one.as_at[0].startswith("Today's check has not run"), one.key
            assert as_markdown(one, None).startswith("**Today's check has not run")
    assert page(busy(runs=[yesterday]), "the-check-itself").headline == "**not run** today"


def test_what_is_late_is_five_short_columns_worst_first():
    one = page(busy(), "late-now")
    assert one.listed == (
        {"Days late": "4", "Case": "CP-2026-0041", "Waiting for": "Hold the conference", "Team": "conference", "Was due": "17 Nov"},
    )  # fmt: skip
    assert one.headline == "worst **4 days** at 6am, 23 Nov 2026"


def test_every_column_has_a_heading_and_an_empty_cell_stays_empty():
    for one in all_pages(busy()):
        assert all(heading for table in one.tables for heading in table.head), one.key
        assert "****" not in as_markdown(one, None), one.key


def test_links_between_pages_hold_in_both_interfaces():
    for one in all_pages(busy()):
        links = re.findall(r"\]\((\.\./key/[a-z-]+)\)", as_markdown(one, None))
        assert links
        assert {link.removeprefix("../key/") for link in links} <= set(TITLES)


def test_a_page_without_the_charts_extra_keeps_its_numbers():
    markdown = as_markdown(page(busy(), "this-morning"), None)
    assert "![" not in markdown
    assert "| **All** | **3** | **5** | **21** | **169** | **198** |" in markdown


# --- what leaves the service --------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", TITLES)
def test_a_published_page_holds_no_number_from_1_to_4_and_no_reference(key):
    one = page(busy(), key, public=True)
    for table in one.tables:
        for row in table.rows:
            assert not [cell for cell in row if isinstance(cell, int) and 1 <= cell <= 4], (key, row)
    for chart in one.charts:
        counted = [value for series in chart.series for value in series.values]
        assert not [value for value in counted if value is not None and 1 <= value <= 4], key
        assert not chart.spread, "a dot a person or a case is not published"
    said = " ".join((*one.answer, one.headline, *(chart.title for chart in one.charts)))
    counts = re.sub(r"\d+ (?:working |school )?(?:days?|months?)|\d+%", "", said)
    assert not re.search(r"\b[1-4]\b (?!sec)", counts), said
    assert one.listed is None
    assert not re.search(r"[A-Z]{2,}-20\d\d-\d{4}", as_html(one, None))


def test_what_the_table_hides_the_sentence_above_it_does_not_tell():
    shown, published = (page(busy(), "conference-times", public=public) for public in (False, True))
    assert "The median wait was" in " ".join(shown.answer)
    assert published.tables[0].rows[-1][4] == HIDDEN
    assert "The median wait was" not in " ".join(published.answer)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.pictures, self.scopes, self.addresses, self.captions = [], [], [], [], 0

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        self.tags.append(tag)
        self.captions += tag == "figcaption"
        if tag == "html":
            assert known["lang"] == "en-GB"
        if tag == "img":
            self.pictures.append(known["alt"])
        if tag == "th":
            self.scopes.append(known["scope"])
        self.addresses += [value for name, value in attrs if name in ("src", "href")]


@pytest.mark.parametrize("key", TITLES)
def test_a_published_page_can_be_read_by_everybody_and_asks_nobody(key):
    one = page(busy(), key, public=True)
    read = _Reader()
    read.feed(as_html(one, png))
    assert len(read.pictures) == len(one.charts)
    assert all(len(words) > 40 for words in read.pictures)
    assert read.tags.count("table") == read.captions == len(one.tables)
    assert read.tags.count("table") >= bool(read.pictures)
    assert set(read.scopes) <= {"col", "row"}
    assert read.tags.count("h1") == read.tags.count("main") == read.tags.count("title") == 1
    assert not {"script", "iframe", "link", "object", "form"} & set(read.tags)
    for address in read.addresses:
        assert address.startswith("data:image/png;base64,") or re.fullmatch(r"[a-z-]+\.html", address), (
            address
        )


def test_the_first_page_of_the_folder_leads_to_every_page():
    read = _Reader()
    read.feed(index_html(all_pages(busy(), public=True), ("As at now.",)))
    assert read.addresses == [f"{key}.html" for key in TITLES]


def test_text_from_the_records_is_harmless_in_html():
    strange = m.Load("<script>alert(1)</script>", True, 20)
    html = as_html(page(busy(loads=[strange]), "workload", public=True), None)
    assert "<script" not in html
    assert "&lt;script&gt;" in html
