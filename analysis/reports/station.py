"""A process beside a cluster's worker that takes orders from it, one after another, and keeps a warm fork server.

Dask's workers may not start processes of their own and run threads that do not survive a fork; this one may and does
not. It ends, with the run in hand, when its worker does: its input then ends.
"""

import os
import pickle
import queue
import sys
import threading
from typing import IO

from ..errors import UserError
from . import pool
from .pool import Task
from .run import Order, execute


def main() -> None:
    """Answer every order that arrives on standard input, on what was standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anybody prints must not get between the answers
    pool.prepare()
    orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(sys.stdin.buffer, orders), daemon=True).start()
    while True:
        order = orders.get()
        pickle.dump(_run(order), answers)
        answers.flush()


def _receive(stream: IO[bytes], orders: "queue.SimpleQueue[Order]") -> None:
    while True:
        try:
            orders.put(pickle.load(stream))  # noqa: S301 (from the worker that started this process)
        except EOFError:
            os._exit(0)


def _run(order: Order) -> object:
    try:
        ((_, answer),) = pool.run_all([Task(execute, order, order.timeout)], 1)
    except UserError as error:
        return error
    return answer


if __name__ == "__main__":
    main()
