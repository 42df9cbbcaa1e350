"""Captions of what the plans do and who is to do it."""

import pandas as pd

from ...language import all_cities, counted, listed, number, part_of, say, sentences, spelt_out, together


def theme_matrix(covered: pd.DataFrame, plans: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the caption of the themes by city; `plans` comes from `measures.items`."""
    title = _common_themes(covered, lang)
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Tasks by their primary theme: number, and share of the city's tasks on one scale; "
            "– no task, ○ a task of another theme that also commits to this one",
            "按主要主题计的任务数及其占该市任务的比重（同一刻度）；–无任务，○为主要主题不同、但对本主题另有承诺的任务",
        ),
        "source": _documents(plans[plans["tasks"] > 0], "tasks", ("task", "任务{}项"), lang),
        "note": _theme_note(plans, lang),
        "alt": sentences([title, _cities_as_text(covered, "theme", "tasks", lang)], lang),
    }


def _common_themes(covered: pd.DataFrame, lang: str) -> str:
    """Return how many themes all cities have tasks of, or over how many one city's tasks spread."""
    recorded = covered[covered["tasks"].notna()]
    total, cities = covered["theme_id"].nunique(), recorded["city_id"].nunique()
    own = (recorded[recorded["tasks"] > 0].groupby("theme_id").size() == cities).sum()
    if not recorded["tasks"].sum():
        return say(lang, "No tasks are recorded", "未录入任务")
    if cities == 1:
        city, tasks = recorded["city"].iloc[0], recorded["city_tasks"].iloc[0]
        spread = "task stands under" if tasks == 1 else "tasks spread over"
        return say(
            lang,
            f"{city}'s {'one' if tasks == 1 else tasks} {spread} {part_of(own, total, 'theme')}",
            f"{city}的{tasks}项任务分布于{total}个主题中的{own}个",
        )
    everywhere = all_cities(cities, lang)
    has = "has a task of its" if own == 1 else "have tasks of their"
    part = part_of(own, total, "theme")
    return say(
        lang,
        f"{part[:1].upper()}{part[1:]} {has} own in {everywhere}",
        f"{total}个主题中，{own}个在{everywhere}均有专门任务"
        if own
        else f"{total}个主题中，没有一个在{everywhere}均有专门任务",
    )


def _theme_note(plans: pd.DataFrame, lang: str) -> str:
    notes = [
        say(
            lang,
            "Themes and coding are this project's own; every task has one primary theme. "
            "Tasks differ in size: their number is neither money nor effort.",
            "主题及归类为本项目所拟，每项任务只有一个主要主题。任务大小不一，项数不代表资金或力度。",
        )
    ]
    several = plans[plans["tasks"] > 0].groupby("city", sort=False).size()
    for city, count in several[several > 1].items():
        notes.append(say(lang, f"{city}: {spelt_out(count)} documents together.", f"{city}为{count}份文件合计。"))
    return say(lang, " ", "").join([*notes, *not_recorded(plans, lang)])


def not_recorded(plans: pd.DataFrame, lang: str) -> list[str]:
    """Return a sentence about the cities of whose documents no measure is recorded, if there are any."""
    recorded = plans.loc[plans["measures"].notna(), "city_id"]
    cities = plans.loc[~plans["city_id"].isin(recorded), "city"].unique().tolist()
    if not cities:
        return []
    names = together(cities, lang)
    return [say(lang, f"No measures are recorded for {names}.", f"{names}的举措未录入。")]


def agency_matrix(load: pd.DataFrame, functions: list[str], plans: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the caption of who carries the measures; `functions` are those drawn, `plans` the documents."""
    title = _list_lengths(load, lang)
    drawn = load[load["function"].isin(functions)]
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Mentions in the lists of responsible units, by the unit's function; a full pale bar is one mention a list",
            "责任单位名单中的提及次数，按单位职能分列；浅色条全长为每份名单提及一次",
        ),
        "source": _documents(plans[plans["listed"].notna()], "listed", ("list", "名单{}份"), lang),
        "note": _agency_note(load, functions, plans, lang),
        "alt": sentences([title, _cities_as_text(drawn, "function_name", "mentions", lang)], lang),
    }


def _list_lengths(load: pd.DataFrame, lang: str) -> str:
    """Return how many units a list names, the longest lists first; of many cities only the ends."""
    cities = load[load["mentions"].notna()].drop_duplicates("city_id")
    cities = cities.sort_values("units_per_measure", ascending=False, kind="stable")
    means = [(row["city"], number(row["units_per_measure"], 1)) for row in cities.to_dict("records")]
    if not means:
        return say(lang, "No list of responsible units is recorded", "没有已录入的责任单位名单")
    if len(means) > 4:
        (high, most), (low, fewest) = means[0], means[-1]
        english = f"A list names on average between {fewest} responsible units ({low}) and {most} ({high})"
        return say(lang, english, f"平均每份名单所列责任单位：由{low}的{fewest}个至{high}的{most}个")
    places = [f"{mean} {'in' if place else 'responsible units in'} {city}" for place, (city, mean) in enumerate(means)]
    english = together(places, "en")
    chinese = listed([f"{city}{mean}个" for city, mean in means], "zh")
    return say(lang, f"A list names on average {english}", f"平均每份名单所列责任单位：{chinese}")


def _agency_note(load: pd.DataFrame, functions: list[str], plans: pd.DataFrame, lang: str) -> str:
    named = load.loc[load["mentions"] > 0, "function"].nunique()
    notes = []
    if len(functions) < named:
        notes.append(
            say(
                lang,
                f"Drawn are the {len(functions)} functions named most often, of {named}; the CSV file holds all.",
                f"图中为提及最多的{len(functions)}类职能，共{named}类，CSV文件列出全部。",
            )
        )
    without = plans.loc[plans["measures"].notna() & plans["listed"].isna(), "document"]
    if len(without):
        titles = say(lang, "; ", "").join(say(lang, title, f"《{title}》") for title in without)
        english = f"Not stated, which is not zero, in: {titles}."
        notes.append(say(lang, english, f"{titles}未写明责任单位，不等于零。"))
    notes.append(
        say(
            lang,
            "A unit with several fields counts under the first in its name. "
            "The order within a list is not read as rank.",
            "一个单位兼有多项职能的，按名称中最先出现的计。名单中的先后次序不视为主次。",
        )
    )
    return say(lang, " ", "").join([*notes, *not_recorded(plans, lang)])


def _documents(plans: pd.DataFrame, column: str, noun: tuple[str, str], lang: str) -> str:
    """Return the documents with their numbers and how many of something, named in both languages, each holds."""
    parts = []
    for row in plans.to_dict("records"):
        bracketed = "" if pd.isna(row["number"]) else say(lang, f" ({row['number']})", f"（{row['number']}）")
        title = say(lang, row["document"], f"《{row['document']}》")
        held = say(lang, counted(row[column], noun[0]), noun[1].format(row[column]))
        parts.append(f"{title}{bracketed}{say(lang, ', ', '，')}{held}")
    return say(lang, "; ", "；").join(parts) + say(lang, ".", "。")


def _cities_as_text(frame: pd.DataFrame, label: str, count: str, lang: str) -> str:
    """Return every count in words, a city after the other, for readers who do not see the figure."""
    colon = say(lang, ": ", "：")
    parts = []
    for _, rows in frame.groupby("city_id", sort=False):
        known = rows[rows[count] > 0].sort_values(count, ascending=False, kind="stable")
        cells = [f"{row[label]} {row[count]}" for row in known.to_dict("records")]
        cells = cells if rows[count].notna().any() else [_absent(rows, lang)]
        parts.append(f"{rows['city'].iloc[0]}{colon}{listed(cells, lang)}")
    return say(lang, "; ", "；").join(parts)


def _absent(rows: pd.DataFrame, lang: str) -> str:
    """Return why a city has no counts: its documents state none, or none are recorded."""
    stated = "status" in rows and rows["status"].iloc[0] == "not-stated"
    return say(lang, *(("not stated", "未列") if stated else ("not recorded", "未录入")))
