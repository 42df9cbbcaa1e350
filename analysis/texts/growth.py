"""Tables and sentences of the pace that the plans imply."""

import pandas as pd

from ..language import percent, quantity, say, signed, together, word
from ..tables import Tables, join, select_cities, select_indicators
from ..tables.datapackage import Record
from .base import Sentences, Table, in_sentence, nothing, places, table


def growth(rates: pd.DataFrame, tables: Tables, lang: str) -> Table:
    """Return the growth table in words: values, the figure that may be published, and what is withheld."""
    records = rates.to_dict("records")
    units = tables.units.set_index("unit_id")
    amounts = [
        f"{quantity(row['baseline_value'], units.loc[row['unit_id']], lang)} → "
        f"{quantity(row['target_value'], units.loc[row['unit_id']], lang)}"
        for row in records
    ]
    other = [growth_in_words(row, tables.units, lang, reading="alternative_") for row in records]
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
        "growth": [growth_in_words(row, tables.units, lang) for row in records],
        "other-reading": [f"{text}{span}" if text else "" for text, span in zip(other, other_spans, strict=True)],
        "note": (rates["withheld"].fillna("") + say(lang, " ", "") + rates["caution"].fillna("")).str.strip(),
        "source": places(rates, tables, lang),
    }
    caption = say(
        lang,
        "Growth that the plans imply, one row per target with a baseline; † basis inferred",
        "各方案隐含的增长，每行一项列有基期值的目标；†口径为推定",
    )
    return table(columns, caption, lang)


def growth_sentences(
    rates: pd.DataFrame,
    tables: Tables,
    lang: str,
    *,
    cities: list[str] | None = None,
    indicators: list[str] | None = None,
) -> Sentences:
    """Return how many targets can have which growth figure, and which cities and targets can have none.

    `rates` are the rows of the growth table of the chosen `cities` and `indicators`, all where none is named.
    """
    frame = join(tables)
    frame = frame[frame["restates"].isna() & frame["city_id"].isin(select_cities(tables, cities))]
    frame = frame[frame["indicator_id"].isin(select_indicators(tables, indicators))]
    if frame.empty:
        return nothing("no-targets", lang)
    text = _with_growth(rates, len(frame), lang)
    return Sentences(text + _without_growth(rates, frame, tables, lang))


def _with_growth(rates: pd.DataFrame, total: int, lang: str) -> str:
    """Return how many of some targets have a baseline, and their figures."""
    if rates.empty:
        return say(
            lang,
            f"None of {total} targets has a baseline, so none can have a growth figure."
            if total > 1
            else "The one target chosen has no baseline, and so no growth figure.",
            f"{total}项目标{'均' * (total > 1)}未列基期值，不能计算增长。",
        )
    counts, count = rates["measure"].value_counts(), len(rates)
    part = say(lang, "{} ({})", "{}{}项")
    parts = [part.format(word(str(measure), lang), number) for measure, number in counts.items()]
    has = "has" if count == 1 else "have"
    which = f"{count} of {total} targets"
    if count == total:
        which = "The one target chosen" if total == 1 else f"All {total} targets"
    chinese = f"{total}项目标{'均' * (total > 1)}" if count == total else f"{total}项目标中，{count}项"
    text = say(
        lang,
        f"{which} {has} a baseline and so can have a growth figure: {', '.join(parts)}.",
        f"{chinese}列有基期值，可计算增长：{'、'.join(parts)}。",
    )
    second = int(rates["alternative_measure"].notna().sum())
    if not second:
        return text
    return text + say(
        lang,
        f" For {second} of them the text or the plan's period allows a second reading, which stands beside the first.",
        f"其中{second}项因原文或方案期间容许另一种理解，两者并列。",
    )


def _without_growth(rates: pd.DataFrame, chosen: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return the chosen cities without any baseline, and the growth rates that plans state themselves."""
    without = chosen.loc[~chosen["city_id"].isin(rates["city_id"]), f"city_name_{lang}"].unique()
    text = ""
    if len(without) and len(rates):
        names = together(without, lang)
        text = say(lang, f" The table has no row for {names}.", f"{names}没有列有基期值的目标，不在表中。")
    for row in chosen[chosen["basis"] == "growth-rate"].to_dict("records"):
        city, rate = row[f"city_name_{lang}"], f"{row['target_value']:g}%"
        name = in_sentence(row["indicator_name_en"], tables)
        text += say(
            lang,
            f" {city} itself states a growth rate, {rate} a year for {name}, without a level.",
            f"{city}自行写明一项增长率（{row['indicator_name_zh']}年均{rate}），但未写明数量。",
        )
    return text


def growth_in_words(row: Record, units: pd.DataFrame, lang: str, *, reading: str = "") -> str:
    """Return the figure that may be published for a row of the growth table, in words.

    `reading` is empty for the first reading and `alternative_` for the second; none gives "".
    """
    measure = row[f"{reading}measure"]
    if pd.isna(measure) or measure == "none":
        return ""
    unit = units.set_index("unit_id").loc[row["unit_id"]]
    change = row[f"{reading}annual_change"]
    if measure == "compound":
        return say(lang, "{} a year", "年均{}").format(percent(row[f"{reading}compound_rate"]))
    if measure == "points":
        noun = "point" if signed(change, 2) == "+1" else "points"
        return say(lang, f"{{}} {noun} a year", "年均{}分").format(signed(change, 2))
    if measure == "percentage-points":
        return say(lang, "{} percentage points a year", "年均{}个百分点").format(signed(change, 3))
    if measure == "implied-flow":
        text = quantity(float(f"{change:.4g}"), unit, lang)
        return say(lang, "{} a year, implied", "年均{}（隐含）").format(text)
    text = ("−" if row["change"] < 0 else "+") + quantity(abs(row["change"]), unit, lang)
    return say(lang, "{} between the two means", "均值变动{}").format(text)


def other_span(row: Record, lang: str) -> str:
    """Return what the second reading assumes: other years, or another basis."""
    if pd.notna(row["alternative_basis"]):
        return say(lang, " if a {}", "（若为{}）").format(word(row["alternative_basis"], lang))
    if pd.notna(row["alternative_years"]):
        return say(lang, " over {:g} years", "（{:g}年）").format(row["alternative_years"])
    return ""
