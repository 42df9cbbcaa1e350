"""Draw frames that are already computed; every function returns a figure without title and source."""

from .growth import growth_rates, shared_indicators
from .profile import target_rows, wording_grid

__all__ = ["growth_rates", "shared_indicators", "target_rows", "wording_grid"]
