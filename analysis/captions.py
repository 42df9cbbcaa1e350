"""The words around every figure — finding, measure, source, caution, alternative text — computed from its data."""

import re

import pandas as pd

from .comparability import among, growth_partners
from .language import number, percent, word
from .promises import WORDINGS
from .tables import Tables


def sources(frame: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return the documents of some rows with their table rows and items.

    `frame` has `document_id` and `locator`; consecutive table rows are drawn together.
    """
    stop = {"en": "; ", "zh": "；"}[lang]
    parts = []
    for document in tables.documents.to_dict("records"):
        places = frame.loc[frame["document_id"] == document["document_id"], "locator"]
        if len(places):
            title = document[f"title_{lang}"]
            title = f"{title} ({document['number']})" if lang == "en" else f"《{title}》（{document['number']}）"
            parts.append(f"{title}{', ' if lang == 'en' else '，'}{_places(places, lang)}")
    return stop.join(parts) + {"en": ".", "zh": "。"}[lang]


def _places(places: pd.Series, lang: str) -> str:
    rows = sorted({int(place.removeprefix("table:")) for place in places if place.startswith("table:")})
    items = list(dict.fromkeys(place for place in places if not place.startswith("table:")))
    comma = {"en": ", ", "zh": "、"}[lang]
    parts = []
    if rows:
        span = comma.join(_spans(rows))
        parts.append({"en": f"indicator table row{'s' * (len(rows) > 1)} {span}", "zh": f"指标表第{span}行"}[lang])
    if items:
        parts.append({"en": "item" + "s" * (len(items) > 1) + " ", "zh": "条目"}[lang] + comma.join(items))
    return {"en": " and ", "zh": "及"}[lang].join(parts)


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


def target_rows(promised: pd.DataFrame, rates: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of a city's targets; `rates` are its rows of the growth table."""
    city = promised["city"].iloc[0]
    years = _years(promised, lang)
    steepest = rates.loc[rates["compound_rate"].idxmax()] if rates["compound_rate"].notna().any() else None
    if steepest is not None:
        row = promised.set_index("target_id").loc[steepest["target_id"]]
        title = {
            "en": f"{city}'s steepest promise: {_lower(row['indicator'])}, from {row['baseline']} to {row['target']}",
            "zh": f"{city}增幅最大的承诺：{row['indicator']}由{row['baseline']}增至{row['target']}",
        }[lang]
    else:
        title = {
            "en": f"{city} says where it wants to arrive, not where it starts from",
            "zh": f"{city}写明了目标值，未写明起点",
        }[lang]
    subtitle = {
        "en": f"{len(promised)} targets{years}. Every row has its own scale from zero; {_key(promised, lang)}.",
        "zh": f"{len(promised)}项目标{years}。各行自有刻度，均自零起；{_key(promised, lang)}。",
    }[lang]
    alt = _rows_as_text(promised, lang)
    return {
        "title": title,
        "subtitle": subtitle,
        "source": sources(promised, tables, lang),
        "note": _target_note(promised, lang),
        "alt": f"{title}. {alt}" if lang == "en" else f"{title}。{alt}",
    }


def _key(promised: pd.DataFrame, lang: str) -> str:
    """Return what the marks mean, those that occur only."""
    marks = [
        (promised["baseline_value"].notna().any(), {"en": "● baseline", "zh": "●基期值"}),
        ((~promised["aspirational"]).any(), {"en": "○ target", "zh": "○目标值"}),
        (promised["aspirational"].any(), {"en": "◇ target that the plan only strives for", "zh": "◇方案“力争”“争取”的目标值"}),
    ]
    return {"en": ", ", "zh": "，"}[lang].join(text[lang] for occurs, text in marks if occurs)


def _years(promised: pd.DataFrame, lang: str) -> str:
    ends = sorted(promised["target_year"].dropna().unique())
    starts = sorted(promised["baseline_year"].dropna().unique())
    if not ends:
        return ""
    start = "–".join(map(str, starts))
    end = "–".join(map(str, ends))
    if not starts:
        return {"en": f" for {end}", "zh": f"（{end}年）"}[lang]
    return {"en": f", {start} to {end}", "zh": f"（{start}年至{end}年）"}[lang]


def _target_note(promised: pd.DataFrame, lang: str) -> str:
    notes = []
    if promised["inferred"].any():
        notes.append({"en": "† basis or unit inferred, the evidence stands in the table of targets.", "zh": "†口径或单位为推定，依据见目标表。"}[lang])
    if (promised["basis"] == "cumulative").any():
        row = promised[promised["basis"] == "cumulative"].iloc[0]
        running = promised[(promised["basis"] == "cumulative") & promised["baseline_value"].notna()]
        if len(running):
            names = {"en": ", ", "zh": "、"}[lang].join(running["indicator"])
            notes.append({"en": f"Running total, not a yearly number: {names}.", "zh": f"为累计数而非年度数：{names}。"}[lang])
        elif row is not None:
            notes.append({"en": "Things to be built or completed are counted up to the target year.", "zh": "建设类、完成类目标计至目标年。"}[lang])
    if (promised["basis"] == "growth-rate").any():
        names = {"en": ", ", "zh": "、"}[lang].join(promised.loc[promised["basis"] == "growth-rate", "indicator"])
        notes.append({"en": f"Stated as a growth rate, without a level: {names}.", "zh": f"仅列增长率，未列数量：{names}。"}[lang])
    return {"en": " ", "zh": ""}[lang].join(notes)


def _rows_as_text(promised: pd.DataFrame, lang: str) -> str:
    """Return every target in words, for readers who do not see the figure."""
    to, comma, colon, stop = {"en": (" to ", "; ", ": ", "."), "zh": ("至", "；", "：", "。")}[lang]
    cells = [
        f"{row['indicator']}{colon}" + (f"{row['baseline']}{to}" if pd.notna(row["baseline"]) else "") + row["target"]
        for row in promised.to_dict("records")
    ]
    return comma.join(cells) + stop


def wording_grid(promised: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of how far a city's promises can be followed."""
    city, total = promised["city"].iloc[0], len(promised)
    counts = promised["wording"].value_counts()
    followed = int(counts.get("start-and-end", 0))
    title = {
        "en": f"{_number(followed).capitalize()} of {city}'s {_number(total)} targets can be followed from a stated baseline",
        "zh": f"{city}{total}项目标中，{followed}项列有基期值、可据以追踪" if followed else f"{city}{total}项目标均未列基期值",
    }[lang]
    listed = [f"{word(wording, lang)}{': ' if lang == 'en' else '：'}{int(counts.get(wording, 0))}" for wording in WORDINGS]
    return {
        "title": title,
        "subtitle": {"en": "Targets by dimension and by what the plan states; one dot, one target", "zh": "按维度与方案写明的内容分列；一点为一项目标"}[lang],
        "source": sources(promised, tables, lang),
        "note": {
            "en": "Rows that repeat another row are counted once. Dimensions are this project's own order.",
            "zh": "重复的目标只计一次；维度为本项目的划分。",
        }[lang],
        "alt": f"{title}. {'; '.join(listed)}." if lang == "en" else f"{title}。{'；'.join(listed)}。",
    }


def growth_rates(rates: pd.DataFrame, pairs: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the compound rates; `pairs` comes from `comparability.matrix`."""
    shared = rates[rates["target_id"].isin(growth_partners(among(pairs, rates)))]
    title = _shared_finding(shared, lang) if len(shared) else _steepest(rates, lang)
    spans = sorted({f"{row.baseline_year}–{row.target_year}" for row in rates.itertuples()})
    notes = [
        {"en": "Targets are taken as met.", "zh": "以目标如期实现为前提。"}[lang],
        {"en": "† basis inferred.", "zh": "†口径为推定。"}[lang] if (rates["basis_status"] == "inferred").any() else "",
        {"en": "‡ the text also allows a running total, for which no compound rate exists.", "zh": "‡原文亦容许累计数的读法，此时无复合增长率。"}[lang]
        if rates["alternative_basis"].notna().any()
        else "",
        {"en": "○ the same target over the plan's own period, which ends earlier.", "zh": "○按方案自身期间（较早结束）计算。"}[lang]
        if rates["alternative_compound_rate"].notna().any()
        else "",
        {"en": "Rates of different indicators are not a ranking of cities.", "zh": "不同指标的增长率不构成城市排名。"}[lang],
    ]
    listed = {"en": "; ", "zh": "；"}[lang].join(
        f"{row.city} {row.indicator} {percent(row.compound_rate)}" for row in rates.sort_values("compound_rate", ascending=False).itertuples()
    )
    return {
        "title": title,
        "subtitle": {"en": f"Compound annual growth implied by baseline and target, % a year ({', '.join(spans)})", "zh": f"由基期值与目标值推算的复合年均增长率，%（{'、'.join(spans)}年）"}[lang],
        "source": sources(rates, tables, lang),
        "note": {"en": " ", "zh": ""}[lang].join(note for note in notes if note),
        "alt": f"{title}{'. ' if lang == 'en' else '。'}{listed}{'.' if lang == 'en' else '。'}",
    }


def _shared_finding(shared: pd.DataFrame, lang: str) -> str:
    """Return how often which city aims faster, over the indicators that may be compared."""
    leaders = shared.loc[shared.groupby("indicator_id")["compound_rate"].idxmax()]
    first = leaders["city"].value_counts()
    city, wins, total = first.index[0], int(first.iloc[0]), len(leaders)
    return {
        "en": f"Where growth rates can be compared, {city} aims higher on {_of(wins, total)} indicators",
        "zh": f"增长率可比的{total}项指标中，{city}{f'有{wins}项' if wins < total else '各项均'}计划增长更快",
    }[lang]


def _steepest(rates: pd.DataFrame, lang: str) -> str:
    row = rates.loc[rates["compound_rate"].idxmax()]
    rate = percent(row["compound_rate"])
    return {
        "en": f"{row['city']} wants {_lower(row['indicator'])} to grow fastest, by {rate} a year",
        "zh": f"{row['city']}计划增长最快的是{row['indicator']}，年均{rate}",
    }[lang]


def shared_indicators(panels: list[dict], rates: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the small panels of shared indicators."""
    compared = sum(bool(panel["lines"]) for panel in panels)
    withheld = len(panels) - compared
    title = {
        "en": f"Growth can be compared for {_of(compared, len(panels))} indicators that cities share",
        "zh": f"城市共有的{len(panels)}项指标中，{compared}项增长可比" + (f"，{withheld}项不可比" if withheld else ""),
    }[lang]
    cells = []
    for panel in panels:
        ends = [line["label_end"].replace("\n", " ") for line in panel["lines"]]
        cells.append(f"{panel['indicator']}{': ' if lang == 'en' else '：'}" + "; ".join(ends or panel["reasons"]))
    return {
        "title": title,
        "subtitle": {
            "en": "Baseline ● to target ○ of indicators for which several cities state both; dashed: not yet observed; each panel has its own scale from zero",
            "zh": "多个城市均列有基期值●与目标值○的指标；虚线为尚未观测；各图自有刻度，均自零起",
        }[lang],
        "source": sources(rates, tables, lang),
        "note": {
            "en": "Base years differ, so growth is compared as a yearly rate. † basis inferred.",
            "zh": "基期年份不同，故以年率比较增长。†口径为推定。",
        }[lang],
        "alt": f"{title}. {' '.join(cells)}" if lang == "en" else f"{title}。{'。'.join(cells)}",
    }


NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def _number(count: int) -> str:
    """Return a small number in words, as English prose writes it."""
    return NUMBERS[count] if count < len(NUMBERS) else number(count)


def _of(part: int, total: int) -> str:
    """Return a part of a total in words.

    >>> _of(2, 2), _of(3, 5), _of(0, 5)
    ('both', 'three of the five', 'none of the five')
    """
    if part == total > 1:
        return "both" if total == 2 else f"all {_number(total)}"
    return f"{_number(part)} of the {_number(total)}"


def _lower(name: str) -> str:
    """Return an indicator's name inside a sentence: its first letter small unless it begins an abbreviation."""
    return name if re.match(r"[A-Z]{2}", name) else name[0].lower() + name[1:]
