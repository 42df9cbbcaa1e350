"""How fast a plan wants to go: growth figures, and which of them may be published for which target."""

from functools import reduce

import numpy as np
import pandas as pd

from .language import check_language, name_column
from .tables import Tables, join, select_cities, select_indicators
from .units import to_base
from .vectors import Values, like, power, require

# A base below this many counted things shows its counts beside the rate: 6 → 11 firms is +83 %.
SMALL_BASE = 20

WITHHELD = {
    "score": {
        "en": "A score does not compound; it changes in points.",
        "zh": "得分不作复合增长，以分值变动表示。",
    },
    "share": {
        "en": "A share does not compound; it changes in percentage points.",
        "zh": "比重不作复合增长，以百分点变动表示。",
    },
    "cumulative": {
        "en": "A running total: its growth is not the growth of the yearly flow, so only the flow it implies is given.",
        "zh": "累计数的增长并非年度数的增长，故仅列其隐含的年均数。",
    },
    "period-mean": {
        "en": "A mean over years that are not stated: only the change of the mean is given, not a yearly rate.",
        "zh": "为未写明年份的年均值：仅列均值变动，不列年率。",
    },
    "base": {
        "en": "The baseline is not above zero, so there is no compound rate.",
        "zh": "基期值不大于零，无复合增长率。",
    },
    "not-meaningful": {
        "en": "Growth of this indicator has no meaning.",
        "zh": "该指标的增长没有意义。",
    },
}
CAUTIONS = {
    "basis": {"en": "The basis is inferred.", "zh": "口径为推定。"},
    "open": {
        "en": "The text also allows another basis; both readings are given.",
        "zh": "原文亦容许另一口径，两种读法并列。",
    },
    "unit": {"en": "The source lost the unit; it is inferred.", "zh": "原文缺失单位，单位为推定。"},
    "period": {
        "en": "The plan's period ends before the target year does; both lengths are given.",
        "zh": "方案期间早于目标年年末结束，两种年数并列。",
    },
    "survey": {"en": "The survey is not named.", "zh": "未写明调查来源。"},
    "small-base": {"en": ("Small base: ", "."), "zh": ("基数小：", "。")},
}


def cagr(baseline: Values, target: Values, years: Values) -> Values:
    """Return the compound annual growth rate (T/b)^(1/n) − 1, as a fraction a year.

    `years` is the time between the two values, not the number of years counted: 2012 → 2017 is 5.
    Missing in, missing out. Raises `ValueError` naming the value and its position where b ≤ 0,
    T < 0 or n ≤ 0. Source: OECD/JRC Handbook on Constructing Composite Indicators (2008), ch. 5.

    >>> round(cagr(4.99, 10.02, 5), 4)
    0.1496
    """
    require(baseline, lambda b: b > 0, "baseline", "above zero")
    require(target, lambda t: t >= 0, "target", "zero or above")
    require(years, lambda n: n > 0, "years", "above zero")
    return power(target / baseline, 1 / years) - 1


def annual_change(baseline: Values, target: Values, years: Values) -> Values:
    """Return the linear change (T − b)/n, in the unit of the values a year; any sign.

    Raises `ValueError` where n ≤ 0. Missing in, missing out.

    >>> annual_change(33.0, 85.0, 5)
    10.4
    """
    require(years, lambda n: n > 0, "years", "above zero")
    return (target - baseline) / years


def multiple(baseline: Values, target: Values) -> Values:
    """Return how many times the baseline the target is, T/b, without unit; b ≤ 0 raises `ValueError`.

    >>> multiple(5.0, 8.0)
    1.6
    """
    require(baseline, lambda b: b > 0, "baseline", "above zero")
    return target / baseline


def doubling_time(rate: Values) -> Values:
    """Return the years ln 2 / ln(1 + g) in which a rate g doubles a value; infinite where g ≤ 0.

    >>> round(doubling_time(0.1496), 2)
    4.97
    """
    grows = np.asarray(rate, dtype=float) > 0
    missing = np.isnan(np.asarray(rate, dtype=float))
    safe = np.where(grows, rate, 1.0)
    years = np.where(missing, np.nan, np.where(grows, np.log(2) / np.log1p(safe), np.inf))
    return like(rate, years)


