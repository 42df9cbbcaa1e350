"""What the methods share: scalars, arrays and Series alike, and checks that name the value and its place."""

from collections.abc import Callable
from typing import TypeVar, cast

import numpy as np
import pandas as pd

Values = TypeVar("Values", float, np.ndarray, pd.Series)


def require(values: Values, holds: Callable[[np.ndarray], np.ndarray], name: str, expected: str) -> None:
    """Raise `ValueError` for the first value, missing ones aside, that is infinite or for which `holds` is false."""
    array = np.atleast_1d(np.asarray(values, dtype=float))
    with np.errstate(invalid="ignore"):
        wrong = np.isinf(array) | (~np.isnan(array) & ~holds(array))
    if wrong.any():
        position = int(np.argmax(wrong))
        msg = f"{name} must be {expected}, but the value at position {position} is {array.flat[position]:g}."
        raise ValueError(msg)


def like(original: Values, values: np.ndarray) -> Values:
    """Return values as the kind of thing the original is: a number, an array or a Series."""
    if isinstance(original, pd.Series):
        return pd.Series(values, index=original.index, name=original.name)
    return cast("Values", values if np.ndim(original) else np.asarray(values).reshape(()).item())


def power(base: Values, exponent: Values) -> Values:
    """Return base to the power of exponent, missing where either is: NumPy has 1 ** nan and nan ** 0 be 1."""
    raised: Values = base**exponent + 0 * (base + exponent)
    return raised


def kind_of(*inputs: Values) -> Values:
    """Return the input that the result should be like: the first Series, else the first array, else a number."""
    for fits in (lambda value: isinstance(value, pd.Series), np.ndim):
        for value in inputs:
            if fits(value):
                return value
    return inputs[0]
