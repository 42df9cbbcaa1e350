"""Every report of a folder, the figures that stand in it, and the cities, dimensions and themes that both are about."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from ..errors import UserError
from ..language import DIMENSIONS, counted, say, word
from ..reports.notebooks import Notebook
from ..tables import Tables, schema, select_cities
from . import codebook
from .gallery import Entry, entries

HEAD = 4_000  # characters: title and description stand before the page's style


@dataclass(frozen=True)
class Subjects:
    """What a figure, a report or an indicator is about, as ids; a filter looks for them."""

    cities: tuple[str, ...]
    dimensions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """A report: its file's name without ending, its title and its first sentences."""

    name: str
    title: str
    description: str


def reports(folder: Path, lang: str) -> list[Report]:
    """Return the reports of a language in reading order; raises `UserError` where there are none."""
    found = [_report(path) for path in sorted((folder / lang).glob("*.html"))]
    if not found:
        msg = f"{folder / lang} holds no report. Make them first: make"
        raise UserError(msg)
    return found


def _report(path: Path) -> Report:
    with path.open(encoding="utf-8") as file:
        head = file.read(HEAD)
    title = re.search(r"<title>(.*?)</title>", head, re.DOTALL)
    description = re.search(r'<meta name="description" content="(.*?)">', head, re.DOTALL)
    texts = [html.unescape(match[1]) if match else "" for match in (title, description)]
    return Report(path.stem, texts[0] or path.stem, texts[1])


def home(entry: Entry, found: list[Report]) -> Report | None:
    """Return the report in which a figure stands: its notebook's, of the city that the figure's name holds."""
    if entry.notebook is None:
        return None
    fitting = [report for report in found if _holds(report.name, entry, entry.notebook.name)]
    return max(fitting, key=lambda report: len(report.name), default=None)


def _holds(report: str, entry: Entry, notebook: str) -> bool:
    name, _, rest = report.partition(notebook)
    return not name and f"{rest}-" in f"-{entry.name}-" if rest else report == notebook


def named(name: str, cities: list[str]) -> list[str]:
    """Return the cities whose ids a name holds, in the order of `cities`; of two ids in one place the longer.

    >>> named("21-compare-targets-xi-an-weihai", ["an", "weihai", "xi-an"])
    ['weihai', 'xi-an']
    """
    ids = "|".join(sorted(map(re.escape, cities), key=len, reverse=True))
    found = re.findall(rf"(?<=-)(?:{ids})(?=-)", f"-{name}-")
    return [city for city in cities if city in found]


def subjects(entry: Entry, plans: Tables) -> Subjects:
    """Return what a figure is about: what its data say, and the cities in its name; else all cities."""
    cities = select_cities(plans)
    said = entry.about.get("cities") or named(entry.name, cities)
    themes = entry.about.get("themes", [])
    return Subjects(
        tuple(city for city in cities if city in said) or tuple(cities),
        _dimensions(entry, plans),
        tuple(theme for theme in plans.themes["theme_id"] if theme in themes),
    )


def _dimensions(entry: Entry, plans: Tables) -> tuple[str, ...]:
    """Return the dimensions that a figure's data name, and those of its indicators and themes."""
    of_indicator = plans.indicators.set_index("indicator_id")["dimension"]
    of_theme = plans.themes.set_index("theme_id")["dimension"]
    named = {
        *entry.about.get("dimensions", []),
        *of_indicator.reindex(entry.about.get("indicators", [])),
        *of_theme.reindex(entry.about.get("themes", [])),
    }
    return tuple(name for name in DIMENSIONS if name in named)


def together(parts: list[Subjects], name: str, plans: Tables) -> Subjects:
    """Return what a report is about: all that its figures are, but the cities alone that its name holds."""
    cities = select_cities(plans)
    themes = {theme for part in parts for theme in part.themes}
    covered = {dimension for part in parts for dimension in part.dimensions}
    return Subjects(
        tuple(named(name, cities) or cities),
        tuple(dimension for dimension in DIMENSIONS if dimension in covered),
        tuple(theme for theme in plans.themes["theme_id"] if theme in themes),
    )


MENU = (
    ("index", "City IP plans", "城市知识产权方案"),
    ("reports", "Reports", "报告"),
    ("gallery", "Gallery", "图库"),
    ("codebook", "Codebook", "编码手册"),
    ("methods", "Methods", "方法"),
)
LEADS = {
    "reports": ("Every report, each a page that stands alone.", "全部报告，每份自成一页。"),
    "gallery": (
        "Every figure under its finding. The data are exactly the numbers drawn.",
        "每幅图及其结论。数据即图中所绘的数值。",
    ),
    "codebook": (
        "What every indicator, theme, document, unit and column of the tables means.",
        "各指标、主题、文件、单位及各表各列的含义。",
    ),
    "methods": ("How growth is computed, and what may be compared.", "增长如何计算，哪些可以比较。"),
}
BESIDE = "'self' file:"  # images lie beside the pages, on a server or on a disk


