"""The tree shows the architecture: small modules and functions, all of them named in the reading order."""

import ast
from pathlib import Path

import pytest

import analysis
from analysis.files import ROOT

LIBRARY = ROOT / "analysis"
MODULES = sorted(LIBRARY.rglob("*.py"))
LONGEST_MODULE = 560  # lines
MOST_MODULES = 90
LONGEST_FUNCTION = 30  # lines without the docstring
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name(path: Path) -> str:
    return path.relative_to(LIBRARY).as_posix()


def lines_of(function: Function) -> int:
    """Return how many lines a function has from its name on, its docstring left out."""
    docstring = ast.get_docstring(function, clean=False)
    return (function.end_lineno or 0) - function.lineno + 1 - (len(docstring.splitlines()) if docstring else 0)


def test_one_person_can_hold_the_library() -> None:
    assert 50 < len(MODULES) <= MOST_MODULES


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_and_functions_are_small_and_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) <= LONGEST_MODULE
    functions = [node for node in ast.walk(tree) if isinstance(node, Function)]
    assert [(node.name, lines_of(node)) for node in functions if lines_of(node) > LONGEST_FUNCTION] == []
    first = (ast.get_docstring(tree) or "").partition("\n")[0]
    assert first.endswith((".", ":"))


def test_the_reading_order_names_every_module() -> None:
    tops = {path.stem for path in LIBRARY.glob("*.py")} | {path.parent.name for path in LIBRARY.glob("*/__init__.py")}
    hidden = {"__init__", "__main__"}
    assert {stem for stem in tops - hidden if f"`{stem}`" not in str(analysis.__doc__)} == set()


# Their modules are one a topic, side by side.
UNORDERED = {"methods", "texts", "figures"}
PACKAGES = [path.parent for path in LIBRARY.rglob("*/__init__.py") if path.parent.name not in UNORDERED]


@pytest.mark.parametrize("package", PACKAGES, ids=name)
def test_the_order_of_a_package_names_every_module_of_it(package: Path) -> None:
    docstring = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""
    stems = {path.stem for path in package.glob("*.py")} - {"__init__"}
    assert {stem for stem in stems if f"`{stem}`" not in docstring} == set()
