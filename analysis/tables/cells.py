"""Cells that a generous reader takes for something: here a cell is exactly what its text says, or a fault."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ..files import LARGEST_TABLE

# Excel writes TRUE and FALSE. Digits are those of ASCII: Python reads others as well, pandas does not.
FORMS = {
    "number": r"(?!-0(\.0*)?$)-?(0|[1-9]\d*)(\.\d+)?",
    "integer": r"(?!-0$)-?(0|[1-9]\d{0,14})",
    "boolean": "true|false|True|False|TRUE|FALSE",
    "date": r"\d{4}-\d{2}-\d{2}",
}
EXPECTED = {
    "number": "a plain decimal such as 10.02",
    "integer": "a whole number such as 2025",
    "boolean": "true or false",
    "date": "a date such as 2022-10-21",
    "string": "text",
}
OTHER_MARKS = {";": "semicolons", "\t": "tabulators"}  # as some settings of Excel have it
LONGEST_CELL = 32_767  # characters; the workbook's cells hold no more
LONGEST_ID = 80  # characters; ids make names of files, which have at most 255 with all else in them
MOST_COLUMNS = 256  # more are no table of ours, and naming every wrong one would take for ever
# Kinds of characters that nobody sees: control and format characters, separators of lines and of paragraphs.
UNSEEN = {"Cc", "Cf", "Zl", "Zp"}

# Python's own limit of a cell is smaller, and frictionless lifts it: so that it does not matter which reads first.
csv.field_size_limit(LARGEST_TABLE)

# What is wrong with a cell, and the remedy.
Wrong = tuple[str, str]


def rows(text: str) -> Iterator[list[str]]:
    """Yield the rows of a CSV file's text. Raises `csv.Error` for quotes that do not pair."""
    return csv.reader(io.StringIO(text, newline=""), strict=True)


def wrong_shape(text: str) -> Iterator[tuple[int, str | None, Wrong]]:
    """Yield rows and columns for which a text is no table: open quotes, enormous cells, a host of columns."""
    header: list[str] = []
    number = 0
    try:
        for number, cells in enumerate(rows(text), 1):
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


def wrong_cells(text: str, fields: list[dict[str, Any]]) -> Iterator[tuple[int, str, str, Wrong]]:
    """Yield row, column, text and fault of every cell that is not in the form of its field."""
    for number, cells in enumerate(rows(text), 1):
        if number == 1 or len(cells) != len(fields):  # the schema reports such a row
            continue
        for field, cell in zip(fields, cells, strict=True):
            wrong = wrong_cell(cell, field) if cell else None
            if wrong:
                yield number, field["name"], cell, wrong


def wrong_cell(cell: str, field: dict[str, Any]) -> Wrong | None:
    """Return what is wrong with the form of a cell that is not empty.

    >>> wrong_cell("1_000", {"type": "number"})[0], wrong_cell("10.02", {"type": "number"})
    ('is not a plain decimal such as 10.02', None)
    """
    if field["type"] == "string":
        return _wrong_text(cell, field)
    if not re.fullmatch(FORMS[field["type"]], cell, re.ASCII):
        return wrong_form(field["type"])
    if field["type"] == "number" and Decimal(cell) != Decimal(repr(float(cell))):
        return "has more digits than a number keeps", "Write at most 15 digits."
    return None


def wrong_form(kind: str) -> Wrong:
    """Return what is wrong with a cell that is not of its kind, such as `number`."""
    expected = EXPECTED[kind]
    return f"is not {expected}", f"Write {expected}, or leave the cell empty where the document states nothing."


def wrong_pattern(field: dict[str, Any]) -> Wrong:
    """Return what is wrong with a text that has not the pattern of its field."""
    return f"is not written like {field['example']}", f"Expected: {field['description']}"


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
        return wrong_pattern(field)
    return None


def _too_long(length: int, longest: int) -> Wrong:
    return f"has {length:,} characters", f"Shorten it to {longest:,} at most."
