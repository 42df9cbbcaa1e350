"""What the plans cover and leave open is counted as it stands in the tables."""

from dataclasses import replace

import pytest

from analysis import texts
from analysis.figures import plans_horizons
from analysis.methods import plans as promised


def test_forms_account_for_every_target_once(plans) -> None:
    counts = promised.forms(plans)
    assert counts.groupby("city_id")["targets"].sum().to_dict() == {
        "haikou": 12, "shanwei": 11, "weihai": 19, "xiamen": 10,
    }  # fmt: skip
    assert counts.groupby("form")["targets"].sum().to_dict() == {"exact": 41, "floor": 8, "range": 1, "words": 2}
    assert counts.loc[counts["aspirational"], "targets"].sum() == 14


def test_dimensions_have_explicit_zeros(plans) -> None:
    counts = promised.dimensions(plans).set_index(["city_id", "dimension"])["targets"]
    assert len(counts) == 4 * 6
    assert counts["shanwei", "protection"] == 0
    assert counts["weihai", "creation"] == 6
    assert counts.sum() == 52


def test_a_city_without_targets_has_a_row_of_zeros(plans) -> None:
    without = replace(plans, targets=plans.targets[plans.targets["city_id"] != "shanwei"])
    counts = promised.dimensions(without, lang="zh")
    assert counts["city_id"].unique().tolist() == ["haikou", "shanwei", "weihai", "xiamen"]
    own = counts[counts["city_id"] == "shanwei"]
    assert (own["targets"].tolist(), set(own["city"])) == ([0] * 6, {"汕尾"})
    assert len(promised.dimensions(without, ["shanwei"])) == 6


def test_a_period_that_ends_before_the_target_year_does_is_drawn_so(plans) -> None:
    figure = plans_horizons.plan(promised.horizons(plans, ["xiamen"]), plans, "en").draw()
    axes = figure.axes[0]
    band = next(line for line in axes.lines if line.get_linewidth() == 5)
    (target,) = {line.get_xdata()[0] for line in axes.lines if line.get_markersize() == 7.5}
    assert (band.get_xdata()[1], target) == (2025.5, 2026)
    assert target in axes.get_xticks(minor=True)
    named = dict(zip(axes.get_xticks(), (text.get_text() for text in axes.get_xticklabels()), strict=True))
    assert named[2025.5] == "2025"


def test_documents_without_any_year_have_a_row_without_a_mark(plans) -> None:
    frame = promised.horizons(plans, ["haikou"])
    frame.loc[:, ["issued_at", "base_at", "horizon_at", "start_at", "end_at"]] = float("nan")
    frame["horizon"] = frame["horizon"].mask(frame["horizon"].notna())
    for lang, text in (("en", "no target year"), ("zh", "未列目标年")):
        figure = plans_horizons.plan(frame, plans, lang).draw()
        assert sum(text in shown.get_text() for shown in figure.axes[0].texts) == len(frame)


def test_what_is_left_open(plans) -> None:
    gaps = promised.left_open(plans).set_index("city_id")
    assert gaps["no-baseline"].to_dict() == {"haikou": 12, "shanwei": 11, "weihai": 8, "xiamen": 0}
    assert gaps["inferred-unit"].to_dict() == {"haikou": 3, "shanwei": 0, "weihai": 0, "xiamen": 7}
    assert gaps.loc["weihai", "no-year"] == 7


def test_base_and_target_years_stand_at_their_end_and_periods_run_to_theirs(plans) -> None:
    frame = promised.horizons(plans).set_index("document_id")
    xiamen = frame.loc["xiamen-plan-2022", ["base_at", "horizon_at", "start_at", "end_at"]].tolist()
    assert xiamen == [2022, 2026, 2022.5, 2025.5]
    # 9 November is the 313th day of 2021, 19 September the 263rd of 2016, a leap year.
    assert frame.loc["weihai-measures-2021", "issued_at"] == pytest.approx(2021 + 312 / 365, rel=1e-12)
    assert frame.loc["shanwei-plan-2016", "issued_at"] == pytest.approx(2016 + 262 / 366, rel=1e-12)
    assert frame.loc["china-outline-2021", ["start_at", "end_at"]].tolist() == [2021, 2036]
    assert frame.loc["haikou-cluster-2021", ["issued_at", "base_at", "start_at"]].isna().all()


def test_the_benchmark_stands_apart_and_says_who_reported_it(plans) -> None:
    assert "china" not in set(promised.forms(plans)["city_id"])
    frame = promised.benchmark(plans)
    assert len(frame) == 7
    assert set(frame["publisher"]) == {"China IP Law Update"}


def test_cities_may_be_chosen(plans) -> None:
    assert set(promised.dimensions(plans, ["xiamen"])["city_id"]) == {"xiamen"}
    assert promised.horizons(plans, ["xiamen"])["city_id"].tolist() == ["xiamen", "china", "china"]


def test_outcomes_say_who_reported_them_and_how_sure_they_are(plans) -> None:
    known = promised.outcomes(plans, ["xiamen"]).set_index("observation_id")
    row = known.loc["xiamen-high-value-patents-per-10k-2022-12"]
    assert row[["value", "confidence", "publisher"]].tolist() == [20.8, "single-source", "厦门广电"]
    shown = texts.outcomes(known.reset_index(), "en").frame
    assert shown["Reliability"].tolist().count("a single source") == 3
    assert "China" not in set(promised.outcomes(plans)["city"])


def test_what_is_to_be_built_without_a_year_does_not_recur(plans) -> None:
    wording = promised.targets(plans, "haikou").set_index("target_id")["wording"]
    assert wording["haikou-cluster-ip-operation-centres"] == "end-only"
    assert wording["haikou-cluster-evaluations-yearly"] == "every-year"
