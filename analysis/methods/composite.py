"""One number out of several, never without its doubt: goalposts, weighted means, and how far ranks hold.

Terms and formulas are those of the OECD/JRC Handbook on Constructing Composite Indicators (2008).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..errors import suggest
from .arrays import Values, like, require


def normalise(values: Values, *, lower: float, upper: float, direction: int = 1) -> Values:
    """Return values on fixed goalposts, (x − lower)/(upper − lower) cut to 0…1, without unit; missing stay missing.

    `direction` is 1 where more is better and −1 where less is: in the result more is always better. Goalposts score
    a value without the others, so that a further city changes none of the scores. Raises `ValueError` for goalposts
    out of order and for an infinite value. Source: OECD/JRC Handbook (2008), ch. 5; UNDP, Technical notes.

    >>> normalise(np.array([2.0, 5.0, 11.0]), lower=0, upper=10).tolist()
    [0.2, 0.5, 1.0]
    """
    if not lower < upper:
        msg = f"goalposts need lower < upper, but they are {lower:g} and {upper:g}."
        raise ValueError(msg)
    if direction not in (1, -1):
        msg = f"direction must be 1 (more is better) or -1 (less is better), not {direction!r}."
        raise ValueError(msg)
    require(values, np.isfinite, "values", "finite")
    worst, best = (lower, upper) if direction == 1 else (upper, lower)
    return like(values, np.clip((np.asarray(values, dtype=float) - worst) / (best - worst), 0, 1))


Weights = Mapping[str, float] | pd.Series | np.ndarray | Sequence[float]

# The exponent of the power mean that each method is.
EXPONENTS = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0}
# A score stands on at least two thirds of its indicators, as in COINr and the UNDP's tables.
MIN_SHARE = 2 / 3
# No indicator outweighs all others together.
MAX_WEIGHT = 0.5


def aggregate(
    frame: pd.DataFrame | np.ndarray,
    weights: Weights | None = None,
    *,
    method: str = "geometric",
    min_share: float = MIN_SHARE,
) -> pd.Series | np.ndarray:
    """Return one score a row: the weighted mean of its columns, which are normalised scores of 0 or more.

    `method` is `geometric` (exp Σ w ln x), `arithmetic` (Σ w x) or `harmonic` (1/Σ (w/x)).
    Weights are equal unless given by column, and are scaled to a sum of 1. A missing value is not imputed: the
    weights of the others are scaled up, and a row with less than `min_share` of its columns has no score; `too_few`
    says so in words. A zero makes a geometric or harmonic score zero. Arrays give arrays.

    Raises `ValueError` for negative values under means other than the arithmetic one, for weights that do not fit
    or exceed one half, and for unknown methods. Source: OECD/JRC Handbook (2008), ch. 6.

    >>> float(aggregate(pd.DataFrame({"a": [1.0], "b": [4.0]})).iloc[0])
    2.0
    """
    table = pd.DataFrame(frame)
    exponent = exponent_of(method)
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
    texts = [words[lang][min(int(count), 1)].format(int(count)) for count in present]
    reasons = pd.Series(texts, index=frame.index, dtype="str")
    return reasons.mask(present >= needed)


def rank(values: Values) -> Values:
    """Return the rank of every score, 1 for the highest; equal ones share the better rank, a missing one has none.

    >>> rank(np.array([0.2, 0.9, 0.9])).tolist()
    [3.0, 1.0, 1.0]
    """
    flat = pd.Series(np.ravel(np.asarray(values, dtype=float)))
    return like(values, flat.rank(ascending=False, method="min").to_numpy().reshape(np.shape(values)))


def exponent_of(method: str) -> float:
    """Return the exponent of the power mean that a method is; raise `ValueError` for an unknown one."""
    if method not in EXPONENTS:
        msg = f"{method!r} is not a way to aggregate. {suggest(method, EXPONENTS)}"
        raise ValueError(msg)
    return EXPONENTS[method]


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


CHUNK = 4_000_000  # comparisons of two units held in memory at once
SEED = 20221231  # any number; kept, so that the same data give the same draws
MEANS = ("geometric", "arithmetic", "harmonic")
NOTHING = ""  # what is left out in a draw that leaves nothing out


@dataclass(frozen=True)
class Variant:
    """The scores (unit × component) that some choices of how to measure give, each choice by its name and option.

    `widths` are the half-widths within which rounding lets every score lie, in the scores' own unit.
    """

    choices: Mapping[str, str]
    scores: pd.DataFrame
    widths: pd.DataFrame


@dataclass(frozen=True)
class RankUncertainty:
    """What became of ranks over many draws of the choices behind a score.

    `ranks` has a row a unit: `score` and `rank` of the reference choices, `median`, `p05` and `p95` of the rank,
    and `scored`, the share of draws in which it has a score. `above` is P(row above column). `shift` is the mean over
    draws of R_S = (1/M) Σ |rank − reference rank|. `draws` has a row a draw: every choice, the weights, scores and
    ranks, and R_S; `choices` names the columns of the choices that have options.
    """

    ranks: pd.DataFrame
    above: pd.DataFrame
    shift: float
    draws: pd.DataFrame
    choices: tuple[str, ...]


def rank_uncertainty(
    frame: pd.DataFrame,
    axes: Mapping[str, str] | None = None,
    *,
    variants: Sequence[Variant] = (),
    draws: int = 10_000,
    seed: int = SEED,
    weight_noise: float = 0.25,
    methods: Sequence[str] = MEANS,
    drop_one: bool = True,
    rounding: bool = True,
    min_share: float = MIN_SHARE,
) -> RankUncertainty:
    """Return ranks under choices drawn at random, uniformly and independently of each other.

    `frame` has the scores of the reference choices (unit × component, 0 or more), `axes` the axis of every component;
    without it all stand on one. Every axis weighs the same, shared by its components. A draw multiplies the weight of
    each axis, and of each component within its axis, by a factor of 1 ± `weight_noise`; picks one of `methods`; leaves
    out one component or none (`drop_one`), whose axis keeps its weight: only a component that shares its axis can go;
    picks one of `variants`, by default the frame alone; and moves each score within its rounding: the variant's
    half-widths, else half of the last decimal shown in its column. The reference ranks use equal weights, the first
    method, and every score as given. Missing scores are never imputed.

    Raises `ValueError` for options that do not fit, and for a frame without a row. Source: OECD/JRC Handbook (2008),
    ch. 7; Saisana et al. (2005).
    """
    _check_options(frame, draws, weight_noise, methods)
    groups = pd.factorize(pd.Series([(axes or {}).get(name, "") for name in frame.columns]))[0]
    exponents = np.array([exponent_of(name) for name in methods])
    found = _checked([*variants] or [Variant({}, frame, _half_widths(frame))], exponents)
    score = power_mean(frame.to_numpy(dtype=float), axis_weights(groups), exponents[0], check_share(min_share))
    reference = _ranks(score[None])[0][0]
    random, parts = np.random.default_rng(seed), []
    above, scored = np.zeros((len(frame),) * 2), np.zeros((len(frame),) * 2)
    for size in _chunks(draws, len(frame)):
        picked = _draw(groups, random, size, len(methods), len(found), weight_noise, drop_one=drop_one)
        scores = _drawn_scores(found, picked, exponents, random, min_share, rounding=rounding)
        ranks, wins, both = _ranks(scores)
        above, scored = above + wins, scored + both
        parts.append(_as_frame(picked, scores, ranks, reference, frame, methods, found))
    table = pd.concat(parts, ignore_index=True).rename_axis("draw").reset_index()
    summary, share = _summary(table, frame, score, reference), _probabilities(above, scored, frame)
    return RankUncertainty(summary, share, table["shift"].mean(), table, ("method", "left_out", *found[0].choices))


def _checked(variants: list[Variant], exponents: np.ndarray) -> list[Variant]:
    """Return the variants; raises `ValueError` for scores that one of the means cannot take."""
    for variant in variants:
        for exponent in exponents:
            check_scores(variant.scores, exponent)
    return variants


def axis_weights(groups: np.ndarray) -> np.ndarray:
    """Return one weight a component, of sum 1: every axis the same, shared by its components.

    >>> axis_weights(np.array([0, 0, 1])).tolist()
    [0.25, 0.25, 0.5]
    """
    counts = np.bincount(groups)
    weights: np.ndarray = 1 / counts[groups] / len(counts)
    return weights


def shares_by_choice(found: RankUncertainty, first: str, second: str) -> pd.DataFrame:
    """Return which choice decides between two units: a row an option of every choice, and the share that it gives.

    `above` is the share of the option's draws in which the first unit is above the second, a tie counting half;
    `draws` is how many there are. `explained` is, for the whole choice, the share of the variance of the order that
    its options explain by themselves, Var(E[y | option])/Var(y), 0 where no draw turns the order. Draws in which
    either has no score are left out. Source: first-order sensitivity index, OECD/JRC Handbook (2008), ch. 7.
    """
    table = found.draws.dropna(subset=[f"rank_{first}", f"rank_{second}"])
    order = pd.Series(np.sign(table[f"rank_{second}"] - table[f"rank_{first}"]) / 2 + 0.5, index=table.index)
    whole, rows = order.var(ddof=0), []
    for choice in found.choices:
        by_option = order.groupby(table[choice], sort=False).agg(["mean", "size"]).sort_index()
        between = ((by_option["mean"] - order.mean()) ** 2 * by_option["size"]).sum() / len(order)
        explained = between / whole if whole > 0 else 0.0
        rows += [(choice, option, row["mean"], int(row["size"]), explained) for option, row in by_option.iterrows()]
    return pd.DataFrame(rows, columns=["choice", "option", "above", "draws", "explained"])


def leave_one_out(
    frame: pd.DataFrame, axes: Mapping[str, str] | None = None, *, method: str = "geometric",
    min_share: float = MIN_SHARE,
) -> pd.DataFrame:  # fmt: skip
    """Return the rank of every unit without one component at a time: a row a component, a column a unit.

    The first row, `""`, leaves none out. What is left out is left out within its axis, which keeps its weight; of an
    axis with one component the whole axis goes. Raises `ValueError` with fewer than three components, of which none
    can go, for a frame without a row, and for options that do not fit.
    """
    check_share(min_share)
    if frame.shape[1] < 3:
        msg = f"Leaving one out needs three components or more, but there is {list(frame.columns)}."
        raise ValueError(msg)
    check_units(frame)
    exponent, values = exponent_of(method), frame.to_numpy(dtype=float)
    check_scores(frame, exponent)
    groups = pd.factorize(pd.Series([(axes or {}).get(name, "") for name in frame.columns]))[0]
    scores = [power_mean(values, axis_weights(groups), exponent, min_share)]
    for place in range(len(groups)):
        kept = np.arange(len(groups)) != place
        weights = axis_weights(pd.factorize(groups[kept])[0])
        scores.append(power_mean(values[:, kept], weights, exponent, min_share))
    index = pd.Index([NOTHING, *frame.columns], name="left_out")
    return pd.DataFrame(_ranks(np.array(scores))[0], index=index, columns=frame.index)


def _check_options(frame: pd.DataFrame, draws: int, weight_noise: float, methods: Sequence[str]) -> None:
    check_units(frame)
    if draws < 1 or not 0 <= weight_noise < 1 or not methods:
        msg = (
            f"draws must be 1 or more, weight_noise 0 or more and below 1, and methods not empty; they are {draws!r}, "
        )
        msg += f"{weight_noise!r} and {tuple(methods)!r}."
        raise ValueError(msg)


@dataclass(frozen=True)
class _Draws:
    """The choices of some draws: weights (draw × component), and mean, left-out component (−1: none) and variant."""

    weights: np.ndarray
    method: np.ndarray
    left_out: np.ndarray
    variant: np.ndarray


def _chunks(draws: int, units: int) -> Iterator[int]:
    """Yield numbers of draws that are worked on at once, so that memory stays bounded however many units there are."""
    size = max(1, CHUNK // units**2)
    for start in range(0, draws, size):
        yield min(size, draws - start)


def _draw(
    groups: np.ndarray, random: np.random.Generator, size: int, methods: int, variants: int, noise: float, *,
    drop_one: bool,
) -> _Draws:  # fmt: skip
    """Return the choices of some draws; a component alone on its axis always stays."""
    can_go = np.flatnonzero((np.bincount(groups)[groups] > 1) & drop_one & (len(groups) > 2))
    left_out = random.choice(np.append(-1, can_go), size)
    axis = random.uniform(1 - noise, 1 + noise, (size, groups.max() + 1))
    own = random.uniform(1 - noise, 1 + noise, (size, len(groups)))
    own = np.where(np.arange(len(groups)) == left_out[:, None], 0.0, own)
    within = own / np.stack([own[:, groups == group].sum(axis=1) for group in groups], axis=1)
    weights = within * axis[:, groups]
    method, variant = random.integers(methods, size=size), random.integers(variants, size=size)
    return _Draws(weights / weights.sum(axis=1, keepdims=True), method, left_out, variant)


def _drawn_scores(
    variants: Sequence[Variant], picked: _Draws, exponents: np.ndarray, random: np.random.Generator,
    min_share: float, *, rounding: bool,
) -> np.ndarray:  # fmt: skip
    """Return the scores of every draw (draw × unit); what rounding moves below zero stays at zero."""
    values, widths = (
        np.stack([getattr(variant, name).to_numpy(dtype=float) for variant in variants])
        for name in ("scores", "widths")
    )
    moved, count = values[picked.variant], values.shape[2]
    if rounding:
        shifted = moved + widths[picked.variant] * random.uniform(-1, 1, moved.shape)
        moved = np.where(moved >= 0, np.maximum(shifted, 0.0), shifted)
    moved = np.where((np.arange(count) == picked.left_out[:, None])[:, None, :], np.nan, moved)
    share = min_share * np.where(picked.left_out >= 0, (count - 1) / count, 1.0)
    scores = np.empty(moved.shape[:2])
    for place, exponent in enumerate(exponents):
        rows = picked.method == place
        scores[rows] = power_mean(moved[rows], picked.weights[rows, None, :], exponent, share[rows, None])
    return scores


def _half_widths(frame: pd.DataFrame) -> pd.DataFrame:
    """Return half of the rounding interval of every score: half of the last decimal shown in its column."""
    shown = [max((decimals(value) for value in frame[name].dropna()), default=0) for name in frame.columns]
    return pd.DataFrame(
        np.broadcast_to(0.5 * 10.0 ** -np.array(shown), frame.shape), index=frame.index, columns=frame.columns
    )


def decimals(value: float) -> int:
    """Return how many decimals a value shows.

    >>> decimals(21.47), decimals(85.0), decimals(1e-7)
    (2, 0, 7)
    """
    digits = np.format_float_positional(value, trim="-")
    return len(digits.partition(".")[2])


def _ranks(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return ranks (draw × unit), how often each unit is above each, ties half, and how often both have scores."""
    first, second = scores[:, :, None], scores[:, None, :]
    above, tied = first > second, first == second
    there = ~np.isnan(scores)
    ranks = np.where(there, 1 + (second > first).sum(axis=2), np.nan)
    both = (there[:, :, None] & there[:, None, :]).sum(axis=0)
    return ranks, above.sum(axis=0) + 0.5 * tied.sum(axis=0), both


