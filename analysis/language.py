"""The glossary: every heading and term of tables, figures and pages, in English and in Chinese."""

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from .errors import UserError, quoted, suggest

if TYPE_CHECKING:
    from .tables.datapackage import Cells

WORDS = {
    "city": ("City", "城市"),
    "indicator": ("Indicator", "指标"),
    "dimension": ("Dimension", "维度"),
    "creation": ("Creation", "创造"),
    "utilisation": ("Utilisation", "运用"),
    "protection": ("Protection", "保护"),
    "management": ("Management", "管理"),
    "services": ("Services", "服务"),
    "environment": ("Environment", "环境"),
    "baseline": ("Baseline", "基期值"),
    "target": ("Target", "目标值"),
    "printed": ("As printed", "原文"),
    "source": ("Source", "来源"),
    "note": ("Note", "注"),
    "basis": ("Basis", "口径"),
    "stock": ("stock", "存量"),
    "flow": ("yearly flow", "年度数"),
    "cumulative": ("running total", "累计数"),
    "period-mean": ("period mean", "年均值"),
    "share": ("share", "比重"),
    "score": ("score", "得分"),
    "rate": ("rate", "比率"),
    "count": ("count", "数量"),
    "ratio": ("ratio", "比值"),
    "money": ("money", "金额"),
    "growth-rate": ("growth rate", "增长率"),
    "qualitative": ("in words", "文字表述"),
    "measure": ("Measure", "度量"),
    "compound": ("compound rate", "复合年均增长率"),
    "points": ("points a year", "年均分值变动"),
    "percentage-points": ("percentage points a year", "年均百分点变动"),
    "implied-flow": ("implied yearly flow", "隐含年均数"),
    "mean-change": ("change of the mean", "均值变动"),
    "not-meaningful": ("growth has no meaning", "增长没有意义"),
    "none": ("none", "无"),
    "growth": ("Growth", "增长"),
    "years": ("Years", "年数"),
    "other-reading": ("Other reading", "另一种理解"),
    "withheld": ("No compound rate because", "不列复合年均增长率的原因"),
    "caution": ("Caution", "注意"),
    "date": ("Date", "日期"),
    "commitment": ("Commitment", "承诺"),
    "kind": ("Kind", "类别"),
    "application": ("application", "申报"),
    "acceptance": ("acceptance", "验收"),
    "approval": ("approval", "获批"),
    "completion": ("completion", "建成"),
    "standing": ("overall result", "总体成效"),
    "recipient": ("Recipient", "接受单位"),
    "purpose": ("Purpose", "用途"),
    "payer": ("Payer", "出资方"),
    "central": ("central treasury", "中央财政"),
    "municipal": ("municipal treasury", "市级财政"),
    "amount": ("Amount", "金额"),
    "every-year": ("every year", "每年"),
    "yearly-mean": ("yearly average", "年均值"),
    "no-start": ("baseline not stated", "未列基期值"),
    "start-and-end": ("baseline and target", "有基期值与目标值"),
    "end-only": ("target without a baseline", "有目标值，无基期值"),
    "not-comparable": ("Not compared", "不作比较"),
    "in-words": ("in words, no number", "文字表述，无数值"),
    "not-stated": ("not stated", "未列"),
    "exact": ("a number", "数值"),
    "floor": ("at least, more than", "不低于、突破"),
    "range": ("a range", "区间"),
    "words": ("in words only", "仅文字表述"),
    "targets": ("Targets", "目标数"),
    "no-baseline": ("No baseline", "未列基期值"),
    "no-year": ("No target year", "未列目标年"),
    "inferred-basis": ("Basis inferred", "口径为推定"),
    "open-basis": ("Other basis possible", "另有可能口径"),
    "inferred-unit": ("Unit lost", "单位缺失"),
    "value": ("Value", "数值"),
    "confidence": ("Reliability", "可靠程度"),
    "two-sources": ("two independent sources", "两个独立来源"),
    "one-release": ("one release, several copies", "一份通稿，多家转载"),
    "official": ("the body's own page", "机构官网"),
    "single-source": ("a single source", "单一来源"),
    "reported-by": ("Reported by", "报道者"),
    "geometric": ("At constant rates", "按固定增长率"),
    "linear": ("By constant amounts", "按固定增量"),
    "by-geometric": ("at constant rates", "按固定增长率"),
    "by-linear": ("by constant amounts", "按固定增量"),
    "behind-ahead": ("Behind – ahead", "落后城市与领先城市"),
    "reading": ("Reading", "理解"),
    "reading-target-year": ("the years of the table", "按表头年份"),
    "reading-plan-period": ("the plan's own period", "按方案自身期间"),
    "carried-on": ("Carried on", "延长方式"),
    "paces": ("Pace a year, behind / ahead", "年均增速（增量）：落后／领先"),
    "meeting": ("They meet", "追上时间"),
    "lag-base": ("Years later at the baseline of the city ahead", "达到领先城市基期值晚几年"),
    "lag-target": ("Years later at the target of the city ahead", "达到领先城市目标值晚几年"),
    "never": ("never on these assumptions", "按此假设不会追上"),
    "not-by-horizon": ("not by 2035", "2035年以前追不上"),
    "more-than-a-century": ("more than a century", "百年以上"),
    "began-below": ("began below it", "起点已低于该值"),
    "began-above": ("already above it at its baseline", "起点已高于该值"),
    "pace": ("Pace", "速度"),
    "level": ("Level", "水平"),
    "gap": ("Gap closed", "差距弥合"),
    "pace-measure": ("compound rate a year", "复合年均增长率"),
    "level-measure": ("target, as a multiple of the national target", "目标值相当于全国目标的倍数"),
    "gap-measure": ("share of the gap to 100 points that the target closes", "目标弥合的距100分差距的比例"),
    "score-of-axes": ("Score", "总分"),
    "national-target": ("national target", "全国目标"),
    "component": ("Component", "分项"),
    "goalposts": ("Goalposts, scores 0 and 1", "上下限（0分与1分）"),
    "reason": ("Why", "理由"),
    "further": ("the city's is further", "城市更高"),
    "less-far": ("the city's is less far", "城市较低"),
    "the-same": ("the same", "相同"),
    "year": ("Year", "年份"),
    "verdict": ("Verdict", "结论"),
    "met": ("Met", "何时达到"),
    "issuer": ("Issuer", "发文机关"),
    "legal-basis": ("Legal basis", "法律依据"),
    "yearly-target": ("Target a year", "每年目标"),
    "open": ("not yet, the year was not over", "当年未满，尚未达到"),
    "not-achieved": ("not met", "未实现"),
    "population": ("Residents", "常住人口"),
    "per-million": ("Per million residents †", "每百万人†"),
    "weight": ("Weight", "权重"),
    "tried": ("Also tried", "另试的上下限"),
    "choice": ("Choice", "选择"),
    "option": ("Option", "选项"),
    "above": ("First above second", "前者较高"),
    "explained": ("Explains", "解释的方差"),
    "document": ("Document", "文件"),
    "number": ("Number", "文号"),
    "issued": ("Issued", "发文日期"),
    "period": ("Period", "期间"),
    "base-year": ("Base year", "基期年"),
    "cities": ("Cities", "城市"),
    "levels": ("Levels", "水平"),
    "reasons": ("Reasons and cautions", "原因与提示"),
    "latest": ("Latest observed", "最新观测值"),
    "unknown": ("none known", "未见公布"),
    "yes": ("may be compared", "可比"),
    "with-caution": ("with caution", "审慎可比"),
    "no": ("may not", "不可比"),
    "first-target": ("One target", "一项目标"),
    "second-target": ("The other", "另一项"),
    "achieved": ("achieved", "已实现"),
    "on_track": ("on track", "符合进度"),
    "acceleration_needed": ("acceleration needed", "须加快进度"),
    "limited": ("limited progress", "进展有限"),
    "deterioration": ("deterioration", "倒退"),
    "unable_to_assess": ("unable to assess", "无法评估"),
    "assessed": ("can be assessed", "可以评估"),
    "await-outcome": ("baseline, but no fitting outcome", "有基期值，无可对照的结果"),
    "without-baseline": ("no baseline", "未列基期值"),
    "recurring": ("every year, or a mean", "每年或年均值"),
    "without-distance": ("in words, or no distance to measure", "文字表述或无从计量"),
    "promised": ("Promised", "承诺"),
    "observed": ("Observed", "观测"),
    "ratio-compound": ("By compound rate", "按复合年均增长率"),
    "ratio-linear": ("By straight line", "按直线"),
    "needed": ("Needed from then", "此后尚需"),
    "why-not": ("Why not", "原因"),
    "column": ("Column", "列"),
    "file": ("File", "文件"),
    "required": ("Required", "必填"),
    "is-required": ("yes", "是"),
    "is-optional": ("no", "否"),
    "meaning": ("What to write", "填写内容"),
}


