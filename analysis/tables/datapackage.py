"""What the tables are by their one description, `data/datapackage.json`: columns, typed frames, faults."""

import io
import json
import os
from collections.abc import Hashable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from .. import files
from ..errors import DataError, quoted, suggest
from ..files import ROOT

if TYPE_CHECKING:
    import pandas as pd

CURATED = ROOT / "data"
SCHEMA = CURATED / "datapackage.json"
# Names the file in which a run notes the tables that it reads: a report is stale when one of them changes.
READ_VARIABLE = "IP_PLANS_READ"

# One row of a table by column, as a data frame gives its records.
Record = dict[Hashable, Any]


class Cells(Protocol):
    """What gives a cell for the name of its column: a record, another mapping or a Series."""

    def __getitem__(self, column: str, /) -> Any:
        """Return one cell."""


@dataclass(frozen=True)
class Fault:
    """One fault of a table: where it is as a spreadsheet shows it, what is wrong, and what to do."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    problem: str
    remedy: str

    def __str__(self) -> str:
        row = f", row {self.row}" if self.row else ""
        column = f", column {self.column}" if self.column else ""
        value = f"{quoted(self.value)} " if self.value is not None else ""
        return f"{self.file}{row}{column}: {value}{self.problem}. {self.remedy}"


@dataclass(frozen=True, eq=False)  # frames have no one truth value to compare by; tables are themselves alone
class Tables:
    """The curated tables, one data frame each, in the columns of `data/datapackage.json`.

    Those that `load` returns hold the content of their files and parse a table when it is first asked for.
    """

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
    numerals: "pd.DataFrame"
    sources: "pd.DataFrame"
    observations: "pd.DataFrame"
    goalposts: "pd.DataFrame"

    @classmethod
    def of(cls, contents: dict[str, bytes]) -> "Tables":
        """Return tables that parse the CSV files given by name when they are asked for."""
        tables = cls.__new__(cls)
        object.__setattr__(tables, "_contents", contents)
        return tables

    if not TYPE_CHECKING:  # or a type checker would take any name for a table

        def __getattr__(self, name: str) -> "pd.DataFrame":
            """Parse a table that is asked for first, and note that it was read."""
            contents = self.__dict__.get("_contents", {})
            if name not in contents:
                msg = f"There is no table {name!r}. {suggest(name, contents)}"
                raise AttributeError(msg)
            frame = parse(name, contents[name])
            object.__setattr__(self, name, frame)
            _note_read(name)
            return frame


@cache
def schema() -> dict[str, Any]:
    """Return `data/datapackage.json`, the single description of every table."""
    return _described(files.content(SCHEMA, files.LARGEST_SCHEMA))


def _described(content: bytes) -> dict[str, Any]:
    """Return the schema in a JSON file. Raises `DataError` for one that does not describe just these tables."""
    try:
        found: dict[str, Any] = json.loads(content, object_pairs_hook=_once)
        described = [(resource["name"], resource["path"]) for resource in found["resources"]]
        for resource in found["resources"]:
            _ = [field["name"] for field in resource["schema"]["fields"]]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        reason = "too deeply nested" if isinstance(error, RecursionError) else f"{type(error).__name__}: {error}"
        msg = f"{SCHEMA} is no description of tables ({reason}). Put it back from version control."
        raise DataError(msg) from error
    expected = [(field.name, f"{field.name}.csv") for field in fields(Tables)]
    wrong = sorted({*described} ^ {*expected}) or described[len(expected) :]
    if wrong:
        name, path = wrong[0]
        msg = (
            f"{SCHEMA} must describe each table once, by its own name and file, and does not: "
            f"{quoted(name)}, {quoted(path)}. Put it back from version control."
        )
        raise DataError(msg)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the pairs of a JSON object. Raises `ValueError` for two of one name: a reader would keep the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        msg = f"{quoted(next(name for name in found if names.count(name) > 1))} stands twice in one object"
        raise ValueError(msg)
    return found


def table_fields(table: str) -> list[dict[str, Any]]:
    """Return the field descriptors of one table, in column order."""
    found: list[dict[str, Any]] = described(table)["schema"]["fields"]
    return found


def described(table: str) -> dict[str, Any]:
    """Return the descriptor of one table."""
    return next(resource for resource in schema()["resources"] if resource["name"] == table)


def columns(table: str) -> list[str]:
    """Return the names of the columns of one table, in order."""
    return [field["name"] for field in table_fields(table)]


def required(table: str) -> list[str]:
    """Return the columns of one table that every row must fill in; a file may lack any other, which is then empty."""
    return [field["name"] for field in table_fields(table) if field.get("constraints", {}).get("required")]


def primary_key(table: str) -> list[str]:
    """Return the columns whose cells together name a row of one table."""
    key = described(table)["schema"]["primaryKey"]
    return [key] if isinstance(key, str) else key


def tokens(table: str, column: str) -> dict[str, tuple[str, str]]:
    """Return the vocabulary of a column: what every token that it may hold means, in English and in Chinese."""
    field = next(field for field in table_fields(table) if field["name"] == column)
    return {token: (meaning["en"], meaning["zh"]) for token, meaning in field.get("tokens", {}).items()}


def parse(table: str, content: bytes) -> "pd.DataFrame":
    """Return a table as a typed data frame, empty cells missing."""
    import pandas as pd  # it takes most of the time of a build with nothing to do, which parses no table

    kinds = {"integer": "Int64", "number": "float64", "boolean": "boolean"}
    types = {field["name"]: kinds.get(field["type"], "str") for field in table_fields(table)}
    return pd.read_csv(io.BytesIO(content), dtype=types, keep_default_na=False, na_values=[""], encoding="utf-8")


def _note_read(table: str) -> None:
    if os.environ.get(READ_VARIABLE):
        with Path(os.environ[READ_VARIABLE]).open("a", encoding="utf-8") as notes:
            notes.write(f"{table}.csv\n")
