"""Where the project's folders are, how a run points the library at others, and how files are named."""

import hashlib
import html
import os
import re
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import UserError, quoted
from .language import check_language, number, say

if TYPE_CHECKING:
    import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
LONGEST_NAME = 200  # characters of a file's name without its ending; file systems allow 255 bytes in all
LOCK = ROOT / "requirements.lock"

# A build hands its folders to the notebooks through the environment, not through parameters:
# a path inside an executed notebook would make the same report differ between two machines.
DATA_VARIABLE = "IP_PLANS_DATA"
FIGURES_VARIABLE = "IP_PLANS_FIGURES"
REPORTS_VARIABLE = "IP_PLANS_REPORTS"
DRAWN_BY_VARIABLE = "IP_PLANS_DRAWN_BY"  # JSON: the notebook, the report, and whether some cities were chosen


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


# Bytes. The largest table of 300 cities has some two million; what is larger is refused before it is read.
LARGEST_TABLE = 20_000_000
LARGEST_SCHEMA = 1_000_000  # thirteen times ours
LARGEST_NOTEBOOK = 100_000_000  # with the pictures of its last run in it
LARGEST_RECORD = 200_000_000  # of reports: twenty times that of 300 cities


def trouble(path: Path, largest: int = LARGEST_TABLE) -> tuple[str, str] | None:
    """Return why a file is not to be read, and what to do about it; None where it may be."""
    try:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(path.parent.resolve()):
            return "is a link out of its folder", "Put the file itself in its place."
        state = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        if path.is_symlink():
            return "is a link that leads nowhere", "Put the file itself in its place."
        return "is missing", f"Put it back, for instance from version control, into {path.parent}."
    except (OSError, RuntimeError):  # a loop of links is the latter in Python 3.11 and 3.12
        return "cannot be reached", "Put the file itself in its place, not a link, and look at its rights."
    if not stat.S_ISREG(state.st_mode):  # opening a pipe would wait for ever
        return "is not a plain file", "Put the file itself in its place."
    if state.st_size > largest:
        return f"has {state.st_size:,} bytes, more than the {largest:,} that are read", "Put back a smaller one."
    return None


def attempt(path: Path, largest: int = LARGEST_TABLE) -> tuple[bytes, tuple[str, str] | None]:
    """Return the content of a plain file, or why it cannot be read and what to do about it."""
    found = trouble(path, largest)
    if found:
        return b"", found
    try:
        return path.read_bytes(), None
    except OSError as error:
        return b"", (f"cannot be read ({error.strerror})", "Look at its rights.")


def content(path: Path, largest: int = LARGEST_TABLE) -> bytes:
    """Return the content of a plain file. Raises `UserError` for any other, and for one that cannot be read."""
    read, wrong = attempt(path, largest)
    if wrong:
        msg = f"{path} {wrong[0]}. {wrong[1]}"
        raise UserError(msg)
    return read


PACKAGE = Path(__file__).resolve().parent
# Whatever lies among the templates becomes a part of pages or folders, be it a script or a guide.
CODE = ("**/*.py", "templates/**/*")


def digest_file(path: Path) -> str | None:
    """Return the SHA-256 of a file; none where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


@cache
def digest_code() -> str:
    """Return the digest of the library's code and templates."""
    return digest_of(PACKAGE)


def digest_of(package: Path) -> str:
    """Return the digest of the code and the templates of a package, names included."""
    files = sorted({path for pattern in CODE for path in package.glob(pattern) if path.is_file()})
    lines = [f"{path.relative_to(package).as_posix()} {digest_file(path)}\n" for path in files]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def replace_file(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file beside its place and move it there in one step; a link in its place is replaced, not followed.

    Raises `UserError` where the file system refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # In a folder of its own a draft meets no other, and has the rights that any new file of the user has.
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".") as place:
            draft = Path(place, path.name)
            write(draft)
            draft.replace(path)
    except OSError as error:
        remedy = "Close it if a program has it open, free its space, or choose another folder with --out."
        msg = f"{path} cannot be written ({error.strerror}). {remedy}"
        raise UserError(msg) from error


@dataclass(frozen=True)
class SavedTable:
    """A table that stands in a file beside the report, and how the report links to it."""

    path: Path
    text: str

    def __repr__(self) -> str:
        # Without its folder, which would make the same report differ between two machines.
        return f"{type(self).__name__}({self.path.stem!r})"

    def _repr_html_(self) -> str:
        return f'<p class="finding"><a href="{html.escape(self.path.name)}">{html.escape(self.text)}</a></p>'


def save_table(frame: "pd.DataFrame", name: str, lang: str) -> SavedTable:
    """Write a table as CSV beside the report of a language and return the link to it.

    Numbers are as short as they can be and read back exactly, so that whoever counts again finds the same.
    Raises `ValueError` for a name that is no id, which could lead elsewhere.
    """
    check_language(lang)
    require_id(name, "a table")
    path = reports_folder() / lang / f"{name}.csv"
    replace_file(path, lambda place: frame.to_csv(place, index=False, lineterminator="\n"))
    rows = number(len(frame))
    return SavedTable(path, say(lang, f"All {rows} rows: {path.name}", f"全部{rows}行：{path.name}"))
