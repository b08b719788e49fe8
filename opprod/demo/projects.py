"""The ten projects, and what each says for 29 September 2016."""

from datetime import date

from opprod.core.rag import Rag
from opprod.demo.days import END_OF_OCTOBER
from opprod.demo.shapes import Report, StrandContent, next_step, progress
from opprod.projects.models import StrandKind

PATHOLOGY = StrandContent(
    kind=StrandKind.PROJECT,
    slug="pathology-consolidation",
    name="Pathology consolidation",
    purpose="Help STPs bring pathology services together where that saves money and improves them.",
    facts=("F-044",),
    report=Report(
        rag=Rag.AMBER,
        rag_reason="Every STP has sent a plan, but few say what it will save or when.",
        lines=(
            progress(
                "All [[pathology-two-pagers]] have sent a two-page plan (a 2-pager). The level of detail differs, "
                "and only a few put figures or dates to the benefits.",
                *("F-054", "F-090"),
            ),
            progress(
                "Savings that release cash will come mostly in 2017/18 and 2018/19, and hardly at all in the next 6 "
                "months: staff turnover, redundancy and capital investment all take time.",
                *("F-055", "F-091", "F-092", "F-093"),
            ),
            progress(
                "We are testing the plans against national data and what our regional teams know, to place STPs and "
                "trusts in three categories. A: those with good plans and with deliverables in 2016/17 and 2017/18. "
                "B: those that need support or a brokered partnership, to raise their ambition, scale and pace. "
                "C: those without a plan, which need intensive challenge and support.",
                *("F-056", "F-084", "F-085", "F-086", "F-088", "F-089"),
            ),
            progress(
                "We will seek the greatest efficiency and service improvement that the short and medium term allow, "
                "and keep the way open for consolidation on a larger scale later.",
                "F-057",
            ),
        ),
    ),
)

BACK_OFFICE = StrandContent(
    kind=StrandKind.PROJECT,
    slug="back-office-consolidation",
    name="Back office consolidation",
    purpose="Help STPs share back office functions, beginning with HR and finance.",
    facts=("F-045",),
    report=Report(
        rag=Rag.AMBER,
        rag_reason="Every STP has sent a plan, but the plans must be gone through again before gains can be counted.",
        lines=(
            progress(
                "All [[back-office-two-pagers]] have sent a two-page plan (a 2-pager). Scope and level of "
                "detail differ, and only a few put figures or dates to the benefits.",
                *("F-058", "F-094"),
            ),
            progress(
                "Working at STP level, they have considered sharing services across CCG and local government "
                "boundaries. So we are going through the plans again, with national data and what our regional teams "
                "know, and placing STPs and trusts in categories A to C as we do for pathology. We are looking for "
                "the largest and quickest gains, above all in HR and finance.",
                *("F-059", "F-087", "F-095"),
            ),
        ),
    ),
)

PROCUREMENT = StrandContent(
    kind=StrandKind.PROJECT,
    slug="procurement",
    name="Procurement",
    purpose="Bring into the open what trusts pay, and help the NHS to buy better.",
    facts=("F-046",),
    report=Report(
        rag=Rag.GREEN,
        rag_reason="All the price data is in, and October’s work is on course.",
        lines=(
            progress(
                "The request for Purchase Price Index Benchmarking (PPIB) data had a return rate of "
                "[[ppib-return-rate]], so that prices are fully open to view.",
                *("F-060", "F-096"),
            ),
            next_step(
                "Give all trusts the prices and our analysis of them in October.",
                *("F-060", "F-097"),
                due=END_OF_OCTOBER,
                terms_illustrative="owner",
            ),
            progress(
                "We have chosen [[mandated-items]] whose purchase will be mandated throughout the NHS.",
                *("F-061", "F-098"),
            ),
            next_step("Write to trusts about the mandated items.", "F-061", due=END_OF_OCTOBER),
            progress("Trusts have the template for their procurement transformation plans.", "F-062"),
            next_step(
                "Collect the completed templates from trusts in October.",
                *("F-062", "F-099"),
                due=END_OF_OCTOBER,
                terms_illustrative="owner",
            ),
        ),
    ),
)

