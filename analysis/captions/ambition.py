"""Captions of how much the plans want."""

import pandas as pd

from ..ambition import SURE, Score
from ..arrange import leaders
from ..language import listed, lower_first, percent, say, sentences, word
from ..tables import Tables
from .base import sources


def ambition_axes(measured: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the axes; `measured` comes from `ambition.axes`."""
    title = _leading(leaders(measured), lang)
    rows = [
        f"{word(row['axis'], lang)}, {row['city']} {row['indicator']} {row['value']:.3g}"
        for row in measured.to_dict("records")
    ]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Three ways to be ambitious, each on its own scale from zero: how fast, how high, how much of the rest",
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


def _leading(found: dict[str, str | None], lang: str) -> str:
    """Return who leads on which axis, the axes of one city together."""
    by_city: dict[str, list[str]] = {}
    for axis, city in found.items():
        if city:
            by_city.setdefault(city, []).append(lower_first(word(axis, lang)))
    if not by_city:
        return say(lang, "On no axis of ambition does one city lead", "没有一座城市在任何一轴上领先")
    joined = {city: say(lang, " and ", "与").join(names) for city, names in by_city.items()}
    (city, names), *others = joined.items()
    parts = [say(lang, f"{city} leads on {names}", f"{city}在{names}上领先")]
    parts += [say(lang, f"{city} on {names}", f"{city}在{names}上领先") for city, names in others]
    if len(by_city) == 1:
        return parts[0]
    return say(lang, "Ambition depends on the axis: ", "雄心高低取决于看哪一轴：") + listed(parts, lang)


def ambition_score(score: Score, measured: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the score and its ranks."""
    used = measured.merge(tables.goalposts, on=["axis", "indicator_id"])
    names = tables.cities.set_index("city_id")[f"name_{lang}"]
    title = _verdict(score, names, lang)
    apart = [f"{names[str(city)]} {reason}" for city, reason in score.withheld.items()]
    missing = say(lang, "No score: ", "无评分：") + say(lang, "; ", "；").join(apart) + say(lang, ".", "。")
    ranks = score.uncertainty.ranks.dropna()
    rows = [f"{names[str(city)]} {row.score:.2f}, {row.p05:.0f}–{row.p95:.0f}" for city, row in ranks.iterrows()]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Score between fixed goalposts, 0 to 1, on every axis and in all; dot: median rank, ring: rank with the "
            "weights as given, band: where 90% of the draws lie",
            "按固定标杆值计分（0至1），分轴及总分；圆点：位次中位数，圆环：按给定权重的位次，宽带：90%的抽样所在",
        ),
        "source": sources(used, tables, lang),
        "note": _score_note(score, lang) + (missing if apart else ""),
        "alt": sentences([title, *rows], lang),
    }


def _score_note(score: Score, lang: str) -> str:
    draws = f"{len(score.uncertainty.draws):,}"
    return say(
        lang,
        f"Geometric mean, every axis the same weight. {draws} draws vary weights, mean, indicators and rounding. ",
        f"几何平均，各轴权重相同。共抽样{draws}次，变动权重、平均方法、指标与舍入。",
    )


def _verdict(score: Score, names: pd.Series, lang: str) -> str:
    """Return the plain verdict on the pair with the two highest scores."""
    top = score.uncertainty.ranks["score"].dropna().nlargest(2).index
    row = next(row for row in score.verdicts.to_dict("records") if {row["city_a"], row["city_b"]} == set(top))
    first, second, share = names[row["city_a"]], names[row["city_b"]], percent(row["p_above"], 0)
    if row["verdict"] == "above":
        return say(
            lang, f"{first} stands above {second} in {share} of the draws", f"{share}的抽样中{first}高于{second}"
        )
    if row["verdict"] == "axes-disagree":
        axes = say(lang, " and ", "与").join(lower_first(word(axis, lang)) for axis in row["against"])
        return say(
            lang,
            f"{first} scores above {second} in {share} of the draws, but not on {axes}: no overall order",
            f"{share}的抽样中{first}高于{second}，但{axes}一轴相反：不能排出总的高低",
        )
    return say(
        lang,
        f"{first} and {second} cannot be told apart: {share} of the draws have {first} above, short of "
        f"{percent(SURE, 0)}",
        f"{first}与{second}难分高下：{first}在{share}的抽样中较高，不足{percent(SURE, 0)}",
    )
