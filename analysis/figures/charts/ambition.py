"""Charts of how much the plans want."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ... import style
from ...language import say, word
from ...methods.ambition import AXES
from ...tables.records import Record
from ..base import inches, page, upwards

LEFT, WIDTH = 3.3, 3.3  # inches: the axis between labels and values
ROW, HEAD = 0.36, 0.52
MOST_NAMES = 4  # more do not fit over one scale
SCORE_LEFT, SCORE_WIDTH, SCORE_ROW = 1.55, 5.6, 0.62


def ambition_axes(blocks: list[tuple[str, list[Record]]], *, colours: dict[str, str], lang: str) -> Figure:
    """Draw a block an axis of ambition, a row a target: its value as a dot on the block's own scale from zero.

    Negative values, of targets that go back, stand left of the zero line.
    `blocks` come from `arrange.axis_blocks`. The national target is the grey line on the axis of levels.
    """
    height = sum(HEAD + ROW * len(rows) + 0.12 for _, rows in blocks)
    figure = style.canvas(height)
    sheet = page(figure, height)
    top = 0.0
    for axis, rows in blocks:
        sheet.text(style.MARGIN, top + 0.17, word(axis, lang), size=10.5, va="center")
        measure = word(f"{axis}-measure", lang)
        sheet.text(LEFT, top + 0.17, measure, size=9, color=style.QUIET, va="center")
        tall = ROW * len(rows)
        axes = style.panel(figure, LEFT, height - top - HEAD + 0.18 - tall, WIDTH, tall)
        _block(axes, axis, rows, colours, lang)
        top += HEAD + tall + 0.12
    return figure


def _block(axes: Axes, axis: str, rows: list[Record], colours: dict[str, str], lang: str) -> None:
    values = [row["value"] for row in rows]
    least, most = min(0.0, *values), max(1.0 if axis == "level" else 0.0, *values)
    axes.set(xlim=(1.05 * least, 1.05 * most if most > least else 1.0), ylim=(len(rows), 0), xticks=[], yticks=[])
    axes.axvline(0, color=style.RULE, lw=1)
    if axis == "level":
        axes.axvline(1, color=style.BENCHMARK, lw=1.2)
        axes.text(
            1, len(rows) + 0.08, word("national-target", lang), size=8.5, color=style.QUIET, ha="center", va="top"
        )
    last = None
    for place, row in enumerate(rows):
        _row(axes, row, place + 0.5, colours[row["city_id"]], name=row["indicator"] != last)
        last = row["indicator"]


def _row(axes: Axes, row: Record, y: float, colour: str, *, name: bool) -> None:
    """Draw one row; the indicator is named once, over the cities that share it."""
    across = inches(axes)
    mark = " †" if row["basis_status"] == "inferred" else ""
    if name:
        label = style.wrap(row["indicator"] + mark, 2.3, 9)
        axes.text(style.MARGIN - LEFT, y, label, size=9, va="center", linespacing=1.1, transform=across)
    ink = style.readable(colour)
    city = style.wrap(row["city"], 0.85, 9)
    axes.text(-0.1, y, city, size=9, color=ink, ha="right", va="center", linespacing=1.0, transform=across)
    axes.plot([0, row["value"]], [y, y], color=colour, lw=1.6, solid_capstyle="butt")
    axes.plot(row["value"], y, "o", ms=7, color=colour, clip_on=False)
    axes.text(WIDTH + 0.1, y, row["label"], size=9, va="center", transform=across)


def ambition_score(rows: pd.DataFrame, *, colours: dict[str, str], lang: str) -> Figure:
    """Draw the cities' scores on every axis and in all, and below them where each city's rank may lie.

    `rows` come from `arrange.score_rows`. A rank's line runs from its 5th to its 95th percentile over all draws;
    the dot is the median, the ring the rank with the weights and methods as given.
    """
    kinds = [axis for axis in AXES if axis in rows] + ["score"]
    names = {"score": word("score-of-axes", lang)}
    upper, lower = SCORE_ROW * len(kinds), 0.62 + 0.4 * len(rows)
    height = upper + 0.35 + lower
    figure = style.canvas(height)
    sheet = page(figure, height)
    axes = style.panel(figure, SCORE_LEFT, lower + 0.35, SCORE_WIDTH, upper)
    axes.set(xlim=(0, 1), ylim=(len(kinds), 0), yticks=[])
    axes.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
    for place, kind in enumerate(kinds):
        label = names.get(kind) or word(kind, lang)
        _score_row(axes, rows, kind, place + 0.6, label, colours)
    text = say(lang, "Rank, from the 5th to the 95th percentile of all draws", "位次：全部抽样的第5至第95百分位")
    sheet.text(style.MARGIN, upper + 0.5, text, size=9, color=style.QUIET, va="center")
    _ranks(style.panel(figure, SCORE_LEFT, 0.28, SCORE_WIDTH, 0.4 * len(rows)), rows, colours)
    return figure


def _score_row(axes: Axes, rows: pd.DataFrame, kind: str, y: float, label: str, colours: dict[str, str]) -> None:
    """Draw one scale from 0 to 1 with a dot a city; a few names stand over them, many only beside the ranks below."""
    axes.plot(
        [0, 1], [y, y], color=style.BENCHMARK if kind == "score" else style.RULE, lw=1.6 if kind == "score" else 1
    )
    size = 11 if kind == "score" else 9.5
    axes.text(style.MARGIN - SCORE_LEFT, y, label, size=size, va="center", transform=inches(axes))
    ordered = rows[rows[kind].notna()].sort_values(kind).to_dict("records")
    widths = [style.text_width(row["city"], 8.5) / SCORE_WIDTH for row in ordered]
    places = upwards([row[kind] for row in ordered], 1.15 * max(widths, default=0))
    # Names that were moved right of the scale's end go back together.
    over = max(0.0, places[-1] - 1) if places else 0.0
    for row, x in zip(ordered, places, strict=True):
        colour = colours[row["city_id"]]
        axes.plot(row[kind], y, "o", ms=8, color=colour, clip_on=False, zorder=3)
        if len(ordered) > MOST_NAMES:
            continue
        axes.text(x - over, y - 0.2, row["city"], size=8.5, color=style.readable(colour), ha="center", va="bottom")


def _ranks(axes: Axes, rows: pd.DataFrame, colours: dict[str, str]) -> None:
    axes.set(xlim=(0.9, max(2, len(rows)) + 0.1), ylim=(len(rows), 0), yticks=[])
    axes.set_xticks(range(1, max(2, len(rows)) + 1))
    axes.grid(axis="x", color=style.RULE, lw=0.6)
    axes.set_axisbelow(True)
    for place, row in enumerate(rows.to_dict("records")):
        y, colour = place + 0.5, colours[row["city_id"]]
        city = style.wrap(row["city"], 1.35, 9.5)
        axes.text(
            style.MARGIN - SCORE_LEFT, y, city, size=9.5, color=style.readable(colour), va="center",
            transform=inches(axes),
        )  # fmt: skip
        axes.plot([row["p05"], row["p95"]], [y, y], color=colour, lw=5, alpha=0.35, solid_capstyle="butt")
        axes.plot(row["rank"], y, "o", ms=11, mfc="none", mec=colour, mew=1.4, clip_on=False)
        axes.plot(row["median"], y, "o", ms=6, color=colour, clip_on=False)
