"""What the plans are, what they cover, how their targets are worded, and what they leave open."""

import re

import pandas as pd

from ..errors import UserError
from ..language import DIMENSIONS, check_language, quantity, say, word
from ..tables import Tables, join, select_cities
from ..tables.datapackage import Cells
from .units import to_base

# How a target is worded: a number, at least a number, a range, or no number at all.
FORMS = ("exact", "floor", "range", "words")
# What a plan can leave open about a target that it states.
OPEN = ("no-baseline", "no-year", "inferred-basis", "open-basis", "inferred-unit")


def horizons(tables: Tables, cities: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return one row a document of the chosen cities and of the benchmark: issue, base year, period, target year.

    Times (`*_at`) are years with fractions, on a scale where year Y runs from Y to Y + 1: base and target years stand
    at their end, a date of issue at its day, a period runs from its first day to its last. What is not stated is
    missing. Unknown cities or languages raise `UserError`.
    """
    check_language(lang)
    frame = tables.documents.merge(tables.cities, on="city_id", how="left")
    frame = frame[frame["city_id"].isin(select_cities(tables, cities)) | (frame["kind"] == "nation")]
    frame = frame.assign(
        city=frame[f"name_{lang}"],
        title=frame[f"title_{lang}"],
        issued_at=frame["issued"].map(_moment).astype("float64"),
        base_at=frame["base_year"].astype("float64") + 1,
        horizon_at=frame["horizon"].astype("float64") + 1,
        start_at=frame["period_start"].map(_start).astype("float64"),
        end_at=frame["period_end"].map(_end).astype("float64"),
    )
    columns = ["document_id", "city_id", "kind", "city", "title", "issued", "issued_status", "base_year", "horizon"]
    return frame[[*columns, "issued_at", "base_at", "horizon_at", "start_at", "end_at"]].reset_index(drop=True)


def forms(tables: Tables, cities: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return how many of each city's targets have which form, striven for or not; restatements left out."""
    frame = _targets(tables, cities, lang)
    frame["form"] = "exact"
    frame["form"] = frame["form"].mask(frame["bound"].isin(["ge", "gt"]), "floor")
    frame["form"] = frame["form"].mask(frame["target_upper"].notna(), "range")
    frame["form"] = frame["form"].mask(frame["bound"] == "qualitative", "words")
    counts = frame.groupby(["city_id", "city", "form", "aspirational"], sort=False).size()
    return counts.rename("targets").reset_index()


def dimensions(tables: Tables, cities: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return how many targets each city has in each dimension, zero where it has none; restatements left out.

    A city without any target has a row of zeros. Unknown cities or languages raise `UserError`.
    """
    frame, chosen = _targets(tables, cities, lang), select_cities(tables, cities)
    grid = pd.MultiIndex.from_product([chosen, DIMENSIONS], names=["city_id", "dimension"])
    counts = frame.groupby(["city_id", "indicator_dimension"]).size().rename_axis(grid.names)
    table = counts.reindex(grid, fill_value=0).rename("targets").reset_index()
    return table.assign(city=table["city_id"].map(tables.cities.set_index("city_id")[f"name_{lang}"]))


def left_open(tables: Tables, cities: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return how many targets of each city leave open what a reader needs to check them; restatements left out."""
    frame = _targets(tables, cities, lang)
    holds = {
        "no-baseline": frame["baseline_value"].isna(),
        "no-year": frame["target_year"].isna(),
        "inferred-basis": frame["basis_status"] == "inferred",
        "open-basis": frame["alternative_basis"].notna(),
        "inferred-unit": frame["unit_status"] == "inferred",
    }
    marked = frame[["city_id", "city"]].assign(targets=1, **holds)
    return marked.groupby(["city_id", "city"], sort=False).sum().astype(int).reset_index()


def benchmark(tables: Tables, lang: str = "en") -> pd.DataFrame:
    """Return the benchmark's targets, each with the plan's document and who reported it."""
    frame = join(tables)
    frame = frame[(frame["city_kind"] == "nation") & frame["restates"].isna()]
    publisher = frame["document_source_id"].map(tables.sources.set_index("source_id")["publisher"])
    return frame.assign(indicator=frame[f"indicator_name_{lang}"], publisher=publisher)


def _targets(tables: Tables, cities: list[str] | None, lang: str) -> pd.DataFrame:
    check_language(lang)
    frame = join(tables)
    frame = frame[frame["city_id"].isin(select_cities(tables, cities)) & frame["restates"].isna()]
    order = {city: place for place, city in enumerate(tables.cities["city_id"])}
    frame = frame.sort_values("city_id", key=lambda ids: ids.map(order), kind="stable")
    return frame.assign(city=frame[f"city_name_{lang}"])


def _moment(date: str | float) -> float:
    """Return the beginning of an ISO date's day as a year with a fraction."""
    if pd.isna(date):
        return float("nan")
    day = pd.Timestamp(date)
    return day.year + (day.day_of_year - 1) / (366 if day.is_leap_year else 365)


def _start(date: str | float) -> float:
    """Return the beginning of a year or of a month."""
    if not isinstance(date, str):
        return float("nan")
    year, _, month = date.partition("-")
    return int(year) + (int(month) - 1) / 12 if month else float(year)


def _end(date: str | float) -> float:
    """Return the end of a year or of a month."""
    if not isinstance(date, str):
        return float("nan")
    year, _, month = date.partition("-")
    return int(year) + int(month) / 12 if month else int(year) + 1.0


# How far a promise can be followed, from most to least.
WORDINGS = ("start-and-end", "end-only", "every-year", "in-words")
BOUNDS = {"ge": "≥ ", "gt": "> ", "approx": "≈ "}


def targets(tables: Tables, city: str, lang: str = "en") -> pd.DataFrame:
    """Return the city's targets, restatements left out, one row each in the documents' order.

    Numbers stay in `baseline_value` and `target_value` (unit `unit_id`); `baseline` and `target` are
    the same as a reader writes them, `printed` as the document does. `wording` says how far the promise
    can be followed, `share_of_target` is baseline over target (missing for a target of 0), `inferred`
    marks an inferred basis or unit, `document_id` and `locator` the place, `direction` is 1 where more is
    better and −1 where less is. A city without a target, an unknown one and an unknown language
    raise `UserError`.
    """
    check_language(lang)
    (city,) = select_cities(tables, [city])
    frame = join(tables)
    frame = frame[(frame["city_id"] == city) & frame["restates"].isna()].reset_index(drop=True)
    if frame.empty:
        msg = f"{city!r} has no target in targets.csv. Add its first target, then build again."
        raise UserError(msg)
    frame["indicator"] = frame[f"indicator_name_{lang}"]
    frame["city"] = frame[f"city_name_{lang}"]
    frame["dimension"] = frame["indicator_dimension"]
    frame["wording"] = _wording(frame)
    frame["baseline"] = [amount(row, row["baseline_value"], lang) for row in frame.to_dict("records")]
    frame["target"] = [target_in_words(row, lang) for row in frame.to_dict("records")]
    frame["printed"] = [_printed(row) for row in frame.to_dict("records")]
    frame["share_of_target"] = frame["baseline_value"] / frame["target_value"].mask(frame["target_value"] == 0)
    frame["direction"] = frame["indicator_direction"]
    frame["inferred"] = (frame["basis_status"] == "inferred") | (frame["unit_status"] == "inferred")
    frame["note"] = frame[f"note_{lang}"]
    return frame[TARGET_COLUMNS]


TARGET_COLUMNS = [
    "target_id", "city_id", "city", "indicator_id", "indicator", "dimension", "document_id", "locator",
    "baseline_year", "baseline_value", "target_year", "target_value", "target_upper", "unit_id",
    "baseline", "target", "printed", "share_of_target", "basis", "bound", "wording", "aspirational", "inferred", "note",
    "direction",
]  # fmt: skip


def wording_counts(promised: pd.DataFrame) -> pd.DataFrame:
    """Return how many of the targets are worded how, one row a dimension and wording."""
    return promised.groupby(["dimension", "wording"]).size().rename("targets").reset_index()


def dates(tables: Tables, cities: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return the cities' dated commitments without a number, by date; all cities when none is named."""
    frame = _of_cities(tables.milestones, tables, cities, lang)
    frame["commitment"] = frame[f"label_{lang}"] + frame["date_status"].map({"inferred": " †", "stated": ""})
    frame["kind"] = [word(kind, lang) for kind in frame["kind"]]
    columns = [
        "milestone_id",
        "city_id",
        "city",
        "date",
        "commitment",
        "kind",
        "aspirational",
        "document_id",
        "locator",
    ]
    return frame.sort_values("date", kind="stable")[columns]


def sums(tables: Tables, cities: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return the sums of money that the cities' documents promise, in the documents' order.

    `amount_base` is the amount in `base_unit_id`, so that sums in 万元 and 亿元 share a scale; sums of two bases, such
    as CNY and USD, share none. Unknown cities or languages raise `UserError`.
    """
    frame = _of_cities(tables.funding, tables, cities, lang).merge(tables.units, on="unit_id", how="left")
    frame["amount_base"] = to_base(frame["amount"], frame["unit_id"], tables.units)
    frame["amount_text"] = [quantity(row["amount"], row, lang) for row in frame.to_dict("records")]
    frame["recipient"], frame["purpose"] = frame[f"recipient_{lang}"], frame[f"purpose_{lang}"]
    frame["payer"] = [word(payer, lang) for payer in frame["payer"]]
    frame["label"] = frame["recipient"] + say(lang, ", ", "，") + frame["payer"]
    return frame[SUM_COLUMNS]


SUM_COLUMNS = [
    "funding_id", "city_id", "city", "label", "recipient", "purpose", "payer", "amount", "unit_id", "amount_base",
    "amount_text", "printed_amount", "document_id", "locator", "base_unit_id",
]  # fmt: skip


def outcomes(tables: Tables, cities: list[str] | None = None, lang: str = "en") -> pd.DataFrame:
    """Return what is known to have happened in the cities, by indicator and date, with how sure it is.

    `value_text` is the value as a reader writes it, `publisher` who first reported it. An observed
    value answers a target only if the indicator is the same; the definitions say whether it is.
    """
    frame = _of_cities(tables.observations, tables, cities, lang).merge(tables.units, on="unit_id", how="left")
    names = tables.indicators.set_index("indicator_id")[f"name_{lang}"]
    frame["indicator"] = frame["indicator_id"].map(names)
    frame["value_text"] = [quantity(row["value"], row, lang) for row in frame.to_dict("records")]
    frame["publisher"] = frame["source_id"].map(tables.sources.set_index("source_id")["publisher"])
    frame["note"] = frame[f"note_{lang}"]
    return frame.sort_values(["indicator_id", "date"], kind="stable")[OUTCOME_COLUMNS]


OUTCOME_COLUMNS = [
    "observation_id", "city_id", "city", "indicator_id", "indicator", "date", "value", "unit_id", "value_text",
    "confidence", "source_id", "publisher", "note",
]  # fmt: skip


def amount(row: Cells, value: float, lang: str) -> str | None:
    """Return a value with its unit in words, nothing where it is missing."""
    if pd.isna(value):
        return None
    unit = {name: row[f"unit_{name}"] for name in ("kind", "factor", "symbol_zh", "base_unit_id")}
    return quantity(value, unit, lang)


def target_in_words(row: Cells, lang: str) -> str:
    """Return the target as a reader writes it: its words, its number with its bound, or its range."""
    if pd.isna(row["target_value"]):
        translated = lang == "en" and pd.notna(row["target_words_en"])
        return f"'{row['target_words_en']}'" if translated else f"“{row['printed_target']}”"
    lower, upper = (amount(row, row[name], lang) for name in ("target_value", "target_upper"))
    return BOUNDS.get(row["bound"], "") + (str(lower) if upper is None else _range(str(lower), upper))


def _range(lower: str, upper: str) -> str:
    """Return two amounts as a range that names a currency or unit once if both ends have it.

    >>> _range("CNY 1.25 billion", "CNY 1.5 billion"), _range("8000件", "1.2万件")
    ('CNY 1.25–1.5 billion', '8000件–1.2万件')
    """
    ends = [re.fullmatch(r"(\D*)([\d.,]+)(.*)", text) for text in (lower, upper)]
    (before, low, unit), (_, high, _) = (end.groups() if end else ("", "", "") for end in ends)
    if f"{before}{high}{unit}" != upper:
        return f"{lower}–{upper}"
    return f"{before}{low}–{high}{unit}"


def _of_cities(frame: pd.DataFrame, tables: Tables, cities: list[str] | None, lang: str) -> pd.DataFrame:
    """Return the rows of the chosen cities with the city's name beside them."""
    check_language(lang)
    chosen = frame[frame["city_id"].isin(select_cities(tables, cities))].copy()
    chosen["city"] = chosen["city_id"].map(tables.cities.set_index("city_id")[f"name_{lang}"])
    return chosen


def _wording(frame: pd.DataFrame) -> pd.Series:
    """Return how each promise is worded; without a target year, only a yearly flow or a mean recurs every year."""
    wording = pd.Series("end-only", index=frame.index)
    yearly = (frame["recurrence"] == "yearly") | frame["basis"].isin(["flow", "period-mean"])
    wording = wording.mask(frame["target_year"].isna() & yearly, "every-year")
    wording = wording.mask(frame["baseline_value"].notna(), "start-and-end")
    return wording.mask(frame["target_value"].isna(), "in-words")


def _printed(row: Cells) -> str:
    """Return the cells as printed: baseline, target, and the unit where it stands apart from them."""
    parts = [row["printed_baseline"], row["printed_target"]]
    text = " → ".join(part for part in parts if pd.notna(part))
    unit = row["printed_unit"]
    return text if pd.isna(unit) or unit in text else f"{text} {unit}"
