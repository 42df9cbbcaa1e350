"""Check the tables against their schema and the rules between them, and load them where they hold no fault.

The schema is a Frictionless Tabular Data Package; the tests validate it and the tables by frictionless, but a user's
tables are checked here. With frictionless (5.21), code of ours stood beside it twice: 177 lines to put its messages in
words with a remedy, and 126 to refuse what its generous reader takes for a number or a text, such as `1_000`, `NaN` and
characters that nobody sees. Its import took 0.24 s and the 15 tables 0.35 s, where this takes 0.02 s: the whole command
went from 1.15 s to 0.42 s, and 22 packages are needed no longer (two cores, December 2026). `tests/faults/corrupt.py`
tries what either must find.
"""

import csv
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from .. import files
from ..errors import LISTED, DataError, suggest
from ..files import data_folder
from .datapackage import Fault, Tables, columns, described, primary_key, required, table_fields
from .folders import Laid, Row, TableFile, csv_rows, digest, lay, read, table_files

# Set by a build to the digest of tables it has checked, so that its notebooks do not check them again.
CHECKED_VARIABLE = "IP_PLANS_CHECKED"
SHOWN_FAULTS = 12  # as many as one screen holds

BOM = b"\xef\xbb\xbf"
OTHER_MARKS = {";": "semicolons", "\t": "tabulators"}  # as some settings of Excel have it
LONGEST_CELL = 32_767  # characters; the workbook's cells hold no more
LONGEST_ID = 80  # characters; ids make names of files, which have at most 255 with all else in them
MOST_COLUMNS = 256  # more are no table of ours, and naming every wrong one would take for ever
# Kinds of characters that nobody sees: control and format characters, separators of lines and of paragraphs.
UNSEEN = {"Cc", "Cf", "Zl", "Zp"}
EMPTY = "(empty)"
# The form of a cell of each type that is no text, and what it is called. Excel writes TRUE and FALSE. Digits are those
# of ASCII: Python reads others as well, pandas does not.
FORMS = {
    "number": (r"(?!-0(\.0*)?$)-?(0|[1-9]\d*)(\.\d+)?", "a plain decimal such as 10.02"),
    "integer": (r"(?!-0$)-?(0|[1-9]\d{0,14})", "a whole number such as 2025"),
    "boolean": ("true|false|True|False|TRUE|FALSE", "true or false"),
    "date": (r"\d{4}-\d{2}-\d{2}", "a date such as 2022-10-21"),
}

# What is wrong with a cell, and the remedy.
Wrong = tuple[str, str]


def validate(data: Path | None = None) -> list[Fault]:
    """Return the faults of the tables in a folder; an empty list means that they may be used.

    They come in rounds: all of files and header rows, else all against the schema, else all against the rules,
    which need every cell in its form. Those of an overlay stand in the user's own files where they can.
    """
    folder = data or data_folder()
    held = table_files(folder)
    each = [file for kept in held.values() for file in kept]
    found = [fault for file in each for fault in _file_faults(file)]
    found = found or [fault for file in each for fault in _header_faults(file)]
    if found:
        return found
    laid = {table: lay(kept) for table, kept in held.items()}
    found = _merged(_first_of_each_cell(chain.from_iterable(_schema_faults(table, laid) for table in laid)))
    if found:
        return found
    from . import rules  # late, as it imports pandas

    return [placed for fault in rules.rule_faults(read(folder)) for placed in _placed(fault, laid)]


def load(data: Path | str | None = None) -> Tables:
    """Return the checked tables of a folder, by default the project's own.

    Raises `DataError` listing the faults where the tables hold any.
    """
    folder = Path(data) if data else data_folder()
    if not known_valid(found := digest(folder)):
        require_valid(folder)
        _valid.add(found)
    return read(folder)


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


# Files


