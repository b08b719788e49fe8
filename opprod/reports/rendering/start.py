"""Starts a process of this package, run as a file: ``python start.py MODULE ARGUMENT…`` calls the module's ``main``.

``opprod/__init__.py`` loads the whole application. That takes longer than making a PDF, and has no place in a
process that reads what people wrote. So the packages above this one are put in place empty, and then found.
"""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType


def _main(module: str, *arguments: str) -> None:
    opprod = Path(__file__).parents[2]
    rendering = opprod / "reports" / "rendering"
    for name, directory in {
        "opprod": opprod,
        "opprod.reports": opprod / "reports",
        "opprod.reports.rendering": rendering,
    }.items():
        package = ModuleType(name)
        package.__path__ = [str(directory)]
        sys.modules[name] = package
    import_module(f"opprod.reports.rendering.{module}").main(*arguments)


if __name__ == "__main__":
    _main(*sys.argv[1:])
