"""Tables and sentences of the paths that the plans imply."""

import pandas as pd

from ..figures.captions import meeting
from ..language import counted, percent, quantity, say, signed, word
from ..methods.pathways import HORIZON
from ..tables import Tables
from ..tables.records import Record
from .base import Sentences, Table, nothing, table


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
        "落后城市何时追上领先城市，以及达到领先城市基期值与目标值晚几年；以目标如期实现、速度不变为前提",
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
    """Return the time distance at the other's baseline; a path that begins beyond it never reaches it on its way."""
    beyond = row["direction"] * (row["baseline_behind"] - row["baseline_ahead"]) > 0
    return (
        word("began-above" if row["direction"] == 1 else "began-below", lang) if beyond else _lag(row["lag_base"], lang)
    )


def _lag(years: float, lang: str) -> str:
    if pd.isna(years):
        return word("never", lang)
    if years > HORIZON:
        return word("not-in-a-century", lang)
    return say(lang, f"{years:.1f} years", f"{years:.1f}年")


def catch_up_sentences(meetings: pd.DataFrame, lang: str) -> Sentences:
    """Return on how many indicators two cities can be followed, and when they meet by either way of going on."""
    first = meetings[meetings["reading"] == "target-year"]
    if first.empty:
        return nothing("no-meetings", lang)
    groups = [group.to_dict("records") for _, group in first.groupby(["behind_id", "ahead_id"], sort=False)]
    count = first["indicator_id"].nunique()
    text = say(
        lang,
        f"Both levels and growth may be compared for {counted(len(groups), 'pair')} of targets on "
        f"{counted(count, 'indicator')}.",
        f"水平与增长均可比的目标有{len(groups)}对，涉及{count}项指标。",
    )
    part = say(lang, " {}: {}.", "{}：{}。")
    return Sentences(text + "".join(part.format(rows[0]["indicator"], meeting(rows, lang)) for rows in groups))
