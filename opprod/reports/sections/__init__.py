"""The sections a paper can have, each composed by a module of its own; a further one is added to ``SECTIONS``."""

from opprod.reports.sections import equality, establishment, introduction, plans, progress, support
from opprod.reports.sections.section import Section

SECTIONS: dict[str, Section] = {
    module.SECTION.key: module.SECTION for module in (introduction, establishment, progress, plans, support, equality)
}
"""By key, in the order a paper has them at first."""

EQUALITY_DUTY = equality.SECTION.key
PLANS = plans.SECTION.key

__all__ = ["EQUALITY_DUTY", "PLANS", "SECTIONS", "Section"]
