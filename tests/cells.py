"""What the notebooks show, cell by cell, without a kernel and without drawing: their own code on any tables."""

import ast
import functools
import json
from typing import Any

import pytest

from analysis import tables
from analysis.figures.base import Picture, figure
from analysis.files import NOTEBOOKS
from analysis.methods import ambition
from analysis.reports import results
from analysis.tables import Tables
from analysis.texts import Sentences, Table

Shown = dict[str, Picture | Sentences | Table]


def shown(plans: Tables, lang: str, *names: str, draws: int = 200, **parameters: object) -> Shown:
    """Return what the cells of some notebooks show, of all unless named, by figure or else by function.

    A figure is planned, not drawn: its `draw` draws it.
    """
    found: Shown = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "load", lambda: plans)
        patch.setattr(figure, "__call__", lambda self, *given, **options: self.plan(*given, **options))
        patch.setattr(results, "record", lambda *_, **__: None)
        patch.setattr(ambition, "score", functools.partial(ambition.score, draws=draws))
        for path in sorted(NOTEBOOKS.glob("*.ipynb")):
            if not names or path.stem in names:
                found |= _run(_code(path.read_text(encoding="utf-8")), {**parameters, "lang": lang})
    return found


def _code(notebook: str) -> list[str]:
    cells = json.loads(notebook)["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def _run(cells: list[str], parameters: dict[str, object]) -> Shown:
    """Run cells in one namespace, the first with its values replaced, and return what their last lines give."""
    found: Shown = {}
    space: dict[str, Any] = {}
    exec(cells[0], space)  # noqa: S102 - a notebook of the suite
    space |= {name: value for name, value in parameters.items() if name in space}
    for cell in cells[1:]:
        *body, last = ast.parse(cell).body
        exec(compile(ast.Module(body, []), "cell", "exec"), space)  # noqa: S102
        if isinstance(last, ast.Expr):
            given = eval(compile(ast.Expression(last.value), "cell", "eval"), space)  # noqa: S307
            if given is not None:
                found[_name(last.value, given)] = given
        else:
            exec(compile(ast.Module([last], []), "cell", "exec"), space)  # noqa: S102
    return found


def _name(call: ast.expr, given: object) -> str:
    """Return a figure's name, else that of the function that was called."""
    return given.name if isinstance(given, Picture) else call.func.attr
