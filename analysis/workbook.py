"""Write all tables into one Excel workbook: a page to read first, then a filterable table a sheet."""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import plain, tables
from .digests import digest_code, digest_file
from .errors import UserError
from .files import replace_file
from .paths import LOCK

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from .sheets import Sheet

NAME = "targets.xlsx"
STATE = "targets.json"  # what the workbook was made of, so that it is made anew only where that changed
CREATED = datetime(2026, 1, 1)  # fixed, so that the time of writing does not change the file
NARROW, WIDE = 9, 46  # characters
FIRST_SHEET = "Read me 说明"
LINES = (
    ("An empty cell means not stated; it never means zero.", "空单元格表示“未写明”，绝不表示零。"),
    (
        "Printed cells hold exactly what the document has; numbers hold the same in the unit of the row.",
        "“原文”各列与文件完全一致；数值列为同一数值，以该行单位计。",
    ),
    (
        "Dates are text, for many name a year or a month only; years are whole numbers.",
        "日期为文本，因许多只写年或月；年份为整数。",
    ),
    ("Rates are fractions shown as per cent.", "增长率为小数，以百分数显示。"),
    (
        "What we infer is marked as inferred, and the note gives the evidence.",
        "由我们推定的内容均注明，依据见说明列。",
    ),
    ("Whether two targets may be compared stands in the sheet on comparability.", "两项目标能否比较，见可比性表。"),
)


def make(data: Path, folder: Path) -> bool:
    """Write the workbook into a folder unless the one there is made of just these tables and this code.

    Returns whether it was written. Raises `DataError` for faulty tables, `UserError` for a folder
    that cannot be written.
    """
    path, state, key = folder / NAME, folder / STATE, _key(data)
    if _read(state) == {"key": key, "sha256": digest_file(path)}:
        return False
    plans = tables.load(data)
    replace_file(path, lambda draft: write(plans, draft))
    text = json.dumps({"key": key, "sha256": digest_file(path)}, indent=1)
    replace_file(state, lambda draft: draft.write_text(text + "\n", encoding="utf-8"))
    return True


def write(plans: tables.Tables, path: Path) -> None:
    """Write the workbook of some tables; the same tables give the same bytes.

    Raises `OSError` where the file cannot be written.
    """
    # Here, as for most builds the workbook is up to date: they import neither pandas nor this.
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    from .sheets import sheets

    held = sheets(plans)
    try:
        with Workbook(path) as book:
            book.set_properties({"title": tables.schema()["title"], "created": CREATED})
            formats = _formats(book)
            _write_first(book.add_worksheet(FIRST_SHEET), plans, held, formats)
            for sheet in held:
                _write_sheet(book.add_worksheet(sheet.title), sheet, formats)
    except FileCreateError as error:  # it hides what the system said
        raise error.args[0] from None


def _formats(book: "Workbook") -> dict[str, "Format"]:
    common = {"valign": "top", "font_size": 10}
    return {
        "title": book.add_format({"bold": True, "font_size": 14, "valign": "top", "text_wrap": True}),
        "heading": book.add_format({**common, "bold": True, "text_wrap": True, "bottom": 1}),
        "string": book.add_format({**common, "text_wrap": True}),
        "integer": book.add_format({**common, "num_format": "0"}),
        "number": book.add_format(common),
        "rate": book.add_format({**common, "num_format": "0.00%"}),
        "boolean": book.add_format(common),
    }


def _write_first(page: "Worksheet", plans: tables.Tables, held: "list[Sheet]", formats: dict[str, "Format"]) -> None:
    """Write what the workbook is, where it comes from, how to read it, and what every column means."""
    about, documents = tables.schema(), plans.documents[["number", "title_en", "title_zh"]]
    page.set_column(0, 0, 34)
    page.set_column(1, 2, 62)
    page.hide_gridlines(2)
    rows = [
        ("title", "Read me · 说明", about["title"], about["title_zh"]),
        ("string", "", about["description"], about["description_zh"]),
        ("string", "Version · 版本", about["version"], about["version"]),
        ("string", "Licence · 许可", about["licenses"][0]["title"], about["licenses"][0]["name"]),
        ("heading", "How to read · 阅读说明", "", ""),
        *(("string", "", *line) for line in LINES),
        ("heading", "Documents · 文件", "", ""),
        *(("string", *cells) for cells in documents.fillna("").itertuples(index=False)),
    ]
    for sheet in held:
        rows.append(("heading", sheet.title, sheet.en, sheet.zh))
        rows += [("string", column.heading, column.en, column.zh) for column in sheet.columns]
    for place, (form, *cells) in enumerate(rows):
        for column, text in enumerate(cells):
            page.write_string(place, column, text, formats[form])


def _write_sheet(page: "Worksheet", sheet: "Sheet", formats: dict[str, "Format"]) -> None:
    """Write one table: headings that stay in sight, filters, numbers as numbers and missing cells empty."""
    for place, column in enumerate(sheet.columns):
        values = sheet.frame[column.name].astype(object).where(sheet.frame[column.name].notna(), None).tolist()
        form = formats.get(column.kind, formats["string"])
        page.set_column(place, place, _width(column.heading, values), form)
        for row, value in enumerate(values, start=1):
            _write_cell(page, row, place, value, column.kind, form)
    headings = [{"header": column.heading, "header_format": formats["heading"]} for column in sheet.columns]
    shape = {"name": sheet.id, "columns": headings, "style": "Table Style Light 1"}
    page.add_table(0, 0, max(len(sheet.frame), 1), len(headings) - 1, shape)
    page.freeze_panes(1, 1)


def _write_cell(page: "Worksheet", row: int, column: int, value: Any, kind: str, form: "Format") -> None:
    if value is None:
        return
    if kind == "boolean":
        page.write_boolean(row, column, bool(value), form)
    elif kind in ("integer", "number", "rate"):
        page.write_number(row, column, float(value), form)
    else:  # as a string whatever it looks like: `write` would make a formula of "=1+1", a link of an address
        page.write_string(row, column, str(value), form)


def _width(heading: str, values: list[Any]) -> float:
    """Return a width in characters that most cells fit in; Chinese takes two, and long cells wrap."""
    lengths = sorted(_length(str(value)) for value in values if value is not None)
    most = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    return min(max(most + 2, _length(heading) / 2 + 3, NARROW), WIDE)


def _length(text: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def _key(data: Path) -> str:
    """Return the digest of all that the workbook is made of."""
    return hashlib.sha256(f"{tables.digest(data)} {digest_code()} {digest_file(LOCK)}".encode()).hexdigest()


def _read(state: Path) -> dict[str, Any] | None:
    """Return what the last workbook was made of; an unreadable note only means that it is made anew."""
    try:
        found: dict[str, Any] = json.loads(plain.content(state))
    except (UserError, ValueError, RecursionError):
        return None
    return found
