"""Figures say what they must, hold no clipped or overlapping text, and come out byte for byte."""

import json
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.methods import ambition, comparability, growth, measures, plans, pathways, progress
from analysis.figures import arrange, captions, charts, base
from analysis import language, style
from analysis.errors import UserError
from analysis.files import FIGURES_VARIABLE, ROOT
from analysis.tables import Tables, select_cities

CITIES = ("haikou", "shanwei", "weihai", "xiamen")
PROGRESS = ["progress-assessable", "progress-paths"]
PLANS = ["plans-horizons", "plans-dimensions", "plans-forms"]
CALENDAR = ["money-promised", "dates-promised"]
PROFILES = [f"profile-{city}-{kind}" for city in CITIES for kind in ("targets", "wording")]
GROWTH = ["growth-rates", "growth-shared", "pathways-meetings"]
AMBITION = ["ambition-axes", "ambition-score"]
COMPARED = ["compare-verdicts", "compare-levels"]
KINDS = [*PLANS, *PROFILES, *COMPARED, *GROWTH, *AMBITION, "measures-agencies", "measures-themes", *CALENDAR, *PROGRESS]
CAPTION = {"title": "A finding", "subtitle": "Per cent", "source": "A plan.", "note": "", "alt": "What is drawn."}


def draw(name: str, plans: Tables, lang: str) -> tuple[Figure, dict[str, str], pd.DataFrame]:
    """Draw a figure of the suite as its notebook does."""
    colours = style.city_colours(select_cities(plans))
    if name.startswith("profile"):
        _, city, kind = name.split("-")
        promised = plans.targets(plans, city, lang)
        if kind == "targets":
            rates = growth.growth_table(plans, [city], lang=lang)
            return (
                charts.target_rows(promised, colour=colours[city], lang=lang),
                captions.target_rows(promised, rates, plans, lang),
                promised,
            )
        counts = plans.wording_counts(promised)
        figure = charts.wording_grid(counts, plans.WORDINGS, colour=colours[city], lang=lang)
        return figure, captions.wording_grid(promised, plans, lang), counts
    if name in PLANS:
        return draw_plans(name, plans, lang, colours)
    if name in COMPARED:
        return draw_compared(name, plans, lang, colours)
    if name in PROGRESS:
        return draw_progress(name, plans, lang, colours)
    if name in CALENDAR:
        return draw_calendar(name, plans, lang, colours)
    if name.startswith("measures"):
        return draw_measures(name, plans, lang, colours)
    if name in AMBITION:
        return draw_ambition(name, plans, lang, colours)
    if name == "pathways-meetings":
        meetings = pathways.catch_up_table(plans, lang=lang)
        panels = arrange.meeting_panels(meetings, plans, lang)
        figure = charts.meetings(panels, colours=colours, lang=lang)
        return figure, captions.meetings(panels, meetings, plans, lang), meetings
    rates = growth.growth_table(plans, lang=lang)
    pairs = comparability.among(comparability.matrix(plans), rates)
    if name == "growth-rates":
        compound = rates[rates["compound_rate"].notna()]
        compound = compound.assign(label=arrange.rate_labels(compound, lang))
        groups = arrange.comparable_groups(compound, pairs, lang)
        figure = charts.growth_rates(compound, groups, colours=colours)
        return figure, captions.growth_rates(compound, pairs, plans, lang), compound
    panels = arrange.shared_panels(rates, pairs, plans, lang)
    shared = arrange.panel_rows(panels, rates)
    figure = charts.shared_indicators(panels, colours=colours, lang=lang)
    return figure, captions.shared_indicators(panels, shared, plans, lang), shared


def draw_plans(name: str, plans: Tables, lang: str, colours: dict[str, str]) -> tuple:
    documents = plans.horizons(plans, lang=lang)
    if name == "plans-horizons":
        figure = charts.horizons(documents, colours=colours, lang=lang)
        return figure, captions.horizons(documents, lang), documents
    if name == "plans-dimensions":
        covered = plans.dimensions(plans, lang=lang)
        figure = charts.dimension_grid(covered, colours=colours, lang=lang)
        return figure, captions.dimension_grid(covered, documents, lang), covered
    worded = plans.forms(plans, lang=lang)
    figure = charts.form_grid(worded, plans.FORMS, colours=colours, lang=lang)
    return figure, captions.form_grid(worded, documents, lang), worded


def draw_compared(name: str, plans: Tables, lang: str, colours: dict[str, str]) -> tuple:
    stated = comparability.levels_table(plans, lang=lang)
    pairs = comparability.among(comparability.matrix(plans), stated)
    national = comparability.among(comparability.against_benchmark(plans), stated)
    if name == "compare-verdicts":
        blocks = arrange.verdict_blocks(pairs, national, plans, lang)
        caption = captions.verdict_matrix(blocks, pairs, stated, plans, lang)
        return charts.verdict_matrix(blocks, lang=lang), caption, arrange.verdict_data(pairs, national)
    panels = arrange.level_panels(stated, pairs, national, plans, lang)
    shown = arrange.level_data(panels, stated)
    figure = charts.level_panels(panels, colours=colours, lang=lang)
    return figure, captions.level_panels(panels, shown, plans, lang), shown


