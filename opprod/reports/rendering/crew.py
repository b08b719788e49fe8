"""The processes that a daemon has forked to make PDFs."""

from __future__ import annotations

import os
import resource
import signal
import socket
import traceback
from typing import TYPE_CHECKING, Any

from opprod.reports.rendering import channel, worker
from opprod.reports.rendering.worker import SHORTEN

if TYPE_CHECKING:
    from opprod.reports.rendering.limits import Limits
    from opprod.reports.rendering.task import Task

STANDARD_FILES = 3


class Member:
    """A worker process and the way to it. It is ready for one task each time that it says so."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.served = 0
        self.is_ready = False
        self.was_ready = False
        self.task: Task | None = None
        self.connection, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = os.fork()
        if self._process == 0:
            _be_a_worker(theirs, limits)
        theirs.close()

    def suits(self, task: Task) -> bool:
        """Say whether the task may be done under this worker's limits, and after what it has done before."""
        return self.limits == task.limits and not (task.wants_fresh_worker and self.served)

    @property
    def is_coming(self) -> bool:
        """Whether it will be ready soon, or gone: it starts, or clears up after a task."""
        return self.task is None and not self.is_ready

    def give(self, task: Task) -> None:
        """Set it to work; raise ``OSError`` where the task's folder cannot be written to."""
        work = task.begin()
        self.is_ready = False
        self.served += 1
        self.task = task
        channel.send(self.connection, {"folder": str(task.folder), "work": str(work)})

    def hear(self) -> dict[str, Any]:
        """Return what it says next; nothing when it is gone."""
        message, _ = channel.receive(self.connection)
        if message.get("ready"):
            self.is_ready = self.was_ready = True
        return message

    def bury(self) -> int:
        """Collect the process, ended here if it has not, and return its exit code; a signal's is negative."""
        os.kill(self._process, signal.SIGKILL)
        self.connection.close()
        _, ending = os.waitpid(self._process, 0)
        return os.waitstatus_to_exitcode(ending)


def _be_a_worker(connection: socket.socket, limits: Limits) -> None:
    try:
        # What the daemon holds open would stay open with this process, the locks of other renders among it.
        kept, most = connection.fileno(), resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        os.closerange(STANDARD_FILES, kept)
        os.closerange(kept + 1, most)
        worker.serve(connection, limits)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def cause_of_death(code: int, limits: Limits) -> str:
    """Return what a person is told of a worker that ended so."""
    if code == -signal.SIGXCPU:
        return f"The PDF took more than {limits.cpu_seconds} seconds of computing. {SHORTEN}"
    if code < 0:
        # The libraries that lay out text end the process when they are refused memory.
        return f"Making the PDF was cut off ({signal.Signals(-code).name}), likely for want of memory. {SHORTEN}"
    return "The PDF could not be made because of a fault in opprod. Tell the people who run it."
