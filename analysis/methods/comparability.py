"""Why two targets may not be compared, or what to bear in mind when they are, in both languages."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import pandas as pd

from ..language import check_language, say
from ..tables import Tables, join, select_cities, select_indicators
from ..tables.datapackage import Cells, Record
from .plans import amount, target_in_words
from .progress import coded, latest


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


LEVELS, GROWTH = frozenset({"levels"}), frozenset({"growth"})
BOTH = LEVELS | GROWTH
DIFFERENT_INDICATOR = Reason("different-indicator", "They measure different things.", "所衡量的内容不同。", BOTH)
WORDS = Reason("words", "One target is in words, without a number.", "其中一项为文字目标，无数值。", BOTH)
GROWTH_RATE = Reason("growth-rate", "One target is a growth rate, not a level.", "其中一项为增长率而非水平。", BOTH)
DIFFERENT_UNIT = Reason("different-unit", "Their units have no common base.", "单位无法换算。", BOTH)
NO_YEAR = Reason("no-target-year", "At least one names no target year.", "至少一项未写明目标年。", BOTH)
DIFFERENT_YEAR = Reason("different-target-year", "Their target years differ.", "目标年不同。", LEVELS)
NO_BASELINE = Reason("no-baseline", "At least one states no baseline.", "至少一项未列基期值。", GROWTH)
INFERRED_BASIS = Reason("inferred-basis", "A basis is inferred.", "口径为推定。", warns=BOTH)
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


def different_basis(bases: Iterable[str]) -> Reason:
    """Return the reason that names two bases."""
    (en_1, zh_1), (en_2, zh_2) = (BASIS_NAMES[basis] for basis in ordered(bases))
    return Reason("different-basis", f"One is {en_1}, the other {en_2}.", f"一为{zh_1}，一为{zh_2}。", BOTH)


def open_basis(readings: tuple[str, ...]) -> Reason:
    """Return the reason that names the two readings of one basis."""
    (en_1, zh_1), (en_2, zh_2) = (BASIS_NAMES[basis] for basis in readings)
    english = f"The text leaves open whether one of them is {en_1} or {en_2}."
    return Reason("open-basis", english, f"原文未明确其中一项为{zh_1}还是{zh_2}。", BOTH)


def ordered(bases: Iterable[str]) -> tuple[str, ...]:
    """Return bases in one order, so that a reason reads the same whichever target comes first."""
    return tuple(sorted(bases, key=list(BASIS_NAMES).index))


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


@dataclass(frozen=True)
class Verdict:
    """What may be compared between two targets, and every reason and caution."""

    levels: bool
    growth: bool
    reasons: tuple[Reason, ...]


def compare(a: Cells, b: Cells) -> Verdict:
    """Return what may be compared between two rows of `tables.join`, and why.

    Levels need the same indicator, units of one base, the same basis and the same target year;
    growth needs the first three and two baselines, and is compared as yearly rates when the years
    differ. A basis that the text leaves open rules out both; an inferred one passes with a caution.
    """
    reasons = tuple(_reasons(a, b))
    stopped = frozenset().union(*(reason.stops for reason in reasons))
    return Verdict("levels" not in stopped, "growth" not in stopped, reasons)


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
        yield different_basis(bases)
    for readings in sorted({_readings(row) for row in (a, b) if pd.notna(row["alternative_basis"])}):
        yield open_basis(readings)
    yield from _year_reasons(a, b)
    if "inferred" in {a["basis_status"], b["basis_status"]}:
        yield INFERRED_BASIS
    if bases == {"score"}:
        yield SURVEY


def _readings(row: Cells) -> tuple[str, ...]:
    return ordered((row["basis"], row["alternative_basis"]))


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


# What a date alone fixes; an observed flow could be a year's number or a running total, and no table says which.
DATED = ("stock", "share", "score", "rate")

LEVEL_COLUMNS = [
    "target_id", "city_id", "city", "city_kind", "indicator_id", "indicator", "document_id", "locator",
    "basis", "basis_status", "alternative_basis", "unit_id", "unit_kind", "unit_base_unit_id",
    "baseline_year", "baseline_value", "baseline", "target_year", "target_value", "target",
    "observation_id", "latest_date", "latest_value", "latest", "latest_publisher", "direction",
]  # fmt: skip


def levels_table(
    tables: Tables, cities: list[str] | None = None, indicators: list[str] | None = None, lang: str = "en"
) -> pd.DataFrame:
    """Return one row per target of the chosen cities, then of the benchmark for the same indicators.

    Numbers are in the target's own unit, `unit_id`; `baseline`, `target` and `latest` are the same in
    words. `latest_*` is the outcome that `progress` takes too: the last value observed in the city after the
    promise's start (its base year, else its document's, else the date of issue), in a unit of the same base; it is
    missing where none is known, and for flows and running totals, since an observation does not say which of the
    two it is. `direction` is 1 where more is better, −1 where less is. Rows that restate another row are left out.
    Unknown cities, indicators or languages raise `UserError`.
    """
    check_language(lang)
    frame = join(tables)
    frame = frame[frame["restates"].isna() & frame["indicator_id"].isin(select_indicators(tables, indicators))]
    own = frame[frame["city_id"].isin(select_cities(tables, cities))]
    others = frame[(frame["city_kind"] == "benchmark") & frame["indicator_id"].isin(own["indicator_id"])]
    frame = _with_latest(pd.concat([own, others], ignore_index=True), tables)
    frame["direction"] = frame["indicator_direction"]
    frame["city"] = frame[f"city_name_{lang}"]
    frame["indicator"] = frame[f"indicator_name_{lang}"]
    rows = frame.to_dict("records")
    frame["baseline"] = [amount(row, row["baseline_value"], lang) for row in rows]
    frame["target"] = [target_in_words(row, lang) for row in rows]
    frame["latest"] = [amount(row, row["latest_value"], lang) for row in rows]
    return frame[LEVEL_COLUMNS]


def _with_latest(frame: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return targets with the latest outcome of each, in its unit; blank where a date alone does not fix the value."""
    found = latest(tables, frame, coded(tables, frame))
    publisher = found["source_id"].map(tables.sources.set_index("source_id")["publisher"])
    seen = pd.DataFrame(
        {
            "observation_id": found["observation_id"],
            "latest_date": found["date"],
            "latest_value": found["current_value"],
            "latest_publisher": publisher,
        }
    )
    return frame.join(seen.where(frame["basis"].isin(DATED) & found["current_value"].notna()))
