"""Write files whole or not at all, and hand a notebook's reader tables too long for its page."""

import html
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import UserError
from .language import check_language, number, say
from .paths import reports_folder, require_id

if TYPE_CHECKING:
    import pandas as pd


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
