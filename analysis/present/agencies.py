"""Tables and sentences of the units that the measures name: which functions, and which of them together."""

from typing import cast

import pandas as pd

from ..language import all_cities, counted, say
from ..measures import co_responsibility
from ..rows import Record
from ..tables import Tables
from .base import Sentences, Table, nothing, titled

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
