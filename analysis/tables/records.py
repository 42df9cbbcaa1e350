"""What a row of a table is to those who word or draw it."""

from collections.abc import Hashable
from typing import Any, Protocol

# One row of a table by column, as a data frame gives its records.
Record = dict[Hashable, Any]


class Cells(Protocol):
    """What gives a cell for the name of its column: a record, another mapping or a Series."""

    def __getitem__(self, column: str, /) -> Any:
        """Return one cell."""
