"""Run a notebook's cells in this process, as a papermill engine over IPython's own in-process kernel."""

import sys
from types import SimpleNamespace
from typing import Any

from ipykernel.inprocess.blocking import BlockingInProcessKernelClient
from ipykernel.inprocess.ipkernel import InProcessKernel
from ipykernel.inprocess.manager import InProcessKernelManager
from ipykernel.iostream import OutStream
from ipykernel.zmqshell import ZMQInteractiveShell
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine as PapermillEngine
from papermill.engines import NotebookExecutionManager, papermill_engines
from traitlets import default
from traitlets.config import Config

NAME = "warm"


class Client(BlockingInProcessKernelClient):
    """A client whose code has run when nbclient asks for it.

    nbclient asks from within its event loop, where the in-process kernel would move the code to another
    thread; a notebook's code expects the main one.
    """

    def run(self, code: str) -> None:
        """Run code in this thread; its messages wait in the channels."""
        self._ran = super().execute(code, allow_stdin=False)

    # nbclient's way of calling, of which only the code is known here.
    def execute(self, code: str, **_: Any) -> str:  # type: ignore[override]  # noqa: ARG002
        """Return the id of the messages of the code that has run."""
        return self._ran


class Kernel(InProcessKernel):
    """The in-process kernel with what it lacks beside an ordinary one (ipykernel 7.4, November 2026)."""

    # Cells with a top-level await ask for the thread of the shell's channel, which is not there.
    shell_channel_thread = SimpleNamespace(parent_thread=None)
    _supports_kernel_subshells = False

    # pandas and others know a notebook's shell by this class.
    @default("shell_class")
    def _default_shell_class(self) -> type:
        return ZMQInteractiveShell

    # What programs that a cell starts write to the process's own output belongs to the cell.
    @default("stdout")
    def _default_stdout(self) -> OutStream:
        return OutStream(self.session, self.iopub_thread, "stdout")

    @default("stderr")
    def _default_stderr(self) -> OutStream:
        return OutStream(self.session, self.iopub_thread, "stderr")


class Manager(InProcessKernelManager):
    """A manager of this kernel and this client."""

    client_class = f"{Client.__module__}.{Client.__name__}"

    def start_kernel(self, **_: Any) -> None:
        """Start the kernel; from now on all output of the process is that of its cells."""
        self.kernel = Kernel(parent=self, session=self.session)  # type: ignore[no-untyped-call]  # inherited, untyped
        sys.stdout, sys.stderr = self.kernel.stdout, self.kernel.stderr


class NotebookClient(PapermillNotebookClient):
    """papermill's own client, its cells run beforehand."""

    def execute_cell(self, cell: NotebookNode, cell_index: int, **options: Any) -> NotebookNode:
        """Run a cell and let nbclient gather its outputs; cells that nbclient skips are not run."""
        skipped = self.skip_cells_with_tag in cell.metadata.get("tags", [])
        if cell.cell_type == "code" and cell.source.strip() and not skipped:
            self.kc.run(cell.source)
        return super().execute_cell(cell, cell_index, **options)


class Engine(PapermillEngine):
    """papermill's interface to the in-process kernel; a process runs one notebook only, and then ends."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: Any) -> None:
        """Run the cells of a notebook in order, up to the first that fails."""
        # No history file: it would be shared by all processes, and nobody reads it.
        manager = Manager(config=Config({"HistoryManager": {"enabled": False}}))
        manager.start_kernel()
        client = manager.client()  # type: ignore[no-untyped-call]  # inherited, untyped
        client.start_channels()
        chosen = {name: options[name] for name in ("coalesce_streams", "record_timing") if name in options}
        notebook = NotebookClient(nb_man, km=manager, kernel_name=kernel_name, **chosen)
        notebook.kc = client
        notebook.execute()


def register() -> None:
    """Make the engine known to papermill as `warm`."""
    papermill_engines.register(NAME, Engine)
