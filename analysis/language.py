"""English and Chinese: words, numbers and quantities as each language writes them."""

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from .errors import UserError, quoted, suggest
from .words import WORDS

if TYPE_CHECKING:
    from .rows import Cells

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
