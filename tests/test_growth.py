"""Growth figures equal closed forms and published numbers, and what may not be published is withheld."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.errors import UserError
from analysis.figures import compare_levels, growth_rates
from analysis.figures.growth_rates import _blocks
from analysis.methods import comparability, growth


@pytest.fixture(scope="module")
def table(plans) -> pd.DataFrame:
    return growth.growth_table(plans).set_index("target_id")


def test_years_are_those_between_not_those_counted() -> None:
    # Known fault elsewhere: 2012 → 2017 taken as six years. Doubling in five years is 14.87 % a year.
    assert growth.cagr(100.0, 200.0, 2017 - 2012) == pytest.approx(2 ** (1 / 5) - 1, rel=1e-12)


def test_missing_years_give_no_rate_even_without_change() -> None:
    assert np.isnan(growth.cagr(5.0, 5.0, np.nan))


def test_growing_at_the_rate_for_the_years_meets_the_target() -> None:
    base, target, years = np.array([4.99, 17.2, 6]), np.array([10.02, 21.47, 11]), np.array([5, 3.5, 5])
    np.testing.assert_allclose(base * (1 + growth.cagr(base, target, years)) ** years, target, rtol=1e-12)


def test_a_target_of_zero_is_a_loss_of_everything() -> None:
    assert growth.cagr(5.0, 0.0, 3) == -1.0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((np.array([1.0, 0.0]), 2.0, 5), "baseline must be above zero, but the value at position 1 is 0"),
        ((1.0, -0.5, 5), "target must be zero or above, but the value at position 0 is -0.5"),
        ((1.0, 2.0, 0), "years must be above zero, but the value at position 0 is 0"),
    ],
)
def test_impossible_growth_is_refused_with_value_and_position(arguments: tuple, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        growth.cagr(*arguments)


def test_missing_in_is_missing_out_and_spoils_nothing_else() -> None:
    rates = growth.cagr(pd.Series([np.nan, 1.0]), pd.Series([2.0, 2.0]), 1)
    assert math.isnan(rates[0])
    assert rates[1] == 1.0


def test_doubling_time_inverts_the_rate_and_never_comes_without_growth() -> None:
    assert growth.doubling_time(2 ** (1 / 7) - 1) == pytest.approx(7, rel=1e-12)
    result = growth.doubling_time(pd.Series([0.0, -0.1, np.nan, 1.0], index=list("abcd")))
    assert result.tolist()[:2] == [math.inf, math.inf]
    assert math.isnan(result["c"])
    assert result["d"] == pytest.approx(1, rel=1e-12)


def test_a_missing_rate_has_no_doubling_time_however_it_is_kept() -> None:
    for kind in ("float64", "Float64", "object"):
        found = growth.doubling_time(pd.Series([1.0, None, 0.0], index=list("abc"), name="pace", dtype=kind))
        pd.testing.assert_series_equal(found, pd.Series([1, np.nan, np.inf], index=list("abc"), name="pace"))


def test_numbers_kept_as_objects_grow_all_the_same() -> None:
    rates = growth.cagr(pd.Series([1.0, 2.0], dtype="object"), 2.0, 1)
    assert rates.tolist() == [1, 0]


def test_multiple_and_gap_closed_refuse_what_has_no_answer() -> None:
    assert growth.gap_closed(81.0, 83.0, 100.0) == pytest.approx(2 / 19)
    with pytest.raises(ValueError, match=r"^baseline must be above zero"):
        growth.multiple(0.0, 5.0)
    with pytest.raises(ValueError, match=r"^limit − baseline must be other than zero"):
        growth.gap_closed(100.0, 100.0, 100.0)


def test_annual_change_is_linear_and_takes_any_sign() -> None:
    assert growth.annual_change(33.0, 85.0, 5) == 10.4
    assert growth.annual_change(5.0, 3.0, 4) == -0.5


def test_small_numbers_are_as_good_as_large_ones() -> None:
    assert growth.multiple(0.16, 0.24) == pytest.approx(1.5, rel=1e-12)
    assert growth.annual_change(1.0, 2.0, 0.5) == 2
    assert growth.cagr(0.25, 0.5, 0.5) == pytest.approx(3, rel=1e-12)


def test_annual_change_needs_time() -> None:
    with pytest.raises(ValueError, match=r"^years must be above zero, but the value at position 0 is 0"):
        growth.annual_change(1.0, 2.0, 0)


def test_every_caution_stands_where_its_cause_does_and_nowhere_else(plans) -> None:
    unit = "The source lost the unit; it is inferred."
    basis = "The basis is inferred."
    period = "The plan's period ends before the target year does; both lengths are given."
    table = growth.growth_table(plans).set_index("target_id")["caution"]
    assert pd.isna(table["weihai-high-value-patents-per-10k-2025"])
    assert table["xiamen-high-value-patents-per-10k-2025"] == f"{unit} {period}"
    assert table["xiamen-pledge-financing-2025"] == basis  # a yearly flow can not fall due in June
    assert table["weihai-ip-protection-satisfaction-2025"] == "The survey is not named."
    assert table["weihai-ip-demonstration-firms-2025"] == f"{basis} Small base: 6 → 11."
    chinese = growth.growth_table(plans, lang="zh").set_index("target_id")["caution"]
    assert chinese["weihai-ip-demonstration-firms-2025"] == "口径为推定。基数小：6 → 11。"


def test_a_base_is_small_by_things_counted_not_by_the_number_printed(plans) -> None:
    targets = plans.targets.copy()
    row = targets.index[targets["target_id"] == "weihai-trade-marks-in-force-2025"]
    targets.loc[row, ["baseline_value", "target_value"]] = [0.0015, 0.0019]  # in 万件: 15 and 19 marks
    table = growth.growth_table(replace(plans, targets=targets)).set_index("target_id")
    assert table.loc["weihai-trade-marks-in-force-2025", "small_base"] == "15 → 19"
    assert pd.isna(table.loc["weihai-copyright-works-registered-2025", "small_base"])


def test_a_growth_rate_with_a_baseline_still_has_no_measure(plans) -> None:
    targets = plans.targets.copy()
    row = targets.index[targets["target_id"] == "weihai-patent-agencies-2025"]
    targets.loc[row, "basis"] = "growth-rate"
    table = growth.growth_table(replace(plans, targets=targets)).set_index("target_id")
    assert table.loc["weihai-patent-agencies-2025", "measure"] == "none"
    text = "The target is itself a growth rate, not a level that grows."
    assert table.loc["weihai-patent-agencies-2025", "withheld"] == text


def with_cells(plans, target: str, **cells: object):
    """Return the tables with some cells of one target changed."""
    targets = plans.targets.copy()
    targets.loc[targets["target_id"] == target, list(cells)] = list(cells.values())
    return replace(plans, targets=targets)


def test_a_target_below_zero_is_withheld_and_takes_no_rate_from_others_of_its_kind(plans) -> None:
    tables = with_cells(plans, "weihai-patent-agencies-2025", target_value=-1.0)
    rated = plans.targets[plans.targets["target_id"] == "weihai-patent-agencies-2025"]
    tables = replace(tables, targets=pd.concat([tables.targets, rated.assign(target_id="as-it-was")]))
    table = growth.growth_table(tables).set_index("target_id")
    assert table["measure"][["weihai-patent-agencies-2025", "as-it-was"]].tolist() == ["none", "compound"]
    assert table["withheld"]["weihai-patent-agencies-2025"].startswith("The target is below zero")


def with_period(plans, document: str, end: str):
    """Return the tables with a plan's period that ends at another time."""
    documents = plans.documents.copy()
    documents.loc[documents["document_id"] == document, "period_end"] = end
    return replace(plans, documents=documents)


