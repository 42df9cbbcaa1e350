"""Other ways to run the notebooks: papermill's commands under make, its API in threads, and bare scripts."""

import importlib
import io
import json
import multiprocessing
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from . import plan

JOBS = 2


def makefile(reports: list[plan.Report], out: Path) -> str:
    """Return a Makefile with one rule a report: papermill's command, then nbconvert's."""
    pages = {f"{out}/{report.lang}/{report.name}.html": report for report in reports}
    rules = [f"all: {' '.join(pages)}\n"]
    for page, report in pages.items():
        executed = page.removesuffix(".html") + ".ipynb"
        given = " ".join(f"-p {name} {value}" for name, value in report.parameters.items())
        commands = (
            f"mkdir -p {Path(page).parent}",
            f"{sys.executable} -m papermill {report.notebook} {executed} -k python3 --no-progress-bar {given}",
            f"{sys.executable} -m nbconvert --log-level ERROR --to html {executed}",
        )
        rules.append(f"{page}: {report.notebook}\n" + "".join(f"\t@{command}\n" for command in commands))
    return "\n".join(rules)


def threads(reports: list[plan.Report], out: Path) -> None:
    """Run papermill's API in threads and make the pages by nbconvert's."""
    import papermill
    from nbconvert.exporters import HTMLExporter

    def run(report: plan.Report) -> None:
        folder = out / report.lang
        folder.mkdir(parents=True, exist_ok=True)
        executed = folder / f"{report.name}.ipynb"
        notebook = papermill.execute_notebook(
            report.notebook, executed, report.parameters, kernel_name="python3", progress_bar=False
        )
        page, _ = HTMLExporter().from_notebook_node(notebook)
        executed.with_suffix(".html").write_text(page, encoding="utf-8")

    with ThreadPoolExecutor(JOBS) as pool:
        list(pool.map(run, reports))


def scripts(reports: list[plan.Report]) -> None:
    """Run the code cells in order as plain scripts, in one warm forked process a core: no notebook, no page."""
    # What our fork server has at hand, pages aside, which are not made here.
    from analysis.reports import LIBRARY

    for name in LIBRARY:
        importlib.import_module(f"analysis.{name}")

    with multiprocessing.get_context("fork").Pool(JOBS) as pool:
        for _ in pool.imap_unordered(_script, reports):
            pass


def _script(report: plan.Report) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    cells = json.loads(Path(report.notebook).read_text(encoding="utf-8"))["cells"]
    with redirect_stdout(io.StringIO()):
        for cell in cells:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)  # noqa: S102 (the floor is just this)
            if "parameters" in cell["metadata"].get("tags", []):
                names |= report.parameters


if __name__ == "__main__":
    way, listed, place = sys.argv[1:]
    os.environ["IP_PLANS_FIGURES"] = str(Path(place) / "figures")
    chosen = plan.read(Path(listed))
    threads(chosen, Path(place)) if way == "threads" else scripts(chosen)
