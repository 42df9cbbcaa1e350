"""Captions of the money and the dates that the plans promise."""

import pandas as pd

from ...language import part_of, say, sentences, spelt_out, together
from ...tables import Tables
from ..base import sources


def sums(frame: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the sums of money."""
    cities = frame["city"].unique().tolist()
    names, count = together(cities, lang), len(frame)
    sums = "one sum of money" if count == 1 else f"{spelt_out(count)} sums of money"
    title = say(lang, f"{names} put{'s' * (len(cities) == 1)} {sums} into plans", f"{names}在方案中写明{count}笔资金")
    rows = [f"{row.label} {row.amount_text}" for row in frame.itertuples()]
    return {
        "title": title,
        "subtitle": say(lang, "Money promised, by recipient and payer", "承诺的资金，按接受单位与出资方分列"),
        "source": sources(frame, tables, lang),
        "note": _sums_note(frame, tables, lang),
        "alt": sentences([title, say(lang, "; ", "；").join(rows)], lang),
    }


def _sums_note(frame: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return how many of all documents name sums, and whether the sums drawn have years."""
    documents = tables.funding["document_id"].nunique()
    read = int(tables.documents["source_file"].notna().sum())
    noun = f"document{'s' * (read != 1)} that {'was' if read == 1 else 'were'} read"
    text = say(
        lang,
        f"Of the {spelt_out(read)} {noun}, {spelt_out(documents)} name{'s' * (documents == 1)} sums. "
        "They are not added up here.",
        f"所读{read}份文件中有{documents}份写明金额。此处不相加。",
    )
    years = tables.funding.loc[tables.funding["funding_id"].isin(frame["funding_id"]), "year"]
    return text + (say(lang, " No years are stated.", "未写明年份。") if years.isna().all() else "")


def time_line(frame: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the dated commitments."""
    title = _busiest(frame, lang)
    rows = [f"{row.date} {row.city} {row.commitment}" for row in frame.itertuples()]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Commitments with a date but without a number; a bar covers the year that is stated, a diamond stands at "
            "a stated month; filled: stated plainly, open: striven for (力争, 争取)",
            "有期限而无数值的承诺；横条为写明的年份，菱形为写明的月份；实心为直接写明，空心为“力争”“争取”",
        ),
        "source": sources(frame, tables, lang),
        "note": say(lang, "† date inferred.", "†日期为推定。") if frame["commitment"].str.endswith("†").any() else "",
        "alt": sentences([title, say(lang, "; ", "；").join(rows)], lang),
    }


def _busiest(frame: pd.DataFrame, lang: str) -> str:
    """Return the year in which most commitments fall due, or the years where no single one has the most."""
    years, total = frame["date"].str[:4], len(frame)
    busiest = years.mode()
    year, count = busiest.iloc[0], int((years == busiest.iloc[0]).sum())
    if count == total:
        part = part_of(total, total, "dated commitment")
        english = f"{part[:1].upper()}{part[1:]} fall{'s' * (total == 1)}"
        return say(lang, f"{english} due in {year}", f"{total}项有期限的承诺{'均' * (total > 1)}于{year}年到期")
    if len(busiest) > 1:
        first, last = years.min(), years.max()
        return say(
            lang,
            f"{spelt_out(total).capitalize()} dated commitments fall due between {first} and {last}",
            f"{total}项有期限的承诺于{first}年至{last}年间到期",
        )
    return say(
        lang,
        f"{spelt_out(count).capitalize()} of {spelt_out(total)} dated commitments fall due in {year}",
        f"{total}项有期限的承诺中，{count}项于{year}年到期",
    )
