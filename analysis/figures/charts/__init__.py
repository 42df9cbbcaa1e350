"""Draw frames that are already computed; every function returns a figure without title and source."""

from .ambition import ambition_axes, ambition_score
from .calendar import sums, time_line
from .levels import level_panels
from .measures import agency_matrix, theme_matrix
from .pathways import meetings
from .plans import dimension_grid, form_grid, horizons
from .profile import target_rows, wording_grid
from .progress import progress_assessable, progress_paths
from .shared import shared_indicators
from .verdicts import verdict_matrix

__all__ = [
    "agency_matrix",
    "ambition_axes",
    "ambition_score",
    "dimension_grid",
    "form_grid",
    "horizons",
    "level_panels",
    "meetings",
    "progress_assessable",
    "progress_paths",
    "shared_indicators",
    "sums",
    "target_rows",
    "theme_matrix",
    "time_line",
    "verdict_matrix",
    "wording_grid",
]
