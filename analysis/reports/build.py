"""Make the reports that are out of date: check the tables, run the notebooks, publish what they make."""

import sys
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .. import tables
from . import freshness, publishing
from .notebooks import Notebook, Run
from .run import Failure, Order, Result

# The record and the table of results are written this often, in seconds: a report that is published but
# not yet recorded when a build is killed is only made again.
NOTED_EVERY = 2.0


@dataclass(frozen=True)
class Options:
    """How to run: `jobs` at once, by which engine, each for so many seconds at most, and where if not here."""

    jobs: int
    engine: str
    timeout: float
    scheduler: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of one run: published (`failure` is None) or not."""

    run: Run
    failure: Failure | None


def default_engine() -> str:
    """Return the engine of this system: the warm one, where processes fork."""
    return "kernel" if sys.platform == "win32" else "warm"


def explain(runs: list[Run], *, data: Path, out: Path) -> list[tuple[Run, list[str]]]:
    """Return for every run why its report has to be made; no reason where it is current. Nothing runs."""
    state = freshness.State.now(data, out)
    return [(run, state.reasons(run)) for run in runs]


def build(runs: list[Run], *, data: Path, out: Path, options: Options) -> list[Outcome]:
    """Run what is stale and return what came of it, in the order of the runs.

    Each report is made in a staging folder and moved to its place when it is finished, so that a
    failing notebook leaves what existed before untouched. Raises `DataError` for faulty tables and
    `UserError` for a folder that cannot be written.
    """
    if not _stale(runs, freshness.State.now(data, out)):
        return []
    with publishing.staging(out) as staging:
        # Once more, behind the lock: another build may just have made some of them.
        state = freshness.State.now(data, out)
        found = _stale(runs, state)
        if not found:
            return []
        return _Build(state, staging, options).make(found)


def _stale(runs: list[Run], state: freshness.State) -> list[Run]:
    return [run for run in runs if state.reasons(run)]


def slowest_first(runs: list[Run], state: freshness.State) -> list[Run]:
    """Return the runs by how long they took last time, unknown ones first: the end is not spent on one long run."""
    entries = state.record["reports"]
    return sorted(runs, key=lambda run: -entries.get(freshness.key(run), {}).get("seconds", float("inf")))


class _Build:
    """One build that has something to do: its state, its staging folder and what is still to be written."""

    def __init__(self, state: freshness.State, staging: Path, options: Options) -> None:
        self.state, self.staging, self.options = state, staging, options
        self.noted = time.monotonic()

    def make(self, runs: list[Run]) -> list[Outcome]:
        """Make the reports of these runs."""
        with publishing.writing(self.state.out):
            _snapshot(self.state.data, self.staging / "data")
            checked = tables.digest(self.staging / "data")
            orders = [self._order(run, checked) for run in slowest_first(runs, self.state)]
        outcomes: dict[str, Outcome] = {}
        try:
            with closing(self._results(orders)) as results:
                for order, result in _progress(results, len(orders)):
                    failure = self._settle(order, result)
                    outcomes[freshness.key(order.run)] = Outcome(order.run, failure)
        finally:
            if outcomes:
                self._note()
        return [outcomes[freshness.key(run)] for run in runs]

    def _order(self, run: Run, checked: str) -> Order:
        """Return the order of a run, on a copy of its notebook that does not change under it."""
        place = self.staging / "notebooks" / run.notebook.path.name
        if not place.exists():
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(run.notebook.path.read_bytes())
        return Order(
            run=replace(run, notebook=Notebook(place)),
            data=self.staging / "data",
            checked=checked,
            digests=self.state.tables,
            folder=self.staging / "made" / run.lang / run.name,
            engine=self.options.engine,
            timeout=self.options.timeout,
        )

    def _results(self, orders: list[Order]) -> Generator[tuple[Order, Result], None, None]:
        """Yield every order with its result, none before the tables are known to be free of faults."""
        from . import pool  # not needed where nothing is stale

        pool.prepare()  # imports while this process checks
        known = tables.known_valid(tables.combined(self.state.tables))
        if not known and self.state.record["checked"] != self.state.checked:
            tables.require_valid(self.state.data)
        self.state.record["checked"] = self.state.checked
        yield from pool.run_orders(orders, self.options.jobs, self.options.scheduler)

    def _settle(self, order: Order, result: Result) -> Failure | None:
        """Publish a report, or keep what failed, and note either; return why it is not published."""
        result = self._compared(order, result)
        entry: dict[str, Any]
        with publishing.writing(self.state.out):
            if result.failure:
                publishing.require_space(result.failure, self.state.out)
                publishing.keep_failed(order, self.state.out)
                entry = {"status": freshness.FAILED, "cause": str(result.failure), "outputs": {}, "results": None}
            else:
                outputs = publishing.publish(order, self.state.out)
                self.state.collected.put(order.run.notebook.name, order.run.name, result.rows)
                entry = {"status": freshness.MADE, "outputs": outputs, "results": publishing.digest(result.rows)}
                entry |= {"title": result.title, "description": result.description}
            self.state.record["reports"][freshness.key(order.run)] = entry | self._made_of(order, result)
            if time.monotonic() - self.noted > NOTED_EVERY:
                self._note()
        return result.failure

    def _made_of(self, order: Order, result: Result) -> dict[str, Any]:
        return {
            "notebook": order.run.notebook.name,
            "report": order.run.name,
            "parameters": order.run.parameters,
            "inputs": freshness.inputs(order.run, order.digests, result.tables),
            "software": result.software,
            "seconds": round(result.seconds, 3),
        }

    def _compared(self, order: Order, result: Result) -> Result:
        """Return a failure instead of numbers that are not those of the same report in another language."""
        if result.failure:
            return result
        now, own = freshness.inputs(order.run, order.digests, order.digests), freshness.key(order.run)
        for key, entry in self.state.record["reports"].items():
            made = key != own and entry["status"] == freshness.MADE and entry["report"] == order.run.name
            if made and freshness.same(entry["inputs"], now) and entry["results"] != publishing.digest(result.rows):
                other = self.state.collected.reports.get(order.run.name, [])
                return replace(result, failure=Failure(None, publishing.difference(result.rows, other)))
        return result

    def _note(self) -> None:
        """Write the record and the table of results."""
        with publishing.writing(self.state.out):
            self.state.collected.write(self.state.out, self.staging / "results.csv")
            freshness.write(self.state.record, self.state.out, self.staging / "manifest.json")
        self.noted = time.monotonic()


def _snapshot(data: Path, folder: Path) -> None:
    """Copy the tables; where that fails, say what is wrong with them rather than how it failed."""
    try:
        tables.snapshot(data, folder)
    except Exception:
        tables.require_valid(data)
        raise


def _progress(finished: Iterator[tuple[Order, Result]], total: int) -> Iterator[tuple[Order, Result]]:
    """Show a progress bar on a terminal; elsewhere the summary at the end is enough."""
    from tqdm import tqdm  # not needed where nothing is stale

    return iter(tqdm(finished, total=total, unit="report", desc="Reports", file=sys.stderr, disable=None))
