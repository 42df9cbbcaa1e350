"""The frame of every HTML page: one look, the page's own Chinese font, one script that alone may run."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..language import say
from . import fonts

TEMPLATES = Path(__file__).parent.parent / "templates"
FONT_PLACE = "/*chinese-font*/"


def render(template: str, lang: str, *, script: str = "", images: str = "", **values: Any) -> str:
    """Return a page made from a template and its values, which are escaped unless the template says otherwise.

    `script` names a file beside the templates; its checksum is the only one that the page's policy
    lets run, so that text that slipped through as a script would still do nothing. `images` says where
    images may come from beside the page itself.
    """
    code = _script(script) if script else ""
    values |= {"lang": lang, "zh": lang == "zh", "other": say(lang, "zh", "en"), "image_source": images}
    values |= {"script": code, "script_source": _checksum(code) if code else "'none'"}
    page = _environment().get_template(template).render(values)
    return page.replace(FONT_PLACE, fonts.face(page, lang), 1)


def shorten(text: str, length: int = 200) -> str:
    """Return a text cut after its last whole sentence, else word, within a length.

    >>> shorten("One sentence. Another one.", 20), shorten("One sentence.")
    ('One sentence.', 'One sentence.')
    """
    if len(text) <= length:
        return text
    cut = text[:length]
    end = max(cut.rfind(". ") + 1, cut.rfind("。") + 1, cut.rfind("? ") + 1, cut.rfind("？") + 1)
    return cut[:end] if end else cut.rpartition(" ")[0] + " …"


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@cache
def _script(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _checksum(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"
