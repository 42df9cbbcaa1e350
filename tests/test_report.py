"""A page is in one language, stands alone, and shows what its notebook made."""

import base64
import hashlib
import html
import io
import re

import nbformat
import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from nbformat import NotebookNode

from analysis.reports import page as fonts
from analysis.reports.page import description, render, title

VALUES = {
    "name": "90-x-weihai",
    "parameters": "city = 'weihai'",
    "data_version": "2026.1 (abc)",
    "software": "Python 3",
}


def made(notebook: NotebookNode, lang: str, **values: object) -> str:
    """Return the page of a notebook, its title filled in."""
    fields = {"city": "Weihai", **values.pop("fields", {})}
    words = {"title": title(notebook, lang, values["name"], fields)}
    words["description"] = description(notebook, lang) or words["title"]
    return render(notebook, lang, **values, **words)


@pytest.fixture
def notebook() -> NotebookNode:
    """Return an executed notebook with both languages, a figure's HTML and hostile text."""
    english = nbformat.v4.new_markdown_cell(
        "# A heading\n\nEnglish *prose*\n\n## First & last", metadata={"tags": ["lang-en"]}
    )
    chinese = nbformat.v4.new_markdown_cell("# 标题\n\n中文", metadata={"tags": ["lang-zh"]})
    parameters = nbformat.v4.new_code_cell("default = 1", metadata={"tags": ["parameters"]})
    output = nbformat.v4.new_output(
        "execute_result", data={"text/html": '<img src="data:," alt="drawn">', "text/plain": "<Saved>"}
    )
    stream = nbformat.v4.new_output("stream", name="stdout", text="<script>alert(1)</script>")
    code = nbformat.v4.new_code_cell("shown()", outputs=[output, stream])
    made = nbformat.v4.new_notebook(cells=[english, chinese, parameters, code])
    made.metadata.update({"title_en": "What does {city} promise?", "title_zh": "{city}承诺了什么？"})
    return made


def test_a_page_keeps_one_language_and_takes_its_title_from_the_notebook(notebook: NotebookNode) -> None:
    page = made(notebook, "en", **VALUES)
    assert "<title>What does Weihai promise?</title>" in page
    assert "<h1>What does Weihai promise?</h1>" in page
    assert "English <em>prose</em>" in page
    assert "标题" not in page
    assert '<html lang="en-GB">' in page
    assert '<html lang="zh-Hans">' in made(notebook, "zh", **VALUES)


@pytest.mark.parametrize(
    ("lang", "expected"), [("en", "promise? (Weihai, Xiamen)</title>"), ("zh", "？（威海、厦门）</title>")]
)
def test_a_report_about_a_choice_says_so_in_its_title(notebook: NotebookNode, lang: str, expected: str) -> None:
    choice = {"en": "Weihai, Xiamen", "zh": "威海、厦门"}[lang]
    assert expected in made(notebook, lang, **VALUES | {"fields": {"city": "X", "choice": choice}})


def test_a_page_shows_results_and_hides_the_default_parameters(notebook: NotebookNode) -> None:
    page = made(notebook, "en", **VALUES)
    assert '<img src="data:," alt="drawn">' in page
    assert "default = 1" not in text(page)
    assert "shown()" in text(page)


def text(page: str) -> str:
    """Return what a page says, its tags, styles and scripts left out."""
    return html.unescape(re.sub(r"<(style|script).*?</\1>|<[^>]+>", "", page, flags=re.DOTALL))


def test_a_notebook_of_code_alone_keeps_its_code_and_one_of_parameters_alone_is_a_page(notebook: NotebookNode) -> None:
    notebook["cells"] = notebook.cells[2:]
    notebook.cells[1]["source"] = "# a remark\nshown()"
    page = made(notebook, "en", **VALUES)
    assert "# a remark" in text(page)
    assert '<meta name="description" content="What does Weihai promise?">' in page
    notebook["cells"] = notebook.cells[:1]
    assert "<title>What does Weihai promise?</title>" in made(notebook, "en", **VALUES)


