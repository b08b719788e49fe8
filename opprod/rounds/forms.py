"""The form of a meeting and its round."""

from opprod.rounds.services import Dates
from opprod.web.forms import BaseForm, DayField, IntegerField, StringField, max_length, required


class MeetingForm(BaseForm):
    """A new meeting."""

    board = StringField("Board", [required("Enter the name of the Board"), max_length(120)])
    held_on = DayField("Meeting held on", [required("Enter the day of the meeting")])
    opens_on = DayField(
        "Reporting round opens on",
        [required("Enter the day the round opens")],
        description="From this day workstreams and projects write their updates. It must be after this Board’s "
        "meeting before.",
    )
    updates_due_on = DayField("Updates due on", [required("Enter the day updates are due")])
    updates_reviewed_on = DayField("Updates reviewed by", [required("Enter the day updates are reviewed by")])
    paper_drafted_on = DayField("Paper drafted by", [required("Enter the day the paper is drafted by")])
    paper_approved_on = DayField("Paper approved by", [required("Enter the day the paper is approved by")])
    paper_due_on = DayField(
        "Paper issued to the Board by", [required("Enter the day the paper is issued to the Board by")]
    )

    def dates(self) -> Dates:
        """The days as typed."""
        return Dates(
            opens_on=self.opens_on.data,
            updates_due_on=self.updates_due_on.data,
            updates_reviewed_on=self.updates_reviewed_on.data,
            paper_drafted_on=self.paper_drafted_on.data,
            paper_approved_on=self.paper_approved_on.data,
            paper_due_on=self.paper_due_on.data,
            held_on=self.held_on.data,
        )


class ChangeMeetingForm(MeetingForm):
    """Changes to a meeting; ``version`` is the one they began from."""

    illustrative = StringField(
        "What of the meeting is invented (optional)",
        [max_length(200)],
        description="Shown beside the meeting, and in its paper. Clear it once the meeting is real.",
    )
    round_illustrative = StringField(
        "What of the round’s days, or the day the paper is issued, is invented (optional)",
        [max_length(200)],
        description="Shown beside these days. Clear it once they are real.",
    )
    version = IntegerField("Version")
