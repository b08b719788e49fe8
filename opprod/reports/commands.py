"""``opprod paper``: Board papers from the shell. Run within the application, at the programme's day."""

import os
import secrets
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

import click

from opprod import schema
from opprod.core import clock
from opprod.core.errors import InvalidInput, NotFound, WrongState
from opprod.db import db, reading_only
from opprod.reports import queries, verification
from opprod.reports.assembly import content_of, day_of
from opprod.reports.document import file_name, pdf_source
from opprod.reports.models import DocumentFormat, Paper, PaperState, Variant
from opprod.reports.queries import issues
from opprod.reports.rendering import RenderStatus, render_pdf
from opprod.rounds.queries import meeting_held_on
from opprod.web.presenters import day as day_as_text
from opprod.web.presenters import plural

DAY = click.DateTime(formats=["%Y-%m-%d"])
MOST_PAPERS = 50
LARGEST_FILE = 256 * 1024 * 1024


@click.group()
def paper() -> None:
    """Build Board papers."""


@paper.command()
@click.argument("file", type=click.File("rb"))
def verify(file: BinaryIO) -> None:
    """Say whether FILE is a document of a paper issued from here, unaltered; exit code 1 if not."""
    _ensure_tables()
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise InvalidInput(f"{file.name} is larger than any paper can be.")
    with reading_only():
        verdict = verification.verify(content)
    click.echo(verdict.words)
    if not verdict.genuine:
        click.get_current_context().exit(1)


@paper.command()
@click.option("--reference", required=True, help="Which paper, like BM/16/89.")
@click.option("--version", "number", type=int, help="Which version, where it is not the latest.")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="A folder to write to.")
def remake(reference: str, number: int | None, out: Path) -> None:
    """Make an issued paper's documents again from its frozen content, and compare them with those issued."""
    _ensure_tables()
    with reading_only():
        found = queries.paper_with_reference(reference.strip())
        issue = None if found is None else issues.latest_issue(found)
        if found is None or issue is None:
            raise NotFound(f"No paper {reference} was issued.")
        if number is not None:
            issue = issues.issue(found, number)
        made = verification.made_again(issue)
        compared = {
            (variant, kind): verification.is_as_issued(issue, variant, kind, document)
            for (variant, kind), document in made.items()
        }
        names = {
            (variant, kind): file_name(found.reference, kind.value, number=issue.number, variant=variant)
            for variant, kind in made
        }
    _make_folder(out)
    for key, document in made.items():
        _write(out / names[key], document)
        click.echo(f"{names[key]}: {'as issued' if compared[key] else 'not as issued'}")
    if not all(compared.values()):
        raise WrongState(
            "What was made again differs from what was issued. The stored documents stand: this opprod has other "
            "fonts, libraries or templates than the one that issued them."
        )


@paper.command()
@click.option("--meeting", "held_on", required=True, type=DAY, help="The day of the Board meeting.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The PDF file to write.")
@click.option("--reference", help="Which paper, where the meeting has several, like BM/16/89.")
@click.option("--as-at", type=DAY, help="The day the paper's facts stand at, in place of its own.")
def build(held_on: datetime, out: Path, reference: str | None, as_at: datetime | None) -> None:
    """Write a meeting's paper as PDF: the same records give the same file, and an issued one is as it was issued."""
    _ensure_tables()
    if not out.parent.is_dir():
        raise InvalidInput(f"There is no folder {out.parent} to write to.")
    if not os.access(out.parent, os.W_OK):
        raise InvalidInput(f"You may not write to the folder {out.parent}.")
    with reading_only():
        found = _paper(held_on.date(), reference)
        issue = issues.latest_issue(found)
        if as_at is None and issue is not None and issues.status_of(found).status is PaperState.ISSUED:
            click.echo(f"{issue}, issued on {day_as_text(issue.issued_on)}", err=True)
            _write(out, verification.issued_bytes(issue, Variant.BOARD, DocumentFormat.PDF))
            return
        day = _day(found, as_at)
        click.echo(f"{found}, with its facts as at {day_as_text(day)}", err=True)
        html, assets, attached = pdf_source(content_of(found, day))
        # Nothing more is read, and making a long paper takes a while.
        db.session.rollback()
    pages = _Progress()
    pdf = render_pdf(html, assets=assets, attachment=attached, on_progress=pages)
    _write(out, pdf)
    click.echo(f"{out}: {plural(pages.count, 'page')}", err=True)


def _ensure_tables() -> None:
    if not schema.exists():
        raise WrongState("The database has no tables yet: run “opprod migrate” first.")


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInput(f"{out} cannot be made: {error.strerror}.") from error


def _paper(held_on: date, reference: str | None) -> Paper:
    found = queries.papers_held_on(held_on, limit=MOST_PAPERS)
    if reference is not None:
        found = [paper for paper in found if paper.reference.lower() == reference.strip().lower()]
    if len(found) == 1:
        return found[0]
    meeting = meeting_held_on(held_on)
    if found:
        names = ", ".join(paper.reference for paper in found)
        raise InvalidInput(f"{meeting} has several papers: choose one with --reference. They are {names}.")
    wanted = f"paper {reference}" if reference else "paper yet"
    raise NotFound(f"{meeting} has no {wanted}. Papers are begun on the page /papers/new.")


def _day(paper: Paper, as_at: datetime | None) -> date:
    if as_at is None:
        return day_of(paper)
    if as_at.date() > clock.today():
        raise InvalidInput(f"Facts can stand at today, {day_as_text(clock.today())}, or an earlier day.")
    return as_at.date()


class _Progress:
    """Says each step once, and remembers how many pages there were."""

    def __init__(self) -> None:
        self.count = 0
        self._said = ""

    def __call__(self, status: RenderStatus) -> None:
        """Take the news of a render."""
        self.count = status.pages or self.count
        if status.step != self._said:
            self._said = status.step
            click.echo(f"{status.percent:3} % {status.step}", err=True)


def _write(out: Path, content: bytes) -> None:
    """Put the file in place whole, or leave what was there."""
    draft = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(out)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise InvalidInput(f"{out} cannot be written: {error.strerror}.") from error
