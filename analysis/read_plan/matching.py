"""The likeliest indicator of the codebook for a printed label: shared features, less what sets two names apart."""

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

import pandas as pd

# Words that mean the same in names of indicators; the right-hand one is compared.
SYNONYMS = (
    (r"地区生产总值|国内生产总值|生产总值", "GDP"),
    (r"著作权|版权", "版权"),
    (r"每?万人口?|每一万人口?", "每万人"),
    (r"每?百万人口?|每一百万人口?", "每百万人"),
    (r"贯标|贯彻《?企业知识产权管理规范》?(?:国家标准)?|知识产权管理规范|知识产权管理体系认证", "贯标"),
    (r"国际注册商标|商标国际注册", "国际注册商标"),
    (r"单位", "企业"),
    (r"融资额|融资总额|融资登记金额|融资金额|融资规模", "融资金额"),
    (r"贷款", "融资"),
    (r"融资登记额|融资登记金额", "融资金额"),
    (r"(?<!授权)(?<!申请)(?<!登记)总量", "拥有量"),
    (r"数量|总数|总额|件数|户数|家数|人数", ""),
    (r"拥有|持有|保有", "拥有"),
    (r"授予", "授权"),
    (
        r"(?:[河山湖][北南西东]|辽宁|吉林|黑龙江|江[苏西]|浙江|安徽|福建|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省级?",
        "省级",
    ),
    (r"知识产权\(专利权\)|知识产权（专利权）", "知识产权"),
    (r"GDP的?比例|GDP的?占比", "GDP比重"),
    (r"社会满意度|满意度得分|满意度指数", "满意度"),
    (r"全市|我市|本市|全部|的|等|与|和|及|、|，|…", ""),
)
# Words that set two indicators apart: each group names one quality, and a name has it or not.
_QUALIFYING = (
    "高价值 海外/境外/国外 PCT 马德里 发明专利 实用新型 外观设计 每万人 每百万人 拥有/有效 申请 授权 登记 "
    "优势 示范 试点 贯标 国家级 省级 市级 地理标志 商标 版权 植物新品种 集成电路 商业秘密 质押 担保 保险 "
    "证券化 许可 转让 转化 导航 交易 运营 密集型 占/比重 率 满意度 机构 代理师 代理 企业 高校 产业 增加值 "
    "金额/额 培训 行动 评价 案件 调解 一审 人口 进出口 重点产业 重点领域 集聚区 服务创新主体 奖 人才 中心 "
    "工作站 园区 标准 产值 植物 公证 软件 品牌 中介 师资 县 标志产品 专用标志 合同 商业 出口 收入"
)
QUALIFIERS = tuple(tuple(group.split("/")) for group in _QUALIFYING.split())
MISSING = 0.88  # what one qualifying word on one side only leaves of a score
# Words that make another indicator of the same noun weigh more.
NARROWING = dict.fromkeys(
    ("高价值", "海外", "PCT", "马德里", "发明专利", "实用新型", "外观设计", "每万人", "每百万人"), 0.75
)
LIKELY = 0.5  # below this an indicator is none of the codebook's
CLOSE = 0.1  # a runner-up that is nearer than this has to be ruled out by hand
DEFINED = 0.9  # a likeness with a definition counts for less than one with a name


@dataclass(frozen=True)
class Candidate:
    """An indicator of the codebook and how alike its names are to a label, from 0 to 1."""

    indicator_id: str
    score: float


