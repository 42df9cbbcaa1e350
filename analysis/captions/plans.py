"""Captions of what the plans are, cover and leave open."""

import pandas as pd

from ..language import DIMENSIONS, listed, say, sentences, spelt_out, word


def horizons(frame: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the caption of the documents' years."""
    plans = frame[frame["kind"] == "city"]
    based, total = int(plans["base_year"].notna().sum()), len(plans)
    title = say(
        lang,
        f"{spelt_out(based).capitalize()} of {spelt_out(total)} plans name the year that their targets start from",
        f"{total}份方案中，{based}份写明目标的基期年",
    )
    rows = [f"{row.city} {row.title}" for row in frame.itertuples()]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "● base year, | date of issue, ○ target year; a broad band is a stated period, ▶ going on",
            "●基期年，|发布日期，○目标年；宽带为文件写明的期间，▶表示延续",
        ),
        "source": _documents(frame, lang),
        "note": say(
            lang,
            "A year stands at its middle. Grey: the national outline, a benchmark that was not read itself.",
            "年份置于年中。灰色为全国纲要，仅作参照，未读取原文。",
        ),
        "alt": sentences([title, say(lang, "; ", "；").join(rows)], lang),
    }


def form_grid(counts: pd.DataFrame, frame: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the caption of how targets are worded; `frame` are the documents, from `overview.horizons`."""
    total, strives = int(counts["targets"].sum()), int(counts.loc[counts["aspirational"], "targets"].sum())
    by_city = counts[counts["aspirational"]].groupby("city", sort=False)["targets"].sum()
    title = say(
        lang, f"{strives} of {total} targets are only striven for", f"{total}项目标中有{strives}项表述为“力争”“争取”"
    )
    if strives and by_city.max() > strives / 2:
        title += say(lang, f", most of them {by_city.idxmax()}'s", f"，多数为{by_city.idxmax()}的目标")
    cells = counts.groupby(["city", "form"], sort=False)["targets"].sum().reset_index()
    rows = [f"{row['city']} {word(row['form'], lang)} {row['targets']}" for row in cells.to_dict("records")]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Targets by city and wording; ○ stated plainly, ◇ striven for (力争, 争取)",
            "按城市与表述方式分列的目标；○直接写明，◇表述为“力争”“争取”",
        ),
        "source": _documents(frame[frame["kind"] == "city"], lang),
        "note": say(lang, "Rows that repeat another row are counted once.", "重复的目标只计一次。"),
        "alt": sentences([title, say(lang, "; ", "；").join(rows)], lang),
    }


def dimension_grid(counts: pd.DataFrame, frame: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the caption of which dimensions the targets cover; `frame` are the documents."""
    covered = counts[counts["targets"] > 0].groupby("city", sort=False).size()
    none = [name for name in DIMENSIONS if not counts.loc[counts["dimension"] == name, "targets"].sum()]
    widest, narrowest = (covered.index[covered == edge].tolist() for edge in (covered.max(), covered.min()))
    title = say(
        lang,
        f"Targets cover {spelt_out(int(covered.max()))} of {spelt_out(len(DIMENSIONS))} dimensions "
        f"in {' and '.join(widest)}, {spelt_out(int(covered.min()))} in {' and '.join(narrowest)}",
        f"{listed(widest, lang)}的目标覆盖{len(DIMENSIONS)}个维度中的{covered.max()}个，"
        f"{listed(narrowest, lang)}覆盖{covered.min()}个",
    )
    gap = listed([word(name, lang) for name in none], lang)
    note = say(lang, "Dimensions are this project's own order.", "维度为本项目的划分。")
    if none:
        note += say(lang, f" No plan sets a target for: {gap}.", f"各方案均未设目标的维度：{gap}。")
    cells = counts[counts["targets"] > 0].to_dict("records")
    rows = [f"{row['city']} {word(row['dimension'], lang)} {row['targets']}" for row in cells]
    return {
        "title": title,
        "subtitle": say(lang, "Targets by city and dimension, number", "按城市与维度分列的目标数"),
        "source": _documents(frame[frame["kind"] == "city"], lang),
        "note": note,
        "alt": sentences([title, say(lang, "; ", "；").join(rows)], lang),
    }


def _documents(frame: pd.DataFrame, lang: str) -> str:
    """Return the titles of the documents."""
    titles = [say(lang, title, f"《{title}》") for title in frame["title"]]
    return say(lang, "; ", "、").join(titles) + say(lang, ".", "。")
