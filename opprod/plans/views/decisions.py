"""Deciding on a plan: the region's proposal, and the centre's answer to it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, requires
from opprod.accounts.gate import signed_in
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotFound, WrongState
from opprod.organisations.queries import stp
from opprod.plans import presenters
from opprod.plans.blueprint import blueprint
from opprod.plans.forms.triage import AGREE, RETURN, ModerationForm, ProposalForm, form_for
from opprod.plans.models import Category, Move, Plan, Service, TriageRound, TriageStep, Waiting
from opprod.plans.queries.plans import services as all_services
from opprod.plans.queries.queue import Place, next_in_queue, place_of, queue_counts
from opprod.plans.queries.triage import StepView, current_round, decision_of
from opprod.plans.services import moves, triage
from opprod.plans.views.access import find_plan
from opprod.plans.views.evidence import evidence_of
from opprod.web.as_at import AsAt
from opprod.web.errors import Typed, conflict_page
from opprod.web.forms import add_error, render_form
from opprod.web.presenters import day as day_in_words

# What a service calls a field, and what the form of moderation does.
_FIELDS = {"question": "reason", "category": "answer"}

_SAID = {
    Move.PROPOSED: "{category} is proposed for {title}.",
    Move.AGREED: "{category} is agreed for {title}.",
    Move.OVERRIDDEN: "{category} is set for {title} instead of what the region proposed.",
    Move.RETURNED: "{title} is returned to the region with your question.",
}


@blueprint.post("/plans/<int:plan_id>/propose")
@requires(Permission.PROPOSE_CATEGORIES)
def propose(plan_id: int) -> ResponseReturnValue:
    """Propose a category for the region."""
    plan = find_plan(plan_id)
    form = ProposalForm()

    def save() -> TriageStep:
        return triage.propose_category(
            plan=plan,
            category=form.category.data,
            reason=form.reason.data or "",
            seen=form.seen.data or None,
            actor=signed_in(),
        )

    return _decide(plan, form, save)


@blueprint.post("/plans/<int:plan_id>/moderate")
@requires(Permission.MODERATE_CATEGORIES)
def moderate(plan_id: int) -> ResponseReturnValue:
    """Answer the region's proposal for the centre."""
    plan = find_plan(plan_id)
    form = ModerationForm.of(decision_of(plan, clock.today()))

    def save() -> TriageStep:
        said, seen, actor = form.reason.data or "", form.seen.data or None, signed_in()
        if form.override:
            return triage.override_proposal(plan=plan, category=form.override, reason=said, seen=seen, actor=actor)
        if form.answer.data == RETURN:
            return triage.return_proposal(plan=plan, question=said, seen=seen, actor=actor)
        return triage.agree_proposal(plan=plan, note=said, seen=seen, actor=actor)

    return _decide(plan, form, save)


def decision_part(evidence: dict[str, Any]) -> dict[str, Any]:
    """What the macros of the decision need on a plan's page: the form of what the person may decide now, if anything.

    Saving it leads back to the plan's page. The note says why someone who decides on plans may not on this one.
    """
    plan, as_at = evidence["plan"], evidence["as_at"]
    may_decide = as_at.is_today and current_round(as_at.day) is not None
    form = form_for(signed_in(), plan, evidence["decision"]) if may_decide else None
    return {
        "decision_form": form,
        "decision_action": _action(plan, form) if form else "",
        "decision_note": "" if form or not as_at.is_today else _note(plan, evidence["decision"].latest),
    }


def decision_page(
    form: ProposalForm | ModerationForm,
    evidence: dict[str, Any],
    *,
    in_queue: bool,
    in_round: TriageRound | None,
    service: Service | None = None,
    instead_of: str = "",
) -> ResponseReturnValue:
    """The page of one decision: the evidence, and the form beside it; in the queue, how far it has come."""
    plan: Plan = evidence["plan"]
    return render_form(
        "plans/triage/decide.html",
        form,
        e=evidence,
        action=_action(plan, form, **(_queue_args(service) if in_queue else {})),
        counts=queue_counts(signed_in()) if in_queue else None,
        round=in_round,
        service=service,
        instead_of=instead_of,
        presenters=presenters,
    )


def service_asked() -> Service | None:
    """The service that the queue is narrowed to; raises ``NotFound`` for one that there is not."""
    slug = request.args.get("service", "")
    if not slug:
        return None
    found = next((service for service in all_services() if service.slug == slug), None)
    if found is None:
        raise NotFound("There is no such service.")
    return found


def today() -> AsAt:
    """A decision is always made on what is known today."""
    return AsAt(clock.today(), True)


