"""What the plans do, by theme, and whom they name to do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .. import style
from ..files import file_name
from ..language import all_cities, counted, listed, number, part_of, percent, say, sentences, spelt_out, together
from ..tables import Tables
from ..tables.datapackage import Record
from ..texts.base import Sentences, nothing
from ..texts.measures import not_recorded
from .base import Picture, city_colours, figure, page


@figure
def measures_themes(
    covered: pd.DataFrame, documents: pd.DataFrame, plans: Tables, lang: str, cities: Sequence[str] = ()
) -> Picture | Sentences:
    """Draw the tasks by theme and city: rows of `measures.coverage` and of `measures.items`."""
    if not covered["tasks"].notna().any():
        return nothing("no-figure", lang)
    groups, colours = _theme_groups(covered, lang), city_colours(plans)
    return Picture(
        file_name("measures-themes", cities),
        _theme_matrix_words(covered, documents, lang),
        covered,
        lambda: _draw_theme_matrix(covered, groups, colours=colours, lang=lang),
        lang,
    )


@figure
def measures_agencies(
    load: pd.DataFrame, documents: pd.DataFrame, plans: Tables, lang: str, cities: Sequence[str] = ()
) -> Picture | Sentences:
    """Draw who is named how often: rows of `measures.agency_load` and of `measures.items`."""
    functions, colours = _most_named(load), city_colours(plans)
    if not functions:
        return nothing("no-figure", lang)
    return Picture(
        file_name("measures-agencies", cities),
        _agency_matrix_words(load, functions, documents, lang),
        load,
        lambda: _draw_agency_matrix(load, functions, colours=colours, lang=lang),
        lang,
    )


MOST_NAMED = 15  # functions in the figure, more only where the last ones are named equally often


def _theme_groups(covered: pd.DataFrame, lang: str) -> list[tuple[str, list[str]]]:
    """Return the themes in groups by how many cities have a task of theirs, the largest mean share first."""
    share = covered.groupby("theme_id", sort=False)["share"].mean()
    own = covered[covered["tasks"] > 0].groupby("theme_id").size().reindex(share.index, fill_value=0)
    order = pd.DataFrame({"own": own, "share": share}).sort_values(["own", "share"], ascending=False, kind="stable")
    cities = covered.loc[covered["tasks"].notna(), "city_id"].nunique()
    return [
        (_group_heading(int(rows["own"].iloc[0]), cities, lang), rows.index.tolist())
        for _, rows in order.groupby("own", sort=False)
    ]


def _group_heading(own: int, cities: int, lang: str) -> str:
    if own == 0:
        return say(lang, "No task of their own", "无专门任务")
    if cities == 1:
        return say(lang, "Tasks of their own", "有专门任务")
    if own == cities:
        return say(lang, f"Tasks in {all_cities(cities, 'en')}", f"{all_cities(cities, 'zh')}均有专门任务")
    noun = "city" if own == 1 else "cities"
    return say(lang, f"Tasks in {spelt_out(own)} {noun}", f"{own}个城市有专门任务")


def _most_named(load: pd.DataFrame) -> list[str]:
    """Return the functions that the lists name most often, the first of them first; those tied with the last too."""
    mentions = load.groupby("function", sort=False)["mentions"].sum()
    return mentions[mentions > 0].nlargest(MOST_NAMED, keep="all").index.tolist()


def _theme_matrix_words(covered: pd.DataFrame, plans: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the caption of the themes by city; `plans` comes from `measures.items`."""
    title = _common_themes(covered, lang)
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Tasks by their primary theme: number, and share of the city's tasks on one scale; "
            "– no task, ○ a task of another theme that also commits to this one",
            "按主要主题计的任务数及其占该市任务的比重（同一刻度）；–无任务，○为主要主题不同、但对本主题另有承诺的任务",
        ),
        "source": _documents(plans[plans["tasks"] > 0], "tasks", ("task", "任务{}项"), lang),
        "note": _theme_note(plans, lang),
        "alt": sentences([title, _cities_as_text(covered, "theme", "tasks", lang)], lang),
    }


