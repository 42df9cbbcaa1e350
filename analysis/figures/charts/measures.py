"""Charts of what the plans do and who is to do it: one row a theme or function, one column a city."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ... import style
from ...language import number, percent, say
from ...tables.records import Record
from ..base import page

MOST_COLUMNS = 5  # cities side by side; more stand in a second block below
ROW, HEADING, GAP = 0.29, 0.38, 0.3  # inches: a row, a group's heading, between blocks
NAME, LINE = 0.24, 0.17  # inches: a city's name, a line under it
COUNT, BESIDE = 0.29, 0.37  # inches: left of a bar for its count, right of it for its share
BAR, SHADE = 0.13, "#f3f4f6"
WIDEST = 2.4  # inches: a column where there are few
ABSENT = {"not-stated": ("not stated", "未列"), "not-recorded": ("not recorded", "未录入")}


@dataclass(frozen=True)
class Cell:
    """What stands in one row of one city: a count, a bar as a fraction of the longest, a text, hollow dots."""

    count: int
    length: float
    beside: str = ""
    dots: int = 0


@dataclass(frozen=True)
class Column:
    """One city: its name and what stands under it, its colour, and its cells or why it has none."""

    name: str
    under: str
    colour: str
    cells: dict[str, Cell]
    absent: str = ""


def theme_matrix(
    covered: pd.DataFrame, groups: list[tuple[str, list[str]]], *, colours: dict[str, str], lang: str
) -> Figure:
    """Draw the tasks of every theme and city: their number, and a bar for their share of the city's tasks.

    `covered` comes from `measures.coverage`; `groups` pairs a heading with the theme ids under it. All
    bars share one scale from zero. A dash is no task, a hollow dot a task of another theme that touches this one.
    """
    longest = covered["share"].max()
    columns = []
    for city, rows in covered.groupby("city_id", sort=False):
        absent = say(lang, *ABSENT["not-recorded"]) if rows["tasks"].isna().all() else ""
        cells = {} if absent else {row["theme_id"]: _theme_cell(row, longest) for row in rows.to_dict("records")}
        total = rows["city_tasks"].iloc[0]
        under = "" if absent else say(lang, f"{total} tasks", f"{total}项任务")
        columns.append(Column(rows["city"].iloc[0], under, colours[str(city)], cells, absent))
    return _matrix(groups, dict(zip(covered["theme_id"], covered["theme"], strict=True)), columns)


def _theme_cell(row: Record, longest: float) -> Cell:
    if not row["tasks"]:
        return Cell(0, 0.0, dots=row["secondary"])
    return Cell(row["tasks"], row["share"] / longest, percent(row["share"], 0))


def agency_matrix(load: pd.DataFrame, functions: list[str], *, colours: dict[str, str], lang: str) -> Figure:
    """Draw how often each city's lists name these functions; a full pale bar is one mention a list.

    `load` comes from `measures.agency_load`. A city without lists is a framed column that says so.
    """
    longest = max(1.0, load["per_measure"].max())
    columns = []
    for city, rows in load.groupby("city_id", sort=False):
        absent = say(lang, *ABSENT.get(rows["status"].iloc[0], ("", "")))
        listed = rows["city_listed"].iloc[0]
        units = number(rows["units_per_measure"].iloc[0], 1)
        under = "" if absent else say(lang, f"{listed} lists\n{units} units each", f"{listed}份名单\n平均{units}个单位")
        cells = {} if absent else {
            row["function"]: Cell(row["mentions"], row["per_measure"] / longest) for row in rows.to_dict("records")
        }  # fmt: skip
        columns.append(Column(rows["city"].iloc[0], under, colours[str(city)], cells, absent))
    names = dict(zip(load["function"], load["function_name"], strict=True))
    return _matrix([("", functions)], names, columns, track=1 / longest)


def _matrix(
    groups: list[tuple[str, list[str]]], labels: dict[str, str], columns: list[Column], *, track: float = 0.0
) -> Figure:
    """Draw rows in groups and cities in columns; `track` is the length of a pale bar behind every bar."""
    blocks = [columns[place : place + MOST_COLUMNS] for place in range(0, len(columns), MOST_COLUMNS)]
    head = NAME + LINE * (1 + max(column.under.count("\n") for column in columns)) + 0.08
    tall = head + sum(HEADING * bool(heading) + ROW * len(ids) for heading, ids in groups)
    height = tall * len(blocks) + GAP * (len(blocks) - 1)
    figure = style.canvas(height)
    axes = page(figure, height)
    left = style.MARGIN + max(style.text_width(labels[row], 9.5) for _, ids in groups for row in ids) + 0.2
    width = min(WIDEST, (style.WIDTH - style.MARGIN - left) / len(blocks[0]))
    for place, block in enumerate(blocks):
        top = place * (tall + GAP)
        middles = _rows(axes, groups, labels, top + head, left + width * len(block))
        for across, column in enumerate(block):
            _column(axes, column, (left + width * across, top, width), middles, track)
    return figure


def _rows(
    axes: Axes, groups: list[tuple[str, list[str]]], labels: dict[str, str], top: float, right: float
) -> dict[str, float]:
    """Write the labels of all rows with a line above each, and return the middle of every row."""
    middles = {}
    for heading, ids in groups:
        if heading:
            axes.text(style.MARGIN, top + HEADING - 0.14, heading, size=9, color=style.QUIET, va="center")
            top += HEADING
        for row in ids:
            axes.plot([style.MARGIN, right], [top, top], color=style.RULE, lw=0.6, zorder=1)
            middles[row] = top + ROW / 2
            axes.text(style.MARGIN, middles[row], labels[row], size=9.5, va="center")
            top += ROW
    return middles


def _column(
    axes: Axes, column: Column, place: tuple[float, float, float], middles: dict[str, float], track: float
) -> None:
    """Draw a city at a place: left, top and width in inches."""
    left, top, width = place
    start = left + COUNT
    axes.text(start, top + NAME / 2, column.name, size=10, color=style.readable(column.colour), va="center")
    axes.text(start, top + NAME, column.under, size=8.5, color=style.QUIET, va="top", linespacing=1.2)
    if column.absent:
        _absent(axes, column.absent, start, left + width, list(middles.values()))
        return
    beside = BESIDE if any(cell.beside for cell in column.cells.values()) else 0.1
    for row, y in middles.items():
        _cell(axes, column.cells[row], column.colour, start, y, width - COUNT - beside, track)


def _absent(axes: Axes, text: str, start: float, right: float, middles: list[float]) -> None:
    """Frame the column of a city that has no counts, empty but for the words that say why."""
    left, top, tall = start - 0.14, middles[0] - ROW / 2, middles[-1] - middles[0] + ROW
    frame: dict[str, Any] = {"facecolor": "none", "edgecolor": style.BENCHMARK, "lw": 0.8, "ls": (0, (3, 3))}
    axes.add_patch(Rectangle((left, top), right - left, tall, facecolor=style.PAPER, edgecolor="none", zorder=2))
    axes.add_patch(Rectangle((left, top), right - left - 0.07, tall, zorder=2, **frame))
    words = style.wrap(text, right - start - 0.1, 9)
    axes.text(start, top + 0.08, words, size=9, color=style.QUIET, va="top", linespacing=1.3, zorder=3)


def _cell(axes: Axes, cell: Cell, colour: str, start: float, y: float, room: float, track: float) -> None:
    counted: dict[str, Any] = {"x": start - 0.1, "y": y, "size": 9.5, "ha": "right", "va": "center"}
    if not cell.count:
        axes.text(s="–", color=style.QUIET, **counted)
        across = [start + 0.04 + 0.12 * place for place in range(cell.dots)]
        axes.plot(across, [y] * cell.dots, "o", ms=5.5, mfc=style.PAPER, mec=colour, mew=1.3, zorder=3)
        return
    axes.text(s=str(cell.count), **counted)
    for length, fill in ((track, SHADE), (cell.length, colour)):
        axes.add_patch(Rectangle((start, y - BAR / 2), room * length, BAR, facecolor=fill, edgecolor="none", zorder=2))
    axes.text(start + room * cell.length + 0.07, y, cell.beside, size=8.5, color=style.QUIET, va="center")
