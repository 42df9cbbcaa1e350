"""What the plans cover and leave open is counted as it stands in the tables."""

import pytest

from analysis import overview, present, promises


def test_forms_account_for_every_target_once(plans) -> None:
    counts = overview.forms(plans)
    assert counts.groupby("city_id")["targets"].sum().to_dict() == {
        "haikou": 9, "shanwei": 11, "weihai": 19, "xiamen": 10,
    }  # fmt: skip
    assert counts.groupby("form")["targets"].sum().to_dict() == {"exact": 38, "floor": 8, "range": 1, "words": 2}
    assert counts.loc[counts["aspirational"], "targets"].sum() == 14


def test_dimensions_have_explicit_zeros(plans) -> None:
    counts = overview.dimensions(plans).set_index(["city_id", "dimension"])["targets"]
    assert len(counts) == 4 * 6
    assert counts["shanwei", "protection"] == 0
    assert counts["weihai", "creation"] == 6
    assert counts.sum() == 49


def test_what_is_left_open(plans) -> None:
    gaps = overview.left_open(plans).set_index("city_id")
    assert gaps["no-baseline"].to_dict() == {"haikou": 9, "shanwei": 11, "weihai": 8, "xiamen": 0}
    assert gaps["inferred-unit"].to_dict() == {"haikou": 0, "shanwei": 0, "weihai": 0, "xiamen": 7}
    assert gaps.loc["weihai", "no-year"] == 7


def test_years_stand_at_their_middle_and_periods_at_their_ends(plans) -> None:
    frame = overview.horizons(plans).set_index("document_id")
    xiamen = frame.loc["xiamen-plan-2022", ["base_at", "horizon_at", "start_at", "end_at"]].tolist()
    assert xiamen == [2021.5, 2025.5, 2022.5, 2025.5]
    assert frame.loc["weihai-measures-2021", "issued_at"] == pytest.approx(2021.86, abs=0.01)
    assert frame.loc["china-outline-2021", ["start_at", "end_at"]].tolist() == [2021, 2036]
    assert frame.loc["haikou-cluster-2021", ["issued_at", "base_at", "start_at"]].isna().all()


def test_the_benchmark_stands_apart_and_says_who_reported_it(plans) -> None:
    assert "china" not in set(overview.forms(plans)["city_id"])
    frame = overview.benchmark(plans)
    assert len(frame) == 4
    assert set(frame["publisher"]) == {"中国新闻社;央视新闻"}


def test_cities_may_be_chosen(plans) -> None:
    assert set(overview.dimensions(plans, ["xiamen"])["city_id"]) == {"xiamen"}
    assert overview.horizons(plans, ["xiamen"])["city_id"].tolist() == ["xiamen", "china"]


def test_outcomes_say_who_reported_them_and_how_sure_they_are(plans) -> None:
    known = promises.outcomes(plans, ["xiamen"]).set_index("observation_id")
    row = known.loc["xiamen-high-value-patents-per-10k-2022-12"]
    assert row[["value", "confidence", "publisher"]].tolist() == [20.8, "single-source", "厦门广电"]
    shown = present.outcomes(known.reset_index(), "en").frame
    assert shown["How sure"].tolist().count("a single source") == 2
    assert "China" not in set(promises.outcomes(plans)["city"])