NURSING = StrandContent(
    kind=StrandKind.PROJECT,
    slug="nursing-productivity",
    name="Nursing productivity",
    purpose="Help trusts see how nursing and midwifery hours are used, and use them well.",
    facts=("F-047",),
    report=Report(
        rag=Rag.GREEN,
        rag_reason="Wards send their data, and guidance is in use.",
        lines=(
            progress(
                "We have [[chppd-months]] of Care Hours Per Patient Day (CHPPD) data from wards, and are analysing "
                "it to set a baseline.",
                *("F-063", "F-100"),
            ),
            progress(
                "We have collected Cost per Care Hour data by trust since May, and by ward since July.",
                *("F-063", "F-101", "F-102"),
            ),
            next_step(
                "Publish the baseline on the Model Hospital, with Cost per Care Hour beside it.",
                "F-063",
                due=date(2016, 11, 30),
            ),
            progress("The Nursing & Midwifery Dashboard, at trust level, came out in June.", "F-064", "F-103"),
            progress(
                "The Rostering Good Practice Guide is out, and the webinar that goes with it has been seen by "
                "[[rostering-webinar-views]] so far.",
                *("F-064", "F-104"),
            ),
            progress("The Nursing Improvement Collaborative is described in a report we have published.", "F-065"),
        ),
    ),
)

DOCTOR = StrandContent(
    kind=StrandKind.PROJECT,
    slug="doctor-productivity",
    name="Doctor productivity",
    purpose="Help trusts plan the work of their doctors from sound data.",
    facts=("F-048",),
    report=Report(
        rag=Rag.RED,
        rag_reason="In the pilot most trusts had no sound data on job planning, on which the project depends.",
        approved=False,
        lines=(
            progress(
                "Our launch in June brought together Medical Directors of [[doctor-launch-trusts]], and set out the "
                "medical productivity data they are to collect by September.",
                *("F-066", "F-105", "F-106", "F-107"),
            ),
            progress(
                "In the pilot, [[job-planning-data-missing]] of trusts had no meaningful job planning data for their "
                "consultants, and what a further [[job-planning-data-weak]] gave was suboptimal.",
                *("F-067", "F-108", "F-109"),
            ),
        ),
    ),
)

AHP = StrandContent(
    kind=StrandKind.PROJECT,
    slug="ahp-productivity",
    name="AHP productivity",
    purpose="Help trusts understand and plan the time of their allied health professionals (AHPs).",
    facts=("F-049",),
    report=Report(
        rag=Rag.AMBER,
        rag_reason="The framework and the choice of software are at an early stage.",
        lines=(
            progress(
                "We are drawing up one framework by which all trusts can classify what allied health professionals "
                "(AHPs) do.",
                "F-068",
            ),
            next_step(
                "Develop job planning for AHPs, to show the hours of therapy each specialty gives each day.",
                "F-069",
                due=date(2017, 3, 31),
            ),
            progress(
                "We are finding out whether software that trusts can already buy would serve for AHPs’ job plans and "
                "their e-rostering.",
                "F-070",
            ),
        ),
    ),
)

GIRFT = StrandContent(
    kind=StrandKind.PROJECT,
    slug="getting-it-right-first-time",
    name="Getting it Right First Time",
    purpose="Reduce unwarranted differences in quality and cost between hospitals, led by clinicians.",
    owner="executive",
    facts=("F-050",),
    report=Report(
        rag=Rag.AMBER,
        rag_reason="The clinical work goes well; its money for this year is still under negotiation.",
        lines=(
            progress(
                "This large programme is led by clinicians and costs [[girft-cost]] over [[girft-length]]. Clinical "
                "support for it is without precedent: data is analysed and clinicians are engaged in every major "
                "surgical and medical specialty of acute care, to cut unwarranted variation in quality and cost.",
                *("F-071", "F-110", "F-111"),
            ),
            progress("Work has begun in [[girft-surgical-specialties]].", "F-072", "F-112"),
            next_step(
                "Take the work into [[girft-medical-specialties]], as planned, and speed up what has begun.",
                *("F-072", "F-113"),
                due=date(2017, 3, 31),
                owner="executive",
            ),
            next_step("Publish the results on the Model Hospital portal.", "F-073", due=date(2017, 3, 31)),
            progress(
                "The Royal National Orthopaedic Hospital is host to the work; the Operational Productivity "
                "Directorate manages the contract.",
                *("F-074", "F-114", "F-115"),
            ),
            progress(
                "The National Clinical Governance Council was set up to keep the work in step with NHS England "
                "(NHSE) and the Care Quality Commission (CQC).",
                *("F-075", "F-116"),
            ),
        ),
    ),
)

