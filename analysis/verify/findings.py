"""Look up every printed cell of the tables in the texts of the documents."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from ..tables import Tables
from .places import item, pattern

# A list of agencies runs from its head to the closing bracket: nothing left out, nothing added.
AGENCY_LIST = r"责任单位\s*[:：]\s*{}\s*[)）〕]"


@dataclass(frozen=True)
class Finding:
    """Whether one printed cell was found where its row says that it stands."""

    table: str
    row: str
    column: str
    text: str
    found: bool
    lost_unit: bool = False

    def __str__(self) -> str:
        if not self.text:
            return (
                f"{self.table}.csv, {self.row}, column {self.column} is empty: nothing says where to look. Fill it in."
            )
        return f"{self.table}.csv, {self.row}, column {self.column}: {self.text!r} is not found in its place."


def documents(frame: pd.DataFrame, texts: dict[str, str]) -> Iterator[Finding]:
    """Find the title, number, issuer and date of every document in its text."""
    for row in frame.to_dict("records"):
        for column in ("title_zh", "number", "issuer_zh"):
            if pd.isna(row[column]):
                continue
            found = bool(re.search(pattern(row[column]), texts[row["document_id"]]))
            yield Finding("documents", row["document_id"], column, row[column], found)
        if pd.notna(row["issued"]):
            year, month, day = (int(part) for part in row["issued"].split("-"))
            text = f"{year}年{month}月{day}日"
            found = bool(re.search(pattern(text), texts[row["document_id"]]))
            yield Finding("documents", row["document_id"], "issued", text, found)


def targets(frame: pd.DataFrame, texts: dict[str, str]) -> Iterator[Finding]:
    """Find the printed cells of every target, in its table row or in one sentence of its item.

    A benchmark's target may lack its locator: with a text to look in, that is a finding.
    """
    for row in frame.to_dict("records"):
        text = texts[row["document_id"]]
        if pd.isna(row["locator"]):
            yield Finding("targets", row["target_id"], "locator", "", found=False)
            continue
        cells = {
            column: row[column]
            for column in ("label_zh", "printed_unit", "printed_baseline", "printed_target", "printed_remark")
            if pd.notna(row[column])
        }
        if row["locator"].startswith("table:"):
            found = bool(re.search(_table_row(cells), text))
        else:
            found = _in_one_sentence(item(text, row["locator"]), list(cells.values()))
        lost = row["unit_status"] == "inferred"
        for column, cell in cells.items():
            yield Finding("targets", row["target_id"], column, cell, found, lost and column == "label_zh")


def _table_row(cells: dict[str, str]) -> str:
    """Return a pattern of a table row: its cells in order, units in brackets or in a cell of their own."""
    parts = [pattern(cells["label_zh"])]
    if "printed_unit" in cells:
        parts.append(rf"[（(]?\s*{pattern(cells['printed_unit'])}\s*[）)]?")
    parts += [pattern(cells[key]) for key in ("printed_baseline", "printed_target", "printed_remark") if key in cells]
    return r"\s*".join(parts)


def statements(
    table: str, frame: pd.DataFrame, texts: dict[str, str], label: str, columns: tuple[str, ...]
) -> Iterator[Finding]:
    """Find the cells of dated commitments and sums, which stand in prose."""
    for row in frame.to_dict("records"):
        place = item(texts[row["document_id"]], row["locator"])
        for column in (label, *columns):
            yield Finding(
                table,
                row[f"{table.removesuffix('s')}_id"],
                column,
                row[column],
                bool(re.search(pattern(row[column]), place)),
            )


def measures(tables: Tables, texts: dict[str, str]) -> Iterator[Finding]:
    """Find the title and heading of every measure, and the agencies of its list in printed order."""
    listed = tables.responsibilities.groupby("measure_id", sort=False)["printed_name"].agg(list)
    for row in tables.measures.to_dict("records"):
        text = texts[row["document_id"]]
        place = item(text, row["number"])
        for column, where in (("title_zh", place), ("group_zh", text)):
            found = bool(re.search(pattern(row[column]), where))
            yield Finding("measures", row["measure_id"], column, row[column], found)
        names = listed.get(row["measure_id"], [])
        in_order = bool(re.search(AGENCY_LIST.format(r"\s*[、,，]\s*".join(map(pattern, names))), place))
        for name in names:
            yield Finding("responsibilities", row["measure_id"], "printed_name", name, in_order)


def _in_one_sentence(place: str, cells: list[str]) -> bool:
    return any(all(re.search(pattern(cell), sentence) for cell in cells) for sentence in place.split("。"))
