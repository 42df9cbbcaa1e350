"""Arrange rows of the progress table for the charts: promised paths, observed values, and statuses in words."""

from typing import Any

import numpy as np
import pandas as pd

from ...language import month, percent, quantity, say, signed, word
from ...methods.comparability import compare
from ...methods.pathways import path
from ...methods.progress import STATUSES, THRESHOLDS, observed
from ...tables import Tables, join
from ...tables.records import Cells, Record

# Where a target is counted that cannot be assessed, by the first reason against it.
GROUPS = ("assessed", "await-outcome", "without-baseline", "recurring", "without-distance")
GROUP_OF = {
    "no-outcome": "await-outcome", "earlier": "await-outcome", "other-unit": "await-outcome",
    "no-baseline": "without-baseline",
    "period-mean": "recurring", "every-year": "recurring",
    "words": "without-distance", "growth-rate": "without-distance", "no-distance": "without-distance",
}  # fmt: skip
STEPS = 25  # points of a path: enough for a curve that looks smooth


def assessable(progressed: pd.DataFrame) -> pd.DataFrame:
    """Return how many targets of each city are in which group, one row a city and group, none left out."""
    group = progressed["first_reason"].map(lambda key: "assessed" if pd.isna(key) else GROUP_OF[key])
    counts = progressed.assign(group=group).groupby(["city_id", "city", "group"], sort=False).size()
    cities = progressed[["city_id", "city"]].drop_duplicates()
    every = cities.merge(pd.DataFrame({"group": GROUPS}), how="cross").merge(
        counts.rename("targets").reset_index(), how="left"
    )
    return every.fillna({"targets": 0}).astype({"targets": int})


def how_many(able: int, total: int, lang: str) -> str:
    """Return how many of some targets can be assessed, as the beginning of a sentence."""
    if total == 1:
        can = say(lang, "can" if able else "cannot", "可以" if able else "无法")
        return say(lang, f"The one target chosen {can} be assessed", f"所选的1项目标{can}评估")
    chinese = f"{total}项目标中，{able}项可以评估"
    if able in (0, total):
        chinese = f"{total}项目标均{'可以' if able else '无法'}评估"
    return say(lang, f"{able or 'None'} of {total} targets can be assessed", chinese)


