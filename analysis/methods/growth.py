"""How fast a plan wants to go: the formulas of growth, for numbers, arrays and Series alike."""

from functools import reduce

import numpy as np
import pandas as pd

from ..language import check_language
from ..tables import Tables, join, select_cities, select_indicators
from .arrays import Values, like, power, require
from .units import half_width, to_base


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
    rate: Values = power(target / baseline, 1 / years) - 1
    return rate


def annual_change(baseline: Values, target: Values, years: Values) -> Values:
    """Return the linear change (T − b)/n, in the unit of the values a year; any sign.

    Raises `ValueError` where n ≤ 0. Missing in, missing out.

    >>> annual_change(33.0, 85.0, 5)
    10.4
    """
    require(years, lambda n: n > 0, "years", "above zero")
    change: Values = (target - baseline) / years
    return change


def multiple(baseline: Values, target: Values) -> Values:
    """Return how many times the baseline the target is, T/b, without unit; b ≤ 0 raises `ValueError`.

    >>> multiple(5.0, 8.0)
    1.6
    """
    require(baseline, lambda b: b > 0, "baseline", "above zero")
    times: Values = target / baseline
    return times


def doubling_time(rate: Values) -> Values:
    """Return the years ln 2 / ln(1 + g) in which a rate g doubles a value; infinite where g ≤ 0.

    >>> round(doubling_time(0.1496), 2)
    4.97
    """
    rates = np.asarray(rate, dtype=float)
    grows = rates > 0
    safe = np.where(grows, rates, 1.0)
    years = np.where(np.isnan(rates), np.nan, np.where(grows, np.log(2) / np.log1p(safe), np.inf))
    return like(rate, years)


def gap_closed(baseline: Values, target: Values, limit: Values) -> Values:
    """Return the share (T − b)/(L − b) of the gap to a natural limit L that a target closes.

    Raises `ValueError` where the baseline already stands at the limit. Missing in, missing out.

    >>> gap_closed(80.0, 85.0, 100.0)
    0.25
    """
    gap = limit - baseline
    require(gap, lambda g: g != 0, "limit − baseline", "other than zero")
    share: Values = (target - baseline) / gap
    return share


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
        "zh": "基期值不大于零，无复合年均增长率。",
    },
    "target": {
        "en": "The target is below zero, so there is no compound rate.",
        "zh": "目标值小于零，无复合增长率。",
    },
    "growth-rate": {
        "en": "The target is itself a growth rate, not a level that grows.",
        "zh": "目标本身即为增长率，并非可计算增长的水平。",
    },
    "zero": {
        "en": "The target is zero: a fall to nothing has no compound rate.",
        "zh": "目标值为零：降至零无复合增长率。",
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
        "zh": "原文亦容许另一口径，两种理解并列。",
    },
    "unit": {"en": "The source lost the unit; it is inferred.", "zh": "原文缺失单位，单位为推定。"},
    "period": {
        "en": "The plan's period ends before the target year does; both lengths are given.",
        "zh": "方案期间早于目标年年末结束，两种年数并列。",
    },
    "survey": {"en": "The survey is not named.", "zh": "未写明调查来源。"},
}
SMALL_BASE_CAUTION = {"en": ("Small base: ", "."), "zh": ("基数小：", "。")}


def withheld(frame: pd.DataFrame, lang: str) -> pd.Series:
    """Return why a compound rate is not given, missing where it is."""
    reason = frame["measure"].map(
        {"points": "score", "percentage-points": "share", "implied-flow": "cumulative", "mean-change": "period-mean"}
    )
    none = frame["measure"] == "none"
    compound = none & (frame["indicator_growth_measure"] == "compound")
    reason = reason.mask(none, "not-meaningful").mask(compound & (frame["target_value"] < 0), "target")
    reason = reason.mask(compound & (frame["target_value"] == 0), "zero")
    reason = reason.mask(compound & (frame["baseline_value"] <= 0), "base")
    reason = reason.mask(frame["basis"] == "growth-rate", "growth-rate")
    return reason.map({key: text[lang] for key, text in WITHHELD.items()})


def cautions(frame: pd.DataFrame, lang: str) -> pd.Series:
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
    text = reduce(lambda left, right: left + right, parts).str.strip()
    return text.mask(text == "")