def title_of(plan: Plan) -> str:
    """A plan's title."""
    found = stp(plan.stp_id, clock.today())
    return presenters.plan_title(plan.stp_id, found[1], plan.service.name)


def _decide(plan: Plan, form: ProposalForm | ModerationForm, save: Callable[[], TriageStep]) -> ResponseReturnValue:
    before = place_of(plan)
    if form.validate_on_submit():
        try:
            step = save()
        except InvalidInput as error:
            add_error(form, InvalidInput(error.message, field=_field(form, error.field)))
        except Conflict:
            return _overtaken(plan, form)
        else:
            category = step.category.value if step.category else ""
            flash(_SAID[step.move].format(category=category, title=title_of(plan)))
            return redirect(_onward(plan, before), HTTPStatus.SEE_OTHER)
    return _refused(plan, form)


def _refused(plan: Plan, form: ProposalForm | ModerationForm) -> ResponseReturnValue:
    """The same page again, with what was typed; a form that comes too late says what was done before it."""
    evidence = evidence_of(plan, today())
    latest = evidence["decision"].latest
    if (latest.id if latest else 0) != (form.seen.data or 0):
        return _overtaken(plan, form)
    if form_for(signed_in(), plan, evidence["decision"]) is None:
        raise WrongState("This plan does not wait for you now, so there is nothing to decide.")
    in_round = current_round(clock.today())
    return decision_page(form, evidence, in_queue=_from_queue(), in_round=in_round, service=service_asked())


def _overtaken(plan: Plan, form: ProposalForm | ModerationForm) -> ResponseReturnValue:
    latest = decision_of(plan, clock.today()).latest
    return conflict_page(
        what=title_of(plan),
        theirs=_step_as_typed(latest) if latest else [],
        yours=_form_as_typed(form),
        reload_href=url_for("plans.queue", plan=plan.id, **_service_args(service_asked()))
        if _from_queue()
        else url_for("plans.plan", plan_id=plan.id),
    )


def _onward(plan: Plan, before: Place) -> str:
    """Where saving leads: the queue's next plan, or the plan's own page."""
    if not _from_queue():
        return url_for("plans.plan", plan_id=plan.id)
    service = service_asked()
    following = next_in_queue(signed_in(), service=service, after=before)
    return url_for("plans.queue", plan=following.id if following else None, **_service_args(service))


def _note(plan: Plan, latest: StepView | None) -> str:
    user = signed_in()
    if plan.waits_for is Waiting.CENTRE and latest is not None and latest.by_id == user.id:
        return triage.OWN_PROPOSAL if user.can(Permission.MODERATE_CATEGORIES) else ""
    if plan.waits_for is Waiting.REGION and user.can(Permission.PROPOSE_CATEGORIES):
        return moves.NO_ROUND
    return ""


def _from_queue() -> bool:
    return bool(request.args.get("queue"))


def _action(plan: Plan, form: ProposalForm | ModerationForm, **args: Any) -> str:
    endpoint = "plans.propose" if isinstance(form, ProposalForm) else "plans.moderate"
    return url_for(endpoint, plan_id=plan.id, **args)


def _queue_args(service: Service | None) -> dict[str, Any]:
    return {"queue": 1, **_service_args(service)}


def _service_args(service: Service | None) -> dict[str, Any]:
    return {"service": service.slug} if service else {}


def _field(form: ProposalForm | ModerationForm, name: str | None) -> str | None:
    return _FIELDS.get(name or "", name) if isinstance(form, ModerationForm) else name


def _step_as_typed(step: StepView) -> list[Typed]:
    """What another did first, for the conflict page."""
    said = [("Question" if step.move is Move.RETURNED else "Reason", step.reason)] if step.reason else []
    letter = [("Category", presenters.category_tag(step.category).text)] if step.category else []
    who = [("Decision", step.move.label), ("By", f"{step.by}, {day_in_words(step.on)}")]
    return [Typed(label, text) for label, text in (*who, *letter, *said)]


def _form_as_typed(form: ProposalForm | ModerationForm) -> list[Typed]:
    """What the person chose and typed, for the conflict page."""
    if isinstance(form, ProposalForm):
        chosen = Typed("Category", _label(form.category.data))
    else:
        words = {AGREE: "Agree", RETURN: "Return to the region"}
        chosen = Typed("Decision", words.get(form.answer.data) or _label(form.override))
    return [chosen, Typed(form.reason.label.text, form.reason.data or "")]


def _label(category: Category | None) -> str:
    return presenters.category_tag(category).text if category else "None chosen"
