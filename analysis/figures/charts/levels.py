"""The chart of the levels that may be compared: a panel each with its own scale, and words for the rest."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ... import style
from ...language import word
from ...tables.records import Record
from ..base import lines, page

MARKS = {"baseline": "●", "target": "○", "latest": "◆"}
NAMES, ASIDE = 1.15, 1.3  # inches: the widest name of a city, broken beyond; where words beside a panel begin
HEAD, ROW, SCALE, GAP = 0.46, 0.31, 0.3, 0.16  # inches: a panel's heading, a row, its scale, the space below
COLUMNS, LINE, SIZE = 0.28, 0.16, 9.0
RIGHT = style.WIDTH - style.MARGIN


@dataclass(frozen=True)
class Layout:
    """Where an axis begins and how wide it is, and where the columns of numbers begin, in inches."""

    left: float
    width: float
    columns: dict[str, float]


def level_panels(panels: list[dict[str, Any]], *, colours: dict[str, str], lang: str) -> Figure:
    """Draw the panels of `arrange.level_panels`: baseline, target and latest value of every city in its row.

    A scale begins at zero unless all values lie in its upper half. What may not be compared stands in words,
    below its panel or, where there is no panel, in two columns at the end.
    """
    drawn, worded = ([panel for panel in panels if bool(panel["rows"]) is rows] for rows in (True, False))
    pairs = [worded[place : place + 2] for place in range(0, len(worded), 2)]
    height = COLUMNS * bool(drawn) + sum(map(_panel_height, drawn)) + 0.34 * bool(worded)
    height += sum(max(map(_words_height, pair)) for pair in pairs)
    figure = style.canvas(height)
    axes, top = page(figure, height), 0.0
    if drawn:
        layout = _layout(drawn, lang)
        top += _columns(axes, layout, lang)
    for panel in drawn:
        _panel(axes, panel, top, layout, colours, lang)
        top += _panel_height(panel)
    if worded:
        axes.text(style.MARGIN, top + 0.12, word("not-comparable", lang), size=10, color=style.QUIET, va="center")
        top += 0.34
    for pair in pairs:
        for left, panel in zip((style.MARGIN, style.MARGIN + 3.96), pair, strict=False):
            _words(axes, panel, left, top)
        top += max(map(_words_height, pair))
    return figure


def _layout(panels: list[dict[str, Any]], lang: str) -> Layout:
    """Return the places that leave names and numbers as much room as they need, and the axis the rest."""
    rows = [row for panel in panels for row in panel["rows"]]
    names = max(style.text_width(line, 9.5) for row in rows for line in _name(row).split("\n"))
    columns, start = {}, RIGHT
    for key in reversed(MARKS):
        texts = [f"{MARKS[key]} {word(key, lang)}", *(row["cells"][key] for row in rows)]
        start -= max(style.text_width(text, SIZE) for text in texts) + 0.14
        columns[key] = start
    left = style.MARGIN + max(names, 0.7) + 0.3
    return Layout(left, start - 0.2 - left, columns)


def _columns(axes: Axes, layout: Layout, lang: str) -> float:
    for key, left in layout.columns.items():
        axes.text(left, 0.12, f"{MARKS[key]} {word(key, lang)}", size=SIZE, color=style.QUIET, va="center")
    return COLUMNS


def _name(row: Record) -> str:
    return style.wrap(row["city"], NAMES, 9.5)


def _row_height(row: Record) -> float:
    return ROW + LINE * (lines(_name(row)) - 1)


def _heading(panel: dict[str, Any]) -> tuple[str, bool]:
    """Return a panel's heading, and whether what is said of its unit has room beside it."""
    text = style.wrap(panel["heading"], RIGHT - style.MARGIN, 10)
    width = style.text_width(text, 10) + 0.15 + style.text_width(panel["said"], SIZE)
    return text, "\n" not in text and width < RIGHT - style.MARGIN


def _head_height(panel: dict[str, Any]) -> float:
    text, beside = _heading(panel)
    return HEAD + LINE * (lines(text) - 1 + (not beside))


def _panel_height(panel: dict[str, Any]) -> float:
    aside = LINE * lines(_aside(panel, RIGHT - ASIDE)) + 0.04 if panel["stated"] else 0.0
    return _head_height(panel) + sum(map(_row_height, panel["rows"])) + SCALE + aside + GAP


def _aside(panel: dict[str, Any], room: float) -> str:
    """Return what a panel does not draw, and why, broken into lines."""
    return "\n".join(style.wrap(line, room, SIZE) for line in [*panel["stated"], *panel["reasons"]])


def _words_height(panel: dict[str, Any]) -> float:
    return LINE * lines(_words_heading(panel)) + 0.06 + LINE * lines(_aside(panel, 3.7)) + 0.2


def _words_heading(panel: dict[str, Any]) -> str:
    return style.wrap(panel["heading"], 3.7, 9.5)


def _words(axes: Axes, panel: dict[str, Any], left: float, top: float) -> None:
    heading = _words_heading(panel)
    axes.text(left, top, heading, size=9.5, va="top", linespacing=1.15)
    place = top + LINE * lines(heading) + 0.06
    axes.text(left, place, _aside(panel, 3.7), size=SIZE, color=style.QUIET, va="top", linespacing=1.2)


