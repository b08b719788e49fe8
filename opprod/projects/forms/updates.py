"""The form of an update, and of returning one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from wtforms import Label
from wtforms.validators import ValidationError

from opprod.accounts import User
from opprod.core.errors import InvalidInput
from opprod.core.rag import Rag
from opprod.projects.models import StatementKind
from opprod.projects.queries.measures import MeasureView
from opprod.projects.services.checks import MOST_STATEMENTS, SOURCE_LENGTH, TEXT_LENGTH
from opprod.projects.services.drafting import MOST_MEASURES
from opprod.projects.services.unchanged import REASON_LENGTH
from opprod.projects.services.updates import (
    NOTE_LENGTH,
    ReadingContent,
    StatementContent,
    UpdateContent,
)
from opprod.web.errors import Typed
from opprod.web.forms import (
    BaseForm,
    DayField,
    FormField,
    HiddenField,
    IntegerField,
    QuantityField,
    RadioField,
    RowsField,
    SelectChoice,
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

# A kind as a row's button and hidden field name it.
KINDS = {kind.name.lower(): kind for kind in StatementKind}
_ASKS_FOR = {
    StatementKind.ACHIEVEMENT: "What was achieved",
    StatementKind.PROGRESS: "What progress was made",
    StatementKind.NEXT_STEP: "What will be done",
}
_PLACE = re.compile(r"(?P<rows>statements|readings)-(?P<index>[0-9]+)-(?P<name>\w+)")


class StatementRow(SubForm):
    """One statement; owner, due day and promise are for next steps."""

    kind = HiddenField("Kind", [max_length(20)])
    next_step_id = IntegerField("Next step", largest=LARGEST_KEY)
    text = TextAreaField("Text", [max_length(TEXT_LENGTH)])
    source = StringField(
        "Source of its figures (optional)",
        [max_length(SOURCE_LENGTH)],
        description="Where the figures typed in its own words come from. A quoted measure has its own source.",
    )
    owner_id = SelectField("Who will do it", coerce=int, blank="Choose a person")
    due_on = DayField("Due", description="Like 31 October 2016")

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Read the row, and ask for what its kind is to say."""
        super().process(*args, **kwargs)
        if self.statement_kind:
            self.text.label = Label(self.text.id, _ASKS_FOR[self.statement_kind])

    @property
    def statement_kind(self) -> StatementKind | None:
        """The row's kind; None for a value no button of ours sends."""
        return KINDS.get(self.kind.data or "")

    def validate_kind(self, field: HiddenField) -> None:
        """Refuse a kind that is none."""
        if self.statement_kind is None:
            raise ValidationError("This statement has lost its kind: remove it and add it again")

    def content(self) -> StatementContent:
        """The statement as typed."""
        kind = self.statement_kind or StatementKind.ACHIEVEMENT
        if kind is not StatementKind.NEXT_STEP:
            return StatementContent(kind=kind, text=self.text.data or "", source=self.source.data)
        return StatementContent(
            kind=kind,
            text=self.text.data or "",
            source=self.source.data,
            owner_id=self.owner_id.data,
            due_on=self.due_on.data,
            next_step_id=self.next_step_id.data,
        )


class ReadingRow(SubForm):
    """A measure's new value."""

    measure_id = IntegerField("Measure", largest=LARGEST_KEY)
    quantity = QuantityField("New value")
    source = StringField("Source", [max_length(SOURCE_LENGTH)])

    def content(self) -> ReadingContent:
        """The value as typed."""
        return ReadingContent(
            measure_id=self.measure_id.data or 0, quantity=self.quantity.data, source=self.source.data or ""
        )


