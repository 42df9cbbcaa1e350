"""What a figure is made of, and the one function that writes it."""

import base64
import functools
import html
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, ParamSpec

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D, Transform, blended_transform_factory

from .. import style
from ..files import DRAWN_BY_VARIABLE, figures_folder, replace_file, require_id
from ..language import check_language, listed, say, word
from ..style import INK, MARGIN, QUIET, RESOLUTION, WIDTH, wrap
from ..tables import Tables, select_cities
from ..texts.base import Sentences

TITLE_SIZE, SUBTITLE_SIZE, FOOTER_SIZE = 14.0, 10.5, 8.5
# What a figure is about, by the column of its data that says so: what a gallery is filtered by.
SUBJECTS = {"cities": "city_id", "indicators": "indicator_id", "dimensions": "dimension", "themes": "theme_id"}


Arguments = ParamSpec("Arguments")


@dataclass(frozen=True)
class Picture:
    """A figure that is not drawn yet: its file's name, its words, the numbers that it shows, and how it is drawn.

    `words` are `title`, `subtitle`, `source`, `note` and `alt`, as `save_figure` takes them.
    """

    name: str
    words: dict[str, str]
    rows: pd.DataFrame
    draw: Callable[[], Figure]
    lang: str


class figure(Generic[Arguments]):  # noqa: N801  # a decorator
    """Make a function that plans a `Picture` one that draws, saves and shows it.

    Where there is nothing to draw, the function returns the sentence that says so, and this shows it. `plan` is the
    function itself: what a figure would say and show, without drawing it.
    """

    def __init__(self, plan: Callable[Arguments, Picture | Sentences]) -> None:
        self.plan = plan
        functools.update_wrapper(self, plan)

    def __call__(self, *args: Arguments.args, **options: Arguments.kwargs) -> "SavedFigure | Sentences":
        """Draw, save and show the figure."""
        planned = self.plan(*args, **options)
        if isinstance(planned, Sentences):
            return planned
        return save_figure(planned.draw(), planned.name, **planned.words, data=planned.rows, lang=planned.lang)


@dataclass(frozen=True)
class SavedFigure:
    """A written figure: where it is, and how a notebook shows it with its alternative text."""

    svg: Path
    png: Path
    csv: Path
    json: Path
    alt: str

    def __repr__(self) -> str:
        # Without its folder, which would make the same report differ between two machines.
        return f"{type(self).__name__}({self.svg.stem!r})"

    def _repr_html_(self) -> str:
        picture = base64.b64encode(self.svg.read_bytes()).decode("ascii")
        source = f"data:image/svg+xml;base64,{picture}"
        return f'<img class="figure" src="{source}" alt="{html.escape(self.alt)}" style="max-width:100%">'


def save_figure(
    figure: Figure,
    name: str,
    *,
    title: str,
    subtitle: str,
    source: str,
    note: str,
    alt: str,
    data: pd.DataFrame,
    lang: str,
) -> SavedFigure:
    """Set a figure's title and footer and write it as SVG, PNG, the CSV of the numbers drawn and the JSON of its words.

    The files are `<figures>/<lang>/<name>.*`; each replaces its predecessor whole or not at all.
    `title` states the finding, `subtitle` measure, unit and years, `source` the documents, `note`
    definitions and cautions (may be empty), `alt` what a reader who cannot see the figure needs.
    """
    check_language(lang)
    _demand(name, title=title, subtitle=subtitle, source=source, alt=alt)
    if data.empty:
        msg = f"The figure {name!r} has no data to go with it. Hand over the frame that was drawn."
        raise ValueError(msg)
    _frame(figure, title, subtitle, _footer(source, note, lang))
    folder = figures_folder() / lang
    files = {suffix: folder / f"{name}.{suffix}" for suffix in ("svg", "png", "csv", "json")}
    words = {"title": title, "subtitle": subtitle, "source": source, "note": note, "alt": alt, "about": _about(data)}
    words["drawn_by"] = _drawn_by(folder)
    replace_file(files["svg"], lambda path: figure.savefig(path, format="svg", metadata={"Date": None, "Title": title}))
    replace_file(files["png"], lambda path: figure.savefig(path, format="png", dpi=RESOLUTION))
    replace_file(files["csv"], lambda path: data.to_csv(path, index=False, lineterminator="\n", float_format="%.10g"))
    text = json.dumps(words, ensure_ascii=False, indent=1) + "\n"
    replace_file(files["json"], lambda path: path.write_text(text, encoding="utf-8", newline="\n"))
    return SavedFigure(**files, alt=alt)


def _demand(name: str, **texts: str) -> None:
    """Raise for a name that is no id, and for a text that is empty."""
    require_id(name, "a figure")
    for what, text in texts.items():
        if not text.strip():
            msg = f"The figure {name!r} has no {what}. Every figure states its {what}."
            raise ValueError(msg)


def _about(data: pd.DataFrame) -> dict[str, list[str]]:
    """Return the cities, indicators, dimensions and themes of which the data hold a column, in their order there."""
    return {
        subject: [str(value) for value in data[column].dropna().unique()]
        for subject, column in SUBJECTS.items()
        if column in data
    }


