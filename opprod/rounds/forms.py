"""The form of a meeting and its round."""

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
    paper_due_on = DayField("Paper due on", [required("Enter the day the paper is due")])


class ChangeMeetingForm(MeetingForm):
    """Changes to a meeting; ``version`` is the one they began from."""

    illustrative = StringField(
        "What of the meeting is invented (optional)",
        [max_length(200)],
        description="Shown beside the meeting, and in its paper. Clear it once the meeting is real.",
    )
    round_illustrative = StringField(
        "What of the round’s days, or the day the paper is due, is invented (optional)",
        [max_length(200)],
        description="Shown beside these days. Clear it once they are real.",
    )
    version = IntegerField("Version")