@pytest.mark.parametrize("end", ["2021-06", "2021-12", "2020-06", "2025-12", "2026-06"])
def test_only_a_period_that_ends_between_base_and_target_year_gives_a_second_reading(end: str, plans) -> None:
    table = growth.growth_table(with_period(plans, "xiamen-plan-2022", end), ["xiamen"])
    assert table["alternative_years"].isna().all()
    assert not table["caution"].fillna("").str.contains("period ends").any()


def test_where_less_is_better_the_gap_is_that_to_the_lower_limit(plans) -> None:
    codebook = plans.indicators.copy()
    row = codebook["indicator_id"] == "ip-protection-satisfaction"
    codebook.loc[row, ["direction", "lower_limit"]] = [-1, 20.0]
    tables = with_cells(plans, "weihai-ip-protection-satisfaction-2025", target_value=65.0)
    table = growth.growth_table(replace(tables, indicators=codebook)).set_index("target_id")
    assert table["gap_closed"]["weihai-ip-protection-satisfaction-2025"] == 15 / 60
    assert table["direction"].value_counts().to_dict() == {1: 19, -1: 2}


def test_a_change_of_unit_changes_no_rate() -> None:
    assert growth.cagr(0.16, 0.24, 5) == pytest.approx(growth.cagr(1600.0, 2400.0, 5), rel=1e-12)


