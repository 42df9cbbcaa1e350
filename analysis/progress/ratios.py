"""Two ratios of what happened to what was promised, and what they project and require."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from ..vectors import Values, kind_of, like, power, require

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
