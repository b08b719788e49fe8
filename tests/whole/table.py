"""Who may use which endpoint: the one table that tests hold the application to."""

from flask import Flask
from werkzeug.routing import Rule

VIEWER, LEAD, STAFF, EXECUTIVE, ADMINISTRATOR = "VLSEA"
EVERYONE = "VLSEA"
WRITERS = "SE"
OWNERS = "LSE"
PLANS = "LSE"

# The table. An endpoint that is not here fails the test; so does one that is gone.
ALLOWED = {
    "static": "anyone",
    "overview.health": "anyone",
    "accounts.sign_in": "anyone",
    "accounts.sign_out": EVERYONE,
    "accounts.own_account": EVERYONE,
    "accounts.people": ADMINISTRATOR,
    "accounts.new_person": ADMINISTRATOR,
    "accounts.person": ADMINISTRATOR,
    "accounts.set_password": ADMINISTRATOR,
    "accounts.audit_trail": ADMINISTRATOR,
    "overview.home": EVERYONE,
    "organisations.directorate": EVERYONE,
    "organisations.edit_directorate": EXECUTIVE,
    "organisations.stps": EVERYONE,
    "organisations.stp": EVERYONE,
    "organisations.trusts": EVERYONE,
    "organisations.trust": EVERYONE,
    "rounds.meetings": EVERYONE,
    "rounds.meeting": EVERYONE,
    "rounds.new_meeting": EXECUTIVE,
    "rounds.edit_meeting": EXECUTIVE,
    "projects.workstreams": EVERYONE,
    "projects.workstream": EVERYONE,
    "projects.new_workstream": EXECUTIVE,
    "projects.edit_workstream": EXECUTIVE,
    "projects.move_workstream": EXECUTIVE,
    "projects.projects": EVERYONE,
    "projects.project": EVERYONE,
    "projects.new_project": EXECUTIVE,
    "projects.edit_project": EXECUTIVE,
    "projects.move_project": EXECUTIVE,
    "projects.round": EVERYONE,
    "projects.start_update": WRITERS,
    "projects.declare_no_change": WRITERS,
    "projects.show_update": EVERYONE,
    "projects.edit_update": WRITERS,
    "projects.discard_update": WRITERS,
    "projects.approve_update": EXECUTIVE,
    "projects.return_update": EXECUTIVE,
    "projects.next_steps": EVERYONE,
    "projects.next_step": EVERYONE,
    "projects.record_outcome": OWNERS,
    "projects.withdraw_outcome": OWNERS,
    "projects.measures": EVERYONE,
    "projects.measure": EVERYONE,
    "projects.new_measure": EXECUTIVE,
    "projects.edit_measure": EXECUTIVE,
    "projects.new_reading": WRITERS,
    "projects.correct_reading": WRITERS,
    "projects.withdraw_reading": WRITERS,
    "plans.services": ADMINISTRATOR,
    "plans.new_service": ADMINISTRATOR,
    "plans.edit_service": ADMINISTRATOR,
    "plans.plans": PLANS,
    "plans.plan": PLANS,
    "plans.matrix": PLANS,
    "plans.movement": PLANS,
    "plans.export": PLANS,
    "plans.export_savings": PLANS,
    "plans.gains": PLANS,
    "plans.rules": PLANS,
    "plans.edit_submission": PLANS,
    "plans.edit_scope": PLANS,
    "plans.edit_trust": PLANS,
    "plans.edit_deliverables": PLANS,
    "plans.edit_figures": PLANS,
    "plans.add_note": PLANS,
    "plans.withdraw_note": PLANS,
    "plans.withdraw": PLANS,
    "plans.documents": PLANS,
    "plans.attach_documents": PLANS,
    "plans.document": PLANS,
    "plans.withdraw_document": PLANS,
    "plans.reinstate": PLANS,
    "plans.queue": PLANS,
    "plans.propose": LEAD,
    "plans.moderate": WRITERS,
    "plans.rounds": PLANS,
    "plans.new_round": EXECUTIVE,
    "reports.papers": WRITERS,
    "reports.paper": WRITERS,
    "reports.html": WRITERS,
    "reports.pdf": WRITERS,
    "reports.make_pdf": WRITERS,
    "reports.pdf_progress": WRITERS,
    "reports.pdf_status": WRITERS,
    "reports.new_paper": WRITERS,
    "reports.edit_paper": WRITERS,
    "reports.edit_section": WRITERS,
    "reports.add_section": WRITERS,
    "reports.include_section": WRITERS,
    "reports.move_section": WRITERS,
    "reports.confirm_equality_duty": WRITERS,
    "plans.savings": PLANS,
    "plans.new_saving": PLANS,
    "plans.change_saving": PLANS,
    "plans.withdraw_saving": PLANS,
}

# These let a regional lead in to records of their own alone; the tests' addresses lead to records of others.
OWN_RECORDS_ONLY = {"projects.record_outcome": LEAD, "projects.withdraw_outcome": LEAD}

ACCOUNTS = {
    VIEWER: "viewer@demo.example",
    LEAD: "london@demo.example",
    STAFF: "staff@demo.example",
    EXECUTIVE: "executive@demo.example",
    ADMINISTRATOR: "admin@demo.example",
}


def rules(app: Flask) -> list[Rule]:
    """Every rule; signing out last, since nothing is let in after it."""
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint == "accounts.sign_out", rule.rule))
