"""The plans as a whole: when they start and end, what they cover, and how they word it."""

from collections.abc import Sequence
from math import ceil

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import style
from ..files import file_name
from ..language import DIMENSIONS, listed, say, sentences, spelt_out, together, word
from ..methods.plans import FORMS, dimensions, forms, horizons
from ..tables import Tables
from ..tables.datapackage import Record
from .base import Picture, city_colours, figure, inches, page


@figure
def plans_horizons(documents: pd.DataFrame, plans: Tables, lang: str, cities: Sequence[str] = ()) -> Picture:
    """Draw from when to when the plans run: rows of `methods.plans.horizons`."""
    colours = city_colours(plans)
    return Picture(
        file_name("plans-horizons", cities),
        _horizons_words(documents, lang),
        documents,
        lambda: _draw_horizons(documents, colours=colours, lang=lang),
        lang,
    )


@figure
def plans_dimensions(plans: Tables, lang: str, cities: Sequence[str] = ()) -> Picture:
    """Draw on which dimensions the plans set targets."""
    covered, colours = dimensions(plans, list(cities), lang), city_colours(plans)
    return Picture(
        file_name("plans-dimensions", cities),
        _dimension_grid_words(covered, horizons(plans, list(cities), lang), lang),
        covered,
        lambda: _draw_dimension_grid(covered, colours=colours, lang=lang),
        lang,
    )


@figure
def plans_forms(plans: Tables, lang: str, cities: Sequence[str] = ()) -> Picture:
    """Draw in which form the plans state their targets: numbers, floors, ranges or words."""
    worded, colours = forms(plans, list(cities), lang), city_colours(plans)
    return Picture(
        file_name("plans-forms", cities),
        _form_grid_words(worded, horizons(plans, list(cities), lang), lang),
        worded,
        lambda: _draw_form_grid(worded, FORMS, colours=colours, lang=lang),
        lang,
    )


def _horizons_words(frame: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the caption of the documents' years."""
    plans = frame[frame["kind"] != "nation"]
    title = _based(int(plans["base_year"].notna().sum()), len(plans), lang)
    rows = [f"{row.city} {row.title}" for row in frame.itertuples()]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "● base year, | date of issue, ○ target year; a broad band is a stated period, ▶ the period goes on "
            "beyond the figure",
            "●基期年，|发布日期，○目标年；粗条为文件写明的期间，▶期间延续至图外",
        ),
        "source": _documents(frame, lang),
        "note": say(
            lang,
            "Base and target years stand at the end of their year. Grey: the national outline, a benchmark that was "
            "not read itself.",
            "基期年与目标年置于年末。灰色为全国纲要，仅作参照，未读取原文。",
        ),
        "alt": sentences([title, say(lang, "; ", "；").join(rows)], lang),
    }


def _based(based: int, total: int, lang: str) -> str:
    """Return how many plans name the year that their targets start from."""
    chinese = f"{total}份方案中，{based}份写明目标的基期年"
    if based in (0, total):
        chinese = f"{total}份方案{'均' * (total > 1)}{'' if based else '未'}写明目标的基期年"
    if total == 1:
        english = f"The one plan {'names' if based else 'does not name'} the year that its targets start from"
    elif based == 1:
        english = f"One of {spelt_out(total)} plans names the year that its targets start from"
    else:
        part = f"All {spelt_out(total)}" if based == total else f"{spelt_out(based).capitalize()} of {spelt_out(total)}"
        english = f"{part} plans name the year that their targets start from"
    return say(lang, english, chinese)


