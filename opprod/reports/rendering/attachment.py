"""A file that rides in a PDF: putting it in is asked for with the render, and reading it back is here."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass

from opprod.reports.rendering.processes import command, environment

PDF_SIGNATURE = b"%PDF-"
HEAD_BYTES = 1024  # a PDF may begin with something else, but not with more than this
LARGEST_PDF = 64 * 1024 * 1024
LARGEST_ATTACHMENT = 32 * 1024 * 1024
READING_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to embed: what it is called, what a reader is told of it, and its bytes."""

    name: str
    description: str
    content: bytes


def attached(content: bytes, name: str) -> bytes | None:
    """Return the file of that name in a PDF; None where there is none, or what is given cannot be read.

    It may come from anywhere, so it is read in a process of its own with limits on time and memory, and neither
    may be larger than a paper and its content can be.
    """
    if PDF_SIGNATURE not in content[:HEAD_BYTES] or len(content) > LARGEST_PDF:
        return None
    try:
        reading = subprocess.run(  # noqa: S603 - the name is ours
            command("reading", name),
            input=content,
            capture_output=True,
            cwd="/",
            env=environment(),
            timeout=READING_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return reading.stdout if reading.returncode == 0 else None
