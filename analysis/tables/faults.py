"""Faults of the tables against their schema, each with its place and its remedy."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .. import plain
from ..errors import LISTED, quoted, suggest
from ..lean import ADDRESSES, without
from . import cells
from .cells import EXPECTED

with without(ADDRESSES):
    import jsonschema  # noqa: F401  # frictionless would load it later, with that part
    from frictionless import Checklist, Error, Package, Resource, errors

EMPTY = "(empty)"
# A reader of CSV that guesses takes a table with semicolons for a good one; the loader would not.
DIALECT = {"csv": {"delimiter": ",", "quoteChar": '"', "skipInitialSpace": False}}

BOM = b"\xef\xbb\xbf"

# Says in which file and row of it a row of the checked tables stands.
Locate = Callable[[str, int | None], tuple[str, int | None]]


def in_place(file: str, row: int | None) -> tuple[str, int | None]:
    """Return a row's place in tables that were read as they stand."""
    return file, row


@dataclass(frozen=True)
class Fault:
    """One fault: where it is as a spreadsheet shows it, what is wrong, and what to do."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                self.file,
                f"row {self.row}" if self.row else "",
                f"column {self.column}" if self.column else "",
            )
            if part
        )
        value = f"{quoted(self.value)} " if self.value is not None else ""
        return f"{place}: {value}{self.problem}. {self.remedy}"


def schema_faults(folder: Path, schema: dict[str, Any], locate: Locate = in_place) -> list[Fault]:
    """Return the faults of every file against the schema; unreadable files hide later faults.

    `locate` maps the rows of tables that were put together from several files to their own places.
    """
    unreadable = [fault for resource in schema["resources"] for fault in file_faults(folder / resource["path"])]
    if unreadable:
        return unreadable
    resources = [resource | {"dialect": DIALECT} for resource in schema["resources"]]
    report = Package(schema | {"resources": resources}, basepath=str(folder)).validate()
    found: list[Fault] = []
    for task, resource in zip(report.tasks, schema["resources"], strict=True):
        translated = [fault for error in task.errors for fault in _translate(error, resource, folder, locate)]
        for fault in [*translated, *_form_faults(folder, resource, translated)]:
            file, row = locate(fault.file, fault.row)
            found.append(replace(fault, file=file, row=row))
    return _merge(found)


def _form_faults(folder: Path, resource: dict[str, Any], found: list[Fault]) -> Iterator[Fault]:
    """Yield cells that pass the schema but are not in its form, those left out in which a fault was found already."""
    if any(fault.row == 1 for fault in found):  # without its header no column is known
        return
    named = {(fault.row, fault.column) for fault in found}
    text = (folder / resource["path"]).read_text(encoding="utf-8")
    for row, column, cell, wrong in cells.wrong_cells(text, resource["schema"]["fields"]):
        if (row, column) not in named:
            yield Fault(resource["path"], row, column, cell, *wrong)


def header_faults(folder: Path, resource: dict[str, Any]) -> list[Fault]:
    """Return the faults of the header row of one file."""
    alone = {name: part for name, part in resource["schema"].items() if name != "foreignKeys"}
    table = Resource(resource | {"schema": alone, "dialect": DIALECT}, basepath=str(folder))
    report = table.validate(Checklist(pick_errors=["#header"]))
    return [fault for error in report.tasks[0].errors for fault in _translate(error, resource, folder, in_place)]


def _merge(found: list[Fault]) -> list[Fault]:
    """Return one fault for all rows that share it: one missing city is one fault, not thirty."""
    groups: dict[Fault, list[int | None]] = {}
    for fault in found:
        groups.setdefault(replace(fault, row=None), []).append(fault.row)
    merged = []
    for fault, rows in groups.items():
        first, *rest = dict.fromkeys(rows)  # a row may have one fault in several cells
        others = ", ".join(map(str, rest[:LISTED])) + (f" and {len(rest) - LISTED} more" if len(rest) > LISTED else "")
        problem = fault.problem + (f", and so in row{'s' * (len(rest) > 1)} {others}" if others else "")
        merged.append(replace(fault, row=first, problem=problem))
    return merged


def file_faults(path: Path, *, own: bool = False) -> Iterator[Fault]:
    """Yield what makes a file unreadable as UTF-8 text with plain line ends.

    A user's `own` file may begin with a byte-order mark and end its lines with CR LF, as Excel writes them.
    """
    trouble = plain.trouble(path)
    if trouble:
        yield Fault(path.name, None, None, None, *trouble)
        return
    content = path.read_bytes()
    save = "Save the table as CSV in UTF-8 without a byte-order mark, with LF line ends."
    if own:
        content = content.removeprefix(BOM).replace(b"\r\n", b"\n")
        save = "Save the table as CSV in UTF-8; Excel calls it 'CSV UTF-8'."
    if not content.strip():
        yield Fault(path.name, None, None, None, "is empty", "Put back at least its header row.")
        return
    garbled = [*_garbled(path.name, content, save)]
    yield from garbled or _misshapen(path.name, content.decode("utf-8"), own=own)


def _garbled(file: str, content: bytes, save: str) -> Iterator[Fault]:
    """Yield bytes that no table in plain UTF-8 has."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        yield Fault(file, row, None, None, f"holds bytes that are not UTF-8 ({error.reason})", save)
    for mark, name in ((BOM, "a byte-order mark"), (b"\r", "CR line ends"), (b"\0", "a NUL byte")):
        if mark in content:
            row = content[: content.index(mark)].count(b"\n") + 1
            yield Fault(file, row, None, None, f"holds {name}", save)


