"""Tables and sentences of the themes of tasks, and of how alike the plans are."""

import pandas as pd

from ..language import counted, listed, say, spelt_out, word
from ..tables import Tables
from .base import Sentences, Table, nothing, titled


def coverage_sentences(covered: pd.DataFrame, lang: str) -> Sentences:
    """Return what each city has most tasks of, and how far themes reach when secondary ones count."""
    recorded = covered[covered["tasks"].notna()]
    total = covered["theme_id"].nunique()
    most, reach = [], []
    for _, rows in recorded.groupby("city_id", sort=False):
        city = rows["city"].iloc[0]
        most.append(_most_tasks(rows, city, lang))
        touched = int(((rows["tasks"] + rows["secondary"]) > 0).sum())
        reach.append(say(lang, f"{city} {touched}", f"{city}{touched}个"))
    if not most:
        return nothing("no-measures", lang)
    return Sentences(
        say(
            lang,
            f"{'; '.join(most)}. Counting also what tasks of another theme commit to, "
            f"the plans touch, of the {total} themes: {listed(reach, 'en')}.",
            f"{'；'.join(most)}。若计入次要主题，{total}个主题中各市涉及：{listed(reach, 'zh')}。",
        )
    )


def _most_tasks(rows: pd.DataFrame, city: str, lang: str) -> str:
    """Return the theme of most of a city's tasks, or how many themes share that place."""
    highest, tasks = rows["tasks"].max(), rows["city_tasks"].iloc[0]
    if not highest:
        return say(lang, f"{city} has no task", f"{city}没有任务")
    first = rows[rows["tasks"] == highest]
    if len(first) == 1:
        theme = first["theme"].iloc[0]
        return say(
            lang,
            f"{city} has most tasks under “{theme}” ({highest} of {tasks})",
            f"{city}任务最多的主题是“{theme}”（{tasks}项中的{highest}项）",
        )
    return say(
        lang,
        f"{city} has no more than {spelt_out(highest)} of its {counted(tasks, 'task')} under any theme",
        f"{city}{tasks}项任务中，任一主题均不超过{highest}项",
    )


def themes(tables: Tables, lang: str) -> Table:
    """Return the codebook of themes: what counts under each and what does not."""
    columns = {
        say(lang, "Theme", "主题"): tables.themes[f"name_{lang}"],
        say(lang, "Dimension", "维度"): [word(name, lang) for name in tables.themes["dimension"]],
        say(lang, "What counts", "计入范围"): tables.themes[f"definition_{lang}"],
    }
    return titled(columns, say(lang, "The themes, as this project defines them", "本项目所拟的主题"))


def similarity(pairs: pd.DataFrame, lang: str) -> Table:
    """Return the rows of `measures.similarity`, the most alike by the cosine first."""
    pairs = pairs.sort_values("cosine", ascending=False, kind="stable")
    both, rows = say(lang, "{} of {}", "{}/{}"), pairs.to_dict("records")
    decimals = "{:.2f}".format
    columns = {
        say(lang, "Cities", "城市"): pairs["city_a"] + say(lang, " and ", "与") + pairs["city_b"],
        say(lang, "Themes in common", "共有主题"): [
            both.format(row["shared"], row["either"]) if pd.notna(row["jaccard"]) else "" for row in rows
        ],
        say(lang, "Jaccard", "杰卡德系数"): pairs["jaccard"].map(decimals, na_action="ignore"),
        say(lang, "with secondary themes", "计入次要主题"): pairs["jaccard_any"].map(decimals, na_action="ignore"),
        say(lang, "Cosine", "余弦相似度"): pairs["cosine"].map(decimals, na_action="ignore"),
        say(lang, "any one task left out", "去掉任意一项任务"): [
            f"{row['cosine_low']:.2f}–\u2060{row['cosine_high']:.2f}" if pd.notna(row["cosine_low"]) else ""
            for row in rows
        ],
        say(lang, "by chance alone", "仅因偶然"): [
            f"{row['chance_low']:.2f}–\u2060{row['chance_high']:.2f}" if pd.notna(row["chance_low"]) else ""
            for row in rows
        ],
    }
    caption = say(
        lang, "How alike the themes of two cities' tasks are, from 0 to 1", "两城任务主题的相似程度，取值0至1"
    )
    return titled(columns, caption)


def similarity_sentences(pairs: pd.DataFrame, lang: str) -> Sentences:
    """Return the highest and the lowest cosine, and how many could be chance between plans of the same priorities."""
    known = pairs[pairs["cosine"].notna()].sort_values("cosine", ascending=False, kind="stable")
    if known.empty:
        return nothing("no-likeness", lang)
    first, last = known.iloc[0], known.iloc[-1]
    if len(known) == 1:
        english = f"The tasks of {first['city_a']} and {first['city_b']} have a cosine of {_ranged(first, 'en')}."
        chinese = f"{first['city_a']}与{first['city_b']}的任务主题，余弦相似度为{_ranged(first, 'zh')}。"
        return Sentences(say(lang, english, chinese) + _by_chance(known, lang))
    text = say(
        lang,
        f"The cosine of the shares of their tasks is highest for {first['city_a']} and {first['city_b']}, "
        f"{_ranged(first, 'en')}, and lowest for {last['city_a']} and {last['city_b']}, {_ranged(last, 'en')}.",
        f"按任务主题的比重，余弦相似度以{first['city_a']}与{first['city_b']}最高，为{_ranged(first, 'zh')}；"
        f"以{last['city_a']}与{last['city_b']}最低，为{_ranged(last, 'zh')}。",
    )
    return Sentences(text + _by_chance(known, lang))


def _by_chance(known: pd.DataFrame, lang: str) -> str:
    """Return how many of the cosines lie within what two plans with the same priorities would show by chance."""
    total = len(known)
    within = int(known["cosine"].between(known["chance_low"], known["chance_high"]).sum())
    english = "The value lies" if within else "The value does not lie"
    chinese = "该值在" if within else "该值不在"
    if total > 1:
        part, lie = f"{spelt_out(within).capitalize()} of the {spelt_out(total)}", "lies" if within == 1 else "lie"
        english = f"{f'All {spelt_out(total)}' if within == total else part} values {lie}"
        chinese = f"{total}个值均在" if within == total else f"{total}个值中有{within}个在"
    return say(
        lang,
        f" Such ranges are no confidence intervals. {english} within what two plans with the same priorities would "
        "show by chance (90% of draws of as many tasks).",
        f"上述区间并非置信区间。{chinese}两份侧重相同的方案仅因偶然所致的范围之内（按相同任务数抽样，90%的结果所在）。",
    )


def _ranged(row: pd.Series, lang: str) -> str:
    """Return a cosine with its range when any one task is left out."""
    low, high = f"{row['cosine_low']:.2f}", f"{row['cosine_high']:.2f}"
    english = f"{row['cosine']:.2f} ({low} to {high} when any one task is left out)"
    return say(lang, english, f"{row['cosine']:.2f}（去掉任意一项任务时为{low}至{high}）")
