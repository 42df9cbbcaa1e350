"""Tables and sentences of what the documents hold, and every task to be looked up."""

from typing import cast

import pandas as pd

from ..language import all_cities, counted, listed, say, spelt_out, together, word
from ..methods.measures import co_responsibility
from ..tables import Tables, select_cities
from ..tables.datapackage import Record
from .base import Sentences, Table, nothing, titled


def items(plans: pd.DataFrame, lang: str) -> Table:
    """Return the rows of `measures.items`: what each document holds and whom it names."""
    none, unrecorded = say(lang, "not stated", "未列"), say(lang, "not recorded", "未录入")
    other = plans["measures"] - plans["tasks"] - plans["safeguards"]
    columns = {
        say(lang, "Document", "文件"): plans["document"],
        say(lang, "Number", "文号"): plans["number"],
        say(lang, "Measures", "举措"): plans["measures"].astype("str").where(plans["measures"].notna(), unrecorded),
        say(lang, "Tasks", "任务"): plans["tasks"],
        say(lang, "Safeguards", "保障措施"): plans["safeguards"],
        say(lang, "Others", "其他"): other,
        say(lang, "Lists of responsible units", "责任单位名单"): plans["listed"]
        .astype("str")
        .where(plans["listed"].notna(), none),
        say(lang, "Mentions", "提及次数"): plans["mentions"],
        say(lang, "Different units", "不同单位"): plans["agencies"],
        say(lang, "Units per list", "每份名单平均"): plans["units_per_measure"].map(
            "{:.2f}".format, na_action="ignore"
        ),
    }
    caption = say(
        lang,
        "The numbered items of the documents, and the responsible units that they name",
        "各文件的编号条目及所列责任单位",
    )
    return titled(columns, caption)


def items_sentences(plans: pd.DataFrame, lang: str) -> Sentences:
    """Return how many measures and tasks there are, and which documents name no units."""
    recorded = plans[plans["measures"].notna()]
    if recorded.empty:
        return nothing("no-measures", lang)
    cities = recorded.groupby("city", sort=False)["tasks"].sum()
    total, tasks = int(recorded["measures"].sum()), int(recorded["tasks"].sum())
    each = [say(lang, f"{city} {count}", f"{city}{count}项") for city, count in cities.items()]
    by_city = say(lang, " ({})", "（{}）").format(listed(each, lang)) if len(cities) > 1 and tasks else ""
    text = say(
        lang,
        f"The documents hold {counted(total, 'measure')}, {tasks or 'none'} of them tasks{by_city}.",
        f"各文件共有举措{total}条，其中{f'任务{tasks}项' if tasks else '没有任务'}{by_city}。",
    )
    space = say(lang, " ", "")
    return Sentences(space.join([text, _lists(recorded, lang), *not_recorded(plans, lang)]))


def _lists(plans: pd.DataFrame, lang: str) -> str:
    """Return how many measures name responsible units, and which documents name none."""
    named, without = plans[plans["listed"].notna()], plans[plans["listed"].isna()]
    lists, mentions = int(named["listed"].sum()), int(named["mentions"].sum())
    text = say(
        lang,
        f"A list of responsible units stands under {counted(lists, 'measure')}, with "
        f"{counted(mentions, 'mention')} in all.",
        f"{lists}条举措列有责任单位，共提及{mentions}次。",
    )
    english = (
        "No list stands in: " + "; ".join(without["document"]) + ". Who carries those measures is not given as a list."
    )
    chinese = (
        "".join(f"《{title}》" for title in without["document"]) + "没有责任单位名单，其举措由谁承担，未以名单列出。"
    )
    parts = [text] * bool(len(named)) + [say(lang, english, chinese)] * bool(len(without))
    return say(lang, " ", "").join(parts)


