"""Forms of workstreams and projects, and the filters of their lists."""

from collections.abc import Sequence
from typing import Any

from opprod.accounts import User
from opprod.core.rag import Rag
from opprod.web.forms import (
    BaseForm,
    DayField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    choices_of,
    max_length,
    required,
)

LARGEST_KEY = 2**31 - 1


def chosen(field: Any) -> Any:
    """What a filter narrows to; nothing where what was asked for is no choice."""
    return None if field.errors else field.data


class StrandFilters(BaseForm):
    """What a list of workstreams or projects is narrowed to; the page gives ``owner`` its choices."""

    class Meta(BaseForm.Meta):
        """A form that only reads needs no token."""

        csrf = False

    rag = SelectField("RAG", choices=choices_of(Rag), coerce=Rag, blank="Any")
    owner = SelectField("Owner", coerce=int, blank="Anyone")


class StrandForm(BaseForm):
    """What a workstream or project is; ``profile_id`` is the entry the changes began from, 0 for a new one."""

    name = StringField("Name", [required("Enter the name"), max_length(120)])
    purpose = TextAreaField(
        "Purpose",
        [required("Enter what it is for"), max_length(1000)],
        description="What it is for, in a sentence or two. Lists show how it begins.",
    )
    owner = SelectField("Owner", [required("Choose the owner")], coerce=int, blank="Choose a person")
    reports_to = StringField(
        "Reports to (optional)",
        [max_length(300)],
        description="A person’s post or a group, such as Strategic Change Implementation Group.",
    )
    starts_on = DayField("Starts on (optional)", description="For example, 1 April 2016.")
    ends_on = DayField(
        "Ends on (optional)", description="After this day it is closed: it owes no updates, and is listed apart."
    )
    illustrative = StringField(
        "Illustrative (optional)",
        [max_length(200)],
        description="What of this is invented for the demonstration. Empty it once all of this is real.",
    )
    profile_id = IntegerField("Began from", largest=LARGEST_KEY)

    def offer_owners(self, people: Sequence[User], *, now: tuple[int, str] | None = None) -> None:
        """Let one of these people be chosen, or whoever is the owner now, even if they could not be chosen today."""
        choices = [SelectChoice(str(person.id), person.name) for person in people]
        if now and all(choice.value != str(now[0]) for choice in choices):
            choices.insert(0, SelectChoice(str(now[0]), f"{now[1]} (can no longer be chosen)"))
        self.owner.choices = choices

    def owner_chosen(self) -> str:
        """The name of whoever was chosen."""
        return next((choice.label for choice in self.owner.choices if choice.value == str(self.owner.data)), "")


class MoveForm(BaseForm):
    """Which way a workstream or project moves in its list."""

    direction = HiddenField("Direction", [required("Say which way to move it"), max_length(4)])
