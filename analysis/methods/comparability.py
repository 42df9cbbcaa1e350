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
from .growth import STATED
from .plans import amount, target_in_words
from .progress import coded, latest
from .units import to_base


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
RATE_ITSELF = Reason(
    "growth-rate", "A target is itself a growth rate, not a level.", "有目标本身为增长率而非水平。", LEVELS
)
STATED_RATES = Reason("stated-rates", "Both plans state the rate themselves.", "增长率均为方案自行写明。", warns=GROWTH)
STATED_AND_IMPLIED = Reason(
    "stated-and-implied",
    "One plan states its rate, the other's is implied by baseline and target.",
    "一项增长率为方案写明，一项由基期值与目标值推得。",
    warns=GROWTH,
)
NOT_COMPOUND = Reason(
    "no-rate",
    "One states a rate; the other has none to compare it with.",
    "一项写明增长率，另一项无增长率可比。",
    GROWTH,
)
DIFFERENT_UNIT = Reason("different-unit", "Their units have no common base.", "单位无法换算。", BOTH)
NO_YEAR = Reason("no-target-year", "At least one names no target year.", "至少一项未写明目标年。", BOTH)
DIFFERENT_YEAR = Reason("different-target-year", "Their target years differ.", "目标年不同。", LEVELS)
NO_BASELINE = Reason("no-baseline", "At least one states no baseline.", "至少一项未列基期值。", GROWTH)
INFERRED_BASIS = Reason("inferred-basis", "A basis is inferred.", "口径为推定。", warns=BOTH)
DIFFERENT_SPAN = Reason(
    "different-span", "Their years differ: compare yearly rates.", "起止年份不同：比较年率。", warns=GROWTH
)
SURVEY = Reason("survey", "The surveys are not named and may differ.", "未写明调查来源，可能不同。", warns=BOTH)
INFERRED_UNIT = Reason(
    "inferred-unit", "The source lost a unit; it is inferred.", "原文缺失单位，单位为推定。", warns=BOTH
)
WISH = Reason(
    "wish", "One is worded “strive for”, the other is not.", "一项以“力争”“争取”表述，另一项不是。", warns=BOTH
)
DUE_EARLIER = Reason(
    "due-earlier",
    "One plan's own period ends before the target year does.",
    "一项方案的自身期间早于目标年年末结束。",
    warns=LEVELS,
)
INTERIM = Reason(
    "interim",
    "One is an interim target; growth is compared over the whole series.",
    "其中一项为中期目标；增长按全程比较。",
    GROWTH,
)
BOUND_NAMES = {
    "eq": ("a number", "确定数值"),
    "ge": ("at least a number", "下限（不低于）"),
    "gt": ("more than a number", "下限（超过）"),
    "le": ("at most a number", "上限（不超过）"),
    "lt": ("less than a number", "上限（低于）"),
    "approx": ("about a number", "约数"),
}

BASIS_NAMES = {
    "stock": ("a stock", "存量"),
    "flow": ("a yearly flow", "年度数"),
    "cumulative": ("a running total", "累计数"),
    "new-in-period": ("what is new within a period", "期内新增数"),
    "period-mean": ("a mean over a period", "年均值"),
    "share": ("a share", "比重"),
    "score": ("a score", "得分"),
    "rate": ("a rate", "比率"),
}


def different_basis(bases: Iterable[str]) -> Reason:
    """Return the reason that names two bases."""
    both = ordered(bases)
    (en_1, zh_1), (en_2, zh_2) = (BASIS_NAMES[basis] for basis in both)
    english = f"One is {en_1}, the other {en_2}."
    if both == ("flow", "cumulative"):
        english = "One counts a single year, the other is cumulative."
    return Reason("different-basis", english, f"一为{zh_1}，一为{zh_2}。", BOTH)


def different_bound(bounds: Iterable[str]) -> Reason:
    """Return the caution that names two bounds, the same whichever target comes first."""
    (en_1, zh_1), (en_2, zh_2) = (BOUND_NAMES[bound] for bound in sorted(bounds, key=list(BOUND_NAMES).index))
    return Reason(
        "different-bound", f"One states {en_1}, the other {en_2}.", f"一项为{zh_1}，一项为{zh_2}。", warns=BOTH
    )


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
    differ; a growth rate that a plan states itself compares with another, and with one that is implied. A basis that
    the text leaves open rules out both; what is inferred, bounded, wished for or due earlier passes with a caution.
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
    if bases & set(STATED):
        yield from _stated_reasons(a, b)
    else:
        yield from _level_reasons(a, b, bases)
    yield from _cautions(a, b)


def _stated_reasons(a: Cells, b: Cells) -> Iterator[Reason]:
    """Yield the reasons where a plan states growth itself: it has no level, and a rate compares with a rate alone."""
    yield RATE_ITSELF
    stated = [row for row in (a, b) if row["basis"] in STATED]
    others = [row for row in (a, b) if row["basis"] not in STATED]
    if any(row["basis"] != "growth-rate" for row in stated):
        yield NOT_COMPOUND
    elif not others:
        yield STATED_RATES
    elif others[0]["basis"] not in ("stock", "flow") or pd.notna(others[0]["alternative_basis"]):
        yield NOT_COMPOUND
    else:
        yield NO_BASELINE if pd.isna(others[0]["baseline_value"]) else STATED_AND_IMPLIED


def _level_reasons(a: Cells, b: Cells, bases: set[str]) -> Iterator[Reason]:
    """Yield the reasons between two targets that have a level."""
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


