"""Every report of a folder, the figures that stand in it, and the cities, dimensions and themes that both are about."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from ..errors import UserError
from ..language import DIMENSIONS, counted, say, word
from ..reports import freshness, page
from ..tables import Tables, schema, select_cities
from . import codebook
from .gallery import Entry, entries


@dataclass(frozen=True)
class Subjects:
    """What a figure, a report or an indicator is about, as ids; a filter looks for them."""

    cities: tuple[str, ...]
    dimensions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """A report: its file's name without ending, its title, its first sentences, and the cities it is limited to."""

    name: str
    title: str
    description: str
    cities: tuple[str, ...]


def reports(made: Path, lang: str) -> list[Report]:
    """Return the recorded reports of a language in reading order; raises `UserError` where there are none."""
    found = [entry for key, entry in freshness.read(made)["reports"].items() if key.startswith(f"{lang}/")]
    made_ones = [entry for entry in found if entry["status"] == freshness.MADE]
    if not made_ones:
        msg = f"{made / 'reports' / lang} holds no report. Make them first: make"
        raise UserError(msg)
    return sorted(map(_report, made_ones), key=lambda report: report.name)


def _report(entry: freshness.Entry) -> Report:
    chosen = entry["parameters"]
    cities = tuple(filter(None, [chosen.get("city"), *chosen.get("cities", [])]))
    return Report(entry["report"], entry["title"], entry["description"], cities)


def subjects(entry: Entry, report: Report | None, plans: Tables) -> Subjects:
    """Return what a figure is about: the cities that its data name, else those of its report, else all."""
    cities = select_cities(plans)
    said = entry.about.get("cities") or (report.cities if report else ())
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


def together(parts: list[Subjects], report: Report, plans: Tables) -> Subjects:
    """Return what a report is about: all that its figures are, but only the cities that it is limited to."""
    themes = {theme for part in parts for theme in part.themes}
    covered = {dimension for part in parts for dimension in part.dimensions}
    return Subjects(
        report.cities or tuple(select_cities(plans)),
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


def edition(lang: str, plans: Tables, made: Path) -> Edition:
    """Return what stands in the `reports/` and `figures/` of a folder in one language."""
    found = reports(made, lang)
    by_name = {report.name: report for report in found}
    drawn = [(entry, by_name.get(entry.report)) for entry in entries(made / "figures", lang)]
    return Edition(lang, plans, found, [Card(entry, report, subjects(entry, report, plans)) for entry, report in drawn])


def texts(held: Edition) -> Iterator[tuple[str, str]]:
    """Yield the name and the HTML of every page of a language."""
    makers = {"index": _index, "reports": _reports, "gallery": _gallery, "codebook": _codebook, "methods": _methods}
    for name, *titles in MENU:
        common = {"here": name, "menu": MENU, "version": schema()["version"], "choices": _choices(held)}
        if name != "index":
            common |= {"title": say(held.lang, *titles), "description": say(held.lang, *LEADS[name])}
        script = "" if name in ("index", "methods") else "filter.js"
        values = common | makers[name](held)
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
    single = [report for report in held.reports if len(report.cities) == 1]
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
        return together(parts, report, held.plans)

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
