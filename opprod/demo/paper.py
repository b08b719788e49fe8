"""The Board papers of 28 July and 29 September 2016: their headers, and the narratives of their sections.

All of July's is invented, so that September's has something to answer for.
"""

from opprod.demo.shapes import SectionContent

REFERENCE = "BM/16/89"
JULY_REFERENCE = "BM/16/68"
JULY_ILLUSTRATIVE = "the whole paper"
ADDRESSEE = "The Board"
AGENDA_ITEM = "9"
AUTHOR_NAME = "Jeremy Marlow"
AUTHOR_TITLE = "Executive Director of Operational Productivity"
REPORT_ON = "Operational Productivity Directorate: Implementing the Carter Review"
HEADER_FACTS = ("F-001", "F-003", "F-004", "F-005", "F-006", "F-007")

INTRODUCTION = SectionContent(
    key="introduction",
    facts=("F-008", "F-009"),
    narrative="""\
NHS Improvement is setting up the Operational Productivity Directorate to see that acute trusts put into practice \
what Lord Carter’s report recommends on unwarranted variation.

This paper tells the Board how far the directorate is established, how its key projects are getting on, and what \
support it can offer now and later.
""",
)

ESTABLISHMENT = SectionContent(
    key="establishment",
    facts=("F-010", "F-011"),
    narrative="""\
Several workstreams are setting the directorate up. They answer both to the Executive Director of Operational \
Productivity and to the Strategic Change Implementation Group. The table says what each has achieved and what it \
does next.
""",
)

PROGRESS = SectionContent(
    key="progress",
    facts=("F-043",),
    narrative="""\
Over the autumn the directorate is filling enough posts, at the centre and in the regions, to reach a critical mass. \
Meanwhile it keeps up its links with NHS Improvement’s other directorates, and its priority projects move on. The \
table says how the key projects stand.
""",
)

SUPPORT = SectionContent(
    key="support",
    facts=(
        *("F-126", "F-127", "F-128", "F-129", "F-130", "F-131"),
        *("F-132", "F-133", "F-134", "F-135", "F-136"),
    ),
    narrative="""\
Until the directorate has most of its people, at the centre and in the regions, and its operating model and working \
relationships are settled, above all with the regions, it can give trusts little direct support. August went \
well, and it can now help other central directorates and the regional teams. For example, it can:

- open the Model Hospital to them and guide them through it, as metrics and benchmarks come out
- share guidance on good practice, local intelligence, data, analysis and the advice of specialists, in the fields \
of the projects above
- point out where particular trusts could gain, as the Purchase Price Index Benchmarking (PPIB) tool will show once \
it is there

In [[support-starts-in]] the directorate expects to have the people and the ways of working to do more. It could \
then give all regional teams analysis and advice for their dealings with trusts, and give direct specialist support \
to [[trusts-supported-at-once]] at once for each of the projects above.

It would agree this support with the regional teams, coordinate it with NHS Improvement’s central teams, and fit it \
to what each trust needs. The aim throughout is practical improvement that raises operational productivity.
""",
)

EQUALITY_DUTY = SectionContent(
    key="equality",
    facts=("F-137", "F-138", "F-139"),
    narrative="""\
The Equality Act 2010 asks NHS Improvement to have due regard to three needs: to eliminate unlawful discrimination, \
to advance equality of opportunity, and to foster good relations between people of different groups. It protects \
people against discrimination on grounds of age, disability, gender reassignment, marriage and civil partnership, \
pregnancy and maternity, race, religion and belief, gender, and sexual orientation.

We have considered what the matters in this paper could mean for these groups. We expect no adverse impact on any of \
them, and find that NHS Improvement has met its duty.
""",
)

SECTIONS = (INTRODUCTION, ESTABLISHMENT, PROGRESS, SUPPORT, EQUALITY_DUTY)

JULY_INTRODUCTION = SectionContent(
    key="introduction",
    narrative="""\
NHS Improvement has begun to set up the Operational Productivity Directorate. This is its first paper to the Board \
on putting into practice what Lord Carter’s report recommends on unwarranted variation.

It tells the Board how setting up the directorate is going, what its first projects have done, and what each of them \
will do before the Board next meets.
""",
)

JULY_SUPPORT = SectionContent(
    key="support",
    narrative="""\
The directorate has hardly any people yet, so it offers trusts no direct support. It answers questions about Lord \
Carter’s report, and shows trusts the metrics that the Model Hospital has so far.

What it can offer once its posts are filled, it will settle with the regional teams over the summer.
""",
)

JULY_SECTIONS = (JULY_INTRODUCTION, JULY_SUPPORT)
