"""The look of every figure: one font for both languages, one colour for each city, quiet axes."""

import re
from functools import cache
from pathlib import Path

import matplotlib as mpl
import pylopdf_fonts_zh_cn
import seaborn as sns
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ft2font import LoadFlags

WIDTH = 8.0  # inches: 768 px at the 96 px an inch of a report page
MARGIN = 0.12  # inches left and right of all text
# Pixels an inch of the PNG, and of every figure before it is written: at 100, hinting widens Chinese by up to 3 %.
RESOLUTION = 160

INK = "#1f2430"
QUIET = "#5d6472"  # 5.9:1 on white: small text stays readable
RULE = "#d9dce1"
PAPER = "#ffffff"
BENCHMARK = "#8a8f99"

# Tol (2021), picked and ordered so that all stay apart for the common kinds of colour blindness, and
# the first four in grey as well; measured in tests/test_style.py.
CITY_COLOURS = ("#009988", "#ddaa33", "#cc3311", "#004488", "#33bbee", "#882255", "#bb5566", "#0072b2")

# Closing marks never begin a line, opening ones never end it (GB/T 15834).
CLOSING = "，。、；：？！）)》〕”’％%"
OPENING = "（《〔“‘"


@cache
def font_family() -> str:
    """Register the Chinese font that the environment installs and return its family name."""
    path = Path(pylopdf_fonts_zh_cn.sans_path())
    font_manager.fontManager.addfont(path)
    return font_manager.FontProperties(fname=path).get_name()


def apply() -> None:
    """Set Matplotlib up for this project's figures, whatever the user's own settings are."""
    mpl.rcdefaults()
    sns.set_theme(style="white", context="notebook")
    mpl.rcParams.update(
        {
            # The Chinese font first: Matplotlib falls back along this list only. It holds the
            # Latin letters too, so that both languages share one face.
            "font.family": [font_family(), "DejaVu Sans"],
            "font.size": 10,
            "text.color": INK,
            "axes.labelcolor": QUIET,
            "axes.edgecolor": RULE,
            "axes.unicode_minus": True,
            "xtick.color": QUIET,
            "ytick.color": INK,
            "xtick.labelsize": 9,
            "ytick.labelsize": 9.5,
            "figure.facecolor": PAPER,
            "savefig.facecolor": PAPER,
            # Paths, not fonts: a reader needs no Chinese font, and bytes do not depend on the machine's.
            "svg.fonttype": "path",
            "svg.hashsalt": "city-ip-plans",
        }
    )


def canvas(height: float) -> Figure:
    """Return an empty figure of the standard width and a height in inches, ready to draw on."""
    apply()
    figure = Figure(figsize=(WIDTH, height), dpi=RESOLUTION)
    FigureCanvasAgg(figure)
    return figure


def panel(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Return axes placed in inches from the figure's lower left corner, without a frame."""
    across, up = figure.get_size_inches()
    axes = figure.add_axes((left / across, bottom / up, width / across, height / up))
    sns.despine(ax=axes, left=True, bottom=True)
    axes.tick_params(length=0)
    return axes


def city_colours(city_ids: list[str]) -> dict[str, str]:
    """Return one colour a city, by its place in cities.csv; beyond the palette colours repeat."""
    return {city: CITY_COLOURS[place % len(CITY_COLOURS)] for place, city in enumerate(city_ids)}


def readable(colour: str) -> str:
    """Return a colour darkened as little as makes text of it readable on white (WCAG 2.2 AA: 4.5 to 1)."""
    red, green, blue = mpl.colors.to_rgb(colour)
    shade = 1.0
    while 1.05 / (_luminance((red * shade, green * shade, blue * shade)) + 0.05) < 4.5:
        shade -= 0.02
    return mpl.colors.to_hex((red * shade, green * shade, blue * shade))


def _luminance(rgb: tuple[float, float, float]) -> float:
    """Return the relative luminance of an sRGB colour, 0 to 1 (WCAG 2.2)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def wrap(text: str, inches: float, size: float) -> str:
    """Return text broken into lines no wider than so many inches at a font size in points.

    English breaks at spaces, Chinese between characters, never before a closing mark.
    """
    lines, line = [], ""
    for piece in _pieces(text):
        if piece == "\n" or (line and text_width(line + piece.rstrip(), size) > inches):
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return "\n".join([*lines, line.rstrip()])


def text_width(text: str, size: float) -> float:
    """Return the width of one line of text in inches at a font size in points, kerning left out."""
    return sum(_advance(char) for char in text) * size / 72


@cache
def _advance(char: str) -> float:
    """Return the width of one character in units of the font size; laying out whole texts takes 1.5 ms each."""
    font = font_manager.get_font(font_manager.findfont(font_family()))
    font.set_size(100, 72)
    return font.load_char(ord(char), flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / 100


def _pieces(text: str) -> list[str]:
    """Split text where a line may break; a Chinese mark stays with its character, a place like 三（二）5 whole."""
    wide = rf"(?![{OPENING}])[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
    place = r"[一二三四五六七八九十]+（[一二三四五六七八九十]+）\d*[,，、;；.。]? ?"
    blank = r"[ \t]"
    amount = (
        rf"[{OPENING}]*\d[\d.,]*(?:[–-]\d[\d.,]*)?{wide}(?:/(?:{wide}){{1,2}})?[{CLOSING}]*"  # a number keeps its unit
    )
    latin = rf"[{OPENING}]*(?:(?!{wide})[^ \t\n])+[{CLOSING}]*{blank}*"
    marked = rf"[{OPENING}]*{wide}[{CLOSING}]*(?:\u00a0[†‡]+)?"
    return re.findall(rf"\n|{place}|{marked}|{amount}|{latin}|{blank}+|.", text)
