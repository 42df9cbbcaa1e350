"""Captions of what the plans are, cover and leave open."""

import pandas as pd

from ...language import DIMENSIONS, listed, say, sentences, spelt_out, together, word


def horizons(frame: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the caption of the documents' years."""
    plans = frame[frame["kind"] == "city"]
    title = _based(int(plans["base_year"].notna().sum()), len(plans), lang)
    rows = [f"{row.city} {row.title}" for row in frame.itertuples()]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "● base year, | date of issue, ○ target year; a broad band is a stated period, ▶ the period goes on "
            "beyond the figure",
            "●基期年，|发布日期，○目标年；宽带为文件写明的期间，▶期间延续至图外",
        ),
        "source": _documents(frame, lang),
        "note": say(
            lang,
            "Base and target years stand at the end of their year. Grey: the national outline, a benchmark that was "
            "not read itself.",
            "基期年与目标年置于年末。灰色为全国纲要，仅作参照，未读取原文。",
        ),
        "alt": sentences([title, say(lang, "; ", "；").join(rows)], lang),
    }


def _based(based: int, total: int, lang: str) -> str:
    """Return how many plans name the year that their targets start from."""
    chinese = f"{total}份方案中，{based}份写明目标的基期年"
    if based in (0, total):
        chinese = f"{total}份方案{'均' * (total > 1)}{'' if based else '未'}写明目标的基期年"
    if total == 1:
        english = f"The one plan {'names' if based else 'does not name'} the year that its targets start from"
    elif based == 1:
        english = f"One of {spelt_out(total)} plans names the year that its targets start from"
    else:
        part = f"All {spelt_out(total)}" if based == total else f"{spelt_out(based).capitalize()} of {spelt_out(total)}"
        english = f"{part} plans name the year that their targets start from"
    return say(lang, english, chinese)


def form_grid(counts: pd.DataFrame, frame: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the caption of how targets are worded; `frame` are the documents, from `overview.horizons`."""
    title = _striven(counts, lang)
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


def _striven(counts: pd.DataFrame, lang: str) -> str:
    """Return how many targets are only striven for, and whose most of them are."""
    total, strives = int(counts["targets"].sum()), int(counts.loc[counts["aspirational"], "targets"].sum())
    if not total:
        return say(lang, *NO_TARGETS)
    if not strives:
        return say(lang, "No target is only striven for", f"{total}项目标均未表述为“力争”“争取”")
    by_city = counts[counts["aspirational"]].groupby("city", sort=False)["targets"].sum()
    title = say(
        lang,
        f"{strives} of {total} targets {'is' if strives == 1 else 'are'} only striven for",
        f"{total}项目标中，{strives}项表述为“力争”“争取”",
    )
    if len(counts["city"].unique()) > 1 and by_city.max() > strives / 2 and strives > 1:
        whose = "all" if by_city.max() == strives else "most"
        title += say(
            lang,
            f", {whose} of them {by_city.idxmax()}'s",
            f"，{'均' if whose == 'all' else '多数'}为{by_city.idxmax()}的目标",
        )
    return title


NO_TARGETS = ("The plans set no target", "各方案未设目标")


def dimension_grid(counts: pd.DataFrame, frame: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the caption of which dimensions the targets cover; `frame` are the documents."""
    title = _covered(counts, lang)
    none = [name for name in DIMENSIONS if not counts.loc[counts["dimension"] == name, "targets"].sum()]
    gap = listed([word(name, lang) for name in none], lang)
    note = say(lang, "The dimensions are this project's own.", "维度为本项目所拟。")
    if none:
        note += say(lang, f" No target is set for: {gap}.", f"未设目标的维度：{gap}。")
    cells = counts[counts["targets"] > 0].to_dict("records")
    rows = [f"{row['city']} {word(row['dimension'], lang)} {row['targets']}" for row in cells]
    return {
        "title": title,
        "subtitle": say(lang, "Targets by city and dimension, number", "按城市与维度分列的目标数"),
        "source": _documents(frame[frame["kind"] == "city"], lang),
        "note": note,
        "alt": sentences([title, say(lang, "; ", "；").join(rows)], lang),
    }


def _covered(counts: pd.DataFrame, lang: str) -> str:
    """Return where the targets cover the most dimensions and where the fewest."""
    covered = counts[counts["targets"] > 0].groupby("city", sort=False).size()
    if covered.empty:
        return say(lang, *NO_TARGETS)
    most, least = int(covered.max()), int(covered.min())
    widest, narrowest = (together(covered.index[covered == edge], lang) for edge in (most, least))
    english = f"Targets cover {spelt_out(most)} of {spelt_out(len(DIMENSIONS))} dimensions in {widest}"
    chinese = f"{widest}的目标覆盖{len(DIMENSIONS)}个维度中的{most}个"
    if least < most:
        english, chinese = f"{english}, {spelt_out(least)} in {narrowest}", f"{chinese}，{narrowest}覆盖{least}个"
    return say(lang, english, chinese)


def _documents(frame: pd.DataFrame, lang: str) -> str:
    """Return the titles of the documents."""
    titles = [say(lang, title, f"《{title}》") for title in frame["title"]]
    return say(lang, "; ", "、").join(titles) + say(lang, ".", "。")
