"""STPs' plans in the demonstration: the services they are for, and what becomes of a few of them by name.

Which services there are is the paper's (BM/16/89, project table: pathology consolidation; back office, for "HR and
finance"). What the plans say is invented, and so are the functions the paper does not name.
"""

from opprod.core.financial_year import FinancialYear
from opprod.demo.shapes import SavingSaidAnew, ServiceContent
from opprod.plans.services.catalogue import FunctionContent

ILLUSTRATIVE = "the whole plan"
ROUND_ILLUSTRATIVE = "the whole round"

FIRST_LOOK = "First look, June and July 2016"
TRIAGE = "Summer 2016 triage"

BENCHMARK_SOURCE = "Benchmarking of costs of 2015/16 (made up for the demonstration)"
FORECAST_SOURCE = "Finance directors’ forecast (made up for the demonstration)"

PATHOLOGY = ServiceContent(
    slug="pathology",
    name="Pathology",
    functions=(
        FunctionContent("Blood sciences"),
        FunctionContent("Microbiology"),
        FunctionContent("Cellular pathology"),
    ),
)
BACK_OFFICE = ServiceContent(
    slug="back-office",
    name="Back office",
    functions=(
        FunctionContent("Finance"),
        FunctionContent("HR"),
        FunctionContent("Payroll", in_focus=False),
        FunctionContent("Procurement", in_focus=False),
        FunctionContent("IT", in_focus=False),
        FunctionContent("Estates and facilities", in_focus=False),
        FunctionContent("Governance and legal", in_focus=False),
    ),
)
SERVICES = (PATHOLOGY, BACK_OFFICE)

NEXT_YEAR = FinancialYear(2017)

CHANGED_SAVINGS = (
    SavingSaidAnew(service=PATHOLOGY, stp_number=18, function="blood-sciences", said="c.£600k"),
    SavingSaidAnew(service=BACK_OFFICE, stp_number=15, function="finance", said="£150–200k"),
    SavingSaidAnew(service=BACK_OFFICE, stp_number=40, function="hr", said="c.£1.7m"),
)
"""Savings planned for 2017/18 that are put lower in September than in the two pages, which must have put them."""

SHARED_SAVING = SavingSaidAnew(service=BACK_OFFICE, stp_number=12, function="finance", said="c.£50k")
SHARED_LABEL = "Laboratory finance posts, part of the shared finance team"
"""Part of a saving planned for 2017/18, which the STP's pathology plan claims too."""

WITHDRAWN_PLAN = (BACK_OFFICE, 21)
