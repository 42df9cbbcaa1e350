"""Arrange implied paths for the charts: one panel a shape, the paths on it, and where they meet."""

from typing import Any

import numpy as np
import pandas as pd

from ..growth import growth_table
from ..language import number, quantity, say
from ..pathways import SHAPES, path
from ..rows import Cells, Record
from ..tables import Tables
from ..units import harmonise

BEYOND = 15  # years after the target year beyond which a meeting is only told, not drawn


def meeting_panels(meetings: pd.DataFrame, tables: Tables, lang: str) -> list[dict[str, Any]]:
    """Return one dict an indicator that can go on at rates: `indicator`, `target_year`, `until`, and the shapes.

    A shape has `lines` and `crossings`. `meetings` comes from `pathways.catch_up_table`; only the meetings with the
    city whose target is highest are marked, the others stand in the table. A line has the years and values of a
    city's path up to `until`.
    """
    rates = harmonise(growth_table(tables, lang=lang), ["baseline_value", "target_value"], tables.units)
    rates = rates.set_index("target_id")
    compound = set(meetings.loc[meetings["shape"] == "geometric", "indicator_id"])
    first = meetings[(meetings["reading"] == "target-year") & meetings["indicator_id"].isin(compound)]
    return [_panel(group, rates, tables, lang) for _, group in first.groupby("indicator_id", sort=False)]


def _panel(group: pd.DataFrame, rates: pd.DataFrame, tables: Tables, lang: str) -> dict[str, Any]:
    ids = pd.unique(pd.concat([group["behind_id"], group["ahead_id"]]))
    rows = rates.loc[ids].sort_values("target_value", ascending=False).reset_index().to_dict("records")
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
    heading = group["indicator"].iloc[0] + say(lang, "", f"（{symbol}）")
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
    return row | {
        "plan": (plan, path(*ends, at=plan, shape=shape)),
        "beyond": (beyond, path(*ends, at=beyond, shape=shape)),
        "label_baseline": shown(row["baseline_value"], unit, lang),
        "label_target": shown(row["target_value"], unit, lang),
    }


def _bare(value: float, _: Cells, __: str) -> str:
    return number(value)
