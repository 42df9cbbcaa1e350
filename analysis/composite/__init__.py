"""One number out of several, never without its doubt: normalise, weigh, aggregate, and see how far ranks hold.

Terms and formulas are those of the OECD/JRC Handbook on Constructing Composite Indicators (2008). In reading order:
`normalisation`, `aggregation`, `outranking`, `draws` (of other choices) and `sensitivity` (of ranks to them).
"""

from .aggregation import aggregate, rank, too_few
from .draws import decimals
from .normalisation import normalise
from .outranking import copeland, outranking
from .sensitivity import RankUncertainty, leave_one_out, rank_uncertainty

__all__ = [
    "RankUncertainty",
    "aggregate",
    "copeland",
    "decimals",
    "leave_one_out",
    "normalise",
    "outranking",
    "rank",
    "rank_uncertainty",
    "too_few",
]
