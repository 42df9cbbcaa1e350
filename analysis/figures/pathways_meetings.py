"""When the city behind would stand where the city ahead stands, at constant rates."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import style
from ..files import file_name
from ..language import number, quantity, say, sentences, word
from ..methods.comparability import group_numbers
from ..methods.growth import growth_table
from ..methods.pathways import HORIZON, SHAPES, path
from ..methods.units import harmonise
from ..tables import Tables
from ..tables.datapackage import Cells, Record
from ..texts.base import Sentences, in_sentence, nothing
from ..texts.pathways import _in_words, meeting, not_met
from .base import Picture, city_colours, figure, page, sources, upwards


@figure
def pathways_meetings(
    meetings: pd.DataFrame, plans: Tables, lang: str, cities: Sequence[str] = (), indicators: Sequence[str] = ()
) -> Picture | Sentences:
    """Draw the rows of `pathways.catch_up_table` that go on at rates."""
    panels = _meeting_panels(meetings, plans, lang)
    if not panels:
        return nothing("no-rates-meet" if len(meetings) else "no-meetings", lang)
    colours = city_colours(plans)
    return Picture(
        file_name("pathways-meetings", cities, indicators),
        _meetings_words(panels, meetings, plans, lang),
        meetings,
        lambda: _draw_meetings(panels, colours=colours, lang=lang),
        lang,
    )


UNLIMITED = {"lower_limit": -np.inf, "upper_limit": np.inf}
BEYOND = 15  # years after the target year beyond which a meeting is only told, not drawn


def _meeting_panels(meetings: pd.DataFrame, tables: Tables, lang: str) -> list[dict[str, Any]]:
    """Return one dict a group of targets that can go on at rates: `indicator`, `target_year`, `until`, and the shapes.

    A group are targets of one indicator of which each may be compared with every other; where an indicator has
    several, `indicator` names the target year too. A shape has `lines` and `crossings`. `meetings` comes from
    `pathways.catch_up_table`; only the meetings with the city whose target is best are marked, the others stand in the
    table. A line has the years and values of a city's path up to `until`, or to the indicator's natural limit.
    """
    rates = harmonise(growth_table(tables, lang=lang), ["baseline_value", "target_value"], tables.units)
    rates = rates.set_index("target_id")
    rated = meetings[meetings["shape"] == "geometric"]
    rated = pd.concat([rated["behind_id"], rated["ahead_id"]])
    first = meetings[(meetings["reading"] == "target-year") & meetings["behind_id"].isin(rated)]
    first = first[first["ahead_id"].isin(rated)]
    pairs = first.rename(columns={"behind_id": "target_a", "ahead_id": "target_b"}).assign(levels=True)
    number = first["behind_id"].map(group_numbers(pairs, "levels"))
    groups = [group for _, group in first.groupby(["indicator_id", number.rename("group")], sort=False)]
    several = number.groupby(first["indicator_id"]).max() > 0
    return [_panel(group, rates, tables, lang, dated=several[group["indicator_id"].iloc[0]]) for group in groups]


def _panel(group: pd.DataFrame, rates: pd.DataFrame, tables: Tables, lang: str, *, dated: bool) -> dict[str, Any]:
    ids = pd.unique(pd.concat([group["behind_id"], group["ahead_id"]]))
    order = (rates.loc[ids, "direction"] * rates.loc[ids, "target_value"]).sort_values(ascending=False, kind="stable")
    rows = rates.loc[order.index].reset_index().to_dict("records")
    led = group[group["ahead_id"] == rows[0]["target_id"]]
    year = int(group["target_year"].iloc[0])
    last = led.loc[led["years"] <= BEYOND, "meeting"].max()
    until = int(np.ceil(year + 5 if pd.isna(last) else max(last + 1.5, year + 3)))
    shapes = {
        shape: {
            "lines": [_line(row, shape, until, tables, lang) for row in rows],
            "crossings": led[led["shape"] == shape].to_dict("records"),
        }
        for shape in SHAPES
    }
    symbol = tables.units.set_index("unit_id").loc[rows[0]["unit_id"], "symbol_zh"]
    name = group["indicator"].iloc[0] + (say(lang, f", {year}", f"，{year}年") if dated else "")
    heading = name + say(lang, "", f"（{symbol}）")
    targets = [row["target_id"] for row in rows]
    return {"indicator": heading, "target_ids": targets, "target_year": year, "until": until, "shapes": shapes}


def _line(row: Record, shape: str, until: int, tables: Tables, lang: str) -> Record:
    """Return a city's path: `plan` from baseline to target, `beyond` from there on at the same pace."""
    unit = tables.units.set_index("unit_id").loc[row["unit_id"]]
    # Chinese names the unit once, over the panel: 17.2件/万人 is wider than the place between two marks.
    shown = quantity if lang == "en" else _bare
    ends = (row["baseline_value"], row["target_value"], row["baseline_year"], row["target_year"])
    plan = np.linspace(row["baseline_year"], row["target_year"], 41)
    beyond = np.linspace(row["target_year"], until, 61)
    limits = tables.indicators.set_index("indicator_id").loc[row["indicator_id"], ["lower_limit", "upper_limit"]]
    return row | {
        "plan": (plan, path(*ends, at=plan, shape=shape)),
        "beyond": (beyond, np.clip(path(*ends, at=beyond, shape=shape), *limits.fillna(UNLIMITED))),
        "label_baseline": shown(row["baseline_value"], unit, lang),
        "label_target": shown(row["target_value"], unit, lang),
    }


