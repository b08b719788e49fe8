"""Whole plans to record at once, for tests."""

from datetime import date
from typing import Any

from opprod.core.quantity import GBP, parse
from opprod.organisations.models import Trust
from opprod.plans.models import Category, Element, FigureKind, NoteKind
from opprod.plans.services.bulk import (
    FigureContent,
    NoteContent,
    PlanContent,
    ScopeContent,
    SubmissionContent,
    TrustContent,
)
from tests.builders.plan_records import RECEIVED_ON, TWO_PAGES, a_deliverable
from tests.builders.savings import content as a_line


def a_whole_plan(*trusts: Trust, **values: Any) -> PlanContent:
    """Everything a plan says: something of each kind, unless told. The first trust has a category of its own."""
    given: dict[str, Any] = {
        "submission": SubmissionContent(RECEIVED_ON, frozenset({Element.DATES})),
        "scope": ScopeContent(("finance", "hr"), ("All CCGs of the footprint",), ("The councils of the footprint",)),
        "trusts": tuple(
            TrustContent(trust.id, Category.C, "Did not reply") if place == 0 else TrustContent(trust.id)
            for place, trust in enumerate(trusts)
        ),
        "deliverables": (
            a_deliverable("One payroll", date(2017, 3, 31)),
            a_deliverable("One ledger"),
        ),
        "savings": (
            a_line("£1–2m", year="2017/18", function="finance"),
            a_line(None, year="2017/18", function="hr", cash_releasing=None),
            a_line("c.£3m", year="2018/19"),
        ),
        "figures": (
            FigureContent(FigureKind.CAPITAL, parse("up to £4m", unit=GBP), TWO_PAGES),
            FigureContent(FigureKind.LEAD_IN, parse("6–9", unit="months"), TWO_PAGES),
        ),
        "notes": (NoteContent(NoteKind.SUPPORT, "Advice on VAT"), NoteContent(NoteKind.COMMENT, "Reads well")),
        "source": TWO_PAGES,
    }
    return PlanContent(**(given | values))
