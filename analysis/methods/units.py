"""Convert numbers between units of one base, exactly, and refuse every other conversion."""

from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from .. import tables
from ..errors import UnitError, suggest
from ..files import data_folder
from ..tables.datapackage import Cells
from .arrays import Values


def convert(value: Values, from_unit: str, to_unit: str, *, units: pd.DataFrame | None = None) -> Values:
    """Return a value in another unit of the same base, by the exact factors of `units.csv`.

    `value` may be a number, an array or a Series; missing stays missing. `units` is another table
    of units, such as that of a user's own data; without it the tables of the data folder are asked, as
    they stand now. Another base — USD to CNY, a stock to a yearly flow — raises `UnitError`: no exchange
    rate and no period is ever assumed.

    >>> convert(84, "per-million", "per-10k-population")
    0.84
    """
    known = _known(units)
    source, target = _unit(known, from_unit), _unit(known, to_unit)
    if source["base_unit_id"] != target["base_unit_id"]:
        msg = (
            f"{from_unit!r} (base {source['base_unit_id']!r}) does not convert to {to_unit!r} "
            f"(base {target['base_unit_id']!r}): they count different things."
        )
        raise UnitError(msg)
    # A ratio of whole numbers keeps the arithmetic exact: 84 × 0.01 / 1 becomes 84 × 1 / 100.
    ratio = Fraction(str(source["factor"])) / Fraction(str(target["factor"]))
    return value * ratio.numerator / ratio.denominator


def to_base(values: pd.Series, unit_ids: pd.Series, units: pd.DataFrame) -> pd.Series:
    """Return every value in the base unit of its own unit: 0.16 万件 becomes 1600 件."""
    return values * unit_ids.map(units.set_index("unit_id")["factor"])


def harmonise(frame: pd.DataFrame, columns: list[str], units: pd.DataFrame) -> pd.DataFrame:
    """Return rows of one indicator with the numbers of some columns in the unit of its first row, if bases agree.

    `frame` has `indicator_id` and `unit_id`; rows of another base, and rows in that unit already, stay as they are.
    """
    known = units.set_index("unit_id")
    base, factor = (frame["unit_id"].map(known[name]) for name in ("base_unit_id", "factor"))
    groups = [frame["indicator_id"], base]
    ratio = factor / factor.groupby(groups).transform("first")
    first = frame["unit_id"].groupby(groups).transform("first")
    changed = {name: frame[name].where(frame["unit_id"] == first, frame[name] * ratio) for name in columns}
    return frame.assign(**changed, unit_id=first)


def _known(units: pd.DataFrame | None) -> pd.DataFrame:
    folder = data_folder()
    frame = _units_of(folder, tables.digest(folder)) if units is None else units
    return frame.set_index("unit_id")


@lru_cache(maxsize=4)
def _units_of(folder: Path, digest: str) -> pd.DataFrame:  # noqa: ARG001  # tables that changed are read again
    return tables.load(folder).units


def _unit(known: pd.DataFrame, unit: str) -> Cells:
    if unit not in known.index:
        msg = f"{unit!r} is not a unit in units.csv. {suggest(unit, known.index)}"
        raise UnitError(msg)
    return known.loc[unit]


MOST_DECIMALS = 9


def half_width(values: pd.Series, unit_id: pd.Series, units: pd.DataFrame) -> pd.Series:
    """Return half of the rounding interval of each value, in its unit: half of the last decimal that it shows.

    What is counted one by one is exact, and has 0; a count in a unit of many, such as 万件, is rounded like any other
    number. Missing in, missing out.

    >>> units = pd.DataFrame({"unit_id": ["firm", "item-10k"], "kind": "count", "factor": [1.0, 10_000.0]})
    >>> half_width(pd.Series([10.0, 5.5]), pd.Series(["firm", "item-10k"]), units).tolist()
    [0.0, 0.05]
    """
    shown, half = values.to_numpy(dtype=float), np.full(len(values), np.nan)
    for decimals in range(MOST_DECIMALS):
        whole = np.isnan(half) & np.isclose(shown, np.round(shown, decimals), rtol=1e-12, atol=0)
        half[whole] = 0.5 * 10.0**-decimals
    known = units.set_index("unit_id")
    place = known.index.get_indexer(pd.Index(unit_id))
    one_by_one = ((known["kind"] == "count") & (known["factor"] == 1)).to_numpy()[place] & (place >= 0)
    return pd.Series(np.where(one_by_one & ~np.isnan(shown), 0.0, half), index=values.index)
