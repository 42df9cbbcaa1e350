"""A page is in one language, stands alone, and shows what its notebook made."""

import re

import nbformat
import pytest
from nbformat import NotebookNode

from analysis import report

VALUES = {"name": "90-x", "fields": {"city": "Weihai"}, "parameters": "", "data_version": "", "software": ""}


@pytest.fixture
def notebook() -> NotebookNode:
    """Return an executed notebook with both languages, a figure's HTML and hostile text."""
    english = nbformat.v4.new_markdown_cell("# A heading\n\nEnglish *prose*", metadata={"tags": ["lang-en"]})
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
    page = report.render(notebook, "en", **VALUES)
    assert "<title>What does Weihai promise?</title>" in page
    assert "<h1>What does Weihai promise?</h1>" in page
    assert "English <em>prose</em>" in page
    assert "中文" not in page
    assert '<html lang="en-GB">' in page
    assert '<html lang="zh-Hans">' in report.render(notebook, "zh", **VALUES)


def test_a_page_shows_results_and_hides_the_default_parameters(notebook: NotebookNode) -> None:
    page = report.render(notebook, "en", **VALUES)
    assert '<img alt="drawn" src="data:,"/>' in page
    assert "default" not in page
    assert "shown" in page


def test_printed_text_cannot_become_a_script(notebook: NotebookNode) -> None:
    page = report.render(notebook, "en", **VALUES)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_page_asks_nothing_of_the_network(notebook: NotebookNode) -> None:
    page = report.render(notebook, "en", **VALUES)
    assert re.findall(r"""(?:src|href)\s*=\s*["'](?!data:|#)|url\(|@import|https?://""", page) == []


def test_rendering_leaves_the_notebook_as_it_was(notebook: NotebookNode) -> None:
    before = nbformat.writes(notebook)
    report.render(notebook, "en", **VALUES)
    assert nbformat.writes(notebook) == before
