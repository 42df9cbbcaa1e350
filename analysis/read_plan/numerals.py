"""Numbers as Chinese plans print them: 1,200, １２, 1.2万, 十二, 三百, 七成, 三分之一, 百分之五."""

import re
from decimal import Decimal

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
# One character for one, so that a place in the folded text is the same place in the printed one.
WIDE = str.maketrans("０１２３４５６７８９．％＋－～（）［］", "0123456789.%+-~()[]")
ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
CHINESE = r"[零〇一二两三四五六七八九十百千]+(?:点[零〇一二三四五六七八九]+)?"
NUMBER = rf"(?:{ARABIC}|{CHINESE})[百千]?[万亿]?"
FRACTION = rf"(?:{CHINESE}|{ARABIC})分之(?:{CHINESE}|{ARABIC})"


def fold(text: str) -> str:
    """Return a text with its full-width digits and signs in half width, each in its own place.

    >>> fold("１２．５％")
    '12.5%'
    """
    return text.translate(WIDE)


def value(printed: str) -> float:
    """Return the number that is printed, its multiplier included.

    Raises `ValueError` for what is no number.

    >>> [value(text) for text in ("1,200", "1.2万", "十二", "三百", "一百零五", "两", "三千五百万", "四点五")]
    [1200.0, 12000.0, 12.0, 300.0, 105.0, 2.0, 35000000.0, 4.5]
    >>> value("百分之五"), round(value("三分之一"), 4)
    (5.0, 0.3333)
    """
    text = re.sub(r"\s", "", fold(printed)).replace(",", "")
    if "分之" in text:
        below, above = text.split("分之")
        whole = value(below)
        return value(above) if below == "百" else value(above) / whole
    if re.fullmatch(r"\d+(?:\.\d+)?[百千]?[万亿]?", text):
        digits = re.match(r"[\d.]+", text)
        assert digits is not None  # noqa: S101 - the pattern above begins with one
        return _times(Decimal(digits.group()), text[digits.end() :])
    return _chinese(text)


def _times(number: Decimal, multipliers: str) -> float:
    for char in multipliers:
        number *= (TENS | MYRIADS)[char]
    return float(number)


def _chinese(text: str) -> float:
    """Return a number in Chinese numerals. Raises `ValueError` for any other character."""
    whole, _, decimals = text.partition("点")
    if not whole or set(text) - {*DIGITS, *TENS, *MYRIADS, "点"}:
        msg = f"{text!r} is no number. Write it in digits or in Chinese numerals."
        raise ValueError(msg)
    total, section, digit = 0, 0, 0
    for char in whole:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in TENS:
            section += (digit or 1) * TENS[char]
            digit = 0
        else:
            total = (total + section + digit) * MYRIADS[char]
            section, digit = 0, 0
    fraction = "".join(str(DIGITS[char]) for char in decimals)
    return float(f"{total + section + digit}.{fraction or 0}")
