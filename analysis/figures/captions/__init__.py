"""The words around every figure — finding, measure, source, caution, alternative text — computed from its data."""

from ..base import sources
from .ambition import ambition_axes, ambition_score, of_draws, sure
from .calendar import sums, time_line
from .growth import shared_indicators
from .levels import level_panels
from .measures import agency_matrix, not_recorded, theme_matrix
from .pathways import meeting, meetings
from .plans import dimension_grid, form_grid, horizons
from .profile import target_rows, wording_grid
from .progress import progress_assessable, progress_paths
from .verdicts import verdict_matrix

__all__ = [
    "agency_matrix",
    "ambition_axes",
    "ambition_score",
    "dimension_grid",
    "form_grid",
    "horizons",
    "level_panels",
    "meeting",
    "meetings",
    "not_recorded",
    "of_draws",
    "progress_assessable",
    "progress_paths",
    "shared_indicators",
    "sources",
    "sums",
    "sure",
    "target_rows",
    "theme_matrix",
    "time_line",
    "verdict_matrix",
    "wording_grid",
]