T = TypeVar("T")
LANGUAGES = ("en", "zh")
DIMENSIONS = ("creation", "utilisation", "protection", "management", "services", "environment")

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def check_language(lang: str) -> None:
    """Raise `UserError` for a language other than English (`en`) and Chinese (`zh`)."""
    if lang not in LANGUAGES:
        msg = f"{quoted(lang)} is not a language of the reports. {suggest(lang, LANGUAGES)}"
        raise UserError(msg)


def say(lang: str, english: T, chinese: T) -> T:
    """Return what is meant for a language: a text, or a pair of brackets, or anything else there is twice."""
    return english if lang == "en" else chinese


def word(key: str, lang: str) -> str:
    """Return a table heading or a term in a language."""
    return say(lang, *WORDS[key])


def month(date: str, lang: str) -> str:
    """Return a year or a year and month as a reader of the language writes it.

    >>> month("2024-12", "en"), month("2024-12", "zh"), month("2024", "en")
    ('Dec 2024', '2024年12月', '2024')
    """
    year, _, rest = date.partition("-")
    if not rest:
        return say(lang, year, f"{year}年")
    place = int(rest[:2])
    return say(lang, f"{MONTHS[place - 1]} {year}", f"{year}年{place}月")


def number(value: float, decimals: int | None = None) -> str:
    """Return a number with thousands separators; all its decimals unless told how many."""
    if decimals is None:
        return f"{value:,.10g}"
    return f"{value:,.{decimals}f}"


