"""What may be compared between two targets, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from ..rows import Cells
from .reasons import (
    DIFFERENT_INDICATOR,
    DIFFERENT_SPAN,
    DIFFERENT_UNIT,
    DIFFERENT_YEAR,
    GROWTH_RATE,
    INFERRED_BASIS,
    NO_BASELINE,
    NO_YEAR,
    SURVEY,
    WORDS,
    Reason,
    different_basis,
    open_basis,
    ordered,
)


@dataclass(frozen=True)
class Verdict:
    """What may be compared between two targets, and every reason and caution."""

    levels: bool
    growth: bool
    reasons: tuple[Reason, ...]


def compare(a: Cells, b: Cells) -> Verdict:
    """Return what may be compared between two rows of `tables.join`, and why.

    Levels need the same indicator, units of one base, the same basis and the same target year;
    growth needs the first three and two baselines, and is compared as yearly rates when the years
    differ. A basis that the text leaves open rules out both; an inferred one passes with a caution.
    """
    reasons = tuple(_reasons(a, b))
    stopped = frozenset().union(*(reason.stops for reason in reasons))
    return Verdict("levels" not in stopped, "growth" not in stopped, reasons)


def _reasons(a: Cells, b: Cells) -> Iterator[Reason]:
    """Yield the reasons in the order in which a reader should meet them."""
    if a["indicator_id"] != b["indicator_id"]:
        yield DIFFERENT_INDICATOR
    bases = {a["basis"], b["basis"]}
    if "qualitative" in bases:
        yield WORDS
        return
    if "growth-rate" in bases:
        yield GROWTH_RATE
        return
    if a["unit_base_unit_id"] != b["unit_base_unit_id"]:
        yield DIFFERENT_UNIT
    if len(bases) > 1:
        yield different_basis(bases)
    for readings in sorted({_readings(row) for row in (a, b) if pd.notna(row["alternative_basis"])}):
        yield open_basis(readings)
    yield from _year_reasons(a, b)
    if "inferred" in {a["basis_status"], b["basis_status"]}:
        yield INFERRED_BASIS
    if bases == {"score"}:
        yield SURVEY


def _readings(row: Cells) -> tuple[str, ...]:
    return ordered((row["basis"], row["alternative_basis"]))


def _year_reasons(a: Cells, b: Cells) -> Iterator[Reason]:
    dated = pd.notna(a["target_year"]) and pd.notna(b["target_year"])
    if not dated:
        yield NO_YEAR
    elif a["target_year"] != b["target_year"]:
        yield DIFFERENT_YEAR
    if pd.isna(a["baseline_value"]) or pd.isna(b["baseline_value"]):
        yield NO_BASELINE
    elif dated and (a["baseline_year"], a["target_year"]) != (b["baseline_year"], b["target_year"]):
        yield DIFFERENT_SPAN
