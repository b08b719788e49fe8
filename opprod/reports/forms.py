"""Forms of papers and their sections."""

from collections.abc import Sequence
from typing import Any

from wtforms.validators import ValidationError

from opprod.core import clock
from opprod.reports.models import PaperPurpose
from opprod.reports.queries.answers import Which
from opprod.reports.services.comments import COMMENT_LENGTH
from opprod.reports.services.sections import NARRATIVE_LENGTH
from opprod.reports.services.wordings import GROUPING_LENGTH, WORDING_LENGTH, Made
from opprod.web.forms import (
    BaseForm,
    BooleanField,
    CheckboxesField,
    DayField,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    SubForm,
    TextAreaField,
    choices_of,
    max_length,
    required,
)
from opprod.web.presenters import day as day_in_words


class PaperForm(BaseForm):
    """A paper's header."""

    meeting_id = SelectField("Meeting", [required("Choose the meeting")], coerce=int, blank="Choose a meeting")
    addressee = StringField("To", [required("Enter whom the paper is for"), max_length(120)])
    agenda_item = StringField(
        "Agenda item", [required("Enter the agenda item"), max_length(10)], description="A number, like 9 or 9a"
    )
    reference = StringField(
        "Reference",
        [required("Enter the reference"), max_length(30)],
        description="As the Board’s secretariat gives it, like BM/16/89",
    )
    author_name = StringField("Report by: name", [required("Enter the author’s name"), max_length(120)])
    author_title = StringField("Report by: title", [required("Enter the author’s title"), max_length(160)])
    report_on = StringField("Report on", [required("Enter what the paper reports on"), max_length(200)])


class PaperChangeForm(PaperForm):
    """A paper's header, with the day its facts are held at, and the version its editor began from."""

    purpose = SelectField(
        "What is asked of the Board (optional)",
        choices=[(purpose.value, purpose.label) for purpose in PaperPurpose],
        blank="Nothing said",
    )
    marking = StringField(
        "Protective marking (optional)",
        [max_length(60)],
        description="Stands at the top of the copy for the Board, like OFFICIAL-SENSITIVE. The public copy has none.",
    )
    as_at = DayField(
        "Hold the facts at (optional)",
        description="A day, like 26 September 2016. Left empty, the paper follows the records up to its meeting.",
    )
    version = IntegerField("Version", [required("Open the page again")])


class FiguresForm(BaseForm):
    """Figures of one place in a paper, and the source that some of them have."""

    keys = CheckboxesField("Figures", choices=[])
    source = StringField("Source of the figures you tick", [max_length(300)])


class ReopenForm(BaseForm):
    """A settled figure to be opened again."""

    key = HiddenField("Figure", [required("Open the page again"), max_length(64)])


class SeenForm(BaseForm):
    """A step with a paper, from where its page showed it to stand."""

    seen = IntegerField("Seen", [required("Open the page again")])


class ReturnForm(SeenForm):
    """What is asked for in sending a paper back."""

    note = TextAreaField("What needs to change", [required("Say what needs to change"), max_length(1000)])


class WithdrawForm(SeenForm):
    """Why an issued paper is withdrawn."""

    note = TextAreaField(
        "Why it is withdrawn",
        [required("Enter the reason it is withdrawn"), max_length(1000)],
        description="Shown wherever the paper is. What was issued stays on record.",
    )


class IssueForm(SeenForm):
    """Issuing a paper; a reissue says what it changes."""

    changes = TextAreaField(
        "What this version changes",
        [max_length(1000)],
        description="Stands at the top of the paper, for those who have the version before.",
    )


class SectionForm(BaseForm):
    """A section's title and text, and the version its editor began from."""

    title = StringField("Title", [required("Enter the title"), max_length(160)])
    narrative = TextAreaField("Text", [required("Enter the text"), max_length(NARRATIVE_LENGTH)])
    version = IntegerField("Version", [required("Open the page again")])


class CommentForm(BaseForm):
    """A comment on a section."""

    text = TextAreaField("Your comment", [required("Enter your comment"), max_length(COMMENT_LENGTH)])


class ComparedDaysForm(BaseForm):
    """The two days that are compared."""

    class Meta(BaseForm.Meta):
        """A form that only reads needs no token."""

        csrf = False

    since = DayField("From the end of", [required("Enter the earlier day")], name="from")
    until = DayField("To the end of", [required("Enter the later day")], name="to")

    def validate_until(self, field: Any) -> None:
        """Refuse a day that has not come, and one before the earlier day."""
        if field.data > clock.today():
            raise ValidationError(f"The later day cannot be after today, {day_in_words(clock.today())}")
        if self.since.data and self.since.data > field.data:
            raise ValidationError("The later day must be the same as the earlier one, or after it")


class ComparedPapersForm(BaseForm):
    """The two papers that are compared, by their keys; ``now`` is the programme as it stands today."""

    class Meta(BaseForm.Meta):
        """A form that only reads needs no token."""

        csrf = False

    earlier = SelectField("Earlier paper", [required("Choose the earlier paper")])
    later = SelectField("Later paper", [required("Choose the later paper")])


class AnswerFilters(BaseForm):
    """Which promises of the last paper are shown; all of them unless told."""

    class Meta(BaseForm.Meta):
        """A form that only reads needs no token."""

        csrf = False

    show = SelectField("Show", choices=choices_of(Which), default=Which.ALL.value)

    @property
    def unanswered_alone(self) -> bool:
        """Whether only those without an answer are asked for."""
        return not self.show.errors and self.show.data == Which.UNANSWERED.value


class StatementForm(SubForm):
    """What a paper makes of one statement; ``shown`` says that it was on the page that was sent."""

    shown = HiddenField("Shown", [max_length(1)])
    included = BooleanField("In this paper")
    wording = TextAreaField("Wording for the Board (optional)", [max_length(WORDING_LENGTH)])
    grouping = StringField("Group (optional)", [max_length(GROUPING_LENGTH)])


def statements_form(made: Sequence[Made], seen: str, *, prefix: str, is_sent: bool) -> BaseForm:
    """Make a form of a strand's statements, with a ``StatementForm`` for each under the statement's own key.

    It holds what is ``made`` of them or, where it ``is_sent``, what was typed.
    """
    fields = {one.key: FormField(StatementForm) for one in made}
    kind: type[BaseForm] = type(
        "StatementsForm", (BaseForm,), {"seen": HiddenField("Seen", [max_length(64)]), **fields}
    )
    rows = {
        one.key: {"shown": "y", "included": one.included, "wording": one.wording, "grouping": one.grouping}
        for one in made
    }
    taken = {} if is_sent else {"formdata": None}
    form: BaseForm = kind(prefix=prefix, data={"seen": seen, **rows}, **taken)
    return form
