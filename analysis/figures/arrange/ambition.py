"""Arrange the axes of ambition and the score for the charts: rows, labels, and who leads where."""

import pandas as pd

from ...language import percent, say
from ...methods.ambition import AXES, Score
from ...tables import Tables
from ...tables.records import Record
from ...texts.base import leader


def axis_blocks(measured: pd.DataFrame, lang: str) -> list[tuple[str, list[Record]]]:
    """Return the axes with their rows: indicators by their highest value, cities within one from high to low."""
    blocks = []
    for axis in AXES:
        frame = measured[measured["axis"] == axis]
        highest = frame.groupby("indicator_id")["value"].transform("max")
        frame = frame.assign(highest=highest, label=[_label(row, lang) for row in frame.to_dict("records")])
        rows = frame.sort_values(["highest", "indicator_id", "value"], ascending=False).to_dict("records")
        blocks.append((axis, rows))
    return [(axis, rows) for axis, rows in blocks if rows]


def _label(row: Record, lang: str) -> str:
    """Return a value in words: the rate or the ratio as it is stated, with a remark where less of it is better."""
    value, less = row["value"], row["direction"] == -1
    if row["axis"] == "level":
        ratio = 1 / value if less else value
        text = say(lang, f"{ratio:.3g} times", f"{ratio:.3g}倍")
    else:
        text = percent(0 - value if less and row["axis"] == "pace" else value, 1)
    return text + say(lang, "\nless is better", "\n越少越好") if less else text


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
