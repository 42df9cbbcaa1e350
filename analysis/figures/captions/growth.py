"""Captions of the pace that the plans imply."""

from typing import Any

import pandas as pd

from ...language import part_of, say, sentences
from ...tables import Tables
from ..base import sources


def shared_indicators(panels: list[dict[str, Any]], shared: pd.DataFrame, tables: Tables, lang: str) -> dict[str, str]:
    """Return the caption of the panels of shared indicators; `shared` are the rows that they show."""
    title = _comparable(panels, lang)
    return {
        "title": title,
        "subtitle": say(
            lang,
            "Baseline ● to target ○ of indicators for which several cities state both; dashed: as promised; "
            "each panel has its own scale from zero",
            "多个城市均列有基期值●与目标值○的指标；虚线为承诺；各图自有刻度，均自零起",
        ),
        "source": sources(shared, tables, lang),
        "note": _shared_note(panels, shared, lang),
        "alt": sentences([title, *(_panel_as_text(panel, lang) for panel in panels)], lang),
    }


def _comparable(panels: list[dict[str, Any]], lang: str) -> str:
    """Return for how many of the shared indicators growth may be compared."""
    compared = len({panel["indicator"] for panel in panels if panel["lines"]})
    total = len({panel["indicator"] for panel in panels})
    chinese = f"{compared}项增长可比，{total - compared}项不可比"
    if compared in (0, total):
        chinese = f"{'均' * (total > 1)}{'增长可比' if compared else '增长不可比'}"
    return say(
        lang,
        f"Growth may be compared for {part_of(compared, total, 'indicator')} that cities share",
        f"城市共有的{total}项指标{'中' * (0 < compared < total)}，{chinese}",
    )


def _shared_note(panels: list[dict[str, Any]], shared: pd.DataFrame, lang: str) -> str:
    notes = []
    if any(len({(line["baseline_year"], line["target_year"]) for line in panel["lines"]}) > 1 for panel in panels):
        english = "Where years differ, growth is compared as a yearly rate."
        notes.append(say(lang, english, "起止年份不同者，以年率比较增长。"))
    if (shared["basis_status"] == "inferred").any():
        notes.append(say(lang, "† basis inferred.", "†口径为推定。"))
    return say(lang, " ", "").join(notes)


def _panel_as_text(panel: dict[str, Any], lang: str) -> str:
    ends = [line["label_end"].replace("\n", " ") for line in panel["lines"]]
    cells = ends or [*panel["stated"], *panel["reasons"]]
    name: str = panel["indicator"]
    return name + say(lang, ": ", "：") + say(lang, "; ", "；").join(cell.strip(".。") for cell in cells)
