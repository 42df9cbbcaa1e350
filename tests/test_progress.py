"""Progress against promises: a published series, closed forms, and what no unit may move."""

from dataclasses import FrozenInstanceError

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods import progress

values = st.floats(0.1, 1e5)
years = st.tuples(st.integers(1, 10), st.integers(1, 10))


def test_the_steep_example_is_on_track_by_one_ratio_and_not_by_the_other() -> None:
    # Five times in five years, with 41 % of the distance done after three.
    found = progress.assess(1.0, 2020, 1 + 0.4066 * 4, 2023, 5.0, 2025)
    assert (round(found.ratio_compound, 2), round(found.ratio_linear, 2)) == (1.00, 0.68)
    assert (found.status_compound, found.status_linear, found.agree) == ("on_track", "acceleration_needed", False)


def test_a_published_series_comes_out() -> None:
    # Statistics Canada, Global Indicator Framework, 1-2-1: less is better; 14.5 in 2015, 10.2 in 2023, 7.25 by 2030.
    found = progress.assess(14.5, 2015, 10.2, 2023, 7.25, 2030, direction=-1)
    assert found.ratio_compound == pytest.approx(0.9525901792032172, rel=1e-12)
    assert found.status_compound == "on_track"


@given(st.integers(1, 99999), st.integers(1, 99999), st.integers(1, 99999), years, st.integers(-9, 9))
def test_a_unit_changes_no_ratio_rate_or_status(b: int, x: int, goal: int, span, power: int) -> None:
    # Hundredths, and factors of two, which change no digit: whatever comes out otherwise is the unit's doing.
    b, x, goal, factor = b / 100, x / 100, goal / 100, 2.0**power
    end = 2000 + span[0] + span[1]
    here = progress.assess(b, 2000, x, 2000 + span[0], goal, end)
    there = progress.assess(factor * b, 2000, factor * x, 2000 + span[0], factor * goal, end)
    for name in ("share_done", "ratio_compound", "ratio_linear", "required_rate"):
        assert getattr(here, name) == pytest.approx(getattr(there, name), rel=1e-12, nan_ok=True)
    for name in ("status_compound", "status_linear", "agree", "reason_compound", "reason_linear"):
        assert getattr(here, name) == getattr(there, name)
    for name in ("projected_compound", "projected_linear", "required_change"):
        assert factor * getattr(here, name) == pytest.approx(getattr(there, name), rel=1e-12, nan_ok=True)


def test_a_unit_that_no_computer_holds_exactly_changes_no_more_than_the_last_digits() -> None:
    here = progress.assess(4.99, 2020, 7.4, 2023, 10.02, 2025)
    there = progress.assess(499.0, 2020, 740.0, 2023, 1002.0, 2025)
    for name in ("share_done", "ratio_compound", "ratio_linear", "required_rate"):
        assert getattr(here, name) == pytest.approx(getattr(there, name), rel=1e-12)
    assert (here.status_compound, here.status_linear) == (there.status_compound, there.status_linear)


@given(values, values, years)
def test_a_series_on_its_geometric_path_has_a_compound_ratio_of_one(b: float, goal: float, span) -> None:
    if abs(np.log(goal / b)) < 1e-3:
        return
    whole = span[0] + span[1]
    x = b * (goal / b) ** (span[0] / whole)
    found = progress.assess(b, 0, x, span[0], goal, whole, direction=1 if goal > b else -1)
    assert found.ratio_compound == pytest.approx(1, rel=1e-6)
    assert found.projected_compound == pytest.approx(goal, rel=1e-9)
    assert found.required_rate == pytest.approx((goal / b) ** (1 / whole) - 1, rel=1e-6)
    assert found.status_compound in ("on_track", "achieved")


@given(values, values, years)
def test_a_series_on_its_straight_path_has_a_linear_ratio_of_one(b: float, goal: float, span) -> None:
    if abs(goal - b) < 1e-3 * b:
        return
    whole = span[0] + span[1]
    found = progress.assess(b, 0, b + (goal - b) * span[0] / whole, span[0], goal, whole, direction=np.sign(goal - b))
    assert found.ratio_linear == pytest.approx(1, rel=1e-6)
    assert found.projected_linear == pytest.approx(goal, rel=1e-6)
    assert found.required_change == pytest.approx((goal - b) / whole, rel=1e-6)


@pytest.mark.parametrize(
    ("current", "status"),
    [
        (110, "achieved"),
        (104.8, "on_track"),
        (103.1, "acceleration_needed"),
        (100, "limited"),
        (99.99, "deterioration"),
    ],
)
def test_the_ladder_of_statuses(current: float, status: str) -> None:
    assert progress.assess(100.0, 2020, current, 2022.5, 110.0, 2025).status_linear == status


