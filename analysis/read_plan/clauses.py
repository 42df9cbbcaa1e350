"""Quantified clauses of a plan's prose: which numbers promise something, and what was left out and why."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from . import labels, lexicon, quantities
from .labels import Label
from .layout import Paragraph
from .quantities import Quantity
from .years import Scope, scope

BETWEEN = rf"(?:提高|提升|增加|增长|上升|扩大|发展|下降|降低|减少|压缩|缩短|升|增|降)[到至](?:{labels.DATE}|的)*$"
WAYS_OF_COUNTING = r"方面|环节|层面|阶段|方向|维度|部分|步骤|等级|层次|档次|要素|角度|一体|字|转变|结合|统一|同步"
# Numbers refused for these reasons stand within the name of what the next number counts.
PART_OF_A_NAME = {"a name in quotation marks", "the name of a document", "one as an article", "a way of counting"}


@dataclass(frozen=True)
class Clause:
    """A number that a plan promises: where it stands, what it counts, by when, and how it is put."""

    paragraph: Paragraph
    start: int  # of the sentence, in the compact text
    end: int
    quantity: Quantity  # its places are those of the sentence
    label: Label
    scope: Scope
    lead: str  # what stands before the number, back to the number before it
    wish: bool
    baseline: Quantity | None = None
    baseline_year: int | None = None
    rules: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def printed(self) -> str:
        """Return the sentence as printed."""
        return re.sub(r"\s*\n\s*", "", self.paragraph.quote(self.start, self.end))

    @property
    def printed_target(self) -> str:
        """Return the number as printed, with the words that bind it."""
        quantity = self.quantity
        return re.sub(r"\n\s*", "", self.paragraph.quote(self.start + quantity.start, self.start + quantity.end))


@dataclass(frozen=True)
class LeftOut:
    """A number with a measure word that is proposed as no target, and the rule that says so."""

    place: str
    printed: str
    reason: str


@dataclass
class Read:
    """What was read in a plan's prose."""

    clauses: list[Clause] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


@dataclass(frozen=True)
class Sentence:
    """A sentence of a paragraph and what stands around it."""

    paragraph: Paragraph
    start: int
    text: str
    wider: Scope  # by when the sentences before promise
    issued: int | None


def read(paragraphs: Iterable[Paragraph], symbols: Iterable[str], issued: int | None) -> Read:
    """Return the promises in a plan's prose in order, and the numbers that are none."""
    found, known = Read(), tuple(symbols)
    carried = Scope()
    above: Paragraph | None = None
    for paragraph in paragraphs:
        wider = carried if above and _carries(above, paragraph) else Scope()
        for sentence in sentences(paragraph, wider, issued):
            _read(sentence, known, found)
            wider = _latest(sentence.text, wider, issued)
        if wider.year:
            carried, above = wider, paragraph
    return found


def sentences(paragraph: Paragraph, wider: Scope, issued: int | None) -> Iterable[Sentence]:
    """Yield the sentences of a paragraph, each under the dates of those before it."""
    for match in re.finditer(r"[^。！？；;!?]+", paragraph.compact):
        yield Sentence(paragraph, match.start(), match.group(), wider, issued)
        wider = _latest(match.group(), wider, issued)


def _latest(text: str, wider: Scope, issued: int | None) -> Scope:
    """Return the scope that later sentences take over: the year of this one where it lies ahead."""
    found = scope(text)
    ahead = found.year and (issued is None or found.year >= issued) and not _past(text)
    return Scope(found.year, found.month, found.first) if ahead else wider


def _carries(above: Paragraph, paragraph: Paragraph) -> bool:
    """Say whether a paragraph stands under the date of one above: a list after a colon, or one section of goals."""
    same = paragraph.headings[: len(above.headings)] == above.headings
    opens = above.compact.endswith(("：", ":")) or re.search(r"[：:]$|以下|如下", above.compact[-12:])
    goals = any("目标" in title for title in [*paragraph.titles, *above.titles])
    sibling = bool(above.headings) and paragraph.headings[:-1] == above.headings[:-1]
    return bool((same and opens) or (goals and above.headings and (same or sibling)))


