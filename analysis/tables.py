"""Load, check and join the curated tables; no other module reads `data/`."""

import csv
import hashlib
import json
import os
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import DataError, UserError, suggest
from .paths import ROOT, data_folder

if TYPE_CHECKING:
    import pandas as pd

    from .faults import Fault

SCHEMA = ROOT / "data" / "datapackage.json"
# Set by a build to the digest of tables it has checked, so that its notebooks do not check them again.
CHECKED_VARIABLE = "IP_PLANS_CHECKED"
SHOWN_FAULTS = 12  # as many as one screen holds


@dataclass(frozen=True)
class Tables:
    """The curated tables, one data frame each, in the columns of `data/datapackage.json`."""

    cities: "pd.DataFrame"
    documents: "pd.DataFrame"
    units: "pd.DataFrame"
    indicators: "pd.DataFrame"
    targets: "pd.DataFrame"
    milestones: "pd.DataFrame"
    funding: "pd.DataFrame"
    measures: "pd.DataFrame"
    themes: "pd.DataFrame"
    measure_themes: "pd.DataFrame"
    agencies: "pd.DataFrame"
    responsibilities: "pd.DataFrame"
    sources: "pd.DataFrame"
    observations: "pd.DataFrame"


@cache
def schema() -> dict[str, Any]:
    """Return `data/datapackage.json`, the single description of every table."""
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


def table_fields(table: str) -> list[dict[str, Any]]:
    """Return the field descriptors of one table, in column order."""
    resource = next(r for r in schema()["resources"] if r["name"] == table)
    return resource["schema"]["fields"]


def digest(data: Path | None = None) -> str:
    """Return the SHA-256 of the tables and their schema, by content."""
    folder = data or data_folder()
    state = hashlib.sha256(SCHEMA.read_bytes())
    for resource in schema()["resources"]:
        path = folder / resource["path"]
        content = path.read_bytes() if path.is_file() else b"missing"
        state.update(f"{resource['path']}:{len(content)}:".encode() + content)
    return state.hexdigest()


def city_ids(data: Path | None = None) -> list[str]:
    """Return the ids of the cities, benchmarks left out, without importing pandas."""
    return [row["city_id"] for row in _city_rows(data) if row["kind"] == "city"]


def city_names(data: Path | None, lang: str) -> dict[str, str]:
    """Return the name of every city in a language by its id, without importing pandas."""
    return {row["city_id"]: row[f"name_{lang}"] for row in _city_rows(data)}


def _city_rows(data: Path | None) -> list[dict[str, str]]:
    path = (data or data_folder()) / "cities.csv"
    columns = {field["name"] for field in table_fields("cities")}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeError, csv.Error) as error:
        msg = f"{path} cannot be read as the table of cities ({error}). Run the check command on its folder."
        raise DataError(msg) from error
    if not rows or not columns <= rows[0].keys() or any(None in row.values() for row in rows):
        msg = f"{path} lacks rows or columns. Run the check command on its folder."
        raise DataError(msg)
    return rows


def validate(data: Path | None = None) -> "list[Fault]":
    """Return every fault of the tables in a folder; an empty list means that they may be used."""
    from . import faults, rules  # frictionless takes 0.3 s to import

    folder = data or data_folder()
    if not folder.is_dir():
        msg = f"{str(folder)!r} is not a folder. Give the folder that holds the tables, such as data/."
        raise UserError(msg)
    found = faults.schema_faults(folder, schema())
    return found or rules.rule_faults(_read(folder))


def load(data: Path | str | None = None) -> Tables:
    """Return the checked tables of a folder, by default the project's own.

    Raises `DataError` listing the faults where the tables hold any.
    """
    folder = Path(data) if data else data_folder()
    if os.environ.get(CHECKED_VARIABLE) != digest(folder):
        require_valid(folder)
    return _read(folder)


def require_valid(folder: Path) -> None:
    """Raise `DataError` with the first screenful of faults if the tables hold any."""
    found = validate(folder)
    if not found:
        return
    lines = [str(fault) for fault in found[:SHOWN_FAULTS]]
    if len(found) > SHOWN_FAULTS:
        lines.append(f"… and {len(found) - SHOWN_FAULTS} more: python -m analysis check --data {folder}")
    msg = f"{len(found)} fault{'s' * (len(found) > 1)} in the tables of {folder}:\n" + "\n".join(lines)
    raise DataError(msg)


def join(tables: Tables) -> "pd.DataFrame":
    """Return one row per target with its indicator, unit, document and city beside it.

    Columns of the other tables keep their names; names and notes are prefixed by their table
    (`indicator_name_en`, `city_name_en`, `unit_symbol_en`, `document_title_en`, …).
    """
    frame = tables.targets
    for other, key, prefix in (
        (tables.indicators, "indicator_id", "indicator_"),
        (tables.units, "unit_id", "unit_"),
        (tables.cities, "city_id", "city_"),
        (tables.documents.drop(columns="city_id"), "document_id", "document_"),
    ):
        named = other.rename(columns=lambda name, key=key, prefix=prefix: name if name == key else prefix + name)
        frame = frame.merge(named, on=key, how="left", validate="many_to_one")
    return frame


def select_cities(tables: Tables, cities: list[str] | None) -> list[str]:
    """Return the chosen city ids in the order of cities.csv, all of them when none is chosen."""
    known = tables.cities.loc[tables.cities["kind"] == "city", "city_id"].tolist()
    for city in cities or []:
        if city not in known:
            msg = f"{city!r} is not a city in cities.csv. {suggest(city, known)}"
            raise UserError(msg)
    return [city for city in known if not cities or city in cities]


def _read(folder: Path) -> Tables:
    """Return the tables as typed data frames, empty cells missing."""
    return Tables(**{field.name: _read_table(folder, field.name) for field in fields(Tables)})


def _read_table(folder: Path, table: str) -> "pd.DataFrame":
    import pandas as pd

    kinds = {"integer": "Int64", "number": "float64", "boolean": "boolean"}
    columns = {field["name"]: kinds.get(field["type"], "str") for field in table_fields(table)}
    return pd.read_csv(folder / f"{table}.csv", dtype=columns, keep_default_na=False, na_values=[""], encoding="utf-8")
