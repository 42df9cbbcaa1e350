"""Tables and sentences of which targets may be compared."""

import pandas as pd

from ..language import counted, month, number, quantity, say, word
from ..methods.comparability import in_words, standing
from ..methods.units import to_base
from ..tables import Tables
from ..tables.datapackage import Cells
from .base import Sentences, Table, nothing, table

STANDINGS = {"yes": "yes", "caution": "with-caution", "no": "no"}


def pairs(frame: pd.DataFrame, levels: pd.DataFrame, tables: Tables, lang: str) -> Table | Sentences:
    """Return every pair of `comparability.matrix` or `against_benchmark` with both targets, verdict and reasons."""
    if frame.empty:
        return nothing("no-pairs", lang)
    rows = levels.set_index("target_id")
    year = rows["target_year"].astype("str").where(rows["target_year"].notna(), word("every-year", lang))
    said = rows["city"] + say(lang, ": ", "：") + rows["target"] + say(lang, " (", "（") + year + say(lang, ")", "）")
    standings = verdict_data(frame)
    columns = {
        "indicator": frame["indicator_id"].map(tables.indicators.set_index("indicator_id")[f"name_{lang}"]),
        "first-target": frame["target_a"].map(said),
        "second-target": frame["target_b"].map(said),
        "levels": [word(STANDINGS[key], lang) for key in standings["levels"]],
        "growth": [word(STANDINGS[key], lang) for key in standings["growth"]],
        "reasons": [in_words(reasons, lang) for reasons in frame["reasons"]],
    }
    caption = say(
        lang, "Pairs of targets for one indicator, with verdict and reasons", "同一指标的成对目标：判定与原因"
    )
    return table(columns, caption, lang)


def pair_sentences(frame: pd.DataFrame, levels: pd.DataFrame, lang: str) -> Sentences:
    """Return how many indicators cities share, and how many pairs of targets may be compared in which way."""
    own = levels[levels["city_kind"] == "city"]
    total, shared = own["indicator_id"].nunique(), frame["indicator_id"].nunique()
    covers = f"The targets cover {counted(total, 'indicator')}"
    if not shared:
        return Sentences(
            say(
                lang,
                f"{covers}, none of them stated by two of these cities, so that there is no pair to compare.",
                f"各项目标涉及{total}项指标，没有一项由其中两城列出，故无可比较的目标对。",
            )
        )
    are = "is" if shared == 1 else "are"
    text = say(
        lang,
        f"{covers}; {shared} of them {are} stated by at least two cities, which makes "
        f"{counted(len(frame), 'pair')} of targets. ",
        f"各项目标涉及{total}项指标，其中{shared}项至少有两城列出，共成{len(frame)}对。",
    )
    return Sentences(text + _ways(frame, lang))


def _ways(frame: pd.DataFrame, lang: str) -> str:
    """Return how many pairs may be compared by level, by growth and by neither."""
    by_level, by_growth = _counts(frame, "levels"), _counts(frame, "growth")
    neither = int((~frame["levels"] & ~frame["growth"]).sum())
    return say(
        lang,
        f"Levels may be compared in {counted(by_level[0], 'pair')}{_cautions(*by_level, lang)}, growth in "
        f"{by_growth[0] or 'none'}{_cautions(*by_growth, lang)}, neither in {neither or 'none'}.",
        f"水平可比的{_pairs(by_level[0])}{_cautions(*by_level, lang)}，增长可比的{_pairs(by_growth[0])}"
        f"{_cautions(*by_growth, lang)}，两者均不可比的{_pairs(neither)}。",
    )


def _pairs(count: int) -> str:
    return f"有{count}对" if count else "没有"


def _cautions(count: int, careful: int, lang: str) -> str:
    """Return in brackets how many of some pairs may be compared with caution only."""
    if not careful:
        return ""
    if careful < count:
        return say(lang, f" ({careful} of them with caution)", f"（其中{careful}对须审慎）")
    if count == 1:
        return say(lang, " (with caution)", "（须审慎）")
    return say(lang, " (all with caution)", "（均须审慎）")