def assessed(progressed: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the progress table that can be assessed."""
    return progressed[progressed["reason"].isna()].reset_index(drop=True)


def progress_panels(rows: pd.DataFrame, national: pd.DataFrame, tables: Tables, lang: str) -> list[dict[str, Any]]:
    """Return one panel a target that can be assessed.

    Each holds `lines` – the target's own and, where levels may be compared, the benchmark's, of
    `progress.benchmark_table` – with `baseline`, `target` and `outcomes` as year, value and label, and the promised
    `paths`; `name`, and `words` that say how far it has come by either ratio.
    """
    units = tables.units.set_index("unit_id")
    seen = observed(tables, pd.concat([rows, national], ignore_index=True))
    peers = _peers(rows, national, tables)
    beside = {row["target_id"]: row for row in national.to_dict("records")}
    return [
        {
            "target_id": row["target_id"],
            "name": say(lang, f"{row['city']}: {row['indicator']}", f"{row['city']}：{row['indicator']}")
            + ("\u00a0†" if row["basis_status"] == "inferred" else ""),
            "city_id": row["city_id"],
            "lines": [_line(one, seen, units, lang) for one in (row, beside.get(peers.get(row["target_id"]))) if one],
            "words": _words(row, units, lang),
        }
        for row in rows.to_dict("records")
    ]


def drawn(panels: list[dict[str, Any]]) -> pd.DataFrame:
    """Return every point of the panels, one row a baseline, observed value or target."""
    parts = [
        {"panel": panel["target_id"], "city_id": line["city_id"], "kind": kind, "year": point[0], "value": point[1]}
        for panel in panels
        for line in panel["lines"]
        for kind, points in (("baseline", line["baseline"]), ("observed", line["outcomes"]), ("target", line["target"]))
        for point in points
    ]
    return pd.DataFrame(parts)


def _peers(rows: pd.DataFrame, national: pd.DataFrame, tables: Tables) -> dict[str, str]:
    """Return the benchmark's target beside each target whose level may be compared with it."""
    joined = join(tables).set_index("target_id", drop=False)
    pairs = rows[["target_id", "indicator_id"]].merge(national[["target_id", "indicator_id"]], on="indicator_id")
    return {
        one: other
        for one, other in zip(pairs["target_id_x"], pairs["target_id_y"], strict=True)
        if compare(joined.loc[one], joined.loc[other]).levels
    }


def _line(row: Record, seen: pd.DataFrame, units: pd.DataFrame, lang: str) -> dict[str, Any]:
    """Return the points of one target with their labels, and the paths that it promises."""
    unit = units.loc[row["unit_id"]]
    own = seen[seen["target_id"] == row["target_id"]]
    start = (row["baseline_year"], row["baseline_value"])
    goal = say(lang, "target {}", "目标{}").format(_amount(row["target_value"], unit, lang))
    return {
        "target_id": row["target_id"],
        "city_id": row["city_id"],
        "said_first": row["city"] + say(lang, ", ", "，"),
        "baseline": [] if pd.isna(start[1]) else [(float(start[0]), start[1], _amount(start[1], unit, lang))],
        "target": [(float(row["target_year"]), row["target_value"], goal)],
        "outcomes": [
            (year, value, f"{_amount(value, unit, lang)}\n{month(date, lang)}")
            for year, value, date in zip(own["year"], own["value"], own["date"], strict=True)
        ],
        "paths": _paths(row),
    }


def _paths(row: Record) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return the promised ways from baseline to target, the geometric one only where a compound ratio may be given."""
    if pd.isna(row["baseline_value"]):
        return {}
    start, end = float(row["baseline_year"]), float(row["target_year"])
    years = np.linspace(start, end, STEPS)
    shapes = ["linear"] if pd.isna(row["ratio_compound"]) else ["geometric", "linear"]
    return {
        shape: (years, path(row["baseline_value"], row["target_value"], start, end, at=years, shape=shape))
        for shape in shapes
    }


def _amount(value: float, unit: Cells, lang: str) -> str:
    """Return a value as short as a figure needs it: the indicator's name says what a ratio counts."""
    return f"{value:g}" if unit["kind"] == "ratio" else quantity(value, unit, lang)


def _words(row: Record, units: pd.DataFrame, lang: str) -> list[str]:
    """Return how far a target has come: by either ratio, in shares of way and time, and what it needs from now."""
    if pd.isna(row["baseline_value"]):
        status = word(row["status_linear"], lang)
        english = f"{status.capitalize()}; no baseline is stated, so no ratio"
        return [say(lang, english, f"{status}；未列基期值，故无比率")]
    text = say(lang, "By compound rate: {}", "按复合年均增长率：{}").format(by_ratio(row, "compound", lang))
    if pd.notna(row["withheld"]):
        text = say(lang, "By compound rate: not given. {}", "按复合年均增长率：不列。{}").format(row["withheld"])
    way = say(lang, "{} of the way in {} of the time", "时间已过{1}，完成的比例为{0}")
    return [
        text,
        say(lang, "By straight line: {}", "按直线：{}").format(by_ratio(row, "linear", lang)),
        way.format(percent(row["share_done"], 0).replace("-", "−"), percent(row["share_of_time"], 0))
        + say(lang, "; needed from then: {}", "；此后尚需：{}").format(needed(row, units, lang)),
    ]


def by_ratio(row: Record, kind: str, lang: str) -> str:
    """Return a status with its ratio, or the status alone where there is no ratio."""
    status, ratio = word(row[f"status_{kind}"], lang), row[f"ratio_{kind}"]
    if pd.isna(ratio):
        return status
    text = f"{ratio:.2f}".replace("-", "−")
    return say(lang, f"{status} ({text} times the pace needed)", f"{status}（为所需速度的{text}倍）")


def ladder(lang: str) -> str:
    """Return the least ratio of every status but the first, which is that of a target met."""
    steps = [(word(status, lang), f"{least:.2f}") for status, least in zip(STATUSES[1:4], THRESHOLDS, strict=True)]
    (first, least), *others = steps
    english = [f"{first.capitalize()} from {least} times the pace needed"]
    english += [f"{status} from {least}" for status, least in others]
    chinese = [f"{least}及以上为{status}" for status, least in steps]
    last = word(STATUSES[4], lang)
    return say(
        lang,
        f"{', '.join(english)}; below that, {last}.",
        f"按所需速度的倍数：{'，'.join(chinese)}，低于{steps[-1][1]}为{last}。",
    )


def needed(row: Record, units: pd.DataFrame, lang: str) -> str:
    """Return the rate and the change a year that reach the target from the latest outcome."""
    if row["status_linear"] == "achieved":
        return say(lang, "nothing more", "无")
    if pd.isna(row["required_change"]):
        return say(lang, "no time is left", "已到期")
    unit, change = units.loc[row["unit_id"]], float(f"{row['required_change']:.4g}")
    if unit["kind"] == "share":
        steps = say(lang, "{} percentage points", "{}个百分点").format(signed(change, 3))
    else:
        steps = ("−" if change < 0 else "+") + _amount(abs(change), unit, lang)
    text = say(lang, "{} a year", "年均{}").format(steps)
    return (
        text
        if pd.isna(row["required_rate"])
        else say(lang, "{} or {}", "{}或{}").format(
            say(lang, "{} a year", "年均{}").format(percent(row["required_rate"])), text
        )
    )
