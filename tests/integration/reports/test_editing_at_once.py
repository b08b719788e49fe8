"""Two people at one section at the same moment, each on a connection of their own, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from opprod.accounts import Role, User
from opprod.accounts.queries import user
from opprod.core import clock
from opprod.core.errors import Conflict
from opprod.db import db, unit_of_work
from opprod.projects.models import StatementKind
from opprod.reports import queries
from opprod.reports.models import PaperSection, PaperWording
from opprod.reports.queries.editing import draft_of
from opprod.reports.services.common import paper_of
from opprod.reports.services.editing import Overlapping, keep_draft, save_section
from opprod.reports.services.wordings import Made, seen_of, word_statements
from opprod.reports.snapshot import take
from opprod.reports.wordings import said_by
from opprod.rounds.models import Meeting
from tests.builders.accounts import a_user
from tests.builders.meetings import a_meeting
from tests.builders.papers import a_paper, a_published_update
from tests.builders.strands import a_strand
from tests.conftest import TODAY

TEXT = "One.\n\nTwo.\n\nThree."

Write = Callable[[PaperSection, User], object]


@pytest.fixture
def app(app_on_each: Flask) -> Flask:
    return app_on_each


def saving(narrative: str) -> Write:
    """Save a text that was begun from version 2."""
    return lambda section, actor: save_section(
        section=section, version=2, title=section.title, narrative=narrative, actor=actor
    )


def keeping(narrative: str) -> Write:
    return lambda section, actor: keep_draft(
        section=section, base_version=2, title=section.title, narrative=narrative, actor=actor
    )


def begun(app: Flask) -> tuple[int, int, int]:
    """The keys of a section in its version 2, and of two people."""
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        ann, ben = a_user(Role.STAFF), a_user(Role.EXECUTIVE)
        section = queries.section(a_paper(a_meeting(), actor=ann), "introduction")
        save_section(section=section, version=1, title=section.title, narrative=TEXT, actor=ann)
        assert section.version == 2
        return section.id, ann.id, ben.id


def first_then_second(
    app: Flask, section_id: int, first: tuple[Write, int], second: tuple[Write, int]
) -> Exception | None:
    """Write as the first person, and as the second before the first is done; say how the second was refused."""

    def write_second() -> Exception | None:
        with app.app_context(), clock.pinned_to(TODAY):
            try:
                with unit_of_work():
                    write, who = second
                    write(db.session.get_one(PaperSection, section_id), user(who))
            except Conflict as refusal:
                return refusal
            finally:
                db.session.remove()
        return None

    with ThreadPoolExecutor(max_workers=1) as pool, app.app_context(), clock.pinned_to(TODAY):
        write, who = first
        write(db.session.get_one(PaperSection, section_id), user(who))
        writing = pool.submit(write_second)
        # The second gets as far as they can before the first is done: a while is enough, if nothing holds them.
        with pytest.raises(TimeoutError):
            writing.result(timeout=1)
        db.session.commit()
        return writing.result(timeout=30)


def test_of_two_who_word_a_statement_at_once_the_second_is_told(app: Flask) -> None:
    section_id, ann, ben = begun(app)
    with app.app_context(), clock.pinned_to(TODAY), unit_of_work():
        meeting = db.session.scalars(select(Meeting)).one()
        a_published_update(a_strand(name="Procurement"), meeting, (StatementKind.PROGRESS, "Prices are in."))
        (strand,) = take(TODAY).projects
    (key,) = said_by(strand)

    def wording(text: str) -> Write:
        made = [Made(key, wording=text)]
        return lambda section, actor: word_statements(
            paper=paper_of(section), strand=strand, seen=seen_of(strand, []), made=made, actor=actor
        )

    refusal = first_then_second(app, section_id, (wording("Ann's."), ann), (wording("Ben's."), ben))
    assert isinstance(refusal, Conflict)
    with app.app_context():
        assert db.session.scalars(select(PaperWording.wording)).all() == ["Ann's."]


def text_now(app: Flask, section_id: int) -> str:
    with app.app_context():
        return db.session.get_one(PaperSection, section_id).narrative


def test_two_who_save_different_paragraphs_at_once_are_both_in_the_text(app: Flask) -> None:
    section_id, ann, ben = begun(app)
    by_ann, by_ben = saving(TEXT.replace("One.", "Ann.")), saving(TEXT.replace("Three.", "Ben."))
    assert first_then_second(app, section_id, (by_ann, ann), (by_ben, ben)) is None
    assert text_now(app, section_id) == "Ann.\n\nTwo.\n\nBen."


def test_of_two_who_save_one_paragraph_at_once_the_second_is_told(app: Flask) -> None:
    section_id, ann, ben = begun(app)
    refusal = first_then_second(app, section_id, (saving("Ann's."), ann), (saving("Ben's."), ben))
    assert isinstance(refusal, Overlapping)
    assert text_now(app, section_id) == "Ann's."


def test_two_windows_of_one_person_keep_one_text(app: Flask) -> None:
    section_id, ann, _ = begun(app)
    assert first_then_second(app, section_id, (keeping("First."), ann), (keeping("Second."), ann)) is None
    with app.app_context():
        held = draft_of(db.session.get_one(PaperSection, section_id), user(ann))
        assert held
        assert held.narrative == "Second."
