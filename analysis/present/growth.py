"""Tables and sentences of the pace that the plans imply."""

import pandas as pd

from ..arrange import other_span, published
from ..language import lower_first, quantity, say, word
from ..tables import Tables, join
from .base import Sentences, Table, places, table


def growth(rates: pd.DataFrame, tables: Tables, lang: str) -> Table:
    """Return the growth table in words: values, the figure that may be published, and what is withheld."""
    records = rates.to_dict("records")
    units = tables.units.set_index("unit_id")
    amounts = [
        f"{quantity(row['baseline_value'], units.loc[row['unit_id']], lang)} → "
        f"{quantity(row['target_value'], units.loc[row['unit_id']], lang)}"
        for row in records
    ]
    other = [published(row, tables.units, lang, reading="alternative_") for row in records]
    # A word joiner after the dash keeps both years on one line.
    span = say(lang, "{}–\u2060{} ({:g})", "{}–\u2060{}（{:g}年）")
    spans = [span.format(row["baseline_year"], row["target_year"], row["years"]) for row in records]
    other_spans = [other_span(row, lang) for row in records]
    columns = {
        "city": rates["city"],
        "indicator": rates["indicator"],
        "basis": [word(row["basis"], lang) + (" †" if row["basis_status"] == "inferred" else "") for row in records],
        "target": amounts,
        "years": spans,
        "growth": [published(row, tables.units, lang) for row in records],
        "other-reading": [f"{text}{span}" if text else "" for text, span in zip(other, other_spans, strict=True)],
        "note": (rates["withheld"].fillna("") + say(lang, " ", "") + rates["caution"].fillna("")).str.strip(),
        "source": places(rates, tables, lang),
    }
    caption = say(
        lang,
        "Growth that the plans imply, one row a target with a baseline; † basis inferred",
        "各方案隐含的增长，每行一项列有基期值的目标；†口径为推定",
    )
    return table(columns, caption, lang)


def growth_sentences(rates: pd.DataFrame, tables: Tables, lang: str) -> Sentences:
    """Return how many targets can have which growth figure, and which cities and targets can have none."""
    frame = join(tables)
    total = int((frame["restates"].isna() & (frame["city_kind"] == "city")).sum())
    counts = rates["measure"].value_counts()
    part = say(lang, "{} ({})", "{}{}项")
    parts = [part.format(word(str(measure), lang), count) for measure, count in counts.items()]
    second = int(rates["alternative_measure"].notna().sum())
    text = say(
        lang,
        f"{len(rates)} of {total} targets have a baseline and so can have a growth figure: {', '.join(parts)}. "
        f"For {second} of them the text or the plan's period allows a second reading, which stands beside the first. ",
        f"{total}项目标中，{len(rates)}项列有基期值，可计算增长：{'、'.join(parts)}。"
        f"其中{second}项因原文或方案期间容许第二种读法，两者并列。",
    )
    return Sentences(text + _without_growth(rates, tables, lang))


def _without_growth(rates: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return the cities without any baseline, and the growth rates that plans state themselves."""
    cities = tables.cities[(tables.cities["kind"] == "city") & ~tables.cities["city_id"].isin(rates["city_id"])]
    names = say(lang, " and ", "、").join(cities[f"name_{lang}"])
    text = say(lang, f"No row stands here for {names}.", f"{names}无一行在列。") if len(cities) else ""
    frame = join(tables)
    for row in frame[frame["basis"] == "growth-rate"].to_dict("records"):
        city, name, rate = row[f"city_name_{lang}"], row[f"indicator_name_{lang}"], f"{row['target_value']:g}%"
        text += say(
            lang,
            f" {city} itself states a growth rate, {rate} a year for {lower_first(name)}, without a level.",
            f"{city}自行写明一项增长率（{name}年均{rate}），但无数量。",
        )
    return text
