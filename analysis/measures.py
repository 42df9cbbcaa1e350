"""What the plans do and who is to do it: themes of tasks, likeness of plans, lists of responsible units."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pandas as pd

from .functions import function_name
from .language import check_language, name_column
from .tables import Tables, select_cities


def items(tables: Tables, cities: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return one row a document: how many measures it holds, of which kind, and how many units they name.

    `measures` counts its numbered items, `tasks` and `safeguards` those of these kinds. `listed` counts the
    measures with a list of responsible units, `mentions` the names in these lists, `agencies` the different
    units; `units_per_measure` is mentions over listed measures. These four are missing for a document without
    lists – not stated, never zero – and every count is for a document without a row in measures.csv.
    Unknown cities or languages raise `UserError`.
    """
    check_language(lang)
    frame = tables.documents[["document_id", "city_id", f"title_{lang}", "number"]]
    frame = frame.rename(columns={f"title_{lang}": "document"}).merge(_cities(tables, cities, lang), on="city_id")
    of_kind = pd.crosstab(tables.measures["document_id"], tables.measures["kind"])
    counts = of_kind.reindex(columns=["task", "safeguard"], fill_value=0).set_axis(["tasks", "safeguards"], axis=1)
    counts.insert(0, "measures", of_kind.sum(axis=1))
    lists = _mentions(tables).groupby("document_id").agg(**LISTS)
    frame = frame.merge(counts.join(lists).astype("Int64"), on="document_id", how="left")
    frame["units_per_measure"] = _ratio(frame["mentions"], frame["listed"])
    return frame.sort_values("place", kind="stable", ignore_index=True).drop(columns="place")


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
    themes = tables.themes[["theme_id", name_column(lang)]].set_axis(["theme_id", "theme"], axis=1)
    frame = _grid(counts, themes, _cities(tables, cities, lang))
    frame["city_tasks"] = frame["city_id"].map(tasks["city_id"].value_counts())
    _fill(frame, ["tasks", "secondary", "city_tasks"], frame["city_id"].isin(tables.measures["city_id"]))
    frame["share"] = _ratio(frame["tasks"], frame["city_tasks"])
    return frame


def similarity(tables: Tables, cities: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return one row a pair of cities: how alike the themes of their tasks are, from 0 to 1, without unit.

    `jaccard` is the number of themes of which both have a task (`shared`) over the number of which either has
    (`either`); `jaccard_any` counts secondary themes too. `cosine` is that of the angle between the vectors of
    the two cities' shares, and counts give the same. `cosine_low` and `cosine_high` are its range when any one
    task of either city is left out. All are symmetric, and missing where a city has no task. Unknown
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
]  # fmt: skip


