"""Captions of what became of the promises."""

from typing import Any

import pandas as pd

from ...language import listed, month, publishers, say, sentences, spelt_out, word
from ...methods.progress import observed
from ...tables import Tables
from ..arrange import how_many, inside, ladder
from ..base import sources


def progress_paths(panels: list[dict[str, Any]], rows: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the promised and observed paths; `rows` are the assessed rows of the progress table."""
    title = _met(rows, tables, lang)
    own = observed(tables, rows)
    beside = _benchmark(panels, tables)
    texts = [panel["name"] + say(lang, ": ", "：") + say(lang, "; ", "；").join(panel["words"]) for panel in panels]
    marks = say(
        lang,
        "● baseline, ◆ observed value, ○ target; solid: observed, dashed: promised at a constant rate, dotted: "
        "promised by a constant amount. From zero; a year stands at its end",
        "●基期值，◆观测值，○目标值；实线为观测，虚线为按固定增长率的承诺路径，点线为按固定增量的承诺路径。自零起；年份指年末",
    )
    return {
        "title": title,
        "subtitle": marks,
        "source": sources(rows, tables, lang) + say(lang, " Observed: ", "观测值：") + reported(own, tables, lang),
        "note": _note(rows, beside, tables, lang),
        "alt": sentences([title, *(text.rstrip(".。") for text in texts)], lang),
    }


def _met(rows: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return how many of the targets are met, or what became of the only one."""
    met, row = rows["status_linear"] == "achieved", rows.iloc[0]
    if len(rows) > 1:
        return say(
            lang,
            f"Of the {spelt_out(len(rows))} targets that can be assessed, {spelt_out(int(met.sum()))} "
            f"{'has' if met.sum() == 1 else 'have'} been met so far",
            f"可以评估的{len(rows)}项目标中，已有{int(met.sum())}项实现",
        )
    name, goal, when = inside(row["indicator"], tables), row["target_year"], month(row["date"], lang)
    if met.all():
        return say(
            lang,
            f"By {when} {row['city']} had met its {goal} target for {name}",
            f"至{when}，{row['city']}已实现{goal}年目标：{row['indicator']}",
        )
    if row["agree"]:
        english, chinese = "{} by both ratios", "两种比率均为“{}”"
        parts = [word(row["status_linear"], lang)]
    else:
        english, chinese = "{} by compound rate, {} by straight line", "按复合年均增长率为“{}”，按直线为“{}”"
        parts = [word(row["status_compound"], lang), word(row["status_linear"], lang)]
    return say(lang, f"{row['city']}'s {name}: {english}", f"{row['city']}{row['indicator']}：{chinese}").format(*parts)


def reported(seen: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return who reported some observed values, and how sure they are."""
    by = tables.sources.set_index("source_id")["publisher"]
    part = say(lang, "{} ({}; {})", "{}（{}；{}）")
    groups = seen.assign(publisher=seen["source_id"].map(by)).groupby(["publisher", "confidence"], sort=False)["date"]
    parts = [
        part.format(publishers(str(by), lang), _dates(dates, lang), word(str(sure), lang))
        for (by, sure), dates in groups
    ]
    return listed(parts, lang) + say(lang, ".", "。")


def _dates(dates: pd.Series, lang: str) -> str:
    """Return one or two dates, or the first and the last of more."""
    ordered = [month(date, lang) for date in sorted(set(dates))]
    return listed(ordered, lang) if len(ordered) < 3 else f"{ordered[0]} – {ordered[-1]}"


def _benchmark(panels: list[dict[str, Any]], tables: Tables) -> pd.DataFrame:
    """Return the targets of the benchmark that are drawn: beside a single panel only."""
    drawn = panels[0]["lines"][1:] if len(panels) == 1 else []
    held = tables.targets["target_id"].isin([line["target_id"] for line in drawn])
    return tables.targets[held]


def _note(rows: pd.DataFrame, beside: pd.DataFrame, tables: Tables, lang: str) -> str:
    notes = []
    if len(beside):
        names = tables.cities.set_index("city_id").loc[beside["city_id"], f"name_{lang}"]
        english = f"Grey: {listed(names, lang)}, a benchmark as reported and no city's promise; observed: "
        notes.append(say(lang, english, f"灰色为{listed(names, lang)}，依报道，仅作参照，并非该市承诺；观测值：")
                     + reported(observed(tables, beside), tables, lang))  # fmt: skip
    if len(rows) > 1:
        notes.append(say(lang, "Every panel has its own scale.", "各图自有刻度。"))
    if (rows["basis_status"] == "inferred").any():
        notes.append(say(lang, "† basis inferred.", "†口径为推定。"))
    if not rows[["status_compound", "status_linear"]].isin(["achieved"]).all(axis=None):
        notes.append(ladder(lang))
    return say(lang, " ", "").join(notes)


def progress_assessable(counts: pd.DataFrame, progressed: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of what can be assessed at all; `counts` come from `arrange.assessable`."""
    totals = counts.groupby("group")["targets"].sum()
    total, able, waiting = int(totals.sum()), int(totals["assessed"]), int(totals["await-outcome"])
    title = how_many(able, total, lang)
    if waiting:
        lack = "it lacks" if total == 1 else f"{waiting}{' more' * (able > 0)} lack{'s' * (waiting == 1)}"
        others = f"{'另' * (able > 0)}有{waiting}项只缺结果"
        title += say(lang, f"; {lack} only an outcome", f"，{'只缺结果' if total == 1 else others}")
    filled = counts[counts["targets"] > 0]
    cells = [f"{row['city']} {word(row['group'], lang)} {row['targets']}" for row in filled.to_dict("records")]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "One mark a target, counted by the first reason against it: ◆ can be assessed, ● waits for an outcome, "
            "○ gives no path to follow",
            "每个标记为一项目标，按首要原因归类：◆可以评估，●只待结果，○没有可追踪的路径",
        ),
        "source": sources(progressed, tables, lang),
        "note": say(lang, "Rows that repeat another row are counted once.", "重复的目标只计一次。"),
        "alt": sentences([title, say(lang, "; ", "；").join(cells)], lang),
    }
