"""Two ratios of what happened to what was promised, and what they project and require."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd

from ..language import check_language
from ..tables import Tables, select_cities, select_indicators
from .arrays import Values, kind_of, like, power, require
from .growth import WITHHELD as GROWTH_WITHHELD
from .units import convert

STATUSES = ("achieved", "on_track", "acceleration_needed", "limited", "deterioration", "unable_to_assess")
# Least ratio of observed to required progress for each status in turn (Eurostat 2024, Sustainable development in
# the EU, annex II; the names are Open SDG's, as Statistics Canada uses them).
THRESHOLDS = (0.95, 0.60, 0.0)
# Why no ratio is given: for either of them, and for the compound one alone.
REASONS = ("one-date", "missing", "no-distance", "not-positive")


@dataclass(frozen=True)
class Progress:
    """What `assess` finds, one value a series; shares and ratios have no unit, the rest has that of the data.

    `reason_*` says why a ratio is missing: `one-date`, `missing` (a value or a year), `no-distance` (the target equals
    the baseline) or `not-positive` (a value of 0 or less, or of another sign, in a compound rate); empty otherwise.
    """

    share_done: Any
    share_of_time: Any
    ratio_compound: Any
    ratio_linear: Any
    projected_compound: Any
    projected_linear: Any
    required_rate: Any
    required_change: Any
    status_compound: Any
    status_linear: Any
    agree: Any
    reason_compound: Any
    reason_linear: Any


def assess(
    baseline: Values,
    base_year: Values,
    current: Values,
    current_year: Values,
    target: Values,
    target_year: Values,
    *,
    direction: Values | int = 1,
    limit: Values | None = None,
) -> Progress:
    """Return how far a series has come by `current_year` on its way from baseline to target.

    - `share_done` (x − b)/(T − b); `share_of_time` (t − t0)/(τ − t0); `ratio_linear` is the one over the other.
    - `ratio_compound` d·CAGR observed/|CAGR required|, the latter (T/b)^(1/(τ − t0)) − 1.
    - `projected_compound`, `projected_linear`: where it would stand at τ if it went on as from t0 to t; never
      beyond `limit`, the natural limit of the indicator in its direction, if it has one.
    - `required_rate` (T/x)^(1/(τ − t)) − 1 and `required_change` (T − x)/(τ − t), a year, from now; missing once τ is
      past.
    - `status_*`: `achieved` once met, else by ratio `on_track` ≥ 0.95, `acceleration_needed` ≥ 0.60, `limited` ≥ 0,
      `deterioration` < 0, and `unable_to_assess` without a ratio. `agree` says whether both are the same.

    Inputs are in one unit and broadcast; `direction` is 1 where more is better, −1 where less is. Values of 0 or less
    leave the linear ratio alone standing. Raises `ValueError` where τ ≤ t0, t < t0, or direction is neither 1 nor −1.
    Source: Eurostat-type ratio of compound rates as Statistics Canada publishes it; Eurostat (2024), annex II.

    >>> halfway = assess(1.0, 2020, 5 ** 0.6, 2023, 5.0, 2025)
    >>> round(halfway.share_done, 2), round(halfway.ratio_compound, 2), round(halfway.ratio_linear, 2)
    (0.41, 1.0, 0.68)
    """
    given: tuple[Any, ...] = (baseline, base_year, current, current_year, target, target_year, direction)
    b, t0, x, t, goal, end, d = np.broadcast_arrays(*(np.asarray(value, dtype=float) for value in given))
    require(end - t0, lambda n: n > 0, "target_year − base_year", "above zero")
    require(t - t0, lambda n: n >= 0, "current_year − base_year", "zero or above")
    require(d, lambda sign: np.abs(sign) == 1, "direction", "1 or -1")
    whole, past, left = end - t0, _positive(t - t0), _positive(end - t)
    positive = (b > 0) & (x > 0) & (goal > 0)
    ratio = _linear(b, x, goal, past / whole) | _compound(b, x, goal, d, whole, past, left, where=positive)
    reason = _reasons(b + x + goal + t0 + t + end, t == t0, b == goal, positive)
    met = d * (x - goal) >= 0
    codes = {kind: _status(ratio[f"ratio_{kind}"], met & (reason["linear"] != "one-date")) for kind in reason}
    result = ratio | {f"status_{kind}": np.array(STATUSES, dtype=object)[codes[kind]] for kind in codes}
    result |= {f"reason_{kind}": reason[kind] for kind in reason}
    result |= {"agree": codes["compound"] == codes["linear"], "share_of_time": (t - t0) / whole}
    result |= _projections(b, x, whole, past, d, limit, where=positive)
    result["required_change"] = (goal - x) / left
    return Progress(**{field.name: like(kind_of(*given), result[field.name]) for field in fields(Progress)})


def _positive(years: np.ndarray) -> np.ndarray:
    """Return spans of time, missing where they are not above zero: nothing can be divided by them."""
    return np.where(years > 0, years, np.nan)


def _linear(b: np.ndarray, x: np.ndarray, goal: np.ndarray, share_of_time: np.ndarray) -> dict[str, np.ndarray]:
    """Return the share of the distance done, and its ratio to the share of the time; missing without a distance."""
    done = (x - b) / np.where(goal == b, np.nan, goal - b)
    return {"share_done": done, "ratio_linear": done / share_of_time}


def _compound(
    b: np.ndarray,
    x: np.ndarray,
    goal: np.ndarray,
    d: np.ndarray,
    whole: np.ndarray,
    past: np.ndarray,
    left: np.ndarray,
    *,
    where: np.ndarray,
) -> dict[str, np.ndarray]:
    """Return the ratio of compound rates and the rate needed from now, missing where no compound rate exists."""
    base, now, aim = (np.where(where, value, np.nan) for value in (b, x, goal))
    required = _rate(base, aim, whole)
    ratio = d * _rate(base, now, past) / np.where(required == 0, np.nan, np.abs(required))
    return {"ratio_compound": ratio, "required_rate": _rate(now, aim, left)}


def _rate(start: np.ndarray, end: np.ndarray, years: np.ndarray) -> np.ndarray:
    rate: np.ndarray = power(end / start, 1 / years) - 1
    return rate


def _projections(
    b: np.ndarray,
    x: np.ndarray,
    whole: np.ndarray,
    past: np.ndarray,
    d: np.ndarray,
    limit: Values | None,
    *,
    where: np.ndarray,
) -> dict[str, np.ndarray]:
    """Return where the series would stand at the target year if it went on as it has, cut at its natural limit."""
    base, now = np.where(where, b, np.nan), np.where(where, x, np.nan)
    projected = {
        "projected_compound": base * power(now / base, whole / past),
        "projected_linear": b + (x - b) * whole / past,
    }
    if limit is None:
        return projected
    # No limit is one that lies infinitely far; a missing limit is none.
    bound = d * np.asarray(limit, dtype=float)
    bound = np.where(np.isnan(bound), np.inf, bound)
    return {name: d * np.minimum(d * value, bound) for name, value in projected.items()}


def _reasons(
    total: np.ndarray, one_date: np.ndarray, no_distance: np.ndarray, positive: np.ndarray
) -> dict[str, np.ndarray]:
    """Return why there is no ratio, the first reason that holds, empty where there is one."""
    names = np.array(["", *REASONS], dtype=object)
    linear = np.select([one_date, np.isnan(total), no_distance], [1, 2, 3], 0)
    compound = np.where((linear == 0) & ~positive, 4, linear)
    return {"compound": names[compound], "linear": names[linear]}


def _status(ratio: np.ndarray, met: np.ndarray) -> np.ndarray:
    """Return the place of the status in `STATUSES`."""
    with np.errstate(invalid="ignore"):
        by_ratio = [ratio >= least for least in THRESHOLDS]
        return np.select([met, *by_ratio, ratio < 0], range(len(STATUSES) - 1), len(STATUSES) - 1)


# Of two outcomes of one date the surer one counts, then the later row.
SURE = ("single-source", "one-release", "official", "two-sources")


def when(dates: pd.Series) -> np.ndarray:
    """Return the ends of dated years, months or days' months, in years: the end of year Y is Y; missing stays so.

    >>> when(pd.Series(["2024", "2024-12", "2025-06"])).tolist()
    [2024.0, 2024.0, 2024.5]
    """
    codes, known = pd.factorize(dates)
    texts = pd.Series(known, dtype="str").str
    month = pd.to_numeric(texts[5:7], errors="coerce").fillna(12)
    years = texts[:4].astype(float) - 1 + month / 12
    return np.append(years, np.nan)[codes]  # the code of what is missing is −1, the last place


def places(other: pd.DataFrame, key: str, ids: pd.Series) -> np.ndarray:
    """Return the row of another table that each id names, −1 where it is missing: lighter than a merge."""
    found: np.ndarray = pd.Index(other[key]).get_indexer(pd.Index(ids))
    return found


def coded(tables: Tables, rows: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return the rows of the tables of cities, indicators and units that some rows name."""
    return {key: places(getattr(tables, table), key, rows[key]) for key, table in NAMED.items()}