def percent(fraction: float, decimals: int = 2) -> str:
    """Return a fraction as a percentage with a fixed number of decimals."""
    return f"{100 * fraction:.{decimals}f}%"


def signed(value: float, decimals: int) -> str:
    """Return a number with its sign, a true minus, and without trailing zeros."""
    text = f"{abs(value):,.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{abs(value):,.0f}"
    return ("−" if value < 0 else "+") + text


def quantity(value: float, unit: "Cells", lang: str) -> str:
    """Return a value with its unit, as a reader of the language writes it.

    `unit` is a row of units.csv. Chinese keeps the document's unit and counts in 万; English
    writes counts out, money in millions and billions, and leaves the unit of counts and ratios
    to the indicator's name.

    >>> quantity(0.16, {"kind": "count", "factor": 1e4, "symbol_zh": "万件", "base_unit_id": "item"}, "en")
    '1,600'
    >>> quantity(15000, {"kind": "count", "factor": 1, "symbol_zh": "件", "base_unit_id": "item"}, "zh")
    '1.5万件'
    """
    if lang == "zh":
        return _chinese(value, unit)
    kind = unit["kind"]
    if kind == "money":
        currency, _, rest = unit["base_unit_id"].partition("-")
        return f"{currency.upper()} {_scaled(value * unit['factor'])}{' a year' if rest else ''}"
    if kind in ("share", "rate"):
        return f"{number(value)}%{' a year' if kind == 'rate' else ''}"
    if kind == "ratio":
        return number(value)
    if kind == "score":
        return f"{number(value)} point{'' if value == 1 else 's'}"
    return number(round(value * unit["factor"], 9))


