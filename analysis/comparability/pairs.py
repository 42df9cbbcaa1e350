"""Every pair of targets that could be compared, with its verdict, and the groups that may be."""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations, product
from typing import Any

import pandas as pd

from ..rows import Cells, Record
from ..tables import Tables, join, select_indicators
from .verdict import compare


def matrix(tables: Tables, indicator: str | None = None) -> pd.DataFrame:
    """Return every pair of targets of one indicator in two cities, with verdict and reasons.

    One row a pair: `indicator_id`, `target_a`, `target_b`, `city_a`, `city_b`, `levels`, `growth` and
    `reasons` (a tuple of `Reason`). Without `indicator`, every indicator that two cities share.
    Rows that restate another and benchmarks are left out.
    """
    chosen = select_indicators(tables, None if indicator is None else [indicator])
    return _pairs(
        (a, b)
        for name, rows in _targets(tables).items()
        if name in chosen
        for a, b in combinations([row for row in rows if row["city_kind"] == "city"], 2)
        if a["city_id"] != b["city_id"]
    )


def against_benchmark(tables: Tables) -> pd.DataFrame:
    """Return every city target beside the benchmark's of the same indicator, with verdict and reasons.

    The columns are those of `matrix`; `target_a` and `city_a` are the city's, `target_b` and `city_b`
    the benchmark's. Rows that restate another are left out.
    """
    return _pairs(
        (a, b)
        for rows in _targets(tables).values()
        for a, b in product(*([row for row in rows if row["city_kind"] == kind] for kind in ("city", "benchmark")))
    )


def among(pairs: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of which both targets stand in some rows."""
    ids = rows["target_id"]
    return pairs[pairs["target_a"].isin(ids) & pairs["target_b"].isin(ids)]


def groups(pairs: pd.DataFrame, what: str) -> list[set[str]]:
    """Return the targets in groups within which `levels` or `growth` of every one may be compared with any other's.

    One indicator has several groups where its targets have, say, several bases or target years.
    """
    found: list[set[str]] = []
    fit = pairs[pairs[what]]
    for pair in zip(fit["target_a"], fit["target_b"], strict=True):
        joined = [group for group in found if not group.isdisjoint(pair)]
        found = [group for group in found if group not in joined] + [set(pair).union(*joined)]
    return found


def group_numbers(pairs: pd.DataFrame, what: str) -> dict[str, int]:
    """Return for every target in a group the group's number among those of its indicator, 0 for the largest.

    Targets of one indicator with different numbers may not be compared with each other.
    """
    ids = pd.concat([pairs["target_a"], pairs["target_b"]])
    indicators = dict(zip(ids, pd.concat([pairs["indicator_id"]] * 2), strict=True))
    numbers: dict[str, int] = {}
    counted: Counter[str] = Counter()
    for group in sorted(groups(pairs, what), key=len, reverse=True):
        indicator = indicators[next(iter(group))]
        numbers |= dict.fromkeys(group, counted[indicator])
        counted[indicator] += 1
    return numbers


# What `compare` looks at; records of all columns take ten times as long to make.
LOOKED_AT = [
    "target_id", "city_id", "city_kind", "indicator_id", "basis", "basis_status", "alternative_basis",
    "unit_base_unit_id", "baseline_year", "baseline_value", "target_year",
]  # fmt: skip


def _targets(tables: Tables) -> dict[str, list[Record]]:
    """Return the joined targets by indicator, without the rows that restate another."""
    frame = join(tables)
    found: dict[str, list[Record]] = {}
    for row in frame.loc[frame["restates"].isna(), LOOKED_AT].to_dict("records"):
        found.setdefault(row["indicator_id"], []).append(row)
    return found


def _pairs(pairs: Iterable[tuple[Cells, Cells]]) -> pd.DataFrame:
    columns = ["indicator_id", "target_a", "target_b", "city_a", "city_b", "levels", "growth", "reasons"]
    return pd.DataFrame([_pair(a, b) for a, b in pairs], columns=columns).astype({"levels": bool, "growth": bool})


def _pair(a: Cells, b: Cells) -> tuple[Any, ...]:
    verdict = compare(a, b)
    ids = (a["indicator_id"], a["target_id"], b["target_id"], a["city_id"], b["city_id"])
    return (*ids, verdict.levels, verdict.growth, verdict.reasons)