def _common_themes(covered: pd.DataFrame, lang: str) -> str:
    """Return how many themes all cities have tasks of, or over how many one city's tasks spread."""
    recorded = covered[covered["tasks"].notna()]
    total, cities = covered["theme_id"].nunique(), recorded["city_id"].nunique()
    own = (recorded[recorded["tasks"] > 0].groupby("theme_id").size() == cities).sum()
    if not recorded["tasks"].sum():
        return say(lang, "No tasks are recorded", "未录入任务")
    if cities == 1:
        city, tasks = recorded["city"].iloc[0], recorded["city_tasks"].iloc[0]
        spread = "task stands under" if tasks == 1 else "tasks spread over"
        return say(
            lang,
            f"{city}'s {'one' if tasks == 1 else tasks} {spread} {part_of(own, total, 'theme')}",
            f"{city}的{tasks}项任务分布于{total}个主题中的{own}个",
        )
    everywhere = all_cities(cities, lang)
    has = "has a task of its" if own == 1 else "have tasks of their"
    part = part_of(own, total, "theme")
    return say(
        lang,
        f"{part[:1].upper()}{part[1:]} {has} own in {everywhere}",
        f"{total}个主题中，{own}个在{everywhere}均有专门任务"
        if own
        else f"{total}个主题中，没有一个在{everywhere}均有专门任务",
    )


def _theme_note(plans: pd.DataFrame, lang: str) -> str:
    notes = [
        say(
            lang,
            "Themes and coding are this project's own; every task has one primary theme. "
            "Tasks differ in size: their number is neither money nor effort.",
            "主题及归类为本项目所拟，每项任务只有一个主要主题。任务大小不一，项数不代表资金或力度。",
        )
    ]
    several = plans[plans["tasks"] > 0].groupby("city", sort=False).size()
    for city, count in several[several > 1].items():
        notes.append(say(lang, f"{city}: {spelt_out(count)} documents together.", f"{city}为{count}份文件合计。"))
    return say(lang, " ", "").join([*notes, *not_recorded(plans, lang)])


