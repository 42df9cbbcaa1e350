"""Write figures: the one function that does so, and what it demands of every figure."""

import base64
import html
import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from .files import replace_file
from .language import check_language, say, word
from .paths import figures_folder, file_name, require_id
from .style import INK, MARGIN, QUIET, RESOLUTION, WIDTH, wrap

__all__ = ["SavedFigure", "file_name", "save_figure"]

TITLE_SIZE, SUBTITLE_SIZE, FOOTER_SIZE = 14.0, 10.5, 8.5
# What a figure is about, by the column of its data that says so: what a gallery is filtered by.
SUBJECTS = {"cities": "city_id", "indicators": "indicator_id", "dimensions": "dimension", "themes": "theme_id"}


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
