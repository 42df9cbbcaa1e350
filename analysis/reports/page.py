"""The Chinese characters of a page as a small font inside it, for machines that have no Chinese font.

Outlines come from the font that draws the figures. HarfBuzz prunes its 30,000 glyphs to the few hundred of a page in
about 10 ms, where fontTools takes 0.4 s (2026-11-22, two cores).
"""

import base64
import hashlib
import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import uharfbuzz as harfbuzz
from fontTools.ttLib import TTFont
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbformat import NotebookNode

from ..language import LANGUAGES, say

FAMILY = "Page Chinese"
CHINESE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
# Chinese sets these marks a full character wide, so a Chinese page takes them from the Chinese font too.
SHARED_MARKS = "“”‘’—…·"
EMBEDDED = re.compile(r"data:[a-z/+-]+;base64,[A-Za-z0-9+/=]*")


def face(page: str, lang: str) -> str:
    """Return the CSS rule that embeds the Chinese characters of a page as a WOFF; empty where it has none.

    Characters that the font lacks are left to the reader's machine.
    """
    wanted = f"[{CHINESE}{say(lang, '', SHARED_MARKS)}]"
    chars = frozenset(re.findall(wanted, EMBEDDED.sub("", page)))
    font = subset(chars)
    if not font:
        return ""
    data = base64.b64encode(font).decode("ascii")
    return f'@font-face {{ font-family: "{FAMILY}"; src: url(data:font/woff;base64,{data}) format("woff"); }}'


@cache
def subset(chars: frozenset[str]) -> bytes:
    """Return a WOFF of these characters, the same bytes for the same characters; nothing where the font has none."""
    wanted = harfbuzz.SubsetInput()
    wanted.sets(harfbuzz.SubsetInputSets.UNICODE).update(map(ord, sorted(chars)))
    # Each character stands for itself: no ligatures, no upright forms, no kerning.
    wanted.sets(harfbuzz.SubsetInputSets.LAYOUT_FEATURE_TAG).clear()
    wanted.flags = harfbuzz.SubsetFlags.NO_HINTING | harfbuzz.SubsetFlags.DESUBROUTINIZE
    pruned = harfbuzz.subset(_source(), wanted)
    if not pruned.unicodes:
        return b""
    # Lazily, so that no table is taken apart and put together again, nor the time of the change noted.
    font = TTFont(io.BytesIO(pruned.blob.data), lazy=True, recalcTimestamp=False)
    font.flavor = "woff"  # WOFF2 needs Brotli, which is not among the dependencies
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


@cache
def _source() -> harfbuzz.Face:
    """Return the installed font."""
    return harfbuzz.Face(harfbuzz.Blob.from_file_path(pylopdf_fonts_zh_cn.sans_path()))


TEMPLATES = Path(__file__).parent.parent / "templates"
FONT_PLACE = "/*chinese-font*/"


def render_template(template: str, lang: str, *, script: str = "", images: str = "", **values: Any) -> str:
    """Return a page made from a template and its values, which are escaped unless the template says otherwise.

    `script` names a file beside the templates; its checksum is the only one that the page's policy
    lets run, so that text that slipped through as a script would still do nothing. `images` says where
    images may come from beside the page itself.
    """
    code = _script(script) if script else ""
    values |= {"lang": lang, "zh": lang == "zh", "other": say(lang, "zh", "en"), "image_source": images}
    values |= {"script": code, "script_source": _checksum(code) if code else "'none'"}
    page = _environment().get_template(template).render(values)
    return page.replace(FONT_PLACE, face(page, lang), 1)


def shorten(text: str, length: int = 200) -> str:
    """Return a text cut after its last whole sentence, else word, within a length.

    >>> shorten("One sentence. Another one.", 20), shorten("One sentence.")
    ('One sentence.', 'One sentence.')
    """
    if len(text) <= length:
        return text
    cut = text[:length]
    end = max(cut.rfind(". ") + 1, cut.rfind("。") + 1, cut.rfind("? ") + 1, cut.rfind("？") + 1)
    return cut[:end] if end else cut.rpartition(" ")[0] + " …"


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@cache
def _script(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _checksum(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"


# The default parameters are superseded by the injected ones, which are what ran.
HIDDEN_TAGS = {"parameters"}
FIRST_SECTION = '<section class="prose"><h2'


def render(
    notebook: NotebookNode,
    lang: str,
    *,
    name: str,
    title: str,
    description: str,
    parameters: str,
    data_version: str,
    software: str,
) -> str:
    """Return the page of an executed notebook.

    `name` is the page's file name without ending, by which it finds its twin in the other language;
    `title` is the first heading too; what follows `description` stands at the foot.
    """
    body, headings = _sections(_body(notebook, lang, title))
    start = body.find(FIRST_SECTION) if headings else len(body)
    return render_template(
        "report.html.j2",
        lang,
        script="switch.js",
        title=title,
        description=description,
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


def description(notebook: NotebookNode, lang: str) -> str:
    """Return the beginning of the first paragraph as plain text, for search engines and previews."""
    source = "".join(cell["source"] for cell in _first_prose(one_language(notebook, lang)))
    paragraph = next((part for part in source.split("\n\n") if part.strip() and not part.startswith("#")), "")
    plain = re.sub(r"[*`]|\[([^]]*)\]\([^)]*\)", r"\1", paragraph).replace("\n", " ").strip()
    return shorten(plain, say(lang, 200, 90))


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
        template_name="report", extra_template_basedirs=[str(TEMPLATES)]
    )
    exporter.exclude_anchor_links = True
    return exporter
