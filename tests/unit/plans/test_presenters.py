"""Plans in words and tags."""

import csv
from datetime import UTC, date, datetime
from io import StringIO

import pytest

from opprod.core.quantity import GBP, parse
from opprod.core.regions import Region
from opprod.plans import presenters
from opprod.plans.models import Category, FigureKind, Move, Outcome, SubmissionState
from opprod.plans.presenters.exports import csv_text
from opprod.plans.queries.matrix import Count, Movement, Transition
from opprod.plans.queries.plans import Standing
from opprod.plans.queries.recorded import FigureView, PlanRecord, ServiceView
from opprod.plans.rules.suggestion import Result

DAY = date(2016, 9, 26)


def a_record(**said: str) -> PlanRecord:
    """A plan of which only figures are recorded, by their kind."""
    figures = {
        FigureKind[name.upper()]: FigureView(
            id=1,
            effective_on=DAY,
            recorded_at=datetime(2016, 9, 26, tzinfo=UTC),
            recorded_by="Sam",
            illustrative=None,
            kind=FigureKind[name.upper()],
            quantity=parse(value, unit=GBP) if value else None,
            source="National return",
        )
        for name, value in said.items()
    }
    return PlanRecord(
        plan_id=1,
        day=DAY,
        stp_number=1,
        stp_name="Kent",
        service=ServiceView(1, "Pathology", "pathology"),
        region=Region.SOUTH,
        illustrative=None,
        status=None,
        submission=None,
        scope=None,
        trusts=(),
        deliverables=(),
        figures=figures,
        notes=(),
        more_notes=frozenset(),
    )


def a_movement(before: Standing, after: Standing, *, how: Move | None = None, on: date | None = DAY) -> Movement:
    return Movement(
        plan_id=1,
        stp_number=1,
        stp_name="Kent",
        service="Pathology",
        region=Region.SOUTH,
        before=before,
        after=after,
        on=on,
        how=how,
        by="Mo",
        reason=None,
        proposed_by=None,
        proposed_reason=None,
        illustrative=None,
    )


def test_a_tag_says_in_words_what_its_colour_says() -> None:
    tags = [presenters.category_tag(category) for category in (*Category, None)]
    assert [tag.text for tag in tags] == ["A: Good plan", "B: Needs support", "C: No plan", "Not yet categorised"]
    assert len({tag.colour for tag in tags}) == 4
    outcomes = [presenters.outcome_tag(outcome) for outcome in Outcome]
    assert outcomes[:3] == tags[:3]
    assert [tag.text for tag in outcomes[3:]] == ["Boundary", "Insufficient evidence"]
    assert len({tag.colour for tag in outcomes}) == 5
    assert len({presenters.result_tag(result).text for result in Result}) == 4
    assert presenters.standing_tag(Standing.WITHDRAWN).text == "Withdrawn"


def test_a_plan_is_called_by_its_stp_and_service() -> None:
    assert presenters.plan_title(7, "Black Country", "Pathology") == "Black Country: Pathology"
    assert presenters.plan_title(7, None, "Pathology") == "STP 7: Pathology"


@pytest.mark.parametrize(
    ("state", "received_on", "said"),
    [
        (None, None, "Not recorded"),
        (SubmissionState.RECEIVED, date(2016, 6, 30), "Received 30 Jun 2016"),
        (SubmissionState.NO_PLAN, None, "The STP says it has no plan"),
    ],
)
def test_a_submission_is_told_from_none_and_from_none_recorded(
    state: SubmissionState | None, received_on: date | None, said: str
) -> None:
    assert presenters.submission_in_words(state, received_on) == said


@pytest.mark.parametrize(
    ("cost", "attainable", "said"),
    [
        ("£80m", "£60m", "£20m"),
        ("£80m", "£60-65m", "£15–20m"),
        ("c.£80m", "£60m", "c.£20m"),
        ("over £80m", "£60m", "at least £20m"),
        ("£80m", "up to £60m", "at least £20m"),
        ("up to £80m", "£60m", "up to £20m"),
        ("over £80m", "over £60m", "Cannot be said: both costs are open at one end"),
        ("£80m", "", "Not known: it takes both costs"),
    ],
)
def test_the_opportunity_is_as_exact_as_the_costs_it_is_the_difference_of(
    cost: str, attainable: str, said: str
) -> None:
    record = a_record(benchmark_cost=cost, benchmark_attainable=attainable)
    assert presenters.opportunity(record) == said


