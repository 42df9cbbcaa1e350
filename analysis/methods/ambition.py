"""How much a plan wants: three axes that are looked at apart, and one score with all its doubt."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..language import check_language
from ..tables import Tables, join, select_cities
from . import composite
from .comparability import against_benchmark, among, group_numbers, matrix
from .composite import RankUncertainty
from .growth import cagr, gap_closed, growth_table
from .units import to_base

AXES = ("pace", "level", "gap")
# Above this share of draws one city is told apart from another; below it the data cannot tell.
SURE = 0.95


def axes(tables: Tables, cities: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return the cities' values on each axis of ambition, one row a target and axis.

    - `pace`: the compound rate in the wanted direction (a fraction a year), for targets whose growth may be compared
      with another city's: where less is better, a fall of 5 % a year is 0.05;
    - `level`: the target over the national one, or the national one over it where less is better (a ratio), for targets
      that may be compared with it. A ratio to 0 or of a negative number is none, and left out; of several national
      targets the one that gives the least ratio counts;
    - `gap`: the share of the gap to the indicator's natural limit in its direction that the target closes, for
      comparable scores; a score that stands at its limit has no gap, and is left out.

    `value` has the value, `low` and `high` what it could be within the rounding of a measured baseline: half of its
    last decimal; what is counted one by one, and targets, are exact. Higher is more ambitious on every axis;
    `direction` is 1 where more of the indicator is better, −1 where less is. Without a comparable target the frame is
    empty. Unknown cities or languages raise `UserError`.
    """
    check_language(lang)
    rates = growth_table(tables, cities, lang=lang)
    # An axis has one component an indicator: of targets that fall into several groups, the largest group counts.
    numbers = group_numbers(among(matrix(tables), rates), "growth")
    rates = rates[rates["target_id"].map(numbers) == 0]
    parts = [_paces(rates, tables), _levels(tables, cities, lang), _gaps(rates, tables)]
    frame = pd.concat([part[AXIS_COLUMNS] for part in parts], ignore_index=True)
    return frame.astype({"value": float, "low": float, "high": float})


AXIS_COLUMNS = [
    "axis", "target_id", "city_id", "city", "indicator_id", "indicator", "document_id", "locator", "basis_status",
    "value", "low", "high", "direction",
]  # fmt: skip


