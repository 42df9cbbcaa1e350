"""The compound rates that the plans imply, on one axis, in blocks of what may be compared."""

from collections.abc import Sequence
from math import ceil

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from .. import style
from ..files import file_name
from ..language import listed, part_of, percent, say, sentences, word
from ..methods.comparability import among, group_numbers, matrix
from ..tables import Tables
from ..tables.datapackage import Record
from ..texts.base import Sentences, in_sentence, leader, nothing, wins
from .base import Picture, city_colours, figure, inches, lines, sources


@figure
def growth_rates(
    rates: pd.DataFrame, plans: Tables, lang: str, cities: Sequence[str] = (), indicators: Sequence[str] = ()
) -> Picture | Sentences:
    """Draw the compound rates among rows of `growth.growth_table`, which is limited to these cities and indicators."""
    compound = rates[rates["compound_rate"].notna()]
    if compound.empty:
        return nothing("no-rates", lang)
    pairs, compound = among(matrix(plans), rates), compound.assign(label=_labels(compound, lang))
    blocks, colours = _blocks(compound, pairs, lang), city_colours(plans)
    return Picture(
        file_name("growth-rates", cities, indicators),
        _words(compound, pairs, plans, lang),
        compound,
        lambda: _draw(compound, blocks, colours),
        lang,
    )


COMPARABLE = (
    ("May be compared between cities", "城市间可比"),
    ("May be compared between cities, in a further group", "城市间可比（另组）"),
)


def _blocks(rates: pd.DataFrame, pairs: pd.DataFrame, lang: str) -> list[tuple[str, list[str]]]:
    """Return the compound rates in blocks: those that cities may compare, by indicator, then the rest by city.

    In a block the steepest in the wanted direction comes first; rows of one indicator stay together. Targets of one
    indicator that fall into several groups, none of which may be compared with another, never stand in one block.
    """
    pace = rates["direction"] * rates["compound_rate"]
    order = rates.assign(pace=pace, steepest=pace.groupby(rates["indicator_id"]).transform("max"))
    order = order.sort_values(["steepest", "indicator_id", "pace"], ascending=False)
    block = order["target_id"].map(group_numbers(among(pairs, rates), "growth"))
    found = [
        (say(lang, *COMPARABLE[min(number, 1)]), order.loc[block == number, "target_id"].tolist())
        for number in sorted(block.dropna().unique().astype(int))
    ]
    for city in rates["city"].unique():
        rest = order[block.isna() & (order["city"] == city)].sort_values("pace", ascending=False)
        found.append((say(lang, f"{city}, not compared", f"{city}（不作比较）"), rest["target_id"].tolist()))
    return [(heading, ids) for heading, ids in found if ids]


def _labels(rates: pd.DataFrame, lang: str) -> pd.Series:
    """Return the text beside each compound rate: rate, years, second reading, counts where the base is small."""
    return pd.Series([_label(row, lang) for row in rates.to_dict("records")], index=rates.index)


def _label(row: Record, lang: str) -> str:
    text = _rate_in_years(row["compound_rate"], row["years"], lang)
    if pd.notna(row["small_base"]):
        text += say(lang, f" ({row['small_base']})", f"（{row['small_base']}）")
    if pd.notna(row["alternative_compound_rate"]):
        text += "  ○ " + _rate_in_years(row["alternative_compound_rate"], row["alternative_years"], lang)
    return text


def _rate_in_years(rate: float, years: float, lang: str) -> str:
    return say(lang, f"{percent(rate)}, {years:g} yr{'' if years == 1 else 's'}", f"{percent(rate)}（{years:g}年）")


