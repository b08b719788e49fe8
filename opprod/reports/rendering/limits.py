"""What one render may use, and how many may run and be kept."""

from __future__ import annotations

import resource
import signal
import time
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MEGABYTE = 1024 * 1024
OPEN_FILES = 256
LARGEST_FILE = 256 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on each render, on the processes that render, and on the folder of renders as a whole.

    ``memory_bytes`` is address space. ``wall_seconds`` runs from the start of rendering; ``queue_seconds`` is
    how long a render may wait for its turn before that. A process that has made ``renders_a_worker`` PDFs, or
    holds ``kept_bytes`` of memory between two, is replaced; all end ``idle_seconds`` after the last was asked for.
    """

    memory_bytes: int = 1536 * MEGABYTE
    cpu_seconds: int = 60
    wall_seconds: float = 90
    queue_seconds: float = 600
    renders_at_once: int = 2
    renders_kept: int = 50
    renders_a_worker: int = 50
    kept_bytes: int = 320 * MEGABYTE
    idle_seconds: float = 300


def confine_this_process(memory_bytes: int) -> None:
    """Hold this process to so much address space, few files and none of them huge, for good.

    The number of processes is left alone: it counts everything the account runs, and Pango starts a thread.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def timed(cpu_seconds: int, wall_seconds: float) -> Iterator[None]:
    """End this process, by a signal, if the ``with`` block takes longer."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    used = ceil(time.process_time())
    # The soft limit's signal tells this death from others.
    resource.setrlimit(resource.RLIMIT_CPU, (used + cpu_seconds, most))
    signal.setitimer(signal.ITIMER_REAL, wall_seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