def with_counts(caution: pd.Series, counts: pd.Series, lang: str) -> pd.Series:
    """Return the cautions with the counts of small bases at their end."""
    before, after = SMALL_BASE_CAUTION[lang]
    held = caution.loc[counts.index].fillna("")
    space = held.map({"": ""}).fillna(" " if lang == "en" else "")
    caution = caution.copy()
    caution.loc[counts.index] = held + space + before + counts + after
    return caution


# A base below this many counted things shows its counts beside the rate: 6 → 11 firms is +83 %.
SMALL_BASE = 20


def growth_table(
    tables: Tables, cities: list[str] | None = None, indicators: list[str] | None = None, lang: str = "en"
) -> pd.DataFrame:
    """Return one row per target that has a baseline, with the figure that may be published for it.

    `measure` names that figure: `compound` (`compound_rate`, a fraction a year), `points` and
    `percentage-points` (`annual_change`), `implied-flow` (`annual_change` of a running total, in its
    unit a year), `mean-change` (`change` of a period mean) or `none`. What may not be published is
    missing, and `withheld` says why. The `alternative_*` columns hold the second reading, where
    the text allows another basis or, for a stock, the plan's period another number of years. `low` and `high` are the
    least and the greatest figure that the rounding of the printed baseline allows (equal to the figure where the
    baseline is counted one by one; targets are exact), `upper` the figure at the upper end of a range; `bound` says
    whether the figure is itself a bound: a target of at least T gives at least the rate. `small_base` shows the
    counts of a base below 20 things. `gap_closed` is the share of the gap to the natural limit in the indicator's
    `direction` (1 where more is better, −1 where less is). Rows that restate another row are left out; a choice
    without any such target gives an empty frame. Unknown cities, indicators or languages raise `UserError`.
    """
    check_language(lang)
    targets = _with_baseline(tables, cities, indicators)
    kinds, place = _kinds(tables, targets, lang)
    frame = targets.assign(**{name: kinds[name].array.take(place) for name in OF_KINDS})
    city = pd.Index(tables.cities["city_id"]).get_indexer(frame["city_id"])
    frame["city"] = tables.cities[f"name_{lang}"].array.take(city)
    base, target = frame["baseline_value"], frame["target_value"]
    for prefix in ("", "alternative_"):
        years, allowed = frame[f"{prefix}years"], _allowed(kinds[f"{prefix}measure"], place)
        rated, changing = (base.where(allowed[what]) for what in ("compound", "yearly"))
        frame[f"{prefix}compound_rate"] = cagr(rated, target.where(allowed["compound"]), years)
        frame[f"{prefix}annual_change"] = annual_change(changing, target, years)
    frame["change"] = (target - base).where((kinds["measure"] != "none").to_numpy()[place])
    _add_ends(frame, tables)
    limit = pd.Series(kinds["limit"].to_numpy()[place], index=frame.index)
    frame["gap_closed"] = gap_closed(base, target, limit.mask(limit == base))
    counts = _small_base(frame, tables, (kinds["small"] & (kinds["unit_kind"] == "count")).to_numpy()[place])
    frame["small_base"] = counts.reindex(frame.index)
    frame["caution"] = with_counts(frame["caution"], counts, lang)
    return frame[GROWTH_COLUMNS]


GROWTH_COLUMNS = [
    "target_id", "city_id", "city", "indicator_id", "indicator", "document_id", "locator",
    "basis", "basis_status", "unit_id", "baseline_year", "baseline_value", "target_year", "target_value", "years",
    "measure", "compound_rate", "annual_change", "change", "low", "high", "upper", "bound", "gap_closed",
    "alternative_basis", "alternative_years", "alternative_measure",
    "alternative_compound_rate", "alternative_annual_change", "small_base", "withheld", "caution", "direction",
]  # fmt: skip
FIGURES = {
    "compound": "compound_rate", "points": "annual_change", "percentage-points": "annual_change",
    "implied-flow": "annual_change", "mean-change": "change",
}  # fmt: skip


def figure_of(frame: pd.DataFrame, base: pd.Series, target: pd.Series) -> pd.Series:
    """Return the figure that `measure` names for other baselines and targets, missing where there is none."""
    compound, yearly = frame["measure"] == "compound", frame["measure"].map(FIGURES) == "annual_change"
    rate = cagr(base.where(compound), target.where(compound), frame["years"])
    change = annual_change(base.where(yearly), target, frame["years"])
    return rate.fillna(change).fillna((target - base).where(frame["measure"] == "mean-change"))