# --- one sentence -------------------------------------------------------------------------------------------------


def _read(sentence: Sentence, symbols: tuple[str, ...], found: Read) -> None:
    """Add the promises of a sentence, and what it has that is none."""
    numbers = quantities.find(sentence.text, symbols)
    baselines = {after: before for before, after in pairwise(numbers) if _from_to(sentence.text, before, after)}
    accepted: list[Clause] = []
    before = 0
    for place, quantity in enumerate(numbers):
        if quantity in baselines.values():
            continue
        baseline = baselines.get(quantity)
        after = numbers[place + 1].start if place + 1 < len(numbers) else len(sentence.text)
        reason = refusal(sentence, quantity, before, listed=bool(accepted) or baseline is not None)
        if reason:
            found.left_out.append(_left_out(sentence, quantity, reason))
        else:
            accepted.append(_clause(sentence, quantity, baseline, (before, after), accepted))
        before = before if reason in PART_OF_A_NAME else quantity.end
    found.clauses.extend(_shared(_distributed(accepted, sentence)))


def _from_to(text: str, first: Quantity, second: Quantity) -> bool:
    """Say whether two numbers are the start and the end of one: 由120家增加到200家."""
    origin = re.search(rf"(?:由|从)(?:{labels.DATE}|的|约)*$", text[: first.start])
    return bool(origin and re.fullmatch(r"[，,]?.{0,4}" + BETWEEN, text[first.end : second.start]))


def _clause(
    sentence: Sentence, quantity: Quantity, baseline: Quantity | None, around: tuple[int, int], accepted: list[Clause]
) -> Clause:
    """Return one promise with its label, its scope and its wish."""
    before, after = around
    lead = sentence.text[before : quantity.start]
    if accepted and (re.match(r"[，,、]?其中", lead) or not re.search(rf"[{labels.STOPS}]", lead)):
        lead = accepted[-1].lead + lead  # one verb governs a list, and a whole together with its part
    until = baseline.start if baseline else quantity.start
    subject = accepted[-1].label.text if accepted else ""
    grown = replace(quantity, start=until)
    name = labels.label(
        sentence.text, grown if baseline else quantity, before, after, subject, grows=grows(lead, quantity)
    )
    near = scope(_part(sentence.text, quantity.start))
    own = _own_scope(sentence, quantity, lead, accepted)
    end = sentence.start + len(sentence.text)
    clause = Clause(
        sentence.paragraph, sentence.start, end, quantity, name, own, lead, wish(sentence, quantity), baseline
    )
    inherits = "year-of-an-earlier-sentence" if own.year and not scope(sentence.text[: quantity.start]).year else ""
    rules = tuple(filter(None, (f"label-{name.side}-number", inherits, "every-year" if near.yearly else "")))
    return replace(clause, rules=rules, baseline_year=_start_year(sentence.text, baseline))


def _start_year(text: str, baseline: Quantity | None) -> int | None:
    """Return the year that stands with the start of 由2020年的120家增加到200家."""
    match = re.search(r"((?:19|20)\d\d)年?(?:底|末)?的?$", text[: baseline.start]) if baseline else None
    return int(match.group(1)) if match else None


def wish(sentence: Sentence, quantity: Quantity) -> bool:
    """Say whether a wish word stands in the sentence before the number."""
    return bool(re.search(lexicon.WISH, sentence.text[: quantity.start]))


def grows(lead: str, quantity: Quantity) -> bool:
    """Say whether a number is a growth, not a level: 增长20%, 提高2个百分点, 翻一番."""
    if quantity.doubling or quantity.unit in {"个百分点", "百分点"}:
        return True
    tail = re.split(rf"[{labels.STOPS}]", lead)[-1]
    if quantity.unit not in {"%", "倍"}:
        return False
    return bool(
        re.search(rf"(?:{lexicon.GROWTH_YEARLY}|{lexicon.GROWTH})(?:均|各|分别|再|约)?(?:{lexicon.REACH})?$", tail)
    ) and not re.search(rf"(?:{lexicon.GROWTH})[到至]$", tail)


