"""The chart of the levels that may be compared: a panel each with its own scale, and words for the rest."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .. import style
from ..language import lower_first, quantity, say, word
from .base import page

# Inches: the axis between the cities' names and their numbers, and where the columns of numbers begin.
LEFT, WIDTH = 1.3, 3.0
COLUMNS = {"baseline": 4.62, "target": 5.72, "latest": 6.55}
MARKS = {"baseline": "●", "target": "○", "latest": "◆"}
HEAD, ROW, SCALE, GAP = 0.46, 0.31, 0.3, 0.16  # inches: a panel's heading, a row, its scale, the space below
LINE, SIZE = 0.16, 9.0


def level_panels(panels: list[dict], *, colours: dict[str, str], lang: str) -> Figure:
    """Draw the panels of `arrange.level_panels`: baseline, target and latest value of every city in its row.

    A scale begins at zero unless all values lie in its upper half. What may not be compared stands in words,
    below its panel or, where there is no panel, in two columns at the end.
    """
    drawn = [panel for panel in panels if panel["rows"]]
    worded = [panel for panel in panels if not panel["rows"]]
    pairs = [worded[place : place + 2] for place in range(0, len(worded), 2)]
    tall = [max(_words_height(panel, 3.7) for panel in pair) for pair in pairs]
    height = (0.28 + sum(_panel_height(panel) for panel in drawn) if drawn else 0.0) + sum(tall)
    height += 0.34 if worded else 0.0
    figure = style.canvas(height)
    axes = page(figure, height)
    top = _columns(axes, lang) if drawn else 0.0
    for panel in drawn:
        _panel(axes, panel, top, colours, lang)
        top += _panel_height(panel)
    if worded:
        axes.text(style.MARGIN, top + 0.12, word("not-comparable", lang), size=10, color=style.QUIET, va="center")
        top += 0.34
    for pair, deep in zip(pairs, tall, strict=True):
        for left, panel in zip((style.MARGIN, style.MARGIN + 3.96), pair, strict=False):
            _words(axes, panel, left, top, 3.7)
        top += deep
    return figure


def _columns(axes: Axes, lang: str) -> float:
    for key, left in COLUMNS.items():
        axes.text(left, 0.12, f"{MARKS[key]} {word(key, lang)}", size=SIZE, color=style.QUIET, va="center")
    return 0.28


def _panel_height(panel: dict) -> float:
    aside = LINE * _lines(_aside(panel, style.WIDTH - LEFT - style.MARGIN)) + 0.04 if panel["stated"] else 0.0
    return HEAD + ROW * len(panel["rows"]) + SCALE + aside + GAP


def _lines(text: str) -> int:
    return text.count("\n") + 1


def _aside(panel: dict, room: float) -> str:
    """Return what a panel does not draw, and why, broken into lines."""
    return "\n".join(style.wrap(line, room, SIZE) for line in [*panel["stated"], *panel["reasons"]])


def _words_height(panel: dict, room: float) -> float:
    return 0.22 + LINE * _lines(_aside(panel, room)) + 0.2


def _words(axes: Axes, panel: dict, left: float, top: float, room: float) -> None:
    axes.text(left, top, style.wrap(panel["heading"], room, 9.5), size=9.5, va="top")
    text = _aside(panel, room)
    axes.text(left, top + 0.22, text, size=SIZE, color=style.QUIET, va="top", linespacing=1.2)


def _panel(axes: Axes, panel: dict, top: float, colours: dict[str, str], lang: str) -> None:
    axes.plot([style.MARGIN, style.WIDTH - style.MARGIN], [top, top], color=style.RULE, lw=0.8)
    axes.text(style.MARGIN, top + 0.2, panel["heading"], size=10, va="center")
    said = say(lang, "; ", "；").join([panel["unit"], *(lower_first(text.rstrip(".。")) for text in panel["cautions"])])
    left = style.MARGIN + style.text_width(panel["heading"], 10) + 0.15
    axes.text(left, top + 0.2, said, size=SIZE, color=style.QUIET, va="center")
    first, last, ticks = _scale(panel)
    bottom = top + HEAD + ROW * len(panel["rows"])
    for tick in ticks:
        x = LEFT + WIDTH * (tick - first) / (last - first)
        axes.plot([x, x], [top + HEAD, bottom], color=style.RULE, lw=0.6, zorder=1)
        label = quantity(tick, panel["unit_row"], lang)
        axes.text(x, bottom + 0.1, label, size=8, color=style.QUIET, ha="center", va="center")
    for place, row in enumerate(panel["rows"]):
        colour = colours[row["city_id"]] if row["kind"] == "city" else style.BENCHMARK
        places = {key: LEFT + WIDTH * (value - first) / (last - first) for key, value in row["numbers"].items()}
        if row["kind"] != "city":
            axes.plot([places["target"]] * 2, [top + HEAD, bottom], color=colour, lw=1.2, zorder=1.5)
            text = f"{row['city']} {row['cells']['target']}"
            axes.text(places["target"], top + HEAD - 0.07, text, size=8, color=style.QUIET, ha="center", va="center")
        _row(axes, row, places, top + HEAD + ROW * (place + 0.5), colour)
    if panel["stated"]:
        text = _aside(panel, style.WIDTH - LEFT - style.MARGIN)
        axes.text(style.MARGIN, bottom + SCALE, word("not-comparable", lang), size=SIZE, va="top")
        axes.text(LEFT, bottom + SCALE, text, size=SIZE, color=style.QUIET, va="top", linespacing=1.2)


def _scale(panel: dict) -> tuple[float, float, list[float]]:
    """Return the ends and the ticks of a panel's scale."""
    values = [value for row in panel["rows"] for value in row["numbers"].values() if pd.notna(value)]
    low, high = min(values), max(values)
    start = low - 0.2 * (high - low) if low > high / 2 and low < high else min(0.0, low)
    ticks = MaxNLocator(nbins=3, steps=[1, 2, 5, 10]).tick_values(start, high)
    first, last = min(start, ticks[0]), max(high, ticks[-1])
    return first, last, ticks.tolist()


