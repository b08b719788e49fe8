"""The forms of notes on a plan, and of withdrawing a note or a whole plan."""

from opprod.history.entries import REASON_LENGTH as NOTE_REASON_LENGTH
from opprod.plans.models import NoteKind
from opprod.plans.models.plans import REASON_LENGTH
from opprod.plans.models.records import TEXT_LENGTH
from opprod.web.forms import BaseForm, RadioField, SelectChoice, TextAreaField, max_length, required

_HINTS = {
    NoteKind.DEPENDENCY: "What the plan rests on or waits for, such as a bid for capital",
    NoteKind.COMMENT: "The region’s or the centre’s",
    NoteKind.SUPPORT: "What the STP asks for, and of whom",
}


class NoteForm(BaseForm):
    """A note on a plan."""

    kind = RadioField(
        "Kind of note",
        [required("Choose the kind of note")],
        choices=[SelectChoice(kind.value, kind.label, render_kw={"hint": _HINTS[kind]}) for kind in NoteKind],
        coerce=NoteKind,
    )
    text = TextAreaField("Note", [required("Enter the note"), max_length(TEXT_LENGTH)])


class WithdrawNoteForm(BaseForm):
    """Why a note is withdrawn."""

    reason = TextAreaField(
        "Why is it withdrawn?",
        [required("Enter the reason the note is withdrawn"), max_length(NOTE_REASON_LENGTH)],
        description="It is kept in the plan’s history.",
    )


class WithdrawPlanForm(BaseForm):
    """Why a plan is withdrawn."""

    reason = TextAreaField(
        "Why is it withdrawn?",
        [required("Enter the reason it is withdrawn"), max_length(REASON_LENGTH)],
        description="It is shown on the plan’s page.",
    )


class ReinstatePlanForm(BaseForm):
    """Why a plan is reinstated."""

    reason = TextAreaField(
        "Why is it reinstated?",
        [required("Enter the reason it is reinstated"), max_length(REASON_LENGTH)],
        description="It is kept in the plan’s history.",
    )
