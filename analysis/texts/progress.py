"""Tables and sentences of what became of the promises."""

import math
from typing import Any

import pandas as pd

from ..language import month, percent, publishers, quantity, say, signed, word
from ..methods.progress import STATUSES, THRESHOLDS, crossings
from ..tables import Tables, table_fields
from ..tables.datapackage import Cells, Record
from .base import Sentences, Table, in_sentence, nothing, places, table

# What a user writes to add an outcome, in the order in which she needs it: a source, then what it reports.
OWN_TABLES = ("sources", "observations")


def progress(progressed: pd.DataFrame, tables: Tables, lang: str) -> Table | Sentences:
    """Return the assessed rows of the progress table in words: promised, observed, both ratios, what is needed."""
    rows = assessed(progressed)
    if rows.empty:
        return nothing("no-progress", lang)
    units, records = tables.units.set_index("unit_id"), rows.to_dict("records")
    when = crossings(tables, rows)
    dated = say(lang, "{} ({})", "{}（{}）")
    columns = {
        "city": rows["city"],
        "indicator": rows["indicator"] + rows["basis_status"].map({"inferred": " †", "stated": ""}),
        "promised": [_promised(row, units, lang) for row in records],
        "observed": [
            dated.format(_amount(row, "current_value", units, lang), month(row["date"], lang)) for row in records
        ],
        "met": [reached(row, when.get(row["target_id"], math.nan), lang) for row in records],
        "ratio-compound": [by_ratio(row, "compound", lang) if pd.isna(row["withheld"]) else "–" for row in records],
        "ratio-linear": [by_ratio(row, "linear", lang) for row in records],
        "needed": [needed(row, units, lang) for row in records],
        "reported-by": _reported(rows, tables, lang),
        "source": places(rows, tables, lang),
    }
    if rows["withheld"].notna().any():
        columns["withheld"] = rows["withheld"]
    caption = say(
        lang, "Promised against observed, by the latest outcome; † basis inferred", "承诺与最新的观测值；†口径为推定"
    )
    return table(columns, caption, lang)


def _reported(rows: pd.DataFrame, tables: Tables, lang: str) -> list[str]:
    """Return who first reported each outcome, and how reliable that is."""
    by = rows["source_id"].map(tables.sources.set_index("source_id")["publisher"])
    told = say(lang, "{} ({})", "{}（{}）")
    pairs = zip(by, rows["confidence"], strict=True)
    return [told.format(publishers(name, lang), word(sure, lang)) for name, sure in pairs]


def _promised(row: Record, units: pd.DataFrame, lang: str) -> str:
    """Return baseline and target with their years."""
    dated = say(lang, "{} ({})", "{}（{}）")
    target = dated.format(_amount(row, "target_value", units, lang), row["target_year"])
    if pd.isna(row["baseline_value"]):
        return f"{word('not-stated', lang)} → {target}"
    return f"{dated.format(_amount(row, 'baseline_value', units, lang), row['baseline_year'])} → {target}"


def _amount(row: Record, name: str, units: pd.DataFrame, lang: str) -> str:
    return quantity(row[name], units.loc[row["unit_id"]], lang)


def recurring(frame: pd.DataFrame, tables: Tables, lang: str) -> Table | Sentences:
    """Return what is known of the targets that hold for every year; `frame` is `progress.recurring_table`."""
    if frame.empty:
        return nothing("no-recurring", lang)
    units, records = tables.units.set_index("unit_id"), frame.to_dict("records")
    until = say(lang, " up to {}", "（截至{}）")
    columns = {
        "city": frame["city"],
        "indicator": frame["indicator"],
        "yearly-target": [_amount(row, "target_value", units, lang) for row in records],
        "year": frame["year"],
        "observed": [
            _amount(row, "value", units, lang)
            + (until.format(month(row["date"], lang)) if pd.notna(row["covers"]) else "")
            for row in records
        ],
        "verdict": [word(row["status"], lang) for row in records],
        "reported-by": _reported(frame, tables, lang),
        "source": places(frame, tables, lang),
    }
    return table(columns, say(lang, "Targets for every year, by observed year", "逐年目标，按有实际值的年份"), lang)


def not_assessed(progressed: pd.DataFrame, lang: str) -> Table | Sentences:
    """Return the rows that cannot be assessed, one row a city and combination of reasons."""
    rows = progressed[progressed["reason"].notna()]
    if rows.empty:
        return nothing("all-progress" if len(progressed) else "no-targets", lang)
    groups = rows.groupby(["reason", "city"], sort=False)["indicator"]
    columns = {
        "why-not": [reason for (reason, _), _ in groups],
        "city": [city for (_, city), _ in groups],
        "targets": [len(names) for _, names in groups],
        "indicator": [say(lang, "; ", "；").join(names) for _, names in groups],
    }
    caption = say(lang, "Targets that cannot be assessed, and every reason why", "无法评估的目标及其全部原因")
    return table(columns, caption, lang)


def progress_sentences(progressed: pd.DataFrame, lang: str) -> Sentences:
    """Return how many targets can be assessed, where the others fail, and how the assessed ones stand."""
    if progressed.empty:
        return nothing("no-targets", lang)
    counts = assessable(progressed).groupby("group", sort=False)["targets"].sum()
    total, able = int(counts.sum()), int(counts.pop("assessed"))
    part, semicolon = say(lang, "{} ({})", "{}（{}项）"), say(lang, "; ", "；")
    others = semicolon.join(part.format(word(str(group), lang), count) for group, count in counts.items() if count)
    text = how_many(able, total, lang) + say(lang, ".", "。")
    if others:
        rest = ("The others", "其余") if able else ("By the first reason against them", "按首要原因归类")
        text += say(lang, f" {rest[0]}: {others}.", f"{rest[1]}：{others}。")
    for kind in ("compound", "linear") if able else ():
        found = assessed(progressed)[f"status_{kind}"].value_counts(sort=False)
        ways = semicolon.join(part.format(word(str(status), lang), count) for status, count in found.items())
        text += say(lang, " {}: {}.", "{}：{}。").format(word(f"ratio-{kind}", lang), ways)
    if able:
        text += say(
            lang,
            " Those with an outcome are not a sample: offices publish what went well.",
            "有实际值的目标并非样本：主管部门更可能公布完成较好的。",
        )
    return Sentences(text)


