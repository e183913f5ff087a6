"""Draws charts as small PNG pictures with matplotlib, in the government's style from afcharts.

Both belong to the `charts` extra and are imported only here, when a picture is drawn. The same chart gives the same
picture: nothing in it depends on the day or the machine but its fonts.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib.util import find_spec
from math import isnan
from typing import Any

from pathways.wall.charts import Chart, Kind, Role, number

INK, GRID, WHITE = "#0B0C0C", "#BFBFBF", "#FFFFFF"
COLOURS: dict[Role, str] = {
    "on_time": "#12436D",
    "late": "#F46A25",
    "context": "#BFBFBF",
    "band": "#2073BC",
    "soon": "#6BACE6",
}
ON_DARK = ("on_time", "band")
DPI, WIDTH = 110, 6.6
COLOURS_IN_A_PICTURE = 48
MEDIAN_OF = 3
"""Dots that a middle is drawn of: of two, it would stand where nothing is."""


def can_draw() -> bool:
    """Whether the `charts` extra is installed."""
    return all(find_spec(each) is not None for each in ("matplotlib", "afcharts", "PIL"))


def png(chart: Chart) -> bytes:
    """A chart as a PNG picture on white, at most some 40 kB."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with rc_context(_style()):
        figure = Figure(figsize=(WIDTH, chart.height or _height(chart)), dpi=DPI, layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots()
        figure.suptitle(_folded(chart.title), x=0.01, ha="left", fontsize=12, fontweight="bold", color=INK)
        DRAW[chart.kind](axes, chart)
        if chart.series and len(chart.series) > 1:
            figure.legend(loc="outside lower left", ncols=len(chart.series), fontsize=9)
        drawn = io.BytesIO()
        figure.savefig(drawn, format="png", metadata={"Software": None})
    return _fewer_colours(drawn)


def _style() -> Any:
    """The style of afcharts, in our sizes."""
    from importlib.resources import files

    from matplotlib import rc_params_from_file

    said = str(files("afcharts").joinpath("afcharts.mplstyle"))
    style: Any = rc_params_from_file(said, use_default_template=False)
    return dict(style) | {
        "font.size": 10,
        "font.sans-serif": ["Arial", "Helvetica", "Liberation Sans", "DejaVu Sans"],
        "figure.facecolor": WHITE,
        "axes.facecolor": WHITE,
        "hatch.linewidth": 1.2,
        "axes.edgecolor": GRID,
    }


def _fewer_colours(drawn: io.BytesIO) -> bytes:
    """The same picture with a palette, at a third of the size."""
    from PIL import Image

    drawn.seek(0)
    made = io.BytesIO()
    with Image.open(drawn) as picture:
        picture.convert("RGB").quantize(COLOURS_IN_A_PICTURE, dither=Image.Dither.NONE).save(
            made, format="PNG", optimize=True
        )
    return made.getvalue()


def _height(chart: Chart) -> float:
    if chart.kind in ("weekly", "run", "paired"):
        return 3.0
    return 1.3 + 0.38 * max(len(chart.labels), 2)


def _folded(title: str, width: int = 66) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(title, width))


def _hatch(role: Role) -> dict[str, Any]:
    """Late is hatched as well as orange, so that it is told from the rest without colour."""
    return {"hatch": "///", "edgecolor": WHITE, "linewidth": 0.0} if role == "late" else {}


def _print(
    axes: Any, bars: Any, values: tuple[float | None, ...], role: Role, *, inside: bool, unit: str = ""
) -> None:
    """Print each number on its bar; on a hatched bar it stands on a plain ground."""
    said = ["" if value == 0 or (inside and value is None) else number(value, unit) for value in values]
    axes.bar_label(
        bars, said, label_type="center" if inside else "edge", fontsize=9, padding=0 if inside else 3,
        color=WHITE if inside and role in ON_DARK else INK,
        **({"bbox": {"facecolor": WHITE, "edgecolor": "none", "pad": 1.0}} if inside and role == "late" else {}),
    )  # fmt: skip