class UpdateForm(BaseForm):
    """All that an update says. ``version`` is the one the person began from."""

    version = IntegerField("Version", largest=LARGEST_KEY)
    rag = RadioField("How does it stand?", choices=choices_of(Rag), coerce=Rag)
    rag_reason = TextAreaField(
        "Reason", [max_length(TEXT_LENGTH)], description="Why it stands so, in a sentence or two."
    )
    statements = RowsField(
        FormField(StatementRow),
        "Statements",
        row_name="Statement",
        max_entries=MOST_STATEMENTS,
        kind_field="kind",
    )
    readings = RowsField(FormField(ReadingRow), "Readings", row_name="Reading", max_entries=MOST_MEASURES)

    def offer(self, owners: Sequence[User]) -> None:
        """Let every next step's owner be one of these."""
        self._owners = [SelectChoice(str(owner.id), owner.name) for owner in owners]
        for row in self.statements:
            row.form.owner_id.choices = self._owners

    def blank_statement(self, kind: str) -> FormField:
        """A row of a kind to copy."""
        row = self.statements.blank_row(kind)
        row.form.owner_id.choices = self._owners
        return row

    def content(self, stored: UpdateContent) -> UpdateContent:
        """What was typed, with the notes of what is illustrative in what stays as it is ``stored``."""
        noted = _Noted(stored.statements)
        return UpdateContent(
            rag=self.rag.data,
            rag_reason=self.rag_reason.data,
            statements=[noted.again(row.form.content()) for row in self.statements],
            readings=[row.form.content() for row in self.readings],
        )

    def show(self, faults: Sequence[InvalidInput]) -> None:
        """Put each refusal at the field it names."""
        for fault in faults:
            self._show(fault)

    def as_typed(self, names: Mapping[int, str], measures: Mapping[int, str]) -> list[Typed]:
        """What was typed, readable or not, field by field; names of owners and of measures are given by key."""
        rag = self.rag.data
        typed = [
            Typed("How it stands", rag.label if rag else "Not rated"),
            Typed("Reason", self.rag_reason.data or "None"),
        ]
        typed.extend(_typed_statement(number, row.form, names) for number, row in enumerate(self.statements, start=1))
        for row in self.readings:
            value, source = row.form.quantity._value(), row.form.source.data  # noqa: SLF001 WTForms' own name for it
            if value or source:
                typed.append(Typed(measures.get(row.form.measure_id.data, "Reading"), f"{value} ({source})"))
        return typed

    def _show(self, fault: InvalidInput) -> None:
        place = _PLACE.fullmatch(fault.field or "")
        if not place:
            if not (fault.field in self and self[fault.field].errors):
                add_error(self, fault)
            return
        rows = self[place["rows"]]
        field = rows.entries[int(place["index"])].form[place["name"]]
        if not field.errors:
            field.errors = [fault.message]
            rows.errors = [*rows.errors, {place["name"]: field.errors}]


class ReturnForm(BaseForm):
    """Why an update goes back. ``seen`` is the status entry the person saw."""

    seen = IntegerField("Status", largest=LARGEST_KEY)
    note = TextAreaField(
        "What needs to change",
        [required("Enter what needs to change"), max_length(NOTE_LENGTH)],
        description="The people who write the update see this.",
    )


class NoChangeForm(BaseForm):
    """Why a strand says again what it said."""

    reason = TextAreaField(
        "Why has nothing changed?",
        [required("Enter why nothing has changed"), max_length(REASON_LENGTH)],
        description="In a sentence or two. The paper shows it.",
    )


class ApproveForm(BaseForm):
    """Approval of an update as the person saw it."""

    seen = IntegerField("Status", largest=LARGEST_KEY)


def form_data(update_version: int, content: UpdateContent, measures: Sequence[MeasureView]) -> dict[str, Any]:
    """What a fresh form shows of an update, with a place for each of the strand's measures."""
    given = {reading.measure_id: reading for reading in content.readings}
    return {
        "version": update_version,
        "rag": content.rag,
        "rag_reason": content.rag_reason,
        "statements": [
            {
                "kind": statement.kind.name.lower(),
                "text": statement.text,
                "source": statement.source,
                "owner_id": statement.owner_id,
                "due_on": statement.due_on,
                "next_step_id": statement.next_step_id,
            }
            for statement in content.statements
        ],
        "readings": [
            {
                "measure_id": measure.id,
                "quantity": given[measure.id].quantity if measure.id in given else None,
                "source": given[measure.id].source if measure.id in given else "",
            }
            for measure in measures
        ],
    }


class _Noted:
    """Statements with notes of what in them is illustrative, to tell which notes hold of statements typed since."""

    def __init__(self, statements: Sequence[StatementContent]) -> None:
        noted = [statement for statement in statements if statement.illustrative or statement.terms_illustrative]
        self._by_words = {(statement.kind, statement.text): statement for statement in noted}
        self._by_promise = {statement.next_step_id: statement for statement in noted if statement.next_step_id}

    def again(self, typed: StatementContent) -> StatementContent:
        """The statement with the note of its words if they stayed, and of its terms if owner and due day both did."""
        said = self._by_words.get((typed.kind, typed.text.strip()))
        before = self._by_promise.get(typed.next_step_id or 0) or said
        is_owed_as_before = before and (before.owner_id, before.due_on) == (typed.owner_id, typed.due_on)
        return replace(
            typed,
            illustrative=said.illustrative if said else None,
            terms_illustrative=before.terms_illustrative if before and is_owed_as_before else None,
        )


def _typed_statement(number: int, row: StatementRow, names: Mapping[int, str]) -> Typed:
    kind = row.statement_kind
    details = [
        names.get(row.owner_id.data or 0, ""),
        f"due {row.due_on._value()}" if row.due_on._value() else "",  # noqa: SLF001 as it was typed
        f"source: {row.source.data}" if row.source.data else "",
    ]
    said = ", ".join(detail for detail in details if detail)
    return Typed(
        f"{number}. {kind.label if kind else 'Statement'}", f"{row.text.data or ''}{f' ({said})' if said else ''}"
    )
