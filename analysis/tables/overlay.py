"""Lay a user's own rows over the curated tables, so that every row keeps its place in its own file."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from .faults import Fault


@dataclass(frozen=True)
class Row:
    """One row of a table: whose it is, its number as a spreadsheet shows it, its cells and its text."""

    own: bool
    number: int
    cells: list[str]
    text: str


@dataclass(frozen=True)
class Laid:
    """One table with the user's rows after the curated ones; `clashes` pairs each of hers with its curated twin."""

    header: Row
    rows: list[Row]
    clashes: list[tuple[Row, Row]]

    @property
    def text(self) -> str:
        """Return the table as the text of a CSV file."""
        return "".join(row.text if row.text.endswith("\n") else row.text + "\n" for row in [self.header, *self.rows])


def lay(curated: str, own: str, key: list[str]) -> Laid:
    """Return a curated table with the user's rows after its own, both given as the text of a CSV file.

    A row that repeats a curated one cell by cell is used once. One that has the key of a curated row
    but differs from it is kept apart as a clash: neither may replace the other.
    """
    header, *rows = _rows(curated, own=False)
    columns = [header.cells.index(name) for name in key]
    known = {_key(row, columns): row for row in rows}
    added, clashes = [], []
    for row in _rows(own, own=True)[1:]:
        # A row with too many or too few cells has no certain key; the schema reports it.
        twin = known.get(_key(row, columns)) if len(row.cells) == len(header.cells) else None
        if twin is None:
            added.append(row)
        elif twin.cells != row.cells:
            clashes.append((row, twin))
    return Laid(header, rows + added, clashes)


def _rows(text: str, *, own: bool) -> list[Row]:
    """Return the rows of a CSV file with their text; a blank line is a row, a cell may run over several lines."""
    lines = io.StringIO(text, newline="").readlines()
    reader, rows, start = csv.reader(lines), [], 0
    for number, cells in enumerate(reader, 1):
        rows.append(Row(own, number, cells, "".join(lines[start : reader.line_num])))
        start = reader.line_num
    return rows


def _key(row: Row, columns: list[int]) -> tuple[str, ...]:
    return tuple(row.cells[column] for column in columns)


class Places:
    """Where the rows of laid tables came from."""

    def __init__(self, laid: dict[str, Laid], schema: dict[str, Any]) -> None:
        self.laid = {resource["path"]: laid[resource["name"]] for resource in schema["resources"]}
        self.schema = schema

    def locate(self, file: str, row: int | None) -> tuple[str, int | None]:
        """Return the file and the row in it of a row of a laid table; curated files are named by their folder."""
        if row is None or row < 2:
            return file, row
        found = self.laid[file].rows[row - 2]
        return (file if found.own else f"data/{file}"), found.number

    def clashes(self) -> Iterator[Fault]:
        """Yield every cell in which a row of the user's contradicts the curated row of the same key."""
        remedy = "Give your row an id of its own, or make it the same; a curated row is corrected in data/ only."
        for file, laid in self.laid.items():
            for row, twin in laid.clashes:
                for column, value, curated in zip(laid.header.cells, row.cells, twin.cells, strict=True):
                    if value != curated:
                        problem = f"contradicts {curated!r} of the curated row {twin.number} of data/{file}"
                        yield Fault(file, row.number, column, value, problem, remedy)

    def place(self, fault: Fault) -> Iterator[Fault]:
        """Yield a fault of the laid tables in the user's own rows, be it that they put a curated row at fault."""
        file, row = self.locate(fault.file, fault.row)
        referring = list(self._referring(fault, fault.row - 2)) if fault.row and file != fault.file else []
        yield from referring or [replace(fault, file=file, row=row)]

    def _referring(self, fault: Fault, at: int) -> Iterator[Fault]:
        """Yield the fault of a curated row at the user's rows that name it, such as a second primary theme."""
        target = self.laid[fault.file]
        for resource in self.schema["resources"]:
            for key in resource["schema"].get("foreignKeys", []):
                if f"{key['reference']['resource']}.csv" != fault.file:
                    continue
                value = target.rows[at].cells[target.header.cells.index(key["reference"]["fields"][0])]
                laid, column = self.laid[resource["path"]], key["fields"][0]
                place = laid.header.cells.index(column)
                for row in laid.rows:
                    if row.own and row.cells[place] == value:
                        yield replace(fault, file=resource["path"], row=row.number, column=column, value=value)
