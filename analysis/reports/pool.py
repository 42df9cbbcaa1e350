"""The process of one run: clean when it starts, gone when it ends, and never alone."""

import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UserError
from . import cluster
from .run import Failure, Order, Result, execute

if TYPE_CHECKING:
    # Only where there is a fork server.
    from multiprocessing.context import ForkServerContext, SpawnContext


@dataclass(frozen=True)
class Task:
    """Work for a process of its own: a function that takes an argument and a folder for what nobody keeps."""

    function: Callable[[Any, Path], Any]
    argument: Any
    timeout: float


@dataclass(frozen=True)
class Surroundings:
    """What the process of a run has in common with the one that asked for it."""

    environment: dict[str, str]
    folder: str

    @classmethod
    def here(cls) -> "Surroundings":
        """Return those of this process."""
        return cls(dict(os.environ), str(Path.cwd()))


def work(task: Task, surroundings: Surroundings, scratch: Path, answer: Connection) -> None:
    """Do a task in this process, answer with what came of it, and end.

    The answer is what the function returns, the `UserError` that it raises, or a failed `Result`.
    """
    _isolate(surroundings)
    try:
        reply = task.function(task.argument, scratch)
    except UserError as error:
        reply = error
    except BaseException as error:  # whatever a run raises is the failure of this run only
        reply = Result(Failure(None, f"{type(error).__name__}: {error}"))
    answer.send(reply)
    answer.close()
    # At once: what a notebook left behind, such as a thread that sleeps, must not keep the process.
    os._exit(0)


def _isolate(surroundings: Surroundings) -> None:
    """Give this process a clean state: its own group, its asker's surroundings, no arguments, fresh seeds."""
    if hasattr(os, "setsid"):
        os.setsid()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ.clear()
    os.environ.update(surroundings.environment)
    if "matplotlib" in sys.modules:
        from .warm import BACKEND  # loaded already: only what was forked from it has Matplotlib

        os.environ.setdefault("MPLBACKEND", BACKEND)
    os.chdir(surroundings.folder)
    sys.argv[1:] = []
    if "numpy" in sys.modules:
        # Python's own generator seeds itself after a fork; NumPy's would be the same in every process.
        sys.modules["numpy"].random.seed()


def _end_with_parent() -> None:
    """Kill this process and all it has started when the one that asked for it is gone."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.killpg(0, signal.SIGKILL) if hasattr(os, "killpg") else os._exit(1)


PRELOADED = ["analysis.reports.warm"]


@dataclass
class _Job:
    """A task that is being done: its process, where its answer comes from, and when it is overdue."""

    task: Task
    process: multiprocessing.process.BaseProcess
    answer: Connection
    scratch: Path
    deadline: float


def can_fork() -> bool:
    """Say whether this system can fork warm processes; Windows cannot."""
    return "forkserver" in multiprocessing.get_all_start_methods()


def prepare() -> "ForkServerContext | SpawnContext":
    """Start the fork server, where there is one, so that it imports while this process goes on."""
    if not can_fork():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver  # not there on Windows

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    forkserver.ensure_running()
    return context


def run_all(tasks: list[Task], jobs: int) -> Iterator[tuple[Task, Any]]:
    """Yield every task with its answer as they finish, at most so many at once, begun in their order.

    A process that dies or is overdue answers with a failed `Result` that names the cause. Raises the `UserError`
    that a task answers with. However this ends, no process is left.
    """
    context, waiting = prepare(), list(reversed(tasks))
    running: list[_Job] = []
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                running.append(_start(context, waiting.pop()))
            for job in _finished(running):
                running.remove(job)
                reply = _answer(job)
                _end(job)
                if isinstance(reply, UserError):
                    raise reply
                yield job.task, reply
    finally:
        for job in running:
            _end(job)


def _start(context: "ForkServerContext | SpawnContext", task: Task) -> _Job:
    receiver, sender = context.Pipe(duplex=False)
    scratch = Path(tempfile.mkdtemp(prefix="report-"))
    process = context.Process(target=work, args=(task, Surroundings.here(), scratch, sender))
    process.start()
    # The process has its own; with this one open, the pipe would not end when the process does.
    sender.close()
    return _Job(task, process, receiver, scratch, time.monotonic() + task.timeout)


def _finished(running: list[_Job]) -> list[_Job]:
    """Wait until a job has answered, died or is overdue, and return those that have."""
    first = min(job.deadline for job in running)
    signs: dict[Any, _Job] = {sign: job for job in running for sign in (job.answer, job.process.sentinel)}
    ready = {id(signs[sign]) for sign in wait(list(signs), max(0.0, first - time.monotonic()))}
    return [job for job in running if id(job) in ready or time.monotonic() >= job.deadline]


def _answer(job: _Job) -> Any:
    """Return what a job answered, else a failure that says how its process ended."""
    with suppress(EOFError, OSError):
        if job.answer.poll():
            return job.answer.recv()
    job.process.join(0.2)
    if job.process.exitcode is None:
        return Result(Failure(None, f"not finished after {job.task.timeout:g} s; give more with --timeout SECONDS"))
    return Result(Failure(None, _cause(job.process.exitcode)))


def _cause(exitcode: int) -> str:
    """Return how a process ended that gave no answer."""
    if exitcode == -signal.SIGTERM:
        return "its process was told to end (SIGTERM)"
    if exitcode < 0 and -exitcode == getattr(signal, "SIGKILL", None):
        return "its process was killed (SIGKILL), as a system does that runs out of memory; try fewer --jobs"
    if exitcode < 0:
        named = {each.value: each.name for each in signal.Signals}  # those for real-time use have no names
        return f"its process crashed ({named.get(-exitcode, f'signal {-exitcode}')})"
    return f"its process ended by itself with status {exitcode}"


def _end(job: _Job) -> None:
    """Kill a job's process with all that it started, and take its folder away."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg") and job.process.pid:
            os.killpg(job.process.pid, signal.SIGKILL)
    # Before the process has a group of its own, it is alone.
    job.process.kill()
    job.process.join()
    job.answer.close()
    shutil.rmtree(job.scratch, ignore_errors=True)


def run_orders(orders: list[Order], jobs: int, scheduler: str | None) -> Iterator[tuple[Order, Result]]:
    """Yield every order with its result as they finish, from this machine or from a cluster."""
    if scheduler:
        with cluster.connected(scheduler) as client:
            yield from cluster.run_all(orders, client, scheduler)
        return
    for task, answer in run_all([Task(execute, order, order.timeout) for order in orders], jobs):
        yield task.argument, answer
