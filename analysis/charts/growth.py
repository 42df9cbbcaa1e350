"""Charts of the pace that the plans imply."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from .. import style
from ..language import word
from .base import inches

RATES_LEFT, RATES_WIDTH = 3.3, 2.15  # inches: the axis of rates between labels and numbers
DRAWN, WITHHELD = 2.0, 1.35  # inches: the height of a panel with lines, and of one with reasons


def growth_rates(rates: pd.DataFrame, groups: list[tuple[str, list[str]]], *, colours: dict[str, str]) -> Figure:
    """Draw compound rates as dots on one axis, a block a group, the rows in the groups' order.

    `rates` are rows of `growth.growth_table` with a `label`; `groups` pairs a heading with the target ids
    under it. A hollow dot is the second reading; its years stand beside it.
    """
    height = 0.45 + 0.4 * len(groups) + 0.36 * sum(len(ids) for _, ids in groups)
    figure = style.canvas(height)
    axes = style.panel(figure, RATES_LEFT, 0.35, RATES_WIDTH, height - 0.35)
    end = 1.05 * rates[["compound_rate", "alternative_compound_rate"]].max().max()
    axes.set(xlim=(0, end), ylim=(height - 0.35, 0))
    rows, y = rates.set_index("target_id"), 0.0
    for heading, ids in groups:
        place = (style.MARGIN - RATES_LEFT, y + 0.24)
        axes.text(*place, heading, size=9, color=style.QUIET, va="center", transform=inches(axes))
        y += 0.4
        for row in rows.loc[ids].to_dict("records"):
            _rate_row(axes, row, y + 0.18, colours[row["city_id"]])
            y += 0.36
    _rate_axis(axes)
    return figure


def _rate_row(axes: Axes, row: dict, y: float, colour: str) -> None:
    marks = ("†" if row["basis_status"] == "inferred" else "") + ("‡" if pd.notna(row["alternative_basis"]) else "")
    name = style.wrap(row["indicator"] + ("\u00a0" + marks if marks else ""), 2.45, 9.5)
    across = inches(axes)
    axes.text(style.MARGIN - RATES_LEFT, y, name, size=9.5, va="center", linespacing=1.15, transform=across)
    axes.text(-0.1, y, row["city"], size=9, color=style.readable(colour), ha="right", va="center", transform=across)
    axes.plot([0, row["compound_rate"]], [y, y], color=colour, lw=1.6, solid_capstyle="butt")
    if pd.notna(row["alternative_compound_rate"]):
        other = row["alternative_compound_rate"]
        axes.plot([row["compound_rate"], other], [y, y], color=colour, lw=1.2, ls=(0, (2, 1.5)))
        axes.plot(other, y, "o", ms=6.5, mfc=style.PAPER, mec=colour, mew=1.5)
    axes.plot(row["compound_rate"], y, "o", ms=7, color=colour)
    axes.text(RATES_WIDTH + 0.08, y, row["label"], size=8.5, va="center", transform=across)


def _rate_axis(axes: Axes) -> None:
    axes.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}%")
    axes.xaxis.set_major_locator(_locator(5))
    axes.set_yticks([])
    axes.grid(axis="x", color=style.RULE, lw=0.6)
    axes.set_axisbelow(True)


def shared_indicators(panels: list[dict], *, colours: dict[str, str], lang: str) -> Figure:
    """Draw one small panel an indicator that several cities give a baseline and a target for.

    Each panel is a dict with `indicator`, `lines` (rows of the growth table that may be compared, with
    `label_start` and `label_end`), `reasons` (why the others may not be) and `stated` (what those state).
    Every panel has its own scale from zero.
    """
    rows = [panels[place : place + 2] for place in range(0, len(panels), 2)]
    heights = [DRAWN if any(panel["lines"] for panel in row) else WITHHELD for row in rows]
    figure = style.canvas(sum(heights) + 0.1 * len(rows))
    top = sum(heights) + 0.1 * len(rows)
    for row, height in zip(rows, heights, strict=True):
        for column, panel in enumerate(row):
            _shared_panel(figure, panel, style.MARGIN + 4.0 * column, top - height, height, colours, lang)
        top -= height + 0.1
    return figure


def _shared_panel(
    figure: Figure, panel: dict, left: float, bottom: float, height: float, colours: dict[str, str], lang: str
) -> None:
    head = style.panel(figure, left, bottom, 3.76, height)
    head.set(xlim=(0, 3.76), ylim=(height, 0))
    head.set_axis_off()
    head.text(0, 0.02, style.wrap(panel["indicator"], 3.6, 10), size=10, va="top", linespacing=1.2)
    if panel["lines"]:
        _slopes(style.panel(figure, left + 0.25, bottom + 0.28, 1.85, height - 0.82), panel["lines"], colours)
        return
    head.text(0, 0.27, word("not-comparable", lang), size=9.5, va="top")
    text = "\n".join(style.wrap(line, 3.5, 9) for line in [*panel["stated"], *panel["reasons"]])
    head.text(0, 0.5, text, size=9, color=style.QUIET, va="top", linespacing=1.25)


def _slopes(axes: Axes, lines: list[dict], colours: dict[str, str]) -> None:
    axes.set_ylim(0, max(line[value] for line in lines for value in ("baseline_value", "target_value")))
    for line in lines:
        _slope(axes, line, colours[line["city_id"]])
    _end_labels(axes, lines, colours)
    years = sorted({int(line[end]) for line in lines for end in ("baseline_year", "target_year")})
    axes.set(xticks=years, xlim=(years[0] - 0.15, years[-1] + 0.15), yticks=[])
    axes.axhline(0, color=style.RULE, lw=1)


def _slope(axes: Axes, line: dict, colour: str) -> None:
    years = [float(line["baseline_year"]), float(line["target_year"])]
    values = [line["baseline_value"], line["target_value"]]
    axes.plot(years, values, color=colour, lw=1.6, ls=(0, (4, 2)), zorder=2)
    axes.plot(years[0], values[0], "o", ms=7, color=colour, zorder=3, clip_on=False)
    axes.annotate(
        line["label_start"], (years[0], values[0]), xytext=(0, 7), textcoords="offset points", size=8.5,
        color=style.readable(colour), ha="center", va="bottom",
    )  # fmt: skip
    axes.plot(years[1], values[1], "o", ms=8, mfc=style.PAPER, mec=colour, mew=1.8, zorder=3, clip_on=False)


def _end_labels(axes: Axes, lines: list[dict], colours: dict[str, str]) -> None:
    """Write the labels beside the ends of the lines, moved apart where they would touch."""
    lines = sorted(lines, key=lambda line: line["target_value"])
    inch = axes.get_ylim()[1] / (axes.get_position().height * axes.figure.get_size_inches()[1])
    heights = [0.15 * inch * (line["label_end"].count("\n") + 1) for line in lines]
    wanted = [line["target_value"] for line in lines]
    for line, y in zip(lines, _apart(wanted, heights), strict=True):
        axes.text(
            1.05, y, line["label_end"], size=8.5, color=style.readable(colours[line["city_id"]]), va="center",
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


def _locator(step_percent: float) -> MultipleLocator:
    return MultipleLocator(step_percent / 100)