def test_printed_text_cannot_become_a_script(notebook: NotebookNode) -> None:
    page = made(notebook, "en", **VALUES)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == page.count("<script") == 1
    assert "<script>alert(1)</script>" in text(page)
    checksum = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert html.unescape(page).count(f"script-src 'sha256-{checksum}'\">") == 1


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "\"quoted\" & 'so'", "*a* [b](c) `d`", "\u202eevil", "x" * 300]
)
def test_a_city_of_any_name_is_shown_as_text(notebook: NotebookNode, name: str) -> None:
    page = made(notebook, "en", **VALUES | {"fields": {"city": name}, "parameters": name})
    title = f"What does {name} promise?"
    assert html.unescape(re.search(r"<title>(.*?)</title>", page)[1]) == title
    assert html.unescape(re.sub(r"<[^>]+>", "", re.search(r"<h1>(.*?)</h1>", page)[1])) == title
    assert f"<dd>{html.escape(name).replace('&quot;', '&#34;').replace('&#x27;', '&#39;')}</dd>" in page
    assert page.count("<script") == 1


def test_a_page_asks_nothing_of_the_network(notebook: NotebookNode) -> None:
    page = made(notebook, "zh", **VALUES)
    links = re.findall(r"""(?:src|href)\s*=\s*["']([^"']*)""", page)
    assert [link for link in links if not link.startswith(("data:", "#"))] == ["../en/90-x-weihai.html"]
    assert re.findall(r"url\((?!data:)|@import|https?://", page) == []


def test_a_page_lists_its_headings_and_says_at_its_foot_what_made_it(notebook: NotebookNode) -> None:
    page = made(notebook, "en", **VALUES)
    assert '<a href="#section-1">First &amp; last</a>' in page
    assert '<h2 id="section-1">First &amp; last</h2>' in page
    assert '<meta name="description" content="English prose">' in page
    for value in ("90-x-weihai", "city = 'weihai'", "2026.1 (abc)", "Python 3"):
        assert value in text(page.partition("<footer")[2])
    assert '<nav class="contents"' not in made(notebook, "zh", **VALUES)


def font_of(page: str) -> TTFont:
    data = re.search(r"url\(data:font/woff;base64,([^)]*)\)", page)[1]
    return TTFont(io.BytesIO(base64.b64decode(data)))


def test_a_page_carries_just_its_own_chinese(notebook: NotebookNode) -> None:
    page = made(notebook, "zh", **VALUES)
    shown = {char for char in text(page) if "\u4e00" <= char <= "\u9fff"}
    held = {chr(code) for code in font_of(page).getBestCmap()}
    assert shown <= held
    assert len(held) < len(shown) + 40
    english = made(notebook, "en", **VALUES)
    assert {chr(code) for code in font_of(english).getBestCmap()} == set("中文")


def test_the_same_inputs_give_the_same_bytes(notebook: NotebookNode, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(notebook, "zh", **VALUES)
    fonts.subset.cache_clear()
    monkeypatch.setattr("fontTools.misc.timeTools.timestampNow", lambda: 4_000_000_000)
    monkeypatch.setattr("fontTools.fontBuilder.timestampNow", lambda: 4_000_000_000, raising=False)
    assert made(notebook, "zh", **VALUES) == first


def test_a_font_has_the_outlines_and_the_lines_of_its_source() -> None:
    font = TTFont(io.BytesIO(fonts.subset(frozenset("知识，"))))
    source = TTFont(fonts.pylopdf_fonts_zh_cn.sans_path(), lazy=True)
    assert font["hhea"].ascent == source["hhea"].ascent
    for char in "知识，":
        drawn, original = (measured(each, each.getBestCmap()[ord(char)]) for each in (font, source))
        assert drawn == original
        assert drawn[0] > 0
    assert fonts.subset(frozenset("\u0007")) == b""


def measured(font: TTFont, name: str) -> tuple:
    """Return the inked area, the bounds and the width of a glyph."""
    area, bounds, glyph = AreaPen(), BoundsPen(None), font.getGlyphSet()[name]
    glyph.draw(area)
    glyph.draw(bounds)
    return abs(area.value), bounds.bounds, glyph.width


def test_rendering_leaves_the_notebook_as_it_was(notebook: NotebookNode) -> None:
    before = nbformat.writes(notebook)
    made(notebook, "en", **VALUES)
    assert nbformat.writes(notebook) == before
