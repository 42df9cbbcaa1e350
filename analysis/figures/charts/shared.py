"""The chart of indicators that several cities state both ends of: a panel each, with lines or with reasons."""

from typing import Any, cast

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ... import style
from ...language import word
from ..base import lines, upwards

SLOPES_LEFT, SLOPES_WIDTH = 0.25, 1.85  # inches: the lines of a panel; the labels of their ends follow
LINE, LABEL = 0.157, 0.15  # inches: the height of a line of reasons, and of a label of a line's end
CLOSE = 0.3  # inches between two points under which the labels over them would touch
DRAWN, WITHHELD = 2.0, 1.35  # inches: the least height of a panel with lines, and of one with reasons


def shared_indicators(panels: list[dict[str, Any]], *, colours: dict[str, str], lang: str) -> Figure:
    """Draw one small panel an indicator that several cities give a baseline and a target for.

    Each panel is a dict with `indicator`, `lines` (rows of the growth table that may be compared, with
    `label_start` and `label_end`), `reasons` (why the others may not be) and `stated` (what those state).
    Every panel has its own scale from zero.
    """
    rows = [panels[place : place + 2] for place in range(0, len(panels), 2)]
    heights = [max(_panel_height(panel) for panel in row) for row in rows]
    figure = style.canvas(sum(heights) + 0.1 * len(rows))
    top = sum(heights) + 0.1 * len(rows)
    for row, height in zip(rows, heights, strict=True):
        for column, panel in enumerate(row):
            _shared_panel(figure, panel, style.MARGIN + 4.0 * column, top - height, height, colours, lang)
        top -= height + 0.1
    return figure


def _panel_height(panel: dict[str, Any]) -> float:
    """Return the height that a panel needs: more than the usual where many cities share an indicator."""
    if panel["lines"]:
        return max(DRAWN, 0.82 + sum(_end_height(line) for line in panel["lines"])) + _apart_height(panel)
    return max(WITHHELD, 0.56 + LINE * lines(_reasons(panel)))


def _apart_height(panel: dict[str, Any]) -> float:
    """Return the height of what a panel with lines says about the cities that it may not draw."""
    return LINE * (lines(_reasons(panel)) + 1) + 0.12 if panel["stated"] else 0.0


def _reasons(panel: dict[str, Any]) -> str:
    return "\n".join(style.wrap(line, 3.5, 9) for line in [*panel["stated"], *panel["reasons"]])


def _end_height(line: dict[str, Any]) -> float:
    return LABEL * lines(_end_label(line))


def _end_label(line: dict[str, Any]) -> str:
    return style.wrap(line["label_end"], 1.57, 8.5)


def _shared_panel(
    figure: Figure, panel: dict[str, Any], left: float, bottom: float, height: float, colours: dict[str, str], lang: str
) -> None:
    head = style.panel(figure, left, bottom, 3.76, height)
    head.set(xlim=(0, 3.76), ylim=(height, 0))
    head.set_axis_off()
    head.text(0, 0.02, style.wrap(panel["indicator"], 3.6, 10), size=10, va="top", linespacing=1.2)
    top = 0.0
    if panel["lines"]:
        top = height - _apart_height(panel) - 0.24
        place = (left + SLOPES_LEFT, bottom + 0.28 + _apart_height(panel), SLOPES_WIDTH, top - 0.58)
        _slopes(style.panel(figure, *place), panel["lines"], colours)
    if panel["stated"]:
        head.text(0, top + 0.27, word("not-comparable", lang), size=9.5, va="top")
        head.text(0, top + 0.5, _reasons(panel), size=9, color=style.QUIET, va="top", linespacing=1.25)


def _slopes(axes: Axes, lines: list[dict[str, Any]], colours: dict[str, str]) -> None:
    years = sorted({int(line[end]) for line in lines for end in ("baseline_year", "target_year")})
    axes.set(xticks=years, xlim=(years[0] - 0.15, years[-1] + 0.15), yticks=[])
    values = [line[value] for line in lines for value in ("baseline_value", "target_value")]
    axes.set_ylim(min(0.0, *values), max(values) or 1.0)
    for line, place in zip(lines, _start_places(axes, lines), strict=True):
        _slope(axes, line, place, colours[line["city_id"]])
    _end_labels(axes, lines, colours)
    axes.axhline(0, color=style.RULE, lw=1)


