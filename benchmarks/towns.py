"""Synthetic cities: an overlay whose towns repeat Weihai's rows under ids of their own."""

import csv
from pathlib import Path

from analysis.tables import CURATED, table_fields

MODEL = "weihai"
# By table, the columns that hold ids of the model's own rows and are renamed for every town.
OWN = {
    "cities": ("city_id",),
    "documents": ("document_id", "city_id"),
    "targets": ("target_id", "document_id", "city_id", "restates"),
    "measures": ("measure_id", "document_id", "city_id"),
    "measure_themes": ("measure_id",),
    "agencies": ("agency_id", "city_id"),
    "responsibilities": ("measure_id", "agency_id"),
}


def write(folder: Path, count: int) -> list[str]:
    """Write the tables of so many towns into a new folder and return their ids."""
    folder.mkdir(parents=True)
    ids = [f"town-{number}" for number in range(count)]
    measures = {row["measure_id"] for row in _rows("measures") if row["city_id"] == MODEL}
    for table, columns in OWN.items():
        rows = [row for row in _rows(table) if row.get("city_id") == MODEL or row.get("measure_id") in measures]
        names = [field["name"] for field in table_fields(table)]
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, lineterminator="\n")
            writer.writeheader()
            for town in ids:
                for row in rows:
                    writer.writerow(row | {name: _renamed(row[name], town) for name in columns})
    return ids


def _rows(table: str) -> list[dict[str, str]]:
    with (CURATED / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _renamed(text: str, town: str) -> str:
    return town + text.removeprefix(MODEL) if text.startswith(MODEL) else text
