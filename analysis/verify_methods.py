"""Recompute published and reference results of the methods, file by file, and say how far ours are from them."""

import csv
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from . import composite, growth, progress
from .errors import UserError, suggest

Numbers = np.ndarray | pd.Series | pd.DataFrame
TOLERANCE = 1e-9  # relative, for computed values


@dataclass(frozen=True)
class Check:
    """One reference value beside ours: `tolerance` is half of the last printed decimal where the source is a table.

    `note` marks a remark on the source, such as what it holds and the project does not compute; it compares nothing.
    """

    what: str
    expected: float = math.nan
    ours: float = math.nan
    tolerance: float = 0.0
    note: bool = False

    @property
    def deviation(self) -> float:
        """Return the relative deviation of a computed value, the absolute one of a printed value; missing means 0."""
        if math.isnan(self.expected) or math.isnan(self.ours):
            return 0.0 if math.isnan(self.expected) and math.isnan(self.ours) else math.inf
        difference = abs(self.expected - self.ours)
        return difference if self.tolerance else difference / max(1.0, abs(self.expected))

    @property
    def holds(self) -> bool:
        """Say whether ours is the reference value, to 1e-9 or to the printed digits."""
        return self.note or self.deviation <= (self.tolerance * (1 + 1e-9) or TOLERANCE)


@dataclass(frozen=True)
class Report:
    """What came of one file."""

    file: str
    checks: list[Check]

    def __str__(self) -> str:
        compared = [check for check in self.checks if not check.note]
        if not compared:
            return f"{self.file}: input of the others"
        wrong = [check for check in compared if not check.holds]
        worst = max((check.deviation for check in compared), default=0.0)
        printed = " (printed digits)" if any(check.tolerance for check in compared) else ""
        count = f"{len(compared) - len(wrong)} of {len(compared)} values"
        text = f"{self.file}: {count}; largest deviation {worst:.2g}{printed}"
        notes = [check.what for check in self.checks if check.note]
        notes += [f"{check.what}: {check.expected:g} expected, {check.ours:g} here" for check in wrong[:5]]
        return text + "".join(f"\n    {note}" for note in notes)

    @property
    def holds(self) -> bool:
        """Say whether every value that is compared is right."""
        return all(check.holds for check in self.checks)


def verify(folder: Path) -> list[Report]:
    """Return a report for every reference file in a folder; raise `UserError` for a folder that holds none."""
    if not folder.is_dir():
        msg = f"{str(folder)!r} is not a folder. Give the folder of reference results: make verify-methods oracles=DIR"
        raise UserError(msg)
    paths = sorted(path for path in folder.glob("*.csv"))
    unknown = [path.name for path in paths if path.name not in FILES]
    if unknown or not paths:
        msg = f"{folder} holds {unknown[0]!r}, which is" if unknown else f"{folder} holds"
        msg += f" no reference file. {suggest(unknown[0] if unknown else '', FILES)}"
        raise UserError(msg)
    return [Report(path.name, list(FILES[path.name](path))) for path in paths]


def _input(_: Path) -> list[Check]:
    """Return no check: other files' checks read this one."""
    return []


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _number(text: str) -> float:
    return float(text) if text not in ("", "NA") else math.nan


def _vector(text: str) -> np.ndarray:
    return np.array([_number(part) for part in text.split(";")])


Options = dict[str, Any]
# What COINr 1.1.14 calls its normalisations, what they are called here, and how its options map on ours.
COINR: dict[str, tuple[str, Callable[[Options], Options]]] = {
    "n_minmax": ("minmax", lambda o: {"lower": o["l"], "upper": o["u"]}),
    "n_scaled": (
        "goalposts",
        lambda o: {"lower": o["l"], "upper": o["u"], "scale": o["scale"], "truncate": False},
    ),
    "n_zscore": ("zscore", lambda o: {"mean": o["m"], "sd": o["sd"]}),
    "n_dist2max": ("distance_to_max", lambda _: {}),
    "n_dist2ref": (
        "distance_to_reference",
        lambda o: {"reference": o["x"][int(o["iref"]) - 1], "cap": o["cap"] == "TRUE"},
    ),
    "n_dist2targ": (
        "distance_to_target",
        lambda o: {"target": o["targ"], "direction": int(o["direction"]), "cap": o["cap"] == "TRUE"},
    ),
    "n_fracmax": ("distance_to_reference", lambda o: {"reference": np.nanmax(o["x"]), "form": "ratio"}),
    "n_prank": ("percentile_rank", lambda o: {"ties": o["ties"]}),
    "n_rank": ("rank", lambda o: {"ties": o["ties"]}),
    "n_borda": ("borda", lambda o: {"ties": o["ties"]}),
    "n_goalposts": (
        "goalposts",
        lambda o: {
            "lower": o["l"], "upper": o["u"], "scale": o["a"], "direction": int(o["direction"]),
            "truncate": o["trunc"] == "TRUE",
        },
    ),
}  # fmt: skip


