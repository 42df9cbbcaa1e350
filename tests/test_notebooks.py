"""Notebooks keep their contract, and parameters are checked before anything runs."""

import ast
import json
import re

import pytest

from analysis.errors import UserError
from analysis.reports import notebooks
from analysis.reports.notebooks import Notebook

CITIES = ["haikou", "shanwei", "weihai", "xiamen"]
FOUND = notebooks.find()
ONE_A_CITY = "11-profile-city"
NAMES = [
    "01-read-the-plans",
    ONE_A_CITY,
    "21-compare-targets",
    "22-compare-growth",
    "23-trace-pathways",
    "24-weigh-ambition",
    "25-track-progress",
    "31-map-measures",
    "32-follow-money-and-dates",
]


@pytest.fixture(params=FOUND, ids=lambda notebook: notebook.name)
def cells(request: pytest.FixtureRequest) -> list[dict]:
    content = json.loads(request.param.path.read_text(encoding="utf-8"))["cells"]
    return [cell | {"text": "".join(cell["source"]), "tags": cell["metadata"].get("tags", [])} for cell in content]


def prose(cells: list[dict], lang: str) -> list[str]:
    return [cell["text"] for cell in cells if f"lang-{lang}" in cell["tags"]]


def test_every_notebook_of_the_suite_is_found_in_reading_order() -> None:
    assert [notebook.name for notebook in FOUND] == NAMES