@dataclass(frozen=True)
class Codebook:
    """The names of the indicators, how rare each of their features is, and the units that each may have."""

    names: dict[str, tuple[str, ...]]
    definitions: dict[str, str]
    kinds: dict[str, str]
    rarity: dict[str, float]

    @classmethod
    def of(cls, indicators: pd.DataFrame, targets: pd.DataFrame) -> "Codebook":
        """Return the codebook of some tables: names, definitions and labels printed for the indicator before."""
        labels = targets.groupby("indicator_id")["label_zh"].unique()
        rows = indicators.to_dict("records")
        names = {row["indicator_id"]: (row["name_zh"], *sorted({*labels.get(row["indicator_id"], ())})) for row in rows}
        return cls(
            names,
            {row["indicator_id"]: row["definition_zh"] for row in rows},
            {row["indicator_id"]: row["kind"] for row in rows},
            _rarity(names),
        )

    def candidates(self, label: str, unit_kind: str | None) -> list[Candidate]:
        """Return the indicators by their likeness to a label, the likeliest first.

        One whose kind the unit cannot have is left out: an amount of money is no number of registrations.
        """
        kind = unit_kind or _kind_of(label)
        fitting = [name for name, known in self.kinds.items() if _fits(known, kind)]
        found = [Candidate(name, round(self._score(label, name), 3)) for name in fitting]
        return sorted(found, key=lambda candidate: (-candidate.score, candidate.indicator_id))

    def _score(self, label: str, indicator: str) -> float:
        named = max(self.likeness(label, name) for name in self.names[indicator])
        return max(named, DEFINED * _contained(label, self.definitions[indicator]))

    def likeness(self, label: str, name: str) -> float:
        """Return how alike two names are, 0 to 1: by shared features, rare ones weighing more, less what sets apart."""
        first, second = features(label), features(name)
        shared, both = self._weight(first & second), self._weight(first) + self._weight(second)
        return 2 * shared / both * _penalty(qualities(label) ^ qualities(name)) if both else 0.0

    def _weight(self, found: Counter[str]) -> float:
        return sum(count * self.rarity.get(feature, self.rarity[""]) for feature, count in found.items())


def _rarity(names: dict[str, tuple[str, ...]]) -> dict[str, float]:
    """Return the weight of every feature: the fewer indicators have it, the more; at "" that of an unknown one."""
    held = Counter(feature for several in names.values() for feature in {f for name in several for f in features(name)})
    rarity = {feature: math.log(1 + len(names) / count) for feature, count in held.items()}
    return rarity | {"": math.log(1 + len(names) / 3)}


def _kind_of(label: str) -> str | None:
    """Return the kind that a label names by itself, for a growth, whose unit says nothing about the indicator."""
    if re.search(r"(?:金额|总额|额|产值|收入)$", label):
        return "money"
    return "share" if re.search(r"率$|比重$|占比$", label) else None


def _fits(kind: str, unit_kind: str | None) -> bool:
    return unit_kind is None or unit_kind == {"rate": "share"}.get(kind, kind)


@cache
def plain(name: str) -> str:
    """Return a name in the words that are compared.

    >>> plain("版权产业增加值占 GDP 比重") == plain("著作权产业增加值占地区生产总值比重")
    True
    """
    text = re.sub(r"\s|\(.*?\)|（.*?）|[“”\"]", "", name)
    for pattern, word in SYNONYMS:
        text = re.sub(pattern, word, text)
    return text


@cache
def features(name: str) -> Counter[str]:
    """Return what a name is compared by: its pairs of characters, and its qualifying words as wholes.

    >>> sorted(features("商标"))
    ['^商', '〈商标〉', '商标', '标$']
    """
    return _pairs(plain(name)) + Counter(f"〈{word}〉" for word in sorted(qualities(name)))


@cache
def qualities(name: str) -> frozenset[str]:
    """Return the qualifying words of a name.

    >>> sorted(qualities("海外发明专利授权量"))
    ['发明专利', '授权', '海外']
    """
    text = plain(name)
    return frozenset(group[0] for group in QUALIFIERS if any(word in text for word in group))


def _penalty(apart: frozenset[str]) -> float:
    """Return what qualifying words that only one of two names has leave of a score."""
    return math.prod(NARROWING.get(word, MISSING) for word in sorted(apart))  # in one order: the same last digit


def _contained(label: str, definition: str) -> float:
    """Return how much of a label a definition holds; its qualifying words must stand there too."""
    first, second = plain(label), plain(definition)
    pairs = _pairs(first)
    shared = sum((pairs & _pairs(second)).values()) / max(1, sum(pairs.values()))
    lacking = qualities(label) - qualities(definition)
    # A definition names much beside the indicator: a short label found in it proves little.
    return float(shared * MISSING ** len(lacking) * min(1.0, len(first) / 12))


def _pairs(text: str) -> Counter[str]:
    padded = f"^{text}$"
    return Counter(padded[place : place + 2] for place in range(len(padded) - 1))


def likely(candidates: list[Candidate]) -> str:
    """Return the indicator that a label names, empty where none is likely enough."""
    return candidates[0].indicator_id if candidates and candidates[0].score >= LIKELY else ""