def _paces(rates: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    frame = rates[rates["measure"] == "compound"]
    starts, way = _starts(frame, tables), frame["direction"].astype(float)
    return _measured(frame, "pace", [way * cagr(start, frame["target_value"], frame["years"]) for start in starts])


def _levels(tables: Tables, cities: list[str] | None, lang: str) -> pd.DataFrame:
    pairs = against_benchmark(tables)
    pairs = pairs.loc[pairs["levels"], ["target_a", "target_b"]].set_axis(["target_id", "benchmark_id"], axis=1)
    frame = join(tables).merge(pairs, on="target_id")
    targets = tables.targets
    base = to_base(targets["target_value"], targets["unit_id"], tables.units).set_axis(targets["target_id"])
    frame = frame[frame["city_id"].isin(select_cities(tables, cities))]
    own, national = frame["target_id"].map(base), frame["benchmark_id"].map(base)
    more = frame["indicator_direction"] == 1
    over, under = own.where(more, national), national.where(more, own)
    ratio = (over / under)[(national > 0) & (own >= 0) & (under > 0)]
    names = {what: frame[f"{what}_name_{lang}"] for what in ("city", "indicator")}
    frame = frame.assign(direction=frame["indicator_direction"], **names).loc[ratio.index]
    return _least(_measured(frame, "level", [ratio] * 3), ["target_id"])


def _gaps(rates: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    frame = rates[rates["measure"] == "points"]
    ends = tables.indicators.set_index("indicator_id")
    upper, lower = (frame["indicator_id"].map(ends[f"{end}_limit"]) for end in ("upper", "lower"))
    limit = upper.where(frame["direction"] == 1, lower)
    frame = frame[limit.notna() & (limit != frame["baseline_value"])]
    found = [gap_closed(start, frame["target_value"], limit[frame.index]) for start in _starts(frame, tables)]
    return _measured(frame, "gap", found)


def _starts(frame: pd.DataFrame, tables: Tables) -> list[pd.Series]:
    """Return each baseline as stated, and as high and as low as its rounding allows.

    What is counted one by one is exact; a count in a unit of many, such as 万件, is rounded like any other number.
    """
    units, base = tables.units.set_index("unit_id"), frame["baseline_value"]
    kind, factor = (frame["unit_id"].map(units[name]) for name in ("kind", "factor"))
    decimals = base.map(composite.decimals).astype(float)
    half = (0.5 * 10.0**-decimals).mask((kind == "count") & (factor == 1), 0.0)
    return [base, base + half, base - half]


def _measured(frame: pd.DataFrame, axis: str, found: list[pd.Series]) -> pd.DataFrame:
    """Return rows with their value on an axis, and the least and the greatest that it could be."""
    low, high = (edge(found[1], found[2]) for edge in (np.minimum, np.maximum))
    return frame.assign(axis=axis, value=found[0], low=low, high=high)


def _least(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return of the rows with the same keys the one with the least value, which the city holds to in any case."""
    least = frame["value"] == frame.groupby(keys)["value"].transform("min")
    return frame[least].drop_duplicates(keys)


@dataclass(frozen=True)
class Score:
    """The ambition score: its components (city × component, 0 to 1), and what became of it under many choices.

    `by_axis` has each city's mean over the components of one axis. `withheld` says why a city has no score, and
    `verdicts` what may be said of every pair that has one.
    """

    components: pd.DataFrame
    weights: pd.Series
    by_axis: pd.DataFrame
    uncertainty: RankUncertainty
    leave_one_out: pd.DataFrame
    verdicts: pd.DataFrame
    withheld: pd.Series


def score(
    tables: Tables, measured: pd.DataFrame, cities: list[str] | None = None, *, draws: int = 10_000, lang: str = "en"
) -> Score | None:
    """Return the score of the cities from what `axes` returns for them; None where no two cities can have one.

    Components and goalposts are those of goalposts.csv; every axis weighs the same, shared by its components. A city
    needs two thirds of the components. Of several targets of one city on one component the least ambitious counts; none
    are averaged. Raises `UserError` for unknown cities, and `ValueError` for fewer than one draw. Sources: OECD/JRC
    Handbook (2008); goalposts as in the UNDP's indices.
    """
    order = select_cities(tables, cities)
    components, widths = (_pivot(tables, measured, order, what) for what in ("value", "width"))
    if components.shape[1] < 3:
        return None
    withheld = composite.too_few(components, lang=lang)
    if withheld.isna().sum() < 2:
        return None
    weights = _weights(tables, components)
    found = composite.rank_uncertainty(components, weights, draws=draws, rounding=widths.fillna(0.0))
    axis = tables.goalposts.set_index("component_id")["axis"]
    by_axis = components.T.groupby(axis).mean().T[[name for name in AXES if name in set(axis[components.columns])]]
    return Score(
        components, weights, by_axis, found, composite.leave_one_out(components, weights),
        _verdicts(found, by_axis[withheld.isna()]), withheld.dropna(),
    )  # fmt: skip


def _pivot(tables: Tables, measured: pd.DataFrame, order: list[str], what: str) -> pd.DataFrame:
    """Return city × component: the values on their goalposts, or half of the width that rounding leaves them."""
    frame = _least(tables.goalposts.merge(measured, on=["axis", "indicator_id"]), ["city_id", "component_id"])
    scores = {name: _on_goalposts(frame, name) for name in ("value", "low", "high")}
    frame = frame.assign(value=scores["value"], width=(scores["high"] - scores["low"]).abs() / 2)
    table = frame.pivot(index="city_id", columns="component_id", values=what)  # noqa: PD010  # pivot_table averages
    shared = [name for name in tables.goalposts["component_id"] if name in table.columns]
    return table.reindex(index=order, columns=shared)


def _on_goalposts(frame: pd.DataFrame, column: str) -> pd.Series:
    """Return values on the goalposts of their components, 0 to 1; the axes turn every value so that more is better."""
    parts = [
        composite.normalise(rows[column], lower=rows["lower"].iloc[0], upper=rows["upper"].iloc[0])
        for _, rows in frame.groupby("component_id")
    ]
    scored: pd.Series = pd.concat([frame[column].iloc[:0], *parts])
    return scored.reindex(frame.index)


def _weights(tables: Tables, components: pd.DataFrame) -> pd.Series:
    """Return one weight a component: every axis the same, shared by its components."""
    axis = tables.goalposts.set_index("component_id")["axis"].loc[components.columns]
    return 1 / axis.map(axis.value_counts()) / axis.nunique()


def _verdicts(found: RankUncertainty, by_axis: pd.DataFrame) -> pd.DataFrame:
    """Return what may be said of each pair with scores: `above`, `axes-disagree` or `not-told-apart`.

    One city is above another only if it is so in at least 95 % of the draws and on no axis below.
    """
    rows = []
    for place, first in enumerate(by_axis.index):
        for second in by_axis.index[place + 1 :]:
            share = found.above.loc[first, second]
            a, b = (first, second) if share >= 0.5 else (second, first)
            against = [axis for axis in by_axis if by_axis[axis][a] < by_axis[axis][b]]
            share = max(share, 1 - share)
            verdict = "not-told-apart" if share < SURE else "axes-disagree" if against else "above"
            rows.append((a, b, share, verdict, tuple(against)))
    return pd.DataFrame(rows, columns=["city_a", "city_b", "p_above", "verdict", "against"])
