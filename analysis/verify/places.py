"""Places in a document's text: what a printed cell looks like there, and where an item begins and ends."""

import re

from ..errors import UserError

# Characters that the stored texts print in two widths: a locator's （ may stand as ( in the document.
WIDTHS = {"（": "[（(]", "）": "[）)]", "，": "[，,]", "：": "[：:]", "；": "[；;]"}
GAP = "…"  # in a label: words left out, within one sentence


def pattern(printed: str) -> str:
    """Return a pattern that finds printed text whatever white space and page breaks run through it.

    A number at either end is whole: 6 is not found in 2016 nor 10 in 10.02.

    >>> bool(re.search(pattern("6次"), "不少于6 次")), bool(re.search(pattern("6次"), "16次"))
    (True, False)
    """
    wild = WIDTHS | {GAP: "[^。]*?"}
    parts = [wild.get(char, re.escape(char)) for char in re.sub(r"\s+", "", printed)]
    before = r"(?<![\d.])" if printed[0].isdigit() else ""
    after = r"(?![\d.]\d|\d)" if printed[-1].isdigit() else ""
    return before + r"\s*".join(parts) + after


def item(text: str, locator: str) -> str:
    """Return the part of a document that a locator such as 三（四）15 names, down to the next heading of its kind."""
    match = re.fullmatch(r"([一二三四五六七八九十]+)(?:[（(]([一二三四五六七八九十]+)[）)])?(\d*)", locator)
    if match is None:
        msg = f"{locator!r} names no place in a document. Write it like 三（四）15."
        raise UserError(msg)
    part, section, number = match.groups()
    numeral = "[一二三四五六七八九十]+"
    headings = [(rf"{part}、", rf"{numeral}、")]
    if section:
        headings.append((rf"[（(]{section}[）)]", rf"[（(]{numeral}[）)]"))
    if number:
        headings.append((rf"{number}[.．]", r"\d+[.．]"))
    for own, any_heading in headings:
        text = _section(text, own, any_heading)
    return text


def _section(text: str, own: str, any_heading: str) -> str:
    """Return the text from a heading at the start of a line to the next heading of its kind."""
    start = re.search(rf"^[#\s]*{own}", text, flags=re.MULTILINE)
    if start is None:
        return ""
    end = re.search(rf"^[#\s]*{any_heading}", text[start.end() :], flags=re.MULTILINE)
    return text[start.start() : start.end() + end.start()] if end else text[start.start() :]
