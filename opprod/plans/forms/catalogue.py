"""The form of a service and its functions."""

from collections.abc import Sequence
from typing import Any

from opprod.core.slugs import LENGTH as SLUG_LENGTH
from opprod.plans.models import Service
from opprod.plans.services.catalogue import MOST_FUNCTIONS, NAME_LENGTH, FunctionContent
from opprod.web.errors import Typed
from opprod.web.forms import (
    BaseForm,
    BooleanField,
    FormField,
    HiddenField,
    IntegerField,
    RowsField,
    StringField,
    SubForm,
    max_length,
    required,
)
from opprod.web.urls import LARGEST_KEY


class FunctionRow(SubForm):
    """One function; ``slug`` names one that there is already."""

    slug = HiddenField("Function", [max_length(SLUG_LENGTH)])
    name = StringField("Name", [required("Enter the name of the function"), max_length(NAME_LENGTH)])
    in_focus = BooleanField("In focus")

    def content(self) -> FunctionContent:
        """The function as typed."""
        return FunctionContent(name=self.name.data or "", in_focus=self.in_focus.data, slug=self.slug.data or None)


class ServiceForm(BaseForm):
    """A service; ``version`` is the one the person began from, 0 for a new one."""

    version = IntegerField("Version", largest=LARGEST_KEY)
    name = StringField(
        "Name",
        [required("Enter the name of the service"), max_length(NAME_LENGTH)],
        description="What the service is called on every page, such as Pathology.",
    )
    functions = RowsField(FormField(FunctionRow), "Functions", row_name="Function", max_entries=MOST_FUNCTIONS)

    def contents(self) -> list[FunctionContent]:
        """The functions as typed, in their order."""
        return [row.form.content() for row in self.functions]


def form_data(service: Service) -> dict[str, Any]:
    """What a fresh form shows of a service."""
    return {
        "version": service.version,
        "name": service.name,
        "functions": [{"slug": one.slug, "name": one.name, "in_focus": one.in_focus} for one in service.functions],
    }


def as_typed(name: str, functions: Sequence[FunctionContent]) -> list[Typed]:
    """A service as a person filled it in, for the conflict page."""
    rows = [Typed(f"Function {number}", _as_said(one)) for number, one in enumerate(functions, start=1)]
    return [Typed("Name", name), *rows]


def _as_said(function: FunctionContent) -> str:
    return f"{function.name}, in focus" if function.in_focus else function.name
