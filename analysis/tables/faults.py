"""A fault of the tables with its place and its remedy, and those that make a file no table at all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import files
from ..errors import quoted
from . import cells

BOM = b"\xef\xbb\xbf"

# Says in which file and row of it a row of the checked tables stands.
Locate = Callable[[str, int | None], tuple[str, int | None]]


def in_place(file: str, row: int | None) -> tuple[str, int | None]:
    """Return a row's place in tables that were read as they stand."""
    return file, row


@dataclass(frozen=True)
class Fault:
    """One fault: where it is as a spreadsheet shows it, what is wrong, and what to do."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                self.file,
                f"row {self.row}" if self.row else "",
                f"column {self.column}" if self.column else "",
            )
            if part
        )
        value = f"{quoted(self.value)} " if self.value is not None else ""
        return f"{place}: {value}{self.problem}. {self.remedy}"


def file_faults(path: Path, *, own: bool = False) -> Iterator[Fault]:
    """Yield what makes a file unreadable as UTF-8 text with plain line ends.

    A user's `own` file may begin with a byte-order mark and end its lines with CR LF, as Excel writes them.
    """
    content, trouble = files.attempt(path)
    if trouble:
        yield Fault(path.name, None, None, None, *trouble)
        return
    save = "Save the table as CSV in UTF-8 without a byte-order mark, with LF line ends."
    if own:
        content = content.removeprefix(BOM).replace(b"\r\n", b"\n")
        save = "Save the table as CSV in UTF-8; Excel calls it 'CSV UTF-8'."
    if not content.strip():
        yield Fault(path.name, None, None, None, "is empty", "Put back at least its header row.")
        return
    garbled = [*_garbled(path.name, content, save)]
    yield from garbled or _misshapen(path.name, content.decode("utf-8"), own=own)


def _garbled(file: str, content: bytes, save: str) -> Iterator[Fault]:
    """Yield bytes that no table in plain UTF-8 has."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        yield Fault(file, row, None, None, f"holds bytes that are not UTF-8 ({error.reason})", save)
    for mark, name in ((BOM, "a byte-order mark"), (b"\r", "CR line ends"), (b"\0", "a NUL byte")):
        if mark in content:
            row = content[: content.index(mark)].count(b"\n") + 1
            yield Fault(file, row, None, None, f"holds {name}", save)


def _misshapen(file: str, text: str, *, own: bool) -> Iterator[Fault]:
    """Yield where a text is no table, and a last line that is cut short; a user's editor may leave its end off."""
    wrong = [Fault(file, row, column, None, *why) for row, column, why in cells.wrong_shape(text)]
    yield from wrong
    if not (wrong or own or text.endswith("\n")):
        remedy = "The file may be cut short: put it back, or end its last line."
        yield Fault(file, text.count("\n") + 1, None, None, "the last line does not end", remedy)
