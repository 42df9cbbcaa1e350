"""Arrange results for the charts: their figures in words, blocks, panels and labels."""

from .growth import comparable_groups, other_span, panel_rows, published, rate_labels, shared_panels
from .progress import GROUP_OF, GROUPS, assessable, assessed, by_ratio, drawn, how_many, ladder, needed, progress_panels

__all__ = [
    "GROUPS",
    "GROUP_OF",
    "assessable",
    "assessed",
    "by_ratio",
    "comparable_groups",
    "drawn",
    "how_many",
    "ladder",
    "needed",
    "other_span",
    "panel_rows",
    "progress_panels",
    "published",
    "rate_labels",
    "shared_panels",
]
