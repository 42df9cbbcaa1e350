"""Charts of what one city promises."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ... import style
from ...language import DIMENSIONS, word
from ...tables.records import Record
from ..base import page, patch

CIRCLE, DIAMOND = "o", "D"
ROW_START, ROW_END = 3.45, 6.35  # inches: the scale between label and target text


def target_rows(promised: pd.DataFrame, *, colour: str, lang: str) -> Figure:
    """Draw one row a target, baseline to target on the row's own scale from zero to the greater of the two.

    `promised` comes from `promises.targets`. A filled mark is the baseline, a hollow one the target,
    a diamond a target that the plan only strives for; † marks what is inferred. A target below its baseline stands left
    of it, and the text beside the row names both.
    """
    groups = [(name, rows) for name in DIMENSIONS if len(rows := promised[promised["dimension"] == name])]
    height = 0.1 + sum(0.36 + 0.4 * len(rows) for _, rows in groups)
    figure = style.canvas(height)
    axes = page(figure, height)
    top = 0.05
    for name, rows in groups:
        axes.text(style.MARGIN, top + 0.2, word(name, lang), color=style.QUIET, size=9, va="center")
        axes.plot([style.MARGIN, style.WIDTH - style.MARGIN], [top + 0.34] * 2, color=style.RULE, lw=0.8)
        top += 0.36
        share = rows["share_of_target"]
        steep = share.where(share <= 1, 1 / share).mask(rows["target_value"] == 0, 0)
        order = rows.assign(place=steep.fillna(2)).sort_values(["wording", "place"], key=_reading_order)
        for row in order.to_dict("records"):
            _target_row(axes, row, top + 0.2, colour, lang)
            top += 0.4
    return figure


def _reading_order(column: pd.Series) -> pd.Series:
    """Sort by how far a promise can be followed, then from the steepest to the flattest."""
    order = {"start-and-end": 0, "end-only": 1, "every-year": 2, "in-words": 3}
    return column.map(order) if column.name == "wording" else column


def _target_row(axes: Axes, row: Record, y: float, colour: str, lang: str) -> None:
    label = row["indicator"] + ("\u00a0†" if row["inferred"] else "")
    axes.text(style.MARGIN, y, style.wrap(label, 3.1, 9.5), size=9.5, va="center", linespacing=1.2)
    if row["wording"] == "in-words":
        text = style.wrap(f"{row['target']} – {word('in-words', lang)}", style.WIDTH - ROW_START - style.MARGIN, 9)
        axes.text(ROW_START, y, text, size=9, va="center")
        return
    axes.plot([ROW_START, ROW_END], [y, y], color=style.RULE, lw=1, zorder=1)
    end, text = ROW_END, row["target"]
    if row["wording"] == "start-and-end":
        start, end = _places(row["baseline_value"], row["target_value"])
        _arrow(axes, start, end, y, colour)
        if end < start:  # the text stands beside the baseline, so it names both
            text = f"{row['baseline']} → {text}"
        else:
            _baseline(axes, row["baseline"], start, y)
    else:
        key = "no-start" if row["wording"] == "end-only" else "every-year"
        key = "yearly-mean" if row["basis"] == "period-mean" else key
        key = "every-year" if row["basis"] == "growth-rate" else key
        axes.text(ROW_START, y, word(key, lang), size=8.5, color=style.QUIET, va="center", bbox=patch(), zorder=2)
    marker = DIAMOND if row["aspirational"] else CIRCLE
    axes.plot(end, y, marker=marker, ms=8 if marker == CIRCLE else 7, mfc=style.PAPER, mec=colour, mew=1.8, zorder=3)
    axes.text(ROW_END + 0.14, y, style.wrap(text, 1.35, 9.5), size=9.5, va="center", linespacing=1.2)


def _places(baseline: float, target: float) -> tuple[float, float]:
    """Return where baseline and target stand on a scale that begins at zero, or at the least value where it is less."""
    low, high = min(0.0, baseline, target), max(0.0, baseline, target)
    scale = (ROW_END - ROW_START) / ((high - low) or 1.0)
    return ROW_START + scale * (baseline - low), ROW_START + scale * (target - low)


def _arrow(axes: Axes, start: float, end: float, y: float, colour: str) -> None:
    axes.plot(start, y, marker="o", ms=7, color=colour, zorder=3)
    style_ = {"arrowstyle": "-|>", "color": colour, "lw": 1.6, "shrinkA": 4, "shrinkB": 5, "mutation_scale": 9}
    axes.annotate("", xy=(end, y), xytext=(start, y), arrowprops=style_, zorder=2)


def _baseline(axes: Axes, text: str, start: float, y: float) -> None:
    """Write the baseline left of its mark, or over it where there is no room."""
    fits = style.text_width(text, 9) < start - ROW_START - 0.16
    place: dict[str, Any] = {"x": start - 0.1, "y": y, "ha": "right", "va": "center"}
    place = place if fits else {"x": start, "y": y - 0.07, "ha": "center", "va": "bottom"}
    axes.text(s=text, size=9, color=style.QUIET, bbox=patch(), zorder=2, **place)


def wording_grid(counts: pd.DataFrame, wordings: tuple[str, ...], *, colour: str, lang: str) -> Figure:
    """Draw one dot a target, by dimension and by how far the promise can be followed."""
    height = 0.62 + 0.46 * len(DIMENSIONS)
    figure = style.canvas(height)
    axes = page(figure, height)
    lefts = [1.55 + 1.6 * place for place in range(len(wordings))]
    for left, wording in zip(lefts, wordings, strict=True):
        total = int(counts.loc[counts["wording"] == wording, "targets"].sum())
        head = style.wrap(word(wording, lang), 1.45, 9)
        axes.text(left, 0.42, head, size=9, color=style.INK if total else style.QUIET, va="baseline", linespacing=1.25)
    for place, name in enumerate(DIMENSIONS):
        y = 0.75 + 0.46 * place
        axes.plot([style.MARGIN, style.WIDTH - style.MARGIN], [y - 0.23] * 2, color=style.RULE, lw=0.8)
        axes.text(style.MARGIN, y, word(name, lang), size=9.5, va="center")
        for left, wording in zip(lefts, wordings, strict=True):
            chosen = counts[(counts["dimension"] == name) & (counts["wording"] == wording)]
            _dots(axes, left, y, int(chosen["targets"].sum()), colour, filled=wording == "start-and-end")
    return figure


MOST_DOTS = 8  # beyond this the dots would run into the next column


def _dots(axes: Axes, left: float, y: float, count: int, colour: str, *, filled: bool) -> None:
    if not count:
        axes.text(left, y, "–", size=9.5, color=style.QUIET, va="center")
        return
    across = [left + 0.07 + 0.155 * place for place in range(min(count, MOST_DOTS))]
    axes.plot(across, [y] * len(across), "o", ms=7.5, mfc=colour if filled else style.PAPER, mec=colour, mew=1.6)
    more = "+ " if count > MOST_DOTS else ""
    axes.text(across[-1] + 0.14, y, f"{more}{count}", size=9.5, va="center")
