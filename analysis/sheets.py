"""The sheets of the workbook: tidy tables with headings in both languages."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from .comparability import matrix
from .growth import GROWTH_COLUMNS, growth_table
from .tables import Tables, described, join, schema, table_fields

# Type, title and meaning of what is computed; the columns of the tables stand in data/datapackage.json.
COMPUTED = {
    "years": ("number", "Years", "年数", "Years between baseline and target.", "基期至目标的间隔年数。"),
    "measure": ("string", "Growth figure", "增长度量", "Which figure may be published.", "可以列出的增长度量。"),
    "compound_rate": ("rate", "Compound rate", "复合年均增长率", "(T/b)^(1/n) − 1, a year.", "(T/b)^(1/n) − 1，每年。"),
    "annual_change": ("number", "Change a year", "年均变动", "(T − b)/n, in the unit.", "(T − b)/n，以该单位计。"),
    "change": ("number", "Change", "变动", "T − b, in the unit.", "T − b，以该单位计。"),
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
    frame: pd.DataFrame


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
    frame, chinese = growth_table(plans, lang="en"), growth_table(plans, lang="zh")
    worded = ("city", "indicator", "withheld", "caution")
    frame = frame.rename(columns={name: f"{name}_en" for name in worded})
    frame = frame.assign(**{f"{name}_zh": chinese[name] for name in worded})
    names = [part for name in GROWTH_COLUMNS for part in ([f"{name}_en", f"{name}_zh"] if name in worded else [name])]
    meaning = ("Growth that the plans imply, one row a target.", "各方案隐含的增长，每行一项目标。")
    return Sheet("growth", "Growth 增长", *meaning, [_described(name) for name in names], frame)


def _comparability(plans: Tables) -> Sheet:
    """Return every pair of targets of one indicator in two cities, with verdict and reasons."""
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


def _sheet(table: str, frame: pd.DataFrame, columns: list[Column]) -> Sheet:
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
