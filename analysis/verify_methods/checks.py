"""What a reference value is beside ours, and what came of a file of them."""

import csv
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

Numbers = np.ndarray | pd.Series | pd.DataFrame
TOLERANCE = 1e-9  # relative, for computed values


@dataclass(frozen=True)
class Check:
    """One reference value beside ours: `tolerance` is half of the last printed decimal where the source is a table.

    `note` marks a remark on the source, such as what it holds and the project does not compute; it compares nothing.
    """

    what: str
    expected: float = math.nan
    ours: float = math.nan
    tolerance: float = 0.0
    note: bool = False

    @property
    def deviation(self) -> float:
        """Return the relative deviation of a computed value, the absolute one of a printed value or from zero.

        Missing on both sides is none.
        """
        if math.isnan(self.expected) or math.isnan(self.ours):
            return 0.0 if math.isnan(self.expected) and math.isnan(self.ours) else math.inf
        difference = abs(self.expected - self.ours)
        return difference if self.tolerance or not self.expected else difference / abs(self.expected)

    @property
    def holds(self) -> bool:
        """Say whether ours is the reference value, to 1e-9 or to the printed digits."""
        return self.note or self.deviation <= (self.tolerance * (1 + 1e-9) or TOLERANCE)


@dataclass(frozen=True)
class Report:
    """What came of one file; an `only_input` is read by the checks of other files."""

    file: str
    checks: list[Check]
    only_input: bool = False

    def __str__(self) -> str:
        if self.only_input:
            return f"{self.file}: input of the others"
        compared = self._compared
        if not compared:
            return f"{self.file}: no value in it can be compared"
        wrong = [check for check in compared if not check.holds]
        worst = max(check.deviation for check in compared)
        printed = " (printed digits)" if any(check.tolerance for check in compared) else ""
        count = f"{len(compared) - len(wrong)} of {len(compared)} values"
        text = f"{self.file}: {count}; largest deviation {worst:.2g}{printed}"
        notes = [check.what for check in self.checks if check.note]
        notes += [f"{check.what}: {check.expected:g} expected, {check.ours:g} here" for check in wrong[:5]]
        return text + "".join(f"\n    {note}" for note in notes)

    @property
    def holds(self) -> bool:
        """Say whether there are values to compare, and every one is right."""
        return self.only_input or (bool(self._compared) and all(check.holds for check in self.checks))

    @property
    def _compared(self) -> list[Check]:
        return [check for check in self.checks if not check.note]


def records(path: Path) -> list[dict[str, str]]:
    """Return the rows of a file, every cell as the text that it is."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> float:
    """Return a cell as a number; what is empty or NA is missing."""
    return float(text) if text not in ("", "NA") else math.nan


def compare(what: str, expected: Numbers, ours: Numbers, tolerance: float = 0.0) -> Iterator[Check]:
    """Yield a check for every value of two arrays of one shape."""
    for place, (right, here) in enumerate(zip(np.ravel(expected), np.ravel(ours), strict=True)):
        yield Check(f"{what} [{place}]", float(right), float(here), tolerance)


def or_refused(method: Callable[..., Any], values: np.ndarray, *args: Any, **options: Any) -> np.ndarray:
    """Return what a method gives, all missing where it raises `ValueError`."""
    try:
        return np.asarray(method(values, *args, **options), dtype=float)
    except ValueError:
        return np.full(np.shape(values), np.nan)