PHARMACY = StrandContent(
    kind=StrandKind.PROJECT,
    slug="hospital-pharmacy-and-medicines",
    name="Hospital Pharmacy and Medicines",
    purpose="Help trusts get more from medicines and from their hospital pharmacies.",
    facts=("F-051",),
    report=Report(
        rag=Rag.GREEN,
        rag_reason="Savings are being made, and trusts have what they need to plan.",
        lines=(
            progress(
                "In 2016/17 Infliximab, a biosimilar drug that Lord Carter’s report recommends, brings savings of "
                "[[infliximab-savings]].",
                *("F-076", "F-117"),
            ),
            progress(
                "We have designed a template for Hospital Pharmacy Transformation plans, and a tool to plan and "
                "assess what is done, and sent both to the Chief Pharmacists of NHS acute trusts.",
                "F-077",
            ),
            progress("The Model Hospital’s dashboard and metrics for this work are published (Phase 1).", "F-078"),
        ),
    ),
)

ESTATES = StrandContent(
    kind=StrandKind.PROJECT,
    slug="estates-and-facilities",
    name="Estates and facilities",
    purpose="Help trusts run their buildings and facilities efficiently.",
    facts=("F-052",),
    report=Report(
        rag=Rag.GREEN,
        rag_reason="Visits have begun and every trust uses the portal.",
        lines=(
            progress(
                "We have made [[estates-priority-trusts]] a priority, as they can gain most in efficiency, and begun "
                "to visit each (1:1). How to support them is agreed with our present estates and facilities (E&F) "
                "team.",
                *("F-080", "F-118"),
            ),
            progress(
                "The portal for sharing E&F information is in use. All trusts are registered, with "
                "[[estates-portal-users]] between them.",
                *("F-081", "F-119"),
            ),
            next_step(
                "Go live with the E&F dashboard on the Model Hospital, which is ready.",
                "F-079",
                due=date(2016, 10, 7),
            ),
        ),
    ),
)

MODEL_HOSPITAL = StrandContent(
    kind=StrandKind.PROJECT,
    slug="model-hospital",
    name="Model Hospital",
    purpose="Show each trust how its productivity compares, so that it sees where to improve.",
    facts=("F-053",),
    report=Report(
        rag=Rag.GREEN,
        rag_reason="Use grows month by month, and new compartments are on course.",
        lines=(
            progress(
                "All [[model-hospital-trusts]] have access. There are [[model-hospital-users]] registered, and "
                "[[model-hospital-active-users]] of them were active in the past month.",
                *("F-082", "F-120", "F-121", "F-122"),
            ),
            progress("Users can open [[compartments-live]] now.", "F-083", "F-123"),
            progress(
                "We build compartments in an Agile way: we show information early, learn from what users say, and "
                "add content as time goes on.",
                *("F-083", "F-125"),
            ),
            next_step(
                "Finish a further [[compartments-in-development]], now in development.",
                *("F-083", "F-124"),
                due=date(2017, 3, 31),
            ),
        ),
    ),
)

PROJECTS = (
    PATHOLOGY,
    BACK_OFFICE,
    PROCUREMENT,
    NURSING,
    DOCTOR,
    AHP,
    GIRFT,
    PHARMACY,
    ESTATES,
    MODEL_HOSPITAL,
)
