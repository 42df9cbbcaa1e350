"""How much the plans want: three axes apart, and one score with its doubt."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Transform, blended_transform_factory

from .. import style
from ..files import file_name
from ..language import lower_first, percent, say, sentences, together, word
from ..methods.ambition import AXES, Score
from ..methods.composite import MEANS
from ..tables import Tables
from ..tables.datapackage import Record
from ..texts.ambition import OPTIONS, deciding, highest, of_draws, repeated
from ..texts.base import Sentences, leader, nothing
from .base import Picture, city_colours, figure, inches, page, sources


@figure
def ambition_axes(measured: pd.DataFrame, plans: Tables, lang: str, cities: Sequence[str] = ()) -> Picture | Sentences:
    """Draw the rows of `ambition.axes`, a block an axis."""
    if measured.empty:
        return nothing("no-axes", lang)
    colours = city_colours(plans)
    return Picture(
        file_name("ambition-axes", cities),
        _ambition_axes_words(measured, plans, lang),
        measured,
        lambda: _draw_ambition_axes(_axis_blocks(measured, lang), colours=colours, lang=lang),
        lang,
    )


@figure
def ambition_score(
    score: Score | None, measured: pd.DataFrame, plans: Tables, lang: str, cities: Sequence[str] = ()
) -> Picture | Sentences:
    """Draw what `ambition.score` returns for some axes."""
    if score is None:
        return nothing("no-score", lang)
    rows, colours = _differences(score), city_colours(plans)
    return Picture(
        file_name("ambition-score", cities),
        _ambition_score_words(score, measured, plans, lang),
        rows,
        lambda: _draw_ambition_score(rows, score, plans, colours=colours, lang=lang),
        lang,
    )


def _axis_blocks(measured: pd.DataFrame, lang: str) -> list[tuple[str, list[Record]]]:
    """Return the axes with their rows: indicators by their highest value, cities within one from high to low."""
    blocks = []
    for axis in AXES:
        frame = measured[measured["axis"] == axis]
        highest = frame.groupby("indicator_id")["value"].transform("max")
        frame = frame.assign(highest=highest, label=[_label(row, lang) for row in frame.to_dict("records")])
        rows = frame.sort_values(["highest", "indicator_id", "value"], ascending=False).to_dict("records")
        blocks.append((axis, rows))
    return [(axis, rows) for axis, rows in blocks if rows]


def _label(row: Record, lang: str) -> str:
    """Return a value in words: the rate or the ratio as it is stated, with a remark where less of it is better."""
    value, less = row["value"], row["direction"] == -1
    if row["axis"] == "level":
        ratio = 1 / value if less else value
        text = say(lang, f"{ratio:.3g} times", f"{ratio:.3g}倍")
    else:
        text = percent(0 - value if less and row["axis"] == "pace" else value, 1)
    return text + say(lang, "\nless is better", "\n越少越好") if less else text


def _leaders(measured: pd.DataFrame) -> dict[str, str | None]:
    """Return by axis the city that is highest on most indicators that several cities share; None where there is none.

    Axes without a shared indicator are left out.
    """
    found: dict[str, str | None] = {}
    for axis in AXES:
        frame = measured[measured["axis"] == axis]
        shared = frame[frame.groupby("indicator_id")["city_id"].transform("nunique") > 1]
        if len(shared):
            first = leader(shared, "value", "indicator_id")
            found[axis] = first[0] if first else None
    return found


def _ambition_axes_words(measured: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the axes; `measured` comes from `ambition.axes`."""
    title = _leading(_leaders(measured), measured, lang)
    rows = [
        f"{word(row['axis'], lang)}, {row['city']} {row['indicator']} {row['value']:.3g}"
        for row in measured.to_dict("records")
    ]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Three ways to be ambitious, each on its own scale from zero: how fast, how high, how much of the "
            "remaining gap",
            "雄心的三个方面，各有刻度，均自零起：多快、多高、弥合多少差距",
        ),
        "source": sources(measured, tables, lang),
        "note": _axes_note(measured, lang),
        "alt": sentences([title, *rows], lang),
    }


