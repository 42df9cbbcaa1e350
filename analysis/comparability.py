"""Whether two targets may be put side by side: by level, by growth, or not at all, with the reasons."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import pandas as pd

from .language import say
from .rows import Cells, Record
from .tables import Tables, join, select_indicators


@dataclass(frozen=True)
class Reason:
    """Why two targets may not be compared (`stops`), or what to bear in mind when they are (`warns`).

    Both hold what the reason concerns: `levels`, `growth`, or both. Its words say nothing of which
    target is which, so that two targets have the same reasons in either order.
    """

    id: str
    en: str
    zh: str
    stops: frozenset[str] = frozenset()
    warns: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """What may be compared between two targets, and every reason and caution."""

    levels: bool
    growth: bool
    reasons: tuple[Reason, ...]


LEVELS, GROWTH = frozenset({"levels"}), frozenset({"growth"})
BOTH = LEVELS | GROWTH
DIFFERENT_INDICATOR = Reason("different-indicator", "They measure different things.", "所衡量的内容不同。", BOTH)
WORDS = Reason("words", "One target is in words, without a number.", "其中一项为文字目标，无数值。", BOTH)
GROWTH_RATE = Reason("growth-rate", "One target is a growth rate, not a level.", "其中一项为增长率而非水平。", BOTH)
DIFFERENT_UNIT = Reason("different-unit", "Their units have no common base.", "单位无法换算。", BOTH)
NO_YEAR = Reason("no-target-year", "Not both name a target year.", "并非均写明目标年份。", BOTH)
DIFFERENT_YEAR = Reason("different-target-year", "Their target years differ.", "目标年份不同。", LEVELS)
NO_BASELINE = Reason("no-baseline", "Not both state a baseline.", "并非均列有基期值。", GROWTH)
INFERRED_BASIS = Reason("inferred-basis", "A basis is inferred.", "口径系推定。", warns=BOTH)
DIFFERENT_SPAN = Reason(
    "different-span", "Their years differ: compare yearly rates.", "起止年份不同：比较年率。", warns=GROWTH
)
SURVEY = Reason("survey", "The surveys are not named and may differ.", "未写明调查来源，可能不同。", warns=BOTH)

BASIS_NAMES = {
    "stock": ("a stock", "存量"),
    "flow": ("a yearly flow", "年度数"),
    "cumulative": ("a running total", "累计数"),
    "period-mean": ("a mean over a period", "年均值"),
    "share": ("a share", "比重"),
    "score": ("a score", "得分"),
    "rate": ("a rate", "比率"),
}


def compare(a: Cells, b: Cells) -> Verdict:
    """Return what may be compared between two rows of `tables.join`, and why.

    Levels need the same indicator, units of one base, the same basis and the same target year;
    growth needs the first three and two baselines, and is compared as yearly rates when the years
    differ. A basis that the text leaves open rules out both; an inferred one passes with a caution.
    """
    reasons = tuple(_reasons(a, b))
    stopped = frozenset().union(*(reason.stops for reason in reasons))
    return Verdict("levels" not in stopped, "growth" not in stopped, reasons)


def standing(reasons: Iterable[Reason], what: str) -> str:
    """Return how far `levels` or `growth` may be compared: `yes`, with `caution`, or `no`."""
    if any(what in reason.stops for reason in reasons):
        return "no"
    return "caution" if any(what in reason.warns for reason in reasons) else "yes"


def in_words(reasons: Iterable[Reason], lang: str) -> str:
    """Return the reasons in words, without cautions about growth alone where growth is ruled out anyway."""
    stopped = standing(reasons, "growth") == "no"
    kept = [reason for reason in reasons if not (stopped and reason.warns == GROWTH)]
    return say(lang, " ", "").join(getattr(reason, lang) for reason in kept)


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


def growth_partners(pairs: pd.DataFrame) -> set[str]:
    """Return the targets whose growth may be compared with that of another one of the pairs."""
    return _partners(pairs[pairs["growth"]])


def level_partners(pairs: pd.DataFrame) -> set[str]:
    """Return the targets whose level may be compared with that of another one of the pairs."""
    return _partners(pairs[pairs["levels"]])


def level_groups(pairs: pd.DataFrame) -> list[set[str]]:
    """Return the targets in groups within which every level may be compared with every other.

    One indicator has several groups where its targets have, say, several target years.
    """
    groups: list[set[str]] = []
    fit = pairs[pairs["levels"]]
    for pair in zip(fit["target_a"], fit["target_b"], strict=True):
        joined = [group for group in groups if not group.isdisjoint(pair)]
        groups = [group for group in groups if group not in joined] + [set(pair).union(*joined)]
    return groups


def _partners(pairs: pd.DataFrame) -> set[str]:
    return set(pairs["target_a"]) | set(pairs["target_b"])


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


def _reasons(a: Cells, b: Cells) -> Iterator[Reason]:
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
        yield _different_basis(bases)
    for readings in sorted({_readings(row) for row in (a, b) if pd.notna(row["alternative_basis"])}):
        yield _open_basis(readings)
    yield from _year_reasons(a, b)
    if "inferred" in {a["basis_status"], b["basis_status"]}:
        yield INFERRED_BASIS
    if bases == {"score"}:
        yield SURVEY


def _ordered(bases: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(bases, key=list(BASIS_NAMES).index))


def _readings(row: Cells) -> tuple[str, ...]:
    return _ordered((row["basis"], row["alternative_basis"]))


def _different_basis(bases: Iterable[str]) -> Reason:
    (en_1, zh_1), (en_2, zh_2) = (BASIS_NAMES[basis] for basis in _ordered(bases))
    return Reason("different-basis", f"One is {en_1}, the other {en_2}.", f"一为{zh_1}，一为{zh_2}。", BOTH)


def _open_basis(readings: tuple[str, ...]) -> Reason:
    (en_1, zh_1), (en_2, zh_2) = (BASIS_NAMES[basis] for basis in readings)
    english = f"The text leaves open whether one of them is {en_1} or {en_2}."
    return Reason("open-basis", english, f"原文未明确其中一项为{zh_1}还是{zh_2}。", BOTH)


def _year_reasons(a: Cells, b: Cells) -> Iterator[Reason]:
    dated = pd.notna(a["target_year"]) and pd.notna(b["target_year"])
    if not dated:
        yield NO_YEAR
    elif a["target_year"] != b["target_year"]:
        yield DIFFERENT_YEAR
    if pd.isna(a["baseline_value"]) or pd.isna(b["baseline_value"]):
        yield NO_BASELINE
    elif dated and (a["baseline_year"], a["target_year"]) != (b["baseline_year"], b["target_year"]):
        yield DIFFERENT_SPAN