def _misshapen(file: str, text: str, *, own: bool) -> Iterator[Fault]:
    """Yield where a text is no table, and a last line that is cut short; a user's editor may leave its end off."""
    wrong = [Fault(file, row, column, None, *why) for row, column, why in cells.wrong_shape(text)]
    yield from wrong
    if not (wrong or own or text.endswith("\n")):
        remedy = "The file may be cut short: put it back, or end its last line."
        yield Fault(file, text.count("\n") + 1, None, None, "the last line does not end", remedy)


def _translate(error: Error, resource: dict[str, Any], folder: Path, locate: Locate) -> Iterator[Fault]:
    """Yield a frictionless error as a fault in our words."""
    file = resource["path"]
    columns = {field["name"]: field for field in resource["schema"]["fields"]}
    primary = resource["schema"]["primaryKey"]
    keys = [primary] if isinstance(primary, str) else primary
    row = getattr(error, "row_number", None)
    column = getattr(error, "field_name", None)
    cell = getattr(error, "cell", None)
    if isinstance(error, errors.ForeignKeyError):
        yield from _foreign_key(error, file, folder)
    elif isinstance(error, errors.UniqueError):
        first = re.search(r"\d+", error.note)
        where = f" of row {locate(file, int(first.group()))[1]}" if first else ""
        yield Fault(file, row, column, cell, f"repeats the id{where}", "Give every row an id of its own.")
    elif isinstance(error, errors.PrimaryKeyError):
        if len(keys) > 1:  # a key of one column is unique by its own constraint, which is reported above
            remedy = "Keep one of the rows, or correct the one that is wrong."
            yield Fault(file, row, " and ".join(keys), None, "repeats the values of an earlier row", remedy)
    elif isinstance(error, errors.TypeError):
        expected = EXPECTED[columns[column]["type"]]
        remedy = f"Write {expected}, or leave the cell empty where the document states nothing."
        yield Fault(file, row, column, cell, f"is not {expected}", remedy)
    elif isinstance(error, errors.ConstraintError):
        yield _constraint(error, file, columns[column])
    elif isinstance(error, errors.HeaderError | errors.LabelError):
        yield _header(error, file, list(columns))
    elif isinstance(error, errors.ExtraCellError | errors.MissingCellError):
        word = "more" if isinstance(error, errors.ExtraCellError) else "fewer"
        remedy = "Quote cells that hold a comma, and keep one comma between all columns."
        yield Fault(file, row, None, cell or None, f"the row has {word} cells than the header", remedy)
    elif isinstance(error, errors.BlankRowError):
        yield Fault(file, row, None, None, "the row is blank", "Delete it.")
    else:
        yield Fault(file, row, column, cell, f"{error.title}: {error.note}", "Mend the file or put it back.")


def _foreign_key(error: errors.ForeignKeyError, file: str, folder: Path) -> Iterator[Fault]:
    column = error.field_names[0]
    target = error.reference_name or Path(file).stem
    key = error.reference_field_names[0]
    value = str(error.field_cells[0])
    with (folder / f"{target}.csv").open(encoding="utf-8", newline="") as lines:
        known = [row[key] for row in csv.DictReader(lines) if row.get(key)]
    remedy = f"{suggest(value, known)} Or add it to {target}.csv."
    yield Fault(file, error.row_number, column, value, f"is no {key} of {target}.csv", remedy)


def _constraint(error: errors.ConstraintError, file: str, field: dict[str, Any]) -> Fault:
    rules = field["constraints"]
    kind = re.search(r'constraint "(\w+)"', error.note)
    name = kind.group(1) if kind else "required"
    value = error.cell if error.cell not in (None, "") else EMPTY
    problem, remedy = {
        "required": ("is required", f"Fill in: {field['description']}"),
        "enum": ("is not allowed here", suggest(value, map(str, rules.get("enum", [])))),
        "pattern": (f"does not have the form {rules.get('pattern')}", f"Expected: {field['description']}"),
        "minimum": (f"is below {rules.get('minimum')}", "Check the number against the document."),
        "maximum": (f"is above {rules.get('maximum')}", "Check the number against the document."),
    }.get(name, (error.note, f"Expected: {field['description']}"))
    return Fault(file, error.row_number, error.field_name, value, problem, remedy)


def _header(error: Error, file: str, columns: list[str]) -> Fault:
    remedy = f"The header must read: {','.join(columns)}."
    label = getattr(error, "label", None) or None
    name = getattr(error, "field_name", None) or None
    problem = {
        "missing-label": f"the column {name!r} is missing",
        "extra-label": "is not a column of this table",
        "incorrect-label": f"stands where the column {name!r} should",
        "duplicate-label": "stands twice in the header",
        "blank-label": "a column has no name",
        "blank-header": "the header is blank",
    }.get(error.type, error.note)
    return Fault(file, 1, None, label, problem, remedy)
