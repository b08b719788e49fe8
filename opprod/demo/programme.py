"""The demonstration programme as it comes into being: each verb does through the services what people would do."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from opprod.accounts import User
from opprod.accounts.services import create_account, system_actor
from opprod.core import clock
from opprod.core.quantity import parse
from opprod.core.quantity.vocabulary import NUMBER_WORDS
from opprod.db import db
from opprod.demo import evidence, meetings, paper
from opprod.demo.accounts import ACCOUNTS
from opprod.demo.days import TODAY
from opprod.demo.measures import MEASURES
from opprod.demo.planning import Planning
from opprod.demo.projects import PROJECTS
from opprod.demo.shapes import Answer, Line, Report, SectionContent, StrandContent
from opprod.demo.workstreams import WORKSTREAMS
from opprod.organisations.services import load_reference_data, set_up_directorate
from opprod.projects.models import Measure, NextStep, Strand, Update
from opprod.projects.quoting import parts
from opprod.projects.services.measures import create_measure, record_reading
from opprod.projects.services.next_steps import record_outcome
from opprod.projects.services.strands import create_strand
from opprod.projects.services.updates import (
    StatementContent,
    UpdateContent,
    approve_update,
    save_update,
    start_update,
    submit_update,
)
from opprod.reports.making import documents_of, stored
from opprod.reports.models import Paper
from opprod.reports.queries import section
from opprod.reports.sections import EQUALITY_DUTY
from opprod.reports.services import (
    approve_paper,
    approved_edition,
    confirm_equality_duty,
    content_to_issue,
    create_paper,
    edit_section,
    issue_paper,
    send_for_review,
)
from opprod.rounds.models import Meeting
from opprod.rounds.services import create_meeting

OWNER_ILLUSTRATIVE = "owner"


class Programme:
    """What has been made so far, by the names the demonstration's parts call it."""

    def __init__(self, *, password: str, scale: int, say: Callable[[str], None]) -> None:
        self._password = password
        self._say = say
        self._people: dict[str, User] = {}
        self._meetings: dict[date, Meeting] = {}
        self._strands: dict[str, Strand] = {}
        self._measures: dict[str, Measure] = {}
        self._updates: dict[tuple[str, date], Update] = {}
        self._next_steps: dict[tuple[str, str], NextStep] = {}
        self._papers: dict[date, Paper] = {}
        self.planning = Planning(self._people, scale=scale, say=say)

    def set_up(self) -> None:
        """Make accounts, the directorate, reference data, meetings, strands and measures."""
        self._say("Making accounts")
        system = system_actor()
        for account in ACCOUNTS:
            self._people[account.key] = create_account(
                email=account.email,
                name=account.name,
                role=account.role,
                region=account.region,
                password=self._password,
                may_be_weak=True,
                actor=system,
            )
        self._say("Loading regions, STPs and trusts")
        load_reference_data(actor=system)
        set_up_directorate(
            name=meetings.DIRECTORATE_NAME,
            body=meetings.DIRECTORATE_BODY,
            purpose=meetings.DIRECTORATE_PURPOSE,
            demonstration=True,
            clock_pinned_to=TODAY,
            actor=system,
        )
        self._say("Arranging meetings, workstreams, projects and measures")
        for meeting in meetings.MEETINGS:
            self._meetings[meeting.held_on] = create_meeting(
                board=meetings.BOARD,
                dates=meeting.dates,
                illustrative=meeting.illustrative,
                round_illustrative=meeting.round_illustrative,
                actor=self._executive,
            )
        for strand in (*WORKSTREAMS, *PROJECTS):
            self._strands[strand.slug] = self._create_strand(strand)
        for measure in MEASURES:
            self._measures[measure.key] = create_measure(
                strand=self._strands[measure.strand] if measure.strand else None,
                key=measure.key,
                name=measure.name,
                unit=measure.unit,
                actor=self._executive,
            )

    def record_reading(self, key: str, said: str, *, source: str, illustrative: str | None = None) -> None:
        """Record a measure's value, as it is said, for today."""
        measure = self._measures[key]
        record_reading(
            measure=measure,
            quantity=parse(said, unit=measure.unit),
            source=source,
            effective_on=clock.today(),
            illustrative=illustrative,
            actor=self._staff,
        )

    def submit(self, held_on: date, reports: Mapping[str, Report], sources: Mapping[str, str]) -> None:
        """Write and submit the updates for a meeting; ``sources`` are where each strand's own figures come from."""
        self._say(f"Writing updates for the meeting of {held_on:%-d %B %Y}")
        for slug, report in reports.items():
            update = start_update(
                strand=self._strands[slug],
                round=self._meetings[held_on].round,
                illustrative=report.invented,
                actor=self._staff,
            )
            content = UpdateContent(
                rag=report.rag,
                rag_reason=report.rag_reason,
                statements=tuple(self._statement(line, sources[slug]) for line in report.lines),
            )
            save_update(update=update, content=content, version=update.version, actor=self._staff)
            submit_update(update=update, actor=self._staff)
            self._updates[slug, held_on] = update
            for statement in update.statements:
                if statement.next_step_id:
                    self._next_steps[slug, statement.text] = db.session.get_one(NextStep, statement.next_step_id)

    def approve(self, held_on: date, reports: Mapping[str, Report]) -> None:
        """Approve the updates for a meeting, but those that are to wait."""
        for slug, report in reports.items():
            if report.approved:
                approve_update(update=self._updates[slug, held_on], actor=self._executive)

    def answer(self, slug: str, text: str, answer: Answer) -> None:
        """Say what became of a next step."""
        record_outcome(
            next_step=self._next_steps[slug, text],
            outcome=answer.outcome,
            note=answer.note,
            new_due_on=answer.new_due_on,
            effective_on=answer.on,
            illustrative="the whole outcome",
            actor=self._staff,
        )

    def send_july_paper(self) -> None:
        """Write the Board paper of July, and send it for review."""
        self._papers[meetings.JULY.held_on] = written = self._write(
            meetings.JULY.held_on, paper.JULY_REFERENCE, paper.JULY_SECTIONS, illustrative=paper.JULY_ILLUSTRATIVE
        )
        self._confirm_equality_duty(written)
        send_for_review(paper=written, actor=self._staff)

    def approve_july_paper(self) -> None:
        """Approve the Board paper of July, which the executive did not write."""
        approve_paper(paper=self._papers[meetings.JULY.held_on], actor=self._executive)

    def issue_july_paper(self) -> None:
        """Issue the Board paper of July with its documents."""
        self._say(f"Issuing Board paper {paper.JULY_REFERENCE}")
        approved = self._papers[meetings.JULY.held_on]
        content = content_to_issue(paper=approved, changes="")
        documents = stored(documents_of(content, version=approved_edition(approved).template))
        issue_paper(paper=approved, content=content, documents=documents, actor=self._executive)

    def write_paper(self) -> None:
        """Begin the Board paper of September, and write its sections' narratives."""
        self._papers[meetings.SEPTEMBER.held_on] = self._write(
            meetings.SEPTEMBER.held_on, paper.REFERENCE, paper.SECTIONS
        )

    def settle_figures(self) -> None:
        """Say where the figures in the free text of September's paper come from."""
        evidence.settle(self._papers[meetings.SEPTEMBER.held_on], actor=self._staff)

    def confirm_equality_duty(self) -> None:
        """Confirm what the paper of September says on equality, which is what its author concluded."""
        self._confirm_equality_duty(self._papers[meetings.SEPTEMBER.held_on])

    @property
    def _staff(self) -> User:
        return self._people["staff"]

    @property
    def _executive(self) -> User:
        return self._people["executive"]

    def _write(
        self, held_on: date, reference: str, sections: Iterable[SectionContent], *, illustrative: str | None = None
    ) -> Paper:
        self._say(f"Writing Board paper {reference}")
        written = create_paper(
            meeting=self._meetings[held_on],
            addressee=paper.ADDRESSEE,
            agenda_item=paper.AGENDA_ITEM,
            reference=reference,
            author_name=paper.AUTHOR_NAME,
            author_title=paper.AUTHOR_TITLE,
            report_on=paper.REPORT_ON,
            illustrative=illustrative,
            actor=self._staff,
        )
        for content in sections:
            found = section(written, content.key)
            edit_section(
                section=found,
                version=found.version,
                title=found.title,
                narrative=content.narrative,
                actor=self._staff,
            )
        return written

    def _confirm_equality_duty(self, written: Paper) -> None:
        version = section(written, EQUALITY_DUTY).version
        confirm_equality_duty(paper=written, version=version, actor=self._executive)

    def _create_strand(self, strand: StrandContent) -> Strand:
        return create_strand(
            kind=strand.kind,
            slug=strand.slug,
            name=strand.name,
            purpose=strand.purpose,
            owner=self._people[strand.owner],
            reports_to=strand.reports_to,
            starts_on=None,
            ends_on=None,
            illustrative=OWNER_ILLUSTRATIVE,
            actor=self._executive,
        )

    def _statement(self, line: Line, source: str) -> StatementContent:
        return StatementContent(
            kind=line.kind,
            text=line.text,
            owner_id=self._people[line.owner].id if line.owner else None,
            due_on=line.due_on,
            illustrative=line.illustrative,
            terms_illustrative=line.terms_illustrative,
            source=source if _has_figures(line.text) else None,
        )


def _has_figures(text: str) -> bool:
    """Whether a text has numbers in its own words, beside the measures it quotes."""
    own = " ".join(piece for piece, is_quoted in parts(text) if not is_quoted)
    return bool(re.search(r"\d", own)) or not NUMBER_WORDS.keys().isdisjoint(re.findall(r"[a-z]+", own.lower()))
