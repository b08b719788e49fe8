"""Forms of triage: proposing a category, moderating a proposal, and opening a round."""

from typing import Self

from opprod.accounts import User
from opprod.plans import permissions
from opprod.plans.models import Category, Plan
from opprod.plans.models.plans import REASON_LENGTH
from opprod.plans.queries.triage import Decision
from opprod.plans.services.rounds import NAME_LENGTH
from opprod.web.forms import (
    BaseForm,
    DayField,
    IntegerField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
    max_length,
    required,
)
from opprod.web.urls import LARGEST_KEY

AGREE = "agree"
RETURN = "return"


def _letter(category: Category, *, before: str = "") -> SelectChoice:
    label = f"{before}{category.value}: {category.label}"
    return SelectChoice(category.value, label, render_kw={"hint": category.meaning})


class ProposalForm(BaseForm):
    """The region's proposal; ``seen`` is the key of the latest step when the page was opened, 0 for none.

    No category is chosen beforehand: the suggestion is beside the form, and a person decides.
    """

    category = RadioField(
        "Category to propose",
        [required("Choose a category")],
        choices=[_letter(category) for category in Category],
        coerce=Category,
    )
    reason = TextAreaField("Why", [max_length(REASON_LENGTH)])
    seen = IntegerField("Step seen", largest=LARGEST_KEY)


class ModerationForm(BaseForm):
    """The centre's answer to a proposal: agreed, returned, or the category to set instead; ``seen`` as above."""

    answer = RadioField("What the centre decides", [required("Choose a decision")])
    reason = TextAreaField(
        "Reason or question",
        [max_length(REASON_LENGTH)],
        description="Needed to override or to return.",
    )
    seen = IntegerField("Step seen", largest=LARGEST_KEY)

    @classmethod
    def of(cls, decision: Decision) -> Self:
        """The form for the proposal that waits."""
        form = cls()
        # What was seen is what the person's own page said, and never taken from what there is by now.
        if not form.is_submitted() and decision.latest:
            form.seen.data = decision.latest.id
        proposed = decision.proposal.category if decision.proposal else None
        agree = [_agree(proposed)] if proposed else []
        others = [_letter(one, before="Override with ") for one in Category if one is not proposed]
        sent_back = SelectChoice(RETURN, "Return to the region", render_kw={"hint": "With a question to answer"})
        form.answer.choices = [*agree, *others, sent_back]
        return form

    @property
    def override(self) -> Category | None:
        """The category to set instead of the one proposed."""
        return Category(self.answer.data) if self.answer.data in Category.__members__ else None


class RoundForm(BaseForm):
    """A new round; ``seen`` is the number of the round under way when the page was opened, 0 for none."""

    name = StringField(
        "Name",
        [required("Enter the name of the round"), max_length(NAME_LENGTH)],
        description="What it is called on pages and in papers, such as October review.",
    )
    due_on = DayField(
        "Due",
        [required("Enter the day by which regions propose")],
        description="The day by which regions propose their categories.",
    )
    seen = IntegerField("Round seen", largest=LARGEST_KEY)


def form_for(user: User, plan: Plan, decision: Decision) -> ProposalForm | ModerationForm | None:
    """The form of what the person may decide on a plan now; None where that is nothing."""
    latest = decision.latest
    if permissions.can_propose(user, plan):
        return ProposalForm(seen=latest.id if latest else 0)
    if permissions.can_moderate(user, plan, proposed_by_id=latest.by_id if latest else None):
        return ModerationForm.of(decision)
    return None


def _agree(proposed: Category) -> SelectChoice:
    return SelectChoice(AGREE, f"Agree: {proposed.value}, {proposed.label}", render_kw={"hint": proposed.meaning})
