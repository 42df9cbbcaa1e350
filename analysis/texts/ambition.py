"""Tables and sentences of how much the plans want."""

import math
from collections.abc import Sequence

import pandas as pd

from ..files import SavedTable, file_name, save_table
from ..language import lower_first, number, percent, say, word
from ..methods.ambition import SURE, Score
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
    frame = tables.goalposts.set_index("component_id").loc[score.components.columns]
    names = tables.indicators.set_index("indicator_id")[f"name_{lang}"]
    columns = {
        "component": [word(axis, lang) for axis in frame["axis"]],
        "indicator": frame["indicator_id"].map(names),
        "measure": [word(f"{axis}-measure", lang) for axis in frame["axis"]],
        "goalposts": [_ends(row) for row in frame.to_dict("records")],
        "weight": [percent(weight, 1) for weight in score.weights],
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
    row: Cells = tables.goalposts.set_index("component_id").loc[component]
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
    parts.append(sure(lang))
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
