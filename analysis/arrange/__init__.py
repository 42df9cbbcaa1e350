"""Arrange results for the charts: their figures in words, blocks, panels and labels."""

from .growth import comparable_groups, other_span, panel_rows, published, rate_labels, shared_panels
from .pathways import meeting_panels

__all__ = [
    "comparable_groups",
    "meeting_panels",
    "other_span",
    "panel_rows",
    "published",
    "rate_labels",
    "shared_panels",
]
