"""Every target with its latest outcome: how far it has come, or all the reasons why that cannot be said."""

from dataclasses import fields

import numpy as np
import pandas as pd

from ..growth import WITHHELD as GROWTH_WITHHELD
from ..language import check_language
from ..tables import Tables, select_cities, select_indicators
from .outcomes import OBSERVED, coded, latest, places
from .ratios import STATUSES, Progress, assess

# Why a target cannot be assessed, in the order in which they are told; the first one decides where it is counted.
BARRIERS = {
    "words": {"en": "In words, without a number.", "zh": "仅文字表述，无数值。"},
    "growth-rate": {"en": "A growth rate, not a level.", "zh": "为增长率而非水平。"},
    "period-mean": {"en": "A mean over years that are not stated.", "zh": "为未写明年份的年均值。"},
    "every-year": {"en": "Due every year, without a target year.", "zh": "为每年目标，未列目标年。"},
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
STATED = [
    "target_id", "city_id", "indicator_id", "document_id", "locator", "basis", "basis_status", "unit_id",
    "baseline_year", "baseline_value", "target_year", "target_value",
]  # fmt: skip
RESULTS = [field.name for field in fields(Progress) if not field.name.startswith("reason_")]
PROGRESS_COLUMNS = [
    "target_id", "city_id", "city", "indicator_id", "indicator", "document_id", "locator",
    "basis", "basis_status", "unit_id", "direction", "baseline_year", "baseline_value", "target_year", "target_value",
    "observation_id", "date", "current_year", "current_value", "confidence", "source_id",
    *RESULTS, "first_reason", "reason", "withheld",
]  # fmt: skip
Flags = dict[str, np.ndarray]


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
    return _table(tables, select_cities(tables, cities), indicators, lang)


def benchmark_table(tables: Tables, indicators: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return the same for the targets of the benchmark, which is no city."""
    national = tables.cities.loc[tables.cities["kind"] == "benchmark", "city_id"]
    return _table(tables, national.tolist(), indicators, lang)


def _table(tables: Tables, cities: list[str], indicators: list[str] | None, lang: str) -> pd.DataFrame:
    check_language(lang)
    codes = coded(tables, tables.targets)
    chosen = _chosen(tables, codes, cities, indicators)
    frame = tables.targets.loc[chosen, STATED].reset_index(drop=True)
    codes = {key: place[chosen] for key, place in codes.items()}
    names = (("city", tables.cities, "city_id"), ("indicator", tables.indicators, "indicator_id"))
    for name, other, key in names:
        frame[name] = other[f"name_{lang}"].array.take(codes[key])
    codebook = _codebook(tables.indicators).iloc[codes["indicator_id"]].reset_index(drop=True)
    frame["direction"] = codebook["direction"]
    frame[OUTCOME] = latest(tables, frame, codes)
    basis = {name: places(BASES, "basis", frame["basis"]) == place for place, name in enumerate(BASES["basis"])}
    frame[RESULTS], against = _results(frame, codebook, basis)
    _add_reasons(frame, against, lang)
    frame["withheld"] = _withheld(frame, codebook, basis["cumulative"], lang)
    return frame[PROGRESS_COLUMNS]


BASES = pd.DataFrame({"basis": ["qualitative", "growth-rate", "period-mean", "cumulative"]})
OUTCOME = [*OBSERVED, "current_year", "current_value", "known", "since"]


def _chosen(tables: Tables, codes: Flags, cities: list[str], indicators: list[str] | None) -> np.ndarray:
    """Say which targets are of the chosen cities and indicators and restate no other."""
    ours = tables.cities["city_id"].isin(cities).to_numpy()[codes["city_id"]]
    wanted = (
        tables.indicators["indicator_id"].isin(select_indicators(tables, indicators)).to_numpy()[codes["indicator_id"]]
    )
    return ours & wanted & tables.targets["restates"].isna().to_numpy()


def _codebook(indicators: pd.DataFrame) -> pd.DataFrame:
    """Return of each indicator its direction, its natural limit in it, and why it has no compound ratio, if so."""
    kinds = {"points": "score", "percentage-points": "share", "not-meaningful": "not-meaningful", "compound": "base"}
    limit = indicators["upper_limit"].where(indicators["direction"] == 1, indicators["lower_limit"])
    alone = indicators["growth_measure"].map(kinds)
    return pd.DataFrame({"direction": indicators["direction"], "limit": limit, "alone": places(KINDS, "kind", alone)})


KINDS = pd.DataFrame({"kind": list(WITHHELD)})


def _results(frame: pd.DataFrame, codebook: pd.DataFrame, basis: Flags) -> tuple[pd.DataFrame, Flags]:
    """Return what `assess` finds, without what does not compound, and what stands against it, by barrier."""
    numbers = ("baseline_value", "baseline_year", "current_value", "current_year", "target_value", "target_year")
    given = {name: frame[name].to_numpy(dtype=float, na_value=np.nan) for name in numbers}
    against = _against(frame, given, basis)
    never = np.logical_or.reduce([against[key] for key in NEVER])
    blank = never | np.isnan(given["current_value"])
    now = {name: np.where(blank, np.nan, given[name]) for name in ("current_value", "current_year")}
    ways = {"direction": codebook["direction"].to_numpy(dtype=float), "limit": codebook["limit"].to_numpy()}
    found = vars(assess(*(given | now).values(), **ways)).copy()
    _withhold(found, (codebook["alone"] == BASE).to_numpy() & ~basis["cumulative"])
    unable = (found["status_linear"] == STATUSES[-1]) & (found["status_compound"] == STATUSES[-1])
    against |= _after(given, against, ~blank)
    results = pd.DataFrame({name: found[name] for name in RESULTS}, index=frame.index)
    return results, {key: against[key] & unable for key in BARRIERS}


BASE = list(WITHHELD).index("base")


def _against(frame: pd.DataFrame, given: Flags, basis: Flags) -> Flags:
    """Return what stands against an assessment before anything is computed."""
    no_baseline, known, since = np.isnan(given["baseline_value"]), frame["known"].to_numpy(), frame["since"].to_numpy()
    level = ~(basis["qualitative"] | basis["growth-rate"])
    return {
        "words": basis["qualitative"],
        "growth-rate": basis["growth-rate"],
        "period-mean": basis["period-mean"],
        "every-year": np.isnan(given["target_year"]) & level & ~basis["period-mean"],
        "no-baseline": no_baseline,
        "no-outcome": ~known,
        "earlier": known & ~since & ~no_baseline,
        "before-issue": known & ~since & no_baseline,
        "other-unit": since & np.isnan(given["current_value"]) & level,
    }


def _after(given: Flags, against: Flags, seen: np.ndarray) -> Flags:
    """Return what an outcome still says where there is no distance to measure it by; `seen` says where it may."""
    late = given["current_year"] >= given["target_year"]
    no_distance = given["baseline_value"] == given["target_value"]
    without = seen & (against["no-baseline"] | no_distance)
    return {"no-distance": no_distance, "not-due": without & ~late, "short": without & late}


def _withhold(found: dict[str, np.ndarray], compounds: np.ndarray) -> None:
    """Take back the compound results of what does not compound; a target that is met is met all the same."""
    for name in ("ratio_compound", "projected_compound", "required_rate"):
        found[name] = np.where(compounds, found[name], np.nan)
    kept = compounds | (found["status_compound"] == "achieved")
    found["status_compound"] = np.where(kept, found["status_compound"], STATUSES[-1])
    found["agree"] = found["status_compound"] == found["status_linear"]


def _withheld(
    frame: pd.DataFrame, codebook: pd.DataFrame, running: np.ndarray, lang: str
) -> pd.api.extensions.ExtensionArray:
    """Return why a linear ratio stands alone, missing where a compound one stands beside it or none is."""
    texts = pd.array([text[lang] for text in WITHHELD.values()], dtype="str")
    alone = frame["ratio_linear"].notna() & frame["ratio_compound"].isna()
    kind = np.where(running, list(WITHHELD).index("cumulative"), codebook["alone"])
    return texts.take(np.where(alone, kind, -1), allow_fill=True)


def _add_reasons(frame: pd.DataFrame, holds: Flags, lang: str) -> None:
    """Add the reasons that hold as one text, and the key of the first; each combination is put in words once."""
    keys, space = list(BARRIERS), " " if lang == "en" else ""
    mask = sum(holds[key].astype(np.int64) << place for place, key in enumerate(keys))
    distinct, which = np.unique(mask, return_inverse=True)
    combined = [[key for place, key in enumerate(keys) if code >> place & 1] for code in distinct.tolist()]
    texts = [space.join(BARRIERS[key][lang] for key in held) or None for held in combined]
    for name, words in (("reason", texts), ("first_reason", [held[0] if held else None for held in combined])):
        frame[name] = pd.array(words, dtype="str").take(which)
