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
    found: np.ndarray = pd.Index(other[key]).get_indexer(pd.Index(ids))
    return found


def coded(tables: Tables, rows: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return the rows of the tables of cities, indicators and units that some rows name."""
    return {key: places(getattr(tables, table), key, rows[key]) for key, table in NAMED.items()}


NAMED = {"city_id": "cities", "indicator_id": "indicators", "unit_id": "units"}


def latest(tables: Tables, targets: pd.DataFrame, codes: dict[str, np.ndarray]) -> pd.DataFrame:
    """Return the latest outcome of each target after its start, one row a target; `codes` are `coded` targets.

    `observation_id`, `date`, `confidence` and `source_id` are those of the observation, `current_year` is when it was
    made and `current_value` its value in the target's unit; an outcome in a unit of another base has no such value,
    and gives way to an earlier one that has. The start is the base year, without one that of the document, else its
    issue; `known` says whether anything was ever observed, `since` whether after the start.
    """
    seen = tables.observations
    times, start, seen_codes = when(seen["date"]), _starts(tables, targets), coded(tables, seen)
    every, fitting = _last_outcomes(tables, codes, seen_codes, times)
    since, usable = (_later(place, times, start) for place in (every, fitting))
    chosen = np.where(usable, fitting, np.where(since, every, -1))
    taken = {name: seen[name].array.take(chosen, allow_fill=True) for name in OBSERVED}
    values = np.append(seen["value"].to_numpy(dtype=float), np.nan)[np.where(usable, fitting, -1)]
    units = np.append(seen_codes["unit_id"], -1)[chosen]
    taken["current_year"] = np.append(times, np.nan)[chosen]
    taken["current_value"] = _in_unit(values, units, codes["unit_id"], tables.units)
    return pd.DataFrame(taken | {"known": every >= 0, "since": since}, index=targets.index)


OBSERVED = ["observation_id", "date", "confidence", "source_id"]


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
    source, own = (places(tables.units, "unit_id", found[name]) for name in ("from_unit", "unit_id"))
    found["value"] = _in_unit(found["value"].to_numpy(), source, own, tables.units)
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


def _last_outcomes(
    tables: Tables, codes: dict[str, np.ndarray], seen: dict[str, np.ndarray], times: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the latest observation of each target's series, and the latest of those whose unit converts."""
    bases = np.append(places(tables.units, "unit_id", tables.units["base_unit_id"]), -1)
    series, base = (
        [rows["city_id"] * len(tables.indicators) + rows["indicator_id"] for rows in (codes, seen)],
        [bases[rows["unit_id"]] for rows in (codes, seen)],
    )
    sure = pd.Index(SURE).get_indexer(pd.Index(tables.observations["confidence"]))
    # Months and sureness in one whole number: one sort instead of three.
    rank = np.rint(12 * times).astype(np.int64) * len(SURE) + sure
    every = _last(series[0], series[1], rank)
    odd = (every >= 0) & (np.append(base[1], -1)[every] != base[0])
    fitting = every.copy()
    if odd.any():
        narrow = [one * len(bases) + other for one, other in zip(series, base, strict=True)]
        fitting[odd] = _last(narrow[0][odd], narrow[1], rank)
    return every, fitting


def _last(wanted: np.ndarray, keys: np.ndarray, rank: np.ndarray) -> np.ndarray:
    """Return the place of the highest rank, of equal ones the last, with each wanted key; −1 where there is none."""
    if not len(keys):
        return np.full(len(wanted), -1)
    low, span = rank.min(), rank.max() - rank.min() + 1
    order = np.argsort(keys * span + rank - low, kind="stable")
    ordered = keys[order]
    place = np.searchsorted(ordered, wanted, side="right") - 1
    return np.where((place >= 0) & (ordered[place] == wanted), order[place], -1)


def _later(place: np.ndarray, times: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Say whether an observation was made after the start, or at all where no start is known."""
    later: np.ndarray = (place >= 0) & ~(np.append(times, np.nan)[place] <= start)
    return later


def _in_unit(values: np.ndarray, source: np.ndarray, target: np.ndarray, units: pd.DataFrame) -> np.ndarray:
    """Return values in other units, given as rows of the units; each pair is converted once, by exact factors."""
    pair = np.where(np.isnan(values), -1, source * len(units) + target)
    result, ids = np.full(len(values), np.nan), units["unit_id"]
    for code in np.unique(pair[pair >= 0]).tolist():
        result[pair == code] = convert(
            values[pair == code], ids.iloc[code // len(units)], ids.iloc[code % len(units)], units=units
        )
    return result
