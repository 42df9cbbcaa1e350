"""Arrange rows of the growth table for the charts: blocks, panels, and their figures in words."""

from typing import Any

import pandas as pd

from ..comparability import BOTH, among, group_numbers
from ..language import percent, quantity, say, signed, word
from ..rows import Record
from ..tables import Tables
from ..units import harmonise

COMPARABLE = (
    ("May be compared between cities", "城市间可比"),
    ("May be compared between cities, in a further group", "城市间可比（另组）"),
)


def comparable_groups(rates: pd.DataFrame, pairs: pd.DataFrame, lang: str) -> list[tuple[str, list[str]]]:
    """Return the compound rates in blocks: those that cities may compare, by indicator, then the rest by city.

    In a block the steepest in the wanted direction comes first; rows of one indicator stay together. Targets of one
    indicator that fall into several groups, none of which may be compared with another, never stand in one block.
    """
    pace = rates["direction"] * rates["compound_rate"]
    order = rates.assign(pace=pace, steepest=pace.groupby(rates["indicator_id"]).transform("max"))
    order = order.sort_values(["steepest", "indicator_id", "pace"], ascending=False)
    block = order["target_id"].map(group_numbers(among(pairs, rates), "growth"))
    found = [
        (say(lang, *COMPARABLE[min(number, 1)]), order.loc[block == number, "target_id"].tolist())
        for number in sorted(block.dropna().unique().astype(int))
    ]
    for city in rates["city"].unique():
        rest = order[block.isna() & (order["city"] == city)].sort_values("pace", ascending=False)
        found.append((say(lang, f"{city}, not compared", f"{city}（不作比较）"), rest["target_id"].tolist()))
    return [(heading, ids) for heading, ids in found if ids]


def rate_labels(rates: pd.DataFrame, lang: str) -> pd.Series:
    """Return the text beside each compound rate: rate, years, second reading, counts where the base is small."""
    return pd.Series([_rate_label(row, lang) for row in rates.to_dict("records")], index=rates.index)


def _rate_label(row: Record, lang: str) -> str:
    text = _rate_in_years(row["compound_rate"], row["years"], lang)
    if pd.notna(row["small_base"]):
        text += say(lang, f" ({row['small_base']})", f"（{row['small_base']}）")
    if pd.notna(row["alternative_compound_rate"]):
        text += "  ○ " + _rate_in_years(row["alternative_compound_rate"], row["alternative_years"], lang)
    return text


def _rate_in_years(rate: float, years: float, lang: str) -> str:
    return say(lang, f"{percent(rate)}, {years:g} yr{'' if years == 1 else 's'}", f"{percent(rate)}（{years:g}年）")


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


def published(row: Record, units: pd.DataFrame, lang: str, *, reading: str = "") -> str:
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
    return say(lang, "{} between the two means", "两期均值{}").format(text)


def other_span(row: Record, lang: str) -> str:
    """Return what the second reading assumes: other years, or another basis."""
    if pd.notna(row["alternative_basis"]):
        return say(lang, " if a {}", "（若为{}）").format(word(row["alternative_basis"], lang))
    if pd.notna(row["alternative_years"]):
        return say(lang, " over {:g} years", "（{:g}年）").format(row["alternative_years"])
    return ""
