"""The indicators that several cities state both ends of: a panel each, with lines or with reasons."""

from collections.abc import Sequence
from typing import Any, cast

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import style
from ..files import file_name
from ..language import part_of, quantity, say, sentences, word
from ..methods.comparability import BOTH, among, group_numbers, matrix
from ..methods.units import harmonise
from ..tables import Tables
from ..tables.datapackage import Record
from ..texts.base import Sentences, nothing
from ..texts.growth import growth_in_words, other_span
from .base import Picture, city_colours, figure, lines, sources, upwards


@figure
def growth_shared(
    rates: pd.DataFrame, plans: Tables, lang: str, cities: Sequence[str] = (), indicators: Sequence[str] = ()
) -> Picture | Sentences:
    """Draw the shared indicators among rows of `growth.growth_table`."""
    panels = _shared_panels(rates, among(matrix(plans), rates), plans, lang)
    if not panels:
        return nothing("no-shared", lang)
    shared, colours = _panel_rows(panels, rates), city_colours(plans)
    return Picture(
        file_name("growth-shared", cities, indicators),
        _shared_indicators_words(panels, shared, plans, lang),
        shared,
        lambda: _draw_shared_indicators(panels, colours=colours, lang=lang),
        lang,
    )


VALUES = ["baseline_value", "target_value"]


def _shared_panels(rates: pd.DataFrame, pairs: pd.DataFrame, tables: Tables, lang: str) -> list[dict[str, Any]]:
    """Return the panels of every indicator for which several cities state baseline and target.

    Each holds the lines whose growth may be compared, with their labels, or the reasons why not; an indicator has
    one panel unless its targets fall into several groups, none of which may be compared with another.
    `pairs` comes from `comparability.matrix`.
    """
    drawn = harmonise(rates, VALUES, tables.units).set_index("target_id")[VALUES].to_dict("index")
    panels = []
    for _, rows in rates.groupby("indicator_id", sort=False):
        own = among(pairs, rows)
        if own.empty:
            continue
        number = rows["target_id"].map(group_numbers(own, "growth"))
        for alike in number.dropna().sort_values().unique() if number.notna().any() else [None]:
            panel = _shared_panel(rows, number == alike, own, tables, lang)
            # The labels have each city's own unit, the axis one unit for all.
            panels.append(panel | {"lines": [line | drawn[line["target_id"]] for line in panel["lines"]]})
    return sorted(panels, key=lambda panel: not panel["lines"])


def _shared_panel(
    rows: pd.DataFrame, alike: pd.Series, pairs: pd.DataFrame, tables: Tables, lang: str
) -> dict[str, Any]:
    """Return the panel of one indicator that draws the rows that are alike and states the others."""
    others = rows[~alike]
    apart = pairs[pairs["target_a"].isin(others["target_id"]) | pairs["target_b"].isin(others["target_id"])]
    stops = [reason for reasons in apart.loc[~apart["growth"], "reasons"] for reason in reasons if reason.stops == BOTH]
    return {
        "indicator": rows["indicator"].iloc[0],
        "target_ids": rows["target_id"].tolist(),
        "lines": [_line(row, tables, lang) for row in rows[alike].to_dict("records")],
        "reasons": list(dict.fromkeys(getattr(reason, lang) for reason in stops)),
        "stated": [_stated(row, tables, lang) for row in others.to_dict("records")],
    }


