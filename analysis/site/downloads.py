"""Tables for download that open as they should in Excel, in China as elsewhere."""

import csv
import re
from pathlib import Path

NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
# What makes Excel read a cell as a formula; full-width signs do so where the system is Chinese or Japanese.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def copy_for_excel(source: Path, target: Path) -> None:
    """Copy a CSV file with a byte-order mark and CRLF line ends, no text in it being a formula.

    Without the mark Excel reads UTF-8 as the system's encoding and Chinese is lost. Numbers stay as they are.
    """
    with source.open(encoding="utf-8", newline="") as file:
        rows = [[safe(cell) for cell in row] for row in csv.reader(file)]
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows)


def safe(cell: str) -> str:
    """Return a cell with an apostrophe before text that would be a formula.

    >>> safe("=1+1"), safe("-0.5"), safe("+1 point a year"), safe("威海")
    ("'=1+1", '-0.5', "'+1 point a year", '威海')
    """
    return f"'{cell}" if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell) else cell
