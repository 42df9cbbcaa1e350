"""Paths meet their ends, and the two ways of counting a lag are what their sources define."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import style
from analysis.figures.pathways_meetings import _draw_meetings, _meeting_panels
from analysis.methods import pathways
from analysis.tables import Tables, select_cities

levels = st.floats(0.01, 1e6)
spans = st.tuples(st.integers(1990, 2030), st.integers(1, 40))


@given(levels, levels, spans, st.sampled_from(pathways.SHAPES))
def test_a_path_meets_its_ends(baseline: float, target: float, span: tuple[int, int], shape: str) -> None:
    start, end = span[0], span[0] + span[1]
    ends = pathways.path(baseline, target, start, end, at=np.array([start, end]), shape=shape)
    assert ends == pytest.approx([baseline, target], rel=1e-12)


@given(levels, levels, st.floats(0.001, 1000), st.floats(0, 1), st.sampled_from(pathways.SHAPES))
def test_a_unit_changes_no_path(baseline: float, target: float, factor: float, at: float, shape: str) -> None:
    here = pathways.path(baseline, target, 0, 1, at=at, shape=shape)
    there = pathways.path(factor * baseline, factor * target, 0, 1, at=at, shape=shape)
    assert there == pytest.approx(factor * here, rel=1e-9)


@given(levels, levels)
def test_the_geometric_path_lies_below_the_linear_one_between_its_ends(baseline: float, target: float) -> None:
    middle = [pathways.path(baseline, target, 0, 2, at=1, shape=shape) for shape in pathways.SHAPES]
    assert middle[0] <= middle[1] * (1 + 1e-12)


def test_a_path_goes_on_before_its_start_by_the_same_rate() -> None:
    assert pathways.path(2.0, 3.0, 2020, 2021, at=2018.5) == pytest.approx(2 * 1.5**-1.5, rel=1e-12)


def test_paths_of_several_cities_at_once() -> None:
    found = pathways.path(pd.Series([4.0, 1.0]), pd.Series([9.0, np.nan]), 2020, 2022, at=2021)
    assert found.iloc[0] == 6
    assert np.isnan(found.iloc[1])
    assert np.isnan(pathways.path(5.0, 5.0, 2020, 2022, at=np.nan))
    assert np.isnan(pathways.path(5.0, np.nan, 2020, 2022, at=2020))


@given(levels, levels, st.floats(0.01, 0.5), st.floats(0.0, 0.5))
def test_after_catching_up_both_stand_level(low: float, high: float, fast: float, slow: float) -> None:
    years = pathways.catch_up(low, fast, high, slow)
    if low >= high:
        assert years == 0
    elif fast <= slow:
        assert years == np.inf
    elif years < 500:
        assert low * (1 + fast) ** years == pytest.approx(high * (1 + slow) ** years, rel=1e-6)


def test_catching_up_needs_the_years_of_the_closed_form() -> None:
    # 1 doubling a year against 8 standing still: three years.
    assert pathways.catch_up(1.0, 1.0, 8.0, 0.0) == pytest.approx(3)
    found = pathways.catch_up(np.array([1.0, 9.0, 1.0, np.nan]), 0.1, 8.0, np.array([0.2, 0.2, 0.1, 0.0]))
    assert found.tolist()[:3] == [np.inf, 0, np.inf]
    assert np.isnan(found[3])


def test_the_time_distance_is_sicherls() -> None:
    a = pd.Series([10.0, 20.0], index=[2020, 2025])
    b = pd.Series([10.0, 20.0], index=[2015, 2017])
    assert pathways.time_distance(a, b, 15) == 6.5
    assert pathways.time_distance(b, a, 15) == -6.5
    apart = pathways.time_distance(a, b, np.array([10, 20, 21]))
    assert apart.tolist()[:2] == [5, 8]
    assert np.isnan(apart[2])


def test_a_level_reached_twice_counts_the_first_time_and_a_flat_stretch_its_start() -> None:
    hill = ([0, 1, 2], [0, 10, 0])
    flat = ([0, 1, 2], [0, 5, 5])
    assert pathways.time_distance(hill, ([0, 10], [0, 10]), 5) == 0.5 - 5
    assert pathways.time_distance(([0, 1], [5, 5]), ([0, 10], [0, 10]), 5) == 0 - 5
    assert pathways.time_distance(flat, ([0, 10], [0, 10]), 5) == 1 - 5


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: pathways.path(1.0, 2.0, 2020, 2020, at=2020), "end − start must be above zero"),
        (lambda: pathways.path(0.0, 2.0, 2020, 2025, at=2021), "baseline must be above zero on a geometric path"),
        (lambda: pathways.path(1.0, -2.0, 2020, 2025, at=2021), "target must be above zero .* position 0 is -2"),
        (lambda: pathways.path(1.0, 2.0, 2020, 2025, at=2021, shape="straight"), "'straight' is not a shape of a path"),
        (lambda: pathways.catch_up(np.array([1.0, 0.0]), 0.1, 2.0, 0.1), "level_a must be above zero.*position 1"),
        (lambda: pathways.catch_up(1.0, -1.0, 2.0, 0.1), "rate_a must be above -1"),
        (lambda: pathways.catch_up(1.0, 0.1, np.inf, 0.1), "level_b must be above zero.*inf"),
        (lambda: pathways.time_distance(([2020], [1]), ([2020, 2021], [1, 2]), 1), "path_a needs two points"),
        (lambda: pathways.time_distance(([0, 0], [1, 2]), ([0, 1], [1, 2]), 1), "path_a needs .* years that increase"),
        (
            lambda: pathways.time_distance(([0, 1], [1, np.nan]), ([0, 1], [1, 2]), 1),
            "path_a needs .* no missing value",
        ),
        (lambda: pathways.time_distance(([0, 1], [1, 2]), ([1, 0], [1, 2]), 1), "path_b needs .* years that increase"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(call, message) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        call()


def test_linear_paths_may_cross_zero() -> None:
    assert pathways.path(-1.0, 1.0, 0, 2, at=1, shape="linear") == 0


@pytest.fixture(scope="module")
def meetings(plans: Tables) -> pd.DataFrame:
    """Return the meetings of the curated tables, by indicator, shape and reading."""
    return pathways.catch_up_table(plans).set_index(["indicator_id", "shape", "reading"])


def test_only_pairs_that_may_be_compared_are_followed(meetings: pd.DataFrame) -> None:
    indicators = meetings.index.get_level_values("indicator_id").unique().tolist()
    assert indicators == ["high-value-patents-per-10k", "ip-protection-satisfaction", "patent-agencies"]
    assert set(meetings["behind"]) | set(meetings["ahead"]) == {"Weihai", "Xiamen"}


def test_every_column_says_something(plans: Tables) -> None:
    assert pathways.catch_up_table(plans).notna().any().all()


def test_a_row_names_its_pair_and_gives_the_pace_of_both(meetings: pd.DataFrame) -> None:
    row = meetings.loc[("patent-agencies", "linear", "target-year")]
    assert row["case"] == "weihai-patent-agencies-2025 to xiamen-patent-agencies-2025, linear, target-year"
    assert (row["behind_city_id"], row["ahead_city_id"], row["indicator"]) == ("weihai", "xiamen", "Patent agencies")
    assert (row["level_behind"], row["baseline_behind"], row["pace_behind"]) == (18, 10, pytest.approx(8 / 5))
    assert row["pace_ahead"] == pytest.approx((row["level_ahead"] - row["baseline_ahead"]) / 4)
    at_rates = meetings.loc[("patent-agencies", "geometric", "target-year")]
    assert at_rates["pace_behind"] == pytest.approx((18 / 10) ** (1 / 5) - 1)


def test_weihai_meets_xiamen_at_rates_and_never_by_amounts(meetings: pd.DataFrame) -> None:
    patents = meetings.loc["high-value-patents-per-10k"]
    at_rates = patents.loc[("geometric", "target-year")]
    weihai, xiamen = (10.02 / 4.99) ** (1 / 5), (21.47 / 17.2) ** (1 / 4)
    assert at_rates["years"] == pytest.approx(np.log(21.47 / 10.02) / np.log(weihai / xiamen))
    assert at_rates["lag_target"] == pytest.approx(2020 + np.log(21.47 / 4.99) / np.log(weihai) - 2025, rel=1e-12)
    assert at_rates["lag_base"] == pytest.approx(2020 + np.log(17.2 / 4.99) / np.log(weihai) - 2021, rel=1e-12)
    by_amounts = patents.loc[("linear", "target-year")]
    assert by_amounts["years"] == np.inf
    assert np.isnan(by_amounts["meeting"])


def test_the_plans_own_period_lets_the_city_ahead_go_on_longer(meetings: pd.DataFrame) -> None:
    patents = meetings.loc[("high-value-patents-per-10k", "geometric")]
    # Xiamen reaches 21.47 in the middle of 2025 and stands higher at its end.
    pace = (21.47 / 17.2) ** (1 / 3.5)
    assert patents.loc["plan-period", "level_ahead"] == pytest.approx(21.47 * pace**0.5)
    assert patents.loc["plan-period", "years"] > patents.loc["target-year", "years"]


def test_a_score_goes_on_by_amounts_only(meetings: pd.DataFrame) -> None:
    score = meetings.loc["ip-protection-satisfaction"]
    assert set(score.index.get_level_values("shape")) == {"linear"}
    # 80 → 85 by one point a year; 81 → 83 by half a point: Xiamen is behind at the target year and stays so.
    row = score.loc[("linear", "target-year")]
    assert (row["behind"], row["years"], row["lag_target"]) == ("Xiamen", np.inf, pytest.approx(4))


def test_a_path_that_begins_above_a_level_has_no_time_for_it(meetings: pd.DataFrame) -> None:
    row = meetings.loc[("ip-protection-satisfaction", "linear", "target-year")]
    assert np.isnan(row["lag_base"])
    assert row["baseline_behind"] > row["baseline_ahead"]


def test_two_that_are_to_stand_level_have_met(plans: Tables) -> None:
    targets = plans.targets.copy()
    pair = targets["target_id"].isin(["weihai-patent-agencies-2025", "xiamen-patent-agencies-2025"])
    targets.loc[pair, "target_value"] = 60.0
    found = pathways.catch_up_table(replace(plans, targets=targets), indicators=["patent-agencies"])
    assert set(found["shape"]) == {"geometric", "linear"}
    assert (found.loc[found["reading"] == "target-year", "years"] == 0).all()
    assert (found.loc[found["reading"] == "target-year", "meeting"] == 2025).all()


def test_without_a_pair_there_is_no_row(plans: Tables) -> None:
    assert pathways.catch_up_table(plans, ["haikou", "shanwei"]).empty


def test_a_citys_own_unit_changes_no_meeting(plans: Tables) -> None:
    targets = plans.targets.copy()
    row = targets["target_id"] == "weihai-patent-agencies-2025"
    assert row.sum() == 1
    units = pd.concat([plans.units, plans.units[plans.units["unit_id"] == "firm"].assign(unit_id="pair", factor=2.0)])
    targets.loc[row, ["baseline_value", "target_value"]] /= 2
    targets.loc[row, "unit_id"] = "pair"
    other = pathways.catch_up_table(replace(plans, targets=targets, units=units))
    here = pathways.catch_up_table(plans)
    numbers = ["years", "lag_base", "lag_target"]
    assert np.allclose(other[numbers], here[numbers], equal_nan=True)
    assert other["behind_id"].tolist() == here["behind_id"].tolist()


AGENCIES = ["weihai-patent-agencies-2025", "xiamen-patent-agencies-2025"]


def changed(plans: Tables, *values: tuple[float, float], **indicator: float) -> Tables:
    """Return the tables with other baselines and targets of both cities' patent agencies, and another codebook."""
    targets, codebook = plans.targets.copy(), plans.indicators.copy()
    for target, ends in zip(AGENCIES, values, strict=True):
        targets.loc[targets["target_id"] == target, ["baseline_value", "target_value"]] = ends
    codebook.loc[codebook["indicator_id"] == "patent-agencies", list(indicator)] = list(indicator.values())
    return replace(plans, targets=targets, indicators=codebook)


