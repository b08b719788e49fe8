"""The forms of next steps: finding them, and saying what became of one."""

from opprod.projects.models import Outcome
from opprod.projects.queries.next_steps import State
from opprod.projects.services.next_steps import NOTE_LENGTH
from opprod.web.errors import Typed
from opprod.web.forms import (
    BaseForm,
    DayField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    TextAreaField,
    choices_of,
    max_length,
    required,
)
from opprod.web.urls import LARGEST_KEY

ALL = "all"


class NextStepFilters(BaseForm):
    """What the list is narrowed to; open next steps unless told."""

    class Meta(BaseForm.Meta):
        """A form that only reads needs no token."""

        csrf = False

    state = SelectField("Show", choices=[*choices_of(State), SelectChoice(ALL, "All")], default=State.OPEN.value)
    strand = SelectField("Workstream or project", coerce=int, blank="Any")
    owner = SelectField("Owner", coerce=int, blank="Anyone")


class OutcomeForm(BaseForm):
    """What became of a next step. ``seen`` is the outcome that stood when the person began, if any."""

    seen = IntegerField("Outcome seen", largest=LARGEST_KEY)
    outcome = RadioField("Outcome", [required("Choose an outcome")], choices=choices_of(Outcome), coerce=Outcome)
    new_due_on = DayField("New due day", description="If it slipped. Like 31 October 2016.")
    note = TextAreaField(
        "Note",
        [max_length(NOTE_LENGTH)],
        description="The reason, if it slipped or was dropped. Otherwise anything worth saying.",
    )
    effective_on = DayField("From", [required("Enter the day this is true from")], description="Today or earlier.")

    def as_typed(self) -> list[Typed]:
        """What was typed, field by field."""
        return [
            Typed("Outcome", self.outcome.data.label if self.outcome.data else ""),
            Typed("New due day", self.new_due_on._value()),  # noqa: SLF001 as it was typed
            Typed("Note", self.note.data or ""),
            Typed("From", self.effective_on._value()),  # noqa: SLF001 as it was typed
        ]


class WithdrawOutcomeForm(BaseForm):
    """Why an outcome is taken back."""

    reason = TextAreaField("Why is it withdrawn?", [required("Enter why it is withdrawn"), max_length(NOTE_LENGTH)])
