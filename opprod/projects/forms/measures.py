"""Forms of measures and their readings, and the filters of the list of measures."""

from opprod.projects.forms.strands import LARGEST_KEY
from opprod.web.forms import (
    BaseForm,
    DayField,
    IntegerField,
    QuantityField,
    SelectField,
    StringField,
    TextAreaField,
    max_length,
    required,
)

DIRECTORATE = 0  # no strand has this key


class MeasureFilters(BaseForm):
    """What the list of measures is narrowed to; the page gives ``strand`` its choices."""

    class Meta(BaseForm.Meta):
        """A form that only reads needs no token."""

        csrf = False

    q = StringField("Name or key", [max_length(100)])
    strand = SelectField("Workstream or project", coerce=int, blank="All")


class _NamedForm(BaseForm):
    """What is measured."""

    name = StringField(
        "Name",
        [required("Enter what is measured"), max_length(160)],
        description="What is counted, such as Registered users of the Model Hospital.",
    )


class RenameMeasureForm(_NamedForm):
    """A measure's name; ``version`` is the one the change began from."""

    version = IntegerField("Version", largest=LARGEST_KEY)


class MeasureForm(_NamedForm):
    """A new measure; the page gives ``strand`` its choices."""

    unit = StringField(
        "Unit",
        [required("Enter the unit"), max_length(40)],
        description="£, % or what is counted in the plural, such as trusts. It cannot be changed later.",
    )
    strand = SelectField("Whose measure it is", coerce=int, blank="The directorate’s own")
    key = StringField(
        "Key (optional)",
        [max_length(60)],
        description="What a statement quotes it by, such as registered-users. Leave it empty to have one made from "
        "the name. It cannot be changed later.",
    )


class ReadingForm(BaseForm):
    """A measure's value, and where it comes from; ``seen`` is the reading in force when the form was opened."""

    quantity = QuantityField("Value", [required("Enter the value")])
    effective_on = DayField("True from", [required("Enter the day it is true from")])
    source = StringField(
        "Source",
        [required("Enter where the value comes from"), max_length(300)],
        description="Where someone could check it, such as Model Hospital user log, 26 September 2016.",
    )
    seen = IntegerField("Reading seen", largest=LARGEST_KEY)


class WithdrawForm(BaseForm):
    """Why a reading is withdrawn."""

    reason = TextAreaField(
        "Why is it withdrawn?",
        [required("Enter why it is withdrawn"), max_length(1000)],
        description="Everyone can read this in the measure’s history.",
    )
