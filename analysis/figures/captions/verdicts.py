"""Captions of which targets may be compared."""

import pandas as pd

from ...language import say, sentences, spelt_out, word
from ...tables import Tables
from ...tables.records import Record
from ..base import sources

MARKS = {"yes": "●", "caution": "◐", "no": "○"}


def verdict_matrix(
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
    cities = levels.loc[levels["city_kind"] == "city", "city"].unique()
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
    own = levels[levels["city_kind"] == "city"]
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
