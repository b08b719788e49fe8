"""Beginning papers, and editing their headers and sections."""

from datetime import date
from typing import Any

import pytest

from opprod.accounts import Role, User
from opprod.audit.queries import latest_about, lines
from opprod.core.errors import Conflict, InvalidInput, WrongState
from opprod.db import unit_of_work
from opprod.reports import queries, services
from opprod.reports.models import Paper, PaperSection
from opprod.reports.sections import EQUALITY_DUTY
from opprod.rounds.models import Meeting
from tests.builders.accounts import a_user
from tests.builders.measures import a_measure
from tests.builders.meetings import a_meeting
from tests.builders.papers import HEADER, a_paper

pytestmark = pytest.mark.usefixtures("programme")


@pytest.fixture
def meeting() -> Meeting:
    with unit_of_work():
        return a_meeting()


@pytest.fixture
def executive() -> User:
    with unit_of_work():
        return a_user(Role.EXECUTIVE)


@pytest.fixture
def paper(meeting: Meeting, executive: User) -> Paper:
    with unit_of_work():
        return a_paper(meeting, reference="BM/16/89", actor=executive)


@pytest.fixture
def equality(paper: Paper) -> PaperSection:
    return queries.section(paper, EQUALITY_DUTY)


def change(paper: Paper, actor: User, **changes: Any) -> Paper:
    values: dict[str, Any] = {
        **HEADER,
        "meeting": paper.meeting,
        "reference": paper.reference,
        "as_at": None,
        "version": paper.version,
        **changes,
    }
    with unit_of_work():
        return services.change_paper(paper=paper, actor=actor, **values)


def edit(section: PaperSection, actor: User, **changes: Any) -> PaperSection:
    values: dict[str, Any] = {
        "title": section.title,
        "narrative": section.narrative,
        "version": section.version,
        **changes,
    }
    with unit_of_work():
        return services.edit_section(section=section, actor=actor, **values)


def keys(paper: Paper) -> list[str]:
    return [section.key for section in paper.sections]


def history(paper: Paper) -> list[tuple[str, list[tuple[str, str | None, str | None]]]]:
    """What the history panel says of a paper since it was begun, newest first."""
    return [
        (line.summary, [(c.label, c.before, c.after) for c in line.changes]) for line in lines(latest_about(paper))
    ][:-1]


def test_a_new_paper_has_every_section_with_a_first_text(paper: Paper) -> None:
    assert keys(paper) == ["introduction", "promises", "establishment", "progress", "support", "equality"]
    assert all(section.included and section.title and section.narrative for section in paper.sections)
    assert paper.equality_confirmed_at is None


@pytest.mark.parametrize("reference", ["BM/16/89", "bm/16/89", " BM/16/89 "])
def test_a_reference_is_used_once(paper: Paper, meeting: Meeting, reference: str) -> None:
    with pytest.raises(InvalidInput, match=r"BM/16/89 is that of the paper for 29 September 2016") as refusal:
        a_paper(meeting, reference=reference)
    assert refusal.value.field == "reference"


def test_a_paper_may_keep_its_reference_and_not_take_anothers(
    paper: Paper, meeting: Meeting, executive: User
) -> None:
    with unit_of_work():
        other = a_paper(meeting, reference="BM/16/90", actor=executive)

    assert change(paper, executive, reference="bm/16/89").reference == "bm/16/89"
    with pytest.raises(InvalidInput, match="BM/16/90"):
        change(paper, executive, reference=other.reference)


@pytest.mark.parametrize(("typed", "kept"), [("09", "9"), ("9A", "9a"), ("10", "10")])
def test_an_agenda_item_is_kept_without_leading_noughts(meeting: Meeting, typed: str, kept: str) -> None:
    assert a_paper(meeting, agenda_item=typed).agenda_item == kept


