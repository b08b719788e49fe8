"""The form of a plan's single figures."""

from collections.abc import Mapping
from typing import Any

from opprod.core.errors import InvalidInput
from opprod.core.quantity import Quantity
from opprod.plans.models import FigureKind
from opprod.plans.models.records import SOURCE_LENGTH
from opprod.plans.queries.recorded import PlanRecord
from opprod.web.errors import Typed
from opprod.web.forms import (
    BaseForm,
    FormField,
    HiddenField,
    QuantityField,
    StringField,
    SubForm,
    add_error,
    max_length,
)


class _MoneyRow(SubForm):
    """An amount of money and where it comes from."""

    quantity = QuantityField("Value", unit=FigureKind.CAPITAL.unit, description="Like £2m, £1.5–2m or c.£900k")
    source = StringField("Source", [max_length(SOURCE_LENGTH)])


class _MonthsRow(SubForm):
    """A time and where it comes from."""

    quantity = QuantityField("Value", unit=FigureKind.LEAD_IN.unit, description="In months, like 6, 6–9 or over 12")
    source = StringField("Source", [max_length(SOURCE_LENGTH)])


class FiguresForm(BaseForm):
    """A plan's five figures; ``seen`` tells what the form was opened on."""

    seen = HiddenField("Figures seen", [max_length(40)])
    capital = FormField(_MoneyRow, FigureKind.CAPITAL.label, description="What has to be invested once.")
    redundancy = FormField(
        _MoneyRow, FigureKind.REDUNDANCY.label, description="What redundancies cost once, apart from the capital."
    )
    lead_in = FormField(
        _MonthsRow, FigureKind.LEAD_IN.label, description="From the decision to the first saving, in months."
    )
    benchmark_cost = FormField(
        _MoneyRow,
        FigureKind.BENCHMARK_COST.label,
        description="What the service costs its trusts a year, by nationally available data.",
    )
    benchmark_attainable = FormField(
        _MoneyRow,
        FigureKind.BENCHMARK_ATTAINABLE.label,
        description="What nationally available data says it could cost a year.",
    )

    def row(self, kind: FigureKind) -> FormField:
        """The fields of a kind of figure."""
        return self[kind.name.lower()]

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Check the figures; each message says which figure it is about."""
        is_valid = super().validate(extra_validators)
        for kind in FigureKind:
            for field in self.row(kind).form:
                field.errors = [_about(kind, message) for message in field.errors]
        return bool(is_valid)

    def content(self) -> dict[FigureKind, tuple[Quantity | None, str]]:
        """The figures as typed."""
        rows = {kind: self.row(kind).form for kind in FigureKind}
        return {kind: (row.quantity.data, row.source.data or "") for kind, row in rows.items()}

    def show(self, fault: InvalidInput) -> None:
        """Put a refusal of ``content`` at the field it names."""
        for kind in FigureKind:
            name = (fault.field or "").removeprefix(f"{kind.value}-")
            if name in {"quantity", "source"}:
                self.row(kind).form[name].errors = [_about(kind, fault.message)]
                return
        add_error(self, fault)

    def as_typed(self) -> list[Typed]:
        """What the form says, figure by figure."""
        rows = {kind: self.row(kind).form for kind in FigureKind}
        said = {kind: (row.quantity._value(), row.source.data) for kind, row in rows.items()}  # noqa: SLF001 as typed
        return [
            Typed(kind.label, f"{value or 'Not recorded'}{f' ({source})' if source else ''}")
            for kind, (value, source) in said.items()
        ]


def figures_data(record: PlanRecord) -> dict[str, Any]:
    """What a fresh form shows of a plan's figures."""
    rows = {
        kind.name.lower(): {"quantity": held.quantity, "source": held.source} for kind, held in record.figures.items()
    }
    return {"seen": record.figures_version, **rows}


def _about(kind: FigureKind, message: str) -> str:
    return message if message.startswith(kind.label) else f"{kind.label}: {message[:1].lower()}{message[1:]}"
