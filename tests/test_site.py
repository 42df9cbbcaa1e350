"""The site is whole: every link leads somewhere, every figure is there, and text from the tables stays text."""

import builtins
import csv
import html
import io
import json
import re
import shutil
import sys
import traceback
from pathlib import Path

import pandas as pd
import pytest

from analysis import cli as commands
from analysis import style, tables
from analysis.errors import UserError
from analysis.figures import base
from analysis.files import ROOT
from analysis.language import LANGUAGES
from analysis.methods.plans import forms
from analysis.reports import freshness
from analysis.site import codebook, gallery, pages, website

from .conftest import edit, run

HOSTILE = "<script>alert(1)</script>\"'&"
REPORT = '<!DOCTYPE html><html lang="{}"><body><!--home--></body></html>'


def made_by_hand(folder: Path, report: str = "A report", **caption: str) -> Path:
    """Make a folder with one small report and one figure in each language."""
    words = {"title": "A finding", "subtitle": "Items", "source": "A plan.", "note": "", "alt": "Drawn."} | caption
    add_report(folder, "90-by-hand", report)
    for lang in LANGUAGES:
        data = pd.DataFrame({"city_id": ["weihai"], "text": ["=1+1"], "value": [-0.5]})
        base.save_figure(style.canvas(1), "a-figure", **words, data=data, lang=lang)
    return folder


def add_report(folder: Path, name: str, title: str, **parameters: object) -> None:
    """Add a small report in both languages with its entry in the record."""
    record = freshness.read(folder)
    inputs = dict.fromkeys(("notebook", "code", "lock", "python"), "") | {"tables": {}}
    for lang in LANGUAGES:
        place = folder / "reports" / lang / f"{name}.html"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(REPORT.format(lang), encoding="utf-8")
        record["reports"][f"{lang}/{name}"] = {
            "status": freshness.MADE, "notebook": name, "report": name, "parameters": parameters, "outputs": {},
            "seconds": 0.1, "results": None, "title": title, "description": "About it.", "inputs": inputs,
        }  # fmt: skip
    (folder / freshness.PATH).write_text(json.dumps(record), encoding="utf-8")


def test_every_link_of_the_site_leads_somewhere(site: Path) -> None:
    seen = 0
    for page in site.rglob("*.html"):
        for link in re.findall(r'(?:href|src)="([^"]*)"', page.read_text(encoding="utf-8")):
            if link.startswith(("data:", "#")):
                continue
            seen += 1
            assert (page.parent / html.unescape(link).partition("#")[0]).is_file(), (page.name, link)
    assert seen > 100


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_gallery_shows_every_figure_with_its_words_and_files(site: Path, made: Path, lang: str) -> None:
    page = html.unescape((site / lang / "gallery.html").read_text(encoding="utf-8"))
    found = gallery.entries(made / "figures", lang)
    assert len(found) == 4
    for entry in found:
        for words in (entry.title, entry.subtitle, entry.source, entry.note, entry.alt):
            assert words in page
        for suffix in ("svg", "png", "csv"):
            assert f'href="../figures/{lang}/{entry.name}.{suffix}" download' in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_shows_every_figure_and_every_figure_has_its_words(made: Path, lang: str) -> None:
    for report, count in (("31-map-measures", 2), ("11-profile-city-weihai", 2)):
        page = (made / "reports" / lang / f"{report}.html").read_text(encoding="utf-8")
        pictures = re.findall(r"<img [^>]*>", page)
        assert len(pictures) == count
        assert all(re.search(r'alt="[^"]{20,}"', picture) for picture in pictures)
        assert all("data:image/svg+xml;base64," in picture for picture in pictures)
        assert len(page.encode()) < 1_000_000
        assert f'href="../{"zh" if lang == "en" else "en"}/{report}.html"' in page


def test_the_codebook_holds_every_indicator_document_theme_and_column(site: Path, plans: tables.Tables) -> None:
    for lang, suffix in (("en", ""), ("zh", "_zh")):
        page = html.unescape((site / lang / "codebook.html").read_text(encoding="utf-8"))
        for frame, column in (
            (plans.indicators, "definition"),
            (plans.themes, "definition"),
            (plans.documents, "title"),
        ):
            assert [text for text in frame[f"{column}_{lang}"] if text not in page] == []
        assert [sha for sha in plans.documents["source_sha256"].dropna() if sha not in page] == []
        fields = [field for table in tables.schema()["resources"] for field in table["schema"]["fields"]]
        assert [field["name"] for field in fields if field[f"description{suffix}"] not in page] == []


