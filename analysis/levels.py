"""The levels that targets name, each with the latest value that is known to have been observed since."""

import pandas as pd

from .language import check_language, name_column
from .promises import amount, target_in_words
from .tables import Tables, join, select_cities, select_indicators
from .units import convert

# What a date alone fixes; an observed flow could be a year's number or a running total, and no table says which.
DATED = ("stock", "share", "score", "rate")

LEVEL_COLUMNS = [
    "target_id", "city_id", "city", "city_kind", "indicator_id", "indicator", "document_id", "locator",
    "basis", "basis_status", "alternative_basis", "unit_id", "unit_kind", "unit_base_unit_id",
    "baseline_year", "baseline_value", "baseline", "target_year", "target_value", "target",
    "observation_id", "latest_date", "latest_value", "latest", "latest_publisher",
]  # fmt: skip


def levels_table(
    tables: Tables, cities: list[str] | None = None, indicators: list[str] | None = None, lang: str = "en"
) -> pd.DataFrame:
    """Return one row per target of the chosen cities, then of the benchmark for the same indicators.

    Numbers are in the target's own unit, `unit_id`; `baseline`, `target` and `latest` are the same in
    words. `latest_*` is the last value observed in the city after the year of the baseline, in a unit of
    the same base; it is missing where none is known, and for flows and running totals, since an
    observation does not say which of the two it is. Rows that restate another row are left out.
    Unknown cities, indicators or languages raise `UserError`.
    """
    check_language(lang)
    frame = join(tables)
    frame = frame[frame["restates"].isna() & frame["indicator_id"].isin(select_indicators(tables, indicators))]
    own = frame[frame["city_id"].isin(select_cities(tables, cities))]
    others = frame[(frame["city_kind"] == "benchmark") & frame["indicator_id"].isin(own["indicator_id"])]
    frame = pd.concat([own, others]).merge(_latest(tables), on="target_id", how="left")
    frame["city"] = frame[f"city_{name_column(lang)}"]
    frame["indicator"] = frame[f"indicator_{name_column(lang)}"]
    rows = frame.to_dict("records")
    frame["baseline"] = [amount(row, row["baseline_value"], lang) for row in rows]
    frame["target"] = [target_in_words(row, lang) for row in rows]
    frame["latest"] = [amount(row, row["latest_value"], lang) for row in rows]
    return frame[LEVEL_COLUMNS]


def _latest(tables: Tables) -> pd.DataFrame:
    """Return the latest observation that answers each target, in the target's unit."""
    seen = tables.observations[["observation_id", "city_id", "indicator_id", "date", "value", "unit_id", "source_id"]]
    frame = join(tables).merge(seen, on=["city_id", "indicator_id"], suffixes=("", "_seen"))
    bases = tables.units.set_index("unit_id")["base_unit_id"]
    later = frame["date"].str[:4].astype(int) > frame["baseline_year"].fillna(0)
    fits = later & frame["basis"].isin(DATED) & (frame["unit_id_seen"].map(bases) == frame["unit_id"].map(bases))
    frame = frame[fits].sort_values("date").drop_duplicates("target_id", keep="last")
    columns = zip(frame["value"], frame["unit_id_seen"], frame["unit_id"], strict=True)
    return pd.DataFrame(
        {
            "target_id": frame["target_id"],
            "observation_id": frame["observation_id"],
            "latest_date": frame["date"],
            "latest_value": [convert(value, seen, own, units=tables.units) for value, seen, own in columns],
            "latest_publisher": frame["source_id"].map(tables.sources.set_index("source_id")["publisher"]),
        }
    )
