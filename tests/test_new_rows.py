"""Rows that a user may add: what is legal leads to figures and tables, what is not is named with its remedy."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from analysis import language, new_city, tables
from analysis.errors import UserError
from analysis.figures import money_promised
from analysis.figures.base import Picture
from analysis.figures.profile import ROW_END, ROW_START, _draw_target_rows
from analysis.files import NOTEBOOKS
from analysis.methods import plans as promised
from analysis.methods import progress
from analysis.tables import Tables
from analysis.tables.rules import rule_faults

from .cells import shown
from .conftest import begun
from .test_figures import boxes, overlapping

STUB = "qingdao"


@pytest.fixture(scope="module")
def stub(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """Return the curated tables with the bare stub of a new city laid over them."""
    return tables.load(begun(STUB, tmp_path_factory.mktemp("stub") / "own"))


GENERAL = [path.stem for path in sorted(NOTEBOOKS.glob("*.ipynb")) if path.stem != "11-profile-city"]


def look_at(plans: Tables, notebook: str, cities: list[str], lang: str) -> None:
    """Draw the figures of a notebook and write out its texts, as far as its tables have something to show."""
    for name, given in shown(plans, lang, notebook, cities=cities, draws=50).items():
        assert boxes(given.draw()) if isinstance(given, Picture) else given._repr_html_(), name


@pytest.mark.parametrize("notebook", GENERAL)
@pytest.mark.parametrize("cities", [pytest.param([], marks=pytest.mark.thorough), [STUB]], ids=["all", "stub"])
def test_the_stub_of_a_new_city_goes_through_every_notebook(notebook: str, cities: list[str], stub: Tables) -> None:
    for lang in language.LANGUAGES:
        look_at(stub, notebook, cities, lang)


def test_a_profile_of_a_city_without_targets_says_what_to_do(stub: Tables) -> None:
    with pytest.raises(UserError, match=f"'{STUB}' has no target in targets.csv. Add its first target"):
        promised.targets(stub, STUB)


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
    for notebook in (name for name in GENERAL if name.startswith("2")):
        look_at(changed, notebook, [], "en")
    assert boxes(shown(changed, "en", "11-profile-city")["profile-weihai-targets"].draw())


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
    frame = promised.sums(money(plans))
    assert frame["base_unit_id"].unique().tolist() == ["cny", "usd"]
    axes = money_promised.plan(frame, money(plans), "en").draw().axes[0]
    widths = [bar.get_width() for bar in axes.patches]
    # The greatest of each currency has the whole width: no sum of one is measured by the other.
    assert max(widths[:-1]) == widths[-1]
    (one, other) = [line.get_ydata() for line in axes.lines]
    assert other[0] - one[1] > 0.2
    alone = money_promised.plan(promised.sums(plans), plans, "en").draw().axes[0]
    assert [bar.get_width() for bar in alone.patches] == widths[:-1]
    assert len(alone.lines) == 1


def ends(plans: Tables, *values: float) -> tuple[float, float]:
    """Return where baseline and target of Weihai's patent agencies are drawn in its profile, in inches."""
    changed = with_target(plans, AGENCIES, baseline_value=values[0], target_value=values[1])
    rows = promised.targets(changed, "weihai")
    axes = _draw_target_rows(rows[rows["target_id"] == AGENCIES], colour="#004488", lang="en").axes[0]
    marks = [line for line in axes.lines if line.get_marker() == "o"]
    return marks[0].get_xdata()[0], marks[1].get_xdata()[0]


def test_a_profile_draws_a_halving_as_the_mirror_of_a_doubling(plans: Tables) -> None:
    up, down = ends(plans, 9.0, 18.0), ends(plans, 18.0, 9.0)
    assert down == pytest.approx(up[::-1])
    assert up[1] - up[0] == pytest.approx((ROW_END - ROW_START) / 2)
    assert ends(plans, 9.0, 0.0)[1] == pytest.approx(ROW_START)
    halved = with_target(plans, AGENCIES, baseline_value=18.0, target_value=9.0)
    figure = shown(halved, "zh", "11-profile-city")["profile-weihai-targets"].draw()
    assert "18家 → 9家" in {text for text, _ in boxes(figure)}
    assert overlapping(figure) == []
    negative = ends(plans, 9.0, -9.0)
    assert negative == pytest.approx((ROW_END, ROW_START))


def test_a_target_of_zero_has_no_share_of_it(plans: Tables) -> None:
    rows = promised.targets(with_target(plans, AGENCIES, target_value=0.0), "weihai").set_index("target_id")
    assert pd.isna(rows.loc[AGENCIES, "share_of_target"])
    assert rows.loc[AGENCIES, "direction"] == 1


def test_an_unknown_indicator_of_the_progress_table_is_quoted_in_short(plans: Tables) -> None:
    with pytest.raises(UserError, match=r"^'x{120}'… \(1,000 characters\) is not an indicator in indicators.csv"):
        progress.progress_table(plans, indicators=["x" * 1000])


def test_where_a_stub_lies_its_tables_are_checked(tmp_path: Path) -> None:
    (found,) = tables.validate(new_city.make(STUB, tmp_path / "own"))
    assert str(found).startswith("documents.csv, row 2, column title_zh: '（待填：方案标题）' is the stub's.")
    assert tables.validate(begun(STUB, tmp_path / "begun")) == []
