"""Write the site: pages in both languages, the reports, the figures and the downloads, as plain files."""

import re
import shutil
import tempfile
from pathlib import Path

from .. import workbook
from ..errors import UserError
from ..language import LANGUAGES, say
from ..reports import page
from ..tables import Tables, contents, load, schema
from .codebook import copy_for_excel
from .pages import MENU, Edition, edition, texts

MARK = ".nojekyll"  # GitHub Pages then serves every file as it is; here it also marks a folder as a site


def publish(out: Path, *, data: Path, made: Path) -> int:
    """Write the site into a folder and return how many pages it has, reports included.

    `made` is the folder with `reports/` and `figures/`. A site is replaced whole, or not at all; a folder
    that holds anything else is left alone, and so is one that cannot be written, with a `UserError`.
    """
    if out.exists() and not (out.is_dir() and ((out / MARK).is_file() or not any(out.iterdir()))):
        msg = f"{out} holds something other than a site. Give a new or an empty folder with --out."
        raise UserError(msg)
    plans = load(data)
    editions = [edition(lang, plans, made) for lang in LANGUAGES]
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".site-") as staging:
            draft = Path(staging) / "site"
            count = sum(_write(held, draft, made) for held in editions)
            _write_shared(plans, contents(data), draft)
            shutil.rmtree(out, ignore_errors=True)
            draft.replace(out)
    except OSError as error:
        msg = f"{error.filename or out} cannot be read or written ({error.strerror}). Choose another folder with --out."
        raise UserError(msg) from error
    return count


def _write(held: Edition, draft: Path, made: Path) -> int:
    """Write one language and return how many pages it has."""
    written = []
    for name, text in texts(held):
        _write_text(draft / held.lang / f"{name}.html", text)
        written.append(name)
    _copy_reports(held, made / "reports" / held.lang, draft / "reports" / held.lang)
    _copy_figures(held, made / "figures" / held.lang, draft / "figures" / held.lang)
    return len(written) + len(held.reports)


def _copy_reports(held: Edition, source: Path, target: Path) -> None:
    """Copy the reports, each with a way back to the site, and the tables beside them that they link to."""
    back = f'<a href="../../{held.lang}/index.html">{say(held.lang, *MENU[0][1:])}</a>'
    for report in held.reports:
        page = (source / f"{report.name}.html").read_text(encoding="utf-8")
        _write_text(target / f"{report.name}.html", page.replace("<!--home-->", back, 1))
        for table in sorted(set(re.findall(r'href="([a-z0-9-]+\.csv)"', page))):
            copy_for_excel(source / table, target / table)


def _copy_figures(held: Edition, source: Path, target: Path) -> None:
    target.mkdir(parents=True)
    for card in held.cards:
        for suffix in (".svg", ".png"):
            shutil.copyfile(source / f"{card.entry.name}{suffix}", target / f"{card.entry.name}{suffix}")
        copy_for_excel(source / f"{card.entry.name}.csv", target / f"{card.entry.name}.csv")


def _write_shared(plans: Tables, held: dict[str, bytes], draft: Path) -> None:
    """Write what both languages share: the first page, the tables and the workbook."""
    words = {name: schema()[name] for name in ("title", "title_zh", "description", "version")}
    _write_text(draft / "index.html", page.render_template("site/root.html.j2", "en", **words))
    (draft / MARK).touch()
    (draft / "data").mkdir()
    for table, content in held.items():
        path = draft / "data" / f"{table}.csv"
        path.write_bytes(content)
        copy_for_excel(path, path)
    workbook.write(plans, draft / "targets.xlsx")


def _write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
