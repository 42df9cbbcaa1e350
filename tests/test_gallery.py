"""Every figure of a folder is in the gallery, in reading order, with its own words shown as text."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis import cli as commands
from analysis import style
from analysis.errors import UserError
from analysis.figures import base
from analysis.files import DRAWN_BY_VARIABLE, ROOT
from analysis.language import LANGUAGES
from analysis.site import gallery

CAPTION = {"title": "A finding", "subtitle": "Per cent", "source": "A plan.", "note": "", "alt": "What is drawn."}


def draw(*names: str, lang: str = "en", **caption: str) -> None:
    for name in names:
        data = pd.DataFrame({"city_id": ["weihai"]})
        base.save_figure(style.canvas(1), name, **CAPTION | caption, data=data, lang=lang)


def drawn_by(patch: pytest.MonkeyPatch, report: str, *, chosen: bool = False) -> None:
    words = {"notebook": report[:12], "report": report, "chosen": chosen}
    patch.setenv(DRAWN_BY_VARIABLE, json.dumps(words))


def test_figures_stand_in_the_order_in_which_reports_draw_them(tmp_path: Path, monkeypatch) -> None:
    draw("b-of-none", "a-of-none")
    drawn_by(monkeypatch, "20-secondbook")
    draw("alone")
    drawn_by(monkeypatch, "10-firstbook-weihai")
    draw("z", "b")
    found = gallery.entries(tmp_path / "figures", "en")
    assert [(entry.name, entry.report, entry.notebook) for entry in found] == [
        ("z", "10-firstbook-weihai", "10-firstbook"),
        ("b", "10-firstbook-weihai", "10-firstbook"),
        ("alone", "20-secondbook", "20-secondboo"),
        ("a-of-none", "", ""),
        ("b-of-none", "", ""),
    ]
    assert found[0].about == {"cities": ["weihai"]}
    assert (found[0].width, found[0].height) == (576, pytest.approx(125, abs=30))


def test_what_a_run_about_some_cities_drew_stays_out_of_the_repositorys_gallery(tmp_path: Path, monkeypatch) -> None:
    drawn_by(monkeypatch, "22-growthbook")
    draw("growth-rates")
    drawn_by(monkeypatch, "22-growthbook-weihai-xiamen", chosen=True)
    draw("growth-rates-weihai-xiamen")
    text = gallery.text(tmp_path / "figures")
    assert text.count("growth-rates.svg") == 2
    assert "weihai-xiamen" not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_committed_figure_has_its_words_and_its_notebook(lang: str) -> None:
    found = gallery.entries(ROOT / "figures", lang)
    assert {entry.name for entry in found} == {path.stem for path in (ROOT / "figures" / lang).glob("*.png")}
    assert [entry.name for entry in found if not entry.notebook] == []
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
        gallery.entries(tmp_path / "figures", "en")


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
    page = gallery.text(tmp_path / "figures")
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
