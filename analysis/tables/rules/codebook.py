"""Rules of documents, units, indicators, outcomes and goalposts."""

from collections.abc import Iterator

import pandas as pd

from ..faults import Fault
from ..frames import Tables
from .common import each, note_rules

# Which growth measures an indicator of each kind may have: scores and shares do not compound.
MEASURES = {
    "score": {"points", "not-meaningful"},
    "share": {"percentage-points", "not-meaningful"},
    "rate": {"percentage-points", "not-meaningful"},
}
COMPOUNDING = {"compound", "not-meaningful"}


def document_rules(tables: Tables) -> Iterator[Fault]:
    """Yield dates and years of documents that do not fit together."""
    frame = tables.documents
    wrong = frame["issued"].isna() != (frame["issued_status"] == "missing")
    remedy = "Give the date, or say missing in issued_status."
    yield from each(frame, "documents", wrong, "issued_status", "does not fit the date of issue", remedy)
    wrong = frame["period_end"].str[:7] < frame["period_start"].str[:7]
    yield from each(frame, "documents", wrong, "period_end", "is before period_start", "Check both in the document.")
    wrong = pd.to_numeric(frame["period_end"].str[:4]) <= frame["base_year"]
    remedy = "A plan's period ends after the year that its baselines are of; check both in the document."
    yield from each(frame, "documents", wrong, "period_end", "does not end after base_year", remedy)
    wrong = frame["horizon"] <= frame["base_year"]
    yield from each(frame, "documents", wrong, "horizon", "is not after base_year", "Check both in the document.")


def unit_rules(tables: Tables) -> Iterator[Fault]:
    """Yield units without a base unit of their kind."""
    frame = tables.units
    yield from each(frame, "units", ~(frame["factor"] > 0), "factor", "is not above zero", "Give the exact factor.")
    base = frame.merge(frame, left_on="base_unit_id", right_on="unit_id", suffixes=("", "_base")).set_axis(frame.index)
    wrong = (base["base_unit_id_base"] != base["base_unit_id"]) | (base["factor_base"] != 1)
    remedy = "A base unit is its own base with factor 1."
    yield from each(frame, "units", wrong, "base_unit_id", "is not a base unit", remedy)
    wrong = base["kind"] != base["kind_base"]
    yield from each(frame, "units", wrong, "kind", "differs from its base unit's", "Units convert within a kind only.")


def indicator_rules(tables: Tables) -> Iterator[Fault]:
    """Yield growth measures that do not fit the kind, and limits out of order."""
    frame = tables.indicators
    allowed = [
        measure in MEASURES.get(kind, COMPOUNDING)
        for kind, measure in zip(frame["kind"], frame["growth_measure"], strict=True)
    ]
    wrong = ~pd.Series(allowed, index=frame.index, dtype=bool)
    remedy = "Scores change in points, shares and rates in percentage-points; the others compound."
    yield from each(frame, "indicators", wrong, "growth_measure", "does not fit the kind", remedy)
    wrong = frame["upper_limit"] <= frame["lower_limit"]
    yield from each(frame, "indicators", wrong, "upper_limit", "is not above lower_limit", "Check both limits.")


def observation_rules(tables: Tables) -> Iterator[Fault]:
    """Yield outcomes whose unit does not suit the indicator, and notes in one language only."""
    frame = tables.observations
    indicator = frame["indicator_id"].map(tables.indicators.set_index("indicator_id")["kind"]).replace("rate", "share")
    unit = frame["unit_id"].map(tables.units.set_index("unit_id")["kind"])
    remedy = "Use a unit of the indicator's kind, or another indicator."
    yield from each(
        frame, "observations", unit != indicator, "unit_id", "is not a unit of the indicator's kind", remedy
    )
    yield from note_rules(frame, "observations", pd.Series(data=False, index=frame.index))


def goalpost_rules(tables: Tables) -> Iterator[Fault]:
    """Yield goalposts out of order, and a second component of one axis and indicator."""
    frame = tables.goalposts
    wrong = ~(frame["lower"] < frame["upper"])
    yield from each(frame, "goalposts", wrong, "upper", "is not above lower", "Swap them, or choose other goalposts.")
    again = frame.duplicated(["axis", "indicator_id", "choice"])
    remedy = "One component an axis, indicator and choice; remove one."
    yield from each(frame, "goalposts", again, "indicator_id", "stands on this axis already", remedy)