def test_the_methods_are_the_readmes_and_the_librarys(site: Path, plans: tables.Tables) -> None:
    for lang, words in (("en", "What this does not show"), ("zh", "本套件未能说明的")):
        page = html.unescape((site / lang / "methods.html").read_text(encoding="utf-8"))
        assert words in page
        assert page.count("<em>(T/b)^(1/n) − 1</em>") == 1
        assert page.count("<tr>") == len(codebook.pairs(plans, lang)) + 1
    pairs = codebook.pairs(plans, "en")
    assert [pair.levels and pair.growth for pair in pairs] == sorted(
        (p.levels and p.growth for p in pairs), reverse=True
    )


def test_a_readme_without_its_methods_is_named(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Nothing\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"README\.md has no heading with 'Methods'"):
        codebook.sections("en", tmp_path)


def test_tables_open_in_excel_and_hold_no_formula(made: Path, site: Path) -> None:
    original = list(csv.reader((made / "figures/en/measures-agencies.csv").open(encoding="utf-8", newline="")))
    copied = (site / "figures/en/measures-agencies.csv").read_bytes()
    assert copied.startswith(b"\xef\xbb\xbf")
    assert copied.count(b"\r\n") == copied.count(b"\n") == len(original)
    assert list(csv.reader(copied.decode("utf-8-sig").splitlines())) == original
    assert {path.stem for path in (site / "data").iterdir()} == {each["name"] for each in tables.schema()["resources"]}


@pytest.mark.parametrize("cell", ["=1+1", "+1 point", "-a", "@x", "\t=1", "＝1+1", "-1-1", "-inf"])
def test_a_cell_that_could_run_is_marked_as_text(cell: str) -> None:
    assert codebook.safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-0.5", "+3", "1e-05", "-1.5E+10", "", "a=b", "威海", "−2"])
def test_a_number_or_plain_text_stays_as_it_is(cell: str) -> None:
    assert codebook.safe(cell) == cell


def test_the_copied_tables_are_those_of_the_project_byte_for_byte(site: Path) -> None:
    for path in sorted((ROOT / "data").glob("*.csv")):
        curated = path.read_bytes()
        assert not any(codebook.safe(cell) != cell for row in csv.reader(curated.decode().splitlines()) for cell in row)
        assert (site / "data" / path.name).read_bytes() == b"\xef\xbb\xbf" + curated.replace(b"\n", b"\r\n"), path.name


def test_copied_tables_keep_every_digit_and_every_word(data: Path, tmp_path: Path) -> None:
    edit(data / "units.csv", ",item,10000,count", ",item,123456789012,count")
    website.publish(tmp_path / "site", data=data, made=made_by_hand(tmp_path))
    assert ",item,123456789012,count" in (tmp_path / "site" / "data" / "units.csv").read_text(encoding="utf-8-sig")


def test_the_front_page_counts_each_target_once(plans: tables.Tables, tmp_path: Path) -> None:
    frame = forms(plans)
    for lang, counted in (("en", "{} targets, "), ("zh", "{}项目标，")):
        (_, page), *_ = pages.texts(pages.edition(lang, plans, made_by_hand(tmp_path / lang)))
        assert counted.format(frame["targets"].sum()) in page


def test_a_report_of_two_cities_is_not_one_citys(plans: tables.Tables, tmp_path: Path) -> None:
    made = made_by_hand(tmp_path)
    add_report(made, "11-profile-city-weihai", "One", city="weihai")
    add_report(made, "21-compare-targets-weihai-xiamen", "Two", cities=["weihai", "xiamen"])
    (_, page), *_ = pages.texts(pages.edition("en", plans, made))
    general, single = page.split("Or with a city")
    assert "21-compare-targets-weihai-xiamen.html" in general
    assert re.findall(r"reports/en/([a-z0-9-]+)\.html", single) == ["11-profile-city-weihai"]


def test_only_the_tables_read_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readers = set()
    opened = io.open

    def noted(file, *arguments, **options):
        if not isinstance(file, int) and Path(file).resolve().is_relative_to(ROOT / "data"):
            names = [frame.f_globals.get("__name__", "") for frame, _ in traceback.walk_stack(sys._getframe())]
            ours = [name for name in names if name.startswith("analysis.") and name != "analysis.files"]
            readers.add(ours[0].partition(".")[2].partition(".")[0])
        return opened(file, *arguments, **options)

    for module in (builtins, io):
        monkeypatch.setattr(module, "open", noted)
    monkeypatch.setenv(tables.CHECKED_VARIABLE, "")
    assert run("check") == 0
    assert run("new-city", "qingdao", "--to", tmp_path / "qingdao") == 0
    # With its workbook and its codebook, it asks the methods for nearly everything.
    assert website.publish(tmp_path / "site", data=ROOT / "data", made=made_by_hand(tmp_path)) == 12
    assert readers == {"tables"}


