"""Arrange rows of the growth table for the charts: blocks, panels, and their figures in words."""

from typing import Any

import pandas as pd

from ...language import quantity, say, word
from ...methods.comparability import BOTH, among, group_numbers
from ...methods.units import harmonise
from ...tables import Tables
from ...tables.records import Record
from ...texts.growth import other_span, published

VALUES = ["baseline_value", "target_value"]


def shared_panels(rates: pd.DataFrame, pairs: pd.DataFrame, tables: Tables, lang: str) -> list[dict[str, Any]]:
    """Return the panels of every indicator for which several cities state baseline and target.

    Each holds the lines whose growth may be compared, with their labels, or the reasons why not; an indicator has
    one panel unless its targets fall into several groups, none of which may be compared with another.
    `pairs` comes from `comparability.matrix`.
    """
    drawn = harmonise(rates, VALUES, tables.units).set_index("target_id")[VALUES].to_dict("index")
    panels = []
    for _, rows in rates.groupby("indicator_id", sort=False):
        own = among(pairs, rows)
        if own.empty:
            continue
        number = rows["target_id"].map(group_numbers(own, "growth"))
        for alike in number.dropna().sort_values().unique() if number.notna().any() else [None]:
            panel = _shared_panel(rows, number == alike, own, tables, lang)
            # The labels have each city's own unit, the axis one unit for all.
            panels.append(panel | {"lines": [line | drawn[line["target_id"]] for line in panel["lines"]]})
    return sorted(panels, key=lambda panel: not panel["lines"])


def _shared_panel(
    rows: pd.DataFrame, alike: pd.Series, pairs: pd.DataFrame, tables: Tables, lang: str
) -> dict[str, Any]:
    """Return the panel of one indicator that draws the rows that are alike and states the others."""
    others = rows[~alike]
    apart = pairs[pairs["target_a"].isin(others["target_id"]) | pairs["target_b"].isin(others["target_id"])]
    stops = [reason for reasons in apart.loc[~apart["growth"], "reasons"] for reason in reasons if reason.stops == BOTH]
    return {
        "indicator": rows["indicator"].iloc[0],
        "target_ids": rows["target_id"].tolist(),
        "lines": [_line(row, tables, lang) for row in rows[alike].to_dict("records")],
        "reasons": list(dict.fromkeys(getattr(reason, lang) for reason in stops)),
        "stated": [_stated(row, tables, lang) for row in others.to_dict("records")],
    }


def panel_rows(panels: list[dict[str, Any]], rates: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the growth table that the panels show, drawn or only stated."""
    shown = list(dict.fromkeys(target for panel in panels for target in panel["target_ids"]))
    return rates.set_index("target_id").loc[shown].reset_index()


def _line(row: Record, tables: Tables, lang: str) -> Record:
    """Return a row with the labels of both ends; the second reading stands under the first."""
    start, end = _ends(row, tables, lang)
    label = f"{row['city']} {end}\n{published(row, tables.units, lang)}"
    other = published(row, tables.units, lang, reading="alternative_")
    if other:
        label += say(
            lang, f"\n({other.removesuffix(' a year')}{other_span(row, lang)})", f"\n{other}{other_span(row, lang)}"
        )
    return row | {"label_start": start, "label_end": label}


def _ends(row: Record, tables: Tables, lang: str) -> tuple[str, str]:
    """Return baseline and target as short as a figure needs them: names and ends of lines say the unit."""
    unit = tables.units.set_index("unit_id").loc[row["unit_id"]]
    start = (
        f"{row['baseline_value']:g}"
        if unit["kind"] in ("ratio", "score")
        else quantity(row["baseline_value"], unit, lang)
    )
    end = f"{row['target_value']:g}" if unit["kind"] == "ratio" else quantity(row["target_value"], unit, lang)
    return start, end


def _stated(row: Record, tables: Tables, lang: str) -> str:
    """Return what a row states, in words, for a panel that draws nothing."""
    start, end = _ends(row, tables, lang)
    mark = " †" if row["basis_status"] == "inferred" else ""
    basis = word(row["basis"], lang) + mark
    return say(lang, f"{row['city']}: {start} → {end} ({basis})", f"{row['city']}：{start} → {end}（{basis}）")
