"""Results as a reader meets them in a notebook: tables with headings in one language, and sentences."""

import html
from dataclasses import dataclass

import pandas as pd

from .comparability import BOTH, among, growth_partners
from .language import percent, quantity, signed, word
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
    issued = issued.where(frame["issued_status"] != "printing-date", issued + {"en": " (printed)", "zh": "（印发）"}[lang])
    period = (frame["period_start"] + " – " + frame["period_end"]).fillna(word("not-stated", lang))
    columns = {
        "document": frame[f"title_{lang}"],
        "number": frame["number"],
        "issued": issued,
        "period": period,
        "base-year": frame["base_year"].astype("str").where(frame["base_year"].notna(), word("not-stated", lang)),
        "note": frame[f"note_{lang}"],
    }
    caption = {"en": "The documents that were read", "zh": "所读文件"}[lang]
    return _table(columns, caption, lang)


def targets(promised: pd.DataFrame, tables: Tables, lang: str) -> Table:
    """Return the rows of `promises.targets` with years, printed cells, basis and place."""
    year = promised["target_year"].astype("str").where(promised["target_year"].notna(), word("every-year", lang))
    base_year = promised["baseline_year"].astype("str")
    baseline = promised["baseline"].fillna(word("not-stated", lang))
    baseline = baseline.where(promised["baseline_year"].isna(), baseline + " (" + base_year + ")")
    marks = promised["inferred"].map({True: " †", False: ""})
    columns = {
        "dimension": [word(name, lang) for name in promised["dimension"]],
        "indicator": promised["indicator"] + promised["aspirational"].map({True: " ◇", False: ""}),
        "baseline": baseline,
        "target": promised["target"] + " (" + year + ")",
        "printed": promised["printed"],
        "basis": pd.Series([word(basis, lang) for basis in promised["basis"]], index=promised.index) + marks,
        "source": _place(promised, tables),
        "note": promised["note"],
    }
    caption = {
        "en": "Every target, restatements left out. † basis or unit inferred; ◇ the plan says that it strives for it (力争, 争取)",
        "zh": "全部目标，重复者不列。†口径或单位为推定；◇方案表述为“力争”“争取”",
    }[lang]
    return _table(columns, caption, lang)


def dates(frame: pd.DataFrame, tables: Tables, lang: str) -> Table:
    """Return the rows of `promises.dates`."""
    columns = {"date": frame["date"], "commitment": frame["commitment"], "kind": frame["kind"], "source": _place(frame, tables)}
    caption = {"en": "Commitments with a date but without a measure; † date inferred", "zh": "有期限而无数值的承诺；†日期为推定"}[lang]
    return _table(columns, caption, lang)


def sums(frame: pd.DataFrame, tables: Tables, lang: str) -> Table:
    """Return the rows of `promises.sums`; no total is drawn that the document does not draw."""
    columns = {
        "recipient": frame["recipient"],
        "purpose": frame["purpose"],
        "payer": frame["payer"],
        "amount": frame["amount_text"],
        "printed": frame["printed_amount"],
        "source": _place(frame, tables),
    }
    caption = {"en": "Money promised; the document prints no total and no years", "zh": "承诺的资金；文件未列合计与年份"}[lang]
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
    spans = [f"{row['baseline_year']}–{row['target_year']} ({row['years']:g})" for row in records]
    other_spans = [_other_span(row, lang) for row in records]
    columns = {
        "city": rates["city"],
        "indicator": rates["indicator"],
        "basis": [word(row["basis"], lang) + (" †" if row["basis_status"] == "inferred" else "") for row in records],
        "target": amounts,
        "years": spans,
        "growth": [published(row, tables.units, lang) for row in records],
        "other-reading": [f"{text}{span}" if text else "" for text, span in zip(other, other_spans, strict=True)],
        "withheld": rates["withheld"],
        "caution": rates["caution"],
        "source": _place(rates, tables),
    }
    caption = {
        "en": "Growth that the plans imply, one row a target with a baseline; † basis inferred",
        "zh": "各方案隐含的增长，每行一项列有基期值的目标；†口径为推定",
    }[lang]
    return _table(columns, caption, lang)


def published(row: dict, units: pd.DataFrame, lang: str, *, reading: str = "") -> str:
    """Return the figure that may be published for a row of the growth table, in words.

    `reading` is empty for the first reading and `alternative_` for the second; none gives "".
    """
    measure = row[f"{reading}measure"]
    if pd.isna(measure) or measure == "none":
        return ""
    unit = units.set_index("unit_id").loc[row["unit_id"]]
    change = row[f"{reading}annual_change"]
    if measure == "compound":
        return {"en": "{} a year", "zh": "年均{}"}[lang].format(percent(row[f"{reading}compound_rate"]))
    if measure == "points":
        noun = "point" if signed(change, 2) == "+1" else "points"
        return {"en": f"{{}} {noun} a year", "zh": "年均{}分"}[lang].format(signed(change, 2))
    if measure == "percentage-points":
        return {"en": "{} percentage points a year", "zh": "年均{}个百分点"}[lang].format(signed(change, 3))
    if measure == "implied-flow":
        text = quantity(float(f"{change:.4g}"), unit, lang)
        return {"en": "{} a year, implied", "zh": "年均{}（推算）"}[lang].format(text)
    text = f"+{quantity(row['change'], unit, lang)}"
    return {"en": "{} between the two means", "zh": "两期均值{}"}[lang].format(text)


