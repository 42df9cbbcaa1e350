"""What may be compared between the targets of two cities, a mark a pair."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import style
from ..files import file_name
from ..language import say, sentences, spelt_out, word
from ..methods.comparability import against_benchmark, among, in_words, matrix, standing
from ..tables import Tables, select_cities
from ..tables.datapackage import Record
from ..texts.base import Sentences, nothing
from ..texts.comparability import verdict_data
from .base import Picture, figure, page, sources


@figure
def compare_verdicts(
    stated: pd.DataFrame, plans: Tables, lang: str, cities: Sequence[str] = (), indicators: Sequence[str] = ()
) -> Picture | Sentences:
    """Draw the verdicts on all pairs among rows of `comparability.levels_table`."""
    stated = stated[stated["city_kind"].ne("province") | stated["city_id"].isin(select_cities(plans))]
    pairs = among(matrix(plans), stated)
    national = among(against_benchmark(plans), stated)
    blocks = _verdict_blocks(pairs, national, plans, lang)
    if not blocks:
        return nothing("no-pairs", lang)
    return Picture(
        file_name("compare-verdicts", cities, indicators),
        _verdict_matrix_words(blocks, pairs, stated, plans, lang),
        verdict_data(pairs, national),
        lambda: _draw_verdict_matrix(blocks, lang=lang),
        lang,
    )


AGREE = ("Measure, unit, basis and years agree.", "指标、单位、口径、年份均一致。")
STANDINGS = ("yes", "caution", "no")  # from most to least


def _verdict_blocks(
    pairs: pd.DataFrame, national: pd.DataFrame, tables: Tables, lang: str
) -> list[tuple[str, list[Record]]]:
    """Return the pairs between cities and those with the benchmark under their headings; empty ones are left out."""
    blocks = [
        (say(lang, "Between cities", "城市之间"), _verdict_rows(pairs, tables, lang)),
        (say(lang, "With the national target", "与全国目标之间"), _verdict_rows(national, tables, lang)),
    ]
    return [(heading, rows) for heading, rows in blocks if rows]


def _verdict_rows(pairs: pd.DataFrame, tables: Tables, lang: str) -> list[Record]:
    """Return one row an indicator and group of pairs that share verdict and reasons, the most comparable first.

    A row holds `indicator`, `cities` (the pairs in words), `levels` and `growth` (`yes`, `caution` or `no`)
    and `reasons` in words. `pairs` comes from `comparability.matrix` or `against_benchmark`.
    """
    names = tables.indicators.set_index("indicator_id")[f"name_{lang}"]
    cities = tables.cities.set_index("city_id")[f"name_{lang}"]
    blocks = []
    for indicator, group in pairs.groupby("indicator_id", sort=False):
        rows = [
            {"indicator": names[str(indicator)]} | _verdict(same, cities, lang)
            for _, same in group.groupby("reasons", sort=False)
        ]
        blocks.append(sorted(rows, key=_rank))
    return [row for block in sorted(blocks, key=_best) for row in block]


def _verdict(same: pd.DataFrame, cities: pd.Series, lang: str) -> Record:
    """Return the verdict that some pairs share, for the same reasons."""
    reasons = same["reasons"].iloc[0]
    return {
        "cities": _cities(list(zip(same["city_a"], same["city_b"], strict=True)), cities, lang),
        "levels": standing(reasons, "levels"),
        "growth": standing(reasons, "growth"),
        "reasons": in_words(reasons, lang) or say(lang, *AGREE),
    }


def _rank(row: Record) -> tuple[int, int]:
    return STANDINGS.index(row["levels"]), STANDINGS.index(row["growth"])


def _best(rows: list[Record]) -> tuple[int, int]:
    return min(_rank(row) for row in rows)


def _cities(pairs: list[tuple[str, str]], names: pd.Series, lang: str) -> str:
    """Return pairs of cities as short as they can be said: all of three or more cities, or city by city."""
    members = list(dict.fromkeys(city for pair in pairs for city in pair))
    if len(members) > 2 and {frozenset(pair) for pair in pairs} == {
        frozenset(pair) for pair in combinations(members, 2)
    }:
        listed = say(lang, ", ", "、").join(names[members])
        return say(lang, f"{listed} with one another", f"{listed}两两之间")
    # The city that occurs most leads, so that as few lines as possible name all pairs.
    often = sorted(members, key=lambda city: -sum(city in pair for pair in pairs))
    left, lines = list(pairs), []
    for lead in often:
        others = [b if a == lead else a for a, b in left if lead in (a, b)]
        left = [pair for pair in left if lead not in pair]
        if others:
            lines.append(f"{names[lead]} – {say(lang, ', ', '、').join(names[others])}")
    return "\n".join(lines)


MARKS = {"yes": "●", "caution": "◐", "no": "○"}


def _verdict_matrix_words(
    blocks: list[tuple[str, list[Record]]], pairs: pd.DataFrame, levels: pd.DataFrame, tables: Tables, lang: str
) -> dict[str, str]:
    """Return the caption of the verdicts; `pairs` are those between cities, `levels` all targets chosen."""
    title = _finding(pairs, lang) if len(pairs) else _no_pairs(levels, lang)
    words = {key: word("with-caution" if key == "caution" else key, lang) for key in MARKS}
    legend = [f"{mark} {words[key]}" for key, mark in MARKS.items()]
    rows = [row for _, group in blocks for row in group]
    shown = levels[levels["indicator"].isin([row["indicator"] for row in rows])]
    cell = say(lang, "{}, {}: levels {}, growth {}", "{}，{}：水平{}，增长{}")
    texts = [
        cell.format(row["indicator"], row["cities"].replace("\n", "; "), words[row["levels"]], words[row["growth"]])
        for row in rows
    ]
    return {
        "title": title,
        "subtitle": say(lang, "Pairs of targets for one indicator; ", "同一指标的目标两两成对；")
        + say(lang, ", ", "，").join(legend),
        "source": sources(shown, tables, lang),
        "note": _note(levels, pairs, lang),
        "alt": sentences([title, say(lang, "; ", "；").join(texts)], lang),
    }


def _no_pairs(levels: pd.DataFrame, lang: str) -> str:
    """Return why no two cities are compared: they share no indicator, or there is one city only."""
    cities = levels.loc[levels["city_kind"] != "nation", "city"].unique()
    if len(cities) == 1:
        return say(
            lang,
            f"{cities[0]} alone may be compared with the national targets only",
            f"仅选{cities[0]}时，只能与全国目标比较",
        )
    return say(lang, "No two of these cities state a target for one indicator", "所选城市没有共同的目标指标")


def _finding(pairs: pd.DataFrame, lang: str) -> str:
    total, by_level, by_growth = len(pairs), int(pairs["levels"].sum()), int(pairs["growth"].sum())
    neither = int((~pairs["levels"] & ~pairs["growth"]).sum())
    if total == 1:
        ways = {"levels": ("level", "水平"), "growth": ("growth", "增长")}
        fit = [say(lang, *words) for way, words in ways.items() if pairs[way].any()]
        english = f"by {' and by '.join(fit)}" if fit else "neither by level nor by growth"
        chinese = f"的{'与'.join(fit)}可比" if fit else "的水平与增长均不可比"
        return say(lang, f"The one pair of targets may be compared {english}", f"唯一一对目标{chinese}")
    return say(
        lang,
        f"Of {total} pairs of targets, levels may be compared in {spelt_out(by_level)}, growth in "
        f"{spelt_out(by_growth)}, neither in {spelt_out(neither)}",
        f"{total}对目标中，{by_level}对水平可比，{by_growth}对增长可比，{neither}对均不可比",
    )


def _note(levels: pd.DataFrame, pairs: pd.DataFrame, lang: str) -> str:
    own = levels[levels["city_kind"] != "nation"]
    alone = own["indicator_id"].nunique() - pairs["indicator_id"].nunique()
    text = say(
        lang,
        "Levels need one indicator, units of one base, one basis and one target year; growth needs two baselines "
        "instead of one target year.",
        "水平可比须指标、口径与目标年均相同，且单位可以换算；增长可比不要求同一目标年，但须均列有基期值。",
    )
    if alone and len(own["city_id"].unique()) > 1:
        noun = say(lang, "indicator is" if alone == 1 else "indicators are", "")
        text += say(
            lang,
            f" {spelt_out(alone).capitalize()} further {noun} stated by one of these cities only.",
            f"另有{alone}项指标仅其中一城列出。",
        )
    return text


# Inches: where the columns begin, and the middles of the marks.
NAME, CITIES, LEVELS, GROWTH, REASONS = style.MARGIN, 2.2, 4.22, 4.92, 5.4
LINE, PAD, HEADING, SIZE = 0.16, 0.16, 0.36, 9.0


def _draw_verdict_matrix(blocks: list[tuple[str, list[Record]]], *, lang: str) -> Figure:
    """Draw blocks of rows of `_verdict_rows`, each under its heading.

    A full mark may be compared, a half-full one with caution, a hollow one not; the reason stands beside it.
    """
    laid = [(heading, [_laid(row, last) for row, last in _with_last(rows)]) for heading, rows in blocks if rows]
    height = 0.3 + sum(HEADING + sum(row["height"] for row in rows) + 0.1 for _, rows in laid)
    figure = style.canvas(height)
    axes = page(figure, height)
    for left, key, align in (
        (NAME, "indicator", "left"), (CITIES, "cities", "left"), (LEVELS, "levels", "center"),
        (GROWTH, "growth", "center"), (REASONS, "reasons", "left"),
    ):  # fmt: skip
        axes.text(left, 0.14, word(key, lang), size=9, color=style.QUIET, va="center", ha=align)
    top = 0.3
    for heading, rows in laid:
        axes.text(NAME, top + HEADING / 2, heading, size=10, va="center")
        top += HEADING
        for row in rows:
            _row(axes, row, top)
            top += row["height"]
        top += 0.1
    return figure


def _with_last(rows: list[Record]) -> list[tuple[Record, str]]:
    """Return every row with the indicator of the row above it."""
    return list(zip(rows, ["", *(row["indicator"] for row in rows)], strict=False))


def _laid(row: Record, above: str) -> Record:
    """Return a row with its texts broken into lines, its name only where it begins an indicator, and its height."""
    name = "" if row["indicator"] == above else style.wrap(row["indicator"], CITIES - NAME - 0.12, SIZE)
    cities = style.wrap(row["cities"], LEVELS - CITIES - 0.36, SIZE)
    reasons = style.wrap(row["reasons"], style.WIDTH - style.MARGIN - REASONS, SIZE)
    lines = max(text.count("\n") + 1 for text in (name, cities, reasons))
    return row | {"name": name, "cities": cities, "reasons": reasons, "height": LINE * lines + PAD}


def _row(axes: Axes, row: Record, top: float) -> None:
    start = NAME if row["name"] else CITIES
    axes.plot([start, style.WIDTH - style.MARGIN], [top, top], color=style.RULE, lw=0.8 if row["name"] else 0.5)
    y = top + PAD / 2
    for left, text, colour in (
        (NAME, row["name"], style.INK), (CITIES, row["cities"], style.INK), (REASONS, row["reasons"], style.QUIET),
    ):  # fmt: skip
        axes.text(left, y, text, size=SIZE, color=colour, va="top", linespacing=1.2)
    for left, verdict in ((LEVELS, row["levels"]), (GROWTH, row["growth"])):
        _mark(axes, left, y + LINE / 2, verdict)


def _mark(axes: Axes, x: float, y: float, standing: str) -> None:
    edge = style.BENCHMARK if standing == "no" else style.INK
    face = style.PAPER if standing == "no" else style.INK
    half: dict[str, Any] = {"fillstyle": "left", "markerfacecoloralt": style.PAPER} if standing == "caution" else {}
    axes.plot(x, y, "o", ms=8, mec=edge, mfc=face, mew=1.3, **half)
