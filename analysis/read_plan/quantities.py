"""Numbers with a measure word in a plan's prose, each with the words that bind it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from . import lexicon
from .numerals import CHINESE, FRACTION, NUMBER, value

SEPARATOR = r"(?:[-—–~～]+|至|到)"
DOUBLING = r"翻(?:[一二两三四]|\d)番|翻番"
FOLDS = {"一": 2, "1": 2, "": 2, "二": 4, "两": 4, "2": 4, "三": 8, "3": 8, "四": 16, "4": 16}


@dataclass(frozen=True)
class Quantity:
    """A number as it stands in a compact text: from the word that binds it to the word after its unit."""

    start: int  # of the binding word, if any
    number_start: int
    end: int  # after the binding word behind the unit, if any
    value: float
    upper: float | None
    unit: str  # the symbol as printed, empty where none is
    bound: str
    chinese: bool  # printed in Chinese numerals, which names and set phrases use as well
    doubling: bool = False

    @property
    def bounded(self) -> bool:
        """Say whether a word binds the number, or it is a range."""
        return self.bound != "eq" or self.upper is not None


@cache
def _pattern(symbols: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of a quantity, given the symbols of units.csv."""
    words = sorted({*symbols, *lexicon.MEASURE_WORDS.split("|")} - {"分"}, key=len, reverse=True)
    unit = "|".join([lexicon.DURATIONS, lexicon.SHARES, *map(re.escape, words), lexicon.MONEY, lexicon.SCORES])
    before, after = lexicon.any_of(lexicon.BOUNDS_BEFORE), lexicon.any_of(lexicon.BOUNDS_AFTER)
    number = rf"{FRACTION}|{NUMBER}"
    return re.compile(
        rf"(?P<before>{before})?(?:达到?|为|至|到|组织|开展|举办|召开|完成|建成|培育|建设)?(?P<number>(?P<low>{number})"
        rf"(?:(?P<low_unit>{unit})?{SEPARATOR}(?P<high>{number}))?)(?P<more>[余多])?(?P<myriad>[万亿])?(?P<unit>{unit})?(?P<after>{after})?"
    )


def find(compact: str, symbols: Iterable[str]) -> list[Quantity]:
    """Return the quantities of a compact text in order; dates, ordinals and numbers without a unit are none.

    >>> [(q.value, q.unit, q.bound) for q in find("不少于6次，8万件以上，第3条，2025年", ["件", "次", "万件"])]
    [(6.0, '次', 'ge'), (8.0, '万件', 'ge')]
    """
    found: list[Quantity] = []
    place = 0
    known = tuple(symbols)
    pattern = _pattern(known)
    while match := pattern.search(compact, place):
        quantity = _quantity(compact, match, known)
        place = match.end() if quantity else max(match.end("number"), match.start() + 1)
        if quantity:
            found.append(quantity)
    return sorted([*found, *_doublings(compact)], key=lambda quantity: quantity.start)


def _quantity(compact: str, match: re.Match[str], symbols: tuple[str, ...]) -> Quantity | None:
    """Return what a match says, None where it is no quantity."""
    fraction = "分之" in match["low"]
    unit = match["unit"] or ("%" if fraction else "")
    if not unit or _no_quantity(compact, match, unit):
        return None
    low, multiplier = match["low"], match["myriad"] or ""
    high = match["high"]
    if high and low[-1] not in "万亿" and high[-1] in "万亿" and not match["low_unit"]:
        low += high[-1]  # 1至2万件
    numbers = [value(text + multiplier) for text in (low, high) if text]
    if fraction and "百分之" not in low:
        numbers = [number * 100 for number in numbers]
    if unit == "成":
        numbers, unit = [number * 10 for number in numbers], "%"
    quantity = Quantity(
        match.start("before") if match["before"] else match.start("number"),
        match.start("number"), match.end(), round(numbers[0], 10), numbers[1] if len(numbers) > 1 else None,
        unit, _bound(match), re.fullmatch(CHINESE, match["low"]) is not None,
    )  # fmt: skip
    return _in_symbols(quantity, match, symbols)


def _in_symbols(quantity: Quantity, match: re.Match[str], symbols: tuple[str, ...]) -> Quantity:
    """Return a quantity in the unit that its multiplier belongs to: 1.2万件 is 1.2 of 万件 where that is a unit."""
    multiplier = match["myriad"] or (match["high"] or match["low"])[-1]
    larger = multiplier + quantity.unit
    if multiplier not in "万亿" or larger not in symbols:
        return quantity
    factor = 10_000 if multiplier == "万" else 100_000_000
    upper = None if quantity.upper is None else round(quantity.upper / factor, 10)
    return replace(quantity, value=round(quantity.value / factor, 10), upper=upper, unit=larger)


def _no_quantity(compact: str, match: re.Match[str], unit: str) -> bool:
    """Say whether a number with a measure word is an ordinal, part of a longer number or of a set phrase."""
    before = compact[: match.start("number")]
    after = compact[match.end("unit") if match["unit"] else match.end() :]
    if re.fullmatch(r"[百千万亿]+", match["number"]) or before.endswith("每"):
        return True  # 百万人, 千家: a base or a figure of speech
    if re.search(r"第$|[\d.]$|[A-Za-z]$|十$|第[一二三四五六七八九十]+[-—至]$", before):
        return True
    if unit in {"月", "日"} or re.match(r"年(?!均)", after):
        return True
    if unit == "分" and re.match(r"[之别钟子公级为]", after):
        return True
    # 一件事, 一次性, 一项项, 双随机一公开, 一个个: set phrases with a single 一.
    return match["number"] in {"一", "两", "几"} and bool(
        re.match(r"性|系列|体|流|批|些|样|道|边|面|定|个[^以\u4e00]", after)
    )


def _bound(match: re.Match[str]) -> str:
    """Return the bound that the words around a number set."""
    if match["after"]:
        return lexicon.bound_of(match["after"], lexicon.BOUNDS_AFTER) or "eq"
    if match["before"]:
        return lexicon.bound_of(match["before"], lexicon.BOUNDS_BEFORE) or "eq"
    return lexicon.MORE.get(match["more"] or "", "eq")


def _doublings(compact: str) -> list[Quantity]:
    """Return the multiples that are printed as 翻一番."""
    return [
        Quantity(
            match.start(), match.start(), match.end(), float(FOLDS.get(match.group()[1:-1], 2)), None, "倍", "eq",
            chinese=False, doubling=True,
        )
        for match in re.finditer(DOUBLING, compact)
    ]  # fmt: skip
