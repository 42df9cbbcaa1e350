"""Figures say what they must, hold no clipped or overlapping text, and come out byte for byte."""

import json
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis import language, style
from analysis.errors import UserError
from analysis.figures import base, profile
from analysis.files import FIGURES_VARIABLE, ROOT
from analysis.methods.plans import WORDINGS
from analysis.tables import Tables

from .cells import shown

CITIES = ("haikou", "shanwei", "weihai", "xiamen")
CAPTION = {"title": "A finding", "subtitle": "Per cent", "source": "A plan.", "note": "", "alt": "What is drawn."}


def pictures(plans: Tables, lang: str, cities: tuple[str, ...] = CITIES, draws: int = 200) -> dict[str, base.Picture]:
    """Return every figure of the suite, and the profiles of some cities, as the notebooks plan them."""
    found = shown(plans, lang, draws=draws)
    for city in cities:
        found |= shown(plans, lang, "11-profile-city", city=city)
    return {name: given for name, given in found.items() if isinstance(given, base.Picture)}


NAMES = sorted(path.stem for path in (ROOT / "figures" / "en").glob("*.svg"))


PLANNED: dict[str, dict[str, base.Picture]] = {}


def planned(plans: Tables, lang: str) -> dict[str, base.Picture]:
    """Return every figure of the suite in a language, not drawn yet."""
    if lang not in PLANNED:
        PLANNED[lang] = pictures(plans, lang, draws=10_000)
    return PLANNED[lang]


@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_every_figure_of_the_repository_is_one_of_the_suite(plans: Tables, lang: str) -> None:
    assert sorted(planned(plans, lang)) == NAMES


@pytest.fixture(scope="module", params=[(name, lang) for lang in language.LANGUAGES for name in NAMES], ids="-".join)
def drawn(request: pytest.FixtureRequest, plans: Tables, tmp_path_factory: pytest.TempPathFactory):
    """Return every figure of the suite, drawn and written, in both languages."""
    name, lang = request.param
    picture = planned(plans, lang)[name]
    figure = picture.draw()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FIGURES_VARIABLE, str(tmp_path_factory.mktemp("figures")))
        patch.setattr(Figure, "savefig", vector_only)
        saved = base.save_figure(figure, picture.name, **picture.words, data=picture.rows, lang=picture.lang)
    return picture.name, picture.lang, figure, saved


WRITE = Figure.savefig


def vector_only(figure: Figure, path: Path, *, format: str, **options: object) -> None:  # noqa: A002
    """Write an SVG; a PNG takes longer, and the test of the engines compares those with the committed ones."""
    WRITE(figure, path, format=format, **options) if format == "svg" else path.touch()


def boxes(figure: Figure) -> list[tuple[str, object]]:
    """Return every text of a figure with its box in pixels."""
    renderer = figure.canvas.get_renderer()
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in texts]


def outside(figure: Figure) -> list[str]:
    """Return the texts that leave the canvas."""
    width, height = figure.canvas.get_width_height()
    return [text for text, box in boxes(figure) if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height]


def test_no_text_leaves_the_canvas(drawn) -> None:
    assert outside(drawn[2]) == []


