"""Captions of the levels that may be compared."""

from typing import Any

import pandas as pd

from ...language import listed, part_of, publishers, say, sentences, spelt_out
from ...tables import Tables
from ..arrange import inside, leader, wins
from ..base import sources


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
        "note": _note(shown, tables, lang),
        "alt": sentences([title, *(_panel_as_text(panel, lang) for panel in panels)], lang),
    }


def _finding(drawn: pd.DataFrame, panels: list[dict[str, Any]], lang: str) -> str:
    """Return which city aims highest over the panels; a tie has no leader."""
    if drawn.empty:
        total = len(panels)
        return say(
            lang,
            f"The cities share {total} indicator{'s' * (total > 1)}, and no level may be compared",
            f"所选城市共有{total}项指标，水平{'均' * (total > 1)}不可比",
        )
    rows = _targets(panels, drawn)
    first, where = leader(rows, "value", "panel"), say(lang, "Where levels may be compared, ", "水平可比之处，")
    if first is None and wins(rows, "value", "panel").empty:
        return where + say(lang, "the targets are equally high", "各目标相同")
    if first is None:
        return where + say(lang, "no city sets the highest target most often", "各城市互有高低，不分先后")
    return _highest(rows, *first, lang)


def _highest(rows: pd.DataFrame, city: str, count: int, lang: str) -> str:
    """Return on how many panels a city's target is the highest, and how many of those are not per head."""
    total, indicators = rows["panel"].nunique(), rows["indicator_id"].nunique()
    noun = "comparable indicator" if indicators == total else "comparison"
    top = rows[rows["value"] == rows.groupby("panel")["value"].transform("max")].drop_duplicates("panel", keep=False)
    top = top[top["city"] == city]
    sized = int((~top["unit_kind"].isin(["ratio", "share", "score", "rate"])).sum())
    unit = "项" if indicators == total else "组"
    english = "" if not sized else ", not per head" if total == 1 else f", {spelt_out(sized)} of them not per head"
    chinese = "" if not sized else "，未按人口平均" if total == 1 else f"，其中{sized}{unit}未按人口平均"
    share = f"有{count}{unit}" if count < total else "各项" * (total > 1)
    less = (rows["direction"] == -1).any()
    furthest, highest = say(lang, ("furthest", "highest"), ("最进取", "最高"))
    what = "指标" if indicators == total else "比较"
    return say(
        lang,
        f"{city} sets the {furthest if less else highest} target on {part_of(count, total, noun)}{english}",
        f"水平可比的{total}{unit}{what}中，{city}{share}目标{furthest if less else highest}{chinese}",
    )


def _targets(panels: list[dict[str, Any]], drawn: pd.DataFrame) -> pd.DataFrame:
    """Return the cities' targets that are drawn, in the unit of their panel; the greater `value` aims further."""
    rows = [
        {"panel": place, "target_id": row["target_id"], "target": row["numbers"]["target"]}
        for place, panel in enumerate(panels)
        for row in panel["rows"]
        if row["kind"] == "city"
    ]
    known = drawn.drop_duplicates("target_id")[["target_id", "city", "indicator_id", "unit_kind", "direction"]]
    found = pd.DataFrame(rows).merge(known, on="target_id")
    return found.assign(value=found["direction"] * found["target"])


def _source(shown: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return the documents, and who reported the observed values that are drawn."""
    seen = shown.loc[shown["drawn"] & shown["latest_value"].notna(), "latest_publisher"]
    names = say(lang, "; ", "；").join(publishers(name, lang) for name in dict.fromkeys(seen))
    observed = say(lang, f" Observed values: {names}.", f"观测值：{names}。") if names else ""
    return sources(shown, tables, lang) + observed


def _note(shown: pd.DataFrame, tables: Tables, lang: str) -> str:
    drawn = shown[shown["drawn"]]
    notes = []
    if (shown["basis_status"] == "inferred").any():
        notes.append(say(lang, "† basis inferred.", "†口径为推定。"))
    counts = dict.fromkeys(drawn.loc[drawn["unit_kind"].isin(["count", "money"]), "indicator"])
    if counts:
        names = listed([inside(name, tables) for name in counts], lang)
        english = f"Not per head, so a large city states more without aiming higher: {names}."
        notes.append(say(lang, english, f"未按人口平均，城市大则数值大，并不说明目标更高：{names}。"))
    if (drawn["city_kind"] == "benchmark").any():
        notes.append(say(lang, "Grey: the national target, a benchmark.", "灰色为全国目标，仅作参照。"))
    return say(lang, " ", "").join(notes)


def _panel_as_text(panel: dict[str, Any], lang: str) -> str:
    to = say(lang, "{}: {} to {}, latest {}", "{}：{}至{}，最新{}")
    cells = [to.format(row["city"], *row["cells"].values()) for row in panel["rows"]]
    cells += [text.strip(".。") for text in (*panel["stated"], *panel["reasons"])]
    heading: str = panel["heading"]
    return heading + say(lang, ": ", "：") + say(lang, "; ", "；").join(cells)
