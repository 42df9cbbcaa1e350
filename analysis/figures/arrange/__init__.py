"""Arrange results for the charts: their figures in words, blocks, panels and labels."""

from ...texts.base import inside, leader, wins
from ...texts.growth import other_span, published
from .ambition import axis_blocks, leaders, score_rows
from .growth import panel_rows, shared_panels
from .levels import level_data, level_panels
from .measures import most_named, theme_groups
from .pathways import meeting_panels
from .progress import GROUP_OF, GROUPS, assessable, assessed, by_ratio, drawn, how_many, ladder, needed, progress_panels
from .verdicts import verdict_blocks, verdict_data

__all__ = [
    "GROUPS",
    "GROUP_OF",
    "assessable",
    "assessed",
    "axis_blocks",
    "by_ratio",
    "drawn",
    "how_many",
    "inside",
    "ladder",
    "leader",
    "leaders",
    "level_data",
    "level_panels",
    "meeting_panels",
    "most_named",
    "needed",
    "other_span",
    "panel_rows",
    "progress_panels",
    "published",
    "score_rows",
    "shared_panels",
    "theme_groups",
    "verdict_blocks",
    "verdict_data",
    "wins",
]