def _add_ends(frame: pd.DataFrame, tables: Tables) -> None:
    """Add the figure's ends within the rounding of the baseline, and its value at the upper end of a range."""
    base, target = frame["baseline_value"], frame["target_value"]
    half = half_width(base, frame["unit_id"], tables.units)
    # Rounding that reaches zero would leave no rate: such a baseline is taken as printed.
    half = half.where(half < base.abs(), 0.0)
    ends = [figure_of(frame, start, target) for start in (base + half, base - half)]
    frame["low"], frame["high"] = np.minimum(ends[0], ends[1]), np.maximum(ends[0], ends[1])
    frame["upper"] = figure_of(frame, base, frame["target_upper"])


# What makes two targets of one kind: all that decides which figures they may have, and in which words.
KIND = [
    "document_id", "indicator_id", "unit_id", "basis", "basis_status", "alternative_basis", "unit_status",
    "baseline_year", "target_year",
]  # fmt: skip
OF_KINDS = [
    "indicator", "direction", "years", "measure", "alternative_years", "alternative_measure", "withheld", "caution",
]  # fmt: skip


def _with_baseline(tables: Tables, cities: list[str] | None, indicators: list[str] | None) -> pd.DataFrame:
    """Return the targets of the chosen cities and indicators that have both values."""
    frame = tables.targets
    chosen = frame["city_id"].isin(select_cities(tables, cities)) & frame["restates"].isna()
    chosen &= frame["indicator_id"].isin(select_indicators(tables, indicators))
    return frame[chosen & frame["baseline_value"].notna() & frame["target_value"].notna()].reset_index(drop=True)


def _kinds(tables: Tables, targets: pd.DataFrame, lang: str) -> tuple[pd.DataFrame, np.ndarray]:
    """Return what is the same for all targets of one kind, one row a kind, and the kind of every target.

    Plans repeat few kinds, so that a million targets need their texts worked out some hundred times only.
    """
    signs = np.sign(targets["target_value"].to_numpy(dtype=float)).astype(np.int64) + 1
    place = (targets["baseline_value"] > 0).to_numpy().astype(np.int64) + 2 * signs
    for name in KIND:
        codes, values = pd.factorize(targets[name], use_na_sentinel=False)
        place, _ = pd.factorize(place * len(values) + codes)
    first: list[int] = pd.Series(np.arange(len(place))).groupby(place).first().tolist() if len(place) else []
    kinds = join(tables, targets.iloc[first].reset_index(drop=True))
    kinds["years"] = (kinds["target_year"] - kinds["baseline_year"]).astype(float)
    kinds["measure"] = _measures(kinds, kinds["basis"])
    _add_alternative(kinds)
    kinds["direction"] = kinds["indicator_direction"]
    limit = kinds["indicator_upper_limit"].where(kinds["direction"] == 1, kinds["indicator_lower_limit"])
    kinds["limit"] = limit.where(kinds["measure"].isin(["points", "percentage-points"]))
    kinds["small"] = kinds["measure"].isin(["compound", "implied-flow"])
    kinds["withheld"], kinds["caution"] = withheld(kinds, lang), cautions(kinds, lang)
    kinds["indicator"] = kinds[f"indicator_name_{lang}"]
    return kinds, place


def _measures(frame: pd.DataFrame, basis: pd.Series) -> pd.Series:
    """Return the figure that a basis, the indicator and the values allow; `not-meaningful` indicators have none."""
    growth_measure = frame["indicator_growth_measure"]
    measure = growth_measure.mask(basis == "cumulative", "implied-flow").mask(basis == "period-mean", "mean-change")
    none = (growth_measure == "not-meaningful") | basis.isin(["growth-rate", "qualitative"])
    none |= (measure == "compound") & ((frame["baseline_value"] <= 0) | (frame["target_value"] <= 0))
    return measure.mask(none, "none")


def _allowed(measure: pd.Series, place: np.ndarray) -> dict[str, np.ndarray]:
    """Return which targets may have a compound rate, and which a yearly change."""
    yearly = measure.isin(["compound", "points", "percentage-points", "implied-flow"])
    return {"compound": (measure == "compound").to_numpy()[place], "yearly": yearly.to_numpy()[place]}


