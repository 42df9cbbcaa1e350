"""From a plan's text to proposed rows of targets.csv: rules, not a model, so the same text gives the same rows.

In reading order: `numerals`, `lexicon` (words), `layout` (headings, paragraphs), `grids` (tables), `quantities`,
`years`, `labels`, `clauses` (prose), `basis`, `units`, `matching` (indicators), `rows`, `series`, `proposal`, `review`.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import UserError
from . import clauses, grids, layout, review, series, years
from .matching import Codebook
from .proposal import COLUMNS, Proposal, Row
from .rows import Maker
from .units import Units

if TYPE_CHECKING:
    from ..tables import Tables

__all__ = ["COLUMNS", "Proposal", "Row", "read", "write"]


def read(text: str, tables: "Tables", city_id: str) -> Proposal:
    """Return the rows that a plan's text proposes for a city, against the codebook and the units of some tables.

    Raises `UserError` for a text without any Chinese character, such as that of a scanned page.
    """
    if not any("\u4e00" <= char <= "\u9fff" for char in text):
        msg = f"The plan of {city_id!r} has no Chinese text. Give its text in UTF-8, not a scan or a translation."
        raise UserError(msg)
    maker = Maker(city_id, Codebook.of(tables.indicators, tables.targets), Units.of(tables.units, tables.targets))
    found, issued = grids.find(text), years.issued(text)
    prose = clauses.read(layout.paragraphs(found.lines), maker.units.printed_symbols, issued)
    rows = [made for row in found.rows for made in maker.of_table(row)]
    rows += [maker.of_clause(clause) for clause in prose.clauses]
    series.settle(rows, city_id)
    return Proposal(city_id, rows, prose.left_out, tuple(tables.targets.columns), issued)


def write(proposal: Proposal, folder: Path) -> None:
    """Write a proposal into a folder of the user's own: targets.csv, undecided/targets.csv and review.md."""
    review.write(proposal, Path(folder))