def benchmark_sentences(frame: pd.DataFrame, levels: pd.DataFrame, lang: str) -> Sentences:
    """Return how many city targets may be put beside a national one, and which of those stand below it."""
    if frame.empty:
        return nothing("no-benchmark", lang)
    fit = frame[frame["levels"]]
    are = "is" if len(frame) == 1 else "are"
    which = ("it" if len(fit) else "it may not") if len(frame) == 1 else f"{len(fit) or 'none'} of them"
    may = "" if which.endswith("not") else " may"
    text = say(
        lang,
        f"{counted(len(frame), 'city target')} {are} for an indicator that the nation sets a target for too; "
        f"{which}{may} be put beside it by level.",
        f"有{len(frame)}项城市目标的指标同时设有全国目标，"
        + (f"其中{len(fit)}项的水平可与之比较。" if len(fit) else "其水平均不可与之比较。"),
    )
    rows = levels.set_index("target_id")
    part = say(lang, "{city} {target} against {other} ({indicator})", "{city}{target}，全国{other}（{indicator}）")
    parts = [
        part.format(
            city=rows.loc[a, "city"], target=rows.loc[a, "target"], other=rows.loc[b, "target"],
            indicator=rows.loc[a, "indicator"],
        )
        for a, b in zip(fit["target_a"], fit["target_b"], strict=True)
    ]  # fmt: skip
    colon, stop = say(lang, (" Namely: ", "."), ("即：", "。"))
    return Sentences(text + (colon + say(lang, "; ", "；").join(parts) + stop if parts else ""))


def parent_sentences(frame: pd.DataFrame, levels: pd.DataFrame, tables: Tables, lang: str) -> Sentences:
    """Return how the targets lie to those of the province above; `frame` is `comparability.against_parents`."""
    fit = frame[frame["levels"]]
    if fit.empty:
        return nothing("no-province", lang)
    base = to_base(levels["target_value"], levels["unit_id"], tables.units)
    rows = levels.assign(base=base).set_index("target_id")
    pairs = zip(fit["target_a"], fit["target_b"], strict=True)
    told = say(lang, "; ", "；").join(_beside(rows.loc[a], rows.loc[b], lang) for a, b in pairs)
    return Sentences(
        say(
            lang,
            f"Targets of a city beside those of its province: {told}.",
            f"城市目标与所属省份目标并列：{told}。",
        )
    )


def _beside(own: Cells, above: Cells, lang: str) -> str:
    """Return a city's target beside that of its province, and which is the further one."""
    way = own["direction"] * (own["base"] - above["base"])
    key = "further" if way > 0 else "less-far" if way < 0 else "the-same"
    return say(
        lang,
        f"{own['city']} {own['target']}, {above['city']} {above['target']} ({own['indicator']}: {word(key, lang)})",
        f"{own['city']}{own['target']}，{above['city']}{above['target']}（{own['indicator']}：{word(key, lang)}）",
    )


def per_head(frame: pd.DataFrame, tables: Tables, lang: str) -> Table | Sentences:
    """Return counts per million residents, which no plan states; `frame` is `comparability.per_head`."""
    several = frame[frame.groupby("indicator_id")["city_id"].transform("nunique") > 1]
    if several.empty:
        return nothing("no-per-head", lang)
    units = tables.units.set_index("unit_id")
    records = several.sort_values(["indicator_id", "per_million"], ascending=[True, False]).to_dict("records")
    dated = say(lang, "{:,.0f} ({})", "{:,.0f}（{}）")
    columns = {
        "indicator": [row["indicator"] for row in records],
        "city": [row["city"] for row in records],
        "target": [quantity(row["target_value"], units.loc[row["unit_id"]], lang) for row in records],
        "population": [dated.format(row["population"], month(row["population_date"], lang)) for row in records],
        "per-million": [number(float(f"{row['per_million']:.4g}")) for row in records],
    }
    caption = say(
        lang,
        "Counts per million residents, as we infer them from the census; † no plan states them",
        "按普查人口推算的每百万人数量；†各方案均未写明",
    )
    return table(columns, caption, lang)


def _counts(frame: pd.DataFrame, what: str) -> tuple[int, int]:
    """Return how many pairs may be compared in a way, and how many of those with caution."""
    found = [standing(reasons, what) for reasons in frame["reasons"]]
    return len(found) - found.count("no"), found.count("caution")


def verdict_data(*pairs: pd.DataFrame) -> pd.DataFrame:
    """Return frames of pairs as one, with the standing of levels and growth and the ids of the reasons, as text."""
    frame = pd.concat(pairs, ignore_index=True)
    return frame.assign(
        levels=[standing(reasons, "levels") for reasons in frame["reasons"]],
        growth=[standing(reasons, "growth") for reasons in frame["reasons"]],
        reasons=["; ".join(reason.id for reason in reasons) for reasons in frame["reasons"]],
    )
