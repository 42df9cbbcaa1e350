"""Load, check and join the curated tables; nothing else reads `data/`.

In reading order: `datapackage` (what the tables are), `folders` (their files, and a user's own rows over them),
`select` (join and choose), `rules` (what must fit together) and `check` (the one checker, and loading).
"""

from .check import CHECKED_VARIABLE, LONGEST_ID, SHOWN_FAULTS, known_valid, load, require_valid, validate
from .datapackage import (
    CURATED,
    READ_VARIABLE,
    SCHEMA,
    Cells,
    Fault,
    Record,
    Tables,
    columns,
    described,
    schema,
    table_fields,
    tokens,
)
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
from .select import join, select_cities, select_indicators

__all__ = [
    "CHECKED_VARIABLE",
    "CURATED",
    "LONGEST_ID",
    "READ_VARIABLE",
    "SCHEMA",
    "SHOWN_FAULTS",
    "Cells",
    "Fault",
    "Record",
    "Tables",
    "city_ids",
    "city_names",
    "columns",
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
    "tokens",
    "validate",
]
