"""Make one score of several normalised ones by a weighted mean, and rank scores."""

from collections.abc import Mapping, Sequence
from typing import overload

import numpy as np
import pandas as pd

from ..errors import suggest
from ..vectors import Values, like
from .normalisation import check_ties

Weights = Mapping[str, float] | pd.Series | np.ndarray | Sequence[float]

# The exponent of the power mean that each method is; "power" takes its own.
EXPONENTS = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0, "power": None}
# A score stands on at least two thirds of its indicators, as in COINr and the UNDP's tables.
MIN_SHARE = 2 / 3
# No indicator outweighs all others together.
MAX_WEIGHT = 0.5


@overload
def aggregate(
    frame: pd.DataFrame,
    weights: Weights | None = ...,
    *,
    method: str = ...,
    p: float | None = ...,
    min_share: float = ...,
) -> pd.Series: ...
@overload
def aggregate(
    frame: np.ndarray,
    weights: Weights | None = ...,
    *,
    method: str = ...,
    p: float | None = ...,
    min_share: float = ...,
) -> np.ndarray: ...
def aggregate(
    frame: pd.DataFrame | np.ndarray,
    weights: Weights | None = None,
    *,
    method: str = "geometric",
    p: float | None = None,
    min_share: float = MIN_SHARE,
) -> pd.Series | np.ndarray:
    """Return one score a row: the weighted mean of its columns, which are normalised scores of 0 or more.

    `method` is `geometric` (exp Σ w ln x), `arithmetic`, `harmonic` or `power` with the exponent `p`, (Σ w xᵖ)^(1/p).
    Weights are equal unless given by column, and are scaled to a sum of 1. A missing value is not imputed: the
    weights of the others are scaled up, and a row with less than `min_share` of its columns has no score; `too_few`
    says so in words. A zero makes a geometric or harmonic score zero. Arrays give arrays.

    Raises `ValueError` for negative values under means other than the arithmetic one, for weights that do not fit
    or exceed one half, and for unknown methods. Source: OECD/JRC Handbook (2008), ch. 6.

    >>> float(aggregate(pd.DataFrame({"a": [1.0], "b": [4.0]})).iloc[0])
    2.0
    """
    table = pd.DataFrame(frame)
    exponent = exponent_of(method, p)
    values = table.to_numpy(dtype=float)
    check_scores(table, exponent)
    scores = power_mean(values, weight_vector(weights, table.columns), exponent, check_share(min_share))
    return pd.Series(scores, index=table.index, name="score") if isinstance(frame, pd.DataFrame) else scores


def too_few(frame: pd.DataFrame, *, min_share: float = MIN_SHARE, lang: str = "en") -> pd.Series:
    """Return why a row of a frame can have no score, in words; missing where it can."""
    present, needed = frame.notna().sum(axis=1), int(np.ceil(check_share(min_share) * frame.shape[1] - 1e-9))
    total = frame.shape[1]
    words = {
        "en": (f"has none of {total} components; a score needs {needed}",
               f"has {{}} of {total} components; a score needs {needed}"),
        "zh": (f"没有任何分项，评分至少需要{needed}个", f"{total}个分项中仅有{{}}个，评分至少需要{needed}个"),
    }  # fmt: skip
    texts = [words[lang][min(count, 1)].format(count) for count in present]
    reasons = pd.Series(texts, index=frame.index, dtype="str")
    return reasons.mask(present >= needed)


def rank(values: Values, ties: str = "min") -> Values:
    """Return the rank of every score, 1 for the highest; a missing score has no rank.

    All scores of an array of several dimensions are ranked together. Raises `ValueError` for an unknown way to rank
    ties.

    >>> rank(np.array([0.2, 0.9, 0.9])).tolist()
    [3.0, 1.0, 1.0]
    """
    flat = pd.Series(np.ravel(np.asarray(values, dtype=float)))
    return like(values, flat.rank(ascending=False, method=check_ties(ties)).to_numpy().reshape(np.shape(values)))


