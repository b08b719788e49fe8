"""What STPs say in their plans in the demonstration, by service: all of it invented, and naming nobody."""

from dataclasses import dataclass

from opprod.plans.models import Category, Outcome


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What plans for one service say; the drawing picks from each."""

    first_steps: tuple[str, ...]
    """Deliverables of the first months."""
    changes: tuple[str, ...]
    """Deliverables that change the service itself."""
    later: tuple[str, ...]
    """Deliverables that come last."""
    dependencies: tuple[str, ...]
    support: tuple[str, ...]
    comments: tuple[tuple[str, ...], tuple[str, ...]]
    """The region's: of plans that say something, and of those that say little."""


PATHOLOGY = Wording(
    first_steps=(
        "A memorandum of understanding signed by every trust taking part",
        "An outline business case approved by the trusts’ boards",
        "A host trust chosen to run the network",
        "One clinical lead and one operational manager appointed",
        "Staff consulted on the structure of the new service",
        "A test directory and prices agreed for the whole footprint",
        "Contracts for analysers listed, with the dates on which each can end",
    ),
    changes=(
        "One hub laboratory for non-urgent blood sciences, with a smaller urgent laboratory at each acute site",
        "One managed service contract for analysers in place of those of each trust",
        "Microbiology brought into one laboratory working seven days a week",
        "Cellular pathology brought together on one site",
        "One laboratory information system across the footprint",
        "GP work moved to the hub laboratory",
        "One van service for specimens in place of several",
        "Referred tests sent to one provider at one price",
    ),
    later=(
        "Slides read on screen from any site",
        "Point-of-care testing run as one service",
        "One quality management system, accredited as a whole",
        "The last of the duplicate laboratories closed",
        "Out-of-hours rotas joined for all disciplines",
    ),
    dependencies=(
        "Needs one laboratory information system; two of the present contracts run for some time yet.",
        "Waits for the trusts to decide where emergency surgery will be.",
        "Depends on capital for the hub, which has been neither asked for nor agreed.",
        "GP work is let by contract, and the contract must be varied.",
        "Leans on the neighbouring footprint, which may want the same hub.",
    ),
    support=(
        "Someone from outside the footprint to broker where the hub goes.",
        "Advice on the legal form of a network: host trust, joint venture or contract.",
        "Help to read the benchmark data by discipline.",
        "A model business case from a network that works already.",
        "Advice on ending managed service contracts early.",
    ),
    comments=(
        (
            "The trusts’ chief executives back this; the pathologists have not been asked yet.",
            "The scope is right, but nobody is named to lead it.",
            "Two trusts want to be the hub, and no way of choosing is agreed.",
            "Reads well, and the trusts have done something like it before.",
        ),
        (
            "Says what the problem is and not what will be done.",
            "Written by one trust; the others may not have seen it.",
            "A meeting with the footprint is being arranged.",
        ),
    ),
)

BACK_OFFICE = Wording(
    first_steps=(
        "An outline business case for shared services approved by the trusts’ boards",
        "Costs of each function set out alike for every trust",
        "A host trust chosen for the shared service",
        "One director appointed for finance and HR systems",
        "Contracts with outside suppliers listed, with the dates on which each can end",
        "A vacancy panel for corporate posts across the footprint",
    ),
    changes=(
        "One payroll service for every trust taking part",
        "Invoices, payments and debts handled by one finance team",
        "One recruitment team and one HR advice line",
        "One finance ledger with one chart of accounts",
        "Procurement teams joined, with one catalogue",
        "IT service desks joined",
        "One occupational health contract",
        "Legal advice bought once for all trusts",
    ),
    later=(
        "Management accounts made by one team for every trust",
        "Estates help desks and maintenance contracts joined",
        "Corporate teams moved into one building",
        "Services offered to councils and neighbouring trusts",
        "One electronic staff record team",
    ),
    dependencies=(
        "Needs the trusts on one finance ledger first.",
        "Payroll contracts end on different days, the last of them a long way off.",
        "Waits for two trusts to settle whether they will merge.",
        "Staff can move only once pensions and terms are agreed with the unions.",
        "Depends on the councils’ own plans for shared services.",
    ),
    support=(
        "Advice on VAT, which could take back much of the saving.",
        "Help to count the cost of each function in the same way.",
        "A model agreement between a host trust and its customers.",
        "Someone to broker which trust hosts what.",
        "To know what the national shared services offer and charge.",
    ),
    comments=(
        (
            "Finance and HR directors meet each month; progress is real and slow.",
            "The footprint should begin with finance and HR, and leave the rest for later.",
            "One large trust has not signed up, and much rests on it.",
            "A good start, with a team in place to do it.",
        ),
        (
            "Repeats the footprint’s vision and adds no plan.",
            "The finance directors have met once and agreed to meet again.",
            "A meeting with the footprint is being arranged.",
        ),
    ),
)

