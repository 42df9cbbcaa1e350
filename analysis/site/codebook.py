"""What every indicator, unit, document, theme and column means, as rows for the codebook's page."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mistune
import pandas as pd

from ..errors import UserError
from ..files import ROOT
from ..language import DIMENSIONS, number, say, word
from ..methods import comparability, growth
from ..tables import Tables, schema, select_cities
from ..tables.datapackage import Record
from .pages import Subjects


@dataclass(frozen=True)
class Row:
    """Cells of a row by name, as text, and what a filter finds it by."""

    cells: dict[str, str]
    about: Subjects


def indicators(plans: Tables, lang: str) -> list[Row]:
    """Return the indicators by dimension, each with the cities that have a target for it."""
    frame = plans.indicators
    aimed = plans.targets.groupby("indicator_id")["city_id"].agg(set)
    ordered = frame.assign(place=frame["dimension"].map(DIMENSIONS.index)).sort_values("place", kind="stable")
    return [
        Row(
            {
                "id": row["indicator_id"],
                "name": row[f"name_{lang}"],
                "definition": row[f"definition_{lang}"],
                "dimension": word(row["dimension"], lang),
                "kind": word(row["kind"], lang),
                "growth": word(row["growth_measure"], lang),
                "cities": _city_names(aimed.get(row["indicator_id"], set()), plans, lang),
            },
            Subjects(_cities(aimed.get(row["indicator_id"], set()), plans), (row["dimension"],)),
        )
        for row in _records(ordered)
    ]


def units(plans: Tables, lang: str) -> list[dict[str, str]]:
    """Return the units with their factors; Chinese symbols are as printed."""
    symbols = plans.units.set_index("unit_id")[f"symbol_{lang}"]
    return [
        {
            "id": row["unit_id"],
            "symbol": row[f"symbol_{lang}"],
            "factor": number(row["factor"]),
            "base": symbols[row["base_unit_id"]],
        }
        for row in _records(plans.units)
    ]


def documents(plans: Tables, lang: str) -> list[Row]:
    """Return the documents with what is known of where each comes from."""
    publishers = plans.sources.set_index("source_id")["publisher"]
    names = plans.cities.set_index("city_id")[f"name_{lang}"]
    shown = ("number", "issued", "period_start", "period_end", "source_file", "source_sha256")
    return [
        Row(
            {name: row[name] for name in shown}
            | {"title": row[f"title_{lang}"], "issuer": row[f"issuer_{lang}"], "note": row[f"note_{lang}"]}
            | {"city": names[row["city_id"]], "publisher": publishers.get(row["source_id"], "")},
            Subjects((row["city_id"],)),
        )
        for row in _records(plans.documents)
    ]


def themes(plans: Tables, lang: str) -> list[Row]:
    """Return the themes of tasks with what counts under each, and the cities that have a task of it."""
    found = plans.measure_themes.merge(plans.measures, on="measure_id").groupby("theme_id")["city_id"].agg(set)
    return [
        Row(
            {
                "name": row[f"name_{lang}"],
                "definition": row[f"definition_{lang}"],
                "dimension": word(row["dimension"], lang),
            },
            Subjects(_cities(found.get(row["theme_id"], set()), plans), (row["dimension"],), (row["theme_id"],)),
        )
        for row in _records(plans.themes)
    ]


def columns(lang: str) -> list[dict[str, Any]]:
    """Return the tables with their columns as `data/datapackage.json` describes them."""
    suffix = "" if lang == "en" else "_zh"
    return [
        {"id": table["name"], "title": table[f"title{suffix}"], "description": table[f"description{suffix}"]}
        | {"fields": [_described(field, suffix) for field in table["schema"]["fields"]]}
        for table in schema()["resources"]
    ]


def _described(field: dict[str, Any], suffix: str) -> dict[str, str]:
    described = {"name": field["name"], "title": field[f"title{suffix}"], "type": field["type"]}
    return described | {"description": field[f"description{suffix}"]}


def _records(frame: pd.DataFrame) -> list[Record]:
    """Return rows with missing cells as empty text."""
    return frame.astype(object).where(frame.notna(), "").to_dict("records")


def _cities(named: set[str], plans: Tables) -> tuple[str, ...]:
    return tuple(city for city in select_cities(plans) if city in named)


def _city_names(named: set[str], plans: Tables, lang: str) -> str:
    names = plans.cities.set_index("city_id")[f"name_{lang}"]
    return ("、" if lang == "zh" else ", ").join(names[city] for city in _cities(named, plans))


# The sections of each readme that the page shows, by a word that their headings hold.
SECTIONS = {"README.md": ("Methods", "does not show"), "README.zh.md": ("方法", "未能说明")}


@dataclass(frozen=True)
class Pair:
    """Two cities' targets of one indicator, what of them may be compared, and why not or with what in mind."""

    indicator: str
    cities: str
    levels: bool
    growth: bool
    standings: tuple[str, str]
    reasons: tuple[str, ...]


