"""The parameters of a notebook: their defaults in its parameters cell, and values that are given as text."""

import ast
import json
from pathlib import Path
from typing import Any

from .. import files
from ..errors import UserError, quoted

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
