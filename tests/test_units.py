"""Units convert exactly within a base, and never across."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.errors import UnitError
from analysis.files import DATA_VARIABLE
from analysis.methods.units import convert, harmonise, to_base
from analysis.tables import Tables

from .conftest import edit


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        (0.16, "item-10k", "item", 1600),
        (8.5, "cny-100m", "cny", 850_000_000),
        (200, "cny-10k", "cny-100m", 0.02),
        (84, "per-million", "per-10k-population", 0.84),
        (1.17, "per-10k-population", "per-million", 117),
    ],
)
def test_factors_are_exact(value: float, source: str, target: str, expected: float, plans) -> None:
    assert convert(value, source, target, units=plans.units) == expected


def test_there_and_back_is_the_same(plans) -> None:
    values = np.array([0.1, 25.16, 7.14, np.nan])
    back = convert(convert(values, "cny-100m", "cny-10k", units=plans.units), "cny-10k", "cny-100m", units=plans.units)
    np.testing.assert_allclose(back, values, rtol=1e-15)


def test_a_series_stays_a_series(plans) -> None:
    series = pd.Series([1.0, np.nan], index=["a", "b"], name="amount")
    converted = convert(series, "cny-100m", "cny-10k", units=plans.units)
    pd.testing.assert_series_equal(converted, pd.Series([10_000.0, np.nan], index=["a", "b"], name="amount"))


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("usd-100m", "cny-100m", r"'usd-100m' \(base 'usd'\) does not convert to 'cny-100m' \(base 'cny'\)"),
        ("item", "item-per-year", "'item' .* does not convert to 'item-per-year'"),
        ("percent", "point", "'percent' .* does not convert to 'point'"),
        ("cny-100", "cny", "'cny-100' is not a unit in units.csv. Did you mean 'cny-100m'?"),
    ],
)
def test_another_base_or_an_unknown_unit_is_refused_by_name(source: str, target: str, message: str, plans) -> None:
    with pytest.raises(UnitError, match=message):
        convert(1, source, target, units=plans.units)


def test_tables_that_changed_are_read_again(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(data))
    assert convert(0.84, "per-10k-population", "per-million") == 84
    edit(
        data / "units.csv", "per million people,per-10k-population,0.01,", "per million people,per-10k-population,0.02,"
    )
    assert convert(0.84, "per-10k-population", "per-million") == 42


def test_every_value_is_put_in_the_base_of_its_own_unit(plans: Tables) -> None:
    found = to_base(pd.Series([0.16, 12, 84]), pd.Series(["item-10k", "item", "per-million"]), plans.units)
    assert found.tolist() == [1600, 12, 0.84]


def test_one_indicator_is_harmonised_to_its_first_rows_unit(plans: Tables) -> None:
    frame = pd.DataFrame(
        {
            "indicator_id": ["marks", "marks", "marks", "other", "other"],
            "unit_id": ["item", "item-10k", "usd-100m", "item-10k", "item"],
            "value": [500.0, 0.16, 7.0, 2.0, 500.0],
        }
    )
    found = harmonise(frame, ["value"], plans.units)
    assert found["value"].tolist() == [500, 1600, 7, 2, 0.05]
    assert found["unit_id"].tolist() == ["item", "item", "usd-100m", "item-10k", "item-10k"]
