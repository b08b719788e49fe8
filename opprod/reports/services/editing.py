"""Several people at one section: keeping what each types, putting it together, going back to earlier text."""

from dataclasses import dataclass

from opprod.accounts import User
from opprod.core import clock
from opprod.core.errors import Conflict, InvalidInput, NotFound
from opprod.db import db
from opprod.reports.merging import Merge, Overlap, merged, merged_line
from opprod.reports.models import PaperSection, SectionDraft, SectionRevision
from opprod.reports.queries.editing import draft_of, revision
from opprod.reports.services.common import CHANGED, ensure_open, paper_of
from opprod.reports.services.sections import edit_section

DRAFT_LENGTH = 200_000


@dataclass(frozen=True, slots=True)
class Together:
    """A section as one person typed it, put together with what others saved meanwhile.

    ``title`` is an ``Overlap`` where both changed it, each in their own way.
    """

    title: str | Overlap
    text: Merge

    @property
    def fits(self) -> bool:
        """Whether nobody changed what another did."""
        return isinstance(self.title, str) and not self.text.overlaps


class Overlapping(Conflict):
    """A text that was not saved: others saved meanwhile, and changed what it changes too."""

    def __init__(self, together: Together) -> None:
        super().__init__(CHANGED)
        self.together = together


def save_section(*, section: PaperSection, version: int, title: str, narrative: str, actor: User) -> bool:
    """Save a section's title and text as somebody typed them, beginning from version ``version``.

    What others saved since is kept: the two are put together, and the answer is whether they were. What the person
    had typed is no longer kept for them. Raises ``Overlapping`` where the two do not go together, and otherwise as
    ``edit_section`` does.
    """
    ensure_open(paper_of(section))
    db.session.refresh(section, with_for_update=True)
    overtaken = section.version != version
    if overtaken:
        both = together(section=section, version=version, title=title, narrative=narrative)
        if not both.fits or not isinstance(both.title, str):
            raise Overlapping(both)
        title, narrative = both.title, both.text.text
    edit_section(section=section, version=section.version, title=title, narrative=narrative, actor=actor)
    discard_draft(section=section, actor=actor)
    return overtaken


def together(*, section: PaperSection, version: int, title: str, narrative: str) -> Together:
    """Put a text that was begun from a version of a section together with what the section says now."""
    title, narrative = title.strip(), narrative.strip()
    try:
        began = revision(section, version)
    except NotFound:
        # Without what it began from, nothing can be told of who changed what.
        return Together(_apart(title, section.title), Merge((_apart(narrative, section.narrative),)))
    return Together(
        merged_line(began.title, title, section.title), merged(began.narrative, narrative, section.narrative)
    )


def _apart(mine: str, theirs: str) -> str | Overlap:
    return mine if mine == theirs else Overlap(mine, theirs)


def restore_section(*, section: PaperSection, version: int, earlier: SectionRevision, actor: User) -> PaperSection:
    """Give a section the title and text of an earlier version, as a new version.

    Raises ``Conflict`` when the section changed since version ``version``, and otherwise as ``edit_section`` does.
    """
    return edit_section(
        section=section, version=version, title=earlier.title, narrative=earlier.narrative, actor=actor
    )


def keep_draft(
    *, section: PaperSection, base_version: int, title: str, narrative: str, actor: User
) -> SectionDraft | None:
    """Keep what a person has typed in a section, in place of what was kept before; it is in no paper.

    It may be of any state, but for a text beyond all bounds, for which ``InvalidInput`` is raised. What the section
    says already is not kept: the answer is then None.
    """
    if len(narrative) > DRAFT_LENGTH:
        raise InvalidInput(
            f"Text must be {DRAFT_LENGTH:,} characters or fewer to be kept; you have {len(narrative):,}",
            field="narrative",
        )
    # Two windows of one person take turns.
    db.session.refresh(section, with_for_update=True)
    held = draft_of(section, actor)
    if (title.strip(), narrative.strip()) == (section.title, section.narrative):
        if held is not None:
            db.session.delete(held)
            db.session.flush()
        return None
    if held is None:
        held = SectionDraft(section_id=section.id, user_id=actor.id)
        db.session.add(held)
    held.base_version = base_version
    held.title = title[:160]
    held.narrative = narrative
    held.kept_at = clock.now()
    db.session.flush()
    return held


def discard_draft(*, section: PaperSection, actor: User) -> None:
    """No longer keep what a person typed in a section."""
    held = draft_of(section, actor)
    if held is not None:
        db.session.delete(held)
        db.session.flush()
