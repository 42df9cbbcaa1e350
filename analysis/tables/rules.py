"""Rules that the tables must keep beyond their schema: what is stated, what is inferred, what fits together."""

import re
from collections.abc import Iterator

import pandas as pd

from .datapackage import Fault, Tables
from .select import join

CHINESE_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九十")} | {"两": 2}
# Which growth measures an indicator of each kind may have: scores and shares do not compound.
MEASURES = {
    "score": {"points", "not-meaningful"},
    "share": {"percentage-points", "not-meaningful"},
    "rate": {"percentage-points", "not-meaningful"},
}
COMPOUNDING = {"compound", "not-meaningful"}


def rule_faults(tables: Tables) -> list[Fault]:
    """Return the faults of tables that keep their schema against the rules of the data model."""
    parts = (
        document_rules,
        unit_rules,
        indicator_rules,
        target_rules,
        milestone_rules,
        funding_rules,
        measure_rules,
        responsibility_rules,
        observation_rules,
        goalpost_rules,
    )
    return [fault for part in parts for fault in part(tables)]


# The codebook


def document_rules(tables: Tables) -> Iterator[Fault]:
    """Yield dates and years of documents that do not fit together."""
    frame = tables.documents
    wrong = frame["title_zh"].str.startswith("（待填")
    yield from _each(frame, "documents", wrong, "title_zh", "is the stub's", "Write the title as the plan prints it.")
    wrong = frame["issued"].isna() != (frame["issued_status"] == "missing")
    remedy = "Give the date, or say missing in issued_status."
    yield from _each(frame, "documents", wrong, "issued_status", "does not fit the date of issue", remedy)
    wrong = frame["period_end"].str[:7] < frame["period_start"].str[:7]
    yield from _each(frame, "documents", wrong, "period_end", "is before period_start", "Check both in the document.")
    wrong = pd.to_numeric(frame["period_end"].str[:4]) <= frame["base_year"]
    remedy = "A plan's period ends after the year that its baselines are of; check both in the document."
    yield from _each(frame, "documents", wrong, "period_end", "does not end after base_year", remedy)
    wrong = frame["horizon"] <= frame["base_year"]
    yield from _each(frame, "documents", wrong, "horizon", "is not after base_year", "Check both in the document.")


def unit_rules(tables: Tables) -> Iterator[Fault]:
    """Yield units without a base unit of their kind."""
    frame = tables.units
    yield from _each(frame, "units", ~(frame["factor"] > 0), "factor", "is not above zero", "Give the exact factor.")
    base = frame.merge(frame, left_on="base_unit_id", right_on="unit_id", suffixes=("", "_base")).set_axis(frame.index)
    wrong = (base["base_unit_id_base"] != base["base_unit_id"]) | (base["factor_base"] != 1)
    remedy = "A base unit is its own base with factor 1."
    yield from _each(frame, "units", wrong, "base_unit_id", "is not a base unit", remedy)
    wrong = base["kind"] != base["kind_base"]
    yield from _each(frame, "units", wrong, "kind", "differs from its base unit's", "Units convert within a kind only.")


def indicator_rules(tables: Tables) -> Iterator[Fault]:
    """Yield growth measures that do not fit the kind, and limits out of order."""
    frame = tables.indicators
    allowed = [
        measure in MEASURES.get(kind, COMPOUNDING)
        for kind, measure in zip(frame["kind"], frame["growth_measure"], strict=True)
    ]
    wrong = ~pd.Series(allowed, index=frame.index, dtype=bool)
    remedy = "Scores change in points, shares and rates in percentage-points; the others compound."
    yield from _each(frame, "indicators", wrong, "growth_measure", "does not fit the kind", remedy)
    wrong = frame["upper_limit"] <= frame["lower_limit"]
    yield from _each(frame, "indicators", wrong, "upper_limit", "is not above lower_limit", "Check both limits.")


# Targets


