"""The headline numbers of all reports in one tidy table, `reports/results.csv`."""

import csv
import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path

from .. import files
from ..errors import UserError
from .orders import Row
from .results import COLUMNS

PATH = Path("reports", "results.csv")
HEADER = ("notebook", "report", *COLUMNS)


@dataclass
class Collected:
    """The rows of every report that records numbers, by its name; both languages share them."""

    reports: dict[str, list[Row]] = field(default_factory=dict)
    notebooks: dict[str, str] = field(default_factory=dict)

    def put(self, notebook: str, report: str, rows: list[Row]) -> None:
        """Replace the rows of a report."""
        self.reports.pop(report, None)
        if rows:
            self.reports[report], self.notebooks[report] = rows, notebook

    def digest(self, report: str) -> str | None:
        """Return the digest of a report's rows; none where it has none."""
        return digest(self.reports.get(report, []))

    def write(self, out: Path, draft: Path) -> None:
        """Write the table in one step, sorted by report; `draft` is a path in the staging folder."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(HEADER)
        for report, rows in sorted(self.reports.items()):
            writer.writerows((self.notebooks[report], report, *row) for row in rows)
        draft.write_text(text.getvalue(), encoding="utf-8")
        draft.replace(out / PATH)


def digest(rows: list[Row]) -> str | None:
    """Return the digest of some rows; none for no rows."""
    return hashlib.sha256(repr(rows).encode()).hexdigest() if rows else None


def read(out: Path) -> Collected:
    """Return the table of earlier builds; one that is not as it was written has no rows."""
    found = Collected()
    try:
        header, *lines = csv.reader(io.StringIO(files.content(out / PATH, files.LARGEST_RECORD).decode(), newline=""))
    except (UserError, ValueError, csv.Error):
        return found
    if tuple(header) != HEADER or any(len(line) != len(HEADER) for line in lines):
        return found
    for notebook, report, *row in lines:
        found.reports.setdefault(report, []).append(tuple(row))
        found.notebooks[report] = notebook
    return found


def difference(rows: list[Row], other: list[Row]) -> str:
    """Return where the rows of two languages differ first, as a sentence says it."""
    only = [row for row in rows if row not in set(other)] + [row for row in other if row not in set(rows)]
    named = ", ".join(filter(None, only[0])) if only else "their order"
    return f"its numbers differ from those in the other language: {named}"
