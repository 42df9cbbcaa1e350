"""Turn an executed notebook into one HTML page in one language that needs nothing from the network."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode

from .language import LANGUAGES

TEMPLATES = Path(__file__).parent / "templates"
# The default parameters are superseded by the injected ones, which are what ran.
HIDDEN_TAGS = {"parameters"}


def render(notebook: NotebookNode, lang: str, **values: Any) -> str:
    """Return the page of an executed notebook; `values` fill the title, its first heading too, and the foot."""
    heading = title(notebook, lang, values)
    page = one_language(notebook, lang)
    page.cells[0]["source"] = re.sub(r"\A# .*", lambda _: f"# {heading}", page.cells[0]["source"])
    resources = {"report": {"lang": lang, "title": heading, **values}}
    body, _ = _exporter().from_notebook_node(page, resources=resources)
    return body


def title(notebook: NotebookNode, lang: str, values: dict[str, Any]) -> str:
    """Return the title that the notebook's metadata gives in a language, its fields filled in."""
    template = notebook.metadata.get(f"title_{lang}") or values["name"]
    return template.format(**values.get("fields", {}))


def one_language(notebook: NotebookNode, lang: str) -> NotebookNode:
    """Return a copy without the cells of other languages and without hidden ones."""
    dropped = HIDDEN_TAGS | {f"lang-{other}" for other in LANGUAGES if other != lang}
    page = notebook.copy()
    page["cells"] = [cell.copy() for cell in notebook.cells if not dropped & set(cell.metadata.get("tags", []))]
    return page


@cache
def _exporter() -> HTMLExporter:
    """Return nbconvert's exporter with our template; making it takes longer than a page."""
    exporter = HTMLExporter(template_name="report", extra_template_basedirs=[str(TEMPLATES)])
    exporter.exclude_input_prompt = exporter.exclude_output_prompt = True
    exporter.exclude_anchor_links = True
    return exporter
