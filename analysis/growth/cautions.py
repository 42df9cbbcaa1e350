"""Why a compound rate is withheld, and what to bear in mind with a figure that is given, in both languages."""

from functools import reduce

import pandas as pd

WITHHELD = {
    "score": {
        "en": "A score does not compound; it changes in points.",
        "zh": "得分不作复合增长，以分值变动表示。",
    },
    "share": {
        "en": "A share does not compound; it changes in percentage points.",
        "zh": "比重不作复合增长，以百分点变动表示。",
    },
    "cumulative": {
        "en": "A running total: its growth is not the growth of the yearly flow, so only the flow it implies is given.",
        "zh": "累计数的增长并非年度数的增长，故仅列其隐含的年均数。",
    },
    "period-mean": {
        "en": "A mean over years that are not stated: only the change of the mean is given, not a yearly rate.",
        "zh": "为未写明年份的年均值：仅列均值变动，不列年率。",
    },
    "base": {
        "en": "The baseline is not above zero, so there is no compound rate.",
        "zh": "基期值不大于零，无复合年均增长率。",
    },
    "target": {
        "en": "The target is below zero, so there is no compound rate.",
        "zh": "目标值小于零，无复合增长率。",
    },
    "growth-rate": {
        "en": "The target is itself a growth rate, not a level that grows.",
        "zh": "目标本身即为增长率，并非可计算增长的水平。",
    },
    "not-meaningful": {
        "en": "Growth of this indicator has no meaning.",
        "zh": "该指标的增长没有意义。",
    },
}
CAUTIONS = {
    "basis": {"en": "The basis is inferred.", "zh": "口径为推定。"},
    "open": {
        "en": "The text also allows another basis; both readings are given.",
        "zh": "原文亦容许另一口径，两种理解并列。",
    },
    "unit": {"en": "The source lost the unit; it is inferred.", "zh": "原文缺失单位，单位为推定。"},
    "period": {
        "en": "The plan's period ends before the target year does; both lengths are given.",
        "zh": "方案期间早于目标年年末结束，两种年数并列。",
    },
    "survey": {"en": "The survey is not named.", "zh": "未写明调查来源。"},
}
SMALL_BASE_CAUTION = {"en": ("Small base: ", "."), "zh": ("基数小：", "。")}


def withheld(frame: pd.DataFrame, lang: str) -> pd.Series:
    """Return why a compound rate is not given, missing where it is."""
    reason = frame["measure"].map(
        {"points": "score", "percentage-points": "share", "implied-flow": "cumulative", "mean-change": "period-mean"}
    )
    none = frame["measure"] == "none"
    compound = none & (frame["indicator_growth_measure"] == "compound")
    reason = reason.mask(none, "not-meaningful").mask(compound & (frame["target_value"] < 0), "target")
    reason = reason.mask(compound & (frame["baseline_value"] <= 0), "base")
    reason = reason.mask(frame["basis"] == "growth-rate", "growth-rate")
    return reason.map({key: text[lang] for key, text in WITHHELD.items()})


def cautions(frame: pd.DataFrame, lang: str) -> pd.Series:
    """Return the cautions of each row as one text, missing where there are none."""
    holds = {
        "basis": frame["basis_status"] == "inferred",
        "open": frame["alternative_basis"].notna(),
        "unit": frame["unit_status"] == "inferred",
        "period": frame["alternative_years"].notna() & (frame["alternative_years"] != frame["years"]),
        "survey": frame["basis"] == "score",
    }
    space = " " if lang == "en" else ""
    parts = [where.map({True: CAUTIONS[key][lang] + space, False: ""}) for key, where in holds.items()]
    text = reduce(lambda left, right: left + right, parts).str.strip()
    return text.mask(text == "")


def with_counts(caution: pd.Series, counts: pd.Series, lang: str) -> pd.Series:
    """Return the cautions with the counts of small bases at their end."""
    before, after = SMALL_BASE_CAUTION[lang]
    held = caution.loc[counts.index].fillna("")
    space = held.map({"": ""}).fillna(" " if lang == "en" else "")
    caution = caution.copy()
    caution.loc[counts.index] = held + space + before + counts + after
    return caution
