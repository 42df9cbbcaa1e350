"""Charts of what became of the promises."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ... import style
from ...language import word
from ..base import page, patch

# Inches: a single panel takes the page, several share it in two columns.
WIDE = {"width": 7.76, "left": 0.7, "axes": 5.0, "height": 2.7}
NARROW = {"width": 3.76, "left": 0.55, "axes": 1.9, "height": 1.5}
LINE, SMALL = 0.165, 8.5  # inches of a line of words, points of their size
DASHES = {"geometric": (0, (5, 2)), "linear": (0, (1, 1.6))}
NEAR = 0.08  # inches between a mark and its label
Label = tuple[str, float, float, str, str]  # its side of the mark, year, value, text and colour
Box = tuple[float, float, float, float]  # centre and half sizes, in inches


def progress_paths(panels: list[dict[str, Any]], *, colours: dict[str, str]) -> Figure:
    """Draw one panel a target that can be assessed: the promised paths and every observed value since the start.

    Panels come from `arrange.progress_panels`. Filled marks are baselines, hollow ones targets, diamonds observed
    values; promised paths are broken, observed lines solid. A benchmark is grey, and drawn in a single panel only.
    """
    size = WIDE if len(panels) == 1 else NARROW
    rows = [panels[place : place + 2] for place in range(0, len(panels), 2)]
    heights = [max(_height(panel, size) for panel in row) for row in rows]
    figure = style.canvas(sum(heights))
    top = sum(heights)
    for row, height in zip(rows, heights, strict=True):
        for column, panel in enumerate(row):
            _panel(figure, panel, style.MARGIN + 4.0 * column, top, size, colours)
        top -= height
    return figure


def _texts(panel: dict[str, Any], size: dict[str, float]) -> tuple[str, str]:
    words = "\n".join(style.wrap(line, size["width"] - 0.15, SMALL) for line in panel["words"])
    return style.wrap(panel["name"], size["width"] - 0.15, 10), words


def _height(panel: dict[str, Any], size: dict[str, float]) -> float:
    name, words = _texts(panel, size)
    return 0.34 + 0.19 * (name.count("\n") + 1) + size["height"] + 0.36 + LINE * (words.count("\n") + 1) + 0.2


def _panel(
    figure: Figure, panel: dict[str, Any], left: float, top: float, size: dict[str, float], colours: dict[str, str]
) -> None:
    height, (name, words) = _height(panel, size), _texts(panel, size)
    colour = colours[panel["city_id"]]
    whole = style.panel(figure, left, top - height, size["width"], height)
    whole.set(xlim=(0, size["width"]), ylim=(height, 0))
    whole.set_axis_off()
    whole.text(0, 0.02, name, size=10, color=style.readable(colour), va="top", linespacing=1.2)
    above = 0.34 + 0.19 * (name.count("\n") + 1)
    place = (left + size["left"], top - above - size["height"], size["axes"], size["height"])
    lines = panel["lines"] if size is WIDE else panel["lines"][:1]
    _lines(style.panel(figure, *place), lines, size, colours)
    whole.text(0, above + size["height"] + 0.36, words, size=SMALL, va="top", linespacing=1.3)


def _lines(axes: Axes, lines: list[dict[str, Any]], size: dict[str, float], colours: dict[str, str]) -> None:
    points = [point for line in lines for kind in ("baseline", "outcomes", "target") for point in line[kind]]
    years = [year for year, *_ in points]
    ticks = sorted({year for line in lines for kind in ("baseline", "target") for year, *_ in line[kind]})
    axes.set(xlim=(min(years), max(years)), ylim=(0, 1.06 * max(value for _, value, _ in points)), yticks=[])
    axes.set_xticks(ticks, [f"{year:g}" for year in ticks])
    axes.axhline(0, color=style.RULE, lw=1)
    labels: list[Label] = []
    for line in lines:
        labels += _line(axes, line, colours.get(line["city_id"], style.BENCHMARK), named=len(lines) > 1)
    _write(axes, labels, size)


def _line(axes: Axes, line: dict[str, Any], colour: str, *, named: bool) -> list[Label]:
    """Draw one target's line and return its labels, the most important first; of several lines each is named."""
    for shape, (years, values) in line["paths"].items():
        axes.plot(years, values, color=colour, lw=1.4, ls=DASHES[shape], zorder=2)
    seen = [*line["baseline"], *line["outcomes"]]
    axes.plot([point[0] for point in seen], [point[1] for point in seen], color=colour, lw=1.8, zorder=3, clip_on=False)
    for kind, mark in (("baseline", "o"), ("outcomes", "D")):
        for year, value, _ in line[kind]:
            axes.plot(year, value, color=colour, zorder=4, clip_on=False, marker=mark, ms=7)
    for year, value, _ in line["target"]:
        axes.plot(year, value, "o", ms=8.5, mfc=style.PAPER, mec=colour, mew=1.8, zorder=5, clip_on=False)
    name = line["said_first"] if named else ""
    ends = [("right", year, value, name + text) for year, value, text in line["target"]]
    ends += [("left", *point) for point in line["baseline"]]
    seen = [("over" if point[1] >= _promised(line, point[0]) else "under", *point) for point in line["outcomes"]]
    return [(*label, style.readable(colour)) for label in [*ends, *seen[::-1]]]


