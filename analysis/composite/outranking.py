"""Compare units two by two, indicator by indicator: no unit makes up for one indicator by another."""

import numpy as np
import pandas as pd

from .aggregation import Weights, check_units, weight_vector


def outranking(frame: pd.DataFrame, weights: Weights | None = None) -> pd.DataFrame:
    """Return the matrix of the weights of the indicators on which the row's unit is above the column's.

    A tie counts half for each, so the two entries of a pair sum to 1; the diagonal is 0. An indicator that either
    unit lacks is left out and the other weights are scaled up; without a common indicator the entry is missing.
    Raises `ValueError` where weights do not fit, and for a frame without a row. Source: OECD/JRC Handbook (2008),
    ch. 6.

    >>> outranking(pd.DataFrame({"a": [2.0, 1.0], "b": [3.0, 3.0]})).to_numpy().tolist()
    [[0.0, 0.75], [0.25, 0.0]]
    """
    table = pd.DataFrame(frame)
    check_units(table)
    values, shares = table.to_numpy(dtype=float), weight_vector(weights, table.columns)
    matrix = np.array([_against_all(unit, values, shares) for unit in values])
    np.fill_diagonal(matrix, 0.0)
    return pd.DataFrame(matrix, index=table.index, columns=table.index)


def _against_all(unit: np.ndarray, values: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Return for every unit the share of weight on which one unit is above it."""
    common = np.where(np.isnan(unit) | np.isnan(values), 0.0, shares)
    above = (common * ((unit > values) + 0.5 * (unit == values))).sum(axis=1)
    with np.errstate(invalid="ignore"):
        return np.where(common.sum(axis=1) > 0, above / common.sum(axis=1), np.nan)


def copeland(frame: pd.DataFrame, weights: Weights | None = None) -> pd.Series:
    """Return the Copeland score: how many units each one outranks less how many outrank it.

    A pair without a common indicator counts for neither. Raises `ValueError` as `outranking` does. Source: OECD/JRC
    Handbook (2008), ch. 6.
    """
    matrix = outranking(frame, weights).to_numpy()
    wins = np.nan_to_num(np.sign(np.round(matrix - matrix.T, 12)))
    return pd.Series(wins.sum(axis=1), index=pd.DataFrame(frame).index, name="copeland")