REASONS_WITHOUT_SUGGESTION: dict[Outcome, dict[Category, tuple[str, ...]]] = {
    Outcome.BOUNDARY: {
        Category.A: (
            "A sound plan with named people behind it. The saving comes late because the contracts end late.",
            "As firm as any in the region. It should not be marked down for a saving that lies near the line.",
        ),
        Category.B: (
            "A sound plan, but it brings nothing before 2018/19: brokered, it could begin a year sooner.",
            "The trusts agree on what to do. They need help to do it sooner.",
            "The figures lie on both sides of the line, and the lower end is the likelier.",
        ),
    },
    Outcome.INSUFFICIENT: {
        Category.B: (
            "The two pages say little, but the trusts showed us more when we met them.",
            "We know the work has begun; the plan has not caught up with it.",
        ),
        Category.C: (
            "Too little to go on, and nobody in the footprint could tell us more.",
            "Nothing here can be held to account, so it is treated as no plan.",
        ),
    },
}
"""Why a region proposes a category where the rules suggest none, by what they make of the plan instead."""

DEPARTURES: dict[Category, tuple[str, ...]] = {
    Category.A: (
        "The trusts’ boards approved the business case after the two pages were written.",
        "The rules miss what the region has seen: the hub is open and work is moving to it.",
    ),
    Category.B: (
        "The dates depend on capital that nobody has agreed, so it needs support before it is a good plan.",
        "The footprint has a team and a first draft, which the two pages do not show.",
    ),
    Category.C: (
        "The two pages repeat last year’s proposal, which the trusts have since dropped.",
        "There are words for each heading, but no trust has put its name to them.",
    ),
}
"""Why a region proposes another category than the rules suggest."""

FIRST_LOOKS = (
    "First look: judged on what had arrived by then.",
    "First look, before we had met the footprint.",
    "First look: the figures were still to be checked.",
)

OVERRIDES: dict[Category, tuple[str, ...]] = {
    Category.A: ("The centre has seen the approved business case, which answers what the region asks.",),
    Category.B: (
        "Good on paper, but no more so than others given B: the dates rest on capital that is not agreed.",
        "There is a beginning here that support can build on.",
    ),
    Category.C: (
        "No trust is named to lead it and nothing has a date. This needs challenge before support.",
        "The benchmark gap is the widest in the region, and the plan does not mention it.",
    ),
}
"""Why the centre sets another category than the region proposed."""

QUESTIONS = (
    "Which trusts have agreed to this, and who signed?",
    "Is the saving in this plan also counted in the trusts’ own cost programmes?",
    "What would have to happen for the first saving to come in 2017/18?",
    "How was the saving reckoned, and from which year’s costs?",
    "Please say which laboratories or offices would close, and when.",
)
ANSWERS = (
    "All trusts’ boards have agreed in principle; the minutes are with the regional team.",
    "None of it is counted elsewhere: the finance directors have confirmed it.",
    "The region has gone through the reckoning with the footprint, and stands by the letter.",
)

TRUST_REASONS: dict[Category, tuple[str, ...]] = {
    Category.A: ("Has done its own part already and hosts work for others.",),
    Category.B: ("Willing, but tied to a contract of its own for two years more.",),
    Category.C: ("Has not agreed to take part in the shared service.", "Has no plan of its own and did not reply."),
}
"""Why a trust has a category of its own."""

WITHDRAWN = "The trusts now plan this with the neighbouring footprint, and their part is counted there."

WORDING = {"pathology": PATHOLOGY, "back-office": BACK_OFFICE}
"""By the service's slug."""
