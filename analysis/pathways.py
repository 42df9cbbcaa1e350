"""Where a plan would stand between its ends, and when one city would stand where another stands."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .comparability import among, matrix
from .errors import suggest
from .growth import growth_table
from .rows import Record
from .tables import Tables
from .units import harmonise
from .vectors import Values, kind_of, like, power, require

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


def catch_up(level_a: Values, rate_a: Values, level_b: Values, rate_b: Values) -> Values:
    """Return the years n = ln(x_B/x_A)/ln((1 + g_A)/(1 + g_B)) until A's level meets B's, both at constant rates.

    Zero where A already stands at B's level or above it, infinite where it never gets there at these rates. Levels
    are in one unit, of one date; rates are fractions a year. Missing in, missing out. Raises `ValueError` for a
    level of 0 or less and for a rate of −1 or less. The time a target needs is that with B standing still, rate 0.

    >>> round(catch_up(10.02, 0.1496, 21.47, 0.0570), 1)
    9.1
    """
    for name, level in (("level_a", level_a), ("level_b", level_b)):
        require(level, lambda x: x > 0, name, "above zero")
    for name, rate in (("rate_a", rate_a), ("rate_b", rate_b)):
        require(rate, lambda g: g > -1, name, "above -1")
    x_a, g_a, x_b, g_b = np.broadcast_arrays(*(np.asarray(v, dtype=float) for v in (level_a, rate_a, level_b, rate_b)))
    missing = np.isnan(x_a + g_a + x_b + g_b)
    gains = np.where(g_a > g_b, np.log1p(g_a) - np.log1p(g_b), 1.0)
    years = np.where(g_a > g_b, np.log(x_b / x_a) / gains, np.inf)
    years = np.where(missing, np.nan, np.where(x_a >= x_b, 0.0, years))
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


def catch_up_table(
    tables: Tables, cities: list[str] | None = None, indicators: list[str] | None = None, lang: str = "en"
) -> pd.DataFrame:
    """Return when the city behind would stand where the city ahead stands, a row a pair, shape and reading.

    Pairs are those whose levels and growth may both be compared; who is behind is seen at their common target
    year, targets taken as met. `case` names a row. `shape` is geometric (both go on at their rates; only where rates
    may be published) or linear (both go on by their yearly amounts); `reading` is `target-year`, or `plan-period`
    where a plan's own period ends earlier and the city ahead goes on from there. `pace_behind` and `pace_ahead` are
    rates or amounts a year; `years` after the target year are infinite where the two never meet; `meeting` is the
    year. `lag_base` and `lag_target` are the time distances at the baseline and at the target of the city ahead: how
    many years later the city behind reaches that level on its own path, carried on beyond its target; missing where
    it never does, or already stood above it when its path began.
    """
    rates = growth_table(tables, cities, indicators, lang)
    values = ["baseline_value", "target_value", "annual_change", "alternative_annual_change"]
    rates = harmonise(rates, values, tables.units)
    pairs = among(matrix(tables), rates)
    rows = [
        row for pair in pairs[pairs["levels"] & pairs["growth"]].to_dict("records") for row in _meetings(pair, rates)
    ]
    return pd.DataFrame(rows, columns=CATCH_UP_COLUMNS)


CATCH_UP_COLUMNS = [
    "case", "indicator_id", "indicator", "unit_id", "behind_id", "behind_city_id", "behind", "ahead_id",
    "ahead_city_id", "ahead", "baseline_behind", "baseline_ahead", "target_year", "level_behind", "level_ahead",
    "shape", "reading", "pace_behind", "pace_ahead", "years", "meeting", "lag_base", "lag_target",
]  # fmt: skip
PACES = {"geometric": "compound_rate", "linear": "annual_change"}
MONTH = 1 / 12
HORIZON = 100  # years after the target year beyond which nothing is looked for


def _meetings(pair: Record, rates: pd.DataFrame) -> list[Record]:
    """Return the rows of one pair: every shape that both may be carried on by, in one or two readings."""
    two = rates[rates["target_id"].isin([pair["target_a"], pair["target_b"]])]
    behind, ahead = two.sort_values("target_value").to_dict("records")
    shapes = [shape for shape in SHAPES if shape == "linear" or {behind["measure"], ahead["measure"]} == {"compound"}]
    readings = ["target-year"]
    if any(pd.notna(row["alternative_years"]) and row["alternative_years"] < row["years"] for row in (behind, ahead)):
        readings.append("plan-period")
    return [_meeting(behind, ahead, shape, reading) for shape in shapes for reading in readings]


def _meeting(behind: Record, ahead: Record, shape: str, reading: str) -> Record:
    year = behind["target_year"]
    (level_b, pace_b, until_b), (level_a, pace_a, until_a) = (_at(row, year, shape, reading) for row in (behind, ahead))
    if shape == "geometric":
        years = catch_up(level_b, pace_b, level_a, pace_a)
    else:
        years = 0.0 if level_b >= level_a else (level_a - level_b) / (pace_b - pace_a) if pace_b > pace_a else np.inf
    lags = time_distance(
        _sampled(behind, until_b, shape),
        _sampled(ahead, until_a, shape),
        np.array([ahead["baseline_value"], ahead["target_value"]]),
    )
    return {
        "case": f"{behind['target_id']} to {ahead['target_id']}, {shape}, {reading}",
        "indicator_id": behind["indicator_id"], "indicator": behind["indicator"], "unit_id": behind["unit_id"],
        "behind_id": behind["target_id"], "behind_city_id": behind["city_id"], "behind": behind["city"],
        "ahead_id": ahead["target_id"], "ahead_city_id": ahead["city_id"], "ahead": ahead["city"],
        "baseline_behind": behind["baseline_value"], "baseline_ahead": ahead["baseline_value"],
        "target_year": year, "level_behind": level_b, "level_ahead": level_a, "shape": shape, "reading": reading,
        "pace_behind": pace_b, "pace_ahead": pace_a, "years": years,
        "meeting": year + years if np.isfinite(years) else np.nan, "lag_base": lags[0], "lag_target": lags[1],
    }  # fmt: skip


def _at(row: Record, year: float, shape: str, reading: str) -> tuple[float, float, float]:
    """Return the level in a year, the pace, and the end of the plan under a reading of its length."""
    prefix = "alternative_" if reading == "plan-period" and pd.notna(row["alternative_years"]) else ""
    end = row["baseline_year"] + row[f"{prefix}years"]
    level = path(row["baseline_value"], row["target_value"], row["baseline_year"], end, at=year, shape=shape)
    return float(level), row[f"{prefix}{PACES[shape]}"], end


def _sampled(row: Record, end: float, shape: str) -> pd.Series:
    """Return a path month by month from its base year on, carried on beyond its target."""
    years = np.arange(row["baseline_year"], row["target_year"] + HORIZON, MONTH)
    values = path(row["baseline_value"], row["target_value"], row["baseline_year"], end, at=years, shape=shape)
    return pd.Series(values, index=years)


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