def _form_grid_words(counts: pd.DataFrame, frame: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the caption of how targets are worded; `frame` are the documents, from `methods.plans.horizons`."""
    title = _striven(counts, lang)
    cells = counts.groupby(["city", "form"], sort=False)["targets"].sum().reset_index()
    rows = [f"{row['city']} {word(row['form'], lang)} {row['targets']}" for row in cells.to_dict("records")]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Targets by city and wording; ○ stated plainly, ◇ striven for (力争, 争取)",
            "按城市与表述方式分列的目标；○直接写明，◇表述为“力争”“争取”",
        ),
        "source": _documents(frame[frame["kind"] != "nation"], lang),
        "note": say(lang, "Rows that repeat another row are counted once.", "重复的目标只计一次。"),
        "alt": sentences([title, say(lang, "; ", "；").join(rows)], lang),
    }


def _striven(counts: pd.DataFrame, lang: str) -> str:
    """Return how many targets are worded “strive for”, and whose most of them are."""
    total, strives = int(counts["targets"].sum()), int(counts.loc[counts["aspirational"], "targets"].sum())
    if not total:
        return say(lang, *NO_TARGETS)
    if not strives:
        return say(lang, "No target is worded “strive for”", f"{total}项目标均未表述为“力争”“争取”")
    by_city = counts[counts["aspirational"]].groupby("city", sort=False)["targets"].sum()
    title = say(
        lang,
        f"{strives} of {total} targets {'is' if strives == 1 else 'are'} worded “strive for”",
        f"{total}项目标中，{strives}项表述为“力争”“争取”",
    )
    if len(counts["city"].unique()) > 1 and by_city.max() > strives / 2 and strives > 1:
        whose = "all" if by_city.max() == strives else "most"
        title += say(
            lang,
            f", {whose} of them {by_city.idxmax()}'s",
            f"，{'均' if whose == 'all' else '多数'}为{by_city.idxmax()}的目标",
        )
    return title


NO_TARGETS = ("The plans set no target", "各方案未设目标")


def _dimension_grid_words(counts: pd.DataFrame, frame: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the caption of which dimensions the targets cover; `frame` are the documents."""
    title = _covered(counts, lang)
    none = [name for name in DIMENSIONS if not counts.loc[counts["dimension"] == name, "targets"].sum()]
    gap = listed([word(name, lang) for name in none], lang)
    note = say(lang, "The dimensions are this project's own.", "维度为本项目所拟。")
    if none:
        note += say(lang, f" No target is set for: {gap}.", f"未设目标的维度：{gap}。")
    cells = counts[counts["targets"] > 0].to_dict("records")
    rows = [f"{row['city']} {word(row['dimension'], lang)} {row['targets']}" for row in cells]
    return {
        "title": title,
        "subtitle": say(lang, "Targets by city and dimension, number", "按城市与维度分列的目标数"),
        "source": _documents(frame[frame["kind"] != "nation"], lang),
        "note": note,
        "alt": sentences([title, say(lang, "; ", "；").join(rows)], lang),
    }


def _covered(counts: pd.DataFrame, lang: str) -> str:
    """Return where the targets cover the most dimensions and where the fewest."""
    covered = counts[counts["targets"] > 0].groupby("city", sort=False).size()
    if covered.empty:
        return say(lang, *NO_TARGETS)
    most, least = int(covered.max()), int(covered.min())
    widest, narrowest = (together(covered.index[covered == edge], lang) for edge in (most, least))
    english = f"Targets cover {spelt_out(most)} of {spelt_out(len(DIMENSIONS))} dimensions in {widest}"
    chinese = f"{widest}的目标覆盖{len(DIMENSIONS)}个维度中的{most}个"
    if least < most:
        english, chinese = f"{english}, {spelt_out(least)} in {narrowest}", f"{chinese}，{narrowest}覆盖{least}个"
    return say(lang, english, chinese)


def _documents(frame: pd.DataFrame, lang: str) -> str:
    """Return the titles of the documents."""
    titles = [say(lang, title, f"《{title}》") for title in frame["title"]]
    return say(lang, "; ", "、").join(titles) + say(lang, ".", "。")


HORIZON_LEFT, HORIZON_WIDTH = 3.2, 2.6  # inches: the axis of years between titles and dates
ROW = 0.68


def _draw_horizons(frame: pd.DataFrame, *, colours: dict[str, str], lang: str) -> Figure:
    """Draw one row a document on one axis of years: base year, issue, stated period, target year.

    Base and target years are marked at their end, a line of the grid; a year's number stands in its middle, between
    two of them. A document that states no year has a row without a mark.
    """
    height = 0.35 + ROW * len(frame)
    figure = style.canvas(height)
    axes = style.panel(figure, HORIZON_LEFT, 0.3, HORIZON_WIDTH, height - 0.3)
    end = _years(axes, frame[TIMES].melt()["value"].dropna())
    axes.set(ylim=(height - 0.3, 0), yticks=[])
    for place, row in enumerate(frame.to_dict("records")):
        colour = colours.get(row["city_id"], style.BENCHMARK) if row["kind"] != "nation" else style.BENCHMARK
        _horizon_row(axes, row, 0.32 + ROW * place, colour, end, lang)
    return figure


MOST_YEARS = 20  # with a line a year; more have a line where a number stands
TIMES = ["issued_at", "base_at", "start_at", "horizon_at"]


def _years(axes: Axes, times: pd.Series) -> float:
    """Draw the axis of the years that hold some times, and return its end, half a year after the last of them."""
    if times.empty:
        axes.set(xlim=(0, 1), xticks=[])
        return 1.0
    first, last = ceil(float(times.min())) - 1, ceil(float(times.max()))
    step = max(1, (last - 1 - first) // 4)
    named = range(last - 1, first - 1, -step)
    axes.set_xticks([year + 0.5 for year in named], [str(year) for year in named])
    axes.set_xticks(range(last, first - 1, -1 if last - first <= MOST_YEARS else -step), minor=True)
    axes.grid(axis="x", which="minor", color=style.RULE, lw=0.6)
    axes.tick_params(which="minor", length=0)
    axes.set_axisbelow(True)
    axes.set_xlim(first, last + 0.5)
    return last + 0.5


def _horizon_row(axes: Axes, row: Record, y: float, colour: str, last: float, lang: str) -> None:
    across = inches(axes)
    left = style.MARGIN - HORIZON_LEFT
    axes.text(left, y - 0.2, row["city"], size=9, color=style.readable(colour), va="center", transform=across)
    title = style.wrap(row["title"], 2.95, 8.5)
    axes.text(left, y - 0.08, title, size=8.5, va="top", linespacing=1.15, transform=across)
    begin = min(filter(pd.notna, (row[time] for time in TIMES)), default=None)
    if pd.notna(row["horizon_at"]):
        axes.plot([begin, row["horizon_at"]], [y, y], color=colour, lw=1.2)
    if pd.notna(row["start_at"]) and pd.notna(row["end_at"]):
        span = [row["start_at"], min(row["end_at"], last)]
        axes.plot(span, [y, y], color=colour, lw=5, alpha=0.35, solid_capstyle="butt")
        if row["end_at"] > last:
            axes.plot(last, y, ">", ms=7, color=colour, clip_on=False)
    axes.plot(row["base_at"], y, "o", ms=6.5, color=colour)
    axes.plot(row["issued_at"], y, "|", ms=11, mew=2, color=colour)
    axes.plot(row["horizon_at"], y, "o", ms=7.5, mfc=style.PAPER, mec=colour, mew=1.8, clip_on=False)
    axes.text(HORIZON_WIDTH + 0.15, y, _dates(row, lang), size=8.5, va="center", linespacing=1.25, transform=across)


def _dates(row: Record, lang: str) -> str:
    """Return what a document states of its years, and what it does not."""
    base = say(lang, f"base {row['base_year']}", f"基期{row['base_year']}年")
    if pd.isna(row["base_year"]):
        base = say(lang, "no base year", "未列基期")
    target = say(lang, f"target {row['horizon']}", f"目标{row['horizon']}年")
    if pd.isna(row["horizon"]):
        target = say(lang, "no target year", "未列目标年")
    issued = say(lang, f"issued {row['issued']}", f"{row['issued']}发布")
    if row["kind"] == "nation":
        issued = say(lang, "as reported, not read", "依报道，未读原文")
    elif row["issued_status"] == "printing-date":
        issued = say(lang, f"printed {row['issued']}", f"{row['issued']}印发")
    elif pd.isna(row["issued"]):
        issued = say(lang, "no date of issue", "未列日期")
    return base + say(lang, ", ", "，") + target + f"\n{issued}"


def _draw_form_grid(counts: pd.DataFrame, forms: tuple[str, ...], *, colours: dict[str, str], lang: str) -> Figure:
    """Draw one mark a target, by city and form: a circle stated plainly, a diamond worded “strive for”."""
    cities = counts[["city_id", "city"]].drop_duplicates().to_dict("records")
    height = 0.62 + 0.5 * len(cities)
    figure = style.canvas(height)
    axes = page(figure, height)
    lefts = dict(zip(forms, (1.25, 4.15, 5.55, 6.5), strict=True))
    for form, left in lefts.items():
        axes.text(left, 0.4, style.wrap(word(form, lang), 1.4, 9), size=9, va="baseline", linespacing=1.15)
    for place, city in enumerate(cities):
        y = 0.76 + 0.5 * place
        axes.plot([style.MARGIN, style.WIDTH - style.MARGIN], [y - 0.25] * 2, color=style.RULE, lw=0.8)
        colour = colours[city["city_id"]]
        axes.text(style.MARGIN, y, city["city"], size=9.5, color=style.readable(colour), va="center")
        for form, left in lefts.items():
            chosen = counts[(counts["city_id"] == city["city_id"]) & (counts["form"] == form)]
            _marks(axes, left, y, chosen, colour)
    return figure


MOST_MARKS = 14  # beyond this the marks would run into the next column


def _marks(axes: Axes, left: float, y: float, chosen: pd.DataFrame, colour: str) -> None:
    counts = {flag: int(chosen.loc[chosen["aspirational"] == flag, "targets"].sum()) for flag in (False, True)}
    total = sum(counts.values())
    if not total:
        axes.text(left, y, "–", size=9.5, color=style.QUIET, va="center")
        return
    shapes = (["o"] * counts[False] + ["D"] * counts[True])[:MOST_MARKS]
    for place, shape in enumerate(shapes):
        size = 7.5 if shape == "o" else 6.5
        axes.plot(left + 0.07 + 0.165 * place, y, shape, ms=size, mfc=style.PAPER, mec=colour, mew=1.6)
    more = "+" if total > MOST_MARKS else ""
    axes.text(left + 0.07 + 0.165 * len(shapes), y, f"{more} {total}".strip(), size=9.5, va="center")


def _draw_dimension_grid(counts: pd.DataFrame, *, colours: dict[str, str], lang: str) -> Figure:
    """Draw one dot a target, by dimension and city; a dimension without a target has a dash."""
    cities = counts[["city_id", "city"]].drop_duplicates().to_dict("records")
    rows = {city["city_id"]: 0.76 + 0.5 * place for place, city in enumerate(cities)}
    height = 0.62 + 0.5 * len(cities)
    figure = style.canvas(height)
    axes = page(figure, height)
    lefts = {name: 1.25 + 1.13 * place for place, name in enumerate(DIMENSIONS)}
    for name, left in lefts.items():
        axes.text(left, 0.4, word(name, lang), size=9, va="baseline")
    for city in cities:
        y, colour = rows[city["city_id"]], colours[city["city_id"]]
        axes.plot([style.MARGIN, style.WIDTH - style.MARGIN], [y - 0.25] * 2, color=style.RULE, lw=0.8)
        axes.text(style.MARGIN, y, city["city"], size=9.5, color=style.readable(colour), va="center")
    for row in counts.to_dict("records"):
        _bar(
            axes,
            lefts[row["dimension"]],
            rows[row["city_id"]],
            row["targets"],
            counts["targets"].max(),
            colours[row["city_id"]],
        )
    return figure


def _bar(axes: Axes, left: float, y: float, count: int, most: int, colour: str) -> None:
    """Draw a short bar, all bars of the figure on one scale, with its count."""
    if not count:
        axes.text(left, y, "–", size=9.5, color=style.QUIET, va="center")
        return
    width = 0.7 * count / most
    axes.barh(y, width, height=0.2, left=left, color=colour)
    axes.text(left + width + 0.07, y, str(count), size=9.5, va="center")