def _words(rates: pd.DataFrame, pairs: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the compound rates; `pairs` comes from `comparability.matrix`."""
    number = rates["target_id"].map(group_numbers(among(pairs, rates), "growth"))
    pace = rates["direction"] * rates["compound_rate"]
    shared = rates.assign(pace=pace, group=rates["indicator_id"].str.cat(number.astype("str")))[number.notna()]
    title = _shared_finding(shared, lang) if len(shared) else _steepest(rates, tables, lang)
    spans = listed(sorted({f"{row.baseline_year}–{row.target_year}" for row in rates.itertuples()}), lang)
    ordered = rates.sort_values("compound_rate", ascending=False)
    cells = zip(ordered["city"], ordered["indicator"], ordered["compound_rate"].map(percent), strict=True)
    rows = say(lang, "; ", "；").join(map(" ".join, cells))
    return {
        "title": title,
        "subtitle": say(
            lang,
            f"Compound annual growth implied by baseline and target, % a year ({spans})",
            f"由基期值与目标值隐含的复合年均增长率，%（{spans}年）",
        ),
        "source": sources(rates, tables, lang),
        "note": _rates_note(rates, lang),
        "alt": sentences([title, rows], lang),
    }


def _rates_note(rates: pd.DataFrame, lang: str) -> str:
    notes = [say(lang, "Targets are taken as met.", "以目标如期实现为前提。")]
    if (rates["basis_status"] == "inferred").any():
        notes.append(say(lang, "† basis inferred.", "†口径为推定。"))
    bases = dict.fromkeys(rates["alternative_basis"].dropna())
    if bases:
        names, rated = listed([word(basis, lang) for basis in bases], lang), set(bases) - {"cumulative", "period-mean"}
        english = f"‡ the text also allows another basis ({names})" + ", without a compound rate" * (not rated)
        chinese = f"‡原文亦容许另一种理解（{names}）" + "，此时无复合年均增长率" * (not rated)
        notes.append(say(lang, f"{english}.", f"{chinese}。"))
    if rates["alternative_compound_rate"].notna().any():
        english = "○ the same target over the plan's own period, which ends earlier."
        notes.append(say(lang, english, "○按方案自身期间（较早结束）计算。"))
    english = "Rates of different indicators are not a ranking of cities."
    return say(lang, " ", "").join([*notes, say(lang, english, "不同指标的增长率不构成城市排名。")])


def _shared_finding(shared: pd.DataFrame, lang: str) -> str:
    """Return how often which city aims faster, over the indicators that may be compared; a tie has no leader.

    An indicator whose targets fall into several groups makes a comparison a group.
    """
    total, indicators = shared["group"].nunique(), shared["indicator_id"].nunique()
    where = say(lang, "Where compound rates may be compared, ", "复合年均增长率可比之处，")
    first = leader(shared, "pace", "group")
    if first is None and wins(shared, "pace", "group").empty:
        return where + say(lang, "the plans grow equally fast", "各方案增速相同")
    if first is None:
        return where + say(lang, "no city plans the faster growth most often", "各城市互有快慢，不分先后")
    city, count = first
    several = shared.groupby("group").size().max() > 2
    what = say(lang, *(("change", "变动") if (shared["direction"] == -1).any() else ("growth", "增长")))
    part = part_of(count, total, "indicator" if indicators == total else "comparison")
    chinese = f"{total}项指标中" if indicators == total else f"{total}组比较中"
    share = f"有{count}{'项' if indicators == total else '组'}" if count < total else "均" * (total > 1)
    return say(
        lang,
        f"{where}{city} plans the {'fastest' if several else 'faster'} {what} on {part}",
        f"复合年均增长率可比的{chinese}，{city}{share}计划{what}{'最快' if several else '更快'}",
    )


def _steepest(rates: pd.DataFrame, tables: Tables, lang: str) -> str:
    row = rates.iloc[int(rates["compound_rate"].argmax())]
    rate = percent(row["compound_rate"])
    return say(
        lang,
        f"The highest compound rate is that of {in_sentence(row['indicator'], tables)} in {row['city']}, {rate} a year",
        f"复合年均增长率最高的是{row['city']}的{row['indicator']}，年均{rate}",
    )


RATES_LEFT, RATES_WIDTH = 3.3, 2.15  # inches: the axis of rates between labels and numbers
RATES_LABEL, RATES_CITY = 2.45, 0.95  # inches: the widest label and the widest name of a city, broken beyond
TICKS, MOST_TICKS = 0.05, 6  # the least between two ticks of the axis, and for how many there is room


def _draw(rates: pd.DataFrame, groups: list[tuple[str, list[str]]], colours: dict[str, str]) -> Figure:
    """Draw compound rates as dots on one axis, a block a group, the rows in the groups' order.

    `rates` are rows of `growth.growth_table` with a `label`; `groups` pairs a heading with the target ids
    under it. A hollow dot is the second reading; its years stand beside it. Negative rates stand left of zero.
    """
    texts = {row["target_id"]: _rate_texts(row, rates["city"]) for row in rates.to_dict("records")}
    extra = {target: 0.16 * max(0, lines(*cells) - 2) for target, cells in texts.items()}
    height = 0.45 + 0.4 * len(groups) + 0.36 * sum(len(ids) for _, ids in groups) + sum(extra.values())
    figure = style.canvas(height)
    axes = style.panel(figure, RATES_LEFT, 0.35, RATES_WIDTH, height - 0.35)
    found = rates[["compound_rate", "alternative_compound_rate"]]
    least, most = min(0.0, found.min().min()), max(0.0, found.max().max())
    axes.set(xlim=(1.05 * least, 1.05 * most if most > least else TICKS), ylim=(height - 0.35, 0))
    rows, y = rates.set_index("target_id"), 0.0
    for heading, ids in groups:
        place = (style.MARGIN - RATES_LEFT, y + 0.24)
        axes.text(*place, heading, size=9, color=style.QUIET, va="center", transform=inches(axes))
        y += 0.4
        for target, row in rows.loc[ids].to_dict("index").items():
            _rate_row(axes, row, texts[target], y + 0.18 + extra[target] / 2, colours[row["city_id"]])
            y += 0.36 + extra[target]
    _rate_axis(axes)
    return figure


def _rate_texts(row: Record, cities: pd.Series) -> tuple[str, str]:
    """Return a row's label and city, broken so that they do not touch however long the cities' names are."""
    marks = ("†" if row["basis_status"] == "inferred" else "") + ("‡" if pd.notna(row["alternative_basis"]) else "")
    widest = max(style.text_width(line, 9) for city in cities for line in style.wrap(city, RATES_CITY, 9).split("\n"))
    room = min(RATES_LABEL, RATES_LEFT - style.MARGIN - widest - 0.2)
    label = style.wrap(row["indicator"] + ("\u00a0" + marks if marks else ""), room, 9.5)
    return label, style.wrap(row["city"], RATES_CITY, 9)


def _rate_row(axes: Axes, row: Record, texts: tuple[str, str], y: float, colour: str) -> None:
    across = inches(axes)
    axes.text(style.MARGIN - RATES_LEFT, y, texts[0], size=9.5, va="center", linespacing=1.15, transform=across)
    ink = style.readable(colour)
    axes.text(-0.1, y, texts[1], size=9, color=ink, ha="right", va="center", transform=across)
    axes.plot([0, row["compound_rate"]], [y, y], color=colour, lw=1.6, solid_capstyle="butt")
    if pd.notna(row["alternative_compound_rate"]):
        other = row["alternative_compound_rate"]
        axes.plot([row["compound_rate"], other], [y, y], color=colour, lw=1.2, ls=(0, (2, 1.5)))
        axes.plot(other, y, "o", ms=6.5, mfc=style.PAPER, mec=colour, mew=1.5)
    axes.plot(row["compound_rate"], y, "o", ms=7, color=colour)
    axes.text(RATES_WIDTH + 0.08, y, row["label"], size=8.5, va="center", transform=across)


def _rate_axis(axes: Axes) -> None:
    axes.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}%")
    first, last = axes.get_xlim()
    axes.xaxis.set_major_locator(MultipleLocator(TICKS * ceil((last - first) / (MOST_TICKS * TICKS))))
    axes.set_yticks([])
    axes.grid(axis="x", color=style.RULE, lw=0.6)
    axes.set_axisbelow(True)
