"""Count measures and the units that they name: by document, and what the other counts share."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pandas as pd

from ..language import check_language, say
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


FUNCTIONS = {
    "agriculture": ("Agriculture", "农业农村"),
    "arbitration": ("Arbitration", "仲裁"),
    "banking-regulation": ("Banking regulation", "银行保险监管"),
    "brics-office": ("BRICS office", "金砖事务"),
    "business-association": ("Business federation", "工商联"),
    "central-bank": ("Central bank", "人民银行"),
    "commerce": ("Commerce", "商务"),
    "coordination-group": ("Coordination group", "议事协调机构"),
    "courts": ("Courts", "法院"),
    "culture-tourism": ("Culture and tourism", "文化旅游"),
    "customs": ("Customs", "海关"),
    "development-reform": ("Development and reform", "发展改革"),
    "development-zone": ("Development zones", "开发区与园区"),
    "district-government": ("District governments", "区政府"),
    "ecology-environment": ("Ecology and environment", "生态环境"),
    "education": ("Education", "教育"),
    "finance": ("Public finance", "财政"),
    "financial-regulation": ("Financial regulation", "地方金融监管"),
    "foreign-affairs": ("Foreign affairs", "外事"),
    "forestry-gardens": ("Forestry and gardens", "林业园林"),
    "health": ("Health", "卫生健康"),
    "human-resources": ("Human resources", "人力资源"),
    "industry-information": ("Industry and information", "工业和信息化"),
    "internet-information": ("Cyberspace affairs", "网信"),
    "justice": ("Justice administration", "司法行政"),
    "law-enforcement": ("Comprehensive enforcement", "综合行政执法"),
    "market-regulation": ("Market regulation", "市场监管"),
    "municipal-departments": ("Departments, unnamed", "有关部门（统称）"),
    "organisation-department": ("Organisation department", "组织部门"),
    "police": ("Police", "公安"),
    "political-legal": ("Political and legal affairs", "政法委"),
    "procuratorate": ("Procuratorate", "检察院"),
    "publicity": ("Publicity", "宣传"),
    "science-association": ("Science association", "科协"),
    "science-technology": ("Science and technology", "科技"),
    "staffing-commission": ("Staffing commission", "机构编制"),
    "state-assets": ("State assets", "国有资产监管"),
    "statistics": ("Statistics", "统计"),
    "taiwan-affairs": ("Taiwan affairs", "台港澳事务"),
    "tax": ("Tax", "税务"),
    "trade-promotion": ("Trade promotion", "贸促会"),
    "united-front": ("United front", "统战"),
}


def function_name(function: str, lang: str) -> str:
    """Return what a function of agencies is called in a language.

    >>> function_name("courts", "en"), function_name("courts", "zh")
    ('Courts', '法院')
    """
    return say(lang, *FUNCTIONS[function])


def coverage(tables: Tables, cities: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return one row a theme and city: the tasks with that theme, and their share of the city's tasks.

    `tasks` counts the tasks whose primary theme it is, `secondary` those that also commit to something
    under it; `share` is tasks over `city_tasks`, a fraction. Every task has one primary theme, so that a city's
    shares add up to one. A city's documents count together, and
    `documents` says how many there are; measures that are not tasks do not count. A theme
    without a task has 0; a city without a row in measures.csv has missing values, never zeros;
    benchmarks are left out. Themes and cities keep the order of their tables. Unknown cities or languages
    raise `UserError`.
    """
    check_language(lang)
    tasks = tables.measures.loc[tables.measures["kind"] == "task", ["measure_id", "city_id", "document_id"]]
    coded = tables.measure_themes.merge(tasks, on="measure_id")
    counts = pd.crosstab([coded["theme_id"], coded["city_id"]], coded["weight"])
    counts = counts.reindex(columns=["primary", "secondary"]).set_axis(["tasks", "secondary"], axis=1)
    themes = tables.themes[["theme_id", f"name_{lang}"]].set_axis(["theme_id", "theme"], axis=1)
    frame = grid(counts, themes, chosen_cities(tables, cities, lang))
    frame["city_tasks"] = frame["city_id"].map(tasks["city_id"].value_counts())
    fill(frame, ["tasks", "secondary", "city_tasks"], frame["city_id"].isin(tables.measures["city_id"]))
    frame["share"] = ratio(frame["tasks"], frame["city_tasks"])
    frame["documents"] = frame["city_id"].map(tasks.groupby("city_id")["document_id"].nunique())
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
