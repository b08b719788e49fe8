"""The forms of the savings ledger, and what its totals are narrowed to."""

from collections.abc import Sequence
from typing import Any

from wtforms.validators import ValidationError

from opprod.core.errors import InvalidInput
from opprod.core.financial_year import FinancialYear
from opprod.core.quantity import GBP
from opprod.plans.forms.filters import SavingsFilters
from opprod.plans.models import Confidence, SavingKind, ServiceFunction
from opprod.plans.models.records import SOURCE_LENGTH
from opprod.plans.models.savings import LABEL_LENGTH
from opprod.plans.queries.ledger import LedgerLine, LineReference
from opprod.plans.queries.savings import Candidate
from opprod.plans.queries.totals import Dimension, TotalsSearch
from opprod.plans.services.savings import REASON_LENGTH, SavingContent, SavingSaid
from opprod.web.errors import Typed
from opprod.web.forms import (
    BaseForm,
    DayField,
    IntegerField,
    QuantityField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    add_error,
    choices_of,
    max_length,
    required,
)
from opprod.web.presenters import day as day_in_words
from opprod.web.urls import LARGEST_KEY

KEEP = 0
"""Stands for the line of another region that a line is counted in: no line has this key."""

_YES, _NO, _NOT_SAID = "yes", "no", "not-said"
_CASH = {_YES: True, _NO: False, _NOT_SAID: None}
_CASH_CHOICE = {answer: choice for choice, answer in _CASH.items()}
_CASH_CHOICES = [(_YES, "Yes, cash-releasing"), (_NO, "No"), (_NOT_SAID, "The source does not say")]
_NOT_JUDGED = "not-judged"


class _WhichLineForm(BaseForm):
    """Of which year, kind and function a new line is."""

    year = StringField(
        "Financial year",
        [required("Enter the financial year, like 2017/18"), max_length(9)],
        description="Like 2017/18.",
    )
    kind = RadioField(
        "What is it?",
        [required("Choose whether it is planned, forecast or actual")],
        choices=choices_of(SavingKind),
        coerce=SavingKind,
    )
    function = SelectField("Function", blank="The service as a whole")
    label = StringField(
        "Description (optional)",
        [max_length(LABEL_LENGTH)],
        description="What tells it apart from a line for the same year, kind and function.",
    )

    def validate_year(self, field: Any) -> None:
        """Refuse what is no financial year."""
        try:
            FinancialYear.parse(field.data)
        except ValueError as error:
            raise ValidationError(str(error)) from error


class SavingForm(BaseForm):
    """What a line of the ledger says; ``seen`` is the value in force when the form was opened, 0 for a new line."""

    seen = IntegerField("Value seen", largest=LARGEST_KEY)
    quantity = QuantityField(
        "Saving in the year",
        unit=GBP,
        description="As vague as it is known, such as £1.2m, £0.8–1.2m or over £2m. Leave it empty where nobody has "
        "put a figure to it: it is then not stated, which is not zero.",
    )
    cash_releasing = RadioField(
        "Does it release cash?",
        [required("Choose whether it releases cash, or that the source does not say")],
        choices=_CASH_CHOICES,
    )
    confidence = RadioField(
        "How sure is it?",
        [required("Choose how sure it is, or that nobody has judged it")],
        choices=[*((one.value, one.label) for one in Confidence), (_NOT_JUDGED, "Nobody has judged it")],
    )
    source = StringField(
        "Source",
        [required("Enter where this comes from"), max_length(SOURCE_LENGTH)],
        description="Where someone could check it, such as Two-page submission, 15 July 2016.",
    )
    effective_on = DayField("True from", [required("Enter the day it is true from")], description="Today or before.")
    counted_in_id = SelectField(
        "Counted in",
        coerce=int,
        blank="This line",
        description="Choose another line of the same year and kind where that one takes the place of this one, or "
        "holds the same pounds. Totals then leave this line out.",
    )
    counted_in_line = IntegerField(
        "Or the number of a line in another STP’s plan (optional)",
        smallest=1,
        largest=LARGEST_KEY,
        description="As the ledger of that plan shows it, such as 214.",
    )

    def validate_counted_in_line(self, field: Any) -> None:
        """Refuse two places at once."""
        if field.data and self.counted_in_id.data is not None:
            raise ValidationError("Choose a line from the list or enter a number, not both")

    def offer(self, lines: Sequence[Candidate], now: LineReference | None = None) -> None:
        """Give the lines to choose from; a fresh form begins with the one that this line is counted in ``now``."""
        choices = [
            SelectChoice(str(one.line_id), f"Line {one.line_id}: {one.title}, {one.said}", optgroup=one.service)
            for one in lines
        ]
        if now is not None and now.line_id is None:
            choices = [SelectChoice(str(KEEP), f"As it is: {now}", optgroup="Another region"), *choices]
        self.counted_in_id.choices = choices
        if now is None or self.is_submitted():
            return
        if now.line_id is None or now.line_id in {one.line_id for one in lines}:
            self.counted_in_id.data = now.line_id or KEEP
        else:
            self.counted_in_line.data = now.line_id

    def said(self, *, kept: int | None = None) -> dict[str, Any]:
        """What was typed, as ``SavingSaid`` takes it; ``kept`` is the line of another region that was there."""
        chosen = self.counted_in_line.data or self.counted_in_id.data
        return {
            "quantity": self.quantity.data,
            "cash_releasing": _CASH[self.cash_releasing.data],
            "confidence": None if self.confidence.data == _NOT_JUDGED else Confidence(self.confidence.data),
            "source": self.source.data,
            "counted_in_id": kept if chosen == KEEP else chosen,
        }

    def change(self, *, kept: int | None) -> SavingSaid:
        """What the line is to say."""
        return SavingSaid(**self.said(kept=kept))

    def show(self, error: InvalidInput) -> None:
        """Show a refusal at the field that the person filled in."""
        by_number = error.field == "counted_in_id" and self.counted_in_line.data
        add_error(self, InvalidInput(error.message, field="counted_in_line") if by_number else error)

    def as_typed(self) -> list[Typed]:
        """What was typed, for the conflict page."""
        chosen = {one.value: one.label for one in self.counted_in_id.choices}
        number = self.counted_in_line.data
        return _typed(
            saving=str(self.quantity.data or "Not stated"),
            cash=dict(_CASH_CHOICES)[self.cash_releasing.data],
            confidence="Not judged"
            if self.confidence.data == _NOT_JUDGED
            else Confidence(self.confidence.data).label,
            source=self.source.data,
            day=day_in_words(self.effective_on.data),
            counted_in=f"Line {number}" if number else chosen.get(str(self.counted_in_id.data), "This line"),
        )


