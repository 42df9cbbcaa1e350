"""What the plans do: published totals, closed forms, and that nothing unstated becomes a zero."""

import dataclasses
import json
import re

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

from analysis import texts
from analysis.errors import UserError
from analysis.figures.base import Picture
from analysis.files import ROOT
from analysis.methods import measures
from analysis.methods.measures import FUNCTIONS
from analysis.tables import Tables, table_fields

from .cells import shown

# Counted in the documents by hand: tasks of a city; mentions, measures with a list, and different units.
TASKS = {"haikou": 34, "shanwei": 20, "weihai": 23, "xiamen": 18}
LISTS = {"haikou": (134, 28, 31), "weihai": (67, 23, 21), "xiamen": (121, 21, 36)}


def with_city(plans: Tables, city: str, rows: dict[str, list[str]]) -> Tables:
    """Return the tables with one more city whose tasks have these primary themes, each with a list of functions.

    `rows` holds a task's theme and then the functions that its list names.
    """
    places = {"measure_id": [f"{city}-{place}" for place in range(len(rows))]}
    named = [(f"{city}-{place}", name) for place, names in enumerate(rows.values()) for name in names]
    frames = {
        "cities": pd.DataFrame({"city_id": [city], "kind": "city", "name_en": "Elsewhere", "name_zh": "某市"}),
        "documents": pd.DataFrame(
            {"document_id": [f"{city}-plan"], "city_id": city, "title_en": "Plan", "title_zh": "方案"}
        ),
        "measures": pd.DataFrame(places | {"document_id": f"{city}-plan", "city_id": city, "kind": "task"}),
        "measure_themes": pd.DataFrame(places | {"theme_id": list(rows), "weight": "primary"}),
        "agencies": pd.DataFrame(
            {"agency_id": f"{city}-{name}", "function": name, "city_id": city} for name in {name for _, name in named}
        ),
        "responsibilities": pd.DataFrame(
            {"measure_id": measure, "agency_id": f"{city}-{name}", "position": 1} for measure, name in named
        ),
    }  # fmt: skip
    joined = {name: pd.concat([getattr(plans, name), frame], ignore_index=True) for name, frame in frames.items()}
    return dataclasses.replace(plans, **joined)


def test_every_city_has_the_tasks_of_its_documents(plans: Tables) -> None:
    covered = measures.coverage(plans)
    assert dict(covered.groupby("city_id")["city_tasks"].first()) == TASKS
    assert dict(measures.items(plans).groupby("city_id")["tasks"].sum()) == TASKS


def test_every_task_counts_under_one_theme_and_shares_add_up_to_one(plans: Tables) -> None:
    by_city = measures.coverage(plans).groupby("city_id")
    assert dict(by_city["tasks"].sum()) == TASKS
    assert by_city["share"].sum().tolist() == pytest.approx([1.0] * 4, abs=1e-12)


def test_there_is_one_row_a_theme_and_city_and_no_task_is_a_zero(plans: Tables) -> None:
    covered = measures.coverage(plans)
    assert len(covered) == 19 * 4
    assert covered["city_id"].tolist() == list(TASKS) * 19
    cell = covered.set_index(["theme_id", "city_id"]).loc[("copyright", "xiamen")]
    assert (cell["tasks"], cell["share"], cell["secondary"]) == (0, 0.0, 1)


def test_the_lists_hold_the_mentions_that_the_documents_print(plans: Tables) -> None:
    load = measures.agency_load(plans)
    for city, (mentions, listed, agencies) in LISTS.items():
        rows = load[load["city_id"] == city]
        assert (rows["mentions"].sum(), rows["agencies"].sum()) == (mentions, agencies)
        assert set(rows["city_listed"]) == {listed}
        assert rows["units_per_measure"].iloc[0] == pytest.approx(mentions / listed, abs=1e-12)
        assert rows["per_measure"].sum() == pytest.approx(mentions / listed, abs=1e-9)


def test_a_city_without_lists_is_not_stated_and_never_zero(plans: Tables) -> None:
    load = measures.agency_load(plans)
    counts = ["mentions", "measures", "agencies", "city_mentions", "city_listed", "per_measure", "units_per_measure"]
    assert load.loc[load["city_id"] == "shanwei", counts].isna().all().all()
    assert load.loc[load["city_id"] != "shanwei", counts].notna().all().all()
    assert set(load.loc[load["city_id"] == "shanwei", "status"]) == {"not-stated"}
    assert measures.co_responsibility(plans, "shanwei").empty


