"""What is recorded of a plan, gathered for its page and for the queue."""

from typing import Any

from opprod.accounts.gate import signed_in
from opprod.plans import permissions, presenters
from opprod.plans.models import Plan
from opprod.plans.queries.documents import documents_of
from opprod.plans.queries.facts import suggestion_of
from opprod.plans.queries.records import record_of
from opprod.plans.queries.savings import ledger_of
from opprod.plans.queries.triage import decision_of
from opprod.web.as_at import AsAt


def evidence_of(plan: Plan, as_at: AsAt) -> dict[str, Any]:
    """What the macros of ``plans/_evidence.html`` and of the decision show of a plan on a day.

    A fixed number of statements. Nothing can be recorded on a plan that is withdrawn, nor on an earlier day.
    """
    person = signed_in()
    record = record_of(plan, as_at.day)
    may_change = as_at.is_today and permissions.can_record(person, plan)
    return {
        "as_at": as_at,
        "plan": plan,
        "record": record,
        "title": presenters.plan_title(record.stp_number, record.stp_name, record.service.name),
        "suggestion": suggestion_of(plan, as_at.day),
        "decision": decision_of(plan, as_at.day),
        "ledger": ledger_of(plan, as_at.day, scope=permissions.region_of(person)),
        "documents": documents_of(plan, as_at.day),
        "may_record": may_change and not record.withdrawn,
        "may_reinstate": may_change and record.withdrawn,
        "presenters": presenters,
    }
