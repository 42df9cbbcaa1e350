"""What the plans do: tasks by theme and city, and how alike the cities' themes are."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pandas as pd

from ..language import check_language
from ..tables import Tables
from .counts import chosen_cities, fill, grid, ratio


def coverage(tables: Tables, cities: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return one row a theme and city: the tasks with that theme, and their share of the city's tasks.

    `tasks` counts the tasks whose primary theme it is, `secondary` those that also commit to something
    under it; `share` is tasks over `city_tasks`, a fraction. Every task has one primary theme, so that a city's
    shares add up to one. A city's documents count together; measures that are not tasks do not count. A theme
    without a task has 0; a city without a row in measures.csv has missing values, never zeros;
    benchmarks are left out. Themes and cities keep the order of their tables. Unknown cities or languages
    raise `UserError`.
    """
    check_language(lang)
    tasks = tables.measures.loc[tables.measures["kind"] == "task", ["measure_id", "city_id"]]
    coded = tables.measure_themes.merge(tasks, on="measure_id")
    counts = pd.crosstab([coded["theme_id"], coded["city_id"]], coded["weight"])
    counts = counts.reindex(columns=["primary", "secondary"]).set_axis(["tasks", "secondary"], axis=1)
    themes = tables.themes[["theme_id", f"name_{lang}"]].set_axis(["theme_id", "theme"], axis=1)
    frame = grid(counts, themes, chosen_cities(tables, cities, lang))
    frame["city_tasks"] = frame["city_id"].map(tasks["city_id"].value_counts())
    fill(frame, ["tasks", "secondary", "city_tasks"], frame["city_id"].isin(tables.measures["city_id"]))
    frame["share"] = ratio(frame["tasks"], frame["city_tasks"])
    return frame


def similarity(tables: Tables, cities: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return one row a pair of cities: how alike the themes of their tasks are, from 0 to 1, without unit.

    `jaccard` is the number of themes of which both have a task (`shared`) over the number of which either has
    (`either`); `jaccard_any` counts secondary themes too. `cosine` is that of the angle between the vectors of
    the two cities' shares, and counts give the same. `cosine_low` and `cosine_high` are its range when any one
    task of either city is left out; `chance_low` and `chance_high` are what `chance_range` returns, the range that
    two plans with the same priorities would show. All are symmetric, and missing where a city has no task. Unknown
    cities or languages raise `UserError`. Sources: Jaccard (1901); Salton and McGill (1983), ch. 4.
    """
    covered = coverage(tables, cities, lang)
    names = dict(zip(covered["city_id"], covered["city"], strict=True))
    counts = {
        city: rows[["tasks", "secondary"]].to_numpy(float, na_value=np.nan) for city, rows in covered.groupby("city_id")
    }
    rows = [
        {"city_a_id": a, "city_a": names[a], "city_b_id": b, "city_b": names[b]}
        | _likeness(counts[a][:, 0], counts[b][:, 0])
        | {"jaccard_any": _jaccard(counts[a].sum(axis=1), counts[b].sum(axis=1))}
        for a, b in combinations(names, 2)
    ]
    return pd.DataFrame(rows, columns=SIMILARITY_COLUMNS)


SIMILARITY_COLUMNS = [
    "city_a_id", "city_a", "city_b_id", "city_b",
    "shared", "either", "jaccard", "jaccard_any", "cosine", "cosine_low", "cosine_high",
    "chance_low", "chance_high",
]  # fmt: skip


def _likeness(a: np.ndarray, b: np.ndarray) -> dict[str, float]:
    """Return how alike two cities' counts of tasks by theme are."""
    unknown = np.isnan(a).any() or np.isnan(b).any()
    low, high = chance_range(a, b)
    rest = [value for pair in _without_one(a, b) if not np.isnan(value := _cosine(*pair))]
    return {
        "shared": np.nan if unknown else int(((a > 0) & (b > 0)).sum()),
        "either": np.nan if unknown else int(((a > 0) | (b > 0)).sum()),
        "jaccard": _jaccard(a, b),
        "cosine": _cosine(a, b),
        "cosine_low": min(rest, default=np.nan),
        "cosine_high": max(rest, default=np.nan),
        "chance_low": low,
        "chance_high": high,
    }


def chance_range(a: np.ndarray, b: np.ndarray, *, draws: int = 2_000, seed: int = 20261122) -> tuple[float, float]:
    """Return the 5th and 95th percentile of the cosine of two sets of tasks that differ by chance alone.

    `a` and `b` are two cities' counts of tasks by theme. In every draw each city takes as many tasks as it has from
    one common profile, the themes' shares in both cities' tasks together. The draws are the same for the same seed
    and in either order of the cities. Missing where a city has no task. Source: the parametric bootstrap of Efron and
    Tibshirani (1993), ch. 16.

    >>> chance_range(np.array([5, 0]), np.array([7, 0]))
    (1.0, 1.0)
    """
    if np.isnan(a).any() or np.isnan(b).any() or not (a.any() and b.any()):
        return np.nan, np.nan
    profile, generator = (a + b) / (a + b).sum(), np.random.default_rng(seed)
    few, many = sorted((int(a.sum()), int(b.sum())))
    one, other = (generator.multinomial(size, profile, draws).astype(float) for size in (few, many))
    cosines = (one * other).sum(axis=1) / np.sqrt((one**2).sum(axis=1) * (other**2).sum(axis=1))
    low, high = np.quantile(cosines, [0.05, 0.95])
    return float(low), float(high)


def _jaccard(a: np.ndarray, b: np.ndarray) -> float:
    """Return the size of the intersection of two sets of themes over that of their union; nan for no task."""
    if not (a.any() and b.any()) or np.isnan(a).any() or np.isnan(b).any():
        return np.nan
    share: float = ((a > 0) & (b > 0)).sum() / ((a > 0) | (b > 0)).sum()
    return share


def _cosine(a: np.ndarray, b: np.ndarray) -> float:
    """Return the cosine of the angle between two vectors; nan where either has no length."""
    length = np.sqrt((a @ a) * (b @ b))
    return (a @ b) / length if length > 0 else np.nan


def _without_one(a: np.ndarray, b: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield both counts again with any one task left out."""
    for place in range(len(a)):
        one = np.eye(len(a))[place]
        if a[place] > 0:
            yield a - one, b
        if b[place] > 0:
            yield a, b - one
