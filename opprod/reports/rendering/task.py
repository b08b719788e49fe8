"""A render under way, as the daemon keeps it: its folder, its limits and what is said of it."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any

from opprod.reports.rendering.job import JOB_FILE, PAPER_FILE
from opprod.reports.rendering.status import RenderState, RenderStatus, write_status
from opprod.reports.rendering.worker import SHORTEN

if TYPE_CHECKING:
    from opprod.reports.rendering.limits import Limits

SECONDS_BETWEEN_STATUSES = 0.1
TOO_MANY = "Too many PDFs are being made at once. Try again later."


class Task:
    """One render. ``lock`` is the open file that marks it as under way, until it is closed.

    Where its folder cannot be written to, nothing is said: whoever looks then finds the render cut off.
    """

    def __init__(self, folder: Path, lock: int, limits: Limits, status: RenderStatus) -> None:
        self.limits = limits
        self.folder = folder
        self.deadline = time.monotonic() + limits.queue_seconds
        self.wants_fresh_worker = False
        self.work: Path | None = None
        self._lock = lock
        self._status = status
        self._said_at = 0.0

    @property
    def key(self) -> str:
        """The render's key."""
        return self._status.key

    def begin(self) -> Path:
        """Make the folder for work, and let the time for it run; raise ``OSError`` where that cannot be made."""
        self.work = Path(tempfile.mkdtemp(prefix=".work-", dir=self.folder))
        self.deadline = time.monotonic() + self.limits.wall_seconds
        return self.work

    def queue_again(self) -> None:
        """Begin anew in a process that has rendered nothing before."""
        self._tidy()
        self.wants_fresh_worker = True
        self.deadline = time.monotonic() + self.limits.queue_seconds

    def advance(self, progress: dict[str, Any]) -> bool:
        """Take news of the layout; say whether it was passed on, which is not done for each page of a quick one."""
        # Pages are laid out again when their number changes what they say: never step back.
        percent = max(self._status.percent, progress["percent"])
        self._status = replace(self._status, **progress | {"state": RenderState.RENDERING, "percent": percent})
        if time.monotonic() < self._said_at + SECONDS_BETWEEN_STATUSES:
            return False
        self._say()
        return True

    def finish(self, paper: Path, pages: int, digest: str) -> None:
        """Put the PDF in its place."""
        with suppress(OSError):
            paper.replace(self.folder / PAPER_FILE)
            status = replace(self._status, state=RenderState.DONE, step="Ready", percent=100)
            self._end(replace(status, pages=pages, digest=digest))

    def fail(self, message: str) -> None:
        """Say why there is no PDF."""
        self._end(self._status.failed(message))

    def fail_for_time(self) -> None:
        """Say that the time for queueing, or for the layout, is over."""
        late = f"The PDF was not ready after {self.limits.wall_seconds:g} seconds. {SHORTEN}"
        self.fail(TOO_MANY if self.work is None else late)

    def close(self) -> None:
        """Be done with it, told or not."""
        self._tidy()
        os.close(self._lock)

    def _end(self, status: RenderStatus) -> None:
        self._tidy()
        (self.folder / JOB_FILE).unlink(missing_ok=True)
        # Last of all: whoever sees an outcome may remove the folder.
        self._status = status
        self._say()

    def _say(self) -> None:
        self._said_at = time.monotonic()
        with suppress(OSError):
            write_status(self.folder, self._status)

    def _tidy(self) -> None:
        if self.work is not None:
            rmtree(self.work, ignore_errors=True)
            self.work = None
