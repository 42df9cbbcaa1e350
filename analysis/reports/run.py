"""What a run is given and what it gives back, both of which travel between processes and machines."""

import json
import os
import platform
import time
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from .. import tables
from ..files import DATA_VARIABLE, DRAWN_BY_VARIABLE, FIGURES_VARIABLE, REPORTS_VARIABLE
from ..language import say
from . import results
from .notebooks import Run

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from traitlets.config import Config

# One headline number: the values of `results.COLUMNS`, as text that reads back exactly.
Row = tuple[str, ...]


@dataclass(frozen=True)
class Order:
    """A run with its tables and the folder in which its files are made.

    `data` holds a full set of tables, checked, whose digest is `checked`; `digests` has that of each
    table by file name, as the staleness of reports is judged by it. `timeout` is in seconds.
    """

    run: Run
    data: Path
    checked: str
    digests: dict[str, str]
    folder: Path
    engine: str
    timeout: float


@dataclass(frozen=True)
class Failure:
    """Why a run failed: the cell as counted in the notebook, from 1, and the error's last line."""

    cell: int | None
    message: str

    def __str__(self) -> str:
        return f"cell {self.cell}: {self.message}" if self.cell else self.message


@dataclass(frozen=True)
class Result:
    """What came of an order: its failure, if any, the tables that it read, its headline numbers and its duration.

    `title` and `description` are those of the page.
    """

    failure: Failure | None
    tables: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    software: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    title: str = ""
    description: str = ""


# What runs notebooks and makes pages is imported in the process that does so, where `warm` has it ready; the one that
# gives the orders does without.

INJECTED = "injected-parameters"
PACKAGES = ("city-ip-plans", "pandas", "matplotlib", "papermill")


def execute(order: Order, scratch: Path) -> Result:
    """Run a notebook and write it, its page and its figures into the order's folder.

    A notebook that raises gives a result with its failure; its partial copy is then left in the folder.
    `scratch` is an empty folder with a short path, for what the run needs and nobody keeps.
    """
    from papermill.exceptions import PapermillExecutionError

    began = time.perf_counter()
    folder = order.folder / "reports" / order.run.lang
    folder.mkdir(parents=True, exist_ok=True)
    os.environ[DATA_VARIABLE] = str(order.data)
    os.environ[FIGURES_VARIABLE] = str(order.folder / "figures")
    os.environ[REPORTS_VARIABLE] = str(order.folder / "reports")
    os.environ[DRAWN_BY_VARIABLE] = json.dumps(
        {"notebook": order.run.notebook.name, "report": order.run.name, "chosen": bool(_choice(order))}
    )
    os.environ[tables.CHECKED_VARIABLE] = order.checked
    os.environ[tables.READ_VARIABLE] = str(scratch / "read")
    executed = folder / f"{order.run.name}.ipynb"
    try:
        notebook = _without_times(_run(order, executed, scratch))
    except PapermillExecutionError as error:
        # Counted from 0 with the cell of parameters that papermill adds: from 1 without it.
        failure = Failure(error.cell_index, f"{error.ename}: {error.evalue}".strip())
        return Result(failure, _tables_read(order, scratch), [], software(), time.perf_counter() - began)
    rows, read = _recorded(notebook), _tables_read(order, scratch)
    words = _write(notebook, executed, order, read)
    return Result(None, read, rows, software(), time.perf_counter() - began, *words)


def _run(order: Order, executed: Path, scratch: Path) -> "NotebookNode":
    """Run the notebook by papermill, in this process or in a kernel of its own."""
    import papermill

    from . import engine

    engine.register()
    warm = order.engine == engine.NAME
    notebook: NotebookNode = papermill.execute_notebook(
        order.run.notebook.path,
        executed,
        order.run.parameters,
        engine_name=engine.NAME if warm else None,
        kernel_name="python3",
        progress_bar=False,
        request_save_on_cell_execute=False,
        record_timing=False,
        # What a kernel prints comes in pieces that depend on the clock; in one piece it is always the same.
        coalesce_streams=True,
        **({} if warm else {"config": _kernel_config(scratch)}),
    )
    return notebook


