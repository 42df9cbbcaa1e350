"""Rules of targets: values, years and bounds that fit together, and printed cells that say the same."""

from collections.abc import Iterator

import pandas as pd

from ..chosen import join
from ..faults import Fault
from ..frames import Tables
from .common import agrees, each, note_rules, place_rules


def target_rules(tables: Tables) -> Iterator[Fault]:
    """Yield targets at odds with themselves, their indicator, their document or what they restate."""
    frame = tables.targets
    joined = join(tables).set_axis(frame.index)
    yield from _value_rules(frame)
    yield from _printed_rules(frame, joined)
    yield from _limit_rules(frame, joined)
    yield from _restating_rules(frame)
    yield from place_rules(tables, "targets")
    wrong = frame["locator"].isna() & joined["document_source_id"].isna()
    remedy = "Give the row of the indicator table, or the item's number, so that the number can be found."
    yield from each(frame, "targets", wrong, "locator", "is empty though the document was read", remedy)
    inferred = (frame["basis_status"] == "inferred") | (frame["unit_status"] == "inferred")
    yield from note_rules(frame, "targets", inferred)


def _value_rules(frame: pd.DataFrame) -> Iterator[Fault]:
    """Yield values, years and bounds of a target that do not fit together."""
    wrong = frame["baseline_value"].isna() != frame["baseline_year"].isna()
    remedy = "A baseline needs its value and its year; leave both empty where not stated."
    yield from each(frame, "targets", wrong, "baseline_value", "and baseline_year do not go together", remedy)
    wrong = frame["baseline_year"].notna() & frame["target_year"].isna() & frame["target_value"].notna()
    remedy = "A baseline and a target need the year of both; without a target year, leave the baseline empty."
    yield from each(frame, "targets", wrong, "target_year", "is empty beside a baseline", remedy)
    wrong = frame["target_year"] <= frame["baseline_year"]
    yield from each(frame, "targets", wrong, "target_year", "is not after baseline_year", "Check both years.")
    worded = (frame["bound"] == "qualitative") & (frame["basis"] == "qualitative")
    wrong = frame["target_value"].isna() != worded
    remedy = "A target in words has no value, and bound and basis qualitative; any other has a value."
    yield from each(frame, "targets", wrong, "target_value", "does not fit bound and basis", remedy)
    wrong = ~(frame["target_upper"] > frame["target_value"]) & frame["target_upper"].notna()
    yield from each(frame, "targets", wrong, "target_upper", "is not above target_value", "Check the range.")
    wrong = frame["alternative_basis"] == frame["basis"]
    yield from each(frame, "targets", wrong, "alternative_basis", "repeats the basis", "Leave it empty.")
    wrong = frame["alternative_basis"].isin(["growth-rate", "qualitative"])
    remedy = "Name the other basis that the same number may have, such as cumulative, or leave it empty."
    yield from each(frame, "targets", wrong, "alternative_basis", "is no other reading of a level", remedy)
    wrong = frame["unit_id"].isna() != frame["target_value"].isna()
    yield from each(frame, "targets", wrong, "unit_id", "does not fit the value", "Every number has a unit.")


def _printed_rules(frame: pd.DataFrame, joined: pd.DataFrame) -> Iterator[Fault]:
    """Yield printed cells that do not say the same as their numbers."""
    for printed, value, upper in (
        ("printed_baseline", "baseline_value", None),
        ("printed_target", "target_value", "target_upper"),
    ):
        uppers = frame[upper] if upper else [None] * len(frame)
        wrong = pd.Series(
            [not agrees(*cells) for cells in zip(frame[printed], frame[value], uppers, strict=True)],
            index=frame.index,
            dtype=bool,
        )
        remedy = f"Check it against the document and against {value}."
        yield from each(frame, "targets", wrong, printed, f"and {value} are not the same number", remedy)
    expected = pd.Series("inferred", index=frame.index).where(frame["printed_unit"].isna(), "printed")
    wrong = (frame["unit_status"] != expected.where(frame["unit_id"].notna())) & frame["unit_id"].notna()
    remedy = "It is printed where printed_unit has the unit, inferred where the source lost it."
    yield from each(frame, "targets", wrong, "unit_status", "does not fit printed_unit", remedy)
    symbol = joined["unit_symbol_zh"].str.split("/").str[0]
    wrong = frame["printed_unit"].notna() & symbol.notna() & (frame["printed_unit"] != symbol)
    yield from each(frame, "targets", wrong, "printed_unit", "is not the symbol of unit_id", "Check the unit.")


def _limit_rules(frame: pd.DataFrame, joined: pd.DataFrame) -> Iterator[Fault]:
    """Yield units and values that do not suit the indicator; a growth rate has its own unit and no limits."""
    growth = frame["basis"] == "growth-rate"
    kind = joined["indicator_kind"].replace("rate", "share").mask(growth, "rate")
    wrong = joined["unit_kind"].notna() & (joined["unit_kind"] != kind)
    remedy = "Use a unit of the indicator's kind, or another indicator."
    yield from each(frame, "targets", wrong, "unit_id", "is not a unit of the indicator's kind", remedy)
    for column in ("baseline_value", "target_value", "target_upper"):
        outside = (frame[column] < joined["indicator_lower_limit"]) | (frame[column] > joined["indicator_upper_limit"])
        remedy = "Check the number, or the limits in indicators.csv."
        yield from each(frame, "targets", outside & ~growth, column, "is outside the indicator's limits", remedy)


def _restating_rules(frame: pd.DataFrame) -> Iterator[Fault]:
    """Yield rows that restate anything but an original row of the same city and indicator."""
    original = frame.set_index("target_id").reindex(frame["restates"]).set_axis(frame.index)
    repeats = frame["restates"].notna()
    same = (original["city_id"] == frame["city_id"]) & (original["indicator_id"] == frame["indicator_id"])
    wrong = repeats & (~same | original["restates"].notna() | (frame["restates"] == frame["target_id"]))
    remedy = "Name the first row of the same city and indicator."
    yield from each(frame, "targets", wrong, "restates", "is not a row that this one can repeat", remedy)
