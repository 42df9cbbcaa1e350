"""What is proposed: rows of targets.csv with the rule of every decision and what a person must decide."""

from dataclasses import dataclass, field

import pandas as pd

from .clauses import LeftOut
from .matching import Candidate

# The columns of targets.csv, those that plans of more cities need last.
COLUMNS = (
    "target_id", "document_id", "city_id", "indicator_id", "locator", "label_zh", "baseline_year",
    "baseline_month", "baseline_value", "target_year", "target_month", "target_value", "target_upper", "unit_id",
    "printed_baseline", "printed_target", "printed_unit", "unit_status", "bound", "aspirational", "basis",
    "basis_status", "alternative_basis", "recurrence", "counted_from", "attribute", "restates", "interim_of",
    "note_en", "note_zh", "printed_remark", "target_words_en",
)  # fmt: skip
REQUIRED = ("target_id", "indicator_id", "locator", "label_zh", "printed_target", "bound", "basis", "basis_status")

Cell = str | float | int | bool | None


@dataclass
class Row:
    """A proposed row: its cells, where it stands, by which rules it was read, and what is open."""

    cells: dict[str, Cell]
    place: str
    printed: str
    rules: list[str] = field(default_factory=list)
    first: Candidate | None = None
    second: Candidate | None = None
    decide: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Say whether the row has every cell that the tables require."""
        worded = self.cells["bound"] == "qualitative"
        return all(self.cells.get(name) for name in REQUIRED) and (worded or bool(self.cells.get("unit_id")))


@dataclass(frozen=True)
class Proposal:
    """The rows that a plan's text proposes, in its order, and the numbers in it that are proposed as no target."""

    city_id: str
    rows: list[Row]
    left_out: list[LeftOut]
    columns: tuple[str, ...]  # those that targets.csv has
    issued: int | None = None

    @property
    def targets(self) -> pd.DataFrame:
        """Return all rows as a table of targets, cells that are open empty."""
        return pd.DataFrame([row.cells for row in self.rows], columns=list(COLUMNS)).astype(object)
