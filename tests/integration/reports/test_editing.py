"""Several people at one section: what each types is kept, and put together when they save."""

from datetime import timedelta

import pytest

from opprod.accounts import Role, User
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotFound, WrongState
from opprod.db import db, unit_of_work
from opprod.history import record
from opprod.reports import queries
from opprod.reports.merging import Overlap
from opprod.reports.models import PaperSection, PaperState, PaperStatus, SectionRevision
from opprod.reports.queries.editing import draft_of, others_writing, revision, revisions
from opprod.reports.services.editing import (
    DRAFT_LENGTH,
    Overlapping,
    discard_draft,
    keep_draft,
    restore_section,
    save_section,
)
from tests.builders.accounts import a_user
from tests.builders.meetings import a_meeting
from tests.builders.papers import a_paper

pytestmark = pytest.mark.usefixtures("programme")

TEXT = "One.\n\nTwo.\n\nThree."


@pytest.fixture
def ann() -> User:
    with unit_of_work():
        return a_user(Role.STAFF)


@pytest.fixture
def ben() -> User:
    with unit_of_work():
        return a_user(Role.EXECUTIVE)


@pytest.fixture
def section(ann: User) -> PaperSection:
    """A section of three paragraphs, in its version 2."""
    with unit_of_work():
        found = queries.section(a_paper(a_meeting(), actor=ann), "introduction")
    save(found, ann, TEXT)
    return found


def save(section: PaperSection, actor: User, narrative: str, *, version: int | None = None, title: str = "") -> bool:
    with unit_of_work():
        return save_section(
            section=section,
            version=version or section.version,
            title=title or section.title,
            narrative=narrative,
            actor=actor,
        )


def keep(section: PaperSection, actor: User, narrative: str) -> None:
    with unit_of_work():
        keep_draft(
            section=section, base_version=section.version, title=section.title, narrative=narrative, actor=actor
        )


def test_changes_of_different_paragraphs_are_both_saved_whoever_is_first(
    section: PaperSection, ann: User, ben: User
) -> None:
    began = section.version
    assert not save(section, ann, TEXT.replace("One.", "One, by Ann."), version=began)
    assert save(section, ben, TEXT + "\n\nFour, by Ben.", version=began, title="By Ben")
    assert (section.title, section.narrative) == ("By Ben", "One, by Ann.\n\nTwo.\n\nThree.\n\nFour, by Ben.")
    saved = [(held.version, held.saved_by_id) for held in db.session.scalars(revisions(section).limit(2))]
    assert saved == [(began + 2, ben.id), (began + 1, ann.id)]
    # Ann, still on the page she opened first, says one thing more.
    assert save(section, ann, TEXT.replace("Two.", "Two, by Ann."), version=began)
    assert section.narrative == "One, by Ann.\n\nTwo, by Ann.\n\nThree.\n\nFour, by Ben."


def test_changes_of_one_paragraph_are_kept_apart_and_nothing_is_overwritten(
    section: PaperSection, ann: User, ben: User
) -> None:
    began = section.version
    save(section, ann, TEXT.replace("Two.", "Two, by Ann."), title="By Ann")
    with pytest.raises(Overlapping) as refusal:
        save(section, ben, TEXT.replace("Two.", "Two, by Ben."), version=began, title="By Ben")
    assert refusal.value.together.title == Overlap("By Ben", "By Ann")
    assert refusal.value.together.text.overlaps == (Overlap("Two, by Ben.", "Two, by Ann."),)
    assert (section.title, section.version) == ("By Ann", began + 1)


def test_a_text_begun_from_a_version_that_is_not_known_is_kept_apart_whole(section: PaperSection, ann: User) -> None:
    with pytest.raises(Overlapping) as refusal:
        save(section, ann, "Other.", version=99)
    assert refusal.value.together.text.overlaps == (Overlap("Other.", TEXT),)
    assert save(section, ann, TEXT, version=99)


def test_two_texts_that_are_too_long_together_are_not_saved(section: PaperSection, ann: User, ben: User) -> None:
    began = section.version
    save(section, ann, f"{TEXT}\n\n{'x' * 15_000}")
    with pytest.raises(InvalidInput, match=r"20,000 characters or fewer; you have 30,0") as refusal:
        save(section, ben, f"{'y' * 15_000}\n\n{TEXT}", version=began)
    assert refusal.value.field == "narrative"
    assert section.version == began + 1


def test_what_is_typed_is_kept_for_its_writer_until_it_is_saved(section: PaperSection, ann: User, ben: User) -> None:
    keep(section, ann, "One. And")
    keep(section, ann, "One. And more.")
    keep(section, ben, "Ben's.")
    held = draft_of(section, ann)
    assert held
    assert (held.narrative, held.base_version) == ("One. And more.", section.version)
    assert section.narrative == TEXT

    save(section, ann, "One. And more still.")
    assert draft_of(section, ann) is None
    assert draft_of(section, ben)
    with unit_of_work():
        discard_draft(section=section, actor=ben)
    assert draft_of(section, ben) is None


def test_what_the_section_says_already_is_not_kept(section: PaperSection, ann: User) -> None:
    keep(section, ann, "Something.")
    keep(section, ann, f" {TEXT}\n")
    assert draft_of(section, ann) is None


def test_what_could_not_be_saved_is_kept_but_not_beyond_all_bounds(section: PaperSection, ann: User) -> None:
    keep(section, ann, "x" * 50_000)
    with pytest.raises(InvalidInput, match="200,000 characters or fewer to be kept"):
        keep(section, ann, "x" * (DRAFT_LENGTH + 1))
    held = draft_of(section, ann)
    assert held
    assert len(held.narrative) == 50_000


def test_others_are_told_of_for_half_an_hour(section: PaperSection, ann: User, ben: User) -> None:
    keep(section, ann, "Ann's.")
    assert [held.user for held in others_writing(section, ben)] == [ann]
    assert others_writing(section, ann) == []
    held = draft_of(section, ann)
    assert held
    with unit_of_work():
        held.kept_at = clock.now() - timedelta(minutes=31)
    assert others_writing(section, ben) == []


def test_an_earlier_text_is_put_back_as_a_new_version(section: PaperSection, ann: User, ben: User) -> None:
    earlier = revision(section, section.version)
    save(section, ann, "Quite another text.", title="Another")
    version = section.version
    with pytest.raises(Conflict), unit_of_work():
        restore_section(section=section, version=version - 1, earlier=earlier, actor=ben)
    with unit_of_work():
        restore_section(section=section, version=version, earlier=earlier, actor=ben)
    assert (section.title, section.narrative, section.version) == (earlier.title, TEXT, version + 1)
    newest = db.session.scalars(revisions(section).limit(1)).one()
    assert (newest.version, newest.saved_by_id) == (section.version, ben.id)
    with pytest.raises(NotFound):
        revision(section, 99)


def test_a_paper_that_is_not_being_written_takes_no_text_but_what_is_typed_is_kept(
    section: PaperSection, ann: User
) -> None:
    with unit_of_work():
        in_review = PaperStatus(subject_id=section.paper_id, status=PaperState.IN_REVIEW, effective_on=clock.today())
        record(in_review, actor=ann)
        db.session.info["audited"] = True
    keep(section, ann, "Too late.")
    for write in (
        lambda: save(section, ann, "Too late."),
        lambda: restore_section(section=section, version=section.version, earlier=revision(section, 1), actor=ann),
    ):
        with pytest.raises(WrongState):
            write()
    assert draft_of(section, ann)
    assert db.session.get_one(SectionRevision, 1)