def _part(text: str, place: int) -> str:
    """Return the part of a sentence between stops that leads to a place."""
    return re.split(rf"[{labels.STOPS}]", text[:place])[-1]


def _own_scope(sentence: Sentence, quantity: Quantity, lead: str, accepted: list[Clause]) -> Scope:
    """Return by when a number is promised: its own part's date, the sentence's, or that of the sentences before.

    每年 and 年均 reach over a list (年均登记80项、金额10亿元), not over a new part of the sentence.
    """
    before = scope(sentence.text[: quantity.start])
    near = scope(_part(sentence.text, quantity.start))
    listed = bool(accepted) and not re.search(rf"[{labels.STOPS}]", lead)
    yearly = near.yearly or bool(re.search(rf"(?:{lexicon.EVERY_YEAR})[，,]?[^，,]*$", sentence.text[: quantity.start]))
    mean = near.mean or (listed and accepted[-1].scope.mean)
    if near.yearly and accepted and not scope(lead).year and not before.first:
        before = Scope()  # the date belongs to the promise before
    own = replace(before, yearly=yearly or (listed and accepted[-1].scope.yearly), mean=mean)
    return own.under(sentence.wider)


def _left_out(sentence: Sentence, quantity: Quantity, reason: str) -> LeftOut:
    start, end = (
        sentence.start + max(0, quantity.start - 15),
        sentence.start + min(len(sentence.text), quantity.end + 10),
    )
    return LeftOut(sentence.paragraph.path, re.sub(r"\s*\n\s*", "", sentence.paragraph.quote(start, end)), reason)


# --- labels of several numbers --------------------------------------------------------------------------------------


def _distributed(clauses: list[Clause], sentence: Sentence) -> list[Clause]:
    """Return the clauses of a sentence, names before 分别 given to its numbers in their order."""
    for place, clause in enumerate(clauses):
        if "分别" not in clause.lead:
            continue
        names = labels.members(clause.label.text)
        names = names if len(names) > 1 else re.split(r"、|以及|[和与及]", clause.label.text)
        following = clauses[place : place + len(names)]
        if len(names) == len(following) > 1:
            doubt = "names before 分别 were given to the numbers in order"
            named = [
                replace(c, label=Label(n, "before"), doubts=(*c.doubts, doubt), rules=(*c.rules, "respectively"))
                for c, n in zip(following, names, strict=True)
            ]
            return [*clauses[:place], *named, *clauses[place + len(names) :]]
    return [
        _joined(clause, following, sentence) for clause, following in zip(clauses, [*clauses[1:], None], strict=False)
    ]


def _joined(clause: Clause, following: Clause | None, sentence: Sentence) -> Clause:
    """Return a clause with the noun that it shares with the next: 2个重点产业和3个重点领域的导航."""
    if (
        following is None
        or clause.label.side != "after"
        or following.label.side != "after"
        or "的" in clause.label.text
    ):
        return clause
    between = sentence.text[clause.quantity.end : following.quantity.start]
    shared = re.search(r"的[^的]+$", following.label.text)
    if not shared or not re.search(r"(?:和|与|及|、)$", between):
        return clause
    return replace(
        clause, label=Label(f"{clause.label.text}…{shared.group()}", "after"), rules=(*clause.rules, "shared-noun")
    )


def _shared(clauses: list[Clause]) -> list[Clause]:
    """Return one clause for each of the names that share a growth rate: 金额和项目数年均增长30%."""
    found: list[Clause] = []
    for clause in clauses:
        names = labels.members(clause.label.text) if grows(clause.lead, clause.quantity) else [clause.label.text]
        doubt = ("one number for several indicators: a row for each",) if len(names) > 1 else ()
        found.extend(
            replace(clause, label=Label(name, clause.label.side), doubts=clause.doubts + doubt) for name in names
        )
    return found