def _file_faults(file: TableFile) -> Iterator[Fault]:
    """Yield what makes a file unreadable as a table in UTF-8 with plain line ends.

    A user's own file may begin with a byte-order mark and end its lines with CR LF, as Excel writes them.
    """
    content, trouble = files.attempt(file.path)
    if trouble:
        yield Fault(file.name, None, None, None, *trouble)
        return
    save = "Save the table as CSV in UTF-8 without a byte-order mark, with LF line ends."
    if file.own:
        content = content.removeprefix(BOM).replace(b"\r\n", b"\n")
        save = "Save the table as CSV in UTF-8; Excel calls it 'CSV UTF-8'."
    if not content.strip():
        yield Fault(file.name, None, None, None, "is empty", "Put back at least its header row.")
        return
    garbled = [Fault(file.name, row, None, None, problem, save) for row, problem in _garbled(content)]
    yield from garbled or _misshapen(file, content.decode("utf-8"))


def _garbled(content: bytes) -> Iterator[tuple[int, str]]:
    """Yield rows with bytes that no table in plain UTF-8 has."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        yield content[: error.start].count(b"\n") + 1, f"holds bytes that are not UTF-8 ({error.reason})"
    for mark, name in ((BOM, "a byte-order mark"), (b"\r", "CR line ends"), (b"\0", "a NUL byte")):
        if mark in content:
            yield content[: content.index(mark)].count(b"\n") + 1, f"holds {name}"


def _misshapen(file: TableFile, text: str) -> Iterator[Fault]:
    """Yield where a text is no table, and a last line that is cut short; a user's editor may leave its end off."""
    wrong = [Fault(file.name, row, column, None, *why) for row, column, why in _wrong_shape(text)]
    yield from wrong
    if not (wrong or file.own or text.endswith("\n")):
        remedy = "The file may be cut short: put it back, or end its last line."
        yield Fault(file.name, text.count("\n") + 1, None, None, "the last line does not end", remedy)


def _wrong_shape(text: str) -> Iterator[tuple[int, str | None, Wrong]]:
    """Yield rows and columns for which a text is no table: open quotes, enormous cells, a host of columns."""
    header: list[str] = []
    number = 0
    try:
        for number, cells in enumerate(csv_rows(text), 1):
            header = header or cells
            if not header:
                yield number, None, ("the header is blank", "Begin the file with its header row.")
                return
            other = next((name for mark, name in OTHER_MARKS.items() if mark in header[0]), None)
            if len(header) == 1 and other:
                yield number, None, (f"separates its cells by {other}", "Save it as CSV with commas, in UTF-8.")
                return
            if len(cells) > MOST_COLUMNS:
                yield number, None, (f"has {len(cells):,} columns", "Keep to the columns of the table.")
                return
            for name, cell in zip(header, cells, strict=False):
                if len(cell) > LONGEST_CELL:
                    yield number, name, _too_long(len(cell), LONGEST_CELL)
    except csv.Error:
        problem = "begins a cell in quotation marks that does not end as one"
        remedy = 'Put a cell that holds a quotation mark in quotation marks, and double the one in it: "a ""b""".'
        yield number + 1, None, (problem, remedy)


def _header_faults(file: TableFile) -> Iterator[Fault]:
    """Yield what is wrong with the header row of a file: its columns may have any order and need not be all."""
    known, header = columns(file.table), next(csv_rows(files.content(file.path).decode("utf-8-sig")))
    for place, name in enumerate(header):
        if not name:
            yield Fault(file.name, 1, None, None, f"column {place + 1} has no name", f"Name it. {suggest('', known)}")
        elif name not in known:
            yield Fault(file.name, 1, None, name, "is not a column of this table", suggest(name, known))
        elif name in header[:place]:
            yield Fault(file.name, 1, None, name, "stands twice in the header", "Keep one of the two columns.")
    meaning = {field["name"]: field["description"] for field in table_fields(file.table)}
    for name in required(file.table):
        if name not in header:
            yield Fault(file.name, 1, None, None, f"the column {name!r} is missing", f"Add it: {meaning[name]}")


# Cells and keys


