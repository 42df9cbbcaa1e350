"""The words around every figure — finding, measure, source, caution, alternative text — computed from its data."""

import pandas as pd

from .comparability import among, growth_partners
from .language import lower_first, number, percent, say, word
from .promises import WORDINGS
from .tables import Tables

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def target_rows(promised: pd.DataFrame, rates: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of a city's targets; `rates` are its rows of the growth table."""
    title = _city_finding(promised, rates, lang)
    count, years, marks = len(promised), _years(promised, lang), _marks(promised, lang)
    return {
        "title": title,
        "subtitle": say(
            lang,
            f"{count} targets{years}. Every row has its own scale from zero; {marks}.",
            f"{count}项目标{years}。各行自有刻度，均自零起；{marks}。",
        ),
        "source": sources(promised, tables, lang),
        "note": _target_note(promised, lang),
        "alt": _sentence([title, _rows_as_text(promised, lang)], lang),
    }


def _city_finding(promised: pd.DataFrame, rates: pd.DataFrame, lang: str) -> str:
    """Return the promise that grows fastest, or that the city states no start."""
    city = promised["city"].iloc[0]
    if rates["compound_rate"].isna().all():
        return say(
            lang, f"{city} says where it wants to arrive, not where it starts from", f"{city}写明了目标值，未写明起点"
        )
    steepest = rates.loc[rates["compound_rate"].idxmax(), "target_id"]
    row = promised.set_index("target_id").loc[steepest]
    return say(
        lang,
        f"{city}'s steepest promise: {lower_first(row['indicator'])}, from {row['baseline']} to {row['target']}",
        f"{city}增幅最大的承诺：{row['indicator']}由{row['baseline']}增至{row['target']}",
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


def _target_note(promised: pd.DataFrame, lang: str) -> str:
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
        names = lower_first(_listed(totals["indicator"], lang))
        english = f"Running total, not a yearly number, and so without a growth rate: {names}."
        notes.append(say(lang, english, f"为累计数而非年度数，故无增长率：{names}。"))
    elif running.any():
        english = "What is to be built or completed is counted up to the target year."
        notes.append(say(lang, english, "建设类、完成类目标计至目标年。"))
    if len(rates):
        names = lower_first(_listed(rates["indicator"], lang))
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
    listed = [cell.format(word(wording, lang), int(counts.get(wording, 0))) for wording in WORDINGS]
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
            "Rows that repeat another row are counted once. Dimensions are this project's own order.",
            "重复的目标只计一次；维度为本项目的划分。",
        ),
        "alt": _sentence([title, say(lang, "; ", "；").join(listed)], lang),
    }


def _followed(city: str, followed: int, total: int, lang: str) -> str:
    if followed == total:
        return say(
            lang,
            f"All {_in_words(total)} of {city}'s targets can be followed from a stated baseline",
            f"{city}{total}项目标均列有基期值、可据以追踪",
        )
    return say(
        lang,
        f"{_in_words(followed).capitalize()} of {city}'s {_in_words(total)} targets "
        "can be followed from a stated baseline",
        f"{city}{total}项目标中，{followed}项列有基期值、可据以追踪"
        if followed
        else f"{city}{total}项目标均未列基期值",
    )


