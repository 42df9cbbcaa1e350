"""How much a plan wants: three axes that are looked at apart, and one score with all its doubt."""

from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from ..language import check_language
from ..tables import Tables, join, select_cities
from . import composite
from .comparability import against_benchmark, among, group_numbers, matrix
from .composite import RankUncertainty, Variant
from .growth import cagr, gap_closed, growth_table
from .units import half_width, to_base

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
    last decimal; what is counted one by one, and targets, are exact. `alternative_*` hold the same under the second
    reading, where the plan's own period ends earlier. Higher is more ambitious on every axis;
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
    return frame.astype(dict.fromkeys([*VALUES, *ALTERNATIVES], float))


VALUES = ["value", "low", "high"]
ALTERNATIVES = [f"alternative_{name}" for name in VALUES]
AXIS_COLUMNS = [
    "axis", "target_id", "city_id", "city", "indicator_id", "indicator", "document_id", "locator", "basis_status",
    *VALUES, *ALTERNATIVES, "direction",
]  # fmt: skip


def _paces(rates: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    frame = rates[rates["measure"] == "compound"]
    starts, way = _starts(frame, tables), frame["direction"].astype(float)
    found, other = (
        [way * cagr(start, frame["target_value"], years) for start in starts]
        for years in (frame["years"], frame["alternative_years"].where(frame["alternative_measure"] == "compound"))
    )
    return _measured(frame, "pace", found, other)


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
    """Return each baseline as stated, and as high and as low as its rounding allows."""
    base = frame["baseline_value"]
    half = half_width(base, frame["unit_id"], tables.units)
    return [base, base + half, base - half]


def _measured(
    frame: pd.DataFrame, axis: str, found: list[pd.Series], other: list[pd.Series] | None = None
) -> pd.DataFrame:
    """Return rows with their value on an axis and the least and greatest that it could be, in one or two readings."""
    frame, missing = frame.assign(axis=axis), pd.Series(np.nan, index=frame.index)
    for names, values in ((VALUES, found), (ALTERNATIVES, other or [missing] * 3)):
        low, high = (edge(values[1], values[2]) for edge in (np.minimum, np.maximum))
        frame = frame.assign(**dict(zip(names, (values[0], low, high), strict=True)))
    return frame


def _least(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return of the rows with the same keys the one with the least value, which the city holds to in any case."""
    least = frame["value"] == frame.groupby(keys)["value"].transform("min")
    return frame[least].drop_duplicates(keys)


@dataclass(frozen=True)
class Score:
    """The ambition score: its components (city × component, 0 to 1), and what became of it under many choices.

    `axes` has the axis of every component, `by_axis` each city's mean over the components of one axis. `withheld` says
    why a city has no score, `verdicts` what may be said of every pair that has one, `by_choice` which choice decides
    between the two highest. `repeated` are the indicators that carry weight on more than one axis.
    """

    components: pd.DataFrame
    axes: pd.Series
    by_axis: pd.DataFrame
    uncertainty: RankUncertainty
    leave_one_out: pd.DataFrame
    verdicts: pd.DataFrame
    by_choice: pd.DataFrame
    withheld: pd.Series
    repeated: list[str]


def score(
    tables: Tables, measured: pd.DataFrame, cities: list[str] | None = None, *, draws: int = 10_000, lang: str = "en"
) -> Score | None:
    """Return the score of the cities from what `axes` returns for them; None where no two cities can have one.

    Components and goalposts are those of goalposts.csv; every axis weighs the same, shared by its components. A city
    needs two thirds of the components. Of several targets of one city on one component the least ambitious counts; none
    are averaged. Every choice that could decide is drawn: weights, mean, a component left out within its axis, the
    goalposts of each axis, the reading of plans whose period ends earlier, and rounding. Raises `UserError` for unknown
    cities, and `ValueError` for fewer than one draw. Sources: OECD/JRC Handbook (2008), ch. 7; goalposts as in the
    UNDP's indices.
    """
    order, posts = select_cities(tables, cities), _posts(tables)
    variants = [_variant(tables, measured, order, options) for options in _options(posts, measured)]
    components = variants[0].scores
    withheld = composite.too_few(components, lang=lang)
    if components.shape[1] < 3 or withheld.isna().sum() < 2:
        return None
    named = posts.drop_duplicates("component_id").set_index("component_id").loc[components.columns]
    axes, indicators = named["axis"], named["indicator_id"]
    axis_of = dict(zip(map(str, axes.index), axes, strict=True))
    found = composite.rank_uncertainty(components, axis_of, variants=variants, draws=draws)
    by_axis = components.T.groupby(axes).mean().T[[name for name in AXES if name in set(axes)]]
    highest = found.ranks["score"].nlargest(2).index
    return Score(
        components, axes, by_axis, found, composite.leave_one_out(components, axis_of),
        _verdicts(found, by_axis[withheld.isna()]), composite.shares_by_choice(found, *highest), withheld.dropna(),
        indicators[indicators.duplicated()].unique().tolist(),
    )  # fmt: skip


REFERENCE = "reference"
READINGS = ("target-year", "plan-period")


def _posts(tables: Tables) -> pd.DataFrame:
    """Return the goalposts, the reference ones of every component first."""
    posts = tables.goalposts.assign(choice=tables.goalposts["choice"].fillna(REFERENCE))
    return posts.sort_values("choice", key=lambda choice: choice != REFERENCE, kind="stable")


def _options(posts: pd.DataFrame, measured: pd.DataFrame) -> list[dict[str, str]]:
    """Return every combination of goalposts, axis by axis, and readings, that of the reference first."""
    used = posts.merge(measured[["axis", "indicator_id"]].drop_duplicates())
    options = {
        f"goalposts_{axis}": tuple(rows["choice"].unique())
        for axis, rows in used.groupby("axis", sort=False)
        if len(rows["choice"].unique()) > 1
    }
    options["reading"] = READINGS if measured["alternative_value"].notna().any() else READINGS[:1]
    return [dict(zip(options, picked, strict=True)) for picked in product(*options.values())]


def _variant(tables: Tables, measured: pd.DataFrame, order: list[str], options: dict[str, str]) -> Variant:
    """Return city × component on the goalposts and in the reading of some options, and how far rounding moves it."""
    posts = _posts(tables)
    wanted = posts["axis"].map(lambda axis: options.get(f"goalposts_{axis}", REFERENCE))
    # A component that has no goalposts of that choice keeps its reference ones, which come first.
    posts = posts[posts["choice"].isin([REFERENCE]) | (posts["choice"] == wanted)].drop_duplicates(
        "component_id", keep="last"
    )
    if options["reading"] == READINGS[1]:
        other = measured[ALTERNATIVES].set_axis(VALUES, axis=1)
        measured = measured.assign(**other.fillna(measured[VALUES]))
    frame = _least(posts.merge(measured, on=["axis", "indicator_id"]), ["city_id", "component_id"])
    on_posts = {name: _on_goalposts(frame, name) for name in VALUES}
    frame = frame.assign(value=on_posts["value"], width=(on_posts["high"] - on_posts["low"]).abs() / 2)
    shared = [name for name in tables.goalposts["component_id"].unique() if name in set(frame["component_id"])]
    scores, widths = (
        frame.pivot(index="city_id", columns="component_id", values=name).reindex(index=order, columns=shared)  # noqa: PD010
        for name in ("value", "width")
    )
    return Variant(options, scores, widths.fillna(0.0))


def _on_goalposts(frame: pd.DataFrame, column: str) -> pd.Series:
    """Return values on the goalposts of their components, 0 to 1; the axes turn every value so that more is better."""
    parts = [
        composite.normalise(rows[column], lower=rows["lower"].iloc[0], upper=rows["upper"].iloc[0])
        for _, rows in frame.groupby("component_id")
    ]
    scored: pd.Series = pd.concat([frame[column].iloc[:0], *parts])
    return scored.reindex(frame.index)


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