@dataclass(frozen=True)
class Card:
    """A figure with its report, if that is known, and what it is found by."""

    entry: Entry
    report: Report | None
    about: Subjects


@dataclass(frozen=True)
class Edition:
    """What the site holds in one language."""

    lang: str
    plans: Tables
    reports: list[Report]
    cards: list[Card]


def edition(lang: str, plans: Tables, made: Path, notebooks: list[Notebook]) -> Edition:
    """Return what stands in the `reports/` and `figures/` of a folder in one language."""
    found = reports(made / "reports", lang)
    drawn = entries(made / "figures", lang, notebooks)
    return Edition(lang, plans, found, [Card(entry, home(entry, found), subjects(entry, plans)) for entry in drawn])


def texts(held: Edition) -> Iterator[tuple[str, str]]:
    """Yield the name and the HTML of every page of a language."""
    makers = {"index": _index, "reports": _reports, "gallery": _gallery, "codebook": _codebook, "methods": _methods}
    for name, *titles in MENU:
        page = {"here": name, "menu": MENU, "version": schema()["version"], "choices": _choices(held)}
        if name != "index":
            page |= {"title": say(held.lang, *titles), "description": say(held.lang, *LEADS[name])}
        script = "" if name in ("index", "methods") else "filter.js"
        values = page | makers[name](held)
        yield name, page.render_template(f"site/{name}.html.j2", held.lang, script=script, images=BESIDE, **values)


def _choices(held: Edition) -> dict[str, list[tuple[str, str]]]:
    """Return what the filters offer: ids and names."""
    plans, name = held.plans, f"name_{held.lang}"
    cities = plans.cities.set_index("city_id")[name]
    return {
        "cities": [(city, cities[city]) for city in select_cities(plans)],
        "dimensions": [(dimension, word(dimension, held.lang)) for dimension in DIMENSIONS],
        "themes": list(plans.themes[["theme_id", name]].itertuples(index=False, name=None)),
    }


def _index(held: Edition) -> dict[str, Any]:
    suffix = say(held.lang, "", "_zh")
    cities = select_cities(held.plans)
    single = [report for report in held.reports if len(named(report.name, cities)) == 1]
    read = int(held.plans.documents["source_sha256"].notna().sum())
    # A target that a plan states twice is one target.
    targets = int((held.plans.targets["city_id"].isin(cities) & held.plans.targets["restates"].isna()).sum())
    measures, figures = len(held.plans.measures), len(held.cards)
    english = [counted(read, "document"), counted(targets, "target"), counted(measures, "measure")]
    counts = say(
        held.lang,
        ", ".join([*english, counted(figures, "figure")]),
        f"{read}份文件，{targets}项目标，{measures}项举措，{figures}幅图",
    )
    return {
        "title": schema()[f"title{suffix}"],
        "description": schema()[f"description{suffix}"],
        "counts": counts,
        "general": [report for report in held.reports if report not in single],
        "single": single,
    }


def _reports(held: Edition) -> dict[str, Any]:
    def about(report: Report) -> Subjects:
        parts = [card.about for card in held.cards if card.report == report]
        return together(parts, report.name, held.plans)

    return {"found": [(report, about(report)) for report in held.reports]}


def _gallery(held: Edition) -> dict[str, Any]:
    """Return the cards by report, in the order of the reports; those of none come last."""
    places: dict[Report | None, int] = {report: place for place, report in enumerate(held.reports)}
    ordered = sorted(held.cards, key=lambda card: places.get(card.report, len(places)))
    return {"groups": [(report, list(cards)) for report, cards in groupby(ordered, key=lambda card: card.report)]}


def _codebook(held: Edition) -> dict[str, Any]:
    return {
        "indicators": codebook.indicators(held.plans, held.lang),
        "themes": codebook.themes(held.plans, held.lang),
        "documents": codebook.documents(held.plans, held.lang),
        "units": codebook.units(held.plans, held.lang),
        "columns": codebook.columns(held.lang),
    }


def _methods(held: Edition) -> dict[str, Any]:
    pairs = codebook.pairs(held.plans, held.lang)
    levels, growth = sum(pair.levels for pair in pairs), sum(pair.growth for pair in pairs)
    verdicts = say(
        held.lang,
        f"Of {counted(len(pairs), 'pair')} of targets that two cities set for one indicator, "
        f"{levels or 'none'} may be compared by level and {growth or 'none'} by growth.",
        f"两座城市就同一指标所列的{len(pairs)}对目标中，{levels}对水平可比，{growth}对增长可比。",
    )
    return {
        "sections": codebook.sections(held.lang),
        "withheld": codebook.withheld(held.lang),
        "pairs": pairs,
        "verdicts": verdicts,
    }
