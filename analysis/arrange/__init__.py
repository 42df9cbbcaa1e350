"""Arrange results for the charts: their figures in words, blocks, panels and labels."""

from .growth import comparable_groups, other_span, panel_rows, published, rate_labels, shared_panels
from .levels import level_data, level_panels
from .verdicts import verdict_blocks, verdict_data

__all__ = [
    "comparable_groups",
    "level_data",
    "level_panels",
    "other_span",
    "panel_rows",
    "published",
    "rate_labels",
    "shared_panels",
    "verdict_blocks",
    "verdict_data",
]
