"""Draw the choices behind a score at random: weights, mean, indicators, and values within their rounding."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .aggregation import power_mean

CHUNK = 4_000_000  # comparisons of two units held in memory at once


@dataclass(frozen=True)
class Choices:
    """What may be chosen: values (unit × indicator) within half-widths, weights within noise, means by exponent.

    `drop_one` says whether an indicator may be left out, `min_share` on what share of them a score must stand.
    """

    values: np.ndarray
    widths: np.ndarray
    weights: np.ndarray
    weight_noise: float
    exponents: np.ndarray
    drop_one: bool
    min_share: float


@dataclass(frozen=True)
class Draws:
    """The choices of some draws: weights (draw × indicator), mean and left-out indicator by place (−1: none)."""

    weights: np.ndarray
    method: np.ndarray
    left_out: np.ndarray


def chunks(draws: int, units: int) -> Iterator[int]:
    """Yield numbers of draws that are worked on at once, so that memory stays bounded however many units there are."""
    size = max(1, CHUNK // units**2)
    for start in range(0, draws, size):
        yield min(size, draws - start)


def draw(choices: Choices, random: np.random.Generator, size: int) -> Draws:
    """Return the choices of some draws; with fewer than three indicators none is left out."""
    noise, count = choices.weight_noise, len(choices.weights)
    weights = choices.weights * random.uniform(1 - noise, 1 + noise, (size, count))
    left_out = random.integers(-1, count, size) if choices.drop_one and count > 2 else np.full(size, -1)
    method = random.integers(len(choices.exponents), size=size)
    return Draws(weights / weights.sum(axis=1, keepdims=True), method, left_out)


def drawn_scores(choices: Choices, picked: Draws, random: np.random.Generator) -> np.ndarray:
    """Return the scores of every draw (draw × unit); what rounding moves below zero stays at zero."""
    values, count = choices.values, choices.values.shape[1]
    moved = values + choices.widths * random.uniform(-1, 1, (len(picked.method), *values.shape))
    moved = np.where(values >= 0, np.maximum(moved, 0.0), moved)
    out = np.arange(count) == picked.left_out[:, None]
    moved = np.where(out[:, None, :], np.nan, moved)
    share = choices.min_share * np.where(picked.left_out >= 0, (count - 1) / count, 1.0)
    scores = np.empty(moved.shape[:2])
    for place, exponent in enumerate(choices.exponents):
        rows = picked.method == place
        scores[rows] = power_mean(moved[rows], picked.weights[rows, None, :], exponent, share[rows, None])
    return scores


def half_widths(frame: pd.DataFrame, *, rounding: bool | pd.DataFrame) -> np.ndarray:
    """Return half of the rounding interval of every value, 0 where rounding is left out."""
    if isinstance(rounding, pd.DataFrame):
        return rounding.loc[frame.index, frame.columns].to_numpy(dtype=float)
    if not rounding:
        return np.zeros(frame.shape)
    shown = [max((decimals(value) for value in frame[name].dropna()), default=0) for name in frame.columns]
    return np.broadcast_to(0.5 * 10.0 ** -np.array(shown), frame.shape)


def decimals(value: float) -> int:
    """Return how many decimals a value shows.

    >>> decimals(21.47), decimals(85.0), decimals(1e-7)
    (2, 0, 7)
    """
    digits = np.format_float_positional(value, trim="-")
    return len(digits.partition(".")[2])