def agency_load(tables: Tables, cities: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return one row a function of agencies and city: how often the lists of responsible units name it.

    `mentions` counts names in the lists, `measures` the measures that name the function, `agencies` its
    different units; a measure that names two development zones has two mentions of one function. `per_measure`
    is mentions over `city_listed`, the city's measures that have a list; those without one do not count.
    `city_mentions` and `units_per_measure` are the city's own. A function that a city's lists never name has 0;
    a city without lists has missing values, never zeros. `status` says which it is: `stated`, `not-stated` by its
    documents, or `not-recorded`, without a row in measures.csv. The order within a list is not used: no document
    marks a lead. Unknown cities or languages raise `UserError`.
    """
    check_language(lang)
    named = _mentions(tables)
    functions = pd.DataFrame({"function": sorted(tables.agencies["function"].unique())})
    functions["function_name"] = [function_name(function, lang) for function in functions["function"]]
    counts = named.groupby(["function", "city_id"]).agg(**MENTIONS)
    frame = _grid(counts, functions, _cities(tables, cities, lang))
    by_city = named.groupby("city_id").agg(**LISTS)
    frame["city_mentions"] = frame["city_id"].map(by_city["mentions"])
    frame["city_listed"] = frame["city_id"].map(by_city["listed"])
    _fill(frame, [*MENTIONS, "city_mentions", "city_listed"], frame["city_id"].isin(by_city.index))
    frame["per_measure"] = _ratio(frame["mentions"], frame["city_listed"])
    frame["units_per_measure"] = _ratio(frame["city_mentions"], frame["city_listed"])
    recorded = frame["city_id"].isin(tables.measures["city_id"]).map({True: "not-stated", False: "not-recorded"})
    frame["status"] = recorded.where(frame["mentions"].isna(), "stated")
    return frame


# How mentions are counted, by document or city and by function.
LISTS = {
    "listed": ("measure_id", "nunique"), "mentions": ("measure_id", "size"), "agencies": ("agency_id", "nunique")
}  # fmt: skip
MENTIONS = {
    "mentions": ("measure_id", "size"), "measures": ("measure_id", "nunique"), "agencies": ("agency_id", "nunique")
}  # fmt: skip


def co_responsibility(tables: Tables, city: str, lang: str = "en") -> pd.DataFrame:
    """Return one row a pair of functions that stand in the same list, with the number of such measures.

    Each pair stands once, `function_a` before `function_b` by the alphabet; the most frequent pair comes first.
    Two units of one function are no pair. A city without lists has no rows, which says nothing about who acts
    together there. An unknown city or language raises `UserError`.
    """
    check_language(lang)
    (city,) = select_cities(tables, [city])
    named = _mentions(tables)
    named = named.loc[named["city_id"] == city, ["measure_id", "function"]].drop_duplicates()
    pairs = named.merge(named, on="measure_id", suffixes=("_a", "_b"))
    pairs = pairs[pairs["function_a"] < pairs["function_b"]]
    frame = pairs.groupby(["function_a", "function_b"]).size().reset_index(name="measures")
    for side in ("a", "b"):
        frame[f"name_{side}"] = [function_name(function, lang) for function in frame[f"function_{side}"]]
    frame = frame.sort_values(["measures", "function_a", "function_b"], ascending=[False, True, True])
    return frame[["function_a", "name_a", "function_b", "name_b", "measures"]].reset_index(drop=True)


def _cities(tables: Tables, cities: list[str] | None, lang: str) -> pd.DataFrame:
    """Return the chosen cities with their names and places in cities.csv."""
    frame = tables.cities[tables.cities["city_id"].isin(select_cities(tables, cities))]
    return frame.assign(city=frame[name_column(lang)], place=range(len(frame)))[["city_id", "city", "place"]]


def _mentions(tables: Tables) -> pd.DataFrame:
    """Return one row a name in a list, with its measure's city and document and its agency's function."""
    places = tables.measures[["measure_id", "document_id", "city_id"]]
    functions = tables.agencies[["agency_id", "function"]]
    return tables.responsibilities.merge(places, on="measure_id").merge(functions, on="agency_id")


def _grid(counts: pd.DataFrame, rows: pd.DataFrame, cities: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each of the rows and cities with its counts, missing where there are none."""
    frame = rows.merge(cities.drop(columns="place"), how="cross")
    return frame.merge(counts.reset_index(), on=[rows.columns[0], "city_id"], how="left")


def _fill(frame: pd.DataFrame, columns: list[str], known: pd.Series) -> None:
    """Make counts whole numbers: zero where nothing was counted, missing where nothing is known."""
    for column in columns:
        frame[column] = frame[column].fillna(0).where(known).astype("Int64")


def _ratio(part: pd.Series, whole: pd.Series) -> pd.Series:
    """Return a part over a whole as a fraction, missing where either is or where the whole is zero."""
    return part.astype(float) / whole.astype(float).where(whole > 0)


def _likeness(a: np.ndarray, b: np.ndarray) -> dict[str, float]:
    """Return how alike two cities' counts of tasks by theme are."""
    unknown = np.isnan(a).any() or np.isnan(b).any()
    rest = [value for pair in _without_one(a, b) if not np.isnan(value := _cosine(*pair))]
    return {
        "shared": np.nan if unknown else int(((a > 0) & (b > 0)).sum()),
        "either": np.nan if unknown else int(((a > 0) | (b > 0)).sum()),
        "jaccard": _jaccard(a, b),
        "cosine": _cosine(a, b),
        "cosine_low": min(rest, default=np.nan),
        "cosine_high": max(rest, default=np.nan),
    }


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
