"""Every target with its latest outcome: how far it has come, or all the reasons why that cannot be said."""

from dataclasses import fields

import numpy as np
import pandas as pd

from ..errors import UserError, suggest
from ..growth import WITHHELD as GROWTH_WITHHELD
from ..language import check_language, name_column
from ..tables import Tables, select_cities
from .outcomes import latest, places
from .ratios import STATUSES, Progress, assess

# Why a target cannot be assessed, in the order in which they are told; the first one decides where it is counted.
BARRIERS = {
    "words": {"en": "In words, without a number.", "zh": "仅文字表述，无数值。"},
    "growth-rate": {"en": "A growth rate, not a level.", "zh": "为增长率而非水平。"},
    "period-mean": {"en": "A mean over years that are not stated.", "zh": "为未写明年份的年均值。"},
    "every-year": {"en": "Due every year, without a target year.", "zh": "逐年重复，未列目标年。"},
    "no-baseline": {"en": "No baseline is stated.", "zh": "未列基期值。"},
    "no-distance": {"en": "The target equals the baseline.", "zh": "目标值等于基期值。"},
    "no-outcome": {"en": "No outcome is known.", "zh": "尚无已知结果。"},
    "earlier": {"en": "Observed only before or in the base year.", "zh": "仅有基期年及以前的观测值。"},
    "before-issue": {"en": "Observed only before the document was issued.", "zh": "仅有文件发布以前的观测值。"},
    "other-unit": {"en": "The observed value is in another unit.", "zh": "观测值的单位不同，无法换算。"},
    "not-due": {"en": "Not met so far, and not yet due.", "zh": "尚未达到，亦未到期。"},
    "short": {"en": "Short of the target at its year's end or later.", "zh": "目标年年末或其后仍未达到。"},
}
# Nothing is computed for these: there is no level to reach, or no year to reach it by.
NEVER = ("words", "growth-rate", "period-mean", "every-year")
WITHHELD = {key: GROWTH_WITHHELD[key] for key in ("score", "share", "not-meaningful")} | {
    "cumulative": {
        "en": "A running total: its growth is not the growth of the yearly flow, so only the linear ratio is given.",
        "zh": "累计数的增长并非年度数的增长，故仅列线性比率。",
    },
    "base": {
        "en": "A value is not above zero, so only the linear ratio is given.",
        "zh": "有数值不大于零，故仅列线性比率。",
    },
}
RESULTS = [field.name for field in fields(Progress) if not field.name.startswith("reason_")]
PROGRESS_COLUMNS = [
    "target_id", "city_id", "city", "indicator_id", "indicator", "document_id", "locator",
    "basis", "basis_status", "unit_id", "direction", "baseline_year", "baseline_value", "target_year", "target_value",
    "observation_id", "date", "current_year", "current_value", "confidence", "source_id",
    *RESULTS, "first_reason", "reason", "withheld",
]  # fmt: skip


def progress_table(
    tables: Tables, cities: list[str] | None = None, indicators: list[str] | None = None, lang: str = "en"
) -> pd.DataFrame:
    """Return one row per target of the cities with its latest outcome and what `assess` finds.

    Baselines and targets stand at the end of their year, outcomes at the end of their month or year, on a scale
    (`current_year`) where the end of year Y is Y. `current_value` is in the target's unit. `reason` names everything
    that stands against an assessment and is missing where there is one; `first_reason` is the first of them, a key of
    `BARRIERS`. Without a baseline, a target that is met is still `achieved`. Targets in words, growth rates, means of
    unstated years and yearly commitments are never assessed. Scores, shares and running totals have no compound
    ratio; `withheld` says why. Rows that restate another are left out. Unknown cities, indicators or languages raise
    `UserError`.
    """
    chosen = _of_indicators(tables, indicators) & tables.targets["city_id"].isin(select_cities(tables, cities))
    return _table(tables, chosen, lang)


