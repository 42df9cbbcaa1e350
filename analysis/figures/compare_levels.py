"""The targets of cities side by side, where their levels may be compared, and why not elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .. import style
from ..files import file_name
from ..language import listed, lower_first, month, part_of, publishers, quantity, say, sentences, spelt_out, word
from ..methods.comparability import (
    DATED,
    DIFFERENT_INDICATOR,
    LEVELS,
    Reason,
    against_benchmark,
    among,
    compare,
    groups,
    matrix,
)
from ..methods.units import convert, harmonise
from ..tables import Tables, select_cities
from ..tables.datapackage import Record
from ..texts.base import Sentences, in_sentence, leader, nothing, wins
from .base import Picture, city_colours, figure, lines, page, sources


@figure
def compare_levels(
    stated: pd.DataFrame, plans: Tables, lang: str, cities: Sequence[str] = (), indicators: Sequence[str] = ()
) -> Picture | Sentences:
    """Draw the rows of `comparability.levels_table`, which is limited to these cities and indicators."""
    stated = stated[stated["city_kind"].ne("province") | stated["city_id"].isin(select_cities(plans))]
    pairs = among(matrix(plans), stated)
    panels = _level_panels(stated, pairs, among(against_benchmark(plans), stated), plans, lang)
    if not panels:
        return nothing("no-pairs", lang)
    shown, colours = _level_data(panels, stated), city_colours(plans)
    return Picture(
        file_name("compare-levels", cities, indicators),
        _level_panels_words(panels, shown, plans, lang),
        shown,
        lambda: _draw_level_panels(panels, colours=colours, lang=lang),
        lang,
    )


def _level_panels(
    levels: pd.DataFrame, pairs: pd.DataFrame, national: pd.DataFrame, tables: Tables, lang: str
) -> list[dict[str, Any]]:
    """Return a panel for each group of targets whose levels may be compared, then one for each indicator without.

    A panel is a dict: `heading`, `said` (its unit and cautions), `tick` (a number of its scale in words), `rows` (by
    target, the best first, the benchmark's last; empty where nothing may be compared), and what is not drawn, as
    `stated` in words with its `reasons`.
    `levels` comes from `comparability.levels_table`, `pairs` and `national` from `comparability.matrix` and
    `against_benchmark`.
    """
    drawn, worded = [], []
    for _, rows in levels.groupby("indicator_id", sort=False):
        own = among(pairs, rows)
        alike = groups(own, "levels")
        drawn += [_drawn(levels, rows, group, own, national, tables, lang) for group in alike]
        if len(own) and not alike:
            worded.append(_worded(rows, own, national, tables, lang))
    return sorted(drawn, key=lambda panel: -len(panel["rows"])) + worded


def _level_data(panels: list[dict[str, Any]], levels: pd.DataFrame) -> pd.DataFrame:
    """Return the targets that the panels show, with the panel's number and whether it draws them."""
    places = [
        {"panel": number, "target_id": target, "drawn": target in {row["target_id"] for row in panel["rows"]}}
        for number, panel in enumerate(panels, start=1)
        for target in panel["target_ids"]
    ]
    return pd.DataFrame(places, columns=["panel", "target_id", "drawn"]).merge(levels, on="target_id", how="left")


def _drawn(
    levels: pd.DataFrame, rows: pd.DataFrame, group: set[str], pairs: pd.DataFrame, national: pd.DataFrame,
    tables: Tables, lang: str,
) -> dict[str, Any]:  # fmt: skip
    """Return the panel of one group; beside it stand the indicator's other targets, and those that look alike."""
    beside = national.loc[national["levels"] & national["target_a"].isin(group), "target_b"]
    chosen = rows[rows["target_id"].isin(group)]
    one = harmonise(chosen, ["target_value"], tables.units)["target_value"]
    chosen = chosen.loc[(chosen["direction"] * one).sort_values(ascending=False, kind="stable").index]
    chosen = pd.concat([chosen, rows[rows["target_id"].isin(beside)]])
    units = tables.units.set_index("unit_id")
    unit_id = chosen["unit_id"].iloc[0]
    cautions = among(pairs, chosen)["reasons"]
    left = rows[~rows["target_id"].isin(chosen["target_id"])]
    alike = _look_alikes(levels, chosen.iloc[0])
    stops = _stops(product(chosen.to_dict("records")[:1], left.to_dict("records")))
    apart = pd.concat([left, alike])
    said = [
        _symbol(unit_id, units, lang),
        *_texts([r for reasons in cautions for r in reasons if r.warns >= LEVELS], lang),
    ]
    end = say(lang, f", {chosen['target_year'].iloc[0]}", f"，{chosen['target_year'].iloc[0]}年")
    return {
        "heading": chosen["indicator"].iloc[0] + end,
        "said": say(lang, "; ", "；").join(lower_first(text.rstrip(".。")) for text in said),
        "tick": partial(_plain, unit_id=unit_id, units=units, lang=lang),
        "rows": [_row(row, unit_id, units, lang) for row in chosen.to_dict("records")],
        "target_ids": [*chosen["target_id"], *apart["target_id"]],
        "stated": _stated(apart, chosen["indicator_id"].iloc[0], tables, lang),
        "reasons": _texts(stops + [DIFFERENT_INDICATOR] * (len(alike) > 0), lang),
    }


def _symbol(unit_id: str, units: pd.DataFrame, lang: str) -> str:
    """Return the unit as the figure's numbers have it: English writes counts and money out."""
    shown = units["base_unit_id"][unit_id] if lang == "en" else unit_id
    return str(units[f"symbol_{lang}"][shown])


def _plain(value: float, unit_id: str, units: pd.DataFrame, lang: str) -> str:
    """Return a value in words without the unit that its panel states."""
    return _bare(quantity(value, units.loc[unit_id], lang), unit_id, units, lang)


def _bare(text: str, unit_id: str, units: pd.DataFrame, lang: str) -> str:
    symbol = _symbol(unit_id, units, lang)
    return text if symbol == "%" else text.removesuffix(symbol).rstrip()


def _worded(
    rows: pd.DataFrame, pairs: pd.DataFrame, national: pd.DataFrame, tables: Tables, lang: str
) -> dict[str, Any]:
    """Return the panel of an indicator of which no two cities' levels may be compared."""
    cities = rows.set_index("target_id")["city"]
    national = among(national, rows)
    fit = national[national["levels"]]
    beside = [
        say(lang, f"Only {cities[a]} may be compared with {cities[b]}.", f"仅{cities[a]}可与{cities[b]}比较。")
        for a, b in zip(fit["target_a"], fit["target_b"], strict=True)
    ]
    every = [*pairs["reasons"], *national["reasons"]]
    stops = [reason for reasons in every for reason in reasons if reason.stops >= LEVELS]
    return {
        "heading": rows["indicator"].iloc[0],
        "rows": [],
        "target_ids": rows["target_id"].tolist(),
        "stated": _stated(rows, rows["indicator_id"].iloc[0], tables, lang),
        "reasons": _texts(stops, lang) + beside,
    }


def _look_alikes(levels: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    """Return the cities' targets of other indicators that are counted per head too, and so look comparable."""
    alike: pd.Series = (levels["unit_kind"] == "ratio") & (levels["unit_base_unit_id"] == row["unit_base_unit_id"])
    alike &= (levels["indicator_id"] != row["indicator_id"]) & (levels["city_kind"] != "nation")
    return levels[alike]


def _row(row: Record, unit_id: str, units: pd.DataFrame, lang: str) -> Record:
    """Return a row with its numbers in the panel's unit and its cells in words."""
    numbers = {
        name: convert(row[f"{name}_value"], row["unit_id"], unit_id, units=units.reset_index())
        for name in ("baseline", "target", "latest")
    }
    texts = {name: _bare(row[name], unit_id, units, lang) for name in numbers if pd.notna(numbers[name])}
    mark = " †" if row["basis_status"] == "inferred" else ""
    dated = say(lang, "{} ({})", "{}（{}）")
    unseen = word("unknown" if row["basis"] in DATED else "not-comparable", lang)
    cells = {"baseline": word("not-stated", lang), "target": texts["target"] + mark, "latest": lower_first(unseen)}
    if "baseline" in texts:
        cells["baseline"] = dated.format(texts["baseline"], row["baseline_year"])
    if "latest" in texts:
        cells["latest"] = dated.format(texts["latest"], month(row["latest_date"], lang))
    identity = {"target_id": row["target_id"], "city_id": row["city_id"], "city": row["city"], "kind": row["city_kind"]}
    return identity | {"numbers": numbers, "cells": cells}


def _stated(rows: pd.DataFrame, indicator: str, tables: Tables, lang: str) -> list[str]:
    """Return what targets say, in words; one of another indicator says which."""
    texts = []
    for row in rows.to_dict("records"):
        values = [row["baseline"]] if pd.notna(row["baseline_value"]) else []
        what = [] if row["indicator_id"] == indicator else [in_sentence(row["indicator"], tables)]
        year = [] if pd.isna(row["target_year"]) else [str(row["target_year"])]
        if row["basis"] != "qualitative" and not what:
            what = [word(row["basis"], lang) + (" †" if row["basis_status"] == "inferred" else "")]
        ends = " → ".join([*values, row["target"]])
        bracketed = say(lang, ", ", "，").join([*what, *year])
        texts.append(say(lang, f"{row['city']}: {ends} ({bracketed})", f"{row['city']}：{ends}（{bracketed}）"))
    return texts


def _stops(pairs: Iterable[tuple[Record, Record]]) -> list[Reason]:
    """Return the reasons that rule out comparing the levels of pairs of targets."""
    return [reason for a, b in pairs for reason in compare(a, b).reasons if reason.stops >= LEVELS]


def _texts(reasons: list[Reason], lang: str) -> list[str]:
    return list(dict.fromkeys(getattr(reason, lang) for reason in reasons))


def _level_panels_words(panels: list[dict[str, Any]], shown: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the panels of levels; `shown` comes from `_level_data`."""
    drawn = shown[shown["drawn"]]
    title = _finding(drawn, panels, lang)
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Baseline, target and latest observed value; dashed: not yet observed; every panel has its own unit and "
            "scale, which need not begin at zero",
            "基期值、目标值与最新观测值；虚线为尚未观测；各图自有单位与刻度，不一定自零起",
        ),
        "source": _source(shown, tables, lang),
        "note": _note(shown, tables, lang),
        "alt": sentences([title, *(_panel_as_text(panel, lang) for panel in panels)], lang),
    }


def _finding(drawn: pd.DataFrame, panels: list[dict[str, Any]], lang: str) -> str:
    """Return which city aims highest over the panels; a tie has no leader."""
    if drawn.empty:
        total = len(panels)
        return say(
            lang,
            f"The cities share {total} indicator{'s' * (total > 1)}, and no level may be compared",
            f"所选城市共有{total}项指标，水平{'均' * (total > 1)}不可比",
        )
    rows = _targets(panels, drawn)
    first, where = leader(rows, "value", "panel"), say(lang, "Where levels may be compared, ", "水平可比之处，")
    if first is None and wins(rows, "value", "panel").empty:
        return where + say(lang, "the targets are equally high", "各目标相同")
    if first is None:
        return where + say(lang, "no city sets the highest target most often", "各城市互有高低，不分先后")
    return _highest(rows, *first, lang)


def _highest(rows: pd.DataFrame, city: str, count: int, lang: str) -> str:
    """Return on how many panels a city's target is the highest, and how many of those are not per head."""
    total, indicators = rows["panel"].nunique(), rows["indicator_id"].nunique()
    noun = "comparable indicator" if indicators == total else "comparison"
    top = rows[rows["value"] == rows.groupby("panel")["value"].transform("max")].drop_duplicates("panel", keep=False)
    top = top[top["city"] == city]
    sized = int((~top["unit_kind"].isin(["ratio", "share", "score", "rate"])).sum())
    unit = "项" if indicators == total else "组"
    english = "" if not sized else ", not per head" if total == 1 else f", {spelt_out(sized)} of them not per head"
    chinese = "" if not sized else "，未按人口平均" if total == 1 else f"，其中{sized}{unit}未按人口平均"
    share = f"有{count}{unit}" if count < total else "各项" * (total > 1)
    less = (rows["direction"] == -1).any()
    furthest, highest = say(lang, ("furthest", "highest"), ("最进取", "最高"))
    what = "指标" if indicators == total else "比较"
    return say(
        lang,
        f"{city} sets the {furthest if less else highest} target on {part_of(count, total, noun)}{english}",
        f"水平可比的{total}{unit}{what}中，{city}{share}目标{furthest if less else highest}{chinese}",
    )


def _targets(panels: list[dict[str, Any]], drawn: pd.DataFrame) -> pd.DataFrame:
    """Return the cities' targets that are drawn, in the unit of their panel; the greater `value` aims further."""
    rows = [
        {"panel": place, "target_id": row["target_id"], "target": row["numbers"]["target"]}
        for place, panel in enumerate(panels)
        for row in panel["rows"]
        if row["kind"] != "nation"
    ]
    known = drawn.drop_duplicates("target_id")[["target_id", "city", "indicator_id", "unit_kind", "direction"]]
    found = pd.DataFrame(rows).merge(known, on="target_id")
    return found.assign(value=found["direction"] * found["target"])


def _source(shown: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return the documents, and who reported the observed values that are drawn."""
    seen = shown.loc[shown["drawn"] & shown["latest_value"].notna(), "latest_publisher"]
    names = say(lang, "; ", "；").join(publishers(name, lang) for name in dict.fromkeys(seen))
    observed = say(lang, f" Observed values: {names}.", f"观测值：{names}。") if names else ""
    return sources(shown, tables, lang) + observed


def _note(shown: pd.DataFrame, tables: Tables, lang: str) -> str:
    drawn = shown[shown["drawn"]]
    notes = []
    if (shown["basis_status"] == "inferred").any():
        notes.append(say(lang, "† basis inferred.", "†口径为推定。"))
    counts = dict.fromkeys(drawn.loc[drawn["unit_kind"].isin(["count", "money"]), "indicator"])
    if counts:
        names = listed([in_sentence(name, tables) for name in counts], lang)
        english = f"Not per head, so a large city states more without aiming higher: {names}."
        notes.append(say(lang, english, f"未按人口平均，城市大则数值大，并不说明目标更高：{names}。"))
    if (drawn["city_kind"] == "nation").any():
        notes.append(say(lang, "Grey: the national target, a benchmark.", "灰色为全国目标，仅作参照。"))
    return say(lang, " ", "").join(notes)


def _panel_as_text(panel: dict[str, Any], lang: str) -> str:
    to = say(lang, "{}: {} to {}, latest {}", "{}：{}至{}，最新{}")
    cells = [to.format(row["city"], *row["cells"].values()) for row in panel["rows"]]
    cells += [text.strip(".。") for text in (*panel["stated"], *panel["reasons"])]
    heading: str = panel["heading"]
    return heading + say(lang, ": ", "：") + say(lang, "; ", "；").join(cells)


MARKS = {"baseline": "●", "target": "○", "latest": "◆"}
NAMES, ASIDE = 1.15, 1.3  # inches: the widest name of a city, broken beyond; where words beside a panel begin
HEAD, ROW, SCALE, GAP = 0.46, 0.31, 0.3, 0.16  # inches: a panel's heading, a row, its scale, the space below
COLUMNS, LINE, SIZE = 0.28, 0.16, 9.0
RIGHT = style.WIDTH - style.MARGIN


@dataclass(frozen=True)
class Layout:
    """Where an axis begins and how wide it is, and where the columns of numbers begin, in inches."""

    left: float
    width: float
    columns: dict[str, float]


def _draw_level_panels(panels: list[dict[str, Any]], *, colours: dict[str, str], lang: str) -> Figure:
    """Draw the panels of `_level_panels`: baseline, target and latest value of every city in its row.

    A scale begins at zero unless all values lie in its upper half. What may not be compared stands in words,
    below its panel or, where there is no panel, in two columns at the end.
    """
    drawn, worded = ([panel for panel in panels if bool(panel["rows"]) is rows] for rows in (True, False))
    pairs = [worded[place : place + 2] for place in range(0, len(worded), 2)]
    height = COLUMNS * bool(drawn) + sum(map(_panel_height, drawn)) + 0.34 * bool(worded)
    height += sum(max(map(_words_height, pair)) for pair in pairs)
    figure = style.canvas(height)
    axes, top = page(figure, height), 0.0
    if drawn:
        layout = _layout(drawn, lang)
        top += _columns(axes, layout, lang)
    for panel in drawn:
        _panel(axes, panel, top, layout, colours, lang)
        top += _panel_height(panel)
    if worded:
        axes.text(style.MARGIN, top + 0.12, word("not-comparable", lang), size=10, color=style.QUIET, va="center")
        top += 0.34
    for pair in pairs:
        for left, panel in zip((style.MARGIN, style.MARGIN + 3.96), pair, strict=False):
            _words(axes, panel, left, top)
        top += max(map(_words_height, pair))
    return figure


def _layout(panels: list[dict[str, Any]], lang: str) -> Layout:
    """Return the places that leave names and numbers as much room as they need, and the axis the rest."""
    rows = [row for panel in panels for row in panel["rows"]]
    names = max(style.text_width(line, 9.5) for row in rows for line in _name(row).split("\n"))
    columns, start = {}, RIGHT
    for key in reversed(MARKS):
        texts = [f"{MARKS[key]} {word(key, lang)}", *(row["cells"][key] for row in rows)]
        start -= max(style.text_width(text, SIZE) for text in texts) + 0.14
        columns[key] = start
    left = style.MARGIN + max(names, 0.7) + 0.3
    return Layout(left, start - 0.2 - left, columns)


def _columns(axes: Axes, layout: Layout, lang: str) -> float:
    for key, left in layout.columns.items():
        axes.text(left, 0.12, f"{MARKS[key]} {word(key, lang)}", size=SIZE, color=style.QUIET, va="center")
    return COLUMNS


def _name(row: Record) -> str:
    return style.wrap(row["city"], NAMES, 9.5)


def _row_height(row: Record) -> float:
    return ROW + LINE * (lines(_name(row)) - 1)


def _heading(panel: dict[str, Any]) -> tuple[str, bool]:
    """Return a panel's heading, and whether what is said of its unit has room beside it."""
    text = style.wrap(panel["heading"], RIGHT - style.MARGIN, 10)
    width = style.text_width(text, 10) + 0.15 + style.text_width(panel["said"], SIZE)
    return text, "\n" not in text and width < RIGHT - style.MARGIN


def _head_height(panel: dict[str, Any]) -> float:
    text, beside = _heading(panel)
    return HEAD + LINE * (lines(text) - 1 + (not beside))


def _panel_height(panel: dict[str, Any]) -> float:
    aside = LINE * lines(_aside(panel, RIGHT - ASIDE)) + 0.04 if panel["stated"] else 0.0
    return _head_height(panel) + sum(map(_row_height, panel["rows"])) + SCALE + aside + GAP


def _aside(panel: dict[str, Any], room: float) -> str:
    """Return what a panel does not draw, and why, broken into lines."""
    return "\n".join(style.wrap(line, room, SIZE) for line in [*panel["stated"], *panel["reasons"]])


def _words_height(panel: dict[str, Any]) -> float:
    return LINE * lines(_words_heading(panel)) + 0.06 + LINE * lines(_aside(panel, 3.7)) + 0.2


def _words_heading(panel: dict[str, Any]) -> str:
    return style.wrap(panel["heading"], 3.7, 9.5)


def _words(axes: Axes, panel: dict[str, Any], left: float, top: float) -> None:
    heading = _words_heading(panel)
    axes.text(left, top, heading, size=9.5, va="top", linespacing=1.15)
    place = top + LINE * lines(heading) + 0.06
    axes.text(left, place, _aside(panel, 3.7), size=SIZE, color=style.QUIET, va="top", linespacing=1.2)


def _panel(axes: Axes, panel: dict[str, Any], top: float, layout: Layout, colours: dict[str, str], lang: str) -> None:
    axes.plot([style.MARGIN, RIGHT], [top, top], color=style.RULE, lw=0.8)
    heading, beside = _heading(panel)
    axes.text(style.MARGIN, top + 0.12, heading, size=10, va="top", linespacing=1.15)
    left = style.MARGIN + (style.text_width(heading, 10) + 0.15 if beside else 0.0)
    place = top + 0.13 + (0.0 if beside else LINE * lines(heading) + 0.02)
    axes.text(left, place, panel["said"], size=SIZE, color=style.QUIET, va="top")
    top += _head_height(panel)
    bottom = top + sum(map(_row_height, panel["rows"]))
    first, last = _scale(axes, panel, top, bottom, layout)
    for row in panel["rows"]:
        places = {
            key: layout.left + layout.width * (value - first) / (last - first) for key, value in row["numbers"].items()
        }
        if row["kind"] != "nation":
            _draw_row(axes, row, places, top + _row_height(row) / 2, colours[row["city_id"]], layout)
        else:
            _benchmark(axes, row, places["target"], bottom - sum(map(_row_height, panel["rows"])), bottom)
            _draw_row(axes, row, places, top + _row_height(row) / 2, style.BENCHMARK, layout)
        top += _row_height(row)
    if panel["stated"]:
        axes.text(style.MARGIN, bottom + SCALE, word("not-comparable", lang), size=SIZE, va="top")
        text = _aside(panel, RIGHT - ASIDE)
        axes.text(ASIDE, bottom + SCALE, text, size=SIZE, color=style.QUIET, va="top", linespacing=1.2)


def _scale(axes: Axes, panel: dict[str, Any], top: float, bottom: float, layout: Layout) -> tuple[float, float]:
    """Draw a panel's scale and return its ends."""
    values = [value for row in panel["rows"] for value in row["numbers"].values() if pd.notna(value)]
    low, high = min(values), max(values)
    start = low - 0.2 * (high - low) if high / 2 < low < high else min(0.0, low)
    ticks = MaxNLocator(nbins=3, steps=[1, 2, 5, 10]).tick_values(start, high)
    first, last = min(start, ticks[0]), max(high, ticks[-1])
    for tick in ticks:
        x = layout.left + layout.width * (tick - first) / (last - first)
        axes.plot([x, x], [top, bottom], color=style.RULE, lw=0.6, zorder=1)
        axes.text(x, bottom + 0.1, panel["tick"](tick), size=8, color=style.QUIET, ha="center", va="center")
    return first, last


def _benchmark(axes: Axes, row: Record, x: float, top: float, bottom: float) -> None:
    """Draw the national target as a line through all rows, with its label."""
    axes.plot([x, x], [top, bottom], color=style.BENCHMARK, lw=1.2, zorder=1.5)
    text = f"{row['city']} {row['cells']['target']}"
    axes.text(x, top - 0.07, text, size=8, color=style.QUIET, ha="center", va="center")


def _draw_row(axes: Axes, row: Record, places: dict[str, float], y: float, colour: str, layout: Layout) -> None:
    """Draw a row: its city, its marks, and its numbers in their columns."""
    axes.text(style.MARGIN, y, _name(row), size=9.5, color=style.readable(colour), va="center", linespacing=1.15)
    for key, left in layout.columns.items():
        ink = style.QUIET if pd.isna(places[key]) else style.INK
        axes.text(left, y, row["cells"][key], size=SIZE, color=ink, va="center")
    if pd.notna(places["baseline"]):
        _way(axes, places, y, colour)
    axes.plot(places["target"], y, "o", ms=8, mfc=style.PAPER, mec=colour, mew=1.8, zorder=4)
    if pd.notna(places["latest"]):
        axes.plot(places["latest"], y, "D", ms=6.5, color=colour, zorder=5)


def _way(axes: Axes, places: dict[str, float], y: float, colour: str) -> None:
    """Draw the way from the baseline, solid up to the last observation, which may lie past the target."""
    start, end = places["baseline"], places["target"]
    seen = start if pd.isna(places["latest"]) else places["latest"]
    passed = seen != start and min(start, seen) <= end <= max(start, seen)
    axes.plot([start, seen], [y, y], color=colour, lw=1.6, zorder=2)
    _arrow(axes, start if passed else seen, end, y, colour, dashed=not passed)
    axes.plot(start, y, "o", ms=7, color=colour, zorder=3)


def _arrow(axes: Axes, start: float, end: float, y: float, colour: str, *, dashed: bool) -> None:
    line = {"color": colour, "lw": 1.6, "linestyle": (0, (3, 1.6)) if dashed else "-"}
    head = {"arrowstyle": "-|>", "shrinkA": 4, "shrinkB": 5, "mutation_scale": 9}
    axes.annotate("", xy=(end, y), xytext=(start, y), zorder=2, arrowprops=line | head)
