"""How much a plan wants: three axes that are looked at apart, and one score with all its doubt."""

from dataclasses import dataclass

import pandas as pd

from . import composite
from .comparability import against_benchmark, among, group_numbers, matrix
from .composite import RankUncertainty
from .growth import gap_closed, growth_table
from .language import check_language, name_column
from .tables import Tables, join, select_cities
from .units import to_base

AXES = ("pace", "level", "gap")
# Above this share of draws one city is told apart from another; below it the data cannot tell.
SURE = 0.95


def axes(tables: Tables, cities: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return the cities' values on each axis of ambition, one row a target and axis.

    - `pace`: the compound rate (a fraction a year), for targets whose growth may be compared with another city's;
    - `level`: the target over the national one (a ratio), for targets that may be compared with it;
    - `gap`: the share of the gap to the indicator's natural limit that the target closes, for comparable scores.

    `value` has the value, `low` and `high` what it could be within the rounding of a measured baseline: half of its
    last decimal; counts and targets are exact. Higher is more ambitious on every axis.
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
    "value", "low", "high",
]  # fmt: skip


def _paces(rates: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    frame = rates[rates["measure"] == "compound"]
    base, half = frame["baseline_value"], _half_unit(frame, tables)
    value, low, high = (
        (frame["target_value"] / start) ** (1 / frame["years"]) - 1 for start in (base, base + half, base - half)
    )
    return frame.assign(axis="pace", value=value, low=low, high=high)


def _levels(tables: Tables, cities: list[str] | None, lang: str) -> pd.DataFrame:
    pairs = against_benchmark(tables)
    pairs = pairs.loc[pairs["levels"], ["target_a", "target_b"]].set_axis(["target_id", "benchmark_id"], axis=1)
    frame = join(tables).merge(pairs, on="target_id")
    targets = tables.targets
    base = to_base(targets["target_value"], targets["unit_id"], tables.units).set_axis(targets["target_id"])
    frame = frame[frame["city_id"].isin(select_cities(tables, cities))]
    ratio = frame["target_id"].map(base) / frame["benchmark_id"].map(base)
    names = {what: frame[f"{what}_{name_column(lang)}"] for what in ("city", "indicator")}
    return frame.assign(axis="level", value=ratio, low=ratio, high=ratio, **names)


def _gaps(rates: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    frame = rates[rates["measure"] == "points"]
    limit = frame["indicator_id"].map(tables.indicators.set_index("indicator_id")["upper_limit"])
    frame, limit = frame[limit.notna()], limit.dropna()
    base, half = frame["baseline_value"], _half_unit(frame, tables)
    starts = (base, base + half, base - half)
    value, low, high = (gap_closed(start, frame["target_value"], limit) for start in starts)
    return frame.assign(axis="gap", value=value, low=low, high=high)


def _half_unit(frame: pd.DataFrame, tables: Tables) -> pd.Series:
    """Return half of the last decimal of each baseline; counted things are exact."""
    exact = frame["unit_id"].map(tables.units.set_index("unit_id")["kind"]) == "count"
    decimals = frame["baseline_value"].map(composite.decimals).astype(float)
    return (0.5 * 10.0**-decimals).mask(exact, 0.0)


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
    needs two thirds of the components. Sources: OECD/JRC Handbook (2008); goalposts as in the UNDP's indices.
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
    frame = tables.goalposts.merge(measured, on=["axis", "indicator_id"])
    scores = {name: _on_goalposts(frame, name) for name in ("value", "low", "high")}
    frame = frame.assign(value=scores["value"], width=(scores["high"] - scores["low"]).abs() / 2)
    table = frame.pivot_table(index="city_id", columns="component_id", values=what, sort=False)
    shared = [name for name in tables.goalposts["component_id"] if name in table.columns]
    return table.reindex(index=order, columns=shared)


def _on_goalposts(frame: pd.DataFrame, column: str) -> pd.Series:
    """Return values on the goalposts of their own rows, 0 to 1."""
    return ((frame[column] - frame["lower"]) / (frame["upper"] - frame["lower"])).clip(0, 1)


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