def test_measures_without_a_list_do_not_count_in_the_mean(plans: Tables) -> None:
    documents = measures.items(plans).set_index("document_id")
    assert documents["measures"].to_dict() == {
        "haikou-plan-2022": 31,
        "haikou-cluster-2021": 19,
        "shanwei-plan-2016": 23,
        "weihai-measures-2021": 26,
        "xiamen-plan-2022": 21,
    }
    lists = documents[["listed", "mentions", "agencies", "units_per_measure"]]
    assert lists.loc[["haikou-cluster-2021", "shanwei-plan-2016"]].isna().all().all()
    assert lists.loc["haikou-plan-2022"].tolist() == [28, 134, 31, pytest.approx(134 / 28)]


def test_two_units_of_one_function_are_two_mentions_of_one_measure(plans: Tables) -> None:
    load = measures.agency_load(plans).set_index(["function", "city_id"])
    zones = load.loc[("development-zone", "xiamen")]
    assert (zones["mentions"], zones["agencies"]) == (19, 3)
    assert zones["measures"] < zones["mentions"]


def test_the_same_tasks_are_alike_and_tasks_without_a_common_theme_are_not(plans: Tables) -> None:
    profile = measures.coverage(plans, ["xiamen"]).query("tasks > 0")
    assert len(profile) == 14
    twin = with_city(plans, "twin", {theme: [] for theme in profile["theme_id"]})
    pair = measures.similarity(twin, ["xiamen", "twin"]).iloc[0]
    assert (pair["jaccard"], pair["shared"], pair["either"]) == (1.0, 14, 14)
    stranger = with_city(plans, "stranger", {"copyright": [], "ip-finance": []})
    pair = measures.similarity(stranger, ["xiamen", "stranger"]).iloc[0]
    assert (pair["jaccard"], pair["cosine"], pair["shared"], pair["either"]) == (0.0, 0.0, 0, 16)


def test_likeness_is_a_closed_form() -> None:
    likeness = measures._likeness(np.array([2.0, 1.0, 0.0]), np.array([4.0, 2.0, 0.0]))
    assert likeness["cosine"] == pytest.approx(1.0, abs=1e-12)
    assert likeness["cosine_high"] <= 1.0
    likeness = measures._likeness(np.array([1.0, 1.0, 0.0]), np.array([0.0, 1.0, 1.0]))
    assert (likeness["jaccard"], likeness["cosine"]) == pytest.approx((1 / 3, 1 / 2), abs=1e-12)
    # Leaving out the shared task leaves nothing in common, leaving out the other one 1/√2.
    assert (likeness["cosine_low"], likeness["cosine_high"]) == pytest.approx((0.0, 1 / np.sqrt(2)), abs=1e-12)


def test_likeness_is_symmetric_and_between_zero_and_one(plans: Tables) -> None:
    columns = ["shared", "either", "jaccard", "jaccard_any", "cosine", "cosine_low", "cosine_high"]
    there = measures.similarity(plans)
    turned = dataclasses.replace(plans, cities=plans.cities.iloc[::-1].reset_index(drop=True))
    back = measures.similarity(turned).set_index(["city_b_id", "city_a_id"])[columns]
    assert len(there) == len(back) == 6
    back = back.loc[list(zip(there["city_a_id"], there["city_b_id"], strict=True))]
    assert there[columns].to_numpy() == pytest.approx(back.to_numpy(), abs=1e-12)
    assert there[columns[2:]].ge(0).all().all()
    assert there[columns[2:]].le(1 + 1e-12).all().all()
    assert (there["cosine_low"] <= there["cosine"]).all()


def test_a_pair_of_functions_stands_once_and_counts_measures(plans: Tables) -> None:
    found = measures.co_responsibility(plans, "haikou")
    assert (found["function_a"] < found["function_b"]).all()
    assert not found.duplicated(["function_a", "function_b"]).any()
    assert found["measures"].is_monotonic_decreasing
    pair = found[(found["function_a"] == "agriculture") & (found["function_b"] == "market-regulation")]
    load = measures.agency_load(plans).set_index(["function", "city_id"])["measures"]
    # The market regulator stands in each of Haikou's lists, and so in all that name agriculture.
    assert load["market-regulation", "haikou"] == 28
    assert pair["measures"].tolist() == [load["agriculture", "haikou"]] == [11]


