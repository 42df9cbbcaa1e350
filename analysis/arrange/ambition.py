"""Arrange the axes of ambition and the score for the charts: rows, labels, and who leads where."""

import pandas as pd

from ..ambition import AXES, Score
from ..language import percent, say
from ..rows import Record
from ..tables import Tables
from .leading import leader


def axis_blocks(measured: pd.DataFrame, lang: str) -> list[tuple[str, list[Record]]]:
    """Return the axes with their rows: indicators by their highest value, cities within one from high to low."""
    blocks = []
    for axis in AXES:
        frame = measured[measured["axis"] == axis]
        highest = frame.groupby("indicator_id")["value"].transform("max")
        frame = frame.assign(highest=highest, label=[_label(axis, value, lang) for value in frame["value"]])
        rows = frame.sort_values(["highest", "indicator_id", "value"], ascending=False).to_dict("records")
        blocks.append((axis, rows))
    return [(axis, rows) for axis, rows in blocks if rows]


def _label(axis: str, value: float, lang: str) -> str:
    if axis == "level":
        return say(lang, f"{value:.3g} times", f"{value:.3g}倍")
    return percent(value, 1)


def leaders(measured: pd.DataFrame) -> dict[str, str | None]:
    """Return by axis the city that is highest on most indicators that several cities share; None where there is none.

    Axes without a shared indicator are left out.
    """
    found: dict[str, str | None] = {}
    for axis in AXES:
        frame = measured[measured["axis"] == axis]
        shared = frame[frame.groupby("indicator_id")["city_id"].transform("nunique") > 1]
        if len(shared):
            first = leader(shared, "value", "indicator_id")
            found[axis] = first[0] if first else None
    return found


def score_rows(score: Score, tables: Tables, lang: str) -> pd.DataFrame:
    """Return what the score's figure draws: each city's score on every axis and in all, and its ranks."""
    names = tables.cities.set_index("city_id")[f"name_{lang}"]
    ranks = score.uncertainty.ranks
    scored = ranks["score"].dropna().sort_values(ascending=False).index
    table = score.by_axis.loc[scored].assign(score=ranks.loc[scored, "score"]).join(ranks.loc[scored, RANKS])
    return table.rename_axis("city_id").reset_index().assign(city=lambda frame: frame["city_id"].map(names))


RANKS = ["rank", "median", "p05", "p95"]
