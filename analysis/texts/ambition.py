"""Tables and sentences of how much the plans want."""

import math
from collections.abc import Sequence

import pandas as pd

from ..files import SavedTable, file_name, save_table
from ..language import lower_first, number, percent, say, word
from ..methods.ambition import SURE, Score
from ..methods.composite import axis_weights
from ..tables import Tables
from ..tables.datapackage import Cells, Record
from .base import Sentences, Table, in_sentence, nothing, table

MOST_PAIRS = 6  # more pairs are counted, not told one by one: all of four cities
VERDICTS = {
    "above": {"en": "it stands above", "zh": "前者较高"},
    "axes-disagree": {"en": "yet there is no overall order", "zh": "但不能排出总的高低"},
    "not-told-apart": {"en": "not enough to put one above the other", "zh": "不足以判定高低"},
}


def goalposts(score: Score | None, tables: Tables, lang: str) -> Table | Sentences:
    """Return the components of the score with their goalposts, weights and the reason for them."""
    if score is None:
        return nothing("no-score", lang)
    posts = tables.goalposts
    frame = posts[posts["choice"] == "reference"].set_index("component_id").loc[score.components.columns]
    names = tables.indicators.set_index("indicator_id")[f"name_{lang}"]
    columns = {
        "component": [word(axis, lang) for axis in frame["axis"]],
        "indicator": frame["indicator_id"].map(names),
        "measure": [word(f"{axis}-measure", lang) for axis in frame["axis"]],
        "goalposts": [_ends(row) for row in frame.to_dict("records")],
        "tried": [_tried(posts[posts["component_id"] == component], lang) for component in frame.index],
        "weight": [percent(weight, 1) for weight in axis_weights(pd.factorize(score.axes)[0])],
        "reason": frame[f"note_{lang}"],
    }
    version = say(lang, ", ", "、").join(sorted(set(frame["version"])))
    caption = say(
        lang,
        f"Components of the score and their fixed goalposts, set {version}",
        f"评分各分项及其固定上下限（设定于{version}）",
    )
    return table(columns, caption, lang)


def _ends(row: Record) -> str:
    """Return the goalposts of a component: a multiple of the national target, else per cent."""
    low, high = row["lower"], row["upper"]
    return f"{number(low)} – {number(high)}" if row["axis"] == "level" else f"{100 * low:.4g}% – {100 * high:.4g}%"


def _tried(posts: pd.DataFrame, lang: str) -> str:
    """Return the goalposts that the draws try beside those of the reference."""
    others = posts[posts["choice"] != "reference"].to_dict("records")
    return say(lang, "; ", "；").join(map(_ends, others)) or word("none", lang)


def by_choice(score: Score | None, tables: Tables, lang: str) -> Table | Sentences:
    """Return how often the first of the two highest cities is above the second, under every option of every choice."""
    if score is None:
        return nothing("no-score", lang)
    names = tables.cities.set_index("city_id")[f"name_{lang}"]
    first, second = (names[city] for city in highest(score))
    rows = score.by_choice.to_dict("records")
    columns = {
        "choice": [say(lang, *CHOICES[row["choice"].partition("_")[0]]) + _axis(row["choice"], lang) for row in rows],
        "option": [_option(row, tables, lang) for row in rows],
        "above": [percent(row["above"], 1) for row in rows],
        "explained": [percent(row["explained"], 1) for row in rows],
    }
    caption = say(
        lang,
        f"Share of the draws in which {first} is above {second}, by every choice; the last column is how much of the "
        "draws' variance the choice explains alone",
        f"{first}高于{second}的抽样比例，按各项选择分列；末列为该项选择单独解释的抽样方差",
    )
    return table(columns, caption, lang)


CHOICES = {
    "method": ("Mean", "平均方法"), "left": ("Component left out", "剔除的分项"),
    "goalposts": ("Goalposts", "上下限"), "reading": ("Reading", "期限的理解"),
}  # fmt: skip
OPTIONS = {
    "geometric": ("geometric", "几何平均"), "arithmetic": ("arithmetic", "算术平均"),
    "harmonic": ("harmonic", "调和平均"),
    "reference": ("as given", "给定"), "narrow": ("narrower", "较窄"), "wide": ("wider", "较宽"),
    "target-year": ("to the end of the target year", "至目标年末"),
    "plan-period": ("to the end of the plan's own period", "至方案自身期末"),
}  # fmt: skip


def _axis(choice: str, lang: str) -> str:
    kind, _, axis = choice.partition("_")
    return say(lang, f", {lower_first(word(axis, lang))}", f"，{word(axis, lang)}") if kind == "goalposts" else ""


def _option(row: Record, tables: Tables, lang: str) -> str:
    if row["choice"] == "left_out":
        return _component(row["option"], tables, lang) if row["option"] else say(lang, "none", "不剔除")
    return say(lang, *OPTIONS[row["option"]])


def highest(score: Score) -> tuple[str, str]:
    """Return the two cities with the highest scores, the one that is above in more draws first."""
    top = set(score.uncertainty.ranks["score"].dropna().nlargest(2).index)
    row = next(row for row in score.verdicts.to_dict("records") if {row["city_a"], row["city_b"]} == top)
    return row["city_a"], row["city_b"]


def deciding(score: Score, tables: Tables, lang: str) -> str:
    """Return which choice decides between the two highest cities: that which explains most, with its shares."""
    found = score.by_choice.to_dict("records")
    most = max(found, key=lambda row: row["explained"])
    rows = [row for row in found if row["choice"] == most["choice"]]
    name = say(lang, *CHOICES[rows[0]["choice"].partition("_")[0]]) + _axis(rows[0]["choice"], lang)
    shares = [f"{_option(row, tables, lang)} {of_draws(row['above'])}" for row in rows]
    told = say(lang, ", ", "，").join(shares)
    return say(lang, f"The {lower_first(name)} decides most ({told})", f"起决定作用最大的是{name}（{told}）")


