"""Who may use which endpoint: the one table that tests hold the application to."""

from flask import Flask
from werkzeug.routing import Rule

VIEWER, LEAD, STAFF, EXECUTIVE, ADMINISTRATOR = "VLSEA"
EVERYONE = "VLSEA"
WRITERS = "SE"

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
    "organisations.stps": EVERYONE,
    "organisations.stp": EVERYONE,
    "organisations.trusts": EVERYONE,
    "organisations.trust": EVERYONE,
    "organisations.show_directorate": EVERYONE,
    "organisations.edit_directorate": EXECUTIVE,
    "rounds.meetings": EVERYONE,
    "rounds.meeting": EVERYONE,
    "rounds.new_meeting": EXECUTIVE,
    "rounds.edit_meeting": EXECUTIVE,
}

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