def entry(**about: list[str]) -> gallery.Entry:
    return gallery.Entry("x", "", "", "", "", "", about, 1, 1)


def test_subjects_come_from_the_data_else_from_the_report_and_are_all_cities_otherwise(plans: tables.Tables) -> None:
    report = pages.Report("11-x", "", "", ("weihai",))
    found = pages.subjects(entry(indicators=["patents-granted"]), report, plans)
    assert found == pages.Subjects(("weihai",), ("creation",), ())
    found = pages.subjects(entry(themes=["talent"], cities=["xiamen", "haikou"]), report, plans)
    assert (found.cities, found.themes) == (("haikou", "xiamen"), ("talent",))
    assert pages.subjects(entry(), None, plans).cities == ("haikou", "shanwei", "weihai", "xiamen")


def test_labels_that_look_like_code_are_text_on_every_page(data: Path, tmp_path: Path) -> None:
    quoted = HOSTILE.replace('"', '""')
    edit(data / "cities.csv", "city,Weihai,", f'city,"{quoted}",')
    edit(data / "indicators.csv", "patents-granted,Patents granted,", f'patents-granted,"{quoted}",')
    edit(data / "themes.csv", "talent,Talent,", f'talent,"{quoted}",')
    made = made_by_hand(tmp_path, HOSTILE, **dict.fromkeys(("title", "subtitle", "note", "alt"), HOSTILE))
    website.publish(tmp_path / "site", data=data, made=made)
    for page in (tmp_path / "site").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<script>alert" not in text
        assert text.count("<script") <= 1
    for name in ("gallery", "reports", "codebook"):
        assert HOSTILE in html.unescape((tmp_path / "site" / "en" / f"{name}.html").read_text(encoding="utf-8"))
    shown = (tmp_path / "site" / "figures" / "zh" / "a-figure.csv").read_text(encoding="utf-8-sig")
    assert shown == "city_id,text,value\nweihai,'=1+1,-0.5\n"


def test_tables_beside_reports_are_published_with_them(tmp_path: Path) -> None:
    made = made_by_hand(tmp_path)
    place = made / "reports" / "en"
    edit(place / "90-by-hand.html", "<!--home-->", '<!--home--><a href="90-by-hand-draws.csv">All 1 rows</a>')
    (place / "90-by-hand-draws.csv").write_text("a\n0.1\n", encoding="utf-8")
    (place / "90-by-hand-old.csv").write_text("a\n", encoding="utf-8")
    website.publish(tmp_path / "site", data=ROOT / "data", made=made)
    published = tmp_path / "site" / "reports" / "en"
    assert (published / "90-by-hand-draws.csv").read_text(encoding="utf-8-sig") == "a\n0.1\n"
    assert sorted(path.name for path in published.iterdir()) == ["90-by-hand-draws.csv", "90-by-hand.html"]


def test_the_same_inputs_give_the_same_site(tmp_path: Path) -> None:
    made = made_by_hand(tmp_path)
    first, second = tmp_path / "first", tmp_path / "second"
    for out in (first, second):
        website.publish(out, data=ROOT / "data", made=made)
    held = {path.relative_to(first): path.read_bytes() for path in first.rglob("*") if path.is_file()}
    assert held == {path.relative_to(second): path.read_bytes() for path in second.rglob("*") if path.is_file()}
    assert len(held) > 25


def test_a_folder_that_is_no_site_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    made = made_by_hand(tmp_path)
    kept = tmp_path / "letters" / "mine.txt"
    kept.parent.mkdir()
    kept.write_text("mine", encoding="utf-8")
    assert commands.main(["site", "--made", str(made), "--out", str(kept.parent)]) == 2
    assert "something other than a site" in capsys.readouterr().err
    assert kept.read_text(encoding="utf-8") == "mine"
    kept.unlink()
    assert commands.main(["site", "--made", str(made), "--out", str(kept.parent)]) == 0
    (kept.parent / "stale.html").touch()
    assert commands.main(["site", "--made", str(made), "--out", str(kept.parent)]) == 0
    assert not (kept.parent / "stale.html").exists()


def test_without_reports_the_site_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    shutil.copytree(ROOT / "figures", tmp_path / "figures", dirs_exist_ok=True)
    assert commands.main(["site", "--made", str(tmp_path), "--out", str(tmp_path / "site")]) == 2
    assert "holds no report. Make them first: make" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_terms_of_the_codebook_are_in_words(plans: tables.Tables) -> None:
    for lang in LANGUAGES:
        for row in codebook.indicators(plans, lang):
            assert "-" not in row.cells["growth"]
            assert row.cells["kind"]