def test_the_functions_of_a_small_list_pair_as_expected(plans: Tables) -> None:
    more = with_city(plans, "elsewhere", {"talent": ["courts", "police", "customs"], "culture": ["police", "courts"]})
    found = measures.co_responsibility(more, "elsewhere")
    rows = found[["function_a", "function_b", "measures"]].to_numpy().tolist()
    assert rows == [["courts", "police", 2], ["courts", "customs", 1], ["customs", "police", 1]]


def test_two_units_of_one_function_make_no_second_pair(plans: Tables) -> None:
    load = measures.agency_load(plans).set_index(["function", "city_id"])
    found = measures.co_responsibility(plans, "xiamen")
    pairs = found[(found["function_a"] == "development-zone") | (found["function_b"] == "development-zone")]
    # Four of Xiamen's lists name two zones: 19 mentions in 15 measures, and no pair may exceed the measures.
    assert load.loc[("development-zone", "xiamen"), "mentions"] == 19
    assert pairs["measures"].max() <= load.loc[("development-zone", "xiamen"), "measures"]


def test_another_city_changes_no_number_of_the_others(plans: Tables) -> None:
    more = with_city(plans, "elsewhere", {"talent": ["courts", "tax"], "culture": ["police"]})
    for method in (measures.coverage, measures.agency_load, measures.items):
        before, after = method(plans), method(more)
        after = after[after["city_id"] != "elsewhere"].reset_index(drop=True)
        pd.testing.assert_frame_equal(before, after)
    pairs = measures.similarity(more)
    pairs = pairs[pairs["city_b_id"] != "elsewhere"].reset_index(drop=True)
    pd.testing.assert_frame_equal(measures.similarity(plans), pairs)


def test_choosing_cities_changes_no_number(plans: Tables) -> None:
    for method in (measures.coverage, measures.agency_load, measures.items):
        every = method(plans)
        every = every[every["city_id"].isin(["weihai", "shanwei"])].reset_index(drop=True)
        pd.testing.assert_frame_equal(method(plans, ["weihai", "shanwei"]), every)


def test_a_city_without_measures_is_missing_and_never_zero(plans: Tables) -> None:
    more = with_city(plans, "elsewhere", {})
    covered, load = (method(more, ["elsewhere"]) for method in (measures.coverage, measures.agency_load))
    assert covered[["tasks", "secondary", "city_tasks", "share"]].isna().all().all()
    assert load[["mentions", "measures", "per_measure"]].isna().all().all()
    assert set(load["status"]) == {"not-recorded"}
    (document,) = measures.items(more, ["elsewhere"]).to_dict("records")
    assert all(pd.isna(document[column]) for column in ("measures", "tasks", "safeguards", "listed", "mentions"))
    pairs = measures.similarity(more)
    assert pairs.loc[pairs["city_b_id"] == "elsewhere", ["jaccard", "jaccard_any", "cosine"]].isna().all().all()


def test_the_benchmark_is_no_city(plans: Tables) -> None:
    assert "china" not in set(measures.coverage(plans)["city_id"]) | set(measures.agency_load(plans)["city_id"])
    with pytest.raises(UserError, match="'china' is not a city"):
        measures.co_responsibility(plans, "china")


def test_an_unknown_city_or_language_is_refused(plans: Tables) -> None:
    for method in (measures.coverage, measures.similarity, measures.agency_load, measures.items):
        with pytest.raises(UserError, match=r"Did you mean 'weihai'\?"):
            method(plans, ["weihei"])
        with pytest.raises(UserError, match="'cn' is not a language"):
            method(plans, lang="cn")


def test_every_function_of_the_schema_has_a_name_in_both_languages() -> None:
    (field,) = (field for field in table_fields("agencies") if field["name"] == "function")
    assert sorted(FUNCTIONS) == sorted(field["constraints"]["enum"])
    assert all(english and chinese for english, chinese in FUNCTIONS.values())


