"""Run orders on the workers of a Dask cluster, which share no disk: bytes go out and bytes come back."""

import pickle
import platform
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..errors import UserError
from ..files import LOCK, digest_code, digest_file
from .notebooks import Notebook
from .run import Failure, Order, Result

if TYPE_CHECKING:
    from distributed import Client, Future

Files = dict[str, bytes]
CONNECT_WITHIN = 10  # seconds
_local = threading.local()


@dataclass(frozen=True)
class Parcel:
    """An order as it travels: its paths are those of the sender and only their names count."""

    order: Order
    notebook: bytes
    sender: dict[str, str | None]


@contextmanager
def connected(scheduler: str) -> Iterator["Client"]:
    """Give a client of a cluster that can run this project.

    Raises `UserError` where `distributed` is not installed, the scheduler cannot be reached or has no workers, or a
    worker has other code, another Python or other packages than this machine.
    """
    with _connect(scheduler) as client:
        _require_alike(client, scheduler)
        yield client


def run_all(orders: list[Order], client: "Client", scheduler: str) -> Iterator[tuple[Order, Result]]:
    """Yield every order with its result as they finish, its files written into its folder.

    The runs of a worker that is lost run again on another.
    """
    from distributed import as_completed  # an optional part; `_connect` says where it lacks

    # Once for all runs, and as a task: what a lost worker held is then made again.
    tables = client.submit(_same, _pack(orders[0].data), pure=False)
    sender = fingerprint()
    sent = {
        client.submit(work, Parcel(order, order.run.notebook.path.read_bytes(), sender), tables, pure=False): order
        for order in orders
    }
    for future in as_completed(list(sent), loop=client.loop):
        order = sent.pop(future)
        result, files = _received(future, scheduler)
        _unpack(files, order.folder)
        yield order, result


def fingerprint() -> dict[str, str | None]:
    """Return what two machines must have in common to make the same reports."""
    return {
        "project": __version__,
        "code in analysis/": digest_code(),
        "Python": platform.python_version(),
        LOCK.name: digest_file(LOCK),
    }


def work(parcel: Parcel, tables: Files) -> tuple[Result, Files]:
    """Run an order on a worker and return its result with the files that it made."""
    difference = _difference(parcel.sender, fingerprint())
    if difference:
        msg = f"The worker on {platform.node()} differs from this machine: {difference}."
        raise UserError(msg)
    with tempfile.TemporaryDirectory(prefix="order-") as place:
        folder = Path(place)
        _unpack(tables, folder / "data")
        notebook = folder / parcel.order.run.notebook.path.name
        notebook.write_bytes(parcel.notebook)
        run = replace(parcel.order.run, notebook=Notebook(notebook))
        order = replace(parcel.order, run=run, data=folder / "data", folder=folder / "made")
        return _at_station(order), _pack(order.folder)


def _at_station(order: Order) -> Result:
    """Let this thread's station run an order; one that has died is replaced."""
    station: Any = getattr(_local, "station", None)
    if station is None or station.poll() is not None:
        command = [sys.executable, "-m", "analysis.reports.station"]
        station = _local.station = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
    pickle.dump(order, station.stdin)
    station.stdin.flush()
    try:
        answer: Result | UserError = pickle.load(station.stdout)  # noqa: S301 (from the process that this one started)
    except EOFError:
        station.wait()
        return Result(Failure(None, f"the process that runs notebooks on {platform.node()} ended"))
    if isinstance(answer, UserError):
        raise answer
    return answer


def _connect(scheduler: str) -> "Client":
    """Return a client of the cluster."""
    try:
        from distributed import Client
    except ImportError as error:
        msg = "--scheduler needs Dask's distributed. Install it: pip install 'city-ip-plans[cluster]'"
        raise UserError(msg) from error
    try:
        return Client(scheduler, timeout=CONNECT_WITHIN, set_as_default=False)
    except (OSError, ValueError) as error:
        msg = f"No Dask scheduler answers at {scheduler!r}. Give its address as --scheduler tcp://host:port."
        raise UserError(msg) from error


def _require_alike(client: "Client", scheduler: str) -> None:
    """Raise `UserError` where a worker would not make the same reports, or none is there."""
    found = client.run(fingerprint, on_error="return")
    if not found:
        msg = f"The scheduler at {scheduler} has no workers. Start some: dask worker {scheduler}"
        raise UserError(msg)
    here = fingerprint()
    for worker, answer in found.items():
        if not isinstance(answer, dict):
            msg = f"The worker {worker} cannot run this project ({answer}). Install it there as it is here."
            raise UserError(msg)
        difference = _difference(here, answer)
        if difference:
            msg = f"The worker {worker} differs from this machine: {difference}. Make both the same."
            raise UserError(msg)


def _difference(here: dict[str, str | None], there: dict[str, str | None]) -> str:
    """Return in what a worker differs from the machine that asks it."""
    shown = [
        f"{name} is {_short(there.get(name))} there, {_short(value)} here"
        for name, value in here.items()
        if there.get(name) != value
    ]
    return "; ".join(shown)


def _short(value: str | None) -> str:
    return value[:12] if value else "missing"


def _received(future: "Future[tuple[Result, Files]]", scheduler: str) -> tuple[Result, Files]:
    """Return what a worker sent back; a run that no worker could finish is a failure of this run only."""
    if future.status == "finished":
        answer: tuple[Result, Files] = future.result()
        return answer
    if future.status != "error":
        msg = f"The scheduler at {scheduler} was lost. Reports that were finished are in place; build again."
        raise UserError(msg)
    error: Any = future.exception()
    if isinstance(error, UserError):
        raise error
    return Result(Failure(None, f"on the cluster: {type(error).__name__}: {error}")), {}


def _same(files: Files) -> Files:
    return files


def _pack(folder: Path) -> Files:
    """Return the files of a folder by their path in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _unpack(files: Files, folder: Path) -> None:
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
