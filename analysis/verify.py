"""Places in a document's text: what a printed cell looks like there, and where an item begins and ends."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from . import files
from .errors import UserError, quoted
from .tables import Tables
from .tables.datapackage import Record

# Characters that the stored texts print in two widths: a locator's （ may stand as ( in the document.
WIDTHS = {"（": "[（(]", "）": "[）)]", "，": "[，,]", "：": "[：:]", "；": "[；;]"}
GAP = "…"  # in a label: words left out, within one sentence


def pattern(printed: str) -> str:
    """Return a pattern that finds printed text whatever white space and page breaks run through it.

    A number at either end is whole: 6 is not found in 2016 nor 10 in 10.02.

    >>> bool(re.search(pattern("6次"), "不少于6 次")), bool(re.search(pattern("6次"), "16次"))
    (True, False)
    """
    wild = WIDTHS | {GAP: "[^。]*?"}
    parts = [wild.get(char, re.escape(char)) for char in re.sub(r"\s+", "", printed)]
    before = r"(?<![\d.])" if printed[0].isdigit() else ""
    after = r"(?![\d.]\d|\d)" if printed[-1].isdigit() else ""
    return before + r"\s*".join(parts) + after


def item(text: str, locator: str) -> str:
    """Return the part of a document that a locator such as 三（四）15 names, down to the next heading of its kind."""
    match = re.fullmatch(r"([一二三四五六七八九十]+)(?:[（(]([一二三四五六七八九十]+)[）)])?(\d*)", locator)
    if match is None:
        msg = f"{locator!r} names no place in a document. Write it like 三（四）15."
        raise UserError(msg)
    part, section, number = match.groups()
    numeral = "[一二三四五六七八九十]+"
    headings = [(rf"{part}、", rf"{numeral}、")]
    if section:
        headings.append((rf"[（(]{section}[）)]", rf"[（(]{numeral}[）)]"))
    if number:
        headings.append((rf"{number}[.．]", r"\d+[.．]"))
    for own, any_heading in headings:
        text = _section(text, own, any_heading)
    return text


def _section(text: str, own: str, any_heading: str) -> str:
    """Return the text from a heading at the start of a line to the next heading of its kind."""
    start = re.search(rf"^[#\s]*{own}", text, flags=re.MULTILINE)
    if start is None:
        return ""
    end = re.search(rf"^[#\s]*{any_heading}", text[start.end() :], flags=re.MULTILINE)
    return text[start.start() : start.end() + end.start()] if end else text[start.start() :]


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


def _in_documents(frame: pd.DataFrame, texts: dict[str, str]) -> Iterator[Finding]:
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


def _in_targets(frame: pd.DataFrame, texts: dict[str, str]) -> Iterator[Finding]:
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


def _in_prose(
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


def _in_measures(tables: Tables, texts: dict[str, str]) -> Iterator[Finding]:
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


def verify(tables: Tables, sources: Path, documents: list[str] | None = None) -> list[Finding]:
    """Return one finding a printed cell of documents, targets, milestones, funding and measures.

    Documents without a stored text, such as the benchmark's, have nothing to be looked up in.
    `documents` names those to look up, by default all: an analyst has her own plan's text only.
    A table row is found when its label, unit, baseline, target and remark follow each other with
    nothing but white space and brackets between; a cell of the prose when one sentence of the named
    item holds it together with its label. Raises `UserError` for a missing or a changed document.
    """
    texts = read(tables, sources, documents)
    stored = tables.documents[tables.documents["document_id"].isin(texts)]
    tables = _of_documents(tables, texts)
    return [
        *_in_documents(stored, texts),
        *_in_targets(tables.targets, texts),
        *_in_measures(tables, texts),
        *_in_prose("milestones", tables.milestones, texts, "label_zh", ("printed_date",)),
        *_in_prose("funding", tables.funding, texts, "recipient_zh", ("purpose_zh", "printed_amount")),
    ]


def _of_documents(tables: Tables, texts: dict[str, str]) -> Tables:
    """Return the tables with the statements of these documents only."""
    frames = {name: getattr(tables, name) for name in ("targets", "measures", "milestones", "funding")}
    return replace(tables, **{name: frame[frame["document_id"].isin(texts)] for name, frame in frames.items()})


def read(tables: Tables, sources: Path, documents: list[str] | None = None) -> dict[str, str]:
    """Return the stored text of every document, or of those named, by its id.

    Raises `UserError` where no document names one, and for a missing or a changed text.
    """
    chosen = tables.documents["document_id"].isin(tables.documents["document_id"] if documents is None else documents)
    stored = tables.documents[chosen & tables.documents["source_file"].notna()]
    if stored.empty:
        msg = "No document names its source_file in documents.csv, so nothing can be looked up. Fill it in there."
        raise UserError(msg)
    return {row["document_id"]: _read(sources, row) for row in stored.to_dict("records")}


def _read(sources: Path, document: Record) -> str:
    name = document["source_file"]
    if name != Path(name).name:  # a table from elsewhere must not have any file of this machine read
        msg = f"{quoted(name)}, a source_file in documents.csv, is not the name of a file. Give it without its folder."
        raise UserError(msg)
    path: Path = sources / name
    content, trouble = files.attempt(path)
    if trouble:
        msg = f"{path} {trouble[0]}. --sources names the folder that holds the original documents."
        raise UserError(msg)
    checksum = hashlib.sha256(content).hexdigest()
    if pd.isna(document["source_sha256"]):
        msg = f"{path} has no source_sha256 in documents.csv. If it is the text that was read, fill in {checksum}"
        raise UserError(msg)
    if checksum != document["source_sha256"]:
        msg = f"{path} is not the text that was read (its SHA-256 differs from documents.csv). Read it again."
        raise UserError(msg)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        msg = (
            f"{path} is not plain text in UTF-8 ({error.reason}). Store the document's text, not its PDF or Word file."
        )
        raise UserError(msg) from error
