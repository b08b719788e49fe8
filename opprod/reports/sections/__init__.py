"""The sections a paper can have, each composed by a module of its own.

A further one is a further module or package here with a ``SECTION``: nothing else need know of it.
"""

from importlib import import_module
from pkgutil import iter_modules

from opprod.reports.sections.section import Section


def found() -> list[Section]:
    """The sections that modules and packages here declare, in the order a new paper has them."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    return sorted(
        (module.SECTION for module in modules if hasattr(module, "SECTION")),
        key=lambda kind: (kind.position, kind.key),
    )


SECTIONS: dict[str, Section] = {kind.key: kind for kind in found()}
"""By key, in the order a paper has them at first."""

EQUALITY_DUTY = "equality"

__all__ = ["EQUALITY_DUTY", "SECTIONS", "Section"]