def _row(axes: Axes, row: dict, places: dict[str, float], y: float, colour: str) -> None:
    """Draw a row: its city, its marks, and its numbers in their columns."""
    ink = style.readable(colour)
    axes.text(style.MARGIN, y, row["city"], size=9.5, color=ink, va="center")
    for key, left in COLUMNS.items():
        missing = pd.isna(places[key])
        axes.text(left, y, row["cells"][key], size=SIZE, color=style.QUIET if missing else style.INK, va="center")
    if pd.notna(places["baseline"]):
        _way(axes, places, y, colour)
    axes.plot(places["target"], y, "o", ms=8, mfc=style.PAPER, mec=colour, mew=1.8, zorder=4)
    if pd.notna(places["latest"]):
        axes.plot(places["latest"], y, "D", ms=6.5, color=colour, zorder=5)


def _way(axes: Axes, places: dict[str, float], y: float, colour: str) -> None:
    """Draw the way from the baseline, which may have gone past the target by the last observation."""
    start, end = places["baseline"], places["target"]
    seen = start if pd.isna(places["latest"]) else places["latest"]
    passed = seen != start and min(start, seen) <= end <= max(start, seen)
    axes.plot([start, seen], [y, y], color=colour, lw=1.6, zorder=2)
    _arrow(axes, start if passed else seen, end, y, colour, dashed=not passed)
    axes.plot(start, y, "o", ms=7, color=colour, zorder=3)


def _arrow(axes: Axes, start: float, end: float, y: float, colour: str, *, dashed: bool) -> None:
    line = {"color": colour, "lw": 1.6, "linestyle": (0, (3, 1.6)) if dashed else "-"}
    axes.annotate("", xy=(end, y), xytext=(start, y), zorder=2, arrowprops=line | {
        "arrowstyle": "-|>", "shrinkA": 4, "shrinkB": 5, "mutation_scale": 9,
    })  # fmt: skip
