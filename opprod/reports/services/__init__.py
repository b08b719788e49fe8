"""Beginning Board papers, writing them, and taking them to the Board."""

from opprod.reports.services.answers import answer_promise
from opprod.reports.services.claims import reopen_figure, settle_figures
from opprod.reports.services.comments import make_comment, reopen_comment, resolve_comment
from opprod.reports.services.editing import (
    Overlapping,
    Together,
    discard_draft,
    keep_draft,
    restore_section,
    save_section,
    together,
)
from opprod.reports.services.issuing import approved_edition, content_to_issue, issue_paper
from opprod.reports.services.papers import change_paper, create_paper
from opprod.reports.services.sections import (
    add_section,
    confirm_equality_duty,
    edit_section,
    include_section,
    move_section,
    restrict_section,
)
from opprod.reports.services.wordings import drop_wording, move_wording, word_statements
from opprod.reports.services.workflow import (
    Seen,
    approve_paper,
    author_ids,
    content_of_edition,
    return_paper,
    revise_paper,
    send_for_review,
    take_back,
    withdraw_paper,
)

__all__ = [
    "Overlapping",
    "Seen",
    "Together",
    "add_section",
    "answer_promise",
    "approve_paper",
    "approved_edition",
    "author_ids",
    "change_paper",
    "confirm_equality_duty",
    "content_of_edition",
    "content_to_issue",
    "create_paper",
    "discard_draft",
    "drop_wording",
    "edit_section",
    "include_section",
    "issue_paper",
    "keep_draft",
    "make_comment",
    "move_section",
    "move_wording",
    "reopen_comment",
    "reopen_figure",
    "resolve_comment",
    "restore_section",
    "restrict_section",
    "return_paper",
    "revise_paper",
    "save_section",
    "send_for_review",
    "settle_figures",
    "take_back",
    "together",
    "withdraw_paper",
    "word_statements",
]
