"""By when a clause promises: target year and month, windows of years, every year, and what it is compared with."""

import re
from dataclasses import dataclass, replace

from .lexicon import EVERY_YEAR, FIVE_YEARS
from .numerals import value

YEAR = r"(?<![\d.])(?P<{}>(?:19|20)\d\d)年"
END = r"(?P<month>\d{1,2}月)?(?P<end>底|末|年底|年末|初)?(?:之?前|以前)?"
WINDOW = re.compile(rf"{YEAR.format('first')}?[-—–~～至到]+{YEAR.format('last')}")
POINT = re.compile(rf"(?P<compared>较|比|相比|以|自|从|由|于|截至|截止)?(?:到|至|在)?{YEAR.format('year')}{END}")
NAMED = re.compile(rf"[“\"]?(?P<name>{'|'.join(FIVE_YEARS)})[”\"]?(?:时期|规划)?(?P<when>期间|期内|时期|期末|末|期)?")
NEAR = re.compile(r"(?P<first>未来|今后)?(?P<years>[一二两三四五六七八九十]|\d)年(?P<last>内|之内|左右)?")
HALF = {"上半年": 6, "下半年": 12}


@dataclass(frozen=True)
class Scope:
    """When a number is to stand: the last year and month, the first year of a window, and whether it recurs."""

    year: int | None = None
    month: int | None = None
    first: int | None = None
    yearly: bool = False
    mean: bool = False
    compared: int | None = None
    relative: str = ""  # 三年内: years from a day that the clause does not name

    def under(self, wider: "Scope") -> "Scope":
        """Return the scope of a clause within a wider one, whose year it takes where it names none."""
        if self.year or self.yearly or self.mean:
            return self
        return replace(self, year=wider.year, month=wider.month, first=self.first or wider.first)


def scope(text: str) -> Scope:
    """Return the scope that a text ends with: the last date in it, and the words for every year.

    >>> scope("到2025年6月底，全市").year, scope("到2025年6月底，全市").month
    (2025, 6)
    >>> scope("2022—2024年新增").first, scope("“十四五”期间").year, scope("每年开展").yearly
    (2022, 2025, True)
    """
    dates = sorted([*_windows(text), *_named(text), *_points(text)], key=lambda found: found[0])
    last = dates[-1][1] if dates else Scope()
    tail = text[dates[-1][0] :] if dates else text
    near = [match for match in NEAR.finditer(tail) if match["first"] or match["last"]]
    return replace(
        last,
        yearly=bool(re.search(EVERY_YEAR, text)),
        mean=bool(re.search(r"(?:年均|年平均)(?!复合|增|递|提|下|降)", text)),
        compared=_compared(text),
        relative=near[-1].group() if near and not dates else "",
    )


def _windows(text: str) -> list[tuple[int, Scope]]:
    return [
        (match.start(), Scope(year=int(match["last"]), first=int(match["first"])))
        for match in WINDOW.finditer(text)
        if not _titled(text, match.start())
    ]


def _named(text: str) -> list[tuple[int, Scope]]:
    """Return five-year plans named as a time; the name of a plan alone is none."""
    found = []
    for match in NAMED.finditer(text):
        if not match["when"] or _titled(text, match.start()):
            continue
        end = FIVE_YEARS[match["name"]]
        first = end - 4 if match["when"] in {"期间", "期内", "时期"} else None
        found.append((match.start(), Scope(year=end, first=first)))
    return found


def _points(text: str) -> list[tuple[int, Scope]]:
    windows = [match.span() for match in WINDOW.finditer(text)]
    found = []
    for match in POINT.finditer(text):
        inside = any(start <= match.start("year") < end for start, end in windows)
        if inside or match["compared"] or _titled(text, match.start()):
            continue
        found.append((match.start(), Scope(year=int(match["year"]), month=_month(match, text))))
    return found


def _month(match: re.Match[str], text: str) -> int | None:
    """Return the month that a date names; the end of a year is its December, a year alone has none."""
    if match["month"]:
        month = int(match["month"][:-1])
        return month if 1 <= month <= 12 else None
    half = HALF.get(text[match.end() : match.end() + 3])
    return half or (12 if match["end"] and match["end"] != "初" else None)


def _titled(text: str, place: int) -> bool:
    """Say whether a place lies within the name of a document."""
    return text.rfind("《", 0, place) > text.rfind("》", 0, place)


def _compared(text: str) -> int | None:
    """Return the year that a number is compared with: 较2020年, 在2020年基础上."""
    found = re.findall(r"(?:较|比|相比|在)((?:19|20)\d\d)年(?:底|末)?(?:的?基础上)?(?=[^到至])", text)
    named = re.findall(rf"(?:较|比)[“\"]?({'|'.join(FIVE_YEARS)})[”\"]?(?:期?末|时期|期间)", text)
    years = [int(year) for year in found] + [FIVE_YEARS[name] for name in named]
    return years[-1] if years else None


def issued(text: str) -> int | None:
    """Return the year of a plan's own number or, where it has none, of the first date in its text.

    >>> issued("某府〔2022〕3号"), issued("二〇二二年")
    (2022, None)
    """
    head = text[:1500]
    match = re.search(r"[〔\[(（【]((?:19|20)\d\d)[〕\])）】]\s*(?:第\s*)?\d+\s*号", head)
    match = match or re.search(r"((?:19|20)\d\d)\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日", text)
    return int(match.group(1)) if match else None


def length(words: str) -> int:
    """Return the years that words such as 三年内 span.

    >>> length("未来3年")
    3
    """
    match = NEAR.search(words)
    return int(value(match["years"])) if match else 0
