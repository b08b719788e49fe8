"""The forms of a plan's submission and scope, and of a trust's own category."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from opprod.core.errors import InvalidInput
from opprod.organisations.queries import NamedTrust
from opprod.plans.models import Category, Element, Plan, SubmissionState
from opprod.plans.models.plans import REASON_LENGTH
from opprod.plans.models.records import SOURCE_LENGTH
from opprod.plans.queries.recorded import PlanRecord, TrustView
from opprod.plans.services.records import MOST_NAMES, NAME_LENGTH
from opprod.web.errors import Typed
from opprod.web.forms import (
    BaseForm,
    CheckboxesField,
    DayField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
    choices_of,
    max_length,
    required,
)
from opprod.web.urls import LARGEST_KEY

_CODES = re.compile(r"[,;\s]+")


class SubmissionForm(BaseForm):
    """The two pages; ``seen`` is the submission in force when the form was opened, 0 where there was none."""

    seen = IntegerField("Submission seen", largest=LARGEST_KEY)
    state = RadioField(
        "Has the STP sent its two pages?",
        [required("Choose whether the two pages have been received")],
        choices=choices_of(SubmissionState),
        coerce=SubmissionState,
        description="Of an STP that has no plan, no day is kept and nothing that is left out.",
    )
    received_on = DayField("Received on", description="The day the two pages were received, like 15 July 2016.")
    leaves_out = CheckboxesField(
        "The two pages leave out",
        choices=choices_of(Element),
        coerce=Element,
        description="Tick what you looked for and did not find: it is then known to be missing. What is neither "
        "ticked here nor recorded on the plan is not known yet. A blank is never a zero.",
    )
    source = StringField(
        "Source",
        [required("Enter where this comes from"), max_length(SOURCE_LENGTH)],
        description="Where someone could check it, such as Two-page submission, 15 July 2016.",
    )

    def as_typed(self) -> list[Typed]:
        """What the form says, field by field."""
        return [
            Typed("Two pages", self.state.data.label if self.state.data else "Not chosen"),
            Typed("Received on", self.received_on._value() or "No day"),  # noqa: SLF001 as it was typed
            Typed("Leave out", _listed(_chosen(self.leaves_out))),
            Typed("Source", self.source.data or "None"),
        ]


class ScopeForm(BaseForm):
    """What and whom a plan covers; ``offer`` gives functions and trusts their choices."""

    seen = HiddenField("Scope seen", [max_length(40)])
    functions = CheckboxesField("Functions in scope")
    trusts = CheckboxesField("Trusts taking part", coerce=int)
    other_trusts = StringField(
        "Other trusts (optional)",
        [max_length(400)],
        description="Trusts of other STPs, by ODS code, such as RJ1, RYJ.",
    )
    ccgs = TextAreaField(
        "Clinical commissioning groups taking part",
        [max_length((NAME_LENGTH + 1) * MOST_NAMES)],
        description="One a line.",
    )
    local_authorities = TextAreaField(
        "Local authorities taking part", [max_length((NAME_LENGTH + 1) * MOST_NAMES)], description="One a line."
    )
    source = StringField(
        "Source",
        [required("Enter where this comes from"), max_length(SOURCE_LENGTH)],
        description="Where someone could check it, such as Two-page submission, page 1.",
    )

    def offer(self, plan: Plan, record: PlanRecord, of_the_stp: Sequence[Row[*NamedTrust]]) -> None:
        """Let the functions be the service's, and the trusts those of the STP and any that take part already."""
        self.functions.choices = [SelectChoice(one.slug, one.name) for one in plan.service.functions]
        titles = {trust.id: f"{trust.name} ({trust.ods_code})" for trust in record.trusts}
        titles = {trust.id: f"{name or 'Trust'} ({trust.ods_code})" for trust, name, _stp in of_the_stp} | titles
        self.trusts.choices = [SelectChoice(str(trust_id), title) for trust_id, title in titles.items()]

    @property
    def codes(self) -> list[str]:
        """The ODS codes typed."""
        return list(dict.fromkeys(code for code in _CODES.split((self.other_trusts.data or "").upper()) if code))

    def trust_ids(self, others: Mapping[str, int]) -> set[int]:
        """The keys of trusts ticked and typed; raises ``InvalidInput`` for codes that are not among ``others``."""
        unknown = [code for code in self.codes if code not in others]
        if unknown:
            named = " or ".join(unknown)
            raise InvalidInput(f"No trust of 2016/17 has the ODS code {named}", field="other_trusts")
        return {*self.trusts.data, *(others[code] for code in self.codes)}

    def as_typed(self) -> list[Typed]:
        """What the form says, field by field."""
        return [
            Typed("Functions", _listed(_chosen(self.functions))),
            Typed("Trusts", _listed([*_chosen(self.trusts), *self.codes])),
            Typed("Clinical commissioning groups", self.ccgs.data or "None"),
            Typed("Local authorities", self.local_authorities.data or "None"),
            Typed("Source", self.source.data or "None"),
        ]


class TrustCategoryForm(BaseForm):
    """A trust's own category; ``seen`` is the trust's entry in force when the form was opened."""

    seen = IntegerField("Entry seen", largest=LARGEST_KEY)
    category = RadioField(
        "Category",
        choices=[
            SelectChoice(one.value, f"{one.value}: {one.label}", render_kw={"hint": one.meaning}) for one in Category
        ],
        coerce=Category,
        blank="As the plan’s",
    )
    reason = TextAreaField(
        "Reason",
        [max_length(REASON_LENGTH)],
        description="Why this trust differs from the plan. Needed for a category of its own.",
    )

    def as_typed(self) -> list[Typed]:
        """What the form says, field by field."""
        category = self.category.data
        return [
            Typed("Category", f"{category.value}: {category.label}" if category else "As the plan’s"),
            Typed("Reason", self.reason.data or "None"),
        ]


def submission_data(record: PlanRecord) -> dict[str, Any]:
    """What a fresh form shows of a plan's submission."""
    held = record.submission
    if held is None:
        return {"seen": 0}
    return {
        "seen": held.id,
        "state": held.state,
        "received_on": held.received_on,
        "leaves_out": list(held.leaves_out),
        "source": held.source,
    }


def scope_data(record: PlanRecord) -> dict[str, Any]:
    """What a fresh form shows of a plan's scope."""
    data: dict[str, Any] = {"seen": record.scope_version, "trusts": [trust.id for trust in record.trusts]}
    if record.scope is None:
        return data
    return data | {
        "functions": [function.slug for function in record.scope.functions],
        "ccgs": "\n".join(record.scope.ccgs),
        "local_authorities": "\n".join(record.scope.local_authorities),
        "source": record.scope.source,
    }


def trust_data(trust: TrustView) -> dict[str, Any]:
    """What a fresh form shows of a trust's own category."""
    return {"seen": trust.entry.id, "category": trust.category, "reason": trust.reason or ""}


def _chosen(field: CheckboxesField) -> list[str]:
    return [str(choice.label) for choice in field.iter_choices() if choice.selected]


def _listed(items: Sequence[str]) -> str:
    return "; ".join(items) or "Nothing"
