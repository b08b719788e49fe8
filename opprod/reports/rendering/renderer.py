"""Makes PDFs outside the process that asks, one for each different content, and keeps the latest."""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import subprocess
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from opprod.core import clock
from opprod.core.errors import DomainError, NotFound
from opprod.reports.rendering import channel
from opprod.reports.rendering.job import LOG_FILE, PAPER_FILE, Job
from opprod.reports.rendering.limits import Limits
from opprod.reports.rendering.locks import LOCK_FILE, held, is_held, open_lock, take
from opprod.reports.rendering.processes import command, environment
from opprod.reports.rendering.status import RenderState, RenderStatus, read_status, write_status

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator, Mapping

    from opprod.reports.rendering.attachment import Attachment

KEY = re.compile("[0-9a-f]{64}")
POLL_SECONDS = 0.02  # where there is nobody to give word of news
LONGEST_WITHOUT_A_LOOK = 1.0
CUT_OFF = "Making the PDF was cut off before it was ready. Try again."


class RenderFailed(DomainError):
    """The document could not be made into a PDF; the message says why."""


@dataclass(frozen=True, slots=True)
class Render:
    """A document's way to a PDF: the key to ask after it, and whether this very call set it going."""

    key: str
    started: bool


class Renderer:
    """Renders kept in a folder that all the processes of one machine may share.

    A process of the folder's own makes them. It starts when it is first needed, and ends when it is not any more.
    """

    def __init__(self, directory: Path, limits: Limits | None = None) -> None:
        self._directory = directory
        self._limits = limits or Limits()

    def start(
        self,
        html: str,
        assets: Mapping[str, bytes | Path] | None = None,
        attachment: Attachment | None = None,
    ) -> Render:
        """Set the document's render going, unless it is done or under way; one that failed is tried again.

        ``assets`` are all the document can load, as ``asset:NAME``, but for PNG images given inline. The
        ``attachment`` rides in the PDF. Returns at once; the render goes on when the caller's process ends.
        """
        job = Job.of(html, assets, attachment)
        key = job.key()
        folder = self._directory / key
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with held(self._directory / LOCK_FILE):
            folder.mkdir(exist_ok=True)
            os.utime(folder)
            lock = open_lock(folder / LOCK_FILE)
            try:
                if _is_done(folder) or not _take_from_lookers(lock, folder):
                    return Render(key, started=False)
                _clear(folder)
                job.write(folder)
                write_status(folder, RenderStatus(key, RenderState.QUEUED, clock.now()))
                self._hand_over(key, lock)
            finally:
                os.close(lock)
            self._prune()
        return Render(key, started=True)

    def status(self, key: str) -> RenderStatus:
        """Say how far the render is; raise ``NotFound`` for a key that no kept render has."""
        folder = self._folder(key)
        status = _status(folder)
        if status.state.is_over or is_held(folder / LOCK_FILE):
            return status
        # It may have ended between the two looks.
        status = _status(folder)
        return status if status.state.is_over else status.failed(CUT_OFF)

    def wait(
        self,
        key: str,
        timeout: float | None = None,
        on_progress: Callable[[RenderStatus], None] | None = None,
    ) -> RenderStatus:
        """Return the status when the render is over, or as it is after ``timeout`` seconds.

        ``on_progress`` takes the status each time it changes. Raises ``NotFound`` as ``status`` does.
        """
        self._folder(key)
        deadline = time.monotonic() + (float("inf") if timeout is None else timeout)
        said = None
        with self._word_of(key) as wait_for_word:
            while True:
                status = self.status(key)
                if on_progress is not None and status != said:
                    on_progress(status)
                    said = status
                left = deadline - time.monotonic()
                if status.state.is_over or left <= 0:
                    return status
                wait_for_word(left)

    def pdf(self, key: str) -> bytes:
        """Return the finished PDF; raise ``RenderFailed`` if there is none, ``NotFound`` for a key unknown."""
        status = self.status(key)
        if status.state is not RenderState.DONE:
            raise RenderFailed(status.message or "The PDF is not ready yet.")
        try:
            content = (self._folder(key) / PAPER_FILE).read_bytes()
        except FileNotFoundError as error:
            raise _no_render() from error
        if sha256(content).hexdigest() != status.digest:
            # A power cut can leave the name of a file without its bytes.
            (self._folder(key) / PAPER_FILE).unlink(missing_ok=True)
            raise _no_render()
        return content

    def stop(self) -> None:
        """End the folder's process, cutting off what it renders; it starts again when it is needed."""
        with suppress(OSError), held(self._directory / LOCK_FILE):
            daemon = channel.connect(self._directory)
            if daemon is not None:
                with daemon:
                    channel.send(daemon, {"stop": True})
                    channel.receive(daemon)

    def _folder(self, key: str) -> Path:
        # The key comes from an address and becomes a path.
        if not KEY.fullmatch(key):
            raise _no_render()
        return self._directory / key

    def _hand_over(self, key: str, lock: int) -> None:
        daemon = channel.connect(self._directory) or self._launch()
        with daemon:
            channel.send(daemon, {"render": key, "limits": asdict(self._limits)}, lock)

    def _launch(self) -> socket.socket:
        """Start the folder's process and return a connection to it; the caller holds the folder's lock."""
        # It is open before the process is, so that nobody has to wait for that and none can start twice.
        with channel.listen(self._directory) as listener, (self._directory / LOG_FILE).open("wb") as log:
            number, limits = str(listener.fileno()), json.dumps(asdict(self._limits))
            process = subprocess.Popen(  # noqa: S603 - nothing in the command comes from a person
                command("daemon", str(self._directory.absolute()), number, limits),
                cwd="/",
                env=environment() | {"XDG_CACHE_HOME": str(self._directory.absolute() / "cache")},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[listener.fileno()],
                start_new_session=True,
            )
            # Unless somebody collects the process when it ends, a server that runs for weeks fills up with zombies.
            threading.Thread(target=process.wait, name=f"renderer-{process.pid}", daemon=True).start()
            return channel.reach(self._directory)

    @contextmanager
    def _word_of(self, key: str) -> Iterator[Callable[[float], None]]:
        """Give a function that waits for news of the render, for so many seconds at most."""
        daemon = None
        with suppress(OSError):
            daemon = channel.connect(self._directory)
        if daemon is None:
            yield lambda seconds: time.sleep(min(seconds, POLL_SECONDS))
            return
        with daemon:
            channel.send(daemon, {"watch": key})
            hung_up = False

            def wait(seconds: float) -> None:
                nonlocal hung_up
                if hung_up:
                    time.sleep(min(seconds, POLL_SECONDS))
                elif select.select([daemon], [], [], min(seconds, LONGEST_WITHOUT_A_LOOK))[0]:
                    hung_up = not channel.heard(daemon)

            yield wait

    def _prune(self) -> None:
        folders = [path for path in self._directory.iterdir() if KEY.fullmatch(path.name)]
        folders.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        for folder in folders[self._limits.renders_kept :]:
            if not is_held(folder / LOCK_FILE):
                shutil.rmtree(folder, ignore_errors=True)


