"""What the tests share: the curated tables, and a copy of them to break."""

import shutil
from pathlib import Path

import pytest

from analysis import __main__ as commands
from analysis import tables
from analysis.paths import DATA_VARIABLE, FIGURES_VARIABLE, ROOT


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
    for name in (DATA_VARIABLE, tables.CHECKED_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(FIGURES_VARIABLE, str(tmp_path / "figures"))


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
