"""Which growth figure may be published for which target, and why another is withheld."""

import numpy as np
import pandas as pd

from ..language import check_language
from ..tables import Tables, join, select_cities, select_indicators
from ..units import to_base
from .cautions import cautions, with_counts, withheld
from .formulas import annual_change, cagr, gap_closed

# A base below this many counted things shows its counts beside the rate: 6 → 11 firms is +83 %.
SMALL_BASE = 20


def growth_table(
    tables: Tables, cities: list[str] | None = None, indicators: list[str] | None = None, lang: str = "en"
) -> pd.DataFrame:
    """Return one row per target that has a baseline, with the figure that may be published for it.

    `measure` names that figure: `compound` (`compound_rate`, a fraction a year), `points` and
    `percentage-points` (`annual_change`), `implied-flow` (`annual_change` of a running total, in its
    unit a year), `mean-change` (`change` of a period mean) or `none`. What may not be published is
    missing, and `withheld` says why. The `alternative_*` columns hold the second reading, where
    the text allows another basis or the plan's period another number of years. `small_base` shows
    the counts of a base below 20 things. `gap_closed` is the share of the gap to the natural limit in the
    indicator's `direction` (1 where more is better, −1 where less is). Rows that restate another row are left
    out; a choice without any such target gives an empty frame. Unknown cities, indicators or languages raise
    `UserError`.
    """
    check_language(lang)
    targets = _with_baseline(tables, cities, indicators)
    kinds, place = _kinds(tables, targets, lang)
    frame = targets.assign(**{name: kinds[name].array.take(place) for name in OF_KINDS})
    city = pd.Index(tables.cities["city_id"]).get_indexer(frame["city_id"])
    frame["city"] = tables.cities[f"name_{lang}"].array.take(city)
    base, target = frame["baseline_value"], frame["target_value"]
    for prefix in ("", "alternative_"):
        years, allowed = frame[f"{prefix}years"], _allowed(kinds[f"{prefix}measure"], place)
        rated, changing = (base.where(allowed[what]) for what in ("compound", "yearly"))
        frame[f"{prefix}compound_rate"] = cagr(rated, target.where(allowed["compound"]), years)
        frame[f"{prefix}annual_change"] = annual_change(changing, target, years)
    frame["change"] = (target - base).where((kinds["measure"] != "none").to_numpy()[place])
    limit = pd.Series(kinds["limit"].to_numpy()[place], index=frame.index)
    frame["gap_closed"] = gap_closed(base, target, limit.mask(limit == base))
    counts = _small_base(frame, tables, (kinds["small"] & (kinds["unit_kind"] == "count")).to_numpy()[place])
    frame["small_base"] = counts.reindex(frame.index)
    frame["caution"] = with_counts(frame["caution"], counts, lang)
    return frame[GROWTH_COLUMNS]


GROWTH_COLUMNS = [
    "target_id", "city_id", "city", "indicator_id", "indicator", "document_id", "locator",
    "basis", "basis_status", "unit_id", "baseline_year", "baseline_value", "target_year", "target_value", "years",
    "measure", "compound_rate", "annual_change", "change", "gap_closed",
    "alternative_basis", "alternative_years", "alternative_measure",
    "alternative_compound_rate", "alternative_annual_change", "small_base", "withheld", "caution", "direction",
]  # fmt: skip
# What makes two targets of one kind: all that decides which figures they may have, and in which words.
KIND = [
    "document_id", "indicator_id", "unit_id", "basis", "basis_status", "alternative_basis", "unit_status",
    "baseline_year", "target_year",
]  # fmt: skip
OF_KINDS = [
    "indicator", "direction", "years", "measure", "alternative_years", "alternative_measure", "withheld", "caution",
]  # fmt: skip


def _with_baseline(tables: Tables, cities: list[str] | None, indicators: list[str] | None) -> pd.DataFrame:
    """Return the targets of the chosen cities and indicators that have both values."""
    frame = tables.targets
    chosen = frame["city_id"].isin(select_cities(tables, cities)) & frame["restates"].isna()
    chosen &= frame["indicator_id"].isin(select_indicators(tables, indicators))
    return frame[chosen & frame["baseline_value"].notna() & frame["target_value"].notna()].reset_index(drop=True)


