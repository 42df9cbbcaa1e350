"""Whether two targets may be put side by side: by level, by growth, or not at all, with the reasons.

In reading order: `reasons`, `verdict` (of two targets), `pairs` (all of them).
"""

from .pairs import against_benchmark, among, group_numbers, groups, matrix
from .reasons import (
    BASIS_NAMES,
    BOTH,
    DIFFERENT_INDICATOR,
    DIFFERENT_SPAN,
    LEVELS,
    NO_BASELINE,
    SURVEY,
    WORDS,
    Reason,
    in_words,
    standing,
)
from .verdict import Verdict, compare

__all__ = [
    "BASIS_NAMES",
    "BOTH",
    "DIFFERENT_INDICATOR",
    "DIFFERENT_SPAN",
    "LEVELS",
    "NO_BASELINE",
    "SURVEY",
    "WORDS",
    "Reason",
    "Verdict",
    "against_benchmark",
    "among",
    "compare",
    "group_numbers",
    "groups",
    "in_words",
    "matrix",
    "standing",
]