def benchmark_table(tables: Tables, indicators: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return the same for the targets of the benchmark, which is no city."""
    national = tables.cities.loc[tables.cities["kind"] == "benchmark", "city_id"]
    return _table(tables, _of_indicators(tables, indicators) & tables.targets["city_id"].isin(national), lang)


def _of_indicators(tables: Tables, indicators: list[str] | None) -> pd.Series:
    """Say which targets are of the chosen indicators and restate no other."""
    known = set(tables.indicators["indicator_id"])
    for indicator in indicators or []:
        if indicator not in known:
            msg = f"{indicator!r} is not an indicator in indicators.csv. {suggest(indicator, known)}"
            raise UserError(msg)
    chosen = tables.targets["restates"].isna()
    return chosen & tables.targets["indicator_id"].isin(indicators) if indicators else chosen


def _table(tables: Tables, chosen: pd.Series, lang: str) -> pd.DataFrame:
    check_language(lang)
    frame = _described(tables, tables.targets[chosen].reset_index(drop=True), lang)
    outcome = latest(tables, frame)
    frame[outcome.columns] = outcome
    against = _against(frame)
    never = np.logical_or.reduce([against[key] for key in NEVER])
    frame[RESULTS] = _assessed(frame, never)
    _withhold(frame, lang)
    against |= _after(frame, against, never)
    unable = (frame["status_linear"] == STATUSES[-1]) & (frame["status_compound"] == STATUSES[-1])
    _add_reasons(frame, {key: against[key] & unable.to_numpy() for key in BARRIERS}, lang)
    return frame[PROGRESS_COLUMNS]


def _described(tables: Tables, targets: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Add the names of city and indicator, the indicator's direction, its growth measure and its natural limit."""
    city = places(tables.cities, "city_id", targets["city_id"])
    row = places(tables.indicators, "indicator_id", targets["indicator_id"])
    codebook = tables.indicators
    upward = codebook["direction"] == 1
    limits = codebook["upper_limit"].where(upward, codebook["lower_limit"])
    return targets.assign(
        city=tables.cities[name_column(lang)].array.take(city),
        indicator=codebook[name_column(lang)].array.take(row),
        direction=codebook["direction"].array.take(row),
        growth_measure=codebook["growth_measure"].array.take(row),
        limit=limits.to_numpy()[row],
    )


def _against(frame: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return what stands against an assessment before anything is computed, by barrier."""
    barred = {basis: (frame["basis"] == basis).to_numpy() for basis in ("qualitative", "growth-rate", "period-mean")}
    no_baseline, known, since = frame["baseline_value"].isna().to_numpy(), frame["known"], frame["since"]
    before = (known & ~since).to_numpy()
    level = ~(barred["qualitative"] | barred["growth-rate"])
    return {
        "words": barred["qualitative"],
        "growth-rate": barred["growth-rate"],
        "period-mean": barred["period-mean"],
        "every-year": frame["target_year"].isna().to_numpy() & level & ~barred["period-mean"],
        "no-baseline": no_baseline,
        "no-outcome": ~known.to_numpy(),
        "earlier": before & ~no_baseline,
        "before-issue": before & no_baseline,
        "other-unit": since.to_numpy() & frame["current_value"].isna().to_numpy() & level,
    }


def _after(frame: pd.DataFrame, against: dict[str, np.ndarray], never: np.ndarray) -> dict[str, np.ndarray]:
    """Return what an outcome still says where there is no distance to measure it by; met ones are masked later."""
    seen = frame["current_value"].notna().to_numpy() & ~never
    late = (frame["current_year"] >= frame["target_year"]).fillna(value=False).to_numpy(dtype=bool)
    no_distance = (frame["baseline_value"] == frame["target_value"]).to_numpy()
    without = seen & (against["no-baseline"] | no_distance)
    return {"no-distance": no_distance & ~never, "not-due": without & ~late, "short": without & late}


def _assessed(frame: pd.DataFrame, never: np.ndarray) -> pd.DataFrame:
    """Return what `assess` finds, one column a result, missing for what is never assessed."""
    numbers = ("baseline_value", "baseline_year", "current_value", "current_year", "target_value", "target_year")
    given = {name: frame[name].to_numpy(dtype=float, na_value=np.nan) for name in numbers}
    for name in ("current_value", "current_year"):
        given[name] = np.where(never | np.isnan(given["current_value"]), np.nan, given[name])
    found = assess(*given.values(), direction=frame["direction"].to_numpy(dtype=float), limit=frame["limit"].to_numpy())
    return pd.DataFrame({name: getattr(found, name) for name in RESULTS}, index=frame.index)


def _withhold(frame: pd.DataFrame, lang: str) -> None:
    """Take back the compound results of what does not compound, and say why a linear ratio stands alone."""
    running, measure = frame["basis"] == "cumulative", frame["growth_measure"]
    compounds = (measure == "compound") & ~running
    for name in ("ratio_compound", "projected_compound", "required_rate"):
        frame[name] = frame[name].where(compounds)
    met = frame["status_compound"] == "achieved"
    frame["status_compound"] = frame["status_compound"].where(compounds | met, STATUSES[-1])
    frame["agree"] = frame["status_compound"] == frame["status_linear"]
    kinds = {"points": "score", "percentage-points": "share", "not-meaningful": "not-meaningful", "compound": "base"}
    kind = measure.map(kinds).mask(running, "cumulative")
    alone = frame["ratio_linear"].notna() & frame["ratio_compound"].isna()
    frame["withheld"] = kind.map({key: text[lang] for key, text in WITHHELD.items()}).where(alone)


def _add_reasons(frame: pd.DataFrame, holds: dict[str, np.ndarray], lang: str) -> None:
    """Add the reasons that hold as one text, and the key of the first; each combination is put in words once."""
    keys, space = list(BARRIERS), " " if lang == "en" else ""
    mask = sum(holds[key].astype(np.int64) << place for place, key in enumerate(keys))
    distinct, which = np.unique(mask, return_inverse=True)
    combined = [[key for place, key in enumerate(keys) if code >> place & 1] for code in distinct.tolist()]
    texts = [space.join(BARRIERS[key][lang] for key in held) or None for held in combined]
    firsts = [held[0] if held else None for held in combined]
    for name, words in (("reason", texts), ("first_reason", firsts)):
        frame[name] = pd.Series(words, dtype="str").array.take(which)