class NewSavingForm(_WhichLineForm, SavingForm):
    """A new line of the ledger and what it says."""

    def offer_functions(self, functions: Sequence[ServiceFunction]) -> None:
        """Give the functions to choose from."""
        self.function.choices = [(one.slug, one.name) for one in functions]

    def content(self) -> SavingContent:
        """The line that was typed."""
        return SavingContent(
            year=FinancialYear.parse(self.year.data),
            kind=self.kind.data,
            function=self.function.data,
            label=self.label.data,
            **self.said(),
        )


class WithdrawSavingForm(BaseForm):
    """Why a line is withdrawn; ``seen`` is the value in force when the form was opened."""

    seen = IntegerField("Value seen", largest=LARGEST_KEY)
    reason = TextAreaField(
        "Why is it withdrawn?",
        [required("Enter why it is withdrawn"), max_length(REASON_LENGTH)],
        description="Everyone who may open the plan can read this.",
    )


class TotalsFilters(SavingsFilters):
    """What totals of savings are by, and what they are narrowed to."""

    by = SelectField("Total by", choices=choices_of(Dimension), coerce=Dimension)
    cash = SelectField("Savings", choices=[(_YES, "Cash-releasing only")], blank="All")

    def search(self) -> TotalsSearch:
        """What was chosen; a filter that was refused narrows nothing."""
        year = self.chosen("year")
        return TotalsSearch(
            region=self.chosen("region"),
            service=self.chosen("service"),
            kind=self.chosen("kind"),
            year=FinancialYear.parse(year) if year else None,
            cash_releasing=self.chosen("cash") == _YES,
        )


def line_data(line: LedgerLine) -> dict[str, Any]:
    """What a line says, as its form begins with it."""
    return {
        "seen": line.value_id,
        "quantity": line.quantity,
        "cash_releasing": _CASH_CHOICE[line.cash_releasing],
        "confidence": line.confidence.value if line.confidence else _NOT_JUDGED,
        "source": line.source,
    }


def line_as_typed(line: LedgerLine) -> list[Typed]:
    """What a line says, as ``SavingForm.as_typed`` tells what was typed."""
    return _typed(
        saving=line.said,
        cash=dict(_CASH_CHOICES)[_CASH_CHOICE[line.cash_releasing]],
        confidence=line.confidence.label if line.confidence else "Not judged",
        source=line.source,
        day=day_in_words(line.effective_on),
        counted_in=str(line.counted_in).capitalize() if line.counted_in else "This line",
    )


def _typed(*, saving: str, cash: str, confidence: str, source: str, day: str, counted_in: str) -> list[Typed]:
    return [
        Typed("Saving in the year", saving),
        Typed("Does it release cash?", cash),
        Typed("How sure is it?", confidence),
        Typed("Source", source),
        Typed("True from", day),
        Typed("Counted in", counted_in),
    ]
