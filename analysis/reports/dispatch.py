"""Send orders to processes of this machine or to a cluster, and hold their results until the tables are checked."""

from collections.abc import Iterator
from pathlib import Path

from .. import tables
from ..errors import UserError
from . import cluster, pool
from .execute import execute
from .orders import Order, Result
from .worker import Task

CHECK_TIMEOUT = 3600.0  # seconds; of 300 cities' tables it takes less than a minute


def run_all(
    orders: list[Order], unchecked: Path | None, jobs: int, scheduler: str | None
) -> Iterator[tuple[Order, Result]]:
    """Yield every order with its result as they finish.

    Where a folder of unchecked tables is given, they are checked beside the first runs, whose results wait for it.
    Raises `DataError` for faulty tables.
    """
    check = [Task(_check, unchecked, CHECK_TIMEOUT, warm=False)] if unchecked else []
    if scheduler:
        with cluster.connected(scheduler) as client:
            _require_checked(list(pool.run_all(check, 1)))
            yield from cluster.run_all(orders, client, scheduler)
        return
    tasks = [Task(execute, order, order.timeout) for order in orders]
    held: list[tuple[Order, Result]] = []
    for task, answer in pool.run_all([*check, *tasks], jobs):
        if task in check:
            _require_checked([(task, answer)])
            check = []
        else:
            held.append((task.argument, answer))
        if not check:
            yield from held
            held = []


def _check(data: Path, _: Path) -> None:
    tables.require_valid(data)


def _require_checked(answers: list[tuple[Task, Result | None]]) -> None:
    """Raise `UserError` where the check itself came to grief; faults it raises by itself."""
    for task, answer in answers:
        if answer is not None:
            msg = f"The tables of {task.argument} could not be checked: {answer.failure}."
            raise UserError(msg)
