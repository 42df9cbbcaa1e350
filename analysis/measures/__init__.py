"""What the plans do and who is to do it: themes of tasks, likeness of plans, lists of responsible units.

In reading order: `counts` (by document), `themes`, `functions` (names of what agencies do), `agencies`.
"""

from .agencies import agency_load, co_responsibility
from .counts import items
from .themes import chance_range, coverage, similarity

__all__ = ["agency_load", "chance_range", "co_responsibility", "coverage", "items", "similarity"]
