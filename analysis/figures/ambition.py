"""How much the plans want: three axes apart, and one score with its doubt."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import style
from ..files import file_name
from ..language import lower_first, percent, say, sentences, together, word
from ..methods.ambition import AXES, Score
from ..tables import Tables
from ..tables.datapackage import Record
from ..texts.ambition import of_draws, score_rows, sure
from ..texts.base import Sentences, leader, nothing
from .base import Picture, city_colours, figure, inches, page, sources, upwards


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
    rows, colours = score_rows(score, plans, lang), city_colours(plans)
    return Picture(
        file_name("ambition-score", cities),
        _ambition_score_words(score, measured, plans, lang),
        rows,
        lambda: _draw_ambition_score(rows, colours=colours, lang=lang),
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


def _ambition_score_words(score: Score, measured: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the score and its ranks."""
    used = measured.merge(tables.goalposts, on=["axis", "indicator_id"])
    names = tables.cities.set_index("city_id")[f"name_{lang}"]
    title = _verdict(score, names, lang)
    apart = [f"{names[str(city)]}{say(lang, ' ', '：')}{reason}" for city, reason in score.withheld.items()]
    missing = say(lang, "No score: ", "无评分：") + say(lang, "; ", "；").join(apart) + say(lang, ".", "。")
    ranks = score.uncertainty.ranks.dropna()
    rows = [f"{names[str(city)]} {row.score:.2f}, {row.p05:.0f}–{row.p95:.0f}" for city, row in ranks.iterrows()]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Score between fixed goalposts, 0 to 1, on every axis and in all; dot: median rank, ring: rank with the "
            "weights as given, band: where 90% of the draws lie",
            "按固定上下限计分（0至1），分轴及总分；圆点：位次中位数，圆环：按给定权重的位次，宽带：90%的抽样所在",
        ),
        "source": sources(used, tables, lang),
        "note": (_score_note(score, lang) + (missing if apart else "")).strip(),
        "alt": sentences([title, *rows], lang),
    }


def _score_note(score: Score, lang: str) -> str:
    draws = len(score.uncertainty.draws)
    text = say(
        lang,
        f"Geometric mean, every axis the same weight. {draws:,} draws vary weights, mean, components and rounding. ",
        f"几何平均，各轴权重相同。共抽样{draws}次，变动权重、平均方法、分项与舍入。",
    )
    return text + sure(lang) + say(lang, " ", "")


def _verdict(score: Score, names: pd.Series, lang: str) -> str:
    """Return the plain verdict on the pair with the two highest scores."""
    top = score.uncertainty.ranks["score"].dropna().nlargest(2).index
    row = next(row for row in score.verdicts.to_dict("records") if {row["city_a"], row["city_b"]} == set(top))
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
MOST_NAMES = 4  # more do not fit over one scale
SCORE_LEFT, SCORE_WIDTH, SCORE_ROW = 1.55, 5.6, 0.62


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


def _draw_ambition_score(rows: pd.DataFrame, *, colours: dict[str, str], lang: str) -> Figure:
    """Draw the cities' scores on every axis and in all, and below them where each city's rank may lie.

    `rows` come from `texts.score_rows`. A rank's line runs from its 5th to its 95th percentile over all draws;
    the dot is the median, the ring the rank with the weights and methods as given.
    """
    kinds = [axis for axis in AXES if axis in rows] + ["score"]
    names = {"score": word("score-of-axes", lang)}
    upper, lower = SCORE_ROW * len(kinds), 0.62 + 0.4 * len(rows)
    height = upper + 0.35 + lower
    figure = style.canvas(height)
    sheet = page(figure, height)
    axes = style.panel(figure, SCORE_LEFT, lower + 0.35, SCORE_WIDTH, upper)
    axes.set(xlim=(0, 1), ylim=(len(kinds), 0), yticks=[])
    axes.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
    for place, kind in enumerate(kinds):
        label = names.get(kind) or word(kind, lang)
        _score_row(axes, rows, kind, place + 0.6, label, colours)
    text = say(lang, "Rank, from the 5th to the 95th percentile of all draws", "位次：全部抽样的第5至第95百分位")
    sheet.text(style.MARGIN, upper + 0.5, text, size=9, color=style.QUIET, va="center")
    _ranks(style.panel(figure, SCORE_LEFT, 0.28, SCORE_WIDTH, 0.4 * len(rows)), rows, colours)
    return figure


def _score_row(axes: Axes, rows: pd.DataFrame, kind: str, y: float, label: str, colours: dict[str, str]) -> None:
    """Draw one scale from 0 to 1 with a dot a city; a few names stand over them, many only beside the ranks below."""
    axes.plot(
        [0, 1], [y, y], color=style.BENCHMARK if kind == "score" else style.RULE, lw=1.6 if kind == "score" else 1
    )
    size = 11 if kind == "score" else 9.5
    axes.text(style.MARGIN - SCORE_LEFT, y, label, size=size, va="center", transform=inches(axes))
    ordered = rows[rows[kind].notna()].sort_values(kind).to_dict("records")
    widths = [style.text_width(row["city"], 8.5) / SCORE_WIDTH for row in ordered]
    places = upwards([row[kind] for row in ordered], 1.15 * max(widths, default=0))
    # Names that were moved right of the scale's end go back together.
    over = max(0.0, places[-1] - 1) if places else 0.0
    for row, x in zip(ordered, places, strict=True):
        colour = colours[row["city_id"]]
        axes.plot(row[kind], y, "o", ms=8, color=colour, clip_on=False, zorder=3)
        if len(ordered) > MOST_NAMES:
            continue
        axes.text(x - over, y - 0.2, row["city"], size=8.5, color=style.readable(colour), ha="center", va="bottom")


def _ranks(axes: Axes, rows: pd.DataFrame, colours: dict[str, str]) -> None:
    axes.set(xlim=(0.9, max(2, len(rows)) + 0.1), ylim=(len(rows), 0), yticks=[])
    axes.set_xticks(range(1, max(2, len(rows)) + 1))
    axes.grid(axis="x", color=style.RULE, lw=0.6)
    axes.set_axisbelow(True)
    for place, row in enumerate(rows.to_dict("records")):
        y, colour = place + 0.5, colours[row["city_id"]]
        city = style.wrap(row["city"], 1.35, 9.5)
        axes.text(
            style.MARGIN - SCORE_LEFT, y, city, size=9.5, color=style.readable(colour), va="center",
            transform=inches(axes),
        )  # fmt: skip
        axes.plot([row["p05"], row["p95"]], [y, y], color=colour, lw=5, alpha=0.35, solid_capstyle="butt")
        axes.plot(row["rank"], y, "o", ms=11, mfc="none", mec=colour, mew=1.4, clip_on=False)
        axes.plot(row["median"], y, "o", ms=6, color=colour, clip_on=False)
