"""Levels stand on one axis only where they may be compared, and what may not stands beside them with its reason."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis import texts
from analysis.errors import UserError
from analysis.figures import compare_levels, compare_verdicts
from analysis.figures.base import Picture
from analysis.figures.compare_levels import _level_panels
from analysis.figures.compare_verdicts import _verdict_blocks
from analysis.methods import comparability, progress
from analysis.tables import Tables
from analysis.texts.comparability import verdict_data

from .cells import shown
from .test_comparability import in_unit
from .test_figures import boxes, overlapping

PANELS = {
    "High-value invention patents per 10,000 people, 2025": ["xiamen", "weihai", "haikou", "china"],
    "Public satisfaction with IP protection, 2025": ["weihai", "xiamen", "haikou", "china"],
    "Practising patent attorneys, 2025": ["xiamen", "haikou"],
    "Patent agencies, 2025": ["xiamen", "weihai"],
    "International trade marks (Madrid), 2025": ["xiamen", "weihai"],
}
WORDED = {
    "Patent-intensive industries, share of GDP",
    "Copyright industries, share of GDP",
    "IP pledge financing",
    "Overseas invention patents granted",
}


def compared(plans: Tables, cities: list[str] | None = None, indicators: list[str] | None = None) -> tuple:
    """Return the targets, the pairs between cities and those with the benchmark, as the notebook does."""
    stated = comparability.levels_table(plans, cities, indicators)
    stated = stated[stated["city_kind"] != "province"]
    pairs = comparability.among(comparability.matrix(plans), stated)
    return stated, pairs, comparability.among(comparability.against_benchmark(plans), stated)


def panels_of(plans: Tables) -> list[dict]:
    return _level_panels(*compared(plans), plans, "en")


def observed(plans: Tables, **cells: object) -> Tables:
    """Return the tables with one more observation, of Weihai's high-value patents unless told otherwise."""
    row = plans.observations.iloc[1].to_dict() | {"observation_id": "added", "city_id": "weihai"} | cells
    known = plans.observations
    own = (known["city_id"] == row["city_id"]) & (known["indicator_id"] == row["indicator_id"])
    frame = pd.concat(
        [known[~own | known["observation_id"].str.match("added|own")], pd.DataFrame([row])], ignore_index=True
    )
    return replace(plans, observations=frame.astype(plans.observations.dtypes))


def latest(plans: Tables, target: str) -> tuple[str, float]:
    row = comparability.levels_table(plans).set_index("target_id").loc[target]
    return row["latest_date"], row["latest_value"]


def test_the_latest_value_answers_the_same_city_and_indicator(plans) -> None:
    rows = comparability.levels_table(plans).dropna(subset="latest_value")
    assert dict(zip(rows["target_id"], zip(rows["latest_date"], rows["latest_value"], strict=True), strict=True)) == {
        "haikou-high-value-patents-per-10k-2025": ("2024-12", 8.76),
        "weihai-high-value-patents-per-10k-2025": ("2024-08", 12.12),
        "weihai-trade-marks-in-force-2025": ("2024-10", 8.21),
        "xiamen-high-value-patents-per-10k-2025": ("2024-12", 29.47),
        "china-plan-high-value-patents-per-10k-2025": ("2025-12", 16.0),
        "china-plan-patent-intensive-share-2025": ("2024-12", 13.38),
        "china-plan-copyright-industry-share-2025": ("2022-12", 7.41),
        "china-plan-ip-protection-satisfaction-2025": ("2025-12", 82.81),
        "china-plan-first-instance-acceptance-2025": ("2023-12", 91.9),
        "shandong-high-value-patents-per-10k-2025": ("2023-12", 8.57),
    }


def test_a_value_observed_in_another_unit_is_converted_and_an_older_one_is_not_the_latest(plans) -> None:
    target = "weihai-high-value-patents-per-10k-2025"
    assert latest(observed(plans, value=700.0, unit_id="per-million"), target) == ("2024-12", 7.0)
    assert pd.isna(latest(observed(plans, date="2020-12"), target)[1])
    assert pd.isna(latest(observed(plans, unit_id="item"), target)[1])


def test_a_flow_has_no_latest_value_since_an_observation_names_no_basis(plans) -> None:
    added = observed(plans, city_id="xiamen", indicator_id="pledge-financing", unit_id="cny-100m", value=60.0)
    assert pd.isna(latest(added, "xiamen-pledge-financing-2025")[1])


