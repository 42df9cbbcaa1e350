"""Arrange implied paths for the charts: one panel a shape, the paths on it, and where they meet."""

from typing import Any

import numpy as np
import pandas as pd

from ...language import number, quantity, say
from ...methods.comparability import group_numbers
from ...methods.growth import growth_table
from ...methods.pathways import SHAPES, path
from ...methods.units import harmonise
from ...tables import Tables
from ...tables.records import Cells, Record

UNLIMITED = {"lower_limit": -np.inf, "upper_limit": np.inf}
BEYOND = 15  # years after the target year beyond which a meeting is only told, not drawn


def meeting_panels(meetings: pd.DataFrame, tables: Tables, lang: str) -> list[dict[str, Any]]:
    """Return one dict a group of targets that can go on at rates: `indicator`, `target_year`, `until`, and the shapes.

    A group are targets of one indicator of which each may be compared with every other; where an indicator has
    several, `indicator` names the target year too. A shape has `lines` and `crossings`. `meetings` comes from
    `pathways.catch_up_table`; only the meetings with the city whose target is best are marked, the others stand in the
    table. A line has the years and values of a city's path up to `until`, or to the indicator's natural limit.
    """
    rates = harmonise(growth_table(tables, lang=lang), ["baseline_value", "target_value"], tables.units)
    rates = rates.set_index("target_id")
    rated = meetings[meetings["shape"] == "geometric"]
    rated = pd.concat([rated["behind_id"], rated["ahead_id"]])
    first = meetings[(meetings["reading"] == "target-year") & meetings["behind_id"].isin(rated)]
    first = first[first["ahead_id"].isin(rated)]
    pairs = first.rename(columns={"behind_id": "target_a", "ahead_id": "target_b"}).assign(levels=True)
    number = first["behind_id"].map(group_numbers(pairs, "levels"))
    groups = [group for _, group in first.groupby(["indicator_id", number.rename("group")], sort=False)]
    several = number.groupby(first["indicator_id"]).max() > 0
    return [_panel(group, rates, tables, lang, dated=several[group["indicator_id"].iloc[0]]) for group in groups]


def _panel(group: pd.DataFrame, rates: pd.DataFrame, tables: Tables, lang: str, *, dated: bool) -> dict[str, Any]:
    ids = pd.unique(pd.concat([group["behind_id"], group["ahead_id"]]))
    order = (rates.loc[ids, "direction"] * rates.loc[ids, "target_value"]).sort_values(ascending=False, kind="stable")
    rows = rates.loc[order.index].reset_index().to_dict("records")
    led = group[group["ahead_id"] == rows[0]["target_id"]]
    year = int(group["target_year"].iloc[0])
    last = led.loc[led["years"] <= BEYOND, "meeting"].max()
    until = int(np.ceil(year + 5 if pd.isna(last) else max(last + 1.5, year + 3)))
    shapes = {
        shape: {
            "lines": [_line(row, shape, until, tables, lang) for row in rows],
            "crossings": led[led["shape"] == shape].to_dict("records"),
        }
        for shape in SHAPES
    }
    symbol = tables.units.set_index("unit_id").loc[rows[0]["unit_id"], "symbol_zh"]
    name = group["indicator"].iloc[0] + (say(lang, f", {year}", f"，{year}年") if dated else "")
    heading = name + say(lang, "", f"（{symbol}）")
    targets = [row["target_id"] for row in rows]
    return {"indicator": heading, "target_ids": targets, "target_year": year, "until": until, "shapes": shapes}


def _line(row: Record, shape: str, until: int, tables: Tables, lang: str) -> Record:
    """Return a city's path: `plan` from baseline to target, `beyond` from there on at the same pace."""
    unit = tables.units.set_index("unit_id").loc[row["unit_id"]]
    # Chinese names the unit once, over the panel: 17.2件/万人 is wider than the place between two marks.
    shown = quantity if lang == "en" else _bare
    ends = (row["baseline_value"], row["target_value"], row["baseline_year"], row["target_year"])
    plan = np.linspace(row["baseline_year"], row["target_year"], 41)
    beyond = np.linspace(row["target_year"], until, 61)
    limits = tables.indicators.set_index("indicator_id").loc[row["indicator_id"], ["lower_limit", "upper_limit"]]
    return row | {
        "plan": (plan, path(*ends, at=plan, shape=shape)),
        "beyond": (beyond, np.clip(path(*ends, at=beyond, shape=shape), *limits.fillna(UNLIMITED))),
        "label_baseline": shown(row["baseline_value"], unit, lang),
        "label_target": shown(row["target_value"], unit, lang),
    }


def _bare(value: float, _: Cells, __: str) -> str:
    return number(value)
