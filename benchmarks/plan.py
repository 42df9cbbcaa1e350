"""What every way has to run: the same notebooks with the same parameters in the same languages."""

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from analysis import tables
from analysis.files import NOTEBOOKS
from analysis.reports import notebooks


@dataclass(frozen=True)
class Report:
    """One report: its notebook, its parameters and the name of its files."""

    notebook: str
    name: str
    lang: str
    parameters: dict[str, Any]


def copy_notebooks(folder: Path) -> Path:
    """Copy the suite's notebooks, so that they can be touched."""
    shutil.copytree(NOTEBOOKS, folder, ignore=shutil.ignore_patterns(".*"))
    return folder


def reports(folder: Path, languages: list[str]) -> list[Report]:
    """Return the reports of a folder of notebooks."""
    runs = notebooks.plan(notebooks.find(folder), tables.city_ids(), languages=languages)
    return [Report(str(run.notebook.path), run.name, run.lang, run.parameters) for run in runs]


def write(chosen: list[Report], path: Path) -> Path:
    """Write reports for another process."""
    path.write_text(json.dumps([asdict(report) for report in chosen]), encoding="utf-8")
    return path


def read(path: Path) -> list[Report]:
    """Return the reports that `write` wrote."""
    return [Report(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))]


def touch(notebook: Path) -> None:
    """Change a notebook by a comment in its last code cell."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    last = [cell for cell in content["cells"] if cell["cell_type"] == "code"][-1]
    last["source"] = [*last["source"], "\n# touched"]
    notebook.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
