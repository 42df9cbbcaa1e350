"""Colours stay apart for everyone, and text breaks where each language allows it."""

from itertools import combinations

import matplotlib as mpl
import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from analysis import style
from analysis.tables import select_cities

# CAM02-UCS distances (Luo, Cui and Li 2006): 1 is just noticeable side by side, 10 plain at a glance.
# Measured on 2026-11-22: 23.7 and more among the first four, 10.5 among all eight.
APART, APART_ALL = 20, 10
KINDS = (None, "deuteranomaly", "protanomaly", "tritanomaly")


def seen(colour: str, kind: str | None) -> np.ndarray:
    """Return a colour as somebody with a kind of colour blindness sees it (Machado and others 2009)."""
    rgb = np.array(mpl.colors.to_rgb(colour))
    if kind is None:
        return rgb
    return np.clip(cspace_convert(rgb, {"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100}, "sRGB1"), 0, 1)


@pytest.mark.parametrize("kind", KINDS)
def test_city_colours_stay_apart_for_colour_blind_readers(kind: str | None) -> None:
    def nearest(colours: tuple[str, ...]) -> float:
        return min(deltaE(seen(a, kind), seen(b, kind), input_space="sRGB1") for a, b in combinations(colours, 2))

    assert nearest(style.CITY_COLOURS[:4]) >= APART
    assert nearest(style.CITY_COLOURS) >= APART_ALL


def test_the_curated_cities_stay_apart_in_grey() -> None:
    lightness = [cspace_convert(mpl.colors.to_rgb(colour), "sRGB1", "CIELab")[0] for colour in style.CITY_COLOURS[:4]]
    assert min(abs(a - b) for a, b in combinations(lightness, 2)) >= 10


def test_a_city_keeps_its_colour_when_another_is_added() -> None:
    before = style.city_colours(["haikou", "weihai"])
    after = style.city_colours(["haikou", "weihai", "zibo"])
    assert all(after[city] == before[city] for city in before)


def test_the_benchmark_takes_no_citys_colour(plans) -> None:
    colours = style.city_colours(select_cities(plans))
    assert list(colours) == ["haikou", "shanwei", "weihai", "xiamen"]
    assert style.BENCHMARK not in style.CITY_COLOURS


def test_any_number_of_cities_has_colours() -> None:
    assert len(style.city_colours([f"city-{number}" for number in range(300)])) == 300


@pytest.mark.parametrize("colour", style.CITY_COLOURS)
def test_text_in_a_city_colour_is_readable(colour: str) -> None:
    luminance = style._luminance(mpl.colors.to_rgb(style.readable(colour)))
    assert 1.05 / (luminance + 0.05) >= 4.5


def test_no_line_is_wider_than_asked_and_no_word_is_lost() -> None:
    text = "Weihai's steepest promise: high-value invention patents per 10,000 people, 威海的承诺。"
    wrapped = style.wrap(text, 2.0, 10)
    assert all(style.text_width(line, 10) <= 2.0 for line in wrapped.splitlines())
    assert wrapped.replace("\n", "").replace(" ", "") == text.replace(" ", "")


def test_chinese_breaks_between_characters_but_never_before_a_closing_mark() -> None:
    for width in np.arange(0.4, 1.6, 0.05):
        for line in style.wrap("未写明者（推定）以“†”标示，依据见“注”。其余如实列出。", width, 10).splitlines():
            assert line[0] not in style.CLOSING
            assert line[-1] not in style.OPENING


def test_a_latin_bracket_begins_no_line_either() -> None:
    for width in np.arange(0.6, 2.0, 0.05):
        lines = style.wrap("《厦门市工作方案(2022-2025年)》（厦府〔2022〕333号）", width, 8.5).splitlines()
        assert not any(line.startswith(")") for line in lines)


def test_a_document_number_keeps_its_brackets_together() -> None:
    for width in np.arange(0.6, 2.0, 0.05):
        assert "〔2016〕" in style.wrap("《方案》（汕府〔2016〕69号），见第五条。", width, 8.5)


def test_a_place_in_a_document_is_never_broken() -> None:
    for width in np.arange(0.8, 2.0, 0.1):
        assert "三（三）10" in style.wrap("条目三（二）3、三（三）10、三（四）15。", width, 8.5)


def test_the_users_own_settings_change_nothing() -> None:
    mpl.rcParams["font.size"] = 40
    style.canvas(1.0)
    assert mpl.rcParams["font.size"] == 10
    assert mpl.rcParams["font.family"][0] == style.font_family() == "Noto Sans SC"


def test_a_number_keeps_its_unit_and_a_year_its_character() -> None:
    text = "由4.99件/万人增至10.02件/万人，共19项（2020–2025年）"
    for width in (0.9, 1.1, 1.3, 1.7, 2.1):
        lines = style.wrap(text, width, 10).split("\n")
        assert len(lines) > 2
        for whole in ("4.99件/万人", "10.02件/万人，", "19项", "（2020–2025年）"):
            assert any(whole in line for line in lines)
