"""My queue: the next plan that needs the person, with all that is recorded of it."""

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from opprod.accounts import Permission, User, requires
from opprod.accounts.gate import signed_in
from opprod.core import clock
from opprod.history import entry_in_force
from opprod.plans.blueprint import blueprint
from opprod.plans.forms.triage import form_for
from opprod.plans.models import Plan, Service, TriageStep
from opprod.plans.queries.queue import needs, next_in_queue, place_of, queue_counts
from opprod.plans.queries.triage import current_round
from opprod.plans.views.access import find_plan
from opprod.plans.views.decisions import decision_page, service_asked, title_of, today
from opprod.plans.views.evidence import evidence_of
from opprod.web.urls import LARGEST_KEY


@dataclass(frozen=True, slots=True)
class _Picked:
    """The plan to show; ``instead_of`` is the one asked for, where that does not need the person."""

    plan: Plan | None
    instead_of: Plan | None = None


@blueprint.get("/plans/queue")
@requires(Permission.VIEW_PLANS)
def queue() -> ResponseReturnValue:
    """Show the next plan that needs the person, or the one asked for, and the decision beside its evidence."""
    user, service, in_round = signed_in(), service_asked(), current_round(clock.today())
    picked = _pick(user, service)
    if picked.plan is not None and in_round is not None:
        evidence = evidence_of(picked.plan, today())
        form = form_for(user, picked.plan, evidence["decision"])
        if form is not None:
            instead_of = title_of(picked.instead_of) if picked.instead_of else ""
            return decision_page(
                form, evidence, in_queue=True, in_round=in_round, service=service, instead_of=instead_of
            )
    return render_template(
        "plans/triage/empty.html",
        counts=queue_counts(user),
        service=service,
        round=in_round,
        may_open=user.can(Permission.MANAGE_PROGRAMME),
    )


def _pick(user: User, service: Service | None) -> _Picked:
    wanted = _plan_named("plan")
    if wanted is None:
        after = _plan_named("after")
        return _Picked(next_in_queue(user, service=service, after=place_of(after) if after else None))
    latest = entry_in_force(TriageStep, wanted.id, clock.today())
    if needs(wanted, user, proposed_by_id=latest.recorded_by_id if latest else None):
        return _Picked(wanted)
    return _Picked(next_in_queue(user, service=service, after=place_of(wanted)), instead_of=wanted)


def _plan_named(parameter: str) -> Plan | None:
    """The plan that a part of the address names; none for what could be no plan's key."""
    key = request.args.get(parameter, type=_key)
    return None if key is None else find_plan(key)


def _key(text: str) -> int:
    key = int(text)
    if not 0 < key <= LARGEST_KEY:
        raise ValueError
    return key
