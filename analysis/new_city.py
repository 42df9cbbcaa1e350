"""Make a folder of table stubs for another city: whole and valid, or not at all."""

import csv
import os
import re
import shutil
import unicodedata
from pathlib import Path

from . import tables
from .errors import UserError, quoted
from .files import resolved

GUIDE = Path(__file__).parent / "templates" / "new-city" / "README.md"
# The themes are the project's own coding frame, and goalposts are fixed: a new city is measured by them.
LEFT_OUT = {"themes", "goalposts"}


def make(city: str, to: Path | None = None) -> Path:
    """Make the stubs of a city's tables in a folder, by default `<city>-data` here, and return it.

    Raises `UserError` for an id that is none or taken, and for a folder that exists, that would lie
    among the curated tables or that cannot be written.
    """
    _require_id(city)
    folder = (to or Path(f"{city}-data")).absolute()
    resolved(folder.parent)
    _require_free(folder)
    draft = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        draft.mkdir()
        _write(city, draft)
        draft.rename(folder)
    except OSError as error:
        msg = f"{str(folder)!r} cannot be written ({error.strerror}). Choose another folder with --to."
        raise UserError(msg) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def _require_id(city: str) -> None:
    """Raise for an id that is not lower-case ASCII words joined by hyphens, or that is taken."""
    if len(city) > tables.LONGEST_ID:  # it becomes a part of names of files
        msg = f"{quoted(city)} is too long for a city id, which has {tables.LONGEST_ID} characters at most. Shorten it."
        raise UserError(msg)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", city):
        near = nearest_id(city)
        hint = f"Did you mean {near!r}?" if near else "Write a Chinese name in pinyin, such as qingdao."
        msg = f"{city!r} is no city id: use lower-case words of a-z and 0-9 joined by hyphens. {hint}"
        raise UserError(msg)
    taken = tables.city_names(tables.CURATED, "en")
    if city in taken:
        msg = f"{city!r} is {taken[city]} in data/cities.csv already. Choose another id; known: {', '.join(taken)}."
        raise UserError(msg)


def nearest_id(name: str) -> str:
    """Return the nearest valid id to a name, empty where the name has no Latin letter or digit.

    >>> nearest_id("Ürümqi City"), nearest_id("青岛")
    ('urumqi-city', '')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))


def _require_free(folder: Path) -> None:
    """Raise where the folder exists or would lie among the curated tables."""
    if folder.resolve().is_relative_to(tables.CURATED.resolve()):
        msg = f"{str(folder)!r} lies in the project's data/, which holds the curated tables only. Choose another --to."
        raise UserError(msg)
    if os.path.lexists(folder):
        msg = f"{str(folder)!r} exists already and is left as it is. Choose another folder with --to."
        raise UserError(msg)


def _write(city: str, folder: Path) -> None:
    """Write every stub and the guide."""
    rows = {
        "cities": {"city_id": city, "kind": "city", "name_en": city, "name_zh": city},
        "documents": {
            "document_id": f"{city}-plan",
            "city_id": city,
            "title_zh": "（待填：方案标题）",
            "title_en": "(to be filled in: title of the plan)",
            "issued_status": "missing",
        },
    }
    for resource in tables.schema()["resources"]:
        if resource["name"] in LEFT_OUT:
            continue
        columns = [field["name"] for field in tables.table_fields(resource["name"])]
        with (folder / resource["path"]).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows([rows[resource["name"]]] if resource["name"] in rows else [])
    guide = GUIDE.read_text(encoding="utf-8").replace("CITY", city)
    (folder / "README.md").write_text(guide, encoding="utf-8", newline="\n")
