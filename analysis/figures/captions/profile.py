"""Captions of what one city promises."""

import pandas as pd

from ...language import counted, listed, say, sentences, spelt_out, word
from ...methods.plans import WORDINGS
from ...tables import Tables
from ..arrange import inside
from ..base import sources


def target_rows(promised: pd.DataFrame, rates: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of a city's targets; `rates` are its rows of the growth table."""
    title = _city_finding(promised, rates, tables, lang)
    count, years, marks = len(promised), _years(promised, lang), _marks(promised, lang)
    return {
        "title": title,
        "subtitle": say(
            lang,
            f"{counted(count, 'target')}{years}. Every row has its own scale from zero; {marks}.",
            f"{count}项目标{years}。各行自有刻度，均自零起；{marks}。",
        ),
        "source": sources(promised, tables, lang),
        "note": _target_note(promised, tables, lang),
        "alt": sentences([title, _rows_as_text(promised, lang)], lang),
    }


def _city_finding(promised: pd.DataFrame, rates: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return the target with the highest compound rate, or that the city states no start."""
    city = promised["city"].iloc[0]
    if promised["baseline_value"].isna().all():
        return say(
            lang, f"{city} says where it wants to arrive, not where it starts from", f"{city}写明目标，未写明基期值"
        )
    if rates["compound_rate"].isna().all():
        return say(lang, f"No target of {city} can have a compound rate", f"{city}没有可计算复合年均增长率的目标")
    steepest = rates["target_id"].iloc[int(rates["compound_rate"].argmax())]
    row = promised[promised["target_id"] == steepest].iloc[0]
    return say(
        lang,
        f"Highest compound rate in {city}: {inside(row['indicator'], tables)}, "
        f"from {row['baseline']} to {row['target']}",
        f"{city}复合年均增长率最高的目标：{row['indicator']}由{row['baseline']}"
        f"{'增' if row['target_value'] >= row['baseline_value'] else '降'}至{row['target']}",
    )


def _years(promised: pd.DataFrame, lang: str) -> str:
    starts, ends = (
        "–".join(str(year) for year in sorted(promised[column].dropna().unique()))
        for column in ("baseline_year", "target_year")
    )
    if starts:
        return say(lang, f", {starts} to {ends}", f"（{starts}年至{ends}年）")
    return say(lang, f" for {ends}", f"（{ends}年）") if ends else ""


def _marks(promised: pd.DataFrame, lang: str) -> str:
    """Return what the marks mean, those that occur only."""
    texts = [
        (promised["baseline_value"].notna(), say(lang, "● baseline", "●基期值")),
        (~promised["aspirational"], say(lang, "○ target", "○目标值")),
        (promised["aspirational"], say(lang, "◇ target that the plan only strives for", "◇方案“力争”“争取”的目标值")),
    ]
    return say(lang, ", ", "，").join(text for occurs, text in texts if occurs.any())


def _target_note(promised: pd.DataFrame, tables: Tables, lang: str) -> str:
    running = promised["basis"] == "cumulative"
    totals = promised[running & promised["baseline_value"].notna()]
    rates = promised[promised["basis"] == "growth-rate"]
    notes = []
    if promised["inferred"].any():
        notes.append(
            say(
                lang,
                "† basis or unit inferred; the table of targets gives the evidence.",
                "†口径或单位为推定，依据见目标表。",
            )
        )
    if len(totals):
        names = listed([inside(name, tables) for name in totals["indicator"]], lang)
        english = f"Running total, not a yearly number, and so without a growth rate: {names}."
        notes.append(say(lang, english, f"为累计数而非年度数，故无增长率：{names}。"))
    elif running.any():
        english = "What is to be built or completed is counted up to the target year."
        notes.append(say(lang, english, "建设类、完成类目标计至目标年。"))
    if len(rates):
        names = listed([inside(name, tables) for name in rates["indicator"]], lang)
        notes.append(
            say(lang, f"Stated as a growth rate, without a level: {names}.", f"仅列增长率，未列数量：{names}。")
        )
    return say(lang, " ", "").join(notes)


def _rows_as_text(promised: pd.DataFrame, lang: str) -> str:
    """Return every target in words, for readers who do not see the figure."""
    to, colon = say(lang, (" to ", ": "), ("至", "："))
    cells = [
        f"{row['indicator']}{colon}" + (f"{row['baseline']}{to}" if pd.notna(row["baseline"]) else "") + row["target"]
        for row in promised.to_dict("records")
    ]
    return say(lang, "; ", "；").join(cells)


def wording_grid(promised: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of how far a city's promises can be followed."""
    city, total = promised["city"].iloc[0], len(promised)
    counts = promised["wording"].value_counts()
    title = _followed(city, int(counts.get("start-and-end", 0)), total, lang)
    cell = say(lang, "{}: {}", "{}：{}")
    cells = [cell.format(word(wording, lang), int(counts.get(wording, 0))) for wording in WORDINGS]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Targets by dimension and by what the plan states; one dot, one target",
            "按维度与方案写明的内容分列；一点为一项目标",
        ),
        "source": sources(promised, tables, lang),
        "note": say(
            lang,
            "Rows that repeat another row are counted once. The dimensions are this project's own.",
            "重复的目标只计一次；维度为本项目所拟。",
        ),
        "alt": sentences([title, say(lang, "; ", "；").join(cells)], lang),
    }


def _followed(city: str, followed: int, total: int, lang: str) -> str:
    """Return how many of a city's targets can be followed from their baseline."""
    if total == 1:
        english = f"{city}'s one target can{'' if followed else 'not'} be followed from a stated baseline"
    elif followed == total:
        every = "Both" if total == 2 else f"All {spelt_out(total)}"
        english = f"{every} of {city}'s targets can be followed from a stated baseline"
    else:
        part = f"{spelt_out(followed).capitalize()} of {city}'s {spelt_out(total)} targets"
        english = f"{part} can be followed from a stated baseline"
    chinese = f"{city}{total}项目标中，{followed}项列有基期值、可据以追踪"
    if followed in (0, total):
        chinese = f"{city}{total}项目标{'均' * (total > 1)}{'列有基期值、可据以追踪' if followed else '未列基期值'}"
    return say(lang, english, chinese)
