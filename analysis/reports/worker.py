"""The process of one run: clean when it starts, gone when it ends, and never alone."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ..errors import UserError
from .orders import Failure, Result


@dataclass(frozen=True)
class Task:
    """Work for a process of its own: a function that takes an argument and a folder for what nobody keeps.

    Work that is not `warm` does not wait until the fork server is.
    """

    function: Callable[[Any, Path], Any]
    argument: Any
    timeout: float
    warm: bool = True


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
