"""Draw frames that are already computed; every function returns a figure without title and source."""

from .growth import growth_rates, shared_indicators
from .measures import agency_matrix, theme_matrix
from .profile import target_rows, wording_grid

__all__ = ["agency_matrix", "growth_rates", "shared_indicators", "target_rows", "theme_matrix", "wording_grid"]
