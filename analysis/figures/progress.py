"""How many targets can be assessed, and how far those have come."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import style
from ..files import file_name
from ..language import listed, month, percent, publishers, say, sentences, spelt_out, word
from ..methods.comparability import compare
from ..methods.pathways import path
from ..methods.progress import observed
from ..tables import Tables, join
from ..tables.datapackage import Record
from ..texts.base import Sentences, in_sentence, nothing
from ..texts.progress import STEPS, assessable, assessed, by_ratio, how_many, ladder, needed, short_amount
from .base import Picture, city_colours, figure, page, patch, sources


@figure
def progress_assessable(
    progressed: pd.DataFrame, plans: Tables, lang: str, cities: Sequence[str] = (), indicators: Sequence[str] = ()
) -> Picture | Sentences:
    """Draw how many rows of `progress.progress_table` can be assessed, and why not the others."""
    if progressed.empty:
        return nothing("no-targets", lang)
    counts, colours = assessable(progressed), city_colours(plans)
    return Picture(
        file_name("progress-assessable", cities, indicators),
        _progress_assessable_words(counts, progressed, plans, lang),
        counts,
        lambda: _draw_progress_assessable(counts, colours=colours, lang=lang),
        lang,
    )


@figure
def progress_paths(
    progressed: pd.DataFrame, national: pd.DataFrame, plans: Tables, lang: str, cities: Sequence[str] = (),
    indicators: Sequence[str] = (),
) -> Picture | Sentences:  # fmt: skip
    """Draw the promised and the observed path of the rows of `progress.progress_table` that can be assessed."""
    rows = assessed(progressed)
    panels = _progress_panels(rows, national, plans, lang)
    if not panels:
        return nothing("no-progress", lang)
    colours = city_colours(plans)
    return Picture(
        file_name("progress-paths", cities, indicators),
        _progress_paths_words(panels, rows, plans, lang),
        _drawn(panels),
        lambda: _draw_progress_paths(panels, colours=colours),
        lang,
    )


def _progress_panels(rows: pd.DataFrame, national: pd.DataFrame, tables: Tables, lang: str) -> list[dict[str, Any]]:
    """Return one panel a target that can be assessed.

    Each holds `lines` – the target's own and, where levels may be compared, the benchmark's, of
    `progress.benchmark_table` – with `baseline`, `target` and `outcomes` as year, value and label, and the promised
    `paths`; `name`, and `words` that say how far it has come by either ratio.
    """
    units = tables.units.set_index("unit_id")
    seen = observed(tables, pd.concat([rows, national], ignore_index=True))
    peers = _peers(rows, national, tables)
    beside = {row["target_id"]: row for row in national.to_dict("records")}
    return [
        {
            "target_id": row["target_id"],
            "name": say(lang, f"{row['city']}: {row['indicator']}", f"{row['city']}：{row['indicator']}")
            + ("\u00a0†" if row["basis_status"] == "inferred" else ""),
            "city_id": row["city_id"],
            "lines": [_line(one, seen, units, lang) for one in (row, beside.get(peers.get(row["target_id"]))) if one],
            "words": _words(row, units, lang),
        }
        for row in rows.to_dict("records")
    ]


def _drawn(panels: list[dict[str, Any]]) -> pd.DataFrame:
    """Return every point of the panels, one row a baseline, observed value or target."""
    parts = [
        {"panel": panel["target_id"], "city_id": line["city_id"], "kind": kind, "year": point[0], "value": point[1]}
        for panel in panels
        for line in panel["lines"]
        for kind, points in (("baseline", line["baseline"]), ("observed", line["outcomes"]), ("target", line["target"]))
        for point in points
    ]
    return pd.DataFrame(parts)


def _peers(rows: pd.DataFrame, national: pd.DataFrame, tables: Tables) -> dict[str, str]:
    """Return the benchmark's target beside each target whose level may be compared with it."""
    joined = join(tables).set_index("target_id", drop=False)
    pairs = rows[["target_id", "indicator_id"]].merge(national[["target_id", "indicator_id"]], on="indicator_id")
    return {
        one: other
        for one, other in zip(pairs["target_id_x"], pairs["target_id_y"], strict=True)
        if compare(joined.loc[one], joined.loc[other]).levels
    }


