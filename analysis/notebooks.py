"""Which notebooks there are, what parameters they take, and which runs a request means."""

import ast
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from . import plain
from .errors import UserError, quoted, suggest
from .language import LANGUAGES, check_language
from .paths import LONGEST_NAME, NOTEBOOKS, file_name

Parameters = dict[str, Any]
# What Python's reader of literals raises: deep brackets exhaust the stack or the memory, {[]: 1} is a wrong type.
UNREADABLE = (SyntaxError, ValueError, TypeError, MemoryError, RecursionError)


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
        for tags, source in _cells(self.path):
            if "parameters" in tags:
                return _assignments(source, self.path)
        return {}


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
    def name(self) -> str:
        """Return the report's name: the notebook's, then every parameter that is not its default.

        A city always stands in the name, so that a report about a part never replaces one about all.
        """
        chosen = [
            value
            for name, value in self.parameters.items()
            if name == "city" or (name != "lang" and value != self.notebook.defaults[name])
        ]
        return file_name(self.notebook.name, *chosen)

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
) -> list[Run]:
    """Return the runs that a request means, every name checked before anything starts.

    A notebook with the parameter `city` runs once a city, one with `cities` once for all chosen
    ones; every notebook runs once a language. `settings` gives parameters as text, and only
    notebooks that have all of them run. Raises `UserError` with the nearest right answer.
    """
    settings = settings or {}
    cities = [settings["city"]] if "city" in settings else cities or []
    languages = [settings["lang"]] if "lang" in settings else languages or list(LANGUAGES)
    for city in cities:
        if city not in known_cities:
            msg = f"{quoted(city)} is not a city in cities.csv. {suggest(city, known_cities)}"
            raise UserError(msg)
    for lang in languages:
        check_language(lang)
    ordered = [city for city in known_cities if city in cities]
    runs = [
        Run(notebook, parameters | {"lang": lang})
        for notebook in _with_parameters(found, settings)
        for parameters in _parameter_sets(notebook, ordered, known_cities, settings)
        for lang in LANGUAGES
        if lang in languages
    ]
    for run in runs:
        _require_name(run)
    return runs


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
    notebook: Notebook, cities: list[str], known: list[str], settings: dict[str, str]
) -> list[Parameters]:
    """Return the parameters, language aside, of each report that a notebook makes."""
    fixed = {
        name: _typed(text, notebook.defaults[name], name)
        for name, text in settings.items()
        if name not in ("city", "lang")
    }
    if "city" in notebook.defaults:
        return [{"city": city} | fixed for city in cities or known]
    if "cities" in notebook.defaults and cities and cities != known:
        return [{"cities": cities} | fixed]
    return [fixed]


def _with_parameters(found: list[Notebook], settings: dict[str, str]) -> list[Notebook]:
    """Return the notebooks that have all the parameters asked for."""
    known = {name for notebook in found for name in notebook.defaults}
    names = ", ".join(notebook.name for notebook in found)
    for name in settings:
        if name not in known:
            msg = f"{quoted(name)} is not a parameter of {names}. {suggest(name, known)}"
            raise UserError(msg)
    fitting = [notebook for notebook in found if settings.keys() <= notebook.defaults.keys()]
    if not fitting:
        msg = f"No notebook takes {' and '.join(settings)} together. Give fewer parameters."
        raise UserError(msg)
    return fitting


def _typed(text: str, default: Any, name: str) -> Any:
    """Return a parameter given as text as the kind of thing that its default is."""
    if isinstance(default, str):
        return text
    if isinstance(default, list):
        return [part.strip() for part in text.split(",") if part.strip()]
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
        cells = json.loads(plain.content(path, plain.LARGEST_NOTEBOOK))["cells"]
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
