"""The parameters of a notebook: their defaults in its parameters cell, and values that are given as text."""

import ast
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from .. import files
from ..errors import UserError, quoted, suggest
from ..files import LONGEST_NAME, NOTEBOOKS, file_name
from ..language import LANGUAGES, check_language

Parameters = dict[str, Any]
# What Python's reader of literals raises: deep brackets exhaust the stack or the memory, {[]: 1} is a wrong type.
UNREADABLE = (SyntaxError, ValueError, TypeError, MemoryError, RecursionError)


def defaults(path: Path) -> Parameters:
    """Return the parameters of a notebook with their defaults, read without running or importing anything.

    Raises `UserError` for a file that is no notebook, and for a parameters cell that computes.
    """
    for tags, source in _cells(path):
        if "parameters" in tags:
            return _assignments(source, path)
    return {}


def listed(text: str) -> list[str]:
    """Return the values of a list that is given as text, be it written as in a notebook.

    >>> listed("weihai, xiamen,"), listed("['weihai', 'xiamen']")
    (['weihai', 'xiamen'], ['weihai', 'xiamen'])
    """
    parts = (part.strip(" []'\"") for part in text.split(","))
    return [part for part in parts if part]


def typed(text: str, default: Any, name: str) -> Any:
    """Return a parameter given as text as the kind of thing that its default is.

    Raises `UserError` for a text that stands for no such thing.
    """
    if isinstance(default, str):
        return text
    if isinstance(default, list):
        return listed(text)
    try:
        value = ast.literal_eval(text)
    except UNREADABLE:
        value = text
    if not isinstance(value, type(default)):
        msg = f"{quoted(text)} is no value for {name}. Give one like its default, {default!r}."
        raise UserError(msg)
    return value


def _cells(path: Path) -> list[tuple[list[str], str]]:
    """Return the tags and the text of every cell. Raises `UserError` for a file that is no notebook."""
    try:
        cells = json.loads(files.content(path, files.LARGEST_NOTEBOOK))["cells"]
        return [(cell["metadata"].get("tags", []), "".join(cell["source"])) for cell in cells]
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        msg = f"{path} is not a notebook ({type(error).__name__}: {error}). Save it anew in JupyterLab, or move it."
        raise UserError(msg) from error


def _assignments(source: str, path: Path) -> Parameters:
    """Return the names and values that a parameters cell assigns."""
    try:
        return {
            node.targets[0].id: ast.literal_eval(node.value)
            for node in ast.parse(source).body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
    except UNREADABLE as error:
        msg = f"The parameters cell of {path} must hold plain assignments such as lang = 'en' ({error})."
        raise UserError(msg) from error


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
