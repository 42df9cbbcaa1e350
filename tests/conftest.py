"""What the tests share: the curated tables, a copy of them to break, and small notebooks to build."""

import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from analysis import cli as commands
from analysis import new_city, tables
from analysis.files import DATA_VARIABLE, FIGURES_VARIABLE, REPORTS_VARIABLE, ROOT


@pytest.fixture(scope="session")
def plans() -> tables.Tables:
    """Return the curated tables, checked once."""
    return tables.load(ROOT / "data")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of the curated tables that a test may break."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


@pytest.fixture(autouse=True)
def no_leftovers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep every test off the project's own figures and off a build's settings."""
    for name in (DATA_VARIABLE, tables.READ_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    # `plans` and the tests of checking check the curated tables; once more in every build would take minutes.
    monkeypatch.setenv(tables.CHECKED_VARIABLE, tables.digest(ROOT / "data"))
    monkeypatch.setenv(FIGURES_VARIABLE, str(tmp_path / "figures"))
    monkeypatch.setenv(REPORTS_VARIABLE, str(tmp_path / "reports"))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the reports and figures of two notebooks in both languages, one city's and one of all."""
    out = tmp_path_factory.mktemp("made")
    for names in (["31-map-measures"], ["11-profile-city", "--cities", "weihai"]):
        assert commands.main(["build", "--notebooks", *names, "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="session")
def site(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of these reports and figures."""
    out = tmp_path_factory.mktemp("published") / "site"
    assert commands.main(["site", "--made", str(made), "--out", str(out)]) == 0
    return out


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that stands exactly once in a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def begun(city: str, folder: Path) -> Path:
    """Return the stubs of a new city with its plan's title filled in, and nothing else."""
    made = new_city.make(city, folder)
    edit(made / "documents.csv", "（待填：方案标题）", "方案")
    return made


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in tables.validate(folder)]


def blocks(guide: str) -> list[tuple[str, str, str]]:
    """Return the kind, the name and the text of every block of code in a walk-through."""
    return re.findall(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)


def until(condition: Callable[[], Any], what: str, patience: float = 60.0) -> Any:
    """Wait for a condition and return what it gives; fail after so many seconds."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    pytest.fail(f"waited {patience} s for {what}")


def run(*arguments: object) -> int:
    return commands.main([str(argument) for argument in arguments])


def write_notebook(folder: Path, name: str, *cells: str, parameters: str = 'lang = "en"') -> None:
    """Write a small notebook with a parameters cell and some code cells."""
    first = nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
    code = [nbformat.v4.new_code_cell(cell) for cell in cells]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A question?"), first, *code])
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    folder.mkdir(exist_ok=True)
    nbformat.write(notebook, folder / f"{name}.ipynb")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
