"""A Dask cluster makes the same reports, survives the loss of a worker, and refuses workers that differ."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from analysis.reports import cluster

from .conftest import files, run, until, write_notebook

pytestmark = pytest.mark.thorough

pytest.importorskip("distributed")


@contextmanager
def started(module: str, *arguments: str, folder: Path, path: Path | None = None) -> Iterator[subprocess.Popen]:
    """Run a command of Dask in a folder of its own; `path` comes first where it looks for modules."""
    environment = dict(os.environ)
    if path:
        environment["PYTHONPATH"] = os.pathsep.join([str(path), environment.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", f"distributed.cli.{module}", *arguments]
    log = (folder / f"{module}-{time.monotonic_ns()}.log").open("w")
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        yield process
    finally:
        family = [process, *psutil.Process(process.pid).children(recursive=True)] if process.poll() is None else []
        for member in family:
            member.kill()
        process.wait()
        log.close()


def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"tcp://127.0.0.1:{probe.getsockname()[1]}"


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a scheduler without workers."""
    address, folder = free_address(), tmp_path_factory.mktemp("scheduler")
    port = address.rpartition(":")[2]
    with started("dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard", folder=folder):
        until(lambda: answers(address), "the scheduler")
        yield address


def answers(address: str) -> bool:
    host, _, port = address.removeprefix("tcp://").rpartition(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


def worker(scheduler: str, folder: Path, path: Path | None = None):
    """Start a worker with one thread, under the nanny that Dask's command brings."""
    options = (scheduler, "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder))
    return started("dask_worker", *options, folder=folder, path=path)


def workers(scheduler: str) -> dict[str, int]:
    """Return the process of every worker by its address."""
    from distributed import Client

    with Client(scheduler, set_as_default=False) as client:
        return client.run(os.getpid)


def test_a_cluster_makes_the_same_reports_even_when_a_worker_is_lost(
    scheduler: str, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    suite, once = tmp_path / "suite", tmp_path / "killed"
    kills = (
        "import os, pathlib, psutil, signal\n"
        f"once = pathlib.Path({str(once)!r})\n"
        "if not once.exists():\n"
        "    once.touch()\n"
        "    worker = next(p for p in psutil.Process().parents() if 'station' in ' '.join(p.cmdline())).parent()\n"
        "    worker.kill()\n"
        "    import time\n"
        "    time.sleep(60)"
    )
    write_notebook(suite, "10-kills", kills)
    write_notebook(suite, "20-reads", "from analysis import tables\nlen(tables.load().targets)")
    write_notebook(suite, "30-fails", "1 / 0")
    request = ("build", "--folder", suite, "--languages", "en")
    with worker(scheduler, tmp_path), worker(scheduler, tmp_path):
        until(lambda: len(workers(scheduler)) == 2, "two workers")
        before = set(workers(scheduler).values())
        assert run(*request, "--out", tmp_path / "there", "--scheduler", scheduler) == 1
        shown, error = capsys.readouterr()
        assert "2 reports made, 0 already up to date, 1 failed" in shown
        assert "30-fails (en): cell 3: ZeroDivisionError: division by zero" in error
        assert once.exists()
        assert len(before - set(until(lambda: workers(scheduler), "a worker").values())) >= 1
    assert run(*request, "--out", tmp_path / "here") == 1
    timed = ("reports/manifest.json", "reports/failed/30-fails.en.ipynb")
    there, here = files(tmp_path / "there"), files(tmp_path / "here")
    assert there.keys() == here.keys()
    assert {name: there[name] for name in there if name not in timed} == {
        name: here[name] for name in here if name not in timed
    }


def test_a_worker_that_differs_is_refused_by_name(
    scheduler: str, tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_notebook(tmp_path / "suite", "10-good", "1 + 1")
    request = ("build", "--folder", tmp_path / "suite", "--out", tmp_path / "out", "--scheduler", scheduler)
    until(lambda: not workers(scheduler), "the workers of other tests to go")
    assert run(*request) == 2
    assert f"The scheduler at {scheduler} has no workers. Start some: dask worker" in capsys.readouterr().err
    with worker(scheduler, tmp_path):
        (address,) = until(lambda: workers(scheduler), "a worker")
        # A worker that joins later is not asked beforehand, and refuses by itself.
        with monkeypatch.context() as patched:
            patched.setattr(cluster, "_require_alike", lambda *_: None)
            patched.setattr(cluster, "digest_code", lambda: "0123456789abcdef")
            assert run(*request) == 2
            assert "differs from this machine: code in analysis/ is" in capsys.readouterr().err
        monkeypatch.setattr(cluster.platform, "python_version", lambda: "3.99.0")
        assert run(*request) == 2
        error = capsys.readouterr().err
        assert f"The worker {address} differs from this machine: Python is " in error
        assert "there, 3.99.0 here" in error
        assert len(error.splitlines()) == 1
    assert files(tmp_path / "out") == {}


def test_a_worker_without_the_package_is_refused_by_name(
    scheduler: str, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    write_notebook(tmp_path / "suite", "10-good", "1 + 1")
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "analysis.py").write_text("raise ModuleNotFoundError('No module named analysis')\n")
    until(lambda: not workers(scheduler), "the workers of other tests to go")
    with worker(scheduler, tmp_path, path=tmp_path / "without"):
        (address,) = until(lambda: workers(scheduler), "a worker")
        assert run("build", "--folder", tmp_path / "suite", "--out", tmp_path / "out", "--scheduler", scheduler) == 2
    error = capsys.readouterr().err
    assert f"The worker {address} cannot run this project" in error
    assert "No module named analysis" in error
    assert len(error.splitlines()) == 1


def test_a_scheduler_that_does_not_answer_is_one_message(
    tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "CONNECT_WITHIN", 1)
    write_notebook(tmp_path / "suite", "10-good", "1 + 1")
    for address in (free_address(), "tcp://nowhere.invalid:8786", "nonsense://x"):
        assert run("build", "--folder", tmp_path / "suite", "--out", tmp_path / "out", "--scheduler", address) == 2
        error = capsys.readouterr().err
        assert error == f"No Dask scheduler answers at {address!r}. Give its address as --scheduler tcp://host:port.\n"


def test_without_distributed_a_message_says_how_to_install_it(
    tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    write_notebook(tmp_path / "suite", "10-good", "1 + 1")
    arguments = ("build", "--folder", tmp_path / "suite", "--out", tmp_path / "out", "--scheduler", "tcp://x:1")
    assert run(*arguments) == 2
    assert capsys.readouterr().err.endswith("Install it: pip install 'city-ip-plans[cluster]'\n")
