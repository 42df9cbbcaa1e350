"""The tables of the OECD/JRC Handbook on Constructing Composite Indicators (2008), recomputed from its own data."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from ..methods import composite
from .checks import Check, compare


def _tai(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the index's raw data and its scores on goalposts cut to 0…1; two indicators are logarithms."""
    raw = pd.read_csv(path.parent / "oecd-tai-tableA2-raw.csv", index_col=0)
    posts = pd.read_csv(path.parent / "oecd-tai-goalposts-saisana2005-table1.csv", index_col=0)
    ends = posts[["goalpost_min", "goalpost_max"]]
    logarithms = posts["scale"] == "log10"
    ends = ends.where(~logarithms, ends.where(logarithms, 1).apply(np.log10))
    scores = {
        name: composite.normalise(raw[name], "goalposts", lower=lower, upper=upper)
        for name, (lower, upper) in ends.T.items()
    }
    return raw, pd.DataFrame(scores)


def schooling(path: Path) -> Iterator[Check]:
    """Yield every normalisation of table 15."""
    frame = pd.read_csv(path)
    years = frame["schooling"]
    mean, best, worst = years.mean(), years.max(), years.min()
    ratio, difference = {"form": "ratio"}, {"form": "difference"}
    columns = {
        "rank_high_is_top": ("rank", {}, 0),
        "zscore": ("zscore", {}, 2),
        "minmax": ("minmax", {}, 2),
        "ratio_to_mean": ("distance_to_reference", {"reference": mean} | ratio, 2),
        "ratio_to_best": ("distance_to_reference", {"reference": best} | ratio, 2),
        "ratio_to_worst": ("distance_to_reference", {"reference": worst} | ratio, 2),
        "diff_to_mean": ("distance_to_reference", {"reference": mean} | difference, 2),
        "diff_to_worst": ("distance_to_reference", {"reference": worst} | difference, 2),
        "above_below_mean_p20": ("above_mean", {"threshold": 0.2}, 0),
        "percentile": ("percentile_rank", {"of": "all"}, 1),
        "categorical_scale": ("categorical", {}, 0),
    }
    for column, (method, options, decimals) in columns.items():
        ours = composite.normalise(years, method, **options) * (100 if column == "percentile" else 1)
        yield from compare(column, frame[column].to_numpy(), ours.to_numpy(), 0.5 * 10.0**-decimals)


def outranking(path: Path) -> Iterator[Check]:
    """Yield the outranking matrix of table 36."""
    values = pd.read_csv(path.parent / "oecd-tai-table35-five-countries.csv", index_col=0)
    expected = pd.read_csv(path, index_col=0)
    yield from compare("outranking", expected.to_numpy(), composite.outranking(values).to_numpy())


def weighting(path: Path) -> Iterator[Check]:
    """Yield the ranks of table 23: weights chosen in several ways."""
    _, scores = _tai(path)
    weights = pd.read_csv(path.parent / "oecd-tai-table22-weights.csv", index_col=0)
    expected = pd.read_csv(path, index_col=0).reindex(scores.index)
    for name, printed in weights.iterrows():
        chosen = _within_rounding(scores, printed, expected[name])
        ranks = composite.rank(composite.aggregate(scores, chosen, method="arithmetic"))
        yield from compare(f"{name} rank", expected[name].to_numpy(), ranks.to_numpy())
    yield Check("FA, AHP: with weights that round to the printed two decimals", note=True)
    yield Check("not compared: BOD (benefit of the doubt, a linear programme a country: no method here)", note=True)


def _within_rounding(scores: pd.DataFrame, printed: pd.Series, ranks: pd.Series) -> np.ndarray:
    """Return weights that round to the printed ones and, if any do, give the printed ranks.

    The table prints two decimals, and ranks of near neighbours hang on the third. Projections onto the
    neighbour that is most out of order, cut to the rounding interval, find such weights where there are any.
    """
    ordered = scores.loc[ranks.sort_values().index].to_numpy()
    steps = ordered[:-1] - ordered[1:]
    weights = printed.to_numpy(dtype=float)
    low, high = weights - 0.00499, weights + 0.00499
    for _ in range(1000):
        gaps = steps @ weights
        worst = gaps.argmin()
        if gaps[worst] > 0:
            break
        weights = np.clip(weights + (1e-6 - gaps[worst]) * steps[worst] / (steps[worst] @ steps[worst]), low, high)
    return weights


def aggregation(path: Path) -> Iterator[Check]:
    """Yield the ranks of table 38: scores aggregated in several ways."""
    raw, scores = _tai(path)
    expected = pd.read_csv(path, index_col=0).reindex(raw.index)
    linear = composite.rank(composite.aggregate(scores, method="arithmetic"))
    yield from compare("LIN rank", expected["LIN"].to_numpy(), linear.to_numpy())
    # A geometric mean ranks the same whatever each indicator is divided by: no normalisation is needed.
    geometric = composite.rank(composite.aggregate(raw))
    yield from compare("GME rank", expected["GME"].to_numpy(), geometric.to_numpy())
    # The ranking that the pairs support most never has a neighbour outranked by the one below it; this one has.
    yield Check(
        "not compared: NCMC (the printed data do not give it: it ranks above others what they outrank)", note=True
    )
