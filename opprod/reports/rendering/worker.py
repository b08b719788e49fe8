"""The process that makes one PDF.

It supervises a child of its own that does the work under limits, so that neither a crash in that child nor
the end of the process that asked for the render leaves the render without an outcome.
"""

from __future__ import annotations

import json
import os
import select
import signal
import tempfile
import time
import traceback
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from opprod.reports.rendering.job import JOB_FILE, Job
from opprod.reports.rendering.limits import MEGABYTE, Limits, confine_this_process
from opprod.reports.rendering.locks import open_lock, take
from opprod.reports.rendering.progress import progress_from
from opprod.reports.rendering.status import RenderState, RenderStatus, read_status, write_status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAPER_FILE = "paper.pdf"
POLL_SECONDS = 0.1
SHORTEN = "Leave out a section or shorten the longest tables, then try again."


def main(folder: Path, lock: int) -> None:
    """Carry out the job in the folder, when its turn comes, and write how it ended as its status.

    ``lock`` is the open file that marks the render as under way; it closes when this process ends, however it
    ends.
    """
    job = Job.read(folder)
    (folder / JOB_FILE).unlink()
    waiting = read_status(folder)
    slot = _wait_for_slot(folder.parent / "slots", job.limits)
    if slot is None:
        write_status(folder, waiting.failed("Too many PDFs are being made at once. Try again later."))
        return
    with tempfile.TemporaryDirectory(prefix=".work-", dir=folder) as work:
        os.environ |= {"HOME": work, "TMPDIR": work}
        outcome = _supervise(folder, job, waiting, Path(work), lock)
        if outcome.state is RenderState.DONE:
            Path(work, PAPER_FILE).replace(folder / PAPER_FILE)
    # Last of all: whoever sees an outcome may remove the folder.
    write_status(folder, outcome)


def _wait_for_slot(slots: Path, limits: Limits) -> int | None:
    """Hold one of the places for renders until this process and its child end; None if none came free."""
    slots.mkdir(exist_ok=True)
    last_try = time.monotonic() + limits.queue_seconds
    while True:
        for number in range(limits.renders_at_once):
            slot = open_lock(slots / str(number))
            if take(slot):
                return slot
            os.close(slot)
        if time.monotonic() > last_try:
            return None
        time.sleep(POLL_SECONDS)


def _supervise(folder: Path, job: Job, status: RenderStatus, work: Path, lock: int) -> RenderStatus:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        # Held on, the lock would say that the render is supervised when it no longer is.
        os.close(lock)
        _render_and_exit(job, work, writer)
    os.close(writer)
    reports = _reports(reader, time.monotonic() + job.limits.wall_seconds)
    try:
        for report in reports:
            if "message" in report:
                status = status.failed(report["message"])
            else:
                # Pages are laid out again when their number changes what they say: never step back.
                percent = max(status.percent, report.get("percent", 0))
                status = replace(status, **report | {"state": RenderState.RENDERING, "percent": percent})
                write_status(folder, status)
    except TimeoutError:
        os.kill(child, signal.SIGKILL)
        status = status.failed(f"The PDF was not ready after {job.limits.wall_seconds:g} seconds. {SHORTEN}")
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        _, ending = os.waitpid(child, 0)
    if status.state is RenderState.FAILED:
        return status
    if os.waitstatus_to_exitcode(ending) != 0:
        return status.failed(_cause_of_death(ending, job.limits))
    return replace(status, state=RenderState.DONE, step="Ready", percent=100)


def _reports(reader: int, deadline: float) -> Iterator[dict[str, Any]]:
    """Yield each line the child writes until it ends; raise ``TimeoutError`` at the deadline."""
    pending = b""
    while True:
        ready, _, _ = select.select([reader], [], [], max(0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        data = os.read(reader, 65536)
        if not data:
            return
        *lines, pending = (pending + data).split(b"\n")
        yield from map(json.loads, lines)


def _cause_of_death(ending: int, limits: Limits) -> str:
    code = os.waitstatus_to_exitcode(ending)
    if code == -signal.SIGXCPU:
        return f"The PDF took more than {limits.cpu_seconds} seconds of computing. {SHORTEN}"
    if code < 0:
        # The libraries that lay out text end the process when they are refused memory.
        return f"Making the PDF was cut off ({signal.Signals(-code).name}), likely for want of memory. {SHORTEN}"
    return "The PDF could not be made because of a fault in opprod. Tell the people who run it."


def _render_and_exit(job: Job, work: Path, writer: int) -> NoReturn:
    """Render under the limits and leave without unwinding, so that nothing of the supervisor's runs here."""

    def report(**fields: Any) -> None:
        os.write(writer, json.dumps(fields).encode() + b"\n")

    def on_progress(message: str) -> None:
        progress = progress_from(message)
        if progress is not None:
            report(**asdict(progress))

    try:
        confine_this_process(job.limits)
        report(**_render(job, work, on_progress))
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _render(job: Job, work: Path, on_progress: Callable[[str], None]) -> dict[str, Any]:
    from opprod.reports.rendering.pdf import PdfError, write_pdf  # noqa: PLC0415 - loaded within the limits

    try:
        pdf = write_pdf(job.html, job.assets, on_progress)
    except PdfError as error:
        return {"message": str(error)}
    except MemoryError:
        return {"message": f"The PDF needs more than {job.limits.memory_bytes // MEGABYTE:,} MB. {SHORTEN}"}
    except RecursionError:
        return {"message": "The document has lists, quotations or tables too deep inside one another."}
    with (work / PAPER_FILE).open("wb") as file:
        file.write(pdf.content)
        # A paper said to be ready must be whole after a power cut too.
        os.fsync(file.fileno())
    return {"pages": pdf.pages}