def _panel(axes: Axes, panel: dict[str, Any], top: float, layout: Layout, colours: dict[str, str], lang: str) -> None:
    axes.plot([style.MARGIN, RIGHT], [top, top], color=style.RULE, lw=0.8)
    heading, beside = _heading(panel)
    axes.text(style.MARGIN, top + 0.12, heading, size=10, va="top", linespacing=1.15)
    left = style.MARGIN + (style.text_width(heading, 10) + 0.15 if beside else 0.0)
    place = top + 0.13 + (0.0 if beside else LINE * lines(heading) + 0.02)
    axes.text(left, place, panel["said"], size=SIZE, color=style.QUIET, va="top")
    top += _head_height(panel)
    bottom = top + sum(map(_row_height, panel["rows"]))
    first, last = _scale(axes, panel, top, bottom, layout)
    for row in panel["rows"]:
        places = {
            key: layout.left + layout.width * (value - first) / (last - first) for key, value in row["numbers"].items()
        }
        if row["kind"] == "city":
            _row(axes, row, places, top + _row_height(row) / 2, colours[row["city_id"]], layout)
        else:
            _benchmark(axes, row, places["target"], bottom - sum(map(_row_height, panel["rows"])), bottom)
            _row(axes, row, places, top + _row_height(row) / 2, style.BENCHMARK, layout)
        top += _row_height(row)
    if panel["stated"]:
        axes.text(style.MARGIN, bottom + SCALE, word("not-comparable", lang), size=SIZE, va="top")
        text = _aside(panel, RIGHT - ASIDE)
        axes.text(ASIDE, bottom + SCALE, text, size=SIZE, color=style.QUIET, va="top", linespacing=1.2)


def _scale(axes: Axes, panel: dict[str, Any], top: float, bottom: float, layout: Layout) -> tuple[float, float]:
    """Draw a panel's scale and return its ends."""
    values = [value for row in panel["rows"] for value in row["numbers"].values() if pd.notna(value)]
    low, high = min(values), max(values)
    start = low - 0.2 * (high - low) if high / 2 < low < high else min(0.0, low)
    ticks = MaxNLocator(nbins=3, steps=[1, 2, 5, 10]).tick_values(start, high)
    first, last = min(start, ticks[0]), max(high, ticks[-1])
    for tick in ticks:
        x = layout.left + layout.width * (tick - first) / (last - first)
        axes.plot([x, x], [top, bottom], color=style.RULE, lw=0.6, zorder=1)
        axes.text(x, bottom + 0.1, panel["tick"](tick), size=8, color=style.QUIET, ha="center", va="center")
    return first, last


def _benchmark(axes: Axes, row: Record, x: float, top: float, bottom: float) -> None:
    """Draw the national target as a line through all rows, with its label."""
    axes.plot([x, x], [top, bottom], color=style.BENCHMARK, lw=1.2, zorder=1.5)
    text = f"{row['city']} {row['cells']['target']}"
    axes.text(x, top - 0.07, text, size=8, color=style.QUIET, ha="center", va="center")


def _row(axes: Axes, row: Record, places: dict[str, float], y: float, colour: str, layout: Layout) -> None:
    """Draw a row: its city, its marks, and its numbers in their columns."""
    axes.text(style.MARGIN, y, _name(row), size=9.5, color=style.readable(colour), va="center", linespacing=1.15)
    for key, left in layout.columns.items():
        ink = style.QUIET if pd.isna(places[key]) else style.INK
        axes.text(left, y, row["cells"][key], size=SIZE, color=ink, va="center")
    if pd.notna(places["baseline"]):
        _way(axes, places, y, colour)
    axes.plot(places["target"], y, "o", ms=8, mfc=style.PAPER, mec=colour, mew=1.8, zorder=4)
    if pd.notna(places["latest"]):
        axes.plot(places["latest"], y, "D", ms=6.5, color=colour, zorder=5)


def _way(axes: Axes, places: dict[str, float], y: float, colour: str) -> None:
    """Draw the way from the baseline, solid up to the last observation, which may lie past the target."""
    start, end = places["baseline"], places["target"]
    seen = start if pd.isna(places["latest"]) else places["latest"]
    passed = seen != start and min(start, seen) <= end <= max(start, seen)
    axes.plot([start, seen], [y, y], color=colour, lw=1.6, zorder=2)
    _arrow(axes, start if passed else seen, end, y, colour, dashed=not passed)
    axes.plot(start, y, "o", ms=7, color=colour, zorder=3)


def _arrow(axes: Axes, start: float, end: float, y: float, colour: str, *, dashed: bool) -> None:
    line = {"color": colour, "lw": 1.6, "linestyle": (0, (3, 1.6)) if dashed else "-"}
    head = {"arrowstyle": "-|>", "shrinkA": 4, "shrinkB": 5, "mutation_scale": 9}
    axes.annotate("", xy=(end, y), xytext=(start, y), zorder=2, arrowprops=line | head)
