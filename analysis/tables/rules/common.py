"""What the rules share: faults row by row, printed numbers, places and notes."""

import re
from collections.abc import Iterator

import pandas as pd

from ..faults import Fault
from ..frames import Tables

CHINESE_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九十")} | {"两": 2}


def each(frame: pd.DataFrame, table: str, wrong: pd.Series, column: str, problem: str, remedy: str) -> Iterator[Fault]:
    """Yield one fault for every row where `wrong` holds; row numbers as a spreadsheet shows them."""
    for index in frame.index[wrong.fillna(value=False).astype(bool)]:
        cell = frame.loc[index, column]
        value = None if pd.isna(cell) else f"{cell:.15g}" if isinstance(cell, float) else str(cell)
        yield Fault(f"{table}.csv", int(index) + 2, column, value, problem, remedy)


def agrees(text: object, number: float, upper: float | None) -> bool:
    """Say whether a printed cell holds exactly the stored numbers."""
    if not isinstance(text, str):
        return bool(pd.isna(number))
    printed = [float(part) for part in re.findall(r"\d+(?:\.\d+)?", text)]
    printed = printed or [float(CHINESE_DIGITS[char]) for char in text if char in CHINESE_DIGITS][:1]
    stored = [value for value in (number, upper) if value is not None and pd.notna(value)]
    return printed == stored


def place_rules(tables: Tables, table: str) -> Iterator[Fault]:
    """Yield statements of another city than their document's."""
    frame = getattr(tables, table)
    city = frame["document_id"].map(tables.documents.set_index("document_id")["city_id"])
    remedy = "Use the city of the document."
    yield from each(frame, table, frame["city_id"] != city, "city_id", "is not the document's city", remedy)


def note_rules(frame: pd.DataFrame, table: str, inferred: pd.Series) -> Iterator[Fault]:
    """Yield inferences without evidence, and notes in one language only."""
    for column in ("note_en", "note_zh"):
        wrong = inferred & frame[column].isna()
        remedy = "Give the evidence in a sentence."
        yield from each(frame, table, wrong, column, "is empty though the row is inferred", remedy)
    wrong = (frame["note_en"].isna() != frame["note_zh"].isna()) & ~inferred
    yield from each(frame, table, wrong, "note_en", "and note_zh do not go together", "Write both languages.")
