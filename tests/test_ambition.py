"""Ambition: the axes are closed forms of the tables, and a score says no more than the data bear."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import files, style
from analysis.figures.ambition import _axis_blocks, _draw_ambition_axes
from analysis.methods import ambition, composite
from analysis.tables import Tables

PATENTS = "high-value-patents-per-10k"
TRIPLING = 0.245731  # 3 ** (1 / 5) - 1, the upper goalpost of pace, as its table has it
COLOURS = style.city_colours(["haikou", "shanwei", "weihai", "xiamen"])


@pytest.fixture(scope="module")
def measured(plans: Tables) -> pd.DataFrame:
    """Return the axes of the curated tables."""
    return ambition.axes(plans)


@pytest.fixture(scope="module")
def score(plans: Tables, measured: pd.DataFrame) -> ambition.Score:
    """Return the score of the curated tables."""
    return ambition.score(plans, measured)


def values(measured: pd.DataFrame, axis: str) -> dict[tuple[str, str], float]:
    frame = measured[measured["axis"] == axis]
    return {(row.city_id, row.indicator_id): row.value for row in frame.itertuples()}


def test_the_pace_is_the_compound_rate_of_targets_that_may_be_compared(measured: pd.DataFrame) -> None:
    expected = {
        ("weihai", "high-value-patents-per-10k"): (10.02 / 4.99) ** (1 / 5) - 1,
        ("xiamen", "high-value-patents-per-10k"): (21.47 / 17.2) ** (1 / 4) - 1,
        ("weihai", "patent-agencies"): (18 / 10) ** (1 / 5) - 1,
        ("xiamen", "patent-agencies"): (54 / 50) ** (1 / 4) - 1,
    }
    assert values(measured, "pace") == pytest.approx(expected)


def test_the_level_is_a_multiple_of_the_national_target_on_the_same_terms(measured: pd.DataFrame) -> None:
    # Haikou's words, Shanwei's 2020 and Xiamen's dollars have no national target to stand against.
    expected = {
        ("haikou", "high-value-patents-per-10k"): 8.1 / 12,
        ("weihai", "high-value-patents-per-10k"): 10.02 / 12,
        ("xiamen", "high-value-patents-per-10k"): 21.47 / 12,
        ("weihai", "copyright-industry-share"): 4.5 / 7.5,
        ("haikou", "ip-protection-satisfaction"): 1,
        ("weihai", "ip-protection-satisfaction"): 85 / 82,
        ("xiamen", "ip-protection-satisfaction"): 83 / 82,
        ("haikou", "first-instance-acceptance"): 1,
    }
    assert values(measured, "level") == pytest.approx(expected)


def test_the_gap_is_the_share_of_the_way_to_the_natural_limit(measured: pd.DataFrame) -> None:
    expected = {("weihai", "ip-protection-satisfaction"): 5 / 20, ("xiamen", "ip-protection-satisfaction"): 2 / 19}
    assert values(measured, "gap") == pytest.approx(expected)


def test_only_measured_baselines_are_rounded(measured: pd.DataFrame) -> None:
    rows = measured.set_index(["axis", "city_id", "indicator_id"])
    agencies = rows.loc[("pace", "weihai", "patent-agencies")]
    assert agencies["low"] == agencies["value"] == agencies["high"]
    patents = rows.loc[("pace", "weihai", "high-value-patents-per-10k")]
    assert patents["low"] == pytest.approx((10.02 / 4.995) ** 0.2 - 1)
    assert patents["high"] == pytest.approx((10.02 / 4.985) ** 0.2 - 1)


def test_a_count_in_a_unit_of_many_is_rounded(plans: Tables) -> None:
    units = pd.concat(
        [plans.units, plans.units[plans.units["unit_id"] == "firm"].assign(unit_id="firm-10k", factor=1e4)]
    )
    tables = changed(plans, {"weihai-patent-agencies-2025": (5.5, 9.0)})
    targets = tables.targets.copy()
    targets.loc[targets["target_id"] == "weihai-patent-agencies-2025", "unit_id"] = "firm-10k"
    rows = ambition.axes(replace(tables, units=units, targets=targets)).set_index(["axis", "city_id", "indicator_id"])
    row = rows.loc[("pace", "weihai", "patent-agencies")]
    assert row["low"] == pytest.approx((9 / 5.55) ** 0.2 - 1)
    assert row["high"] == pytest.approx((9 / 5.45) ** 0.2 - 1)


def changed(plans: Tables, ends: dict[str, tuple[float, float]], *less: str, **limits: float) -> Tables:
    """Return the tables with other baselines and targets, and with indicators of which less is better."""
    targets, codebook = plans.targets.copy(), plans.indicators.copy()
    for target, values in ends.items():
        targets.loc[targets["target_id"] == target, ["baseline_value", "target_value"]] = values
    codebook.loc[codebook["indicator_id"].isin(less), ["direction", *limits]] = [-1, *limits.values()]
    return replace(plans, targets=targets, indicators=codebook)


def test_where_less_is_better_a_fall_is_ambitious(plans: Tables) -> None:
    ends = {"weihai-patent-agencies-2025": (10, 5), "xiamen-patent-agencies-2025": (50, 49)}
    tables = changed(plans, ends, "patent-agencies")
    measured = ambition.axes(tables)
    paces = values(measured, "pace")
    assert paces[("weihai", "patent-agencies")] == pytest.approx(1 - 0.5 ** (1 / 5))
    assert paces[("xiamen", "patent-agencies")] == pytest.approx(1 - (49 / 50) ** (1 / 4))
    assert (measured["low"] <= measured["value"]).all()
    assert (measured["value"] <= measured["high"]).all()
    components = ambition.score(tables, measured, draws=10).components["pace-patent-agencies"]
    assert components["weihai"] == pytest.approx((1 - 0.5 ** (1 / 5)) / TRIPLING)
    assert components["xiamen"] == pytest.approx((1 - (49 / 50) ** (1 / 4)) / TRIPLING)
    for lang, less in (("en", "less is better"), ("zh", "越少越好")):
        labels = {row["target_id"]: row["label"] for _, rows in _axis_blocks(measured, lang) for row in rows}
        assert labels["weihai-patent-agencies-2025"] == f"-12.9%\n{less}"


def test_where_less_is_better_the_level_is_the_national_target_over_the_citys(plans: Tables) -> None:
    less = changed(plans, {"haikou-high-value-patents-per-10k-2025": (np.nan, 0.0)}, "high-value-patents-per-10k")
    measured = ambition.axes(less)
    found = values(measured, "level")
    assert found[("xiamen", "high-value-patents-per-10k")] == pytest.approx(12 / 21.47)
    assert ("haikou", "high-value-patents-per-10k") not in found
    rows = dict(_axis_blocks(measured, "en"))["level"]
    assert "1.79 times\nless is better" in {row["label"] for row in rows}
    assert _draw_ambition_axes(_axis_blocks(measured, "en"), colours=COLOURS, lang="en")


def test_where_less_is_better_the_gap_is_that_to_the_lower_limit(plans: Tables) -> None:
    ends = {"weihai-ip-protection-satisfaction-2025": (80, 65), "xiamen-ip-protection-satisfaction-2025": (20, 20)}
    tables = changed(plans, ends, "ip-protection-satisfaction", lower_limit=20)
    assert values(ambition.axes(tables), "gap") == {("weihai", "ip-protection-satisfaction"): 15 / 60}


def test_a_target_that_goes_back_is_drawn_left_of_zero(plans: Tables) -> None:
    ends = {"weihai-patent-agencies-2025": (10, 5), "xiamen-patent-agencies-2025": (50, 49)}
    measured = ambition.axes(changed(plans, ends | {f"{city}-{PATENTS}-2025": (9, 4) for city in ("weihai", "xiamen")}))
    blocks = [(axis, rows) for axis, rows in _axis_blocks(measured, "en") if axis == "pace"]
    axes = _draw_ambition_axes(blocks, colours=COLOURS, lang="en").axes[1]
    first, last = axes.get_xlim()
    assert first < min(row["value"] for row in blocks[0][1]) < last == 0


def with_row(plans: Tables, target: str, **cells: object) -> Tables:
    """Return the tables with one target a second time, some cells of it changed."""
    row = plans.targets[plans.targets["target_id"] == target].assign(**cells)
    return replace(plans, targets=pd.concat([plans.targets, row], ignore_index=True))


def test_of_several_targets_of_a_city_the_least_ambitious_counts(plans: Tables, score: ambition.Score) -> None:
    own = "weihai-patent-agencies-2025"
    for value, expected in ((14.0, (1.4**0.2 - 1) / TRIPLING), (19.0, (1.8**0.2 - 1) / TRIPLING)):
        tables = with_row(plans, own, target_id="weihai-once-more", target_value=value)
        found = ambition.score(tables, ambition.axes(tables), draws=10)
        assert found.components.loc["weihai", "pace-patent-agencies"] == pytest.approx(expected)
        assert found.components.loc["xiamen"].tolist() == score.components.loc["xiamen"].tolist()


def test_of_several_national_targets_one_gives_the_level(plans: Tables) -> None:
    tables = with_row(plans, f"china-plan-{PATENTS}-2025", target_id="china-once-more", target_value=24.0)
    measured = ambition.axes(tables)
    assert not measured.duplicated(["axis", "target_id"]).any()
    assert values(measured, "level")[("xiamen", PATENTS)] == pytest.approx(21.47 / 24)


def test_the_score_is_the_weighted_geometric_mean_of_its_components(score: ambition.Score) -> None:
    weihai, weights = score.components.loc["weihai"], [1 / 6, 1 / 6, 1 / 3, 1 / 3]
    by_hand = np.exp((np.log(weihai) * weights).sum())
    assert score.uncertainty.ranks.loc["weihai", "score"] == pytest.approx(by_hand)
    xiamen = score.components.loc["xiamen"]
    assert xiamen["pace-patent-agencies"] == pytest.approx(((54 / 50) ** 0.25 - 1) / (3 ** (1 / 5) - 1), rel=1e-5)
    assert xiamen["level-high-value-patents"] == pytest.approx(21.47 / 12 / 2)


def test_every_choice_that_could_decide_is_drawn_and_the_mean_decides(score: ambition.Score) -> None:
    # Worked out apart: reversals need an arithmetic mean, which lets a high level make up for everything else.
    table = score.by_choice.set_index(["choice", "option"])["above"]
    assert set(score.by_choice["choice"]) == {"method", "left_out", "goalposts_pace", "goalposts_level", "reading"}
    assert table["method"].loc[["geometric", "harmonic"]].tolist() == [1, 1]
    assert 0.75 < table["method"]["arithmetic"] < 0.85
    explained = score.by_choice.groupby("choice")["explained"].first()
    assert explained.idxmax() == "method"
    assert set(score.uncertainty.draws["left_out"]) == {"", "pace-high-value-patents", "pace-patent-agencies"}
    assert score.repeated == [PATENTS]


def test_no_goalpost_lies_within_rounding_of_a_citys_value(plans: Tables, measured: pd.DataFrame) -> None:
    rows = plans.goalposts.merge(measured, on=["axis", "indicator_id"])
    for end in ("lower", "upper"):
        assert not ((rows["low"] - 0.001 <= rows[end]) & (rows[end] <= rows["high"] + 0.001)).any()


def test_the_second_reading_is_that_of_the_plans_own_period(measured: pd.DataFrame) -> None:
    found = measured.set_index(["axis", "city_id", "indicator_id"])["alternative_value"].dropna()
    assert found.to_dict() == pytest.approx(
        {
            ("pace", "xiamen", PATENTS): (21.47 / 17.2) ** (1 / 3.5) - 1,
            ("pace", "xiamen", "patent-agencies"): (54 / 50) ** (1 / 3.5) - 1,
        }
    )


def test_the_data_cannot_tell_weihai_and_xiamen_apart(score: ambition.Score) -> None:
    (row,) = score.verdicts.to_dict("records")
    assert (row["city_a"], row["city_b"], row["verdict"]) == ("weihai", "xiamen", "not-told-apart")
    assert 0.5 < row["p_above"] < ambition.SURE
    assert row["against"] == ("level",)


def test_cities_with_too_few_indicators_have_no_score_but_a_reason(score: ambition.Score) -> None:
    assert score.withheld.to_dict() == {
        "haikou": "has 1 of 4 components; a score needs 3",
        "shanwei": "has none of 4 components; a score needs 3",
    }
    assert score.uncertainty.ranks.loc[["haikou", "shanwei"], "score"].isna().all()


def test_without_two_cities_that_can_be_scored_there_is_none(plans: Tables) -> None:
    for cities in (["haikou", "shanwei"], ["weihai"], ["haikou", "xiamen"]):
        assert ambition.score(plans, ambition.axes(plans, cities), cities) is None


def test_a_further_city_changes_no_other_citys_score(plans: Tables, score: ambition.Score) -> None:
    targets = plans.targets[plans.targets["city_id"] == "weihai"].copy()
    targets["target_value"] *= 3
    targets["target_id"] += "-other"
    targets["city_id"] = "other"
    cities = pd.concat([plans.cities, plans.cities[plans.cities["city_id"] == "weihai"].assign(city_id="other")])
    more = replace(plans, cities=cities, targets=pd.concat([plans.targets, targets], ignore_index=True))
    again = ambition.score(more, ambition.axes(more))
    assert "other" in again.components.index
    for city in ("weihai", "xiamen"):
        assert again.uncertainty.ranks.loc[city, "score"] == score.uncertainty.ranks.loc[city, "score"]


def test_an_order_that_an_axis_reverses_is_no_order() -> None:
    frame = pd.DataFrame({"p": [1.0, 0.1], "q": [1.0, 0.1], "r": [0.5, 0.6]}, index=["a", "b"])
    found = composite.rank_uncertainty(frame, draws=200, drop_one=False)
    by_axis = pd.DataFrame({"pace": [1.0, 0.1], "level": [0.5, 0.6]}, index=["a", "b"])
    (row,) = ambition._verdicts(found, by_axis).to_dict("records")
    assert (row["p_above"], row["verdict"], row["against"]) == (1, "axes-disagree", ("level",))
    (row,) = ambition._verdicts(found, by_axis[["pace"]]).to_dict("records")
    assert (row["city_a"], row["verdict"], row["against"]) == ("a", "above", ())


def test_every_draw_is_on_file(score: ambition.Score, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("IP_PLANS_REPORTS", str(tmp_path))
    saved = files.save_table(score.uncertainty.draws, "draws", "en")
    table = pd.read_csv(tmp_path / "en" / "draws.csv")
    assert len(table) == 10_000
    assert {"method", "left_out", "weight_level-high-value-patents", "rank_weihai"} <= set(table.columns)
    assert (table["rank_weihai"] < table["rank_xiamen"]).mean() == pytest.approx(score.verdicts["p_above"].iloc[0])
    assert saved._repr_html_() == '<p class="finding"><a href="draws.csv">All 10,000 rows: draws.csv</a></p>'
