"""Turn an executed notebook into one HTML page in one language that needs nothing from the network."""

import re
from functools import cache
from typing import Any

from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbformat import NotebookNode

from ..language import LANGUAGES, say
from . import pages

# The default parameters are superseded by the injected ones, which are what ran.
HIDDEN_TAGS = {"parameters"}
FIRST_SECTION = '<section class="prose"><h2'


def render(
    notebook: NotebookNode,
    lang: str,
    *,
    name: str,
    fields: dict[str, str],
    parameters: str,
    data_version: str,
    software: str,
) -> str:
    """Return the page of an executed notebook.

    `name` is the page's file name without ending, by which it finds its twin in the other language;
    `fields` fill the title, which is the first heading too; the rest stands at the foot.
    """
    heading = title(notebook, lang, name, fields)
    body, headings = _sections(_body(notebook, lang, heading))
    start = body.find(FIRST_SECTION) if headings else len(body)
    return pages.render(
        "report.html.j2",
        lang,
        script="switch.js",
        title=heading,
        description=_description(notebook, lang) or heading,
        before=body[:start],
        headings=headings,
        after=body[start:],
        name=name,
        parameters=parameters,
        data_version=data_version,
        software=software,
    )


def title(notebook: NotebookNode, lang: str, name: str, fields: dict[str, str]) -> str:
    """Return the title that the notebook's metadata gives in a language, its fields filled in, else the name.

    The field `choice`, which cities and indicators a report is limited to, stands in brackets behind it.
    """
    text: str = notebook.metadata.get(f"title_{lang}", name)
    choice = fields.get("choice")
    return text.format(**fields) + (say(lang, f" ({choice})", f"（{choice}）") if choice else "")


def one_language(notebook: NotebookNode, lang: str) -> NotebookNode:
    """Return a copy without the cells of other languages and without hidden ones."""
    dropped = HIDDEN_TAGS | {f"lang-{other}" for other in LANGUAGES if other != lang}
    page: NotebookNode = notebook.copy()
    page["cells"] = [cell.copy() for cell in notebook.cells if not dropped & set(cell.metadata.get("tags", []))]
    return page


def _body(notebook: NotebookNode, lang: str, heading: str) -> str:
    """Return the HTML of the cells of one language under their heading."""
    page = one_language(notebook, lang)
    # Escaped, for a city may be called anything; Markdown lets HTML through.
    safe = re.sub(r"([\\`*_{}\[\]<>#&])", r"\\\1", heading)
    for cell in _first_prose(page):
        cell["source"] = re.sub(r"\A# .*", lambda _: f"# {safe}", cell["source"])
    body: str
    body, _ = _exporter().from_notebook_node(page, resources={"lang": lang})
    return body


def _first_prose(page: NotebookNode) -> list[NotebookNode]:
    """Return the first cell where it is prose; a notebook may begin with code, or show nothing at all."""
    return [cell for cell in page.cells[:1] if cell.cell_type == "markdown"]


def _sections(body: str) -> tuple[str, list[str]]:
    """Return the page with its second-level headings numbered as places to go to, and their texts."""
    headings: list[str] = []

    def place(match: re.Match[str]) -> str:
        headings.append(re.sub(r"<[^>]+>", "", match[1]))
        return f'<h2 id="section-{len(headings)}">{match[1]}</h2>'

    return re.sub(r"<h2>(.*?)</h2>", place, body), headings


def _description(notebook: NotebookNode, lang: str) -> str:
    """Return the beginning of the first paragraph as plain text, for search engines and previews."""
    source = "".join(cell["source"] for cell in _first_prose(one_language(notebook, lang)))
    paragraph = next((part for part in source.split("\n\n") if part.strip() and not part.startswith("#")), "")
    plain = re.sub(r"[*`]|\[([^]]*)\]\([^)]*\)", r"\1", paragraph).replace("\n", " ").strip()
    return pages.shorten(plain, say(lang, 200, 90))


class _Exporter(HTMLExporter):
    """nbconvert's exporter without its second reading of the page, which takes most of the time of a page.

    That gives images without alternative text a sentence that says so, and parts of JupyterLab's template, which
    is not ours, a place in the order of tabs. Our figures bring their texts.
    """

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Return the cells as HTML, and the resources."""
        highlighter = Highlight2HTML(pygments_lexer="ipython3", parent=self)
        self.register_filter("highlight_code", highlighter)  # type: ignore[no-untyped-call]  # inherited, untyped
        return TemplateExporter.from_notebook_node(self, nb, resources, **kw)


@cache
def _exporter() -> _Exporter:
    """Return the exporter with our template; making it takes longer than a page."""
    exporter = _Exporter(  # type: ignore[no-untyped-call]  # made by what it inherits, untyped
        template_name="report", extra_template_basedirs=[str(pages.TEMPLATES)]
    )
    exporter.exclude_anchor_links = True
    return exporter
