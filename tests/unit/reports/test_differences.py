"""What changed between two days: each planted change is found, once, and nothing else is told."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opprod.reports.differences import Change, ChangeKind, Piece, differences
from opprod.reports.freezing import frozen, thawed
from opprod.reports.standing import (
    PlanFigureStanding,
    PlanStanding,
    PromiseStanding,
    ReadingStanding,
    SavingStanding,
    Standing,
    Stated,
    StrandStanding,
    Withdrawn,
)
from tests.builders.standings import JULY, LEEDS, SEPTEMBER, a_standing

Plant = Callable[[Standing], Standing]


@dataclass(frozen=True)
class Planted:
    """A change made to the programme, and what is to be told of it."""

    what: str
    plant: Plant
    told: tuple[ChangeKind, str, str, str | None, str | None]


def strand(strand_id: int, **changes: Any) -> Plant:
    return lambda at: replace(
        at, strands=tuple(replace(one, **changes) if one.id == strand_id else one for one in at.strands)
    )


def said(strand_id: int, change: Callable[[tuple[Stated, ...]], tuple[Stated, ...]]) -> Plant:
    return lambda at: replace(
        at,
        strands=tuple(
            replace(one, statements=change(one.statements)) if one.id == strand_id else one for one in at.strands
        ),
    )


def reworded(strand_id: int, words: str, **changes: Any) -> Plant:
    """Change the statement that begins with some words."""
    return said(
        strand_id,
        lambda now: tuple(replace(one, **changes) if one.text.startswith(words) else one for one in now),
    )


def promise(next_step_id: int, **changes: Any) -> Plant:
    return lambda at: replace(
        at,
        promises=tuple(replace(one, **changes) if one.next_step_id == next_step_id else one for one in at.promises),
    )


def reading(key: str, **changes: Any) -> Plant:
    return lambda at: replace(
        at, readings=tuple(replace(one, **changes) if one.key == key else one for one in at.readings)
    )


def plan(plan_id: int, **changes: Any) -> Plant:
    return lambda at: replace(
        at, plans=tuple(replace(one, **changes) if one.id == plan_id else one for one in at.plans)
    )


def added(name: str, one: Any) -> Plant:
    return lambda at: replace(at, **{name: (*getattr(at, name), one)})


def removed(name: str, place: int) -> Plant:
    return lambda at: replace(
        at, **{name: tuple(one for number, one in enumerate(getattr(at, name)) if number != place)}
    )


PLANTED = (
    Planted(
        "a strand begins, with what it says",
        added(
            "strands",
            StrandStanding(9, "project", "Nursing", "/projects/9", statements=(Stated("progress", "Met."),)),
        ),
        (ChangeKind.STRANDS, "New", "Nursing", None, "Not rated; 1 statement"),
    ),
    Planted(
        "a rating moves",
        strand(1, rag="red", rag_reason="The budget is cut."),
        (ChangeKind.RAG, "Moved", "Finance", "Green", "Red"),
    ),
    Planted(
        "a rating gets a new reason",
        strand(2, rag_reason="One data set is late."),
        (ChangeKind.RAG, "New reason", "Model Hospital", "Amber", "Amber"),
    ),
    Planted(
        "a statement is added",
        said(1, lambda now: (Stated("progress", "Moved into Wellington House."), *now)),
        (ChangeKind.STATEMENTS, "New", "Finance", None, "Moved into Wellington House."),
    ),
    Planted(
        "a statement is gone",
        said(1, lambda now: tuple(one for one in now if not one.text.startswith("Interviews"))),
        (ChangeKind.STATEMENTS, "Gone", "Finance", "Interviews for two analysts are under way.", None),
    ),
    Planted(
        "a statement is reworded",
        reworded(1, "Agreed", text="Agreed the budget for two years with the centre."),
        (
            *(ChangeKind.STATEMENTS, "Reworded", "Finance"),
            "Agreed the budget for the year with the centre.",
            "Agreed the budget for two years with the centre.",
        ),
    ),
    Planted(
        "a next step is put in words that have nothing in common",
        reworded(2, "Publish", text="Show medicines' costs."),
        (
            *(ChangeKind.STATEMENTS, "Reworded", "Model Hospital"),
            "Publish the pharmacy compartment.",
            "Show medicines' costs.",
        ),
    ),
    Planted(
        "an outcome is recorded",
        promise(1, outcome="Achieved", outcome_on=SEPTEMBER, outcome_note="She starts in October."),
        (ChangeKind.OUTCOMES, "Recorded", "Finance", None, "Achieved"),
    ),
    Planted(
        "a next step slips",
        promise(2, outcome="Slipped", outcome_on=SEPTEMBER, due_on=date(2016, 12, 31)),
        (ChangeKind.OUTCOMES, "Recorded", "Model Hospital", None, "Slipped, now due 31 December 2016"),
    ),
    Planted(
        "a reading changes",
        reading("users", said="1,400 people", effective_on=SEPTEMBER, source="September return"),
        (ChangeKind.FIGURES, "Changed", "Registered users", "1,200 people", "1,400 people"),
    ),
    Planted(
        "a measure has its first reading",
        reading("trusts", said="c.20 trusts", effective_on=SEPTEMBER, source="Diary"),
        (ChangeKind.FIGURES, "New", "Trusts visited", None, "c.20 trusts"),
    ),
    Planted(
        "a category moves",
        plan(7, category="B: Needs support"),
        (ChangeKind.CATEGORIES, "Moved", "Leeds: Pathology", "C: No plan", "B: Needs support"),
    ),
    Planted(
        "a plan is withdrawn",
        plan(8, category="Withdrawn", withdrawn="Merged with Cornwall’s"),
        (ChangeKind.WITHDRAWN, "Plan withdrawn", "Devon: Pathology", "A: Good plan", "Withdrawn"),
    ),
    Planted(
        "a plan is new, with what it saves",
        added("plans", PlanStanding(9, "Kent: Pathology", "South", "B: Needs support", savings=LEEDS.savings)),
        (ChangeKind.CATEGORIES, "New", "Kent: Pathology", None, "B: Needs support"),
    ),
    Planted(
        "a saving changes",
        plan(7, savings=(SavingStanding("2017/18", "Plan", "£3m", "£4–5m"), LEEDS.savings[1])),
        (ChangeKind.SAVINGS, "Changed", "Leeds: Pathology", "£4–5m", "£3m"),
    ),
    Planted(
        "a plan's figure changes",
        plan(7, figures=(PlanFigureStanding("Capital needed", "£9m", "Revised submission"),)),
        (ChangeKind.FIGURES, "Changed", "Leeds: Pathology", "£8m", "£9m"),
    ),
    Planted(
        "a note is withdrawn",
        added(
            "withdrawn",
            Withdrawn("plan_note:3", "comment", "Leeds: Pathology", "Late", SEPTEMBER, "It came", "/plans/7", 7),
        ),
        (ChangeKind.WITHDRAWN, "Comment withdrawn", "Leeds: Pathology", "Late", None),
    ),
)
# These change what one of the others changes too.
MORE = (
    Planted(
        "a strand ends",
        removed("strands", 1),
        (ChangeKind.STRANDS, "Ended", "Model Hospital", "Amber; 2 statements", None),
    ),
    Planted(
        "a strand is renamed",
        strand(1, name="Money"),
        (ChangeKind.STRANDS, "Renamed", "Money", "Finance", "Money"),
    ),
    Planted(
        "a due day moves without a slip",
        promise(1, due_on=date(2016, 12, 1)),
        (ChangeKind.PROMISES, "Due day moved", "Finance", "31 October 2016", "1 December 2016"),
    ),
    Planted(
        "a next step has a new owner",
        promise(1, owner="Cas Day"),
        (ChangeKind.PROMISES, "New owner", "Finance", "Ann Lee", "Cas Day"),
    ),
    Planted(
        "a reading is withdrawn and none is before it",
        reading("users", said=None, effective_on=None, source=None),
        (ChangeKind.FIGURES, "Gone", "Registered users", "1,200 people", "No reading"),
    ),
    Planted(
        "a measure is new",
        added("readings", ReadingStanding("beds", "Beds", "40 beds", SEPTEMBER, "Return")),
        (ChangeKind.FIGURES, "New", "Beds", None, "40 beds"),
    ),
    Planted(
        "more of a saving releases cash",
        plan(7, savings=(LEEDS.savings[0], SavingStanding("2018/19", "Plan", "£8m", "£8m"))),
        (
            *(ChangeKind.SAVINGS, "Changed", "Leeds: Pathology"),
            "£8m, £2m of it releasing cash",
            "£8m, all of it releasing cash",
        ),
    ),
    Planted(
        "a year's saving is gone",
        plan(7, savings=LEEDS.savings[1:]),
        (ChangeKind.SAVINGS, "Gone", "Leeds: Pathology", "£4–5m", "Not stated"),
    ),
    Planted(
        "a saving of another kind is stated",
        plan(7, savings=(*LEEDS.savings, SavingStanding("2017/18", "Actual", "£1m", "£1m"))),
        (ChangeKind.SAVINGS, "New", "Leeds: Pathology", None, "£1m"),
    ),
    Planted(
        "a plan's figure is cleared",
        plan(7, figures=()),
        (ChangeKind.FIGURES, "Gone", "Leeds: Pathology", "£8m", "Not stated"),
    ),
    Planted(
        "a plan is gone",
        removed("plans", 1),
        (ChangeKind.CATEGORIES, "Gone", "Devon: Pathology", "A: Good plan", None),
    ),
)


def told(change: Change) -> tuple[ChangeKind, str, str, str | None, str | None]:
    return change.kind, change.how, change.of, change.before, change.after


@pytest.mark.parametrize("planted", [*PLANTED, *MORE], ids=lambda planted: planted.what)
def test_a_planted_change_is_told_once_and_nothing_else(planted: Planted) -> None:
    before = a_standing()
    found = differences(before, planted.plant(a_standing(SEPTEMBER)))
    assert [told(change) for change in found.changes] == [planted.told]
    assert (found.since, found.until) == (JULY, SEPTEMBER)
    assert found.counts() == {planted.told[0]: 1}


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(range(len(PLANTED)))))
def test_any_planted_changes_together_are_each_told_once(places: set[int]) -> None:
    after = a_standing(SEPTEMBER)
    for place in sorted(places):
        after = PLANTED[place].plant(after)
    expected = [PLANTED[place].told for place in places]
    assert sorted(map(told, differences(a_standing(), after).changes), key=str) == sorted(expected, key=str)


WORDS = st.text("abc [].,\n", max_size=12)
STATED = st.builds(
    Stated,
    st.sampled_from(["achievement", "progress", "next-step"]),
    WORDS,
    st.none() | WORDS,
    st.none() | st.integers(1, 3),
)
STRANDS = st.builds(
    StrandStanding,
    id=st.integers(1, 4),
    kind=st.just("project"),
    name=WORDS,
    record=st.just("/projects/x"),
    rag=st.sampled_from([None, "red", "green"]),
    rag_reason=st.none() | WORDS,
    statements=st.lists(STATED, max_size=5).map(tuple),
)
PROMISES = st.builds(
    PromiseStanding,
    next_step_id=st.integers(1, 4),
    strand=WORDS,
    text=WORDS,
    owner=WORDS,
    due_on=st.sampled_from([JULY, SEPTEMBER]),
    outcome=st.sampled_from([None, "Achieved", "Slipped"]),
)
SAVINGS = st.builds(SavingStanding, st.sampled_from(["2016/17", "2017/18"]), st.just("Plan"), WORDS, WORDS)
PLANS = st.builds(
    PlanStanding,
    id=st.integers(1, 4),
    name=WORDS,
    region=st.just("North"),
    category=WORDS,
    withdrawn=st.none() | WORDS,
    savings=st.lists(SAVINGS, max_size=2, unique_by=lambda one: one.year).map(tuple),
)


def several(of: st.SearchStrategy[Any], key: Callable[[Any], Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=4, unique_by=key).map(tuple)


STANDINGS = st.builds(
    Standing,
    day=st.just(JULY),
    strands=several(STRANDS, lambda one: one.id),
    promises=several(PROMISES, lambda one: one.next_step_id),
    plans=several(PLANS, lambda one: one.id),
)


@settings(max_examples=40, deadline=None)
@given(STANDINGS)
def test_nothing_changed_where_nothing_did_even_after_storage(standing: Standing) -> None:
    assert differences(standing, thawed(frozen(standing), Standing)).changes == ()


def without(fate: str, pieces: tuple[Piece, ...]) -> str:
    return unspaced("".join(piece.text for piece in pieces if piece.fate != fate))


def unspaced(text: str | None) -> str:
    return "".join((text or "").split())


@settings(max_examples=40, deadline=None)
@given(STANDINGS, STANDINGS)
def test_whatever_two_days_are_like_what_is_told_of_their_words_differs(one: Standing, other: Standing) -> None:
    for change in differences(one, other).of(ChangeKind.STATEMENTS):
        assert change.before != change.after
        if change.how == "Reworded":
            assert without("gone", change.words) == unspaced(change.after)
            assert without("added", change.words) == unspaced(change.before)


def test_what_a_statement_quotes_is_told_as_a_figure_alone() -> None:
    after = reading("users", said="1,400 people")(a_standing(SEPTEMBER))
    after = reworded(2, "1,200", text="1,400 people have registered.")(after)
    assert [change.kind for change in differences(a_standing(), after).changes] == [ChangeKind.FIGURES]


def test_a_figure_that_is_quoted_where_it_was_typed_is_not_told() -> None:
    after = reworded(2, "1,200", written="1,200 people have registered.")(a_standing(SEPTEMBER))
    assert differences(a_standing(), after).changes == ()


def test_what_changed_in_a_statement_is_shown_word_by_word() -> None:
    after = reworded(1, "Interviews", text="Interviews for three senior analysts are over.")(a_standing(SEPTEMBER))
    (change,) = differences(a_standing(), after).changes
    assert change.words == (
        Piece("Interviews for ", "same"),
        Piece("two ", "gone"),
        Piece("three senior ", "added"),
        Piece("analysts are ", "same"),
        Piece("under way", "gone"),
        Piece(" over", "added"),
        Piece(".", "same"),
    )
    assert change.about == "Progress"
    longer = reworded(1, "Appoint", text="Appoint the deputy director, by May.")(a_standing(SEPTEMBER))
    (change,) = differences(a_standing(), longer).changes
    assert change.words == (
        Piece("Appoint the deputy director", "same"),
        Piece(", by May", "added"),
        Piece(".", "same"),
    )


def test_statements_that_change_places_or_are_said_twice_are_not_told() -> None:
    after = said(1, lambda now: tuple(reversed(now)))(a_standing(SEPTEMBER))
    assert differences(a_standing(), after).changes == ()
    twice = said(1, lambda now: (*now, now[0]))(a_standing(SEPTEMBER))
    assert [told(change)[1:3] for change in differences(a_standing(), twice).changes] == [("New", "Finance")]


def test_two_promises_are_never_taken_for_one_however_alike_their_words() -> None:
    after = reworded(1, "Appoint", text="Appoint the deputy director now.", next_step_id=30)(a_standing(SEPTEMBER))
    assert [change.how for change in differences(a_standing(), after).changes] == ["New", "Gone"]


def test_an_outcome_that_was_taken_back_is_told_so() -> None:
    before = promise(1, outcome="Achieved", outcome_on=JULY)(a_standing())
    (change,) = differences(before, a_standing(SEPTEMBER)).changes
    assert told(change) == (ChangeKind.OUTCOMES, "Taken back", "Finance", "Achieved", "No outcome")


def test_the_same_outcome_said_again_with_a_new_note_is_told() -> None:
    before = promise(1, outcome="Continuing", outcome_on=JULY, outcome_note="Advertised.")(a_standing())
    after = promise(1, outcome="Continuing", outcome_on=SEPTEMBER, outcome_note="Shortlisted.")(a_standing())
    (change,) = differences(before, after).changes
    assert (*told(change)[3:], change.why) == ("Continuing", "Continuing", "Shortlisted.")


def test_a_promise_withdrawn_with_its_update_and_made_again_is_not_told() -> None:
    terms = Withdrawn("next_step_terms:1", "next step", "Finance", "Appoint.", SEPTEMBER, "Returned", "/next-steps/1")
    still = added("withdrawn", replace(terms, next_step_id=1))(a_standing(SEPTEMBER))
    assert differences(a_standing(), still).changes == ()
    gone = added("withdrawn", replace(terms, next_step_id=99))(a_standing(SEPTEMBER))
    assert [change.how for change in differences(a_standing(), gone).changes] == ["Next step withdrawn"]


def test_reasons_sources_days_and_what_is_invented_come_with_a_change() -> None:
    after = strand(1, rag="red", rag_reason="The budget is cut.", rag_illustrative="the rating")(
        a_standing(SEPTEMBER)
    )
    after = reading("users", said="1,400 people", effective_on=SEPTEMBER, source="September return")(after)
    after = plan(8, category="Withdrawn", withdrawn="Merged", illustrative="the plan")(after)
    rating, figure, gone = differences(a_standing(), after).changes
    assert (rating.why, rating.illustrative, rating.of_plan) == ("The budget is cut.", "the rating", False)
    assert (figure.source, figure.on, figure.record) == ("September return", SEPTEMBER, "/measures/users")
    assert (gone.why, gone.illustrative, gone.of_plan, gone.record) == ("Merged", "the plan", True, "/plans/8")
    back = plan(8, category="Withdrawn", withdrawn="Merged")(a_standing())
    (change,) = differences(back, a_standing(SEPTEMBER)).changes
    assert told(change)[:2] == (ChangeKind.CATEGORIES, "Reinstated")


def test_changes_come_in_the_order_of_their_kinds() -> None:
    after = a_standing(SEPTEMBER)
    for planted in reversed(PLANTED):
        after = planted.plant(after)
    kinds = [change.kind for change in differences(a_standing(), after).changes]
    assert kinds == sorted(kinds, key=list(ChangeKind).index)
