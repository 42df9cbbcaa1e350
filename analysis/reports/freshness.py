"""The record of a folder's reports, `reports/manifest.json`: what each was made of and what it made."""

import hashlib
import json
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import files, tables
from ..errors import UserError
from ..files import LOCK, digest_code, digest_file
from . import publishing
from .notebooks import Run
from .publishing import Collected

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
        (entry.get("title", ""), str),
        (entry.get("description", ""), str),
    ]
    named = {"cause"} if entry["status"] == FAILED else {"results", "title", "description"}
    return all(isinstance(value, kind) for value, kind in kinds) and (
        named <= entry.keys() and {"notebook", "code", "lock", "python"} <= inputs.keys()
    )


def write(record: Record, out: Path, draft: Path) -> None:
    """Write the record in one step; `draft` is a path in the staging folder, where a killed build may leave it."""
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
    draft.write_text(text + "\n", encoding="utf-8")
    draft.replace(out / PATH)


@dataclass(frozen=True)
class State:
    """What reports can be made of now, and what earlier builds left in a folder.

    `tables` has the digest of every table by file name.
    """

    data: Path
    out: Path
    tables: dict[str, str]
    record: Record
    collected: Collected

    @classmethod
    def now(cls, data: Path, out: Path) -> "State":
        """Return the present state of two folders."""
        return cls(data, out, tables.digests(data), read(out), publishing.read(out))

    @property
    def checked(self) -> str:
        """Return the digest of all tables and of the code that checks them."""
        return hashlib.sha256(f"{tables.combined(self.tables)}{digest_code()}".encode()).hexdigest()

    def reasons(self, run: Run) -> list[str]:
        """Return why a report has to be made; none where it is current.

        Raises `UserError` where it would replace another report of the same name.
        """
        self._require_own_name(run)
        entry = self.record["reports"].get(key(run))
        if entry is None:
            return ["it has not been made yet"]
        if entry["status"] == FAILED:
            return [f"it failed ({entry['cause']})"]
        return [*self._changes(run, entry), *self._losses(run, entry)]

    def _require_own_name(self, run: Run) -> None:
        """Raise `UserError` where the folder holds another report of the name of a run: its parameters differ."""
        entry = self.record["reports"].get(key(run))
        if entry is None or entry["status"] != MADE:
            return
        was, now, defaults = entry["parameters"], run.parameters, run.notebook.defaults
        if entry["notebook"] == run.notebook.name and (
            # With a parameter that the notebook has no more, its report is one that nobody can ask for.
            not was.keys() <= defaults.keys() or _as_recorded(defaults | was) == _as_recorded(defaults | now)
        ):
            return
        there = Run(run.notebook, was).told
        msg = (
            f"{run} in {self.out} is the report of {entry['notebook']} with {there}, and with {run.told} another one "
            "would replace it. Make that one in a folder of its own, with --out."
        )
        raise UserError(msg)

    def _changes(self, run: Run, entry: Entry) -> Iterator[str]:
        """Yield what a report is made of that has changed since."""
        was, now = entry["inputs"], inputs(run, self.tables, entry["inputs"]["tables"])
        if was["notebook"] != now["notebook"]:
            yield "the notebook changed"
        if entry["parameters"] != run.parameters:
            yield "its parameters changed"
        for name, digest in was["tables"].items():
            if now["tables"].get(name) != digest:
                yield f"{self.data.name}/{name} changed"
        if was["code"] != now["code"]:
            yield "the code in analysis/ changed"
        if was["lock"] != now["lock"]:
            yield f"{LOCK.name} changed"
        if was["python"] != now["python"]:
            yield f"Python {was['python']} became {now['python']}"

    def _losses(self, run: Run, entry: Entry) -> Iterator[str]:
        """Yield what a report made that is no longer as it was made."""
        for path, made in entry["outputs"].items():
            if digest_file(self.out / path) != made:
                yield f"{path} is missing or altered"
        if self.collected.digest(run.name) != entry["results"]:
            yield f"its rows in {publishing.PATH.as_posix()} are missing or altered"


def _as_recorded(parameters: dict[str, Any]) -> str:
    """Return parameters as the record has them: a tuple is a list there."""
    return json.dumps(parameters, sort_keys=True)


def inputs(run: Run, digests: dict[str, str], read: Any) -> dict[str, Any]:
    """Return the digests of all that a report is made of, where `read` are the tables' files that its run reads."""
    return {
        "notebook": digest_file(run.notebook.path),
        "tables": {name: digests[name] for name in sorted(read) if name in digests},
        "code": digest_code(),
        "lock": digest_file(LOCK),
        "python": platform.python_version(),
    }


def same(was: dict[str, Any], now: dict[str, Any]) -> bool:
    """Say whether a report was made of what there is now."""
    return was == now | {"tables": {name: now["tables"].get(name) for name in was["tables"]}}
