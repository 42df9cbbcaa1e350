"""Captions of the paths that the plans imply."""

from typing import Any

import pandas as pd

from ...language import say, sentences, word
from ...methods.pathways import HORIZON
from ...tables import Tables
from ...tables.records import Record
from ..arrange import inside
from ..base import sources


def meetings(panels: list[dict[str, Any]], found: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the paths; `found` comes from `pathways.catch_up_table`, `panels` from `arrange`."""
    first = found[found["reading"] == "target-year"]
    drawn = [target for panel in panels for target in panel["target_ids"]]
    shown = tables.targets[tables.targets["target_id"].isin(drawn)]
    first = first[first["behind_id"].isin(drawn)]
    title = _finding(first, tables, lang)
    pairs = [group.to_dict("records") for _, group in first.groupby(["behind_id", "ahead_id"], sort=False)]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Baseline ●, target ○, and the path between them (dashed); beyond the plans (shaded) it goes on at the "
            "same pace (dotted). Ring: the city behind meets the one ahead. Both panels share a scale from zero",
            "基期值●、目标值○及其间的路径（虚线）；方案之后（灰底）按同一速度延长（点线）；圆环：落后城市追上领先城市；每行两图刻度相同，均自零起",
        ),
        "source": sources(shown, tables, lang),
        "note": say(
            lang,
            "Assumed: every target is met, and pace stays what it was. "
            "A year stands for its end. Scores and shares do not go on at a rate; they stand in the table only.",
            "假定：目标如期实现，速度保持不变。年份指年末。得分与比重不按增长率延长，仅列于表中。",
        ),
        "alt": sentences([title, *(_in_words(rows, lang) for rows in pairs)], lang),
    }


def _finding(first: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return what the first pair shows, at rates and by amounts."""
    pair = (first["behind_id"] == first["behind_id"].iloc[0]) & (first["ahead_id"] == first["ahead_id"].iloc[0])
    rows = first[pair].set_index("shape", drop=False).loc[["geometric", "linear"]].to_dict("records")
    name = inside(rows[0]["indicator"], tables)
    return say(lang, f"On {name}, ", f"{rows[0]['indicator']}：") + meeting(rows, lang)


def meeting(rows: list[Record], lang: str) -> str:
    """Return when one city would meet another, in whole years, by every way in which both go on."""
    whens, hows = [_when(row, lang) for row in rows], [word(f"by-{row['shape']}", lang) for row in rows]
    behind, ahead = str(rows[0]["behind"]), str(rows[0]["ahead"])
    if len(set(whens)) == 1:
        how, when = say(lang, " and ", "或").join(hows), whens[0]
        return say(lang, f"{behind} would {when.format(ahead)} {how}", f"{behind}追赶{ahead}，{how}，{when}")
    agree = len({row["years"] <= HORIZON for row in rows}) == 1
    others = [ahead, *["it"] * (len(rows) - 1)]
    english = [f"would {when.format(other)} {how}" for when, other, how in zip(whens, others, hows, strict=True)]
    chinese = [f"{how}，{when}" for how, when in zip(hows, whens, strict=True)]
    joined = say(lang, ", and " if agree else ", but ", "；").join(say(lang, english, chinese))
    return say(lang, f"{behind} {joined}", f"{behind}追赶{ahead}，{joined}")


def _when(row: Record, lang: str) -> str:
    """Return when the city behind meets the one ahead, for whom the English has a place."""
    if pd.isna(row["meeting"]):
        return say(lang, "never meet {}", "永远追不上")
    if row["years"] > HORIZON:
        return say(lang, "not meet {} within a century", word("not-in-a-century", "zh"))
    years, year = f"{row['years']:.0f}", row["target_year"]
    if row["years"] == 0:
        return say(lang, f"stand level with {{}} in {year}", f"在{year}年已持平")
    if row["years"] < 1:
        return say(lang, f"meet {{}} within a year after {year}", f"在{year}年之后不到1年追上")
    noun = "year" if years == "1" else "years"
    return say(lang, f"meet {{}} about {years} {noun} after {year}", f"在{year}年之后约{years}年追上")


def _in_words(rows: list[Record], lang: str) -> str:
    return str(rows[0]["indicator"]) + say(lang, ": ", "：") + meeting(rows, lang)
