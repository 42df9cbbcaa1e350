"""Check the tables, and load them where they hold no fault."""

import os
import tempfile
from dataclasses import replace
from pathlib import Path

from ..errors import DataError
from ..files import data_folder
from .faults import Fault, file_faults
from .folders import digest, laid, own_files, read
from .frames import CURATED, Tables, described, schema
from .overlay import Places

# Set by a build to the digest of tables it has checked, so that its notebooks do not check them again.
CHECKED_VARIABLE = "IP_PLANS_CHECKED"
SHOWN_FAULTS = 12  # as many as one screen holds


def validate(data: Path | None = None) -> list[Fault]:
    """Return the faults of the tables in a folder; an empty list means that they may be used.

    They come in rounds: all of files that cannot be read, else all against the schema, else all against the rules,
    which need every cell in its form.
    """
    from . import against_schema, rules  # frictionless takes 0.3 s to import

    folder = data or data_folder()
    own = own_files(folder)
    if own:
        return _overlay_faults(folder, own)
    found = against_schema.schema_faults(folder, schema())
    return found or rules.rule_faults(read(folder))


def _overlay_faults(folder: Path, own: dict[str, Path]) -> list[Fault]:
    """Return the faults of an overlay: those of its files alone, else those of the tables that it makes."""
    from . import against_schema, rules  # late, as above

    paths = [CURATED / resource["path"] for resource in schema()["resources"]]
    alone = [replace(fault, file=f"data/{fault.file}") for path in paths for fault in file_faults(path)]
    alone += [fault for path in own.values() for fault in file_faults(path, own=True)]
    alone = alone or [fault for name in own for fault in against_schema.header_faults(folder, described(name))]
    if alone:
        return alone
    rows = {resource["name"]: laid(resource["name"], own) for resource in schema()["resources"]}
    places = Places(rows, schema())
    with tempfile.TemporaryDirectory(prefix="tables-") as whole:
        for resource in schema()["resources"]:
            (Path(whole) / resource["path"]).write_text(rows[resource["name"]].text, encoding="utf-8", newline="\n")
        found = [*places.clashes(), *against_schema.schema_faults(Path(whole), schema(), places.locate)]
    return found or [placed for fault in rules.rule_faults(read(folder)) for placed in places.place(fault)]


def load(data: Path | str | None = None) -> Tables:
    """Return the checked tables of a folder, by default the project's own.

    Raises `DataError` listing the faults where the tables hold any.
    """
    folder = Path(data) if data else data_folder()
    if not known_valid(found := digest(folder)):
        require_valid(folder)
        _valid.add(found)
    return read(folder)


_valid: set[str] = set()  # the digests of tables in which this process found no fault


def known_valid(found: str) -> bool:
    """Say whether tables of this digest were checked by this process or by the build that it belongs to."""
    return found in _valid or found == os.environ.get(CHECKED_VARIABLE)


def require_valid(folder: Path) -> None:
    """Raise `DataError` with the first screenful of faults if the tables hold any."""
    found = validate(folder)
    if not found:
        return
    lines = [str(fault) for fault in found[:SHOWN_FAULTS]]
    if len(found) > SHOWN_FAULTS:
        lines.append(f"… and {len(found) - SHOWN_FAULTS} more: python -m analysis check --data {folder}")
    msg = f"{len(found)} fault{'s' * (len(found) > 1)} in the tables of {folder}:\n" + "\n".join(lines)
    raise DataError(msg)
