"""Run notebooks side by side and publish each report whole, only where something it is made of changed."""

import hashlib
import json
import os
import platform
import shutil
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from tqdm import tqdm

from . import tables
from .errors import UserError
from .execute import Failure, Order, execute
from .notebooks import Run
from .paths import LOCK

MANIFEST = Path("reports", "manifest.json")
CODE = ("**/*.py", "templates/**/*.j2", "templates/**/*.css", "templates/**/*.json")


@dataclass(frozen=True)
class Outcome:
    """What came of one run: published (`failure` is None) or not."""

    run: Run
    failure: Failure | None


def build(runs: list[Run], *, data: Path, out: Path, jobs: int) -> list[Outcome]:
    """Run what is stale on so many processes and return what came of it, in the order of the runs.

    Each report is made in a staging folder and moved to its place when it is finished, so that a
    failing notebook leaves what existed before untouched. Raises `DataError` for faulty tables and
    `UserError` for a folder that cannot be written.
    """
    manifest, digest = _read_manifest(out), tables.digest(data)
    stale = [run for run in runs if not is_current(run, manifest, digest, out)]
    if not stale:
        return []
    tables.require_valid(data)
    staging = _staging(out)
    try:
        orders = [Order(run, data, staging / run.lang / run.name, digest) for run in stale]
        outcomes = {}
        for order, failure in _progress(_run_all(orders, jobs), len(orders)):
            if failure is None:
                _publish(order, manifest, out)
            else:
                _keep_failed(order, out)
            outcomes[str(order.run)] = Outcome(order.run, failure)
        return [outcomes[str(run)] for run in stale]
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def is_current(run: Run, manifest: dict, digest: str, out: Path) -> bool:
    """Say whether a report is there, whole, and made of just what there is now — by content, not by time."""
    entry = manifest.get(f"{run.lang}/{run.name}")
    if entry is None or entry["key"] != _key(run, digest):
        return False
    return all(_digest_file(out / path) == made for path, made in entry["outputs"].items())


def _key(run: Run, digest: str) -> str:
    """Return the digest of all that a report is made of; `digest` is that of the tables."""
    parts = {
        "notebook": _digest_file(run.notebook.path),
        "parameters": run.parameters,
        "tables": digest,
        "code": _digest_code(),
        "lock": _digest_file(LOCK),
        "python": platform.python_version(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@cache
def _digest_code() -> str:
    package = Path(__file__).parent
    files = sorted(path for pattern in CODE for path in package.glob(pattern))
    return hashlib.sha256("".join(f"{path.name}{_digest_file(path)}" for path in files).encode()).hexdigest()


def _digest_file(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _staging(out: Path) -> Path:
    """Make the folder where reports are made, beside their place so that moving them is one step."""
    staging = out / "reports" / f".staging-{os.getpid()}"
    try:
        staging.mkdir(parents=True)
        (out / "figures").mkdir(exist_ok=True)
        for folder in (out / "reports", out / "figures"):
            if not os.access(folder, os.W_OK):
                raise PermissionError(13, "Permission denied", str(folder))
    except OSError as error:
        msg = f"{error.filename or out} cannot be written ({error.strerror}). Choose another folder with --out."
        raise UserError(msg) from error
    return staging


def _run_all(orders: list[Order], jobs: int) -> Iterator[tuple[Order, Failure | None]]:
    """Yield every order with its failure, if any, as they finish."""
    # Spawned, not forked: a worker starts clean, without the threads and caches of this process.
    pool = ProcessPoolExecutor(min(jobs, len(orders)), mp_context=get_context("spawn"))
    try:
        futures = {pool.submit(execute, order): order for order in orders}
        for future in as_completed(futures):
            yield futures[future], _failure(future)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _failure(future: "Future[Failure | None]") -> Failure | None:
    """Return why a run failed; a worker that died is a failure of its run, not of the build."""
    try:
        return future.result()
    except UserError:
        raise
    except Exception as error:  # whatever ended the worker, the other reports go on
        return Failure(None, f"{type(error).__name__}: {error}")


def _progress(finished: Iterable, total: int) -> Iterator:
    """Show a progress bar on a terminal, and a line at the end elsewhere."""
    return iter(tqdm(finished, total=total, unit="report", desc="Reports", file=sys.stderr, mininterval=0.2))


def _publish(order: Order, manifest: dict, out: Path) -> None:
    """Move the files of a finished report to their places and note them in the manifest."""
    outputs = {}
    for staged in sorted(path for path in order.folder.rglob("*") if path.is_file()):
        place = Path(staged.relative_to(order.folder))
        outputs[place.as_posix()] = _digest_file(staged)
        (out / place).parent.mkdir(parents=True, exist_ok=True)
        staged.replace(out / place)
    _failed_path(order.run, out).unlink(missing_ok=True)
    entry = {"key": _key(order.run, order.checked), "parameters": order.run.parameters, "outputs": outputs}
    manifest[f"{order.run.lang}/{order.run.name}"] = entry
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    draft = order.folder / "manifest.json"
    draft.write_text(text + "\n", encoding="utf-8")
    draft.replace(out / MANIFEST)


def _keep_failed(order: Order, out: Path) -> None:
    """Keep a failed notebook where nobody takes it for a report."""
    executed = next(order.folder.rglob("*.ipynb"), None)
    if executed:
        place = _failed_path(order.run, out)
        place.parent.mkdir(parents=True, exist_ok=True)
        executed.replace(place)


def _failed_path(run: Run, out: Path) -> Path:
    return out / "reports" / "failed" / f"{run.name}.{run.lang}.ipynb"


def _read_manifest(out: Path) -> dict:
    """Return the manifest of an earlier build; an unreadable one only means that all is built anew."""
    try:
        manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}
