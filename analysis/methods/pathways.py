"""The paths that a plan may take between its ends, and the two ways of counting how far one lags behind another."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..errors import suggest
from ..tables import Tables
from ..tables.datapackage import Record
from .arrays import Values, kind_of, like, power, require
from .comparability import among, matrix
from .growth import growth_table
from .units import harmonise

SHAPES = ("geometric", "linear")
Path = pd.Series | tuple[Sequence[float], Sequence[float]]


def path(
    baseline: Values, target: Values, start: Values, end: Values, *, at: Values, shape: str = "geometric"
) -> Values:
    """Return where a plan would stand in the year `at` on a path from its baseline to its target, in their unit.

    `geometric` grows by one rate, b·(T/b)^((at − start)/(end − start)); `linear` by one amount a year. Both meet
    their ends; beyond them the shape goes on, which is an extrapolation and no longer the plan. Inputs broadcast;
    missing in, missing out. Raises `ValueError` where end ≤ start, and on a geometric path for a value of 0 or less.

    >>> path(4.0, 9.0, 2020, 2022, at=2021), path(4.0, 9.0, 2020, 2022, at=2021, shape="linear")
    (6.0, 6.5)
    """
    if shape not in SHAPES:
        msg = f"{shape!r} is not a shape of a path. {suggest(shape, SHAPES)}"
        raise ValueError(msg)
    _require_later(start, end)
    share = (at - start) / (end - start)
    if shape == "linear":
        straight: Values = baseline * (1 - share) + target * share  # so written, it meets both ends to the last digit
        return straight
    require(baseline, lambda b: b > 0, "baseline", "above zero on a geometric path")
    require(target, lambda t: t > 0, "target", "above zero on a geometric path")
    curved: Values = baseline * power(target / baseline, share)
    return curved


def catch_up(level_a: Values, rate_a: Values, level_b: Values, rate_b: Values, *, direction: int = 1) -> Values:
    """Return the years n = ln(x_B/x_A)/ln((1 + g_A)/(1 + g_B)) until A's level meets B's, both at constant rates.

    Zero where A already stands at B's level or beyond it, infinite where it never gets there at these rates. Beyond is
    above where more is better (`direction` 1) and below where less is (−1). Levels are in one unit, of one date; rates
    are fractions a year. Missing in, missing out. Raises `ValueError` for a level of 0 or less, for a rate of −1 or
    less and for another direction. The time a target needs is that with B standing still, rate 0.

    >>> round(catch_up(10.02, 0.1496, 21.47, 0.0570), 1)
    9.1
    """
    for name, level in (("level_a", level_a), ("level_b", level_b)):
        require(level, lambda x: x > 0, name, "above zero")
    for name, rate in (("rate_a", rate_a), ("rate_b", rate_b)):
        require(rate, lambda g: g > -1, name, "above -1")
    require(direction, lambda sign: np.abs(sign) == 1, "direction", "1 or -1")
    x_a, g_a, x_b, g_b = np.broadcast_arrays(*(np.asarray(v, dtype=float) for v in (level_a, rate_a, level_b, rate_b)))
    missing = np.isnan(x_a + g_a + x_b + g_b)
    nears = direction * (g_a - g_b) > 0
    years = np.where(nears, np.log(x_b / x_a) / np.where(nears, np.log1p(g_a) - np.log1p(g_b), 1.0), np.inf)
    years = np.where(missing, np.nan, np.where(direction * (x_a - x_b) >= 0, 0.0, years))
    return like(kind_of(level_a, rate_a, level_b, rate_b), years)


def time_distance(path_a: Path, path_b: Path, level: Values) -> Values:
    """Return Sicherl's time distance T_a(level) − T_b(level): how many years A reaches a level after B.

    A path is a Series of values by year, or a pair of years and values; between its points it is linear. A level
    that a path never reaches has no time and gives missing; one reached several times counts the first. Raises
    `ValueError` for a path with fewer than two points or years that do not increase. Source: OECD/JRC Handbook on
    Constructing Composite Indicators (2008), box 8.

    >>> time_distance(([2020, 2030], [0, 100]), ([2010, 2020], [0, 100]), 50)
    10.0
    """
    levels = np.asarray(level, dtype=float)
    return like(level, _first_time(path_a, levels, "path_a") - _first_time(path_b, levels, "path_b"))


def _first_time(line: Path, levels: np.ndarray, name: str) -> np.ndarray:
    """Return the time at which a path first stands at each level, missing where it never does."""
    pair = (line.index, line.to_numpy()) if isinstance(line, pd.Series) else line
    years, values = (np.asarray(part, dtype=float) for part in pair)
    if years.size < 2 or years.shape != values.shape or not (np.diff(years) > 0).all() or np.isnan(values).any():
        msg = f"{name} needs two points or more, with years that increase and no missing value."
        raise ValueError(msg)
    low, high = np.minimum(values[:-1], values[1:]), np.maximum(values[:-1], values[1:])
    inside = (levels[..., None] >= low) & (levels[..., None] <= high)
    first = inside.argmax(axis=-1)
    step = np.diff(values)[first]
    share = np.where(step == 0, 0.0, (levels - values[first]) / np.where(step == 0, 1.0, step))
    return np.where(inside.any(axis=-1), years[first] + share * np.diff(years)[first], np.nan)


def _require_later(start: Values, end: Values) -> None:
    """Raise `ValueError` for the first pair of years of which the end is not the later one."""
    require(np.asarray(end, dtype=float) - np.asarray(start, dtype=float), lambda n: n > 0, "end − start", "above zero")


def catch_up_table(
    tables: Tables, cities: list[str] | None = None, indicators: list[str] | None = None, lang: str = "en"
) -> pd.DataFrame:
    """Return when the city behind would stand where the city ahead stands, a row a pair, shape and reading.

    Pairs are those whose levels and growth may both be compared and of which both yearly changes may be published; who
    is behind is seen at their common target year, targets taken as met: the lower target where more is better
    (`direction` 1), the higher one where less is (−1). `case` names a row. `shape` is geometric (both go on at their
    rates; only where rates may be published and no target is 0) or linear (both go on by their yearly amounts);
    `reading` is `target-year`, or `plan-period` where a plan's own period ends earlier and the city goes on from
    there, up to the natural limit of the indicator. `pace_behind` and `pace_ahead` are rates or amounts a year;
    `start_behind` and `start_ahead` are where both stand at the end of the later base year, `start_year`: where these
    are equal, the two have stood level. `years` after the target year are infinite where the two never meet within the
    natural limits; `meeting` is the year. `lag_base` and `lag_target` are the time distances at the baseline and at
    the target of the city ahead: how many years later the city behind reaches that level on its own path, carried on
    beyond its target however long it takes; missing where either never does, or stood beyond it when its path began.
    Without a pair the frame is empty.
    Unknown cities, indicators or languages raise `UserError`.
    """
    rates = growth_table(tables, cities, indicators, lang)
    rates = harmonise(rates[rates["annual_change"].notna()], VALUES, tables.units)
    rates = _with_limits(rates, tables)
    pairs = among(matrix(tables), rates)
    rows = [
        row for pair in pairs[pairs["levels"] & pairs["growth"]].to_dict("records") for row in _meetings(pair, rates)
    ]
    return pd.DataFrame(rows, columns=CATCH_UP_COLUMNS)


VALUES = ["baseline_value", "target_value", "annual_change", "alternative_annual_change"]
CATCH_UP_COLUMNS = [
    "case", "indicator_id", "indicator", "unit_id", "behind_id", "behind_city_id", "behind", "ahead_id",
    "ahead_city_id", "ahead", "baseline_behind", "baseline_ahead", "target_year", "level_behind", "level_ahead",
    "shape", "reading", "start_year", "start_behind", "start_ahead", "pace_behind", "pace_ahead", "years", "meeting",
    "lag_base", "lag_target", "direction",
]  # fmt: skip
PACES = {"geometric": "compound_rate", "linear": "annual_change"}
HORIZON = 2035  # the year of the national outline; a meeting beyond it is told to lie there, and not when it is


def _with_limits(rates: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return rates with the natural limits of their indicators, infinite where there is none."""
    limits = tables.indicators.set_index("indicator_id")
    least, most = (rates["indicator_id"].map(limits[f"{end}_limit"]) for end in ("lower", "upper"))
    return rates.assign(least=least.fillna(-np.inf), most=most.fillna(np.inf))


