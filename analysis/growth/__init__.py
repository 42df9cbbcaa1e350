"""How fast a plan wants to go: growth figures, and which of them may be published for which target.

In reading order: `formulas`, `cautions` (why a figure is withheld, and what to bear in mind), `table`.
"""

from .cautions import WITHHELD
from .formulas import annual_change, cagr, doubling_time, gap_closed, multiple
from .table import GROWTH_COLUMNS, SMALL_BASE, growth_table

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