def sections(lang: str, root: Path = ROOT) -> list[tuple[str, str]]:
    """Return heading and HTML of the readme's sections on methods; raises `UserError` where one is gone."""
    name = say(lang, *SECTIONS)
    text = (root / name).read_text(encoding="utf-8")
    return [_section(text, held, name) for held in SECTIONS[name]]


def _section(text: str, held: str, name: str) -> tuple[str, str]:
    match = re.search(rf"^## ([^\n]*{held}[^\n]*)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if match is None:
        msg = f"{name} has no heading with {held!r}, whose section the page of methods shows. Give it one."
        raise UserError(msg)
    return match[1], str(mistune.create_markdown()(match[2]))


def withheld(lang: str) -> list[tuple[str, str]]:
    """Return what kind of number has no compound rate, and why."""
    names = {
        "base": ("baseline not above zero", "基期值不大于零"),
        "not-meaningful": ("some indicators", "部分指标"),
        "zero": ("a target of zero", "目标值为零"),
    }
    return [
        (say(lang, *names[key]) if key in names else word(key, lang), text[lang])
        for key, text in growth.WITHHELD.items()
    ]


def pairs(plans: Tables, lang: str) -> list[Pair]:
    """Return every pair of targets that two cities set for one indicator, those that may be compared first."""
    names = plans.indicators.set_index("indicator_id")[f"name_{lang}"]
    cities = plans.cities.set_index("city_id")[f"name_{lang}"]
    joined = say(lang, " and ", "与")
    found = [
        Pair(
            names[row["indicator_id"]],
            f"{cities[row['city_a']]}{joined}{cities[row['city_b']]}",
            bool(row["levels"]),
            bool(row["growth"]),
            (comparability.standing(row["reasons"], "levels"), comparability.standing(row["reasons"], "growth")),
            tuple(getattr(reason, lang) for reason in row["reasons"]),
        )
        for row in comparability.matrix(plans).to_dict("records")
    ]
    return sorted(found, key=lambda pair: (not (pair.levels and pair.growth), not (pair.levels or pair.growth)))


NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
# What makes Excel read a cell as a formula; full-width signs do so where the system is Chinese or Japanese.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def copy_for_excel(source: Path, target: Path) -> None:
    """Copy a CSV file with a byte-order mark and CRLF line ends, no text in it being a formula.

    Without the mark Excel reads UTF-8 as the system's encoding and Chinese is lost. Numbers stay as they are.
    """
    with source.open(encoding="utf-8", newline="") as file:
        rows = [[safe(cell) for cell in row] for row in csv.reader(file)]
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(rows)


def safe(cell: str) -> str:
    """Return a cell with an apostrophe before text that would be a formula.

    >>> safe("=1+1"), safe("-0.5"), safe("+1 point a year"), safe("威海")
    ("'=1+1", '-0.5', "'+1 point a year", '威海')
    """
    return f"'{cell}" if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell) else cell