def _meetings(pair: Record, rates: pd.DataFrame) -> list[Record]:
    """Return the rows of one pair: every shape that both may be carried on by, in one or two readings."""
    two = rates[rates["target_id"].isin([pair["target_a"], pair["target_b"]])]
    order = (two["direction"] * two["target_value"]).sort_values(kind="stable").index
    behind, ahead = two.loc[order].to_dict("records")
    rated = all(row["measure"] == "compound" and row["target_value"] > 0 for row in (behind, ahead))
    shapes = [shape for shape in SHAPES if shape == "linear" or rated]
    readings = ["target-year"]
    if any(pd.notna(row["alternative_years"]) and row["alternative_years"] < row["years"] for row in (behind, ahead)):
        readings.append("plan-period")
    return [_meeting(behind, ahead, shape, reading) for shape in shapes for reading in readings]


def _meeting(behind: Record, ahead: Record, shape: str, reading: str) -> Record:
    year = behind["target_year"]
    (level_b, pace_b, until_b), (level_a, pace_a, until_a) = (_at(row, year, shape, reading) for row in (behind, ahead))
    years = _years(behind, (level_b, pace_b), (level_a, pace_a), shape)
    start = max(behind["baseline_year"], ahead["baseline_year"])
    start_b, start_a = (_at(row, start, shape, reading)[0] for row in (behind, ahead))
    lags = [
        _time_of(ahead[f"{end}_value"], behind, until_b, shape) - _time_of(ahead[f"{end}_value"], ahead, until_a, shape)
        for end in ("baseline", "target")
    ]
    return {
        "case": f"{behind['target_id']} to {ahead['target_id']}, {shape}, {reading}",
        "indicator_id": behind["indicator_id"], "indicator": behind["indicator"], "unit_id": behind["unit_id"],
        "behind_id": behind["target_id"], "behind_city_id": behind["city_id"], "behind": behind["city"],
        "ahead_id": ahead["target_id"], "ahead_city_id": ahead["city_id"], "ahead": ahead["city"],
        "baseline_behind": behind["baseline_value"], "baseline_ahead": ahead["baseline_value"],
        "target_year": year, "level_behind": level_b, "level_ahead": level_a, "shape": shape, "reading": reading,
        "start_year": start, "start_behind": start_b, "start_ahead": start_a,
        "pace_behind": pace_b, "pace_ahead": pace_a, "years": years,
        "meeting": year + years if np.isfinite(years) else np.nan, "lag_base": lags[0], "lag_target": lags[1],
        "direction": behind["direction"],
    }  # fmt: skip