def test_nothing_calls_the_first_named_unit_a_lead(plans: Tables) -> None:
    turned = plans.responsibilities.assign(position=-plans.responsibilities["position"]).iloc[::-1]
    other = dataclasses.replace(plans, responsibilities=turned.reset_index(drop=True))
    pd.testing.assert_frame_equal(measures.agency_load(plans), measures.agency_load(other))
    library = [*ROOT.glob("analysis/*/measures.py"), *ROOT.glob("analysis/texts/*.py")]
    assert len(library) > 10
    for path in [*library, ROOT / "notebooks" / "31-map-measures.ipynb"]:
        # The notebook says only that nobody is called so.
        text = path.read_text(encoding="utf-8").replace("**由谁牵头。**", "").replace("不等于牵头", "")
        assert "牵头" not in text
        assert "first-named" not in text


@pytest.mark.parametrize("extra", [0, 1, 5])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_any_number_of_cities_is_drawn_and_none_left_out(plans: Tables, extra: int, lang: str) -> None:
    for place in range(extra):
        rows = {} if place == 0 else {"talent": ["courts"], "culture": ["police"]}
        plans = with_city(plans, f"town-{place}", rows)
    names = plans.cities.loc[plans.cities["kind"] == "city", f"name_{lang}"].tolist()
    for picture in pictures(plans, lang):
        texts = [text.get_text() for text in picture.draw().findobj(Text)]
        assert sorted(text for text in texts if text in names) == sorted(names)
        assert picture.words["title"]
    absent = [text for text in texts if text.replace("\n", " ") in ("not stated", "not recorded", "未列", "未录入")]
    assert len(absent) == 1 + bool(extra)


def pictures(plans: Tables, lang: str) -> list[Picture]:
    """Return both figures."""
    return [what for what in shown(plans, lang, "31-map-measures").values() if isinstance(what, Picture)]


def test_titles_state_the_findings_that_the_numbers_bear(plans: Tables) -> None:
    titles = [picture.words["title"] for picture in pictures(plans, "en")]
    assert titles == [
        "Ten of the 19 themes have tasks of their own in all four cities",
        "A list names on average 5.8 responsible units in Xiamen, 4.8 in Haikou and 2.9 in Weihai",
    ]


@pytest.mark.parametrize("cities", [["haikou"], ["shanwei"], ["weihai", "xiamen"], ["elsewhere"], []])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_tables_and_sentences_stand_for_any_choice_of_cities(plans: Tables, cities: list[str], lang: str) -> None:
    plans = with_city(plans, "elsewhere", {})
    documents, covered, load = (
        method(plans, cities, lang) for method in (measures.items, measures.coverage, measures.agency_load)
    )
    alike = measures.similarity(plans, cities, lang)
    shown = [
        texts.items(documents, lang),
        texts.items_sentences(documents, lang),
        texts.coverage_sentences(covered, lang),
        texts.similarity(alike, lang),
        texts.similarity_sentences(alike, lang),
        texts.load_sentences(load, lang),
        texts.function_pairs(plans, load, lang),
        texts.tasks(plans, cities, lang),
    ]
    for part in shown:
        assert not re.search(r"\bnan\b|NaN|&lt;NA|<NA|None", part._repr_html_())


def test_every_task_can_be_looked_up(plans: Tables) -> None:
    frame = texts.tasks(plans, [], "en").frame
    assert len(frame) == 95
    assert (frame["Theme"] != "").all()
    items = frame.iloc[:, -1]
    assert not pd.DataFrame({"document": frame["Document"], "item": items}).duplicated().any()
    row = frame["Task"] == "Strengthen judicial protection of IP"
    assert frame.loc[row, "City"].tolist() == ["Shanwei", "Xiamen"]
    assert items[row].tolist() == ["二（二）7", "二(五)"]


def test_the_notebook_asks_the_library_for_its_tables() -> None:
    text = (ROOT / "notebooks" / "31-map-measures.ipynb").read_text(encoding="utf-8")
    cells = json.loads(text)["cells"]
    code = "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    for call in (
        "= measures.coverage(",
        "= measures.similarity(",
        "= measures.agency_load(",
        "texts.function_pairs(plans, load",
    ):
        assert call in code


def test_the_files_hold_what_is_drawn_and_leave_unstated_cells_empty(plans: Tables) -> None:
    written = pictures(plans, "en")[1].rows
    assert len(written) == 42 * 4
    assert written.loc[written["city_id"] == "shanwei", "mentions"].isna().all()
    assert written["mentions"].sum() == sum(mentions for mentions, _, _ in LISTS.values())
