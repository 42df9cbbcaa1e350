"""What the code imports is declared, not merely there because something else needs it."""

import ast
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from analysis.files import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OURS = {"analysis", "benchmarks", "tests"}


def imported(folder: str) -> set[str]:
    """Return the packages outside the standard library that the modules of a folder import, anywhere in them."""
    names = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names.add(str(node.module).partition(".")[0])
    return names - OURS - set(sys.stdlib_module_names)


def declared(*extras: str) -> set[str]:
    texts = [*PROJECT["dependencies"], *(text for extra in extras for text in PROJECT["optional-dependencies"][extra])]
    return {canonicalize_name(Requirement(text).name) for text in texts}


@pytest.mark.parametrize(
    ("folder", "extras"),
    [
        ("analysis", ["cluster"]),
        ("benchmarks", ["cluster", "dev"]),
        ("tests", ["cluster", "dev"]),
        ("tools", ["dev"]),
    ],
)
def test_every_package_that_is_imported_is_declared(folder: str, extras: list[str]) -> None:
    known, wanted = packages_distributions(), imported(folder)
    assert wanted
    undeclared = [name for name in wanted if not declared(*extras) & set(map(canonicalize_name, known.get(name, [])))]
    assert sorted(undeclared) == []


def test_both_locks_pin_what_is_declared_with_hashes_and_name_no_registry() -> None:
    for name, extras in (("requirements.lock", ["setup"]), ("requirements-dev.lock", ["cluster", "dev", "setup"])):
        text = (ROOT / name).read_text(encoding="utf-8")
        pinned = {canonicalize_name(line.partition("==")[0]) for line in text.splitlines() if "==" in line[:60]}
        assert declared(*extras) <= pinned
        assert "://" not in text
        assert text.count("--hash=sha256:") > len(pinned)
