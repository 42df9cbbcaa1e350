"""The chart of which targets may be compared: one row a group of pairs, a mark for levels and one for growth."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ... import style
from ...language import word
from ...tables.records import Record
from ..base import page

# Inches: where the columns begin, and the middles of the marks.
NAME, CITIES, LEVELS, GROWTH, REASONS = style.MARGIN, 2.2, 4.22, 4.92, 5.4
LINE, PAD, HEADING, SIZE = 0.16, 0.16, 0.36, 9.0


def verdict_matrix(blocks: list[tuple[str, list[Record]]], *, lang: str) -> Figure:
    """Draw blocks of rows of `arrange.verdict_rows`, each under its heading.

    A full mark may be compared, a half-full one with caution, a hollow one not; the reason stands beside it.
    """
    laid = [(heading, [_laid(row, last) for row, last in _with_last(rows)]) for heading, rows in blocks if rows]
    height = 0.3 + sum(HEADING + sum(row["height"] for row in rows) + 0.1 for _, rows in laid)
    figure = style.canvas(height)
    axes = page(figure, height)
    for left, key, align in (
        (NAME, "indicator", "left"), (CITIES, "cities", "left"), (LEVELS, "levels", "center"),
        (GROWTH, "growth", "center"), (REASONS, "reasons", "left"),
    ):  # fmt: skip
        axes.text(left, 0.14, word(key, lang), size=9, color=style.QUIET, va="center", ha=align)
    top = 0.3
    for heading, rows in laid:
        axes.text(NAME, top + HEADING / 2, heading, size=10, va="center")
        top += HEADING
        for row in rows:
            _row(axes, row, top)
            top += row["height"]
        top += 0.1
    return figure


def _with_last(rows: list[Record]) -> list[tuple[Record, str]]:
    """Return every row with the indicator of the row above it."""
    return list(zip(rows, ["", *(row["indicator"] for row in rows)], strict=False))


def _laid(row: Record, above: str) -> Record:
    """Return a row with its texts broken into lines, its name only where it begins an indicator, and its height."""
    name = "" if row["indicator"] == above else style.wrap(row["indicator"], CITIES - NAME - 0.12, SIZE)
    cities = style.wrap(row["cities"], LEVELS - CITIES - 0.36, SIZE)
    reasons = style.wrap(row["reasons"], style.WIDTH - style.MARGIN - REASONS, SIZE)
    lines = max(text.count("\n") + 1 for text in (name, cities, reasons))
    return row | {"name": name, "cities": cities, "reasons": reasons, "height": LINE * lines + PAD}


def _row(axes: Axes, row: Record, top: float) -> None:
    start = NAME if row["name"] else CITIES
    axes.plot([start, style.WIDTH - style.MARGIN], [top, top], color=style.RULE, lw=0.8 if row["name"] else 0.5)
    y = top + PAD / 2
    for left, text, colour in (
        (NAME, row["name"], style.INK), (CITIES, row["cities"], style.INK), (REASONS, row["reasons"], style.QUIET),
    ):  # fmt: skip
        axes.text(left, y, text, size=SIZE, color=colour, va="top", linespacing=1.2)
    for left, standing in ((LEVELS, row["levels"]), (GROWTH, row["growth"])):
        _mark(axes, left, y + LINE / 2, standing)


def _mark(axes: Axes, x: float, y: float, standing: str) -> None:
    edge = style.BENCHMARK if standing == "no" else style.INK
    face = style.PAPER if standing == "no" else style.INK
    half: dict[str, Any] = {"fillstyle": "left", "markerfacecoloralt": style.PAPER} if standing == "caution" else {}
    axes.plot(x, y, "o", ms=8, mec=edge, mfc=face, mew=1.3, **half)
