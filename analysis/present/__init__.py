"""Results as a reader meets them in a notebook: tables with headings in one language, and sentences."""

from .base import Sentences, Table, nothing
from .comparison import benchmark_sentences, pair_sentences, pairs
from .growth import growth, growth_sentences
from .plans import benchmark, left_open, left_open_sentences
from .profile import dates, documents, outcomes, profile_sentences, sums, targets

__all__ = [
    "Sentences",
    "Table",
    "benchmark",
    "benchmark_sentences",
    "dates",
    "documents",
    "growth",
    "growth_sentences",
    "left_open",
    "left_open_sentences",
    "nothing",
    "outcomes",
    "pair_sentences",
    "pairs",
    "profile_sentences",
    "sums",
    "targets",
]
