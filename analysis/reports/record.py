"""The record of a folder's reports, `reports/manifest.json`: what each was made of and what it made."""

import json
from pathlib import Path
from typing import Any

from .. import files
from ..errors import UserError
from .notebooks import Run

Entry = dict[str, Any]
Record = dict[str, Any]
PATH = Path("reports", "manifest.json")
MADE, FAILED = "made", "failed"


def key(run: Run) -> str:
    """Return the name of a run in the record, such as `en/22-compare-growth`."""
    return f"{run.lang}/{run.name}"


def read(out: Path) -> Record:
    """Return the record of earlier builds; an unreadable one only means that all is built anew."""
    try:
        found = json.loads(files.content(out / PATH, files.LARGEST_RECORD))
        whole = "checked" in found and all(_whole(entry) for entry in found["reports"].values())
    except (UserError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        whole = False
    return found if whole else {"checked": None, "reports": {}}


def _whole(entry: Entry) -> bool:
    """Say whether an entry has all that is looked up in it, each of its kind."""
    inputs = entry["inputs"]
    kinds = [
        (entry["status"], str),
        (entry["notebook"], str),
        (entry["report"], str),
        (entry["parameters"], dict),
        (entry["outputs"], dict),
        (entry["seconds"], int | float),
        (inputs["tables"], dict),
    ]
    named = {"cause"} if entry["status"] == FAILED else {"results"}
    return all(isinstance(value, kind) for value, kind in kinds) and (
        named <= entry.keys() and {"notebook", "code", "lock", "python"} <= inputs.keys()
    )


def write(record: Record, out: Path, draft: Path) -> None:
    """Write the record in one step; `draft` is a path in the staging folder, where a killed build may leave it."""
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
    draft.write_text(text + "\n", encoding="utf-8")
    draft.replace(out / PATH)
