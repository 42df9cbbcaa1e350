"""Results as a reader meets them in a notebook: tables with headings in one language, and sentences."""

from .base import Sentences, Table, nothing
from .growth import growth, growth_sentences
from .plans import benchmark, left_open, left_open_sentences
from .profile import dates, documents, outcomes, profile_sentences, sums, targets
from .progress import (
    benchmark_outcomes,
    not_assessed,
    outcome_columns,
    progress,
    progress_sentences,
    statuses,
)

__all__ = [
    "Sentences",
    "Table",
    "benchmark",
    "benchmark_outcomes",
    "dates",
    "documents",
    "growth",
    "growth_sentences",
    "left_open",
    "left_open_sentences",
    "not_assessed",
    "nothing",
    "outcome_columns",
    "outcomes",
    "profile_sentences",
    "progress",
    "progress_sentences",
    "statuses",
    "sums",
    "targets",
]