def target_rules(tables: Tables) -> Iterator[Fault]:
    """Yield targets at odds with themselves, their indicator, their document or what they restate."""
    frame = tables.targets
    joined = join(tables).set_axis(frame.index)
    yield from _value_rules(frame)
    yield from _printed_rules(frame, joined)
    yield from _limit_rules(frame, joined)
    yield from _restating_rules(frame)
    yield from _place_rules(tables, "targets")
    wrong = frame["locator"].isna() & joined["document_source_id"].isna()
    remedy = "Give the row of the indicator table, or the item's number, so that the number can be found."
    yield from _each(frame, "targets", wrong, "locator", "is empty though the document was read", remedy)
    inferred = (frame["basis_status"] == "inferred") | (frame["unit_status"] == "inferred")
    yield from _note_rules(frame, "targets", inferred)


def _value_rules(frame: pd.DataFrame) -> Iterator[Fault]:
    """Yield values, years and bounds of a target that do not fit together."""
    wrong = frame["baseline_value"].isna() != frame["baseline_year"].isna()
    remedy = "A baseline needs its value and its year; leave both empty where not stated."
    yield from _each(frame, "targets", wrong, "baseline_value", "and baseline_year do not go together", remedy)
    wrong = frame["baseline_year"].notna() & frame["target_year"].isna() & frame["target_value"].notna()
    remedy = "A baseline and a target need the year of both; without a target year, leave the baseline empty."
    yield from _each(frame, "targets", wrong, "target_year", "is empty beside a baseline", remedy)
    wrong = frame["target_year"] <= frame["baseline_year"]
    yield from _each(frame, "targets", wrong, "target_year", "is not after baseline_year", "Check both years.")
    worded = (frame["bound"] == "qualitative") & (frame["basis"] == "qualitative")
    wrong = frame["target_value"].isna() != worded
    remedy = "A target in words has no value, and bound and basis qualitative; any other has a value."
    yield from _each(frame, "targets", wrong, "target_value", "does not fit bound and basis", remedy)
    wrong = ~(frame["target_upper"] > frame["target_value"]) & frame["target_upper"].notna()
    yield from _each(frame, "targets", wrong, "target_upper", "is not above target_value", "Check the range.")
    wrong = frame["alternative_basis"] == frame["basis"]
    yield from _each(frame, "targets", wrong, "alternative_basis", "repeats the basis", "Leave it empty.")
    wrong = frame["alternative_basis"].isin(["growth-rate", "qualitative"])
    remedy = "Name the other basis that the same number may have, such as cumulative, or leave it empty."
    yield from _each(frame, "targets", wrong, "alternative_basis", "is no other reading of a level", remedy)
    wrong = frame["unit_id"].isna() != frame["target_value"].isna()
    yield from _each(frame, "targets", wrong, "unit_id", "does not fit the value", "Every number has a unit.")


def _printed_rules(frame: pd.DataFrame, joined: pd.DataFrame) -> Iterator[Fault]:
    """Yield printed cells that do not say the same as their numbers."""
    for printed, value, upper in (
        ("printed_baseline", "baseline_value", None),
        ("printed_target", "target_value", "target_upper"),
    ):
        wrong = _printed_otherwise(frame, printed, value, upper)
        remedy = f"Check it against the document and against {value}."
        yield from _each(frame, "targets", wrong, printed, f"and {value} are not the same number", remedy)
    expected = pd.Series("inferred", index=frame.index).where(frame["printed_unit"].isna(), "printed")
    wrong = (frame["unit_status"] != expected.where(frame["unit_id"].notna())) & frame["unit_id"].notna()
    remedy = "It is printed where printed_unit has the unit, inferred where the source lost it."
    yield from _each(frame, "targets", wrong, "unit_status", "does not fit printed_unit", remedy)
    symbol = joined["unit_symbol_zh"].str.split("/").str[0]
    wrong = frame["printed_unit"].notna() & symbol.notna() & (frame["printed_unit"] != symbol)
    yield from _each(frame, "targets", wrong, "printed_unit", "is not the symbol of unit_id", "Check the unit.")


