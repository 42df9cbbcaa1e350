"""The curated tables hold what the documents hold, and every trap is visible in them."""

import subprocess
import sys

import pytest

from analysis import tables
from analysis.files import ROOT

# Counted by hand in the documents, twice and independently, on 2026-11-22.
TABLE_ROWS = {"haikou-plan-2022": 8, "weihai-measures-2021": 11, "xiamen-plan-2022": 10}
PROSE_ROWS = {"haikou-cluster-2021": 4, "shanwei-plan-2016": 11, "weihai-measures-2021": 10}


@pytest.fixture(scope="module")
def targets(plans: tables.Tables):
    """Return the cities' targets by id, the benchmark's left out."""
    return plans.targets[~plans.targets["city_id"].isin(["china", "shandong"])].set_index("target_id")


def test_every_document_gives_as_many_targets_as_it_has(plans: tables.Tables) -> None:
    placed = plans.targets[~plans.targets["city_id"].isin(["china", "shandong"])]
    in_table = placed["locator"].str.startswith("table:")
    assert placed[in_table].groupby("document_id").size().to_dict() == TABLE_ROWS
    assert placed[~in_table].groupby("document_id").size().to_dict() == PROSE_ROWS


def test_table_rows_are_numbered_without_gaps(plans: tables.Tables) -> None:
    rows = plans.targets[plans.targets["locator"].str.startswith("table:", na=False)]
    for document, group in rows.groupby("document_id"):
        numbers = group["locator"].str.removeprefix("table:").astype(int).tolist()
        assert numbers == list(range(1, TABLE_ROWS[document] + 1))


def test_trap_1_pledge_financing_is_cumulative_yearly_or_stated_yearly(targets) -> None:
    basis = targets[targets["indicator_id"] == "pledge-financing"][["basis", "basis_status"]]
    assert basis.loc["weihai-pledge-financing-2025"].tolist() == ["cumulative", "inferred"]
    assert basis.loc["xiamen-pledge-financing-2025"].tolist() == ["flow", "inferred"]
    assert basis.loc["shanwei-pledge-financing-2020"].tolist() == ["flow", "stated"]


def test_trap_2_the_same_remark_means_a_stock_or_a_running_total(targets) -> None:
    remarked = targets[targets["printed_remark"] == "累计值"]
    assert remarked["basis"].value_counts().to_dict() == {"stock": 4, "cumulative": 1}
    assert targets.loc["weihai-overseas-patents-granted-2025", "alternative_basis"] == "cumulative"


def test_trap_3_all_patents_and_high_value_patents_are_two_indicators(targets) -> None:
    assert targets.loc["shanwei-invention-patents-per-10k-2020", "indicator_id"] == "invention-patents-per-10k"
    per_million = targets.loc["shanwei-invention-applications-per-million-2020"]
    assert per_million[["unit_id", "target_value"]].tolist() == ["per-million", 84]


def test_trap_4_xiamen_lost_seven_units_and_has_a_period_of_its_own(plans: tables.Tables, targets) -> None:
    xiamen = targets[targets["city_id"] == "xiamen"]
    assert (xiamen["unit_status"] == "inferred").sum() == xiamen["printed_unit"].isna().sum() == 7
    assert targets.loc["xiamen-ip-royalties-trade-2025", "unit_id"] == "usd-100m"
    document = plans.documents.set_index("document_id").loc["xiamen-plan-2022"]
    assert document[["period_start", "period_end"]].tolist() == ["2022-07", "2025-06"]
    assert document[["base_year", "horizon"]].tolist() == [2021, 2025]


def test_trap_5_a_printed_per_cent_sign_in_a_per_cent_column_scales_nothing(targets) -> None:
    row = targets.loc["weihai-copyright-industry-share-2025"]
    assert row[["printed_baseline", "baseline_value", "target_value"]].tolist() == ["4.23%", 4.23, 4.5]


def test_trap_6_targets_in_words_have_no_number_and_are_kept(targets) -> None:
    worded = targets[targets["bound"] == "qualitative"]
    assert worded["printed_target"].tolist() == ["明显提高", "达到或接近全国水平"]
    assert worded["target_value"].isna().all()


def test_trap_7_twenty_one_rows_have_a_baseline_and_one_is_a_growth_rate(targets) -> None:
    assert targets["baseline_value"].notna().sum() == 21
    assert targets.index[targets["basis"] == "growth-rate"].tolist() == ["shanwei-invention-applications-growth-2020"]


def test_trap_10_two_sums_for_one_park_are_two_rows(plans: tables.Tables) -> None:
    amounts = plans.funding.set_index("funding_id")["amount"].to_dict()
    assert amounts == {
        "haikou-longhua-central": 2000,
        "haikou-hightech-central": 5000,
        "haikou-hightech-municipal": 5000,
    }


def test_numbers_hidden_in_chinese_numerals_and_ranges(targets) -> None:
    assert targets.loc["weihai-enforcement-training-yearly", ["printed_target", "target_value"]].tolist() == [
        "一次以上",
        1,
    ]
    assert targets.loc["weihai-navigation-municipal-yearly", ["target_value", "target_upper"]].tolist() == [2, 3]