def growth_rates(rates: pd.DataFrame, pairs: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the compound rates; `pairs` comes from `comparability.matrix`."""
    shared = rates[rates["target_id"].isin(growth_partners(among(pairs, rates)))]
    title = _shared_finding(shared, lang) if len(shared) else _steepest(rates, lang)
    spans = _listed(sorted({f"{row.baseline_year}–{row.target_year}" for row in rates.itertuples()}), lang)
    ordered = rates.sort_values("compound_rate", ascending=False).itertuples()
    listed = say(lang, "; ", "；").join(f"{row.city} {row.indicator} {percent(row.compound_rate)}" for row in ordered)
    return {
        "title": title,
        "subtitle": say(
            lang,
            f"Compound annual growth implied by baseline and target, % a year ({spans})",
            f"由基期值与目标值推算的复合年均增长率，%（{spans}年）",
        ),
        "source": sources(rates, tables, lang),
        "note": _rates_note(rates, lang),
        "alt": _sentence([title, listed], lang),
    }


def _rates_note(rates: pd.DataFrame, lang: str) -> str:
    notes = [say(lang, "Targets are taken as met.", "以目标如期实现为前提。")]
    if (rates["basis_status"] == "inferred").any():
        notes.append(say(lang, "† basis inferred.", "†口径为推定。"))
    if rates["alternative_basis"].notna().any():
        english = "‡ the text also allows a running total, for which no compound rate exists."
        notes.append(say(lang, english, "‡原文亦容许累计数的读法，此时无复合增长率。"))
    if rates["alternative_compound_rate"].notna().any():
        english = "○ the same target over the plan's own period, which ends earlier."
        notes.append(say(lang, english, "○按方案自身期间（较早结束）计算。"))
    english = "Rates of different indicators are not a ranking of cities."
    return say(lang, " ", "").join([*notes, say(lang, english, "不同指标的增长率不构成城市排名。")])


def _shared_finding(shared: pd.DataFrame, lang: str) -> str:
    """Return how often which city aims faster, over the indicators that may be compared."""
    leaders = shared.loc[shared.groupby("indicator_id")["compound_rate"].idxmax()]
    first = leaders["city"].value_counts()
    city, wins, total = first.index[0], int(first.iloc[0]), len(leaders)
    return say(
        lang,
        f"Where growth rates can be compared, {city} aims higher on {_of(wins, total)} indicators",
        f"增长率可比的{total}项指标中，{city}{f'有{wins}项' if wins < total else '各项均'}计划增长更快",
    )


def _steepest(rates: pd.DataFrame, lang: str) -> str:
    row = rates.loc[rates["compound_rate"].idxmax()]
    rate = percent(row["compound_rate"])
    return say(
        lang,
        f"{row['city']} wants {lower_first(row['indicator'])} to grow fastest, by {rate} a year",
        f"{row['city']}计划增长最快的是{row['indicator']}，年均{rate}",
    )


def shared_indicators(panels: list[dict], shared: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the panels of shared indicators; `shared` are the rows that they show."""
    compared, total = sum(bool(panel["lines"]) for panel in panels), len(panels)
    title = say(
        lang,
        f"Growth can be compared for {_of(compared, total)} indicators that cities share",
        f"城市共有的{total}项指标中，{compared}项增长可比，{total - compared}项不可比",
    )
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Baseline ● to target ○ of indicators for which several cities state both; dashed: not yet observed; "
            "each panel has its own scale from zero",
            "多个城市均列有基期值●与目标值○的指标；虚线为尚未观测；各图自有刻度，均自零起",
        ),
        "source": sources(shared, tables, lang),
        "note": say(
            lang,
            "Base years differ, so growth is compared as a yearly rate. † basis inferred.",
            "基期年份不同，故以年率比较增长。†口径为推定。",
        ),
        "alt": _sentence([title, *(_panel_as_text(panel, lang) for panel in panels)], lang),
    }


def _panel_as_text(panel: dict, lang: str) -> str:
    ends = [line["label_end"].replace("\n", " ") for line in panel["lines"]]
    cells = ends or [*panel["stated"], *panel["reasons"]]
    return panel["indicator"] + say(lang, ": ", "：") + say(lang, "; ", "；").join(cell.strip(".。") for cell in cells)


def sources(frame: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return the documents of some rows with their table rows and items.

    `frame` has `document_id` and `locator`; consecutive table rows are drawn together.
    """
    cited = say(lang, "{} ({}), {}", "《{}》（{}），{}")
    parts = []
    for document in tables.documents.to_dict("records"):
        places = frame.loc[frame["document_id"] == document["document_id"], "locator"]
        if len(places):
            parts.append(cited.format(document[f"title_{lang}"], document["number"], _places(places, lang)))
    return say(lang, "; ", "；").join(parts) + say(lang, ".", "。")


def _places(places: pd.Series, lang: str) -> str:
    rows = sorted({int(place.removeprefix("table:")) for place in places if place.startswith("table:")})
    items = list(dict.fromkeys(place for place in places if not place.startswith("table:")))
    parts = []
    if rows:
        spans = _listed(_spans(rows), lang)
        parts.append(say(lang, f"indicator table row{'s' * (len(rows) > 1)} {spans}", f"指标表第{spans}行"))
    if items:
        parts.append(say(lang, f"item{'s' * (len(items) > 1)} ", "条目") + _listed(items, lang))
    return say(lang, " and ", "及").join(parts)


def _spans(rows: list[int]) -> list[str]:
    """Return runs of numbers as spans.

    >>> _spans([1, 2, 3, 7])
    ['1–3', '7']
    """
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][-1] + 1:
            spans[-1].append(row)
        else:
            spans.append([row])
    return [f"{span[0]}–{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans]


def _listed(names: pd.Series | list[str], lang: str) -> str:
    return say(lang, ", ", "、").join(names)


def _sentence(parts: list[str], lang: str) -> str:
    """Return parts as sentences of the language."""
    stop = say(lang, ". ", "。")
    return stop.join(parts) + stop.strip()


def _in_words(count: int) -> str:
    """Return a small number in words, as English prose writes it."""
    return NUMBERS[count] if count < len(NUMBERS) else number(count)


def _of(part: int, total: int) -> str:
    """Return a part of a total in words.

    >>> _of(2, 2), _of(3, 5), _of(0, 5)
    ('both', 'three of the five', 'none of the five')
    """
    if part == total > 1:
        return "both" if total == 2 else f"all {_in_words(total)}"
    return f"{_in_words(part)} of the {_in_words(total)}"