def overlapping(figure: Figure) -> list[tuple[str, str]]:
    """Return the pairs of texts that overlap."""
    return [
        (first, second)
        for (first, a), (second, b) in combinations(boxes(figure), 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 2
    ]


def test_no_text_overlaps_another(drawn) -> None:
    assert overlapping(drawn[2]) == []


def test_every_character_has_a_glyph(drawn) -> None:
    font = style.font_manager.get_font(style.font_manager.findfont(style.font_family()))
    known = font.get_charmap()
    missing = {char for text, _ in boxes(drawn[2]) for char in text if char != "\n" and ord(char) not in known}
    assert missing == set()


def test_committed_figures_come_out_byte_for_byte(drawn) -> None:
    _, lang, _, saved = drawn
    for path in (saved.svg, saved.csv):
        assert path.read_bytes() == (ROOT / "figures" / lang / path.name).read_bytes(), path.name
    words, committed = (json.loads((folder / saved.json.name).read_text(encoding="utf-8"))
                        for folder in (saved.json.parent, ROOT / "figures" / lang))  # fmt: skip
    assert words == committed | {"drawn_by": {}}


def test_the_csv_holds_the_rows_that_are_drawn(plans: Tables) -> None:
    picture = shown(plans, "en", "22-compare-growth")["growth-rates"]
    saved = base.save_figure(picture.draw(), "growth-rates", **picture.words, data=picture.rows, lang="en")
    written = pd.read_csv(saved.csv)
    assert written["compound_rate"].tolist() == pytest.approx(picture.rows["compound_rate"].tolist(), rel=1e-9)
    assert len(written) == 14


def test_a_cell_of_many_dots_stays_in_its_column() -> None:
    counts = pd.DataFrame({"dimension": ["creation"], "wording": ["start-and-end"], "targets": [40]})
    figure = profile._draw_wording_grid(counts, WORDINGS, colour="#000000", lang="en")
    places = dict(boxes(figure))
    assert places["+ 40"].x1 < places["target without a\nbaseline"].x0


@pytest.mark.parametrize("missing", ["title", "subtitle", "source", "alt"])
def test_a_figure_without_its_words_is_refused(missing: str) -> None:
    caption = CAPTION | {missing: " "}
    with pytest.raises(ValueError, match=f"has no {missing}"):
        base.save_figure(style.canvas(1), "a-figure", **caption, data=pd.DataFrame({"a": [1]}), lang="en")


def test_a_figure_without_data_or_with_a_path_for_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="has no data"):
        base.save_figure(style.canvas(1), "a-figure", **CAPTION, data=pd.DataFrame(), lang="en")
    with pytest.raises(ValueError, match="no name for a figure"):
        base.save_figure(style.canvas(1), "../a", **CAPTION, data=pd.DataFrame({"a": [1]}), lang="en")


def test_a_failing_write_leaves_the_old_figure_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pd.DataFrame({"a": [1]})
    saved = base.save_figure(style.canvas(1), "a-figure", **CAPTION, data=data, lang="en")
    before = saved.svg.read_bytes()

    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Figure, "savefig", fails)
    with pytest.raises(UserError, match="No space left on device"):
        base.save_figure(style.canvas(1), "a-figure", **CAPTION, data=data, lang="en")
    assert saved.svg.read_bytes() == before
    assert sorted(path.name for path in saved.svg.parent.iterdir()) == [
        f"a-figure.{ending}" for ending in ("csv", "json", "png", "svg")
    ]


def test_the_words_of_a_figure_stand_beside_it_with_what_its_data_are_about() -> None:
    data = pd.DataFrame({"city_id": ["xiamen", "weihai", "xiamen"], "dimension": ["creation", None, "services"]})
    saved = base.save_figure(style.canvas(1), "a-figure", **CAPTION, data=data, lang="zh")
    about = {"cities": ["xiamen", "weihai"], "dimensions": ["creation", "services"]}
    assert json.loads(saved.json.read_text(encoding="utf-8")) == CAPTION | {"about": about, "drawn_by": {}}


def test_a_label_that_looks_like_code_is_drawn_as_text() -> None:
    caption = CAPTION | {"title": "<script>alert('x')</script> & \"quoted\""}
    saved = base.save_figure(style.canvas(1), "a-figure", **caption, data=pd.DataFrame({"a": [1]}), lang="en")
    picture = ElementTree.parse(saved.svg)  # noqa: S314 - written a line above
    names = {element.tag.rpartition("}")[2] for element in picture.iter()}
    assert "script" not in names
    assert picture.getroot().findtext("{http://www.w3.org/2000/svg}title") == caption["title"]


def test_the_shown_figure_carries_its_alternative_text_escaped() -> None:
    caption = CAPTION | {"alt": 'A "quoted" <b>'}
    saved = base.save_figure(style.canvas(1), "a-figure", **caption, data=pd.DataFrame({"a": [1]}), lang="en")
    assert 'alt="A &quot;quoted&quot; &lt;b&gt;"' in saved._repr_html_()


def test_only_one_module_writes_figures() -> None:
    writers = [
        path.name for path in Path(ROOT, "analysis").rglob("*.py") if "savefig(" in path.read_text(encoding="utf-8")
    ]
    assert writers == ["base.py"]