def _rows(axes: Any, chart: Chart) -> None:
    """Rows from the top down, with their labels."""
    axes.set_yticks(range(len(chart.labels)), chart.labels, fontsize=10)
    axes.set_ylim(len(chart.labels) - 0.4, -0.6)
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x", color=GRID, linewidth=0.6)
    axes.tick_params(length=0)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.spines["bottom"].set_visible(False)


def _limit(axes: Any, chart: Chart, *, upright: bool) -> None:
    if chart.limit is None:
        return
    at, says = chart.limit
    draw = axes.axvline if upright else axes.axhline
    draw(at, color=INK, linewidth=1.2, linestyle="--")
    if upright:
        axes.annotate(
            says,
            (at, 1),
            xycoords=("data", "axes fraction"),
            fontsize=9,
            xytext=(3, -2),
            textcoords="offset points",
            va="top",
        )
    else:
        axes.annotate(
            says,
            (1, at),
            xycoords=("axes fraction", "data"),
            fontsize=9,
            xytext=(0, 3),
            textcoords="offset points",
            ha="right",
        )


def _columns(axes: Any, chart: Chart) -> None:
    axes.set_xticks(range(len(chart.labels)), chart.labels, fontsize=9)
    axes.grid(visible=False, axis="x")
    axes.tick_params(length=0)
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.spines["left"].set_visible(False)


def _stacked(axes: Any, chart: Chart) -> None:
    _rows(axes, chart)
    _heaped(axes, chart, upright=False, room=0.03)


def _weekly(axes: Any, chart: Chart) -> None:
    _columns(axes, chart)
    highest = _heaped(axes, chart, upright=True, room=0.07)
    axes.set_ylim(0, max(highest, chart.limit[0] if chart.limit else 0, 1 / 1.12) * 1.12)
    _limit(axes, chart, upright=False)


def _heaped(axes: Any, chart: Chart, *, upright: bool, room: float) -> float:
    """Series one on another, as columns or as rows; the length of the longest. A part below `room` of it has no number."""
    ends = [0.0] * len(chart.labels)
    longest = max((sum(each or 0 for each in row) for row in _across(chart)), default=0) or 1
    draw = axes.bar if upright else axes.barh
    base, thick = ("bottom", "width") if upright else ("left", "height")
    for series in chart.series:
        drawn = [value or 0 for value in series.values]
        look = {base: ends, thick: 0.7, "color": COLOURS[series.role], "label": series.name}
        bars = draw(range(len(drawn)), drawn, **look, **_hatch(series.role))
        roomy = tuple(
            0 if value is not None and 0 < value < longest * room else value for value in series.values
        )
        _print(axes, bars, roomy, series.role, inside=True, unit=chart.unit)
        ends = [start + value for start, value in zip(ends, drawn, strict=True)]
    for place, values in enumerate(_across(chart)):
        if None in values:  # what is hidden is marked once, beyond the end
            at, off, sides = (
                ((place, ends[place]), (0, 3), {"ha": "center"})
                if upright
                else ((ends[place], place), (5, 0), {"va": "center"})
            )
            axes.annotate(number(None), at, xytext=off, textcoords="offset points", fontsize=9, **sides)
    return longest


def _across(chart: Chart) -> list[tuple[float | None, ...]]:
    """The values of each label."""
    return list(zip(*(series.values for series in chart.series), strict=True))


def _paired(axes: Any, chart: Chart) -> None:
    _columns(axes, chart)
    width = 0.8 / len(chart.series)
    for place, series in enumerate(chart.series):
        at = [each - 0.4 + width * (place + 0.5) for each in range(len(chart.labels))]
        bars = axes.bar(
            at,
            [value or 0 for value in series.values],
            width=width * 0.92,
            color=COLOURS[series.role],
            label=series.name,
            **_hatch(series.role),
        )
        _print(axes, bars, series.values, series.role, inside=False)
    axes.margins(y=0.15)
    axes.set_ylim(0, max(axes.get_ylim()[1], 1))


