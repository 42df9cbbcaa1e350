"""Whether two targets may be put side by side: by level, by growth, or not at all, with the reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pandas as pd

from .errors import UserError, suggest
from .tables import Tables, join


@dataclass(frozen=True)
class Reason:
    """Why two targets may not be compared (`stops`), or what to bear in mind when they are.

    `stops` holds what the reason rules out: `levels`, `growth`, both, or neither for a caution.
    """

    id: str
    en: str
    zh: str
    stops: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """What may be compared between two targets, and every reason and caution."""

    levels: bool
    growth: bool
    reasons: tuple[Reason, ...]


BOTH = frozenset({"levels", "growth"})
DIFFERENT_INDICATOR = Reason("different-indicator", "They measure different things.", "所衡量的内容不同。", BOTH)
WORDS = Reason("words", "One target is in words, without a number.", "其中一项为文字目标，无数值。", BOTH)
GROWTH_RATE = Reason("growth-rate", "One target is a growth rate, not a level.", "其中一项为增长率而非水平。", BOTH)
DIFFERENT_UNIT = Reason("different-unit", "Their units have no common base.", "单位无法换算。", BOTH)
OPEN_BASIS = Reason(
    "open-basis",
    "The text leaves open whether one of them is a yearly number or a running total.",
    "原文未明确其中一项为年度数还是累计数。",
    BOTH,
)
DIFFERENT_YEAR = Reason("different-target-year", "Their target years differ.", "目标年份不同。", frozenset({"levels"}))
NO_BASELINE = Reason("no-baseline", "One of them has no baseline.", "其中一项未列基期值。", frozenset({"growth"}))
INFERRED_BASIS = Reason("inferred-basis", "A basis is inferred.", "口径系推定。")
DIFFERENT_SPAN = Reason("different-span", "Their years differ: compare yearly rates.", "起止年份不同：比较年率。")
SURVEY = Reason("survey", "The surveys are not named and may differ.", "未写明调查来源，可能不同。")

BASIS_NAMES = {
    "stock": ("a stock", "存量"),
    "flow": ("a yearly flow", "年度数"),
    "cumulative": ("a running total", "累计数"),
    "period-mean": ("a mean over a period", "年均值"),
    "share": ("a share", "比重"),
    "score": ("a score", "得分"),
    "rate": ("a rate", "比率"),
}


def compare(a: Mapping[str, Any], b: Mapping[str, Any]) -> Verdict:
    """Return what may be compared between two rows of `tables.join`, and why.

    Levels need the same indicator, units of one base, the same basis and the same target year;
    growth needs the first three and two baselines, and is compared as yearly rates when the years
    differ. A basis that the text leaves open rules out both; an inferred one passes with a caution.
    """
    reasons = tuple(_reasons(a, b))
    stopped = frozenset().union(*(reason.stops for reason in reasons))
    return Verdict("levels" not in stopped, "growth" not in stopped, reasons)


def matrix(tables: Tables, indicator: str | None = None) -> pd.DataFrame:
    """Return every pair of targets of one indicator in two cities, with verdict and reasons.

    One row a pair: `indicator_id`, `target_a`, `target_b`, `city_a`, `city_b`, `levels`, `growth` and
    `reasons` (a tuple of `Reason`). Without `indicator`, every indicator that two cities share.
    Rows that restate another and benchmarks are left out.
    """
    known = set(tables.indicators["indicator_id"])
    if indicator is not None and indicator not in known:
        msg = f"{indicator!r} is not an indicator in indicators.csv. {suggest(indicator, known)}"
        raise UserError(msg)
    frame = join(tables)
    frame = frame[frame["restates"].isna() & (frame["city_kind"] == "city")]
    if indicator is not None:
        frame = frame[frame["indicator_id"] == indicator]
    pairs = [
        _pair(a, b)
        for _, group in frame.groupby("indicator_id", sort=False)
        for a, b in combinations(group.to_dict("records"), 2)
        if a["city_id"] != b["city_id"]
    ]
    columns = ["indicator_id", "target_a", "target_b", "city_a", "city_b", "levels", "growth", "reasons"]
    return pd.DataFrame(pairs, columns=columns)


def among(pairs: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of which both targets stand in some rows."""
    ids = rows["target_id"]
    return pairs[pairs["target_a"].isin(ids) & pairs["target_b"].isin(ids)]


def growth_partners(pairs: pd.DataFrame) -> set[str]:
    """Return the targets whose growth may be compared with that of another one of the pairs."""
    fit = pairs[pairs["growth"]]
    return set(fit["target_a"]) | set(fit["target_b"])


def against_benchmark(tables: Tables) -> pd.DataFrame:
    """Return every city target whose indicator the benchmark sets too, with whether their levels may be compared.

    One row a target: `indicator_id`, `target_id`, `city_id`, `benchmark_id`, `benchmark_value`, `levels`, `reasons`.
    """
    frame = join(tables)
    frame = frame[frame["restates"].isna()]
    benchmark = {row["indicator_id"]: row for row in frame[frame["city_kind"] == "benchmark"].to_dict("records")}
    cities = frame[(frame["city_kind"] == "city") & frame["indicator_id"].isin(benchmark)]
    rows = []
    for row in cities.to_dict("records"):
        other = benchmark[row["indicator_id"]]
        verdict = compare(row, other)
        ids = (row["indicator_id"], row["target_id"], row["city_id"], other["target_id"], other["target_value"])
        rows.append((*ids, verdict.levels, verdict.reasons))
    columns = ["indicator_id", "target_id", "city_id", "benchmark_id", "benchmark_value", "levels", "reasons"]
    return pd.DataFrame(rows, columns=columns)


def _pair(a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple:
    verdict = compare(a, b)
    ids = (a["indicator_id"], a["target_id"], b["target_id"], a["city_id"], b["city_id"])
    return (*ids, verdict.levels, verdict.growth, verdict.reasons)


def _reasons(a: Mapping[str, Any], b: Mapping[str, Any]):
    """Yield the reasons in the order in which a reader should meet them."""
    if a["indicator_id"] != b["indicator_id"]:
        yield DIFFERENT_INDICATOR
    bases = {a["basis"], b["basis"]}
    if "qualitative" in bases:
        yield WORDS
        return
    if "growth-rate" in bases:
        yield GROWTH_RATE
        return
    if a["unit_base_unit_id"] != b["unit_base_unit_id"]:
        yield DIFFERENT_UNIT
    if len(bases) > 1:
        yield _different_basis(a["basis"], b["basis"])
    if pd.notna(a["alternative_basis"]) or pd.notna(b["alternative_basis"]):
        yield OPEN_BASIS
    yield from _year_reasons(a, b)
    if "inferred" in {a["basis_status"], b["basis_status"]}:
        yield INFERRED_BASIS
    if bases == {"score"}:
        yield SURVEY


def _different_basis(first: str, second: str) -> Reason:
    (en_1, zh_1), (en_2, zh_2) = BASIS_NAMES[first], BASIS_NAMES[second]
    return Reason("different-basis", f"One is {en_1}, the other {en_2}.", f"一为{zh_1}，一为{zh_2}。", BOTH)


def _year_reasons(a: Mapping[str, Any], b: Mapping[str, Any]):
    if pd.isna(a["target_year"]) or pd.isna(b["target_year"]) or a["target_year"] != b["target_year"]:
        yield DIFFERENT_YEAR
    if pd.isna(a["baseline_value"]) or pd.isna(b["baseline_value"]):
        yield NO_BASELINE
    elif (a["baseline_year"], a["target_year"]) != (b["baseline_year"], b["target_year"]):
        yield DIFFERENT_SPAN
