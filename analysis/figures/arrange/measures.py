"""Arrange themes and functions for the charts: which come first, and under which headings."""

import pandas as pd

from ...language import all_cities, say, spelt_out

MOST_NAMED = 15  # functions in the figure, more only where the last ones are named equally often


def theme_groups(covered: pd.DataFrame, lang: str) -> list[tuple[str, list[str]]]:
    """Return the themes in groups by how many cities have a task of theirs, the largest mean share first."""
    share = covered.groupby("theme_id", sort=False)["share"].mean()
    own = covered[covered["tasks"] > 0].groupby("theme_id").size().reindex(share.index, fill_value=0)
    order = pd.DataFrame({"own": own, "share": share}).sort_values(["own", "share"], ascending=False, kind="stable")
    cities = covered.loc[covered["tasks"].notna(), "city_id"].nunique()
    return [
        (_group_heading(int(rows["own"].iloc[0]), cities, lang), rows.index.tolist())
        for _, rows in order.groupby("own", sort=False)
    ]


def _group_heading(own: int, cities: int, lang: str) -> str:
    if own == 0:
        return say(lang, "No task of their own", "无专门任务")
    if cities == 1:
        return say(lang, "Tasks of their own", "有专门任务")
    if own == cities:
        return say(lang, f"Tasks in {all_cities(cities, 'en')}", f"{all_cities(cities, 'zh')}均有专门任务")
    noun = "city" if own == 1 else "cities"
    return say(lang, f"Tasks in {spelt_out(own)} {noun}", f"{own}个城市有专门任务")


def most_named(load: pd.DataFrame) -> list[str]:
    """Return the functions that the lists name most often, the first of them first; those tied with the last too."""
    mentions = load.groupby("function", sort=False)["mentions"].sum()
    return mentions[mentions > 0].nlargest(MOST_NAMED, keep="all").index.tolist()