def _line(row: Record, seen: pd.DataFrame, units: pd.DataFrame, lang: str) -> dict[str, Any]:
    """Return the points of one target with their labels, and the paths that it promises."""
    unit = units.loc[row["unit_id"]]
    own = seen[seen["target_id"] == row["target_id"]]
    start = (row["baseline_year"], row["baseline_value"])
    goal = say(lang, "target {}", "目标{}").format(short_amount(row["target_value"], unit, lang))
    return {
        "target_id": row["target_id"],
        "city_id": row["city_id"],
        "said_first": row["city"] + say(lang, ", ", "，"),
        "baseline": [] if pd.isna(start[1]) else [(float(start[0]), start[1], short_amount(start[1], unit, lang))],
        "target": [(float(row["target_year"]), row["target_value"], goal)],
        "outcomes": [
            (year, value, f"{short_amount(value, unit, lang)}\n{month(date, lang)}")
            for year, value, date in zip(own["year"], own["value"], own["date"], strict=True)
        ],
        "paths": _paths(row),
    }


def _paths(row: Record) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return the promised ways from baseline to target, the geometric one only where a compound ratio may be given."""
    if pd.isna(row["baseline_value"]):
        return {}
    start, end = float(row["baseline_year"]), float(row["target_year"])
    years = np.linspace(start, end, STEPS)
    shapes = ["linear"] if pd.isna(row["ratio_compound"]) else ["geometric", "linear"]
    return {
        shape: (years, path(row["baseline_value"], row["target_value"], start, end, at=years, shape=shape))
        for shape in shapes
    }


def _words(row: Record, units: pd.DataFrame, lang: str) -> list[str]:
    """Return how far a target has come: by either ratio, in shares of way and time, and what it needs from now."""
    if pd.isna(row["baseline_value"]):
        status = word(row["status_linear"], lang)
        english = f"{status.capitalize()}; no baseline is stated, so no ratio"
        return [say(lang, english, f"{status}；未列基期值，故无比率")]
    text = say(lang, "By compound rate: {}", "按复合年均增长率：{}").format(by_ratio(row, "compound", lang))
    if pd.notna(row["withheld"]):
        text = say(lang, "By compound rate: not given. {}", "按复合年均增长率：不列。{}").format(row["withheld"])
    way = say(lang, "{} of the way in {} of the time", "时间已过{1}，完成的比例为{0}")
    return [
        text,
        say(lang, "By straight line: {}", "按直线：{}").format(by_ratio(row, "linear", lang)),
        way.format(percent(row["share_done"], 0).replace("-", "−"), percent(row["share_of_time"], 0))
        + say(lang, "; needed from then: {}", "；此后尚需：{}").format(needed(row, units, lang)),
    ]


def _progress_paths_words(
    panels: list[dict[str, Any]], rows: pd.DataFrame, tables: Tables, lang: str
) -> dict[str, str]:
    """Return the caption of the promised and observed paths; `rows` are the assessed rows of the progress table."""
    title = _met(rows, tables, lang)
    own = observed(tables, rows)
    beside = _benchmark(panels, tables)
    texts = [panel["name"] + say(lang, ": ", "：") + say(lang, "; ", "；").join(panel["words"]) for panel in panels]
    marks = say(
        lang,
        "● baseline, ◆ observed value, ○ target; solid: observed, dashed: promised at a constant rate, dotted: "
        "promised by a constant amount. From zero; a year stands at its end",
        "●基期值，◆观测值，○目标值；实线为观测，虚线为按固定增长率的承诺路径，点线为按固定增量的承诺路径。自零起；年份指年末",
    )
    return {
        "title": title,
        "subtitle": marks,
        "source": sources(rows, tables, lang)
        + say(lang, " Observed: ", "观测值：")
        + _reported_words(own, tables, lang),
        "note": _note(rows, beside, tables, lang),
        "alt": sentences([title, *(text.rstrip(".。") for text in texts)], lang),
    }


def _met(rows: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return how many of the targets are met, or what became of the only one."""
    met, row = rows["status_linear"] == "achieved", rows.iloc[0]
    if len(rows) > 1:
        return say(
            lang,
            f"Of the {spelt_out(len(rows))} targets that can be assessed, {spelt_out(int(met.sum()))} "
            f"{'was' if met.sum() == 1 else 'were'} met at the latest known value",
            f"可以评估的{len(rows)}项目标中，{int(met.sum())}项在已知最新值时已实现",
        )
    name, goal, when = in_sentence(row["indicator"], tables), row["target_year"], month(row["date"], lang)
    if met.all():
        return say(
            lang,
            f"By {when} {row['city']} had met its {goal} target for {name}",
            f"至{when}，{row['city']}已实现{goal}年目标：{row['indicator']}",
        )
    if row["agree"]:
        english, chinese = "{} by both ratios", "两种比率均为“{}”"
        parts = [word(row["status_linear"], lang)]
    else:
        english, chinese = "{} by compound rate, {} by straight line", "按复合年均增长率为“{}”，按直线为“{}”"
        parts = [word(row["status_compound"], lang), word(row["status_linear"], lang)]
    return say(lang, f"{row['city']}'s {name}: {english}", f"{row['city']}{row['indicator']}：{chinese}").format(*parts)


