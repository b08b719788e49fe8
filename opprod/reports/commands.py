"""``opprod paper``: Board papers from the shell. Run within the application, at the programme's day."""

import os
import secrets
from datetime import date, datetime
from pathlib import Path

import click

from opprod import schema
from opprod.core import clock
from opprod.core.errors import InvalidInput, NotFound, WrongState
from opprod.db import db, reading_only
from opprod.reports import queries
from opprod.reports.assembly import content_of, day_of
from opprod.reports.document import pdf_source
from opprod.reports.models import Paper
from opprod.reports.rendering import RenderStatus, render_pdf
from opprod.rounds.queries import meeting_held_on
from opprod.web.presenters import day as day_as_text
from opprod.web.presenters import plural

DAY = click.DateTime(formats=["%Y-%m-%d"])
MOST_PAPERS = 50


@click.group()
def paper() -> None:
    """Build Board papers."""


@paper.command()
@click.option("--meeting", "held_on", required=True, type=DAY, help="The day of the Board meeting.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The PDF file to write.")
@click.option("--reference", help="Which paper, where the meeting has several, like BM/16/89.")
@click.option("--as-at", type=DAY, help="The day the paper's facts stand at, in place of its own.")
def build(held_on: datetime, out: Path, reference: str | None, as_at: datetime | None) -> None:
    """Write a meeting's paper as PDF; the same records give the same file."""
    if not schema.exists():
        raise WrongState("The database has no tables yet: run “opprod migrate” first.")
    if not out.parent.is_dir():
        raise InvalidInput(f"There is no folder {out.parent} to write to.")
    if not os.access(out.parent, os.W_OK):
        raise InvalidInput(f"You may not write to the folder {out.parent}.")
    with reading_only():
        found = _paper(held_on.date(), reference)
        day = _day(found, as_at)
        click.echo(f"{found}, with its facts as at {day_as_text(day)}", err=True)
        html, assets, attached = pdf_source(content_of(found, day))
        # Nothing more is read, and making a long paper takes a while.
        db.session.rollback()
    pages = _Progress()
    pdf = render_pdf(html, assets=assets, attachment=attached, on_progress=pages)
    _write(out, pdf)
    click.echo(f"{out}: {plural(pages.count, 'page')}", err=True)


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