def statuses(lang: str) -> Sentences:
    """Return the least ratio of every status."""
    return Sentences(ladder(lang))


def benchmark_outcomes(national: pd.DataFrame, tables: Tables, lang: str) -> Sentences:
    """Return what became of the benchmark's targets, as far as it is known."""
    rows = national[national["current_value"].notna()]
    if rows.empty:
        return nothing("no-national-outcome", lang)
    units = tables.units.set_index("unit_id")
    english = "{}, {} observed ({}) against a target of {} for {}: {}"
    part = say(lang, english, "{}，观测值{}（{}），目标值{}（{}年），{}")
    parts = [
        part.format(
            in_sentence(row["indicator"], tables), _amount(row, "current_value", units, lang), month(row["date"], lang),
            _amount(row, "target_value", units, lang), row["target_year"], _met(row, lang),
        )
        for row in rows.to_dict("records")
    ]  # fmt: skip
    text = say(lang, "Nationally (a benchmark, no city): ", "全国（仅作参照，并非城市）：")
    return Sentences(text + say(lang, "; ", "；").join(parts) + say(lang, ".", "。"))


def _met(row: Record, lang: str) -> str:
    if row["status_linear"] == "achieved":
        return word("achieved", lang)
    late = row["current_year"] >= row["target_year"]
    return say(lang, "not met" if late else "not met at that date", "未实现" if late else "当时未实现")


def outcome_columns(lang: str) -> Table:
    """Return what the two files of an own outcome must hold, from the tables' one schema."""
    fields = [(name, field) for name in OWN_TABLES for field in table_fields(name)]
    description = "description" if lang == "en" else "description_zh"
    columns = {
        "file": [f"{name}.csv" for name, _ in fields],
        "column": [field["name"] for _, field in fields],
        "required": [
            word("is-required" if _rules(field).get("required") else "is-optional", lang) for _, field in fields
        ],
        "meaning": [field[description] + _allowed(field, lang) for _, field in fields],
    }
    caption = say(lang, "The columns of the two files, in their order", "两个文件的各列，依次为")
    return table(columns, caption, lang)


def _rules(field: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = field.get("constraints", {})
    return found


def _allowed(field: dict[str, Any], lang: str) -> str:
    """Return the words that a column may hold, where they are listed."""
    words = _rules(field).get("enum")
    return say(lang, " One of: {}.", "可填：{}。").format(", ".join(words)) if words else ""


# Where a target is counted that cannot be assessed, by the first reason against it.
GROUPS = ("assessed", "await-outcome", "without-baseline", "recurring", "without-distance")


GROUP_OF = {
    "no-outcome": "await-outcome", "earlier": "await-outcome", "other-unit": "await-outcome",
    "no-baseline": "without-baseline",
    "period-mean": "recurring", "every-year": "recurring", "no-year": "without-distance",
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


def reached(row: Record, when: float, lang: str) -> str:
    """Return that a target was met by the date of its outcome, when it was passed, and whether its end was seen."""
    if row["status_linear"] != "achieved":
        return "–"
    text = say(lang, f"met by {month(row['date'], lang)}", f"截至{month(row['date'], lang)}已达到")
    if pd.notna(when):
        year, number = int(when) + 1, int(12 * (when % 1)) + 1  # a year stands for its end
        passed = month(f"{year}-{number:02}", lang)
        text += say(lang, f", passed about {passed} (interpolated)", f"，约于{passed}达到（插值）")
    if row["current_year"] < row["target_year"]:
        text += say(lang, f"; the end of {row['target_year']} not seen", f"；{row['target_year']}年末之值未见")
    return text


def by_ratio(row: Record, kind: str, lang: str) -> str:
    """Return a status with its ratio, or the status alone where there is no ratio."""
    status, ratio = word(row[f"status_{kind}"], lang), row[f"ratio_{kind}"]
    # Once a target is met, how many times the pace needed says nothing more.
    if pd.isna(ratio) or row[f"status_{kind}"] == "achieved":
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
        return say(lang, "target already met", "目标已达到")
    if pd.isna(row["required_change"]):
        return say(lang, "no time is left", "已到期")
    unit, change = units.loc[row["unit_id"]], float(f"{row['required_change']:.4g}")
    if unit["kind"] == "share":
        steps = say(lang, "{} percentage points", "{}个百分点").format(signed(change, 3))
    else:
        steps = ("−" if change < 0 else "+") + short_amount(abs(change), unit, lang)
    text = say(lang, "{} a year", "年均{}").format(steps)
    return (
        text
        if pd.isna(row["required_rate"])
        else say(lang, "{} or {}", "{}或{}").format(
            say(lang, "{} a year", "年均{}").format(percent(row["required_rate"])), text
        )
    )


def short_amount(value: float, unit: Cells, lang: str) -> str:
    """Return a value as short as a figure needs it: the indicator's name says what a ratio counts."""
    return f"{value:g}" if unit["kind"] == "ratio" else quantity(value, unit, lang)
