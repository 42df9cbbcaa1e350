"""Captions of the paths that the plans imply."""

from typing import Any

import pandas as pd

from ..growth import growth_table
from ..language import lower_first, say, sentences, word
from ..pathways import HORIZON
from ..rows import Record
from ..tables import Tables
from .base import sources


def meetings(panels: list[dict[str, Any]], found: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the paths; `found` comes from `pathways.catch_up_table`, `panels` from `arrange`."""
    first = found[found["reading"] == "target-year"]
    rows = growth_table(tables, lang=lang)
    drawn = [target for panel in panels for target in panel["target_ids"]]
    shown = rows[rows["target_id"].isin(drawn)]
    first = first[first["behind_id"].isin(drawn)]
    title = _finding(first, lang)
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
            "Assumed: every target is met, and pace stays what it was. No plan says what comes after its target year. "
            "A year stands for its end. Scores and shares do not go on at a rate; they stand in the table only.",
            "假定：目标如期实现，速度保持不变。各方案均未说明目标年之后的情形。年份指年末。得分与比重不按增长率延长，仅列于表中。",
        ),
        "alt": sentences([title, *(_in_words(row, lang) for row in first.to_dict("records"))], lang),
    }


def _finding(first: pd.DataFrame, lang: str) -> str:
    """Return what the first pair shows, at rates and by amounts."""
    pair = (first["behind_id"] == first["behind_id"].iloc[0]) & (first["ahead_id"] == first["ahead_id"].iloc[0])
    by_shape = first[pair].set_index("shape", drop=False).to_dict("index")
    row = by_shape["geometric"]
    cities = say(
        lang,
        f"On {lower_first(row['indicator'])}, {row['behind']} would meet {row['ahead']}",
        f"{row['indicator']}：{row['behind']}追上{row['ahead']}，",
    )
    parts = [_when(by_shape[shape], lang) for shape in ("geometric", "linear")]
    return cities + say(lang, " ", "") + say(lang, ", but ", "，").join(parts)


def _when(row: Record, lang: str) -> str:
    """Return when the city behind meets the one ahead, in words, and how both go on."""
    how = word(f"by-{row['shape']}", lang)
    if pd.isna(row["meeting"]):
        return say(lang, f"never {how}", f"{how}则永远追不上")
    if row["years"] > HORIZON:
        return say(lang, f"not within a century {how}", f"{how}百年之内追不上")
    years = f"{row['years']:.0f}"
    return say(
        lang, f"{years} years after {row['target_year']} {how}", f"{how}需在{row['target_year']}年之后再过{years}年"
    )


def _in_words(row: Record, lang: str) -> str:
    pair = say(
        lang,
        f"{row['indicator']}, {row['behind']} and {row['ahead']}: ",
        f"{row['indicator']}，{row['behind']}与{row['ahead']}：",
    )
    return pair + _when(row, lang)
