"""The figures, each in one module: its rows, its words and its drawing; nothing else knows how it is made."""

from .ambition import ambition_axes, ambition_score
from .commitments import dates_promised, money_promised
from .compare_levels import compare_levels
from .compare_verdicts import compare_verdicts
from .growth_rates import growth_rates
from .growth_shared import growth_shared
from .measures import measures_agencies, measures_themes
from .pathways_meetings import pathways_meetings
from .plans import plans_dimensions, plans_forms, plans_horizons
from .profile import profile_targets, profile_wording
from .progress import progress_assessable, progress_paths

__all__ = [
    "ambition_axes",
    "ambition_score",
    "compare_levels",
    "compare_verdicts",
    "dates_promised",
    "growth_rates",
    "growth_shared",
    "measures_agencies",
    "measures_themes",
    "money_promised",
    "pathways_meetings",
    "plans_dimensions",
    "plans_forms",
    "plans_horizons",
    "profile_targets",
    "profile_wording",
    "progress_assessable",
    "progress_paths",
]
