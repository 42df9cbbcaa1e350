"""Which notebooks there are, what parameters they take, and which runs a request means."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..errors import UserError, quoted, suggest
from ..files import LONGEST_NAME, NOTEBOOKS, file_name
from ..language import LANGUAGES, check_language
from .parameters import Parameters, defaults, listed, typed


@dataclass(frozen=True)
class Notebook:
    """A notebook of the suite and the defaults of its parameters cell."""

    path: Path

    @property
    def name(self) -> str:
        """Return the file name without its ending, such as `11-profile-city`."""
        return self.path.stem

    @cached_property
    def defaults(self) -> Parameters:
        """Return the parameters with their defaults, read without running or importing anything."""
        return defaults(self.path)


@dataclass(frozen=True)
class Run:
    """One notebook with the values of its parameters: one report."""

    notebook: Notebook
    parameters: Parameters

    @property
    def lang(self) -> str:
        """Return the language of the report."""
        return str(self.parameters["lang"])

    @property
    def values(self) -> Parameters:
        """Return every parameter of the notebook with the value that it has in this run."""
        return self.notebook.defaults | self.parameters

    @property
    def name(self) -> str:
        """Return the report's name: the notebook's, then its city, every list that is not empty and what is no default.

        An empty list means all. So a report about a part never replaces one about all, not even where somebody has
        written the part into the notebook.
        """
        chosen = [
            value
            for name, value in self.values.items()
            if name == "city" or isinstance(value, list) or (name != "lang" and value != self.notebook.defaults[name])
        ]
        return file_name(self.notebook.name, *chosen)

    @property
    def told(self) -> str:
        """Return the parameters as a message tells them, language aside."""
        return ", ".join(f"{name}={value!r}" for name, value in self.parameters.items() if name != "lang") or "defaults"

    def __str__(self) -> str:
        return f"{self.name} ({self.lang})"


def find(folder: Path = NOTEBOOKS) -> list[Notebook]:
    """Return the notebooks of a folder in reading order."""
    return [Notebook(path) for path in sorted(folder.glob("[0-9][0-9]-*.ipynb"))]


def plan(
    found: list[Notebook],
    known_cities: list[str],
    *,
    cities: list[str] | None = None,
    languages: list[str] | None = None,
    settings: dict[str, str] | None = None,
    known_indicators: list[str] | None = None,
) -> list[Run]:
    """Return the runs that a request means, every name checked before anything starts.

    A notebook with the parameter `city` runs once a city, one with `cities` once for all chosen
    ones; every notebook runs once a language. `settings` gives parameters as text, and only
    notebooks that have all of them run. Cities and indicators stand in the order of their tables,
    and all of them are the default: one report has one name, however it is asked for. Indicators
    are checked where the known ones are given. Raises `UserError` with the nearest right answer.
    """
    settings = settings or {}
    cities = listed(settings["cities"]) if "cities" in settings else cities
    cities = [settings["city"]] if "city" in settings else cities
    chosen = {"cities": _chosen(cities or [], known_cities, "a city", "cities.csv")}
    if known_indicators is not None:
        indicators = listed(settings.get("indicators", ""))
        chosen["indicators"] = _chosen(indicators, known_indicators, "an indicator", "indicators.csv")
    languages = [settings["lang"]] if "lang" in settings else languages or list(LANGUAGES)
    for lang in languages:
        check_language(lang)
    runs = [
        Run(notebook, parameters | {"lang": lang})
        for notebook in _with_parameters(found, settings)
        for parameters in _parameter_sets(notebook, chosen, known_cities, settings)
        for lang in LANGUAGES
        if lang in languages
    ]
    for run in runs:
        _require_name(run)
    _require_distinct(runs)
    return runs


def _chosen(names: list[str], known: list[str], what: str, table: str) -> list[str]:
    """Return the names in the order of their table, none where all are named. Raises `UserError` for an unknown one."""
    for name in names:
        if name not in known:
            msg = f"{quoted(name)} is not {what} in {table}. {suggest(name, known)}"
            raise UserError(msg)
    ordered = [name for name in known if name in names]
    return [] if ordered == known else ordered


def _require_distinct(runs: list[Run]) -> None:
    """Raise for two runs of one name: the report of one would replace that of the other."""
    seen: dict[str, Run] = {}
    for run in runs:
        other = seen.setdefault(str(run), run)
        if other is not run:
            msg = (
                f"{run} would be the report of {other.notebook.name} with {other.told} and of {run.notebook.name} "
                f"with {run.told}. Make one of them with --out in a folder of its own."
            )
            raise UserError(msg)


def _require_name(run: Run) -> None:
    """Raise for parameters that make no name: too long, or the name of the report with the defaults."""
    if len(run.name) > LONGEST_NAME:
        msg = f"{quoted(run.name)} is too long for a report's name. Give fewer or shorter values."
        raise UserError(msg)
    for name, value in run.parameters.items():
        if value != run.notebook.defaults.get(name) and not file_name("", value):
            msg = f"{quoted(value)}, the value of {name}, leaves no letter a-z or digit for the report's name. Add one."
            raise UserError(msg)


def choose(found: list[Notebook], names: list[str] | None) -> list[Notebook]:
    """Return the notebooks of these names, all of them when none is named."""
    known = {notebook.name: notebook for notebook in found}
    for name in names or []:
        if name not in known:
            msg = f"{quoted(name)} is not a notebook in notebooks/. {suggest(name, known)}"
            raise UserError(msg)
    return [notebook for notebook in found if not names or notebook.name in names]


def _parameter_sets(
    notebook: Notebook, chosen: dict[str, list[str]], known: list[str], settings: dict[str, str]
) -> list[Parameters]:
    """Return the parameters, language aside, of each report that a notebook makes, in the order of its own cell."""
    given: Parameters = {
        name: typed(text, notebook.defaults[name], name)
        for name, text in settings.items()
        if name not in ("city", "lang", *chosen)
    }
    given |= {name: names for name, names in chosen.items() if names}
    # What is the default already is not given, so that both requests mean one report.
    given = {
        name: given[name] for name in notebook.defaults if name in given and given[name] != notebook.defaults[name]
    }
    if "city" in notebook.defaults:
        return [{"city": city} | given for city in chosen["cities"] or known]
    return [given]


def _with_parameters(found: list[Notebook], settings: dict[str, str]) -> list[Notebook]:
    """Return the notebooks that have all the parameters asked for."""
    known = {name for notebook in found for name in notebook.defaults}
    names = ", ".join(notebook.name for notebook in found)
    for name in settings:
        if name not in known:
            msg = f"{quoted(name)} is no parameter here. {suggest(name, known)} Notebooks: {names}."
            raise UserError(msg)
    fitting = [notebook for notebook in found if settings.keys() <= notebook.defaults.keys()]
    if not fitting:
        msg = f"No notebook takes {' and '.join(settings)} together. Give fewer parameters."
        raise UserError(msg)
    return fitting
