"""Count measures and the units that they name: by document, and what the other counts share."""

import pandas as pd

from ..language import check_language
from ..tables import Tables, select_cities

# How mentions are counted, a document or a city, and a function.
LISTS = {
    "listed": ("measure_id", "nunique"), "mentions": ("measure_id", "size"), "agencies": ("agency_id", "nunique")
}  # fmt: skip
MENTIONS = {
    "mentions": ("measure_id", "size"), "measures": ("measure_id", "nunique"), "agencies": ("agency_id", "nunique")
}  # fmt: skip


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
    frame = frame.rename(columns={f"title_{lang}": "document"}).merge(chosen_cities(tables, cities, lang), on="city_id")
    of_kind = pd.crosstab(tables.measures["document_id"], tables.measures["kind"])
    counts = of_kind.reindex(columns=["task", "safeguard"], fill_value=0).set_axis(["tasks", "safeguards"], axis=1)
    counts.insert(0, "measures", of_kind.sum(axis=1))
    lists = mentions(tables).groupby("document_id").agg(**LISTS)
    frame = frame.merge(counts.join(lists).astype("Int64"), on="document_id", how="left")
    frame["units_per_measure"] = ratio(frame["mentions"], frame["listed"])
    return frame.sort_values("place", kind="stable", ignore_index=True).drop(columns="place")


def chosen_cities(tables: Tables, cities: list[str] | None, lang: str) -> pd.DataFrame:
    """Return the chosen cities with their names and places in cities.csv."""
    frame = tables.cities[tables.cities["city_id"].isin(select_cities(tables, cities))]
    return frame.assign(city=frame[f"name_{lang}"], place=range(len(frame)))[["city_id", "city", "place"]]


def mentions(tables: Tables) -> pd.DataFrame:
    """Return one row a name in a list, with its measure's city and document and its agency's function."""
    places = tables.measures[["measure_id", "document_id", "city_id"]]
    functions = tables.agencies[["agency_id", "function"]]
    return tables.responsibilities.merge(places, on="measure_id").merge(functions, on="agency_id")


def grid(counts: pd.DataFrame, rows: pd.DataFrame, cities: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each of the rows and cities with its counts, missing where there are none."""
    frame = rows.merge(cities.drop(columns="place"), how="cross")
    return frame.merge(counts.reset_index(), on=[rows.columns[0], "city_id"], how="left")


def fill(frame: pd.DataFrame, columns: list[str], known: pd.Series) -> None:
    """Make counts whole numbers: zero where nothing was counted, missing where nothing is known."""
    for column in columns:
        frame[column] = frame[column].fillna(0).where(known).astype("Int64")


def ratio(part: pd.Series, whole: pd.Series) -> pd.Series:
    """Return a part over a whole as a fraction, missing where either is or where the whole is zero."""
    return part.astype(float) / whole.astype(float).where(whole > 0)
