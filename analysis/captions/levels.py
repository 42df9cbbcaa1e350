"""Captions of the levels that may be compared."""

from typing import Any

import pandas as pd

from ..language import listed, lower_first, part_of, say, sentences
from ..tables import Tables
from .base import leader, sources


def level_panels(panels: list[dict[str, Any]], shown: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the panels of levels; `shown` comes from `arrange.level_data`."""
    drawn = shown[shown["drawn"]]
    title = _finding(drawn, panels, lang)
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Baseline, target and latest observed value; dashed: not yet observed; every panel has its own unit and "
            "scale, which need not begin at zero",
            "基期值、目标值与最新观测值；虚线为尚未观测；各图自有单位与刻度，不一定自零起",
        ),
        "source": _source(shown, tables, lang),
        "note": _note(shown, lang),
        "alt": sentences([title, *(_panel_as_text(panel, lang) for panel in panels)], lang),
    }


def _finding(drawn: pd.DataFrame, panels: list[dict[str, Any]], lang: str) -> str:
    """Return which city aims highest over the panels; a tie has no leader."""
    if drawn.empty:
        total = len(panels)
        return say(
            lang,
            f"The cities share {total} indicator{'s' * (total > 1)}, and no level may be compared",
            f"所选城市共有{total}项指标，水平均不可比",
        )
    total, first = drawn["panel"].nunique(), leader(drawn[drawn["city_kind"] == "city"], "target_value", "panel")
    if first is None:
        return say(lang, "Where levels can be compared, the targets are equally high", "水平可比之处，各目标相同")
    city, wins = first
    comparable = "the one comparable indicator" if total == 1 else f"{part_of(wins, total)} comparable indicators"
    return say(
        lang,
        f"{city} sets the highest target on {comparable}",
        f"水平可比的{total}项指标中，{city}{f'有{wins}项' if wins < total else '各项'}目标最高",
    )


def _source(shown: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return the documents, and who reported the observed values that are drawn."""
    seen = shown.loc[shown["drawn"] & shown["latest_value"].notna(), "latest_publisher"]
    names = listed([name.replace(";", say(lang, " and ", "、")) for name in dict.fromkeys(seen)], lang)
    observed = say(lang, f" Observed values: {names}.", f"观测值：{names}。") if names else ""
    return sources(shown, tables, lang) + observed


def _note(shown: pd.DataFrame, lang: str) -> str:
    drawn = shown[shown["drawn"]]
    notes = []
    if (shown["basis_status"] == "inferred").any():
        notes.append(say(lang, "† basis inferred.", "†口径为推定。"))
    counts = dict.fromkeys(drawn.loc[drawn["unit_kind"].isin(["count", "money"]), "indicator"])
    if counts:
        names = listed([lower_first(name) for name in counts], lang)
        english = f"Not per head, so a large city states more without aiming higher: {names}."
        notes.append(say(lang, english, f"未按人口平均，城市大则数值大，并不说明目标更高：{names}。"))
    if (drawn["city_kind"] == "benchmark").any():
        notes.append(say(lang, "Grey: the national target, a benchmark.", "灰色为全国目标值，仅作参照。"))
    return say(lang, " ", "").join(notes)


def _panel_as_text(panel: dict[str, Any], lang: str) -> str:
    to = say(lang, "{}: {} to {}, latest {}", "{}：{}至{}，最新{}")
    cells = [to.format(row["city"], *row["cells"].values()) for row in panel["rows"]]
    cells += [text.strip(".。") for text in (*panel["stated"], *panel["reasons"])]
    heading: str = panel["heading"]
    return heading + say(lang, ": ", "：") + say(lang, "; ", "；").join(cells)
