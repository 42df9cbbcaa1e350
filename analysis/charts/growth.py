"""The chart of compound rates: dots on one axis, in blocks of what may be compared."""

from math import ceil

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from .. import style
from ..rows import Record
from .base import inches, lines

RATES_LEFT, RATES_WIDTH = 3.3, 2.15  # inches: the axis of rates between labels and numbers
RATES_LABEL, RATES_CITY = 2.45, 0.95  # inches: the widest label and the widest name of a city, broken beyond
TICKS, MOST_TICKS = 0.05, 6  # the least between two ticks of the axis, and for how many there is room


def growth_rates(rates: pd.DataFrame, groups: list[tuple[str, list[str]]], *, colours: dict[str, str]) -> Figure:
    """Draw compound rates as dots on one axis, a block a group, the rows in the groups' order.

    `rates` are rows of `growth.growth_table` with a `label`; `groups` pairs a heading with the target ids
    under it. A hollow dot is the second reading; its years stand beside it. Negative rates stand left of zero.
    """
    texts = {row["target_id"]: _rate_texts(row, rates["city"]) for row in rates.to_dict("records")}
    extra = {target: 0.16 * max(0, lines(*cells) - 2) for target, cells in texts.items()}
    height = 0.45 + 0.4 * len(groups) + 0.36 * sum(len(ids) for _, ids in groups) + sum(extra.values())
    figure = style.canvas(height)
    axes = style.panel(figure, RATES_LEFT, 0.35, RATES_WIDTH, height - 0.35)
    found = rates[["compound_rate", "alternative_compound_rate"]]
    least, most = min(0.0, found.min().min()), max(0.0, found.max().max())
    axes.set(xlim=(1.05 * least, 1.05 * most if most > least else TICKS), ylim=(height - 0.35, 0))
    rows, y = rates.set_index("target_id"), 0.0
    for heading, ids in groups:
        place = (style.MARGIN - RATES_LEFT, y + 0.24)
        axes.text(*place, heading, size=9, color=style.QUIET, va="center", transform=inches(axes))
        y += 0.4
        for target, row in rows.loc[ids].to_dict("index").items():
            _rate_row(axes, row, texts[target], y + 0.18 + extra[target] / 2, colours[row["city_id"]])
            y += 0.36 + extra[target]
    _rate_axis(axes)
    return figure


def _rate_texts(row: Record, cities: pd.Series) -> tuple[str, str]:
    """Return a row's label and city, broken so that they do not touch however long the cities' names are."""
    marks = ("†" if row["basis_status"] == "inferred" else "") + ("‡" if pd.notna(row["alternative_basis"]) else "")
    widest = max(style.text_width(line, 9) for city in cities for line in style.wrap(city, RATES_CITY, 9).split("\n"))
    room = min(RATES_LABEL, RATES_LEFT - style.MARGIN - widest - 0.2)
    label = style.wrap(row["indicator"] + ("\u00a0" + marks if marks else ""), room, 9.5)
    return label, style.wrap(row["city"], RATES_CITY, 9)


def _rate_row(axes: Axes, row: Record, texts: tuple[str, str], y: float, colour: str) -> None:
    across = inches(axes)
    axes.text(style.MARGIN - RATES_LEFT, y, texts[0], size=9.5, va="center", linespacing=1.15, transform=across)
    ink = style.readable(colour)
    axes.text(-0.1, y, texts[1], size=9, color=ink, ha="right", va="center", transform=across)
    axes.plot([0, row["compound_rate"]], [y, y], color=colour, lw=1.6, solid_capstyle="butt")
    if pd.notna(row["alternative_compound_rate"]):
        other = row["alternative_compound_rate"]
        axes.plot([row["compound_rate"], other], [y, y], color=colour, lw=1.2, ls=(0, (2, 1.5)))
        axes.plot(other, y, "o", ms=6.5, mfc=style.PAPER, mec=colour, mew=1.5)
    axes.plot(row["compound_rate"], y, "o", ms=7, color=colour)
    axes.text(RATES_WIDTH + 0.08, y, row["label"], size=8.5, va="center", transform=across)


def _rate_axis(axes: Axes) -> None:
    axes.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}%")
    first, last = axes.get_xlim()
    axes.xaxis.set_major_locator(MultipleLocator(TICKS * ceil((last - first) / (MOST_TICKS * TICKS))))
    axes.set_yticks([])
    axes.grid(axis="x", color=style.RULE, lw=0.6)
    axes.set_axisbelow(True)
