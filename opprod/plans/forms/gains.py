"""What the ranking of gains is narrowed to, and which functions count in it."""

from collections.abc import Sequence
from typing import Self

from werkzeug.datastructures import MultiDict

from opprod.core.regions import Region
from opprod.plans.forms.filters import ScopedFilters
from opprod.plans.models import Service
from opprod.plans.rules.gains import Sort
from opprod.web.forms import CheckboxesField, SelectField, choices_of

ALL_FUNCTIONS = "all"


class GainFilters(ScopedFilters):
    """What is ranked, and how. Functions chosen one by one overrule ``functions``."""

    functions = SelectField("Functions", choices=[(ALL_FUNCTIONS, "All functions")], blank="Those in focus")
    sort = SelectField("Order", choices=choices_of(Sort), coerce=Sort, default=Sort.BOTH)
    function = CheckboxesField("Count only these functions", choices=[])

    @classmethod
    def offering(
        cls,
        functions: Sequence[tuple[str, str]],
        args: MultiDict[str, str],
        *,
        services: Sequence[Service],
        scope: Region | None,
    ) -> Self:
        """The form as the address fills it, checked, with these functions to choose from."""
        form = cls(args)
        form.service.choices = [(service.slug, service.name) for service in services]
        form.function.choices = functions
        if scope is not None:
            del form.region
        form.validate()
        return form
