"""Rows that a user may add: what is legal leads to figures and tables, what is not is named with its remedy."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis.methods import ambition, comparability, growth, measures, plans, pathways, progress
from analysis.figures import arrange, charts
from analysis import language, new_city, texts, style, tables
from analysis.errors import UserError
from analysis.tables import Tables
from analysis.tables.rules import rule_faults

from .test_figures import boxes, overlapping

STUB = "qingdao"


@pytest.fixture(scope="module")
def stub(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """Return the curated tables with the bare stub of a new city laid over them."""
    return tables.load(new_city.make(STUB, tmp_path_factory.mktemp("stub") / "own"))


Chosen = list[str]


def read_the_plans(plans: Tables, cities: Chosen, lang: str, colours: dict[str, str]) -> None:
    documents = plans.horizons(plans, cities, lang)
    assert texts.documents(plans, cities, lang).frame is not None
    covered, worded = plans.dimensions(plans, cities, lang), plans.forms(plans, cities, lang)
    assert boxes(charts.horizons(documents, colours=colours, lang=lang))
    assert boxes(charts.dimension_grid(covered, colours=colours, lang=lang))
    assert boxes(charts.form_grid(worded, plans.FORMS, colours=colours, lang=lang))
    gaps = plans.left_open(plans, cities, lang)
    assert texts.left_open_sentences(gaps, lang)
    assert texts.left_open(gaps, lang)
    assert texts.benchmark(plans.benchmark(plans, lang), lang)


def compare_targets(plans: Tables, cities: Chosen, lang: str, colours: dict[str, str]) -> None:
    stated = comparability.levels_table(plans, cities, lang=lang)
    pairs = comparability.among(comparability.matrix(plans), stated)
    national = comparability.among(comparability.against_benchmark(plans), stated)
    assert texts.pair_sentences(pairs, stated, lang)
    blocks = arrange.verdict_blocks(pairs, national, plans, lang)
    panels = arrange.level_panels(stated, pairs, national, plans, lang)
    assert len(arrange.verdict_data(pairs, national)) == len(pairs) + len(national)
    assert len(arrange.level_data(panels, stated)) >= len(panels)
    for frame in (pairs, national):
        assert texts.pairs(frame, stated, plans, lang)
    assert texts.benchmark_sentences(national, stated, lang)
    if blocks:
        assert boxes(charts.verdict_matrix(blocks, lang=lang))
    if panels:
        assert boxes(charts.level_panels(panels, colours=colours, lang=lang))


def compare_growth(plans: Tables, cities: Chosen, lang: str, colours: dict[str, str]) -> None:
    rates = growth.growth_table(plans, cities, lang=lang)
    pairs = comparability.among(comparability.matrix(plans), rates)
    assert texts.growth_sentences(rates, plans, lang)
    assert texts.growth(rates, plans, lang)
    compound = rates[rates["compound_rate"].notna()]
    compound = compound.assign(label=arrange.rate_labels(compound, lang))
    groups = arrange.comparable_groups(compound, pairs, lang)
    panels = arrange.shared_panels(rates, pairs, plans, lang)
    assert len(arrange.panel_rows(panels, rates)) <= len(rates)
    if len(compound):
        assert boxes(charts.growth_rates(compound, groups, colours=colours))
    if panels:
        assert boxes(charts.shared_indicators(panels, colours=colours, lang=lang))


def trace_pathways(plans: Tables, cities: Chosen, lang: str, colours: dict[str, str]) -> None:
    meetings = pathways.catch_up_table(plans, cities, lang=lang)
    assert texts.catch_up_sentences(meetings, lang)
    panels = arrange.meeting_panels(meetings, plans, lang)
    if panels:
        assert boxes(charts.meetings(panels, colours=colours, lang=lang))
    if len(meetings):
        assert texts.catch_up(meetings, plans, lang)


def weigh_ambition(plans: Tables, cities: Chosen, lang: str, colours: dict[str, str]) -> None:
    measured = ambition.axes(plans, cities, lang)
    arrange.leaders(measured)
    if len(measured):
        assert boxes(charts.ambition_axes(arrange.axis_blocks(measured, lang), colours=colours, lang=lang))
    score = ambition.score(plans, measured, cities, draws=50, lang=lang)
    if score:
        rows = arrange.score_rows(score, plans, lang)
        assert boxes(charts.ambition_score(rows, colours=colours, lang=lang))
        for table in (texts.goalposts, texts.verdict_sentences, texts.leave_one_out):
            assert table(score, plans, lang)


def track_progress(plans: Tables, cities: Chosen, lang: str, colours: dict[str, str]) -> None:
    progressed = progress.progress_table(plans, cities, lang=lang)
    assert texts.progress_sentences(progressed, lang)
    counts = arrange.assessable(progressed)
    if len(progressed):
        assert boxes(charts.progress_assessable(counts, colours=colours, lang=lang))
    rows, national = arrange.assessed(progressed), progress.benchmark_table(plans, lang=lang)
    panels = arrange.progress_panels(rows, national, plans, lang)
    if panels:
        assert boxes(charts.progress_paths(panels, colours=colours))
    assert len(arrange.drawn(panels)) >= len(panels)
    assert texts.progress(progressed, plans, lang)
    assert texts.not_assessed(progressed, lang)
    assert texts.benchmark_outcomes(national, plans, lang)


def map_measures(plans: Tables, cities: Chosen, lang: str, colours: dict[str, str]) -> None:
    documents, covered = measures.items(plans, cities, lang), measures.coverage(plans, cities, lang)
    assert texts.items_sentences(documents, lang)
    assert texts.items(documents, lang)
    assert texts.coverage_sentences(covered, lang)
    alike, load = measures.similarity(plans, cities, lang), measures.agency_load(plans, cities, lang)
    functions = arrange.most_named(load)
    if covered["tasks"].notna().any():
        groups = arrange.theme_groups(covered, lang)
        assert boxes(charts.theme_matrix(covered, groups, colours=colours, lang=lang))
    if functions:
        assert boxes(charts.agency_matrix(load, functions, colours=colours, lang=lang))
    assert texts.similarity_sentences(alike, lang)
    assert texts.similarity(alike, lang)
    assert texts.load_sentences(load, lang)
    assert texts.function_pairs(plans, load, lang)
    assert texts.tasks(plans, cities, lang)


def follow_money_and_dates(plans: Tables, cities: Chosen, lang: str, colours: dict[str, str]) -> None:
    money, dated = plans.sums(plans, cities, lang), plans.dates(plans, cities, lang)
    assert texts.sums(money, plans, lang)
    assert texts.dates(dated, plans, lang)
    assert texts.outcomes(plans.outcomes(plans, cities, lang), lang)
    if len(money):
        assert boxes(charts.sums(money, colours=colours))
    if len(dated):
        assert boxes(charts.time_line(dated, colours=colours))


NOTEBOOKS: list[Callable[..., None]] = [
    read_the_plans, compare_targets, compare_growth, trace_pathways, weigh_ambition, track_progress, map_measures,
    follow_money_and_dates,
]  # fmt: skip


@pytest.mark.parametrize("notebook", NOTEBOOKS)
@pytest.mark.parametrize("cities", [[], [STUB]], ids=["all", "stub"])
def test_the_stub_of_a_new_city_goes_through_every_notebook(notebook, cities: Chosen, stub: Tables) -> None:
    colours = style.city_colours(tables.select_cities(stub))
    for lang in language.LANGUAGES:
        notebook(stub, cities, lang, colours)


def test_a_profile_of_a_city_without_targets_says_what_to_do(stub: Tables) -> None:
    with pytest.raises(UserError, match=f"'{STUB}' has no target in targets.csv. Add its first target"):
        plans.targets(stub, STUB)


def with_target(plans: Tables, target: str, **cells: object) -> Tables:
    targets = plans.targets.copy()
    targets.loc[targets["target_id"] == target, list(cells)] = list(cells.values())
    return replace(plans, targets=targets)


AGENCIES = "weihai-patent-agencies-2025"


@pytest.mark.parametrize(
    ("values", "direction"), [((10.0, 0.0), -1), ((10.0, -1.0), 1), ((0.0, 0.0), 1), ((10.0, 5.0), -1)]
)
def test_a_target_that_goes_down_or_stays_at_zero_is_drawn(values: tuple, direction: int, plans: Tables) -> None:
    codebook = plans.indicators.copy()
    codebook.loc[codebook["indicator_id"] == "patent-agencies", ["direction", "lower_limit"]] = [direction, None]
    changed = with_target(plans, AGENCIES, baseline_value=values[0], target_value=values[1])
    changed = replace(changed, indicators=codebook)
    colours = style.city_colours(tables.select_cities(plans))
    for notebook in (compare_targets, compare_growth, trace_pathways, weigh_ambition, track_progress):
        notebook(changed, [], "en", colours)
    promised = plans.targets(changed, "weihai")
    assert boxes(charts.target_rows(promised, colour=colours["weihai"], lang="en"))


def faults(plans: Tables) -> list[str]:
    return [str(fault) for fault in rule_faults(plans)]


@pytest.mark.parametrize("basis", ["growth-rate", "qualitative"])
def test_a_level_has_no_other_reading_that_is_none(basis: str, plans: Tables) -> None:
    row = plans.targets.index[plans.targets["target_id"] == AGENCIES][0] + 2
    assert faults(plans) == []
    (found,) = faults(with_target(plans, AGENCIES, alternative_basis=basis))
    assert found.startswith(
        f"targets.csv, row {row}, column alternative_basis: '{basis}' is no other reading of a level"
    )
    assert found.endswith("Name the other basis that the same number may have, such as cumulative, or leave it empty.")
    assert faults(with_target(plans, AGENCIES, alternative_basis="cumulative")) == []


@pytest.mark.parametrize(("end", "wrong"), [("2021-06", True), ("2021", True), ("2020-12", True), ("2022-07", False)])
def test_a_period_does_not_end_in_or_before_the_base_year(end: str, wrong: bool, plans: Tables) -> None:
    documents = plans.documents.copy()
    xiamen = documents["document_id"] == "xiamen-plan-2022"
    documents.loc[xiamen, ["period_start", "period_end"]] = [None, end]
    found = faults(replace(plans, documents=documents))
    assert len(found) == wrong
    assert all(f"column period_end: '{end}' does not end after base_year" in text for text in found)


def money(plans: Tables) -> Tables:
    """Return the tables with a sum in dollars beside those in yuan."""
    row = plans.funding.iloc[:1].assign(funding_id="dollars", amount=0.2, unit_id="usd-100m")
    return replace(plans, funding=pd.concat([plans.funding, row], ignore_index=True))


def test_two_currencies_share_no_scale(plans: Tables) -> None:
    frame = plans.sums(money(plans))
    assert frame["base_unit_id"].unique().tolist() == ["cny", "usd"]
    colours = style.city_colours(tables.select_cities(plans))
    axes = charts.sums(frame, colours=colours).axes[0]
    widths = [bar.get_width() for bar in axes.patches]
    # The greatest of each currency has the whole width: no sum of one is measured by the other.
    assert max(widths[:-1]) == widths[-1]
    (one, other) = [line.get_ydata() for line in axes.lines]
    assert other[0] - one[1] > 0.2
    alone = charts.sums(plans.sums(plans), colours=colours).axes[0]
    assert [bar.get_width() for bar in alone.patches] == widths[:-1]
    assert len(alone.lines) == 1


def ends(plans: Tables, *values: float) -> tuple[float, float]:
    """Return where baseline and target of Weihai's patent agencies are drawn in its profile, in inches."""
    changed = with_target(plans, AGENCIES, baseline_value=values[0], target_value=values[1])
    promised = plans.targets(changed, "weihai")
    axes = charts.target_rows(promised[promised["target_id"] == AGENCIES], colour="#004488", lang="en").axes[0]
    marks = [line for line in axes.lines if line.get_marker() == "o"]
    return marks[0].get_xdata()[0], marks[1].get_xdata()[0]


