"""Tables and sentences of what the plans are, cover and leave open."""

import pandas as pd

from ..language import counted, publishers, quantity, say, together
from ..methods.plans import OPEN
from .base import Sentences, Table, nothing, table


def left_open(frame: pd.DataFrame, lang: str) -> Table:
    """Return the rows of `methods.plans.left_open`."""
    columns = {"city": frame["city"], "targets": frame["targets"]} | {key: frame[key] for key in OPEN}
    caption = say(lang, "Targets that leave something open, number", "目标中未写明的内容，项数")
    return table(columns, caption, lang)


def left_open_sentences(frame: pd.DataFrame, lang: str) -> Sentences:
    """Return how many targets lack what a reader needs most, a baseline, and which city states all of them."""
    total, missing = int(frame["targets"].sum()), int(frame["no-baseline"].sum())
    complete = frame.loc[frame["no-baseline"] == 0, "city"]
    none = frame.loc[frame["no-baseline"] == frame["targets"], "city"]
    if not total:
        return nothing("no-targets", lang)
    english = f"{missing} of {total} targets state{'s' * (missing == 1)} no baseline."
    chinese = f"{total}项目标中，{missing}项未列基期值。"
    if missing in (0, total):
        english = f"Of {counted(total, 'target')}, {'none states' if missing else 'every one states'} a baseline."
        chinese = f"{total}项目标{'均' * (total > 1)}{'未列' if missing else '列有'}基期值。"
    text = say(lang, english, chinese)
    parts = []
    if len(complete) and missing:
        names = together(complete, lang)
        parts.append(say(lang, f"every target has one in {names}", f"{names}每项均列有"))
    if len(none) and missing < total:
        names = together(none, lang)
        parts.append(say(lang, f"none has one in {names}", f"{names}一项也未列"))
    if parts:
        told = say(lang, "; ", "，").join(parts)
        text += say(lang, f" {told[:1].upper()}{told[1:]}.", f"{told}。")
    return Sentences(text)


def benchmark(frame: pd.DataFrame, lang: str) -> Table:
    """Return the rows of `methods.plans.benchmark`."""
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
        "reported-by": [publishers(name, lang) for name in frame["publisher"]],
    }
    caption = say(lang, "The national benchmark, as reported", "全国目标（依报道），作为参照")
    return table(columns, caption, lang)
