"""Imports without optional parts that take long to load."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

# jsonschema's grammar of international addresses takes 2 s to load (4.26, November 2026); neither a notebook nor a
# schema of tables has such an address to check.
ADDRESSES = "rfc3987_syntax"


@contextmanager
def without(*modules: str) -> Iterator[None]:
    """Let imports of these modules fail, and leave no trace of that."""
    missing = [name for name in modules if name not in sys.modules]
    sys.modules.update(dict.fromkeys(missing))  # type: ignore[arg-type]  # None is how Python notes what is not there
    try:
        yield
    finally:
        for name in missing:
            del sys.modules[name]