def _schema_faults(table: str, laid: dict[str, Laid]) -> Iterator[Fault]:
    """Yield the faults of one table against the schema: rows and cells, then what they repeat and refer to."""
    yield from laid[table].clashes
    yield from chain.from_iterable(map(_row_faults, laid[table].rows))
    whole = {name: [row for row in kept.rows if not row.extra] for name, kept in laid.items()}
    yield from _repeated(table, whole[table])
    yield from _dangling(table, whole)


def _row_faults(row: Row) -> Iterator[Fault]:
    """Yield the faults of a row by itself; where its cells may stand in the columns of others, that alone."""
    place = (row.file.name, row.number)
    if not any(row.cells):
        yield Fault(*place, None, None, "the row is blank", "Delete it.")
    elif row.extra:
        problem = f"the row has {'more' if row.extra > 0 else 'fewer'} cells than the header"
        remedy = "Quote cells that hold a comma, and keep one comma between all columns."
        yield Fault(*place, None, None, problem, remedy)
    else:
        for field, cell in zip(table_fields(row.file.table), row.cells, strict=True):
            if wrong := wrong_cell(cell, field):
                yield Fault(*place, field["name"], cell or EMPTY, *wrong)


def wrong_cell(cell: str, field: dict[str, Any]) -> Wrong | None:
    """Return what is wrong with a cell: it must be exactly what its text says, in the form of its field.

    >>> wrong_cell("1_000", {"type": "number"})[0], wrong_cell("10.02", {"type": "number"})
    ('is not a plain decimal such as 10.02', None)
    """
    rules = field.get("constraints", {})
    if not cell:
        return ("is required", f"Fill in: {field['description']}") if rules.get("required") else None
    form = _wrong_text(cell, field) if field["type"] == "string" else _wrong_form(cell, field["type"])
    return form or _wrong_value(cell, rules)


def _wrong_form(cell: str, kind: str) -> Wrong | None:
    """Return what is wrong with the form of a number, a date or a truth value."""
    form, name = FORMS[kind]
    if not re.fullmatch(form, cell, re.ASCII) or (kind == "date" and not _in_calendar(cell)):
        return f"is not {name}", f"Write {name}, or leave the cell empty where the document states nothing."
    if kind == "number" and Decimal(cell) != Decimal(repr(float(cell))):
        return "has more digits than a number keeps", "Write at most 15 digits."
    return None


def _in_calendar(day: str) -> bool:
    try:
        return bool(date.fromisoformat(day))
    except ValueError:
        return False


def _wrong_text(cell: str, field: dict[str, Any]) -> Wrong | None:
    """Return what is wrong with a text: what nobody sees in it, or another form than its pattern's."""
    for char in cell:
        if (unicodedata.category(char) in UNSEEN and char != "\n") or unicodedata.combining(char):
            name = unicodedata.name(char, "a control character")
            return f"holds U+{ord(char):04X} ({name}), which is not seen", "Type the text anew."
    if cell != cell.strip():
        return "begins or ends with white space", "Delete it."
    rules = field.get("constraints", {})
    if rules.get("unique") and len(cell) > LONGEST_ID:
        return _too_long(len(cell), LONGEST_ID)
    if "pattern" in rules and not re.fullmatch(rules["pattern"], cell, re.ASCII):
        return f"is not written like {field['example']}", f"Expected: {field['description']}"
    return None


def _wrong_value(cell: str, rules: dict[str, Any]) -> Wrong | None:
    """Return what is wrong with a cell in its form: a word of no vocabulary, a number out of range."""
    check = "Check the number against the document."
    allowed = [str(value) for value in rules.get("enum", [cell])]
    if cell not in allowed:
        return "is not allowed here", suggest(cell, allowed)
    if "minimum" in rules and Decimal(cell) < rules["minimum"]:
        return f"is below {rules['minimum']}", check
    if "maximum" in rules and Decimal(cell) > rules["maximum"]:
        return f"is above {rules['maximum']}", check
    return None


