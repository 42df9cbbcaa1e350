"""Charts of the money and the dates that the plans promise."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ... import style
from ...tables.records import Record
from ..base import inches, page

DATES_LEFT, DATES_WIDTH = 4.35, 2.55  # inches: the axis of years right of the commitments
BLOCK, SUM, APART = 0.1, 0.52, 0.2  # inches: the margin of a block of sums, a row of it, and between two blocks


def sums(frame: pd.DataFrame, *, colours: dict[str, str]) -> Figure:
    """Draw one bar a sum of money, the sums of each currency on a scale of their own from zero; no total.

    `frame` comes from `promises.sums`. Where there are several currencies, each has an axis of its own below the last.
    """
    blocks = [rows for _, rows in frame.groupby("base_unit_id", sort=False)]
    height = BLOCK + SUM * len(frame) + (BLOCK + APART) * (len(blocks) - 1)
    figure = style.canvas(height)
    axes = page(figure, height)
    top = 0.0
    for rows in blocks:
        _sums_block(axes, rows, top, colours)
        top += BLOCK + SUM * len(rows) + APART
    return figure


def _sums_block(axes: Axes, rows: pd.DataFrame, top: float, colours: dict[str, str]) -> None:
    """Draw the sums of one currency on one scale."""
    left, width = 4.3, 2.3
    for place, row in enumerate(rows.to_dict("records")):
        y = top + 0.3 + SUM * place
        colour = colours[row["city_id"]]
        axes.text(style.MARGIN, y, style.wrap(row["label"], 4.0, 9.5), size=9.5, va="center", linespacing=1.2)
        long = width * row["amount_base"] / rows["amount_base"].max()
        axes.barh(y, long, height=0.24, left=left, color=colour)
        axes.text(left + long + 0.1, y, row["amount_text"], size=9.5, va="center")
    axes.plot([left, left], [top + 0.05, top + BLOCK + SUM * len(rows) - 0.05], color=style.RULE, lw=1)


def time_line(frame: pd.DataFrame, *, colours: dict[str, str]) -> Figure:
    """Draw one row a dated commitment: a bar over the year that is stated, a mark at a stated month.

    A diamond or an open bar is a commitment that the plan only strives for.
    """
    height = 0.35 + 0.42 * len(frame)
    figure = style.canvas(height)
    axes = style.panel(figure, DATES_LEFT, 0.3, DATES_WIDTH, height - 0.3)
    years = frame["date"].str[:4].astype(int)
    first, last = int(years.min()), int(years.max()) + 1
    axes.set(xlim=(first, last), ylim=(height - 0.3, 0), yticks=[])
    ticks = _apart(sorted(set(years)), room=0.42 * (last - first) / DATES_WIDTH)
    axes.set_xticks([year + 0.5 for year in ticks], [str(year) for year in ticks])
    axes.set_axisbelow(True)
    for place, row in enumerate(frame.to_dict("records")):
        _date_row(axes, row, 0.22 + 0.42 * place, colours[row["city_id"]])
    return figure


def _apart(years: list[int], room: float) -> list[int]:
    """Return the years of a sorted list that stand so many years from the last one kept, the first one kept."""
    kept: list[int] = []
    for year in years:
        if not kept or year - kept[-1] >= room:
            kept.append(year)
    return kept


def _date_row(axes: Axes, row: Record, y: float, colour: str) -> None:
    across = inches(axes)
    left = style.MARGIN - DATES_LEFT
    axes.axhline(y, color=style.RULE, lw=0.6, zorder=0)
    axes.text(left, y, row["city"], size=9, color=style.readable(colour), va="center", transform=across)
    text = style.wrap(row["commitment"], 3.35, 9.5)
    axes.text(left + 0.7, y, text, size=9.5, va="center", linespacing=1.15, transform=across)
    year, _, month = row["date"].partition("-")
    face = style.PAPER if row["aspirational"] else colour
    if month:
        axes.plot(int(year) + (int(month) - 0.5) / 12, y, "D", ms=7, mfc=face, mec=colour, mew=1.6, clip_on=False)
    else:
        axes.barh(y, 1, height=0.16, left=int(year), facecolor=face, edgecolor=colour, linewidth=1.4)
    axes.text(DATES_WIDTH + 0.1, y, row["kind"], size=8.5, color=style.QUIET, va="center", transform=across)