def _promised(line: dict[str, Any], year: float) -> float:
    """Return where the plan would stand on its straight way; without a baseline, at its target."""
    return float(np.interp(year, *line["paths"]["linear"])) if line["paths"] else line["target"][0][1]


def _write(axes: Axes, labels: list[Label], size: dict[str, float]) -> None:
    """Write each label where it touches no mark and no earlier label; one that fits nowhere is left out.

    Targets and baselines come first, then the latest observed values; what is left out stands in the figure's data.
    """
    across, up = size["axes"] / _span(axes.get_xlim()), size["height"] / _span(axes.get_ylim())
    first = axes.get_xlim()[0]
    taken = [((year - first) * across, value * up, 0.06, 0.06) for _, year, value, *_ in labels]
    room = size["width"] - size["left"] - size["axes"] - 4 * NEAR
    for side, year, value, whole, ink in sorted(labels, key=lambda label: label[0] in ("over", "under")):
        x, y, text = (year - first) * across, value * up, style.wrap(whole, room, SMALL)
        wide = max(style.text_width(line, SMALL) for line in text.split("\n")) / 2
        half = 0.075 * (text.count("\n") + 1)
        for place in _places(x, y, wide, half, side):
            box = (*place, wide, half)
            inside = -size["left"] < place[0] - wide and place[0] + wide < size["width"] - size["left"]
            if inside and place[1] > half and not any(_touch(box, other) for other in taken):
                taken.append(box)
                axes.text(
                    place[0] / size["axes"], place[1] / size["height"], text, size=SMALL, color=ink, ha="center",
                    va="center", linespacing=1.1, transform=axes.transAxes, bbox=patch(), zorder=3.5,
                )  # fmt: skip
                break


def _span(limits: tuple[float, float]) -> float:
    return (limits[1] - limits[0]) or 1.0


def _places(x: float, y: float, wide: float, half: float, side: str) -> list[tuple[float, float]]:
    """Return the centres that a label may have around its mark, the best first, in inches."""
    right, left = x + wide + 2 * NEAR, x - wide - 2 * NEAR
    over, under = y + half + NEAR, y - half - NEAR
    if side == "right":
        return [(right, height) for height in (y, y - 2 * half, y + 2 * half, y - 3 * half, y + 3 * half)]
    if side == "left":
        return [(left, y), (x, under), (x, over)]
    upper = [(left + NEAR, over - half / 2), (x, over), (right - NEAR, over)]
    lower = [(right - NEAR, under + half / 2), (x, under), (left + NEAR, under)]
    return [*upper, *lower, (left, y), (right, y)] if side == "over" else [*lower, *upper, (right, y), (left, y)]


def _touch(one: Box, other: Box) -> bool:
    """Say whether two boxes, given by centre and half sizes, overlap."""
    return abs(one[0] - other[0]) < one[2] + other[2] and abs(one[1] - other[1]) < one[3] + other[3]


A_ROW = 7  # marks; more stand in a second row
LEFTS = (1.05, 2.25, 3.75, 5.2, 6.65)  # inches: the columns, in the order of the groups
HEADING = 1.15  # inches: the widest heading of a column


def progress_assessable(counts: pd.DataFrame, *, colours: dict[str, str], lang: str) -> Figure:
    """Draw one mark a target, by city and by what stands against its assessment.

    `counts` comes from `arrange.assessable`. A diamond is assessed, a filled circle waits for an outcome only, a
    hollow one states too little.
    """
    cities = counts[["city_id", "city"]].drop_duplicates().to_dict("records")
    height = 0.7 + 0.52 * len(cities)
    figure = style.canvas(height)
    axes = page(figure, height)
    columns = dict(zip(counts["group"].unique(), LEFTS, strict=True))
    for group, left in columns.items():
        heading = style.wrap(word(group, lang), HEADING, 9)
        axes.text(left, 0.5, heading, size=9, va="bottom", linespacing=1.15)
    for place, city in enumerate(cities):
        y = 0.86 + 0.52 * place
        axes.plot([style.MARGIN, style.WIDTH - style.MARGIN], [y - 0.26] * 2, color=style.RULE, lw=0.8)
        name = style.wrap(city["city"], 0.88, 9.5)
        axes.text(style.MARGIN, y, name, size=9.5, color=style.readable(colours[city["city_id"]]), va="center")
        own = counts[counts["city_id"] == city["city_id"]].set_index("group")["targets"]
        for group, left in columns.items():
            _marks(axes, left, y, int(own[group]), group, colours[city["city_id"]])
    return figure


def _marks(axes: Axes, left: float, y: float, count: int, group: str, colour: str) -> None:
    """Draw the marks of one cell in at most two rows, with their number."""
    if not count:
        axes.text(left, y, "–", size=9.5, color=style.QUIET, va="center")
        return
    shape, face = ("D", colour) if group == "assessed" else ("o", colour if group == "await-outcome" else style.PAPER)
    across = 5 if group == "assessed" else A_ROW
    shown = min(count, 2 * across)
    lift = 0.08 if shown > across else 0.0
    for place in range(shown):
        x, row = left + 0.06 + 0.145 * (place % across), y + (lift if place >= across else -lift)
        axes.plot(x, row, shape, ms=6.5 if shape == "o" else 6, mfc=face, mec=colour, mew=1.4)
    more = "+ " if count > shown else ""
    axes.text(left + 0.1 + 0.145 * min(shown, across), y, f"{more}{count}", size=9.5, va="center")