def test_a_profile_draws_a_halving_as_the_mirror_of_a_doubling(plans: Tables) -> None:
    up, down = ends(plans, 9.0, 18.0), ends(plans, 18.0, 9.0)
    assert down == pytest.approx(up[::-1])
    assert up[1] - up[0] == pytest.approx((charts.profile.ROW_END - charts.profile.ROW_START) / 2)
    assert ends(plans, 9.0, 0.0)[1] == pytest.approx(charts.profile.ROW_START)
    promised = plans.targets(with_target(plans, AGENCIES, baseline_value=18.0, target_value=9.0), "weihai", "zh")
    figure = charts.target_rows(promised, colour="#004488", lang="zh")
    assert "18家 → 9家" in {text for text, _ in boxes(figure)}
    assert overlapping(figure) == []
    negative = ends(plans, 9.0, -9.0)
    assert negative == pytest.approx((charts.profile.ROW_END, charts.profile.ROW_START))


def test_a_target_of_zero_has_no_share_of_it(plans: Tables) -> None:
    promised = plans.targets(with_target(plans, AGENCIES, target_value=0.0), "weihai").set_index("target_id")
    assert pd.isna(promised.loc[AGENCIES, "share_of_target"])
    assert promised.loc[AGENCIES, "direction"] == 1


def test_an_unknown_indicator_of_the_progress_table_is_quoted_in_short(plans: Tables) -> None:
    with pytest.raises(UserError, match=r"^'x{120}'… \(1,000 characters\) is not an indicator in indicators.csv"):
        progress.progress_table(plans, indicators=["x" * 1000])


def test_where_a_stub_lies_its_tables_are_checked(tmp_path: Path) -> None:
    assert tables.validate(new_city.make(STUB, tmp_path / "own")) == []
