"""What may be compared and why not: the readme's own words, and every reason and caution that the library gives."""

import re
from dataclasses import dataclass
from pathlib import Path

import mistune

from ..errors import UserError
from ..files import ROOT
from ..language import say, word
from ..methods import comparability, growth
from ..tables import Tables

# The sections of each readme that the page shows, by a word that their headings hold.
SECTIONS = {"README.md": ("Methods", "does not show"), "README.zh.md": ("方法", "未能说明")}


@dataclass(frozen=True)
class Pair:
    """Two cities' targets of one indicator, what of them may be compared, and why not or with what in mind."""

    indicator: str
    cities: str
    levels: bool
    growth: bool
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
    names = {"base": ("baseline not above zero", "基期值不大于零"), "not-meaningful": ("some indicators", "部分指标")}
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
            tuple(getattr(reason, lang) for reason in row["reasons"]),
        )
        for row in comparability.matrix(plans).to_dict("records")
    ]
    return sorted(found, key=lambda pair: (not (pair.levels and pair.growth), not (pair.levels or pair.growth)))
