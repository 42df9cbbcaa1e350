"""Results as a reader meets them in a notebook: tables with headings in one language, and sentences."""

from .ambition import by_choice, draws, goalposts, leave_one_out, score_rows, verdict_sentences
from .base import Sentences, Table, nothing
from .comparability import benchmark_sentences, pair_sentences, pairs, parent_sentences, per_head
from .growth import growth, growth_sentences
from .measures import (
    coverage_sentences,
    function_pairs,
    items,
    items_sentences,
    load_sentences,
    similarity,
    similarity_sentences,
    tasks,
    themes,
)
from .pathways import catch_up, catch_up_sentences
from .plans import benchmark, left_open, left_open_sentences
from .profile import dates, documents, outcomes, profile_sentences, sums, targets
from .progress import (
    benchmark_outcomes,
    not_assessed,
    outcome_columns,
    progress,
    progress_sentences,
    recurring,
    statuses,
)

__all__ = [
    "Sentences",
    "Table",
    "benchmark",
    "benchmark_outcomes",
    "benchmark_sentences",
    "by_choice",
    "catch_up",
    "catch_up_sentences",
    "coverage_sentences",
    "dates",
    "documents",
    "draws",
    "function_pairs",
    "goalposts",
    "growth",
    "growth_sentences",
    "items",
    "items_sentences",
    "leave_one_out",
    "left_open",
    "left_open_sentences",
    "load_sentences",
    "not_assessed",
    "nothing",
    "outcome_columns",
    "outcomes",
    "pair_sentences",
    "pairs",
    "parent_sentences",
    "per_head",
    "profile_sentences",
    "progress",
    "progress_sentences",
    "recurring",
    "score_rows",
    "similarity",
    "similarity_sentences",
    "statuses",
    "sums",
    "targets",
    "tasks",
    "themes",
    "verdict_sentences",
]
