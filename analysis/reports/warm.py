"""Import and try out, once for all runs, what every run needs; the fork server imports this module.

A process that forks from here has the libraries, a compiled page template and Matplotlib's classes at hand. Nothing
here may start a thread, which a fork would lose, or leave a trace that a notebook could see.
"""

import gc
import importlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from ..files import FIGURES_VARIABLE
from . import LIBRARY
from .run import software

# As ipykernel sets it, and read when Matplotlib is imported.
BACKEND = "module://matplotlib_inline.backend_inline"
# It takes 0.15 s, and no report is debugged.
DEBUGGER = "debugpy"
# jsonschema's grammar of international addresses takes 2 s to load (4.26, November 2026); neither a notebook nor a
# schema of tables has such an address to check.
ADDRESSES = "rfc3987_syntax"
# What a run would import of the libraries by itself, late.
LATE = (
    "IPython.core.application",
    "IPython.core.completerlib",
    "IPython.core.oinspect",
    "pandas.core.reshape.reshape",
    "psutil",
    "tornado.platform.asyncio",
    "zmq.utils.garbage",
)


@contextmanager
def _without(*modules: str) -> Iterator[None]:
    """Let imports of these modules fail, and leave no trace of that."""
    missing = [name for name in modules if name not in sys.modules]
    sys.modules.update(dict.fromkeys(missing))  # type: ignore[arg-type]  # None is how Python notes what is not there
    try:
        yield
    finally:
        for name in missing:
            del sys.modules[name]


def _import() -> None:
    os.environ.setdefault("MPLBACKEND", BACKEND)
    with _without(DEBUGGER, ADDRESSES):
        import ipykernel.debugger  # noqa: F401
        import matplotlib.backends.backend_svg  # noqa: F401
        import pandas as pd
        import papermill  # noqa: F401

    for name in LATE:
        with suppress(ImportError):  # another version may keep it elsewhere: then the run imports it
            importlib.import_module(name)
    # pandas's own choice where it is imported by a notebook's kernel, not by a program.
    pd.set_option("display.max_columns", 20)
    for name in (*LIBRARY, "reports.page", "reports.engine"):
        importlib.import_module(f"analysis.{name}")


def _draw() -> None:
    """Draw a figure, so that what Matplotlib prepares at first use is prepared."""
    import matplotlib as mpl
    import pandas as pd
    from matplotlib import font_manager

    from .. import style
    from ..figures import base

    fonts = font_manager.fontManager.ttflist.copy()
    with mpl.rc_context(), tempfile.TemporaryDirectory(prefix="warm-") as folder:
        os.environ[FIGURES_VARIABLE] = folder
        figure = style.canvas(1)
        style.panel(figure, 1, 0.2, 2, 0.5).plot([0, 1], [0, 1], label="0")
        texts = dict.fromkeys(("title", "subtitle", "source", "note", "alt"), "知识产权 IP")
        base.save_figure(figure, "warm", data=pd.DataFrame({"a": [1]}), lang="zh", **texts)
        del os.environ[FIGURES_VARIABLE]
    font_manager.fontManager.ttflist[:] = fonts
    style.font_family.cache_clear()


def _render() -> None:
    """Render a page, so that its template is compiled."""
    import nbformat
    import pandas as pd

    from . import page

    table = pd.DataFrame([{"a": 1}])
    table.to_dict("records")
    shown = {"text/html": table.to_html(), "text/plain": table.to_string()}
    output = nbformat.v4.new_output("execute_result", data=shown)
    cells = [nbformat.v4.new_markdown_cell("# ?\n\n*a* $b$"), nbformat.v4.new_code_cell("a = 1", outputs=[output])]
    words = dict.fromkeys(("name", "title", "description", "parameters", "data_version", "software"), "")
    page.render(nbformat.v4.new_notebook(cells=cells), "en", **words)


_import()
_draw()
_render()
software()
# What is here now lives as long as the process: collecting it again would only copy its pages.
gc.collect()
gc.freeze()
