"""Why two targets may not be compared, or what to bear in mind when they are, in both languages."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..language import say


@dataclass(frozen=True)
class Reason:
    """Why two targets may not be compared (`stops`), or what to bear in mind when they are (`warns`).

    Both hold what the reason concerns: `levels`, `growth`, or both. Its words say nothing of which
    target is which, so that two targets have the same reasons in either order.
    """

    id: str
    en: str
    zh: str
    stops: frozenset[str] = frozenset()
    warns: frozenset[str] = frozenset()


LEVELS, GROWTH = frozenset({"levels"}), frozenset({"growth"})
BOTH = LEVELS | GROWTH
DIFFERENT_INDICATOR = Reason("different-indicator", "They measure different things.", "所衡量的内容不同。", BOTH)
WORDS = Reason("words", "One target is in words, without a number.", "其中一项为文字目标，无数值。", BOTH)
GROWTH_RATE = Reason("growth-rate", "One target is a growth rate, not a level.", "其中一项为增长率而非水平。", BOTH)
DIFFERENT_UNIT = Reason("different-unit", "Their units have no common base.", "单位无法换算。", BOTH)
NO_YEAR = Reason("no-target-year", "At least one names no target year.", "至少一项未写明目标年。", BOTH)
DIFFERENT_YEAR = Reason("different-target-year", "Their target years differ.", "目标年不同。", LEVELS)
NO_BASELINE = Reason("no-baseline", "At least one states no baseline.", "至少一项未列基期值。", GROWTH)
INFERRED_BASIS = Reason("inferred-basis", "A basis is inferred.", "口径为推定。", warns=BOTH)
DIFFERENT_SPAN = Reason(
    "different-span", "Their years differ: compare yearly rates.", "起止年份不同：比较年率。", warns=GROWTH
)
SURVEY = Reason("survey", "The surveys are not named and may differ.", "未写明调查来源，可能不同。", warns=BOTH)

BASIS_NAMES = {
    "stock": ("a stock", "存量"),
    "flow": ("a yearly flow", "年度数"),
    "cumulative": ("a running total", "累计数"),
    "period-mean": ("a mean over a period", "年均值"),
    "share": ("a share", "比重"),
    "score": ("a score", "得分"),
    "rate": ("a rate", "比率"),
}


def different_basis(bases: Iterable[str]) -> Reason:
    """Return the reason that names two bases."""
    (en_1, zh_1), (en_2, zh_2) = (BASIS_NAMES[basis] for basis in ordered(bases))
    return Reason("different-basis", f"One is {en_1}, the other {en_2}.", f"一为{zh_1}，一为{zh_2}。", BOTH)


def open_basis(readings: tuple[str, ...]) -> Reason:
    """Return the reason that names the two readings of one basis."""
    (en_1, zh_1), (en_2, zh_2) = (BASIS_NAMES[basis] for basis in readings)
    english = f"The text leaves open whether one of them is {en_1} or {en_2}."
    return Reason("open-basis", english, f"原文未明确其中一项为{zh_1}还是{zh_2}。", BOTH)


def ordered(bases: Iterable[str]) -> tuple[str, ...]:
    """Return bases in one order, so that a reason reads the same whichever target comes first."""
    return tuple(sorted(bases, key=list(BASIS_NAMES).index))


def standing(reasons: Iterable[Reason], what: str) -> str:
    """Return how far `levels` or `growth` may be compared: `yes`, with `caution`, or `no`."""
    if any(what in reason.stops for reason in reasons):
        return "no"
    return "caution" if any(what in reason.warns for reason in reasons) else "yes"


def in_words(reasons: Iterable[Reason], lang: str) -> str:
    """Return the reasons in words, without cautions about growth alone where growth is ruled out anyway."""
    stopped = standing(reasons, "growth") == "no"
    kept = [reason for reason in reasons if not (stopped and reason.warns == GROWTH)]
    return say(lang, " ", "").join(getattr(reason, lang) for reason in kept)
