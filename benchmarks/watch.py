"""Run a command and watch what it and all its processes take: time, processor time and memory."""

import os
import subprocess
import threading
import time
from dataclasses import dataclass, field

import psutil

from analysis.files import ROOT
from analysis.tables import CHECKED_VARIABLE, digest

EVERY = 0.05  # seconds: what a process takes after it was last looked at is not seen


@dataclass
class Usage:
    """What a command took: seconds, seconds of processors, and the peak memory of every worker in bytes.

    Memory is what a process has to itself, of the processes that a fork server forked only.
    """

    seconds: float = 0.0
    processor: dict[psutil.Process, float] = field(default_factory=dict)
    memory: dict[psutil.Process, int] = field(default_factory=dict)


def environment() -> dict[str, str]:
    """Return the surroundings of every way: byte code is kept, and only ours checks the tables, once."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    paths = os.pathsep.join(filter(None, [str(ROOT), kept.get("PYTHONPATH")]))
    return kept | {"PYTHONPATH": paths, CHECKED_VARIABLE: digest()}


def run(command: list[object], *, memory: bool = False, variables: dict[str, str] | None = None) -> Usage:
    """Run a command to its end, with some variables set. Raises `RuntimeError` where it fails."""
    usage, began = Usage(), time.perf_counter()
    process = psutil.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env=environment() | (variables or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    watcher = threading.Thread(target=_watch, args=(process, usage, memory))
    watcher.start()
    status = process.wait()
    usage.seconds = time.perf_counter() - began
    watcher.join()
    if status:
        msg = f"{' '.join(map(str, command))} failed with status {status}."
        raise RuntimeError(msg)
    return usage


def _watch(process: psutil.Popen, usage: Usage, memory: bool) -> None:  # noqa: FBT001
    root = psutil.Process(process.pid)
    while process.poll() is None:
        try:
            family = [root, *root.children(recursive=True)]
        except psutil.NoSuchProcess:
            return
        for member in family:
            try:
                times = member.cpu_times()
                usage.processor[member] = times.user + times.system
                if memory and member.ppid() not in (process.pid, os.getpid()):
                    usage.memory[member] = max(usage.memory.get(member, 0), member.memory_full_info().uss)
            except psutil.NoSuchProcess:
                continue
        time.sleep(EVERY)