def test_an_opportunity_takes_both_costs() -> None:
    assert presenters.opportunity(a_record()) == "Not known: it takes both costs"


def test_counts_of_a_service_are_those_of_a_region_or_of_all() -> None:
    counts = [
        Count(1, "Pathology", Region.NORTH, Standing.A, 1200, None),
        Count(1, "Pathology", Region.SOUTH, Standing.A, 2, None),
        Count(1, "Pathology", Region.SOUTH, Standing.NONE, 3, None),
        Count(2, "Back office", Region.SOUTH, Standing.C, 4, None),
    ]
    assert presenters.plans_at(counts, 1)[Standing.A] == 1202
    assert presenters.plans_at(counts, 1)[Standing.C] == 0
    south = presenters.plans_at(counts, 1, region=Region.SOUTH)
    assert presenters.plans_at_in_words(south) == "2 A, 3 none"
    assert presenters.plans_at_in_words(presenters.plans_at(counts, 1, region=Region.NORTH)) == "1,200 A"
    assert presenters.plans_at_in_words(presenters.plans_at(counts, 3)) == "No plans"


def test_movement_adds_up_and_has_room_for_withdrawn_plans_where_there_are_any() -> None:
    stayed = Transition(Standing.A, Standing.A, 5, None)
    up, down = Transition(Standing.B, Standing.A, 2, None), Transition(Standing.A, Standing.C, 1, "the plan")
    table = presenters.MovementTable([stayed, up, down])
    assert (table.plans(), table.moved) == (8, 3)
    assert table.plans(before=Standing.A) == 6
    assert table.plans(after=Standing.A) == 7
    assert table.plans(before=Standing.B, after=Standing.A) == 2
    assert table.plans(before=Standing.C, after=Standing.B) == 0
    assert table.illustrative
    assert Standing.WITHDRAWN not in table.standings
    gone = presenters.MovementTable([Transition(Standing.A, Standing.WITHDRAWN, 1, None)])
    assert gone.standings == list(Standing)
    assert not gone.illustrative


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        (
            a_movement(Standing.B, Standing.A, how=Move.OVERRIDDEN),
            "Overridden by the centre on 26 September 2016, by Mo",
        ),
        (a_movement(Standing.B, Standing.WITHDRAWN), "Withdrawn on 26 September 2016, by Mo"),
        (a_movement(Standing.WITHDRAWN, Standing.B), "Reinstated on 26 September 2016, by Mo"),
        (a_movement(Standing.B, Standing.NONE, on=None), "The decision was taken back"),
    ],
)
def test_a_movement_says_whose_step_it_was(moved: Movement, said: str) -> None:
    assert presenters.moved_in_words(moved) == said


def test_what_would_have_to_change_is_headed_by_the_letter_it_would_make() -> None:
    headings = [presenters.next_up_heading(outcome) for outcome in (Outcome.B, Outcome.C, Outcome.INSUFFICIENT)]
    assert headings == ["What would make it an A", "What would make it a B", "What to find out first"]
    assert presenters.next_up_heading(Outcome.BOUNDARY) == "What would have to change"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_marked_as_text(text: str) -> None:
    file = csv_text(["Said"], [[text]]).removeprefix("\ufeff")
    assert list(csv.reader(StringIO(file, newline=""))) == [["Said"], [f"'{text}"]]


def test_quotes_commas_and_line_breaks_come_through_a_file() -> None:
    row = ['He said "no", twice', "two\nlines", "née £18–20m", None, 7, DAY]
    file = csv_text(["a", "b", "c", "d", "e", "f"], [row]).removeprefix("\ufeff")
    assert list(csv.reader(StringIO(file, newline="")))[1] == [*row[:3], "", "7", "2016-09-26"]