def repeated(score: Score, tables: Tables, lang: str) -> str:
    """Return which indicators carry weight on more than one axis, as a sentence; empty where none does."""
    names = tables.indicators.set_index("indicator_id")[f"name_{lang}"]
    told = [in_sentence(names[name], tables) for name in score.repeated]
    if not told:
        return ""
    return say(
        lang,
        f"Counted on more than one axis: {', '.join(told)}.",
        f"在多条轴上计入的指标：{'、'.join(told)}。",
    )


def leave_one_out(score: Score | None, tables: Tables, lang: str) -> Table | Sentences:
    """Return the ranks without one component at a time."""
    if score is None:
        return nothing("no-score", lang)
    names = tables.cities.set_index("city_id")[f"name_{lang}"]
    scored = score.leave_one_out.dropna(axis="columns", how="all")
    parts = {component: _component(component, tables, lang) for component in scored.index if component}
    left = [parts.get(component, say(lang, "nothing", "无")) for component in scored.index]
    frame = pd.DataFrame({say(lang, "Left out", "剔除"): left})
    for city in scored:
        frame[names[str(city)]] = [f"{rank:.0f}" if pd.notna(rank) else "–" for rank in scored[city]]
    return Table(frame, say(lang, "Ranks without one component at a time", "逐一剔除分项后的位次"))


def _component(component: str, tables: Tables, lang: str) -> str:
    row: Cells = tables.goalposts.drop_duplicates("component_id").set_index("component_id").loc[component]
    name = tables.indicators.set_index("indicator_id")[f"name_{lang}"][row["indicator_id"]]
    return word(row["axis"], lang) + say(lang, f", {in_sentence(name, tables)}", f"，{name}")


def verdict_sentences(score: Score | None, tables: Tables, lang: str) -> Sentences:
    """Return the plain verdict on every pair with scores, how far ranks move, and who has no score and why."""
    if score is None:
        return nothing("no-score", lang)
    names = tables.cities.set_index("city_id")[f"name_{lang}"]
    parts = [_pair(row, names, lang) for row in score.verdicts.to_dict("records")[:MOST_PAIRS]]
    if len(score.verdicts) > MOST_PAIRS:
        counts = score.verdicts["verdict"].value_counts()
        shown = [f"{VERDICTS[str(verdict)][lang]} {count}" for verdict, count in counts.items()]
        parts.append(
            say(lang, "All pairs: ", "全部城市对：") + say(lang, "; ", "；").join(shown) + say(lang, ".", "。")
        )
    parts += [sure(lang), deciding(score, tables, lang) + say(lang, ".", "。")]
    parts += filter(None, [repeated(score, tables, lang)])
    shift = number(score.uncertainty.shift, 2)
    parts.append(
        say(
            lang,
            f"Over all draws a city's rank moves by {shift} places on average from that with the weights as given.",
            f"在全部抽样中，各市位次与给定权重下的位次相比，平均变动{shift}位。",
        )
    )
    stop = say(lang, ".", "。")
    parts += [f"{names[str(city)]}{say(lang, ' ', '：')}{reason}{stop}" for city, reason in score.withheld.items()]
    return Sentences(say(lang, " ", "").join(parts))


def _pair(row: Record, names: pd.Series, lang: str) -> str:
    first, second, share = names[row["city_a"]], names[row["city_b"]], of_draws(row["p_above"])
    text = say(
        lang, f"{first} scores above {second} in {share} of the draws: ", f"{share}的抽样中{first}高于{second}："
    )
    against = say(lang, " and ", "与").join(lower_first(word(axis, lang)) for axis in row["against"])
    order = say(lang, f"; on {against} the order is the reverse", f"；在{against}上次序相反") if against else ""
    return text + VERDICTS[row["verdict"]][lang] + order + say(lang, ".", "。")


def of_draws(share: float) -> str:
    """Return a share of draws as a percentage that never looks as large as the threshold that it misses.

    >>> of_draws(0.9266), of_draws(0.94996)
    ('92.7%', '94.9%')
    """
    missed = share < SURE <= round(share, 3)
    return percent(math.floor(1000 * share) / 1000 if missed else share, 1)


def sure(lang: str) -> str:
    """Return from which share of the draws on one city counts as above another."""
    share = percent(SURE, 0)
    return say(
        lang,
        f"One city counts as above another from {share} of the draws on.",
        f"在{share}及以上的抽样中较高，才判为较高。",
    )


def score_rows(score: Score | None, tables: Tables, lang: str) -> pd.DataFrame:
    """Return each city's score on every axis and in all, and its ranks; no row without a score."""
    if score is None:
        return pd.DataFrame(columns=["score", "median", "p05", "p95"])
    names = tables.cities.set_index("city_id")[f"name_{lang}"]
    ranks = score.uncertainty.ranks
    scored = ranks["score"].dropna().sort_values(ascending=False).index
    table = score.by_axis.loc[scored].assign(score=ranks.loc[scored, "score"]).join(ranks.loc[scored, RANKS])
    return table.rename_axis("city_id").reset_index().assign(city=lambda frame: frame["city_id"].map(names))


RANKS = ["rank", "median", "p05", "p95"]


def draws(score: Score | None, lang: str, cities: Sequence[str] = ()) -> SavedTable | Sentences:
    """Write every draw beside the report, with its choices and what came of them, and return the link to it."""
    if score is None:
        return nothing("no-score", lang)
    return save_table(score.uncertainty.draws, file_name("24-weigh-ambition-draws", cities), lang)
