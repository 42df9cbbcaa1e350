"""The warm engine gives what a Jupyter kernel gives, cell by cell, and every run starts clean."""

import json
import os
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from analysis import tables
from analysis.files import ROOT
from analysis.reports import notebooks, pool
from analysis.reports.notebooks import Notebook, Run
from analysis.reports.pool import Task
from analysis.reports.run import Order, Result, execute

from .conftest import files, write_notebook

pytestmark = pytest.mark.thorough

TIMEOUT = 120.0
# What a notebook can do to its process, its output or its kernel.
CELLS = [
    "print('a')\nprint('b')",
    "import sys\nprint('error', file=sys.stderr)\nprint('output')",
    "1 + 1",
    "_ + 1",
    "from IPython.display import HTML, display\ndisplay(HTML('<b>x</b>'))\ndisplay({'a': 1})",
    "shown = display('first', display_id='d')\nshown.update('second')",
    "!echo from a shell",
    "import os\nos.system('echo from a program')",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "import matplotlib as mpl\nmpl.rcParams['backend'], mpl.rcParams['font.family'], len(mpl.rcParams)",
    "sorted(font.name for font in mpl.font_manager.fontManager.ttflist if 'Noto' in font.name)",
    "import pandas as pd\npd.DataFrame({'a': [1]})",
    "import threading\nthreading.current_thread() is threading.main_thread()",
    "import asyncio\nawait asyncio.sleep(0)\n5",
    "import logging\nlogging.warning('logged')",
    "class A:\n    pass\n\nimport pickle\npickle.loads(pickle.dumps(A())).__class__",
    "%%capture kept\nprint(1)",
    "kept.stdout",
    "import multiprocessing\nmultiprocessing.current_process().daemon",
    "raise SystemExit(3)",
    "input('?')",
    "1 / 0",
]


def order(run: Run, folder: Path, engine: str) -> Order:
    data = ROOT / "data"
    return Order(run, data, tables.digest(data), tables.digests(data), folder, engine, TIMEOUT)


def results(orders: list[Order]) -> list[Result]:
    """Return what came of some orders, in their order."""
    found = {
        task.argument.folder: answer for task, answer in pool.run_all([Task(execute, o, TIMEOUT) for o in orders], 2)
    }
    return [found[o.folder] for o in orders]


def both(runs: list[Run], folder: Path) -> list[tuple[Result, Result]]:
    """Return the results of every run by the warm engine and by a kernel."""
    engines = ("warm", "kernel")
    orders = [order(run, folder / engine / run.name, engine) for run in runs for engine in engines]
    found = results(orders)
    return list(zip(found[::2], found[1::2], strict=True))


def executed(run: Run, folder: Path, engine: str) -> NotebookNode:
    """Return the executed notebook without what papermill notes of failed runs: times and cells of its own."""
    path = folder / engine / run.name / "reports" / run.lang / f"{run.name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        if "papermill-error-cell-tag" in cell.metadata.tags or "injected-parameters" in cell.metadata.tags:
            cell.pop("id")
    return notebook


def test_both_engines_give_the_same_outputs_on_every_notebook_of_the_suite(tmp_path: Path) -> None:
    runs = notebooks.plan(notebooks.find(), ["weihai"], languages=["zh"])
    for run, (warm, kernel) in zip(runs, both(runs, tmp_path), strict=True):
        assert (warm.failure, kernel.failure) == (None, None), run
        assert replace(warm, seconds=0) == replace(kernel, seconds=0), run
        mine, theirs = executed(run, tmp_path, "warm"), executed(run, tmp_path, "kernel")
        for cell, other in zip(mine.cells, theirs.cells, strict=True):
            assert cell == other, run
        assert mine == theirs
        page = f"reports/zh/{run.name}.html"
        pages = [(tmp_path / engine / run.name / page).read_bytes() for engine in ("warm", "kernel")]
        assert pages[0] == pages[1]
        for engine in ("warm", "kernel"):
            drawn = files(tmp_path / engine / run.name / "figures")
            assert drawn == {name: (ROOT / "figures" / name).read_bytes() for name in drawn}, run
            assert len(drawn) >= 4


def test_both_engines_agree_on_outputs_errors_and_tags(tmp_path: Path) -> None:
    write_notebook(tmp_path / "suite", "90-all", *CELLS)
    path = tmp_path / "suite" / "90-all.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells[2:-1]:
        cell.metadata["tags"] = ["raises-exception"]
    notebook.cells.insert(3, nbformat.v4.new_code_cell("1 / 0", metadata={"tags": ["skip-execution"]}))
    nbformat.write(notebook, path)
    run = Run(Notebook(path), {"lang": "en"})
    ((warm, kernel),) = both([run], tmp_path)
    assert str(warm.failure) == str(kernel.failure) == f"cell {len(CELLS) + 3}: ZeroDivisionError: division by zero"
    mine, theirs = executed(run, tmp_path, "warm"), executed(run, tmp_path, "kernel")
    for cell, other in zip(mine.cells, theirs.cells, strict=True):
        assert cell == other
    assert mine == theirs
    shell = next(cell for cell in mine.cells if cell.source == CELLS[6])
    assert shell.outputs[0]["text"] == "from a shell\r\n"


LEAVES = """
import os, random, sys
import matplotlib as mpl, numpy as np, pandas as pd
mpl.rcParams["font.size"] = 99
pd.set_option("display.max_rows", 3)
os.environ["LEFT_BEHIND"] = "1"
os.chdir("/")
sys.argv.append("left")
sys.modules["left_behind"] = sys
np.random.seed(1); random.seed(1)
import builtins, analysis.style
builtins.left_behind = analysis.style.INK = "left"
"""
FINDS = """
import builtins, os, random, sys
import matplotlib as mpl, numpy as np, pandas as pd
import analysis.style
from pathlib import Path
found = [mpl.rcParams["font.size"], mpl.rcParams["axes.edgecolor"], pd.get_option("display.max_rows")]
found += [os.environ.get("LEFT_BEHIND"), os.getcwd()]
found += [sys.argv[1:], "left_behind" in sys.modules, hasattr(builtins, "left_behind"), analysis.style.INK]
chance = [float(np.random.rand()), random.random()]
import json
Path(os.environ["IP_PLANS_FIGURES"]).mkdir()
Path(os.environ["IP_PLANS_FIGURES"], "found.json").write_text(json.dumps([found, chance]))
"""


def test_nothing_of_one_run_reaches_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OF_THIS_PROCESS", "1")
    for name, cell in (("10-finds", FINDS), ("20-leaves", LEAVES), ("30-finds", FINDS)):
        write_notebook(tmp_path / "suite", name, cell)
    runs = [Run(Notebook(path), {"lang": "en"}) for path in sorted((tmp_path / "suite").iterdir())]
    for run in runs:
        (result,) = results([order(run, tmp_path / run.name, "warm")])
        assert result.failure is None
    before, after = (
        json.loads((tmp_path / name / "figures/found.json").read_text()) for name in ("10-finds", "30-finds")
    )
    assert before[0] == after[0] == [10.0, "black", 60, None, str(tmp_path), [], False, False, "#1f2430"]
    assert before[1][0] != after[1][0]
    assert before[1][1] != after[1][1]
    assert "LEFT_BEHIND" not in os.environ
