"""What a quantity counts: the printed name before the number or after its unit."""

import re
from dataclasses import dataclass

from . import lexicon
from .quantities import Quantity

STOPS = "，,。；;：:！？!?"
POINT = (
    r"(?:到|至|在|力争到)?(?:19|20)\d\d年?(?:[-—–~～至到]+(?:19|20)\d\d年?)?(?:\d{1,2}月)?(?:底|末)?"
    r"(?:之?前|以前|期间|间|的)?"
)
DATE = "|".join(
    (
        POINT,
        r"[“\"]?十[一二三四五六]五[”\"]?(?:时期|规划)?(?:期间|期内|期末|末|时期)?",
        r"(?:未来|今后)?[一二两三四五六七八九十\d]年(?:内|之内|间|来|(?=累计|共|新|完成|培))",
        r"[上下]半年|(?:\d{1,2}月|年)底前|年内|全年|每(?:季度|半年|月)",
        lexicon.EVERY_YEAR,
    )
)
COMPARED = r"(?:较|比|相比|在)(?:(?:19|20)\d\d年|[“\"]?十[一二三四五]五[”\"]?|上年|基期)(?:底|末|期末)?的?(?:基础上)?"
MARKS = (
    r"[、—·•\-①-⑳]|\((?:\d+|[一二三四五六七八九十]+)\)|\d+[.．、](?!\d)|第[一二三四五六七八九十百]+[条章节]"
    r"|[一二三四五六七八九十]+、"
)
PLACE = rf"在[^，,、]{{1,12}}?(?={lexicon.MAKING})"
LEADING = re.compile("|".join((COMPARED, DATE, lexicon.SCOPE, lexicon.WISH, MARKS, PLACE)))
MADE = re.compile(rf"(?:{lexicon.NEW}|{lexicon.MAKING})(?:了|一批)?(?=.{{2}})")
SMALL = (
    r"[一二两三四五六七八九十\d]+年(?:内|间)?|累计|总计|共计|合计|分别|均|共|共有|为|再|要|应|将|由|从|并|约|(?<!许)可"
    r"|年均|每年|控制|保持|的|达|有|\("
)
BOUNDS = lexicon.any_of(lexicon.BOUNDS_BEFORE)
ENDINGS = (
    lexicon.REACH, BOUNDS, lexicon.GROWTH_YEARLY, lexicon.NEW, lexicon.RESOLVE, COMPARED, DATE, SMALL,
)  # fmt: skip
TRAILING = re.compile(rf"(?:{'|'.join(ENDINGS)})$")
GROWN = re.compile(rf"(?:{lexicon.GROWTH})$")
HEADS = r"(?:总?量|总?数量?|总?额|金额|率|比重|占比|比例|总?值|满意度|指数|得分|规模|收入)"
LONGEST = 60


@dataclass(frozen=True)
class Label:
    """The printed name of what is counted, `…` where words are left out, and the side of the number it stands on."""

    text: str
    side: str


def label(sentence: str, quantity: Quantity, before: int, after: int, subject: str, *, grows: bool) -> Label:
    """Return the label of a quantity in a sentence, between the quantities before and after it.

    `subject` is the label of the quantity before, which one without a name of its own shares.
    """
    text = re.sub(r"\([^()]*\)", "", sentence[before : quantity.start])
    behind = _behind(sentence[quantity.end : after].removeprefix("的"))
    named = _before(text, grows=grows)
    reached = re.search(rf"(?:{lexicon.REACH})$", text) or (quantity.bound in {"gt", "le", "lt"} and named)
    # Of the share of something that has a name, what follows says what it does.
    share = quantity.unit == "%" and trim(re.split(rf"[{STOPS}]", text)[-1])
    if behind and not share and not (named and reached) and not named.endswith(("数", "量", "率", "额")):
        return Label(behind, "after")
    return Label(named or behind or subject, "before")


def _behind(text: str) -> str:
    """Return the name after a unit, down to the next stop."""
    found = re.split(rf"[{STOPS}()]", text)[0]
    found = re.sub(r"(?:以及|[、和及与并])$", "", found)
    if not found or re.match(r"[的、和及与或以等并为左上]|" + lexicon.DATE_WORDS, found):
        return ""
    return found if len(found) <= LONGEST else ""


def _before(text: str, *, grows: bool) -> str:
    """Return the name before a number: the last part between stops that holds one."""
    for part in reversed(re.split(rf"[{STOPS}]", text)):
        found = trim(part, grows=grows)
        if found:
            return found if len(found) <= LONGEST else ""
    return ""


def trim(part: str, *, grows: bool = False) -> str:
    """Return a part of a sentence without dates, wishes and verbs at its edges.

    >>> trim("到2025年，全市有效注册商标总量力争达到".split("，")[1])
    '有效注册商标总量'
    >>> trim("争取建设知识产权运营机构"), trim("专利申请量年均增长", grows=True)
    ('知识产权运营机构', '专利申请量')
    """
    while True:
        shorter = TRAILING.sub("", part)
        shorter = GROWN.sub("", shorter) if grows else shorter
        match = LEADING.match(shorter) or MADE.match(shorter)
        shorter = shorter[match.end() :] if match else shorter
        if shorter == part:
            return _balanced(part.strip("、，,")) if len(part) > 1 else ""
        part = shorter


def _balanced(part: str) -> str:
    """Return a name without a quotation mark whose other half stands elsewhere."""
    return part if part.count("“") == part.count("”") else part.strip("“”")


def members(name: str) -> list[str]:
    """Return the names that one label puts together before 分别 or one shared number.

    >>> members("发明专利拥有量、注册商标量"), members("质押融资金额和项目数")
    (['发明专利拥有量', '注册商标量'], ['质押融资金额', '质押融资…项目数'])
    """
    parts = [part for part in re.split(r"、|以及|[和与及]", name) if part]
    if len(parts) < 2 or not all(re.search(rf"{HEADS}$", part) for part in parts):
        return [name]
    stem = re.sub(rf"{HEADS}$", "", parts[0])
    return [parts[0], *(part if len(part) > 4 or not stem else f"{stem}…{part}" for part in parts[1:])]
