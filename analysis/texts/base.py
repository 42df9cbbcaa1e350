"""What the tables and sentences share: their HTML, and places in documents in words."""

import html
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..language import lower_first, say, word
from ..tables import Tables

# JupyterLab sets cells to the right and centres captions; our own pages have a style for all of this.
LAB_STYLE = (
    "<style>.jp-RenderedHTMLCommon table.report :is(td, th, caption) "
    "{ text-align: left; vertical-align: top; white-space: normal }</style>\n"
)


@dataclass(frozen=True)
class Table:
    """A frame whose columns are already words; shown as a plain HTML table with a caption."""

    frame: pd.DataFrame
    caption: str

    def _repr_html_(self) -> str:
        body = LAB_STYLE + self.frame.to_html(index=False, border=0, na_rep="", classes="report", justify="left")
        return body.replace("<thead>", f"<caption>{html.escape(self.caption)}</caption>\n  <thead>", 1)


@dataclass(frozen=True)
class Sentences:
    """Sentences computed from the tables, shown as a paragraph."""

    text: str

    def _repr_html_(self) -> str:
        return f'<p class="finding">{html.escape(self.text)}</p>'


def table(columns: dict[str, Any], caption: str, lang: str) -> Table:
    """Return columns, named by keys of `words.WORDS`, as a table; missing cells are empty."""
    return titled({word(key, lang): cells for key, cells in columns.items()}, caption)


def titled(columns: dict[str, Any], caption: str) -> Table:
    """Return columns under their headings as a table; missing cells are empty."""
    frame = pd.DataFrame({heading: pd.Series(list(cells)).astype("object") for heading, cells in columns.items()})
    return Table(frame.fillna(""), caption)


def places(frame: pd.DataFrame, tables: Tables, lang: str) -> list[str]:
    """Return the document number and the place of every row."""
    documents = tables.documents.set_index("document_id")
    numbers = documents["number"].fillna(documents[f"title_{lang}"])
    row_of = say(lang, "{}, table row {}", "{}指标表第{}行")
    item_of = say(lang, "{}, item {}", "{}条目{}")
    return [
        row_of.format(numbers[row["document_id"]], row["locator"].removeprefix("table:"))
        if row["locator"].startswith("table:")
        else item_of.format(numbers[row["document_id"]], row["locator"])
        for row in frame.to_dict("records")
    ]


NOTHING = {
    "no-rates": ("No target chosen here can have a compound rate.", "所选目标均不能计算复合增长率。"),
    "no-money": ("The chosen documents name no sum of money.", "所选文件未写明资金。"),
    "no-dates": (
        "The chosen documents date no commitment without a number.",
        "所选文件未作有期限而无数值的承诺。",
    ),
    "no-outcomes": ("No outcome is known for the chosen cities.", "所选城市尚无已知结果。"),
    "no-axes": (
        "None of the chosen cities has a target whose ambition may be compared.",
        "所选城市没有可比较雄心的目标。",
    ),
    "no-score": (
        "No two of the chosen cities have enough comparable indicators for a score.",
        "所选城市中，可比指标足以评分的不足两个。",
    ),
    "no-meetings": (
        "No two of the chosen cities have targets of which both the levels and the growth may be compared.",
        "所选城市中没有水平与增长均可比的目标。",
    ),
    "no-rates-meet": (
        "No target of which levels and growth may both be compared goes on at a rate; the table has the amounts.",
        "水平与增长均可比的目标均不按增长率延长，按固定增量的结果见表。",
    ),
    "no-pairs": ("The chosen cities share no indicator.", "所选城市没有共同的指标。"),
    "no-benchmark": (
        "The nation sets no target for an indicator of the chosen cities.",
        "所选城市的指标均未设全国目标。",
    ),
    "no-province": (
        "No target of the chosen cities may be put beside one of its province.",
        "所选城市没有可与所属省份目标并列的目标。",
    ),
    "no-per-head": (
        "No count can be divided by residents in two of the chosen cities.",
        "所选城市没有两座以上可按常住人口平均的数量目标。",
    ),
    "no-recurring": (
        "Of no target for every year is a year known.",
        "逐年目标均无已公布的实际值。",
    ),
    "no-targets": ("The chosen cities set no target for the chosen indicators.", "所选城市未就所选指标设定目标。"),
    "no-progress": ("No target chosen here can be assessed.", "所选目标均无法评估。"),
    "all-progress": ("Every target chosen here can be assessed.", "所选目标均可评估。"),
    "no-national-outcome": ("No national outcome is known for the chosen indicators.", "所选指标尚无已知的全国结果。"),
    "no-shared": ("The chosen cities share no indicator with a baseline.", "所选城市没有共同列有基期值的指标。"),
    "no-figure": ("There is nothing to draw for the chosen cities.", "所选城市没有可绘制的内容。"),
    "no-measures": ("No measures are recorded for the chosen cities.", "所选城市的举措未录入。"),
    "no-likeness": ("It takes two cities with tasks to compare plans.", "须有两个列有任务的城市方可比较。"),
    "no-lists": (
        "The chosen documents hold no list of responsible units: not stated, which is not zero.",
        "所选文件没有责任单位名单：未写明，不等于零。",
    ),
}


def nothing(key: str, lang: str) -> Sentences:
    """Return a sentence in place of a figure that would be empty."""
    return Sentences(say(lang, *NOTHING[key]))


def wins(frame: pd.DataFrame, column: str, by: str) -> pd.Series:
    """Return over how many groups of a frame each city alone is highest, the most first; equal heights have none."""
    highest = frame[column] == frame.groupby(by)[column].transform("max")
    return frame[highest].drop_duplicates(by, keep=False)["city"].value_counts()


def leader(frame: pd.DataFrame, column: str, by: str) -> tuple[str, int] | None:
    """Return the city that is highest most often over the groups of a frame, and how often; a tie has no leader."""
    found = wins(frame, column, by)
    if found.empty or (found == found.iloc[0]).sum() > 1:
        return None
    return str(found.index[0]), int(found.iloc[0])


def in_sentence(name: str, tables: Tables) -> str:
    """Return an indicator's name inside an English sentence; the names of cities and provinces keep their capital."""
    places = tables.cities[["name_en", "province_en"]].to_numpy().ravel()
    return lower_first(name, [place for place in places if isinstance(place, str)])
