"""Faults of the tables against their schema, found by frictionless and put in our words."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..errors import LISTED, suggest
from ..lean import ADDRESSES, without
from . import cells
from .faults import Fault, Locate, file_faults, in_place

with without(ADDRESSES):
    import jsonschema  # noqa: F401  # frictionless would load it later, with that part
    from frictionless import Checklist, Error, Package, Resource, errors

EMPTY = "(empty)"
UNEVEN = (errors.ExtraCellError, errors.MissingCellError)  # of a row with more or fewer cells than the header
# A reader of CSV that guesses takes a table with semicolons for a good one; the loader would not.
DIALECT = {"csv": {"delimiter": ",", "quoteChar": '"', "skipInitialSpace": False}}


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
        told = _causes(task.errors)
        translated = [fault for error in told for fault in _translate(error, resource, folder, locate)]
        for fault in [*translated, *_form_faults(folder, resource, translated)]:
            file, row = locate(fault.file, fault.row)
            found.append(replace(fault, file=file, row=row))
    return _merge(found)


def _causes(found: list[Error]) -> Iterator[Error]:
    """Yield errors without those that only follow: in an uneven row, cells stand in the columns of others."""
    uneven = {error.row_number for error in found if isinstance(error, UNEVEN)}
    seen: set[int] = set()
    for error in found:
        row = getattr(error, "row_number", None)
        if row not in uneven:
            yield error
        elif isinstance(error, UNEVEN) and row not in seen:
            seen.add(row)
            yield error


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


def _translate(error: Error, resource: dict[str, Any], folder: Path, locate: Locate) -> Iterator[Fault]:
    """Yield a frictionless error as a fault in our words."""
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    file = resource["path"]
    if isinstance(error, errors.HeaderError | errors.LabelError):
        yield _header(error, file, list(fields))
    elif isinstance(error, errors.ForeignKeyError):
        yield _foreign_key(error, file, folder)
    elif isinstance(error, errors.UniqueError):
        yield _repeated(error, file, locate)
    elif isinstance(error, errors.TypeError):
        wrong = cells.wrong_form(fields[error.field_name]["type"])
        yield Fault(file, error.row_number, error.field_name, error.cell, *wrong)
    elif isinstance(error, errors.ConstraintError):
        yield _constraint(error, file, fields[error.field_name])
    else:
        yield from _of_row(error, resource)


def _of_row(error: Error, resource: dict[str, Any]) -> Iterator[Fault]:
    """Yield the fault of a whole row; a key of one column is unique by its own constraint, which is told already."""
    file, row, key = resource["path"], getattr(error, "row_number", None), resource["schema"]["primaryKey"]
    if isinstance(error, errors.PrimaryKeyError):
        if not isinstance(key, str) and len(key) > 1:
            remedy = "Keep one of the rows, or correct the one that is wrong."
            yield Fault(file, row, " and ".join(key), None, "repeats the values of an earlier row", remedy)
    elif isinstance(error, UNEVEN):
        word = "more" if isinstance(error, errors.ExtraCellError) else "fewer"
        remedy = "Quote cells that hold a comma, and keep one comma between all columns."
        yield Fault(file, row, None, error.cell or None, f"the row has {word} cells than the header", remedy)
    elif isinstance(error, errors.BlankRowError):
        yield Fault(file, row, None, None, "the row is blank", "Delete it.")
    else:
        column, cell = getattr(error, "field_name", None), getattr(error, "cell", None)
        yield Fault(file, row, column, cell, f"{error.title}: {error.note}", "Mend the file or put it back.")


def _repeated(error: errors.UniqueError, file: str, locate: Locate) -> Fault:
    first = re.search(r"\d+", error.note)
    where = f" of row {locate(file, int(first.group()))[1]}" if first else ""
    remedy = "Give every row an id of its own."
    return Fault(file, error.row_number, error.field_name, error.cell, f"repeats the id{where}", remedy)


def _foreign_key(error: errors.ForeignKeyError, file: str, folder: Path) -> Fault:
    column = error.field_names[0]
    target = error.reference_name or Path(file).stem
    key = error.reference_field_names[0]
    value = str(error.field_cells[0])
    with (folder / f"{target}.csv").open(encoding="utf-8", newline="") as lines:
        known = [row[key] for row in csv.DictReader(lines) if row.get(key)]
    remedy = f"{suggest(value, known)} Or add it to {target}.csv."
    return Fault(file, error.row_number, column, value, f"is no {key} of {target}.csv", remedy)


def _constraint(error: errors.ConstraintError, file: str, field: dict[str, Any]) -> Fault:
    rules = field["constraints"]
    kind = re.search(r'constraint "(\w+)"', error.note)
    name = kind.group(1) if kind else "required"
    check = "Check the number against the document."
    wrong: dict[str, cells.Wrong] = {
        "required": ("is required", f"Fill in: {field['description']}"),
        "enum": ("is not allowed here", suggest(error.cell, map(str, rules.get("enum", [])))),
        "minimum": (f"is below {rules.get('minimum')}", check),
        "maximum": (f"is above {rules.get('maximum')}", check),
    }
    told = (
        cells.wrong_pattern(field)
        if name == "pattern"
        else wrong.get(name, (error.note, f"Expected: {field['description']}"))
    )
    return Fault(file, error.row_number, error.field_name, error.cell if error.cell not in (None, "") else EMPTY, *told)


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
