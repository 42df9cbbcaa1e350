"""Captions of the money and the dates that the plans promise."""

import pandas as pd

from ..language import listed, say, sentences, spelt_out
from ..tables import Tables
from .base import sources


def sums(frame: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the sums of money."""
    cities = frame["city"].unique().tolist()
    documents, count = frame["document_id"].nunique(), len(frame)
    read = int(tables.documents["source_file"].notna().sum())
    title = say(
        lang,
        f"Only {listed(cities, lang)} puts sums of money into a plan: {spelt_out(count)}, without a total"
        if len(cities) == 1
        else f"{spelt_out(len(cities)).capitalize()} cities put sums of money into plans, {spelt_out(count)} in all",
        f"{'仅' if len(cities) == 1 else ''}{listed(cities, lang)}在方案中写明资金：共{count}笔，未列合计",
    )
    rows = [f"{row.label} {row.amount_text}" for row in frame.itertuples()]
    return {
        "title": title,
        "subtitle": say(lang, "Money promised, by recipient and paying treasury", "承诺的资金，按接受单位与出资方分列"),
        "source": sources(frame, tables, lang),
        "note": say(
            lang,
            f"{spelt_out(documents).capitalize()} of the {spelt_out(read)} documents that were read names sums. "
            "They are not added up, because the document does not add them; it states no years.",
            f"所读{read}份文件中有{documents}份写明金额。文件未作合计，故不相加；亦未列年份。",
        ),
        "alt": sentences([title, say(lang, "; ", "；").join(rows)], lang),
    }


def time_line(frame: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the dated commitments."""
    years = frame["date"].str[:4]
    busiest = years.mode().iloc[0]
    count, total = int((years == busiest).sum()), len(frame)
    title = say(
        lang,
        f"{spelt_out(count).capitalize()} of {spelt_out(total)} dated commitments fall due in {busiest}",
        f"{total}项有期限的承诺中，{count}项于{busiest}年到期",
    )
    rows = [f"{row.date} {row.city} {row.commitment}" for row in frame.itertuples()]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Commitments with a date but without a measure; a bar covers the year that is stated, a diamond stands at "
            "a stated month; filled: stated plainly, open: striven for (力争, 争取)",
            "有期限而无数值的承诺；横条为写明的年份，菱形为写明的月份；实心为直接写明，空心为“力争”“争取”",
        ),
        "source": sources(frame, tables, lang),
        "note": say(lang, "† date inferred.", "†日期为推定。"),
        "alt": sentences([title, say(lang, "; ", "；").join(rows)], lang),
    }