def gap_closed(baseline: Values, target: Values, limit: Values) -> Values:
    """Return the share (T − b)/(L − b) of the gap to a natural limit L that a target closes.

    Raises `ValueError` where the baseline already stands at the limit. Missing in, missing out.

    >>> gap_closed(80.0, 85.0, 100.0)
    0.25
    """
    gap = limit - baseline
    require(gap, lambda g: g != 0, "limit − baseline", "other than zero")
    return (target - baseline) / gap


def growth_table(
    tables: Tables, cities: list[str] | None = None, indicators: list[str] | None = None, lang: str = "en"
) -> pd.DataFrame:
    """Return one row per target that has a baseline, with the figure that may be published for it.

    `measure` names that figure: `compound` (`compound_rate`, a fraction a year), `points` and
    `percentage-points` (`annual_change`), `implied-flow` (`annual_change` of a running total, in its
    unit a year), `mean-change` (`change` of a period mean) or `none`. What may not be published is
    missing, and `withheld` says why. The `alternative_*` columns hold the second reading, where
    the text allows another basis or the plan's period another number of years. `small_base` shows
    the counts of a base below 20 things. Rows that restate another row are left out. Unknown
    cities, indicators or languages raise `UserError`.
    """
    check_language(lang)
    frame = _with_baseline(tables, cities, indicators)
    frame["years"] = (frame["target_year"] - frame["baseline_year"]).astype(float)
    frame["measure"] = _measures(frame["basis"], frame["indicator_growth_measure"], frame["baseline_value"])
    _add_figures(frame, frame["measure"], frame["years"], prefix="")
    _add_alternative(frame)
    limit = frame["indicator_upper_limit"].where(frame["measure"].isin(["points", "percentage-points"]))
    frame["gap_closed"] = gap_closed(
        frame["baseline_value"], frame["target_value"], limit.mask(limit == frame["baseline_value"])
    )
    frame["withheld"] = _withheld(frame, lang)
    frame["small_base"] = _small_base(frame, tables)
    frame["caution"] = _cautions(frame, lang)
    frame["city"] = frame[f"city_{name_column(lang)}"]
    frame["indicator"] = frame[f"indicator_{name_column(lang)}"]
    return frame[GROWTH_COLUMNS].reset_index(drop=True)


GROWTH_COLUMNS = [
    "target_id", "city_id", "city", "indicator_id", "indicator", "document_id", "locator",
    "basis", "basis_status", "unit_id", "baseline_year", "baseline_value", "target_year", "target_value", "years",
    "measure", "compound_rate", "annual_change", "change", "gap_closed",
    "alternative_basis", "alternative_years", "alternative_measure",
    "alternative_compound_rate", "alternative_annual_change", "small_base", "withheld", "caution",
]  # fmt: skip


def _with_baseline(tables: Tables, cities: list[str] | None, indicators: list[str] | None) -> pd.DataFrame:
    """Return the joined targets of the chosen cities and indicators that have both values."""
    frame = join(tables)
    chosen = frame["city_id"].isin(select_cities(tables, cities)) & frame["restates"].isna()
    chosen &= frame["indicator_id"].isin(select_indicators(tables, indicators))
    return frame[chosen & frame["baseline_value"].notna() & frame["target_value"].notna()].copy()


def _measures(basis: pd.Series, growth_measure: pd.Series, baseline: pd.Series) -> pd.Series:
    """Return the figure that basis and indicator allow; `not-meaningful` indicators have none."""
    measure = growth_measure.mask(basis == "cumulative", "implied-flow").mask(basis == "period-mean", "mean-change")
    none = (growth_measure == "not-meaningful") | basis.isin(["growth-rate", "qualitative"])
    none |= (measure == "compound") & (baseline <= 0)
    return measure.mask(none, "none")


