"""The words around every figure — finding, measure, source, caution, alternative text — computed from its data."""

from .base import sources
from .calendar import sums, time_line
from .growth import growth_rates, shared_indicators
from .measures import agency_matrix, theme_matrix
from .plans import dimension_grid, form_grid, horizons
from .profile import target_rows, wording_grid
from .progress import progress_assessable, progress_paths

__all__ = [
    "agency_matrix",
    "dimension_grid",
    "form_grid",
    "growth_rates",
    "horizons",
    "progress_assessable",
    "progress_paths",
    "shared_indicators",
    "sources",
    "sums",
    "target_rows",
    "theme_matrix",
    "time_line",
    "wording_grid",
]