def _kernel_config(sockets: Path) -> "Config":
    """Return settings that keep a kernel's traffic off the network, where sockets in files exist.

    Two kernels on one socket wait for each other, and a socket's path may have 107 characters: hence a folder
    of its own with a short path.
    """
    from traitlets.config import Config

    files = {"transport": "ipc", "ip": str(sockets / "socket")}
    return Config({"KernelManager": files if os.name == "posix" else {}})


def _tables_read(order: Order, scratch: Path) -> list[str]:
    """Return the files that the run read: the schema always, cities.csv also where the page names the city."""
    notes = scratch / "read"
    noted = set(notes.read_text(encoding="utf-8").split()) if notes.is_file() else set()
    titled = {"cities.csv"} if _title_fields(order) else set()
    return sorted(noted | titled | {tables.SCHEMA.name})


def _recorded(notebook: "NotebookNode") -> list[Row]:
    """Return the headline numbers that the notebook recorded, in its order."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    recorded = [output["data"][results.MIME] for output in outputs if results.MIME in output.get("data", {})]
    return [tuple(row[column] for column in results.COLUMNS) for rows in recorded for row in rows]


def _write(notebook: "NotebookNode", executed: Path, order: Order, read: list[str]) -> tuple[str, str]:
    """Write the executed notebook and its page, and return the page's title and description."""
    import nbformat

    from . import page

    nbformat.write(notebook, executed)
    run = order.run
    # Of the tables that it read only: those it did not read do not change its page.
    digest = tables.combined({name: order.digests[name] for name in read})
    title = page.title(notebook, run.lang, run.name, _title_fields(order))
    description = page.description(notebook, run.lang) or title
    text = page.render(
        _shown(notebook),
        run.lang,
        name=run.name,
        title=title,
        description=description,
        parameters=", ".join(f"{name} = {value!r}" for name, value in run.values.items()),
        data_version=f"{tables.schema()['version']} ({digest[:12]})",
        software=", ".join(f"{name} {number}" for name, number in software().items()),
    )
    executed.with_suffix(".html").write_text(text, encoding="utf-8")
    return title, description


def _shown(notebook: "NotebookNode") -> "NotebookNode":
    """Return a copy without recorded numbers, which a page does not show and nbconvert would warn of."""
    page: NotebookNode = notebook.copy()
    page["cells"] = [cell.copy() for cell in notebook.cells]
    for cell in page.cells:
        if "outputs" in cell:
            cell["outputs"] = [output for output in cell.outputs if results.MIME not in output.get("data", {})]
    return page


def _title_fields(order: Order) -> dict[str, str]:
    """Return what a title may name: the city in the report's language, and the choice that limits the report."""
    values, lang, chosen = order.run.values, order.run.lang, _choice(order)
    if not (values.get("city") or chosen):
        return {}
    names = tables.city_names(order.data, lang)
    choice = say(lang, ", ", "、").join(names.get(name, name) for name in chosen)
    return {"city": names.get(values.get("city", ""), ""), "choice": choice}


def _choice(order: Order) -> list[str]:
    """Return the ids of the cities and indicators that a report is limited to."""
    return [*order.run.values.get("cities", []), *order.run.values.get("indicators", [])]


@cache
def software() -> dict[str, str]:
    """Return the versions of what makes a report; looking them up takes 0.02 s."""
    return {"Python": platform.python_version(), **{package: version(package) for package in PACKAGES}}


def _without_times(notebook: "NotebookNode") -> "NotebookNode":
    """Return the notebook without time stamps, paths and chance, so that the same run gives the same bytes."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        if INJECTED in cell.metadata.get("tags", []):
            cell["id"] = INJECTED  # papermill draws one
    return notebook
