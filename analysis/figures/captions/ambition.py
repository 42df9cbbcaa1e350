"""Captions of how much the plans want."""

import math

import pandas as pd

from ...language import lower_first, percent, say, sentences, together, word
from ...methods.ambition import SURE, Score
from ...tables import Tables
from ..arrange import leaders
from ..base import sources


def ambition_axes(measured: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the axes; `measured` comes from `ambition.axes`."""
    title = _leading(leaders(measured), measured, lang)
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


def ambition_score(score: Score, measured: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
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


def sure(lang: str) -> str:
    """Return from which share of the draws on one city counts as above another."""
    share = percent(SURE, 0)
    return say(
        lang,
        f"One city counts as above another from {share} of the draws on.",
        f"在{share}及以上的抽样中较高，才判为较高。",
    )


def of_draws(share: float) -> str:
    """Return a share of draws as a percentage that never looks as large as the threshold that it misses.

    >>> of_draws(0.9266), of_draws(0.94996)
    ('92.7%', '94.9%')
    """
    missed = share < SURE <= round(share, 3)
    return percent(math.floor(1000 * share) / 1000 if missed else share, 1)


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
