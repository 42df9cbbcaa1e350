"""Every figure of a folder with its words, in the order in which the notebooks draw them."""

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path

from .. import files
from ..errors import UserError
from ..files import file_name, replace_file
from ..language import LANGUAGES, say
from ..reports.notebooks import Notebook

LAST = 1_000_000  # the place of a figure that no notebook names


@dataclass(frozen=True)
class Entry:
    """A figure of the gallery: its words, what it is about, its size in points, and the notebook that draws it."""

    name: str
    title: str
    subtitle: str
    source: str
    note: str
    alt: str
    about: dict[str, list[str]]
    width: int
    height: int
    notebook: Notebook | None
    chosen: bool = False  # drawn by a run about some cities or indicators only


@dataclass(frozen=True)
class Drawing:
    """A call in a notebook that draws a figure: the names it may give, and how much of them it spells out.

    `whole` is the pattern of its names where every list of parameters is empty, which means all.
    """

    pattern: re.Pattern[str]
    whole: re.Pattern[str]
    spelt_out: int
    notebook: Notebook


def entries(folder: Path, lang: str, notebooks: list[Notebook]) -> list[Entry]:
    """Return every figure of a language: in reading order where a notebook draws it, then by name.

    Raises `UserError` for a figure without its words or one that cannot be read.
    """
    drawings = [drawing for notebook in notebooks for drawing in drawn_by(notebook)]
    placed = []
    for path in (folder / lang).glob("*.svg"):
        place = _place(path.stem, drawings)
        placed.append((place, path.stem, _entry(path, drawings[place] if place < LAST else None)))
    return [entry for _, _, entry in sorted(placed, key=lambda found: found[:2])]


def drawn_by(notebook: Notebook) -> list[Drawing]:
    """Return the figures that a notebook's code names, in order, without running it."""
    found = []
    for cell in json.loads(notebook.path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            found += [_drawing(call.args[1], notebook) for call in _saves("".join(cell["source"]))]
    return [drawing for drawing in found if drawing]


def _saves(source: str) -> list[ast.Call]:
    """Return the calls of `save_figure` in some code, in order; none where it is not plain Python."""
    try:
        nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    except SyntaxError:
        return []
    calls = [node for node in nodes if getattr(node.func, "attr", "") == "save_figure" and len(node.args) > 1]
    return sorted(calls, key=lambda node: node.lineno)


def _drawing(name: ast.expr, notebook: Notebook) -> Drawing | None:
    """Return what a name in code may come to: what it spells out stays, what it computes may be anything."""
    parts = [name]
    if isinstance(name, ast.Call) and getattr(name.func, "attr", "") == "file_name":
        parts = name.args
    texts = [_spelt(part) for part in parts]
    if not any(texts):
        return None
    lists = {parameter for parameter, value in notebook.defaults.items() if isinstance(value, list)}
    empty = [isinstance(part, ast.Name) and part.id in lists for part in parts]
    pieces = [f"-{re.escape(text)}" if text else "(-.+)?" for text in texts]
    whole = "".join(piece for piece, left_out in zip(pieces, empty, strict=True) if not left_out)
    return Drawing(re.compile("".join(pieces)), re.compile(whole), sum(map(len, filter(None, texts))), notebook)


def _spelt(node: ast.expr) -> str | None:
    """Return what code spells out, as it stands in the names of files; nothing for what it computes."""
    return file_name(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _place(name: str, drawings: list[Drawing]) -> int:
    """Return the place of the drawing that spells out most of a name, `LAST` where none fits."""
    fitting = [place for place, drawing in enumerate(drawings) if drawing.pattern.fullmatch(f"-{name}")]
    return max(fitting, key=lambda place: (drawings[place].spelt_out, -place), default=LAST)


def _entry(path: Path, drawing: Drawing | None) -> Entry:
    words = path.with_suffix(".json")
    try:
        texts = json.loads(files.content(words))
        width, height = _size(path)
        notebook = drawing.notebook if drawing else None
        chosen = drawing is not None and not drawing.whole.fullmatch(f"-{path.stem}")
        return Entry(path.stem, **texts, width=width, height=height, notebook=notebook, chosen=chosen)
    except (UserError, OSError, ValueError, TypeError, RecursionError) as error:
        msg = f"The figure {path} lacks its words: {words.name} cannot be used ({error}). Draw it anew with make."
        raise UserError(msg) from error


def _size(path: Path) -> tuple[int, int]:
    """Return width and height of a picture, which keep its place on a page until it is loaded."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', path.read_text(encoding="utf-8"))
    if box is None:
        msg = f"{path.name} states no size"
        raise ValueError(msg)
    return round(float(box[1])), round(float(box[2]))


NAME = "README.md"
HEAD = """\
# Figures · 图

Generated by `make gallery`; do not edit. Each figure comes as SVG, PNG, the CSV of the numbers drawn and the JSON
of its words.
由 `make gallery` 生成，请勿手工修改。每幅图附SVG、PNG、所绘数值的CSV与文字的JSON。

[English](#english) · [中文](#中文)
"""


def text(folder: Path, notebooks: list[Notebook]) -> str:
    """Return the page of every figure in a folder, English before Chinese.

    What a run about some cities or indicators drew is its reader's own, and stays out.
    """
    parts = [HEAD]
    for lang in LANGUAGES:
        parts.append(f"## {say(lang, 'English', '中文')}\n")
        parts += [_figure(entry, lang) for entry in entries(folder, lang, notebooks) if not entry.chosen]
    return "\n".join(parts)


def write(page: str, path: Path) -> None:
    """Write the page; raises `UserError` where that cannot be, or there is no folder of figures."""
    if not path.parent.is_dir():
        msg = f"{path.parent} is no folder of figures. Make them first: make"
        raise UserError(msg)
    replace_file(path, lambda draft: draft.write_text(page, encoding="utf-8", newline="\n"))


def _figure(entry: Entry, lang: str) -> str:
    """Return a figure under its finding, with how to read it, its source and its files."""
    file = f"{lang}/{entry.name}"
    colon = say(lang, ": ", "：")
    words = [
        (say(lang, "How to read it", "看图说明"), entry.subtitle),
        (say(lang, "Note", "注"), entry.note),
        (say(lang, "Source", "来源"), entry.source),
    ]
    lines = [f"- **{name}**{colon}{plain(words)}" for name, words in words if words]
    files = " · ".join(f"[{suffix.upper()}]({file}.{suffix})" for suffix in ("svg", "png", "csv"))
    made_by = f" · [{entry.notebook.name}](../notebooks/{entry.notebook.path.name})" if entry.notebook else ""
    return f"### {plain(entry.title)}\n\n![{plain(entry.alt)}]({file}.svg)\n\n" + "\n".join(
        [*lines, f"- {files}{made_by}", ""]
    )


def plain(words: str) -> str:
    r"""Return a text that Markdown shows as it is, on one line.

    >>> print(plain("<b> [a](b) *c*"))
    &lt;b&gt; \[a\](b) \*c\*
    """
    escaped = re.sub(r"([\\`*_\[\]|#~])", r"\\\1", words)
    return " ".join(escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split())