def test_zero_and_negative_values_leave_the_linear_ratio_alone_standing() -> None:
    found = progress.assess(np.array([0.0, -2.0, 1.0]), 2020, 1.0, 2022, np.array([2.0, 2.0, -1.0]), 2024)
    assert np.isnan(found.ratio_compound).all()
    assert found.ratio_linear.tolist() == pytest.approx([1, 1.5, 0])
    assert found.status_compound.tolist()[:2] == ["unable_to_assess"] * 2
    assert found.reason_compound.tolist()[:2] == ["not-positive"] * 2
    assert found.reason_linear.tolist() == [""] * 3


@pytest.mark.parametrize(
    ("baseline", "current", "target"),
    [(-0.5, 2.0, 3.0), (4.0, 0.0, 2.0), (4.0, -0.5, 2.0), (4.0, 2.0, 0.0), (4.0, 2.0, -0.5)],
)
def test_one_value_of_zero_or_less_is_enough_to_leave_no_compound_rate(baseline, current, target) -> None:
    found = progress.assess(baseline, 2020, current, 2022, target, 2025)
    assert np.isnan([found.ratio_compound, found.projected_compound, found.required_rate]).all()
    assert (found.reason_compound, found.reason_linear) == ("not-positive", "")


def test_a_missing_year_of_a_nullable_series_is_missing_in_the_result() -> None:
    years = pd.Series([2020, pd.NA], dtype="Int64")
    found = progress.assess(pd.Series([1.0, 1.0], dtype="object"), years, 2.0, 2022, 4.0, 2025)
    assert found.reason_linear.tolist() == ["", "missing"]
    assert found.share_of_time.isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ((1.0, 2020, 2.0, 2020, 3.0, 2025), "one-date"),
        ((4.0, 2020, 4.0, 2020, 3.0, 2025), "one-date"),
        ((1.0, 2020, np.nan, 2022, 3.0, 2025), "missing"),
        ((3.0, 2020, 2.0, 2022, 3.0, 2025), "no-distance"),
    ],
)
def test_without_a_ratio_there_is_a_reason(given: tuple, reason: str) -> None:
    found = progress.assess(*given)
    assert (found.reason_compound, found.reason_linear) == (reason, reason)
    assert found.status_compound == found.status_linear == "unable_to_assess"
    for name in ("ratio_compound", "ratio_linear"):
        assert np.isnan(getattr(found, name))


def test_a_target_is_met_even_where_no_ratio_exists() -> None:
    assert progress.assess(100.0, 2015, 100.0, 2023, 100.0, 2030).status_compound == "achieved"
    assert progress.assess(np.nan, 2015, 12.0, 2023, 10.0, 2030).status_linear == "achieved"


def test_nothing_is_projected_beyond_the_natural_limit() -> None:
    found = progress.assess(80.0, 2020, 95.0, 2022, 99.0, 2025, limit=100.0)
    assert (found.projected_compound, found.projected_linear) == (100, 100)
    assert progress.assess(80.0, 2020, 95.0, 2022, 99.0, 2025, limit=np.nan).projected_linear == 117.5
    assert progress.assess(20.0, 2020, 5.0, 2022, 1.0, 2025, direction=-1, limit=0.0).projected_linear == 0


def test_after_the_target_year_no_time_is_left() -> None:
    found = progress.assess(1.0, 2020, 2.0, 2026, 3.0, 2025)
    assert found.share_of_time == 1.2
    assert np.isnan(found.required_rate)
    assert np.isnan(found.required_change)


@pytest.mark.parametrize(
    ("given", "options", "message"),
    [
        ((1, 2020, 2, 2021, 3, 2020), {}, "target_year − base_year must be above zero"),
        ((1, 2020, 2, 2019, 3, 2025), {}, "current_year − base_year must be zero or above"),
        ((1, 2020, 2, 2021, 3, 2025), {"direction": 0}, "direction must be 1 or -1"),
    ],
)
def test_years_out_of_order_are_refused(given: tuple, options: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        progress.assess(*given, **options)


def test_the_result_is_like_the_input() -> None:
    series = progress.assess(pd.Series([1.0, 2.0], index=["a", "b"]), 2020, 2.0, 2022, 4.0, 2025)
    assert series.ratio_linear.index.tolist() == ["a", "b"]
    assert isinstance(progress.assess(1, 2020, 2, 2022, 4, 2025).ratio_linear, float)
    assert isinstance(progress.assess(np.array([1.0]), 2020, 2, 2022, 4, 2025).ratio_linear, np.ndarray)


def test_what_was_found_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        progress.assess(1.0, 2020, 2.0, 2022, 4.0, 2025).ratio_linear = 1.0


def test_one_date_projects_nothing() -> None:
    found = progress.assess(4.0, 2020, 4.0, 2020, 5.0, 2025)
    assert np.isnan([found.projected_compound, found.projected_linear]).all()