# --- what is no promise -----------------------------------------------------------------------------------------------


def refusal(sentence: Sentence, quantity: Quantity, before: int, *, listed: bool) -> str:
    """Return why a number promises nothing, empty where it does."""
    text = sentence.text
    lead, after = text[before : quantity.start], text[quantity.end :]
    if place := _enclosed(text, quantity):
        return place
    for reason, refused in (
        ("a rank", re.search(r"(?:前|第)$", lead)),
        (
            "a past achievement",
            _past(text[: quantity.end]) or _compared_with_last_year(text) or _old(sentence, quantity),
        ),
        (
            "a section on the present state",
            any(re.search(lexicon.STATUS_HEADINGS, title) for title in sentence.paragraph.titles),
        ),
        ("a grant or a sum of money to be spent", _granted(text, quantity)),
        ("a condition", _condition(text, quantity)),
        ("a way of counting", re.match(WAYS_OF_COUNTING, after)),
        ("a time limit", _limit(text, quantity)),
        ("one as an article", _article(text, quantity, lead, listed=listed)),
    ):
        if refused:
            return reason
    return "" if _promised(sentence, quantity, lead, listed=listed) else "no word that promises"


def _enclosed(text: str, quantity: Quantity) -> str:
    """Return the brackets or quotation marks that hold a number, as a reason."""
    for opening, closing, reason in (
        ("《", "》", "the name of a document"), ("“", "”", "a name in quotation marks"),
        ("(", ")", "an explanation in brackets"), ("〔", "〕", "an explanation in brackets"),
    ):  # fmt: skip
        if text.rfind(opening, 0, quantity.number_start) > text.rfind(closing, 0, quantity.number_start):
            return reason
    return ""


def _past(text: str) -> bool:
    """Say whether the last word of time before a place looks back."""
    text = re.sub(r"(?:现有|原有|目前|已有)[^，,]{0,6}基础上", "", text)
    past = [match.start() for match in re.finditer(lexicon.PAST, text)]
    ahead = [
        match.start()
        for match in re.finditer(
            rf"{lexicon.RESOLVE}|到(?:19|20)\d\d年|(?:19|20)\d\d年[^，,]{{0,4}}前|每年|将|期末", text
        )
    ]
    looks_back = re.search(r"截[至止]到?(?:19|20)\d\d年", text)
    return bool(past) and (not ahead or max(past) > max(ahead) or bool(looks_back and looks_back.end() >= max(ahead)))


def _compared_with_last_year(text: str) -> bool:
    """Say whether a sentence tells how numbers stand against last year's, which no promise does."""
    ahead = rf"{lexicon.RESOLVE}|到(?:19|20)\d\d年|每年"
    return bool(re.search(r"同比|环比|[较比]上年", text)) and not re.search(ahead, text)


def _old(sentence: Sentence, quantity: Quantity) -> bool:
    """Say whether the year of a number lies before the plan's own."""
    year = scope(sentence.text[: quantity.start]).year
    return bool(year and sentence.issued and year < sentence.issued)


def _granted(text: str, quantity: Quantity) -> bool:
    """Say whether a number is money that is given or spent, or the case that it is given for."""
    money = quantity.unit.endswith("元")
    lead = re.split(r"[，,]", text[: quantity.start])[-1]
    parts = re.split(r"[，,]", text[quantity.start :])
    # 对达到10件的企业，给予奖励: the grant stands in the next part, unless a date has promised the number before.
    near = lead + "，".join(parts[: 1 if scope(text[: quantity.start]).year else 2])
    if re.search(r"(?:给予|予以).{0,30}(?:奖励|补助|补贴|资助|支持)|一次性.{0,8}(?:奖励|补助|资助)", near):
        return True
    follows = re.split(r"[，,。]", text[quantity.end :])[0]
    paid = re.search(rf"{lexicon.SUBSIDY}|安排|投入|每[件家项个名人]", lead)
    rated = quantity.unit == "%" and re.search(r"奖励|补助|补贴|资助|贴息", lead)
    return bool(rated) or (
        money and bool(paid or re.match(r"支持|.{0,8}(?:奖励|奖金|补助|补贴|资助|经费|专项资金)", follows))
    )


