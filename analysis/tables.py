"""Load, check and join the curated tables; no other module reads `data/`."""

import csv
import hashlib
import io
import json
import os
import tempfile
from collections.abc import Hashable
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from . import plain
from .errors import LISTED, DataError, UserError, quoted, suggest
from .paths import ROOT, data_folder

if TYPE_CHECKING:
    import pandas as pd

    from .faults import Fault
    from .overlay import Laid

# One row of a table by column, as a data frame gives its records.
Record = dict[Hashable, Any]


class Cells(Protocol):
    """What gives a cell for the name of its column: a record, another mapping or a Series."""

    def __getitem__(self, column: str, /) -> Any:
        """Return one cell."""


CURATED = ROOT / "data"
SCHEMA = CURATED / "datapackage.json"
# Set by a build to the digest of tables it has checked, so that its notebooks do not check them again.
CHECKED_VARIABLE = "IP_PLANS_CHECKED"
# Names the file in which a run notes the tables that it reads: a report is stale when one of them changes.
READ_VARIABLE = "IP_PLANS_READ"
SHOWN_FAULTS = 12  # as many as one screen holds


@dataclass(frozen=True)
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
    sources: "pd.DataFrame"
    observations: "pd.DataFrame"
    goalposts: "pd.DataFrame"

    @classmethod
    def of(cls, contents: dict[str, bytes]) -> "Tables":
        """Return tables that parse the CSV files given by name when they are asked for."""
        tables = cls.__new__(cls)
        object.__setattr__(tables, "_contents", contents)
        return tables

    def __getattr__(self, name: str) -> "pd.DataFrame":
        """Parse a table that is asked for first, and note that it was read."""
        contents = self.__dict__.get("_contents", {})
        if name not in contents:
            msg = f"There is no table {name!r}. {suggest(name, contents)}"
            raise AttributeError(msg)
        frame = _parse(name, contents[name])
        object.__setattr__(self, name, frame)
        _note_read(name)
        return frame


@cache
def schema() -> dict[str, Any]:
    """Return `data/datapackage.json`, the single description of every table."""
    return _described(plain.content(SCHEMA, plain.LARGEST_SCHEMA))


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
    found: list[dict[str, Any]] = _resource(table)["schema"]["fields"]
    return found


def _resource(table: str) -> dict[str, Any]:
    return next(resource for resource in schema()["resources"] if resource["name"] == table)


def own_files(folder: Path) -> dict[str, Path]:
    """Return the files of an overlay by table; none for a full set of tables, which has its `datapackage.json`.

    An overlay holds a user's own rows only, in any of the tables; they lie over the curated ones.
    Raises `UserError` for a folder that holds no table, and for a CSV file that is none.
    """
    if not folder.is_dir():
        msg = f"{quoted(folder)} is not a folder. Give the folder that holds the tables, such as data/."
        raise UserError(msg)
    if (folder / SCHEMA.name).is_file():
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
    found = {SCHEMA.name: hashlib.sha256(SCHEMA.read_bytes()).hexdigest()}
    for resource in schema()["resources"]:
        paths = [(CURATED if own else folder) / resource["path"], own.get(resource["name"])]
        # A file that is not read cannot pass the check either, without which no report is made of it.
        parts = [b"missing" if path is None or plain.trouble(path) else path.read_bytes() for path in paths]
        found[resource["path"]] = hashlib.sha256(b"%d:" % len(parts[0]) + b"".join(parts)).hexdigest()
    return found


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
    (folder / SCHEMA.name).write_bytes(SCHEMA.read_bytes())
    for name, content in _contents(data).items():
        (folder / f"{name}.csv").write_bytes(content)


def city_ids(data: Path | None = None) -> list[str]:
    """Return the ids of the cities, benchmarks left out, without importing pandas."""
    return [row["city_id"] for row in _city_rows(data) if row["kind"] == "city"]


def city_names(data: Path | None, lang: str) -> dict[str, str]:
    """Return the name of every city in a language by its id, without importing pandas."""
    return {row["city_id"]: row[f"name_{lang}"] for row in _city_rows(data)}


def _city_rows(data: Path | None) -> list[dict[str, str]]:
    folder = data or data_folder()
    own = own_files(folder)
    path = (CURATED if own else folder) / "cities.csv"
    rows = _rows_of_cities(path)
    if not rows:
        msg = f"{path} lacks rows. Run the check command on its folder."
        raise DataError(msg)
    added = _rows_of_cities(own["cities"]) if "cities" in own else []
    return [*rows, *(row for row in added if row not in rows)]


