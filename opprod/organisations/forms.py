"""Filters of the lists of STPs and trusts, and the form of the directorate."""

from opprod.core.regions import Region
from opprod.organisations.models import TrustType
from opprod.web.forms import (
    BaseForm,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    choices_of,
    max_length,
    required,
)


class StpFilters(BaseForm):
    """What the list of STPs is narrowed to."""

    class Meta(BaseForm.Meta):
        """A form that only reads needs no token."""

        csrf = False

    region = SelectField("Region", choices=choices_of(Region), coerce=Region, blank="Every region")


class TrustFilters(StpFilters):
    """What the list of trusts is narrowed to; the page gives ``stp`` its choices."""

    q = StringField("Name or code", [max_length(100)])
    type = SelectField("Type", choices=choices_of(TrustType), coerce=TrustType, blank="Every type")
    stp = SelectField("STP", coerce=int, blank="Every STP")


class DirectorateForm(BaseForm):
    """What the directorate is; ``version`` is the one the changes began from, 0 for none."""

    name = StringField("Name", [required("Enter the directorate’s name"), max_length(120)])
    body = StringField(
        "Body",
        [required("Enter the body it belongs to"), max_length(120)],
        description="The organisation it belongs to, such as NHS Improvement.",
    )
    purpose = TextAreaField("Purpose", [required("Enter its purpose"), max_length(1000)])
    version = IntegerField("Version")
