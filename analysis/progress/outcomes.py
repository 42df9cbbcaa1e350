"""What was observed since a promise was made: the latest outcome of every target, and all outcomes of some."""

import numpy as np
import pandas as pd

from ..tables import Tables
from ..units import convert

# Of two outcomes of one date the surer one counts, then the later row.
SURE = ("single-source", "official", "two-sources")


def when(dates: pd.Series) -> np.ndarray:
    """Return the ends of dated years, months or days' months, in years: the end of year Y is Y; missing stays so.

    >>> when(pd.Series(["2024", "2024-12", "2025-06"])).tolist()
    [2024.0, 2024.0, 2024.5]
    """
    codes, known = pd.factorize(dates)
    texts = pd.Series(known, dtype="str").str
    month = pd.to_numeric(texts[5:7], errors="coerce").fillna(12)
    years = texts[:4].astype(float) - 1 + month / 12
    return np.append(years, np.nan)[codes]  # the code of what is missing is −1, the last place


def places(other: pd.DataFrame, key: str, ids: pd.Series) -> np.ndarray:
    """Return the row of another table that each id names, −1 where it is missing: lighter than a merge."""
    return pd.Index(other[key]).get_indexer(ids)


def latest(tables: Tables, targets: pd.DataFrame) -> pd.DataFrame:
    """Return the latest outcome of each target after its start, one row a target.

    `observation_id`, `date`, `confidence` and `source_id` are those of the observation, `current_year` is when it was
    made and `current_value` its value in the target's unit; an outcome in a unit of another base has no such value,
    and gives way to an earlier one that has. The start is the base year, without one that of the document, else its
    issue; `known` says whether anything was ever observed, `since` whether after the start.
    """
    seen = tables.observations
    series, fits = _keys(tables, targets), _keys(tables, seen)
    times, start = when(seen["date"]), _starts(tables, targets)
    every = _last(series[0], fits[0], times, seen)
    fitting = _last(series[1], fits[1], times, seen)
    since, usable = (_later(place, times, start) for place in (every, fitting))
    chosen = np.where(usable, fitting, np.where(since, every, -1))
    taken = {name: seen[name].array.take(chosen, allow_fill=True) for name in OBSERVED}
    values = np.append(seen["value"].to_numpy(dtype=float), np.nan)[np.where(usable, fitting, -1)]
    taken["current_year"] = np.append(times, np.nan)[chosen]
    taken["current_value"] = _in_unit(values, taken["unit_id"], targets["unit_id"], tables.units)
    return pd.DataFrame(taken | {"known": every >= 0, "since": since}, index=targets.index).drop(columns="unit_id")


OBSERVED = ["observation_id", "date", "confidence", "source_id", "unit_id"]


def observed(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Return every outcome after the start of some targets, by target and date, in the target's unit.

    Columns: `target_id`, `observation_id`, `date`, `year`, `value`, `confidence`, `source_id`.
    """
    wanted = rows[["target_id", "city_id", "indicator_id", "unit_id"]].assign(start=_starts(tables, rows))
    seen = tables.observations.rename(columns={"unit_id": "from_unit"})
    found = wanted.merge(seen, on=["city_id", "indicator_id"])
    found["year"] = when(found["date"])
    base = tables.units.set_index("unit_id")["base_unit_id"]
    same = found["unit_id"].map(base) == found["from_unit"].map(base)
    found = found[same & ~(found["year"] <= found["start"])]
    found["value"] = _in_unit(found["value"].to_numpy(), found["from_unit"], found["unit_id"], tables.units)
    columns = ["target_id", "observation_id", "date", "year", "value", "confidence", "source_id"]
    return found.sort_values(["target_id", "year"], kind="stable")[columns].reset_index(drop=True)


def _starts(tables: Tables, targets: pd.DataFrame) -> np.ndarray:
    """Return when each promise starts: nothing observed before that is an outcome of it; missing if not stated."""
    documents = tables.documents
    place = places(documents, "document_id", targets["document_id"])
    based = documents["base_year"].to_numpy(dtype=float, na_value=np.nan)
    own = np.append(np.where(np.isnan(based), when(documents["issued"]), based), np.nan)[place]
    stated = targets["baseline_year"].to_numpy(dtype=float, na_value=np.nan)
    return np.where(np.isnan(stated), own, stated)


def _keys(tables: Tables, rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return a number for each row's city and indicator, and one for these with the base of its unit."""
    city = places(tables.cities, "city_id", rows["city_id"])
    indicator = places(tables.indicators, "indicator_id", rows["indicator_id"])
    bases = np.append(places(tables.units, "unit_id", tables.units["base_unit_id"]), -1)
    series = city * len(tables.indicators) + indicator
    return series, series * (len(bases)) + bases[places(tables.units, "unit_id", rows["unit_id"])] + 1


def _last(wanted: np.ndarray, keys: np.ndarray, times: np.ndarray, seen: pd.DataFrame) -> np.ndarray:
    """Return the row of the latest observation of each wanted key, −1 where there is none."""
    if not len(keys):
        return np.full(len(wanted), -1)
    sure = pd.Index(SURE).get_indexer(seen["confidence"])
    order = np.lexsort((sure, times, keys))
    place = np.searchsorted(keys[order], wanted, side="right") - 1
    return np.where((place >= 0) & (keys[order][place] == wanted), order[place], -1)


def _later(place: np.ndarray, times: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Say whether an observation was made after the start, or at all where no start is known."""
    return (place >= 0) & ~(np.append(times, np.nan)[place] <= start)


def _in_unit(values: np.ndarray, units_from: pd.Series, units_to: pd.Series, units: pd.DataFrame) -> np.ndarray:
    """Return values in other units, each pair of units converted once, by exact factors; missing stays missing."""
    source, target = places(units, "unit_id", units_from), places(units, "unit_id", units_to)
    pair = np.where(np.isnan(values), -1, source * len(units) + target)
    result = np.full(len(values), np.nan)
    for code in set(pair.tolist()) - {-1}:
        ids = (units["unit_id"].iloc[code // len(units)], units["unit_id"].iloc[code % len(units)])
        result[pair == code] = convert(values[pair == code], *ids, units=units)
    return result
