"""Starts a worker, run as a file: ``python start.py FOLDER LOCK``.

``opprod/__init__.py`` loads the whole application. That takes longer than making a PDF, and has no place in the
process that lays out what people wrote. So the packages above this one are put in place empty, and then found.
"""

import sys
from pathlib import Path
from types import ModuleType


def _main(folder: str, lock: str) -> None:
    opprod = Path(__file__).parents[2]
    for name, directory in {"opprod": opprod, "opprod.reports": opprod / "reports"}.items():
        package = ModuleType(name)
        package.__path__ = [str(directory)]
        sys.modules[name] = package
    from opprod.reports.rendering.worker import main  # noqa: PLC0415 - found only now

    main(Path(folder), int(lock))


if __name__ == "__main__":
    _main(*sys.argv[1:])
