"""Where the project's folders are, how a run points the library at others, and how files are named."""

import os
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
LOCK = ROOT / "requirements.lock"

# A build hands its folders to the notebooks through the environment, not through parameters:
# a path inside an executed notebook would make the same report differ between two machines.
DATA_VARIABLE = "IP_PLANS_DATA"
FIGURES_VARIABLE = "IP_PLANS_FIGURES"
REPORTS_VARIABLE = "IP_PLANS_REPORTS"


def data_folder() -> Path:
    """Return the folder of the tables: that of the current build, else the project's `data/`."""
    return Path(os.environ.get(DATA_VARIABLE) or ROOT / "data")


def figures_folder() -> Path:
    """Return the folder for figures: that of the current build, else the project's `figures/`."""
    return Path(os.environ.get(FIGURES_VARIABLE) or ROOT / "figures")


def reports_folder() -> Path:
    """Return the folder for what stands beside the reports: that of the current build, else `reports/`."""
    return Path(os.environ.get(REPORTS_VARIABLE) or ROOT / "reports")


def file_name(first: str, *values: Any) -> str:
    """Return a file name without ending that says what a file is about.

    >>> file_name("growth-rates", ["weihai", "xiamen"], "")
    'growth-rates-weihai-xiamen'
    """
    parts = [first]
    for value in values:
        parts.extend(map(str, value) if isinstance(value, list | tuple) else [str(value)])
    slug = (re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in parts)
    return "-".join(part for part in slug if part)
