"""The files of the tables: a full set in one folder, or a user's own rows laid over the curated ones."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from .. import files
from ..errors import LISTED, DataError, UserError, quoted, suggest
from ..files import LARGEST_TABLE, data_folder
from . import datapackage
from .datapackage import CURATED, Fault, Tables, columns, primary_key, required, schema

# Python's own limit of a cell is smaller; the check names a cell that is too long.
csv.field_size_limit(LARGEST_TABLE)


@dataclass(frozen=True)
class TableFile:
    """A file with rows of a table, how faults name it, and whether it is a user's own, laid over a curated one."""

    table: str
    path: Path
    name: str
    own: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table: its file, its number there as a spreadsheet shows it, and its cells in the schema's order.

    A column that the file lacks is empty. A row with `extra` cells (or too few: less than 0) keeps them as they stand.
    """

    file: TableFile
    number: int
    cells: list[str]
    extra: int = 0


@dataclass(frozen=True)
class Laid:
    """The rows of a table, the curated ones first, and the faults of own rows that contradict a curated one."""

    rows: list[Row]
    clashes: list[Fault]


def own_files(folder: Path) -> dict[str, Path]:
    """Return the files of an overlay by table; none for a full set of tables, which has its `datapackage.json`.

    An overlay holds a user's own rows only, in any of the tables; they lie over the curated ones.
    Raises `UserError` for a folder that holds no table, and for a CSV file that is none.
    """
    if not folder.is_dir():
        msg = f"{quoted(folder)} is not a folder. Make it as docs/add-a-city.md or docs/add-an-outcome.md shows."
        raise UserError(msg)
    if (folder / datapackage.SCHEMA.name).is_file():
        return {}
    known = {resource["path"]: resource["name"] for resource in schema()["resources"]}
    found = sorted(path for path in folder.glob("[!.]*") if path.suffix.lower() == ".csv")
    others = [path.name for path in found if path.name not in known]
    wrong = [f"{quoted(name)} is not a table. {suggest(name, known)}" for name in others[:LISTED]]
    if wrong:
        msg = f"{' '.join(wrong)} Rename it in {folder}, or move it away."
        raise UserError(msg)
    if not found:
        msg = f"{str(folder)!r} holds none of the tables. Begin with: python -m analysis new-city ID"
        raise UserError(msg)
    return {known[path.name]: path for path in found}


def table_files(folder: Path) -> dict[str, list[TableFile]]:
    """Return the file of every table, for an overlay the curated one and then the user's own, if there is one."""
    own = own_files(folder)
    found = {}
    for table, name in ((field.name, f"{field.name}.csv") for field in fields(Tables)):
        first = TableFile(table, CURATED / name, f"data/{name}") if own else TableFile(table, folder / name, name)
        found[table] = [first, *([TableFile(table, own[table], name, own=True)] if table in own else [])]
    return found


def digests(data: Path | None = None) -> dict[str, str]:
    """Return the SHA-256 of the schema and of every table, rows of an overlay included, by file name."""
    schema_file = datapackage.SCHEMA
    found = {schema_file.name: hashlib.sha256(files.content(schema_file, files.LARGEST_SCHEMA)).hexdigest()}
    for table, held in table_files(data or data_folder()).items():
        first, own, *_ = [*map(_bytes, held), b"missing"]
        found[f"{table}.csv"] = hashlib.sha256(b"%d:" % len(first) + first + own).hexdigest()
    return found


def _bytes(file: TableFile) -> bytes:
    """Return a file's content; one that is not read cannot pass the check, without which no report is made of it."""
    content, trouble = files.attempt(file.path)
    return b"missing" if trouble else content


def digest(data: Path | None = None) -> str:
    """Return the SHA-256 of the tables and their schema together, by content."""
    return combined(digests(data))


def combined(digests: dict[str, str]) -> str:
    """Return one digest for the digests of some tables."""
    return hashlib.sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()


def snapshot(data: Path, folder: Path) -> None:
    """Write the tables, with the rows of an overlay laid in, as a full set into a new folder.

    What a build runs on cannot change under it, and an overlay is laid once, not by every run. A table that
    cannot be read is left for the check to name.
    """
    folder.mkdir(parents=True)
    schema_file = datapackage.SCHEMA
    (folder / schema_file.name).write_bytes(files.content(schema_file, files.LARGEST_SCHEMA))
    for name, content in contents(data).items():
        (folder / f"{name}.csv").write_bytes(content)


def city_ids(data: Path | None = None) -> list[str]:
    """Return the ids of the places that reports are about, as `select.subjects` says, without importing pandas."""
    rows = _records("cities", data)
    above = {row.get("part_of") for row in rows}
    kinds = {"city", "district"}
    return [
        row["city_id"]
        for row in rows
        if row["kind"] in kinds or (row["kind"] == "province" and row["city_id"] not in above)
    ]