def by_case(tables: Tables) -> pd.DataFrame:
    found = pathways.catch_up_table(tables, indicators=["patent-agencies"])
    return found[found["reading"] == "target-year"].set_index("shape")


def test_where_less_is_better_the_higher_target_is_behind(plans: Tables) -> None:
    # 40 → 20 in five years and 20 → 16 in four: Weihai falls faster, from above.
    found = by_case(changed(plans, (40.0, 20.0), (20.0, 16.0), direction=-1))
    assert set(found["behind"]) == {"Weihai"}
    weihai, xiamen = 0.5 ** (1 / 5), 0.8 ** (1 / 4)
    at_rates = found.loc["geometric"]
    assert at_rates["years"] == pytest.approx(np.log(16 / 20) / np.log(weihai / xiamen))
    assert at_rates["lag_base"] == pytest.approx(2025 - 2021)
    assert at_rates["lag_target"] == pytest.approx(2020 + np.log(16 / 40) / np.log(weihai) - 2025)
    by_amounts = found.loc["linear"]
    assert by_amounts["years"] == pytest.approx((20 - 16) / (4 - 1))
    assert by_amounts["lag_target"] == pytest.approx(2020 + (40 - 16) / 4 - 2025)


def test_catching_up_downwards_is_catching_up_upwards_of_the_inverse() -> None:
    down = pathways.catch_up(8.0, -0.5, 1.0, -0.2, direction=-1)
    assert down == pytest.approx(pathways.catch_up(1 / 8, 1.0, 1.0, 0.25))
    assert pathways.catch_up(1.0, 0.0, 2.0, 0.0, direction=-1) == 0
    assert pathways.catch_up(2.0, 0.1, 1.0, 0.0, direction=-1) == np.inf
    with pytest.raises(ValueError, match="direction must be 1 or -1"):
        pathways.catch_up(1.0, 0.0, 2.0, 0.0, direction=0)


