"""Recorded numbers keep their ids and their exact value, and nothing doubtful is recorded."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reports import results

FRAME = pd.DataFrame(
    {
        "city_id": ["haikou", "weihai"],
        "indicator_id": ["patents", pd.NA],
        "theme_id": ["a", "b"],
        "share": [0.1, float("nan")],
        "tasks": pd.array([3, 4], dtype="Int64"),
        "unit_id": ["item", "firm"],
    }
)


def test_a_row_has_the_ids_of_its_frame_and_no_others() -> None:
    context = dict.fromkeys(results.CONTEXT, "")
    assert results.rows(FRAME, ["tasks", "share"], by=None, unit="unit_id") == [
        {
            "city_id": "haikou",
            "indicator_id": "patents",
            "target_id": "",
            "quantity": "tasks",
            "value": "3",
            "unit_id": "item",
            **context,
        },
        {
            "city_id": "haikou",
            "indicator_id": "patents",
            "target_id": "",
            "quantity": "share",
            "value": "0.1",
            "unit_id": "item",
            **context,
        },
        {
            "city_id": "weihai",
            "indicator_id": "",
            "target_id": "",
            "quantity": "tasks",
            "value": "4",
            "unit_id": "firm",
            **context,
        },
    ]


def test_a_row_says_of_which_years_it_is_and_where_it_stands() -> None:
    frame = FRAME.assign(baseline_year=[2020.0, None], target_year=2025, document_id="plan", locator="table:1")
    first, second = results.rows(frame, ["tasks"], by=None, unit=None)
    assert [first[name] for name in results.CONTEXT] == ["2020", "2025", "", "plan", "table:1"]
    assert second["baseline_year"] == ""


def test_what_tells_rows_apart_stands_in_the_quantity() -> None:
    found = results.rows(FRAME.assign(city_id="haikou"), ["tasks"], by="theme_id", unit=None)
    assert [row["quantity"] for row in found] == ["tasks[a]", "tasks[b]"]
    assert [row["unit_id"] for row in found] == ["", ""]


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_value_reads_back_exactly(value: float) -> None:
    (row,) = results.rows(pd.DataFrame({"x": [value]}), ["x"], by=None, unit=None)
    assert float(json.loads(json.dumps(row))["value"]) == value


@settings(deadline=None)
@given(st.integers(-(2**63), 2**63 - 1))
def test_a_whole_number_stays_whole(value: int) -> None:
    (row,) = results.rows(pd.DataFrame({"x": [value]}), ["x"], by=None, unit=None)
    assert int(row["value"]) == value


@pytest.mark.parametrize(
    ("frame", "options", "message"),
    [
        (FRAME, {"quantities": ["shares"]}, "no column 'shares' to record. Did you mean 'share'?"),
        (FRAME, {"quantities": ["share"], "by": "theme"}, "Did you mean 'theme_id'?"),
        (FRAME, {"quantities": ["unit_id"]}, "The value 'item' in the column 'unit_id' is no number"),
        (FRAME.assign(share=[True, False]), {"quantities": ["share"]}, "The value True in the column 'share'"),
        (FRAME.assign(share=[float("inf"), 1.0]), {"quantities": ["share"]}, "The value inf in the column 'share'"),
        (FRAME.assign(city_id="haikou", indicator_id=""), {"quantities": ["tasks"]}, "haikou, tasks is recorded twice"),
    ],
)
def test_what_cannot_be_recorded_is_refused(frame: pd.DataFrame, options: dict, message: str) -> None:
    with pytest.raises(ValueError, match="^.*" + message.replace("?", r"\?").replace(".", r"\.")):
        results.rows(frame, **({"by": None, "unit": None} | options))