def _at(row: Record, year: float, shape: str, reading: str) -> tuple[float, float, float]:
    """Return the level in a year, the pace, and the end of the plan under a reading of its length."""
    prefix = "alternative_" if reading == "plan-period" and pd.notna(row["alternative_years"]) else ""
    end = row["baseline_year"] + row[f"{prefix}years"]
    level = path(row["baseline_value"], row["target_value"], row["baseline_year"], end, at=year, shape=shape)
    return float(np.clip(level, row["least"], row["most"])), row[f"{prefix}{PACES[shape]}"], end


def _years(row: Record, behind: tuple[float, float], ahead: tuple[float, float], shape: str) -> float:
    """Return the years until two levels meet at their paces, infinite where that is never or beyond a natural limit."""
    (level, pace), (goal, other), way = behind, ahead, row["direction"]
    if shape == "geometric":
        years = catch_up(level, pace, goal, other, direction=way)
        met = level * (1 + pace) ** years if np.isfinite(years) else level
    else:
        nears = way * (pace - other) > 0
        years = 0.0 if way * (level - goal) >= 0 else (goal - level) / (pace - other) if nears else np.inf
        met = level + pace * years if np.isfinite(years) else level
    within = np.isclose(np.clip(met, row["least"], row["most"]), met, rtol=1e-9)
    return years if within else np.inf


def _time_of(level: float, row: Record, end: float, shape: str) -> float:
    """Return when a path first stands at a level, missing where it never does or began beyond it."""
    base, goal, start = row["baseline_value"], row["target_value"], float(row["baseline_year"])
    if level == base:
        return start
    if row["direction"] * (level - base) < 0 or row["direction"] * (goal - base) <= 0:
        return np.nan
    share = np.log(level / base) / np.log(goal / base) if shape == "geometric" else (level - base) / (goal - base)
    return float(start + share * (end - start))