def _cautions(a: Cells, b: Cells) -> Iterator[Reason]:
    """Yield what to bear in mind of the wording: a lost unit, bounds, wishes, a period that ends earlier."""
    first, second = ({name: _cell(row, name) for name in OF_WORDING} for row in (a, b))
    if "inferred" in {first["unit_status"], second["unit_status"]}:
        yield INFERRED_UNIT
    if (first["bound"] or "eq") != (second["bound"] or "eq"):
        yield different_bound((first["bound"] or "eq", second["bound"] or "eq"))
    if bool(first["aspirational"]) != bool(second["aspirational"]):
        yield WISH
    if any(_due_earlier(row) for row in (first, second)):
        yield DUE_EARLIER
    if first["interim_of"] or second["interim_of"]:
        yield INTERIM


OF_WORDING = (
    "unit_status", "bound", "aspirational", "interim_of", "basis", "target_year", "target_month", "document_period_end",
)  # fmt: skip


def _cell(row: Cells, name: str) -> Any:
    """Return a cell of a row, None where it is missing or the row lacks the column, as an own table may."""
    try:
        value = row[name]
    except KeyError:
        return None
    return None if pd.isna(value) else value


def _due_earlier(row: dict[str, Any]) -> bool:
    """Say whether a stock is due before the end of its target year, by its own month or its plan's period."""
    if row["target_year"] is None or row["basis"] != "stock":
        return False
    end = row["document_period_end"] or ""
    by_period = len(end) == 7 and end[:4] == f"{row['target_year']:.0f}" and end[5:] < "12"
    return by_period or (row["target_month"] or 12) < 12


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
    Rows that restate another are left out. Only places of one kind are paired: cities with cities, provinces with
    provinces, and no part with its whole.
    """
    chosen = select_indicators(tables, None if indicator is None else [indicator])
    above, own = parents(tables), set(select_cities(tables))
    return _pairs(
        (a, b)
        for name, rows in _targets(tables).items()
        if name in chosen
        for a, b in combinations([row for row in rows if row["city_id"] in own], 2)
        if _comparable_places(a, b, above)
    )


def _comparable_places(a: Cells, b: Cells, above: dict[str, list[str]]) -> bool:
    """Say whether two targets are of two places of one kind, neither of which contains the other."""
    first, second = a["city_id"], b["city_id"]
    related = first in above[second] or second in above[first]
    return first != second and a["city_kind"] == b["city_kind"] and not related


def parents(tables: Tables) -> dict[str, list[str]]:
    """Return for every place those that contain it, the nearest first: a city's province, then its nation."""
    part_of = dict(zip(tables.cities["city_id"], tables.cities["part_of"], strict=True))
    found: dict[str, list[str]] = {}
    for place in part_of:
        chain: list[str] = []
        above = part_of[place]
        while pd.notna(above) and above not in chain:
            chain.append(above)
            above = part_of.get(above)
        found[place] = chain
    return found


def against_parents(tables: Tables, kind: str = "nation") -> pd.DataFrame:
    """Return every target beside those that a place above it sets for the same indicator, with verdict and reasons.

    The columns are those of `matrix`; `target_a` and `city_a` are the place's own, `target_b` and `city_b` those of
    its nation, or of its province where `kind` says so. Rows that restate another are left out.
    """
    above, own = parents(tables), set(select_cities(tables))
    return _pairs(
        (a, b)
        for rows in _targets(tables).values()
        for a, b in product(
            [row for row in rows if row["city_id"] in own], [row for row in rows if row["city_kind"] == kind]
        )
        if b["city_id"] in above[a["city_id"]]
    )


def against_benchmark(tables: Tables) -> pd.DataFrame:
    """Return every target beside the nation's of the same indicator: `against_parents` of the nation."""
    return against_parents(tables)


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
    "unit_base_unit_id", "baseline_year", "baseline_value", "target_year", "target_month", "unit_status", "bound",
    "aspirational", "interim_of", "document_period_end",
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
    """Return one row per target of the chosen places, then of the places above them for the same indicators.

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
    above = parents(tables)
    over = {parent for city in own["city_id"].unique() for parent in above[city]}
    others = frame[frame["city_id"].isin(over) & frame["indicator_id"].isin(own["indicator_id"])]
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


POPULATION = "resident-population"
PER_HEAD_COLUMNS = [
    "target_id", "city_id", "city", "indicator_id", "indicator", "document_id", "locator", "unit_id", "target_year",
    "target_value", "population", "population_date", "source_id", "per_million", "direction",
]  # fmt: skip


def per_head(stated: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return counts among the rows of `levels_table` per million people, which no plan states: they are inferred.

    One row per stock of things or people that are counted, of a city whose population was observed: `per_million` is
    the target over the latest `population` (of `population_date`), times a million, so that a large city does not
    look ambitious by its size. The population is that of its date, not of the target year.
    """
    people = tables.observations[tables.observations["indicator_id"] == POPULATION]
    people = people.assign(population=to_base(people["value"], people["unit_id"], tables.units))
    last = people.sort_values("date").drop_duplicates("city_id", keep="last")
    last = last.rename(columns={"date": "population_date"})[["city_id", "population", "population_date", "source_id"]]
    counted = stated[(stated["unit_kind"] == "count") & (stated["basis"] == "stock") & stated["target_value"].notna()]
    frame = counted.merge(last, on="city_id")
    target = to_base(frame["target_value"], frame["unit_id"], tables.units)
    return frame.assign(per_million=1e6 * target / frame["population"])[PER_HEAD_COLUMNS]
