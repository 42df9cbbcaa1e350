"""What a number counts, by the words around it: a stock, a yearly flow, a running total or a growth."""

import re
from dataclasses import dataclass

from . import lexicon

STOCK = r"拥有|持有|保有|有效|存量|在册|留存"
ACTS = (
    r"授权|申请|登记|注册(?!商标)|转让|许可|交易|成交|运营|查处|办理|办结|受理|调解|培训|服务|融资|出口|进口"
    r"|产值|收入|投保|发行|活动"
)
BODIES = (
    r"企业|机构|单位|中心|基地|园区|集聚区|工作站|服务站|平台|高校|院所|联盟|人员|人才|代理师|律师|专员|专家"
    r"|用户|师$|库$"
)


@dataclass(frozen=True)
class Basis:
    """What a number runs over, whether the words state it, the other reading, and the evidence in both languages."""

    name: str
    status: str = "stated"
    alternative: str = ""
    note_en: str = ""
    note_zh: str = ""


def basis(label: str, lead: str, unit: str, *, remark: str = "", yearly: bool = False, mean: bool = False) -> Basis:
    """Return the basis of a level by its label, the words before the number, its unit and the table's remark.

    >>> basis("每万人口高价值发明专利拥有量", "", "件").name, basis("专利授权量", "", "件").alternative
    ('stock', 'cumulative')
    """
    return (
        _marked(label, lead, unit, remark, yearly=yearly, mean=mean)
        or _by_kind(label, unit)
        or _by_words(label, lead, unit)
    )


def growth(lead: str, unit: str, *, doubling: bool) -> Basis:
    """Return the basis of a growth.

    >>> growth("发明专利申请量年均增长", "%", doubling=False).name, growth("", "倍", doubling=True).name
    ('growth-rate', 'multiple')
    """
    if doubling or unit == "倍":
        return Basis("multiple")
    if unit in {"个百分点", "百分点"}:
        return Basis("change")
    return Basis("growth-rate" if re.search(rf"{lexicon.GROWTH_YEARLY}|每年", lead) else "growth-over-period")


def _marked(label: str, lead: str, unit: str, remark: str, *, yearly: bool, mean: bool) -> Basis | None:
    """Return the basis that a mark of its own states: 累计值, 年均, 每年, 新增."""
    lasting = re.search(rf"{STOCK}|每.{{0,2}}万人", label)
    if re.search(r"年均", remark + label) or mean:
        return Basis("period-mean")
    if yearly or re.search(r"年度|当年|全年|年进|年授|年申|年登|年交|年产|年服|年培|年新", label + remark):
        return Basis("flow")
    if re.search(rf"(?:{lexicon.NEW})[^，,]*$", lead) or re.match(lexicon.NEW, label):
        return Basis("new-in-period")
    if re.search(r"累计", remark + lead[-12:] + label):
        if lasting:
            return Basis("stock")
        if re.search(BODIES, label) and not unit.endswith("次"):
            why = "A running total of what exists is what exists at the date.", "存量指标的累计值，视为时点存量。"
            return Basis("stock", "inferred", "cumulative", *why)
        return Basis("cumulative")
    return None


def _by_kind(label: str, unit: str) -> Basis | None:
    """Return the basis that the kind of indicator gives: a score, a share, a rate."""
    if unit == "分" or re.search(r"满意度|得分|指数$", label):
        return Basis("score")
    if unit in {"%", ""} and re.search(r"占.*(?:比重|比例|比)$|占比|比重|比例|占.{2,}$", label):
        return Basis("share")
    if unit in {"%", ""} and re.search(r"率", label):
        return Basis("rate")
    if unit == "%":
        return Basis(
            "share", "inferred", "", "A per cent without a word for a rate or a growth.", "百分数，未写明为比率或增长。"
        )
    return None


def _by_words(label: str, lead: str, unit: str) -> Basis:
    """Return the basis of a count or of a sum of money, by what is counted."""
    if re.search(STOCK, label):
        return Basis("stock")
    if re.search(r"总量$", label):
        why = "总量 (total) is read as what is held at the date.", "“总量”视为时点拥有量。"
        return Basis("stock", "inferred", "cumulative", *why)
    if re.fullmatch(lexicon.DURATIONS, unit):
        why = "A length of time, read as it stands at the date.", "时长，视为时点水平。"
        return Basis("stock", "inferred", "", *why)
    if unit.endswith("元"):
        why = (
            "Money without 年 (yearly) or 累计 (cumulative), read as the sum of the year.",
            "金额无“年”或“累计”字样，视为当年数。",
        )
        return Basis("flow", "inferred", "cumulative", *why)
    if re.search(
        rf"^(?:{lexicon.DOING})|(?:{ACTS})[^的]{{0,3}}$|(?:{ACTS})(?:量|数|数量|次数|件数|总数)", label
    ) and not re.search(rf"(?:{BODIES})(?:数量?)?$", label):
        why = (
            "Acts without 年 (yearly) or 累计 (cumulative), read as those of the year.",
            "行为数无“年”或“累计”字样，视为当年数。",
        )
        return Basis("flow", "inferred", "cumulative", *why)
    if re.search(rf"(?:{lexicon.MAKING})(?![到至])[^，,]*$", lead):
        why = "To be built or completed by the date, counted up to it.", "至该时点建成或完成，视为累计数。"
        return Basis("cumulative", "inferred", "stock", *why)
    why = "A count without a word for years, read as what exists at the date.", "计数未写明期间，视为时点数。"
    return Basis("stock", "inferred", "" if re.search(BODIES, label) else "cumulative", *why)