def _drawn_by(folder: Path) -> dict[str, Any]:
    """Return which report draws this figure, and after how many others; nothing outside a build."""
    report = os.environ.get(DRAWN_BY_VARIABLE)
    return json.loads(report) | {"place": len([*folder.glob("*.json")])} if report else {}


def _footer(source: str, note: str, lang: str) -> str:
    colon = say(lang, ": ", "：")
    lines = [f"{word('source', lang)}{colon}{source}"]
    return "\n".join([*lines, f"{word('note', lang)}{colon}{note}"] if note else lines)


def _frame(figure: Figure, title: str, subtitle: str, footer: str) -> None:
    """Grow the figure by a head and a foot, and set the texts there; what is drawn keeps its size."""
    wanted = ((title, TITLE_SIZE, INK), (subtitle, SUBTITLE_SIZE, QUIET), (footer, FOOTER_SIZE, QUIET))
    texts = [
        figure.text(
            MARGIN / WIDTH, 0, wrap(text, WIDTH - 2 * MARGIN, size), size=size, color=colour, va="top", linespacing=1.25
        )
        for text, size, colour in wanted
    ]
    heights = [text.get_window_extent().height / figure.dpi for text in texts]
    height = _grow(figure, head=heights[0] + heights[1] + 0.32, foot=heights[2] + 0.24)
    tops = (height - 0.1, height - 0.17 - heights[0], heights[2] + 0.08)
    for text, top in zip(texts, tops, strict=True):
        text.set_y(top / height)


def _grow(figure: Figure, *, head: float, foot: float) -> float:
    """Add inches above and below all axes and return the new height."""
    old: float = figure.get_size_inches()[1]
    height = head + old + foot
    figure.set_size_inches(WIDTH, height)
    for axes in figure.axes:
        left, bottom, width, up = axes.get_position().bounds
        axes.set_position((left, (bottom * old + foot) / height, width, up * old / height))
    return height


def city_colours(plans: Tables) -> dict[str, str]:
    """Return one colour a city, the same in every figure, however few of the cities it shows."""
    return style.city_colours(select_cities(plans))


def page(figure: Figure, height: float) -> Axes:
    """Return axes that cover the figure, in inches from its upper left corner."""
    axes = style.panel(figure, 0, 0, style.WIDTH, height)
    axes.set(xlim=(0, style.WIDTH), ylim=(height, 0))
    axes.set_axis_off()
    return axes


def inches(axes: Axes) -> Transform:
    """Return a transform with inches from the axes' left edge across and data upwards."""
    width = axes.get_position().width * style.WIDTH
    return blended_transform_factory(Affine2D().scale(1 / width, 1) + axes.transAxes, axes.transData)


def patch() -> dict[str, Any]:
    """Return a white patch behind a text that a line would cross."""
    return {"facecolor": style.PAPER, "edgecolor": "none", "pad": 1.2}


def upwards(wanted: list[float], height: float) -> list[float]:
    """Return places at or above the wanted ones, each at least a height above the last."""
    placed: list[float] = []
    for y in wanted:
        placed.append(max(y, placed[-1] + height) if placed else y)
    return placed


def lines(*texts: str) -> int:
    """Return how many lines the longest of some texts has."""
    return max(text.count("\n") + 1 for text in texts)


def sources(frame: pd.DataFrame, tables: Tables, lang: str) -> str:
    """Return the documents of some rows with their table rows and items.

    `frame` has `document_id` and `locator`; consecutive table rows are drawn together. A document whose
    rows have no place was not read itself, and is cited as reported.
    """
    cited = say(lang, "{}{}, {}", "《{}》{}，{}")
    reported = say(lang, "as reported", "依报道")
    parts = []
    used = tables.documents[tables.documents["document_id"].isin(frame["document_id"])]
    for document in used.to_dict("records"):
        places = frame.loc[frame["document_id"] == document["document_id"], "locator"]
        number = "" if pd.isna(document["number"]) else say(lang, " ({})", "（{}）").format(document["number"])
        place = _places(places.dropna(), lang) or reported
        parts.append(cited.format(document[f"title_{lang}"], number, place))
    return say(lang, "; ", "；").join(parts) + say(lang, ".", "。")


def _places(places: pd.Series, lang: str) -> str:
    rows = sorted({int(place.removeprefix("table:")) for place in places if place.startswith("table:")})
    items = list(dict.fromkeys(place for place in places if not place.startswith("table:")))
    parts = []
    if rows:
        spans = listed(_spans(rows), lang)
        parts.append(say(lang, f"indicator table row{'s' * (len(rows) > 1)} {spans}", f"指标表第{spans}行"))
    if items:
        parts.append(say(lang, f"item{'s' * (len(items) > 1)} ", "条目") + listed(items, lang))
    return say(lang, " and ", "及").join(parts)


def _spans(rows: list[int]) -> list[str]:
    """Return runs of numbers as spans.

    >>> _spans([1, 2, 3, 7])
    ['1–3', '7']
    """
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][-1] + 1:
            spans[-1].append(row)
        else:
            spans.append([row])
    return [f"{span[0]}–{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans]
