"""The reference results that were made with COINr, a package of R, file by file."""

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..methods import composite, growth
from .checks import Check, compare, number, or_refused, records

Options = dict[str, Any]
# What COINr 1.1.14 calls its normalisations, what they are called here, and how its options map on ours.
COINR: dict[str, tuple[str, Callable[[Options], Options]]] = {
    "n_minmax": ("minmax", lambda o: {"lower": o["l"], "upper": o["u"]}),
    "n_scaled": (
        "goalposts",
        lambda o: {"lower": o["l"], "upper": o["u"], "scale": o["scale"], "truncate": False},
    ),
    "n_zscore": ("zscore", lambda o: {"mean": o["m"], "sd": o["sd"]}),
    "n_dist2max": ("distance_to_max", lambda _: {}),
    "n_dist2ref": (
        "distance_to_reference",
        lambda o: {"reference": o["x"][int(o["iref"]) - 1], "cap": o["cap"] == "TRUE"},
    ),
    "n_dist2targ": (
        "distance_to_target",
        lambda o: {"target": o["targ"], "direction": int(o["direction"]), "cap": o["cap"] == "TRUE"},
    ),
    "n_fracmax": ("distance_to_reference", lambda o: {"reference": np.nanmax(o["x"]), "form": "ratio"}),
    "n_prank": ("percentile_rank", lambda o: {"ties": o["ties"]}),
    "n_rank": ("rank", lambda o: {"ties": o["ties"]}),
    "n_borda": ("borda", lambda o: {"ties": o["ties"]}),
    "n_goalposts": (
        "goalposts",
        lambda o: {
            "lower": o["l"], "upper": o["u"], "scale": o["a"], "direction": int(o["direction"]),
            "truncate": o["trunc"] == "TRUE",
        },
    ),
}  # fmt: skip


def normalise(path: Path) -> Iterator[Check]:
    """Yield every normalised value; an option that COINr silently divides by zero for, ours refuses."""
    frame = pd.DataFrame(records(path)).groupby(["case", "func", "params"], sort=False)
    for key, group in frame:
        case, function, params = map(str, key)
        values, expected = _floats(group["x"]), _floats(group["y"])
        method, translate = COINR[function]
        options: Options = {
            name: _option(text) for name, _, text in (part.partition("=") for part in params.split(";"))
        }
        what = f"{case} {function} {params}"
        ours = or_refused(composite.normalise, values, method, **translate(options | {"x": values}))
        yield from compare(what, _without_silent(expected, ours), ours)


def _floats(texts: pd.Series) -> np.ndarray:
    return np.array([number(text) for text in texts])


def _option(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _without_silent(expected: np.ndarray, ours: np.ndarray) -> np.ndarray:
    """Return the expected values, all missing where the reference divides by zero and ours refuses to."""
    return np.full(expected.shape, np.nan) if np.isinf(expected).any() and np.isnan(ours).all() else expected


def aggregate(path: Path) -> Iterator[Check]:
    """Yield every weighted mean."""
    methods = {"a_amean": "arithmetic", "a_gmean": "geometric", "a_hmean": "harmonic", "a_genmean": "power"}
    for row in records(path):
        values, p = _vector(row["x"]), number(row["p"])
        options = {"p": p} if row["func"] == "a_genmean" else {}
        # COINr's power mean gives up at one missing value, its other means do not.
        share = 1.0 if options else 2 / 3
        score = composite.aggregate(
            values[None], _vector(row["w"]), method=methods[row["func"]], min_share=share, **options
        )
        yield Check(f"{row['id']} {row['func']} {row['p']}", number(row["y"]), float(score[0]))


def outranking(path: Path) -> Iterator[Check]:
    """Yield the outranking matrix, and the Copeland scores with equal and with other weights."""
    frame = pd.read_csv(path)
    values = frame[["x1", "x2", "x3"]]
    yield from compare("outranking", frame[["V1", "V2", "V3", "V4"]].to_numpy(), composite.outranking(values))
    yield from compare("copeland", frame["copeland"], composite.copeland(values))
    yield from compare("copeland 2, 1, 3", frame["copeland_w213"], composite.copeland(values, [2, 1, 3]))


def trend(path: Path) -> Iterator[Check]:
    """Yield the compound rate between the first and the last known value of every series."""
    for row in records(path):
        values, years = _vector(row["y"]), _vector(row["x"])
        known = np.flatnonzero(~np.isnan(values))
        first, last = known[0], known[-1]
        start, end, span = values[first : first + 1], values[last : last + 1], years[last] - years[first]
        expected = number(row["CAGR"].replace("Inf", "")) if start[0] > 0 else math.nan
        ours = or_refused(growth.cagr, start, end, span)
        yield Check(f"{row['case']} CAGR", expected, float(ours[0]))


def _vector(text: str) -> np.ndarray:
    return np.array([number(part) for part in text.split(";")])