NAMED = {"city_id": "cities", "indicator_id": "indicators", "unit_id": "units"}


def whole(tables: Tables) -> pd.DataFrame:
    """Return the observations of whole years and of dates; what counts a part of a year answers no level."""
    seen = tables.observations
    return seen[seen["covers"].isna()] if "covers" in seen else seen


def latest(tables: Tables, targets: pd.DataFrame, codes: dict[str, np.ndarray]) -> pd.DataFrame:
    """Return the latest outcome of each target after its start, one row a target; `codes` are `coded` targets.

    `observation_id`, `date`, `confidence` and `source_id` are those of the observation, `current_year` is when it was
    made and `current_value` its value in the target's unit; an outcome in a unit of another base has no such value,
    and gives way to an earlier one that has. The start is the base year, without one that of the document, else its
    issue; `known` says whether anything was ever observed, `since` whether after the start.
    """
    seen = whole(tables)
    times, start, seen_codes = when(seen["date"]), _starts(tables, targets), coded(tables, seen)
    every, fitting = _last_outcomes(tables, codes, seen_codes, times)
    since, usable = (_later(place, times, start) for place in (every, fitting))
    chosen = np.where(usable, fitting, np.where(since, every, -1))
    taken = {name: seen[name].array.take(chosen, allow_fill=True) for name in OBSERVED}
    values = np.append(seen["value"].to_numpy(dtype=float), np.nan)[np.where(usable, fitting, -1)]
    units = np.append(seen_codes["unit_id"], -1)[chosen]
    taken["current_year"] = np.append(times, np.nan)[chosen]
    taken["current_value"] = _in_unit(values, units, codes["unit_id"], tables.units)
    return pd.DataFrame(taken | {"known": every >= 0, "since": since}, index=targets.index)


