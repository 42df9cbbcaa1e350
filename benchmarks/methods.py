"""Time the growth and progress tables over many targets, with the same work in polars beside them.

Run by `make bench`; prints ratios of one run side by side and writes benchmarks/methods.md.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl

from analysis import tables
from analysis.methods import growth, progress

from .in_polars import frames, polars_growth, polars_progress

RESULT = Path(__file__).parent / "methods.md"
REPEATS = 5
# What both must agree on.
GROWTH = ["compound_rate", "annual_change", "alternative_compound_rate", "gap_closed"]
PROGRESS = ["ratio_linear", "ratio_compound", "projected_linear", "required_rate"]
SEED = 7


def many(plans: tables.Tables, count: int) -> tables.Tables:
    """Return tables with so many targets and outcomes, drawn from the curated ones with other numbers."""
    random = np.random.default_rng(SEED)
    targets = plans.targets[plans.targets["baseline_value"].notna()].sample(count, replace=True, random_state=SEED)
    targets = targets.reset_index(drop=True)
    targets["baseline_value"] *= random.uniform(0.5, 1.5, count)
    targets["target_value"] = targets["baseline_value"] * random.uniform(1.05, 2.0, count)
    targets["target_id"] = [f"target-{place}" for place in range(count)]
    # An outcome answers a city's indicator: with a city for twenty targets, most outcomes answer one target or two.
    cities = np.array([f"city-{place}" for place in range(max(1, count // 20))])
    targets["city_id"] = cities[random.integers(0, len(cities), count)]
    known = plans.cities[plans.cities["kind"] == "city"].iloc[[0] * len(cities)].assign(city_id=cities)
    seen = targets.drop_duplicates(["city_id", "indicator_id"])
    outcomes = pd.DataFrame(
        {
            "observation_id": [f"outcome-{place}" for place in range(len(seen))],
            "city_id": seen["city_id"].to_numpy(),
            "indicator_id": seen["indicator_id"].to_numpy(),
            "date": "2023-12",
            "value": seen["baseline_value"].to_numpy() * random.uniform(0.9, 1.8, len(seen)),
            "unit_id": seen["unit_id"].to_numpy(),
            "source_id": plans.sources["source_id"].iloc[0],
            "confidence": "official",
            "note_en": None,
            "note_zh": None,
        }
    ).astype(plans.observations.dtypes.to_dict())
    return replace(plans, cities=pd.concat([plans.cities, known]), targets=targets, observations=outcomes)


def timed(work: Callable[[], object], repeats: int) -> list[float]:
    """Return the seconds that each run of some work took."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return seconds


def same(ours: pd.DataFrame, theirs: pl.DataFrame, columns: list[str]) -> None:
    """Raise where polars did other work: the numbers of both must be the same, row by row."""
    right = pd.DataFrame(theirs.select("target_id", *columns).to_dict(as_series=False)).set_index("target_id")
    right = right.loc[ours["target_id"]]
    for column in columns:
        np.testing.assert_allclose(
            ours[column].to_numpy(float), right[column].to_numpy(float), rtol=1e-9, err_msg=column
        )


def import_seconds(repeats: int) -> list[float]:
    """Return the seconds that a fresh `import analysis` takes, without the interpreter's own start."""
    code = "import time; s = time.perf_counter(); import analysis; print(time.perf_counter() - s)"
    command = [sys.executable, "-c", code]
    return [float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(repeats)]  # noqa: S603


def row(name: str, seconds: list[float], beside: list[float] | None = None) -> str:
    """Return a line of the table: median, range, and the ratio to what stands beside it."""
    middle = statistics.median(seconds)
    ratio = "" if beside is None else f"{middle / statistics.median(beside):.2f}"
    return f"| {name} | {middle:.3g} s | {min(seconds):.3g}–{max(seconds):.3g} s | {ratio} |"


def main() -> None:
    """Run the benchmark and write its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--targets", type=int, default=1_000_000)
    count = parser.parse_args().targets
    plans = many(tables.load(), count)
    fast = frames(plans)
    works = {
        "growth_table": (growth.growth_table, polars_growth, GROWTH),
        "progress_table": (progress.progress_table, polars_progress, PROGRESS),
    }
    rows = []
    for name, (ours, theirs, columns) in works.items():
        same(ours(plans), theirs(fast), columns)
        beside = timed(partial(theirs, fast), REPEATS)
        rows += [row(name, timed(partial(ours, plans), REPEATS), beside), row("the same in polars", beside)]
    head = f"One run, {REPEATS} repeats each; both give the same numbers. The ratio is to polars beside it."
    rows.append(row("import analysis", import_seconds(REPEATS)))
    lines = ["| work | median | range | ratio |", "|---|---|---|---|", *rows]
    text = "\n".join([f"# Methods over {count:,} targets", "", head, "", *lines]) + "\n"
    print(text)
    RESULT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
