"""The four workstreams, and what each says for 29 September 2016."""

from datetime import date

from opprod.core.rag import Rag
from opprod.demo.days import END_OF_OCTOBER
from opprod.demo.shapes import Report, StrandContent, achieved, next_step
from opprod.projects.models import StrandKind

REPORTS_TO = "Executive Director of Operational Productivity, and Strategic Change Implementation Group"
REPORTS_TO_FACTS = ("F-010", "F-011")

FINANCE = StrandContent(
    kind=StrandKind.WORKSTREAM,
    slug="finance",
    name="Finance",
    purpose="Agree the directorate’s money, and keep it under control.",
    owner="executive",
    reports_to=REPORTS_TO,
    facts=("F-012", *REPORTS_TO_FACTS),
    report=Report(
        rag=Rag.AMBER,
        rag_reason="This year’s whole budget is not settled, with half the year nearly gone.",
        lines=(
            achieved("For 2017/18 we have an agreed envelope of [[envelope-2017-18]].", "F-016", "F-033", "F-034"),
            achieved("For 2016/17 a first [[funding-2016-17]] is agreed.", "F-017", "F-035"),
            next_step(
                "Settle three things with the Department of Health (DH): the money for Q2, the whole budget for "
                "2016/17, and what Getting It Right First Time receives.",
                *("F-018", "F-036"),
                due=END_OF_OCTOBER,
                owner="executive",
            ),
            next_step(
                "Draw up budgets in detail, and put the controls in place to keep to them.",
                "F-019",
                due=date(2016, 11, 30),
            ),
        ),
    ),
)

HR = StrandContent(
    kind=StrandKind.WORKSTREAM,
    slug="hr",
    name="HR",
    purpose="Find the directorate’s people and bring them into NHS Improvement.",
    reports_to=REPORTS_TO,
    facts=("F-013", *REPORTS_TO_FACTS),
    report=Report(
        rag=Rag.AMBER,
        rag_reason="Recruitment has begun, but most posts are still empty.",
        lines=(
            achieved("The first [[offers-made]] have been offered their posts.", "F-020", "F-037"),
            achieved(
                "We are advertising [[jobs-advertised]] internally, and a further [[jobs-being-banded]] are with BSA "
                "to be banded.",
                *("F-021", "F-038", "F-039"),
            ),
            achieved("We are writing [[job-descriptions]] (JDs).", "F-022", "F-040"),
            next_step("Find the HR support we need to keep recruiting.", "F-023", due=date(2016, 10, 7)),
            next_step(
                "Bring key secondees and contractors into NHS Improvement during October.",
                *("F-024", "F-041"),
                due=END_OF_OCTOBER,
                terms_illustrative="owner",
            ),
        ),
    ),
)

ACCOMMODATION_AND_IT = StrandContent(
    kind=StrandKind.WORKSTREAM,
    slug="accommodation-and-it",
    name="Set up of accommodation and IT",
    purpose="Give the team somewhere to work and the equipment to work with.",
    reports_to=REPORTS_TO,
    facts=("F-015", *REPORTS_TO_FACTS),
    report=Report(
        rag=Rag.GREEN,
        rag_reason="The London team has moved in and can work; space for those still to come is being looked for.",
        lines=(
            achieved("The London team works from Wellington House.", "F-025", "F-042"),
            achieved("IT equipment and email accounts are arranged.", "F-026"),
            next_step("Find more space, as the team is growing.", "F-027", due=date(2016, 11, 30)),
        ),
    ),
)

OPERATING_MODEL = StrandContent(
    kind=StrandKind.WORKSTREAM,
    slug="operating-model",
    name="Establishing operating model",
    purpose="Settle how the directorate works with the regions and with the other directorates.",
    owner="executive",
    reports_to=REPORTS_TO,
    facts=("F-014", *REPORTS_TO_FACTS),
    report=Report(
        rag=Rag.GREEN,
        rag_reason="Meetings with the regions and the other directorates go to plan.",
        lines=(
            achieved(
                "By taking part in business planning we have made clear how we and the other directorates relate.",
                "F-028",
            ),
            achieved(
                "The Executive Director of Operational Productivity has met other members of the Executive Team one "
                "to one (1:1).",
                "F-029",
            ),
            achieved("The Senior Leadership Team has met the regions.", "F-030"),
            next_step(
                "Bring the Senior Leadership Team and the regions together again.",
                "F-031",
                due=date(2016, 10, 6),
                owner="executive",
            ),
            next_step(
                "Try out the operating model with the regions: work on Back office and Pathology consolidation "
                "together.",
                "F-032",
                due=date(2016, 11, 30),
                owner="north",
            ),
        ),
    ),
)

WORKSTREAMS = (FINANCE, HR, ACCOMMODATION_AND_IT, OPERATING_MODEL)