OBSERVED = ["observation_id", "date", "confidence", "source_id"]


def observed(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Return every outcome after the start of some targets, by target and date, in the target's unit.

    Columns: `target_id`, `observation_id`, `date`, `year`, `value`, `confidence`, `source_id`.
    """
    wanted = rows[["target_id", "city_id", "indicator_id", "unit_id"]].assign(start=_starts(tables, rows))
    seen = whole(tables).rename(columns={"unit_id": "from_unit"})
    found = wanted.merge(seen, on=["city_id", "indicator_id"])
    found["year"] = when(found["date"])
    base = tables.units.set_index("unit_id")["base_unit_id"]
    same = found["unit_id"].map(base) == found["from_unit"].map(base)
    found = found[same & ~(found["year"] <= found["start"])]
    source, own = (places(tables.units, "unit_id", found[name]) for name in ("from_unit", "unit_id"))
    found["value"] = _in_unit(found["value"].to_numpy(), source, own, tables.units)
    columns = ["target_id", "observation_id", "date", "year", "value", "confidence", "source_id"]
    return found.sort_values(["target_id", "year"], kind="stable")[columns].reset_index(drop=True)


def crossings(tables: Tables, progressed: pd.DataFrame) -> pd.Series:
    """Return when each target of a progress table was first passed, as a year with its fraction, by target.

    Interpolated in a straight line between the last value short of the target, the baseline included, and the first at
    or beyond it; missing where either is unknown.
    """
    rows = progressed[progressed["target_value"].notna()]
    seen = observed(tables, rows)[["target_id", "year", "value"]]
    start = rows[["target_id", "baseline_year", "baseline_value"]].dropna()
    start = start.set_axis(["target_id", "year", "value"], axis=1).astype({"year": float})
    points = pd.concat([start, seen]).merge(rows[["target_id", "target_value", "direction"]], on="target_id")
    points = points.sort_values(["target_id", "year"], kind="stable", ignore_index=True)
    points["beyond"] = points["direction"] * (points["value"] - points["target_value"]) >= 0
    before = points.groupby("target_id")[["year", "value", "beyond"]].shift()
    crossed = points[points["beyond"] & (before["beyond"] == False)].groupby("target_id").head(1)  # noqa: E712
    last = before.loc[crossed.index].astype({"year": float, "value": float})
    share = (crossed["target_value"] - last["value"]) / (crossed["value"] - last["value"])
    return (last["year"] + share * (crossed["year"] - last["year"])).set_axis(crossed["target_id"])


def _starts(tables: Tables, targets: pd.DataFrame) -> np.ndarray:
    """Return when each promise starts: nothing observed before that is an outcome of it; missing if not stated."""
    documents = tables.documents
    place = places(documents, "document_id", targets["document_id"])
    based = documents["base_year"].to_numpy(dtype=float, na_value=np.nan)
    own = np.append(np.where(np.isnan(based), when(documents["issued"]), based), np.nan)[place]
    stated = targets["baseline_year"].to_numpy(dtype=float, na_value=np.nan)
    return np.where(np.isnan(stated), own, stated)


def _last_outcomes(
    tables: Tables, codes: dict[str, np.ndarray], seen: dict[str, np.ndarray], times: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the latest observation of each target's series, and the latest of those whose unit converts."""
    bases = np.append(places(tables.units, "unit_id", tables.units["base_unit_id"]), -1)
    series, base = (
        [rows["city_id"] * len(tables.indicators) + rows["indicator_id"] for rows in (codes, seen)],
        [bases[rows["unit_id"]] for rows in (codes, seen)],
    )
    sure = pd.Index(SURE).get_indexer(pd.Index(whole(tables)["confidence"]))
    # Months and sureness in one whole number: one sort instead of three.
    rank = np.rint(12 * times).astype(np.int64) * len(SURE) + sure
    every = _last(series[0], series[1], rank)
    odd = (every >= 0) & (np.append(base[1], -1)[every] != base[0])
    fitting = every.copy()
    if odd.any():
        narrow = [one * len(bases) + other for one, other in zip(series, base, strict=True)]
        fitting[odd] = _last(narrow[0][odd], narrow[1], rank)
    return every, fitting


def _last(wanted: np.ndarray, keys: np.ndarray, rank: np.ndarray) -> np.ndarray:
    """Return the place of the highest rank, of equal ones the last, with each wanted key; −1 where there is none."""
    if not len(keys):
        return np.full(len(wanted), -1)
    low, span = rank.min(), rank.max() - rank.min() + 1
    order = np.argsort(keys * span + rank - low, kind="stable")
    ordered = keys[order]
    place = np.searchsorted(ordered, wanted, side="right") - 1
    return np.where((place >= 0) & (ordered[place] == wanted), order[place], -1)


def _later(place: np.ndarray, times: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Say whether an observation was made after the start, or at all where no start is known."""
    later: np.ndarray = (place >= 0) & ~(np.append(times, np.nan)[place] <= start)
    return later


def _in_unit(values: np.ndarray, source: np.ndarray, target: np.ndarray, units: pd.DataFrame) -> np.ndarray:
    """Return values in other units, given as rows of the units; each pair is converted once, by exact factors."""
    pair = np.where(np.isnan(values), -1, source * len(units) + target)
    result, ids = np.full(len(values), np.nan), units["unit_id"]
    for code in np.unique(pair[pair >= 0]).tolist():
        result[pair == code] = convert(
            values[pair == code], ids.iloc[code // len(units)], ids.iloc[code % len(units)], units=units
        )
    return result


# Why a target cannot be assessed, in the order in which they are told; the first one decides where it is counted.
BARRIERS = {
    "words": {"en": "In words, without a number.", "zh": "仅文字表述，无数值。"},
    "growth-rate": {"en": "A growth rate, not a level.", "zh": "为增长率而非水平。"},
    "period-mean": {"en": "A mean over years that are not stated.", "zh": "为未写明年份的年均值。"},
    "every-year": {"en": "Due every year, without a target year.", "zh": "为每年目标，未列目标年。"},
    "no-year": {"en": "No year is stated to reach it by.", "zh": "未写明达到的年份。"},
    "no-baseline": {"en": "No baseline is stated.", "zh": "未列基期值。"},
    "no-distance": {"en": "The target equals the baseline.", "zh": "目标值等于基期值。"},
    "no-outcome": {"en": "No outcome is known.", "zh": "尚无已知结果。"},
    "earlier": {"en": "Observed only before or in the base year.", "zh": "仅有基期年及以前的观测值。"},
    "before-issue": {"en": "Observed only before the document was issued.", "zh": "仅有文件发布以前的观测值。"},
    "other-unit": {"en": "The observed value is in another unit.", "zh": "观测值的单位不同，无法换算。"},
    "not-due": {
        "en": "Not met at the latest known value, before the end of its year.",
        "zh": "已知最新值未达到目标，其时目标年未满。",
    },
    "short": {"en": "Short of the target at its year's end or later.", "zh": "目标年年末或其后仍未达到。"},
}
# Nothing is computed for these: there is no level to reach, or no year to reach it by.
NEVER = ("words", "growth-rate", "period-mean", "every-year", "no-year")
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
    "baseline_year", "baseline_value", "target_year", "target_value", "recurrence",
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


def recurring_table(
    tables: Tables, cities: list[str] | None = None, indicators: list[str] | None = None, lang: str = "en"
) -> pd.DataFrame:
    """Return every observed year of a target that holds for every year, one row per target and year.

    `value` is the latest of that year in the target's unit, of `date`; `status` is achieved where it reaches the
    target, even before the year is over; not-achieved where a whole year does not; open where a part of a year does not
    yet. Unknown cities, indicators or languages raise `UserError`.
    """
    check_language(lang)
    targets = tables.targets[(tables.targets["recurrence"] == "yearly") & tables.targets["target_value"].notna()]
    targets = targets[targets["city_id"].isin(select_cities(tables, cities)) & targets["restates"].isna()]
    targets = targets[targets["indicator_id"].isin(select_indicators(tables, indicators))]
    seen = tables.observations.rename(columns={"unit_id": "from_unit"})
    seen = seen.drop(columns=["note_en", "note_zh"])
    frame = targets.merge(seen, on=["city_id", "indicator_id"])
    base = tables.units.set_index("unit_id")["base_unit_id"]
    frame = frame[frame["unit_id"].map(base) == frame["from_unit"].map(base)]
    frame = frame.assign(year=frame["date"].str[:4]).sort_values("date")
    frame = frame.drop_duplicates(["target_id", "year"], keep="last")
    own, source = (places(tables.units, "unit_id", frame[name]) for name in ("unit_id", "from_unit"))
    frame["value"] = _in_unit(frame["value"].to_numpy(dtype=float), source, own, tables.units)
    more = frame["indicator_id"].map(tables.indicators.set_index("indicator_id")["direction"])
    met = more * (frame["value"] - frame["target_value"]) >= 0
    frame["status"] = np.select([met, frame["covers"].notna()], ["achieved", "open"], "not-achieved")
    for name, other in (("city", tables.cities), ("indicator", tables.indicators)):
        frame[name] = frame[f"{name}_id"].map(other.set_index(f"{name}_id")[f"name_{lang}"])
    return frame[RECURRING_COLUMNS].reset_index(drop=True)


RECURRING_COLUMNS = [
    "target_id", "city_id", "city", "indicator_id", "indicator", "document_id", "locator", "basis_status", "bound",
    "target_value", "unit_id", "year", "date", "value", "covers", "status", "confidence", "source_id",
]  # fmt: skip


def benchmark_table(tables: Tables, indicators: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return the same for the targets of the benchmark, which is no city."""
    national = tables.cities.loc[tables.cities["kind"] == "nation", "city_id"]
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


BASES = pd.DataFrame({"basis": ["qualitative", "growth-rate", "period-mean", "cumulative", "flow"]})
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
    undated = np.isnan(given["target_year"]) & level & ~basis["period-mean"]
    # A yearly flow without a target year is one for every year, whether or not its row says so.
    yearly = (frame["recurrence"] == "yearly").to_numpy() | basis["flow"]
    return {
        "words": basis["qualitative"],
        "growth-rate": basis["growth-rate"],
        "period-mean": basis["period-mean"],
        "every-year": undated & yearly,
        "no-year": undated & ~yearly,
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