def _add_alternative(frame: pd.DataFrame) -> None:
    """Add the second reading: another basis where the text allows one, the plan's own length where it is shorter."""
    period = _years_to_period_end(frame["document_period_end"], frame["baseline_year"])
    # A stock may be due when the period ends; a yearly flow, a score or a share of that year can not be due in June.
    other_length = (period > 0) & (period < frame["years"]) & (frame["basis"] == "stock")
    other_basis = frame["alternative_basis"].notna()
    basis = frame["alternative_basis"].where(other_basis, frame["basis"])
    measure = _measures(frame, basis)
    measure = measure.where(other_basis | other_length)
    frame["alternative_years"] = period.where(other_length, frame["years"]).where(measure.notna())
    frame["alternative_measure"] = measure


def _years_to_period_end(period_end: pd.Series, baseline_year: pd.Series) -> pd.Series:
    """Return the years from the end of the base year to the end of a period dated by month.

    From the end of 2021 to the end of June 2025 is 3.5 years. Periods dated by year are missing.
    """
    year = pd.to_numeric(period_end.str[:4])
    month = pd.to_numeric(period_end.str[5:7].mask(period_end.str.len() != 7))
    return (year - 1 + month / 12 - baseline_year).astype(float)


def _small_base(frame: pd.DataFrame, tables: Tables, counted: np.ndarray) -> pd.Series:
    """Return the counts themselves of the rows whose base is fewer than `SMALL_BASE` counted things."""
    few = frame.loc[counted, ["baseline_value", "target_value", "unit_id"]]
    base = to_base(few["baseline_value"], few["unit_id"], tables.units)
    few, base = few[base < SMALL_BASE], base[base < SMALL_BASE]
    target = to_base(few["target_value"], few["unit_id"], tables.units)
    texts = [f"{start:g} → {end:g}" for start, end in zip(base, target, strict=True)]
    return pd.Series(texts, index=few.index, dtype="str")


STATED_COLUMNS = [
    "target_id", "city_id", "city", "indicator_id", "indicator", "document_id", "locator", "basis", "unit_id",
    "baseline_year", "target_year", "years", "stated", "stated_upper", "bound", "compound_rate", "upper", "direction",
]  # fmt: skip


def stated_rates(
    tables: Tables, cities: list[str] | None = None, indicators: list[str] | None = None, lang: str = "en"
) -> pd.DataFrame:
    """Return one row per target whose plan states the growth itself, with the yearly rate that this is.

    `stated` is the number as stated, in `unit_id`: a rate a year (basis `growth-rate`), the growth over the whole
    period (`growth-over-period`), or how many times the baseline the target is (`multiple`). `compound_rate`, a
    fraction a year, is the first itself, and (1 + x)^(1/n) − 1 or m^(1/n) − 1 of the others, n the years from the base
    year; it is missing where no base year is known, and for a plain `change`. `upper` is the rate at the upper end of
    a range, `bound` holds of the rate as of the number. Rows that restate another are left out. Unknown cities,
    indicators or languages raise `UserError`.
    """
    check_language(lang)
    frame = join(tables)
    chosen = frame["city_id"].isin(select_cities(tables, cities)) & frame["restates"].isna()
    chosen &= frame["indicator_id"].isin(select_indicators(tables, indicators)) & frame["basis"].isin(STATED)
    frame = frame[chosen].reset_index(drop=True)
    start = frame["baseline_year"].fillna(frame["counted_from"] - 1).fillna(frame["document_base_year"])
    frame["years"] = (frame["target_year"] - start).astype(float)
    frame = frame.rename(columns={"target_value": "stated", "target_upper": "stated_upper"})
    frame["compound_rate"], frame["upper"] = _yearly(frame, "stated"), _yearly(frame, "stated_upper")
    names = {"city": f"city_name_{lang}", "indicator": f"indicator_name_{lang}", "direction": "indicator_direction"}
    return frame.assign(**{name: frame[column] for name, column in names.items()})[STATED_COLUMNS]


STATED = ("growth-rate", "growth-over-period", "multiple", "change")


def _yearly(frame: pd.DataFrame, column: str) -> pd.Series:
    """Return the yearly rate that a stated growth is, a fraction a year; missing for a change and without its years."""
    number = frame[column].astype(float)
    times = (1 + number / 100).where(frame["basis"] == "growth-over-period", number)
    over_years = frame["basis"].isin(["growth-over-period", "multiple"]) & (frame["years"] > 0) & (times > 0)
    rate = power(times.where(over_years), 1 / frame["years"].where(over_years)) - 1
    return rate.where(frame["basis"] != "growth-rate", number / 100)
