"""The filters of a round at a glance."""

from opprod.projects.queries.rounds import Standing
from opprod.web.forms import BaseForm, SelectField


class RoundFilters(BaseForm):
    """What the round is narrowed to; the page gives both fields their choices."""

    class Meta(BaseForm.Meta):
        """A form that only reads needs no token."""

        csrf = False

    status = SelectField("Status", coerce=Standing, blank="Any")
    owner = SelectField("Owner", coerce=int, blank="Anyone")
