"""Tables and sentences of the paths that the plans imply."""

import pandas as pd

from ..language import percent, quantity, say, signed, word
from ..pathways import HORIZON
from ..rows import Record
from ..tables import Tables
from .base import Sentences, Table, table


def catch_up(meetings: pd.DataFrame, tables: Tables, lang: str) -> Table:
    """Return when the city behind would stand where the city ahead stands, in words, with both time distances."""
    records = meetings.to_dict("records")
    units = tables.units.set_index("unit_id")
    pair = say(lang, "{} to {}", "{}追{}")
    columns = {
        "indicator": meetings["indicator"],
        "behind-ahead": [pair.format(row["behind"], row["ahead"]) for row in records],
        "reading": [word(f"reading-{row['reading']}", lang) for row in records],
        "carried-on": [word(f"by-{row['shape']}", lang) for row in records],
        "paces": [
            f"{_pace(row['pace_behind'], row, units, lang)} / {_pace(row['pace_ahead'], row, units, lang)}"
            for row in records
        ],
        "meeting": [_meeting(row, lang) for row in records],
        "lag-base": [_lag_base(row, lang) for row in records],
        "lag-target": [_lag(row["lag_target"], lang) for row in records],
    }
    caption = say(
        lang,
        "When the city behind would stand where the city ahead stands, and how many years later it reaches the "
        "baseline and the target of the city ahead; targets taken as met, paces as constant",
        "落后城市何时追上领先城市，及其达到领先城市基期值与目标值的滞后年数；以目标实现、速度不变为前提",
    )
    return table(columns, caption, lang)


def _pace(value: float, row: Record, units: pd.DataFrame, lang: str) -> str:
    if row["shape"] == "geometric":
        return percent(value)
    unit = units.loc[row["unit_id"]]
    if unit["kind"] in ("ratio", "score", "share", "rate"):
        return signed(value, 3)
    sign = "−" if value < 0 else "+"
    return sign + quantity(float(f"{abs(value):.4g}"), unit, lang)


def _meeting(row: Record, lang: str) -> str:
    if not row["years"] <= HORIZON:
        return word("never" if pd.isna(row["meeting"]) else "not-in-a-century", lang)
    return say(
        lang, f"{row['years']:.1f} years after {row['target_year']}", f"{row['target_year']}年之后{row['years']:.1f}年"
    )


def _lag_base(row: Record, lang: str) -> str:
    """Return the time distance at the other's baseline; a path that begins above it never reaches it from below."""
    above = row["baseline_behind"] > row["baseline_ahead"]
    return word("began-above", lang) if above else _lag(row["lag_base"], lang)


def _lag(years: float, lang: str) -> str:
    return word("never", lang) if pd.isna(years) else say(lang, f"{years:.1f} years", f"{years:.1f}年")


def catch_up_sentences(meetings: pd.DataFrame, lang: str) -> Sentences:
    """Return on how many indicators two cities can be followed, and where the two ways of going on disagree."""
    first = meetings[meetings["reading"] == "target-year"]
    count, pairs = first["indicator_id"].nunique(), len(first[["behind_id", "ahead_id"]].drop_duplicates())
    text = say(
        lang,
        f"Both levels and growth may be compared for {pairs} pair{'s' * (pairs != 1)} of targets on {count} "
        f"indicator{'s' * (count != 1)}. ",
        f"水平与增长均可比的目标有{pairs}对，涉及{count}项指标。",
    )
    return Sentences(
        text
        + say(lang, " ", "").join(
            _compared(group, lang) for _, group in first.groupby(["behind_id", "ahead_id"], sort=False)
        )
    )


def _compared(group: pd.DataFrame, lang: str) -> str:
    """Return how both ways of going on answer for one pair."""
    rows = group.set_index("shape").to_dict("index")
    row = next(iter(rows.values()))
    pair = say(lang, "{}: {} would meet {} ", "{}：{}追上{}，").format(row["indicator"], row["behind"], row["ahead"])
    when = say(lang, "{1} {0}", "{0}{1}")
    parts = [when.format(word(f"by-{shape}", lang), _meeting(row, lang)) for shape, row in rows.items()]
    return pair + say(lang, "; ", "，").join(parts) + say(lang, ".", "。")
