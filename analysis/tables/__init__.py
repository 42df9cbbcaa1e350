"""Load, check and join the curated tables; nothing else reads `data/`.

In reading order: `frames` (the tables and their description), `folders` (their files), `overlay` (a user's own rows),
`cells`, `faults`, `against_schema` and `rules` (what a table must keep), `check` and `chosen`.
"""

from .cells import LONGEST_ID
from .check import CHECKED_VARIABLE, SHOWN_FAULTS, known_valid, load, require_valid, validate
from .chosen import join, select_cities, select_indicators
from .folders import (
    city_ids,
    city_names,
    combined,
    contents,
    digest,
    digests,
    indicator_ids,
    own_documents,
    own_files,
    snapshot,
)
from .frames import CURATED, READ_VARIABLE, SCHEMA, Tables, described, schema, table_fields

__all__ = [
    "CHECKED_VARIABLE",
    "CURATED",
    "LONGEST_ID",
    "READ_VARIABLE",
    "SCHEMA",
    "SHOWN_FAULTS",
    "Tables",
    "city_ids",
    "city_names",
    "combined",
    "contents",
    "described",
    "digest",
    "digests",
    "indicator_ids",
    "join",
    "known_valid",
    "load",
    "own_documents",
    "own_files",
    "require_valid",
    "schema",
    "select_cities",
    "select_indicators",
    "snapshot",
    "table_fields",
    "validate",
]