def _axes_note(measured: pd.DataFrame, lang: str) -> str:
    notes = [
        say(
            lang,
            "Only targets that may be compared with another city's or with the national one. Targets taken as met.",
            "仅列可与他市目标或全国目标比较者；以目标如期实现为前提。",
        )
    ]
    if (measured["basis_status"] == "inferred").any():
        notes.append(say(lang, "† basis inferred.", "†口径为推定。"))
    return say(lang, " ", "").join(notes)


def _leading(found: dict[str, str | None], measured: pd.DataFrame, lang: str) -> str:
    """Return who leads on which axis, the axes of one city together."""
    if len(measured["city_id"].unique()) == 1:
        city, axes = measured["city"].iloc[0], [lower_first(word(axis, lang)) for axis in measured["axis"].unique()]
        english, chinese = f"Only {city} has targets to show here", f"此处仅{city}有可列的目标"
        return say(lang, f"{english}, by {together(axes, lang)}", f"{chinese}：{together(axes, lang)}")
    by_city: dict[str, list[str]] = {}
    for axis, city in found.items():
        if city:
            by_city.setdefault(city, []).append(lower_first(word(axis, lang)))
    if not by_city:
        return say(lang, "On no axis of ambition does one city lead", "没有一个城市在任何一轴上领先")
    joined = {city: say(lang, " and ", "与").join(names) for city, names in by_city.items()}
    (city, names), *others = joined.items()
    parts = [say(lang, f"{city} leads on {names}", f"{city}在{names}上领先")]
    parts += [say(lang, f"{city} on {names}", f"{city}在{names}上领先") for city, names in others]
    if len(by_city) == 1:
        return parts[0]
    return say(lang, "Ambition depends on the axis: ", "雄心高低取决于看哪一轴：") + say(lang, ", ", "，").join(parts)


BINS = 40


def _differences(score: Score) -> pd.DataFrame:
    """Return how the draws' score of the highest city less that of the second is spread, by mean: a row a bin.

    `lower` and `upper` are the ends of a bin, `draws` how many of the mean's draws lie in it.
    """
    first, second = highest(score)
    draws = score.uncertainty.draws.dropna(subset=[f"score_{first}", f"score_{second}"])
    apart = draws[f"score_{first}"] - draws[f"score_{second}"]
    # An edge at zero, so that no bin holds draws of either order.
    width = max(apart.abs().max(), 1e-9) * 2 / BINS
    edges = width * np.arange(math.floor(apart.min() / width), math.ceil(apart.max() / width) + 1)
    parts = [
        pd.DataFrame({"method": method, "lower": edges[:-1], "upper": edges[1:], "draws": np.histogram(rows, edges)[0]})
        for method, rows in apart.groupby(draws["method"], sort=False)
    ]
    return pd.concat(parts, ignore_index=True).sort_values(
        "method", key=lambda names: names.map(MEANS.index), kind="stable"
    )