def _bare(value: float, _: Cells, __: str) -> str:
    return number(value)


def _meetings_words(panels: list[dict[str, Any]], found: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the paths; `found` comes from `pathways.catch_up_table`, `panels` from `arrange`."""
    first = found[found["reading"] == "target-year"]
    drawn = [target for panel in panels for target in panel["target_ids"]]
    shown = tables.targets[tables.targets["target_id"].isin(drawn)]
    first = first[first["behind_id"].isin(drawn)]
    title = _finding(first, tables, lang)
    pairs = [group.to_dict("records") for _, group in first.groupby(["behind_id", "ahead_id"], sort=False)]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Baseline ●, target ○, and the path between them (dashed); beyond the plans (shaded) it goes on at the "
            "same pace (dotted). Ring: the city behind meets the one ahead. Both panels share a scale from zero",
            "基期值●、目标值○及其间的路径（虚线）；方案之后（灰底）按同一速度延长（点线）；圆环：落后城市追上领先城市；每行两图刻度相同，均自零起",
        ),
        "source": sources(shown, tables, lang),
        "note": say(
            lang,
            "Assumed: every target is met, and pace stays what it was. "
            "A year stands for its end. Scores and shares do not go on at a rate; they stand in the table only.",
            "假定：目标如期实现，速度保持不变。年份指年末。得分与比重不按增长率延长，仅列于表中。",
        ),
        "alt": sentences([title, *(_in_words(rows, lang) for rows in pairs)], lang),
    }


def _finding(first: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return what the first pair shows, at rates and by amounts."""
    pair = (first["behind_id"] == first["behind_id"].iloc[0]) & (first["ahead_id"] == first["ahead_id"].iloc[0])
    rows = first[pair].set_index("shape", drop=False).loc[["geometric", "linear"]].to_dict("records")
    name = in_sentence(rows[0]["indicator"], tables)
    return say(lang, f"On {name}, ", f"{rows[0]['indicator']}：") + meeting(rows, lang)


LEFTS, WIDTH, PLOT = (0.2, 4.15), 2.75, 2.15  # inches: two panels side by side, room for names at their right
HEAD, FOOT = 0.62, 0.32  # inches above a panel for its names, below for its years
MOST_LABELLED = 3  # paths in a panel of which values and meetings are written out; more stand in the table only
NEAR = 0.17  # inches between two names at the ends of lines


def _draw_meetings(panels: list[dict[str, Any]], *, colours: dict[str, str], lang: str) -> Figure:
    """Draw a row a panel: the cities' paths at constant rates at the left, by constant amounts at the right.

    `panels` come from `_meeting_panels`. Dashed up to the target, dotted beyond it; a ring where a city
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
            _draw_panel(style.panel(figure, left, bottom, WIDTH, PLOT), panel, panel["shapes"][shape], colours, lang)
    return figure


def _draw_panel(axes: Axes, panel: dict[str, Any], shape: dict[str, Any], colours: dict[str, str], lang: str) -> None:
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
        if not row["meeting"] <= HORIZON:
            text = not_met(row, lang)
        pair = say(lang, "{} = {}: {}", "{} = {}：{}").format(row["behind"], row["ahead"], text)
        pair = style.wrap(pair, 1.6, 8.5)
        axes.text(0.98, bottom, pair, size=8.5, ha="right", va="bottom", linespacing=1.1, transform=axes.transAxes)
        bottom += NEAR * (pair.count("\n") + 1) / PLOT
