"""Do tasks side by side, each in a fresh process that is forked warm, watched and never left behind."""

import multiprocessing
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UserError
from .orders import Failure, Result
from .worker import Surroundings, Task, work

if TYPE_CHECKING:
    # Only where there is a fork server.
    from multiprocessing.context import ForkServerContext, SpawnContext

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
    begun = context if task.warm else multiprocessing.get_context("spawn")
    process = begun.Process(target=work, args=(task, Surroundings.here(), scratch, sender))
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
