"""Starting the processes in which what people wrote is read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

START_FILE = Path(__file__).with_name("start.py")
# What the dynamic linker and fontconfig need where libraries and fonts are not in their usual places.
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH")


def command(module: str, *arguments: str) -> list[str]:
    """Return the command that calls ``main`` of a module of this package with the arguments."""
    return [sys.executable, "-P", str(START_FILE), module, *arguments]


def environment() -> dict[str, str]:
    """Return an environment that holds none of the application's secrets."""
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    # Hash order and font timestamps must not reach a PDF's bytes.
    return passed_on | {"LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0"}