@pytest.mark.parametrize("typed", ["", "0", "nine", "9.1.1", "1234", "-1"])
def test_an_agenda_item_that_is_none_is_refused(meeting: Meeting, typed: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        a_paper(meeting, agenda_item=typed)
    assert refusal.value.field == "agenda_item"


@pytest.mark.parametrize("field", ["addressee", "author_name", "author_title", "report_on"])
def test_no_part_of_the_header_may_be_blank(meeting: Meeting, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        a_paper(meeting, **{field: "  "})
    assert refusal.value.field == field


def test_facts_are_held_at_no_day_to_come(paper: Paper, executive: User) -> None:
    assert change(paper, executive, as_at=date(2016, 9, 26)).as_at == date(2016, 9, 26)
    with pytest.raises(InvalidInput) as refusal:
        change(paper, executive, as_at=date(2016, 9, 27))
    assert refusal.value.field == "as_at"


def test_the_second_of_two_who_change_a_header_is_told(paper: Paper, executive: User) -> None:
    before = paper.version
    change(paper, executive, report_on="Progress")
    with pytest.raises(Conflict):
        change(paper, executive, report_on="Something else", version=before)
    assert paper.report_on == "Progress"


def test_the_second_of_two_who_edit_a_section_is_told_unless_they_wrote_the_same(
    paper: Paper, executive: User
) -> None:
    section = queries.section(paper, "introduction")
    before = section.version
    edit(section, executive, narrative="First.")

    edit(section, executive, narrative="First.", version=before)
    with pytest.raises(Conflict):
        edit(section, executive, narrative="Second.", version=before)
    assert section.narrative == "First."


def test_ordering_sections_and_confirming_disturbs_no_one_who_is_editing(
    paper: Paper, executive: User, equality: PaperSection
) -> None:
    section = queries.section(paper, "introduction")
    paper_before, section_before = paper.version, section.version
    with unit_of_work():
        services.move_section(section=section, up=False, actor=executive)
        services.include_section(section=section, included=False, actor=executive)
        services.confirm_equality_duty(paper=paper, version=equality.version, actor=executive)

    edit(section, executive, narrative="Mine.", version=section_before)
    change(paper, executive, report_on="Mine too", version=paper_before)
    assert (section.narrative, paper.report_on) == ("Mine.", "Mine too")


def test_a_quotation_of_no_measure_is_refused_by_name(paper: Paper, executive: User) -> None:
    with unit_of_work():
        a_measure(key="model-hospital-users")
    section = queries.section(paper, "introduction")

    edit(section, executive, narrative="There are [[model-hospital-users]].")
    with pytest.raises(InvalidInput, match=r"\[\[no-such-measure\]\]") as refusal:
        edit(section, executive, narrative="There are [[no-such-measure]].")
    assert refusal.value.field == "narrative"


@pytest.mark.parametrize("field", ["title", "narrative"])
def test_a_section_has_a_title_and_a_text(paper: Paper, executive: User, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        edit(queries.section(paper, "support"), executive, **{field: " \n"})
    assert refusal.value.field == field


def test_sections_move_by_one_and_stop_at_the_ends(paper: Paper, executive: User) -> None:
    def move(key: str, *, up: bool) -> list[str]:
        with unit_of_work():
            services.move_section(section=queries.section(paper, key), up=up, actor=executive)
        return keys(paper)

    assert move("support", up=True)[2:] == ["establishment", "support", "progress", "equality"]
    assert move("introduction", up=False)[:2] == ["promises", "introduction"]
    assert move("promises", up=True)[0] == "promises"
    assert move("equality", up=False)[-1] == "equality"


def test_a_changed_equality_statement_must_be_confirmed_again(
    paper: Paper, executive: User, equality: PaperSection
) -> None:
    def confirm() -> None:
        with unit_of_work():
            services.confirm_equality_duty(paper=paper, version=equality.version, actor=executive)

    for changed in ({"narrative": "We thought about it."}, {"title": "Equality"}):
        confirm()
        assert paper.equality_confirmed_by == executive
        edit(equality, executive)
        assert paper.equality_confirmed_at is not None
        edit(equality, executive, **changed)
        assert (paper.equality_confirmed_by, paper.equality_confirmed_at) == (None, None)

    confirm()
    edit(queries.section(paper, "introduction"), executive, narrative="Another text.")
    assert paper.equality_confirmed_at is not None


def test_nobody_confirms_words_they_have_not_seen(paper: Paper, executive: User, equality: PaperSection) -> None:
    read = equality.version
    edit(equality, executive, narrative="New words.")
    with pytest.raises(Conflict):
        services.confirm_equality_duty(paper=paper, version=read, actor=executive)
    assert paper.equality_confirmed_at is None


def test_a_statement_left_out_or_confirmed_already_is_not_confirmed(
    paper: Paper, executive: User, equality: PaperSection
) -> None:
    with unit_of_work():
        services.confirm_equality_duty(paper=paper, version=equality.version, actor=executive)
    with pytest.raises(WrongState, match="already"):
        services.confirm_equality_duty(paper=paper, version=equality.version, actor=executive)
    with unit_of_work():
        services.include_section(section=equality, included=False, actor=executive)
    with pytest.raises(WrongState, match="leaves the equality statement out"):
        services.confirm_equality_duty(paper=paper, version=equality.version, actor=executive)


def test_the_history_says_what_was_done_and_to_which_section(
    paper: Paper, executive: User, equality: PaperSection
) -> None:
    introduction = queries.section(paper, "introduction")
    first = introduction.narrative
    edit(introduction, executive, narrative="Ours.")
    with unit_of_work():
        services.move_section(section=introduction, up=False, actor=executive)
        services.include_section(section=introduction, included=False, actor=executive)
        services.include_section(section=introduction, included=False, actor=executive)
        services.confirm_equality_duty(paper=paper, version=equality.version, actor=executive)
    edit(equality, executive, title="Equality")
    change(paper, executive, as_at=date(2016, 9, 20))

    assert history(paper) == [
        ("Paper changed", [("Facts as at", None, "2016-09-20")]),
        ("Equality duty reopened", []),
        ("Section changed", [("Title of equality", "Public Sector Equality Duty", "Equality")]),
        ("Equality duty confirmed", []),
        ("Section changed", [("Introduction", "included", "left out")]),
        ("Section moved", [("Introduction", "section 1", "section 2")]),
        ("Section changed", [("Text of introduction", first, "Ours.")]),
    ]


def test_papers_stand_by_meeting_and_then_in_the_order_of_the_agenda(executive: User) -> None:
    with unit_of_work():
        july, september = a_meeting(date(2016, 7, 28)), a_meeting()
        for item, meeting in (("10", september), ("9a", september), ("9", september), ("1", july)):
            a_paper(meeting, agenda_item=item, reference=f"{meeting.held_on:%m}/{item}", actor=executive)

    found = queries.papers_held_on(date(2016, 9, 29), limit=10)
    assert [paper.reference for paper in found] == ["09/9", "09/9a", "09/10"]
