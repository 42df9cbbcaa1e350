"""The headline numbers of all reports in one tidy table, `reports/results.csv`."""

import csv
import errno
import hashlib
import io
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from .. import files
from ..errors import UserError
from ..files import digest_file
from ..language import LANGUAGES
from .notebooks import Run
from .results import COLUMNS
from .run import Failure, Order, Row

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


LOCK = Path("reports", ".lock")
STAGING = ".staging"
FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """Give the folder where reports are made, beside their place so that moving them is one step.

    Waits while another build works in the same folder, and says so once. What this made and left empty is
    taken away at the end. Raises `UserError` for a folder that cannot be written.
    """
    _require_inside(out)
    new = [folder for folder in (out, out / "reports") if not folder.exists()]
    with writing(out):
        for folder in (out / "reports", out / "figures"):
            if folder.exists() and not os.access(folder, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
        lock = _lock(out / LOCK)
    folder = out / "reports" / STAGING
    try:
        # A build that was killed may have left its own; with the lock held, nobody works in it.
        shutil.rmtree(folder, ignore_errors=True)
        with writing(out):
            folder.mkdir()
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        (out / LOCK).unlink(missing_ok=True)
        lock.close()
        for made in reversed(new):
            with suppress(OSError):
                made.rmdir()


def _require_inside(out: Path) -> None:
    """Raise where a link in the output folder would have reports written outside it.

    The folder itself may be one: the user named it. A link in a report's place is replaced, not followed.
    """
    for folder in (out / "reports", out / "figures"):
        for path in (folder, *(folder / name for name in (*LANGUAGES, "failed", STAGING, LOCK.name))):
            if path.is_symlink() or (path.exists() and path.name == LOCK.name and not path.is_file()):
                what = "is a link, and nothing is written outside" if path.is_symlink() else "is no plain file in"
                msg = f"{path} {what} {out}. Move it away, or name another folder with --out."
                raise UserError(msg)


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Turn an error of the file system into one clear message."""
    try:
        yield
    except OSError as error:
        raise _cannot_write(error.filename or out, error.strerror) from error


def _cannot_write(path: object, reason: str | None) -> UserError:
    msg = f"{path} cannot be written ({reason}). Free its space or rights, or choose another folder with --out."
    return UserError(msg)


def _lock(path: Path) -> IO[str]:
    """Return the lock file, opened and locked; closing it, or the end of this process, opens the lock."""
    waited = False
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a")
        if not _try_lock(file):
            if not waited:
                print(f"Another build works in {path.parent}; waiting for it to end.", file=sys.stderr, flush=True)
            waited = True
            _wait_lock(file)
        # The build that held it took the file away; another may have made, and locked, a new one.
        if path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
            return file
        file.close()


def _try_lock(file: IO[str]) -> bool:
    """Lock a file if nobody else has; without such locks (Windows), builds in one folder do not wait."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait_lock(file: IO[str]) -> None:
    import fcntl  # there, for the lock was tried with it

    fcntl.flock(file, fcntl.LOCK_EX)


def publish(order: Order, out: Path) -> dict[str, str]:
    """Move the files of a finished report to their places and return their digests; equal ones stay untouched."""
    outputs = {}
    for staged in sorted(path for path in order.folder.rglob("*") if path.is_file()):
        place = staged.relative_to(order.folder)
        made = digest_file(staged)
        if digest_file(out / place) != made:
            (out / place).parent.mkdir(parents=True, exist_ok=True)
            staged.replace(out / place)
        outputs[place.as_posix()] = str(made)
    _failed_path(order.run, out).unlink(missing_ok=True)
    shutil.rmtree(order.folder, ignore_errors=True)
    return outputs


def keep_failed(order: Order, out: Path) -> None:
    """Keep a failed notebook, if it was written, where nobody takes it for a report."""
    executed = next(order.folder.rglob("*.ipynb"), None)
    if executed:
        place = _failed_path(order.run, out)
        place.parent.mkdir(parents=True, exist_ok=True)
        executed.replace(place)
    shutil.rmtree(order.folder, ignore_errors=True)


def require_space(failure: Failure, out: Path) -> None:
    """Raise `UserError` where a run failed for want of space: the next one would as well."""
    for code in FULL:
        if os.strerror(code) in failure.message:
            raise _cannot_write(out, os.strerror(code))


def _failed_path(run: Run, out: Path) -> Path:
    return out / "reports" / "failed" / f"{run.name}.{run.lang}.ipynb"