def test_the_table_has_every_row_with_a_baseline_and_no_other(table: pd.DataFrame) -> None:
    assert len(table) == 21
    assert table["city_id"].value_counts().to_dict() == {"weihai": 11, "xiamen": 10}


def test_high_value_patents(table: pd.DataFrame) -> None:
    weihai, xiamen = (table.loc[f"{city}-high-value-patents-per-10k-2025"] for city in ("weihai", "xiamen"))
    assert (round(100 * weihai["compound_rate"], 2), weihai["years"]) == (14.96, 5)
    assert (round(100 * xiamen["compound_rate"], 2), xiamen["years"]) == (5.70, 4)
    assert (round(100 * xiamen["alternative_compound_rate"], 2), xiamen["alternative_years"]) == (6.54, 3.5)


def test_a_share_changes_in_percentage_points_and_has_no_compound_rate(table: pd.DataFrame) -> None:
    row = table.loc["weihai-copyright-industry-share-2025"]
    assert row["measure"] == "percentage-points"
    assert row["annual_change"] == pytest.approx(0.054, rel=1e-9)
    assert math.isnan(row["compound_rate"])
    assert row["withheld"] == "A share does not compound; it changes in percentage points."


def test_a_running_total_gives_the_flow_that_it_implies(table: pd.DataFrame) -> None:
    row = table.loc["weihai-pledge-financing-2025"]
    assert (row["measure"], row["annual_change"], row["basis_status"]) == ("implied-flow", 10.4, "inferred")
    assert math.isnan(row["compound_rate"])
    assert "The basis is inferred." in row["caution"]


def test_a_score_changes_in_points_and_closes_part_of_its_gap(table: pd.DataFrame) -> None:
    row = table.loc["weihai-ip-protection-satisfaction-2025"]
    assert (row["measure"], row["annual_change"], row["gap_closed"]) == ("points", 1.0, 0.25)


def test_a_period_mean_gives_its_change_only(table: pd.DataFrame) -> None:
    row = table.loc["xiamen-mediated-withdrawn-cases-2025"]
    assert (row["measure"], row["change"]) == ("mean-change", 338)
    assert row[["compound_rate", "annual_change", "alternative_years"]].isna().all()


def test_an_open_basis_gives_both_readings(table: pd.DataFrame) -> None:
    row = table.loc["weihai-overseas-patents-granted-2025"]
    assert round(100 * row["compound_rate"], 2) == 10.76
    assert (row["alternative_measure"], row["alternative_annual_change"]) == ("implied-flow", 14.4)
    assert math.isnan(row["alternative_compound_rate"])


def test_every_missing_compound_rate_has_its_reason_and_no_other_row_has_one(table: pd.DataFrame) -> None:
    assert (table["compound_rate"].isna() == table["withheld"].notna()).all()
    assert table["measure"].value_counts().to_dict() == {
        "compound": 14, "points": 2, "implied-flow": 2, "mean-change": 2, "percentage-points": 1,
    }  # fmt: skip


def test_a_small_base_shows_its_counts(table: pd.DataFrame) -> None:
    assert table["small_base"].dropna().to_dict() == {
        "weihai-ip-demonstration-firms-2025": "6 → 11",
        "weihai-patent-agencies-2025": "10 → 18",
    }


