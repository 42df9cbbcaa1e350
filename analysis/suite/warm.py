"""Import and try out, once for all runs, what every run needs; the fork server imports this module.

A process that forks from here has the libraries, a compiled page template and Matplotlib's classes at hand. Nothing
here may start a thread, which a fork would lose, or leave a trace that a notebook could see.
"""

import gc
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from ..paths import FIGURES_VARIABLE

# As ipykernel sets it, and read when Matplotlib is imported.
BACKEND = "module://matplotlib_inline.backend_inline"
# Left out where they are optional: jsonschema's grammar of international addresses takes 2 s to load (4.26,
# November 2026) and no notebook has such an address to check; ipykernel's debugger takes 0.15 s.
LEFT_OUT = ("rfc3987_syntax", "debugpy")


@contextmanager
def _without(modules: tuple[str, ...]) -> Iterator[None]:
    """Let imports of these modules fail, and leave no trace of that."""
    missing = [name for name in modules if name not in sys.modules]
    sys.modules.update(dict.fromkeys(missing))
    try:
        yield
    finally:
        for name in missing:
            del sys.modules[name]


def _import() -> None:
    os.environ.setdefault("MPLBACKEND", BACKEND)
    with _without(LEFT_OUT):
        import ipykernel.debugger  # noqa: F401
        import matplotlib.backends.backend_svg  # noqa: F401
        import pandas as pd
        import papermill  # noqa: F401

    # pandas's own choice where it is imported by a notebook's kernel, not by a program.
    pd.set_option("display.max_columns", 20)
    from .. import ambition, arrange, captions, charts, figures, levels, overview, present, progress, report  # noqa: F401
    from . import engine, execute  # noqa: F401


def _try_out() -> None:
    """Draw a figure and render a page, so that what libraries prepare at first use is prepared."""
    import matplotlib as mpl
    import nbformat
    import pandas as pd
    from matplotlib import font_manager

    from .. import figures, report, style

    fonts = font_manager.fontManager.ttflist.copy()
    with mpl.rc_context(), tempfile.TemporaryDirectory(prefix="warm-") as folder:
        os.environ[FIGURES_VARIABLE] = folder
        figure = style.canvas(1)
        style.panel(figure, 1, 0.2, 2, 0.5).plot([0, 1], [0, 1], label="0")
        texts = dict.fromkeys(("title", "subtitle", "source", "note", "alt"), "知识产权 IP")
        figures.save_figure(figure, "warm", data=pd.DataFrame({"a": [1]}), lang="zh", **texts)
        del os.environ[FIGURES_VARIABLE]
    font_manager.fontManager.ttflist[:] = fonts
    style.font_family.cache_clear()
    output = nbformat.v4.new_output("execute_result", data={"text/html": "<table><td>&amp;</table>", "text/plain": ""})
    cells = [nbformat.v4.new_markdown_cell("# ?\n\n*a* $b$"), nbformat.v4.new_code_cell("a = 1", outputs=[output])]
    values = {"name": "", "fields": {}, "parameters": "", "data_version": "", "software": ""}
    report.render(nbformat.v4.new_notebook(cells=cells), "en", **values)


_import()
_try_out()
# What is here now lives as long as the process: collecting it again would only copy its pages.
gc.collect()
gc.freeze()
