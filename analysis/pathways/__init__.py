"""Where a plan would stand between its ends, and when one city would stand where another stands.

In reading order: `shapes` (paths and the ways to count a lag), `table` (every pair that may be compared).
"""

from .shapes import SHAPES, catch_up, path, time_distance
from .table import CATCH_UP_COLUMNS, HORIZON, catch_up_table

__all__ = ["CATCH_UP_COLUMNS", "HORIZON", "SHAPES", "catch_up", "catch_up_table", "path", "time_distance"]
