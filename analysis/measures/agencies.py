"""Who is to do it: how often lists of responsible units name which function, and which functions act together."""

import pandas as pd

from ..language import check_language
from ..tables import Tables, select_cities
from .counts import LISTS, MENTIONS, chosen_cities, fill, grid, mentions, ratio
from .functions import function_name


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
    named = mentions(tables)
    functions = pd.DataFrame({"function": sorted(tables.agencies["function"].unique())})
    functions["function_name"] = [function_name(function, lang) for function in functions["function"]]
    counts = named.groupby(["function", "city_id"]).agg(**MENTIONS)
    frame = grid(counts, functions, chosen_cities(tables, cities, lang))
    by_city = named.groupby("city_id").agg(**LISTS)
    frame["city_mentions"] = frame["city_id"].map(by_city["mentions"])
    frame["city_listed"] = frame["city_id"].map(by_city["listed"])
    fill(frame, [*MENTIONS, "city_mentions", "city_listed"], frame["city_id"].isin(by_city.index))
    frame["per_measure"] = ratio(frame["mentions"], frame["city_listed"])
    frame["units_per_measure"] = ratio(frame["city_mentions"], frame["city_listed"])
    recorded = frame["city_id"].isin(tables.measures["city_id"]).map({True: "not-stated", False: "not-recorded"})
    frame["status"] = recorded.where(frame["mentions"].isna(), "stated")
    return frame


def co_responsibility(tables: Tables, city: str, lang: str = "en") -> pd.DataFrame:
    """Return one row a pair of functions that stand in the same list, with the number of such measures.

    Each pair stands once, `function_a` before `function_b` by the alphabet; the most frequent pair comes first.
    Two units of one function are no pair. A city without lists has no rows, which says nothing about who acts
    together there. An unknown city or language raises `UserError`.
    """
    check_language(lang)
    (city,) = select_cities(tables, [city])
    named = mentions(tables)
    named = named.loc[named["city_id"] == city, ["measure_id", "function"]].drop_duplicates()
    pairs = named.merge(named, on="measure_id", suffixes=("_a", "_b"))
    pairs = pairs[pairs["function_a"] < pairs["function_b"]]
    frame = pairs.groupby(["function_a", "function_b"]).size().reset_index(name="measures")
    for side in ("a", "b"):
        frame[f"name_{side}"] = [function_name(function, lang) for function in frame[f"function_{side}"]]
    frame = frame.sort_values(["measures", "function_a", "function_b"], ascending=[False, True, True])
    return frame[["function_a", "name_a", "function_b", "name_b", "measures"]].reset_index(drop=True)
