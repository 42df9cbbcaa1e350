"""The methods give what others have published, to the last digit that was printed.

- `coinr-means.csv`: weighted means as computed by COINr 1.1.14 (Becker et al. 2022, doi:10.21105/joss.04567).
- `oecd-technology-achievement.csv`: OECD/JRC, Handbook on Constructing Composite Indicators (2008, doi:10.1787/
  9789264043466-en), table A.2 (raw data) with the ranks of tables 23 (equal weights) and 38 (linear, geometric).
- `statistics-canada-progress.csv`: Statistics Canada, Global Indicator Framework: the series that have a target and
  positive values, with their progress measure and status as published.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.methods import composite, growth, progress

PUBLISHED = Path(__file__).parent / "published"
# Saisana et al. (2005), J. R. Stat. Soc. A 168, table 1; the last two numbers of telephones and electricity are
# logarithms to base 10, as in table A.2.
GOALPOSTS = {
    "patents": (0, 994), "royalties": (0, 272.6), "internet": (0, 232.4), "exports": (0, 80.8),
    "telephones": (0, np.log10(901)), "electricity": (np.log10(22), np.log10(6969)), "schooling": (0.8, 12),
    "university": (0.1, 27.4),
}  # fmt: skip
# What Statistics Canada calls a status, and what it is called here.
STATUSES = {
    "target_achieved": "achieved", "substantial_progress": "on_track", "moderate_progress": "acceleration_needed",
    "limited_progress": "limited", "deterioration": "deterioration",
}  # fmt: skip


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(PUBLISHED / f"{name}.csv")


def ranks(scores: pd.Series) -> list[float]:
    return composite.rank(scores).tolist()


@pytest.mark.parametrize(
    "row", read("coinr-means").to_dict("records"), ids=lambda row: f"{row['mean']} {row['values']}"
)
def test_weighted_means_are_coinrs(row: dict[str, str]) -> None:
    values, weights = (
        [float(cell.replace("NA", "nan")) for cell in row[name].split(";")] for name in ("values", "weights")
    )
    assert composite.aggregate(np.array([values]), weights, method=row["mean"])[0] == pytest.approx(
        row["score"], rel=1e-9, nan_ok=True
    )


def test_the_technology_achievement_index_comes_out() -> None:
    raw = read("oecd-technology-achievement").set_index("country")
    scores = pd.DataFrame(
        {name: composite.normalise(raw[name], lower=low, upper=high) for name, (low, high) in GOALPOSTS.items()}
    )
    linear = ranks(composite.aggregate(scores, method="arithmetic"))
    assert linear == raw["EW"].tolist() == raw["LIN"].tolist()
    # A geometric mean ranks the same whatever each indicator is divided by: no normalisation is needed.
    assert ranks(composite.aggregate(raw[list(GOALPOSTS)])) == raw["GME"].tolist()


@pytest.mark.parametrize(
    ("values", "years", "rate"),
    [
        # COINr 1.1.14, get_trends; where a series starts at zero COINr has an infinite rate, and here it is refused.
        ((10, 16), 4, 0.12468265038069815),
        ((5, 8), 2, 0.26491106406735176),
        ((3, 3), 5, 0),
        ((4, 1), 5, -0.24214171674480101),
    ],
)
def test_compound_rates_are_coinrs(values: tuple[float, float], years: int, rate: float) -> None:
    assert growth.cagr(*values, years) == pytest.approx(rate, rel=1e-9)


def test_progress_is_that_of_statistics_canada() -> None:
    series = read("statistics-canada-progress")
    names = ["base_value", "base_year", "current_value", "current_year", "target", "target_year"]
    found = progress.assess(*(series[name] for name in names), direction=series["direction"])
    assert found.ratio_compound.tolist() == pytest.approx(series["progress_value"].tolist(), rel=1e-9)
    assert found.status_compound.tolist() == series["status"].map(STATUSES).tolist()
    assert len(series) == 73
