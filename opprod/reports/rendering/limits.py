"""What one render may use, and how many may run and be kept."""

from __future__ import annotations

import resource
import signal
from dataclasses import dataclass

MEGABYTE = 1024 * 1024
OPEN_FILES = 256
LARGEST_FILE = 256 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on each render, and on the folder of renders as a whole.

    ``memory_bytes`` is address space. ``wall_seconds`` runs from the start of rendering; ``queue_seconds`` is
    how long a render may wait for its turn before that.
    """

    memory_bytes: int = 1536 * MEGABYTE
    cpu_seconds: int = 60
    wall_seconds: float = 90
    queue_seconds: float = 600
    renders_at_once: int = 2
    renders_kept: int = 50


def confine_this_process(limits: Limits) -> None:
    """Hold this process to the limits for good.

    The number of processes is left alone: it counts everything the account runs, and Pango starts a thread.
    """
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    # Between the soft and the hard limit the kernel sends a signal that tells this death from others.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The supervisor keeps the wall time; this holds should the supervisor itself be killed.
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds + 5)