SHADES = ("#CFE3F5", "#6BACE6", "#2073BC", "#1B5A94", "#12436D")


def _ordered(axes: Any, chart: Chart) -> None:
    _rows(axes, chart)
    (series,) = chart.series
    shades = (
        SHADES[-len(chart.labels) :] if len(chart.labels) <= len(SHADES) else [SHADES[2]] * len(chart.labels)
    )
    bars = axes.barh(
        range(len(chart.labels)), [value or 0 for value in series.values], height=0.7, color=shades
    )
    axes.bar_label(bars, [number(value, chart.unit) for value in series.values], fontsize=9, padding=3)
    axes.set_xlim(0, max(axes.get_xlim()[1] * 1.05, 1))


def _dots(axes: Any, chart: Chart) -> None:
    _rows(axes, chart)
    (series,) = chart.series
    for row, value in enumerate(series.values):
        axes.plot([0, value or 0], [row, row], color=GRID, linewidth=1.5, zorder=1)
        if value is not None:
            axes.plot(value, row, "o", color=COLOURS[series.role], markersize=9)
        axes.annotate(
            number(value, chart.unit),
            (value or 0, row),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
        )
    axes.set_xlim(0, 112 if chart.unit == "%" else None)
    _limit(axes, chart, upright=True)


def _strip(axes: Any, chart: Chart) -> None:
    """Every value as a dot, those alike beside each other, and the middle as an upright line."""
    from statistics import median

    _rows(axes, chart)
    for row, values in enumerate(chart.spread):
        seen: dict[float, int] = {}
        for value in values:
            beside = seen[value] = seen.get(value, -1) + 1
            height = (beside + 1) // 2 * (0.16 if beside % 2 else -0.16)
            axes.plot(
                value, row + max(-0.4, min(0.4, height)), "o", color=COLOURS["band"], markersize=6, alpha=0.9
            )
        if len(values) >= MEDIAN_OF:
            middle = median(values)
            axes.plot([middle, middle], [row - 0.42, row + 0.42], color=INK, linewidth=2)
            axes.annotate(
                number(middle, chart.unit),
                (middle, row - 0.42),
                xytext=(4, -2),
                textcoords="offset points",
                va="top",
                fontsize=9,
            )
    axes.set_xlim(0, None)
    axes.margins(x=0.08)
    _limit(axes, chart, upright=True)


def _run(axes: Any, chart: Chart) -> None:
    axes.grid(visible=False, axis="x")
    axes.tick_params(length=0)
    for series in chart.series:
        found = [
            (place, value)
            for place, value in enumerate(series.values)
            if value is not None and not isnan(value)
        ]
        places, values = [place for place, _ in found], [value for _, value in found]
        axes.plot(places, values, "o-", color=COLOURS[series.role], markersize=5, label=series.name)
        shown_at = {*places[-1:], *places[:1]} if len(places) > 14 else {*places}
        for place, value in found:
            if place in shown_at:
                axes.annotate(
                    number(value, chart.unit), (place, value), xytext=(0, 7), textcoords="offset points", ha="center",
                    fontsize=9, bbox={"facecolor": WHITE, "edgecolor": "none", "pad": 0.6}, zorder=4,
                )  # fmt: skip
    every = max(1, (len(chart.labels) + 11) // 12)
    ticks = range(0, len(chart.labels), every)
    axes.set_xticks(list(ticks), [chart.labels[place] for place in ticks], fontsize=9)
    axes.set_xlim(-0.5, max(len(chart.labels) - 0.5, 0.5))
    shown = [
        value for series in chart.series for value in series.values if value is not None and not isnan(value)
    ]
    axes.set_ylim(0, max([*shown, chart.limit[0] if chart.limit else 0, 1]) * 1.25)
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.spines["left"].set_visible(False)
    _limit(axes, chart, upright=False)


DRAW: dict[Kind, Callable[[Any, Chart], None]] = {
    "stacked": _stacked,
    "weekly": _weekly,
    "paired": _paired,
    "ordered": _ordered,
    "dots": _dots,
    "strip": _strip,
    "run": _run,
}
