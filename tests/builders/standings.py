"""How a small programme stands, for tests of what changed."""

from datetime import date

from opprod.reports.standing import (
    PlanFigureStanding,
    PlanStanding,
    PromiseStanding,
    ReadingStanding,
    SavingStanding,
    Standing,
    Stated,
    StrandStanding,
    Withdrawn,
)

JULY = date(2016, 7, 28)
SEPTEMBER = date(2016, 9, 26)

FINANCE = StrandStanding(
    id=1,
    kind="workstream",
    name="Finance",
    record="/workstreams/finance",
    rag="green",
    rag_reason="The budget is agreed.",
    statements=(
        Stated("achievement", "Agreed the budget for the year with the centre."),
        Stated("progress", "Interviews for two analysts are under way."),
        Stated("next-step", "Appoint the deputy director.", next_step_id=1),
    ),
)
HOSPITAL = StrandStanding(
    id=2,
    kind="project",
    name="Model Hospital",
    record="/projects/model-hospital",
    rag="amber",
    rag_reason="Two data sets are late.",
    statements=(
        Stated("achievement", "1,200 people have registered.", written="[[users]] have registered."),
        Stated("next-step", "Publish the pharmacy compartment.", next_step_id=2, illustrative="the whole promise"),
    ),
)
PROMISES = (
    PromiseStanding(1, "Finance", "Appoint the deputy director.", "Ann Lee", date(2016, 10, 31)),
    PromiseStanding(2, "Model Hospital", "Publish the pharmacy compartment.", "Bob Roe", date(2016, 11, 30)),
)
READINGS = (
    ReadingStanding("users", "Registered users", "1,200 people", date(2016, 7, 1), "Monthly return"),
    ReadingStanding("trusts", "Trusts visited"),
)
LEEDS = PlanStanding(
    id=7,
    name="Leeds: Pathology",
    region="North",
    category="C: No plan",
    savings=(
        SavingStanding("2017/18", "Plan", "£4–5m", "£4–5m"),
        SavingStanding("2018/19", "Plan", "£8m", "£2m"),
    ),
    figures=(PlanFigureStanding("Capital needed", "£8m", "Two-page submission"),),
)
DEVON = PlanStanding(id=8, name="Devon: Pathology", region="South", category="A: Good plan")
READING_GONE = Withdrawn(
    "reading:4", "reading", "Trusts visited", "12, 1 June 2016", JULY, "A wrong count", "/measures/trusts"
)


def a_standing(day: date = JULY) -> Standing:
    """The programme on a day."""
    return Standing(
        day=day,
        strands=(FINANCE, HOSPITAL),
        promises=PROMISES,
        readings=READINGS,
        plans=(LEEDS, DEVON),
        withdrawn=(READING_GONE,),
    )
