"""Composite scores: published tables, closed forms, and what must not move a rank."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from analysis.methods import composite

# OECD/JRC Handbook (2008), table 35: eight indicators of five countries, two of them as logarithms.
TAI = pd.DataFrame(
    {
        "patents": [187, 289, 271, 994, 779],
        "royalties": [125.6, 130, 156.6, 64.6, 9.8],
        "internet": [200.2, 179.1, 125.8, 49, 4.8],
        "exports": [50.7, 66.2, 59.7, 80.8, 66.7],
        "telephones": [3.08, 2.997, 3.096, 3.003, 2.972],
        "electricity": [4.15, 4.073, 4.145, 3.865, 3.653],
        "schooling": [10, 12, 11.4, 9.5, 10.8],
        "university": [27.4, 13.9, 15.3, 10, 23.2],
    },
    index=["Finland", "United States", "Sweden", "Japan", "Korea"],
)

scores = arrays.arrays(float, st.tuples(st.integers(2, 6), st.integers(3, 5)), elements=st.floats(0.01, 1))


def frame_of(values: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(values, columns=[f"c{place}" for place in range(values.shape[1])])


@pytest.mark.parametrize(("method", "expected"), [("arithmetic", 49), ("geometric", 40), ("harmonic", 400 / 13)])
def test_means_have_their_closed_forms(method, expected) -> None:
    score = composite.aggregate(np.array([[10, 20, 40, 80]]), [1, 2, 3, 4], method=method)
    assert score[0] == pytest.approx(expected, rel=1e-12)


def test_weights_count_by_their_ratio_and_by_their_names() -> None:
    frame = pd.DataFrame({"a": [10.0], "b": [20.0], "c": [40.0], "d": [80.0]})
    tenths = {"d": 0.4, "a": 0.1, "c": 0.3, "b": 0.2}
    for weights in (tenths, pd.Series(tenths), [0.1, 0.2, 0.3, 0.4], [1, 2, 3, 4]):
        assert composite.aggregate(frame, weights).tolist() == pytest.approx([40], rel=1e-12)


def test_a_row_without_any_weight_has_no_score() -> None:
    frame = pd.DataFrame({"a": [0.9, 0.9], "b": [np.nan, 0.4], "c": [np.nan, 0.4]})
    for method in ("arithmetic", "geometric", "harmonic"):
        found = composite.aggregate(frame, [0, 1, 1], method=method, min_share=1 / 3)
        assert found.tolist() == pytest.approx([np.nan, 0.4], nan_ok=True)


def test_a_score_may_be_asked_to_stand_on_every_indicator() -> None:
    frame = pd.DataFrame({"a": [0.2, 0.4], "b": [0.8, 0.4], "c": [np.nan, 0.4]})
    assert composite.aggregate(frame, min_share=1).isna().tolist() == [True, False]


@pytest.mark.parametrize("kind", ["Float64", "object"])
def test_numbers_count_however_they_are_kept(kind: str) -> None:
    frame = pd.DataFrame({"a": [0.2, 0.4], "b": [0.8, 0.4], "c": [np.nan, 0.3]})
    kept = frame.astype(kind)
    assert composite.aggregate(kept).equals(composite.aggregate(frame))
    assert composite.leave_one_out(kept).equals(composite.leave_one_out(frame))
    assert composite.rank_uncertainty(kept, draws=9).draws.equals(composite.rank_uncertainty(frame, draws=9).draws)


@given(scores)
def test_means_keep_their_order(values: np.ndarray) -> None:
    harmonic, geometric, arithmetic = (
        composite.aggregate(values, method=method) for method in ("harmonic", "geometric", "arithmetic")
    )
    assert (harmonic <= geometric + 1e-12).all()
    assert (geometric <= arithmetic + 1e-12).all()


@given(scores, st.floats(0.01, 100), st.integers(0, 2))
def test_a_unit_changes_no_geometric_rank(values: np.ndarray, factor: float, column: int) -> None:
    frame = frame_of(values)
    other = frame.copy()
    other.iloc[:, column] *= factor
    ratio = composite.aggregate(other) / composite.aggregate(frame)
    assert np.allclose(ratio, ratio.iloc[0], rtol=1e-9)


@given(scores)
def test_adding_a_city_changes_no_other_citys_score(values: np.ndarray) -> None:
    posts = {"lower": 0, "upper": 0.8}
    normal = frame_of(composite.normalise(values, **posts))
    without = frame_of(composite.normalise(values[:-1], **posts))
    assert composite.aggregate(normal).iloc[:-1].equals(composite.aggregate(without))


def test_a_missing_value_is_neither_imputed_nor_infectious() -> None:
    frame = pd.DataFrame({"a": [0.2, 0.4], "b": [0.8, 0.4], "c": [np.nan, 0.4]}, index=["x", "y"])
    assert composite.aggregate(frame, method="arithmetic").tolist() == pytest.approx([0.5, 0.4])
    assert composite.normalise(frame["c"], lower=0, upper=1).isna().tolist() == [True, False]


def test_a_score_from_too_few_indicators_is_missing_with_its_reason() -> None:
    frame = pd.DataFrame({"a": [0.2, 0.4], "b": [np.nan, 0.4], "c": [np.nan, 0.4]}, index=["x", "y"])
    assert composite.aggregate(frame).isna().tolist() == [True, False]
    assert composite.too_few(frame)["x"] == "has 1 of 3 components; a score needs 2"
    assert composite.too_few(frame, lang="zh")["x"] == "3个分项中仅有1个，评分至少需要2个"
    assert composite.too_few(frame).isna().tolist() == [False, True]


def test_a_zero_makes_a_geometric_score_zero_not_missing() -> None:
    assert composite.aggregate(np.array([[0.0, 0.5, 0.9]])).tolist() == [0.0]
    assert composite.aggregate(np.array([[0.0, 0.5, 0.9]]), method="harmonic").tolist() == [0.0]


def test_goalposts_cut_what_lies_beyond() -> None:
    values = np.array([-5.0, 5.0, 15.0])
    assert composite.normalise(values, lower=0, upper=10).tolist() == [0, 0.5, 1]
    assert composite.normalise(values, direction=-1, lower=0, upper=10).tolist() == [1, 0.5, 0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: composite.normalise(np.array([1.0]), lower=2, upper=2), "lower < upper"),
        (lambda: composite.normalise(np.array([1.0]), lower=0, upper=1, direction=0), "direction must be 1"),
        (lambda: composite.normalise(-np.inf, lower=0, upper=1), "finite, .* at position 0 is -inf"),
        (lambda: composite.aggregate(TAI, method="mean"), "not a way to aggregate"),
        (lambda: composite.aggregate(TAI, min_share=0), "min_share must be above 0"),
        (lambda: composite.aggregate(TAI[["patents"]]), "two indicators or more"),
        (lambda: composite.aggregate(TAI, [1, 2]), "2 weights for 8 indicators"),
        (lambda: composite.aggregate(TAI, dict.fromkeys(TAI, 1) | {"patent": 1}), "Did you mean 'patents'"),
        (lambda: composite.aggregate(TAI, {"patents": 1}), "no weight for 'royalties'"),
        (lambda: composite.aggregate(TAI, [8, 1, 1, 1, 1, 1, 1, 1]), "'patents' has 53% of the weight"),
        (lambda: composite.aggregate(TAI, [-1, 1, 1, 1, 1, 1, 1, 1]), "0 or more"),
        (lambda: composite.aggregate(-TAI), "'patents' of 'Finland' is -187"),
        (lambda: composite.aggregate(TAI.replace(187, np.inf)), "'patents' of 'Finland' is inf"),
        (lambda: composite.leave_one_out(TAI[["patents", "exports"]]), "three indicators or more"),
        (lambda: composite.leave_one_out(-TAI), "'patents' of 'Finland' is -187"),
        (lambda: composite.leave_one_out(TAI, min_share=0), "min_share must be above 0"),
        (lambda: composite.rank_uncertainty(TAI, min_share=1.1), "at most 1, not 1.1"),
        (lambda: composite.rank_uncertainty(TAI[:0]), "no unit to rank: .*'patents'"),
        (lambda: composite.rank_uncertainty(pd.DataFrame()), "no unit to rank"),
        (lambda: composite.leave_one_out(TAI[:0]), "no unit to rank"),
        (lambda: composite.normalise(-np.inf, lower=0, upper=1), "finite, .* at position 0 is -inf"),
        (lambda: composite.rank_uncertainty(TAI, draws=0), "draws must be 1 or more"),
        (lambda: composite.rank_uncertainty(TAI, weight_noise=1), "weight_noise 0 or more and below 1"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(call, message) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_ranks_that_no_choice_can_turn_are_certain() -> None:
    frame = pd.DataFrame({"a": [0.9, 0.5, 0.1], "b": [0.8, 0.5, 0.2], "c": [0.9, 0.4, 0.1]}, index=list("xyz"))
    found = composite.rank_uncertainty(frame, draws=300, rounding=False)
    assert found.ranks[["rank", "median", "p05", "p95"]].to_numpy().tolist() == [[1] * 4, [2] * 4, [3] * 4]
    assert found.above.loc["x"].tolist()[1:] == [1, 1]
    assert found.shift == 0


def test_equals_cannot_be_told_apart() -> None:
    frame = pd.DataFrame({"a": [0.9, 0.1], "b": [0.1, 0.9], "c": [0.5, 0.5]}, index=["x", "y"])
    found = composite.rank_uncertainty(frame, draws=4000)
    assert found.above.loc["x", "y"] == pytest.approx(0.5, abs=0.05)
    assert found.above.loc["x", "y"] + found.above.loc["y", "x"] == pytest.approx(1)


def test_a_tie_counts_half_for_each() -> None:
    frame = pd.DataFrame({"a": [0.5, 0.5], "b": [0.5, 0.5]})
    found = composite.rank_uncertainty(frame, draws=10, weight_noise=0, drop_one=False, rounding=False)
    assert found.above.iloc[0, 1] == found.above.iloc[1, 0] == 0.5


def test_the_draws_hold_every_choice_and_give_the_result_again() -> None:
    frame = frame_of(np.array([[0.9, 0.2, 0.4], [0.3, 0.7, 0.6]]))
    found = composite.rank_uncertainty(frame, draws=500, rounding=False)
    assert found.draws[["weight_c0", "weight_c1", "weight_c2"]].sum(axis=1).to_numpy() == pytest.approx(1)
    assert set(found.draws["method"]) == {"geometric", "arithmetic", "harmonic"}
    assert set(found.draws["left_out"]) == {"", "c0", "c1", "c2"}
    for row in found.draws.head(40).to_dict("records"):
        kept = [name for name in frame if name != row["left_out"]]
        weights = np.array([row[f"weight_{name}"] for name in kept])
        values = composite.power_mean(frame[kept].to_numpy(), weights, composite.EXPONENTS[row["method"]], 1)
        assert composite.rank(values).tolist() == [row["rank_0"], row["rank_1"]]
    again = composite.rank_uncertainty(frame, draws=500, rounding=False)
    assert again.draws.equals(found.draws)


def test_the_reference_is_the_first_method_with_the_weights_as_given() -> None:
    frame = pd.DataFrame({"a": [0.9, 0.4], "b": [0.02, 0.45], "c": [0.5, 0.5]})
    for methods, ranks in ((["arithmetic", "geometric"], [1, 2]), (["geometric", "arithmetic"], [2, 1])):
        found = composite.rank_uncertainty(frame, [2, 1, 1], methods=methods, draws=1)
        assert found.ranks["rank"].tolist() == ranks
        expected = composite.aggregate(frame, [2, 1, 1], method=methods[0])
        assert found.ranks["score"].tolist() == pytest.approx(expected.tolist(), rel=1e-12)


def test_no_indicator_is_left_out_unless_asked_for_nor_of_two() -> None:
    frame = frame_of(np.array([[0.9, 0.2, 0.4], [0.3, 0.7, 0.6]]))
    assert set(composite.rank_uncertainty(frame, draws=20, drop_one=False).draws["left_out"]) == {""}
    assert set(composite.rank_uncertainty(frame[["c0", "c1"]], draws=20).draws["left_out"]) == {""}


def test_a_draw_gives_a_score_where_all_that_it_kept_is_there() -> None:
    frame = frame_of(np.array([[0.9, 0.2, 0.4], [0.3, 0.7, np.nan]]))
    found = composite.rank_uncertainty(frame, draws=60, min_share=1)
    assert found.draws["rank_0"].notna().all()
    assert (found.draws["rank_1"].notna() == (found.draws["left_out"] == "c2")).all()
    assert found.ranks["scored"].tolist() == [1, (found.draws["left_out"] == "c2").mean()]


def test_rounding_moves_no_value_below_zero() -> None:
    frame = frame_of(np.array([[0.0, 0.2], [0.3, 0.7]]))
    assert composite.rank_uncertainty(frame, draws=30).ranks["scored"].tolist() == [1, 1]


def test_the_shift_of_a_draw_is_the_mean_move_of_a_rank() -> None:
    frame = frame_of(np.array([[0.9, 0.2, 0.4], [0.3, 0.7, 0.6], [0.5, 0.5, 0.5], [0.4, np.nan, np.nan]]))
    found = composite.rank_uncertainty(frame, draws=50)
    moves = (found.draws[["rank_0", "rank_1", "rank_2"]] - found.ranks["rank"].to_numpy()[:3]).abs().mean(axis=1)
    assert found.draws["shift"].tolist() == pytest.approx(moves.tolist(), rel=1e-12)
    assert found.shift == pytest.approx(moves.mean(), rel=1e-12)
    assert found.ranks["scored"].tolist() == [1, 1, 1, 0]
    assert found.above[3].isna().all()
    nothing = composite.rank_uncertainty(frame_of(np.array([[0.9, np.nan], [np.nan, 0.7]])), draws=3)
    assert np.isnan(nothing.shift)


def test_rounding_moves_values_by_half_of_their_last_decimal() -> None:
    # A column shows as many decimals as the value of it that shows most.
    near = pd.DataFrame({"a": [0.5, 0.4], "b": [0.25, 0.31]}, index=["x", "y"])
    np.testing.assert_array_equal(composite.half_widths(near, rounding=True), [[0.05, 0.005]] * 2)
    np.testing.assert_array_equal(composite.half_widths(near, rounding=False), np.zeros((2, 2)))
    options = {"draws": 500, "weight_noise": 0, "methods": ["arithmetic"], "drop_one": False}
    assert composite.rank_uncertainty(near, rounding=False, **options).above.loc["x", "y"] == 1
    # Means of 0.375 and 0.355; the rounding of a moves their difference by up to 0.05, that of b by up to 0.005.
    assert 0.5 < composite.rank_uncertainty(near, **options).above.loc["x", "y"] < 1
    exact = pd.DataFrame(0.0, index=near.index, columns=near.columns)
    assert composite.rank_uncertainty(near, rounding=exact, **options).above.loc["x", "y"] == 1


def test_many_units_give_the_same_as_one_chunk(monkeypatch) -> None:
    frame = frame_of(np.random.default_rng(3).uniform(0.1, 1, (7, 4)))
    whole = composite.rank_uncertainty(frame, draws=200, weight_noise=0, methods=["geometric"], drop_one=False)
    monkeypatch.setattr(composite, "CHUNK", 7 * 7 * 30)
    parts = composite.rank_uncertainty(frame, draws=200, weight_noise=0, methods=["geometric"], drop_one=False)
    assert parts.ranks["rank"].equals(whole.ranks["rank"])
    assert parts.above.equals(whole.above)
    assert len(parts.draws) == 200
    assert parts.draws["draw"].tolist() == list(range(200))


def test_leaving_one_out_names_what_turns_the_order() -> None:
    frame = pd.DataFrame({"a": [0.9, 0.1], "b": [0.4, 0.5], "c": [0.4, 0.5]}, index=["x", "y"])
    ranks = composite.leave_one_out(frame)
    assert ranks["x"].to_dict() == {"": 1, "a": 2, "b": 1, "c": 1}
    assert ranks.index.name == "left_out"


def test_what_is_left_out_does_not_count_as_missing() -> None:
    frame = pd.DataFrame({"a": [0.9, 0.1], "b": [0.4, 0.5], "c": [0.4, np.nan]}, index=["x", "y"])
    ranks = composite.leave_one_out(frame, min_share=1)
    assert ranks["x"].tolist() == [1, 1, 1, 1]
    assert ranks["y"].isna().tolist() == [True, True, True, False]