def _ambition_score_words(score: Score, measured: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the two highest scores' difference."""
    used = measured.merge(tables.goalposts, on=["axis", "indicator_id"])
    names = tables.cities.set_index("city_id")[f"name_{lang}"]
    first, second = (names[city] for city in highest(score))
    title = _verdict(score, names, lang)
    return {
        "title": title,
        "subtitle": say(
            lang,
            f"{first}'s score less {second}'s (both 0 to 1) in every draw, by the mean that it takes",
            f"各次抽样中{first}评分减去{second}评分之差（评分为0至1），按平均方法分列",
        ),
        "source": sources(used, tables, lang),
        "note": _score_note(score, tables, lang),
        "alt": sentences([title, deciding(score, tables, lang)], lang),
    }


def _score_note(score: Score, tables: Tables, lang: str) -> str:
    names = tables.cities.set_index("city_id")[f"name_{lang}"]
    draws, stop = len(score.uncertainty.draws), say(lang, ".", "。")
    apart = [f"{names[str(city)]}{say(lang, ' ', '：')}{reason}" for city, reason in score.withheld.items()]
    parts = [
        say(
            lang,
            f"{draws:,} draws of weights, mean, component left out, goalposts, reading and rounding; every axis keeps "
            "its weight.",
            f"共抽样{draws}次，变动权重、平均方法、剔除的分项、上下限、期限的理解与舍入，各轴权重不变。",
        ),
        deciding(score, tables, lang) + stop,
        repeated(score, tables, lang),
        say(lang, "No score: ", "无评分：") + say(lang, "; ", "；").join(apart) + stop if apart else "",
    ]
    return say(lang, " ", "").join(filter(None, parts))


def _verdict(score: Score, names: pd.Series, lang: str) -> str:
    """Return the plain verdict on the pair with the two highest scores."""
    top = highest(score)
    row = next(row for row in score.verdicts.to_dict("records") if (row["city_a"], row["city_b"]) == top)
    first, second, share = names[row["city_a"]], names[row["city_b"]], of_draws(row["p_above"])
    if row["verdict"] == "above":
        return say(
            lang, f"{first} stands above {second} in {share} of the draws", f"{share}的抽样中{first}高于{second}"
        )
    if row["verdict"] == "axes-disagree":
        axes = say(lang, " and ", "与").join(lower_first(word(axis, lang)) for axis in row["against"])
        return say(
            lang,
            f"{first} scores above {second} in {share} of the draws, but not on {axes}: no overall order",
            f"{share}的抽样中{first}高于{second}，但在{axes}上相反：不能排出总的高低",
        )
    return say(
        lang,
        f"{first} scores above {second} in {share} of the draws, not enough to put one above the other",
        f"{share}的抽样中{first}高于{second}，不足以判定高低",
    )


LEFT, WIDTH = 3.3, 3.3  # inches: the axis between labels and values
ROW, HEAD = 0.36, 0.52
SCORE_LEFT, SCORE_WIDTH, HISTOGRAM = 1.2, 5.6, 0.92


def _draw_ambition_axes(blocks: list[tuple[str, list[Record]]], *, colours: dict[str, str], lang: str) -> Figure:
    """Draw a block an axis of ambition, a row a target: its value as a dot on the block's own scale from zero.

    Negative values, of targets that go back, stand left of the zero line.
    `blocks` come from `_axis_blocks`. The national target is the grey line on the axis of levels.
    """
    height = sum(HEAD + ROW * len(rows) + 0.12 for _, rows in blocks)
    figure = style.canvas(height)
    sheet = page(figure, height)
    top = 0.0
    for axis, rows in blocks:
        sheet.text(style.MARGIN, top + 0.17, word(axis, lang), size=10.5, va="center")
        measure = word(f"{axis}-measure", lang)
        sheet.text(LEFT, top + 0.17, measure, size=9, color=style.QUIET, va="center")
        tall = ROW * len(rows)
        axes = style.panel(figure, LEFT, height - top - HEAD + 0.18 - tall, WIDTH, tall)
        _block(axes, axis, rows, colours, lang)
        top += HEAD + tall + 0.12
    return figure


def _block(axes: Axes, axis: str, rows: list[Record], colours: dict[str, str], lang: str) -> None:
    values = [row["value"] for row in rows]
    least, most = min(0.0, *values), max(1.0 if axis == "level" else 0.0, *values)
    axes.set(xlim=(1.05 * least, 1.05 * most if most > least else 1.0), ylim=(len(rows), 0), xticks=[], yticks=[])
    axes.axvline(0, color=style.RULE, lw=1)
    if axis == "level":
        axes.axvline(1, color=style.BENCHMARK, lw=1.2)
        axes.text(
            1, len(rows) + 0.08, word("national-target", lang), size=8.5, color=style.QUIET, ha="center", va="top"
        )
    last = None
    for place, row in enumerate(rows):
        _row(axes, row, place + 0.5, colours[row["city_id"]], name=row["indicator"] != last)
        last = row["indicator"]


def _row(axes: Axes, row: Record, y: float, colour: str, *, name: bool) -> None:
    """Draw one row; the indicator is named once, over the cities that share it."""
    across = inches(axes)
    mark = " †" if row["basis_status"] == "inferred" else ""
    if name:
        label = style.wrap(row["indicator"] + mark, 2.3, 9)
        axes.text(style.MARGIN - LEFT, y, label, size=9, va="center", linespacing=1.1, transform=across)
    ink = style.readable(colour)
    city = style.wrap(row["city"], 0.85, 9)
    axes.text(-0.1, y, city, size=9, color=ink, ha="right", va="center", linespacing=1.0, transform=across)
    axes.plot([0, row["value"]], [y, y], color=colour, lw=1.6, solid_capstyle="butt")
    axes.plot(row["value"], y, "o", ms=7, color=colour, clip_on=False)
    axes.text(WIDTH + 0.1, y, row["label"], size=9, va="center", transform=across)


def _draw_ambition_score(
    rows: pd.DataFrame, score: Score, tables: Tables, *, colours: dict[str, str], lang: str
) -> Figure:
    """Draw a histogram a mean of the difference of the two highest scores, in the colour of the city that is above."""
    names = tables.cities.set_index("city_id")[f"name_{lang}"]
    first, second = highest(score)
    above = score.by_choice[score.by_choice["choice"] == "method"].set_index("option")["above"]
    methods = rows["method"].unique()
    height = HISTOGRAM * len(methods) + 0.62
    figure = style.canvas(height)
    limits = (1.05 * min(rows["lower"].min(), -0.05), 1.05 * max(rows["upper"].max(), 0.05))
    for place, method in enumerate(methods):
        bottom = height - HISTOGRAM * (place + 1) + 0.1
        axes = style.panel(figure, SCORE_LEFT, bottom, SCORE_WIDTH, HISTOGRAM - 0.22)
        axes.set(xlim=limits)
        axes.tick_params(labelbottom=place == len(methods) - 1)
        _histogram(axes, rows[rows["method"] == method], above[method], (colours[first], colours[second]), lang)
    zero = SCORE_WIDTH * (0 - limits[0]) / (limits[1] - limits[0])
    for city, shift, side in ((second, -0.06, "right"), (first, 0.06, "left")):
        text = say(lang, f"{names[city]} higher", f"{names[city]}较高")
        figure.axes[-1].text(
            zero + shift, -0.42 / (HISTOGRAM - 0.22), text, size=9, ha=side, va="center",
            color=style.readable(colours[city]), transform=_beside(figure.axes[-1]),
        )  # fmt: skip
    return figure


def _histogram(axes: Axes, rows: pd.DataFrame, above: float, shades: tuple[str, str], lang: str) -> None:
    """Draw the bins of one mean, named at its left, with the share of draws above zero at its right."""
    colours = (rows["lower"] >= 0).map({True: shades[0], False: shades[1]})
    axes.bar(rows["lower"], rows["draws"], rows["upper"] - rows["lower"], align="edge", color=colours, lw=0)
    axes.axvline(0, color=style.INK, lw=1)
    axes.set(ylim=(0, None), yticks=[])
    label = say(lang, *OPTIONS[rows["method"].iloc[0]]).capitalize()
    axes.text(style.MARGIN - SCORE_LEFT, 0.5, label, size=9.5, va="center", transform=_beside(axes))
    text = say(lang, f"{of_draws(above)}\nabove zero", f"{of_draws(above)}\n大于零")
    axes.text(SCORE_WIDTH + 0.12, 0.5, text, size=9.5, va="center", transform=_beside(axes))


def _beside(axes: Axes) -> Transform:
    """Return a transform with inches from the axes' left edge across and shares of its height upwards."""
    return blended_transform_factory(inches(axes), axes.transAxes)
