"""Arrange pairs of targets for the chart and the table of verdicts: rows that share verdict and reasons."""

from itertools import combinations

import pandas as pd

from ...language import say
from ...methods.comparability import in_words, standing
from ...tables import Tables
from ...tables.records import Record

AGREE = ("Measure, unit, basis and years agree.", "指标、单位、口径、年份均一致。")
STANDINGS = ("yes", "caution", "no")  # from most to least


def verdict_blocks(
    pairs: pd.DataFrame, national: pd.DataFrame, tables: Tables, lang: str
) -> list[tuple[str, list[Record]]]:
    """Return the pairs between cities and those with the benchmark under their headings; empty ones are left out."""
    blocks = [
        (say(lang, "Between cities", "城市之间"), verdict_rows(pairs, tables, lang)),
        (say(lang, "With the national target", "与全国目标之间"), verdict_rows(national, tables, lang)),
    ]
    return [(heading, rows) for heading, rows in blocks if rows]


def verdict_rows(pairs: pd.DataFrame, tables: Tables, lang: str) -> list[Record]:
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


def verdict_data(*pairs: pd.DataFrame) -> pd.DataFrame:
    """Return frames of pairs as one, with the standing of levels and growth and the ids of the reasons, as text."""
    frame = pd.concat(pairs, ignore_index=True)
    return frame.assign(
        levels=[standing(reasons, "levels") for reasons in frame["reasons"]],
        growth=[standing(reasons, "growth") for reasons in frame["reasons"]],
        reasons=["; ".join(reason.id for reason in reasons) for reasons in frame["reasons"]],
    )


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