def _other_span(row: dict, lang: str) -> str:
    """Return what the second reading assumes: other years, or another basis."""
    if pd.notna(row["alternative_basis"]):
        return {"en": " if a {}", "zh": "（若为{}）"}[lang].format(word(row["alternative_basis"], lang))
    if pd.notna(row["alternative_years"]):
        return {"en": " over {:g} years", "zh": "（{:g}年）"}[lang].format(row["alternative_years"])
    return ""


def shared_panels(rates: pd.DataFrame, pairs: pd.DataFrame, tables: Tables, lang: str) -> list[dict]:
    """Return one panel an indicator for which several cities state baseline and target.

    Each panel holds the lines whose growth may be compared, with their labels, or the reasons why not.
    `pairs` comes from `comparability.matrix`.
    """
    panels = []
    for _, group in rates.groupby("indicator_id", sort=False):
        chosen = among(pairs, group)
        if chosen.empty:
            continue
        ids = growth_partners(chosen)
        lines = [_line(row, tables, lang) for row in group[group["target_id"].isin(ids)].to_dict("records")]
        stops = [reason for reasons in chosen.loc[~chosen["growth"], "reasons"] for reason in reasons if reason.stops == BOTH]
        panels.append(
            {
                "indicator": group["indicator"].iloc[0],
                "target_ids": group["target_id"].tolist(),
                "lines": lines,
                "reasons": list(dict.fromkeys(getattr(reason, lang) for reason in stops)),
                "stated": [_stated(row, tables, lang) for row in group[~group["target_id"].isin(ids)].to_dict("records")],
            }
        )
    return sorted(panels, key=lambda panel: not panel["lines"])


