"""What lists of plans are narrowed to."""

from typing import Any, Self

from werkzeug.datastructures import MultiDict
from wtforms.validators import ValidationError

from opprod.core import clock
from opprod.core.financial_year import FinancialYear
from opprod.core.regions import Region
from opprod.plans.models import SavingKind, Service, Waiting
from opprod.plans.queries.plans import Standing
from opprod.web.forms import BaseForm, DayField, SelectField, StringField, choices_of, max_length, required
from opprod.web.presenters import day as day_in_words


class ScopedFilters(BaseForm):
    """A region and a service. Those who know of one region alone are not asked for a region."""

    class Meta(BaseForm.Meta):
        """A form that only reads needs no token."""

        csrf = False

    region = SelectField("Region", choices=choices_of(Region), coerce=Region, blank="Every region")
    service = SelectField("Service", blank="Every service")

    @classmethod
    def of(
        cls, args: MultiDict[str, str], *, services: list[Service], scope: Region | None, **unless_given: str
    ) -> Self:
        """The form as the address fills it, checked; ``unless_given`` is for what the address says nothing of."""
        form = cls(MultiDict([*args.items(multi=True), *((k, v) for k, v in unless_given.items() if k not in args)]))
        form.service.choices = [(service.slug, service.name) for service in services]
        if scope is not None:
            del form.region
        form.validate()
        return form

    def chosen(self, name: str) -> Any:
        """What a filter narrows to; None where nothing was chosen, or what is no choice."""
        field = self._fields.get(name)
        return None if field is None or field.errors else field.data


class PlanFilters(ScopedFilters):
    """What the list of plans is narrowed to. ``waits_for`` is known of today alone."""

    q = StringField("STP", [max_length(100)], description="Words of its name, or its number")
    category = SelectField("Category", choices=choices_of(Standing), coerce=Standing, blank="Any")
    waits_for = SelectField("Waits for", choices=choices_of(Waiting), coerce=Waiting, blank="Anyone")


class MatrixFilters(ScopedFilters):
    """What the matrix is narrowed to."""


class MovementFilters(ScopedFilters):
    """The two days that are compared, and what the comparison is narrowed to."""

    since = DayField("From the end of", [required("Enter the earlier day")])
    until = DayField("To the end of", [required("Enter the later day")])

    def validate_until(self, field: Any) -> None:
        """Refuse a day that has not come, and one before the earlier day."""
        if field.data > clock.today():
            raise ValidationError(f"The later day cannot be after today, {day_in_words(clock.today())}")
        if self.since.data and self.since.data > field.data:
            raise ValidationError("The later day must be the same as the earlier one, or after it")


class SavingsFilters(ScopedFilters):
    """What exported lines of the savings ledger are narrowed to; ``year`` is a financial year, like 2016/17."""

    year = StringField("Financial year", [max_length(9)])
    kind = SelectField("Kind", choices=choices_of(SavingKind), coerce=SavingKind, blank="Every kind")

    def validate_year(self, field: Any) -> None:
        """Refuse what is no financial year."""
        if not field.data:
            return
        try:
            FinancialYear.parse(field.data)
        except ValueError as error:
            raise ValidationError(str(error)) from error