def _limit_rules(frame: pd.DataFrame, joined: pd.DataFrame) -> Iterator[Fault]:
    """Yield units and values that do not suit the indicator; a growth rate has its own unit and no limits."""
    growth = frame["basis"] == "growth-rate"
    kind = joined["indicator_kind"].replace("rate", "share").mask(growth, "rate")
    wrong = joined["unit_kind"].notna() & (joined["unit_kind"] != kind)
    remedy = "Use a unit of the indicator's kind, or another indicator."
    yield from _each(frame, "targets", wrong, "unit_id", "is not a unit of the indicator's kind", remedy)
    for column in ("baseline_value", "target_value", "target_upper"):
        outside = (frame[column] < joined["indicator_lower_limit"]) | (frame[column] > joined["indicator_upper_limit"])
        remedy = "Check the number, or the limits in indicators.csv."
        yield from _each(frame, "targets", outside & ~growth, column, "is outside the indicator's limits", remedy)


def _restating_rules(frame: pd.DataFrame) -> Iterator[Fault]:
    """Yield rows that restate anything but an original row of the same city and indicator."""
    original = frame.set_index("target_id").reindex(frame["restates"]).set_axis(frame.index)
    repeats = frame["restates"].notna()
    same = (original["city_id"] == frame["city_id"]) & (original["indicator_id"] == frame["indicator_id"])
    wrong = repeats & (~same | original["restates"].notna() | (frame["restates"] == frame["target_id"]))
    remedy = "Name the first row of the same city and indicator."
    yield from _each(frame, "targets", wrong, "restates", "is not a row that this one can repeat", remedy)


# Other statements


def milestone_rules(tables: Tables) -> Iterator[Fault]:
    """Yield dated commitments of another city than their document's, and dates inferred without evidence."""
    yield from _place_rules(tables, "milestones")
    yield from _note_rules(tables.milestones, "milestones", tables.milestones["date_status"] == "inferred")


def funding_rules(tables: Tables) -> Iterator[Fault]:
    """Yield sums in a unit that is none of money, and printed cells that do not say the same as their amounts."""
    yield from _place_rules(tables, "funding")
    frame = tables.funding
    kind = frame["unit_id"].map(tables.units.set_index("unit_id")["kind"])
    yield from _each(frame, "funding", kind != "money", "unit_id", "is not a unit of money", "Use a unit of money.")
    wrong = _printed_otherwise(frame, "printed_amount", "amount")
    yield from _each(frame, "funding", wrong, "printed_amount", "and amount are not the same number", "Check both.")


def measure_rules(tables: Tables) -> Iterator[Fault]:
    """Yield measures of another city than their document's, and tasks without exactly one primary theme."""
    yield from _place_rules(tables, "measures")
    frame, coded = tables.measures, tables.measure_themes
    primary = coded.loc[coded["weight"] == "primary"].groupby("measure_id").size()
    count = frame["measure_id"].map(primary).fillna(0)
    wrong = (count > 1) | ((frame["kind"] == "task") & (count != 1))
    remedy = "Give it one in measure_themes.csv; any further themes are secondary."
    yield from _each(frame, "measures", wrong, "measure_id", "has not exactly one primary theme", remedy)


def responsibility_rules(tables: Tables) -> Iterator[Fault]:
    """Yield lists of agencies that are no lists, and agencies of another city than the measure's."""
    frame = tables.responsibilities
    expected = frame.groupby("measure_id").cumcount() + 1
    remedy = "Number the agencies of a measure from 1 in printed order."
    yield from _each(frame, "responsibilities", frame["position"] != expected, "position", "is out of order", remedy)
    city = frame["measure_id"].map(tables.measures.set_index("measure_id")["city_id"])
    wrong = city != frame["agency_id"].map(tables.agencies.set_index("agency_id")["city_id"])
    remedy = "Name an agency of the measure's own city."
    yield from _each(frame, "responsibilities", wrong, "agency_id", "is another city's agency", remedy)