def _add_figures(frame: pd.DataFrame, measure: pd.Series, years: pd.Series, *, prefix: str) -> None:
    """Add the figures that a measure allows, missing where it does not."""
    base, target = frame["baseline_value"], frame["target_value"]
    compound = measure == "compound"
    yearly = measure.isin(["compound", "points", "percentage-points", "implied-flow"])
    frame[f"{prefix}compound_rate"] = cagr(base.where(compound), target.where(compound), years)
    frame[f"{prefix}annual_change"] = annual_change(base.where(yearly), target.where(yearly), years)
    if not prefix:
        frame["change"] = (target - base).where(measure != "none")


def _add_alternative(frame: pd.DataFrame) -> None:
    """Add the second reading: another basis where the text allows one, else the plan's own length."""
    period = _years_to_period_end(frame["document_period_end"], frame["baseline_year"])
    other_length = period.notna() & (period != frame["years"]) & (frame["measure"] != "mean-change")
    other_basis = frame["alternative_basis"].notna()
    basis = frame["alternative_basis"].where(other_basis, frame["basis"])
    measure = _measures(basis, frame["indicator_growth_measure"], frame["baseline_value"])
    measure = measure.where(other_basis | other_length)
    frame["alternative_years"] = period.where(other_length, frame["years"]).where(measure.notna())
    frame["alternative_measure"] = measure
    _add_figures(frame, measure, frame["alternative_years"], prefix="alternative_")


def _years_to_period_end(period_end: pd.Series, baseline_year: pd.Series) -> pd.Series:
    """Return the years from the end of the base year to the end of a period dated by month.

    From the end of 2021 to the end of June 2025 is 3.5 years. Periods dated by year are missing.
    """
    year = pd.to_numeric(period_end.str[:4])
    month = pd.to_numeric(period_end.str[5:7].mask(period_end.str.len() != 7))
    return (year - 1 + month / 12 - baseline_year).astype(float)


def _withheld(frame: pd.DataFrame, lang: str) -> pd.Series:
    """Return why a compound rate is not given, missing where it is."""
    reason = frame["measure"].map(
        {"points": "score", "percentage-points": "share", "implied-flow": "cumulative", "mean-change": "period-mean"}
    )
    none = frame["measure"] == "none"
    reason = reason.mask(none, "not-meaningful").mask(
        none & (frame["baseline_value"] <= 0) & (frame["indicator_growth_measure"] == "compound"), "base"
    )
    return reason.map({key: text[lang] for key, text in WITHHELD.items()})


def _cautions(frame: pd.DataFrame, lang: str) -> pd.Series:
    """Return the cautions of each row as one text, missing where there are none."""
    holds = {
        "basis": frame["basis_status"] == "inferred",
        "open": frame["alternative_basis"].notna(),
        "unit": frame["unit_status"] == "inferred",
        "period": frame["alternative_years"].notna() & (frame["alternative_years"] != frame["years"]),
        "survey": frame["basis"] == "score",
    }
    space = " " if lang == "en" else ""
    parts = [where.map({True: CAUTIONS[key][lang] + space, False: ""}) for key, where in holds.items()]
    parts.append((CAUTIONS["small-base"][lang][0] + frame["small_base"] + CAUTIONS["small-base"][lang][1]).fillna(""))
    text = reduce(lambda left, right: left + right, parts).str.strip()
    return text.mask(text == "")


def _small_base(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    """Return the counts themselves where the base is fewer than `SMALL_BASE` counted things, else missing."""
    base = to_base(frame["baseline_value"], frame["unit_id"], tables.units)
    target = to_base(frame["target_value"], frame["unit_id"], tables.units)
    small = (frame["unit_kind"] == "count") & (base < SMALL_BASE) & frame["measure"].isin(["compound", "implied-flow"])
    pairs = zip(base[small], target[small], strict=True)
    counts = pd.Series([f"{start:g} → {end:g}" for start, end in pairs], index=frame.index[small], dtype="str")
    return counts.reindex(frame.index)
