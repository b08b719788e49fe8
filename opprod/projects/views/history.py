"""The history panel of a record's page."""

from typing import Any

from flask import url_for

from opprod.accounts import Permission
from opprod.accounts.gate import signed_in
from opprod.audit.queries import latest_about, lines
from opprod.projects.models import Measure, NextStep, Strand, Update
from opprod.web.as_at import AsAt


def history_of(record: Strand | Measure | Update | NextStep, as_at: AsAt) -> dict[str, Any]:
    """What the panel shows, and where those who may read the whole trail find the rest.

    On a page as at an earlier day there is none: it would tell what came after.
    """
    more = url_for("accounts.audit_trail", kind=record.__tablename__, record=record.id)
    return {
        "history": lines(latest_about(record)) if as_at.is_today else None,
        "history_href": more if signed_in().can(Permission.VIEW_AUDIT) else "",
    }
