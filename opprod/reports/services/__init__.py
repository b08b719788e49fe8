"""Beginning Board papers, writing them, and taking them to the Board."""

from opprod.reports.services.papers import change_paper, create_paper
from opprod.reports.services.sections import (
    add_section,
    confirm_equality_duty,
    edit_section,
    include_section,
    move_section,
    restrict_section,
)

__all__ = [
    "add_section",
    "change_paper",
    "confirm_equality_duty",
    "create_paper",
    "edit_section",
    "include_section",
    "move_section",
    "restrict_section",
]
