"""Put values of different units on one scale, by the methods of the OECD/JRC Handbook (2008), ch. 5."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from ..errors import suggest
from ..vectors import Values, like, require

Ties = Literal["min", "max", "average", "dense"]
# Shares of units below which a category ends, and the score of each (OECD/JRC Handbook 2008, table 15).
CATEGORY_CUTS = (0.05, 0.15, 0.35, 0.65, 0.85, 0.95)
CATEGORY_SCORES = (0, 20, 40, 50, 60, 80, 100)


def normalise(values: Values, method: str, *, direction: int = 1, **options: Any) -> Values:
    """Return values on a common scale, without unit; missing stay missing, and more is better in the result.

    `direction` is 1 where more is better and −1 where less is. Methods and their options:

    - `goalposts(lower, upper, scale=1, truncate=True)`: (x − lower)/(upper − lower), cut to 0…1, times scale;
    - `minmax(lower=0, upper=1)`: the sample's least value becomes lower, its greatest upper;
    - `zscore(mean=0, sd=1)`: (x − mean)/sample standard deviation, moved to a mean and spread;
    - `rank(ties="min")`: 1 for the worst; `borda`: rank − 1; `percentile_rank(ties="min", of="others")`:
      share of the other values below, or of all values at or below counted from 1 (`of="all"`);
    - `distance_to_target(target, cap=False)`, `distance_to_reference(reference, cap=False, form="range")`:
      (x − worst)/(target − worst); `form` may be `ratio`, x/reference, or `difference`, x/reference − 1;
    - `distance_to_max`: 1 − (max − x)/(max − min); `above_mean(threshold=0.2)`: 1, 0 or −1 by x/mean;
    - `categorical(cuts=…, scores=…)`: a score for each band of `percentile_rank(of="all")`.

    Only goalposts score one value without the others: a further city changes none of the scores. All values of an
    array of several dimensions are one sample. Raises `ValueError` for an unknown method or option, for an infinite
    value, and where the sample leaves no range.

    >>> normalise(np.array([2.0, 5.0, 11.0]), "goalposts", lower=0, upper=10).tolist()
    [0.2, 0.5, 1.0]
    """
    if method not in METHODS:
        msg = f"{method!r} is not a normalisation. {suggest(method, METHODS)}"
        raise ValueError(msg)
    if direction not in (1, -1):
        msg = f"direction must be 1 (more is better) or -1 (less is better), not {direction!r}."
        raise ValueError(msg)
    require(values, lambda x: np.isfinite(x), "values", "finite")
    oriented = direction * np.asarray(values, dtype=float)
    try:
        scores = METHODS[method](oriented, direction, **options)
    except TypeError as error:
        msg = f"{method} cannot use these options: {str(error).split('() ')[-1]}."
        raise ValueError(msg) from error
    return like(values, scores)


def _goalposts(
    x: np.ndarray, direction: int, *, lower: float, upper: float, scale: float = 1, truncate: bool = True
) -> np.ndarray:
    if not lower < upper:
        msg = f"goalposts need lower < upper, but they are {lower:g} and {upper:g}."
        raise ValueError(msg)
    worst, best = (lower, upper) if direction == 1 else (-upper, -lower)
    share = (x - worst) / (best - worst)
    return scale * (np.clip(share, 0, 1) if truncate else share)


def _minmax(x: np.ndarray, _: int, *, lower: float = 0, upper: float = 1) -> np.ndarray:
    span = _range(x)
    scaled: np.ndarray = lower + (x - np.nanmin(x)) / span * (upper - lower)
    return scaled


def _zscore(x: np.ndarray, _: int, *, mean: float = 0, sd: float = 1) -> np.ndarray:
    _range(x)
    scaled: np.ndarray = (x - np.nanmean(x)) / np.nanstd(x, ddof=1) * sd + mean
    return scaled


def _rank(x: np.ndarray, _: int, *, ties: str = "min") -> np.ndarray:
    return pd.Series(np.ravel(x)).rank(method=check_ties(ties)).to_numpy().reshape(np.shape(x))


def _borda(x: np.ndarray, direction: int, *, ties: str = "min") -> np.ndarray:
    return _rank(x, direction, ties=ties) - 1


def _percentile_rank(x: np.ndarray, direction: int, *, ties: str = "min", of: str = "others") -> np.ndarray:
    below, count = _borda(x, direction, ties=ties), np.count_nonzero(~np.isnan(x))
    if of == "all":
        return (1 + below) / count
    if of != "others" or count < 2:
        msg = f"percentile_rank needs of='others' with two values or more, or of='all'; not {of!r} with {count}."
        raise ValueError(msg)
    return below / (count - 1)


def _distance_to_target(x: np.ndarray, direction: int, *, target: float, cap: bool = False) -> np.ndarray:
    worst, goal = np.nanmin(x, initial=np.inf), direction * target
    if not worst < goal:
        msg = f"The target {target:g} is no better than the worst of the values, so no distance to it can be scaled."
        raise ValueError(msg)
    share: np.ndarray = (x - worst) / (goal - worst)
    return np.minimum(share, 1) if cap else share


def _distance_to_reference(
    x: np.ndarray, direction: int, *, reference: float, cap: bool = False, form: str = "range"
) -> np.ndarray:
    if form == "range":
        return _distance_to_target(x, direction, target=reference, cap=cap)
    if form not in ("ratio", "difference") or reference == 0 or direction == -1:
        msg = "form must be 'range', or, where more is better than a reference other than 0, 'ratio' or 'difference'; "
        msg += f"not {form!r} with direction {direction} and reference {reference:g}."
        raise ValueError(msg)
    share = x / reference - (form == "difference")
    return np.minimum(share, 1) if cap else share


def _distance_to_max(x: np.ndarray, _: int) -> np.ndarray:
    share: np.ndarray = 1 - (np.nanmax(x) - x) / _range(x)
    return share


def _above_mean(x: np.ndarray, direction: int, *, threshold: float = 0.2) -> np.ndarray:
    ratio = x / np.nanmean(x)
    sign = np.select([np.isnan(x), ratio > 1 + threshold, ratio < 1 - threshold], [np.nan, 1.0, -1.0], 0.0)
    return direction * sign


def _categorical(
    x: np.ndarray, direction: int, *, cuts: Sequence[float] = CATEGORY_CUTS, scores: Sequence[float] = CATEGORY_SCORES
) -> np.ndarray:
    if len(scores) != len(cuts) + 1:
        msg = f"{len(cuts)} cuts make {len(cuts) + 1} categories, but there are {len(scores)} scores."
        raise ValueError(msg)
    share = _percentile_rank(x, direction, of="all")
    return np.where(np.isnan(share), np.nan, np.asarray(scores, dtype=float)[np.digitize(share, cuts)])


def _range(x: np.ndarray) -> float:
    """Return max − min; a sample without a range has no place on a scale made from it."""
    count = np.count_nonzero(~np.isnan(x))
    span = np.nanmax(x) - np.nanmin(x) if count else 0.0
    if span == 0:
        msg = f"The {count} values leave no range to scale by. Use goalposts, which do not depend on the sample."
        raise ValueError(msg)
    return span


def check_ties(ties: str) -> Ties:
    """Return the name of a way to rank ties, or raise `ValueError`."""
    known: tuple[Ties, ...] = ("min", "max", "average", "dense")
    for way in known:
        if way == ties:
            return way
    msg = f"{ties!r} is not a way to rank ties. {suggest(ties, known)}"
    raise ValueError(msg)


METHODS: dict[str, Callable[..., np.ndarray]] = {
    "goalposts": _goalposts,
    "minmax": _minmax,
    "zscore": _zscore,
    "rank": _rank,
    "borda": _borda,
    "percentile_rank": _percentile_rank,
    "distance_to_target": _distance_to_target,
    "distance_to_reference": _distance_to_reference,
    "distance_to_max": _distance_to_max,
    "above_mean": _above_mean,
    "categorical": _categorical,
}
