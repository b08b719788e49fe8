"""Where the figures in the free text of the demonstration's paper come from."""

from opprod.accounts import User
from opprod.reports.assembly import content_of, day_of
from opprod.reports.models import Paper
from opprod.reports.services import settle_figures
from opprod.reports.unsourced import unsourced

SOURCES = {"equality": "Equality Act 2010, section 149(1)"}
"""By the key of the section."""


def settle(paper: Paper, *, actor: User) -> None:
    """Give the figures of each section their source."""
    bare = unsourced(content_of(paper, day_of(paper)))
    for key, source in SOURCES.items():
        figures = [figure for figure in bare if figure.section_key == key]
        settle_figures(paper=paper, figures=figures, source=source, actor=actor)
