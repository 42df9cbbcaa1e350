"""Statistics Canada's published series of progress towards targets, recomputed."""

import math
from collections.abc import Iterator
from pathlib import Path

from ..methods import progress
from .checks import Check, number, records


def progress_values(path: Path) -> Iterator[Check]:
    """Yield the ratio and the status of every series that has a target and positive values."""
    names = {
        "substantial_progress": "on_track",
        "moderate_progress": "acceleration_needed",
        "limited_progress": "limited",
        "deterioration": "deterioration",
        "target_achieved": "achieved",
    }
    columns = ["base_value", "current_value", "target", "base_year", "current_year", "target_year"]
    for row in records(path):
        b, x, goal, t0, t, end = (number(row[name]) for name in columns)
        if math.isnan(b + x + goal) or min(b, x, goal) <= 0 or not row["progress_value"]:
            continue
        found = progress.assess(b, t0, x, t, goal, end, direction=int(row["direction"]))
        yield Check(f"{row['series']} ratio", number(row["progress_value"]), found.ratio_compound)
        same = names[row["status"]] == found.status_compound
        yield Check(f"{row['series']} {row['status']} against {found.status_compound}", 1.0, float(same))
