"""Tables and sentences of what one city promises."""

import pandas as pd

from ..language import counted, say, word
from ..promises import WORDINGS
from ..tables import Tables, select_cities
from .base import Sentences, Table, nothing, places, table


def documents(tables: Tables, cities: list[str] | None, lang: str) -> Table:
    """Return the cities' documents: title, number, date and years; all cities when none is named."""
    frame = tables.documents[tables.documents["city_id"].isin(select_cities(tables, cities))]
    issued = frame["issued"].fillna(word("not-stated", lang))
    issued = issued.where(frame["issued_status"] != "printing-date", issued + say(lang, " (printed)", "（印发）"))
    period = (frame["period_start"] + " – " + frame["period_end"]).fillna(word("not-stated", lang))
    columns = {
        "document": frame[f"title_{lang}"],
        "number": frame["number"],
        "issued": issued,
        "period": period,
        "base-year": frame["base_year"].astype("str").where(frame["base_year"].notna(), word("not-stated", lang)),
        "note": frame[f"note_{lang}"],
    }
    caption = say(lang, "The documents that were read", "所读文件")
    return table(columns, caption, lang)


def targets(promised: pd.DataFrame, tables: Tables, lang: str) -> Table:
    """Return the rows of `promises.targets` with years, printed cells, basis and place."""
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
    """Return the rows of `promises.dates`."""
    if frame.empty:
        return nothing("no-dates", lang)
    columns = {
        "date": frame["date"],
        "commitment": frame["commitment"],
        "kind": frame["kind"],
        "source": places(frame, tables, lang),
    }
    caption = say(
        lang, "Commitments with a date but without a measure; † date inferred", "有期限而无数值的承诺；†日期为推定"
    )
    return table(columns, caption, lang)


def sums(frame: pd.DataFrame, tables: Tables, lang: str) -> Table | Sentences:
    """Return the rows of `promises.sums`; no total is drawn that the document does not draw."""
    if frame.empty:
        return nothing("no-money", lang)
    columns = {
        "recipient": frame["recipient"],
        "purpose": frame["purpose"],
        "payer": frame["payer"],
        "amount": frame["amount_text"],
        "printed": frame["printed_amount"],
        "source": places(frame, tables, lang),
    }
    caption = say(lang, "Money promised; the document prints no total and no years", "承诺的资金；文件未列合计与年份")
    return table(columns, caption, lang)


def outcomes(frame: pd.DataFrame, lang: str) -> Table | Sentences:
    """Return the rows of `promises.outcomes`, each with who reported it and how sure it is."""
    if frame.empty:
        return nothing("no-outcomes", lang)
    columns = {
        "indicator": frame["indicator"],
        "date": frame["date"],
        "value": frame["value_text"],
        "confidence": [word(key, lang) for key in frame["confidence"]],
        "reported-by": frame["publisher"],
        "note": frame["note"],
    }
    caption = say(lang, "Observed values, as reported", "观测值（依报道）")
    return table(columns, caption, lang)


def profile_sentences(promised: pd.DataFrame, dated: pd.DataFrame, money: pd.DataFrame, lang: str) -> Sentences:
    """Return what a city's plans hold, in a sentence or two."""
    counts = promised["wording"].value_counts()
    part = say(lang, "{1} {0}", "{0}{1}项")
    parts = [part.format(word(key, lang), int(counts[key])) for key in WORDINGS if key in counts]
    city, strives, inferred = (
        promised["city"].iloc[0],
        int(promised["aspirational"].sum()),
        int(promised["inferred"].sum()),
    )
    return Sentences(
        say(
            lang,
            f"{city} states {counted(len(promised), 'target')} ({', '.join(parts)}), "
            f"{counted(len(dated), 'dated commitment')} without a measure and {counted(len(money), 'sum of money')}. "
            f"The plan only strives for {strives or 'none'} of the targets (力争, 争取); "
            f"{inferred or 'none'} of them rest on a basis or unit that we infer.",
            f"{city}共列{len(promised)}项目标（{'、'.join(parts)}）、{len(dated)}项有期限而无数值的承诺和{len(money)}笔资金。"
            f"其中{strives}项目标表述为“力争”“争取”，{inferred}项的口径或单位为推定。",
        )
    )