def _chinese(value: float, unit: "Cells") -> str:
    symbol = unit["symbol_zh"]
    if unit["kind"] in ("share", "rate"):
        return f"{number(value)}{symbol}"
    if unit["kind"] == "count" and unit["factor"] == 1 and value >= 10_000:
        return f"{value / 10_000:.10g}万{symbol}"
    return f"{value:.10g}{symbol}"


def _scaled(value: float) -> str:
    """Return an amount of money in millions or billions.

    >>> _scaled(8.5e9), _scaled(714e6)
    ('8.5 billion', '714 million')
    """
    for size, name in ((1e9, "billion"), (1e6, "million")):
        if abs(value) >= size or math.isclose(abs(value), size):
            return f"{number(round(value / size, 6))} {name}"
    return number(value)


def counted(count: int, noun: str) -> str:
    """Return a count with an English noun in the right number.

    >>> counted(0, "sum of money"), counted(1, "sum of money"), counted(2, "dated commitment")
    ('no sums of money', '1 sum of money', '2 dated commitments')
    """
    head, _, rest = noun.partition(" of ")
    plural = noun if count == 1 else f"{head}s of {rest}" if rest else f"{noun}s"
    return f"{count or 'no'} {plural}"


def lower_first(name: str, proper: Iterable[str] = ()) -> str:
    """Return an English name inside a sentence: its first letter small unless it begins an abbreviation.

    A name that begins with one of the `proper` names keeps its capital.

    >>> lower_first("Patent agencies"), lower_first("IP pledge financing"), lower_first("A basis")
    ('patent agencies', 'IP pledge financing', 'a basis')
    >>> lower_first("Weihai brands", ["Weihai"])
    'Weihai brands'
    """
    kept = (name[:2].isupper() and name[:2].isalpha()) or any(name.startswith(one) for one in proper)
    return name if kept else name[:1].lower() + name[1:]


def listed(names: Iterable[str], lang: str) -> str:
    """Return names as a list in a sentence."""
    return say(lang, ", ", "、").join(names)


def together(names: Iterable[str], lang: str) -> str:
    """Return names as one list that ends with an and.

    >>> together(["Haikou", "Shanwei", "Weihai"], "en"), together(["海口", "汕尾"], "zh")
    ('Haikou, Shanwei and Weihai', '海口、汕尾')
    """
    *first, last = names
    return listed([*first, last], lang) if lang == "zh" or not first else f"{', '.join(first)} and {last}"


def publishers(names: str, lang: str) -> str:
    """Return the publishers of one source, which its table parts by semicolons, in words."""
    return names.replace(";", say(lang, " and ", "、"))


def sentences(parts: list[str], lang: str) -> str:
    """Return parts as sentences of the language; empty ones are none."""
    stop = say(lang, ". ", "。")
    return stop.join(part for part in parts if part) + stop.strip()


def spelt_out(count: int) -> str:
    """Return a small number in words, as English prose writes it."""
    return NUMBERS[count] if count < len(NUMBERS) else number(count)


def part_of(part: int, total: int, noun: str) -> str:
    """Return a part of a total in words, with an English noun.

    >>> part_of(2, 2, "indicator"), part_of(3, 5, "indicator"), part_of(0, 5, "city")
    ('both indicators', 'three of the five indicators', 'none of the five cities')
    >>> part_of(1, 1, "indicator"), part_of(0, 1, "indicator")
    ('the one indicator', 'not the one indicator')
    """
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    if total == 1:
        return f"{'' if part else 'not '}the one {noun}"
    if part == total:
        return f"both {plural}" if total == 2 else f"all {spelt_out(total)} {plural}"
    return f"{spelt_out(part)} of the {spelt_out(total)} {plural}"


def all_cities(count: int, lang: str) -> str:
    """Return all of so many cities in words.

    >>> all_cities(2, "en"), all_cities(4, "en"), all_cities(4, "zh")
    ('both cities', 'all four cities', '4个城市')
    """
    return say(lang, "both cities" if count == 2 else f"all {spelt_out(count)} cities", f"{count}个城市")
