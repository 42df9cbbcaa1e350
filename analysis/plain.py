"""Read files that others put there: plain ones of a bounded size, and none that a link brings in from elsewhere."""

import stat
from pathlib import Path

from .errors import UserError

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