def test_two_that_would_meet_below_the_natural_limit_never_meet(plans: Tables) -> None:
    # By 10 and by 5 a year they would meet at −20.
    values = (90.0, 40.0), (30.0, 10.0)
    met = by_case(changed(plans, *values, direction=-1, lower_limit=np.nan)).loc["linear"]
    assert met["level_behind"] + met["pace_behind"] * met["years"] == pytest.approx(-20)
    never = by_case(changed(plans, *values, direction=-1, lower_limit=0.0)).loc["linear"]
    assert never["years"] == np.inf
    assert np.isnan(never["meeting"])


def test_no_level_lies_beyond_the_natural_limit(plans: Tables) -> None:
    tables = changed(plans, (50.0, 60.0), (60.0, 99.0), upper_limit=100.0)
    found = pathways.catch_up_table(tables, indicators=["patent-agencies"])
    assert found.loc[found["reading"] == "plan-period", "level_ahead"].tolist() == [100, 100]


def test_a_lag_of_more_than_a_century_is_a_lag(plans: Tables) -> None:
    # From 10 to 11.5 in five years is 0.3 a year: 54 are reached after 146.7 years.
    row = by_case(changed(plans, (10.0, 11.5), (50.0, 54.0))).loc["linear"]
    assert row["lag_target"] == pytest.approx(2020 + 44 / 0.3 - 2025)
    assert row["lag_target"] > 100


