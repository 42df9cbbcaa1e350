"""The paths that a plan may take between its ends, and the two ways of counting how far one lags behind another."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..errors import suggest
from ..vectors import Values, kind_of, like, power, require

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
