"""STPs' plans in the demonstration: the services they are for.

Which services there are is the paper's (BM/16/89, project table: pathology consolidation; back office, for "HR and
finance"). What the plans say is invented, and so are the functions the paper does not name.
"""

from opprod.demo.shapes import ServiceContent
from opprod.plans.services.catalogue import FunctionContent

ILLUSTRATIVE = "the whole plan"

PATHOLOGY = ServiceContent(
    name="Pathology",
    functions=(
        FunctionContent("Blood sciences"),
        FunctionContent("Microbiology"),
        FunctionContent("Cellular pathology"),
    ),
)
BACK_OFFICE = ServiceContent(
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
