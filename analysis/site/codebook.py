"""What every indicator, unit, document, theme and column means, as rows for the codebook's page."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..language import DIMENSIONS, number, word
from ..tables import Tables, schema, select_cities
from ..tables.records import Record
from .shelf import Subjects


@dataclass(frozen=True)
class Row:
    """Cells of a row by name, as text, and what a filter finds it by."""

    cells: dict[str, str]
    about: Subjects


def indicators(plans: Tables, lang: str) -> list[Row]:
    """Return the indicators by dimension, each with the cities that have a target for it."""
    frame = plans.indicators
    aimed = plans.targets.groupby("indicator_id")["city_id"].agg(set)
    ordered = frame.assign(place=frame["dimension"].map(DIMENSIONS.index)).sort_values("place", kind="stable")
    return [
        Row(
            {
                "id": row["indicator_id"],
                "name": row[f"name_{lang}"],
                "definition": row[f"definition_{lang}"],
                "dimension": word(row["dimension"], lang),
                "kind": word(row["kind"], lang),
                "growth": word(row["growth_measure"], lang),
                "cities": _city_names(aimed.get(row["indicator_id"], set()), plans, lang),
            },
            Subjects(_cities(aimed.get(row["indicator_id"], set()), plans), (row["dimension"],)),
        )
        for row in _records(ordered)
    ]


def units(plans: Tables, lang: str) -> list[dict[str, str]]:
    """Return the units with their factors; Chinese symbols are as printed."""
    symbols = plans.units.set_index("unit_id")[f"symbol_{lang}"]
    return [
        {
            "id": row["unit_id"],
            "symbol": row[f"symbol_{lang}"],
            "factor": number(row["factor"]),
            "base": symbols[row["base_unit_id"]],
        }
        for row in _records(plans.units)
    ]


def documents(plans: Tables, lang: str) -> list[Row]:
    """Return the documents with what is known of where each comes from."""
    publishers = plans.sources.set_index("source_id")["publisher"]
    names = plans.cities.set_index("city_id")[f"name_{lang}"]
    shown = ("number", "issued", "period_start", "period_end", "source_file", "source_sha256")
    return [
        Row(
            {name: row[name] for name in shown}
            | {"title": row[f"title_{lang}"], "issuer": row[f"issuer_{lang}"], "note": row[f"note_{lang}"]}
            | {"city": names[row["city_id"]], "publisher": publishers.get(row["source_id"], "")},
            Subjects((row["city_id"],)),
        )
        for row in _records(plans.documents)
    ]


def themes(plans: Tables, lang: str) -> list[Row]:
    """Return the themes of tasks with what counts under each, and the cities that have a task of it."""
    found = plans.measure_themes.merge(plans.measures, on="measure_id").groupby("theme_id")["city_id"].agg(set)
    return [
        Row(
            {
                "name": row[f"name_{lang}"],
                "definition": row[f"definition_{lang}"],
                "dimension": word(row["dimension"], lang),
            },
            Subjects(_cities(found.get(row["theme_id"], set()), plans), (row["dimension"],), (row["theme_id"],)),
        )
        for row in _records(plans.themes)
    ]


def columns(lang: str) -> list[dict[str, Any]]:
    """Return the tables with their columns as `data/datapackage.json` describes them."""
    suffix = "" if lang == "en" else "_zh"
    return [
        {"id": table["name"], "title": table[f"title{suffix}"], "description": table[f"description{suffix}"]}
        | {"fields": [_described(field, suffix) for field in table["schema"]["fields"]]}
        for table in schema()["resources"]
    ]


def _described(field: dict[str, Any], suffix: str) -> dict[str, str]:
    described = {"name": field["name"], "title": field[f"title{suffix}"], "type": field["type"]}
    return described | {"description": field[f"description{suffix}"]}


def _records(frame: pd.DataFrame) -> list[Record]:
    """Return rows with missing cells as empty text."""
    return frame.astype(object).where(frame.notna(), "").to_dict("records")


def _cities(named: set[str], plans: Tables) -> tuple[str, ...]:
    return tuple(city for city in select_cities(plans) if city in named)


def _city_names(named: set[str], plans: Tables, lang: str) -> str:
    names = plans.cities.set_index("city_id")[f"name_{lang}"]
    return ("、" if lang == "zh" else ", ").join(names[city] for city in _cities(named, plans))
