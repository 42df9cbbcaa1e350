"""Numbers that do not belong together are not compared, and the reason is named."""

import pandas as pd
import pytest

from analysis import comparability
from analysis.errors import UserError
from analysis.tables import join

LEVELS_AND_GROWTH, LEVELS, NOTHING = (True, True), (True, False), (False, False)
# What the tables allow, pair by pair, with the reasons that stop or warn.
EXPECTED = {
    ("high-value-patents-per-10k", "haikou", "weihai"): (LEVELS, {"no-baseline"}),
    ("high-value-patents-per-10k", "haikou", "xiamen"): (LEVELS, {"no-baseline"}),
    ("high-value-patents-per-10k", "weihai", "xiamen"): (LEVELS_AND_GROWTH, {"different-span"}),
    ("ip-protection-satisfaction", "haikou", "weihai"): (LEVELS, {"no-baseline", "survey"}),
    ("ip-protection-satisfaction", "haikou", "xiamen"): (LEVELS, {"no-baseline", "survey"}),
    ("ip-protection-satisfaction", "weihai", "xiamen"): (LEVELS_AND_GROWTH, {"different-span", "survey"}),
    ("patent-attorneys", "haikou", "xiamen"): (LEVELS, {"no-baseline", "inferred-basis"}),
    ("patent-agencies", "weihai", "xiamen"): (LEVELS_AND_GROWTH, {"different-span", "inferred-basis"}),
    ("madrid-marks", "weihai", "xiamen"): (LEVELS, {"no-baseline", "inferred-basis"}),
    ("pledge-financing", "shanwei", "weihai"): (
        NOTHING,
        {"different-basis", "different-target-year", "no-baseline", "inferred-basis"},
    ),
    ("pledge-financing", "shanwei", "xiamen"): (NOTHING, {"different-target-year", "no-baseline", "inferred-basis"}),
    ("pledge-financing", "weihai", "xiamen"): (NOTHING, {"different-basis", "different-span", "inferred-basis"}),
    ("overseas-patents-granted", "weihai", "xiamen"): (
        NOTHING,
        {"different-basis", "open-basis", "different-span", "inferred-basis"},
    ),
    ("patent-intensive-share", "haikou", "shanwei"): (NOTHING, {"words"}),
    ("copyright-industry-share", "haikou", "weihai"): (NOTHING, {"words"}),
}


def test_every_pair_has_the_expected_verdict_and_reasons(plans) -> None:
    found = {
        (row.indicator_id, row.city_a, row.city_b): ((row.levels, row.growth), {reason.id for reason in row.reasons})
        for row in comparability.matrix(plans).itertuples()
    }
    assert found == EXPECTED


def test_swapping_two_targets_swaps_nothing(plans) -> None:
    rows = join(plans).set_index("target_id", drop=False)
    for pair in comparability.matrix(plans).itertuples():
        a, b = rows.loc[pair.target_a], rows.loc[pair.target_b]
        forth, back = comparability.compare(a, b), comparability.compare(b, a)
        assert (forth.levels, forth.growth) == (back.levels, back.growth)
        assert {reason.id for reason in forth.reasons} == {reason.id for reason in back.reasons}


def test_different_indicators_and_units_are_stopped(plans) -> None:
    rows = join(plans).set_index("target_id", drop=False)
    patents = rows.loc["shanwei-invention-patents-per-10k-2020"]
    verdict = comparability.compare(patents, rows.loc["haikou-high-value-patents-per-10k-2025"])
    assert "different-indicator" in {reason.id for reason in verdict.reasons}
    royalties = rows.loc["xiamen-ip-royalties-trade-2025"]
    in_yuan = royalties.copy()
    in_yuan["unit_base_unit_id"] = "cny"
    verdict = comparability.compare(royalties, in_yuan)
    assert (verdict.levels, verdict.growth) == NOTHING
    assert [reason.id for reason in verdict.reasons] == ["different-unit"]


def test_a_growth_rate_is_never_put_beside_a_level(plans) -> None:
    rows = join(plans).set_index("target_id", drop=False)
    rate = rows.loc["shanwei-invention-applications-growth-2020"]
    verdict = comparability.compare(rate, rate)
    assert (verdict.levels, verdict.growth) == NOTHING


def test_one_indicator_may_be_asked_for_and_an_unknown_one_is_refused(plans) -> None:
    assert len(comparability.matrix(plans, "pledge-financing")) == 3
    with pytest.raises(UserError, match=r"Did you mean 'patent-agencies'\?"):
        comparability.matrix(plans, "patent-agency")


def test_pairs_among_rows_need_both_targets(plans) -> None:
    pairs = comparability.matrix(plans)
    only = pd.DataFrame({"target_id": ["weihai-patent-agencies-2025"]})
    assert comparability.among(pairs, only).empty
    assert "weihai-patent-agencies-2025" in comparability.growth_partners(pairs)
    assert "weihai-pledge-financing-2025" not in comparability.growth_partners(pairs)