def _coinr_normalise(path: Path) -> Iterator[Check]:
    frame = pd.DataFrame(_rows(path)).groupby(["case", "func", "params"], sort=False)
    for key, group in frame:
        case, function, params = map(str, key)
        values, expected = _floats(group["x"]), _floats(group["y"])
        method, translate = COINR[function]
        options: Options = {
            name: _option(text) for name, _, text in (part.partition("=") for part in params.split(";"))
        }
        what = f"{case} {function} {params}"
        ours = _or_refused(composite.normalise, values, method, **translate(options | {"x": values}))
        yield from _compare(what, _without_silent(expected, ours), ours)


def _floats(texts: pd.Series) -> np.ndarray:
    return np.array([_number(text) for text in texts])


def _option(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _or_refused(method: Callable[..., Any], values: np.ndarray, *args: Any, **options: Any) -> np.ndarray:
    """Return what a method gives, all missing where it raises `ValueError`."""
    try:
        return np.asarray(method(values, *args, **options), dtype=float)
    except ValueError:
        return np.full(np.shape(values), np.nan)


def _without_silent(expected: np.ndarray, ours: np.ndarray) -> np.ndarray:
    """Return the expected values, all missing where the reference divides by zero and ours refuses to."""
    return np.full(expected.shape, np.nan) if np.isinf(expected).any() and np.isnan(ours).all() else expected


def _compare(what: str, expected: Numbers, ours: Numbers, tolerance: float = 0.0) -> Iterator[Check]:
    for place, (right, here) in enumerate(zip(np.ravel(expected), np.ravel(ours), strict=True)):
        yield Check(f"{what} [{place}]", float(right), float(here), tolerance)


def _coinr_aggregate(path: Path) -> Iterator[Check]:
    methods = {"a_amean": "arithmetic", "a_gmean": "geometric", "a_hmean": "harmonic", "a_genmean": "power"}
    for row in _rows(path):
        values, p = _vector(row["x"]), _number(row["p"])
        options = {"p": p} if row["func"] == "a_genmean" else {}
        # COINr's power mean gives up at one missing value, its other means do not.
        share = 1.0 if options else 2 / 3
        score = composite.aggregate(
            values[None], _vector(row["w"]), method=methods[row["func"]], min_share=share, **options
        )
        yield Check(f"{row['id']} {row['func']} {row['p']}", _number(row["y"]), float(score[0]))


def _coinr_outranking(path: Path) -> Iterator[Check]:
    frame = pd.read_csv(path)
    values = frame[["x1", "x2", "x3"]]
    yield from _compare("outranking", frame[["V1", "V2", "V3", "V4"]].to_numpy(), composite.outranking(values))
    yield from _compare("copeland", frame["copeland"], composite.copeland(values))
    yield from _compare("copeland 2, 1, 3", frame["copeland_w213"], composite.copeland(values, [2, 1, 3]))


def _coinr_trend(path: Path) -> Iterator[Check]:
    for row in _rows(path):
        values, years = _vector(row["y"]), _vector(row["x"])
        known = np.flatnonzero(~np.isnan(values))
        first, last = known[0], known[-1]
        start, end, span = values[first : first + 1], values[last : last + 1], years[last] - years[first]
        expected = _number(row["CAGR"].replace("Inf", "")) if start[0] > 0 else math.nan
        ours = _or_refused(growth.cagr, start, end, span)
        yield Check(f"{row['case']} CAGR", expected, float(ours[0]))


def _statcan(path: Path) -> Iterator[Check]:
    names = {
        "substantial_progress": "on_track",
        "moderate_progress": "acceleration_needed",
        "limited_progress": "limited",
        "deterioration": "deterioration",
        "target_achieved": "achieved",
    }
    columns = ["base_value", "current_value", "target", "base_year", "current_year", "target_year"]
    for row in _rows(path):
        b, x, goal, t0, t, end = (_number(row[name]) for name in columns)
        if math.isnan(b + x + goal) or min(b, x, goal) <= 0 or not row["progress_value"]:
            continue
        found = progress.assess(b, t0, x, t, goal, end, direction=int(row["direction"]))
        yield Check(f"{row['series']} ratio", _number(row["progress_value"]), found.ratio_compound)
        same = names[row["status"]] == found.status_compound
        yield Check(f"{row['series']} {row['status']} against {found.status_compound}", 1.0, float(same))


def _tai(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the index's raw data and its scores on goalposts cut to 0…1; two indicators are logarithms."""
    raw = pd.read_csv(path.parent / "oecd-tai-tableA2-raw.csv", index_col=0)
    posts = pd.read_csv(path.parent / "oecd-tai-goalposts-saisana2005-table1.csv", index_col=0)
    ends = posts[["goalpost_min", "goalpost_max"]]
    logarithms = posts["scale"] == "log10"
    ends = ends.where(~logarithms, ends.where(logarithms, 1).apply(np.log10))
    scores = {
        name: composite.normalise(raw[name], "goalposts", lower=lower, upper=upper)
        for name, (lower, upper) in ends.T.items()
    }
    return raw, pd.DataFrame(scores)


def _oecd_schooling(path: Path) -> Iterator[Check]:
    frame = pd.read_csv(path)
    years = frame["schooling"]
    mean, best, worst = years.mean(), years.max(), years.min()
    ratio, difference = {"form": "ratio"}, {"form": "difference"}
    columns = {
        "rank_high_is_top": ("rank", {}, 0),
        "zscore": ("zscore", {}, 2),
        "minmax": ("minmax", {}, 2),
        "ratio_to_mean": ("distance_to_reference", {"reference": mean} | ratio, 2),
        "ratio_to_best": ("distance_to_reference", {"reference": best} | ratio, 2),
        "ratio_to_worst": ("distance_to_reference", {"reference": worst} | ratio, 2),
        "diff_to_mean": ("distance_to_reference", {"reference": mean} | difference, 2),
        "diff_to_worst": ("distance_to_reference", {"reference": worst} | difference, 2),
        "above_below_mean_p20": ("above_mean", {"threshold": 0.2}, 0),
        "percentile": ("percentile_rank", {"of": "all"}, 1),
        "categorical_scale": ("categorical", {}, 0),
    }
    for column, (method, options, decimals) in columns.items():
        ours = composite.normalise(years, method, **options) * (100 if column == "percentile" else 1)
        yield from _compare(column, frame[column].to_numpy(), ours.to_numpy(), 0.5 * 10.0**-decimals)


def _oecd_outranking(path: Path) -> Iterator[Check]:
    values = pd.read_csv(path.parent / "oecd-tai-table35-five-countries.csv", index_col=0)
    expected = pd.read_csv(path, index_col=0)
    yield from _compare("outranking", expected.to_numpy(), composite.outranking(values).to_numpy())


def _oecd_weighting(path: Path) -> Iterator[Check]:
    _, scores = _tai(path)
    weights = pd.read_csv(path.parent / "oecd-tai-table22-weights.csv", index_col=0)
    expected = pd.read_csv(path, index_col=0).reindex(scores.index)
    for name, printed in weights.iterrows():
        chosen = _within_rounding(scores, printed, expected[name])
        ranks = composite.rank(composite.aggregate(scores, chosen, method="arithmetic"))
        yield from _compare(f"{name} rank", expected[name].to_numpy(), ranks.to_numpy())
    yield Check("FA, AHP: with weights that round to the printed two decimals", note=True)
    yield Check("not compared: BOD (benefit of the doubt, a linear programme a country: no method here)", note=True)


def _within_rounding(scores: pd.DataFrame, printed: pd.Series, ranks: pd.Series) -> np.ndarray:
    """Return weights that round to the printed ones and, if any do, give the printed ranks.

    The table prints two decimals, and ranks of near neighbours hang on the third. Projections onto the
    neighbour that is most out of order, cut to the rounding interval, find such weights where there are any.
    """
    ordered = scores.loc[ranks.sort_values().index].to_numpy()
    steps = ordered[:-1] - ordered[1:]
    weights = printed.to_numpy(dtype=float)
    low, high = weights - 0.00499, weights + 0.00499
    for _ in range(1000):
        gaps = steps @ weights
        worst = gaps.argmin()
        if gaps[worst] > 0:
            break
        weights = np.clip(weights + (1e-6 - gaps[worst]) * steps[worst] / (steps[worst] @ steps[worst]), low, high)
    return weights


def _oecd_aggregation(path: Path) -> Iterator[Check]:
    raw, scores = _tai(path)
    expected = pd.read_csv(path, index_col=0).reindex(raw.index)
    linear = composite.rank(composite.aggregate(scores, method="arithmetic"))
    yield from _compare("LIN rank", expected["LIN"].to_numpy(), linear.to_numpy())
    # A geometric mean ranks the same whatever each indicator is divided by: no normalisation is needed.
    geometric = composite.rank(composite.aggregate(raw))
    yield from _compare("GME rank", expected["GME"].to_numpy(), geometric.to_numpy())
    # The ranking that the pairs support most never has a neighbour outranked by the one below it; this one has.
    yield Check(
        "not compared: NCMC (the printed data do not give it: it ranks above others what they outrank)", note=True
    )


# Every file of the reference results, and what checks it.
FILES: dict[str, Callable[[Path], Iterable[Check]]] = {
    "coinr-normalise.csv": _coinr_normalise,
    "coinr-aggregate.csv": _coinr_aggregate,
    "coinr-outranking.csv": _coinr_outranking,
    "coinr-trend.csv": _coinr_trend,
    "oecd-tai-goalposts-saisana2005-table1.csv": _input,
    "oecd-tai-table15-normalisation-schooling.csv": _oecd_schooling,
    "oecd-tai-table22-weights.csv": _input,
    "oecd-tai-table23-ranks-by-weighting.csv": _oecd_weighting,
    "oecd-tai-table35-five-countries.csv": _input,
    "oecd-tai-table36-outranking.csv": _oecd_outranking,
    "oecd-tai-table38-ranks-by-aggregation.csv": _oecd_aggregation,
    "oecd-tai-tableA2-raw.csv": _input,
    "statcan-progress.csv": _statcan,
}
