"""How fast a plan wants to go: the formulas of growth, for numbers, arrays and Series alike."""

import numpy as np

from ..vectors import Values, like, power, require


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
