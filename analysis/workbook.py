"""The sheets of the workbook: tidy tables with headings in both languages."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import files, tables
from .errors import UserError
from .files import LOCK, digest_code, digest_file, replace_file
from .tables import Tables, described, join, schema, table_fields

if TYPE_CHECKING:
    import pandas as pd
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Type, title and meaning of what is computed; the columns of the tables stand in data/datapackage.json.
COMPUTED = {
    "years": ("number", "Years", "年数", "Years between baseline and target.", "基期至目标的间隔年数。"),
    "measure": ("string", "Growth figure", "增长度量", "Which figure may be published.", "可以列出的增长度量。"),
    "compound_rate": ("rate", "Compound rate", "复合年均增长率", "(T/b)^(1/n) − 1, a year.", "(T/b)^(1/n) − 1，每年。"),
    "annual_change": ("number", "Change a year", "年均变动", "(T − b)/n, in the unit.", "(T − b)/n，以该单位计。"),
    "change": ("number", "Change", "变动", "T − b, in the unit.", "T − b，以该单位计。"),
    "low": ("number", "Lowest", "下端", "As low as rounding lets the figure be.", "按舍入范围的最低值。"),
    "high": ("number", "Highest", "上端", "As high as rounding lets the figure be.", "按舍入范围的最高值。"),
    "upper": ("number", "Upper end", "上限值", "The same figure for a range's upper end.", "区间上端所对应的数值。"),
    "gap_closed": ("rate", "Gap closed", "差距缩小", "(T − b)/(L − b), L the limit.", "(T − b)/(L − b)，L为自然极限。"),
    "small_base": ("string", "Small base", "基数小", "The counts, where the base is below 20.", "基数不足20时的数量。"),
    "withheld_en": ("string", "Why no compound rate", "不列原因（英文）", "In English.", "英文。"),
    "withheld_zh": ("string", "Why no compound rate, in Chinese", "不列原因", "In Chinese.", "中文。"),
    "caution_en": ("string", "Caution", "注意（英文）", "What to bear in mind.", "引用时的注意事项。"),
    "caution_zh": ("string", "Caution in Chinese", "注意", "The same in Chinese.", "同上，中文。"),
    "city_en": ("string", "City name", "城市名称（英文）", "In English.", "英文。"),
    "city_zh": ("string", "City name in Chinese", "城市名称", "In Chinese.", "中文。"),
    "indicator_en": ("string", "Indicator name", "指标名称（英文）", "In English.", "英文。"),
    "indicator_zh": ("string", "Indicator name in Chinese", "指标名称", "In Chinese.", "中文。"),
    "target_a": ("string", "First target", "目标甲", "A row of the targets.", "目标表中的一行。"),
    "target_b": ("string", "Second target", "目标乙", "A row of the targets.", "目标表中的一行。"),
    "city_a": ("string", "First city", "城市甲", "A row of the cities.", "城市表中的一行。"),
    "city_b": ("string", "Second city", "城市乙", "A row of the cities.", "城市表中的一行。"),
    "direction": ("integer", "Direction", "方向", "1: more is better, -1: less is.", "1为越大越好，-1为越小越好。"),
    "levels": ("boolean", "Levels comparable", "水平可比", "Whether the values may be compared.", "数值是否可比。"),
    "growth": ("boolean", "Growth comparable", "增长可比", "Whether the growth may be compared.", "增长是否可比。"),
    "reason_ids": ("string", "Reason ids", "原因编号", "Short names of the reasons.", "原因的简称。"),
    "reasons_en": ("string", "Reasons", "原因（英文）", "Why not, or a caution.", "不可比的原因，或注意。"),
    "reasons_zh": ("string", "Reasons in Chinese", "原因", "The same in Chinese.", "同上，中文。"),
}
# What stands beside a target: columns of the joined frame by the table that they come from.
BESIDE = {
    "cities": ("name_en", "name_zh"),
    "indicators": ("name_en", "name_zh", "dimension", "kind"),
    "units": ("symbol_en", "symbol_zh"),
    "documents": ("title_en", "title_zh", "number"),
}
SINGULAR = {"cities": "city", "indicators": "indicator", "units": "unit", "documents": "document"}


@dataclass(frozen=True)
class Column:
    """A column: its name in the frame, its kind, its heading in both languages, and what it means in each."""

    name: str
    kind: str
    heading: str
    en: str
    zh: str


@dataclass(frozen=True)
class Sheet:
    """A sheet: an id for formulas, a title in both languages, what a row is in each, and its rows."""

    id: str
    title: str
    en: str
    zh: str
    columns: list[Column]
    frame: "pd.DataFrame"


def sheets(plans: Tables) -> list[Sheet]:
    """Return targets with their names, growth, comparability, then every other table."""
    others = [_plain(table["name"], plans) for table in schema()["resources"] if table["name"] != "targets"]
    return [_targets(plans), _growth(plans), _comparability(plans), *others]


def _plain(table: str, plans: Tables) -> Sheet:
    return _sheet(table, getattr(plans, table), [_field(table, field) for field in table_fields(table)])


def _targets(plans: Tables) -> Sheet:
    """Return the targets with the names of what their ids stand for."""
    beside = [
        _field(table, field, f"{SINGULAR[table]}_{field['name']}")
        for table, names in BESIDE.items()
        for field in table_fields(table)
        if field["name"] in names
    ]
    own = [_field("targets", field) for field in table_fields("targets")]
    return _sheet("targets", join(plans), [own[0], *beside, *own[1:]])


def _growth(plans: Tables) -> Sheet:
    """Return the growth table with its words in both languages."""
    from .methods.growth import GROWTH_COLUMNS, growth_table

    frame, chinese = growth_table(plans, lang="en"), growth_table(plans, lang="zh")
    worded = ("city", "indicator", "withheld", "caution")
    frame = frame.rename(columns={name: f"{name}_en" for name in worded})
    frame = frame.assign(**{f"{name}_zh": chinese[name] for name in worded})
    names = [part for name in GROWTH_COLUMNS for part in ([f"{name}_en", f"{name}_zh"] if name in worded else [name])]
    meaning = ("Growth that the plans imply, one row per target.", "各方案隐含的增长，每行一项目标。")
    return Sheet("growth", "Growth 增长", *meaning, [_described(name) for name in names], frame)


def _comparability(plans: Tables) -> Sheet:
    """Return every pair of targets of one indicator in two cities, with verdict and reasons."""
    from .methods.comparability import matrix

    frame = matrix(plans)
    names = plans.indicators.set_index("indicator_id")
    reasons = frame["reasons"]
    frame = frame.assign(
        indicator_en=frame["indicator_id"].map(names["name_en"]),
        indicator_zh=frame["indicator_id"].map(names["name_zh"]),
        reason_ids=[", ".join(reason.id for reason in found) for found in reasons],
        reasons_en=[" ".join(reason.en for reason in found) for found in reasons],
        reasons_zh=["".join(reason.zh for reason in found) for found in reasons],
    )
    shown = ("indicator_id", "indicator_en", "indicator_zh", "city_a", "city_b", "target_a", "target_b")
    columns = [*shown, "levels", "growth", "reason_ids", "reasons_en", "reasons_zh"]
    meaning = ("Every pair of targets that two cities set for one indicator.", "两座城市就同一指标所列的每对目标。")
    return Sheet("comparability", "Comparability 可比性", *meaning, [_described(name) for name in columns], frame)


def _sheet(table: str, frame: "pd.DataFrame", columns: list[Column]) -> Sheet:
    about = described(table)
    title = f"{about['title']} {about['title_zh']}"
    return Sheet(table, title, about["description"], about["description_zh"], columns, frame)


def _field(table: str, field: dict[str, Any], joined: str = "") -> Column:
    """Return a column of a table; `joined` is its name where another table's rows stand beside it."""
    title, chinese = field["title"], field["title_zh"]
    if joined:
        about = described(table)
        title, chinese = f"{about['title']}: {title}", f"{about['title_zh']}：{chinese}"
    name = joined or field["name"]
    return Column(name, field["type"], f"{title} · {chinese}", field["description"], field["description_zh"])


def _described(name: str) -> Column:
    """Return a column of a computed frame: one of the targets' own, or one of `COMPUTED`."""
    first = name.removeprefix("alternative_")
    if first in COMPUTED:
        kind, title, chinese, en, zh = COMPUTED[first]
        other = ("", "") if first == name else (", other reading", "（另一种理解）")
        return Column(name, kind, f"{title}{other[0]} · {chinese}{other[1]}", en, zh)
    return _field("targets", next(field for field in table_fields("targets") if field["name"] == name))


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
    # Here, as for most builds the workbook is up to date: they import neither this nor the methods.
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

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
        found: dict[str, Any] = json.loads(files.content(state))
    except (UserError, ValueError, RecursionError):
        return None
    return found
