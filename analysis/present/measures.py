"""Tables and sentences of what the documents hold, and every task to be looked up."""

import pandas as pd

from ..captions import not_recorded
from ..language import counted, listed, say
from ..tables import Tables, select_cities
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
    english = "No list stands in: " + "; ".join(without["document"]) + ". Who carries those measures is not stated."
    chinese = "".join(f"《{title}》" for title in without["document"]) + "没有责任单位名单，其举措由谁承担，未写明。"
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
