"""What support the directorate can offer trusts and others, now and later."""

from opprod.reports.blocks import Block
from opprod.reports.facts import SectionText, Snapshot
from opprod.reports.sections.section import Section
from opprod.reports.writing import narrative_blocks

STARTS_IN = "support-starts-in"
AT_ONCE = "trusts-supported-at-once"

NOW = """\
Until more of its posts are filled, centrally and in the regions, and its operating model and working \
relationships are established, above all with the regions, the directorate can give trusts only limited direct \
support. It can already support other central directorates and regional teams, for \
example by:

- giving access to the Model Hospital and hands-on guidance to its metrics and benchmarks as they become available
- sharing good practice guidance, local intelligence, data, analysis and specialist advice on the professions and \
subjects of the projects in the section before this one
- pointing out the opportunities in individual trusts that the Purchase Price Index benchmarking tool finds, once \
it is available"""

LATER = f"""\
In [[{STARTS_IN}]], given the people and the means to work well, the directorate expects to provide \
all regional teams with analysis and advice for their work with trusts, and direct specialist support to \
[[{AT_ONCE}]] at any one time in each of the project areas above."""

HOW = """\
This support would be agreed jointly with the regional teams, coordinated with the central teams and fitted to what \
each trust needs. It would concentrate on helping trusts to make practical improvements that raise their \
operational productivity."""


def narrative(snapshot: Snapshot) -> str:
    """Begin with the offer; what it comes to later only where its two figures are kept as measures."""
    later = [LATER] if {STARTS_IN, AT_ONCE} <= snapshot.figures.keys() else []
    return "\n\n".join([NOW, *later, HOW])


def compose(snapshot: Snapshot, text: SectionText) -> tuple[Block, ...]:
    """Number the narrative's paragraphs."""
    return narrative_blocks(text, snapshot.figures)


SECTION = Section(
    "support",
    "Support offering",
    "Numbered paragraphs and lists.",
    narrative,
    compose,
    quotes=(STARTS_IN, AT_ONCE),
    position=70,
)
