"""What answers for a promise, and how answers are put into words and into a paper."""

from dataclasses import replace
from datetime import date

import pytest

from opprod.reports.answers import AnsweredPromise, Outcome, answers, outcome_in_words, slips_in_words, unanswered
from opprod.reports.blocks import BoardOnly, Note, Paragraph, Table
from opprod.reports.composition import ILLUSTRATIVE, PaperContent
from opprod.reports.promises import Promise
from opprod.reports.sections.promises.composing import KEY as PROMISES
from opprod.reports.sections.promises.facts import PromisesFacts
from opprod.reports.unsourced import unsourced
from opprod.reports.variants import public
from opprod.reports.walking import spans_in
from tests.builders.papers import a_content, a_snapshot

SINCE = date(2016, 7, 19)
AFTER = date(2016, 8, 26)
DUE = date(2016, 8, 31)
LATER = date(2016, 10, 31)
ACHIEVED = Outcome("Achieved", closes=True, slipped=False, effective_on=AFTER)
SLIPPED = Outcome("Slipped", closes=False, slipped=True, effective_on=AFTER, note="Late.", new_due_on=LATER)
CONTINUING = Outcome("Continuing", closes=False, slipped=False, effective_on=AFTER)


def promised(number: int = 1, text: str = "Appoint the lead.") -> Promise:
    return Promise(number, "Pathology", text, "Ann", DUE)


def told(outcome: Outcome | None = None, *, number: int = 1, slips: int = 0, due_on: date = DUE) -> AnsweredPromise:
    return AnsweredPromise(promised(number), outcome, slips=slips, first_due_on=DUE, due_on=due_on)


def a_paper_with(*promises: AnsweredPromise) -> PaperContent:
    facts = PromisesFacts("BM/16/68", date(2016, 7, 28), promises)
    return a_content(replace(a_snapshot(), facts={PROMISES: facts}), keys=[PROMISES])


def said(content: PaperContent) -> str:
    return " ".join(span.text for section in content.sections for span in spans_in(section.blocks))


def rows_of(content: PaperContent) -> list[list[str]]:
    (table,) = (block for block in content.sections[0].blocks if isinstance(block, Table))
    return [[" / ".join(span.text for span in spans_in(cell.blocks)) for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("closes", [True, False])
@pytest.mark.parametrize(("effective_on", "later"), [(SINCE, False), (AFTER, True), (date(2016, 7, 1), False)])
def test_what_took_effect_before_the_last_paper_answers_only_if_it_closes(
    closes: bool, effective_on: date, later: bool
) -> None:
    outcome = replace(CONTINUING, closes=closes, effective_on=effective_on)
    assert answers(outcome, since=SINCE) is (closes or later)


def test_without_an_outcome_nothing_is_answered() -> None:
    assert not answers(None, since=SINCE)
    assert unanswered([told(ACHIEVED), told(number=2), told(SLIPPED)]) == [promised(2)]


@pytest.mark.parametrize(
    ("slips", "due_on", "words"),
    [
        (0, DUE, "No slip recorded"),
        (0, LATER, "No slip recorded, but first due 31 August 2016"),
        (1, LATER, "Slipped once; first due 31 August 2016"),
        (2, LATER, "Slipped twice; first due 31 August 2016"),
        (3, LATER, "Slipped 3 times; first due 31 August 2016"),
    ],
)
def test_how_often_it_slipped_is_said_with_the_first_due_day(slips: int, due_on: date, words: str) -> None:
    assert slips_in_words(told(SLIPPED, slips=slips, due_on=due_on)) == words


def test_a_slip_names_its_new_day_and_what_is_unanswered_says_so() -> None:
    assert outcome_in_words(told(SLIPPED)) == "Slipped to 31 October 2016"
    assert outcome_in_words(told(replace(ACHIEVED, new_due_on=LATER))) == "Achieved"
    assert outcome_in_words(told()) == "Not yet answered"


def test_what_goes_on_is_promised_again_by_its_present_day_and_what_is_closed_is_not() -> None:
    content = a_paper_with(
        told(ACHIEVED),
        told(SLIPPED, number=2, slips=1, due_on=LATER),
        told(CONTINUING, number=3),
        told(number=4),
    )
    assert content.promises == (replace(promised(2), due_on=LATER), promised(3))


def test_the_table_has_what_was_said_what_became_of_it_and_how_often_it_slipped() -> None:
    content = a_paper_with(told(SLIPPED, slips=2, due_on=LATER), told(number=2))
    slipped, silent = rows_of(content)
    assert slipped == [
        "Pathology",
        "Appoint the lead. / Ann, by 31 August 2016",
        "Slipped to 31 October 2016 / , as at 26 August 2016 / Late.",
        "Slipped twice; first due 31 August 2016",
    ]
    assert silent[2] == "Not yet answered"
    assert "(BM/16/68)" in said(content)


def test_only_the_preview_says_that_issuing_waits() -> None:
    (table,) = (b for b in a_paper_with(told()).sections[0].blocks if isinstance(b, Table))
    notes = [block for cell in table.rows[0].cells for block in cell.blocks if isinstance(block, Note)]
    assert [(note.about, note.preview_only) for note in notes] == [("unanswered", True)]


def test_an_outcome_that_is_not_a_slip_names_a_due_day_that_moved() -> None:
    assert "Now due 31 October 2016" in said(a_paper_with(told(CONTINUING, slips=1, due_on=LATER)))
    assert "Now due" not in said(a_paper_with(told(CONTINUING)))


def test_the_first_paper_says_that_it_is_the_first_in_one_numbered_sentence() -> None:
    (section,) = a_content(keys=[PROMISES]).sections
    *_, last = section.blocks
    assert isinstance(last, Paragraph)
    assert last.number == 2
    assert last.spans[0].text.startswith("This is the first paper to the Board on this matter")


def test_a_last_paper_without_next_steps_is_named() -> None:
    content = a_paper_with()
    assert "28 July 2016 (BM/16/68)" in said(content)
    assert "It stated no next steps." in said(content)
    assert not any(isinstance(block, Table) for block in content.sections[0].blocks)


def test_what_the_board_alone_was_told_stays_with_the_board_alone() -> None:
    secret = replace(told(SLIPPED, number=2, slips=1, due_on=LATER), promise=promised(2, "Close the site."))
    content = a_paper_with(told(CONTINUING), replace(secret, public=False))
    assert any(isinstance(block, BoardOnly) for block in content.sections[0].blocks)
    copy = public(content)
    assert "Close the site." in said(content)
    assert "Close the site." not in said(copy)
    assert [promise.next_step_id for promise in copy.promises] == [1]
    assert [promise.next_step_id for promise in content.promises] == [1, 2]


def test_figures_of_a_promise_rest_on_the_paper_that_stated_it_and_those_of_an_answer_need_a_source() -> None:
    answer = replace(told(replace(ACHIEVED, note="We found 14.")), promise=promised(text="Recruit 12 people."))
    content = a_paper_with(answer)
    assert [figure.said for figure in unsourced(content)] == ["14"]
    (line,) = content.evidence
    assert (line.evidence.said, line.evidence.source) == ("12", "Board paper BM/16/68 of 28 July 2016")


def test_what_is_invented_is_marked() -> None:
    invented = told(replace(ACHIEVED, illustrative="the whole outcome"))
    content = a_paper_with(invented)
    assert content.notes == (ILLUSTRATIVE,)
    assert a_paper_with(told(ACHIEVED)).notes == ()
