"""Where the project's folders are, how a run points the library at others, and how files are named."""

import os
import re
from pathlib import Path
from typing import Any

from .errors import UserError, quoted

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
LONGEST_NAME = 200  # characters of a file's name without its ending; file systems allow 255 bytes in all
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


def resolved(path: Path) -> Path:
    """Return the folder that a user's path leads to, links followed: she named it, so it may lie anywhere.

    Raises `UserError` for a path that no file can have, and for a link that leads nowhere: what it stands for
    is unknown, and making it could be a surprise.
    """
    try:
        found = path.resolve()
        if path.is_symlink() and not found.exists():
            msg = f"{quoted(path)} is a link that leads nowhere. Give the folder itself."
            raise UserError(msg)
        found.exists()
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a name too long, a NUL in it
        msg = f"{quoted(path)} cannot be a folder ({getattr(error, 'strerror', None) or error}). Give another one."
        raise UserError(msg) from error
    return found


def require_id(name: str, what: str) -> None:
    """Raise `ValueError` for a name that is no id: anything else could lead out of the folder of its file.

    >>> require_id("../secret", "a figure")
    Traceback (most recent call last):
    ValueError: '../secret' is no name for a figure: use lower-case letters and digits joined by hyphens.
    """
    if len(name) > LONGEST_NAME or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        msg = f"{quoted(name)} is no name for {what}: use lower-case letters and digits joined by hyphens."
        raise ValueError(msg)


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