def tasks(tables: Tables, cities: list[str], lang: str) -> Table:
    """Return every task of some cities with its place and themes, by primary theme."""
    names = tables.themes.set_index("theme_id")[f"name_{lang}"]
    coded = tables.measure_themes.assign(theme=tables.measure_themes["theme_id"].map(names))
    primary = coded[coded["weight"] == "primary"].set_index("measure_id")
    secondary = (
        coded[coded["weight"] == "secondary"].groupby("measure_id")["theme"].agg(lambda cell: listed(cell, lang))
    )
    chosen = tables.measures["city_id"].isin(select_cities(tables, cities)) & (tables.measures["kind"] == "task")
    frame = tables.measures[chosen].join(primary[["theme_id", "theme"]], on="measure_id")
    order = {theme: place for place, theme in enumerate(tables.themes["theme_id"])}
    frame = frame.sort_values("theme_id", key=lambda ids: ids.map(order), kind="stable")
    columns = {
        say(lang, "Theme", "主题"): frame["theme"],
        say(lang, "City", "城市"): frame["city_id"].map(tables.cities.set_index("city_id")[f"name_{lang}"]),
        say(lang, "Task", "任务"): frame[f"title_{lang}"],
        say(lang, "Secondary themes", "次要主题"): frame["measure_id"].map(secondary),
        say(lang, "Document", "文号"): frame["document_id"].map(tables.documents.set_index("document_id")["number"]),
        # Spaces that do not break keep the column wide enough for a number on one line.
        say(lang, "Item\u00a0as\u00a0printed", "原文条目"): frame["number"],
    }
    return titled(columns, say(lang, "Every task with its themes and its place", "全部任务及其主题与出处"))


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
        theme, documents = first["theme"].iloc[0], rows["documents"].iloc[0]
        together = say(lang, f", of {documents} documents of unlike scope", f"，合计{documents}份范围不同的文件")
        together = together if documents > 1 else ""
        return say(
            lang,
            f"{city} has most tasks under “{theme}” ({highest} of {tasks}{together})",
            f"{city}任务最多的主题是“{theme}”（{tasks}项中的{highest}项{together}）",
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
        say(lang, "if priorities were equal", "若侧重相同"): [
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
    if known["cosine"].between(known["chance_low"], known["chance_high"]).all():
        # What tells no pair from another is no finding, and no pair is named.
        low, high = f"{last['cosine']:.2f}", f"{first['cosine']:.2f}"
        text = say(
            lang,
            f"The cosines of the shares of their tasks lie between {low} and {high}.",
            f"按任务主题的比重，余弦相似度在{low}至{high}之间。",
        )
        return Sentences(text + _by_chance(known, lang))
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
        f" Such ranges are no confidence intervals. {english} within what two plans would show if their "
        "priorities were equal (90% of draws of as many tasks).",
        f"上述区间并非置信区间。{chinese}两份方案若侧重相同所应有的范围之内（按相同任务数抽样，90%的结果所在）。",
    )


def _ranged(row: pd.Series, lang: str) -> str:
    """Return a cosine with its range when any one task is left out."""
    low, high = f"{row['cosine_low']:.2f}", f"{row['cosine_high']:.2f}"
    english = f"{row['cosine']:.2f} ({low} to {high} when any one task is left out)"
    return say(lang, english, f"{row['cosine']:.2f}（去掉任意一项任务时为{low}至{high}）")


MOST_PAIRS = 3  # pairs of functions a city in the table, more only where the last ones are named equally often


def load_sentences(load: pd.DataFrame, lang: str) -> Sentences:
    """Return the function that most lists name, and how many functions are named everywhere or in one city only."""
    known = load[load["mentions"].notna()]
    if known.empty:
        return nothing("no-lists" if (load["status"] == "not-stated").any() else "no-measures", lang)
    lists = int(known.drop_duplicates("city_id")["city_listed"].sum())
    by_function = known.groupby("function_name")["measures"].sum()
    most = int(by_function.max())
    names = by_function.index[by_function == most]
    english = f"“{names[0]}” stands" if len(names) == 1 else f"{len(names)} functions each stand"
    chinese = f"“{names[0]}”" if len(names) == 1 else f"{len(names)}类职能各"
    where = f"all {counted(lists, 'list')}" if most == lists else f"{most} of {counted(lists, 'list')}"
    text = say(
        lang,
        f"{english} in {where}, more than any other function.",
        f"{chinese}出现于{f'全部{lists}份名单' if most == lists else f'{lists}份名单中的{most}份'}，多于其他任何职能。",
    )
    return Sentences(text + _spread(known, lang))


def _spread(known: pd.DataFrame, lang: str) -> str:
    """Return how many functions are named in all cities that have lists, and how many in a single one."""
    cities = known["city_id"].nunique()
    named = known[known["mentions"] > 0].groupby("function").size()
    total, everywhere, once = len(named), int((named == cities).sum()), int((named == 1).sum())
    if cities == 1:
        return say(lang, f" The lists name {counted(total, 'function')}.", f"名单共涉及{total}类职能。")
    return say(
        lang,
        f" Of the {total} functions that the lists name, {everywhere} occur in {all_cities(cities, 'en')} "
        f"that have lists and {once} in a single city only.",
        f"名单共涉及{total}类职能，其中{everywhere}类在有名单的{all_cities(cities, 'zh')}均有出现，"
        f"{once}类仅见于一个城市。",
    )


def function_pairs(tables: Tables, load: pd.DataFrame, lang: str) -> Table:
    """Return the functions that each city's lists name together most often, the commonest function left out.

    `load` comes from `measures.agency_load`. Cities without lists say so.
    """
    common, name = _commonest(load) if load["mentions"].notna().any() else ("", "")
    cities = load.drop_duplicates("city_id").to_dict("records")
    rows = [row for city in cities for row in _pair_rows(tables, city, common, lang)]
    headings = (("City", "城市"), ("Function", "职能"), ("Named together with", "同列职能"), ("Lists", "名单份数"))
    without = say(lang, f"; pairs with “{name}” left out", f"（不含“{name}”）") if common else ""
    caption = say(lang, "Functions that most often stand in one list", "最常同列的职能") + without
    columns = zip((say(lang, *heading) for heading in headings), zip(*rows, strict=True), strict=True)
    return titled(dict(columns), caption)


def _commonest(load: pd.DataFrame) -> tuple[str, str]:
    """Return the function that most lists name, with its name."""
    return cast("tuple[str, str]", load.groupby(["function", "function_name"])["measures"].sum().idxmax())


def _pair_rows(tables: Tables, city: Record, common: str, lang: str) -> list[tuple[str, ...]]:
    """Return the rows of one city; as many as are tied with the last are shown."""
    if pd.isna(city["mentions"]):
        absent = ("not stated", "未列") if city["status"] == "not-stated" else ("not recorded", "未录入")
        return [(city["city"], say(lang, *absent), "", "")]
    found = co_responsibility(tables, city["city_id"], lang)
    found = found[(found["function_a"] != common) & (found["function_b"] != common)]
    of = say(lang, "{} of {}", "{}/{}")
    return [
        (city["city"], row["name_a"], row["name_b"], of.format(row["measures"], city["city_listed"]))
        for row in found.nlargest(MOST_PAIRS, "measures", keep="all").to_dict("records")
    ]


def not_recorded(plans: pd.DataFrame, lang: str) -> list[str]:
    """Return a sentence about the cities of whose documents no measure is recorded, if there are any."""
    recorded = plans.loc[plans["measures"].notna(), "city_id"]
    cities = plans.loc[~plans["city_id"].isin(recorded), "city"].unique().tolist()
    if not cities:
        return []
    names = together(cities, lang)
    return [say(lang, f"No measures are recorded for {names}.", f"{names}的举措未录入。")]