def observation_rules(tables: Tables) -> Iterator[Fault]:
    """Yield outcomes whose unit does not suit the indicator, and notes in one language only."""
    frame = tables.observations
    indicator = frame["indicator_id"].map(tables.indicators.set_index("indicator_id")["kind"]).replace("rate", "share")
    unit = frame["unit_id"].map(tables.units.set_index("unit_id")["kind"])
    remedy = "Use a unit of the indicator's kind, or another indicator."
    wrong = unit != indicator
    yield from _each(frame, "observations", wrong, "unit_id", "is not a unit of the indicator's kind", remedy)
    yield from _note_rules(frame, "observations", pd.Series(data=False, index=frame.index))


def goalpost_rules(tables: Tables) -> Iterator[Fault]:
    """Yield goalposts out of order, and a second component of one axis and indicator."""
    frame = tables.goalposts
    wrong = ~(frame["lower"] < frame["upper"])
    yield from _each(frame, "goalposts", wrong, "upper", "is not above lower", "Swap them, or choose other goalposts.")
    again = frame.duplicated(["axis", "indicator_id", "choice"])
    remedy = "One component an axis, indicator and choice; remove one."
    yield from _each(frame, "goalposts", again, "indicator_id", "stands on this axis already", remedy)


# What the rules share


def _each(frame: pd.DataFrame, table: str, wrong: pd.Series, column: str, problem: str, remedy: str) -> Iterator[Fault]:
    """Yield one fault for every row where `wrong` holds; row numbers as a spreadsheet shows them."""
    for index in frame.index[wrong.fillna(value=False).astype(bool)]:
        cell = frame.loc[index, column]
        value = None if pd.isna(cell) else f"{cell:.15g}" if isinstance(cell, float) else str(cell)
        yield Fault(f"{table}.csv", int(index) + 2, column, value, problem, remedy)


def _printed_otherwise(frame: pd.DataFrame, printed: str, value: str, upper: str | None = None) -> pd.Series:
    """Say for every row whether its printed cell holds anything but the stored numbers."""
    uppers = frame[upper] if upper else [None] * len(frame)
    cells = zip(frame[printed], frame[value], uppers, strict=True)
    return pd.Series([not _agrees(*row) for row in cells], index=frame.index, dtype=bool)


def _agrees(text: object, number: float, upper: float | None) -> bool:
    """Say whether a printed cell holds exactly the stored numbers."""
    if not isinstance(text, str):
        return bool(pd.isna(number))
    printed = [float(part) for part in re.findall(r"\d+(?:\.\d+)?", text)]
    printed = printed or [float(CHINESE_DIGITS[char]) for char in text if char in CHINESE_DIGITS][:1]
    stored = [value for value in (number, upper) if value is not None and pd.notna(value)]
    return printed == stored


def _place_rules(tables: Tables, table: str) -> Iterator[Fault]:
    """Yield statements of another city than their document's."""
    frame = getattr(tables, table)
    city = frame["document_id"].map(tables.documents.set_index("document_id")["city_id"])
    remedy = "Use the city of the document."
    yield from _each(frame, table, frame["city_id"] != city, "city_id", "is not the document's city", remedy)


def _note_rules(frame: pd.DataFrame, table: str, inferred: pd.Series) -> Iterator[Fault]:
    """Yield inferences without evidence, and notes in one language only."""
    for column in ("note_en", "note_zh"):
        wrong = inferred & frame[column].isna()
        remedy = "Give the evidence in a sentence."
        yield from _each(frame, table, wrong, column, "is empty though the row is inferred", remedy)
    wrong = (frame["note_en"].isna() != frame["note_zh"].isna()) & ~inferred
    yield from _each(frame, table, wrong, "note_en", "and note_zh do not go together", "Write both languages.")