def _kinds(tables: Tables, targets: pd.DataFrame, lang: str) -> tuple[pd.DataFrame, np.ndarray]:
    """Return what is the same for all targets of one kind, one row a kind, and the kind of every target.

    Plans repeat few kinds, so that a million targets need their texts worked out some hundred times only.
    """
    place = (targets["baseline_value"] > 0).to_numpy().astype(np.int64) + 2 * (targets["target_value"] < 0).to_numpy()
    for name in KIND:
        codes, values = pd.factorize(targets[name], use_na_sentinel=False)
        place, _ = pd.factorize(place * len(values) + codes)
    first: list[int] = pd.Series(np.arange(len(place))).groupby(place).first().tolist() if len(place) else []
    kinds = join(tables, targets.iloc[first].reset_index(drop=True))
    kinds["years"] = (kinds["target_year"] - kinds["baseline_year"]).astype(float)
    kinds["measure"] = _measures(kinds, kinds["basis"])
    _add_alternative(kinds)
    kinds["direction"] = kinds["indicator_direction"]
    limit = kinds["indicator_upper_limit"].where(kinds["direction"] == 1, kinds["indicator_lower_limit"])
    kinds["limit"] = limit.where(kinds["measure"].isin(["points", "percentage-points"]))
    kinds["small"] = kinds["measure"].isin(["compound", "implied-flow"])
    kinds["withheld"], kinds["caution"] = withheld(kinds, lang), cautions(kinds, lang)
    kinds["indicator"] = kinds[f"indicator_name_{lang}"]
    return kinds, place


def _measures(frame: pd.DataFrame, basis: pd.Series) -> pd.Series:
    """Return the figure that a basis, the indicator and the values allow; `not-meaningful` indicators have none."""
    growth_measure = frame["indicator_growth_measure"]
    measure = growth_measure.mask(basis == "cumulative", "implied-flow").mask(basis == "period-mean", "mean-change")
    none = (growth_measure == "not-meaningful") | basis.isin(["growth-rate", "qualitative"])
    none |= (measure == "compound") & ((frame["baseline_value"] <= 0) | (frame["target_value"] < 0))
    return measure.mask(none, "none")


def _allowed(measure: pd.Series, place: np.ndarray) -> dict[str, np.ndarray]:
    """Return which targets may have a compound rate, and which a yearly change."""
    yearly = measure.isin(["compound", "points", "percentage-points", "implied-flow"])
    return {"compound": (measure == "compound").to_numpy()[place], "yearly": yearly.to_numpy()[place]}


def _add_alternative(frame: pd.DataFrame) -> None:
    """Add the second reading: another basis where the text allows one, the plan's own length where it is shorter."""
    period = _years_to_period_end(frame["document_period_end"], frame["baseline_year"])
    other_length = (period > 0) & (period < frame["years"]) & (frame["measure"] != "mean-change")
    other_basis = frame["alternative_basis"].notna()
    basis = frame["alternative_basis"].where(other_basis, frame["basis"])
    measure = _measures(frame, basis)
    measure = measure.where(other_basis | other_length)
    frame["alternative_years"] = period.where(other_length, frame["years"]).where(measure.notna())
    frame["alternative_measure"] = measure


def _years_to_period_end(period_end: pd.Series, baseline_year: pd.Series) -> pd.Series:
    """Return the years from the end of the base year to the end of a period dated by month.

    From the end of 2021 to the end of June 2025 is 3.5 years. Periods dated by year are missing.
    """
    year = pd.to_numeric(period_end.str[:4])
    month = pd.to_numeric(period_end.str[5:7].mask(period_end.str.len() != 7))
    return (year - 1 + month / 12 - baseline_year).astype(float)


def _small_base(frame: pd.DataFrame, tables: Tables, counted: np.ndarray) -> pd.Series:
    """Return the counts themselves of the rows whose base is fewer than `SMALL_BASE` counted things."""
    few = frame.loc[counted, ["baseline_value", "target_value", "unit_id"]]
    base = to_base(few["baseline_value"], few["unit_id"], tables.units)
    few, base = few[base < SMALL_BASE], base[base < SMALL_BASE]
    target = to_base(few["target_value"], few["unit_id"], tables.units)
    texts = [f"{start:g} → {end:g}" for start, end in zip(base, target, strict=True)]
    return pd.Series(texts, index=few.index, dtype="str")