def _limit(text: str, quantity: Quantity) -> bool:
    """Say whether a number is a deadline; how long a procedure is to take may be a target."""
    if not re.fullmatch(lexicon.DURATIONS, quantity.unit):
        return False
    return not re.search(r"压缩|缩短|压减|减少|降[低到至]|控制|平均", text[: quantity.start])


def _condition(text: str, quantity: Quantity) -> bool:
    """Say whether a number tells which firms or cases are meant: 10件以上的企业, 对3次以上违规的机构."""
    before, after = text[: quantity.start], text[quantity.end :]
    named = re.search(r"(?:对|凡)[^，,]*$", before) and re.match(r"[^，,]{0,12}的", after)
    owners = r"[^，,]{0,15}的(?:企业|单位|机构|个人|团队|项目|高校|园区)"
    if re.search(r"(?:拥有|具有|具备)$", before) and re.match(owners, after):
        return True  # 拥有10件以上专利的企业
    if quantity.unit == "%" and re.search(rf"(?:{lexicon.RESOLVE}|到(?:19|20)\d\d年)[^。]*$", before):
        return False  # 力争60%以上的案件在线办理: a share of all is promised
    if re.search(r"(?:设立|组建|建成|建立|建设|打造|新建)[^，,]{0,6}$", before):
        return False  # 设立规模2亿元的基金: the size of what is made
    return bool(named or re.match(r"的(?!目标|增[长速幅]|速度|水平)", after) or re.search(lexicon.CONDITION, before))


def _article(text: str, quantity: Quantity, lead: str, *, listed: bool) -> bool:
    """Say whether a Chinese numeral is no number but an article (一批) or part of a name (三项清单).

    One that is bound, that recurs, that is listed with a promise or that a verb or a date leads to is a number.
    """
    printed = text[quantity.number_start : quantity.end]
    if not quantity.chinese or quantity.bounded:
        return False
    if re.match(r"一", printed) and not re.match(r"一[百千万亿十]", printed):
        return not re.search(lexicon.EVERY_YEAR, lead) or quantity.unit in {"批", "站", "对", "体"}
    reached = re.search(rf"(?:{lexicon.REACH}|{lexicon.MAKING})$", lead)
    behind = not re.match(r"[\u4e00-\u9fff]", text[quantity.end :])  # its noun stands before it
    opens = not labels.trim(_part(text, quantity.start))
    dated = scope(text[: quantity.start])
    soon = re.search(r"[上下]半年|年底前|月底前|年内", text[: quantity.start])
    promised = dated.year or dated.yearly or soon or re.search(lexicon.RESOLVE, text) or listed
    return not ((reached or behind or opens) and promised)


def _promised(sentence: Sentence, quantity: Quantity, lead: str, *, listed: bool) -> bool:
    """Say whether words promise a number: it is bound, reached, made, grown, dated, or listed with one that is."""
    part = _part(sentence.text, quantity.start)
    verb = re.search(rf"(?:{lexicon.REACH})$", lead) or re.search(
        rf"{lexicon.MAKING}|{lexicon.DOING}|{lexicon.NEW}|{lexicon.RESOLVE}", part
    )
    if quantity.bounded or verb or grows(lead, quantity):
        return True
    if listed and not re.search(r"[。；;]", lead):
        return True
    before = scope(sentence.text[: quantity.start])
    made = re.match(rf"[^，,的]{{1,8}}(?:{lexicon.MAKING})", sentence.text[quantity.end :])
    if before.year and made and re.match(r"[\u4e00-\u9fff]", sentence.text[quantity.end :]):
        return True  # 2024年底前5个园区建成服务站
    dated = before.year or before.yearly or before.mean or re.search(lexicon.RESOLVE, sentence.text[: quantity.start])
    return bool(dated and re.search(rf"{labels.HEADS}$", labels.trim(part)))
