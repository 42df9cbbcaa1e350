"""How fast a plan wants to go: growth figures, and which of them may be published for which target."""

from .formulas import annual_change, cagr, doubling_time, gap_closed, multiple
from .table import GROWTH_COLUMNS, SMALL_BASE, WITHHELD, growth_table

__all__ = [
    "GROWTH_COLUMNS",
    "SMALL_BASE",
    "WITHHELD",
    "annual_change",
    "cagr",
    "doubling_time",
    "gap_closed",
    "growth_table",
    "multiple",
]
