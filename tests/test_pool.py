"""A run that crashes, hangs or is killed is named while the others finish, and no process is ever left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from analysis.files import ROOT
from analysis.reports import pool
from analysis.reports.pool import Task

from .conftest import files, run, until, write_notebook

PATIENCE = 30.0
HANGS = "import subprocess, time\nsubprocess.Popen(['sleep', '600'])\nwhile True:\n    time.sleep(0.05)"


def marked(mark: str) -> list[psutil.Process]:
    """Return the living processes whose environment holds a mark."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.status() != psutil.STATUS_ZOMBIE and process.environ().get("TEST_MARK") == mark:
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


def left_behind(mark: str, before: set[psutil.Process]) -> list[psutil.Process]:
    """Return what has been started since and is alive: descendants of this process, and the orphans with a mark."""
    descendants = set(psutil.Process().children(recursive=True)) - before
    return [process for process in descendants | set(marked(mark)) if process.is_running()]


@pytest.fixture
def nothing_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Demand at the end that no process is alive that this test started, the fork server aside."""
    pool.prepare()
    before = set(psutil.Process().children(recursive=True))
    monkeypatch.setenv("TEST_MARK", str(tmp_path))
    yield
    # A kernel that its worker no longer holds looks for its parent once a second.
    until(lambda: not left_behind(str(tmp_path), before), "all processes to end")


@pytest.mark.usefixtures("nothing_left")
def test_a_crash_a_hang_and_a_kill_are_named_while_the_others_finish(
    tmp_path: Path, capfd: pytest.CaptureFixture
) -> None:
    suite, out = tmp_path / "suite", tmp_path / "out"
    write_notebook(suite, "10-crashes", "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)")
    write_notebook(suite, "20-hangs", HANGS)
    write_notebook(suite, "30-killed", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    write_notebook(suite, "40-leaves", "import os\nos._exit(7)")
    write_notebook(
        suite, "50-thread", "import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()"
    )
    write_notebook(suite, "60-good", "1 + 1")
    request = ("build", "--folder", suite, "--out", out, "--languages", "en", "--jobs", 2, "--timeout", 3)
    assert run(*request) == 1
    shown, error = capfd.readouterr()
    assert "2 reports made, 0 already up to date, 4 failed" in shown
    assert "10-crashes (en): its process crashed (SIGSEGV)" in error
    assert "20-hangs (en): not finished after 3 s; give more with --timeout SECONDS" in error
    assert "30-killed (en): its process was killed (SIGKILL), as a system does that runs out of memory" in error
    assert "40-leaves (en): its process ended by itself with status 7" in error
    assert "Traceback" not in error
    assert not (out / "reports" / ".staging").exists()


@pytest.mark.usefixtures("nothing_left")
def test_a_signal_without_a_name_is_told_by_its_number() -> None:
    assert pool._cause(-40) == "its process crashed (signal 40)"
    assert pool._cause(-signal.SIGSEGV) == "its process crashed (SIGSEGV)"


def test_a_kernel_that_crashes_is_named_too(tmp_path: Path, capfd: pytest.CaptureFixture) -> None:
    write_notebook(tmp_path / "suite", "10-crashes", "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)")
    write_notebook(tmp_path / "suite", "20-hangs", "import time\nwhile True:\n    time.sleep(0.05)")
    request = ("build", "--folder", tmp_path / "suite", "--out", tmp_path / "out", "--languages", "en")
    assert run(*request, "--engine", "kernel", "--timeout", 8) == 1
    error = capfd.readouterr().err
    assert "10-crashes (en): DeadKernelError: Kernel died" in error
    assert "20-hangs (en): not finished after 8 s" in error


def start_build(tmp_path: Path) -> subprocess.Popen:
    """Start a build of a report that is there and one that hangs, and return when both hanging runs are at it."""
    suite, out = tmp_path / "suite", tmp_path / "out"
    write_notebook(suite, "10-good", "1 + 1")
    assert run("build", "--folder", suite, "--out", out, "--languages", "en") == 0
    write_notebook(suite, "10-good", "1 + 2")
    for name in ("20-hangs", "30-hangs"):
        touch = f"import os, pathlib\npathlib.Path({str(tmp_path)!r}, '{name}').touch()\n"
        write_notebook(suite, name, touch + HANGS)
    command = [sys.executable, "-m", "analysis", "build", "--folder", suite, "--out", out, "--languages", "en"]
    environment = os.environ | {"TEST_MARK": "build of " + str(tmp_path)}
    process = subprocess.Popen(
        [*command, "--jobs", "2"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=_hear_interrupts,  # this process has one thread at work
    )  # fmt: skip
    until(lambda: all((tmp_path / name).exists() for name in ("20-hangs", "30-hangs")), "the runs to begin")
    return process


def _hear_interrupts() -> None:
    """Undo what a shell does to programs in the background: they would ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_a_build_that_is_stopped_leaves_no_process_and_nothing_half_written(tmp_path: Path) -> None:
    process = start_build(tmp_path)
    assert len(marked("build of " + str(tmp_path))) >= 5
    before = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=PATIENCE)
    until(lambda: not marked("build of " + str(tmp_path)), "all processes to end")
    assert time.monotonic() - before < 5
    left = {name.split("/")[1] for name in files(tmp_path / "out")}
    assert process.returncode == 130
    assert error == "Stopped. Reports that were finished are in place; the others are as they were.\n"
    assert left == {"en", "manifest.json", "results.csv"}
    (tmp_path / "suite" / "20-hangs.ipynb").unlink()
    (tmp_path / "suite" / "30-hangs.ipynb").unlink()
    assert run("build", "--folder", tmp_path / "suite", "--out", tmp_path / "out", "--languages", "en") == 0
    assert {name.split("/")[1] for name in files(tmp_path / "out")} == {"en", "manifest.json", "results.csv"}


def _alive(marks: Path, _: Path) -> int:
    """Return how many processes, this one included, have begun and not ended."""
    mine = marks / str(os.getpid())
    mine.touch()
    time.sleep(0.3)
    count = len(list(marks.iterdir()))
    mine.unlink()
    return count


def test_no_more_run_at_once_than_asked_for_and_each_in_a_process_of_its_own(tmp_path: Path) -> None:
    counts = [answer for _, answer in pool.run_all([Task(_alive, tmp_path, PATIENCE)] * 6, 2)]
    assert len(counts) == 6
    assert max(counts) == 2
