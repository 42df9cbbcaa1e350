"""Arrange targets for the chart of levels: a panel for those that may stand on one axis, words for the others."""

from collections.abc import Iterable
from functools import partial
from itertools import product
from typing import Any

import pandas as pd

from ...language import lower_first, month, quantity, say, word
from ...methods.comparability import DATED, DIFFERENT_INDICATOR, LEVELS, Reason, among, compare, groups
from ...methods.units import convert, harmonise
from ...tables import Tables
from ...tables.records import Record
from ...texts.base import inside


def level_panels(
    levels: pd.DataFrame, pairs: pd.DataFrame, national: pd.DataFrame, tables: Tables, lang: str
) -> list[dict[str, Any]]:
    """Return a panel for each group of targets whose levels may be compared, then one for each indicator without.

    A panel is a dict: `heading`, `said` (its unit and cautions), `tick` (a number of its scale in words), `rows` (by
    target, the best first, the benchmark's last; empty where nothing may be compared), and what is not drawn, as
    `stated` in words with its `reasons`.
    `levels` comes from `levels.levels_table`, `pairs` and `national` from `comparability.matrix` and
    `against_benchmark`.
    """
    drawn, worded = [], []
    for _, rows in levels.groupby("indicator_id", sort=False):
        own = among(pairs, rows)
        alike = groups(own, "levels")
        drawn += [_drawn(levels, rows, group, own, national, tables, lang) for group in alike]
        if len(own) and not alike:
            worded.append(_worded(rows, own, national, tables, lang))
    return sorted(drawn, key=lambda panel: -len(panel["rows"])) + worded


def level_data(panels: list[dict[str, Any]], levels: pd.DataFrame) -> pd.DataFrame:
    """Return the targets that the panels show, with the panel's number and whether it draws them."""
    places = [
        {"panel": number, "target_id": target, "drawn": target in {row["target_id"] for row in panel["rows"]}}
        for number, panel in enumerate(panels, start=1)
        for target in panel["target_ids"]
    ]
    return pd.DataFrame(places, columns=["panel", "target_id", "drawn"]).merge(levels, on="target_id", how="left")


def _drawn(
    levels: pd.DataFrame, rows: pd.DataFrame, group: set[str], pairs: pd.DataFrame, national: pd.DataFrame,
    tables: Tables, lang: str,
) -> dict[str, Any]:  # fmt: skip
    """Return the panel of one group; beside it stand the indicator's other targets, and those that look alike."""
    beside = national.loc[national["levels"] & national["target_a"].isin(group), "target_b"]
    chosen = rows[rows["target_id"].isin(group)]
    one = harmonise(chosen, ["target_value"], tables.units)["target_value"]
    chosen = chosen.loc[(chosen["direction"] * one).sort_values(ascending=False, kind="stable").index]
    chosen = pd.concat([chosen, rows[rows["target_id"].isin(beside)]])
    units = tables.units.set_index("unit_id")
    unit_id = chosen["unit_id"].iloc[0]
    cautions = among(pairs, chosen)["reasons"]
    left = rows[~rows["target_id"].isin(chosen["target_id"])]
    alike = _look_alikes(levels, chosen.iloc[0])
    stops = _stops(product(chosen.to_dict("records")[:1], left.to_dict("records")))
    apart = pd.concat([left, alike])
    said = [
        _symbol(unit_id, units, lang),
        *_texts([r for reasons in cautions for r in reasons if r.warns >= LEVELS], lang),
    ]
    end = say(lang, f", {chosen['target_year'].iloc[0]}", f"，{chosen['target_year'].iloc[0]}年")
    return {
        "heading": chosen["indicator"].iloc[0] + end,
        "said": say(lang, "; ", "；").join(lower_first(text.rstrip(".。")) for text in said),
        "tick": partial(_plain, unit_id=unit_id, units=units, lang=lang),
        "rows": [_row(row, unit_id, units, lang) for row in chosen.to_dict("records")],
        "target_ids": [*chosen["target_id"], *apart["target_id"]],
        "stated": _stated(apart, chosen["indicator_id"].iloc[0], tables, lang),
        "reasons": _texts(stops + [DIFFERENT_INDICATOR] * (len(alike) > 0), lang),
    }


def _symbol(unit_id: str, units: pd.DataFrame, lang: str) -> str:
    """Return the unit as the figure's numbers have it: English writes counts and money out."""
    shown = units["base_unit_id"][unit_id] if lang == "en" else unit_id
    return str(units[f"symbol_{lang}"][shown])


