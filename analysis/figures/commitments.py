"""The sums and the dates that plans promise."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import style
from ..files import file_name
from ..language import part_of, say, sentences, spelt_out, together
from ..tables import Tables
from ..tables.datapackage import Record
from ..texts.base import Sentences, nothing
from .base import Picture, city_colours, figure, inches, page, sources


@figure
def money_promised(money: pd.DataFrame, plans: Tables, lang: str, cities: Sequence[str] = ()) -> Picture | Sentences:
    """Draw the sums of money: rows of `methods.plans.sums`."""
    if money.empty:
        return nothing("no-money", lang)
    colours = city_colours(plans)
    return Picture(
        file_name("money-promised", cities),
        _sums_words(money, plans, lang),
        money,
        lambda: _draw_sums(money, colours=colours),
        lang,
    )


@figure
def dates_promised(dated: pd.DataFrame, plans: Tables, lang: str, cities: Sequence[str] = ()) -> Picture | Sentences:
    """Draw the dated commitments without a number: rows of `methods.plans.dates`."""
    if dated.empty:
        return nothing("no-dates", lang)
    colours = city_colours(plans)
    return Picture(
        file_name("dates-promised", cities),
        _time_line_words(dated, plans, lang),
        dated,
        lambda: _draw_time_line(dated, colours=colours),
        lang,
    )


def _sums_words(frame: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the sums of money."""
    cities = frame["city"].unique().tolist()
    names, count = together(cities, lang), len(frame)
    sums = "one sum of money" if count == 1 else f"{spelt_out(count)} sums of money"
    title = say(lang, f"{names} put{'s' * (len(cities) == 1)} {sums} into plans", f"{names}在方案中写明{count}笔资金")
    rows = [f"{row.label} {row.amount_text}" for row in frame.itertuples()]
    return {
        "title": title,
        "subtitle": say(lang, "Money promised, by recipient and payer", "承诺的资金，按接受单位与出资方分列"),
        "source": sources(frame, tables, lang),
        "note": _sums_note(frame, tables, lang),
        "alt": sentences([title, say(lang, "; ", "；").join(rows)], lang),
    }


def _sums_note(frame: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return how many of all documents name sums, and whether the sums drawn have years."""
    documents = tables.funding["document_id"].nunique()
    read = int(tables.documents["source_file"].notna().sum())
    noun = f"document{'s' * (read != 1)} that {'was' if read == 1 else 'were'} read"
    text = say(
        lang,
        f"Of the {spelt_out(read)} {noun}, {spelt_out(documents)} name{'s' * (documents == 1)} sums. "
        "They are not added up here.",
        f"所读{read}份文件中有{documents}份写明金额。此处不相加。",
    )
    years = tables.funding.loc[tables.funding["funding_id"].isin(frame["funding_id"]), "year"]
    return text + (say(lang, " No years are stated.", "未写明年份。") if years.isna().all() else "")


def _time_line_words(frame: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the dated commitments."""
    title = _busiest(frame, lang)
    rows = [f"{row.date} {row.city} {row.commitment}" for row in frame.itertuples()]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Commitments with a date but without a number; a bar covers the year that is stated, a diamond stands at "
            "a stated month; filled: stated plainly, open: striven for (力争, 争取)",
            "有期限而无数值的承诺；横条为写明的年份，菱形为写明的月份；实心为直接写明，空心为“力争”“争取”",
        ),
        "source": sources(frame, tables, lang),
        "note": say(lang, "† date inferred.", "†日期为推定。") if frame["commitment"].str.endswith("†").any() else "",
        "alt": sentences([title, say(lang, "; ", "；").join(rows)], lang),
    }


def _busiest(frame: pd.DataFrame, lang: str) -> str:
    """Return the year in which most commitments fall due, or the years where no single one has the most."""
    years, total = frame["date"].str[:4], len(frame)
    busiest = years.mode()
    year, count = busiest.iloc[0], int((years == busiest.iloc[0]).sum())
    if count == total:
        part = part_of(total, total, "dated commitment")
        english = f"{part[:1].upper()}{part[1:]} fall{'s' * (total == 1)}"
        return say(lang, f"{english} due in {year}", f"{total}项有期限的承诺{'均' * (total > 1)}于{year}年到期")
    if len(busiest) > 1:
        first, last = years.min(), years.max()
        return say(
            lang,
            f"{spelt_out(total).capitalize()} dated commitments fall due between {first} and {last}",
            f"{total}项有期限的承诺于{first}年至{last}年间到期",
        )
    return say(
        lang,
        f"{spelt_out(count).capitalize()} of {spelt_out(total)} dated commitments fall due in {year}",
        f"{total}项有期限的承诺中，{count}项于{year}年到期",
    )


