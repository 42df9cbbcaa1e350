"""Record headline numbers in a notebook, so that a build can collect those of all reports in one table."""

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..errors import suggest

if TYPE_CHECKING:
    import pandas as pd

MIME = "application/vnd.city-ip-plans.results+json"
IDS = ("city_id", "indicator_id", "target_id")
# What a frame says of a number beside its ids, where it says so: of which years it is, how sure, and where it stands.
CONTEXT = ("baseline_year", "target_year", "basis_status", "document_id", "locator")
COLUMNS = (*IDS, "quantity", "value", "unit_id", *CONTEXT)


def record(frame: "pd.DataFrame", quantities: list[str], *, by: str | None = None, unit: str | None = None) -> None:
    """Put the numbers of some columns into the executed notebook, where a reader sees nothing of them.

    A row has the frame's city, indicator and target where it has them, and what it says of `CONTEXT`. `by` names a
    further column that tells rows apart; its value stands in brackets behind the quantity (`share[talent]`). `unit`
    names the column that holds the unit of these quantities. A missing value gives no row. Raises `ValueError` for a
    column that the frame lacks, for a value that is no number, and for two rows that nothing tells apart.
    """
    from IPython.display import display  # there wherever a notebook runs, and not needed elsewhere

    found = list(rows(frame, quantities, by=by, unit=unit))
    display({MIME: found}, raw=True)


def rows(frame: "pd.DataFrame", quantities: list[str], *, by: str | None, unit: str | None) -> list[dict[str, Any]]:
    """Return what `record` puts into the notebook: one row a number, its value as text that reads back exactly."""
    _require_columns(frame, [*quantities, *filter(None, (by, unit))])
    found = []
    for row in frame.to_dict("records"):
        ids, context = ({name: _text(row.get(name)) for name in names} for names in (IDS, CONTEXT))
        for quantity in quantities:
            value = _number(row[quantity], quantity)
            name = f"{quantity}[{_text(row[by])}]" if by else quantity
            if value:
                told = {"quantity": name, "value": value, "unit_id": _text(row[unit]) if unit else ""}
                found.append(ids | told | context)
    _require_distinct(tuple(row[name] for name in (*IDS, "quantity")) for row in found)
    return found


def _number(value: Any, column: str) -> str:
    """Return a number as the shortest text that reads back as the same number; none for a missing one."""
    if _missing(value):
        return ""
    if isinstance(value, bool | str) or not hasattr(value, "__float__") or not math.isfinite(value):
        msg = f"The value {value!r} in the column {column!r} is no number. Record columns of numbers only."
        raise ValueError(msg)
    return repr(int(value)) if hasattr(value, "__index__") else repr(float(value))


def _text(value: Any) -> str:
    if _missing(value):
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _missing(value: Any) -> bool:
    import pandas as pd  # loaded where there is a frame to record; `COLUMNS` alone needs none

    return value is None or bool(pd.isna(value))


def _require_columns(frame: "pd.DataFrame", columns: list[str]) -> None:
    for column in columns:
        if column not in frame:
            msg = f"The frame has no column {column!r} to record. {suggest(column, map(str, frame.columns))}"
            raise ValueError(msg)


def _require_distinct(keys: Iterable[tuple[str, ...]]) -> None:
    seen = set()
    for key in keys:
        if key in seen:
            msg = f"{', '.join(filter(None, key))} is recorded twice. Name with by= the column that tells them apart."
            raise ValueError(msg)
        seen.add(key)