def test_both_languages_stand_side_by_side_with_the_same_headings(cells: list[dict]) -> None:
    tagged = [cell["tags"][0] for cell in cells if cell["cell_type"] == "markdown"]
    assert tagged == ["lang-en", "lang-zh"] * (len(tagged) // 2)
    for english, chinese in zip(prose(cells, "en"), prose(cells, "zh"), strict=True):
        assert re.findall("^#+", english, re.MULTILINE) == re.findall("^#+", chinese, re.MULTILINE)
        assert english.count("\n- ") == chinese.count("\n- ")


def test_the_question_comes_first_and_what_is_not_shown_last(cells: list[dict]) -> None:
    assert prose(cells, "en")[0].splitlines()[0].endswith("?")
    assert prose(cells, "zh")[0].splitlines()[0].endswith("？")
    assert prose(cells, "en")[-1].startswith("## What this does not show")
    assert prose(cells, "zh")[-1].startswith("## 本文未能说明的")


def test_the_first_code_cell_holds_the_parameters(cells: list[dict]) -> None:
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert ["parameters" in cell["tags"] for cell in code] == [True] + [False] * (len(code) - 1)


def test_code_cells_are_short_and_hold_no_definition_and_no_path(cells: list[dict]) -> None:
    for cell in cells:
        if cell["cell_type"] == "code":
            assert len(cell["text"].splitlines()) <= 10
            assert not any(isinstance(node, ast.FunctionDef | ast.Lambda) for node in ast.walk(ast.parse(cell["text"])))
            assert "/" not in re.sub(r"#.*", "", cell["text"])


def test_no_number_is_typed_into_prose(cells: list[dict]) -> None:
    for text in prose(cells, "en") + prose(cells, "zh"):
        # A formula's own numbers, and the population of a per-head indicator, are not findings.
        bare = re.sub(r"\*\([^*]*\*|10,000", "", text)
        assert re.findall(r"\d+", bare) == []


def test_prose_and_code_go_in_step(cells: list[dict]) -> None:
    said, run = len(prose(cells, "en")), sum(cell["cell_type"] == "code" for cell in cells)
    assert 0.35 <= said / (said + run) <= 0.5


def test_notebooks_are_committed_without_outputs(cells: list[dict]) -> None:
    for cell in cells:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None


def test_every_run_of_the_suite_is_planned() -> None:
    runs = notebooks.plan(FOUND, CITIES)
    assert len(runs) == 2 * (len(NAMES) - 1 + len(CITIES))
    expected = {f"{ONE_A_CITY}-{city}" for city in CITIES} | set(NAMES) - {ONE_A_CITY}
    assert {run.name for run in runs} == expected


def test_a_report_about_some_cities_has_a_name_of_its_own() -> None:
    runs = notebooks.plan(FOUND, CITIES, cities=["xiamen", "weihai"], languages=["zh"])
    assert [str(run) for run in runs] == [
        "01-read-the-plans-weihai-xiamen (zh)",
        "11-profile-city-weihai (zh)",
        "11-profile-city-xiamen (zh)",
        "21-compare-targets-weihai-xiamen (zh)",
        "22-compare-growth-weihai-xiamen (zh)",
        "23-trace-pathways-weihai-xiamen (zh)",
        "24-weigh-ambition-weihai-xiamen (zh)",
        "25-track-progress-weihai-xiamen (zh)",
        "31-map-measures-weihai-xiamen (zh)",
        "32-follow-money-and-dates-weihai-xiamen (zh)",
    ]


def test_naming_all_cities_is_naming_none() -> None:
    assert "22-compare-growth" in [run.name for run in notebooks.plan(FOUND, CITIES, cities=CITIES)]


def test_one_report_has_one_name_however_it_is_asked_for() -> None:
    by_option = notebooks.plan(FOUND, CITIES, cities=["xiamen", "weihai"])
    with_cities = [run for run in by_option if run.notebook.name != ONE_A_CITY]
    assert notebooks.plan(FOUND, CITIES, settings={"cities": "xiamen,weihai"}) == with_cities
    every = [run for run in notebooks.plan(FOUND, CITIES) if run.notebook.name != ONE_A_CITY]
    assert notebooks.plan(FOUND, CITIES, settings={"cities": ",".join(reversed(CITIES))}) == every
    known = ["madrid-marks", "patent-agencies"]
    settings = {"lang": "en", "cities": "weihai", "indicators": "patent-agencies,madrid-marks"}
    (run, *_) = notebooks.plan(FOUND, CITIES, settings=settings, known_indicators=known)
    assert (run.name, run.parameters) == ("21-compare-targets-weihai", {"cities": ["weihai"], "lang": "en"})
    settings["indicators"] = "patent-agencies"
    (run, *_) = notebooks.plan(FOUND, CITIES, settings=dict(reversed(settings.items())), known_indicators=known)
    assert run.name == "21-compare-targets-weihai-patent-agencies"


def test_a_choice_written_into_a_notebook_stands_in_the_name_of_its_report(tmp_path) -> None:
    whole = (notebooks.NOTEBOOKS / "22-compare-growth.ipynb").read_text(encoding="utf-8")
    part = whole.replace("cities = []", "cities = ['xiamen']")
    assert part != whole
    (tmp_path / "22-compare-growth.ipynb").write_text(part, encoding="utf-8")
    (run,) = notebooks.plan(notebooks.find(tmp_path), CITIES, languages=["en"])
    assert (run.name, run.values["cities"]) == ("22-compare-growth-xiamen", ["xiamen"])
    (other,) = notebooks.plan(notebooks.find(tmp_path), CITIES, languages=["en"], cities=["weihai"])
    assert other.name == "22-compare-growth-weihai"


def test_two_runs_of_one_name_are_refused(tmp_path) -> None:
    cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": ['city = ""\n', 'lang = "en"']}
    for name in ("90-one", "90-one-a"):
        (tmp_path / f"{name}.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    found = notebooks.find(tmp_path)
    with pytest.raises(
        UserError, match=r"90-one-a-b \(en\) would be the report of 90-one-a with city='b' and of 90-one "
    ):
        notebooks.plan(found, ["b", "a-b"])
    assert len(notebooks.plan(found, ["c", "d"])) == 8


def test_settings_choose_the_notebooks_that_take_them() -> None:
    (run,) = notebooks.plan(FOUND, CITIES, settings={"city": "weihai", "lang": "zh"})
    assert (run.name, run.parameters) == ("11-profile-city-weihai", {"city": "weihai", "lang": "zh"})
    runs = notebooks.plan(FOUND, CITIES, settings={"indicators": "patent-agencies, madrid-marks", "lang": "en"})
    assert all(run.parameters["indicators"] == ["patent-agencies", "madrid-marks"] for run in runs)
    assert [run.name for run in runs] == [
        "21-compare-targets-patent-agencies-madrid-marks",
        "22-compare-growth-patent-agencies-madrid-marks",
        "23-trace-pathways-patent-agencies-madrid-marks",
        "25-track-progress-patent-agencies-madrid-marks",
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"settings": {"citty": "weihai"}}, "'citty' is no parameter here. Did you mean 'city'?"),
        ({"settings": {"city": "weihei"}}, "'weihei' is not a city in cities.csv. Did you mean 'weihai'?"),
        ({"settings": {"city": ""}}, "'' is not a city in cities.csv"),
        ({"settings": {"cities": "xiamen, weihei"}}, "'weihei' is not a city in cities.csv. Did you mean 'weihai'?"),
        (
            {"settings": {"indicators": "madrid-mark"}, "known_indicators": ["madrid-marks"]},
            "'madrid-mark' is not an indicator in indicators.csv. Did you mean 'madrid-marks'?",
        ),
        ({"settings": {"lang": "cn"}}, "'cn' is not a language"),
        ({"settings": {"city": "weihai", "indicators": "x"}}, "No notebook takes city and indicators together"),
        ({"cities": ["Weihai"]}, "Did you mean 'weihai'?"),
        ({"languages": ["english"]}, "'english' is not a language"),
        ({"cities": ["../weihai"]}, "'../weihai' is not a city"),
    ],
)
def test_a_wrong_name_is_refused_with_the_nearest_right_one(options: dict, message: str) -> None:
    with pytest.raises(UserError, match=message):
        notebooks.plan(FOUND, CITIES, **options)


def test_an_unknown_notebook_is_refused() -> None:
    with pytest.raises(UserError, match=r"Did you mean '11-profile-city'\?"):
        notebooks.choose(FOUND, ["11-profil-city"])


def test_values_take_the_type_of_the_default(tmp_path) -> None:
    notebook = Notebook(tmp_path / "90-typed.ipynb")
    cell = {
        "cell_type": "code",
        "metadata": {"tags": ["parameters"]},
        "source": ['code = "x"\n', "n = 4\n", 'lang = "en"'],
    }
    notebook.path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    # papermill's own command would turn 007 into 7.
    runs = notebooks.plan([notebook], CITIES, languages=["en"], settings={"code": "007", "n": "5"})
    assert runs[0].parameters == {"code": "007", "n": 5, "lang": "en"}
    with pytest.raises(UserError, match=r"'five' is no value for n\. Give one like its default, 4\."):
        notebooks.plan([notebook], CITIES, settings={"n": "five"})


def test_a_parameters_cell_that_computes_is_refused(tmp_path) -> None:
    notebook = Notebook(tmp_path / "90-computed.ipynb")
    cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": ["n = 2 * f()"]}
    notebook.path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    with pytest.raises(UserError, match="must hold plain assignments"):
        _ = notebook.defaults