def test_the_latest_value_is_the_one_that_progress_takes(plans) -> None:
    target = "weihai-high-value-patents-per-10k-2025"
    both = [("2024", 7.4), ("2024-06", 7.1)]
    for rows in (both, both[::-1]):
        tables = plans
        for place, (date, value) in enumerate(rows):
            tables = observed(tables, observation_id=f"own-{place}", date=date, value=value)
        assert latest(tables, target) == ("2024", 7.4)
    surer = observed(observed(plans, value=7.4, confidence="two-sources"), value=7.1, confidence="single-source")
    assert latest(surer, target) == ("2024-12", 7.4)
    found = comparability.levels_table(surer).set_index("target_id")
    known = progress.progress_table(surer).set_index("target_id")
    dated = found["basis"].isin(comparability.DATED) & (found["city_kind"] == "city")
    for own, theirs in (("latest_value", "current_value"), ("latest_date", "date")):
        pd.testing.assert_series_equal(
            found.loc[dated, own], known.loc[found.index[dated], theirs], check_names=False, check_dtype=False
        )


def test_what_was_observed_before_a_plan_without_baseline_is_no_outcome_of_it(plans) -> None:
    target = "haikou-high-value-patents-per-10k-2025"
    assert pd.isna(latest(observed(plans, city_id="haikou", date="2022-09"), target)[1])
    assert latest(observed(plans, city_id="haikou", date="2022-11"), target)[0] == "2022-11"


def test_where_less_is_better_the_lowest_target_stands_first(plans) -> None:
    codebook = plans.indicators.assign(direction=plans.indicators["direction"])
    codebook.loc[codebook["indicator_id"] == "patent-agencies", "direction"] = -1
    panels = {panel["heading"]: panel["rows"] for panel in panels_of(replace(plans, indicators=codebook))}
    assert [row["city_id"] for row in panels["Patent agencies, 2025"]] == ["weihai", "xiamen"]


def test_an_unknown_indicator_is_refused(plans) -> None:
    with pytest.raises(UserError, match=r"Did you mean 'patent-agencies'\?"):
        comparability.levels_table(plans, indicators=["patent-agency"])


def test_every_shared_indicator_has_a_panel_or_stands_in_words(plans) -> None:
    panels = panels_of(plans)
    drawn = {panel["heading"]: [row["city_id"] for row in panel["rows"]] for panel in panels if panel["rows"]}
    assert drawn == PANELS
    assert {panel["heading"] for panel in panels if not panel["rows"]} == WORDED
    assert all(panel["stated"] and panel["reasons"] for panel in panels if not panel["rows"])


def test_no_two_targets_of_a_panel_are_incomparable(plans) -> None:
    _, pairs, national = compared(plans)
    stopped = pd.concat([pairs, national])
    stopped = stopped[~stopped["levels"]]
    for panel in panels_of(plans):
        ids = {row["target_id"] for row in panel["rows"]}
        assert not (stopped["target_a"].isin(ids) & stopped["target_b"].isin(ids)).any()


def test_targets_of_two_years_never_share_a_panel(plans) -> None:
    later = plans.targets.copy()
    later.loc[later["city_id"].eq("haikou") & later["target_year"].eq(2025), "target_year"] = 2030
    panels = panels_of(replace(plans, targets=later))
    assert [row["city_id"] for row in panels[0]["rows"]] == ["xiamen", "weihai", "china"]
    assert "Haikou: 8.1 (stock, 2030)" in panels[0]["stated"]
    assert "Their target years differ." in panels[0]["reasons"]


def test_a_number_per_head_of_something_else_stands_beside_the_panel(plans) -> None:
    panel = panels_of(plans)[0]
    assert panel["stated"] == [
        "Shanwei: 1.17 (invention patents per 10,000 people, 2020)",
        "Shanwei: 84 (invention patent applications per million people, 2020)",
    ]
    assert panel["reasons"] == ["They measure different things."]


def test_a_panel_has_one_unit(plans) -> None:
    tens = in_unit(plans, "weihai-madrid-marks-2025", "item-10k")
    panel = next(panel for panel in panels_of(tens) if "Madrid" in panel["heading"])
    assert [row["numbers"]["target"] for row in panel["rows"]] == [750, pytest.approx(170)]
    assert [row["cells"]["target"] for row in panel["rows"]] == ["750", "170 †"]