def _as_frame(
    picked: _Draws, scores: np.ndarray, ranks: np.ndarray, reference: np.ndarray, frame: pd.DataFrame,
    methods: Sequence[str], variants: Sequence[Variant],
) -> pd.DataFrame:  # fmt: skip
    """Return a row a draw: every choice by name, the weights, scores and ranks, and the mean rank shift."""
    names = np.array([*map(str, frame.columns), NOTHING])
    columns = {"method": np.array(methods)[picked.method], "left_out": names[picked.left_out]}
    for choice in variants[0].choices:
        columns[choice] = np.array([variant.choices[choice] for variant in variants])[picked.variant]
    columns |= {f"weight_{name}": picked.weights[:, place] for place, name in enumerate(frame.columns)}
    columns |= {f"score_{name}": scores[:, place] for place, name in enumerate(frame.index)}
    columns |= {f"rank_{name}": ranks[:, place] for place, name in enumerate(frame.index)}
    shifts = np.abs(ranks - reference)
    known = ~np.isnan(shifts)
    with np.errstate(invalid="ignore"):
        columns["shift"] = np.where(known, shifts, 0).sum(axis=1) / known.sum(axis=1)
    return pd.DataFrame(columns)


def _summary(table: pd.DataFrame, frame: pd.DataFrame, score: np.ndarray, reference: np.ndarray) -> pd.DataFrame:
    ranks = table[[f"rank_{name}" for name in frame.index]].set_axis(frame.index, axis=1)
    quantiles = ranks.quantile([0.5, 0.05, 0.95]).T.set_axis(["median", "p05", "p95"], axis=1)
    return quantiles.assign(score=score, rank=reference, scored=ranks.notna().mean())[SUMMARY_COLUMNS]


SUMMARY_COLUMNS = ["score", "rank", "median", "p05", "p95", "scored"]


def _probabilities(above: np.ndarray, scored: np.ndarray, frame: pd.DataFrame) -> pd.DataFrame:
    """Return P(row above column); missing on the diagonal and where the two never both have a score."""
    share = np.divide(above, scored, out=np.full(above.shape, np.nan), where=scored > 0)
    np.fill_diagonal(share, np.nan)
    return pd.DataFrame(share, index=frame.index, columns=frame.index)