DATES_LEFT, DATES_WIDTH = 4.35, 2.55  # inches: the axis of years right of the commitments
BLOCK, SUM, APART = 0.1, 0.52, 0.2  # inches: the margin of a block of sums, a row of it, and between two blocks


def _draw_sums(frame: pd.DataFrame, *, colours: dict[str, str]) -> Figure:
    """Draw one bar a sum of money, the sums of each currency on a scale of their own from zero; no total.

    `frame` comes from `methods.plans.sums`. Where there are several currencies, each has an axis of its own below.
    """
    blocks = [rows for _, rows in frame.groupby("base_unit_id", sort=False)]
    height = BLOCK + SUM * len(frame) + (BLOCK + APART) * (len(blocks) - 1)
    figure = style.canvas(height)
    axes = page(figure, height)
    top = 0.0
    for rows in blocks:
        _sums_block(axes, rows, top, colours)
        top += BLOCK + SUM * len(rows) + APART
    return figure


def _sums_block(axes: Axes, rows: pd.DataFrame, top: float, colours: dict[str, str]) -> None:
    """Draw the sums of one currency on one scale."""
    left, width = 4.3, 2.3
    for place, row in enumerate(rows.to_dict("records")):
        y = top + 0.3 + SUM * place
        colour = colours[row["city_id"]]
        axes.text(style.MARGIN, y, style.wrap(row["label"], 4.0, 9.5), size=9.5, va="center", linespacing=1.2)
        long = width * row["amount_base"] / rows["amount_base"].max()
        axes.barh(y, long, height=0.24, left=left, color=colour)
        axes.text(left + long + 0.1, y, row["amount_text"], size=9.5, va="center")
    axes.plot([left, left], [top + 0.05, top + BLOCK + SUM * len(rows) - 0.05], color=style.RULE, lw=1)


def _draw_time_line(frame: pd.DataFrame, *, colours: dict[str, str]) -> Figure:
    """Draw one row a dated commitment: a bar over the year that is stated, a mark at a stated month.

    A diamond or an open bar is a commitment that the plan only strives for.
    """
    height = 0.35 + 0.42 * len(frame)
    figure = style.canvas(height)
    axes = style.panel(figure, DATES_LEFT, 0.3, DATES_WIDTH, height - 0.3)
    years = frame["date"].str[:4].astype(int)
    first, last = int(years.min()), int(years.max()) + 1
    axes.set(xlim=(first, last), ylim=(height - 0.3, 0), yticks=[])
    ticks = _apart(sorted(set(years)), room=0.42 * (last - first) / DATES_WIDTH)
    axes.set_xticks([year + 0.5 for year in ticks], [str(year) for year in ticks])
    axes.set_axisbelow(True)
    for place, row in enumerate(frame.to_dict("records")):
        _date_row(axes, row, 0.22 + 0.42 * place, colours[row["city_id"]])
    return figure


def _apart(years: list[int], room: float) -> list[int]:
    """Return the years of a sorted list that stand so many years from the last one kept, the first one kept."""
    kept: list[int] = []
    for year in years:
        if not kept or year - kept[-1] >= room:
            kept.append(year)
    return kept


def _date_row(axes: Axes, row: Record, y: float, colour: str) -> None:
    across = inches(axes)
    left = style.MARGIN - DATES_LEFT
    axes.axhline(y, color=style.RULE, lw=0.6, zorder=0)
    axes.text(left, y, row["city"], size=9, color=style.readable(colour), va="center", transform=across)
    text = style.wrap(row["commitment"], 3.35, 9.5)
    axes.text(left + 0.7, y, text, size=9.5, va="center", linespacing=1.15, transform=across)
    year, _, month = row["date"].partition("-")
    face = style.PAPER if row["aspirational"] else colour
    if month:
        axes.plot(int(year) + (int(month) - 0.5) / 12, y, "D", ms=7, mfc=face, mec=colour, mew=1.6, clip_on=False)
    else:
        axes.barh(y, 1, height=0.16, left=int(year), facecolor=face, edgecolor=colour, linewidth=1.4)
    axes.text(DATES_WIDTH + 0.1, y, row["kind"], size=8.5, color=style.QUIET, va="center", transform=across)
