"""What the plans are, what they cover, how their targets are worded, and what they leave open."""

import pandas as pd

from .language import DIMENSIONS, check_language
from .tables import Tables, join, select_cities

# How a target is worded: a number, at least a number, a range, or no number at all.
FORMS = ("exact", "floor", "range", "words")
# What a plan can leave open about a target that it states.
OPEN = ("no-baseline", "no-year", "inferred-basis", "open-basis", "inferred-unit")


def horizons(tables: Tables, cities: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return one row a document of the chosen cities and of the benchmark: issue, base year, period, target year.

    Times (`*_at`) are years with fractions, on a scale where year Y runs from Y to Y + 1: base and target years stand
    at their end, a date of issue at its day, a period runs from its first day to its last. What is not stated is
    missing. Unknown cities or languages raise `UserError`.
    """
    check_language(lang)
    frame = tables.documents.merge(tables.cities, on="city_id", how="left")
    frame = frame[frame["city_id"].isin(select_cities(tables, cities)) | (frame["kind"] == "benchmark")]
    frame = frame.assign(
        city=frame[f"name_{lang}"],
        title=frame[f"title_{lang}"],
        issued_at=frame["issued"].map(_moment).astype("float64"),
        base_at=frame["base_year"].astype("float64") + 1,
        horizon_at=frame["horizon"].astype("float64") + 1,
        start_at=frame["period_start"].map(_start).astype("float64"),
        end_at=frame["period_end"].map(_end).astype("float64"),
    )
    columns = ["document_id", "city_id", "kind", "city", "title", "issued", "issued_status", "base_year", "horizon"]
    return frame[[*columns, "issued_at", "base_at", "horizon_at", "start_at", "end_at"]].reset_index(drop=True)


def forms(tables: Tables, cities: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return how many of each city's targets have which form, striven for or not; restatements left out."""
    frame = _targets(tables, cities, lang)
    frame["form"] = "exact"
    frame["form"] = frame["form"].mask(frame["bound"].isin(["ge", "gt"]), "floor")
    frame["form"] = frame["form"].mask(frame["target_upper"].notna(), "range")
    frame["form"] = frame["form"].mask(frame["bound"] == "qualitative", "words")
    counts = frame.groupby(["city_id", "city", "form", "aspirational"], sort=False).size()
    return counts.rename("targets").reset_index()


def dimensions(tables: Tables, cities: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return how many targets each city has in each dimension, zero where it has none; restatements left out.

    A city without any target has a row of zeros. Unknown cities or languages raise `UserError`.
    """
    frame, chosen = _targets(tables, cities, lang), select_cities(tables, cities)
    grid = pd.MultiIndex.from_product([chosen, DIMENSIONS], names=["city_id", "dimension"])
    counts = frame.groupby(["city_id", "indicator_dimension"]).size().rename_axis(grid.names)
    table = counts.reindex(grid, fill_value=0).rename("targets").reset_index()
    return table.assign(city=table["city_id"].map(tables.cities.set_index("city_id")[f"name_{lang}"]))


def left_open(tables: Tables, cities: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return how many targets of each city leave open what a reader needs to check them; restatements left out."""
    frame = _targets(tables, cities, lang)
    holds = {
        "no-baseline": frame["baseline_value"].isna(),
        "no-year": frame["target_year"].isna(),
        "inferred-basis": frame["basis_status"] == "inferred",
        "open-basis": frame["alternative_basis"].notna(),
        "inferred-unit": frame["unit_status"] == "inferred",
    }
    marked = frame[["city_id", "city"]].assign(targets=1, **holds)
    return marked.groupby(["city_id", "city"], sort=False).sum().astype(int).reset_index()


def benchmark(tables: Tables, lang: str = "en") -> pd.DataFrame:
    """Return the benchmark's targets, each with the plan's document and who reported it."""
    frame = join(tables)
    frame = frame[frame["city_kind"] == "benchmark"]
    publisher = frame["document_source_id"].map(tables.sources.set_index("source_id")["publisher"])
    return frame.assign(indicator=frame[f"indicator_name_{lang}"], publisher=publisher)


def _targets(tables: Tables, cities: list[str] | None, lang: str) -> pd.DataFrame:
    check_language(lang)
    frame = join(tables)
    frame = frame[frame["city_id"].isin(select_cities(tables, cities)) & frame["restates"].isna()]
    order = {city: place for place, city in enumerate(tables.cities["city_id"])}
    frame = frame.sort_values("city_id", key=lambda ids: ids.map(order), kind="stable")
    return frame.assign(city=frame[f"city_name_{lang}"])


def _moment(date: str | float) -> float:
    """Return the beginning of an ISO date's day as a year with a fraction."""
    if pd.isna(date):
        return float("nan")
    day = pd.Timestamp(date)
    return day.year + (day.day_of_year - 1) / (366 if day.is_leap_year else 365)


def _start(date: str | float) -> float:
    """Return the beginning of a year or of a month."""
    if not isinstance(date, str):
        return float("nan")
    year, _, month = date.partition("-")
    return int(year) + (int(month) - 1) / 12 if month else float(year)


def _end(date: str | float) -> float:
    """Return the end of a year or of a month."""
    if not isinstance(date, str):
        return float("nan")
    year, _, month = date.partition("-")
    return int(year) + int(month) / 12 if month else int(year) + 1.0
