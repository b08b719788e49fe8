"""A process that makes PDFs, one after another, for the daemon that forked it."""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import tempfile
import traceback
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from opprod.reports.rendering.channel import receive, send
from opprod.reports.rendering.job import LOG_FILE, PAPER_FILE, Job
from opprod.reports.rendering.limits import MEGABYTE, Limits, confine_this_process, timed
from opprod.reports.rendering.pdf import Fonts, PdfError, write_pdf
from opprod.reports.rendering.progress import progress_from

if TYPE_CHECKING:
    import socket

SHORTEN = "Leave out a section or shorten the longest tables, then try again."
# The daemon keeps the wall time; a worker ends itself this much later.
GRACE_SECONDS = 5
OBJECTS_BETWEEN_COLLECTIONS = 50_000
PR_SET_PDEATHSIG = 1
FIRST_DOCUMENT = """<html lang="en-GB"><title>First</title><style>* { font-family: "Liberation Sans" }</style>
<h1>First</h1><p>One <strong>two</strong> <em>three</em><table><tr><th>Four<td><ul><li>Five</ul></table></html>"""


def serve(daemon: socket.socket, limits: Limits) -> NoReturn:
    """Make what the daemon asks for until it is gone, or this process has served its time."""
    try:
        _end_with_the_daemon()
        confine_this_process(limits.memory_bytes)
        # A layout makes objects by the million and few in circles: looking for those as often as usual takes long.
        gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 20, 100)
        fonts = Fonts()
        write_pdf(FIRST_DOCUMENT, {}, lambda message: None, fonts=fonts)
        for _ in range(limits.renders_a_worker):
            send(daemon, {"ready": True})
            task, _ = receive(daemon)
            if not task:
                break
            with timed(limits.cpu_seconds, limits.wall_seconds + GRACE_SECONDS):
                outcome = _carry_out(Path(task["folder"]), Path(task["work"]), limits, daemon, fonts)
            send(daemon, outcome | {"over": True})
            gc.collect()
            if "message" in outcome or fonts.spoilt or _memory() > limits.kept_bytes:
                break
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    # Nothing of the daemon that this process was forked from may be unwound here.
    os._exit(0)


def _carry_out(folder: Path, work: Path, limits: Limits, daemon: socket.socket, fonts: Fonts) -> dict[str, Any]:
    """Make the PDF, in the folder for work; return how many pages it has, or why it cannot be made."""
    _log_to(folder / LOG_FILE)
    os.environ |= {"HOME": str(work), "TMPDIR": str(work)}
    tempfile.tempdir = str(work)

    def on_progress(message: str) -> None:
        progress = progress_from(message)
        if progress is not None:
            send(daemon, asdict(progress))

    try:
        job = Job.read(folder)
        pdf = write_pdf(job.html, job.assets, on_progress, attachment=job.attachment, fonts=fonts)
    except PdfError as error:
        return {"message": str(error)}
    except MemoryError:
        message = f"The PDF needs more than {limits.memory_bytes // MEGABYTE:,} MB. {SHORTEN}"
        return {"message": message, "may_do_elsewhere": True}
    except RecursionError:
        return {"message": "The document has lists, quotations or tables too deep inside one another."}
    paper = work / PAPER_FILE
    paper.write_bytes(pdf.content)
    return {"paper": str(paper), "pages": pdf.pages, "digest": sha256(pdf.content).hexdigest()}


def _log_to(path: Path) -> None:
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)


def _end_with_the_daemon() -> None:
    """Have the kernel end this process when the daemon ends, however that ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _memory() -> int:
    """Return the bytes of memory this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()
