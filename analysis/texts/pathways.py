"""Tables and sentences of the paths that the plans imply."""

import math

import pandas as pd

from ..language import counted, number, percent, quantity, say, signed, word
from ..methods.pathways import HORIZON
from ..methods.progress import progress_table
from ..tables import Tables
from ..tables.datapackage import Record
from .base import Sentences, Table, nothing, table

CENTURY = 100  # years: a longer time distance is only said to be longer


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
    if not row["meeting"] <= HORIZON:
        return not_met(row, lang)
    return say(
        lang, f"{row['years']:.1f} years after {row['target_year']}", f"{row['target_year']}年之后{row['years']:.1f}年"
    )


def not_met(row: Record, lang: str) -> str:
    """Return that two paths never meet, or not by the horizon."""
    return word("never" if pd.isna(row["meeting"]) else "not-by-horizon", lang)


def _lag_base(row: Record, lang: str) -> str:
    """Return the time distance at the other's baseline; a path that begins beyond it never reaches it on its way."""
    beyond = row["direction"] * (row["baseline_behind"] - row["baseline_ahead"]) > 0
    return (
        word("began-above" if row["direction"] == 1 else "began-below", lang) if beyond else _lag(row["lag_base"], lang)
    )


def _lag(years: float, lang: str) -> str:
    if pd.isna(years):
        return word("never", lang)
    if years > CENTURY:
        return word("more-than-a-century", lang)
    return say(lang, f"{years:.1f} years", f"{years:.1f}年")


def catch_up_sentences(meetings: pd.DataFrame, plans: Tables, lang: str) -> Sentences:
    """Return on how many indicators two cities can be followed, and when they meet by either way of going on.

    A target that was passed before its year is named: the paths take targets as met, not as passed.
    """
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
    found = [part.format(rows[0]["indicator"], meeting(rows, lang)) for rows in groups]
    return Sentences(text + "".join([*found, *_passed(first, plans, lang)]))


def _passed(first: pd.DataFrame, plans: Tables, lang: str) -> list[str]:
    """Return which of the targets was passed by an observed value, one sentence a target."""
    progressed = progress_table(plans, lang=lang)
    used = progressed["target_id"].isin({*first["behind_id"], *first["ahead_id"]})
    beyond = progressed["direction"] * (progressed["current_value"] - progressed["target_value"]) > 0
    rows = progressed[used & beyond].to_dict("records")
    return [_passed_by(row, number(row["target_value"]), number(row["current_value"]), lang) for row in rows]


def _passed_by(row: Record, target: str, value: str, lang: str) -> str:
    city, date, year = row["city"], row["date"], row["target_year"]
    return say(
        lang,
        f" {city}'s target of {target} was already passed: {value} in {date}. The paths take the target as met in "
        f"{year}, and do not start from what was observed.",
        f"{city}{target}的目标已被超过：{date}的实际值为{value}；路径以目标于{year}年实现为前提，并不从实际值起算。",
    )


def meeting(rows: list[Record], lang: str) -> str:
    """Return when one city would meet another, in whole years, by every way in which both go on."""
    whens, hows = [_when(row, lang) for row in rows], [word(f"by-{row['shape']}", lang) for row in rows]
    behind, ahead = str(rows[0]["behind"]), str(rows[0]["ahead"])
    if len(set(whens)) == 1:
        how, when = say(lang, " and ", "或").join(hows), whens[0]
        return say(lang, f"{behind} would {when.format(ahead)} {how}", f"{behind}追赶{ahead}，{how}，{when}")
    agree = len({row["meeting"] <= HORIZON for row in rows}) == 1
    others = [ahead, *["it"] * (len(rows) - 1)]
    english = [f"would {when.format(other)} {how}" for when, other, how in zip(whens, others, hows, strict=True)]
    chinese = [f"{how}，{when}" for how, when in zip(hows, whens, strict=True)]
    joined = say(lang, ", and " if agree else ", but ", "；").join(say(lang, english, chinese))
    return say(lang, f"{behind} {joined}", f"{behind}追赶{ahead}，{joined}")


def _when(row: Record, lang: str) -> str:
    """Return when the city behind meets the one ahead, for whom the English has a place."""
    if pd.isna(row["meeting"]) and math.isclose(row["start_behind"], row["start_ahead"]):
        year = f"{row['start_year']:.0f}"
        return say(lang, f"start level with {{}} at the end of {year} and fall behind", f"{year}年末持平，此后落后")
    if not row["meeting"] <= HORIZON:
        return say(lang, f"{'never' if pd.isna(row['meeting']) else 'not'} meet {{}}", "") + (
            say(lang, " on these assumptions" if pd.isna(row["meeting"]) else f" by {HORIZON}", not_met(row, "zh"))
        )
    years, year = f"{row['years']:.0f}", row["target_year"]
    if row["years"] == 0:
        return say(lang, f"stand level with {{}} in {year}", f"在{year}年已持平")
    if row["years"] < 1:
        return say(lang, f"meet {{}} within a year after {year}", f"在{year}年之后不到1年追上")
    noun = "year" if years == "1" else "years"
    return say(lang, f"meet {{}} about {years} {noun} after {year}", f"在{year}年之后约{years}年追上")


def _in_words(rows: list[Record], lang: str) -> str:
    return str(rows[0]["indicator"]) + say(lang, ": ", "：") + meeting(rows, lang)
