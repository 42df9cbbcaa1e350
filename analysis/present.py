"""Results as a reader meets them in a notebook: tables with headings in one language, and sentences."""

import html
from dataclasses import dataclass

import pandas as pd

from .arrange import other_span, published
from .language import lower_first, quantity, say, word
from .promises import WORDINGS
from .tables import Tables, join


@dataclass(frozen=True)
class Table:
    """A frame whose columns are already words; shown as a plain HTML table with a caption."""

    frame: pd.DataFrame
    caption: str

    def _repr_html_(self) -> str:
        if self.frame.empty:
            return f'<p class="finding">{html.escape(self.caption)}: –</p>'
        body = self.frame.to_html(index=False, border=0, na_rep="", classes="report", justify="left")
        return body.replace("<thead>", f"<caption>{html.escape(self.caption)}</caption>\n  <thead>", 1)


@dataclass(frozen=True)
class Sentences:
    """Sentences computed from the tables, shown as a paragraph."""

    text: str

    def _repr_html_(self) -> str:
        return f'<p class="finding">{html.escape(self.text)}</p>'


def documents(tables: Tables, city: str, lang: str) -> Table:
    """Return the city's documents: title, number, issuer, date and years."""
    frame = tables.documents[tables.documents["city_id"] == city]
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
    return _table(columns, caption, lang)


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
        "source": _place(promised, tables, lang),
        "note": promised["note"],
    }
    caption = say(
        lang,
        "Every target, restatements left out. † basis or unit inferred; "
        "◇ the plan says that it strives for it (力争, 争取)",
        "全部目标，重复者不列。†口径或单位为推定；◇方案表述为“力争”“争取”",
    )
    return _table(columns, caption, lang)


def dates(frame: pd.DataFrame, tables: Tables, lang: str) -> Table:
    """Return the rows of `promises.dates`."""
    columns = {
        "date": frame["date"],
        "commitment": frame["commitment"],
        "kind": frame["kind"],
        "source": _place(frame, tables, lang),
    }
    caption = say(
        lang, "Commitments with a date but without a measure; † date inferred", "有期限而无数值的承诺；†日期为推定"
    )
    return _table(columns, caption, lang)


def sums(frame: pd.DataFrame, tables: Tables, lang: str) -> Table:
    """Return the rows of `promises.sums`; no total is drawn that the document does not draw."""
    columns = {
        "recipient": frame["recipient"],
        "purpose": frame["purpose"],
        "payer": frame["payer"],
        "amount": frame["amount_text"],
        "printed": frame["printed_amount"],
        "source": _place(frame, tables, lang),
    }
    caption = say(lang, "Money promised; the document prints no total and no years", "承诺的资金；文件未列合计与年份")
    return _table(columns, caption, lang)


def growth(rates: pd.DataFrame, tables: Tables, lang: str) -> Table:
    """Return the growth table in words: values, the figure that may be published, and what is withheld."""
    records = rates.to_dict("records")
    units = tables.units.set_index("unit_id")
    amounts = [
        f"{quantity(row['baseline_value'], units.loc[row['unit_id']], lang)} → "
        f"{quantity(row['target_value'], units.loc[row['unit_id']], lang)}"
        for row in records
    ]
    other = [published(row, tables.units, lang, reading="alternative_") for row in records]
    # A word joiner after the dash keeps both years on one line.
    span = say(lang, "{}–\u2060{} ({:g})", "{}–\u2060{}（{:g}年）")
    spans = [span.format(row["baseline_year"], row["target_year"], row["years"]) for row in records]
    other_spans = [other_span(row, lang) for row in records]
    columns = {
        "city": rates["city"],
        "indicator": rates["indicator"],
        "basis": [word(row["basis"], lang) + (" †" if row["basis_status"] == "inferred" else "") for row in records],
        "target": amounts,
        "years": spans,
        "growth": [published(row, tables.units, lang) for row in records],
        "other-reading": [f"{text}{span}" if text else "" for text, span in zip(other, other_spans, strict=True)],
        "note": (rates["withheld"].fillna("") + say(lang, " ", "") + rates["caution"].fillna("")).str.strip(),
        "source": _place(rates, tables, lang),
    }
    caption = say(
        lang,
        "Growth that the plans imply, one row a target with a baseline; † basis inferred",
        "各方案隐含的增长，每行一项列有基期值的目标；†口径为推定",
    )
    return _table(columns, caption, lang)


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
            f"{city} states {len(promised)} targets ({', '.join(parts)}), {len(dated)} dated commitments "
            f"without a measure and {len(money) or 'no'} sums of money. The plan only strives for "
            f"{strives or 'none'} of the targets (力争, 争取); "
            f"{inferred or 'none'} of them rest on a basis or unit that we infer.",
            f"{city}共列{len(promised)}项目标（{'、'.join(parts)}）、{len(dated)}项有期限而无数值的承诺和{len(money)}笔资金。"
            f"其中{strives}项目标表述为“力争”“争取”，{inferred}项的口径或单位为推定。",
        )
    )