def _too_long(length: int, longest: int) -> Wrong:
    return f"has {length:,} characters", f"Shorten it to {longest:,} at most."


def _repeated(table: str, rows: list[Row]) -> Iterator[Fault]:
    """Yield rows with the key of an earlier one."""
    key = primary_key(table)
    places = [columns(table).index(name) for name in key]
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        cells = tuple(row.cells[place] for place in places)
        earlier = first.setdefault(cells, row)
        if earlier is row or not all(cells):
            continue
        place = (row.file.name, row.number, " and ".join(key))
        if len(key) == 1:
            remedy = "Give every row an id of its own."
            yield Fault(*place, cells[0], f"repeats the id of row {earlier.number}", remedy)
        else:
            remedy = "Keep one of the rows, or correct the one that is wrong."
            yield Fault(*place, None, f"repeats the values of row {earlier.number}", remedy)


def _dangling(table: str, whole: dict[str, list[Row]]) -> Iterator[Fault]:
    """Yield cells that refer to a row of a table that has no such row."""
    for reference in described(table)["schema"].get("foreignKeys", []):
        column, target, key = _reference(table, reference)
        place, there = columns(table).index(column), columns(target).index(key)
        known = {row.cells[there] for row in whole[target]}
        remedies: dict[str, str] = {}
        for row in whole[table]:
            cell = row.cells[place]
            if cell and cell not in known:
                remedies[cell] = remedies.get(cell) or f"{suggest(cell, known)} Or add it to {target}.csv."
                yield Fault(row.file.name, row.number, column, cell, f"is no {key} of {target}.csv", remedies[cell])


def _reference(table: str, key: dict[str, Any]) -> tuple[str, str, str]:
    """Return the column of a foreign key, the table that it refers to and the column there."""
    return key["fields"][0], key["reference"]["resource"] or table, key["reference"]["fields"][0]


def _first_of_each_cell(found: Iterable[Fault]) -> list[Fault]:
    """Return the faults without any but the first of a cell: the others only follow."""
    first: dict[tuple[str, int | None, str | None], Fault] = {}
    for fault in found:
        first.setdefault((fault.file, fault.row, fault.column), fault)
    return list(first.values())


def _merged(found: list[Fault]) -> list[Fault]:
    """Return one fault for all rows that share it: one missing city is one fault, not thirty."""
    groups: dict[Fault, list[int | None]] = {}
    for fault in found:
        groups.setdefault(replace(fault, row=None), []).append(fault.row)
    merged = []
    for fault, (first, *rest) in groups.items():
        others = ", ".join(map(str, rest[:LISTED])) + (f" and {len(rest) - LISTED} more" if len(rest) > LISTED else "")
        problem = fault.problem + (f", and so in row{'s' * (len(rest) > 1)} {others}" if others else "")
        merged.append(replace(fault, row=first, problem=problem))
    return merged


# Rules


def _placed(fault: Fault, laid: dict[str, Laid]) -> Iterator[Fault]:
    """Yield a fault of the laid tables in the user's own rows, be it that they put a curated row at fault."""
    table = fault.file.removesuffix(".csv")
    row = laid[table].rows[(fault.row or 2) - 2]
    referring = list(_referring(fault, row, laid)) if row.file.name != fault.file else []
    yield from referring or [replace(fault, file=row.file.name, row=row.number)]


def _referring(fault: Fault, curated: Row, laid: dict[str, Laid]) -> Iterator[Fault]:
    """Yield the fault of a curated row at the user's rows that name it, such as a second primary theme."""
    for table in laid:
        for reference in described(table)["schema"].get("foreignKeys", []):
            column, target, key = _reference(table, reference)
            if target != curated.file.table:
                continue
            place, value = columns(table).index(column), curated.cells[columns(target).index(key)]
            for row in laid[table].rows:
                if row.file.own and row.cells[place] == value:
                    yield replace(fault, file=row.file.name, row=row.number, column=column, value=value)
