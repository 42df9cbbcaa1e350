"""Every report of a folder, the figures that stand in it, and the cities, dimensions and themes that both are about."""

import html
import re
from dataclasses import dataclass
from pathlib import Path

from ..errors import UserError
from ..language import DIMENSIONS
from ..tables import Tables, select_cities
from .gallery import Entry

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
