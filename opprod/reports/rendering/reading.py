"""The process that reads a file out of a PDF, which may have come from anywhere."""

from __future__ import annotations

import logging
import sys
from io import BytesIO

from pypdf import PdfReader

from opprod.reports.rendering.attachment import LARGEST_ATTACHMENT, READING_SECONDS
from opprod.reports.rendering.limits import MEGABYTE, confine_this_process, timed

MEMORY = 768 * MEGABYTE
NONE_FOUND = 3


def main(name: str) -> None:
    """Write the file of that name in the PDF on standard input to standard output; anything wrong is a failure."""
    confine_this_process(MEMORY)
    logging.disable()
    with timed(READING_SECONDS, READING_SECONDS):
        for file in PdfReader(BytesIO(sys.stdin.buffer.read())).attachment_list:
            if file.name == name and 0 < len(content := file.content) <= LARGEST_ATTACHMENT:
                sys.stdout.buffer.write(content)
                return
    sys.exit(NONE_FOUND)