def exponent_of(method: str, p: float | None) -> float:
    """Return the exponent of the power mean that a method is; raise `ValueError` where p does not fit."""
    if method not in EXPONENTS:
        msg = f"{method!r} is not a way to aggregate. {suggest(method, EXPONENTS)}"
        raise ValueError(msg)
    fixed = EXPONENTS[method]
    exponent = p if fixed is None else fixed
    if exponent is None or (fixed is not None and p is not None):
        msg = f"p belongs to the method 'power' and to no other; method is {method!r} and p is {p!r}."
        raise ValueError(msg)
    return float(exponent)


def check_scores(table: pd.DataFrame, exponent: float) -> None:
    """Raise `ValueError` for an infinite value, and for a negative one where the mean is not the arithmetic one."""
    values = table.to_numpy(dtype=float)
    wrong = np.isinf(values) | ((values < 0) & (exponent != 1))
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        msg = (
            f"{table.columns[column]!r} of {table.index[row]!r} is {values[row, column]:g}. Scores must be finite, and "
            "0 or more unless the mean is arithmetic; normalise them by goalposts first."
        )
        raise ValueError(msg)


def check_units(table: pd.DataFrame) -> None:
    """Raise `ValueError` for a frame without a row: there is nobody to rank."""
    if not len(table):
        msg = f"There is no unit to rank: the frame has the columns {list(table.columns)} and no row. Give one a unit."
        raise ValueError(msg)


def check_share(share: float) -> float:
    """Return the least share of indicators that a score stands on, or raise `ValueError`."""
    if not 0 < share <= 1:
        msg = f"min_share must be above 0 and at most 1, not {share!r}."
        raise ValueError(msg)
    return share


def weight_vector(weights: Weights | None, columns: pd.Index) -> np.ndarray:
    """Return one weight a column, of sum 1; raise `ValueError` where weights do not fit or one exceeds one half."""
    if len(columns) < 2:
        msg = f"A score needs two indicators or more, but there is {list(columns)}. Report the indicator itself."
        raise ValueError(msg)
    if weights is None:
        return np.full(len(columns), 1 / len(columns))
    values = _in_order(weights, columns)
    if not np.isfinite(values).all() or (values < 0).any() or values.sum() <= 0:
        msg = f"Weights must be finite, 0 or more, and not all 0; they are {values.tolist()}."
        raise ValueError(msg)
    shares: np.ndarray = values / values.sum()
    if shares.max() > MAX_WEIGHT + 1e-12:
        msg = (
            f"{columns[int(shares.argmax())]!r} has {shares.max():.0%} of the weight; no indicator may have above half."
        )
        raise ValueError(msg)
    return shares


def _in_order(weights: Weights, columns: pd.Index) -> np.ndarray:
    """Return weights in the order of the columns; named ones must name all of them and no other."""
    if isinstance(weights, Mapping | pd.Series):
        named = dict(weights)
        for name in [*named, *columns]:
            if name not in columns:
                msg = f"There is a weight for {name!r}, which is not an indicator. {suggest(name, map(str, columns))}"
                raise ValueError(msg)
            if name not in named:
                msg = f"There is no weight for {name!r}. Give every indicator one, 0 to leave it out."
                raise ValueError(msg)
        return np.array([float(named[name]) for name in columns])
    values = np.asarray(weights, dtype=float)
    if values.shape != (len(columns),):
        msg = f"There are {values.size} weights for {len(columns)} indicators: {', '.join(map(str, columns))}."
        raise ValueError(msg)
    return values


def power_mean(values: np.ndarray, weights: np.ndarray, exponent: float, min_share: float | np.ndarray) -> np.ndarray:
    """Return weighted power means along the last axis, missing where too few values are there; nothing is checked."""
    there = ~np.isnan(values)
    share = np.where(there, weights, 0.0)
    total = share.sum(axis=-1)
    enough = (there.sum(axis=-1) >= min_share * values.shape[-1] - 1e-9) & (total > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = share / total[..., None]
        if exponent == 0:
            mean = np.exp(_weighted_sum(np.log(values), share))
        else:
            mean = _weighted_sum(values**exponent, share) ** (1 / exponent)
    return np.where(enough, mean, np.nan)


def _weighted_sum(values: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Return Σ w x; a value without weight, missing or infinite, adds nothing."""
    total: np.ndarray = np.where(share > 0, values * np.where(share > 0, share, 1.0), 0.0).sum(axis=-1)
    return total