def draw_calendar(name: str, plans: Tables, lang: str, colours: dict[str, str]) -> tuple:
    if name == "money-promised":
        money = plans.sums(plans, lang=lang)
        return charts.sums(money, colours=colours), captions.sums(money, plans, lang), money
    dated = plans.dates(plans, lang=lang)
    return charts.time_line(dated, colours=colours), captions.time_line(dated, plans, lang), dated


def draw_ambition(name: str, plans: Tables, lang: str, colours: dict[str, str]) -> tuple:
    measured = ambition.axes(plans, lang=lang)
    if name == "ambition-axes":
        figure = charts.ambition_axes(arrange.axis_blocks(measured, lang), colours=colours, lang=lang)
        return figure, captions.ambition_axes(measured, plans, lang), measured
    score = ambition.score(plans, measured, lang=lang)
    rows = arrange.score_rows(score, plans, lang)
    figure = charts.ambition_score(rows, colours=colours, lang=lang)
    return figure, captions.ambition_score(score, measured, plans, lang), rows


def draw_progress(name: str, plans: Tables, lang: str, colours: dict[str, str]) -> tuple:
    progressed = progress.progress_table(plans, lang=lang)
    if name == "progress-assessable":
        counts = arrange.assessable(progressed)
        figure = charts.progress_assessable(counts, colours=colours, lang=lang)
        return figure, captions.progress_assessable(counts, progressed, plans, lang), counts
    rows = arrange.assessed(progressed)
    panels = arrange.progress_panels(rows, progress.benchmark_table(plans, lang=lang), plans, lang)
    figure = charts.progress_paths(panels, colours=colours)
    return figure, captions.progress_paths(panels, rows, plans, lang), arrange.drawn(panels)


def draw_measures(
    name: str, plans: Tables, lang: str, colours: dict[str, str]
) -> tuple[Figure, dict[str, str], pd.DataFrame]:
    documents = measures.items(plans, lang=lang)
    if name == "measures-themes":
        covered = measures.coverage(plans, lang=lang)
        groups = arrange.theme_groups(covered, lang)
        figure = charts.theme_matrix(covered, groups, colours=colours, lang=lang)
        return figure, captions.theme_matrix(covered, documents, lang), covered
    load = measures.agency_load(plans, lang=lang)
    functions = arrange.most_named(load)
    figure = charts.agency_matrix(load, functions, colours=colours, lang=lang)
    return figure, captions.agency_matrix(load, functions, documents, lang), load


@pytest.fixture(scope="module", params=[(name, lang) for name in KINDS for lang in language.LANGUAGES], ids="-".join)
def drawn(request: pytest.FixtureRequest, plans: Tables, tmp_path_factory: pytest.TempPathFactory):
    """Return every figure of the suite, drawn and written, in both languages."""
    name, lang = request.param
    figure, caption, data = draw(name, plans, lang)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FIGURES_VARIABLE, str(tmp_path_factory.mktemp("figures")))
        patch.setattr(Figure, "savefig", vector_only)
        saved = base.save_figure(figure, name, **caption, data=data, lang=lang)
    return name, lang, figure, saved


WRITE = Figure.savefig


def vector_only(figure: Figure, path: Path, *, format: str, **options: object) -> None:  # noqa: A002
    """Write an SVG; a PNG takes longer, and the test of the engines compares those with the committed ones."""
    WRITE(figure, path, format=format, **options) if format == "svg" else path.touch()


def boxes(figure: Figure) -> list[tuple[str, object]]:
    """Return every text of a figure with its box in pixels."""
    renderer = figure.canvas.get_renderer()
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in texts]


def test_no_text_leaves_the_canvas(drawn) -> None:
    figure = drawn[2]
    width, height = figure.canvas.get_width_height()
    outside = [text for text, box in boxes(figure) if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height]
    assert outside == []


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
    for path in (saved.svg, saved.csv, saved.json):
        assert path.read_bytes() == (ROOT / "figures" / lang / path.name).read_bytes(), path.name


def test_the_csv_holds_the_rows_that_are_drawn(plans: Tables) -> None:
    figure, caption, data = draw("growth-rates", plans, "en")
    saved = base.save_figure(figure, "growth-rates", **caption, data=data, lang="en")
    written = pd.read_csv(saved.csv)
    assert written["compound_rate"].tolist() == pytest.approx(data["compound_rate"].tolist(), rel=1e-9)
    assert len(written) == 14


def test_a_cell_of_many_dots_stays_in_its_column() -> None:
    counts = pd.DataFrame({"dimension": ["creation"], "wording": ["start-and-end"], "targets": [40]})
    figure = charts.wording_grid(counts, plans.WORDINGS, colour="#000000", lang="en")
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
    assert json.loads(saved.json.read_text(encoding="utf-8")) == CAPTION | {"about": about}


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
    assert writers == ["figures.py"]
