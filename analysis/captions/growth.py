"""Captions of the pace that the plans imply."""

from typing import Any

import pandas as pd

from ..arrange import inside, leader, wins
from ..comparability import among, group_numbers
from ..language import listed, part_of, percent, say, sentences, word
from ..tables import Tables
from .base import sources


def growth_rates(rates: pd.DataFrame, pairs: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the compound rates; `pairs` comes from `comparability.matrix`."""
    number = rates["target_id"].map(group_numbers(among(pairs, rates), "growth"))
    pace = rates["direction"] * rates["compound_rate"]
    shared = rates.assign(pace=pace, group=rates["indicator_id"].str.cat(number.astype("str")))[number.notna()]
    title = _shared_finding(shared, lang) if len(shared) else _steepest(rates, tables, lang)
    spans = listed(sorted({f"{row.baseline_year}–{row.target_year}" for row in rates.itertuples()}), lang)
    ordered = rates.sort_values("compound_rate", ascending=False)
    cells = zip(ordered["city"], ordered["indicator"], ordered["compound_rate"].map(percent), strict=True)
    rows = say(lang, "; ", "；").join(map(" ".join, cells))
    return {
        "title": title,
        "subtitle": say(
            lang,
            f"Compound annual growth implied by baseline and target, % a year ({spans})",
            f"由基期值与目标值隐含的复合年均增长率，%（{spans}年）",
        ),
        "source": sources(rates, tables, lang),
        "note": _rates_note(rates, lang),
        "alt": sentences([title, rows], lang),
    }


def _rates_note(rates: pd.DataFrame, lang: str) -> str:
    notes = [say(lang, "Targets are taken as met.", "以目标如期实现为前提。")]
    if (rates["basis_status"] == "inferred").any():
        notes.append(say(lang, "† basis inferred.", "†口径为推定。"))
    bases = dict.fromkeys(rates["alternative_basis"].dropna())
    if bases:
        names, rated = listed([word(basis, lang) for basis in bases], lang), set(bases) - {"cumulative", "period-mean"}
        english = f"‡ the text also allows another basis ({names})" + ", without a compound rate" * (not rated)
        chinese = f"‡原文亦容许另一种理解（{names}）" + "，此时无复合年均增长率" * (not rated)
        notes.append(say(lang, f"{english}.", f"{chinese}。"))
    if rates["alternative_compound_rate"].notna().any():
        english = "○ the same target over the plan's own period, which ends earlier."
        notes.append(say(lang, english, "○按方案自身期间（较早结束）计算。"))
    english = "Rates of different indicators are not a ranking of cities."
    return say(lang, " ", "").join([*notes, say(lang, english, "不同指标的增长率不构成城市排名。")])


def _shared_finding(shared: pd.DataFrame, lang: str) -> str:
    """Return how often which city aims faster, over the indicators that may be compared; a tie has no leader.

    An indicator whose targets fall into several groups makes a comparison a group.
    """
    total, indicators = shared["group"].nunique(), shared["indicator_id"].nunique()
    where = say(lang, "Where compound rates may be compared, ", "复合年均增长率可比之处，")
    first = leader(shared, "pace", "group")
    if first is None and wins(shared, "pace", "group").empty:
        return where + say(lang, "the plans grow equally fast", "各方案增速相同")
    if first is None:
        return where + say(lang, "no city plans the faster growth most often", "各城市互有快慢，不分先后")
    city, count = first
    several = shared.groupby("group").size().max() > 2
    what = say(lang, *(("change", "变动") if (shared["direction"] == -1).any() else ("growth", "增长")))
    part = part_of(count, total, "indicator" if indicators == total else "comparison")
    chinese = f"{total}项指标中" if indicators == total else f"{total}组比较中"
    share = f"有{count}{'项' if indicators == total else '组'}" if count < total else "均" * (total > 1)
    return say(
        lang,
        f"{where}{city} plans the {'fastest' if several else 'faster'} {what} on {part}",
        f"复合年均增长率可比的{chinese}，{city}{share}计划{what}{'最快' if several else '更快'}",
    )


def _steepest(rates: pd.DataFrame, tables: Tables, lang: str) -> str:
    row = rates.iloc[int(rates["compound_rate"].argmax())]
    rate = percent(row["compound_rate"])
    return say(
        lang,
        f"The highest compound rate is that of {inside(row['indicator'], tables)} in {row['city']}, {rate} a year",
        f"复合年均增长率最高的是{row['city']}的{row['indicator']}，年均{rate}",
    )


def shared_indicators(panels: list[dict[str, Any]], shared: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the panels of shared indicators; `shared` are the rows that they show."""
    title = _comparable(panels, lang)
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Baseline ● to target ○ of indicators for which several cities state both; dashed: as promised; "
            "each panel has its own scale from zero",
            "多个城市均列有基期值●与目标值○的指标；虚线为承诺；各图自有刻度，均自零起",
        ),
        "source": sources(shared, tables, lang),
        "note": _shared_note(panels, shared, lang),
        "alt": sentences([title, *(_panel_as_text(panel, lang) for panel in panels)], lang),
    }


def _comparable(panels: list[dict[str, Any]], lang: str) -> str:
    """Return for how many of the shared indicators growth may be compared."""
    compared = len({panel["indicator"] for panel in panels if panel["lines"]})
    total = len({panel["indicator"] for panel in panels})
    chinese = f"{compared}项增长可比，{total - compared}项不可比"
    if compared in (0, total):
        chinese = f"{'均' * (total > 1)}{'增长可比' if compared else '增长不可比'}"
    return say(
        lang,
        f"Growth may be compared for {part_of(compared, total, 'indicator')} that cities share",
        f"城市共有的{total}项指标{'中' * (0 < compared < total)}，{chinese}",
    )


def _shared_note(panels: list[dict[str, Any]], shared: pd.DataFrame, lang: str) -> str:
    notes = []
    if any(len({(line["baseline_year"], line["target_year"]) for line in panel["lines"]}) > 1 for panel in panels):
        english = "Where years differ, growth is compared as a yearly rate."
        notes.append(say(lang, english, "起止年份不同者，以年率比较增长。"))
    if (shared["basis_status"] == "inferred").any():
        notes.append(say(lang, "† basis inferred.", "†口径为推定。"))
    return say(lang, " ", "").join(notes)


def _panel_as_text(panel: dict[str, Any], lang: str) -> str:
    ends = [line["label_end"].replace("\n", " ") for line in panel["lines"]]
    cells = ends or [*panel["stated"], *panel["reasons"]]
    name: str = panel["indicator"]
    return name + say(lang, ": ", "：") + say(lang, "; ", "；").join(cell.strip(".。") for cell in cells)
