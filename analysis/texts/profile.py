"""Tables and sentences of what one city promises."""

import pandas as pd

from ..language import counted, publishers, say, word
from ..methods.plans import WORDINGS
from ..tables import Tables, select_cities
from ..tables.datapackage import Record
from .base import Sentences, Table, nothing, places, table


def documents(tables: Tables, cities: list[str] | None, lang: str) -> Table:
    """Return the cities' documents: title, number, date and years; all cities when none is named."""
    frame = tables.documents[tables.documents["city_id"].isin(select_cities(tables, cities))]
    issued = frame["issued"].fillna(word("not-stated", lang))
    issued = issued.where(frame["issued_status"] != "printing-date", issued + say(lang, " (printed)", "（印发）"))
    columns = {
        "document": frame[f"title_{lang}"],
        "number": frame["number"],
        "issuer": frame[f"issuer_{lang}"].fillna(word("not-stated", lang)),
        "issued": issued,
        "period": [_period(row, lang) for row in frame.to_dict("records")],
        "base-year": frame["base_year"].astype("str").where(frame["base_year"].notna(), word("not-stated", lang)),
        "note": frame[f"note_{lang}"],
    }
    caption = say(lang, "The documents that were read", "所读文件")
    return table(columns, caption, lang)


def _period(row: Record, lang: str) -> str:
    """Return a document's period as far as it is stated."""
    start, end = row["period_start"], row["period_end"]
    if pd.isna(start) and pd.isna(end):
        return word("not-stated", lang)
    if pd.isna(end):
        return say(lang, f"from {start}", f"{start}起")
    return say(lang, f"until {end}", f"至{end}") if pd.isna(start) else f"{start} – {end}"


def targets(promised: pd.DataFrame, tables: Tables, lang: str) -> Table:
    """Return the rows of `methods.plans.targets` with years, printed cells, basis and place."""
    year = promised["target_year"].astype("str").where(promised["target_year"].notna(), word("every-year", lang))
    base_year = promised["baseline_year"].astype("str")
    baseline = promised["baseline"].fillna(word("not-stated", lang))
    left, right = say(lang, (" (", ")"), ("（", "）"))
    baseline = baseline.where(promised["baseline_year"].isna(), baseline + left + base_year + right)
    marks = promised["inferred"].map({True: " †", False: ""})
    columns = {
        "dimension": [word(name, lang) for name in promised["dimension"]],
        "indicator": promised["indicator"] + promised["aspirational"].map({True: " ◇", False: ""}),
        "baseline": baseline,
        "target": promised["target"] + left + year + right,
        "printed": promised["printed"],
        "basis": pd.Series([word(basis, lang) for basis in promised["basis"]], index=promised.index) + marks,
        "source": places(promised, tables, lang),
        "note": promised["note"],
    }
    caption = say(
        lang,
        "Every target, restatements left out. † basis or unit inferred; "
        "◇ the plan says that it strives for it (力争, 争取)",
        "全部目标，重复者不列。†口径或单位为推定；◇方案表述为“力争”“争取”",
    )
    return table(columns, caption, lang)


def dates(frame: pd.DataFrame, tables: Tables, lang: str) -> Table | Sentences:
    """Return the rows of `methods.plans.dates`."""
    if frame.empty:
        return nothing("no-dates", lang)
    columns = {
        "date": frame["date"],
        "commitment": frame["commitment"],
        "kind": frame["kind"],
        "source": places(frame, tables, lang),
    }
    caption = say(
        lang, "Commitments with a date but without a number; † date inferred", "有期限而无数值的承诺；†日期为推定"
    )
    return table(columns, caption, lang)


def sums(frame: pd.DataFrame, tables: Tables, lang: str) -> Table | Sentences:
    """Return the rows of `methods.plans.sums`; no total is drawn that the document does not draw."""
    if frame.empty:
        return nothing("no-money", lang)
    columns = {
        "recipient": frame["recipient"],
        "purpose": frame["purpose"],
        "payer": frame["payer"],
        "amount": frame["amount_text"],
        "printed": frame["printed_amount"],
        "legal-basis": frame["funding_id"].map(tables.funding.set_index("funding_id")["legal_basis"]).fillna("–"),
        "source": places(frame, tables, lang),
    }
    caption = say(lang, "Money promised, sum by sum", "承诺的资金，逐笔列出")
    if tables.funding.loc[tables.funding["funding_id"].isin(frame["funding_id"]), "year"].isna().all():
        caption += say(lang, "; no years are stated", "；未列年份")
    return table(columns, caption, lang)


def outcomes(frame: pd.DataFrame, lang: str) -> Table | Sentences:
    """Return the rows of `methods.plans.outcomes`, each with who reported it and how sure it is."""
    if frame.empty:
        return nothing("no-outcomes", lang)
    columns = {
        "indicator": frame["indicator"],
        "date": frame["date"],
        "value": frame["value_text"],
        "confidence": [word(key, lang) for key in frame["confidence"]],
        "reported-by": [publishers(name, lang) for name in frame["publisher"]],
        "note": frame["note"],
    }
    caption = say(lang, "Observed values, as reported", "观测值（依报道）")
    return table(columns, caption, lang)


FOLLOWED = {
    "start-and-end": ("with a baseline and a target", "有基期值与目标值的"),
    "end-only": ("with a target only", "只有目标值的"),
    "every-year": ("for every year", "每年的"),
    "in-words": ("in words only", "仅文字表述的"),
}


def profile_sentences(promised: pd.DataFrame, dated: pd.DataFrame, money: pd.DataFrame, lang: str) -> Sentences:
    """Return what a city's plans hold, in three sentences."""
    counts = promised["wording"].value_counts()
    part = say(lang, "{1} {0}", "{0}{1}项")
    parts = [part.format(say(lang, *FOLLOWED[key]), int(counts[key])) for key in WORDINGS if key in counts]
    city, total = promised["city"].iloc[0], len(promised)
    stated = say(lang, f"{city} states {counted(total, 'target')}: ", f"{city}共列{total}项目标：")
    stated += say(lang, ", ", "，").join(parts)
    return Sentences(stated + _besides(len(dated), len(money), lang) + _hedged(promised, lang))


def _besides(dates: int, sums: int, lang: str) -> str:
    """Return how many dated commitments and sums of money stand beside the targets."""
    makes = f" It {'also makes' if dates else 'makes'} {counted(dates, 'dated commitment')} without a number and names"
    english = f".{makes} {counted(sums, 'sum of money') if sums else 'no sum of money'}."
    with_dates = f"另有{dates}项有期限而无数值的承诺" if dates else "未作有期限而无数值的承诺"
    return say(lang, english, f"；{with_dates}，{f'写明{sums}笔资金' if sums else '未写明资金'}。")


def _hedged(promised: pd.DataFrame, lang: str) -> str:
    """Return how many targets are worded “strive for”, and how many rest on what we infer."""
    strives, inferred = int(promised["aspirational"].sum()), int(promised["inferred"].sum())
    english = (
        f" Of the targets, {strives or 'none'} {'are' if strives > 1 else 'is'} worded “strive for” (力争, 争取) and "
        f"{inferred or 'none'} {'rest' if inferred > 1 else 'rests'} on a basis or unit that we infer."
    )
    words = f"{strives}项表述为“力争”“争取”" if strives else "没有表述为“力争”“争取”的"
    basis = f"{inferred}项的口径或单位为推定" if inferred else "没有口径或单位为推定的"
    return say(lang, english, f"目标中，{words}，{basis}。")
