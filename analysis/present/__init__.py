"""Results as a reader meets them in a notebook: tables with headings in one language, and sentences."""

from .ambition import goalposts, leave_one_out, verdict_sentences
from .base import Sentences, Table, nothing
from .comparison import benchmark_sentences, pair_sentences, pairs
from .growth import growth, growth_sentences
from .pathways import catch_up, catch_up_sentences
from .plans import benchmark, left_open, left_open_sentences
from .profile import dates, documents, outcomes, profile_sentences, sums, targets

__all__ = [
    "Sentences",
    "Table",
    "benchmark",
    "benchmark_sentences",
    "catch_up",
    "catch_up_sentences",
    "dates",
    "documents",
    "goalposts",
    "growth",
    "growth_sentences",
    "leave_one_out",
    "left_open",
    "left_open_sentences",
    "nothing",
    "outcomes",
    "pair_sentences",
    "pairs",
    "profile_sentences",
    "sums",
    "targets",
    "verdict_sentences",
]