def test_a_zero_base_is_withheld_not_infinite(plans) -> None:
    targets = plans.targets.copy()
    row = targets.index[targets["target_id"] == "weihai-patent-agencies-2025"]
    targets.loc[row, "baseline_value"] = 0.0
    table = growth.growth_table(replace(plans, targets=targets)).set_index("target_id")
    assert table.loc["weihai-patent-agencies-2025", "measure"] == "none"
    assert table.loc["weihai-patent-agencies-2025", "withheld"].startswith("The baseline is not above zero")


def test_a_zero_base_takes_no_rate_from_another_target_of_its_kind(plans) -> None:
    rated = plans.targets[plans.targets["target_id"] == "weihai-patent-agencies-2025"]
    targets = pd.concat([plans.targets, rated.assign(target_id="from-nothing", baseline_value=0.0)])
    measures = growth.growth_table(replace(plans, targets=targets)).set_index("target_id")["measure"]
    assert measures[["weihai-patent-agencies-2025", "from-nothing"]].tolist() == ["compound", "none"]


def test_an_indicator_whose_growth_has_no_meaning_has_none(plans) -> None:
    codebook = plans.indicators.copy()
    codebook.loc[codebook["indicator_id"] == "patent-agencies", "growth_measure"] = "not-meaningful"
    table = growth.growth_table(replace(plans, indicators=codebook)).set_index("target_id")
    row = table.loc["weihai-patent-agencies-2025"]
    assert (row["measure"], row["withheld"]) == ("none", "Growth of this indicator has no meaning.")
    assert row[["compound_rate", "annual_change", "change", "gap_closed", "small_base"]].isna().all()


def test_every_text_is_there_in_both_languages() -> None:
    for text in [*growth.WITHHELD.values(), *growth.CAUTIONS.values()]:
        assert set(text) == {"en", "zh"}


def test_both_languages_give_the_same_numbers(plans) -> None:
    english, chinese = growth.growth_table(plans, lang="en"), growth.growth_table(plans, lang="zh")
    numbers = english.select_dtypes("number").columns
    pd.testing.assert_frame_equal(english[numbers], chinese[numbers])
    assert not (english["indicator"] == chinese["indicator"]).any()


def test_cities_and_indicators_select_rows(plans) -> None:
    chosen = growth.growth_table(plans, ["xiamen"], ["patent-agencies", "madrid-marks"])
    assert chosen["target_id"].tolist() == ["xiamen-madrid-marks-2025", "xiamen-patent-agencies-2025"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"cities": ["weihei"]}, "'weihei' is not a city in cities.csv. Did you mean 'weihai'?"),
        ({"indicators": ["patent-agents"]}, "Did you mean 'patent-agencies'?"),
        ({"lang": "cn"}, "'cn' is not a language"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest_right_one(options: dict, message: str, plans) -> None:
    with pytest.raises(UserError, match=message):
        growth.growth_table(plans, **options)


def test_where_less_is_better_the_city_that_falls_faster_leads(plans) -> None:
    codebook = plans.indicators.copy()
    codebook.loc[codebook["indicator_id"] == "patent-agencies", ["direction", "lower_limit"]] = [-1, None]
    targets = plans.targets.set_index("target_id")
    ends = {"weihai-patent-agencies-2025": (50.0, 49.0), "xiamen-patent-agencies-2025": (50.0, 20.0)}
    for target, values in ends.items():
        targets.loc[target, ["baseline_value", "target_value"]] = values
    tables = replace(plans, indicators=codebook, targets=targets.reset_index())
    rates = growth.growth_table(tables, indicators=["patent-agencies"])
    pairs = comparability.matrix(tables)
    title = growth_rates.plan(rates, tables, "en").words["title"]
    assert title == "Where compound rates may be compared, Xiamen plans the faster change on the one indicator"
    ((_, ids),) = _blocks(rates, pairs, "en")
    assert ids == ["xiamen-patent-agencies-2025", "weihai-patent-agencies-2025"]
    stated = comparability.levels_table(tables, indicators=["patent-agencies"])
    title = compare_levels.plan(stated, tables, "en").words["title"]
    assert title == "Xiamen sets the furthest target on the one comparable indicator, not per head"