def _reported_words(seen: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return who reported some observed values, and how sure they are."""
    by = tables.sources.set_index("source_id")["publisher"]
    part = say(lang, "{} ({}; {})", "{}（{}；{}）")
    groups = seen.assign(publisher=seen["source_id"].map(by)).groupby(["publisher", "confidence"], sort=False)["date"]
    parts = [
        part.format(publishers(str(by), lang), _dates(dates, lang), word(str(sure), lang))
        for (by, sure), dates in groups
    ]
    return listed(parts, lang) + say(lang, ".", "。")


def _dates(dates: pd.Series, lang: str) -> str:
    """Return one or two dates, or the first and the last of more."""
    ordered = [month(date, lang) for date in sorted(set(dates))]
    return listed(ordered, lang) if len(ordered) < 3 else f"{ordered[0]} – {ordered[-1]}"


def _benchmark(panels: list[dict[str, Any]], tables: Tables) -> pd.DataFrame:
    """Return the targets of the benchmark that are _drawn: beside a single panel only."""
    _drawn = panels[0]["lines"][1:] if len(panels) == 1 else []
    held = tables.targets["target_id"].isin([line["target_id"] for line in _drawn])
    return tables.targets[held]


def _note(rows: pd.DataFrame, beside: pd.DataFrame, tables: Tables, lang: str) -> str:
    notes = []
    if len(beside):
        names = tables.cities.set_index("city_id").loc[beside["city_id"], f"name_{lang}"]
        english = f"Grey: {listed(names, lang)}, a benchmark as reported and no city's promise; observed: "
        notes.append(say(lang, english, f"灰色为{listed(names, lang)}，依报道，仅作参照，并非该市承诺；观测值：")
                     + _reported_words(observed(tables, beside), tables, lang))  # fmt: skip
    if len(rows) > 1:
        notes.append(say(lang, "Every panel has its own scale.", "各图自有刻度。"))
    if (rows["basis_status"] == "inferred").any():
        notes.append(say(lang, "† basis inferred.", "†口径为推定。"))
    if not rows[["status_compound", "status_linear"]].isin(["achieved"]).all(axis=None):
        notes.append(ladder(lang))
    return say(lang, " ", "").join(notes)


def _progress_assessable_words(
    counts: pd.DataFrame, progressed: pd.DataFrame, tables: Tables, lang: str
) -> dict[str, str]:
    """Return the caption of what can be assessed at all; `counts` come from `texts.progress.assessable`."""
    totals = counts.groupby("group")["targets"].sum()
    total, able, waiting = int(totals.sum()), int(totals["assessed"]), int(totals["await-outcome"])
    title = how_many(able, total, lang)
    if waiting:
        lack = "it lacks" if total == 1 else f"{waiting}{' more' * (able > 0)} lack{'s' * (waiting == 1)}"
        others = f"{'另' * (able > 0)}有{waiting}项仅缺实际完成值"
        title += say(lang, f"; {lack} only an outcome", f"，{'仅缺实际完成值' if total == 1 else others}")
    filled = counts[counts["targets"] > 0]
    cells = [f"{row['city']} {word(row['group'], lang)} {row['targets']}" for row in filled.to_dict("records")]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "One mark a target, counted by the first reason against it: ◆ can be assessed, ● waits for an outcome, "
            "○ gives no path to follow",
            "每个标记为一项目标，按首要原因归类：◆可以评估，●只待结果，○没有可追踪的路径",
        ),
        "source": sources(progressed, tables, lang),
        "note": say(lang, "Rows that repeat another row are counted once.", "重复的目标只计一次。"),
        "alt": sentences([title, say(lang, "; ", "；").join(cells)], lang),
    }


# Inches: a single panel takes the page, several share it in two columns.
WIDE = {"width": 7.76, "left": 0.7, "axes": 5.0, "height": 2.7}
NARROW = {"width": 3.76, "left": 0.55, "axes": 1.9, "height": 1.5}
LINE, SMALL = 0.165, 8.5  # inches of a line of words, points of their size
DASHES = {"geometric": (0, (5, 2)), "linear": (0, (1, 1.6))}
NEAR = 0.08  # inches between a mark and its label
Label = tuple[str, float, float, str, str]  # its side of the mark, year, value, text and colour
Box = tuple[float, float, float, float]  # centre and half sizes, in inches


def _draw_progress_paths(panels: list[dict[str, Any]], *, colours: dict[str, str]) -> Figure:
    """Draw one panel a target that can be assessed: the promised paths and every observed value since the start.

    Panels come from `_progress_panels`. Filled marks are baselines, hollow ones targets, diamonds observed
    values; promised paths are broken, observed lines solid. A benchmark is grey, and drawn in a single panel only.
    """
    size = WIDE if len(panels) == 1 else NARROW
    rows = [panels[place : place + 2] for place in range(0, len(panels), 2)]
    heights = [max(_height(panel, size) for panel in row) for row in rows]
    figure = style.canvas(sum(heights))
    top = sum(heights)
    for row, height in zip(rows, heights, strict=True):
        for column, panel in enumerate(row):
            _panel(figure, panel, style.MARGIN + 4.0 * column, top, size, colours)
        top -= height
    return figure


def _texts(panel: dict[str, Any], size: dict[str, float]) -> tuple[str, str]:
    words = "\n".join(style.wrap(line, size["width"] - 0.15, SMALL) for line in panel["words"])
    return style.wrap(panel["name"], size["width"] - 0.15, 10), words


def _height(panel: dict[str, Any], size: dict[str, float]) -> float:
    name, words = _texts(panel, size)
    return 0.34 + 0.19 * (name.count("\n") + 1) + size["height"] + 0.36 + LINE * (words.count("\n") + 1) + 0.2


def _panel(
    figure: Figure, panel: dict[str, Any], left: float, top: float, size: dict[str, float], colours: dict[str, str]
) -> None:
    height, (name, words) = _height(panel, size), _texts(panel, size)
    colour = colours[panel["city_id"]]
    whole = style.panel(figure, left, top - height, size["width"], height)
    whole.set(xlim=(0, size["width"]), ylim=(height, 0))
    whole.set_axis_off()
    whole.text(0, 0.02, name, size=10, color=style.readable(colour), va="top", linespacing=1.2)
    above = 0.34 + 0.19 * (name.count("\n") + 1)
    place = (left + size["left"], top - above - size["height"], size["axes"], size["height"])
    lines = panel["lines"] if size is WIDE else panel["lines"][:1]
    _lines(style.panel(figure, *place), lines, size, colours)
    whole.text(0, above + size["height"] + 0.36, words, size=SMALL, va="top", linespacing=1.3)


def _lines(axes: Axes, lines: list[dict[str, Any]], size: dict[str, float], colours: dict[str, str]) -> None:
    points = [point for line in lines for kind in ("baseline", "outcomes", "target") for point in line[kind]]
    years = [year for year, *_ in points]
    ticks = sorted({year for line in lines for kind in ("baseline", "target") for year, *_ in line[kind]})
    axes.set(xlim=(min(years), max(years)), ylim=(0, 1.06 * max(value for _, value, _ in points)), yticks=[])
    axes.set_xticks(ticks, [f"{year:g}" for year in ticks])
    axes.axhline(0, color=style.RULE, lw=1)
    labels: list[Label] = []
    for line in lines:
        labels += _draw_line(axes, line, colours.get(line["city_id"], style.BENCHMARK), named=len(lines) > 1)
    _write(axes, labels, size)


def _draw_line(axes: Axes, line: dict[str, Any], colour: str, *, named: bool) -> list[Label]:
    """Draw one target's line and return its labels, the most important first; of several lines each is named."""
    for shape, (years, values) in line["paths"].items():
        axes.plot(years, values, color=colour, lw=1.4, ls=DASHES[shape], zorder=2)
    seen = [*line["baseline"], *line["outcomes"]]
    axes.plot([point[0] for point in seen], [point[1] for point in seen], color=colour, lw=1.8, zorder=3, clip_on=False)
    for kind, mark in (("baseline", "o"), ("outcomes", "D")):
        for year, value, _ in line[kind]:
            axes.plot(year, value, color=colour, zorder=4, clip_on=False, marker=mark, ms=7)
    for year, value, _ in line["target"]:
        axes.plot(year, value, "o", ms=8.5, mfc=style.PAPER, mec=colour, mew=1.8, zorder=5, clip_on=False)
    name = line["said_first"] if named else ""
    ends = [("right", year, value, name + text) for year, value, text in line["target"]]
    ends += [("left", *point) for point in line["baseline"]]
    seen = [("over" if point[1] >= _promised(line, point[0]) else "under", *point) for point in line["outcomes"]]
    return [(*label, style.readable(colour)) for label in [*ends, *seen[::-1]]]


def _promised(line: dict[str, Any], year: float) -> float:
    """Return where the plan would stand on its straight way; without a baseline, at its target."""
    return float(np.interp(year, *line["paths"]["linear"])) if line["paths"] else line["target"][0][1]


def _write(axes: Axes, labels: list[Label], size: dict[str, float]) -> None:
    """Write each label where it touches no mark and no earlier label; one that fits nowhere is left out.

    Targets and baselines come first, then the latest observed values; what is left out stands in the figure's data.
    """
    across, up = size["axes"] / _span(axes.get_xlim()), size["height"] / _span(axes.get_ylim())
    first = axes.get_xlim()[0]
    taken = [((year - first) * across, value * up, 0.06, 0.06) for _, year, value, *_ in labels]
    room = size["width"] - size["left"] - size["axes"] - 4 * NEAR
    for side, year, value, whole, ink in sorted(labels, key=lambda label: label[0] in ("over", "under")):
        x, y, text = (year - first) * across, value * up, style.wrap(whole, room, SMALL)
        wide = max(style.text_width(line, SMALL) for line in text.split("\n")) / 2
        half = 0.075 * (text.count("\n") + 1)
        for place in _places(x, y, wide, half, side):
            box = (*place, wide, half)
            inside = -size["left"] < place[0] - wide and place[0] + wide < size["width"] - size["left"]
            if inside and place[1] > half and not any(_touch(box, other) for other in taken):
                taken.append(box)
                axes.text(
                    place[0] / size["axes"], place[1] / size["height"], text, size=SMALL, color=ink, ha="center",
                    va="center", linespacing=1.1, transform=axes.transAxes, bbox=patch(), zorder=3.5,
                )  # fmt: skip
                break


def _span(limits: tuple[float, float]) -> float:
    return (limits[1] - limits[0]) or 1.0


def _places(x: float, y: float, wide: float, half: float, side: str) -> list[tuple[float, float]]:
    """Return the centres that a label may have around its mark, the best first, in inches."""
    right, left = x + wide + 2 * NEAR, x - wide - 2 * NEAR
    over, under = y + half + NEAR, y - half - NEAR
    if side == "right":
        return [(right, height) for height in (y, y - 2 * half, y + 2 * half, y - 3 * half, y + 3 * half)]
    if side == "left":
        return [(left, y), (x, under), (x, over)]
    upper = [(left + NEAR, over - half / 2), (x, over), (right - NEAR, over)]
    lower = [(right - NEAR, under + half / 2), (x, under), (left + NEAR, under)]
    return [*upper, *lower, (left, y), (right, y)] if side == "over" else [*lower, *upper, (right, y), (left, y)]


def _touch(one: Box, other: Box) -> bool:
    """Say whether two boxes, given by centre and half sizes, overlap."""
    return abs(one[0] - other[0]) < one[2] + other[2] and abs(one[1] - other[1]) < one[3] + other[3]


A_ROW = 7  # marks; more stand in a second row
LEFTS = (1.05, 2.25, 3.75, 5.2, 6.65)  # inches: the columns, in the order of the groups
HEADING = 1.15  # inches: the widest heading of a column


def _draw_progress_assessable(counts: pd.DataFrame, *, colours: dict[str, str], lang: str) -> Figure:
    """Draw one mark a target, by city and by what stands against its assessment.

    `counts` comes from `texts.progress.assessable`. A diamond is assessed, a filled circle waits for an outcome only, a
    hollow one states too little.
    """
    cities = counts[["city_id", "city"]].drop_duplicates().to_dict("records")
    height = 0.7 + 0.52 * len(cities)
    figure = style.canvas(height)
    axes = page(figure, height)
    columns = dict(zip(counts["group"].unique(), LEFTS, strict=True))
    for group, left in columns.items():
        heading = style.wrap(word(group, lang), HEADING, 9)
        axes.text(left, 0.5, heading, size=9, va="bottom", linespacing=1.15)
    for place, city in enumerate(cities):
        y = 0.86 + 0.52 * place
        axes.plot([style.MARGIN, style.WIDTH - style.MARGIN], [y - 0.26] * 2, color=style.RULE, lw=0.8)
        name = style.wrap(city["city"], 0.88, 9.5)
        axes.text(style.MARGIN, y, name, size=9.5, color=style.readable(colours[city["city_id"]]), va="center")
        own = counts[counts["city_id"] == city["city_id"]].set_index("group")["targets"]
        for group, left in columns.items():
            _marks(axes, left, y, int(own[group]), group, colours[city["city_id"]])
    return figure


def _marks(axes: Axes, left: float, y: float, count: int, group: str, colour: str) -> None:
    """Draw the marks of one cell in at most two rows, with their number."""
    if not count:
        axes.text(left, y, "–", size=9.5, color=style.QUIET, va="center")
        return
    shape, face = ("D", colour) if group == "assessed" else ("o", colour if group == "await-outcome" else style.PAPER)
    across = 5 if group == "assessed" else A_ROW
    shown = min(count, 2 * across)
    lift = 0.08 if shown > across else 0.0
    for place in range(shown):
        x, row = left + 0.06 + 0.145 * (place % across), y + (lift if place >= across else -lift)
        axes.plot(x, row, shape, ms=6.5 if shape == "o" else 6, mfc=face, mec=colour, mew=1.4)
    more = "+ " if count > shown else ""
    axes.text(left + 0.1 + 0.145 * min(shown, across), y, f"{more}{count}", size=9.5, va="center")