def test_what_is_observed_is_solid_and_what_is_not_is_dashed(plans) -> None:
    figure = compare_levels.plan(comparability.levels_table(plans), plans, "en").draw()
    arrows = [text.arrow_patch.get_linestyle() for text in figure.axes[0].texts if getattr(text, "arrow_patch", None)]
    # Ten rows have a baseline; four of them were observed beyond it.
    assert (arrows.count("-"), len(arrows)) == (4, 10)


def test_every_pair_stands_in_the_verdicts(plans) -> None:
    _, pairs, national = compared(plans)
    blocks = _verdict_blocks(pairs, national, plans, "en")
    between = {(row["indicator"], row["cities"]): (row["levels"], row["growth"]) for row in blocks[0][1]}
    assert len(between) == 15
    assert between["High-value invention patents per 10,000 people", "Haikou – Weihai"] == ("yes", "no")
    assert between["Public satisfaction with IP protection", "Weihai – Xiamen"] == ("caution", "caution")
    assert len(verdict_data(pairs, national)) == 15 + 14


def test_a_caution_about_growth_is_left_out_where_growth_is_ruled_out(plans) -> None:
    _, pairs, _ = compared(plans, ["weihai", "xiamen"], ["pledge-financing"])
    (reasons,) = pairs["reasons"]
    assert "different-span" in {reason.id for reason in reasons}
    assert comparability.in_words(reasons, "en") == (
        "One counts a single year, the other is cumulative. A basis is inferred."
    )


def test_the_sentences_count_what_the_matrix_holds(plans) -> None:
    stated, pairs, national = compared(plans)
    assert texts.pair_sentences(pairs, stated, "en").text == (
        "The targets cover 40 indicators; 9 of them are stated by at least two cities, which makes 15 pairs of "
        "targets. Levels may be compared in 9 pairs (8 of them with caution), growth in 3 (all with caution), neither "
        "in 6."
    )
    text = texts.benchmark_sentences(national, stated, "en").text
    assert text.startswith("14 city targets")
    assert "8 of them may be put beside it" in text
    assert "Weihai 4.5% against 7.5%" in text
    assert len(texts.pairs(pairs, stated, plans, "zh").frame) == 15


@pytest.mark.parametrize("cities", [["haikou"], ["shanwei"], ["shanwei", "weihai"], ["weihai", "xiamen"]])
def test_any_choice_of_cities_can_be_drawn_or_says_that_there_is_nothing(cities: list[str], plans) -> None:
    given = shown(plans, "en", "21-compare-targets", cities=cities)
    pictures = [what for what in given.values() if isinstance(what, Picture)]
    verdicts, *levels = pictures
    assert verdicts.words["title"].endswith("alone may be compared with the national targets only") == (
        len(cities) == 1
    )
    assert len(levels) == (len(cities) > 1)
    assert all(boxes(picture.draw()) for picture in pictures)
    stated, pairs, _ = compared(plans, cities)
    if not levels:
        assert texts.pairs(pairs, stated, plans, "en").text == "The chosen cities share no indicator."


@pytest.fixture
def ten(plans) -> Tables:
    """Return the tables with six more cities that state Weihai's targets."""
    weihai, targets = plans.cities[plans.cities["city_id"] == "weihai"], plans.targets
    own = targets[(targets["city_id"] == "weihai") & targets["restates"].isna()]
    names = ["a", "b", "c", "d", "e", "f"]
    cities = [weihai.assign(city_id=name, name_en=f"City {name}", name_zh=f"{name}市") for name in names]
    rows = [own.assign(city_id=name, target_id=name + own["target_id"]) for name in names]
    return replace(plans, cities=pd.concat([plans.cities, *cities]), targets=pd.concat([targets, *rows]))


def test_ten_cities_are_named_together_and_drawn_without_overlap(ten: Tables) -> None:
    stated, pairs, national = compared(ten)
    blocks = _verdict_blocks(pairs, national, ten, "en")
    same = "Weihai, City a, City b, City c, City d, City e, City f with one another"
    assert same in {row["cities"] for row in blocks[0][1]}
    for figure in (compare_verdicts, compare_levels):
        assert overlapping(figure.plan(stated, ten, "en").draw()) == []
