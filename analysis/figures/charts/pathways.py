"""Charts of the paths that the plans imply."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ... import style
from ...language import say, word
from ...methods.pathways import HORIZON
from ...tables.records import Record
from ..base import page, upwards

LEFTS, WIDTH, PLOT = (0.2, 4.15), 2.75, 2.15  # inches: two panels side by side, room for names at their right
HEAD, FOOT = 0.62, 0.32  # inches above a panel for its names, below for its years
MOST_LABELLED = 3  # paths in a panel of which values and meetings are written out; more stand in the table only
NEAR = 0.17  # inches between two names at the ends of lines


def meetings(panels: list[dict[str, Any]], *, colours: dict[str, str], lang: str) -> Figure:
    """Draw a row a panel: the cities' paths at constant rates at the left, by constant amounts at the right.

    `panels` come from `arrange.meeting_panels`. Dashed up to the target, dotted beyond it; a ring where a city
    behind meets the one ahead. Both panels of a row have one scale, every row its own.
    """
    step = HEAD + PLOT + FOOT
    figure = style.canvas(step * len(panels))
    sheet = page(figure, step * len(panels))
    for place, panel in enumerate(panels):
        top = step * place
        sheet.text(style.MARGIN, top + 0.05, style.wrap(panel["indicator"], 7.6, 10.5), size=10.5, va="top")
        bottom = step * len(panels) - top - HEAD - PLOT
        for shape, left in zip(("geometric", "linear"), LEFTS, strict=True):
            sheet.text(left, top + 0.45, word(shape, lang), size=9, color=style.QUIET, va="center")
            _panel(style.panel(figure, left, bottom, WIDTH, PLOT), panel, panel["shapes"][shape], colours, lang)
    return figure


def _panel(axes: Axes, panel: dict[str, Any], shape: dict[str, Any], colours: dict[str, str], lang: str) -> None:
    start = min(line["baseline_year"] for line in shape["lines"])
    lines = [line for other in panel["shapes"].values() for line in other["lines"]]
    values = np.concatenate([line[part][1] for line in lines for part in ("plan", "beyond")])
    axes.set(xlim=(start - 0.3, panel["until"]), ylim=(min(0, values.min()), 1.02 * values.max()), yticks=[])
    middle = [panel["target_year"]] if panel["until"] - panel["target_year"] > 1 else []
    axes.set_xticks([start, *middle, panel["until"]])
    axes.axvspan(panel["target_year"], panel["until"], color=style.RULE, alpha=0.35, lw=0)
    axes.axhline(0, color=style.RULE, lw=1)
    for line in shape["lines"]:
        _path(axes, line, colours[line["city_id"]])
    for end in ("baseline", "target") if len(shape["lines"]) <= MOST_LABELLED else ():
        _values(axes, shape["lines"], end, colours)
    _names(axes, shape["lines"], colours)
    if len(shape["lines"]) <= MOST_LABELLED:
        met = [row for row in shape["crossings"] if row["meeting"] <= panel["until"]]
        _crossings(axes, met, lang)
        _without_crossing(axes, [row for row in shape["crossings"] if row not in met], lang)


def _path(axes: Axes, line: dict[str, Any], colour: str) -> None:
    axes.plot(*line["plan"], color=colour, lw=1.8, ls=(0, (4, 2)))
    axes.plot(*line["beyond"], color=colour, lw=1.4, ls=(0, (1, 1.6)))
    axes.plot(line["baseline_year"], line["baseline_value"], "o", ms=6.5, color=colour)
    axes.plot(line["target_year"], line["target_value"], "o", ms=7, mfc=style.PAPER, mec=colour, mew=1.6, zorder=3)


def _values(axes: Axes, lines: list[dict[str, Any]], end: str, colours: dict[str, str]) -> None:
    """Write the values over one end of every path, moved upwards where they would touch."""
    inch = axes.get_ylim()[1] / PLOT
    ordered = sorted(lines, key=lambda line: line[f"{end}_value"])
    places = upwards([line[f"{end}_value"] + 0.08 * inch for line in ordered], NEAR * inch)
    for line, y in zip(ordered, places, strict=True):
        colour = style.readable(colours[line["city_id"]])
        text, year = line[f"label_{end}"], line[f"{end}_year"]
        axes.text(year + _aside(axes, year, text), y, text, size=8.5, color=colour, ha="center", va="bottom", zorder=4)


def _aside(axes: Axes, year: float, text: str) -> float:
    """Return the years by which a text over a year moves right so as to stay on the canvas."""
    first, last = axes.get_xlim()
    inch = (last - first) / WIDTH
    room = axes.get_position().x0 * style.WIDTH + (year - first) / inch
    aside: float = max(0.0, style.text_width(text, 8.5) / 2 + 0.03 - room) * inch
    return aside


def _names(axes: Axes, lines: list[dict[str, Any]], colours: dict[str, str]) -> None:
    """Write the cities' names at the ends of their paths, moved apart where they would touch."""
    ordered = sorted(lines, key=lambda line: line["beyond"][1][-1])
    names = [style.wrap(line["city"], 0.95, 9) for line in ordered]
    apart = NEAR * max(name.count("\n") + 1 for name in names) * axes.get_ylim()[1] / PLOT
    places = upwards([line["beyond"][1][-1] for line in ordered], apart)
    for line, name, y in zip(ordered, names, places, strict=True):
        colour = style.readable(colours[line["city_id"]])
        axes.text(1.02, y, name, size=9, color=colour, va="center", transform=axes.get_yaxis_transform())


def _crossings(axes: Axes, rows: list[Record], lang: str) -> None:
    """Mark where paths meet, with the years after the target year, moved upwards where they would touch."""
    inch = axes.get_ylim()[1] / PLOT
    rows = sorted((row | {"value": _value(row)} for row in rows), key=lambda row: row["value"])
    places = upwards([row["value"] + 0.1 * inch for row in rows], NEAR * inch)
    for row, y in zip(rows, places, strict=True):
        axes.plot(row["meeting"], row["value"], "o", ms=11, mfc="none", mec=style.INK, mew=1.2, zorder=5)
        text = say(lang, f"{row['years']:.0f} years on", f"{row['years']:.0f}年后")
        axes.annotate(
            text, (row["meeting"], y), xytext=(-9, 0), textcoords="offset points", size=8.5, ha="right", va="bottom"
        )


def _value(row: Record) -> float:
    """Return the level at which two paths meet."""
    if row["shape"] == "geometric":
        return float(row["level_behind"] * (1 + row["pace_behind"]) ** row["years"])
    return float(row["level_behind"] + row["pace_behind"] * row["years"])


def _without_crossing(axes: Axes, rows: list[Record], lang: str) -> None:
    """Say below the paths which of them never meet, or meet later than the axis goes."""
    bottom = 0.04
    for row in rows:
        text = say(lang, f"{row['years']:.0f} years on", f"{row['years']:.0f}年后")
        if not row["years"] <= HORIZON:
            text = word("never" if pd.isna(row["meeting"]) else "not-in-a-century", lang)
        pair = say(lang, "{} = {}: {}", "{} = {}：{}").format(row["behind"], row["ahead"], text)
        pair = style.wrap(pair, 1.6, 8.5)
        axes.text(0.98, bottom, pair, size=8.5, ha="right", va="bottom", linespacing=1.1, transform=axes.transAxes)
        bottom += NEAR * (pair.count("\n") + 1) / PLOT
