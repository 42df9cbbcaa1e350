"""Every figure of a folder is in the gallery, in reading order, with its own words shown as text."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from analysis import cli as commands
from analysis.figures import base
from analysis.reports import notebooks
from analysis import style
from analysis.errors import UserError
from analysis.language import LANGUAGES
from analysis.files import ROOT
from analysis.site import gallery

CAPTION = {"title": "A finding", "subtitle": "Per cent", "source": "A plan.", "note": "", "alt": "What is drawn."}


def write_notebook(folder: Path, name: str, *cells: str) -> None:
    folder.mkdir(exist_ok=True)
    code = [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(nbformat.v4.new_notebook(cells=code), folder / f"{name}.ipynb")


def draw(*names: str, lang: str = "en", **caption: str) -> None:
    for name in names:
        data = pd.DataFrame({"city_id": ["weihai"]})
        base.save_figure(style.canvas(1), name, **CAPTION | caption, data=data, lang=lang)


def test_figures_stand_in_the_order_in_which_notebooks_draw_them(tmp_path: Path) -> None:
    suite = tmp_path / "suite"
    general = 'figures.save_figure(chart(), base.file_name("a", city))'
    write_notebook(suite, "05-general", general)
    write_notebook(suite, "30-general", general)
    write_notebook(suite, "20-second", 'figures.save_figure(chart, "alone", data=data)', "%magic is no Python")
    named = 'figures.save_figure(\n    chart(),\n    base.file_name("a", city, "{}"),\n)'
    write_notebook(suite, "10-first", f"{named.format('z')}\n{named.format('b')}", "figures.file_name('unused')")
    draw("alone", "a-xiamen-b", "a-weihai-z", "c-of-none", "b-of-none", "a-haikou")
    found = gallery.entries(tmp_path / "figures", "en", notebooks.find(suite))
    assert [(entry.name, entry.notebook and entry.notebook.name) for entry in found] == [
        ("a-haikou", "05-general"),
        ("a-weihai-z", "10-first"),
        ("a-xiamen-b", "10-first"),
        ("alone", "20-second"),
        ("b-of-none", None),
        ("c-of-none", None),
    ]
    assert found[0].about == {"cities": ["weihai"]}
    assert (found[0].width, found[0].height) == (576, pytest.approx(125, abs=30))


def test_what_a_run_about_some_cities_drew_stays_out_of_the_repositorys_gallery(tmp_path: Path) -> None:
    suite = tmp_path / "suite"
    call = 'figures.save_figure(chart(), base.file_name("growth-rates", cities, indicators))'
    write_notebook(suite, "22-growth", 'cities = []\nindicators = []\nlang = "en"', call)
    content = nbformat.read(suite / "22-growth.ipynb", as_version=4)
    content.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(content, suite / "22-growth.ipynb")
    draw("growth-rates", "growth-rates-weihai-xiamen")
    found = gallery.entries(tmp_path / "figures", "en", notebooks.find(suite))
    assert [(entry.name, entry.chosen) for entry in found] == [
        ("growth-rates", False),
        ("growth-rates-weihai-xiamen", True),
    ]
    assert gallery.text(tmp_path / "figures", notebooks.find(suite)).count("growth-rates.svg") == 2
    assert "weihai-xiamen" not in gallery.text(tmp_path / "figures", notebooks.find(suite))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_committed_figure_has_its_words_and_its_notebook(lang: str) -> None:
    found = gallery.entries(ROOT / "figures", lang, notebooks.find())
    assert {entry.name for entry in found} == {path.stem for path in (ROOT / "figures" / lang).glob("*.png")}
    assert [entry.name for entry in found if entry.notebook is None] == []
    assert len(found) >= 17


def test_the_same_name_stands_in_both_languages() -> None:
    english, chinese = ({path.name for path in (ROOT / "figures" / lang).iterdir()} for lang in LANGUAGES)
    assert english == chinese


@pytest.mark.parametrize("harm", ["missing", "no JSON", '{"title": "only"}'])
def test_a_figure_without_its_words_is_named(tmp_path: Path, harm: str) -> None:
    draw("a-figure")
    words = tmp_path / "figures" / "en" / "a-figure.json"
    words.unlink() if harm == "missing" else words.write_text(harm, encoding="utf-8")
    with pytest.raises(UserError, match=r"a-figure\.svg lacks its words.*Draw it anew with make"):
        gallery.entries(tmp_path / "figures", "en", [])


def test_the_repository_shows_the_figures_that_are_there() -> None:
    assert commands.main(["gallery", "--check"]) == 0
    page = (ROOT / "figures" / "README.md").read_text(encoding="utf-8")
    for link in re.findall(r"\]\(((?:en|zh)/[^)]*|\.\./[^)]*)\)", page):
        assert (ROOT / "figures" / link).is_file(), link


def test_a_drifted_gallery_fails_the_check_and_is_mended(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    shutil.copytree(ROOT / "figures", tmp_path / "figures")
    assert commands.main(["gallery", "--check", "--out", str(tmp_path)]) == 0
    words = tmp_path / "figures" / "zh" / "growth-rates.json"
    words.write_text(json.dumps(json.loads(words.read_text(encoding="utf-8")) | {"title": "新"}), encoding="utf-8")
    assert commands.main(["gallery", "--check", "--out", str(tmp_path)]) == 1
    assert "make gallery" in capsys.readouterr().err
    assert commands.main(["gallery", "--out", str(tmp_path)]) == 0
    assert commands.main(["gallery", "--check", "--out", str(tmp_path)]) == 0
    assert "### 新\n" in (tmp_path / "figures" / "README.md").read_text(encoding="utf-8")


def test_a_title_that_looks_like_markup_is_text_in_markdown(tmp_path: Path) -> None:
    draw("a-figure", title="<script>alert(1)</script> [x](javascript:1) | *", alt="two\nlines ![]()")
    page = gallery.text(tmp_path / "figures", [])
    assert "### &lt;script&gt;alert(1)&lt;/script&gt; \\[x\\](javascript:1) \\| \\*" in page
    assert "![two lines !\\[\\]()](en/a-figure.svg)" in page
    assert "<script" not in page


def test_no_gallery_is_made_where_no_figures_are(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert commands.main(["gallery", "--out", str(tmp_path / "nowhere")]) == 2
    assert "is no folder of figures. Make them first: make" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()


def test_the_gallery_needs_no_pandas() -> None:
    code = "import sys, analysis.__main__ as a; a.main(['gallery', '--check']); print('pandas' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout == "False\n"
