"""What a run is given and what it gives back, both of which travel between processes and machines."""

from dataclasses import dataclass, field
from pathlib import Path

from .notebooks import Run

# One headline number: the values of `results.COLUMNS`, as text that reads back exactly.
Row = tuple[str, ...]


@dataclass(frozen=True)
class Order:
    """A run with its tables and the folder in which its files are made.

    `data` holds a full set of tables, checked, whose digest is `checked`; `digests` has that of each
    table by file name, as the staleness of reports is judged by it. `timeout` is in seconds.
    """

    run: Run
    data: Path
    checked: str
    digests: dict[str, str]
    folder: Path
    engine: str
    timeout: float


@dataclass(frozen=True)
class Failure:
    """Why a run failed: the cell as counted in the notebook, from 1, and the error's last line."""

    cell: int | None
    message: str

    def __str__(self) -> str:
        return f"cell {self.cell}: {self.message}" if self.cell else self.message


@dataclass(frozen=True)
class Result:
    """What came of an order: its failure, if any, the tables that it read, its headline numbers and its duration."""

    failure: Failure | None
    tables: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    software: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