def _slope(axes: Axes, line: dict[str, Any], place: tuple[float, int], colour: str) -> None:
    years = [float(line["baseline_year"]), float(line["target_year"])]
    values = [line["baseline_value"], line["target_value"]]
    axes.plot(years, values, color=colour, lw=1.6, ls=(0, (4, 2)), zorder=2)
    axes.plot(years[0], values[0], "o", ms=7, color=colour, zorder=3, clip_on=False)
    y, offset = place
    first, last = axes.get_xlim()
    room = SLOPES_LEFT + SLOPES_WIDTH * (years[0] - first) / (last - first)
    aside = 72 * max(0, style.text_width(line["label_start"], 8.5) / 2 - room)
    axes.annotate(
        line["label_start"], (years[0], y), xytext=(aside, offset), textcoords="offset points", size=8.5,
        color=style.readable(colour), ha="center", va="bottom" if offset > 0 else "top",
    )  # fmt: skip
    axes.plot(years[1], values[1], "o", ms=8, mfc=style.PAPER, mec=colour, mew=1.8, zorder=3, clip_on=False)


def _start_places(axes: Axes, lines: list[dict[str, Any]]) -> list[tuple[float, int]]:
    """Return where each baseline is written: a height on the axis, and points above or below it.

    It stands above its point; of points of one year that lie close, the lowest has it below, and the
    labels of the others stand over one another.
    """
    inch, places = _inch(axes), [(0.0, 0)] * len(lines)
    for year in {line["baseline_year"] for line in lines}:
        group = [place for place, line in enumerate(lines) if line["baseline_year"] == year]
        group.sort(key=lambda place: lines[place]["baseline_value"])
        values = [lines[place]["baseline_value"] for place in group]
        if len(group) > 1 and values[1] - values[0] < CLOSE * inch:
            if values[0] > CLOSE * inch:
                places[group.pop(0)] = (values.pop(0), -7)
            else:  # no room between point and axis
                values[0] = values[1]
        for place, y in zip(group, upwards(values, LABEL * inch), strict=True):
            places[place] = (y, 7)
    return places


def _inch(axes: Axes) -> float:
    """Return how much of an upright axis is one inch."""
    height: float = cast("Figure", axes.figure).get_size_inches()[1]
    low, high = axes.get_ylim()
    return (high - low) / (axes.get_position().height * height)


def _end_labels(axes: Axes, lines: list[dict[str, Any]], colours: dict[str, str]) -> None:
    """Write the labels beside the ends of the lines, moved apart where they would touch."""
    lines = sorted(lines, key=lambda line: line["target_value"])
    inch = _inch(axes)
    heights = [_end_height(line) * inch for line in lines]
    wanted = [line["target_value"] for line in lines]
    places = _apart(wanted, heights)
    # The panel's name stands half an inch above the axes; three labels near the top would run into it.
    over = max(0.0, places[-1] + heights[-1] / 2 - axes.get_ylim()[1] - 0.36 * inch)
    for line, y in zip(lines, places, strict=True):
        axes.text(
            1.05, y - over, _end_label(line), size=8.5, color=style.readable(colours[line["city_id"]]), va="center",
            linespacing=1.15, transform=axes.get_yaxis_transform(),
        )  # fmt: skip


def _apart(wanted: list[float], heights: list[float]) -> list[float]:
    """Return places as near to the wanted ones as keeps each at its height from the next, on average unmoved."""
    placed: list[float] = []
    for y, height in zip(wanted, heights, strict=True):
        gap = (height + heights[len(placed) - 1]) / 2 if placed else 0.0
        placed.append(max(y, placed[-1] + gap) if placed else y)
    shift = sum(placed) / len(placed) - sum(wanted) / len(wanted)
    return [y - shift for y in placed]
