"""Write environment.yml from pyproject.toml, or with --check say whether it has drifted.

The ranges are those of pyproject.toml; exact versions would need conda-forge to carry every one of them.
"""

import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "environment.yml"
# conda-forge carries the well-known ones under the same names; what may be missing there comes from PyPI.
FROM_PYPI = {"axe-playwright-python", "frictionless", "playwright", "pylopdf-fonts-zh-cn"}
CONDA_NAMES = {"matplotlib": "matplotlib-base", "flit_core": "flit-core"}
HEAD = """\
# Generated from pyproject.toml by tools/environment.py; do not edit.
# conda env create --file environment.yml
# conda activate city-ip-plans
# pip install --no-deps --no-build-isolation --editable .
name: city-ip-plans
channels:
  - conda-forge
  - nodefaults
dependencies:
"""


def main(arguments: list[str]) -> int:
    """Write the file, or check it; return 1 where it has drifted."""
    expected = environment()
    if "--check" not in arguments:
        TARGET.write_text(expected, encoding="utf-8")
        return 0
    if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == expected:
        return 0
    print("environment.yml has drifted from pyproject.toml. Run: make environment", file=sys.stderr)
    return 1


def environment() -> str:
    """Return the text of environment.yml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    texts = sorted(sum(project["optional-dependencies"].values(), project["dependencies"]))
    wanted = {text: Requirement(text) for text in texts}
    lines = [f"  - python {project['requires-python']}", "  - pip"]
    lines += [f"  - {conda_spec(text, found)}" for text, found in wanted.items() if found.name not in FROM_PYPI]
    lines += ["  - pip:"] + [f"      - {text}" for text, found in wanted.items() if found.name in FROM_PYPI]
    return HEAD + "\n".join(lines) + "\n"


def conda_spec(text: str, requirement: Requirement) -> str:
    """Return a requirement as conda writes it: another name for some, a space before the versions as we wrote them.

    Raises `ValueError` for one that conda has no such words for.
    """
    if requirement.marker or requirement.url or requirement.extras:
        msg = f"{text!r} has a condition, an address or extras. Teach tools/environment.py how conda writes that."
        raise ValueError(msg)
    name = requirement.name
    return f"{CONDA_NAMES.get(name, name)} {text.removeprefix(name).strip()}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