def _agency_matrix_words(load: pd.DataFrame, functions: list[str], plans: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the caption of who carries the measures; `functions` are those drawn, `plans` the documents."""
    title = _list_lengths(load, lang)
    drawn = load[load["function"].isin(functions)]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Mentions in the lists of responsible units, by the unit's function; a full pale bar is one mention a list",
            "责任单位名单中的提及次数，按单位职能分列；浅色条全长为每份名单提及一次",
        ),
        "source": _documents(plans[plans["listed"].notna()], "listed", ("list", "名单{}份"), lang),
        "note": _agency_note(load, functions, plans, lang),
        "alt": sentences([title, _cities_as_text(drawn, "function_name", "mentions", lang)], lang),
    }


def _list_lengths(load: pd.DataFrame, lang: str) -> str:
    """Return how many units a list names, the longest lists first; of many cities only the ends."""
    cities = load[load["mentions"].notna()].drop_duplicates("city_id")
    cities = cities.sort_values("units_per_measure", ascending=False, kind="stable")
    means = [(row["city"], number(row["units_per_measure"], 1)) for row in cities.to_dict("records")]
    if not means:
        return say(lang, "No list of responsible units is recorded", "没有已录入的责任单位名单")
    if len(means) > 4:
        (high, most), (low, fewest) = means[0], means[-1]
        english = f"A list names on average between {fewest} responsible units ({low}) and {most} ({high})"
        return say(lang, english, f"平均每份名单所列责任单位：由{low}的{fewest}个至{high}的{most}个")
    places = [f"{mean} {'in' if place else 'responsible units in'} {city}" for place, (city, mean) in enumerate(means)]
    english = together(places, "en")
    chinese = listed([f"{city}{mean}个" for city, mean in means], "zh")
    return say(lang, f"A list names on average {english}", f"平均每份名单所列责任单位：{chinese}")


def _agency_note(load: pd.DataFrame, functions: list[str], plans: pd.DataFrame, lang: str) -> str:
    named = load.loc[load["mentions"] > 0, "function"].nunique()
    notes = []
    if len(functions) < named:
        notes.append(
            say(
                lang,
                f"Drawn are the {len(functions)} functions named most often, of {named}; the CSV file holds all.",
                f"图中为提及最多的{len(functions)}类职能，共{named}类，CSV文件列出全部。",
            )
        )
    without = plans.loc[plans["measures"].notna() & plans["listed"].isna(), "document"]
    if len(without):
        titles = say(lang, "; ", "").join(say(lang, title, f"《{title}》") for title in without)
        english = f"Not stated, which is not zero, in: {titles}."
        notes.append(say(lang, english, f"{titles}未写明责任单位，不等于零。"))
    notes.append(
        say(
            lang,
            "A unit with several fields counts under the first in its name. "
            "The order within a list is not read as rank.",
            "一个单位兼有多项职能的，按名称中最先出现的计。名单中的先后次序不视为主次。",
        )
    )
    return say(lang, " ", "").join([*notes, *not_recorded(plans, lang)])


def _documents(plans: pd.DataFrame, column: str, noun: tuple[str, str], lang: str) -> str:
    """Return the documents with their numbers and how many of something, named in both languages, each holds."""
    parts = []
    for row in plans.to_dict("records"):
        bracketed = "" if pd.isna(row["number"]) else say(lang, f" ({row['number']})", f"（{row['number']}）")
        title = say(lang, row["document"], f"《{row['document']}》")
        held = say(lang, counted(row[column], noun[0]), noun[1].format(row[column]))
        parts.append(f"{title}{bracketed}{say(lang, ', ', '，')}{held}")
    return say(lang, "; ", "；").join(parts) + say(lang, ".", "。")


def _cities_as_text(frame: pd.DataFrame, label: str, count: str, lang: str) -> str:
    """Return every count in words, a city after the other, for readers who do not see the figure."""
    colon = say(lang, ": ", "：")
    parts = []
    for _, rows in frame.groupby("city_id", sort=False):
        known = rows[rows[count] > 0].sort_values(count, ascending=False, kind="stable")
        cells = [f"{row[label]} {row[count]}" for row in known.to_dict("records")]
        cells = cells if rows[count].notna().any() else [_say_absent(rows, lang)]
        parts.append(f"{rows['city'].iloc[0]}{colon}{listed(cells, lang)}")
    return say(lang, "; ", "；").join(parts)


def _say_absent(rows: pd.DataFrame, lang: str) -> str:
    """Return why a city has no counts: its documents state none, or none are recorded."""
    stated = "status" in rows and rows["status"].iloc[0] == "not-stated"
    return say(lang, *(("not stated", "未列") if stated else ("not recorded", "未录入")))


MOST_COLUMNS = 5  # cities side by side; more stand in a second block below
ROW, HEADING, GAP = 0.29, 0.38, 0.3  # inches: a row, a group's heading, between blocks
NAME, LINE = 0.24, 0.17  # inches: a city's name, a line under it
COUNT, BESIDE = 0.29, 0.37  # inches: left of a bar for its count, right of it for its share
BAR, SHADE = 0.13, "#f3f4f6"
WIDEST = 2.4  # inches: a column where there are few
ABSENT = {"not-stated": ("not stated", "未列"), "not-recorded": ("not recorded", "未录入")}


@dataclass(frozen=True)
class Cell:
    """What stands in one row of one city: a count, a bar as a fraction of the longest, a text, hollow dots."""

    count: int
    length: float
    beside: str = ""
    dots: int = 0


@dataclass(frozen=True)
class Column:
    """One city: its name and what stands under it, its colour, and its cells or why it has none."""

    name: str
    under: str
    colour: str
    cells: dict[str, Cell]
    absent: str = ""


def _draw_theme_matrix(
    covered: pd.DataFrame, groups: list[tuple[str, list[str]]], *, colours: dict[str, str], lang: str
) -> Figure:
    """Draw the tasks of every theme and city: their number, and a bar for their share of the city's tasks.

    `covered` comes from `measures.coverage`; `groups` pairs a heading with the theme ids under it. All
    bars share one scale from zero. A dash is no task, a hollow dot a task of another theme that touches this one.
    """
    longest = covered["share"].max()
    columns = []
    for city, rows in covered.groupby("city_id", sort=False):
        absent = say(lang, *ABSENT["not-recorded"]) if rows["tasks"].isna().all() else ""
        cells = {} if absent else {row["theme_id"]: _theme_cell(row, longest) for row in rows.to_dict("records")}
        total = rows["city_tasks"].iloc[0]
        under = "" if absent else say(lang, f"{total} tasks", f"{total}项任务")
        columns.append(Column(rows["city"].iloc[0], under, colours[str(city)], cells, absent))
    return _matrix(groups, dict(zip(covered["theme_id"], covered["theme"], strict=True)), columns)


def _theme_cell(row: Record, longest: float) -> Cell:
    if not row["tasks"]:
        return Cell(0, 0.0, dots=row["secondary"])
    return Cell(row["tasks"], row["share"] / longest, percent(row["share"], 0))


def _draw_agency_matrix(load: pd.DataFrame, functions: list[str], *, colours: dict[str, str], lang: str) -> Figure:
    """Draw how often each city's lists name these functions; a full pale bar is one mention a list.

    `load` comes from `measures.agency_load`. A city without lists is a framed column that says so.
    """
    longest = max(1.0, load["per_measure"].max())
    columns = []
    for city, rows in load.groupby("city_id", sort=False):
        absent = say(lang, *ABSENT.get(rows["status"].iloc[0], ("", "")))
        listed = rows["city_listed"].iloc[0]
        units = number(rows["units_per_measure"].iloc[0], 1)
        under = "" if absent else say(lang, f"{listed} lists\n{units} units each", f"{listed}份名单\n平均{units}个单位")
        cells = {} if absent else {
            row["function"]: Cell(row["mentions"], row["per_measure"] / longest) for row in rows.to_dict("records")
        }  # fmt: skip
        columns.append(Column(rows["city"].iloc[0], under, colours[str(city)], cells, absent))
    names = dict(zip(load["function"], load["function_name"], strict=True))
    return _matrix([("", functions)], names, columns, track=1 / longest)


def _matrix(
    groups: list[tuple[str, list[str]]], labels: dict[str, str], columns: list[Column], *, track: float = 0.0
) -> Figure:
    """Draw rows in groups and cities in columns; `track` is the length of a pale bar behind every bar."""
    blocks = [columns[place : place + MOST_COLUMNS] for place in range(0, len(columns), MOST_COLUMNS)]
    head = NAME + LINE * (1 + max(column.under.count("\n") for column in columns)) + 0.08
    tall = head + sum(HEADING * bool(heading) + ROW * len(ids) for heading, ids in groups)
    height = tall * len(blocks) + GAP * (len(blocks) - 1)
    figure = style.canvas(height)
    axes = page(figure, height)
    left = style.MARGIN + max(style.text_width(labels[row], 9.5) for _, ids in groups for row in ids) + 0.2
    width = min(WIDEST, (style.WIDTH - style.MARGIN - left) / len(blocks[0]))
    for place, block in enumerate(blocks):
        top = place * (tall + GAP)
        middles = _rows(axes, groups, labels, top + head, left + width * len(block))
        for across, column in enumerate(block):
            _column(axes, column, (left + width * across, top, width), middles, track)
    return figure


def _rows(
    axes: Axes, groups: list[tuple[str, list[str]]], labels: dict[str, str], top: float, right: float
) -> dict[str, float]:
    """Write the labels of all rows with a line above each, and return the middle of every row."""
    middles = {}
    for heading, ids in groups:
        if heading:
            axes.text(style.MARGIN, top + HEADING - 0.14, heading, size=9, color=style.QUIET, va="center")
            top += HEADING
        for row in ids:
            axes.plot([style.MARGIN, right], [top, top], color=style.RULE, lw=0.6, zorder=1)
            middles[row] = top + ROW / 2
            axes.text(style.MARGIN, middles[row], labels[row], size=9.5, va="center")
            top += ROW
    return middles


def _column(
    axes: Axes, column: Column, place: tuple[float, float, float], middles: dict[str, float], track: float
) -> None:
    """Draw a city at a place: left, top and width in inches."""
    left, top, width = place
    start = left + COUNT
    axes.text(start, top + NAME / 2, column.name, size=10, color=style.readable(column.colour), va="center")
    axes.text(start, top + NAME, column.under, size=8.5, color=style.QUIET, va="top", linespacing=1.2)
    if column.absent:
        _draw_absent(axes, column.absent, start, left + width, list(middles.values()))
        return
    beside = BESIDE if any(cell.beside for cell in column.cells.values()) else 0.1
    for row, y in middles.items():
        _cell(axes, column.cells[row], column.colour, start, y, width - COUNT - beside, track)


def _draw_absent(axes: Axes, text: str, start: float, right: float, middles: list[float]) -> None:
    """Frame the column of a city that has no counts, empty but for the words that say why."""
    left, top, tall = start - 0.14, middles[0] - ROW / 2, middles[-1] - middles[0] + ROW
    frame: dict[str, Any] = {"facecolor": "none", "edgecolor": style.BENCHMARK, "lw": 0.8, "ls": (0, (3, 3))}
    axes.add_patch(Rectangle((left, top), right - left, tall, facecolor=style.PAPER, edgecolor="none", zorder=2))
    axes.add_patch(Rectangle((left, top), right - left - 0.07, tall, zorder=2, **frame))
    words = style.wrap(text, right - start - 0.1, 9)
    axes.text(start, top + 0.08, words, size=9, color=style.QUIET, va="top", linespacing=1.3, zorder=3)


def _cell(axes: Axes, cell: Cell, colour: str, start: float, y: float, room: float, track: float) -> None:
    counted: dict[str, Any] = {"x": start - 0.1, "y": y, "size": 9.5, "ha": "right", "va": "center"}
    if not cell.count:
        axes.text(s="–", color=style.QUIET, **counted)
        across = [start + 0.04 + 0.12 * place for place in range(cell.dots)]
        axes.plot(across, [y] * cell.dots, "o", ms=5.5, mfc=style.PAPER, mec=colour, mew=1.3, zorder=3)
        return
    axes.text(s=str(cell.count), **counted)
    for length, fill in ((track, SHADE), (cell.length, colour)):
        axes.add_patch(Rectangle((start, y - BAR / 2), room * length, BAR, facecolor=fill, edgecolor="none", zorder=2))
    axes.text(start + room * cell.length + 0.07, y, cell.beside, size=8.5, color=style.QUIET, va="center")
