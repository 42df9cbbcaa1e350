"""The lines of a plan's text: headings and the places they name, and paragraphs put together across pages."""

import re
from dataclasses import dataclass, field

from .numerals import fold

NUMERAL = "[一二三四五六七八九十百]+"
# Kinds of headings in the order in which one lies within another; what each contributes to a place.
HEADINGS = (
    ("annex", rf"附件(?:\d+|{NUMERAL})?(?=[:：\s]|$)"),
    ("part", rf"第{NUMERAL}[篇编](?:分)?"),
    ("chapter", rf"第{NUMERAL}章"),
    ("section", rf"第{NUMERAL}节"),
    ("article", rf"第{NUMERAL}条"),
    ("box", r"专栏\d+|专栏[一二三四五六七八九十]+"),
    ("one", rf"{NUMERAL}、"),
    ("two", rf"\({NUMERAL}\)"),
    ("dotted", r"\d+(?:\.\d+){1,3}(?=[\s\u4e00-\u9fff])"),
    ("three", r"\d{1,3}[.．、](?!\d)"),
    ("four", r"\(\d+\)|[①-⑳]"),
)
ORDER = [kind for kind, _ in HEADINGS]
ENDS = "。！？；;!?…"
LONGEST_HEADING = 45  # characters; a longer line with a number at its front is an item with its text
PAGE = re.compile(r"[-—–－\s]*\d{1,3}[-—–－\s]*|第\d+页.*")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph without its white space, the place where it stands, and where each character is printed."""

    compact: str
    printed: str
    places: tuple[int, ...]
    headings: tuple[tuple[str, str], ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def locator(self) -> str:
        """Return the place as the tables write it, empty above the first heading."""
        return locator(self.headings)

    @property
    def path(self) -> str:
        """Return all headings above, from the outermost."""
        return "".join(printed for _, printed in self.headings)

    def quote(self, start: int, end: int) -> str:
        """Return what is printed between two places of the compact text."""
        end = min(end, len(self.places))
        return self.printed[self.places[start] : self.places[end - 1] + 1] if end > start else ""


def locator(headings: tuple[tuple[str, str], ...]) -> str:
    """Return the place that headings name: an article or a chapter by its own name, else the path of item numbers.

    >>> locator((("one", "三、"), ("two", "（四）"), ("three", "15.")))
    '三（四）15'
    >>> locator((("chapter", "第三章"), ("section", "第二节"), ("two", "（一）")))
    '第三章第二节'
    """
    found = dict(headings)
    for kinds in (("box",), ("article",), ("chapter", "section"), ("dotted",)):
        if kinds[0] in found:
            return "".join(found.get(kind, "") for kind in kinds)
    one = found.get("one", "").rstrip("、")
    two = re.sub(r"[()（）]", "", found.get("two", ""))
    three = re.sub(r"\D", "", found.get("three", ""))
    path = one + (f"（{two}）" if two and one else two) + (three if one or two else "")
    return path or found.get("annex", "") or three


@dataclass
class _Reader:
    """Headings met so far, and the paragraph that is being put together."""

    stack: list[tuple[str, str, str]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    found: list[Paragraph] = field(default_factory=list)

    def close(self) -> None:
        printed = "\n".join(self.parts)
        self.parts = []
        if printed.strip():
            headings = tuple((kind, mark) for kind, mark, _ in self.stack)
            self.found.append(paragraph(printed, headings, tuple(title for *_, title in self.stack)))

    def enter(self, kind: str, mark: str, title: str) -> None:
        self.close()
        rank = ORDER.index(kind)
        self.stack = [entry for entry in self.stack if ORDER.index(entry[0]) < rank]
        self.stack.append((kind, mark, title))


def paragraph(printed: str, headings: tuple[tuple[str, str], ...] = (), titles: tuple[str, ...] = ()) -> Paragraph:
    """Return a paragraph of printed text, white space taken out of the text that is read."""
    places = tuple(place for place, char in enumerate(printed) if not char.isspace() and char not in "*#")
    compact = fold("".join(printed[place] for place in places))
    return Paragraph(compact, printed, places, headings, titles)


def heading(line: str) -> tuple[str, str, str] | None:
    """Return kind, number and rest of a line that begins with a number of an item, None for any other.

    >>> heading("（四）运用")
    ('two', '（四）', '运用')
    >>> heading("2025 年主要指标") is None
    True
    """
    text = re.sub(r"^[#*\s\u3000]+", "", line)
    for kind, pattern in HEADINGS:
        match = re.match(pattern, fold(text))
        if match:
            mark = text[: match.end()]
            mark = mark.replace("(", "（").replace(")", "）").strip()
            return kind, mark, text[match.end() :].strip(" *\u3000")
    return None


def paragraphs(lines: list[str]) -> list[Paragraph]:
    """Return the paragraphs of some lines in order, sentences cut by a page's end put together again."""
    reader = _Reader()
    for line in lines:
        text = line.strip(" \t\r\u3000")
        if not text or PAGE.fullmatch(text):
            continue
        entered = heading(text)
        if entered:
            reader.enter(*entered)
        if entered and _alone(entered[2]):
            continue
        if not entered and reader.parts and _ended(reader.parts[-1]):
            reader.close()
        reader.parts.append(text)
        if not entered and not _prose(text) and len(text) < LONGEST_HEADING and len(reader.parts) == 1:
            reader.close()  # a title or a line of a list, with nothing to be joined to
    reader.close()
    return reader.found


def _alone(title: str) -> bool:
    """Say whether what follows a number is a heading by itself, not the beginning of its text."""
    return (
        len(title) <= LONGEST_HEADING
        and not re.search(r"[。；;：:，]", title.rstrip("。 "))
        and not re.search(r"\d\s*[件家个人项次%万亿]", title)
    )


def _ended(line: str) -> bool:
    return line.rstrip("*”’）)〕] \u3000")[-1:] in ENDS + "：:"


def _prose(text: str) -> bool:
    return bool(re.search(r"[，。；：,;:、]", text))