def _plain(value: float, unit_id: str, units: pd.DataFrame, lang: str) -> str:
    """Return a value in words without the unit that its panel states."""
    return _bare(quantity(value, units.loc[unit_id], lang), unit_id, units, lang)


def _bare(text: str, unit_id: str, units: pd.DataFrame, lang: str) -> str:
    symbol = _symbol(unit_id, units, lang)
    return text if symbol == "%" else text.removesuffix(symbol).rstrip()


def _worded(
    rows: pd.DataFrame, pairs: pd.DataFrame, national: pd.DataFrame, tables: Tables, lang: str
) -> dict[str, Any]:
    """Return the panel of an indicator of which no two cities' levels may be compared."""
    cities = rows.set_index("target_id")["city"]
    national = among(national, rows)
    fit = national[national["levels"]]
    beside = [
        say(lang, f"Only {cities[a]} may be compared with {cities[b]}.", f"仅{cities[a]}可与{cities[b]}比较。")
        for a, b in zip(fit["target_a"], fit["target_b"], strict=True)
    ]
    every = [*pairs["reasons"], *national["reasons"]]
    stops = [reason for reasons in every for reason in reasons if reason.stops >= LEVELS]
    return {
        "heading": rows["indicator"].iloc[0],
        "rows": [],
        "target_ids": rows["target_id"].tolist(),
        "stated": _stated(rows, rows["indicator_id"].iloc[0], tables, lang),
        "reasons": _texts(stops, lang) + beside,
    }


def _look_alikes(levels: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    """Return the cities' targets of other indicators that are counted per head too, and so look comparable."""
    alike: pd.Series = (levels["unit_kind"] == "ratio") & (levels["unit_base_unit_id"] == row["unit_base_unit_id"])
    alike &= (levels["indicator_id"] != row["indicator_id"]) & (levels["city_kind"] == "city")
    return levels[alike]


def _row(row: Record, unit_id: str, units: pd.DataFrame, lang: str) -> Record:
    """Return a row with its numbers in the panel's unit and its cells in words."""
    numbers = {
        name: convert(row[f"{name}_value"], row["unit_id"], unit_id, units=units.reset_index())
        for name in ("baseline", "target", "latest")
    }
    texts = {name: _bare(row[name], unit_id, units, lang) for name in numbers if pd.notna(numbers[name])}
    mark = " †" if row["basis_status"] == "inferred" else ""
    dated = say(lang, "{} ({})", "{}（{}）")
    unseen = word("unknown" if row["basis"] in DATED else "not-comparable", lang)
    cells = {"baseline": word("not-stated", lang), "target": texts["target"] + mark, "latest": lower_first(unseen)}
    if "baseline" in texts:
        cells["baseline"] = dated.format(texts["baseline"], row["baseline_year"])
    if "latest" in texts:
        cells["latest"] = dated.format(texts["latest"], month(row["latest_date"], lang))
    identity = {"target_id": row["target_id"], "city_id": row["city_id"], "city": row["city"], "kind": row["city_kind"]}
    return identity | {"numbers": numbers, "cells": cells}


def _stated(rows: pd.DataFrame, indicator: str, tables: Tables, lang: str) -> list[str]:
    """Return what targets say, in words; one of another indicator says which."""
    texts = []
    for row in rows.to_dict("records"):
        values = [row["baseline"]] if pd.notna(row["baseline_value"]) else []
        what = [] if row["indicator_id"] == indicator else [inside(row["indicator"], tables)]
        year = [] if pd.isna(row["target_year"]) else [str(row["target_year"])]
        if row["basis"] != "qualitative" and not what:
            what = [word(row["basis"], lang) + (" †" if row["basis_status"] == "inferred" else "")]
        ends = " → ".join([*values, row["target"]])
        bracketed = say(lang, ", ", "，").join([*what, *year])
        texts.append(say(lang, f"{row['city']}: {ends} ({bracketed})", f"{row['city']}：{ends}（{bracketed}）"))
    return texts


def _stops(pairs: Iterable[tuple[Record, Record]]) -> list[Reason]:
    """Return the reasons that rule out comparing the levels of pairs of targets."""
    return [reason for a, b in pairs for reason in compare(a, b).reasons if reason.stops >= LEVELS]


def _texts(reasons: list[Reason], lang: str) -> list[str]:
    return list(dict.fromkeys(getattr(reason, lang) for reason in reasons))
