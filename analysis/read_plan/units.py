"""The unit of a printed number: a row of units.csv by its symbol, or inferred where the plan lost it."""

import re
from collections import Counter
from dataclasses import dataclass

import pandas as pd

# Chinese measure words by the noun that they count; where a plan prints no unit, it is inferred from the label.
NOUNS = (
    (r"满意度|得分|指数$", "分"),
    (r"率$|比重|占比|比例", "%"),
    (r"专利|商标|案件|作品|版权|著作权|地理标志|品种|布图|申请|授权|诉讼", "件"),
    (r"代理师|律师|人员|人才|专员|专家|师$", "人"),
    (r"企业|机构|单位|高校|院所|中心|工作站", "家"),
)
HEADS = re.compile(r"(?:数量?|总量|总数|量)$")
GROWTHS = {"growth-rate", "growth-over-period", "multiple", "change"}
SHARE_POINTS = ("个百分点", "百分点")


@dataclass(frozen=True)
class Unit:
    """A unit of units.csv, how it is printed, and the evidence where it is inferred."""

    unit_id: str
    printed: str
    status: str
    kind: str | None = None
    note_en: str = ""
    note_zh: str = ""


@dataclass(frozen=True)
class Units:
    """The units by symbol, and those that the codebook's targets have."""

    ids: dict[str, str]
    kinds: dict[str, str]
    used: dict[str, str]  # the unit of an indicator's other targets
    symbols: dict[str, str]

    @classmethod
    def of(cls, units: pd.DataFrame, targets: pd.DataFrame) -> "Units":
        """Return the units of some tables."""
        rows = units.to_dict("records")
        levels = targets[targets["unit_id"].notna() & ~targets["basis"].isin(GROWTHS)]
        used = {
            str(name): Counter(sorted(group["unit_id"])).most_common(1)[0][0]
            for name, group in levels.groupby("indicator_id")
        }
        return cls(
            {row["symbol_zh"]: row["unit_id"] for row in rows},
            {row["unit_id"]: row["kind"] for row in rows},
            used,
            {row["unit_id"]: row["symbol_zh"] for row in rows},
        )

    @property
    def printed_symbols(self) -> list[str]:
        """Return the symbols as plans print them: of 件/万人 the 件."""
        return sorted({symbol.split("/")[0] for symbol in self.ids})

    def kind(self, symbol: str, label: str, basis: str) -> str | None:
        """Return the kind of a printed unit, None where it says nothing about the indicator."""
        found = self.printed(symbol, label, basis)
        return None if basis in GROWTHS or found is None else self.kinds.get(found)

    def printed(self, symbol: str, label: str, basis: str) -> str | None:
        """Return the id of a printed unit, in the base that the label names; None where units.csv has none."""
        if basis == "growth-rate":
            return self.ids.get("%/年")
        if symbol in SHARE_POINTS:
            return next((self.ids[word] for word in SHARE_POINTS if word in self.ids), None)
        base = per_head(label)
        if base and symbol not in {"%", "分"}:
            return self.ids.get(f"{symbol.split('/')[0]}/{base}")
        return self.ids.get(symbol)

    def of_number(self, symbol: str, label: str, basis: str, indicator: str) -> Unit:
        """Return the unit of a number; where none is printed, that of the indicator's other targets or of its noun."""
        if symbol:
            found = self.printed(symbol, label, basis)
            return Unit(found or "", symbol.split("/")[0], "printed", self.kinds.get(found or ""))
        if indicator in self.used:
            found = self.used[indicator]
            sign = self.symbols[found].split("/")[0]
            if sign[0] in "万亿":
                return Unit("", "", "inferred")  # whether the lost unit was 件 or 万件 cannot be told
            note = (
                f"The text has no unit; {sign} is that of the indicator's other targets.",
                f"原文无单位；按同一指标的其他目标推定为{sign}。",
            )
            return Unit(found, "", "inferred", self.kinds[found], *note)
        sign = noun_symbol(label)
        found = self.printed(sign, label, basis) if sign else None
        note = (
            f"The text has no unit; {sign} is what such a noun is counted in.",
            f"原文无单位；按所计名词推定为{sign}。",
        )
        return Unit(found or "", "", "inferred", self.kinds.get(found or ""), *(note if found else ("", "")))


def per_head(label: str) -> str:
    """Return the base of a label that counts per head, empty where it does not.

    >>> per_head("每万人口发明专利拥有量"), per_head("百万人发明专利申请量"), per_head("专利授权量")
    ('万人', '百万人', '')
    """
    match = re.search(r"每([一十百千]*万|千|百)人|^([十百千]?万)人", label)
    return (match.group(1) or match.group(2)).lstrip("一") + "人" if match else ""


def noun_symbol(label: str) -> str:
    """Return the measure word of the noun that a label ends with, empty where none is known.

    >>> noun_symbol("知识产权案件数量"), noun_symbol("执业专利代理师"), noun_symbol("专利代理机构")
    ('件', '人', '家')
    """
    head = HEADS.sub("", label)
    ends = [
        (match.end(), -place, symbol) for place, (noun, symbol) in enumerate(NOUNS) for match in re.finditer(noun, head)
    ]
    return max(ends)[2] if ends else ""
