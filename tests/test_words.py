"""Every sentence and caption is whole and true of the cities chosen: one, two, all, and a new one."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from analysis import tables, texts
from analysis.figures import compare_levels, dates_promised, growth_rates, money_promised, pathways_meetings
from analysis.figures.ambition import _leaders
from analysis.figures.base import Picture
from analysis.figures.growth_rates import _blocks
from analysis.files import NOTEBOOKS
from analysis.language import LANGUAGES
from analysis.methods import ambition, comparability, composite, growth, measures, pathways, progress
from analysis.methods import plans as promised
from analysis.methods.progress import BARRIERS
from analysis.tables import Tables
from analysis.texts.ambition import of_draws, sure
from analysis.texts.base import in_sentence
from analysis.texts.pathways import meeting as said_meeting
from analysis.texts.progress import GROUP_OF, assessable, ladder

from .cells import shown
from .conftest import begun

CITIES = ("haikou", "shanwei", "weihai", "xiamen")
CHOICES = [[], *([city] for city in CITIES), *map(list, combinations(CITIES, 2))]
WORDED = [pytest.param(cities, marks=[pytest.mark.thorough] * (len(cities) == 2)) for cities in CHOICES]
Said = Iterator[tuple[str, str]]


def worded(name: str, what: object) -> Said:
    """Return the sentences of a paragraph, the words of a figure, or the caption of a table."""
    if isinstance(what, Picture):
        yield from ((f"{what.name}: {part}", text) for part, text in what.words.items())
    elif isinstance(what, texts.Sentences):
        yield name, what.text
    elif isinstance(what, texts.Table):
        yield f"{name}: caption", what.caption


PROFILE = "11-profile-city"
SAID: dict[tuple[str, ...], list[tuple[str, str]]] = {}


def said_of(plans: Tables, cities: list[str], lang: str) -> list[tuple[str, str]]:
    """Return every text about the curated tables; each choice is worded once for all tests."""
    if (lang, *cities) not in SAID:
        SAID[lang, *cities] = everything(plans, cities, lang)
    return SAID[lang, *cities]


def everything(plans: Tables, cities: list[str], lang: str) -> list[tuple[str, str]]:
    """Return every text that a notebook could show of the chosen cities, with its name."""
    stating = set(plans.targets["city_id"])
    profiles = [city for city in tables.select_cities(plans, cities) if city in stating]
    general = [path.stem for path in sorted(NOTEBOOKS.glob("*.ipynb")) if path.stem != PROFILE]
    parts = [(city, shown(plans, lang, PROFILE, city=city)) for city in profiles]
    parts.append(("", shown(plans, lang, *general, cities=cities)))
    given = [(f"{city} {name}".strip(), what) for city, part in parts for name, what in part.items()]
    return [said for name, what in given for said in worded(name, what)]


BROKEN = re.compile(
    r"  | [,.;:]|\bnan\b|None\b(?! of| has)|NaT|<NA>|\.\.|。。|，，|、、|：。|: ?[.;]|：；|\(\)|（）"
    r"|\b1 (points|targets|pairs|indicators|measures|tasks|lists|commitments|sums)\b"
    r"|\bone of (the )?one\b|\b0 of\b|[{}]"
)
SPACED = re.compile(r"[0-9] [件家人次项个分万亿]")


def faults(name: str, text: str, lang: str) -> list[str]:
    """Return what is broken in a text."""
    found = [f"{name}: {text}" for pattern in (BROKEN, SPACED) if pattern.search(text)]
    whole = not name.endswith((": title", ": subtitle", ": caption")) and bool(text)
    if whole and not text.endswith("." if lang == "en" else "。"):
        found.append(f"{name} has no end: {text}")
    if text != text.strip():
        found.append(f"{name} has space around it: {text!r}")
    return found


@pytest.mark.parametrize("cities", WORDED, ids=lambda cities: "-".join(cities) or "all")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_is_whole(cities: list[str], lang: str, plans: Tables) -> None:
    said = said_of(plans, cities, lang)
    assert [fault for name, text in said for fault in faults(name, text, lang)] == []


def test_no_sentence_is_left_out(plans: Tables) -> None:
    said = {name.partition(":")[0].split()[-1] for name, _ in said_of(plans, ["weihai"], "en")}
    assert {name for name in texts.__all__ if name.endswith("_sentences")} <= said


@pytest.mark.parametrize("city", CITIES)
def test_a_text_about_one_city_names_no_other(city: str, plans: Tables) -> None:
    others = plans.cities[(plans.cities["kind"] == "city") & (plans.cities["city_id"] != city)]["name_en"]
    for name, text in said_of(plans, [city], "en"):
        assert [other for other in others if other in text] == [], f"{name}: {text}"


def test_english_and_chinese_say_as_much(plans: Tables) -> None:
    for cities in [[], *([city] for city in CITIES)]:
        english, chinese = (dict(said_of(plans, cities, lang)) for lang in LANGUAGES)
        assert list(english) == list(chinese)
        assert [name for name in english if bool(english[name]) != bool(chinese[name])] == []


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """Return the tables with the stubs of a city that states nothing yet."""
    return tables.load(begun("qingdao", tmp_path_factory.mktemp("new") / "qingdao-data"))


@pytest.mark.parametrize("cities", [["qingdao"], ["qingdao", "weihai"], []], ids="-".join)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_city_that_states_nothing_yet_breaks_no_text(cities: list[str], lang: str, new: Tables) -> None:
    assert [fault for name, text in everything(new, cities, lang) for fault in faults(name, text, lang)] == []


def growth_text(plans: Tables, cities: list[str], lang: str, indicators: list[str] | None = None) -> str:
    rates = growth.growth_table(plans, cities, indicators, lang)
    return texts.growth_sentences(rates, plans, lang, cities=cities, indicators=indicators).text


def test_growth_counts_the_targets_that_were_chosen(plans: Tables) -> None:
    assert growth_text(plans, ["weihai", "haikou"], "en").startswith("11 of 31 targets have a baseline")
    assert growth_text(plans, ["weihai", "haikou"], "en").endswith(" The table has no row for Haikou.")
    assert "海口、汕尾没有列有基期值的目标，不在表中。" in growth_text(plans, [], "zh")
    assert growth_text(plans, ["haikou"], "en") == (
        "None of 12 targets has a baseline, so none can have a growth figure."
    )
    assert growth_text(plans, ["haikou"], "zh") == "12项目标均未列基期值，不能计算增长。"
    assert growth_text(plans, ["xiamen"], "en", ["patent-agencies"]).startswith("The one target chosen has a baseline")
    assert growth_text(plans, ["xiamen"], "en", ["patents-granted"]) == (
        "The chosen cities set no target for the chosen indicators."
    )


def profile(plans: Tables, city: str, lang: str) -> str:
    dated, money = promised.dates(plans, [city], lang), promised.sums(plans, [city], lang)
    return texts.profile_sentences(promised.targets(plans, city, lang), dated, money, lang).text


def test_a_profile_says_what_there_is_and_what_there_is_not(plans: Tables) -> None:
    assert profile(plans, "weihai", "en") == (
        "Weihai states 19 targets: 11 with a baseline and a target, 1 with a target only, 7 for every year. It also "
        "makes 1 dated commitment without a number and names no sum of money. Of the targets, 4 are worded "
        "“strive for” (力争, 争取) and 8 rest on a basis or unit that we infer."
    )
    assert profile(plans, "weihai", "zh") == (
        "威海共列19项目标：有基期值与目标值的11项，只有目标值的1项，每年的7项；另有1项有期限而无数值的承诺，未写明资金。"
        "目标中，4项表述为“力争”“争取”，8项的口径或单位为推定。"
    )
    assert "none is worded “strive for”" in profile(plans, "haikou", "en")
    assert "没有表述为“力争”“争取”的" in profile(plans, "haikou", "zh")


def test_a_city_whose_only_baseline_is_a_score_states_a_start(plans: Tables) -> None:
    scores = plans.targets[(plans.targets["city_id"] != "weihai") | (plans.targets["basis"] == "score")]
    one = replace(plans, targets=scores)
    picture = shown(one, "en", "11-profile-city", city="weihai")["profile-weihai-targets"]
    assert picture.words["title"] == "No target of Weihai can have a compound rate"


def test_a_period_that_is_half_stated_is_shown_as_far_as_it_goes(plans: Tables) -> None:
    documents = plans.documents.set_index("document_id", drop=False)
    documents.loc["xiamen-plan-2022", "period_end"] = np.nan
    documents.loc["weihai-measures-2021", "period_end"] = "2025"
    half = replace(plans, documents=documents.reset_index(drop=True))
    assert texts.documents(half, ["weihai", "xiamen"], "en").frame["Period"].tolist() == [
        "until 2025",
        "from 2022-07",
    ]
    assert texts.documents(half, ["weihai", "xiamen"], "zh").frame["期间"].tolist() == ["至2025", "2022-07起"]


def test_money_is_worded_from_the_table(plans: Tables) -> None:
    def words(tables: Tables, cities: list[str]) -> dict[str, str]:
        return money_promised.plan(promised.sums(tables, cities), tables, "en").words

    caption = words(plans, ["haikou"])
    assert caption["title"] == "Haikou puts three sums of money into plans"
    assert caption["note"].endswith("No years are stated.")
    dated = replace(plans, funding=plans.funding.assign(year=2023))
    assert words(dated, [])["note"].endswith("They are not added up here.")
    assert texts.sums(promised.sums(plans, ["haikou"]), dated, "en").caption == "Money promised, sum by sum"
    other = plans.funding.iloc[:1].assign(funding_id="w", city_id="weihai", document_id="weihai-measures-2021")
    two = replace(plans, funding=pd.concat([plans.funding, other], ignore_index=True))
    caption = words(two, [])
    assert caption["title"] == "Haikou and Weihai put four sums of money into plans"
    assert "two name sums" in caption["note"]


def test_dates_agree_in_number(plans: Tables) -> None:
    def title(cities: list[str], lang: str = "en") -> str:
        return dates_promised.plan(promised.dates(plans, cities, lang), plans, lang).words["title"]

    assert title([]) == "Five of nine dated commitments fall due in 2025"
    assert title(["shanwei"]) == "The one dated commitment falls due in 2020"
    assert title(["weihai", "xiamen"]) == "Both dated commitments fall due in 2025"
    assert title(["shanwei", "weihai"]) == "Two dated commitments fall due between 2020 and 2025"
    assert title(["shanwei"], "zh") == "1项有期限的承诺于2020年到期"


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ([(3, 1), (3, 1)], "Where compound rates may be compared, Weihai plans the faster growth on both indicators"),
        ([(3, 1), (1, 3)], "Where compound rates may be compared, no city plans the faster growth most often"),
        ([(2, 2), (2, 2)], "Where compound rates may be compared, the plans grow equally fast"),
        (
            [(2, 2), (3, 1)],
            "Where compound rates may be compared, Weihai plans the faster growth on one of the two indicators",
        ),
    ],
)
def test_a_draw_has_no_leader(values: list[tuple[int, int]], title: str, plans: Tables) -> None:
    targets = plans.targets.set_index("target_id", drop=False)
    for indicator, pair in zip(("high-value-patents-per-10k", "patent-agencies"), values, strict=True):
        for city, times in zip(("weihai", "xiamen"), pair, strict=True):
            named = ["baseline_year", "baseline_value", "target_value"]
            targets.loc[f"{city}-{indicator}-2025", named] = [2020, 10, 10 + times]
    equal = replace(plans, targets=targets.reset_index(drop=True))
    rates = growth.growth_table(equal)
    rates = rates[rates["compound_rate"].notna()]
    assert growth_rates.plan(rates, equal, "en").words["title"] == title
    paces = ambition.axes(equal).query("axis == 'pace'")
    assert _leaders(paces)["pace"] == ("Weihai" if "Weihai" in title else None)


def test_what_differs_only_in_a_later_group_is_not_called_a_basis(plans: Tables) -> None:
    rates = growth.growth_table(plans)
    headings = [name for name, _ in _blocks(
        rates[rates["compound_rate"].notna()], comparability.matrix(plans), "en"
    )]  # fmt: skip
    assert headings == ["May be compared between cities", "Weihai, not compared", "Xiamen, not compared"]


@pytest.mark.parametrize(
    ("change", "english", "chinese"),
    [
        ({"target_value": 2, "target_upper": 3, "unit_id": "item-10k"}, "20,000–30,000", "2–3万件"),
        ({"target_value": 12.5, "target_upper": 15, "unit_id": "cny-100m"}, "CNY 1.25–1.5 billion", "12.5–15亿元"),
        (
            {"target_value": 9, "target_upper": 12, "unit_id": "cny-100m", "bound": "ge"},
            "≥ CNY 900 million–CNY 1.2 billion",
            "≥ 9–12亿元",
        ),
        ({"target_value": 4, "target_upper": 5, "unit_id": "percent"}, "4–5%", "4–5%"),
    ],
)
def test_both_ends_of_a_range_are_in_one_unit(change: dict, english: str, chinese: str, plans: Tables) -> None:
    targets = plans.targets.set_index("target_id", drop=False)
    for column, value in change.items():
        targets.loc["weihai-navigation-municipal-yearly", column] = value
    other = replace(plans, targets=targets.reset_index(drop=True))
    for lang, expected in (("en", english), ("zh", chinese)):
        shown_as = promised.targets(other, "weihai", lang).set_index("target_id")["target"]
        assert shown_as["weihai-navigation-municipal-yearly"] == expected


def test_names_of_places_keep_their_capital(plans: Tables) -> None:
    assert in_sentence("Weihai brands", plans) == "Weihai brands"
    assert in_sentence("Shandong patent awards", plans) == "Shandong patent awards"
    assert in_sentence("Patent agencies", plans) == "patent agencies"


def test_a_barrier_without_a_place_is_no_success(plans: Tables) -> None:
    progressed = progress.progress_table(plans, ["shanwei"])
    assert assessable(progressed).set_index("group")["targets"]["assessed"] == 0
    with pytest.raises(KeyError, match="a new barrier"):
        assessable(progressed.assign(first_reason="a new barrier"))
    assert set(GROUP_OF) <= set(BARRIERS)


def test_a_pair_that_can_only_go_on_by_amounts_has_words_of_its_own(plans: Tables) -> None:
    found = pathways.catch_up_table(plans, indicators=["ip-protection-satisfaction"])
    assert len(found)
    assert pathways_meetings.plan(found, plans, "en") == texts.nothing("no-rates-meet", "en")
    assert "amounts" in texts.nothing("no-rates-meet", "en").text
    assert texts.catch_up_sentences(found, plans, "en").text.endswith("fall behind by constant amounts.")


def meeting(*years: float, lang: str = "en") -> str:
    rows = [
        {"behind": "A", "ahead": "B", "shape": shape, "target_year": 2025, "years": n,
         "meeting": 2025 + n if np.isfinite(n) else np.nan, "start_behind": 1.0, "start_ahead": 2.0}
        for shape, n in zip(pathways.SHAPES, years, strict=False)
    ]  # fmt: skip
    return said_meeting(rows, lang)


def test_never_is_told_from_not_within_a_century() -> None:
    assert meeting(9.1, np.inf) == (
        "A would meet B about 9 years after 2025 at constant rates, but would never meet it on these assumptions by "
        "constant amounts"
    )
    assert (
        meeting(9.1, np.inf, lang="zh") == "A追赶B，按固定增长率，在2025年之后约9年追上；按固定增量，按此假设不会追上"
    )
    assert meeting(150, np.inf).startswith("A would not meet B by 2035 at constant rates, and would never")
    assert (
        meeting(np.inf, np.inf) == "A would never meet B on these assumptions at constant rates and by constant amounts"
    )
    assert meeting(0.0, 0.0) == "A would stand level with B in 2025 at constant rates and by constant amounts"
    assert meeting(0.4, 1.2).startswith("A would meet B within a year after 2025 at constant rates, and would meet it")


def test_a_share_of_draws_never_looks_like_the_threshold_that_it_misses() -> None:
    assert [of_draws(share) for share in (0.9268, 0.94996, 0.95)] == ["92.7%", "94.9%", "95.0%"]
    assert sure("en") == "One city counts as above another from 95% of the draws on."


def test_a_city_without_components_has_none() -> None:
    frame = pd.DataFrame({"a": [np.nan, 1], "b": [np.nan, np.nan], "c": [np.nan, np.nan]}, index=["none", "one"])
    assert composite.too_few(frame, lang="zh").to_dict() == {
        "none": "没有任何分项，评分至少需要2个", "one": "3个分项中仅有1个，评分至少需要2个",
    }  # fmt: skip
    assert composite.too_few(frame)["none"] == "has none of 3 components; a score needs 2"


def test_goalposts_of_rates_are_in_per_cent(plans: Tables) -> None:
    score = ambition.score(plans, ambition.axes(plans), draws=100)
    assert score is not None
    ends = texts.goalposts(score, plans, "en").frame["Goalposts, scores 0 and 1"].tolist()
    assert ends == ["0% – 24.57%", "0% – 24.57%", "0 – 2", "0% – 100%"]


def test_the_ladder_states_every_threshold() -> None:
    assert ladder("en") == (
        "On track from 0.95 times the pace needed, acceleration needed from 0.60, limited progress from 0.00; below "
        "that, deterioration."
    )
    assert ladder("zh") == (
        "按所需速度的倍数：0.95及以上为符合进度，0.60及以上为须加快进度，0.00及以上为进展有限，低于0.00为倒退。"
    )


def test_likeness_by_chance_is_seeded_symmetric_and_widest_for_few_tasks() -> None:
    a, b = np.array([4.0, 3, 2, 1, 0]), np.array([1.0, 2, 3, 4, 5])
    low, high = measures.chance_range(a, b)
    assert measures.chance_range(a, b) == measures.chance_range(b, a) == (low, high)
    assert 0 < low < high < 1
    more = measures.chance_range(20 * a, 20 * b)
    assert more[1] - more[0] < (high - low) / 2
    assert np.isnan(measures.chance_range(a, 0 * b)).all()
    # One theme of two tasks in each of two cities: alike with a half, so that a cosine of 0 and of 1 both occur.
    assert measures.chance_range(np.array([1.0, 0]), np.array([0.0, 1])) == (0.0, 1.0)


def test_no_pair_is_called_the_most_alike(plans: Tables) -> None:
    text = texts.similarity_sentences(measures.similarity(plans), "en").text
    assert "All six values lie within what two plans would show if their priorities were equal" in text
    assert "Weihai" not in text
    far = measures.similarity(plans).assign(chance_low=0.7)
    assert "Three of the six values lie within" in texts.similarity_sentences(far, "en").text


def test_a_function_that_ties_for_the_first_place_stands_not_alone(plans: Tables) -> None:
    load = measures.agency_load(plans, ["weihai"])
    second = load["measures"].nlargest(2).iloc[1]
    tied = texts.load_sentences(load.assign(measures=load["measures"].clip(upper=second)), "en").text
    assert tied.startswith(f"2 functions each stand in {second} of 23 lists, more than any other")


def levels_title(plans: Tables) -> str:
    return compare_levels.plan(comparability.levels_table(plans), plans, "en").words["title"]


def test_levels_are_ranked_in_one_unit_and_a_tie_counts_for_nobody(plans: Tables) -> None:
    title = levels_title(plans)
    targets = plans.targets.set_index("target_id", drop=False)
    targets.loc["xiamen-madrid-marks-2025", ["baseline_value", "target_value", "unit_id"]] = [0.0678, 0.075, "item-10k"]
    assert levels_title(replace(plans, targets=targets.reset_index(drop=True))) == title
    targets.loc["weihai-madrid-marks-2025", "target_value"] = 750
    assert levels_title(replace(plans, targets=targets.reset_index(drop=True))) == (
        "Xiamen sets the highest target on three of the five comparable indicators, two of them not per head"
    )


def test_levels_say_how_many_are_not_per_head(plans: Tables) -> None:
    assert levels_title(plans) == (
        "Xiamen sets the highest target on four of the five comparable indicators, three of them not per head"
    )
