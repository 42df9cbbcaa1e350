"""The words around every figure — finding, measure, source, caution, alternative text — computed from its data."""

from .base import sources
from .growth import growth_rates, shared_indicators
from .measures import agency_matrix, theme_matrix
from .profile import target_rows, wording_grid

__all__ = [
    "agency_matrix",
    "growth_rates",
    "shared_indicators",
    "sources",
    "target_rows",
    "theme_matrix",
    "wording_grid",
]
