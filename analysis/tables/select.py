"""Join the tables, and choose cities and indicators of them."""

from typing import TYPE_CHECKING

from ..errors import UserError, quoted, suggest
from .datapackage import Tables

if TYPE_CHECKING:
    import pandas as pd


def join(tables: Tables, targets: "pd.DataFrame | None" = None) -> "pd.DataFrame":
    """Return one row per target, or of some targets only, with its indicator, unit, document and city beside it.

    Columns of the other tables keep their names; names and notes are prefixed by their table
    (`indicator_name_en`, `city_name_en`, `unit_symbol_en`, `document_title_en`, …).
    """
    frame = tables.targets if targets is None else targets
    for other, key, prefix in (
        (tables.indicators, "indicator_id", "indicator_"),
        (tables.units, "unit_id", "unit_"),
        (tables.cities, "city_id", "city_"),
        (tables.documents.drop(columns="city_id"), "document_id", "document_"),
    ):
        named = other.rename(columns={name: prefix + name for name in other.columns if name != key})
        frame = frame.merge(named, on=key, how="left", validate="many_to_one")
    return frame


def subjects(cities: "pd.DataFrame") -> "pd.Series":
    """Say which places reports are about: cities, districts, and provinces that stand above none of the others."""
    above = set(cities["part_of"].dropna())
    province = (cities["kind"] == "province") & ~cities["city_id"].isin(above)
    return cities["kind"].isin(("city", "district")) | province


def select_cities(tables: Tables, cities: list[str] | None = None) -> list[str]:
    """Return the chosen city ids in the order of cities.csv, all of them when none is chosen."""
    known = tables.cities.loc[subjects(tables.cities), "city_id"].tolist()
    for city in cities or []:
        if city not in known:
            msg = f"{quoted(city)} is not a city in cities.csv. {suggest(city, known)}"
            raise UserError(msg)
    return [city for city in known if not cities or city in cities]


def select_indicators(tables: Tables, indicators: list[str] | None = None) -> list[str]:
    """Return the chosen indicator ids in the order of indicators.csv, all of them when none is chosen."""
    known = tables.indicators["indicator_id"].tolist()
    for indicator in indicators or []:
        if indicator not in known:
            msg = f"{quoted(indicator)} is not an indicator in indicators.csv. {suggest(indicator, known)}"
            raise UserError(msg)
    return [indicator for indicator in known if not indicators or indicator in indicators]
