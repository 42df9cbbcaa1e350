"""Run one notebook in a worker process and make its report in a staging folder."""

import os
import platform
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from . import tables
from .notebooks import Run
from .paths import DATA_VARIABLE, FIGURES_VARIABLE

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from traitlets.config import Config


@dataclass(frozen=True)
class Order:
    """A run with its tables, the folder in which its files are made, and the digest of checked tables."""

    run: Run
    data: Path
    folder: Path
    checked: str


@dataclass(frozen=True)
class Failure:
    """Why a run failed: the cell as counted in the notebook, from 1, and the error's last line."""

    cell: int | None
    message: str

    def __str__(self) -> str:
        return f"cell {self.cell}: {self.message}" if self.cell else self.message


def execute(order: Order) -> Failure | None:
    """Run a notebook by papermill and write it, its page and its figures into the order's folder.

    Returns the failure of a notebook that raises; its partial copy is then left in the folder.
    """
    import papermill  # 2 s: workers import it while the main process shows progress
    from papermill.exceptions import PapermillExecutionError

    run, folder = order.run, order.folder / "reports" / order.run.lang
    folder.mkdir(parents=True, exist_ok=True)
    os.environ[DATA_VARIABLE] = str(order.data)
    os.environ[FIGURES_VARIABLE] = str(order.folder / "figures")
    os.environ[tables.CHECKED_VARIABLE] = order.checked
    executed = folder / f"{run.name}.ipynb"
    try:
        # A folder of its own, with a short path: two kernels on one socket wait for each other, and
        # a socket's path may have 107 characters.
        with tempfile.TemporaryDirectory(prefix="kernel-") as sockets:
            notebook = papermill.execute_notebook(
                run.notebook.path,
                executed,
                run.parameters,
                kernel_name="python3",
                progress_bar=False,
                config=_kernel_config(Path(sockets)),
            )
    except PapermillExecutionError as error:
        # Counted from 0 with the cell of parameters that papermill adds: from 1 without it.
        return Failure(error.cell_index, f"{error.ename}: {error.evalue}".strip())
    _write(_without_times(notebook), executed, order)
    return None


def _kernel_config(sockets: Path) -> "Config":
    """Return settings that keep a kernel's traffic off the network, where sockets in files exist."""
    from traitlets.config import Config

    files = {"transport": "ipc", "ip": str(sockets / "socket")}
    return Config({"KernelManager": files if os.name == "posix" else {}})


def _write(notebook: "NotebookNode", executed: Path, order: Order) -> None:
    """Write the executed notebook and its page."""
    import nbformat

    from . import report  # after papermill, which brings nbconvert's dependencies anyway

    nbformat.write(notebook, executed)
    run = order.run
    page = report.render(
        notebook,
        run.lang,
        name=run.name,
        fields=_title_fields(order),
        parameters=", ".join(f"{name} = {value!r}" for name, value in run.parameters.items()),
        data_version=f"{tables.schema()['version']} ({order.checked[:12]})",
        software=_software(),
    )
    executed.with_suffix(".html").write_text(page, encoding="utf-8")


def _title_fields(order: Order) -> dict[str, str]:
    """Return what a title may name: the city in the report's language."""
    city = order.run.parameters.get("city")
    return {"city": tables.city_names(order.data, order.run.lang)[city]} if city else {}


def _software() -> str:
    packages = ("city-ip-plans", "pandas", "matplotlib", "papermill")
    versions = [f"{package} {version(package)}" for package in packages]
    return ", ".join([f"Python {platform.python_version()}", *versions])


def _without_times(notebook: "NotebookNode") -> "NotebookNode":
    """Return the notebook without time stamps and paths, so that the same run gives the same bytes."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
    return notebook
