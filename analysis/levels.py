"""The levels that targets name, each with the latest value that is known to have been observed since."""

import pandas as pd

from .language import check_language
from .progress.outcomes import coded, latest
from .promises import amount, target_in_words
from .tables import Tables, join, select_cities, select_indicators

# What a date alone fixes; an observed flow could be a year's number or a running total, and no table says which.
DATED = ("stock", "share", "score", "rate")

LEVEL_COLUMNS = [
    "target_id", "city_id", "city", "city_kind", "indicator_id", "indicator", "document_id", "locator",
    "basis", "basis_status", "alternative_basis", "unit_id", "unit_kind", "unit_base_unit_id",
    "baseline_year", "baseline_value", "baseline", "target_year", "target_value", "target",
    "observation_id", "latest_date", "latest_value", "latest", "latest_publisher", "direction",
]  # fmt: skip


def levels_table(
    tables: Tables, cities: list[str] | None = None, indicators: list[str] | None = None, lang: str = "en"
) -> pd.DataFrame:
    """Return one row per target of the chosen cities, then of the benchmark for the same indicators.

    Numbers are in the target's own unit, `unit_id`; `baseline`, `target` and `latest` are the same in
    words. `latest_*` is the outcome that `progress` takes too: the last value observed in the city after the
    promise's start (its base year, else its document's, else the date of issue), in a unit of the same base; it is
    missing where none is known, and for flows and running totals, since an observation does not say which of the
    two it is. `direction` is 1 where more is better, −1 where less is. Rows that restate another row are left out.
    Unknown cities, indicators or languages raise `UserError`.
    """
    check_language(lang)
    frame = join(tables)
    frame = frame[frame["restates"].isna() & frame["indicator_id"].isin(select_indicators(tables, indicators))]
    own = frame[frame["city_id"].isin(select_cities(tables, cities))]
    others = frame[(frame["city_kind"] == "benchmark") & frame["indicator_id"].isin(own["indicator_id"])]
    frame = _with_latest(pd.concat([own, others], ignore_index=True), tables)
    frame["direction"] = frame["indicator_direction"]
    frame["city"] = frame[f"city_name_{lang}"]
    frame["indicator"] = frame[f"indicator_name_{lang}"]
    rows = frame.to_dict("records")
    frame["baseline"] = [amount(row, row["baseline_value"], lang) for row in rows]
    frame["target"] = [target_in_words(row, lang) for row in rows]
    frame["latest"] = [amount(row, row["latest_value"], lang) for row in rows]
    return frame[LEVEL_COLUMNS]


def _with_latest(frame: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return targets with the latest outcome of each, in its unit; blank where a date alone does not fix the value."""
    found = latest(tables, frame, coded(tables, frame))
    publisher = found["source_id"].map(tables.sources.set_index("source_id")["publisher"])
    seen = pd.DataFrame(
        {
            "observation_id": found["observation_id"],
            "latest_date": found["date"],
            "latest_value": found["current_value"],
            "latest_publisher": publisher,
        }
    )
    return frame.join(seen.where(frame["basis"].isin(DATED) & found["current_value"].notna()))