def _panel_rows(panels: list[dict[str, Any]], rates: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the growth table that the panels show, drawn or only stated."""
    shown = list(dict.fromkeys(target for panel in panels for target in panel["target_ids"]))
    return rates.set_index("target_id").loc[shown].reset_index()


def _line(row: Record, tables: Tables, lang: str) -> Record:
    """Return a row with the labels of both ends; the second reading stands under the first."""
    start, end = _ends(row, tables, lang)
    label = f"{row['city']} {end}\n{growth_in_words(row, tables.units, lang)}"
    other = growth_in_words(row, tables.units, lang, reading="alternative_")
    if other:
        label += say(
            lang, f"\n({other.removesuffix(' a year')}{other_span(row, lang)})", f"\n{other}{other_span(row, lang)}"
        )
    return row | {"label_start": start, "label_end": label}


def _ends(row: Record, tables: Tables, lang: str) -> tuple[str, str]:
    """Return baseline and target as short as a figure needs them: names and ends of lines say the unit."""
    unit = tables.units.set_index("unit_id").loc[row["unit_id"]]
    start = (
        f"{row['baseline_value']:g}"
        if unit["kind"] in ("ratio", "score")
        else quantity(row["baseline_value"], unit, lang)
    )
    end = f"{row['target_value']:g}" if unit["kind"] == "ratio" else quantity(row["target_value"], unit, lang)
    return start, end


def _stated(row: Record, tables: Tables, lang: str) -> str:
    """Return what a row states, in words, for a panel that draws nothing."""
    start, end = _ends(row, tables, lang)
    mark = " †" if row["basis_status"] == "inferred" else ""
    basis = word(row["basis"], lang) + mark
    return say(lang, f"{row['city']}: {start} → {end} ({basis})", f"{row['city']}：{start} → {end}（{basis}）")


def _shared_indicators_words(
    panels: list[dict[str, Any]], shared: pd.DataFrame, tables: Tables, lang: str
) -> dict[str, str]:
    """Return the caption of the panels of shared indicators; `shared` are the rows that they show."""
    title = _comparable(panels, lang)
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Baseline ● to target ○ of indicators for which several cities state both; dashed: as promised; "
            "each panel has its own scale from zero",
            "多个城市均列有基期值●与目标值○的指标；虚线为承诺；各图自有刻度，均自零起",
        ),
        "source": sources(shared, tables, lang),
        "note": _shared_note(panels, shared, lang),
        "alt": sentences([title, *(_panel_as_text(panel, lang) for panel in panels)], lang),
    }


def _comparable(panels: list[dict[str, Any]], lang: str) -> str:
    """Return for how many of the shared indicators growth may be compared."""
    compared = len({panel["indicator"] for panel in panels if panel["lines"]})
    total = len({panel["indicator"] for panel in panels})
    chinese = f"{compared}项增长可比，{total - compared}项不可比"
    if compared in (0, total):
        chinese = f"{'均' * (total > 1)}{'增长可比' if compared else '增长不可比'}"
    return say(
        lang,
        f"Growth may be compared for {part_of(compared, total, 'indicator')} that cities share",
        f"城市共有的{total}项指标{'中' * (0 < compared < total)}，{chinese}",
    )


def _shared_note(panels: list[dict[str, Any]], shared: pd.DataFrame, lang: str) -> str:
    notes = []
    if any(len({(line["baseline_year"], line["target_year"]) for line in panel["lines"]}) > 1 for panel in panels):
        english = "Where years differ, growth is compared as a yearly rate."
        notes.append(say(lang, english, "起止年份不同者，以年率比较增长。"))
    if (shared["basis_status"] == "inferred").any():
        notes.append(say(lang, "† basis inferred.", "†口径为推定。"))
    return say(lang, " ", "").join(notes)


def _panel_as_text(panel: dict[str, Any], lang: str) -> str:
    ends = [line["label_end"].replace("\n", " ") for line in panel["lines"]]
    cells = ends or [*panel["stated"], *panel["reasons"]]
    name: str = panel["indicator"]
    return name + say(lang, ": ", "：") + say(lang, "; ", "；").join(cell.strip(".。") for cell in cells)


SLOPES_LEFT, SLOPES_WIDTH = 0.25, 1.85  # inches: the lines of a panel; the labels of their ends follow
LINE, LABEL = 0.157, 0.15  # inches: the height of a line of reasons, and of a label of a line's end
CLOSE = 0.3  # inches between two points under which the labels over them would touch
DRAWN, WITHHELD = 2.0, 1.35  # inches: the least height of a panel with lines, and of one with reasons


def _draw_shared_indicators(panels: list[dict[str, Any]], *, colours: dict[str, str], lang: str) -> Figure:
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
            _draw_shared_panel(figure, panel, style.MARGIN + 4.0 * column, top - height, height, colours, lang)
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


def _draw_shared_panel(
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