def test_a_path_that_falls_from_above_a_level_never_reaches_it(plans: Tables) -> None:
    row = by_case(changed(plans, (40.0, 30.0), (35.0, 54.0))).loc["linear"]
    assert np.isnan(row["lag_base"])
    assert np.isnan(row["lag_target"])


def test_a_fall_to_zero_is_not_carried_on(plans: Tables) -> None:
    assert by_case(changed(plans, (10.0, 0.0), (50.0, 49.0), direction=-1)).empty


def test_what_has_no_yearly_change_is_not_carried_on(plans: Tables) -> None:
    assert pathways.catch_up_table(changed(plans, (0.0, 18.0), (50.0, 54.0)), indicators=["patent-agencies"]).empty


def with_later_pair(plans: Tables) -> Tables:
    """Return the tables with patent agencies of two more cities, both due in 2030."""
    rows = plans.targets.set_index("target_id", drop=False).loc[AGENCIES]
    places = [("haikou", "haikou-plan-2022"), ("shanwei", "shanwei-plan-2016")]
    later = [
        row | {"target_id": f"{city}-2030", "city_id": city, "document_id": document, "target_year": 2030}
        for row, (city, document) in zip(rows.to_dict("records"), places, strict=True)
    ]
    targets = pd.concat([plans.targets, pd.DataFrame(later)], ignore_index=True).astype(plans.targets.dtypes)
    return replace(plans, targets=targets)


def test_targets_of_two_years_have_a_panel_each(plans: Tables) -> None:
    tables = with_later_pair(plans)
    found = pathways.catch_up_table(tables, indicators=["patent-agencies"])
    panels = _meeting_panels(found, tables, "en")
    assert [(panel["indicator"], panel["target_year"]) for panel in panels] == [
        ("Patent agencies, 2025", 2025), ("Patent agencies, 2030", 2030),
    ]  # fmt: skip
    for panel in panels:
        assert {line["target_year"] for line in panel["shapes"]["linear"]["lines"]} == {panel["target_year"]}
        assert len(panel["shapes"]["geometric"]["crossings"]) == 1
    assert [panel["indicator"] for panel in _meeting_panels(found, tables, "zh")][1].endswith("，2030年（家）")


def test_the_best_target_leads_a_panel_and_a_falling_path_stays_in_it(plans: Tables) -> None:
    tables = changed(plans, (60.0, 22.0), (20.0, 16.0), direction=-1)
    panels = _meeting_panels(pathways.catch_up_table(tables, indicators=["patent-agencies"]), tables, "en")
    lines = panels[0]["shapes"]["linear"]["lines"]
    assert [line["city_id"] for line in lines] == ["xiamen", "weihai"]
    assert min(line["beyond"][1].min() for line in lines) == 0
    figure = _draw_meetings(panels, colours=style.city_colours(select_cities(plans)), lang="en")
    for axes in figure.axes[1:]:
        assert axes.get_ylim()[0] == 0
        assert axes.get_ylim()[1] > 60