def test_two_rows_of_weihais_prose_restate_its_table(targets) -> None:
    restating = targets["restates"].dropna().to_dict()
    assert restating == {
        "weihai-ip-standard-firms-2025-prose": "weihai-ip-standard-firms-2025",
        "weihai-trade-marks-in-force-2025-prose": "weihai-trade-marks-in-force-2025",
    }


def test_every_indicator_and_unit_is_used(plans: tables.Tables) -> None:
    measured = set(plans.targets["indicator_id"]) | set(plans.observations["indicator_id"])
    assert set(plans.indicators["indicator_id"]) == measured
    used = set(plans.targets["unit_id"].dropna()) | set(plans.funding["unit_id"])
    bases = set(plans.units.loc[plans.units["unit_id"].isin(used), "base_unit_id"])
    # The yearly units stand for what no stock or total converts to.
    assert set(plans.units["unit_id"]) - used - bases == {"item-per-year", "cny-per-year", "cny-100m-per-year"}


# Typed from the documents: items by kind, and mentions of responsible units with the items that name any.
MEASURES = {
    ("haikou-plan-2022", "task"): 28,
    ("haikou-plan-2022", "safeguard"): 3,
    ("haikou-cluster-2021", "task"): 6,
    ("haikou-cluster-2021", "duty"): 4,
    ("haikou-cluster-2021", "evaluation"): 3,
    ("haikou-cluster-2021", "requirement"): 3,
    ("haikou-cluster-2021", "organisation"): 1,
    ("haikou-cluster-2021", "funding"): 2,
    ("shanwei-plan-2016", "task"): 20,
    ("shanwei-plan-2016", "safeguard"): 3,
    ("weihai-measures-2021", "task"): 23,
    ("weihai-measures-2021", "safeguard"): 3,
    ("xiamen-plan-2022", "task"): 18,
    ("xiamen-plan-2022", "safeguard"): 3,
}
MENTIONS = {"haikou-plan-2022": (134, 28), "weihai-measures-2021": (67, 23), "xiamen-plan-2022": (121, 21)}


def test_every_document_gives_as_many_measures_as_it_has(plans: tables.Tables) -> None:
    assert plans.measures.groupby(["document_id", "kind"]).size().to_dict() == MEASURES
    assert len(plans.measures) == 120


def test_every_list_of_responsible_units_is_whole(plans: tables.Tables) -> None:
    listed = plans.responsibilities.merge(plans.measures, on="measure_id").groupby("document_id")["measure_id"]
    assert {name: (len(group), group.nunique()) for name, group in listed} == MENTIONS


def test_names_with_brackets_and_enumeration_commas_stay_whole(plans: tables.Tables) -> None:
    printed = set(plans.responsibilities["printed_name"])
    assert {"各开发区（园区）管委会", "市市场监管局(知识产权局)", "市政园林局", "海丝法务办(市委政法委)"} <= printed


def test_tables_can_be_compared_and_name_no_table_that_is_not_there(plans: tables.Tables) -> None:
    assert plans == plans
    assert plans != tables.load(ROOT / "data")
    with pytest.raises(AttributeError, match=r"There is no table 'target'. Did you mean 'targets'\?"):
        _ = plans.target


def test_the_benchmark_is_no_city_and_says_that_it_was_only_reported(plans: tables.Tables) -> None:
    cities = plans.cities.set_index("city_id")
    assert cities.loc["china", "kind"] == "nation"
    assert {"china", "shandong"}.isdisjoint(tables.city_ids())
    assert tables.city_ids() == tables.select_cities(plans)
    assert tables.indicator_ids() == tables.select_indicators(plans)
    national = plans.targets[(plans.targets["city_id"] == "china") & plans.targets["restates"].isna()]
    assert national.set_index("indicator_id")["target_value"].to_dict() == {
        "overseas-patents-granted": 90_000,
        "ip-protection-satisfaction": 82,
        "first-instance-acceptance": 85,
        "high-value-patents-per-10k": 12,
        "patent-intensive-share": 13,
        "copyright-industry-share": 7.5,
        "ip-royalties-trade": 3500,
    }
    assert plans.documents.set_index("document_id").loc["china-outline-2021", "source_id"] == "outline-news-2021"


def test_every_outcome_says_how_sure_it_is(plans: tables.Tables) -> None:
    counts = plans.observations["confidence"].value_counts().to_dict()
    assert counts == {"one-release": 19, "single-source": 20, "official": 4}


def test_joining_keeps_every_target_once(plans: tables.Tables) -> None:
    joined = tables.join(plans)
    assert joined["target_id"].tolist() == plans.targets["target_id"].tolist()
    assert joined["indicator_name_en"].notna().all()


def test_importing_the_package_is_light() -> None:
    code = "import analysis, sys; print('matplotlib' in sys.modules or 'pandas' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert result.stdout.strip() == "False"
