"""Captions of the pace that the plans imply."""

from typing import Any

import pandas as pd

from ..comparability import among, group_numbers
from ..language import listed, lower_first, part_of, percent, say, sentences
from ..tables import Tables
from .base import leader, sources


def growth_rates(rates: pd.DataFrame, pairs: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the compound rates; `pairs` comes from `comparability.matrix`."""
    number = rates["target_id"].map(group_numbers(among(pairs, rates), "growth"))
    shared = rates.assign(group=rates["indicator_id"].str.cat(number.astype("str")))[number.notna()]
    title = _shared_finding(shared, lang) if len(shared) else _steepest(rates, lang)
    spans = listed(sorted({f"{row.baseline_year}–{row.target_year}" for row in rates.itertuples()}), lang)
    ordered = rates.sort_values("compound_rate", ascending=False)
    cells = zip(ordered["city"], ordered["indicator"], ordered["compound_rate"].map(percent), strict=True)
    rows = say(lang, "; ", "；").join(map(" ".join, cells))
    return {
        "title": title,
        "subtitle": say(
            lang,
            f"Compound annual growth implied by baseline and target, % a year ({spans})",
            f"由基期值与目标值推算的复合年均增长率，%（{spans}年）",
        ),
        "source": sources(rates, tables, lang),
        "note": _rates_note(rates, lang),
        "alt": sentences([title, rows], lang),
    }


def _rates_note(rates: pd.DataFrame, lang: str) -> str:
    notes = [say(lang, "Targets are taken as met.", "以目标如期实现为前提。")]
    if (rates["basis_status"] == "inferred").any():
        notes.append(say(lang, "† basis inferred.", "†口径为推定。"))
    if rates["alternative_basis"].notna().any():
        english = "‡ the text also allows a running total, for which no compound rate exists."
        notes.append(say(lang, english, "‡原文亦容许累计数的读法，此时无复合增长率。"))
    if rates["alternative_compound_rate"].notna().any():
        english = "○ the same target over the plan's own period, which ends earlier."
        notes.append(say(lang, english, "○按方案自身期间（较早结束）计算。"))
    english = "Rates of different indicators are not a ranking of cities."
    return say(lang, " ", "").join([*notes, say(lang, english, "不同指标的增长率不构成城市排名。")])


def _shared_finding(shared: pd.DataFrame, lang: str) -> str:
    """Return how often which city aims faster, over the indicators that may be compared; a tie has no leader.

    An indicator whose targets fall into several groups counts once a group.
    """
    total = shared["group"].nunique()
    first = leader(shared, "compound_rate", "group")
    if first is None:
        return say(lang, "Where growth rates can be compared, the plans aim equally high", "增长率可比之处，各方案相同")
    city, wins = first
    return say(
        lang,
        f"Where growth rates can be compared, {city} aims higher on {part_of(wins, total)} indicators",
        f"增长率可比的{total}项指标中，{city}{f'有{wins}项' if wins < total else '各项均'}计划增长更快",
    )


def _steepest(rates: pd.DataFrame, lang: str) -> str:
    row = rates.iloc[int(rates["compound_rate"].argmax())]
    rate = percent(row["compound_rate"])
    return say(
        lang,
        f"{row['city']} wants {lower_first(row['indicator'])} to grow fastest, by {rate} a year",
        f"{row['city']}计划增长最快的是{row['indicator']}，年均{rate}",
    )


def shared_indicators(panels: list[dict[str, Any]], shared: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the panels of shared indicators; `shared` are the rows that they show."""
    compared = len({panel["indicator"] for panel in panels if panel["lines"]})
    total = len({panel["indicator"] for panel in panels})
    title = say(
        lang,
        f"Growth can be compared for {part_of(compared, total)} indicators that cities share",
        f"城市共有的{total}项指标中，{compared}项增长可比，{total - compared}项不可比",
    )
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Baseline ● to target ○ of indicators for which several cities state both; dashed: not yet observed; "
            "each panel has its own scale from zero",
            "多个城市均列有基期值●与目标值○的指标；虚线为尚未观测；各图自有刻度，均自零起",
        ),
        "source": sources(shared, tables, lang),
        "note": say(
            lang,
            "Base years differ, so growth is compared as a yearly rate. † basis inferred.",
            "基期年份不同，故以年率比较增长。†口径为推定。",
        ),
        "alt": sentences([title, *(_panel_as_text(panel, lang) for panel in panels)], lang),
    }


def _panel_as_text(panel: dict[str, Any], lang: str) -> str:
    ends = [line["label_end"].replace("\n", " ") for line in panel["lines"]]
    cells = ends or [*panel["stated"], *panel["reasons"]]
    name: str = panel["indicator"]
    return name + say(lang, ": ", "：") + say(lang, "; ", "；").join(cell.strip(".。") for cell in cells)