def city_names(data: Path | None, lang: str) -> dict[str, str]:
    """Return the name of every city in a language by its id, without importing pandas."""
    return {row["city_id"]: row[f"name_{lang}"] for row in _records("cities", data)}


def indicator_ids(data: Path | None = None) -> list[str]:
    """Return the ids of the indicators, without importing pandas."""
    return [row["indicator_id"] for row in _records("indicators", data)]


def own_documents(data: Path) -> list[str] | None:
    """Return the ids of the documents that an overlay adds; None for a full set of tables."""
    if not own_files(data):
        return None
    place = columns("documents").index("document_id")
    return [row.cells[place] for row in lay(table_files(data)["documents"]).rows if row.file.own]


def _records(table: str, data: Path | None) -> list[dict[str, str]]:
    """Return the unchecked rows of a table by column. Raises `DataError` where it has none that can be read."""
    folder = data or data_folder()
    held = table_files(folder)[table]
    try:
        rows = lay(held).rows
    except (UserError, UnicodeError, csv.Error) as error:
        msg = f"{table}.csv of {folder} cannot be read ({error}). Run the check command on its folder."
        raise DataError(msg) from error
    if not rows or any(row.extra for row in rows):
        msg = f"{table}.csv of {folder} lacks rows or cells. Run the check command on its folder."
        raise DataError(msg)
    return [dict(zip(columns(table), row.cells, strict=True)) for row in rows]


def read(folder: Path) -> Tables:
    """Return the tables of a folder, unchecked."""
    return Tables.of(contents(folder))


def contents(folder: Path) -> dict[str, bytes]:
    """Return the tables as CSV files by name, every column in its place and the rows of an overlay laid in."""
    return {table: _content(table, held) for table, held in table_files(folder).items()}


def _content(table: str, held: list[TableFile]) -> bytes:
    if len(held) == 1:
        content = files.content(held[0].path)
        if content.startswith(",".join(columns(table)).encode() + b"\n"):
            return content
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns(table), *(row.cells for row in lay(held).rows)])
    return text.getvalue().encode()


def csv_rows(text: str) -> Iterator[list[str]]:
    """Yield the rows of a CSV file's text. Raises `csv.Error` for quotes that do not pair."""
    return csv.reader(io.StringIO(text, newline=""), strict=True)


def lay(held: list[TableFile]) -> Laid:
    """Return the rows of a table's files, those of a user's own after the curated ones.

    A row that repeats a curated one is used once, whatever columns her file lacks. One that has the key of a curated
    row but another cell is kept apart: neither may replace the other.
    """
    (_, curated), *own = (_rows(file) for file in held)
    places = [columns(held[0].table).index(name) for name in primary_key(held[0].table)]
    known = {_key(row, places): row for row in curated if not row.extra}
    laid = Laid([*curated], [])
    for header, rows in own:
        for row in rows:
            twin = None if row.extra else known.get(_key(row, places))  # cells of such a row may be in wrong columns
            if twin is None:
                laid.rows.append(row)
            else:
                laid.clashes.extend(_contradictions(row, twin, header))
    return laid


def _key(row: Row, places: list[int]) -> tuple[str, ...]:
    return tuple(row.cells[place] for place in places)


def _contradictions(row: Row, twin: Row, header: list[str]) -> Iterator[Fault]:
    """Yield the cells in which a row of the user's contradicts the curated row of the same key."""
    remedy = "Give your row an id of its own, or make it the same; a curated row is corrected in data/ only."
    for column, value, curated in zip(columns(row.file.table), row.cells, twin.cells, strict=True):
        if value != curated and column in header:
            problem = f"contradicts {curated!r} of the curated row {twin.number} of {twin.file.name}"
            yield Fault(row.file.name, row.number, column, value, problem, remedy)


def _rows(file: TableFile) -> tuple[list[str], list[Row]]:
    """Return the header and the rows of a file. Raises `DataError` for a header that lacks a required column."""
    # An own file may have Excel's mark and line ends.
    text = files.content(file.path).decode("utf-8-sig").replace("\r\n", "\n")
    header, *lines = list(csv_rows(text)) or [[]]
    lacking = [name for name in required(file.table) if name not in header]
    if lacking:
        msg = f"the column {lacking[0]!r} is missing"
        raise DataError(msg)
    places = {name: place for place, name in enumerate(header)}
    order = [places.get(name, len(header)) for name in columns(file.table)]
    return header, [_row(file, number, cells, len(header), order) for number, cells in enumerate(lines, 2)]


def _row(file: TableFile, number: int, cells: list[str], width: int, order: list[int]) -> Row:
    """Return a row of a file with so many columns, of which the schema's stand in these places."""
    if len(cells) != width:
        return Row(file, number, cells, len(cells) - width)
    padded = [*cells, ""]  # for the columns that the file lacks
    return Row(file, number, [padded[place] for place in order])