def render_pdf(
    html: str,
    *,
    assets: Mapping[str, bytes | Path] | None = None,
    attachment: Attachment | None = None,
    limits: Limits | None = None,
    on_progress: Callable[[RenderStatus], None] | None = None,
) -> bytes:
    """Make the document's PDF under the same limits, and wait for it; raise ``RenderFailed`` if it fails."""
    # A render that is interrupted may still write as its folder goes.
    with TemporaryDirectory(prefix="opprod-render-", ignore_cleanup_errors=True) as directory:
        renderer = Renderer(Path(directory), limits)
        try:
            render = renderer.start(html, assets, attachment)
            renderer.wait(render.key, on_progress=on_progress)
            return renderer.pdf(render.key)
        finally:
            renderer.stop()


def _no_render() -> NotFound:
    return NotFound("There is no such PDF. It may have been cleared away: ask for it again.")


def _status(folder: Path) -> RenderStatus:
    try:
        return read_status(folder)
    except FileNotFoundError as error:
        raise _no_render() from error


def _is_over(folder: Path) -> bool:
    try:
        return read_status(folder).state.is_over
    except FileNotFoundError:
        return False


def _is_done(folder: Path) -> bool:
    return _is_over(folder) and (folder / PAPER_FILE).exists()


def _take_from_lookers(lock: int, folder: Path) -> bool:
    """Take the render's lock; False if a worker holds it to work.

    One who only looks at the lock, and a worker that has said how it ended, hold it for a moment more.
    """
    while not take(lock):
        if is_held(folder / LOCK_FILE) and not _is_over(folder):
            return False
        time.sleep(0.01)
    return True


def _clear(folder: Path) -> None:
    """Remove what an earlier try left behind."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != LOCK_FILE:
            path.unlink()
