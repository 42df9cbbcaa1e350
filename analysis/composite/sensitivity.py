"""How far ranks hold when weights, mean, indicators and rounding could have been otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .aggregation import (
    MIN_SHARE,
    Weights,
    check_scores,
    check_share,
    check_units,
    exponent_of,
    power_mean,
    weight_vector,
)
from .draws import Choices, Draws, chunks, draw, drawn_scores, half_widths

SEED = 20221231  # any number; kept, so that the same data give the same draws
METHODS = ("geometric", "arithmetic", "harmonic")


@dataclass(frozen=True)
class RankUncertainty:
    """What became of ranks over many draws of the choices behind a score.

    `ranks` has a row a unit: `score` and `rank` of the reference choices, `median`, `p05` and `p95` of the rank,
    and `scored`, the share of draws in which it has a score. `above` is P(row above column). `shift` is the mean over
    draws of R_S = (1/M) Σ |rank − reference rank|. `draws` has a row a draw: the choices, the ranks, and R_S.
    """

    ranks: pd.DataFrame
    above: pd.DataFrame
    shift: float
    draws: pd.DataFrame


def rank_uncertainty(
    frame: pd.DataFrame,
    weights: Weights | None = None,
    *,
    draws: int = 10_000,
    seed: int = SEED,
    weight_noise: float = 0.25,
    methods: Sequence[str] = METHODS,
    drop_one: bool = True,
    rounding: bool | pd.DataFrame = True,
    min_share: float = MIN_SHARE,
) -> RankUncertainty:
    """Return ranks under choices drawn at random, uniformly and independently of each other.

    Every draw multiplies each weight by a factor of 1 ± `weight_noise`, picks one of `methods`, leaves out one
    indicator or none (`drop_one`, with three indicators or more), and moves each value within its rounding:
    half of the last decimal shown in its column, or the half-widths of a frame. The reference ranks use the
    weights, the first method, and every value as given. Missing values are never imputed.

    Raises `ValueError` for options that do not fit, and for a frame without a row. Source:
    OECD/JRC Handbook (2008), ch. 7; Saisana et al. (2005).
    """
    _check_options(frame, draws, weight_noise, methods)
    base, exponents = weight_vector(weights, frame.columns), np.array([exponent_of(name, None) for name in methods])
    for exponent in exponents:
        check_scores(frame, exponent)
    values, widths = frame.to_numpy(dtype=float), half_widths(frame, rounding=rounding)
    choices = Choices(values, widths, base, weight_noise, exponents, drop_one, check_share(min_share))
    score = power_mean(values, base, exponents[0], min_share)
    reference = _ranks(score[None])[0][0]
    random, parts = np.random.default_rng(seed), []
    above, scored = np.zeros((len(frame),) * 2), np.zeros((len(frame),) * 2)
    for size in chunks(draws, len(frame)):
        picked = draw(choices, random, size)
        ranks, wins, both = _ranks(drawn_scores(choices, picked, random))
        above, scored = above + wins, scored + both
        parts.append(_as_frame(picked, ranks, reference, frame, methods))
    table = pd.concat(parts, ignore_index=True).rename_axis("draw").reset_index()
    summary, share = _summary(table, frame, score, reference), _probabilities(above, scored, frame)
    return RankUncertainty(summary, share, table["shift"].mean(), table)


def leave_one_out(
    frame: pd.DataFrame, weights: Weights | None = None, *, method: str = "geometric", min_share: float = MIN_SHARE
) -> pd.DataFrame:
    """Return the rank of every unit without one indicator at a time: a row an indicator, a column a unit.

    The first row, `""`, leaves none out. Raises `ValueError` with fewer than three indicators, of which none can go,
    for a frame without a row, and for options that do not fit.
    """
    check_share(min_share)
    if frame.shape[1] < 3:
        msg = f"Leaving one out needs three indicators or more, but there is {list(frame.columns)}."
        raise ValueError(msg)
    check_units(frame)
    base, exponent = weight_vector(weights, frame.columns), exponent_of(method, None)
    check_scores(frame, exponent)
    keep = np.vstack([np.ones(len(base)), 1 - np.eye(len(base))])
    values = np.where(keep[:, None, :] > 0, frame.to_numpy(dtype=float)[None], np.nan)
    share = np.where(keep.sum(axis=1) == len(base), min_share, min_share * (len(base) - 1) / len(base))
    scores = np.array([power_mean(part, base, exponent, limit) for part, limit in zip(values, share, strict=True)])
    return pd.DataFrame(_ranks(scores)[0], index=pd.Index(["", *frame.columns], name="left_out"), columns=frame.index)


def _check_options(frame: pd.DataFrame, draws: int, weight_noise: float, methods: Sequence[str]) -> None:
    check_units(frame)
    if draws < 1 or not 0 <= weight_noise < 1 or not methods:
        msg = (
            f"draws must be 1 or more, weight_noise 0 or more and below 1, and methods not empty; they are {draws!r}, "
        )
        msg += f"{weight_noise!r} and {tuple(methods)!r}."
        raise ValueError(msg)


def _ranks(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return ranks (draw × unit), how often each unit is above each, ties half, and how often both have scores."""
    first, second = scores[:, :, None], scores[:, None, :]
    above, tied = first > second, first == second
    there = ~np.isnan(scores)
    ranks = np.where(there, 1 + (second > first).sum(axis=2), np.nan)
    both = (there[:, :, None] & there[:, None, :]).sum(axis=0)
    return ranks, above.sum(axis=0) + 0.5 * tied.sum(axis=0), both


def _as_frame(
    picked: Draws, ranks: np.ndarray, reference: np.ndarray, frame: pd.DataFrame, methods: Sequence[str]
) -> pd.DataFrame:
    """Return a row a draw: method, indicator left out, weights, ranks, and the mean rank shift."""
    names = np.array([*map(str, frame.columns), ""])
    columns = {"method": np.array(methods)[picked.method], "left_out": names[picked.left_out]}
    columns |= {f"weight_{name}": picked.weights[:, place] for place, name in enumerate(frame.columns)}
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
