"""Board papers for tests: records in the database, and the frozen facts that sections are composed from."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import count

from opprod.accounts import Role, User
from opprod.core.rag import Rag
from opprod.projects.models import StatementKind, Strand, Update
from opprod.projects.services.updates import (
    StatementContent,
    UpdateContent,
    approve_update,
    save_update,
    start_update,
    submit_update,
)
from opprod.reports import services
from opprod.reports.composition import Cover, PaperContent, SectionContent, compose
from opprod.reports.facts import Figure, SectionText, Snapshot, StatementFacts, StrandFacts
from opprod.reports.models import Paper
from opprod.reports.sections import SECTIONS
from opprod.reports.sections.plans.facts import PlansFacts
from opprod.reports.sections.ratings.facts import RatingsFacts
from opprod.rounds.models import Meeting
from tests.builders.accounts import a_user
from tests.builders.meetings import a_meeting

_numbers = count(1)

DAY = date(2016, 9, 26)
REPORT_ON = "Operational Productivity Directorate: Implementing the Carter Review"
IN_A_NEW_PAPER = tuple(key for key, section in SECTIONS.items() if section.included_at_first)
HEADER = {
    "addressee": "The Board",
    "agenda_item": "9",
    "author_name": "Jeremy Marlow",
    "author_title": "Executive Director of Operational Productivity",
    "report_on": REPORT_ON,
}


def a_paper(
    meeting: Meeting | None = None, *, reference: str | None = None, actor: User | None = None, **header: str
) -> Paper:
    """A paper for a meeting, that of 29 September 2016 unless told, begun by a new executive."""
    return services.create_paper(
        meeting=meeting or a_meeting(),
        reference=reference or f"BM/16/{next(_numbers):03}",
        actor=actor or a_user(Role.EXECUTIVE),
        **{**HEADER, **header},
    )


def a_published_update(
    strand: Strand,
    meeting: Meeting,
    *said: tuple[StatementKind, str],
    illustrative: str | None = None,
    terms_illustrative: str | None = None,
    source: str | None = None,
    approved: bool = True,
) -> Update:
    """A submitted update whose statements, and their due days if next steps, are as given; approved unless told."""
    writer = a_user(Role.STAFF)
    statements = [
        StatementContent(
            kind=kind,
            text=text,
            owner_id=writer.id if kind is StatementKind.NEXT_STEP else None,
            due_on=meeting.held_on if kind is StatementKind.NEXT_STEP else None,
            illustrative=illustrative,
            terms_illustrative=terms_illustrative,
            source=source,
        )
        for kind, text in said
    ]
    update = start_update(strand=strand, round=meeting.round, actor=writer)
    content = UpdateContent(rag=Rag.GREEN, rag_reason="All goes to plan.", statements=statements)
    save_update(update=update, content=content, version=update.version, actor=writer)
    submit_update(update=update, actor=writer)
    if approved:
        approve_update(update=update, actor=a_user(Role.EXECUTIVE))
    return update


def a_cover(**changes: str) -> Cover:
    """A paper's cover."""
    cover = Cover(
        body="NHS Improvement",
        meeting_on=date(2016, 9, 29),
        meeting_illustrative=None,
        reference="BM/16/89",
        **HEADER,
    )
    return replace(cover, **changes)


def strand_facts(
    name: str = "Procurement",
    *statements: StatementFacts,
    approved: bool | None = True,
    reports_to: str | None = None,
) -> StrandFacts:
    """A strand and what it says."""
    return StrandFacts(name=name, reports_to=reports_to, approved=approved, statements=statements)


def figure(key: str, said: str | None = "about six", *, illustrative: str | None = None) -> Figure:
    """A figure a text can quote."""
    return Figure(
        key=key,
        name=key.replace("-", " ").capitalize(),
        said=said,
        effective_on=DAY if said else None,
        source="Monthly return" if said else None,
        illustrative=illustrative,
    )


def a_snapshot(
    *,
    workstreams: Iterable[StrandFacts] = (),
    projects: Iterable[StrandFacts] = (),
    figures: Iterable[Figure] = (),
    plans: PlansFacts | None = None,
    ratings: RatingsFacts | None = None,
) -> Snapshot:
    """The programme on a day."""
    return Snapshot(
        day=DAY,
        directorate="Operational Productivity Directorate",
        body="NHS Improvement",
        purpose="Reduce unwarranted variation in acute trusts.",
        workstreams=tuple(workstreams),
        projects=tuple(projects),
        figures={found.key: found for found in figures},
        facts={key: found for key, found in (("plans", plans), ("ratings", ratings)) if found is not None},
    )


def a_content(
    snapshot: Snapshot | None = None,
    *,
    narratives: Mapping[str, str] | None = None,
    keys: Iterable[str] = IN_A_NEW_PAPER,
    cover: Cover | None = None,
) -> PaperContent:
    """A composed paper: its sections' first narratives, but for those given."""
    snapshot = snapshot or a_snapshot()
    narratives = narratives or {}
    texts = {
        key: SectionText(SECTIONS[key].title, narratives.get(key) or SECTIONS[key].narrative(snapshot))
        for key in keys
    }
    sections = [
        SectionContent(key, text.title, SECTIONS[key].compose(snapshot, text), SECTIONS[key].board_only)
        for key, text in texts.items()
    ]
    return compose(cover or a_cover(), sections, snapshot.day)
