"""Tables and sentences of what the plans are, cover and leave open."""

import pandas as pd

from ..language import quantity, say
from ..overview import OPEN
from .base import Sentences, Table, table


def left_open(frame: pd.DataFrame, lang: str) -> Table:
    """Return the rows of `overview.left_open`."""
    columns = {"city": frame["city"], "targets": frame["targets"]} | {key: frame[key] for key in OPEN}
    caption = say(lang, "Targets that leave something open, number", "目标中未写明的内容，项数")
    return table(columns, caption, lang)


def left_open_sentences(frame: pd.DataFrame, lang: str) -> Sentences:
    """Return how many targets lack what a reader needs most, a baseline, and which city states all of them."""
    total, missing = int(frame["targets"].sum()), int(frame["no-baseline"].sum())
    complete = frame.loc[frame["no-baseline"] == 0, "city"]
    none = frame.loc[frame["no-baseline"] == frame["targets"], "city"]
    comma = say(lang, " and ", "、")
    text = say(
        lang,
        f"{missing} of {total} targets state no baseline. ",
        f"{total}项目标中，{missing}项未列基期值。",
    )
    if len(complete):
        text += say(lang, f"Every target has one in {comma.join(complete)}, ", f"{comma.join(complete)}每项均列，")
    if len(none):
        text += say(lang, f"none in {comma.join(none)}.", f"{comma.join(none)}一项未列。")
    return Sentences(text.rstrip(", ，"))


def benchmark(frame: pd.DataFrame, lang: str) -> Table:
    """Return the rows of `overview.benchmark`."""
    unit = ("kind", "factor", "symbol_zh", "base_unit_id")
    amounts = [
        quantity(row["target_value"], {name: row[f"unit_{name}"] for name in unit}, lang)
        for row in frame.to_dict("records")
    ]
    columns = {
        "indicator": frame["indicator"],
        "target": [
            say(lang, f"{amount} ({year})", f"{amount}（{year}年）")
            for amount, year in zip(amounts, frame["target_year"], strict=True)
        ],
        "document": frame[f"document_title_{lang}"],
        "reported-by": frame["publisher"],
    }
    caption = say(lang, "The national benchmark, as reported", "全国参照目标（依报道）")
    return table(columns, caption, lang)
