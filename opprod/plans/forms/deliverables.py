"""The form of a plan's deliverables."""

import re
from typing import Any

from opprod.core.errors import InvalidInput
from opprod.plans.models import DeliverableState
from opprod.plans.models.records import SOURCE_LENGTH
from opprod.plans.queries.recorded import PlanRecord
from opprod.plans.services.deliverables import MOST_DELIVERABLES, TEXT_LENGTH, DeliverableContent
from opprod.web.errors import Typed
from opprod.web.forms import (
    BaseForm,
    DayField,
    FormField,
    HiddenField,
    IntegerField,
    RowsField,
    SelectField,
    StringField,
    SubForm,
    TextAreaField,
    add_error,
    choices_of,
    max_length,
    required,
)
from opprod.web.urls import LARGEST_KEY

_PLACE = re.compile(r"deliverables-(?P<index>[0-9]+)-(?P<name>\w+)")


class DeliverableRow(SubForm):
    """One deliverable; ``deliverable_id`` names one that is recorded already."""

    deliverable_id = IntegerField("Deliverable", largest=LARGEST_KEY)
    text = TextAreaField(
        "What is to be delivered",
        [required("Enter what is to be delivered, or remove this"), max_length(TEXT_LENGTH)],
    )
    due_on = DayField("Due (optional)", description="Leave empty if the plan gives no date.")
    state = SelectField(
        "State", choices=choices_of(DeliverableState), coerce=DeliverableState, default=DeliverableState.PLANNED
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the row; one added and left blank is as good as not there."""
        return self.is_blank or super().validate(extra_validators)

    @property
    def is_blank(self) -> bool:
        """Whether the row was added and nothing was typed in it."""
        return not (self.deliverable_id.data or self.text.data or self.due_on._value())  # noqa: SLF001 as typed

    def content(self) -> DeliverableContent:
        """The deliverable as typed."""
        return DeliverableContent(
            id=self.deliverable_id.data or None,
            text=self.text.data or "",
            due_on=self.due_on.data,
            state=self.state.data or DeliverableState.PLANNED,
        )

    def as_typed(self) -> str:
        """The deliverable in a line, readable or not."""
        due = self.due_on._value()  # noqa: SLF001 as it was typed
        state = self.state.data.label.lower() if self.state.data else "no state"
        return f"{self.text.data or ''} ({f'due {due}' if due else 'no date'}, {state})"


class DeliverablesForm(BaseForm):
    """All that a plan is to deliver; ``seen`` tells what the form was opened on."""

    seen = HiddenField("Deliverables seen", [max_length(40)])
    deliverables = RowsField(
        FormField(DeliverableRow), "Deliverables", row_name="Deliverable", max_entries=MOST_DELIVERABLES
    )
    source = StringField(
        "Source of what you add or change",
        [max_length(SOURCE_LENGTH)],
        description="Where someone could check it, such as Two-page submission, page 2. "
        "What you leave as it is keeps its own source.",
    )

    def content(self) -> list[DeliverableContent]:
        """What was typed, without blank rows."""
        return [row.form.content() for row in self._filled()]

    def show(self, fault: InvalidInput) -> None:
        """Put a refusal of ``content`` at the field it names."""
        place = _PLACE.fullmatch(fault.field or "")
        if not place:
            add_error(self, fault)
            return
        field = self._filled()[int(place["index"])].form[place["name"]]
        field.errors = [fault.message]
        self.deliverables.errors = [*self.deliverables.errors, {place["name"]: field.errors}]

    def as_typed(self) -> list[Typed]:
        """What the form says, deliverable by deliverable."""
        rows = [Typed(f"Deliverable {n}", row.form.as_typed()) for n, row in enumerate(self._filled(), start=1)]
        source = [Typed("Source", self.source.data)] if self.source.data else []
        return [*rows, *source] or [Typed("Deliverables", "None")]

    def _filled(self) -> list[FormField]:
        return [row for row in self.deliverables.entries if not row.form.is_blank]


def deliverables_data(record: PlanRecord) -> dict[str, Any]:
    """What a fresh form shows of a plan's deliverables: a blank row where there are none."""
    rows: list[dict[str, Any]] = [
        {"deliverable_id": one.id, "text": one.text, "due_on": one.due_on, "state": one.state}
        for one in record.deliverables
    ]
    return {"seen": record.deliverables_version, "deliverables": rows or [{}]}
