"""Errors that a user can act on, and the nearest right answer to a wrong one."""

from collections.abc import Iterable
from difflib import get_close_matches

LISTED = 12  # more names than this hide the hint they follow
SHOWN = 120  # characters of what a user gave; more hide the rest of a message


class UserError(Exception):
    """A mistake in what the user gave; its text alone is shown, without a traceback."""


class DataError(UserError):
    """The tables hold faults; the text lists them."""


class UnitError(UserError, ValueError):
    """Two units have no common base, or a unit is unknown."""


def quoted(offender: object) -> str:
    """Return what a user gave in quotation marks, on one line and shortened where it is long.

    >>> quoted("weihei"), len(quoted("x" * 10_000))
    ("'weihei'", 143)
    """
    text = str(offender)
    return repr(text) if len(text) <= SHOWN else f"{text[:SHOWN]!r}… ({len(text):,} characters)"


def suggest(offender: object, known: Iterable[str]) -> str:
    """Return a sentence with the nearest right answer, if any, and the known ones if they are few.

    >>> suggest("weihei", ["haikou", "weihai"])
    "Did you mean 'weihai'? Known: haikou, weihai."
    """
    names = sorted(set(known))
    near = get_close_matches(str(offender)[:SHOWN].lower(), names, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]!r}?" if near else ""
    listing = f"Known: {', '.join(names) or 'none'}." if len(names) <= LISTED else f"{len(names)} are known."
    return f"{hint} {listing}".strip()
