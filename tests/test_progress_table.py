"""Every target stands beside its latest outcome once, and what cannot be assessed says all of why."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import texts
from analysis.errors import UserError
from analysis.figures import progress_assessable
from analysis.figures.progress import _progress_panels
from analysis.methods import progress
from analysis.methods.progress import when
from analysis.tables import Tables
from analysis.texts.progress import GROUP_OF, GROUPS, assessable, assessed, needed

PATENTS, UNIT = "high-value-patents-per-10k", "per-10k-population"
WEIHAI, XIAMEN = f"weihai-{PATENTS}-2025", f"xiamen-{PATENTS}-2025"


def seen(plans: Tables, *rows: tuple) -> Tables:
    """Return the tables with further outcomes, each a city, indicator, date, value, unit and, if told, confidence."""
    """Those of the curated tables for the same city and indicator are left out."""
    names = ["city_id", "indicator_id", "date", "value", "unit_id", "confidence"]
    added = pd.DataFrame([[*row, "official"][:6] for row in rows], columns=names)
    added = added.assign(source_id="guangming-2024", observation_id=[f"own-{place}" for place in range(len(rows))])
    known = plans.observations
    series = {(city, indicator) for city, indicator, *_ in rows}
    known = known[[pair not in series for pair in zip(known["city_id"], known["indicator_id"], strict=True)]]
    return replace(plans, observations=pd.concat([known, added], ignore_index=True))


def row(tables: Tables, target: str, lang: str = "en") -> pd.Series:
    return progress.progress_table(tables, lang=lang).set_index("target_id").loc[target]


# The curated tables


def test_every_target_stands_once_in_the_documents_order(plans: Tables) -> None:
    table = progress.progress_table(plans)
    ours = plans.targets[~plans.targets["city_id"].isin(["china", "shandong"]) & plans.targets["restates"].isna()]
    assert table["target_id"].tolist() == ours["target_id"].tolist()
    assert len(table) == 52


def test_four_promises_can_be_judged_and_are_met(plans: Tables) -> None:
    table = progress.progress_table(plans)
    assert table.loc[table["reason"].isna(), "target_id"].tolist() == [
        "haikou-high-value-patents-per-10k-2025", WEIHAI, "weihai-trade-marks-in-force-2025", XIAMEN,
    ]  # fmt: skip
    found = table.set_index("target_id").loc[XIAMEN]
    assert (found["date"], found["current_value"], found["confidence"]) == ("2024-12", 29.47, "one-release")
    assert found["share_done"] == pytest.approx((29.47 - 17.2) / (21.47 - 17.2), rel=1e-12)
    assert found["share_of_time"] == 0.75
    growth = (29.47 / 17.2) ** (1 / 3) - 1, (21.47 / 17.2) ** (1 / 4) - 1
    assert found["ratio_compound"] == pytest.approx(growth[0] / growth[1], rel=1e-12)
    assert (found["status_compound"], found["status_linear"], found["agree"]) == ("achieved", "achieved", True)


def test_the_others_fail_for_a_first_reason(plans: Tables) -> None:
    counts = progress.progress_table(plans)["first_reason"].value_counts().to_dict()
    expected = {
        "no-outcome": 16, "no-baseline": 16, "every-year": 6, "period-mean": 4, "no-year": 3, "words": 2,
        "growth-rate": 1,
    }  # fmt: skip
    assert counts == expected


@pytest.mark.parametrize(
    ("target", "english", "chinese"),
    [
        ("weihai-patent-agencies-2025", "No outcome is known.", "尚无已知结果。"),
        (
            "haikou-cluster-evaluations-yearly",
            "Due every year, without a target year. No baseline is stated. No outcome is known.",
            "为每年目标，未列目标年。未列基期值。尚无已知结果。",
        ),
        (
            "haikou-patent-intensive-share-2025",
            "In words, without a number. No baseline is stated. No outcome is known.",
            "仅文字表述，无数值。未列基期值。尚无已知结果。",
        ),
        (
            "xiamen-protection-services-2025",
            "A mean over years that are not stated. No outcome is known.",
            "为未写明年份的年均值。尚无已知结果。",
        ),
    ],
)
def test_every_reason_that_holds_is_given_in_words(target: str, english: str, chinese: str, plans: Tables) -> None:
    assert (row(plans, target)["reason"], row(plans, target, "zh")["reason"]) == (english, chinese)


def test_every_reason_has_its_words_in_both_languages() -> None:
    texts = [*progress.BARRIERS.values(), *progress.WITHHELD.values()]
    assert all(set(text) == {"en", "zh"} and all(text.values()) for text in texts)


def test_the_benchmark_is_assessed_apart(plans: Tables) -> None:
    table = progress.benchmark_table(plans).set_index("indicator_id")
    assert table["status_linear"].to_dict() == {
        PATENTS: "achieved",  # 16 in 2025-12 against 12
        "patent-intensive-share": "achieved",  # 13.38 % in 2024 against 13 %
        "copyright-industry-share": "unable_to_assess",  # 7.41 % in 2022 against 7.5 %, without a baseline
        "ip-royalties-trade": "achieved",  # 3,987.1 in 2024 against 3,500
        "ip-protection-satisfaction": "achieved",  # 82.81 in 2025 against 82
        "first-instance-acceptance": "achieved",  # 91.9 % in 2023 against 85 %
        "overseas-patents-granted": "unable_to_assess",
    }
    assert table.loc["copyright-industry-share", "reason"].endswith(
        "Not met at the latest known value, before the end of its year."
    )
    text = texts.benchmark_outcomes(progress.benchmark_table(plans), plans, "en").text
    assert "16 observed (Dec 2025) against a target of 12 for 2025: achieved" in text
    assert "7.41% observed (Dec 2022) against a target of 7.5% for 2025: not met at that date" in text


# Which outcome counts


def test_time_runs_to_the_end_of_a_year_or_month() -> None:
    dates = pd.Series(["2024-12", "2024", "2025-04", "2023-01", None])
    np.testing.assert_array_equal(when(dates), [2024, 2024, 2024 + 4 / 12, 2022 + 1 / 12, np.nan])


def test_the_latest_outcome_counts_wherever_it_stands(plans: Tables) -> None:
    rows = [("weihai", PATENTS, date, value, UNIT) for date, value in (("2024", 8), ("2025-03", 9), ("2022-06", 6))]
    found = row(seen(plans, *rows), WEIHAI)
    assert (found["observation_id"], found["current_value"]) == ("own-1", 9)
    assert found["current_year"] == 2024 + 3 / 12
    mixed = seen(plans, *rows)
    shuffled = replace(mixed, observations=mixed.observations.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(progress.progress_table(mixed), progress.progress_table(shuffled))


def test_of_two_outcomes_of_one_date_the_surer_counts(plans: Tables) -> None:
    sure, unsure = (
        ("weihai", PATENTS, "2024-12", value, UNIT, how) for value, how in ((8, "two-sources"), (9, "official"))
    )
    for rows in ((sure, unsure), (unsure, sure)):
        assert row(seen(plans, *rows), WEIHAI)["current_value"] == 8


def test_an_official_outcome_is_surer_than_one_of_a_single_source(plans: Tables) -> None:
    official, single = (
        ("weihai", PATENTS, "2024", value, UNIT, how) for value, how in ((8, "official"), (9, "single-source"))
    )
    for rows in ((official, single), (single, official)):
        assert row(seen(plans, *rows), WEIHAI)["current_value"] == 8


def test_a_month_later_counts_for_more_than_a_second_source(plans: Tables) -> None:
    # June and July are the months that are closest once years are rounded to some coarser part than a twelfth.
    earlier = ("weihai", PATENTS, "2025-06", 8, UNIT, "two-sources")
    later = ("weihai", PATENTS, "2025-07", 9, UNIT, "single-source")
    for rows in ((earlier, later), (later, earlier)):
        assert row(seen(plans, *rows), WEIHAI)["current_value"] == 9


def test_of_many_equally_sure_outcomes_of_one_date_the_last_counts(plans: Tables) -> None:
    rows = [("weihai", PATENTS, "2024", 5 + place / 10, UNIT) for place in range(40)]
    assert row(seen(plans, *rows), WEIHAI)["observation_id"] == "own-39"


@pytest.mark.parametrize(
    ("outcome", "value", "reason"),
    [
        (("2023", 8, UNIT), 8, None),
        (("2020", 8, UNIT), None, "Observed only before or in the base year."),
        (("2023", 8, "item"), None, "The observed value is in another unit."),
    ],
)
def test_the_only_outcome_of_all_is_found(outcome: tuple, value: float, reason: str, plans: Tables) -> None:
    none = replace(plans, observations=plans.observations.iloc[:0])
    assert set(progress.progress_table(none, ["xiamen"], [PATENTS])["first_reason"]) == {"no-outcome"}
    found = row(seen(none, ("weihai", PATENTS, *outcome)), WEIHAI)
    given = [None if pd.isna(cell) else cell for cell in found[["current_value", "reason"]]]
    assert given == [value, reason]


def test_a_target_in_words_has_no_unit_to_convert_to(plans: Tables) -> None:
    for unit in plans.units["unit_id"].iloc[[0, 1, -1]]:
        found = row(
            seen(plans, ("haikou", "patent-intensive-share", "2024", 20, unit)), "haikou-patent-intensive-share-2025"
        )
        assert pd.isna(found["current_value"])


def test_up_to_the_base_year_nothing_counts(plans: Tables) -> None:
    found = row(seen(plans, ("weihai", PATENTS, "2020-12", 4.99, UNIT)), WEIHAI)
    assert found["reason"] == "Observed only before or in the base year."
    assert pd.isna(found["current_value"])
    assert row(seen(plans, ("weihai", PATENTS, "2021-01", 5, UNIT)), WEIHAI)["current_value"] == 5


def test_without_a_base_year_nothing_counts_before_the_document(plans: Tables) -> None:
    marks = "haikou-gi-marks-2025"  # issued on 21 October 2022
    found = row(seen(plans, ("haikou", "gi-marks", "2021", 31, "item")), marks)
    assert found["reason"] == "No baseline is stated. Observed only before the document was issued."
    madrid = "weihai-madrid-marks-2025"  # its document has the base year 2020 for the others
    assert pd.isna(row(seen(plans, ("weihai", "madrid-marks", "2020-12", 200, "item")), madrid)["current_value"])
    assert row(seen(plans, ("weihai", "madrid-marks", "2021-06", 200, "item")), madrid)["status_linear"] == "achieved"


def test_units_convert_exactly_or_not_at_all(plans: Tables) -> None:
    marks, trade = "weihai-trade-marks-in-force-2025", "xiamen-ip-royalties-trade-2025"
    assert row(seen(plans, ("weihai", "trade-marks-in-force", "2023", 61_000, "item")), marks)["current_value"] == 6.1
    yuan = ("xiamen", "ip-royalties-trade", "2024", 50, "cny-100m")
    found = row(seen(plans, yuan), trade)
    assert found["reason"] == "The observed value is in another unit."
    assert found["date"] == "2024"
    assert pd.isna(found["current_value"])
    # An earlier value in dollars is still worth more than a later one in yuan.
    assert row(seen(plans, yuan, ("xiamen", "ip-royalties-trade", "2023", 9, "usd-100m")), trade)["current_value"] == 9


def test_all_outcomes_since_the_start_are_observed(plans: Tables) -> None:
    more = seen(plans, ("weihai", PATENTS, "2020", 4.9, UNIT), ("weihai", PATENTS, "2023", 700, "per-million"))
    rows = progress.progress_table(more).query("indicator_id == @PATENTS")
    found = progress.observed(more, rows)[["target_id", "year", "value"]]
    assert found.to_numpy().tolist() == [
        ["haikou-high-value-patents-per-10k-2025", 2024, 8.76], [WEIHAI, 2023, 7], [XIAMEN, 2022, 20.8],
        [XIAMEN, 2024, 29.47],
    ]  # fmt: skip


# What is assessed, and how


@pytest.mark.parametrize(
    ("indicator", "value", "unit", "why"),
    [
        ("ip-protection-satisfaction", 82, "point", "A score does not compound; it changes in points."),
        ("copyright-industry-share", 4.3, "percent", "A share does not compound; it changes in percentage points."),
        ("pledge-financing", 60, "cny-100m", "A running total: its growth is not the growth of the yearly flow,"),
    ],
)
def test_what_does_not_compound_has_the_linear_ratio_alone(
    indicator: str, value: float, unit: str, why: str, plans: Tables
) -> None:
    found = row(seen(plans, ("weihai", indicator, "2023", value, unit)), f"weihai-{indicator}-2025")
    assert found["withheld"].startswith(why)
    assert found[["ratio_compound", "projected_compound", "required_rate"]].isna().all()
    assert (found["status_compound"], found["agree"]) == ("unable_to_assess", False)
    share = (value - found["baseline_value"]) / (found["target_value"] - found["baseline_value"])
    assert found["ratio_linear"] == pytest.approx(share / (3 / 5), rel=1e-12)
    assert pd.isna(found["reason"])


def test_only_a_linear_ratio_that_stands_alone_says_why(plans: Tables) -> None:
    rows = [("weihai", PATENTS, "2023", 7, UNIT), ("weihai", "ip-protection-satisfaction", "2023", 82, "point")]
    table = progress.progress_table(seen(plans, *rows))
    assert table.loc[table["withheld"].notna(), "target_id"].tolist() == ["weihai-ip-protection-satisfaction-2025"]


def test_a_score_that_is_met_is_met_by_both(plans: Tables) -> None:
    found = row(
        seen(plans, ("weihai", "ip-protection-satisfaction", "2023", 86, "point")),
        "weihai-ip-protection-satisfaction-2025",
    )
    assert (found["status_compound"], found["agree"]) == ("achieved", True)
    assert found["projected_linear"] == 90
    found = row(
        seen(plans, ("weihai", "ip-protection-satisfaction", "2021", 95, "point")),
        "weihai-ip-protection-satisfaction-2025",
    )
    assert found["projected_linear"] == 100  # 155 in five such years, beyond the scale


@pytest.mark.parametrize(
    ("date", "value", "status", "reason"),
    [
        ("2024", 30, "achieved", None),
        (
            "2024",
            29,
            "unable_to_assess",
            "No baseline is stated. Not met at the latest known value, before the end of its year.",
        ),
        ("2025", 29, "unable_to_assess", "No baseline is stated. Short of the target at its year's end or later."),
    ],
)
def test_without_a_baseline_an_outcome_still_says_something(
    date: str, value: float, status: str, reason: str | None, plans: Tables
) -> None:
    found = row(seen(plans, ("haikou", "gi-marks", date, value, "item")), "haikou-gi-marks-2025")
    assert found["status_linear"] == found["status_compound"] == status
    assert found["reason"] == reason or (reason is None and pd.isna(found["reason"]))
    assert found[["share_done", "ratio_linear", "ratio_compound"]].isna().all()


@pytest.mark.parametrize(
    ("target", "outcome"),
    [
        ("xiamen-protection-services-2025", ("xiamen", "protection-services", "2024", 2000, "service")),
        ("weihai-invention-patents-granted-yearly", ("weihai", "invention-patents-granted", "2024", 900, "item")),
        ("shanwei-invention-applications-growth-2020", ("shanwei", "invention-applications", "2019", 900, "item")),
        ("haikou-patent-intensive-share-2025", ("haikou", "patent-intensive-share", "2024", 20, "percent")),
    ],
)
def test_what_has_no_level_or_no_year_is_never_assessed(target: str, outcome: tuple, plans: Tables) -> None:
    found = row(seen(plans, outcome), target)
    assert found["status_linear"] == found["status_compound"] == "unable_to_assess"
    assert found[["share_done", "share_of_time", "ratio_linear", "required_change"]].isna().all()
    assert found["first_reason"] in ("period-mean", "every-year", "growth-rate", "words")
    assert "No outcome is known." not in found["reason"]
    assert "another unit" not in found["reason"]


def test_a_target_that_equals_its_baseline_has_no_distance(plans: Tables) -> None:
    targets = plans.targets.copy()
    targets.loc[targets["target_id"] == WEIHAI, "target_value"] = 4.99
    level = replace(plans, targets=targets)
    below = row(seen(level, ("weihai", PATENTS, "2023", 4.5, UNIT)), WEIHAI)
    assert (
        below["reason"]
        == "The target equals the baseline. Not met at the latest known value, before the end of its year."
    )
    assert row(seen(level, ("weihai", PATENTS, "2023", 5, UNIT)), WEIHAI)["status_linear"] == "achieved"


def test_where_less_is_better_the_direction_and_the_lower_limit_turn(plans: Tables) -> None:
    codebook = plans.indicators.copy()
    codebook.loc[codebook["indicator_id"] == PATENTS, ["direction", "lower_limit"]] = [-1, 3.0]
    found = row(seen(replace(plans, indicators=codebook), ("weihai", PATENTS, "2021", 4, UNIT)), WEIHAI)
    assert found["status_linear"] == "achieved"  # below the 10.02 that is now too much
    assert found["projected_linear"] == 3


def test_the_table_says_what_assess_says(plans: Tables) -> None:
    found = row(seen(plans, ("weihai", PATENTS, "2023-06", 7, UNIT)), WEIHAI)
    alone = progress.assess(4.99, 2020, 7.0, 2022.5, 10.02, 2025)
    for name in ("share_done", "ratio_compound", "ratio_linear", "required_rate", "status_compound", "status_linear"):
        assert found[name] == getattr(alone, name), name


def test_cities_and_indicators_may_be_chosen_and_wrong_ones_are_refused(plans: Tables) -> None:
    chosen = progress.progress_table(plans, ["xiamen", "weihai"], [PATENTS])
    assert chosen["target_id"].tolist() == [WEIHAI, XIAMEN]
    with pytest.raises(UserError, match=r"'weihei' is not a city in cities.csv. Did you mean 'weihai'\?"):
        progress.progress_table(plans, ["weihei"])
    with pytest.raises(UserError, match=r"'gi-mark' is not an indicator in indicators.csv. Did you mean 'gi-marks'\?"):
        progress.progress_table(plans, indicators=["gi-mark"])
    with pytest.raises(UserError, match="'cn' is not a language"):
        progress.progress_table(plans, lang="cn")


# Words and figures


def test_every_target_is_counted_in_one_group(plans: Tables) -> None:
    counts = assessable(progress.progress_table(plans))
    assert len(counts) == 4 * len(GROUPS)
    assert counts.groupby("group")["targets"].sum().to_dict() == {
        "assessed": 4, "await-outcome": 16, "without-baseline": 16, "recurring": 10, "without-distance": 6,
    }  # fmt: skip
    assert set(GROUP_OF.values()) | {"assessed"} == set(GROUPS)


@pytest.mark.parametrize(
    ("chosen", "english", "chinese"),
    [
        (
            ([], []),
            "4 of 52 targets can be assessed; 16 more lack only an outcome",
            "52项目标中，4项可以评估，另有16项仅缺实际完成值",
        ),
        ((["shanwei"], []), "None of 11 targets can be assessed", "11项目标均无法评估"),
        ((["xiamen"], [PATENTS]), "The one target chosen can be assessed", "所选的1项目标可以评估"),
        (
            (["weihai"], ["patent-agencies"]),
            "The one target chosen cannot be assessed; it lacks only an outcome",
            "所选的1项目标无法评估，仅缺实际完成值",
        ),
    ],
)
def test_the_title_counts_what_can_be_assessed(chosen: tuple, english: str, chinese: str, plans: Tables) -> None:
    for lang, expected in (("en", english), ("zh", chinese)):
        table = progress.progress_table(plans, *chosen, lang=lang)
        assert progress_assessable.plan(table, plans, lang).words["title"] == expected


def test_a_national_line_stands_beside_a_city_only_where_levels_may_be_compared(plans: Tables) -> None:
    more = seen(
        plans, ("weihai", "copyright-industry-share", "2024", 4.4, "percent"), ("weihai", PATENTS, "2024", 9, UNIT)
    )
    targets = more.targets.copy()
    targets.loc[targets["target_id"] == "china-plan-copyright-industry-share-2025", "target_year"] = 2030
    more = replace(more, targets=targets)
    rows = assessed(progress.progress_table(more))
    panels = _progress_panels(rows, progress.benchmark_table(more), more, "en")
    drawn = {panel["target_id"]: [line["city_id"] for line in panel["lines"]] for panel in panels}
    assert drawn == {
        "haikou-high-value-patents-per-10k-2025": ["haikou", "china"],
        WEIHAI: ["weihai", "china"],
        "weihai-trade-marks-in-force-2025": ["weihai"],
        "weihai-copyright-industry-share-2025": ["weihai"],  # the national target is of another year
        XIAMEN: ["xiamen", "china"],
    }


def test_the_table_of_columns_follows_the_schema() -> None:
    table = texts.outcome_columns("en").frame
    named = dict(zip(table["File"] + " " + table["Column"], table["Required"], strict=True))
    assert named["observations.csv value"] == named["sources.csv publisher"] == "yes"
    assert named["observations.csv note_en"] == named["sources.csv published"] == "no"
    confidence = table.loc[table["Column"] == "confidence", "What to write"].item()
    assert confidence.endswith("One of: two-sources, official, one-release, single-source.")


def test_what_is_needed_is_given_as_rate_and_change(plans: Tables) -> None:
    units = plans.units.set_index("unit_id")
    found = row(seen(plans, ("weihai", PATENTS, "2023", 7.4, UNIT)), WEIHAI).to_dict()
    assert needed(found, units, "en") == "16.36% a year or +1.31 a year"
    assert needed(row(plans, XIAMEN).to_dict(), units, "zh") == "目标已达到"
    late = row(seen(plans, ("weihai", PATENTS, "2026", 9, UNIT)), WEIHAI).to_dict()
    assert needed(late, units, "en") == "no time is left"


def test_nothing_to_show_is_said_in_a_sentence(plans: Tables) -> None:
    shanwei = progress.progress_table(plans, ["shanwei"])
    assert texts.progress(shanwei, plans, "en").text == "No target chosen here can be assessed."
    none = progress.progress_table(plans, ["haikou"], ["resident-population"])
    assert len(none) == 0
    for shown in (texts.progress_sentences(none, "en"), texts.not_assessed(none, "en")):
        assert shown.text == "The chosen cities set no target for the chosen indicators."
    assert texts.not_assessed(progress.progress_table(plans, ["xiamen"], [PATENTS]), "en").text.startswith(
        "Every target"
    )


def test_a_target_is_passed_between_the_last_value_short_of_it_and_the_first_beyond(plans: Tables) -> None:
    when = progress.crossings(plans, progress.progress_table(plans))
    assert when[XIAMEN] == pytest.approx(2022 + 2 * (21.47 - 20.8) / (29.47 - 20.8), rel=1e-12)
    assert when[WEIHAI] == pytest.approx(2020 + (3 + 8 / 12) * (10.02 - 4.99) / (12.12 - 4.99), rel=1e-12)
    assert "haikou-high-value-patents-per-10k-2025" not in when  # no value is known that was short of it
    told = texts.progress(progress.progress_table(plans), plans, "en").frame["Met"].tolist()
    assert told[-1] == "met by Dec 2024, passed about Feb 2023 (interpolated); the end of 2025 not seen"


def test_a_target_for_every_year_is_met_in_a_year_or_not(plans: Tables) -> None:
    frame = progress.recurring_table(plans).set_index(["indicator_id", "year"])
    assert frame["status"].to_dict() == {
        ("navigation-provincial", "2024"): "achieved",
        ("invention-patents-granted", "2024"): "achieved",
        ("invention-patents-granted", "2025"): "open",  # 467 of 500 after four months
    }
    short = progress.recurring_table(seen(plans, ("weihai", "invention-patents-granted", "2023", 499, "item")))
    assert short.set_index("year")["status"]["2023"] == "not-achieved"