def _rows_of_cities(path: Path) -> list[dict[str, str]]:
    columns = {field["name"] for field in table_fields("cities")}
    try:
        text = plain.content(path).decode("utf-8-sig")  # an own file may have Excel's mark
        reader = csv.DictReader(io.StringIO(text, newline=""))
        header, rows = reader.fieldnames or (), list(reader)
    except (UserError, UnicodeError, csv.Error) as error:
        msg = f"{path} cannot be read as the table of cities ({error}). Run the check command on its folder."
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
    laid = _laid("documents", own)
    place = laid.header.cells.index("document_id")
    return [row.cells[place] for row in laid.rows if row.own]


def validate(data: Path | None = None) -> "list[Fault]":
    """Return every fault of the tables in a folder; an empty list means that they may be used."""
    from . import faults, rules  # frictionless takes 0.3 s to import

    folder = data or data_folder()
    own = own_files(folder)
    if own:
        return _overlay_faults(folder, own)
    found = faults.schema_faults(folder, schema())
    return found or rules.rule_faults(_read(folder))


def _overlay_faults(folder: Path, own: dict[str, Path]) -> "list[Fault]":
    """Return the faults of an overlay: those of its files alone, else those of the tables that it makes."""
    from . import faults, overlay, rules

    paths = [CURATED / resource["path"] for resource in schema()["resources"]]
    alone = [replace(fault, file=f"data/{fault.file}") for path in paths for fault in faults.file_faults(path)]
    alone += [fault for path in own.values() for fault in faults.file_faults(path, own=True)]
    alone = alone or [fault for name in own for fault in faults.header_faults(folder, _resource(name))]
    if alone:
        return alone
    laid = {resource["name"]: _laid(resource["name"], own) for resource in schema()["resources"]}
    places = overlay.Places(laid, schema())
    with tempfile.TemporaryDirectory(prefix="tables-") as whole:
        for resource in schema()["resources"]:
            (Path(whole) / resource["path"]).write_text(laid[resource["name"]].text, encoding="utf-8", newline="\n")
        found = [*places.clashes(), *faults.schema_faults(Path(whole), schema(), places.locate)]
    return found or [placed for fault in rules.rule_faults(_read(folder)) for placed in places.place(fault)]


def load(data: Path | str | None = None) -> Tables:
    """Return the checked tables of a folder, by default the project's own.

    Raises `DataError` listing the faults where the tables hold any.
    """
    folder = Path(data) if data else data_folder()
    if not known_valid(found := digest(folder)):
        require_valid(folder)
        _valid.add(found)
    return _read(folder)


_valid: set[str] = set()  # the digests of tables in which this process found no fault


def known_valid(found: str) -> bool:
    """Say whether tables of this digest were checked by this process or by the build that it belongs to."""
    return found in _valid or found == os.environ.get(CHECKED_VARIABLE)


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


def select_cities(tables: Tables, cities: list[str] | None = None) -> list[str]:
    """Return the chosen city ids in the order of cities.csv, all of them when none is chosen."""
    known = tables.cities.loc[tables.cities["kind"] == "city", "city_id"].tolist()
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


def _read(folder: Path) -> Tables:
    return Tables.of(_contents(folder))


def _contents(folder: Path) -> dict[str, bytes]:
    """Return the tables as CSV files by name, the rows of an overlay laid in."""
    own = own_files(folder)
    if own:
        return {field.name: _laid(field.name, own).text.encode() for field in fields(Tables)}
    return {field.name: plain.content(folder / f"{field.name}.csv") for field in fields(Tables)}


def _parse(table: str, content: bytes) -> "pd.DataFrame":
    """Return a table as a typed data frame, empty cells missing."""
    import pandas as pd

    kinds = {"integer": "Int64", "number": "float64", "boolean": "boolean"}
    columns = {field["name"]: kinds.get(field["type"], "str") for field in table_fields(table)}
    return pd.read_csv(io.BytesIO(content), dtype=columns, keep_default_na=False, na_values=[""], encoding="utf-8")


def _note_read(table: str) -> None:
    if os.environ.get(READ_VARIABLE):
        with Path(os.environ[READ_VARIABLE]).open("a", encoding="utf-8") as notes:
            notes.write(f"{table}.csv\n")


def _laid(table: str, own: dict[str, Path]) -> "Laid":
    """Return a curated table with the rows of an overlay after its own."""
    from .overlay import lay

    curated = plain.content(CURATED / f"{table}.csv").decode("utf-8")
    # Excel's byte-order mark stands in the header, which is not laid over; its line ends become LF in reading.
    added = plain.content(own[table]).decode("utf-8").replace("\r\n", "\n") if table in own else ""
    key = _resource(table)["schema"]["primaryKey"]
    return lay(curated, added, [key] if isinstance(key, str) else key)
