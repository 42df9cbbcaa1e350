"""The files of the tables: a full set in one folder, or a user's own rows laid over the curated ones."""

import csv
import hashlib
import io
import json
from dataclasses import fields
from pathlib import Path

from .. import files
from ..errors import LISTED, DataError, UserError, quoted, suggest
from ..files import data_folder
from . import frames
from .frames import CURATED, Tables, described, schema, table_fields
from .overlay import Laid, lay


def own_files(folder: Path) -> dict[str, Path]:
    """Return the files of an overlay by table; none for a full set of tables, which has its `datapackage.json`.

    An overlay holds a user's own rows only, in any of the tables; they lie over the curated ones.
    Raises `UserError` for a folder that holds no table, and for a CSV file that is none.
    """
    if not folder.is_dir():
        msg = f"{quoted(folder)} is not a folder. Make it as docs/add-a-city.md or docs/add-an-outcome.md shows."
        raise UserError(msg)
    if (folder / frames.SCHEMA.name).is_file():
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


def digests(data: Path | None = None) -> dict[str, str]:
    """Return the SHA-256 of the schema and of every table, rows of an overlay included, by file name."""
    folder = data or data_folder()
    own = own_files(folder)
    found = {frames.SCHEMA.name: hashlib.sha256(files.content(frames.SCHEMA, files.LARGEST_SCHEMA)).hexdigest()}
    for resource in schema()["resources"]:
        paths = [(CURATED if own else folder) / resource["path"], own.get(resource["name"])]
        parts = [_bytes(path) for path in paths]
        found[resource["path"]] = hashlib.sha256(b"%d:" % len(parts[0]) + b"".join(parts)).hexdigest()
    return found


def _bytes(path: Path | None) -> bytes:
    """Return a file's content; one that is not read cannot pass the check, without which no report is made of it."""
    content, trouble = files.attempt(path) if path else (b"", ("is missing", ""))
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
    (folder / frames.SCHEMA.name).write_bytes(files.content(frames.SCHEMA, files.LARGEST_SCHEMA))
    for name, content in contents(data).items():
        (folder / f"{name}.csv").write_bytes(content)


def city_ids(data: Path | None = None) -> list[str]:
    """Return the ids of the cities, benchmarks left out, without importing pandas."""
    return [row["city_id"] for row in _rows("cities", data) if row["kind"] == "city"]


def city_names(data: Path | None, lang: str) -> dict[str, str]:
    """Return the name of every city in a language by its id, without importing pandas."""
    return {row["city_id"]: row[f"name_{lang}"] for row in _rows("cities", data)}


def indicator_ids(data: Path | None = None) -> list[str]:
    """Return the ids of the indicators, without importing pandas."""
    return [row["indicator_id"] for row in _rows("indicators", data)]


def _rows(table: str, data: Path | None) -> list[dict[str, str]]:
    """Return the rows of a table, those of an overlay last. Raises `DataError` where it has none."""
    folder = data or data_folder()
    own = own_files(folder)
    path = (CURATED if own else folder) / f"{table}.csv"
    rows = _rows_of(table, path)
    if not rows:
        msg = f"{path} lacks rows. Run the check command on its folder."
        raise DataError(msg)
    added = _rows_of(table, own[table]) if table in own else []
    return [*rows, *(row for row in added if row not in rows)]


def _rows_of(table: str, path: Path) -> list[dict[str, str]]:
    columns = {field["name"] for field in table_fields(table)}
    try:
        text = files.content(path).decode("utf-8-sig")  # an own file may have Excel's mark
        reader = csv.DictReader(io.StringIO(text, newline=""))
        header, rows = reader.fieldnames or (), list(reader)
    except (UserError, UnicodeError, csv.Error) as error:
        msg = f"{path} cannot be read as the table of {table} ({error}). Run the check command on its folder."
        raise DataError(msg) from error
    if not columns <= set(header) or any(None in row.values() for row in rows):
        msg = f"{path} lacks columns. Run the check command on its folder."
        raise DataError(msg)
    return rows


def own_documents(data: Path) -> list[str] | None:
    """Return the ids of the documents that an overlay adds; None for a full set of tables."""
    own = own_files(data)
    if not own:
        return None
    documents = laid("documents", own)
    place = documents.header.cells.index("document_id")
    return [row.cells[place] for row in documents.rows if row.own]


def read(folder: Path) -> Tables:
    """Return the tables of a folder, unchecked."""
    return Tables.of(contents(folder))


def contents(folder: Path) -> dict[str, bytes]:
    """Return the tables as CSV files by name, the rows of an overlay laid in."""
    own = own_files(folder)
    if own:
        return {field.name: laid(field.name, own).text.encode() for field in fields(Tables)}
    return {field.name: files.content(folder / f"{field.name}.csv") for field in fields(Tables)}


def laid(table: str, own: dict[str, Path]) -> Laid:
    """Return a curated table with the rows of an overlay after its own."""
    curated = files.content(CURATED / f"{table}.csv").decode("utf-8")
    # Excel's byte-order mark stands in the header, which is not laid over; its line ends become LF in reading.
    added = files.content(own[table]).decode("utf-8").replace("\r\n", "\n") if table in own else ""
    key = described(table)["schema"]["primaryKey"]
    return lay(curated, added, [key] if isinstance(key, str) else key)