def growth_sentences(rates: pd.DataFrame, tables: Tables, lang: str) -> Sentences:
    """Return how many targets can have which growth figure, and which cities and targets can have none."""
    frame = join(tables)
    total = int((frame["restates"].isna() & (frame["city_kind"] == "city")).sum())
    counts = rates["measure"].value_counts()
    part = say(lang, "{} ({})", "{}{}项")
    parts = [part.format(word(measure, lang), count) for measure, count in counts.items()]
    second = int(rates["alternative_measure"].notna().sum())
    text = say(
        lang,
        f"{len(rates)} of {total} targets have a baseline and so can have a growth figure: {', '.join(parts)}. "
        f"For {second} of them the text or the plan's period allows a second reading, which stands beside the first. ",
        f"{total}项目标中，{len(rates)}项列有基期值，可计算增长：{'、'.join(parts)}。"
        f"其中{second}项因原文或方案期间容许第二种读法，两者并列。",
    )
    return Sentences(text + _without_growth(rates, tables, lang))


def _without_growth(rates: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return the cities without any baseline, and the growth rates that plans state themselves."""
    cities = tables.cities[(tables.cities["kind"] == "city") & ~tables.cities["city_id"].isin(rates["city_id"])]
    names = say(lang, " and ", "、").join(cities[f"name_{lang}"])
    text = say(lang, f"No row stands here for {names}.", f"{names}无一行在列。") if len(cities) else ""
    frame = join(tables)
    for row in frame[frame["basis"] == "growth-rate"].to_dict("records"):
        city, name, rate = row[f"city_name_{lang}"], row[f"indicator_name_{lang}"], f"{row['target_value']:g}%"
        text += say(
            lang,
            f" {city} itself states a growth rate, {rate} a year for {lower_first(name)}, without a level.",
            f"{city}自行写明一项增长率（{name}年均{rate}），但无数量。",
        )
    return text


NOTHING = {
    "no-rates": ("No target chosen here can have a compound rate.", "所选目标均不能计算复合增长率。"),
    "no-shared": ("The chosen cities share no indicator with a baseline.", "所选城市没有共同列有基期值的指标。"),
}


def nothing(key: str, lang: str) -> Sentences:
    """Return a sentence in place of a figure that would be empty."""
    return Sentences(say(lang, *NOTHING[key]))


def _place(frame: pd.DataFrame, tables: Tables, lang: str) -> list[str]:
    """Return the document number and the place of every row."""
    documents = tables.documents.set_index("document_id")
    numbers = documents["number"].fillna(documents[f"title_{lang}"])
    row_of = say(lang, "{}, table row {}", "{}指标表第{}行")
    item_of = say(lang, "{}, item {}", "{}条目{}")
    return [
        row_of.format(numbers[row["document_id"]], row["locator"].removeprefix("table:"))
        if row["locator"].startswith("table:")
        else item_of.format(numbers[row["document_id"]], row["locator"])
        for row in frame.to_dict("records")
    ]


def _table(columns: dict, caption: str, lang: str) -> Table:
    frame = pd.DataFrame({word(key, lang): pd.Series(list(cells)) for key, cells in columns.items()})
    return Table(frame.fillna(""), caption)