def panel_rows(panels: list[dict], rates: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the growth table that the panels show, drawn or only stated."""
    shown = [target for panel in panels for target in panel["target_ids"]]
    return rates.set_index("target_id").loc[shown].reset_index()


def _line(row: dict, tables: Tables, lang: str) -> dict:
    """Return a row with the labels of both ends; the second reading stands under the first."""
    start, end = _ends(row, tables, lang)
    label = f"{row['city']} {end}\n{published(row, tables.units, lang)}"
    other = published(row, tables.units, lang, reading="alternative_")
    if other:
        label += {"en": f"\n({other.removesuffix(' a year')}{_other_span(row, lang)})", "zh": f"\n{other}{_other_span(row, lang)}"}[lang]
    return row | {"label_start": start, "label_end": label}


def _ends(row: dict, tables: Tables, lang: str) -> tuple[str, str]:
    """Return baseline and target as short as a figure needs them: a ratio's unit stands in the indicator's name."""
    unit = tables.units.set_index("unit_id").loc[row["unit_id"]]
    short = unit["kind"] == "ratio"
    start, end = (
        f"{row[column]:g}" if short else quantity(row[column], unit, lang) for column in ("baseline_value", "target_value")
    )
    return start, end


def _stated(row: dict, tables: Tables, lang: str) -> str:
    """Return what a row states, in words, for a panel that draws nothing."""
    start, end = _ends(row, tables, lang)
    mark = " †" if row["basis_status"] == "inferred" else ""
    basis = word(row["basis"], lang) + mark
    return {"en": f"{row['city']}: {start} → {end} ({basis})", "zh": f"{row['city']}：{start} → {end}（{basis}）"}[lang]


def rate_labels(rates: pd.DataFrame, lang: str) -> pd.Series:
    """Return the text beside each compound rate: rate, years, second reading, counts where the base is small."""
    return pd.Series([_rate_label(row, lang) for row in rates.to_dict("records")], index=rates.index)


def _rate_label(row: dict, lang: str) -> str:
    span = {"en": "{}, {:g} yrs", "zh": "{}（{:g}年）"}[lang]
    text = span.format(percent(row["compound_rate"]), row["years"])
    if pd.notna(row["small_base"]):
        text += {"en": f" ({row['small_base']})", "zh": f"（{row['small_base']}）"}[lang]
    if pd.notna(row["alternative_compound_rate"]):
        text += "  ○ " + span.format(percent(row["alternative_compound_rate"]), row["alternative_years"])
    return text


def comparable_groups(rates: pd.DataFrame, pairs: pd.DataFrame, lang: str) -> list[tuple[str, list[str]]]:
    """Return the compound rates in blocks: those that cities may compare, by indicator, then the rest by city.

    In a block the steepest comes first; rows of one indicator stay together.
    """
    shared = rates["target_id"].isin(growth_partners(among(pairs, rates)))
    steepest = rates.groupby("indicator_id")["compound_rate"].transform("max")
    order = rates.assign(steepest=steepest).sort_values(["steepest", "indicator_id", "compound_rate"], ascending=False)
    heading = {"en": "May be compared between cities", "zh": "城市间可比"}[lang]
    groups = [(heading, order.loc[shared.loc[order.index], "target_id"].tolist())]
    for city in rates["city"].unique():
        rest = order[~shared.loc[order.index] & (order["city"] == city)].sort_values("compound_rate", ascending=False)
        groups.append(({"en": f"{city} only", "zh": f"仅{city}"}[lang], rest["target_id"].tolist()))
    return [(heading, ids) for heading, ids in groups if ids]


def profile_sentences(promised: pd.DataFrame, dated: pd.DataFrame, money: pd.DataFrame, lang: str) -> Sentences:
    """Return what a city's plans hold, in a sentence or two."""
    counts = promised["wording"].value_counts()
    parts = [f"{int(counts[key])} {word(key, lang)}" if lang == "en" else f"{word(key, lang)}{int(counts[key])}项" for key in WORDINGS if key in counts]
    strives = int(promised["aspirational"].sum())
    city = promised["city"].iloc[0]
    return Sentences(
        {
            "en": f"{city} states {len(promised)} targets ({', '.join(parts)}), {len(dated)} dated commitments without a measure "
            f"and {len(money)} sums of money. Of the targets, {strives} are things the plan only strives for, "
            f"and {int(promised['inferred'].sum())} rest on a basis or unit that we infer.",
            "zh": f"{city}共列{len(promised)}项目标（{'、'.join(parts)}）、{len(dated)}项有期限而无数值的承诺和{len(money)}笔资金。"
            f"其中{strives}项目标表述为“力争”“争取”，{int(promised['inferred'].sum())}项的口径或单位为推定。",
        }[lang]
    )


def growth_sentences(rates: pd.DataFrame, tables: Tables, lang: str) -> Sentences:
    """Return how many targets can have which growth figure, and which cities and targets can have none."""
    total = int(tables.targets["restates"].isna().sum())
    counts = rates["measure"].value_counts()
    parts = [f"{count} {word(measure, lang)}" if lang == "en" else f"{word(measure, lang)}{count}项" for measure, count in counts.items()]
    second = int(rates["alternative_measure"].notna().sum())
    text = {
        "en": f"{len(rates)} of {total} targets have a baseline and so can have a growth figure: {', '.join(parts)}. "
        f"For {second} of them the text or the plan's period allows a second reading, which stands beside the first. ",
        "zh": f"{total}项目标中，{len(rates)}项列有基期值，可计算增长：{'、'.join(parts)}。"
        f"其中{second}项因原文或方案期间容许第二种读法，两者并列。",
    }[lang]
    return Sentences(text + _without_growth(rates, tables, lang))


def _without_growth(rates: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return the cities without any baseline, and the growth rates that plans state themselves."""
    cities = tables.cities[(tables.cities["kind"] == "city") & ~tables.cities["city_id"].isin(rates["city_id"])]
    names = {"en": " and ", "zh": "、"}[lang].join(cities[f"name_{lang}"])
    text = {"en": f"No row stands here for {names}.", "zh": f"{names}无一行在列。"}[lang] if len(cities) else ""
    frame = join(tables)
    for row in frame[frame["basis"] == "growth-rate"].to_dict("records"):
        city, name, rate = row[f"city_name_{lang}"], row[f"indicator_name_{lang}"], f"{row['target_value']:g}%"
        text += {
            "en": f" {city} itself states a growth rate, {rate} a year for {name}, without a level.",
            "zh": f"{city}自行写明一项增长率（{name}年均{rate}），但无数量。",
        }[lang]
    return text


NOTHING = {
    "no-rates": ("No target chosen here can have a compound rate.", "所选目标均不能计算复合增长率。"),
    "no-shared": ("The chosen cities share no indicator with a baseline.", "所选城市没有共同列有基期值的指标。"),
}


def nothing(key: str, lang: str) -> Sentences:
    """Return a sentence in place of a figure that would be empty."""
    return Sentences(NOTHING[key][0 if lang == "en" else 1])


def _place(frame: pd.DataFrame, tables: Tables) -> list[str]:
    """Return the document number and item of every row."""
    numbers = tables.documents.set_index("document_id")["number"]
    return [f"{numbers[row['document_id']]} {row['locator']}" for row in frame.to_dict("records")]


def _table(columns: dict, caption: str, lang: str) -> Table:
    frame = pd.DataFrame({word(key, lang): pd.Series(list(cells)) for key, cells in columns.items()})
    return Table(frame.fillna(""), caption)
