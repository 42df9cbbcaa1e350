"""Rules that the tables must keep beyond their schema: what is stated, what is inferred, what fits together.

In reading order: `common`, then the rules of `targets`, of the `codebook` around them, and of other `statements`.
"""

from ..faults import Fault
from ..frames import Tables
from . import codebook, statements, targets

__all__ = ["rule_faults"]


def rule_faults(tables: Tables) -> list[Fault]:
    """Return the faults of tables that keep their schema against the rules of the data model."""
    parts = (
        codebook.document_rules,
        codebook.unit_rules,
        codebook.indicator_rules,
        targets.target_rules,
        statements.other_rules,
        statements.measure_rules,
        codebook.observation_rules,
        codebook.goalpost_rules,
    )
    return [fault for part in parts for fault in part(tables)]
