"""Numbers that do not belong together are not compared, and the reason is named."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import UserError
from analysis.figures.growth_rates import _blocks
from analysis.figures.growth_shared import _panel_rows, _shared_panels
from analysis.files import ROOT
from analysis.methods import ambition, comparability, growth, units
from analysis.tables import Tables, join, load, table_fields

LEVELS_AND_GROWTH, LEVELS, NOTHING = (True, True), (True, False), (False, False)
# What the tables allow, pair by pair, with the reasons that stop or warn.
EXPECTED = {
    ("high-value-patents-per-10k", "haikou", "weihai"): (LEVELS, {"no-baseline"}),
    ("high-value-patents-per-10k", "haikou", "xiamen"): (LEVELS, {"due-earlier", "inferred-unit", "no-baseline"}),
    ("high-value-patents-per-10k", "weihai", "xiamen"): (
        LEVELS_AND_GROWTH,
        {"different-span", "due-earlier", "inferred-unit"},
    ),
    ("patent-intensive-share", "haikou", "shanwei"): (NOTHING, {"words"}),
    ("copyright-industry-share", "haikou", "weihai"): (NOTHING, {"words"}),
    ("patent-attorneys", "haikou", "xiamen"): (
        LEVELS,
        {"due-earlier", "inferred-basis", "inferred-unit", "no-baseline"},
    ),
    ("ip-protection-satisfaction", "haikou", "weihai"): (LEVELS, {"no-baseline", "survey"}),
    ("ip-protection-satisfaction", "haikou", "xiamen"): (LEVELS, {"inferred-unit", "no-baseline", "survey"}),
    ("ip-protection-satisfaction", "weihai", "xiamen"): (
        LEVELS_AND_GROWTH,
        {"different-span", "inferred-unit", "survey"},
    ),
    ("pledge-financing", "shanwei", "weihai"): (
        NOTHING,
        {"different-basis", "different-target-year", "inferred-basis", "no-baseline", "wish"},
    ),
    ("pledge-financing", "shanwei", "xiamen"): (
        NOTHING,
        {"different-target-year", "inferred-basis", "no-baseline", "wish"},
    ),
    ("pledge-financing", "weihai", "xiamen"): (NOTHING, {"different-basis", "different-span", "inferred-basis"}),
    ("overseas-patents-granted", "weihai", "xiamen"): (
        NOTHING,
        {"different-basis", "different-span", "inferred-basis", "inferred-unit", "open-basis"},
    ),
    ("patent-agencies", "weihai", "xiamen"): (
        LEVELS_AND_GROWTH,
        {"different-span", "due-earlier", "inferred-basis", "inferred-unit"},
    ),
    ("madrid-marks", "weihai", "xiamen"): (LEVELS, {"due-earlier", "inferred-basis", "inferred-unit", "no-baseline"}),
}


def test_every_pair_has_the_expected_verdict_and_reasons(plans) -> None:
    found = {
        (row.indicator_id, row.city_a, row.city_b): ((row.levels, row.growth), {reason.id for reason in row.reasons})
        for row in comparability.matrix(plans).itertuples()
    }
    assert found == EXPECTED


# What the tables allow beside the nation's targets: growth only where both state a baseline.
AGAINST_BENCHMARK = {
    "haikou-high-value-patents-per-10k-2025": (LEVELS, {"no-baseline"}),
    "weihai-high-value-patents-per-10k-2025": (LEVELS_AND_GROWTH, set()),
    "xiamen-high-value-patents-per-10k-2025": (LEVELS_AND_GROWTH, {"different-span", "due-earlier", "inferred-unit"}),
    "haikou-patent-intensive-share-2025": (NOTHING, {"words"}),
    "shanwei-patent-intensive-share-2020": (NOTHING, {"different-bound", "different-target-year", "no-baseline"}),
    "haikou-copyright-industry-share-2025": (NOTHING, {"words"}),
    "weihai-copyright-industry-share-2025": (LEVELS, {"no-baseline"}),
    "haikou-ip-protection-satisfaction-2025": (LEVELS, {"no-baseline", "survey"}),
    "weihai-ip-protection-satisfaction-2025": (LEVELS_AND_GROWTH, {"survey"}),
    "xiamen-ip-protection-satisfaction-2025": (LEVELS_AND_GROWTH, {"different-span", "inferred-unit", "survey"}),
    "haikou-first-instance-acceptance-2025": (LEVELS, {"no-baseline"}),
    "weihai-overseas-patents-granted-2025": (NOTHING, {"inferred-basis", "open-basis"}),
    "xiamen-overseas-patents-granted-2025": (NOTHING, {"different-basis", "different-span", "inferred-unit"}),
    "xiamen-ip-royalties-trade-2025": (NOTHING, {"different-span", "different-unit"}),
}


def test_every_target_has_the_expected_verdict_against_the_benchmark(plans) -> None:
    pairs = comparability.against_benchmark(plans)
    found = {
        row.target_a: ((row.levels, row.growth), {reason.id for reason in row.reasons}) for row in pairs.itertuples()
    }
    assert found == AGAINST_BENCHMARK
    assert set(pairs["city_b"]) == {"china"}
    assert list(pairs.columns) == list(comparability.matrix(plans).columns)


YEARS = st.none() | st.integers(2020, 2030)
TARGET = st.fixed_dictionaries(
    {
        "indicator_id": st.sampled_from(["patents", "firms"]),
        "basis": st.sampled_from([*comparability.BASIS_NAMES, "qualitative", "growth-rate"]),
        "basis_status": st.sampled_from(["stated", "inferred"]),
        "alternative_basis": st.none() | st.sampled_from(["stock", "flow", "cumulative"]),
        "unit_base_unit_id": st.sampled_from(["item", "cny", "usd"]),
        "target_year": YEARS,
        "baseline_year": YEARS,
        "baseline_value": st.none() | st.floats(0, 100),
    }
)


@given(TARGET, TARGET)
def test_swapping_two_targets_swaps_nothing(a: dict, b: dict) -> None:
    assert comparability.compare(a, b) == comparability.compare(b, a)


def test_two_bases_are_named_in_one_order_whoever_comes_first(plans) -> None:
    rows = join(plans).set_index("target_id", drop=False)
    weihai, xiamen = rows.loc["weihai-pledge-financing-2025"], rows.loc["xiamen-pledge-financing-2025"]
    for pair in ((weihai, xiamen), (xiamen, weihai)):
        assert comparability.compare(*pair).reasons[0].en == "One counts a single year, the other is cumulative."


def test_the_reading_that_a_text_leaves_open_is_named(plans) -> None:
    row = join(plans).set_index("target_id").loc["weihai-ip-standard-firms-2025"]
    (reason, _) = comparability.compare(row, row).reasons
    assert reason.en == "The text leaves open whether one of them is a stock or a running total."


PLANS = load(ROOT / "data")
UNITS = PLANS.units.groupby("base_unit_id")["unit_id"].apply(list)


def in_unit(tables: Tables, target: str, unit: str) -> Tables:
    """Return the tables with one target stated in another unit of its base."""
    frame = tables.targets.set_index("target_id", drop=False)
    old = frame.loc[target, "unit_id"]
    for column in ("baseline_value", "target_value"):
        frame.loc[target, column] = units.convert(frame.loc[target, column], old, unit, units=tables.units)
    frame.loc[target, "unit_id"] = unit
    return replace(tables, targets=frame.reset_index(drop=True))


@settings(max_examples=8, deadline=None)
@given(st.data())
def test_a_unit_changed_within_its_base_changes_no_verdict(data: st.DataObject) -> None:
    rows = join(PLANS).set_index("target_id")
    choices = [(target, unit) for target, base in rows["unit_base_unit_id"].dropna().items() for unit in UNITS[base]]
    target, unit = data.draw(st.sampled_from([pair for pair in choices if pair[1] != rows.loc[pair[0], "unit_id"]]))
    other = in_unit(PLANS, target, unit)
    assert other.targets["unit_id"].ne(PLANS.targets["unit_id"]).sum() >= 1
    for pairs in (comparability.matrix, comparability.against_benchmark):
        pd.testing.assert_frame_equal(pairs(other), pairs(PLANS))


def test_different_indicators_and_units_are_stopped(plans) -> None:
    rows = join(plans).set_index("target_id", drop=False)
    patents = rows.loc["shanwei-invention-patents-per-10k-2020"]
    verdict = comparability.compare(patents, rows.loc["haikou-high-value-patents-per-10k-2025"])
    assert "different-indicator" in {reason.id for reason in verdict.reasons}
    royalties = rows.loc["xiamen-ip-royalties-trade-2025"]
    in_yuan = royalties.copy()
    in_yuan["unit_base_unit_id"] = "cny"
    verdict = comparability.compare(royalties, in_yuan)
    assert (verdict.levels, verdict.growth) == NOTHING
    assert [reason.id for reason in verdict.reasons] == ["different-unit"]


def test_a_growth_rate_is_never_put_beside_a_level(plans) -> None:
    rows = join(plans).set_index("target_id", drop=False)
    rate = rows.loc["shanwei-invention-applications-growth-2020"]
    level = rate.copy()
    level["basis"] = "flow"
    verdict = comparability.compare(rate, level)
    assert (verdict.levels, verdict.growth) == NOTHING
    assert "growth-rate" in {reason.id for reason in verdict.reasons}


def test_two_stated_growth_rates_may_be_compared(plans) -> None:
    rate = join(plans).set_index("target_id", drop=False).loc["shanwei-invention-applications-growth-2020"]
    verdict = comparability.compare(rate, rate)
    assert (verdict.levels, verdict.growth) == (False, True)


def test_a_province_stands_beside_its_own_city_only(plans) -> None:
    pairs = comparability.against_parents(plans, "province")
    assert pairs[["target_a", "city_b", "levels", "growth"]].to_numpy().tolist() == [
        ["weihai-high-value-patents-per-10k-2025", "shandong", True, False],
        ["weihai-copyright-industry-share-2025", "shandong", True, False],
    ]
    assert "shandong" not in set(comparability.matrix(plans)[["city_a", "city_b"]].to_numpy().ravel())


def test_counts_per_million_are_those_of_the_census(plans) -> None:
    found = comparability.per_head(comparability.levels_table(plans), plans)
    rates = found.set_index(["indicator_id", "city_id"])["per_million"]
    assert rates["patent-agencies", "xiamen"] == pytest.approx(54 / 5.16397, rel=1e-12)
    assert rates["patent-agencies", "weihai"] == pytest.approx(18 / 2.906548, rel=1e-12)
    assert rates["patent-attorneys", "haikou"] == pytest.approx(70 / 2.873358, rel=1e-12)


def test_a_target_without_a_year_is_compared_with_none(plans) -> None:
    row = join(plans).set_index("target_id", drop=False).loc["weihai-high-value-patents-per-10k-2025"]
    undated = row.copy()
    undated["target_year"] = pd.NA
    for pair in ((row, undated), (undated, row), (undated, undated)):
        verdict = comparability.compare(*pair)
        assert (verdict.levels, verdict.growth) == NOTHING
        assert [reason.id for reason in verdict.reasons] == ["no-target-year"]


def test_every_basis_with_a_level_has_its_words() -> None:
    (allowed,) = (field["constraints"]["enum"] for field in table_fields("targets") if field["name"] == "basis")
    assert set(allowed) == {*comparability.BASIS_NAMES, *comparability.STATED, "qualitative"}


def test_equal_verdicts_count_as_one(plans) -> None:
    found = {comparability.compare(row, row) for row in join(plans).to_dict("records") if row["basis"] == "qualitative"}
    assert found == {comparability.Verdict(False, False, (comparability.WORDS,))}


def test_a_citys_own_targets_are_no_pair(plans) -> None:
    again = plans.targets[plans.targets["target_id"] == "weihai-patent-agencies-2025"].assign(target_id="weihai-again")
    pairs = comparability.matrix(replace(plans, targets=pd.concat([plans.targets, again])), "patent-agencies")
    assert list(zip(pairs["target_a"], pairs["target_b"], strict=True)) == [
        ("weihai-patent-agencies-2025", "xiamen-patent-agencies-2025"),
        ("xiamen-patent-agencies-2025", "weihai-again"),
    ]


def test_a_caution_about_growth_is_said_only_where_growth_stands() -> None:
    span, survey, missing = comparability.DIFFERENT_SPAN, comparability.SURVEY, comparability.NO_BASELINE
    assert comparability.in_words([span, survey], "en") == f"{span.en} {survey.en}"
    assert comparability.in_words([missing, span, survey], "en") == f"{missing.en} {survey.en}"
    assert comparability.in_words([missing, span, survey], "zh") == f"{missing.zh}{survey.zh}"


def test_one_indicator_may_be_asked_for_and_an_unknown_one_is_refused(plans) -> None:
    assert len(comparability.matrix(plans, "pledge-financing")) == 3
    with pytest.raises(UserError, match=r"Did you mean 'patent-agencies'\?"):
        comparability.matrix(plans, "patent-agency")


def test_pairs_among_rows_need_both_targets(plans) -> None:
    pairs = comparability.matrix(plans)
    only = pd.DataFrame({"target_id": ["weihai-patent-agencies-2025"]})
    assert comparability.among(pairs, only).empty
    numbers = comparability.group_numbers(pairs, "growth")
    assert numbers["weihai-patent-agencies-2025"] == 0
    assert "weihai-pledge-financing-2025" not in numbers


def test_levels_are_grouped_by_what_may_stand_on_one_axis(plans) -> None:
    groups = comparability.groups(comparability.matrix(plans), "levels")
    assert sorted(sorted(target.split("-")[0] for target in group) for group in groups) == [
        ["haikou", "weihai", "xiamen"],
        ["haikou", "weihai", "xiamen"],
        ["haikou", "xiamen"],
        ["weihai", "xiamen"],
        ["weihai", "xiamen"],
    ]


def test_targets_of_two_years_make_two_groups() -> None:
    pairs = pd.DataFrame(
        [("a", "b", True), ("c", "d", True), ("b", "c", False), ("b", "e", True)],
        columns=["target_a", "target_b", "levels"],
    )
    assert comparability.groups(pairs, "levels") == [{"c", "d"}, {"a", "b", "e"}]


def test_the_largest_group_of_an_indicator_is_its_first() -> None:
    rows = ["x a b 1", "x c d 1", "x b c 0", "x d e 1", "y f g 1"]
    pairs = pd.DataFrame([row.split() for row in rows], columns=["indicator_id", "target_a", "target_b", "growth"])
    found = comparability.group_numbers(pairs.assign(growth=pairs["growth"] == "1"), "growth")
    assert found == {"c": 0, "d": 0, "e": 0, "a": 1, "b": 1, "f": 0, "g": 0}


def two_bases(plans: Tables) -> Tables:
    """Return the tables with patent agencies of two more cities, counted as they open, not as they stand."""
    twin = plans.targets.set_index("target_id").loc["weihai-patent-agencies-2025"]
    rows = [
        twin.to_dict() | {"target_id": f"{city}-opened", "city_id": city, "document_id": document, "basis": "flow"}
        for city, document in (("haikou", "haikou-plan-2022"), ("shanwei", "shanwei-plan-2016"))
    ]
    added = pd.concat([plans.targets, pd.DataFrame(rows)], ignore_index=True).astype(plans.targets.dtypes)
    return replace(plans, targets=added)


def test_two_groups_of_one_indicator_are_never_drawn_together(plans) -> None:
    tables = two_bases(plans)
    rates = growth.growth_table(tables, indicators=["patent-agencies"])
    pairs = comparability.among(comparability.matrix(tables), rates)
    opened = frozenset({"haikou-opened", "shanwei-opened"})
    stock = frozenset({"weihai-patent-agencies-2025", "xiamen-patent-agencies-2025"})
    assert {frozenset(ids) for _, ids in _blocks(rates, pairs, "en")} == {opened, stock}
    panels = _shared_panels(rates, pairs, tables, "en")
    assert {frozenset(line["target_id"] for line in panel["lines"]) for panel in panels} == {opened, stock}
    for panel in panels:
        assert len(panel["stated"]) == 2
        assert "One is a stock, the other a yearly flow." in panel["reasons"]
    assert sorted(_panel_rows(panels, rates)["target_id"]) == sorted(opened | stock)
    measured = ambition.axes(tables)
    paces = measured.loc[(measured["axis"] == "pace") & (measured["indicator_id"] == "patent-agencies"), "target_id"]
    assert set(paces) in (opened, stock)


def test_a_caution_is_no_stop(plans) -> None:
    pairs = comparability.matrix(plans)
    levels = [comparability.standing(reasons, "levels") for reasons in pairs["reasons"]]
    growth = [comparability.standing(reasons, "growth") for reasons in pairs["reasons"]]
    assert [levels.count(key) for key in ("yes", "caution", "no")] == [1, 8, 6]
    assert [growth.count(key) for key in ("yes", "caution", "no")] == [0, 3, 12]
    assert [key != "no" for key in levels] == pairs["levels"].tolist()
    assert [key != "no" for key in growth] == pairs["growth"].tolist()
