"""Draw frames that are already computed; every function returns a figure without title and source."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator
from matplotlib.transforms import Affine2D, Transform, blended_transform_factory

from . import style
from .language import word

DIMENSIONS = ("creation", "utilisation", "protection", "management", "services", "environment")
CIRCLE, DIAMOND = "o", "D"


def target_rows(promised: pd.DataFrame, *, colour: str, lang: str) -> Figure:
    """Draw one row a target, baseline to target on the row's own scale from zero.

    `promised` comes from `promises.targets`. A filled mark is the baseline, a hollow one the target,
    a diamond a target that the plan only strives for; † marks what is inferred.
    """
    groups = [(name, rows) for name in DIMENSIONS if len(rows := promised[promised["dimension"] == name])]
    height = 0.1 + sum(0.36 + 0.4 * len(rows) for _, rows in groups)
    figure = style.canvas(height)
    axes = _page(figure, height)
    top = 0.05
    for name, rows in groups:
        axes.text(style.MARGIN, top + 0.2, word(name, lang), color=style.QUIET, size=9, va="center")
        axes.plot([style.MARGIN, style.WIDTH - style.MARGIN], [top + 0.34] * 2, color=style.RULE, lw=0.8)
        top += 0.36
        order = rows.assign(place=rows["share_of_target"].fillna(2)).sort_values(
            ["wording", "place"], key=_reading_order
        )
        for row in order.to_dict("records"):
            _target_row(axes, row, top + 0.2, colour, lang)
            top += 0.4
    return figure


ROW_START, ROW_END = 3.45, 6.35  # inches: the scale between label and target text


def _reading_order(column: pd.Series) -> pd.Series:
    """Sort by how far a promise can be followed, then from the steepest to the flattest."""
    order = {"start-and-end": 0, "end-only": 1, "every-year": 2, "in-words": 3}
    return column.map(order) if column.name == "wording" else column


def _target_row(axes: Axes, row: dict, y: float, colour: str, lang: str) -> None:
    label = row["indicator"] + ("\u00a0†" if row["inferred"] else "")
    axes.text(style.MARGIN, y, style.wrap(label, 3.1, 9.5), size=9.5, va="center", linespacing=1.2)
    if row["wording"] == "in-words":
        text = style.wrap(f"{row['target']} – {word('in-words', lang)}", style.WIDTH - ROW_START - style.MARGIN, 9)
        axes.text(ROW_START, y, text, size=9, va="center")
        return
    axes.plot([ROW_START, ROW_END], [y, y], color=style.RULE, lw=1, zorder=1)
    if row["wording"] == "start-and-end":
        _arrow(axes, row, y, colour)
    else:
        key = "no-start" if row["wording"] == "end-only" else "every-year"
        key = "yearly-mean" if row["basis"] == "period-mean" else key
        key = "every-year" if row["basis"] == "growth-rate" else key
        axes.text(ROW_START, y, word(key, lang), size=8.5, color=style.QUIET, va="center", bbox=_patch(), zorder=2)
    marker = DIAMOND if row["aspirational"] else CIRCLE
    axes.plot(
        ROW_END, y, marker=marker, ms=8 if marker == CIRCLE else 7, mfc=style.PAPER, mec=colour, mew=1.8, zorder=3
    )
    axes.text(ROW_END + 0.14, y, style.wrap(row["target"], 1.35, 9.5), size=9.5, va="center", linespacing=1.2)


def _arrow(axes: Axes, row: dict, y: float, colour: str) -> None:
    start = ROW_START + (ROW_END - ROW_START) * min(row["share_of_target"], 1.0)
    axes.plot(start, y, marker="o", ms=7, color=colour, zorder=3)
    style_ = {"arrowstyle": "-|>", "color": colour, "lw": 1.6, "shrinkA": 4, "shrinkB": 5, "mutation_scale": 9}
    axes.annotate("", xy=(ROW_END, y), xytext=(start, y), arrowprops=style_, zorder=2)
    room = start - ROW_START - 0.16
    fits = style.text_width(row["baseline"], 9) < room
    place = {"x": start - 0.1, "y": y, "ha": "right", "va": "center"}
    place = place if fits else {"x": start, "y": y - 0.07, "ha": "center", "va": "bottom"}
    axes.text(s=row["baseline"], size=9, color=style.QUIET, bbox=_patch(), zorder=2, **place)


def wording_grid(counts: pd.DataFrame, wordings: tuple[str, ...], *, colour: str, lang: str) -> Figure:
    """Draw one dot a target, by dimension and by how far the promise can be followed."""
    height = 0.62 + 0.46 * len(DIMENSIONS)
    figure = style.canvas(height)
    axes = _page(figure, height)
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


def _dots(axes: Axes, left: float, y: float, count: int, colour: str, *, filled: bool) -> None:
    if not count:
        axes.text(left, y, "–", size=9.5, color=style.QUIET, va="center")
        return
    across = [left + 0.07 + 0.155 * place for place in range(count)]
    axes.plot(across, [y] * count, "o", ms=7.5, mfc=colour if filled else style.PAPER, mec=colour, mew=1.6)
    axes.text(across[-1] + 0.14, y, str(count), size=9.5, va="center")


RATES_LEFT, RATES_WIDTH = 3.3, 2.15  # inches: the axis of rates between labels and numbers


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
        axes.text(*place, heading, size=9, color=style.QUIET, va="center", transform=_inches(axes))
        y += 0.4
        for row in rows.loc[ids].to_dict("records"):
            _rate_row(axes, row, y + 0.18, colours[row["city_id"]])
            y += 0.36
    _rate_axis(axes)
    return figure


def _rate_row(axes: Axes, row: dict, y: float, colour: str) -> None:
    marks = ("†" if row["basis_status"] == "inferred" else "") + ("‡" if pd.notna(row["alternative_basis"]) else "")
    name = style.wrap(row["indicator"] + ("\u00a0" + marks if marks else ""), 2.45, 9.5)
    inches = _inches(axes)
    axes.text(style.MARGIN - RATES_LEFT, y, name, size=9.5, va="center", linespacing=1.15, transform=inches)
    axes.text(-0.1, y, row["city"], size=9, color=style.readable(colour), ha="right", va="center", transform=inches)
    axes.plot([0, row["compound_rate"]], [y, y], color=colour, lw=1.6, solid_capstyle="butt")
    if pd.notna(row["alternative_compound_rate"]):
        other = row["alternative_compound_rate"]
        axes.plot([row["compound_rate"], other], [y, y], color=colour, lw=1.2, ls=(0, (2, 1.5)))
        axes.plot(other, y, "o", ms=6.5, mfc=style.PAPER, mec=colour, mew=1.5)
    axes.plot(row["compound_rate"], y, "o", ms=7, color=colour)
    axes.text(RATES_WIDTH + 0.08, y, row["label"], size=8.5, va="center", transform=inches)


def _rate_axis(axes: Axes) -> None:
    axes.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}%")
    axes.xaxis.set_major_locator(_locator(5))
    axes.set_yticks([])
    axes.grid(axis="x", color=style.RULE, lw=0.6)
    axes.set_axisbelow(True)


DRAWN, WITHHELD = 2.0, 1.35  # inches: the height of a panel with lines, and of one with reasons


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


def _page(figure: Figure, height: float) -> Axes:
    """Return axes that cover the figure, in inches from its upper left corner."""
    axes = style.panel(figure, 0, 0, style.WIDTH, height)
    axes.set(xlim=(0, style.WIDTH), ylim=(height, 0))
    axes.set_axis_off()
    return axes


def _inches(axes: Axes) -> Transform:
    """Return a transform with inches from the axes' left edge across and data upwards."""
    width = axes.get_position().width * style.WIDTH
    return blended_transform_factory(Affine2D().scale(1 / width, 1) + axes.transAxes, axes.transData)


def _locator(step_percent: float) -> MultipleLocator:
    return MultipleLocator(step_percent / 100)


def _patch() -> dict:
    """Return a white patch behind a text that a line would cross."""
    return {"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.2}
