"""The record of a folder's reports, `reports/manifest.json`: what each was made of and what it made."""

import hashlib
import json
from pathlib import Path
from typing import Any

from ..notebooks import Run

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
        found = json.loads((out / PATH).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    whole = isinstance(found, dict) and isinstance(found.get("reports"), dict)
    return found if whole else {"checked": None, "reports": {}}


def write(record: Record, out: Path, draft: Path) -> None:
    """Write the record in one step; `draft` is a path on the same disk."""
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
    draft.write_text(text + "\n", encoding="utf-8")
    draft.replace(out / PATH)


def digest_file(path: Path) -> str | None:
    """Return the SHA-256 of a file; none where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
