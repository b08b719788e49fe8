"""Folders that opprod needs beside its code, wherever it is installed."""

from pathlib import Path
from typing import Literal

PACKAGE_DIR = Path(__file__).resolve().parent


def resource_dir(name: Literal["templates", "migrations"]) -> Path:
    """Return the folder of that name: inside the package in a wheel, at the top of the checkout otherwise.

    Raises FileNotFoundError where the installation has neither.
    """
    for parent in (PACKAGE_DIR / "bundled", PACKAGE_DIR.parent):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(f"This installation of opprod has no {name} folder")
