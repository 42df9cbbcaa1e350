"""Rules of dated commitments, sums of money, measures and their responsible units."""

from collections.abc import Iterator

import pandas as pd

from ..faults import Fault
from ..frames import Tables
from .common import agrees, each, note_rules, place_rules


def other_rules(tables: Tables) -> Iterator[Fault]:
    """Yield faults of milestones and sums of money, which keep the same rules."""
    yield from place_rules(tables, "milestones")
    yield from note_rules(tables.milestones, "milestones", tables.milestones["date_status"] == "inferred")
    yield from place_rules(tables, "funding")
    frame = tables.funding
    kind = frame["unit_id"].map(tables.units.set_index("unit_id")["kind"])
    yield from each(frame, "funding", kind != "money", "unit_id", "is not a unit of money", "Use a unit of money.")
    wrong = pd.Series(
        [not agrees(text, number, None) for text, number in zip(frame["printed_amount"], frame["amount"], strict=True)],
        index=frame.index,
        dtype=bool,
    )
    yield from each(frame, "funding", wrong, "printed_amount", "and amount are not the same number", "Check both.")


def measure_rules(tables: Tables) -> Iterator[Fault]:
    """Yield tasks without exactly one primary theme, and lists of agencies that are no lists."""
    yield from place_rules(tables, "measures")
    frame, coded = tables.measures, tables.measure_themes
    primary = coded.loc[coded["weight"] == "primary"].groupby("measure_id").size()
    count = frame["measure_id"].map(primary).fillna(0)
    wrong = (count > 1) | ((frame["kind"] == "task") & (count != 1))
    remedy = "Give it one in measure_themes.csv; any further themes are secondary."
    yield from each(frame, "measures", wrong, "measure_id", "has not exactly one primary theme", remedy)
    listed = tables.responsibilities
    expected = listed.groupby("measure_id").cumcount() + 1
    remedy = "Number the agencies of a measure from 1 in printed order."
    yield from each(listed, "responsibilities", listed["position"] != expected, "position", "is out of order", remedy)
    measure_city = listed["measure_id"].map(frame.set_index("measure_id")["city_id"])
    wrong = measure_city != listed["agency_id"].map(tables.agencies.set_index("agency_id")["city_id"])
    remedy = "Name an agency of the measure's own city."
    yield from each(listed, "responsibilities", wrong, "agency_id", "is another city's agency", remedy)
